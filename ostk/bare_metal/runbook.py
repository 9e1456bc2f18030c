"""Runbooks: steps to clean or service nodes, prepared by administrators."""

from ..api.bare_metal import RUNBOOK
from ..language import DESCRIPTION, Opt
from .changes import EXTRA, UNSET_EXTRA, document, removals, removed
from .traits import add_trait_verbs
from .verbs import add_delete, add_list, add_set, add_show, add_unset, described

runbook = described(
    RUNBOOK,
    "Manage runbooks: steps to clean or service bare metal nodes.",
    "uuid name description traits disable_ramdisk owner public steps extra created_at updated_at",
    "uuid name",
)
STEPS = "Steps (interface, step, args, order)"


def flag(flags: str, help: str) -> Opt:
    """Return an option with an optional boolean."""
    return Opt(flags, help, is_flag=False, flag_value=True, type=bool, metavar="[BOOLEAN]")


CONTENT = [
    DESCRIPTION,
    flag("--public", "Make the runbook public: available to all projects (without a value: true)."),
    Opt("--owner", "Owner (project ID)."),
    EXTRA,
]
add_list(runbook)
add_show(runbook)
runbook.create(
    Opt("--name", "Name of the runbook.", required=True),
    Opt("--uuid", "UUID of the runbook."),
    CONTENT,
    document("--steps", STEPS, required=True),
    Opt("--disable-ramdisk", "Do not boot the ramdisk.", value=True),
)
add_set(
    runbook,
    Opt("--name", "New name."),
    CONTENT,
    document("--steps", STEPS),
    flag("--disable-ramdisk", "Do not boot the ramdisk (without a value: true)."),
)
add_unset(
    runbook,
    removals("name", "description"),
    removed("--public", "Make the runbook private to the owner."),
    removals("owner"),
    UNSET_EXTRA,
    removed("--disable-ramdisk", "Boot the ramdisk."),
)
add_delete(runbook)
add_trait_verbs(runbook, about=": nodes with any of the traits may run the runbook")
