"""The catalog: which services the cloud has, and where. It comes with the token."""

from __future__ import annotations

from typing import Any

from ..errors import NotFoundError
from ..kinds import CATALOG
from ..language import Arg, Json, Noun
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


@catalog.lister("list")
def list_catalog(cloud: Cloud) -> list[Json]:
    """List the services in the catalog."""
    return cloud.access.catalog


@catalog.shower("show", Arg("service", local=True))
def show_catalog(cloud: Cloud, service: str) -> Json:
    """Show where a service is, by its type or name."""
    for entry in cloud.access.catalog:
        if service in (entry["name"], entry["type"]):
            return entry
    raise NotFoundError(f"The catalog has no service {service!r}.", "ostk catalog list shows what it has.")
