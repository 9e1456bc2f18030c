"""Port forwardings: external protocol ports of a floating IP that are forwarded to a port of a network."""

from typing import Any

import click

from ..api.network import FLOATING_IP, PORT, PORT_FORWARDING
from ..errors import OstkError
from ..language import DESCRIPTION, PAGES, Cloud, Items, Json, Noun, Opt, Value, target
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS

forwarding = Noun(
    PORT_FORWARDING,
    "Manage port forwardings of floating IPs.",
    columns=[
        "id internal_port_id internal_ip_address internal_port internal_port_range external_port external_port_range",
        "protocol description",
    ],
    fields=[
        "description external_port id internal_ip_address internal_port internal_port_id name protocol",
        *OTHER_FIELDS,
    ],
    parent=target(FLOATING_IP),
)


class ProtocolPorts(click.ParamType[str]):
    """A protocol port number, or a range as 80:90, sent as typed."""

    name = "port[:port]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text after it is validated."""
        first, _, last = str(value).partition(":")
        try:
            numbers = int(first), int(last or first)
        except ValueError:
            self.fail(f"{value!r} is not PORT or PORT:PORT.", param, ctx)
        if not 0 < numbers[0] <= numbers[1] < 65536:
            self.fail(f"{value!r} is not a port or a range of ports from 1 to 65535.", param, ctx)
        return str(value)


def settings(required: bool) -> list[Opt]:
    """Return the options for the fields of a port forwarding."""
    return [
        Opt("--internal-ip-address", "Internal IP address: a fixed IP of the port.", required=required),
        Opt(
            "--port",
            "Network port to which to forward the traffic.",
            ref=PORT,
            key="internal_port_id",
            required=required,
        ),
        Value(
            "--internal-protocol-port",
            "Internal protocol port or range, e.g. 80 or 80:90.",
            type=ProtocolPorts(),
            required=required,
        ),
        Value(
            "--external-protocol-port",
            "External protocol port or range, e.g. 80 or 80:90.",
            type=ProtocolPorts(),
            required=required,
        ),
        DESCRIPTION,
        EXTRA,
    ]


def width(ports: str | None) -> int:
    """Return the number of ports in a range after the first."""
    first, _, last = (ports or "0").partition(":")
    return int(last or first) - int(first)


def validate_ranges(internal_protocol_port: str | None, external_protocol_port: str | None) -> None:
    """Reject an internal range of ports that differs in size from the external range."""
    internal = width(internal_protocol_port)
    if internal and internal != width(external_protocol_port):
        raise OstkError("The ranges of --internal-protocol-port and --external-protocol-port differ in size.")


def with_ports(body: Json, values: Json) -> Json:
    """Return the request with ranges of ports as `…_port_range` (a string), single ports as `…_port` (a number)."""
    for side in ("internal", "external"):
        if value := values[f"{side}_protocol_port"]:
            ports = {f"{side}_port_range": value} if ":" in value else {f"{side}_port": int(value)}
            body = {**body, **ports}
    return body


@forwarding.lister(
    "list",
    target(FLOATING_IP),
    Opt("--port", "Filter by network port.", ref=PORT, key="internal_port_id"),
    Value("--external-protocol-port", "Filter by external protocol port or range.", type=ProtocolPorts()),
    Opt("--protocol", "Filter by IP protocol, e.g. tcp."),
    PAGES,
)
def list_forwardings(
    cloud: Cloud, floating_ip: str, external_protocol_port: str | None, body: Json, max_items: int | None
) -> Items:
    """List port forwardings of a floating IP."""
    ports = external_protocol_port or ""
    query = {**body, "external_port": ports} if ports and ":" not in ports else body
    for item in cloud.pages(PORT_FORWARDING.under(floating_ip), query, limit=max_items):
        if ":" not in ports or item.get("external_port_range") == ports:
            yield item


PROTOCOL = Opt("--protocol", "IP protocol, e.g. tcp or udp.", required=True)
forwarding.create(settings(required=True), PROTOCOL, prepare=with_ports, validate=validate_ranges)
forwarding.show()
forwarding.set(
    settings(required=False),
    Opt("--protocol", "IP protocol.", choices="tcp udp"),
    prepare=with_ports,
    validate=validate_ranges,
)
forwarding.delete()
