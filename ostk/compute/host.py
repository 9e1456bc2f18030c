"""Hosts, as Nova before 2.43 tells of them."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.compute import HOST
from ..language import Arg, Json, Noun, Opt
from ..session.cloud import Cloud

ABLE = {True: "enable", False: "disable"}
host = Noun(HOST, "Manage hosts (old; see compute service and hypervisor).", columns=["host_name service zone"])


@host.lister("list", Opt("--zone", "Only those of this availability zone.", not_sent=True))
def list_hosts(cloud: Cloud, zone: str) -> Iterator[Json]:
    """List hosts and the services on them."""
    return (one for one in cloud.pages(HOST) if zone in (None, one.get("zone")))


@host.lister("show", Arg("host"), columns=["host, project, cpu=CPU, memory_mb=Memory MB, disk_gb=Disk GB"])
def show_host(cloud: Cloud, host: str) -> list[Json]:
    """Show what a host has and what its projects use of it."""
    return [one["resource"] for one in cloud.call(HOST.service, "GET", HOST.at(host))["host"]]


@host.action(
    "set",
    Arg("host", not_sent=True),
    Opt("--enable/--disable", "Whether it takes on servers.", key="status", convert=ABLE.get),
    Opt(
        "--enable-maintenance/--disable-maintenance",
        "Whether it is being maintained.",
        key="maintenance_mode",
        convert=ABLE.get,
    ),
)
def set_host(cloud: Cloud, host: str, body: Json) -> None:
    """Enable a host, disable it, or begin or end its maintenance."""
    if body:
        cloud.request(HOST.service, "PUT", HOST.at(host), json=body)
