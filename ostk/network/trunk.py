"""Trunks: a parent port, and subports of further networks, distinguished by VLAN IDs."""

from typing import Any

import click

from ..api.network import PORT, TRUNK
from ..errors import OstkError
from ..language import (
    DESCRIPTION,
    LONG,
    NAME,
    NEW_DESCRIPTION,
    Arg,
    Cloud,
    Column,
    Json,
    Noun,
    Opt,
    Value,
    target,
    targets,
)
from ..owner import OWNER
from ..render.format import LIST_OF_DICTS, UP_DOWN
from .fields import OTHER_FIELDS
from .list_fields import FieldKeyValues
from .shared_options import ENABLE

trunk = Noun(
    TRUNK,
    "Manage trunks: a parent port and VLAN subports.",
    columns=["id name", Column("port_id", "Parent Port"), "description"],
    long=["status", Column("admin_state_up", "State", format=UP_DOWN), "created_at updated_at"],
    fields=[
        "admin_state_up=is_admin_state_up description id name port_id project_id status sub_ports tags",
        *OTHER_FIELDS,
    ],
    formats={"sub_ports": LIST_OF_DICTS},
)


class Subport(FieldKeyValues):
    """Parse `port=PORT[,segmentation-id=ID][,segmentation-type=TYPE]`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """Return the subport as in the API: {"port_id", "segmentation_type", "segmentation_id"}."""
        found: Json = super().convert(value, param, ctx)
        number = str(found.get("segmentation_id", 0))
        if not number.isdecimal():
            raise OstkError(f"segmentation-id {number!r} of --subport is not a number.")
        return {key: int(value) if key == "segmentation_id" else value for key, value in found.items()}


def subport_option(**attrs: Any) -> Opt:
    """Return a repeatable option for a subport to add."""
    text = "Subport to add: port=PORT[,segmentation-id=ID][,segmentation-type=TYPE]."
    value_type = Subport("port", "segmentation-id segmentation-type", {"port": PORT})
    return Opt("--subport...", text, key="sub_ports", type=value_type, **attrs)


def change_subports(cloud: Cloud, trunk: str, verb: str, ports: Any) -> Any:
    """Send `{verb}_subports` of a trunk; `verb` is "add" or "remove", each port has at least `port_id`."""
    return cloud.send(TRUNK, "PUT", trunk, f"{verb}_subports", json={"sub_ports": ports})


def add_subports(cloud: Cloud, item: Json, body: Json) -> None:
    """Add subports to a trunk."""
    change_subports(cloud, item["id"], "add", body["sub_ports"])


trunk.create(
    Arg("name", "Name of the trunk."),
    DESCRIPTION,
    Opt("--parent-port", "Parent port of the trunk.", ref=PORT, key="port_id", required=True),
    subport_option(),
    ENABLE,
    OWNER,
    defaults={"admin_state_up": True},
)
trunk.list(LONG)
trunk.show()
trunk.set(NAME, NEW_DESCRIPTION, subport_option(action=add_subports), ENABLE)
trunk.delete()


@trunk.action(
    "subport add",
    target(TRUNK),
    Arg("port", "Port to add as a subport.", ref=PORT),
    Opt("--segmentation-type", "Segmentation type: vlan or inherit."),
    Opt("--segmentation-id", "Segmentation ID of the subport: VLAN ID in the trunk.", type=int),
)
def add_subport(cloud: Cloud, network_trunk: str, body: Json) -> None:
    """Add a subport to a trunk."""
    change_subports(cloud, network_trunk, "add", [body])


REMOVED_SUBPORT = Value("--subport port...", "Subport to remove.", ref=PORT, required=True)


@trunk.action("unset", target(TRUNK), REMOVED_SUBPORT)
@trunk.action("subport remove", target(TRUNK), targets(PORT))
def remove_subports(cloud: Cloud, network_trunk: str, port: list[str]) -> None:
    """Remove subports from a trunk."""
    change_subports(cloud, network_trunk, "remove", [{"port_id": port_id} for port_id in port])


SUBPORTS = ["port_id=Port segmentation_type segmentation_id"]
subport = Noun(TRUNK, "List subports of a trunk.", columns=SUBPORTS)


@subport.lister("list", Value("--trunk", "Trunk of the subports.", required=True, names=TRUNK))  # the older name
@trunk.lister("subport list", Arg("trunk", "Trunk.", names=TRUNK), columns=SUBPORTS)
def list_subports(cloud: Cloud, trunk: str) -> list[Json]:
    """List subports of a trunk."""
    return cloud.get(TRUNK, trunk).get("sub_ports") or []
