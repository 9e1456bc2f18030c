"""Versions: which ones of its API each service has."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import CATALOG
from ..language import Flag, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud

versions = Noun(
    CATALOG,
    "Look at the API versions of the services.",
    columns=["region_name service_type version status endpoint min_microversion max_microversion"],
)


@versions.lister(
    "show",
    exclusive(
        Flag("--all-interfaces", "Those of all interfaces."),
        Opt("--interface", "Interface to ask at; public unless given.", not_sent=True),
    ),
    Opt("--region-name", "Only those of this region.", not_sent=True),
    Opt("--service", "Only those of this service, by its type.", not_sent=True),
    Opt("--status", "Only those in this state, as CURRENT.", not_sent=True),
)
def show(
    cloud: Cloud, all_interfaces: bool, interface: str, region_name: str, service: str, status: str
) -> Iterator[Json]:
    """Show which versions of their API the services have."""
    from ..session.versions import offered, official, versions_at

    wanted = "" if all_interfaces else (interface or "public").removesuffix("URL")
    places: dict[tuple[str, str], dict[str, str]] = {}
    for kind, one in offered(cloud.access.catalog, service):
        region = one["region"] or one["region_id"]
        if (wanted or one["interface"]) == one["interface"] and region == (region_name or region) and one["url"]:
            places.setdefault((region, one["interface"]), {})[official(kind)] = one["url"]
    urls = list({url for kinds in places.values() for url in kinds.values()})
    project = cloud.access.project_id
    rows = cloud.map_concurrent(lambda url: versions_at(cloud.http, project, url), urls)
    found = dict(zip(urls, rows, strict=True))
    for (region, _), kinds in places.items():
        for kind, url in kinds.items():
            for row in found[url]:
                if not status or row["status"] == status.upper():
                    yield {"region_name": region, "service_type": kind, **row}
