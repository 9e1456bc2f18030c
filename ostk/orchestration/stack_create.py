"""Creation and update of stacks from templates and environments."""

from typing import Any

import click

from ..api.orchestration import HEAT, STACK
from ..files import read_text
from ..language import WAIT, Arg, Cloud, Column, Flag, Json, Noun, Opt, Value
from .content import ENVIRONMENT, FILES_CONTAINER, PARAMETER, PARAMETER_FILE, content, template_option, validate_update
from .events import awaited, wait_for
from .stacks import JSON, LINKS, STACK_NAME, WRAPPED, locate, path_of, without_outputs
from .templates import load_yaml

FIELDS = ["id stack_name description creation_time updated_time stack_status stack_status_reason"]
stack = Noun(
    STACK,
    "Manage stacks: resources that Heat creates, updates and deletes together, from a template.",
    fields=FIELDS,
    in_order=True,
)
preview = Noun(
    STACK,
    "Preview stacks.",
    formats={
        "description template_description stack_status_reason": WRAPPED,
        "parameters outputs resources": JSON,
        "links": LINKS,
    },
)
PREVIEWED = [
    "capabilities deletion_time disable_rollback links notification_topics outputs parameters parent resources",
    "stack_owner stack_user_project_id tags template_description timeout_mins",
]
TIMEOUT = Opt("--timeout", "Stack operation time-out, in minutes.", key="timeout_mins", type=click.IntRange(1))
ROLLBACK = Flag("--enable-rollback", "Roll back if the creation or a later update fails.")
POLL_SECONDS = "Seconds between two requests of --wait (default: growing from 0.5 to 5)."
POLL = Value("--poll", POLL_SECONDS, type=click.FloatRange(0.1), metavar="SECONDS")
HOOK_PATHS = "Set a hook on a resource, before the {}: RESOURCE or NESTED/RESOURCE, with * as a wildcard."
CLEAR_PARAMETER = "Parameter to reset to the default of the template."
TAGS = Opt("--tags", "Tags of the stack, separated by commas.")


def created(cloud: Cloud, name: str, body: Json, action: str, wait: bool, poll: float | None = None) -> Json:
    """Create a stack, wait for it if that is wanted, and return it without its outputs."""
    item = cloud.send(STACK, "POST", json={**body, "stack_name": name})["stack"]
    found = {**item, "stack_name": name}
    if wait:
        wait_for(cloud, found, action, poll=poll)
    return without_outputs(cloud, found)


@stack.shower(
    "create",
    Arg("name", "Name of the stack.", not_sent=True),
    template_option(),
    ENVIRONMENT,
    FILES_CONTAINER,
    PARAMETER,
    PARAMETER_FILE,
    TIMEOUT,
    Value("--pre-create...", HOOK_PATHS.format("creation"), metavar="RESOURCE"),
    ROLLBACK,
    TAGS,
    Flag("--dry-run", "Show the stack that would be created, and create nothing."),
    WAIT,
    POLL,
    reads=False,
    also=PREVIEWED,
)
def create(cloud: Cloud, name: str, body: Json, values: Json, dry_run: bool, wait: bool, poll: float | None) -> Any:
    """Create a stack from a template."""
    fields = {**body, **content(cloud, values, "pre-create"), "disable_rollback": not values["enable_rollback"]}
    if not dry_run:
        return created(cloud, name, fields, "CREATE", wait, poll)
    item = cloud.call(HEAT, "POST", f"{STACK.path}/preview", json={**fields, "stack_name": name})["stack"]
    return preview.described(map(Column, sorted(item))), item


@stack.shower(
    "adopt",
    Arg("name", "Name of the stack.", not_sent=True),
    Value("--adopt-file", "File with the data of a stack, from stack abandon.", required=True, metavar="FILE"),
    ENVIRONMENT,
    PARAMETER,
    TIMEOUT,
    ROLLBACK,
    WAIT,
    reads=False,
)
def adopt(cloud: Cloud, name: str, adopt_file: str, body: Json, values: Json, wait: bool) -> Json:
    """Adopt a stack: create a stack from existing resources, with the data of an abandoned stack."""
    data = read_text(adopt_file)
    found = load_yaml(data, adopt_file)
    old = found.get("files") if isinstance(found, dict) else None
    fields = content(cloud, {**values, "template": None})
    files = {**(old if isinstance(old, dict) else {}), **fields["files"]}
    sent = {"adopt_stack_data": data, "files": files, "disable_rollback": not values["enable_rollback"]}
    return created(cloud, name, {**body, **fields, **sent}, "ADOPT", wait)


@stack.shower(
    "update",
    STACK_NAME,
    template_option(required=False),
    ENVIRONMENT,
    FILES_CONTAINER,
    PARAMETER,
    PARAMETER_FILE,
    TIMEOUT,
    Value("--pre-update...", HOOK_PATHS.format("update"), metavar="RESOURCE"),
    Value(
        "--rollback",
        "Rollback of a failed update; keep: use the setting of the stack.",
        choices="enabled disabled keep",
        default="keep",
    ),
    Flag("--existing", "Reuse the template, environment and parameters of the stack where no new values are given."),
    Opt("--clear-parameter clear_parameters...", CLEAR_PARAMETER, metavar="NAME"),
    TAGS,
    Opt("--converge", "Convergence: observe the real state of the resources before the update.", value=True),
    Flag("--dry-run", "Show what would be changed, and change nothing."),
    Flag("--show-nested", "Show changes of nested stacks too.", needs="--dry-run"),
    WAIT,
    reads=False,
    validate=validate_update,
    also=["added deleted replaced unchanged updated"],
)
def update(cloud: Cloud, stack: str, body: Json, values: Json, dry_run: bool, wait: bool) -> Any:
    """Update a stack to a template, environments and parameters."""
    rollback = {"enabled": {"disable_rollback": False}, "disabled": {"disable_rollback": True}}
    sent = {**body, **content(cloud, values, "pre-update"), **rollback.get(values["rollback"], {})}
    method, found = "PATCH" if values["existing"] else "PUT", locate(cloud, stack)
    if dry_run:
        return changes(cloud, method, found, sent, values["show_nested"])
    with awaited(cloud, found, "UPDATE", wait):
        cloud.request(HEAT, method, path_of(found), json=sent)
    return without_outputs(cloud, found)


def changes(cloud: Cloud, method: str, stack: Json, body: Json, nested: bool) -> tuple[list[Column], Json]:
    """Return the resources that an update would change, by kind of change."""
    query = {"show_nested": True} if nested else {}
    reply = cloud.call(HEAT, method, path_of(stack, "preview"), params=query, json=body)
    found = reply.get("resource_changes", {})
    return [Column(key, format=JSON) for key in sorted(found)], found
