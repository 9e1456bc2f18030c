"""Share types: the sorts of shares that a cloud offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..api.shared_file_system import SHARE_TYPE
from ..errors import OstkError
from ..language import DESCRIPTION, NAME, Arg, Flag, Json, Noun, Opt, target
from ..session.cloud import Cloud
from .metadata import forget, writes
from .shape import PAIRS, Spec, Truth, Written, once

DRIVER = "driver_handles_share_servers"
SUPPORTS = {
    "snapshot_support": "Whether there are snapshots of its shares.",
    "create_share_from_snapshot_support": "Whether shares are made from snapshots.",
    "revert_to_snapshot_support": "Whether shares go back to snapshots.",
    "mount_snapshot_support": "Whether snapshots can be mounted.",
}
PUBLIC = Opt("--public", "Whether all projects may use it.", type=Truth(), key="share_type_access:is_public")

type = Noun(
    SHARE_TYPE,
    "Manage share types: the sorts of shares that a cloud offers.",
    columns=["id name visibility is_default required_extra_specs optional_extra_specs description"],
    fields=["id name visibility is_default required_extra_specs optional_extra_specs description"],
    formats={"required_extra_specs optional_extra_specs": PAIRS},
    in_order=True,
)


def told(item: Json) -> Json:
    """A share type with its extra specs in two: those that each has, and the others."""
    needed = item.get("required_extra_specs") or {}
    others = {key: held for key, held in item["extra_specs"].items() if key not in needed}
    visibility = "public" if item["share_type_access:is_public"] else "private"
    return {**item, "visibility": visibility, "required_extra_specs": needed, "optional_extra_specs": others}


def specs(**attrs: Any) -> Opt:
    """The option for extra specs."""
    return Opt("--extra-specs", "Extra specs.", type=Spec(SUPPORTS), greedy=True, **attrs)


def specified(values: Json) -> None:
    """Refuse extra specs that are given twice."""
    found = once(values["extra_specs"])
    if doubled := next((key for key in found if key == DRIVER or values.get(key) is not None), ""):
        raise OstkError(f"{doubled} is given twice: by --extra-specs and by a place of its own.")


@type.shower(
    "create",
    Arg("name"),
    Arg("spec_driver_handles_share_servers", type=Truth(), key=f"extra_specs.{DRIVER}"),
    DESCRIPTION,
    [
        Opt(f"--{key.replace('_', '-')}", help, type=Written(), key=f"extra_specs.{key}")
        for key, help in SUPPORTS.items()
    ],
    specs(not_sent=True),
    PUBLIC,
    validate=specified,
)
def create(cloud: Cloud, body: Json, extra_specs: Iterable[tuple[str, str]]) -> Json:
    """Create a share type; say whether its backends make share servers."""
    body["extra_specs"] = {**dict(extra_specs), **body["extra_specs"]}
    return told(cloud.create(SHARE_TYPE, {"share_type_access:is_public": True, **body}))


@type.lister("list", Flag("--all", "Those that are not public as well."), specs(not_sent=True), validate=specified)
def list_types(cloud: Cloud, all: bool, extra_specs: Iterable[tuple[str, str]]) -> Iterable[Json]:
    """List share types."""
    asked = {"extra_specs": str(dict(extra_specs))} if extra_specs else {}
    return map(told, cloud.pages(SHARE_TYPE, {**({"is_public": "all"} if all else {}), **asked}))


type.show(prepare=told)


type.set(specs(action=writes(below="extra_specs")), PUBLIC, DESCRIPTION, NAME, validate=specified)


@type.action("unset", target(SHARE_TYPE), Arg("extra_specs", nargs=-1, required=True, not_sent=True))
def unset(cloud: Cloud, share_type: str, extra_specs: tuple[str, ...]) -> None:
    """Remove extra specs of a share type."""
    forget(cloud, SHARE_TYPE, share_type, "extra_specs", extra_specs, "extra spec")


type.delete()
