"""Compute hosts: the os-hosts API, which Nova removed in microversion 2.43."""

from ..api.compute import HOST
from ..language import Arg, Cloud, Items, Json, Noun, Opt, Value

ENABLE = {True: "enable", False: "disable"}
host = Noun(
    HOST, "Manage compute hosts (deprecated; see compute service, hypervisor).", columns=["host_name service zone"]
)


@host.lister("list", Value("--zone", "Filter by availability zone."))
def list_hosts(cloud: Cloud, zone: str | None) -> Items:
    """List hosts and the services on each host (admin only)."""
    return (item for item in cloud.pages(HOST) if zone in (None, item.get("zone")))


@host.lister(
    "show", Arg("host", "Name of the host."), columns=["host, project, cpu=CPU, memory_mb=Memory MB, disk_gb=Disk GB"]
)
def show_host(cloud: Cloud, host: str) -> list[Json]:
    """Show the resources of a host, and the usage by project (admin only)."""
    return [item["resource"] for item in cloud.send(HOST, "GET", host)["host"]]


@host.action(
    "set",
    Arg("host", "Name of the host.", not_sent=True),
    Opt("--enable/--disable", "Enable or disable the host.", key="status", convert=ENABLE.get),
    Opt(
        "--enable-maintenance/--disable-maintenance",
        "Enable or disable maintenance mode.",
        key="maintenance_mode",
        convert=ENABLE.get,
    ),
)
def set_host(cloud: Cloud, host: str, body: Json) -> None:
    """Set the status and maintenance mode of a host (admin only)."""
    if body:
        cloud.request(HOST.service, "PUT", HOST.at(host), json=body)
