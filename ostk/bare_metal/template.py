"""Deploy templates: deploy steps that a trait of an instance asks for."""

from __future__ import annotations

from ..api.bare_metal import DEPLOY_TEMPLATE
from ..language import Arg, Json, Noun, Opt
from ..session.cloud import Cloud
from . import changes
from .changes import EXTRA, UNSET_EXTRA, change, document
from .fields import Rows, argument, call, columns, fetch, fields_option, list_all, list_options, some

FIELDS = "uuid name steps extra created_at updated_at"
DETAILED = columns(FIELDS)
template = Noun(
    DEPLOY_TEMPLATE,
    "Manage deploy templates of bare metal nodes.",
    columns=some(DETAILED, "uuid name"),
    fields=DETAILED,
    in_order=True,
)
STEPS = "Deploy steps (interface, step, args, priority)"


@template.lister("list", list_options(FIELDS), also=DETAILED)
def list_templates(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List deploy templates."""
    return list_all(cloud, DEPLOY_TEMPLATE, body, values, "uuid name", DETAILED)


@template.shower("show", argument(DEPLOY_TEMPLATE), fields_option(FIELDS), fields=[])
def show(cloud: Cloud, deploy_template: str, fields: tuple[str, ...]) -> Json:
    """Show a deploy template."""
    return fetch(cloud, DEPLOY_TEMPLATE, deploy_template, fields)


@template.shower(
    "create",
    Arg("name", "Name of the deploy template: a trait, e.g. CUSTOM_RAID."),
    Opt("--uuid", "UUID of the deploy template."),
    EXTRA,
    document("--steps", STEPS, required=True),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a deploy template."""
    found: Json = call(cloud, "POST", DEPLOY_TEMPLATE.path, json=body)
    return found


@template.action("set", argument(DEPLOY_TEMPLATE), Opt("--name", "New name."), document("--steps", STEPS), EXTRA)
def set_template(cloud: Cloud, deploy_template: str, body: Json) -> None:
    """Update a deploy template."""
    change(cloud, DEPLOY_TEMPLATE, deploy_template, body)


@template.action("unset", argument(DEPLOY_TEMPLATE), UNSET_EXTRA)
def unset(cloud: Cloud, deploy_template: str, body: Json) -> None:
    """Unset fields of a deploy template."""
    change(cloud, DEPLOY_TEMPLATE, deploy_template, body)


@template.each("delete")
def delete(cloud: Cloud, deploy_template: str) -> None:
    """Delete deploy templates."""
    changes.delete(cloud, DEPLOY_TEMPLATE, deploy_template)
