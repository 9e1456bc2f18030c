"""Share types: extra specs that determine the backends and the capabilities of shares."""

from collections.abc import Iterable
from typing import Any

from ..api.shared_file_system import SHARE_TYPE
from ..errors import OstkError
from ..language import Arg, Cloud, Flag, Json, Noun, Opt, target
from .field_options import rename_options
from .metadata import delete_keys, metadata_setter
from .value_types import PAIRS, Boolean, CapitalizedBoolean, ExtraSpec, unique_pairs

DRIVER_HANDLES_SHARE_SERVERS = "driver_handles_share_servers"
CAPABILITIES = {
    "snapshot_support": "Require backends that can create snapshots.",
    "create_share_from_snapshot_support": "Require backends that can create shares from snapshots.",
    "revert_to_snapshot_support": "Require backends that can revert shares to snapshots.",
    "mount_snapshot_support": "Require backends that can mount snapshots.",
}

type = Noun(
    SHARE_TYPE,
    "Manage share types.",
    columns=["id name visibility is_default required_extra_specs optional_extra_specs description"],
    fields=["id name visibility is_default required_extra_specs optional_extra_specs description"],
    formats={"required_extra_specs optional_extra_specs": PAIRS},
    in_order=True,
    admin="set delete",
)


def with_visibility(item: Json) -> Json:
    """Return a share type with `visibility`, and with required and optional extra specs apart."""
    required = item.get("required_extra_specs") or {}
    optional = {key: value for key, value in item["extra_specs"].items() if key not in required}
    visibility = "public" if item["share_type_access:is_public"] else "private"
    return {**item, "visibility": visibility, "required_extra_specs": required, "optional_extra_specs": optional}


def extra_specs_option(help: str, **attrs: Any) -> Opt:
    """Return --extra-specs, which takes every KEY=VALUE up to the next option."""
    return Opt("--extra-specs", help, type=ExtraSpec(CAPABILITIES), greedy=True, **attrs)


def public_option(help: str) -> Opt:
    """Return --public, with a boolean as value."""
    return Opt("--public", help, type=Boolean(), key="share_type_access:is_public")


def validate_extra_specs(values: Json) -> None:
    """Raise OstkError for an extra spec that --extra-specs has twice."""
    unique_pairs(values["extra_specs"])


def validate_new(values: Json) -> None:
    """Raise OstkError for an extra spec that is given twice, by --extra-specs or on its own."""
    found = unique_pairs(values["extra_specs"])
    duplicates = (key for key in found if key == DRIVER_HANDLES_SHARE_SERVERS or values.get(key) is not None)
    if duplicate := next(duplicates, ""):
        raise OstkError(
            f"The extra spec {duplicate} is given twice: in --extra-specs and on its own.", "Leave out one of the two."
        )


@type.shower(
    "create",
    Arg("name", "Name of the share type."),
    Arg(
        "spec_driver_handles_share_servers",
        "Extra spec driver_handles_share_servers: true or false.",
        type=Boolean(),
        key=f"extra_specs.{DRIVER_HANDLES_SHARE_SERVERS}",
    ),
    Opt("--description", "Description of the share type."),
    [
        Opt(f"--{key.replace('_', '-')}", help, type=CapitalizedBoolean(), key=f"extra_specs.{key}")
        for key, help in CAPABILITIES.items()
    ],
    extra_specs_option("Extra specs: KEY=VALUE.", not_sent=True),
    public_option("Make the share type accessible to all projects (default: true)."),
    validate=validate_new,
)
def create(cloud: Cloud, body: Json, extra_specs: Iterable[tuple[str, str]] | None) -> Json:
    """Create a share type (admin only)."""
    specs = {**dict(extra_specs or ()), **body["extra_specs"]}
    sent = {"share_type_access:is_public": True, **body, "extra_specs": specs}
    return with_visibility(cloud.create(SHARE_TYPE, sent))


@type.lister(
    "list",
    Flag("--all", "Include private share types.", admin=True),
    extra_specs_option("Filter by extra specs: KEY=VALUE.", not_sent=True),
    validate=validate_extra_specs,
)
def list_types(cloud: Cloud, all: bool, extra_specs: Iterable[tuple[str, str]] | None) -> Iterable[Json]:
    """List share types."""
    query = {"extra_specs": str(dict(extra_specs))} if extra_specs else {}
    return map(with_visibility, cloud.pages(SHARE_TYPE, {**({"is_public": "all"} if all else {}), **query}))


type.show(prepare=with_visibility)


type.set(
    extra_specs_option("Extra specs to set: KEY=VALUE.", action=metadata_setter(subpath="extra_specs")),
    public_option("Make the share type accessible to all projects."),
    rename_options("share type"),
    validate=validate_extra_specs,
)


@type.action(
    "unset",
    target(SHARE_TYPE),
    Arg("extra_specs", "Keys of the extra specs to remove.", nargs=-1, required=True, not_sent=True),
)
def unset(cloud: Cloud, share_type: str, extra_specs: tuple[str, ...]) -> None:
    """Remove extra specs of a share type (admin only)."""
    delete_keys(cloud, SHARE_TYPE, share_type, "extra_specs", extra_specs, "extra spec")


type.delete()
