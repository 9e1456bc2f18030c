"""The catalog: which services the cloud has, and where. It comes with the token."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from .. import program
from ..api.identity import CATALOG
from ..errors import OstkError, ResourceNotFound
from ..language import Arg, Json, Noun
from ..record import replace
from ..render.format import Format
from ..session.cloud import Cloud


def places(endpoints: Any) -> str:
    """Endpoints as two lines each: the region, then interface and address."""
    return "".join(
        f"{one.get('region_id') or one.get('region') or '<none>'}\n  {one['interface']}: {one['url']}\n"
        for one in endpoints or ()
    )


catalog = Noun(
    CATALOG,
    "Look at the services of the cloud and their addresses.",
    columns=["name type endpoints"],
    fields=["endpoints id name type"],
    formats={"endpoints": Format(places)},
)


def current(cloud: Cloud) -> list[Json]:
    """The catalog as it is now: the one that is kept with a token may be hours old."""
    if cloud.access.version == "v3" and cloud.token_from_cache:
        with suppress(OstkError):  # a token without a scope has none
            cloud.use_access(replace(cloud.access, catalog=list(cloud.pages(CATALOG))))
    return cloud.access.catalog


@catalog.lister("list")
def list_catalog(cloud: Cloud) -> list[Json]:
    """List the services in the catalog."""
    return current(cloud)


@catalog.shower("show", Arg("service", not_sent=True))
def show_catalog(cloud: Cloud, service: str) -> Json:
    """Show where a service is, by its type or name."""
    for entry in current(cloud):
        if service in (entry["name"], entry["type"]):
            return entry
    hint = f"Services of the catalog: {program()} catalog list"
    raise ResourceNotFound(f"The catalog has no service {service!r}.", hint)
