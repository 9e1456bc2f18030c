"""Runbooks: steps to clean or service nodes, prepared by administrators."""

from __future__ import annotations

from collections.abc import Sequence

from ..api.bare_metal import RUNBOOK
from ..language import DESCRIPTION, Json, Noun, Opt
from ..session.cloud import Cloud
from . import changes
from . import traits as trait_requests
from .changes import EXTRA, UNSET_EXTRA, change, document, removed
from .fields import Rows, argument, call, columns, fetch, fields_option, list_all, list_options, some
from .traits import ALL, SEVERAL, SEVERAL_OR_NONE, TRAIT_COLUMNS, validate_traits

FIELDS = "uuid name description traits disable_ramdisk owner public steps extra created_at updated_at"
DETAILED = columns(FIELDS)
runbook = Noun(
    RUNBOOK,
    "Manage runbooks: steps to clean or service bare metal nodes.",
    columns=some(DETAILED, "uuid name"),
    fields=DETAILED,
    in_order=True,
)
TARGET = argument(RUNBOOK)
STEPS = "Steps (interface, step, args, order)"


def flag(flags: str, help: str) -> Opt:
    """Return an option with an optional boolean."""
    return Opt(flags, help, is_flag=False, flag_value=True, type=bool, metavar="[BOOLEAN]")


CONTENT = [
    DESCRIPTION,
    flag("--public", "Whether all projects may use the runbook (without a value: true)."),
    Opt("--owner", "Owner (project ID)."),
    EXTRA,
]


@runbook.lister("list", list_options(FIELDS), also=DETAILED)
def list_runbooks(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List runbooks."""
    return list_all(cloud, RUNBOOK, body, values, "uuid name", DETAILED)


@runbook.shower("show", TARGET, fields_option(FIELDS), fields=[])
def show(cloud: Cloud, runbook: str, fields: tuple[str, ...]) -> Json:
    """Show a runbook."""
    return fetch(cloud, RUNBOOK, runbook, fields)


@runbook.shower(
    "create",
    Opt("--name", "Name of the runbook.", required=True),
    Opt("--uuid", "UUID of the runbook."),
    CONTENT,
    document("--steps", STEPS, required=True),
    Opt("--disable-ramdisk", "Do not boot the ramdisk.", value=True),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a runbook."""
    found: Json = call(cloud, "POST", RUNBOOK.path, json=body)
    return found


@runbook.action(
    "set",
    TARGET,
    Opt("--name", "New name."),
    CONTENT,
    document("--steps", STEPS),
    flag("--disable-ramdisk", "Whether not to boot the ramdisk (without a value: true)."),
)
def set_runbook(cloud: Cloud, runbook: str, body: Json) -> None:
    """Update a runbook."""
    change(cloud, RUNBOOK, runbook, body)


@runbook.action(
    "unset",
    TARGET,
    removed("--name", "Remove the name."),
    removed("--description", "Remove the description."),
    removed("--public", "Let the owner alone use the runbook."),
    removed("--owner", "Remove the owner."),
    UNSET_EXTRA,
    removed("--disable-ramdisk", "Boot the ramdisk."),
)
def unset(cloud: Cloud, runbook: str, body: Json) -> None:
    """Unset fields of a runbook."""
    change(cloud, RUNBOOK, runbook, body)


@runbook.each("delete")
def delete(cloud: Cloud, runbook: str) -> None:
    """Delete runbooks."""
    changes.delete(cloud, RUNBOOK, runbook)


@runbook.lister("trait list", TARGET, columns=TRAIT_COLUMNS)
def list_traits(cloud: Cloud, runbook: str) -> list[Json]:
    """List traits of a runbook."""
    return trait_requests.list_traits(cloud, RUNBOOK, runbook)


@runbook.action("trait add", TARGET, SEVERAL)
def add_traits(cloud: Cloud, runbook: str, traits: Sequence[str]) -> None:
    """Add traits to a runbook: nodes with any of the traits may run the runbook."""
    trait_requests.add_traits(cloud, RUNBOOK, runbook, traits)


@runbook.action("trait remove", TARGET, SEVERAL_OR_NONE, ALL, validate=validate_traits)
def remove_traits(cloud: Cloud, runbook: str, traits: Sequence[str]) -> None:
    """Remove traits from a runbook."""
    trait_requests.remove_traits(cloud, RUNBOOK, runbook, traits)
