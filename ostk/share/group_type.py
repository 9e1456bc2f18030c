"""Share group types: group specs, and the share types that a share group may have."""

from collections.abc import Iterable
from typing import Any

from ..api.shared_file_system import SHARE_GROUP_TYPE, SHARE_TYPE
from ..language import Arg, Cloud, Column, Flag, Json, Noun, Opt, target
from ..render.format import LINES
from .metadata import delete_keys, metadata_setter
from .value_types import PAIRS, Boolean, ExtraSpec, unique_pairs

VISIBILITY = Column("visibility", value=lambda item: "public" if item["is_public"] else "private")

type = Noun(
    SHARE_GROUP_TYPE,
    "Manage share group types.",
    columns=["id name share_types", VISIBILITY, "is_default group_specs"],
    fields=["id name share_types", VISIBILITY, "is_default group_specs"],
    formats={"share_types": LINES, "group_specs": PAIRS},
    in_order=True,
    admin="create delete",
)


def group_specs_option(help: str, **attrs: Any) -> Opt:
    """Return --group-specs, which takes every KEY=VALUE up to the next option."""
    boolean_keys = {"consistent_snapshot_support"}
    return Opt("--group-specs", help, type=ExtraSpec(boolean_keys), greedy=True, convert=unique_pairs, **attrs)


def validate_group_specs(values: Json) -> None:
    """Raise OstkError for a group spec that is given twice."""
    unique_pairs(values["group_specs"])


type.show()
type.create(
    Arg("name", "Name of the share group type."),
    Arg("share_types", "Share types.", nargs=-1, required=True, ref=SHARE_TYPE, key="share_types"),
    group_specs_option("Group specs: KEY=VALUE."),
    Opt("--public", "Make the type accessible to all projects (default: true).", type=Boolean(), key="is_public"),
    defaults={"is_public": True, "group_specs": {}},
    validate=validate_group_specs,
)


@type.lister(
    "list",
    Flag("--all", "Include private share group types.", admin=True),
    group_specs_option("Filter by group specs: KEY=VALUE.", not_sent=True),
    validate=validate_group_specs,
)
def list_types(cloud: Cloud, all: bool, group_specs: Iterable[tuple[str, str]] | None) -> Iterable[Json]:
    """List share group types."""
    query = {"group_specs": str(dict(group_specs))} if group_specs else {}
    return cloud.pages(SHARE_GROUP_TYPE, {**({"is_public": "all"} if all else {}), **query})


type.set(
    group_specs_option("Group specs to set: KEY=VALUE.", action=metadata_setter(subpath="group-specs")),
    help="Set group specs of a share group type (admin only).",
    validate=validate_group_specs,
)


@type.action(
    "unset",
    target(SHARE_GROUP_TYPE),
    Arg("group_specs", "Keys of the group specs to remove.", nargs=-1, required=True, not_sent=True),
)
def unset(cloud: Cloud, share_group_type: str, group_specs: tuple[str, ...]) -> None:
    """Remove group specs of a share group type (admin only)."""
    delete_keys(cloud, SHARE_GROUP_TYPE, share_group_type, "group-specs", group_specs, "group spec")


type.delete()
