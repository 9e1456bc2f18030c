"""What a new server is connected to: --network, --port, --nic, in the order they are given."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

import click

from ..api.compute import SERVER
from ..api.network import NETWORK, PORT
from ..errors import OstkError
from ..language import Flag, Json, KeyValues, Opt
from ..language.argv import ORDER
from ..session.cloud import Cloud

POLICY = "networks"  # the key of a choice that is about all networks: auto or none

# What is typed, and what Nova calls it.
KEYS = {"net-id": "uuid", "port-id": "port", "v4-fixed-ip": "fixed_ip", "v6-fixed-ip": "fixed_ip", "tag": "tag"}


class Nic(KeyValues):
    """net-id=NETWORK or port-id=PORT, with v4-fixed-ip=, v6-fixed-ip= or tag=; or auto or none."""

    name = "net-id=|port-id=,…"

    def __init__(self, key: str = "") -> None:
        super().__init__(optional=KEYS, refs={"uuid": NETWORK, "port": PORT})
        self.key = key

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        """The parts, with no two that contradict each other."""
        if isinstance(value, dict):
            return value
        if self.key:
            if not value or "," in value or "=" in value:
                self.fail(f"{value!r} is not a name or ID.", param, ctx)
            return {self.key: value}
        if value in ("auto", "none"):
            return {POLICY: value}
        found = super().convert(value, param, ctx)
        if empty := [key for key, text in found.items() if not text]:
            self.fail(f"{', '.join(empty)} has no value in {value!r}.", param, ctx)
        for one, other in (("net-id", "port-id"), ("v4-fixed-ip", "v6-fixed-ip")):
            if one in found and other in found:
                self.fail(f"{one} and {other} exclude each other.", param, ctx)
        return {KEYS[key]: text for key, text in found.items()}


NICS = [
    Opt(
        "--network", "Network to be in; repeatable.", type=Nic("uuid"), metavar="NETWORK", multiple=True, not_sent=True
    ),
    Opt("--port", "Port to have; repeatable.", type=Nic("port"), metavar="PORT", multiple=True, not_sent=True),
    Flag("--no-network", "No network at all.", since="2.37"),
    Flag("--auto-network", "A network made for it, if need be.", since="2.37"),
    Opt("--nic", "auto, none, or net-id=,port-id=,v4-fixed-ip=,tag= …", type=Nic(), multiple=True, not_sent=True),
]


def ordered(values: Json) -> list[Json]:
    """The network interfaces that were asked for, in the order of the command line."""
    queues: dict[str, Any] = {f"--{name}": iter(values[name]) for name in ("network", "port", "nic")}
    queues |= {"--no-network": repeat({POLICY: "none"}), "--auto-network": repeat({POLICY: "auto"})}
    order = click.get_current_context().meta[ORDER]
    nics = [next(queues[flag]) for flag in order if flag in queues]
    if len(nics) > 1 and any(POLICY in nic for nic in nics):
        raise OstkError("All networks (auto) or none: that goes with no other --network, --port or --nic.")
    return nics


def networks(cloud: Cloud, nics: Sequence[Json]) -> str | list[Json]:
    """What Nova is told of networks; since 2.37 it wants to be told something."""
    service = SERVER.service
    if any("tag" in nic for nic in nics):
        cloud.require(service, "2.43", "tag in --nic")
    if any(POLICY in nic for nic in nics):
        cloud.require(service, "2.37", "--nic auto or none")
        return str(nics[0][POLICY])
    if not nics:
        return "auto" if cloud.supports(service, "2.37") else []
    return [*nics]
