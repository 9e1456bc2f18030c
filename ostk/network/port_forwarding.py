"""Port forwardings: protocol ports of a floating IP that lead to ports inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ..errors import OstkError
from ..kinds import FLOATING_IP, PORT, PORT_FORWARDING
from ..language import DESCRIPTION, PAGES, Arg, Column, Json, Noun, Opt, each, target
from ..session.cloud import Cloud
from .extra import EXTRA, OTHERS

forwarding = Noun(
    PORT_FORWARDING,
    "Manage port forwardings of floating IPs.",
    columns=[
        "id",
        Column("internal_port_id", "Internal Port ID"),
        Column("internal_ip_address", "Internal IP Address"),
        "internal_port internal_port_range external_port external_port_range protocol description",
    ],
    fields=["description external_port id internal_ip_address internal_port internal_port_id name protocol", *OTHERS],
)


class Ports(click.ParamType[str]):
    """A protocol port, or two with a colon between."""

    name = "port[:port]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, if it is that."""
        first, _, last = str(value).partition(":")
        try:
            numbers = int(first), int(last or first)
        except ValueError:
            self.fail(f"{value!r} is not PORT or PORT:PORT.", param, ctx)
        if not 0 < numbers[0] <= numbers[1] < 65536:
            self.fail(f"{value!r} is no range of ports from 1 to 65535.", param, ctx)
        return str(value)


IP = target(FLOATING_IP)
ID = Arg("port_forwarding_id", local=True)


def options(required: bool) -> list[Opt]:
    """What a port forwarding is made of."""
    return [
        Opt("--internal-ip-address", "Address inside.", required=required),
        Opt("--port", "Port inside it leads to.", ref=PORT, key="internal_port_id", required=required),
        Opt("--internal-protocol-port", "Port inside, or first:last.", type=Ports(), local=True, required=required),
        Opt("--external-protocol-port", "Port outside, or first:last.", type=Ports(), local=True, required=required),
    ]


def width(ports: str | None) -> int:
    """How many ports a range has beyond the first."""
    first, _, last = (ports or "0").partition(":")
    return int(last or first) - int(first)


def alike(internal_protocol_port: str | None, external_protocol_port: str | None) -> None:
    """Refuse ranges of ports of which one cannot lead to the other."""
    inside = width(internal_protocol_port)
    if inside and inside != width(external_protocol_port):
        raise OstkError("A range of ports inside needs a range of as many ports outside.")


def ports(values: Json) -> Json:
    """The ports as Neutron has them: a range as a text, one as a number."""
    found: Json = {}
    for side in ("internal", "external"):
        value = values[f"{side}_protocol_port"]
        if value:
            found |= {f"{side}_port_range": value} if ":" in value else {f"{side}_port": int(value)}
    return found


@forwarding.shower(
    "create", IP, options(True), Opt("--protocol", "tcp, udp …", required=True), DESCRIPTION, EXTRA, refuse=alike
)
def create_forwarding(cloud: Cloud, floating_ip: str, body: Json, values: Json) -> Json:
    """Have a port of a floating IP lead inside."""
    return cloud.create(PORT_FORWARDING.under(floating_ip), {**ports(values), **body})


@forwarding.lister(
    "list",
    IP,
    Opt("--port", "Only those to this port.", ref=PORT, key="internal_port_id"),
    Opt("--external-protocol-port", "Only those of this port, or first:last.", type=Ports(), local=True),
    Opt("--protocol", "Only those of this protocol."),
    PAGES,
)
def list_forwardings(
    cloud: Cloud, floating_ip: str, external_protocol_port: str | None, body: Json, max_items: int
) -> Iterator[Json]:
    """List the port forwardings of a floating IP."""
    wanted = external_protocol_port or ""
    if wanted and ":" not in wanted:
        body["external_port"] = wanted
    for one in cloud.pages(PORT_FORWARDING.under(floating_ip), body, limit=max_items):
        if ":" not in wanted or one.get("external_port_range") == wanted:
            yield one


@forwarding.shower("show", IP, ID)
def show_forwarding(cloud: Cloud, floating_ip: str, port_forwarding_id: str) -> Json:
    """Show a port forwarding."""
    return cloud.get(PORT_FORWARDING.under(floating_ip), port_forwarding_id)


@forwarding.action(
    "set", IP, ID, options(False), Opt("--protocol", "tcp or udp.", choices="tcp udp"), DESCRIPTION, EXTRA, refuse=alike
)
def set_forwarding(cloud: Cloud, floating_ip: str, port_forwarding_id: str, body: Json, values: Json) -> None:
    """Change a port forwarding."""
    cloud.update(PORT_FORWARDING.under(floating_ip), port_forwarding_id, {**ports(values), **body})


@forwarding.action("delete", IP, Arg("port_forwarding_id", nargs=-1, required=True, local=True))
def delete_forwardings(cloud: Cloud, floating_ip: str, port_forwarding_id: tuple[str, ...]) -> None:
    """Delete port forwardings."""
    kind = PORT_FORWARDING.under(floating_ip)
    each(cloud, lambda id: cloud.delete(kind, id), port_forwarding_id, "delete", kind.noun)
