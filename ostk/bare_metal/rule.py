"""Inspection rules: what Ironic does with the inventory that an inspection found."""

from ..api.bare_metal import INSPECTION_RULE
from ..language import DESCRIPTION, Cloud, Json, Opt, target
from .changes import document, patch, removals, removed, send_patch
from .verbs import add_delete, add_list, add_set, add_show, described

rule = described(
    INSPECTION_RULE,
    "Manage inspection rules of bare metal nodes.",
    "uuid description priority sensitive phase actions conditions created_at updated_at",
    "uuid description",
)
CONTENT = [
    DESCRIPTION,
    Opt("--priority", "Priority: rules with a higher priority run first.", type=int),
    Opt("--phase", "Phase of the inspection in which the rule runs (default: main)."),
    document("--conditions", "Conditions (op, args)"),
]
ACTIONS = "Actions (op, args)"
add_list(rule)
add_show(rule)
rule.create(
    Opt("--uuid", "UUID of the inspection rule."),
    CONTENT,
    Opt("--sensitive", "Hide the actions and conditions of the rule (default: false).", type=bool),
    document("--actions", ACTIONS, required=True),
    defaults={"conditions": []},  # without the list of conditions, Ironic answers 500
)
add_set(rule, CONTENT, document("--actions", ACTIONS))
add_delete(rule)


@rule.action(
    "unset",
    target(INSPECTION_RULE, as_typed=True),
    removals("description"),
    removed("--priority", "Reset the priority to the default."),
    removed("--phase", "Reset the phase to the default."),
    Opt("--condition...", "Index of the condition to remove, starting at 0.", key="conditions", type=int),
    Opt("--action...", "Index of the action to remove, starting at 0.", key="actions", type=int),
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
