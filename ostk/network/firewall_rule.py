"""Firewall rules: which traffic is let through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from ..api.network import FIREWALL_GROUP, FIREWALL_RULE
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, NULL, Column, Json, Noun, Opt, Resource, exclusive
from ..owner import OWNER
from ..render.format import Format
from ..session.cloud import Cloud
from .addresses import Address
from .extra_properties import OTHERS, SHARE, titled
from .firewall_name import NAMED, once


def summary(item: Json) -> str:
    """What a rule is about: protocol, both ends and what is done, a line each."""

    def end(word: str, which: str) -> str:
        address, port = item.get(f"{which}_ip_address"), item.get(f"{which}_port")
        return f"{word}(port): {address or 'none specified'}({port or 'none specified'})"

    protocol = (item.get("protocol") or "any").upper()
    parts = [protocol, end("source", "source"), end("dest", "destination"), item.get("action") or "no-action"]
    return ",\n ".join(parts)


def group(end: str) -> Column:
    """The firewall group at one end; not every Neutron knows of it."""
    key = f"{end}_firewall_group_id"
    return Column(key, f"{end.capitalize()} Firewall Group ID", value=lambda item: item.get(key, ""))


SUMMARY = Column("summary", value=summary)
DESCRIBED = Column("description", long=True)
POLICY = Column("firewall_policy_id", "Firewall Policy")
COLUMNS = "id name enabled"
LONG_COLUMNS: list[Column | str] = [
    "ip_version action protocol source_ip_address source_port destination_ip_address destination_port shared",
    Column("project_id", "Project"),
    group("source"),
    group("destination"),
]
rule = Noun(
    FIREWALL_RULE,
    "Manage firewall rules: which traffic is let through.",
    columns=[COLUMNS, SUMMARY, DESCRIBED, POLICY],
    long=LONG_COLUMNS,
    # Only lists sum a rule up.
    fields=[*titled(COLUMNS, Column("summary", value=lambda item: ""), DESCRIBED, POLICY, *LONG_COLUMNS), *OTHERS],
    formats={"protocol": Format(lambda value: value or "any")},
)


class Ports(click.ParamType[str]):
    """A port, or the first and the last as 80:90."""

    name = "port[:port]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, once it is known to be ports."""
        first, _, last = str(value).partition(":")
        known = [int(port) for port in (first, last or first) if port.isdecimal()]
        if len(known) == 2 and 0 < known[0] <= known[1] < 65536:
            return str(value)
        raise OstkError(f"{value!r} is not a port, and not a range of ports as 80:90.")


def either(word: str, help: str, **attrs: Any) -> list[Opt]:
    """An option, and the one that leaves it open."""
    ref: Resource | None = attrs.get("ref")
    key = word.replace("-", "_") + ("_id" if ref else "")
    return exclusive(Opt(f"--{word}", help, **attrs), Opt(f"--no-{word}", "Any.", key=key, value=NULL))


OPTIONS = [
    DESCRIPTION,
    Opt(
        "--protocol",
        "tcp, udp, icmp, a number … or any (as is usual).",
        convert=lambda text: None if text.lower() == "any" else text.lower(),
    ),
    Opt("--action", "What is done.", type=click.Choice(["allow", "deny", "reject"], case_sensitive=False)),
    Opt("--ip-version", "4 (as is usual) or 6.", choices="4 6", convert=int),
    *either("source-ip-address", "Address it comes from, or several.", type=Address()),
    *either("destination-ip-address", "Address it goes to, or several.", type=Address()),
    *either("source-port", "Port it comes from, or first:last.", type=Ports()),
    *either("destination-port", "Port it goes to, or first:last.", type=Ports()),
    SHARE,
    Opt("--enable-rule/--disable-rule", "Whether it counts.", key="enabled"),
    *either("source-firewall-group", "Firewall group it comes from.", ref=FIREWALL_GROUP),
    *either("destination-firewall-group", "Firewall group it goes to.", ref=FIREWALL_GROUP),
]


@rule.lister("list", LONG)
def list_rules(cloud: Cloud, columns: list[Column], long: bool) -> tuple[list[Column], Iterable[Json]]:
    """List firewall group rules."""
    kept = [column for column in columns if not (long and column.key == "summary")]
    return kept, cloud.pages(FIREWALL_RULE)


def opened(word: str, key: str) -> Opt:
    """The option that leaves a part of a rule open."""
    return Opt(f"--{word}", "Any.", key=key, value=NULL)


rule.create(NAMED, OPTIONS, OWNER, validate=once)
rule.show()
rule.set(NAME, OPTIONS)
rule.unset(
    opened("source-ip-address", "source_ip_address"),
    opened("destination-ip-address", "destination_ip_address"),
    opened("source-port", "source_port"),
    opened("destination-port", "destination_port"),
    Opt("--share", "No longer for other projects.", key="shared", value=False),
    Opt("--enable-rule", "It does not count.", key="enabled", value=False),
    opened("source-firewall-group", "source_firewall_group_id"),
    opened("destination-firewall-group", "destination_firewall_group_id"),
)
rule.delete()
