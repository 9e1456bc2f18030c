"""Stacks: resources of a template that Heat creates, updates and deletes together."""

from collections.abc import Sequence
from typing import Any

from ..api.identity import PROJECT
from ..api.orchestration import NAMED_STACK, STACK
from ..language import COUNT, LONG, MARKER, WAIT, Cloud, Column, Flag, Json, Noun, Opt, Value
from ..owner import PROJECT_DOMAIN
from .confirmation import YES, confirm
from .events import awaited
from .stacks import COLUMNS, STACK_NAME, YAML, filters, get, locate, sort_keys, sort_rows

PROJECT_COLUMN, OWNER = Column("project", "Project"), Column("stack_owner", "Stack Owner")
PARENT, DELETION = Column("parent", "Parent"), Column("deletion_time", "Deletion Time")
FIRST_FIELDS = "id stack_name description creation_time updated_time stack_status stack_status_reason".split()
FORMATS = {"parameters outputs links tags": YAML}

stack = Noun(
    STACK,
    "Manage stacks: resources that Heat creates, updates and deletes together, from a template.",
    columns=COLUMNS,
    formats=FORMATS,
    in_order=True,
)
TAG_MODES = {"any": "tags_any", "not": "not_tags", "not-any": "not_tags_any"}


def columns_of(values: Json, rows: Sequence[Json]) -> list[Column]:
    """Return the columns of a list; Project only where Heat tells it, which it does for administrators."""
    first, (status, *times) = COLUMNS[:2], COLUMNS[2:]
    projects = [PROJECT_COLUMN] if any("project" in row for row in rows) else []
    owner = [OWNER] if values["long"] else []
    more = [*([PARENT] if values["nested"] else []), *([DELETION] if values["deleted"] else [])]
    return [*first, *projects, *owner, status, *([] if values["short"] else times), *more]


@stack.lister(
    "list",
    Opt("--deleted", "Include deleted stacks.", key="show_deleted", value=True),
    Opt("--nested", "Include nested stacks.", key="show_nested", value=True),
    Opt("--hidden", "Include hidden stacks.", key="show_hidden", value=True),
    filters("Filter by a property, e.g. name, status or owner_id.", "--property"),
    Opt("--project", "Filter by project.", ref=PROJECT, domain=PROJECT_DOMAIN, key="tenant", admin=True),
    PROJECT_DOMAIN,
    Value("--tags", "Filter by tags, separated by commas; see --tag-mode."),
    Value(
        "--tag-mode",
        "Tag mode: any tag (any), not all tags (not), no tag (not-any); without the option, all tags.",
        choices=list(TAG_MODES),
        needs="--tags",
    ),
    Value("--limit", "Maximum number of results.", type=COUNT),
    MARKER,
    sort_keys("Sort keys, separated by commas."),
    Opt("--all-projects", "List stacks of all projects.", key="global_tenant", value=True, admin=True),
    Flag("--short", "Show fewer columns."),
    LONG,
    also=[PROJECT_COLUMN, OWNER, PARENT, DELETION],
)
def list_stacks(cloud: Cloud, body: Json, values: Json, limit: int | None, sort: list[tuple[str, bool]]) -> Any:
    """List stacks."""
    tags = {TAG_MODES.get(values["tag_mode"] or "", "tags"): values["tags"]} if values["tags"] else {}
    everywhere = {"global_tenant": True} if values["long"] else {}
    page = {"limit": limit} if limit else {}
    rows = list(cloud.pages(STACK, {**body, **tags, **everywhere, **page}, limit=limit))
    return columns_of(values, rows), sort_rows(rows, sort)


def ordered(item: Json, resolved: bool = True) -> list[Column]:
    """Return the fields of a stack in the order of output, the rest as Heat has them."""
    first = [*FIRST_FIELDS, "parameters", *(["outputs"] if resolved else []), "links"]
    rest = [key for key in item if key not in first and key != "template_description"]
    return stack.described([*map(Column, first), *map(Column, rest)])


@stack.shower("show", STACK_NAME, Flag("--no-resolve-outputs", "Do not resolve the outputs, which is faster."))
def show(cloud: Cloud, stack: str, no_resolve_outputs: bool) -> Any:
    """Show a stack."""
    query = {"resolve_outputs": False} if no_resolve_outputs else {}
    item = cloud.unwrap(STACK, get(cloud, locate(cloud, stack), **query))
    return ordered(item, not no_resolve_outputs), item


def validate(stack: Sequence[str], yes: bool) -> None:
    """Ask on a terminal whether the stacks are to be deleted."""
    confirm(f"Delete all resources of {' '.join(stack)}?", yes)


@stack.each(
    "delete",
    YES,
    WAIT,
    validate=validate,
    help="Delete stacks with all resources, after a confirmation prompt if standard input is a terminal.",
)
def delete(cloud: Cloud, stack: str, wait: bool) -> None:
    """Delete a stack."""
    found = locate(cloud, stack)
    with awaited(cloud, found, "DELETE", wait):
        cloud.delete(NAMED_STACK.under(found["stack_name"]), found["id"])
