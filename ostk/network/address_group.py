"""Address groups: IP prefixes that security group rules refer to as a unit."""

from collections.abc import Callable
from typing import Any

import click

from ..api.network import ADDRESS_GROUP
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, PAGES, Arg, Cloud, Json, Noun, Opt
from ..owner import OWNER, PROJECT_FILTER
from .addresses import parse_interface
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS
from .shared_options import NAME_FILTER

group = Noun(
    ADDRESS_GROUP,
    "Manage address groups: IP prefixes for security group rules.",
    columns=["id name description project_id=Project addresses"],
    fields=["addresses description id name project_id", *OTHER_FIELDS],
)


class Prefix(click.ParamType[str]):
    """An IP address or CIDR, sent with its prefix length: 10.0.0.1 becomes 10.0.0.1/32."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address with its prefix length."""
        return str(parse_interface(value))


def change_addresses(verb: str) -> Callable[..., Json]:
    """Return a function that sends `{verb}_addresses` for an address group and returns the updated group.

    Args:
        verb: "add" or "remove".
    """

    def change(cloud: Cloud, item: Json, body: Json) -> Json:
        return cloud.unwrap(ADDRESS_GROUP, cloud.send(ADDRESS_GROUP, "PUT", item["id"], f"{verb}_addresses", json=body))

    return change


def address(text: str, **attrs: Any) -> Opt:
    """Return a repeatable option for IP addresses or CIDRs."""
    return Opt("--address...", text, key="addresses", type=Prefix(), **attrs)


ADDRESS = address("IP address or CIDR.")
group.create(Arg("name", "Name of the address group."), DESCRIPTION, ADDRESS, OWNER, EXTRA, defaults={"addresses": []})
group.list(NAME_FILTER, PROJECT_FILTER, PAGES)
group.show()
group.set(NAME, NEW_DESCRIPTION, address("IP address or CIDR to add.", action=change_addresses("add")), EXTRA)
group.unset(address("IP address or CIDR to remove.", action=change_addresses("remove")))
group.delete()
