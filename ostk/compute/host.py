"""Hosts, as Nova before 2.43 tells of them."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import HOST
from ..language import Arg, Column, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud, quote

host = Noun(HOST, "Manage hosts (old; see compute service and hypervisor).", columns=["host_name service zone"])
RESOURCES = [
    Column("host"),
    Column("project"),
    Column("cpu", "CPU"),
    Column("memory_mb", "Memory MB"),
    Column("disk_gb", "Disk GB"),
]


@host.lister("list", Opt("--zone", "Only those of this availability zone.", local=True))
def list_hosts(cloud: Cloud, zone: str) -> Iterator[Json]:
    """List hosts and the services on them."""
    return (one for one in cloud.pages(HOST) if zone is None or one["zone"] == zone)


@host.lister("show", Arg("host"), columns=RESOURCES)
def show_host(cloud: Cloud, host: str) -> list[Json]:
    """Show what a host has and what its projects use of it."""
    reply = cloud.call(HOST.service, "GET", f"{HOST.path}/{quote(host)}")
    return [one["resource"] for one in reply["host"]]


@host.action(
    "set",
    Arg("host", local=True),
    exclusive(
        Opt("--enable", "Let it take on servers.", key="status", value="enable"),
        Opt("--disable", "Let it take on no more servers.", key="status", value="disable"),
    ),
    exclusive(
        Opt("--enable-maintenance", "Begin its maintenance.", key="maintenance_mode", value="enable"),
        Opt("--disable-maintenance", "End its maintenance.", key="maintenance_mode", value="disable"),
    ),
)
def set_host(cloud: Cloud, host: str, body: Json) -> None:
    """Enable a host, disable it, or begin or end its maintenance."""
    if body:
        cloud.request(HOST.service, "PUT", f"{HOST.path}/{quote(host)}", json=body)
