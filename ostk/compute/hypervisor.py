"""Hypervisors: the hosts that servers run on; and what all of them have together."""

from __future__ import annotations

import json
import re

from ..api.compute import AGGREGATE, HYPERVISOR
from ..errors import HTTPError, HTTPNotFound, OstkError
from ..language import LONG, MARKER, MAX_ITEMS, REMAINING_FIELDS, UNLIMITED_PAGE_SIZE, Arg, Column, Json, Noun, Opt
from ..render.format import DICT
from ..session.cloud import Cloud
from ..session.optional_details import optional, with_optional

NOVA = HYPERVISOR.service
SIZES = (
    "current_workload disk_available_least free_disk_gb free_ram_mb local_gb local_gb_used memory_mb memory_mb_used "
    "running_vms vcpus vcpus_used"
)
UPTIME = re.compile(
    r"\s*(?P<host_time>.+)\sup\s+(?P<uptime>.+),\s+(?P<users>.+)\susers?,\s+load average:\s(?P<load_average>.+)"
)

hypervisor = Noun(
    HYPERVISOR,
    "See the hypervisors: the hosts that servers run on.",
    columns=["id hypervisor_hostname hypervisor_type host_ip state"],
    long=["vcpus_used=vCPUs Used, vcpus=vCPUs, memory_mb_used=Memory MB Used, memory_mb=Memory MB"],
    fields=[
        "aggregates cpu_info host_ip host_time hypervisor_hostname hypervisor_type hypervisor_version id",
        "load_average service.host=service_host service.id=service_id state status uptime users",
        SIZES,
    ],
    formats={"cpu_info": DICT},
    until={SIZES: "2.88"},
)
stats = Noun(HYPERVISOR, "See what all hypervisors have together.")
USED = [Column(f"{size}_used", total=size) for size in ("local_gb", "memory_mb", "vcpus")]


def possible(matching: str, marker: str, page_size: int) -> None:
    """Refuse pages of a search, which Nova has none of."""
    if matching and (marker or page_size):
        raise OstkError("--matching goes with neither --marker nor --limit.")


hypervisor.list(
    Opt("--matching", "Only those with this text in their host's name.", key=HYPERVISOR.by_name, metavar="TEXT"),
    UNLIMITED_PAGE_SIZE,
    MARKER,
    MAX_ITEMS,
    LONG,
    validate=possible,
)


@hypervisor.shower("show", Arg("hypervisor", not_sent=True, names=HYPERVISOR))
def show_hypervisor(cloud: Cloud, hypervisor: str) -> Json:
    """Show a hypervisor."""

    def found() -> Json:
        try:
            return cloud.get(HYPERVISOR, hypervisor)
        except HTTPNotFound as error:
            raise cloud.not_found_error(HYPERVISOR, hypervisor) from error

    named = f"of hypervisor {hypervisor}"
    item, aggregates = with_optional(cloud, found, lambda: list(cloud.pages(AGGREGATE)), [], f"the aggregates {named}")
    if not cloud.supports(NOVA, "2.88"):
        item |= optional(lambda: uptime_before(cloud, item["id"]), {}, f"the uptime {named}")
    if isinstance(item.get("cpu_info"), str):  # Nova before 2.28 sends it as the text of an object
        item["cpu_info"] = json.loads(item["cpu_info"] or "{}")
    cell, _, host = item["service"]["host"].rpartition("@")
    item["aggregates"] = [one["name"] for one in aggregates if host in one["hosts"] and cell in one["name"]]
    uptime = UPTIME.match(item.get("uptime") or "")
    return {**item, **(uptime.groupdict() if uptime else {})}


def uptime_before(cloud: Cloud, id: int | str) -> Json:
    """The uptime, which Nova before 2.88 tells apart; nothing where the hypervisor cannot tell."""
    try:
        return dict(cloud.call(NOVA, "GET", HYPERVISOR.at(str(id), "uptime"), microversion="2.87")["hypervisor"])
    except HTTPError as error:
        if error.status != 501:
            raise
        return {}


@stats.shower("show")
def show_stats(cloud: Cloud) -> tuple[list[Column], Json]:
    """Show what all hypervisors have and use together."""
    # Nova has it up to microversion 2.87.
    found = cloud.call(NOVA, "GET", HYPERVISOR.at("statistics"), microversion="2.1")["hypervisor_statistics"]
    return [*(column for column in USED if column.key in found), REMAINING_FIELDS], found
