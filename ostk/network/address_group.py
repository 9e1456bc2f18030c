"""Address groups: addresses that security group rules name together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ..api.network import ADDRESS_GROUP
from ..language import DESCRIPTION, NAME, PAGES, Arg, Json, Noun, Opt
from ..owner import OF_PROJECT, OWNER
from ..session.cloud import Cloud
from .addresses import interface
from .extra_properties import EXTRA, OF_NAME, OTHERS

group = Noun(
    ADDRESS_GROUP,
    "Manage address groups.",
    columns=["id name description project_id=Project addresses"],
    fields=["addresses description id name project_id", *OTHERS],
)


class Network(click.ParamType[str]):
    """An address, or several as 10.0.0.0/8."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address with its prefix length."""
        return str(interface(value))


def changing(verb: str) -> Callable[..., Json]:
    """A function that has a group add or remove addresses and returns the group as it is then."""

    def change(cloud: Cloud, item: Json, body: Json) -> Json:
        path = ADDRESS_GROUP.at(item["id"], f"{verb}_addresses")
        return cloud.unwrap(ADDRESS_GROUP, cloud.call(ADDRESS_GROUP.service, "PUT", path, json=body))

    return change


def address(help: str, **attrs: Any) -> Opt:
    """A repeatable option for an address."""
    return Opt("--address", help, key="addresses", type=Network(), multiple=True, **attrs)


ADDRESS = address("Address; may be repeated.")
group.create(Arg("name"), DESCRIPTION, ADDRESS, OWNER, EXTRA, defaults={"addresses": []})
group.list(OF_NAME, OF_PROJECT, PAGES)
group.show()
group.set(NAME, DESCRIPTION, address("Address to add; may be repeated.", action=changing("add")), EXTRA)
group.unset(address("Address to remove; may be repeated.", action=changing("remove")))
group.delete()
