"""Options, columns and validation that security group rules and default security group rules share."""

from typing import Any

import click

from ..errors import OstkError
from ..language import DESCRIPTION, Column, Json, Opt, Value, exclusive

ICMP = ("icmp", "icmpv6", "ipv6-icmp", "1", "58")
IPV6 = ("icmpv6", "41", "43", "44", "58", "59", "60")
ANY_ADDRESS = {"IPv4": "0.0.0.0/0", "IPv6": "::/0"}


class PortRange(click.ParamType[tuple[int, int]]):
    """A port number, or a range as 80:90, parsed into the first and the last port."""

    name = "port[:port]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return the first and the last port."""
        if isinstance(value, tuple):
            return value
        first, _, last = value.partition(":")
        try:
            ports = int(first), int(last or first)
        except ValueError:
            self.fail(f"{value!r} is not PORT or PORT:PORT.", param, ctx)
        if ports[0] > ports[1]:
            self.fail(f"{value!r} is not a port range: the first port is greater than the last.", param, ctx)
        return ports


def prefix(rule: Json) -> Any:
    """Return the remote IP prefix of a rule; 0.0.0.0/0 or ::/0 where the rule has none."""
    return rule.get("remote_ip_prefix") or ANY_ADDRESS.get(rule.get("ethertype") or "")


def with_prefix(item: Json) -> Json:
    """Return a copy of a rule with its effective remote IP prefix."""
    return {**item, "remote_ip_prefix": prefix(item)}


def port_range(rule: Json) -> str:
    """Format the port range or the ICMP type and code: `22:24`, `80:80`, `type=8:code=0`, or ""."""
    first, last = rule.get("port_range_min"), rule.get("port_range_max")
    if rule.get("protocol") in ICMP:
        return (f"type={first}" if first else "") + (f":code={last}" if last else "")
    if not first and not last:
        return ""
    return f"{last if first is None else first}:{first if last is None else last}"


COLUMNS: list[Column | str] = [
    "id, protocol=IP Protocol, ethertype",
    Column("remote_ip_prefix", "IP Range", value=prefix),
    Column("port_range", value=port_range),
    "direction, remote_group_id=Remote Security Group, remote_address_group_id=Remote Address Group",
]
FIELDS = (
    "description direction ethertype=ether_type id port_range_max port_range_min protocol remote_address_group_id"
    " remote_group_id remote_ip_prefix"
)
DIRECTION = exclusive(
    Opt("--ingress", "Apply the rule to ingress traffic (default).", key="direction", value="ingress"),
    Opt("--egress", "Apply the rule to egress traffic.", key="direction", value="egress"),
)
FILTERS = [
    Opt("--protocol", "Filter by IP protocol, e.g. tcp.", convert=str.lower),
    Value("--ethertype", "Ignored (accepted for compatibility)."),
    *exclusive(
        Opt("--ingress", "Filter by ingress direction.", key="direction", value="ingress"),
        Opt("--egress", "Filter by egress direction.", key="direction", value="egress"),
    ),
]
OPTIONS = [
    Value("--dst-port", "Destination port or range, e.g. 80 or 80:90.", type=PortRange()),
    Value("--protocol", "IP protocol: tcp, udp, icmp, a protocol number, or any (default: any)."),
    DESCRIPTION,
    Value("--icmp-type", "ICMP type, e.g. 8 (echo request of IPv4).", type=int),
    Value("--icmp-code", "ICMP code; requires --icmp-type.", type=int),
    *DIRECTION,
    Value(
        "--ethertype",
        "Ethertype (default: IPv6 for IPv6 protocols, else IPv4).",
        type=click.Choice(["IPv4", "IPv6"], case_sensitive=False),
    ),
]


def remote_options(*groups: Opt) -> list[Opt]:
    """Return the options for the remote side of a rule, which exclude each other: an IP prefix, or these groups."""
    return exclusive(Opt("--remote-ip", "Remote IP address or CIDR.", key="remote_ip_prefix"), *groups)


def protocol_of(values: Json) -> str | None:
    """Return the value of --protocol in lower case, None for any protocol."""
    name = (values["protocol"] or "any").lower()
    return None if name == "any" else name


def validate_rule(values: Json) -> None:
    """Reject combinations of ports, ICMP type and code, and protocol that exclude each other."""
    icmp_type, icmp_code = values["icmp_type"], values["icmp_code"]
    if values["dst_port"] and (icmp_type or icmp_code):
        raise OstkError("--dst-port excludes --icmp-type and --icmp-code.")
    if icmp_type is None and icmp_code is not None:
        raise OstkError("--icmp-code needs --icmp-type.")
    if protocol_of(values) not in ICMP and (icmp_type or icmp_code):
        raise OstkError("--icmp-type and --icmp-code need --protocol icmp.")


def with_defaults(body: Json, values: Json) -> Json:
    """Return the request with all fields of a rule, by default those of the reference client.

    They are the protocol, direction, ethertype, remote IP prefix, and ports or ICMP type and code.
    """
    name = protocol_of(values)
    is_ipv6 = name is not None and (name.startswith("ipv6-") or name in IPV6)
    ethertype = values["ethertype"] or ("IPv6" if is_ipv6 else "IPv4")
    has_remote = body.keys() & {"remote_ip_prefix", "remote_group_id", "remote_address_group_id"}
    first_and_last = values["dst_port"] if name not in ICMP else None
    ports = dict(zip(("port_range_min", "port_range_max"), first_and_last or (), strict=False))
    icmp = {"port_range_min": values["icmp_type"], "port_range_max": values["icmp_code"]}
    return {
        "direction": "ingress",
        **body,
        "protocol": name,
        "ethertype": ethertype,
        **ports,
        **{key: number for key, number in icmp.items() if number is not None and number >= 0},
        **({} if has_remote else {"remote_ip_prefix": ANY_ADDRESS[ethertype]}),
    }
