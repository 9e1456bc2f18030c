"""Usage: what projects have used of the cloud, over time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ..errors import OstkError
from ..kinds import PROJECT, USAGE
from ..language import Column, Json, Noun, Opt
from ..owner import PROJECT_DOMAIN
from ..render.format import COUNT, Format
from ..session.cloud import Cloud, quote

if TYPE_CHECKING:
    import datetime

HOURS = Format(lambda value: f"{value:.2f}")
SERVER_FIELDS = (
    "hours flavor instance_id name project_id memory_mb local_gb vcpus started_at ended_at state uptime id location"
).split()


class Day(click.ParamType["datetime.datetime"]):
    """YYYY-MM-DD."""

    name = "yyyy-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.datetime:
        """Midnight at its beginning."""
        import datetime

        try:
            return value if isinstance(value, datetime.datetime) else datetime.datetime.strptime(value, "%Y-%m-%d")
        except ValueError:
            self.fail(f"{value!r} is not a day as in 2026-01-31.", param, ctx)


usage = Noun(USAGE, "See what projects have used.")
START = Opt("--start", "First day; four weeks ago unless given.", type=Day(), local=True)
END = Opt("--end", "Last day; tomorrow unless given.", type=Day(), local=True)


def columns(project: Column) -> list[Column]:
    """What is shown, under a heading for the project."""
    return [
        project,
        Column("server_usages", "Servers", format=COUNT),
        Column("total_memory_mb_usage", "RAM MB-Hours", format=HOURS),
        Column("total_vcpus_usage", "CPU Hours", format=HOURS),
        Column("total_local_gb_usage", "Disk GB-Hours", format=HOURS),
    ]


PLAIN = columns(Column("tenant_id", "Project"))


def period(start: datetime.datetime | None, end: datetime.datetime | None) -> tuple[Json, str]:
    """The query of a period, and what it is called."""
    import datetime

    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    start, end = start or now - datetime.timedelta(weeks=4), end or now + datetime.timedelta(days=1)
    words = f"Usage from {start:%Y-%m-%d} to {end:%Y-%m-%d}"
    return {"start": start.isoformat(), "end": end.isoformat()}, words


def merged(pages: Any) -> dict[str, Json]:
    """Usage by project; a page may go on with a project of the page before."""
    found: dict[str, Json] = {}
    for one in pages:
        before = found.setdefault(one["tenant_id"], one)
        if before is one:
            continue
        for key, value in one.items():
            if key == "server_usages" or key.startswith("total_"):
                before[key] = before[key] + value
    return found


@usage.lister("list", START, END, columns=PLAIN)
def list_usage(cloud: Cloud, start: datetime.datetime, end: datetime.datetime, output_format: str) -> Any:
    """List what each project has used."""
    query, words = period(start, end)

    def used() -> dict[str, Json]:
        return merged(cloud.pages(USAGE, {**query, "detailed": "True"}))

    def names() -> dict[str, Json]:
        try:
            return {one["id"]: one for one in cloud.pages(PROJECT)}
        except OstkError:  # whoever may not see the projects sees their IDs
            return {}

    asks: list[Callable[[], dict[str, Json]]] = [used, names]
    found, projects = cloud.at_once(lambda ask: ask(), asks)
    if output_format == "table" and found:
        click.echo(f"{words}: ")
    named = Format(lambda id: str(projects[id]["name"]) if id in projects else id)
    return columns(Column("tenant_id", "Project", format=named)), found.values()


@usage.shower(
    "show",
    Opt("--project", "Project; that of the token unless given.", ref=PROJECT, domain=PROJECT_DOMAIN, local=True),
    PROJECT_DOMAIN,
    START,
    END,
    fields=PLAIN,
)
def show_usage(cloud: Cloud, project: str, start: datetime.datetime, end: datetime.datetime, output_format: str) -> Any:
    """Show what a project has used."""
    query, words = period(start, end)
    id = project or cloud.access.project_id
    item = whole(cloud, f"{USAGE.path}/{quote(id)}", query)
    if output_format == "table":
        click.echo(f"{words} on project {id}: ")
    servers = [{**dict.fromkeys(SERVER_FIELDS), **one} for one in item.get("server_usages") or []]
    for one in servers:
        one["project_id"] = one.pop("tenant_id", None)
    return PLAIN, {**item, "tenant_id": id, "server_usages": servers}


def whole(cloud: Cloud, path: str, query: Json) -> Json:
    """The usage of a project: since 2.40 Nova tells it in pages of servers."""
    empty = {"total_memory_mb_usage": 0.0, "total_vcpus_usage": 0.0, "total_local_gb_usage": 0.0}
    item: Json = {"server_usages": [], **empty}
    while True:
        page = cloud.call(USAGE.service, "GET", path, params=query, microversion=USAGE.microversion)["tenant_usage"]
        servers = page.get("server_usages") or []
        for key in empty:
            item[key] += page.get(key, 0.0)
        item["server_usages"] += servers
        if not servers or not cloud.supports(USAGE.service, "2.40"):
            return item
        query = {**query, "marker": servers[-1]["instance_id"]}
