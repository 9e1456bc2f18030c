"""Chassis: groups of nodes."""

from __future__ import annotations

from ..api.bare_metal import CHASSIS
from ..language import DESCRIPTION, Column, Json, Noun, Opt
from ..session.cloud import Cloud
from . import changes
from .changes import EXTRA, UNSET_EXTRA, change, removed
from .fields import Rows, argument, as_answered, call, columns, fetch, fields_option, list_all, list_options, some

FIELDS = "uuid description created_at updated_at extra"
DETAILED = columns(FIELDS)
chassis = Noun(CHASSIS, "Manage chassis of bare metal nodes.", columns=some(DETAILED, "uuid description"))


@chassis.lister("list", list_options(FIELDS), also=DETAILED)
def list_chassis(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List chassis."""
    return list_all(cloud, CHASSIS, body, values, "uuid description", DETAILED, "/chassis/detail")


@chassis.shower("show", argument(CHASSIS, help="Chassis (UUID)."), fields_option(FIELDS), fields=[])
def show(cloud: Cloud, chassis: str, fields: tuple[str, ...]) -> Json:
    """Show a chassis."""
    return fetch(cloud, CHASSIS, chassis, fields, ["nodes"])


@chassis.shower("create", DESCRIPTION, EXTRA, Opt("--uuid", "UUID of the chassis."), fields=[])
def create(cloud: Cloud, body: Json) -> tuple[list[Column], Json]:
    """Create a chassis."""
    found = call(cloud, "POST", CHASSIS.path, json=body)
    return as_answered({key: value for key, value in found.items() if key != "nodes"})


@chassis.action("set", argument(CHASSIS, help="Chassis (UUID)."), DESCRIPTION, EXTRA)
def set_chassis(cloud: Cloud, chassis: str, body: Json) -> None:
    """Update a chassis."""
    change(cloud, CHASSIS, chassis, body)


@chassis.action(
    "unset", argument(CHASSIS, help="Chassis (UUID)."), removed("--description", "Remove the description."), UNSET_EXTRA
)
def unset(cloud: Cloud, chassis: str, body: Json) -> None:
    """Unset fields of a chassis."""
    change(cloud, CHASSIS, chassis, body)


@chassis.each("delete", help="Delete chassis.")
def delete(cloud: Cloud, chassis: str) -> None:
    """Delete chassis."""
    changes.delete(cloud, CHASSIS, chassis)
