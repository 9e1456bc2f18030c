"""What many Neutron nouns share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from ..config.settings import parse_boolean
from ..language import MERGE_INTO_BODY, NULL, REMAINING_FIELDS, Column, Json, KeyValues, Opt
from ..language.column import as_columns
from ..language.view import header
from ..record import replace
from ..render.format import ALIVE, DICT, EXTERNAL, LIST, LIST_OF_DICTS, UP_DOWN

CONVERT: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "bool": lambda text: parse_boolean(text) is True,
    "list": lambda text: text.split(";"),
    "dict": lambda text: dict(part.split(":", 1) for part in text.split(";")),
}


class Extra(KeyValues):
    """name=NAME,value=VALUE and, if it is no text, type=TYPE."""

    def __init__(self, required: tuple[str, ...] = ("name", "value")) -> None:
        super().__init__(required, ("type", "value"))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """The field with its value in its type."""
        if isinstance(value, dict):
            return value
        found = super().convert(value, param, ctx)
        kind = found.get("type", "str")
        if kind not in CONVERT:
            self.fail(f"{kind!r} is not one of {', '.join(CONVERT)}.", param, ctx)
        try:
            return {found["name"]: CONVERT[kind](found.get("value", ""))}
        except ValueError:
            self.fail(f"{found.get('value')!r} is not of the type {kind}.", param, ctx)


def joined(values: Iterable[Json]) -> Json:
    """One object of several."""
    return {key: value for one in values for key, value in one.items()}


EXTRA = Opt(
    "--extra-property",
    "Other field: name=,value=[,type=]; repeatable.",
    key=MERGE_INTO_BODY,
    type=Extra(),
    multiple=True,
    convert=joined,
)
NO_EXTRA = Opt(
    "--extra-property",
    "Other field to empty: name=; repeatable.",
    key=MERGE_INTO_BODY,
    type=Extra(("name",)),
    multiple=True,
    convert=lambda values: dict.fromkeys(joined(values)),
)
ENABLE = Opt("--enable/--disable", "Whether it carries traffic.", key="admin_state_up")
SHARE = Opt("--share/--no-share", "Whether other projects may use it.", key="shared")
PORT_SECURITY = Opt(
    "--enable-port-security/--disable-port-security", "Whether traffic is filtered.", key="port_security_enabled"
)
NO_QOS = Opt("--no-qos-policy", "No QoS policy.", key="qos_policy_id", value=NULL)
ZONES = Opt("--availability-zone-hint", "Zone to be in; repeatable.", key="availability_zone_hints", multiple=True)
OF_NAME = Opt("--name", "Only those with this name.")
IP_VERSION = Opt("--ip-version", "4 (as is usual) or 6.", choices="4 6", convert=int, default="4")
OF_IP_VERSION = Opt("--ip-version", "Only those of IPv4 or IPv6.", choices="4 6")
FORMATS = {
    "admin_state_up": UP_DOWN,
    "alive": ALIVE,
    "router:external": EXTERNAL,
    "availability_zones availability_zone_hints prefixes security_groups service_types subnets tags": LIST,
    "binding:profile binding:vif_details ip_availability_details": DICT,
    "allowed_address_pairs dns_assignment extra_dhcp_opts fixed_ips": LIST_OF_DICTS,
    "subnet_ip_availability trunk_details.sub_ports": LIST_OF_DICTS,
}


def others(but: str = "") -> list[Column]:
    """All else that Neutron tells of a thing, without what `but` names: it names the project twice, too."""
    return [*(Column(key, hidden=True) for key in f"tenant_id {but}".split()), REMAINING_FIELDS]


OTHERS = others()


def titled(*columns: Column | str) -> list[Column]:
    """Fields that are called as they are in lists: what came to Neutron as a plugin is shown so."""
    return [replace(column, title=header(column)) for column in as_columns(columns)]
