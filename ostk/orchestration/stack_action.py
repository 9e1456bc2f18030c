"""Actions on stacks: check, suspend, resume, cancel, abandon and export."""

import json
from collections.abc import Sequence
from typing import Any

from ..api.orchestration import HEAT, STACK
from ..console import write_text
from ..errors import FileError, OstkError
from ..files import whole
from ..language import ALL_FIELDS_IN_API_ORDER, WAIT, Arg, Cloud, Flag, Json, Noun, Opt, each
from .events import awaited
from .stacks import COLUMNS, STACK_NAME, get, locate, path_of, without_outputs

stack = Noun(
    STACK,
    "Manage stacks: resources that Heat creates, updates and deletes together, from a template.",
    columns=COLUMNS,
    fields=[ALL_FIELDS_IN_API_ORDER],
)
NAMES = Arg("stack", "Stacks.", names=STACK, nargs=-1, required=True, metavar="STACK...")
OUTPUT_FILE = Opt("--output-file", "File to write the data to, instead of standard output.", metavar="FILE")
CANCELED = {True: ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"), False: ("UPDATE_IN_PROGRESS",)}


def act(cloud: Cloud, stack: Json, verb: str, action: str, wait: bool, failed: str = "_FAILED") -> Json:
    """Carry out an action on a stack, and return the stack as it is then."""
    with awaited(cloud, stack, action, wait, failed):
        cloud.request(HEAT, "POST", path_of(stack, "actions"), json={verb: None})
    return without_outputs(cloud, stack)


def add_action(verb: str, help: str) -> None:
    """Add the command of an action on stacks."""

    def run(cloud: Cloud, stack: Sequence[str], wait: bool) -> list[Json]:
        return each(
            cloud, lambda name: act(cloud, locate(cloud, name), verb, verb.upper(), wait), stack, verb, STACK.noun
        )

    run.__doc__ = help
    stack.lister(verb, NAMES, WAIT, reads=False)(run)


add_action("check", "Check stacks: verify that the resources are in the expected state.")
add_action("suspend", "Suspend stacks: suspend all resources that can be suspended.")
add_action("resume", "Resume stacks that were suspended.")


@stack.lister(
    "cancel", NAMES, Flag("--no-rollback", "Cancel without rollback; also cancels a stack creation."), WAIT, reads=False
)
def cancel(cloud: Cloud, stack: Sequence[str], no_rollback: bool, wait: bool) -> list[Json]:
    """Cancel the update of stacks, and roll back."""
    verb = "cancel_without_rollback" if no_rollback else "cancel_update"

    def work(name: str) -> Json:
        found = locate(cloud, name)
        status = found[STACK.status]
        if status not in CANCELED[no_rollback]:
            hint = "A creation is canceled with --no-rollback." if status == "CREATE_IN_PROGRESS" else ""
            raise OstkError(f"The stack {name} is {status}: there is nothing to cancel.", hint)
        # An action that was canceled ends as one that failed.
        return act(cloud, found, verb, "", wait, "none" if no_rollback else "ROLLBACK_FAILED")

    return each(cloud, work, stack, "cancel", STACK.noun)


@stack.shower("export", STACK_NAME, OUTPUT_FILE, default_format="json")
def export(cloud: Cloud, stack: str, output_file: str | None) -> Any:
    """Export the data of a stack: template, environment and resources."""
    data = get(cloud, locate(cloud, stack), "export")
    if not output_file:
        return data
    with whole(output_file) as file:
        file.write(json.dumps(data, indent=2).encode())
    return None


@stack.shower("abandon", STACK_NAME, OUTPUT_FILE, default_format="json", reads=False)
def abandon(cloud: Cloud, stack: str, output_file: str | None) -> Any:
    """Abandon a stack: delete the stack, keep the resources, and print the data for stack adopt."""
    path, data = path_of(locate(cloud, stack), "abandon"), None
    if not output_file:
        return cloud.call(HEAT, "DELETE", path)
    try:
        with whole(output_file) as file:  # a file that cannot be created fails before the stack is gone
            data = cloud.call(HEAT, "DELETE", path)
            file.write(json.dumps(data, indent=2).encode())
    except FileError:
        if data is not None:
            write_text(json.dumps(data, indent=2))  # the stack is gone: this is all that is left of it
        raise
    return None
