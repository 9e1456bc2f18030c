"""Volume targets: the volumes of nodes, also to boot from."""

from ..api.bare_metal import NODE, VOLUME_TARGET
from ..errors import OstkError
from ..language import Opt
from .changes import EXTRA, UNSET_EXTRA, UNSET_PROPERTY, key_values
from .verbs import add_delete, add_list, add_set, add_show, add_unset, described

target = described(
    VOLUME_TARGET,
    "Manage volume targets of bare metal nodes.",
    "uuid node_uuid volume_type properties boot_index extra volume_id created_at updated_at",
    "uuid node_uuid volume_type boot_index volume_id",
)


def validate_boot_index(boot_index: int | None) -> None:
    """Raise OstkError for a negative --boot-index."""
    if boot_index is not None and boot_index < 0:
        raise OstkError(f"--boot-index must be 0 or more, not {boot_index}.")


def content(required: bool) -> list[Opt]:
    """Return the options for the fields of a volume target."""
    return [
        Opt("--node", "Node of the volume target.", ref=NODE, key="node_uuid", required=required),
        Opt("--type", "Type of the volume, e.g. iscsi.", key="volume_type", required=required),
        key_values("--property", "Properties of the volume, e.g. target_iqn.", "properties"),
        Opt("--boot-index", "Boot index: position in the boot order; 0 is the root disk.", type=int, required=required),
        Opt("--volume-id", "ID of the volume.", required=required),
        EXTRA,
    ]


add_list(target, Opt("--node", "Filter by node.", names=NODE))
add_show(target)
target.create(
    content(required=True),
    Opt("--uuid", "UUID of the volume target."),
    help="Create a volume target of a node that is powered off.",
    validate=validate_boot_index,
)
add_set(target, content(required=False), validate=validate_boot_index)
add_unset(target, UNSET_EXTRA, UNSET_PROPERTY)
add_delete(target)
