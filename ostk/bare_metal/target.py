"""Volume targets: the volumes of nodes, also to boot from."""

from __future__ import annotations

from ..api.bare_metal import NODE, VOLUME_TARGET
from ..errors import OstkError
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud
from . import changes
from .changes import EXTRA, UNSET_EXTRA, change, key_values
from .fields import Rows, argument, call, columns, fetch, fields_option, list_all, list_options, some

FIELDS = "uuid node_uuid volume_type properties boot_index extra volume_id created_at updated_at"
SHORT = "uuid node_uuid volume_type boot_index volume_id"
DETAILED = columns(FIELDS)
target = Noun(
    VOLUME_TARGET,
    "Manage volume targets of bare metal nodes.",
    columns=some(DETAILED, SHORT),
    fields=DETAILED,
    in_order=True,
)
TARGET = argument(VOLUME_TARGET, help="Volume target (UUID).")


def validate_boot_index(boot_index: int | None) -> None:
    """Raise OstkError for a negative --boot-index."""
    if boot_index is not None and boot_index < 0:
        raise OstkError(f"--boot-index must be 0 or more, not {boot_index}.")


def content(required: bool) -> list[Opt]:
    """Return the options for the fields of a volume target."""
    return [
        Opt("--node", "Node of the volume target.", ref=NODE, key="node_uuid", required=required),
        Opt("--type", "Type of the volume, e.g. iscsi.", key="volume_type", required=required),
        key_values("--property", "Properties of the volume for the driver.", "properties"),
        Opt("--boot-index", "Place in the order of boot; 0 is the root disk.", type=int, required=required),
        Opt("--volume-id", "ID of the volume.", required=required),
        EXTRA,
    ]


@target.lister("list", Opt("--node", "Filter by node.", names=NODE), list_options(FIELDS), also=DETAILED)
def list_targets(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List volume targets."""
    return list_all(cloud, VOLUME_TARGET, body, values, SHORT, DETAILED)


@target.shower("show", TARGET, fields_option(FIELDS), fields=[])
def show(cloud: Cloud, volume_target: str, fields: tuple[str, ...]) -> Json:
    """Show a volume target."""
    return fetch(cloud, VOLUME_TARGET, volume_target, fields)


@target.shower("create", content(True), Opt("--uuid", "UUID of the volume target."), validate=validate_boot_index)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a volume target of a node that is powered off."""
    found: Json = call(cloud, "POST", VOLUME_TARGET.path, json=body)
    return found


@target.action("set", TARGET, content(False), validate=validate_boot_index)
def set_target(cloud: Cloud, volume_target: str, body: Json) -> None:
    """Update a volume target."""
    change(cloud, VOLUME_TARGET, volume_target, body)


@target.action(
    "unset", TARGET, UNSET_EXTRA, Opt("--property", "Key of the properties to remove.", key="properties", multiple=True)
)
def unset(cloud: Cloud, volume_target: str, body: Json) -> None:
    """Unset fields of a volume target."""
    change(cloud, VOLUME_TARGET, volume_target, body)


@target.each("delete")
def delete(cloud: Cloud, volume_target: str) -> None:
    """Delete volume targets."""
    changes.delete(cloud, VOLUME_TARGET, volume_target)
