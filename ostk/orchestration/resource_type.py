"""Resource types that templates may name."""

from typing import Any

import click

from ..api.orchestration import STACK_RESOURCE_TYPE
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, LONG, Arg, Cloud, Flag, Json, Noun, Opt
from .stacks import filters

type = Noun(
    STACK_RESOURCE_TYPE,
    "Show resource types of templates.",
    columns=["resource_type"],
    long=["description"],
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)


@type.lister("list", LONG, filters("Filter by name (a regular expression), version or support_status."))
def list_types(cloud: Cloud, body: Json, long: bool) -> Any:
    """List resource types."""
    query = {**body, "with_description": True} if long else body
    found = cloud.send(STACK_RESOURCE_TYPE, "GET", params=query)["resource_types"]
    rows = [one if isinstance(one, dict) else {"resource_type": one} for one in found]
    return sorted(rows, key=lambda row: str(row["resource_type"]))


def validate(template_type: str | None, long: bool) -> None:
    """Reject --template-type with --long."""
    if template_type and long:
        raise OstkError("--template-type and --long exclude each other.")


@type.shower(
    "show",
    Arg("resource_type", "Resource type, e.g. OS::Nova::Server.", names=STACK_RESOURCE_TYPE),
    Opt(
        "--template-type",
        "Generate a template with the resource type, in this format.",
        type=click.Choice(["hot", "cfn"], case_sensitive=False),
    ),
    Flag("--long", "Show the description too."),
    validate=validate,
    default_format="yaml",
)
def show(cloud: Cloud, resource_type: str, template_type: str | None, long: bool) -> Any:
    """Show a resource type, or generate a template with the resource type."""
    parts, query = (("template",), {"template_type": template_type}) if template_type else ((), {})
    return cloud.send(STACK_RESOURCE_TYPE, "GET", resource_type, *parts, params=query or {"with_description": long})
