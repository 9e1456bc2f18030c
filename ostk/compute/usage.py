"""Usage: what projects have used of the cloud, over time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import TYPE_CHECKING, Any

from ..api.compute import USAGE
from ..api.identity import PROJECT
from ..console import write_text
from ..language import Column, Json, Noun, Opt
from ..language.column import parse_renames
from ..owner import PROJECT_DOMAIN
from ..record import replace
from ..render.format import COUNT, Format
from ..session.cloud import Cloud
from ..session.optional_details import optional
from ..session.paging import Markers
from .param_types import Day

if TYPE_CHECKING:
    import datetime

HOURS = Format(lambda value: f"{value:.2f}")
TOTALS = {
    "total_memory_mb_usage": "RAM MB-Hours",
    "total_vcpus_usage": "CPU Hours",
    "total_local_gb_usage": "Disk GB-Hours",
}
USED = [
    Column("tenant_id", "Project"),
    Column("server_usages", "Servers", format=COUNT),
    *(Column(key, title, format=HOURS, total=f"all.{key}") for key, title in TOTALS.items()),
]
SERVER = parse_renames(
    "hours flavor instance_id name tenant_id=project_id memory_mb local_gb vcpus started_at ended_at state uptime id "
    "location"
)
usage = Noun(USAGE, "See what projects have used.", columns=USED, fields=USED, in_order=True)
START = Opt("--start", "First day; four weeks ago unless given.", type=Day(), not_sent=True)
END = Opt("--end", "Last day; tomorrow unless given.", type=Day(), not_sent=True)


def period(start: datetime.datetime | None, end: datetime.datetime | None) -> tuple[Json, str]:
    """The query of a period, and what it is called."""
    import datetime

    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    start, end = start or now - datetime.timedelta(weeks=4), end or now + datetime.timedelta(days=1)
    words = f"Usage from {start:%Y-%m-%d} to {end:%Y-%m-%d}"
    return {"start": start.isoformat(), "end": end.isoformat()}, words


def summed(before: Json, page: Json) -> Json:
    """The usage of a project with that on another page, which may go on with it."""
    counted = [key for key in page if page[key] and key in before and key.startswith(("server_usages", "total_"))]
    return {**page, **before, **{key: before[key] + page[key] for key in counted}}


@usage.lister("list", START, END)
def list_usage(cloud: Cloud, start: datetime.datetime, end: datetime.datetime, output_format: str) -> Any:
    """List what each project has used."""
    query, words = period(start, end)
    found: dict[str, Json] = {}

    def used() -> None:
        for page in cloud.pages(USAGE, {**query, "detailed": "True"}):
            found[page["tenant_id"]] = summed(found.get(page["tenant_id"], {}), page)

    def names() -> Json:
        found = optional(lambda: list(cloud.pages(PROJECT)), [])  # other users see the IDs of projects
        return {one["id"]: one["name"] for one in found}

    _, projects = cloud.gather(used, names)
    if output_format == "table" and found:
        write_text(f"{words}: ")
    named = Format(lambda id: str(projects.get(id, id)))
    every = {key: sum(one.get(key, 0) for one in found.values()) for key in TOTALS}
    return [replace(USED[0], format=named), *USED[1:]], [{**one, "all": every} for one in found.values()]


@usage.shower(
    "show",
    Opt("--project", "Project; that of the token unless given.", ref=PROJECT, domain=PROJECT_DOMAIN, not_sent=True),
    PROJECT_DOMAIN,
    START,
    END,
)
def show_usage(cloud: Cloud, project: str, start: datetime.datetime, end: datetime.datetime, output_format: str) -> Any:
    """Show what a project has used."""
    query, words = period(start, end)
    id = project or cloud.access.project_id
    unused: Json = {"server_usages": [], **dict.fromkeys(TOTALS, 0.0)}
    item = reduce(summed, pages(cloud, USAGE.at(id), query), unused)
    if output_format == "table":
        write_text(f"{words} on project {id}: ")
    servers = [{shown: one.get(key) for key, shown in SERVER.items()} for one in item["server_usages"]]
    return {**item, "tenant_id": id, "server_usages": servers}


def pages(cloud: Cloud, path: str, query: Json) -> Iterator[Json]:
    """Return the usage of a project: since 2.40 Nova answers with pages of servers."""
    servers: list[Json] = [{}]
    markers = Markers()
    while servers:
        page = cloud.call(USAGE.service, "GET", path, params=query, microversion=USAGE.microversion)["tenant_usage"]
        yield page
        servers = page.get("server_usages", []) if cloud.supports(USAGE.service, "2.40") else []
        query = {**query, "marker": markers.advance(servers[-1]["instance_id"])} if servers else query
