"""Hypervisors: the hosts that servers run on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..errors import NotFound, OstkError
from ..kinds import AGGREGATE, HYPERVISOR
from ..language import LIMIT, LONG, MARKER, MAX_ITEMS, Arg, Column, Json, Noun, Opt
from ..language.verbs import alphabetical
from ..render.format import DICT
from ..session.cloud import Cloud, quote

NOVA = HYPERVISOR.service
SIZES = [  # before 2.88
    Column("vcpus_used", "vCPUs Used", long=True),
    Column("vcpus", "vCPUs", long=True),
    Column("memory_mb_used", "Memory MB Used", long=True),
    Column("memory_mb", "Memory MB", long=True),
]
MORE_SIZES = (
    "current_workload disk_available_least free_disk_gb free_ram_mb local_gb local_gb_used running_vms"
).split()
UPTIME = re.compile(r"\s*(.+)\sup\s+(.+),\s+(.+)\susers?,\s+load average:\s(.+)")

hypervisor = Noun(
    HYPERVISOR,
    "See the hypervisors: the hosts that servers run on.",
    columns=["id hypervisor_hostname hypervisor_type", Column("host_ip", "Host IP"), "state", *SIZES],
    fields=[
        "aggregates host_ip host_time hypervisor_hostname hypervisor_type hypervisor_version id",
        "load_average service_host service_id state status uptime users",
        Column("cpu_info", format=DICT),
    ],
)


def possible(matching: str, marker: str, limit: int) -> None:
    """Refuse pages of a search, which Nova has none of."""
    if matching and (marker or limit):
        raise OstkError("--matching goes with neither --marker nor --limit.")


@hypervisor.lister(
    "list",
    Opt(
        "--matching",
        "Only those with this text in their host's name.",
        key="hypervisor_hostname_pattern",
        metavar="TEXT",
    ),
    LIMIT,
    MARKER,
    MAX_ITEMS,
    LONG,
    refuse=possible,
)
def list_hypervisors(
    cloud: Cloud, body: Json, columns: list[Column], limit: int, max_items: int
) -> tuple[list[Column], Iterator[Json]]:
    """List hypervisors."""
    if cloud.supports(NOVA, "2.88"):
        columns = [c for c in columns if c not in SIZES]
    return columns, cloud.pages(HYPERVISOR, body, limit=max_items or limit)


@hypervisor.shower("show", Arg("hypervisor", local=True, names=HYPERVISOR), fields=[])
def show_hypervisor(cloud: Cloud, hypervisor: str) -> tuple[list[Column], Json]:
    """Show a hypervisor."""

    def found() -> Json:
        try:
            return cloud.get(HYPERVISOR, hypervisor)
        except NotFound as error:
            raise cloud.nothing(HYPERVISOR, hypervisor) from error

    asks: list[Callable[[], Json]] = [found, lambda: {"all": list(cloud.pages(AGGREGATE))}]
    item, aggregates = cloud.at_once(lambda ask: ask(), asks)
    fields = FIELDS
    if not cloud.supports(NOVA, "2.88"):
        fields = [*FIELDS, *map(Column, MORE_SIZES), *(Column(c.key) for c in SIZES)]
        path = f"{HYPERVISOR.path}/{quote(str(item['id']))}/uptime"
        item = {**item, **uptime_before(cloud, path)}
    if isinstance(item.get("cpu_info"), str):  # Nova before 2.28 sends it as the text of an object
        import json

        item["cpu_info"] = json.loads(item["cpu_info"] or "{}")
    service = item["service"]
    cell, _, host = service["host"].rpartition("@")
    item["aggregates"] = [one["name"] for one in aggregates["all"] if host in one["hosts"] and cell in one["name"]]
    item.update(service_id=service["id"], service_host=service["host"], **told(item.get("uptime")))
    return alphabetical(fields), item


FIELDS = hypervisor.fields


def uptime_before(cloud: Cloud, path: str) -> Json:
    """The uptime, which Nova before 2.88 tells apart; nothing where the hypervisor cannot tell."""
    from ..errors import HTTPError

    try:
        return dict(cloud.call(NOVA, "GET", path, microversion="2.87")["hypervisor"])
    except HTTPError as error:
        if error.status != 501:
            raise
        return {}


def told(uptime: str | None) -> Json:
    """What the words of `uptime` mean."""
    match = UPTIME.match(uptime or "")
    return dict(zip(("host_time", "uptime", "users", "load_average"), match.groups(), strict=True)) if match else {}
