"""The service catalog: the services of the cloud and their endpoints, as listed in the token."""

from contextlib import suppress
from typing import Any

import click

from .. import program
from ..api.identity import CATALOG
from ..console import write_message
from ..errors import OstkError, ResourceNotFound
from ..language import Arg, Cloud, Items, Json, Noun
from ..record import replace
from ..render.format import Format
from ..session.versions import official_type


def format_endpoints(endpoints: Any) -> str:
    """Return endpoints as text, two lines each: the region, then the interface and the URL."""
    return "".join(
        f"{one.get('region_id') or one.get('region') or '<none>'}\n  {one['interface']}: {one['url']}\n"
        for one in endpoints or ()
    )


catalog = Noun(
    CATALOG,
    "Show the service catalog.",
    columns=["name type endpoints"],
    fields=["endpoints id name type"],
    formats={"endpoints": Format(format_endpoints)},
)


def current_catalog(cloud: Cloud) -> list[Json]:
    """Return the current catalog, and store it with the token.

    The catalog in a cached token may be hours old, so it is requested again (GET /v3/auth/catalog).

    Returns:
        The entries of the catalog; each has `name`, `type` and `endpoints`.
    """
    if cloud.access.version == "v3" and cloud.token_from_cache:
        with suppress(OstkError):  # Keystone answers 403 for an unscoped token, which has no catalog
            cloud.use_access(replace(cloud.access, catalog=list(cloud.pages(CATALOG))))
    return cloud.access.catalog


@catalog.lister("list")
def list_catalog(cloud: Cloud) -> list[Json]:
    """List services and endpoints in the catalog."""
    entries = current_catalog(cloud)
    if not (cloud.flags.get("quiet") or click.get_current_context().params.get("output_watch")):
        tell_how_to_reach(entries)
    return entries


def tell_how_to_reach(entries: Items) -> None:
    """Write on standard error how to reach the services of a catalog that ostk has no commands for."""
    from ..api.services import known_service

    for entry in entries:
        type = entry["type"]
        if not known_service(official_type(type)) and not known_service(type):
            named = type if entry.get("name") in (None, "", type) else f"{entry['name']} ({type})"
            write_message(f"{program()} has no commands for {named}. Send requests: {program()} api {type} PATH")


@catalog.shower("show", Arg("service", "Service (type or name).", not_sent=True))
def show_catalog(cloud: Cloud, service: str) -> Json:
    """Show a service in the catalog and the endpoints of the service."""
    for entry in current_catalog(cloud):
        if service in (entry["name"], entry["type"]):
            return entry
    hint = f"List the services in the catalog with: {program()} catalog list"
    raise ResourceNotFound(f"The catalog has no service {service!r}.", hint)
