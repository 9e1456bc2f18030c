"""Trunks: ports that carry several networks, each by its number."""

from __future__ import annotations

from typing import Any

import click

from ..api.network import PORT, TRUNK
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, Arg, Column, Json, Noun, Opt, target, targets
from ..owner import OWNER
from ..render.format import LIST_OF_DICTS, UP_DOWN
from ..session.cloud import Cloud
from .extra_properties import ENABLE, OTHERS
from .lists import Parts
from .trunk_subports import SUBPORTS, list_subports

trunk = Noun(
    TRUNK,
    "Manage trunks: ports that carry several networks.",
    columns=["id name", Column("port_id", "Parent Port"), "description"],
    long=["status", Column("admin_state_up", "State", format=UP_DOWN), "created_at updated_at"],
    fields=["admin_state_up=is_admin_state_up description id name port_id project_id status sub_ports tags", *OTHERS],
    formats={"sub_ports": LIST_OF_DICTS},
)


class Subport(Parts):
    """port=PORT[,segmentation-id=NUMBER][,segmentation-type=TYPE]."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """As Neutron has it."""
        found: Json = super().convert(value, param, ctx)
        number = str(found.get("segmentation_id", 0))
        if not number.isdecimal():
            raise OstkError(f"The segmentation ID {number!r} is not a number.")
        return {key: int(value) if key == "segmentation_id" else value for key, value in found.items()}


def subport(**attrs: Any) -> Opt:
    """A repeatable option for a subport."""
    help = "port=[,segmentation-id=][,segmentation-type=]; repeatable."
    type = Subport("port", "segmentation-id segmentation-type", {"port": PORT})
    return Opt("--subport", help, key="sub_ports", type=type, multiple=True, **attrs)


def change(cloud: Cloud, trunk: str, verb: str, ports: Any) -> Any:
    """Add or remove subports of a trunk."""
    return cloud.call(TRUNK.service, "PUT", TRUNK.at(trunk, f"{verb}_subports"), json={"sub_ports": ports})


def add(cloud: Cloud, item: Json, body: Json) -> None:
    """Add subports to a trunk."""
    change(cloud, item["id"], "add", body["sub_ports"])


trunk.create(
    Arg("name"),
    DESCRIPTION,
    Opt("--parent-port", "Port that carries the networks.", ref=PORT, key="port_id", required=True),
    subport(),
    ENABLE,
    OWNER,
    defaults={"admin_state_up": True},
)
trunk.list(LONG)
trunk.show()
trunk.set(NAME, DESCRIPTION, subport(action=add), ENABLE)
trunk.delete()


@trunk.action(
    "subport add",
    target(TRUNK),
    Arg("port", ref=PORT),
    Opt("--segmentation-type", "vlan or inherit."),
    Opt("--segmentation-id", "Number in the trunk.", type=int),
)
def add_subport(cloud: Cloud, network_trunk: str, body: Json) -> None:
    """Add a subport to a trunk."""
    change(cloud, network_trunk, "add", [body])


REMOVED = Opt("--subport port", "Port to remove; repeatable.", ref=PORT, multiple=True, required=True, not_sent=True)


@trunk.action("unset", target(TRUNK), REMOVED)
@trunk.action("subport remove", target(TRUNK), targets(PORT))
def remove_subports(cloud: Cloud, network_trunk: str, port: list[str]) -> None:
    """Remove subports of a trunk."""
    change(cloud, network_trunk, "remove", [{"port_id": one} for one in port])


trunk.lister("subport list", Arg("trunk", not_sent=True, names=TRUNK), columns=SUBPORTS)(list_subports)
