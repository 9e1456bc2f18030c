"""Share group types: what share groups can do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..api.shared_file_system import SHARE_GROUP_TYPE, SHARE_TYPE
from ..language import Arg, Column, Flag, Json, Noun, Opt, target
from ..render.format import LINES
from ..session.cloud import Cloud
from .metadata import forget, writes
from .shape import PAIRS, Spec, Truth, once

VISIBILITY = Column("visibility", value=lambda item: "public" if item["is_public"] else "private")

type = Noun(
    SHARE_GROUP_TYPE,
    "Manage share group types: what share groups can do.",
    columns=["id name share_types", VISIBILITY, "is_default group_specs"],
    fields=["id name share_types", VISIBILITY, "is_default group_specs"],
    formats={"share_types": LINES, "group_specs": PAIRS},
    in_order=True,
)


def specs(help: str, **attrs: Any) -> Opt:
    """The option for group specs."""
    truths = {"consistent_snapshot_support"}
    return Opt("--group-specs", help, type=Spec(truths), greedy=True, convert=once, **attrs)


def specified(values: Json) -> None:
    """Refuse group specs that are given twice."""
    once(values["group_specs"])


type.show()
type.create(
    Arg("name"),
    Arg("share_types", nargs=-1, required=True, ref=SHARE_TYPE, key="share_types"),
    specs("Its group specs."),
    Opt("--public", "Whether all projects may use it.", type=Truth(), key="is_public"),
    defaults={"is_public": True, "group_specs": {}},
    validate=specified,
)


@type.lister(
    "list",
    Flag("--all", "Those that are not public as well."),
    specs("Only those with these group specs.", not_sent=True),
    validate=specified,
)
def list_types(cloud: Cloud, all: bool, group_specs: Iterable[tuple[str, str]]) -> Iterable[Json]:
    """List share group types."""
    asked = {"group_specs": str(dict(group_specs))} if group_specs else {}
    return cloud.pages(SHARE_GROUP_TYPE, {**({"is_public": "all"} if all else {}), **asked})


type.set(specs("Group specs to give it.", action=writes(below="group-specs")), validate=specified)


@type.action("unset", target(SHARE_GROUP_TYPE), Arg("group_specs", nargs=-1, required=True, not_sent=True))
def unset(cloud: Cloud, share_group_type: str, group_specs: tuple[str, ...]) -> None:
    """Remove group specs of a share group type."""
    forget(cloud, SHARE_GROUP_TYPE, share_group_type, "group-specs", group_specs, "group spec")


type.delete()
