"""Deploy templates: deploy steps that a trait of an instance asks for."""

from ..api.bare_metal import DEPLOY_TEMPLATE
from ..language import Arg, Opt
from .changes import EXTRA, UNSET_EXTRA, document
from .verbs import add_delete, add_list, add_set, add_show, add_unset, described

template = described(
    DEPLOY_TEMPLATE,
    "Manage deploy templates of bare metal nodes.",
    "uuid name steps extra created_at updated_at",
    "uuid name",
)
STEPS = "Deploy steps (interface, step, args, priority)"
add_list(template)
add_show(template)
template.create(
    Arg("name", "Name of the deploy template: a trait, e.g. CUSTOM_RAID."),
    Opt("--uuid", "UUID of the deploy template."),
    EXTRA,
    document("--steps", STEPS, required=True),
)
add_set(template, Opt("--name", "New name."), document("--steps", STEPS), EXTRA)
add_unset(template, UNSET_EXTRA)
add_delete(template)
