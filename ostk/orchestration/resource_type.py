"""Resource types that templates may name."""

from __future__ import annotations

from typing import Any

import click

from ..api.orchestration import HEAT, STACK_RESOURCE_TYPE
from ..errors import OstkError
from ..language import LONG, Arg, Column, Flag, Json, Noun, Opt
from ..session.cloud import Cloud
from .stacks import filters

type = Noun(
    STACK_RESOURCE_TYPE,
    "Show resource types of templates.",
    columns=[Column("resource_type", "Resource Type")],
    in_order=True,
)
DESCRIPTION = Column("description", "Description")


@type.lister(
    "list", LONG, filters("Filter by name (a regular expression), version or support_status."), also=[DESCRIPTION]
)
def list_types(cloud: Cloud, body: Json, long: bool) -> Any:
    """List resource types."""
    query = {**body, "with_description": True} if long else body
    found = cloud.call(HEAT, "GET", STACK_RESOURCE_TYPE.path, params=query)["resource_types"]
    rows = [one if isinstance(one, dict) else {"resource_type": one} for one in found]
    more = [DESCRIPTION] if long else []
    return [*type.columns, *more], sorted(rows, key=lambda row: str(row["resource_type"]))


def validate(template_type: str | None, long: bool) -> None:
    """Reject --template-type with --long."""
    if template_type and long:
        raise OstkError("--template-type and --long exclude each other.")


@type.shower(
    "show",
    Arg("resource_type", "Resource type, e.g. OS::Nova::Server.", names=STACK_RESOURCE_TYPE),
    Opt(
        "--template-type",
        "Show a template with the resource type, in this format.",
        type=click.Choice(["hot", "cfn"], case_sensitive=False),
    ),
    Flag("--long", "Show the description too."),
    validate=validate,
    default_format="yaml",
)
def show(cloud: Cloud, resource_type: str, template_type: str | None, long: bool) -> Any:
    """Show a resource type, or a template with the resource type."""
    parts, query = (("template",), {"template_type": template_type}) if template_type else ((), {})
    path = STACK_RESOURCE_TYPE.at(resource_type, *parts)
    item = cloud.call(HEAT, "GET", path, params=query or {"with_description": long})
    return [Column(key) for key in item], item
