"""Address groups: addresses that security group rules name together."""

from __future__ import annotations

from typing import Any

import click

from ..errors import OstkError
from ..kinds import ADDRESS_GROUP
from ..language import DESCRIPTION, NAME, PAGES, Arg, Column, Json, Kind, Noun, Opt
from ..owner import OF_PROJECT, OWNER
from ..session.cloud import Cloud, quote
from .extra import EXTRA, OTHERS

group = Noun(
    ADDRESS_GROUP,
    "Manage address groups.",
    columns=["id name description", Column("project_id", "Project"), "addresses"],
    fields=["addresses description id name project_id", *OTHERS],
)


class Network(click.ParamType[str]):
    """An address, or several as 10.0.0.0/8."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address with its prefix length."""
        from ipaddress import ip_interface

        try:
            return str(ip_interface(value))
        except ValueError:
            raise OstkError(f"{value!r} is no address and no network.") from None


def put(cloud: Cloud, kind: Kind, item: Json, what: str, body: Json) -> Json:
    """Have an address group take or give up addresses; the group as it is then."""
    path = f"{kind.path}/{quote(item['id'])}/{what}_addresses"
    return cloud.unwrap(kind, cloud.call(kind.service, "PUT", path, json=body))


def add(cloud: Cloud, kind: Kind, item: Json, body: Json) -> Json:
    """Add addresses to a group."""
    return put(cloud, kind, item, "add", body)


def remove(cloud: Cloud, kind: Kind, item: Json, body: Json) -> Json:
    """Remove addresses from a group."""
    return put(cloud, kind, item, "remove", body)


def complete(body: Json) -> None:
    """Begin with no addresses unless some are given."""
    body.setdefault("addresses", [])


def address(help: str, **attrs: Any) -> Opt:
    """A repeatable option for an address."""
    return Opt("--address", help, key="addresses", type=Network(), multiple=True, **attrs)


group.create(Arg("name"), DESCRIPTION, address("Address; may be repeated."), OWNER, EXTRA, prepare=complete)
group.list(Opt("--name", "Only those with this name."), OF_PROJECT, PAGES)
group.show()
group.set(NAME, DESCRIPTION, address("Address to add; may be repeated.", action=add), EXTRA)
group.unset(address("Address to remove; may be repeated.", action=remove))
group.delete()
