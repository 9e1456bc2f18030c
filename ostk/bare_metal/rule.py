"""Inspection rules: what Ironic does with the inventory that an inspection found."""

from __future__ import annotations

from ..api.bare_metal import INSPECTION_RULE
from ..language import DESCRIPTION, Json, Noun, Opt
from ..session.cloud import Cloud
from . import changes
from .changes import change, document, patch, removed, send_patch
from .fields import Rows, argument, call, columns, fetch, fields_option, list_all, list_options, some

FIELDS = "uuid description priority sensitive phase actions conditions created_at updated_at"
DETAILED = columns(FIELDS)
rule = Noun(
    INSPECTION_RULE,
    "Manage inspection rules of bare metal nodes.",
    columns=some(DETAILED, "uuid description"),
    fields=DETAILED,
    in_order=True,
)
TARGET = argument(INSPECTION_RULE, help="Inspection rule (UUID).")
CONTENT = [
    DESCRIPTION,
    Opt("--priority", "Priority: rules with a higher priority run first.", type=int),
    Opt("--phase", "Phase of the inspection in which the rule runs (default: main)."),
    document("--conditions", "Conditions (op, args)"),
]
ACTIONS = "Actions (op, args)"


@rule.lister("list", list_options(FIELDS), also=DETAILED)
def list_rules(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List inspection rules."""
    return list_all(cloud, INSPECTION_RULE, body, values, "uuid description", DETAILED)


@rule.shower("show", TARGET, fields_option(FIELDS), fields=[])
def show(cloud: Cloud, inspection_rule: str, fields: tuple[str, ...]) -> Json:
    """Show an inspection rule."""
    return fetch(cloud, INSPECTION_RULE, inspection_rule, fields)


@rule.shower(
    "create",
    Opt("--uuid", "UUID of the inspection rule."),
    CONTENT,
    Opt("--sensitive", "Whether to hide the actions and conditions of the rule.", type=bool),
    document("--actions", ACTIONS, required=True),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create an inspection rule."""
    # Without the list of conditions, Ironic answers 500.
    found: Json = call(cloud, "POST", INSPECTION_RULE.path, json={"conditions": [], **body})
    return found


@rule.action("set", TARGET, CONTENT, document("--actions", ACTIONS))
def set_rule(cloud: Cloud, inspection_rule: str, body: Json) -> None:
    """Update an inspection rule."""
    change(cloud, INSPECTION_RULE, inspection_rule, body)


@rule.action(
    "unset",
    TARGET,
    removed("--description", "Remove the description."),
    removed("--priority", "Reset the priority to the default."),
    removed("--phase", "Reset the phase to the default."),
    Opt("--condition", "Place of a condition to remove, from 0.", key="conditions", type=int, multiple=True),
    Opt("--action", "Place of an action to remove, from 0.", key="actions", type=int, multiple=True),
)
def unset(cloud: Cloud, inspection_rule: str, body: Json) -> None:
    """Unset fields of an inspection rule."""
    parts = {field: body.get(field, []) for field in ("conditions", "actions")}
    # The last place first: what follows a removed condition moves up.
    places = [(field, place) for field, some in parts.items() for place in sorted(some, reverse=True)]
    removals = [{"op": "remove", "path": f"/{field}/{place}"} for field, place in places]
    send_patch(
        cloud,
        INSPECTION_RULE,
        inspection_rule,
        [*patch({key: value for key, value in body.items() if key not in parts}), *removals],
    )


@rule.each("delete")
def delete(cloud: Cloud, inspection_rule: str) -> None:
    """Delete inspection rules."""
    changes.delete(cloud, INSPECTION_RULE, inspection_rule)
