"""What the rules of security groups and the rules of new ones have in common."""

from __future__ import annotations

from typing import Any

import click

from ..errors import OstkError
from ..language import DESCRIPTION, Column, Json, Opt, exclusive

ICMP = ("icmp", "icmpv6", "ipv6-icmp", "1", "58")
IPV6 = ("icmpv6", "41", "43", "44", "58", "59", "60")
ALL_TENANTS_QUERY = {"IPv4": "0.0.0.0/0", "IPv6": "::/0"}


class PortRange(click.ParamType[tuple[int, int]]):
    """A port, or two with a colon between."""

    name = "port[:port]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """The first and the last port."""
        if isinstance(value, tuple):
            return value
        first, _, last = value.partition(":")
        try:
            ports = int(first), int(last or first)
        except ValueError:
            self.fail(f"{value!r} is not PORT or PORT:PORT.", param, ctx)
        if ports[0] > ports[1]:
            self.fail(f"{value!r} ends before it begins.", param, ctx)
        return ports


def prefix(rule: Json) -> Any:
    """The addresses a rule is for; all there are where it names none."""
    return rule.get("remote_ip_prefix") or ALL_TENANTS_QUERY.get(rule.get("ethertype") or "")


def with_prefix(item: Json) -> Json:
    """A rule that says which addresses it is for."""
    return {**item, "remote_ip_prefix": prefix(item)}


def ports(rule: Json) -> str:
    """`22:24`, `80:80`, `type=8:code=0`, or nothing."""
    first, last = rule.get("port_range_min"), rule.get("port_range_max")
    if rule.get("protocol") in ICMP:
        return (f"type={first}" if first else "") + (f":code={last}" if last else "")
    if not first and not last:
        return ""
    return f"{last if first is None else first}:{first if last is None else last}"


COLUMNS: list[Column | str] = [
    "id",
    Column("protocol", "IP Protocol"),
    "ethertype",
    Column("remote_ip_prefix", "IP Range", value=prefix),
    Column("port_range", value=ports),
    "direction",
    Column("remote_group_id", "Remote Security Group"),
    Column("remote_address_group_id", "Remote Address Group"),
]
FIELDS = (
    "description direction ethertype=ether_type id port_range_max port_range_min protocol remote_address_group_id"
    " remote_group_id remote_ip_prefix"
)
DIRECTION = exclusive(
    Opt("--ingress", "For incoming traffic.", key="direction", value="ingress"),
    Opt("--egress", "For outgoing traffic.", key="direction", value="egress"),
)
FILTERS = [
    Opt("--protocol", "Only those for this protocol.", convert=str.lower),
    Opt("--ethertype", "Accepted, and without effect.", not_sent=True),
    *DIRECTION,
]
OPTIONS = [
    Opt("--dst-port", "Port, or first:last.", type=PortRange(), not_sent=True),
    Opt("--protocol", "tcp, udp, icmp, a number … or any (as is usual).", not_sent=True),
    DESCRIPTION,
    Opt("--icmp-type", "ICMP type.", type=int, not_sent=True),
    Opt("--icmp-code", "ICMP code.", type=int, not_sent=True),
    *DIRECTION,
    Opt(
        "--ethertype",
        "IPv4 or IPv6; by the protocol unless given.",
        type=click.Choice(["IPv4", "IPv6"], case_sensitive=False),
        not_sent=True,
    ),
]


def remote(*groups: Opt) -> list[Opt]:
    """What a rule is for: addresses, or one of these groups."""
    return exclusive(Opt("--remote-ip", "Addresses it is for, as 10.0.0.0/8.", key="remote_ip_prefix"), *groups)


def protocol_of(values: Json) -> str | None:
    """The protocol that was given, None for any."""
    name = (values["protocol"] or "any").lower()
    return None if name == "any" else name


def coherent(values: Json) -> None:
    """Refuse ports and ICMP types that do not go together."""
    icmp_type, icmp_code = values["icmp_type"], values["icmp_code"]
    if values["dst_port"] and (icmp_type or icmp_code):
        raise OstkError("--dst-port goes neither with --icmp-type nor with --icmp-code.")
    if icmp_type is None and icmp_code is not None:
        raise OstkError("--icmp-code needs --icmp-type.")
    if protocol_of(values) not in ICMP and (icmp_type or icmp_code):
        raise OstkError("--icmp-type and --icmp-code need --protocol icmp.")


def complete(body: Json, values: Json) -> None:
    """Say all that Neutron wants to know: protocol, direction, IP version, ports and addresses."""
    name = body["protocol"] = protocol_of(values)
    body.setdefault("direction", "ingress")
    six = name is not None and (name.startswith("ipv6-") or name in IPV6)
    body["ethertype"] = values["ethertype"] or ("IPv6" if six else "IPv4")
    if values["dst_port"] and name not in ICMP:
        body["port_range_min"], body["port_range_max"] = values["dst_port"]
    for key, value in {"port_range_min": values["icmp_type"], "port_range_max": values["icmp_code"]}.items():
        if value is not None and value >= 0:
            body[key] = value
    if not body.keys() & {"remote_ip_prefix", "remote_group_id", "remote_address_group_id"}:
        body["remote_ip_prefix"] = ALL_TENANTS_QUERY[body["ethertype"]]
