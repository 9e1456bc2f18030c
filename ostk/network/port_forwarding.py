"""Port forwardings: protocol ports of a floating IP that lead to ports inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ..api.network import FLOATING_IP, PORT, PORT_FORWARDING
from ..errors import OstkError
from ..language import DESCRIPTION, PAGES, Json, Noun, Opt, target
from ..session.cloud import Cloud
from .extra_properties import EXTRA, OTHERS

forwarding = Noun(
    PORT_FORWARDING,
    "Manage port forwardings of floating IPs.",
    columns=[
        "id internal_port_id internal_ip_address internal_port internal_port_range external_port external_port_range",
        "protocol description",
    ],
    fields=["description external_port id internal_ip_address internal_port internal_port_id name protocol", *OTHERS],
    parent=target(FLOATING_IP),
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


def settings(required: bool) -> list[Opt]:
    """What a port forwarding is made of."""
    return [
        Opt("--internal-ip-address", "Address inside.", required=required),
        Opt("--port", "Port inside it leads to.", ref=PORT, key="internal_port_id", required=required),
        Opt("--internal-protocol-port", "Port inside, or first:last.", type=Ports(), not_sent=True, required=required),
        Opt("--external-protocol-port", "Port outside, or first:last.", type=Ports(), not_sent=True, required=required),
        DESCRIPTION,
        EXTRA,
    ]


def width(ports: str | None) -> int:
    """How many ports a range has beyond the first."""
    first, _, last = (ports or "0").partition(":")
    return int(last or first) - int(first)


def alike(internal_protocol_port: str | None, external_protocol_port: str | None) -> None:
    """Refuse ranges of ports of which one cannot lead to the other."""
    parent = width(internal_protocol_port)
    if parent and parent != width(external_protocol_port):
        raise OstkError("A range of ports inside needs a range of as many ports outside.")


def ports(body: Json, values: Json) -> None:
    """Name the ports as Neutron has them: a range as a text, one as a number."""
    for side in ("internal", "external"):
        if value := values[f"{side}_protocol_port"]:
            body |= {f"{side}_port_range": value} if ":" in value else {f"{side}_port": int(value)}


@forwarding.lister(
    "list",
    target(FLOATING_IP),
    Opt("--port", "Only those to this port.", ref=PORT, key="internal_port_id"),
    Opt("--external-protocol-port", "Only those of this port, or first:last.", type=Ports(), not_sent=True),
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


PROTOCOL = Opt("--protocol", "tcp, udp …", required=True)
forwarding.create(settings(required=True), PROTOCOL, prepare=ports, validate=alike)
forwarding.show()
forwarding.set(
    settings(required=False), Opt("--protocol", "tcp or udp.", choices="tcp udp"), prepare=ports, validate=alike
)
forwarding.delete()
