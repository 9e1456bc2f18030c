"""Firewall rules: match traffic and allow, deny or reject the traffic."""

from typing import Any

import click

from ..api.network import FIREWALL_GROUP, FIREWALL_RULE
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, NULL, Cloud, Column, Items, Json, Noun, Opt, Resource, exclusive
from ..owner import OWNER
from ..render.format import Format
from .addresses import Address
from .fields import OTHER_FIELDS, with_list_titles
from .firewall_name import NAME_PARAMS, validate_name
from .shared_options import SHARE, UNSHARE


def summary(item: Json) -> str:
    """Summarize a rule in four lines: protocol, source, destination and action."""

    def endpoint(label: str, prefix: str) -> str:
        address, port = item.get(f"{prefix}_ip_address"), item.get(f"{prefix}_port")
        return f"{label}(port): {address or 'none specified'}({port or 'none specified'})"

    protocol = (item.get("protocol") or "any").upper()
    parts = [protocol, endpoint("source", "source"), endpoint("dest", "destination"), item.get("action") or "no-action"]
    return ",\n ".join(parts)


def group_column(side: str) -> Column:
    """Return the column of the source or destination firewall group, "" where Neutron does not return the group."""
    key = f"{side}_firewall_group_id"
    return Column(key, f"{side.capitalize()} Firewall Group ID", value=lambda item: item.get(key, ""))


SUMMARY = Column("summary", value=summary)
NO_SUMMARY = Column("summary", value=lambda item: "")
DESCRIBED = Column("description", long=True)
POLICY = Column("firewall_policy_id", "Firewall Policy")
COLUMNS = "id name enabled"
LONG_COLUMNS: list[Column | str] = [
    "ip_version action protocol source_ip_address source_port destination_ip_address destination_port shared",
    Column("project_id", "Project"),
    group_column("source"),
    group_column("destination"),
]
rule = Noun(
    FIREWALL_RULE,
    "Manage firewall rules: allow, deny or reject traffic.",
    columns=[COLUMNS, SUMMARY, DESCRIBED, POLICY],
    long=LONG_COLUMNS,
    # `show` of the reference client has the field too, but empty.
    fields=[*with_list_titles(COLUMNS, NO_SUMMARY, DESCRIBED, POLICY, *LONG_COLUMNS), *OTHER_FIELDS],
    formats={"protocol": Format(lambda value: value or "any")},
)


class FirewallPorts(click.ParamType[str]):
    """A port number, or a range as 80:90, sent as typed."""

    name = "port[:port]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text after it is validated."""
        first, _, last = str(value).partition(":")
        numbers = [int(port) for port in (first, last or first) if port.isdecimal()]
        if len(numbers) == 2 and 0 < numbers[0] <= numbers[1] < 65536:
            return str(value)
        raise OstkError(f"{value!r} is not a port number from 1 to 65535, nor a range as 80:90.")


def match_options(word: str, label: str, text: str, **attrs: Any) -> list[Opt]:
    """Return the option for a match of a rule, and the option --no-… that removes the match."""
    ref: Resource | None = attrs.get("ref")
    key = word.replace("-", "_") + ("_id" if ref else "")
    return exclusive(Opt(f"--{word}", text, **attrs), Opt(f"--no-{word}", f"Match any {label}.", key=key, value=NULL))


OPTIONS = [
    DESCRIPTION,
    Opt(
        "--protocol",
        "IP protocol: tcp, udp, icmp, a protocol number, or any (default: any).",
        convert=lambda text: None if text.lower() == "any" else text.lower(),
    ),
    Opt(
        "--action", "Action for matching traffic.", type=click.Choice(["allow", "deny", "reject"], case_sensitive=False)
    ),
    Opt("--ip-version", "IP version (default: 4).", choices="4 6", convert=int),
    *match_options("source-ip-address", "source IP address", "Source IP address or CIDR.", type=Address()),
    *match_options(
        "destination-ip-address", "destination IP address", "Destination IP address or CIDR.", type=Address()
    ),
    *match_options("source-port", "source port", "Source port or range, e.g. 80 or 80:90.", type=FirewallPorts()),
    *match_options(
        "destination-port", "destination port", "Destination port or range, e.g. 80 or 80:90.", type=FirewallPorts()
    ),
    SHARE,
    Opt("--enable-rule/--disable-rule", "Enable or disable the firewall rule.", key="enabled"),
    *match_options("source-firewall-group", "source firewall group", "Source firewall group.", ref=FIREWALL_GROUP),
    *match_options(
        "destination-firewall-group", "destination firewall group", "Destination firewall group.", ref=FIREWALL_GROUP
    ),
]


@rule.lister("list", LONG)
def list_rules(cloud: Cloud, columns: list[Column], long: bool) -> tuple[list[Column], Items]:
    """List firewall rules."""
    shown = [column for column in columns if not (long and column.key == "summary")]
    return shown, cloud.pages(FIREWALL_RULE)


def unset_match(word: str, key: str) -> Opt:
    """Return the option of `unset` that removes a match of a rule."""
    label = word.replace("-", " ").replace(" ip ", " IP ")
    return Opt(f"--{word}", f"Remove the {label} match.", key=key, value=NULL)


rule.create(NAME_PARAMS, OPTIONS, OWNER, validate=validate_name)
rule.show()
rule.set(NAME, OPTIONS)
rule.unset(
    unset_match("source-ip-address", "source_ip_address"),
    unset_match("destination-ip-address", "destination_ip_address"),
    unset_match("source-port", "source_port"),
    unset_match("destination-port", "destination_port"),
    UNSHARE,
    Opt("--enable-rule", "Disable the firewall rule.", key="enabled", value=False),
    unset_match("source-firewall-group", "source_firewall_group_id"),
    unset_match("destination-firewall-group", "destination_firewall_group_id"),
)
rule.delete()
