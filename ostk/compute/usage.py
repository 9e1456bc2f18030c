"""Usage of compute resources by project, over a period."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from ..api.compute import USAGE
from ..api.identity import PROJECT
from ..console import write_text
from ..language import Cloud, Column, Items, Json, Noun, Value
from ..language.column import parse_renames
from ..owner import project_to_show
from ..record import replace
from ..render.format import COUNT, Format
from ..session.optional_details import optional
from ..session.paging import Markers
from .param_types import Date

if TYPE_CHECKING:
    import datetime

HOURS = Format(lambda value: f"{value:.2f}")
TOTALS = {
    "total_memory_mb_usage": "RAM MB-Hours",
    "total_vcpus_usage": "CPU Hours",
    "total_local_gb_usage": "Disk GB-Hours",
}
USAGE_COLUMNS = [
    Column("tenant_id", "Project"),
    Column("server_usages", "Servers", format=COUNT),
    *(Column(key, title, format=HOURS, total=f"all.{key}") for key, title in TOTALS.items()),
]
SERVER_FIELDS = parse_renames(
    "hours flavor instance_id name tenant_id=project_id memory_mb local_gb vcpus started_at ended_at state uptime id "
    "location"
)
usage = Noun(USAGE, "Show resource usage of projects.", columns=USAGE_COLUMNS, fields=USAGE_COLUMNS, in_order=True)
START = Value("--start", "Start date of the period (default: 4 weeks ago).", type=Date())
END = Value("--end", "End date of the period (default: tomorrow).", type=Date())


def current_time() -> datetime.datetime:
    """Return the current time in UTC, without a time zone."""
    import datetime

    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def period(start: datetime.datetime | None, end: datetime.datetime | None) -> tuple[Json, str]:
    """Return the query parameters of a period, and the heading of its table."""
    import datetime

    now = current_time()
    start, end = start or now - datetime.timedelta(weeks=4), end or now + datetime.timedelta(days=1)
    heading = f"Usage from {start:%Y-%m-%d} to {end:%Y-%m-%d}"
    return {"start": start.isoformat(), "end": end.isoformat()}, heading


def add_usage(total: Json, page: Json) -> Json:
    """Return the usage of a project with the usage of the next page added; a project may span several pages."""
    keys = [key for key in page if page[key] and key in total and key.startswith(("server_usages", "total_"))]
    return {**page, **total, **{key: total[key] + page[key] for key in keys}}


@usage.lister("list", START, END)
def list_usage(cloud: Cloud, start: datetime.datetime | None, end: datetime.datetime | None, output_format: str) -> Any:
    """List the resource usage of all projects (admin only)."""
    query, heading = period(start, end)
    usages: dict[str, Json] = {}

    def fetch_usages() -> None:
        for page in cloud.pages(USAGE, {**query, "detailed": "True"}):
            usages[page["tenant_id"]] = add_usage(usages.get(page["tenant_id"], {}), page)

    def fetch_names() -> Json:
        projects = optional(lambda: list(cloud.pages(PROJECT)), [])  # without the right to list projects, IDs are shown
        return {project["id"]: project["name"] for project in projects}

    _, names = cloud.gather(fetch_usages, fetch_names)
    if output_format == "table" and usages:
        write_text(f"{heading}: ")
    project_column = replace(USAGE_COLUMNS[0], format=Format(lambda id: str(names.get(id, id))))
    totals = {key: sum(item.get(key, 0) for item in usages.values()) for key in TOTALS}
    return [project_column, *USAGE_COLUMNS[1:]], [{**item, "all": totals} for item in usages.values()]


@usage.shower("show", project_to_show(), START, END)
def show_usage(
    cloud: Cloud,
    project: str | None,
    start: datetime.datetime | None,
    end: datetime.datetime | None,
    output_format: str,
) -> Any:
    """Show the resource usage of a project."""
    query, heading = period(start, end)
    id = project or cloud.access.project_id
    empty: Json = {"server_usages": [], **dict.fromkeys(TOTALS, 0.0)}
    item = reduce(add_usage, usage_pages(cloud, USAGE.at(id), query), empty)
    if output_format == "table":
        write_text(f"{heading} on project {id}: ")
    servers = [{name: entry.get(key) for key, name in SERVER_FIELDS.items()} for entry in item["server_usages"]]
    return {**item, "tenant_id": id, "server_usages": servers}


def usage_pages(cloud: Cloud, path: str, query: Json) -> Items:
    """Yield the usage of a project, page by page: since microversion 2.40 a page holds a part of the servers."""
    servers: list[Json] = [{}]
    markers = Markers()
    while servers:
        page = cloud.call(USAGE.service, "GET", path, params=query, microversion=USAGE.microversion)["tenant_usage"]
        yield page
        servers = page.get("server_usages", []) if cloud.supports(USAGE.service, "2.40") else []
        query = {**query, "marker": markers.advance(servers[-1]["instance_id"])} if servers else query
