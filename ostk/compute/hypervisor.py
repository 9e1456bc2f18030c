"""Hypervisors, and statistics over all hypervisors."""

import json
import re

from ..api.compute import AGGREGATE, HYPERVISOR
from ..errors import HTTPError, HTTPNotFound, OstkError
from ..language import LONG, MARKER, MAX_ITEMS, REMAINING_FIELDS, UNLIMITED_PAGE_SIZE, Arg, Column, Json, Noun, Opt
from ..render.format import DICT
from ..session.cloud import Cloud
from ..session.optional_details import optional, with_optional

NOVA = HYPERVISOR.service
CAPACITY_FIELDS = (
    "current_workload disk_available_least free_disk_gb free_ram_mb local_gb local_gb_used memory_mb memory_mb_used "
    "running_vms vcpus vcpus_used"
)
UPTIME = re.compile(
    r"\s*(?P<host_time>.+)\sup\s+(?P<uptime>.+),\s+(?P<users>.+)\susers?,\s+load average:\s(?P<load_average>.+)"
)

hypervisor = Noun(
    HYPERVISOR,
    "Show hypervisors.",
    columns=["id hypervisor_hostname hypervisor_type host_ip state"],
    long=["vcpus_used=vCPUs Used, vcpus=vCPUs, memory_mb_used=Memory MB Used, memory_mb=Memory MB"],
    fields=[
        "aggregates cpu_info host_ip host_time hypervisor_hostname hypervisor_type hypervisor_version id",
        "load_average service.host=service_host service.id=service_id state status uptime users",
        CAPACITY_FIELDS,
    ],
    formats={"cpu_info": DICT},
    until={CAPACITY_FIELDS: "2.88"},
    admin="list",
)
stats = Noun(HYPERVISOR, "Show statistics over all hypervisors.")
USED_COLUMNS = [Column(f"{size}_used", total=size) for size in ("local_gb", "memory_mb", "vcpus")]


def validate_paging(matching: str | None, marker: str | None, page_size: int | None) -> None:
    """Validate that --matching is not combined with paging, which Nova does not support for a search.

    Raises:
        OstkError: It is.
    """
    if matching and (marker or page_size):
        raise OstkError("--matching goes with neither --marker nor --limit.")


hypervisor.list(
    Opt("--matching", "Filter by a part of the hostname.", key=HYPERVISOR.by_name, metavar="TEXT"),
    UNLIMITED_PAGE_SIZE,
    MARKER,
    MAX_ITEMS,
    LONG,
    validate=validate_paging,
)


@hypervisor.shower("show", Arg("hypervisor", "Hypervisor.", names=HYPERVISOR))
def show_hypervisor(cloud: Cloud, hypervisor: str) -> Json:
    """Show a hypervisor (admin only)."""

    def find() -> Json:
        try:
            return cloud.get(HYPERVISOR, hypervisor)
        except HTTPNotFound as error:
            raise cloud.not_found_error(HYPERVISOR, hypervisor) from error

    where = f"of hypervisor {hypervisor}"
    item, aggregates = with_optional(cloud, find, lambda: list(cloud.pages(AGGREGATE)), [], f"the aggregates {where}")
    if not cloud.supports(NOVA, "2.88"):
        item |= optional(lambda: get_uptime(cloud, item["id"]), {}, f"the uptime {where}")
    if isinstance(item.get("cpu_info"), str):  # before microversion 2.28 a string that holds a JSON object
        item["cpu_info"] = json.loads(item["cpu_info"] or "{}")
    # With cells v1 (until Nova 19, Stein) a host is named CELL@HOST.
    cell, _, host = item["service"]["host"].rpartition("@")
    item["aggregates"] = [
        aggregate["name"] for aggregate in aggregates if host in aggregate["hosts"] and cell in aggregate["name"]
    ]
    uptime = UPTIME.match(item.get("uptime") or "")
    return {**item, **(uptime.groupdict() if uptime else {})}


def get_uptime(cloud: Cloud, hypervisor_id: int | str) -> Json:
    """Return the uptime of a hypervisor before microversion 2.88: {"uptime": …}, {} if the driver has none."""
    try:
        return dict(
            cloud.call(NOVA, "GET", HYPERVISOR.at(str(hypervisor_id), "uptime"), microversion="2.87")["hypervisor"]
        )
    except HTTPError as error:
        if error.status != 501:  # 501: the driver (fake, ironic) does not implement it
            raise
        return {}


@stats.shower("show")
def show_stats(cloud: Cloud) -> tuple[list[Column], Json]:
    """Show the capacity and usage of all hypervisors together (admin only)."""
    # Nova removed GET /os-hypervisors/statistics in microversion 2.88.
    found = cloud.call(NOVA, "GET", HYPERVISOR.at("statistics"), microversion="2.1")["hypervisor_statistics"]
    return [*(column for column in USED_COLUMNS if column.key in found), REMAINING_FIELDS], found
