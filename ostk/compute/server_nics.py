"""Network interfaces of a new server: --network, --port and --nic, in the order of the command line."""

from collections.abc import Sequence
from itertools import repeat
from typing import Any

import click

from ..api.compute import SERVER
from ..api.network import NETWORK, PORT
from ..errors import OstkError
from ..language import Cloud, Flag, Json, KeyValues, Value
from ..language.argv import ORDER

POLICY = "networks"  # the key of a value that is "auto" or "none" rather than a network interface

# Keys of --nic, and the fields of the request.
REQUEST_KEYS = {"net-id": "uuid", "port-id": "port", "v4-fixed-ip": "fixed_ip", "v6-fixed-ip": "fixed_ip", "tag": "tag"}


class Nic(KeyValues):
    """A network interface: net-id=NETWORK or port-id=PORT, with v4-fixed-ip=, v6-fixed-ip= or tag=; or auto or none.

    With `key` ("uuid" or "port") the value is the name or ID of a network or port alone.
    """

    name = "nic"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return the placeholder of a value."""
        return "net-id=NETWORK|port-id=PORT,…"

    def __init__(self, key: str = "") -> None:
        super().__init__(optional=REQUEST_KEYS, refs={"uuid": NETWORK, "port": PORT})
        self.key = key

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        """Return the network interface with the keys of the request, or {POLICY: "auto" or "none"}."""
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
        return {REQUEST_KEYS[key]: text for key, text in found.items()}


NICS = [
    Value("--network...", "Create a NIC on a network (name or ID).", type=Nic("uuid"), metavar="NETWORK"),
    Value("--port...", "Create a NIC from a port (name or ID).", type=Nic("port"), metavar="PORT"),
    Flag("--no-network", "Do not create a NIC; same as --nic none.", since="2.37"),
    Flag("--auto-network", "Select or create a network automatically; same as --nic auto.", since="2.37"),
    Value(
        "--nic...", "Create a NIC; further keys: v4-fixed-ip or v6-fixed-ip, tag. Also auto or none alone.", type=Nic()
    ),
]


def ordered_nics(values: Json) -> list[Json]:
    """Return the network interfaces of all options, in the order of the command line.

    Raises:
        OstkError: auto or none is given together with another network interface.
    """
    queues: dict[str, Any] = {f"--{name}": iter(values[name]) for name in ("network", "port", "nic")}
    queues |= {"--no-network": repeat({POLICY: "none"}), "--auto-network": repeat({POLICY: "auto"})}
    order = click.get_current_context().meta[ORDER]
    nics = [next(queues[flag]) for flag in order if flag in queues]
    if len(nics) > 1 and any(POLICY in nic for nic in nics):
        raise OstkError(
            "--no-network, --auto-network, --nic none and --nic auto cannot be combined with another NIC.",
            "Leave out the other --network, --port and --nic options.",
        )
    return nics


def request_networks(cloud: Cloud, nics: Sequence[Json]) -> str | list[Json]:
    """Return the `networks` field of the request; the field is required since microversion 2.37."""
    service = SERVER.service
    if any("tag" in nic for nic in nics):
        cloud.require(service, "2.43", "tag in --nic")
    if any(POLICY in nic for nic in nics):
        cloud.require(service, "2.37", "--nic auto or none")
        return str(nics[0][POLICY])
    if not nics:
        return "auto" if cloud.supports(service, "2.37") else []
    return [*nics]
