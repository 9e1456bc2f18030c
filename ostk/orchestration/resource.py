"""Resources of stacks."""

from typing import Any

import click

from ..api.orchestration import HEAT, STACK_RESOURCE
from ..files import parse_object, read_text
from ..language import ALL_FIELDS_IN_API_ORDER, LONG, Arg, Cloud, Column, Flag, Json, Noun, Opt, Value, exclusive
from .dot import write_dot
from .stacks import STACK_NAME, filters, get, locate, path_of, stack_name_of

RESOURCE = Arg("resource", "Name of the resource in the stack.", not_sent=True)
resource = Noun(
    STACK_RESOURCE,
    "Manage resources of stacks.",
    columns=[
        "resource_name= physical_resource_id= resource_type= resource_status= updated_time=",
        Column("stack_name", "stack_name", given="nested_depth long"),
    ],
    fields=["links", ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)


@resource.lister(
    "list",
    STACK_NAME,
    LONG,
    Value("-n --nested-depth", "Maximum depth of nested stacks to include.", type=click.IntRange(0)),
    filters("Filter by name, status, type, action, id or physical_resource_id."),
    writers={"dot": write_dot},
)
def list_resources(cloud: Cloud, stack: str, body: Json, long: bool, nested_depth: int | None) -> Any:
    """List resources of a stack. The format dot is a graph for Graphviz."""
    depth, details = {"nested_depth": nested_depth} if nested_depth else {}, {"with_detail": True} if long else {}
    found = get(cloud, locate(cloud, stack), "resources", **body, **depth, **details)["resources"]
    return [{**item, "stack_name": stack_name_of(item)} for item in found]


@resource.shower("show", STACK_NAME, RESOURCE, Opt("--with-attr...", "Attribute to show.", metavar="ATTRIBUTE"))
def show(cloud: Cloud, stack: str, resource: str, body: Json) -> Any:
    """Show a resource of a stack."""
    return get(cloud, locate(cloud, stack), "resources", resource, **body)["resource"]


@resource.shower("metadata", STACK_NAME, RESOURCE, default_format="json")
def metadata(cloud: Cloud, stack: str, resource: str) -> Any:
    """Show the metadata of a resource of a stack."""
    return get(cloud, locate(cloud, stack), "resources", resource, "metadata")["metadata"] or {}


@resource.action(
    "signal",
    STACK_NAME,
    RESOURCE,
    exclusive(
        Opt("--data", "Signal data, as a JSON object.", metavar="JSON"),
        Opt("--data-file", "File with the signal data.", metavar="FILE"),
    ),
)
def signal(cloud: Cloud, stack: str, resource: str, data: str | None, data_file: str | None) -> None:
    """Send a signal to a resource of a stack."""
    text = read_text(data_file) if data_file else data
    sent = {"json": parse_object(text, "The data of the signal")} if text else {}
    cloud.request(HEAT, "POST", path_of(locate(cloud, stack), "resources", resource, "signal"), **sent)


@resource.action(
    "mark unhealthy",
    STACK_NAME,
    RESOURCE,
    Arg("reason", "Reason for the change of the status.", required=False),
    Flag("--reset", "Mark the resource as healthy again."),
)
def mark(cloud: Cloud, stack: str, resource: str, reason: str | None, reset: bool) -> None:
    """Mark a resource as unhealthy: the next update of the stack replaces the resource."""
    body = {"mark_unhealthy": not reset, "resource_status_reason": reason or ""}
    cloud.request(HEAT, "PATCH", path_of(locate(cloud, stack), "resources", resource), json=body)
