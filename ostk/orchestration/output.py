"""Outputs of stacks: values that a template gives out."""

from typing import Any

from ..api.orchestration import STACK, STACK_OUTPUT
from ..errors import HTTPNotFound, OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Column, Flag, Json, Noun
from .stacks import JSON, STACK_NAME, get, locate

output = Noun(
    STACK_OUTPUT,
    "Show outputs of stacks: values that the outputs section of the template defines.",
    columns=["output_key= description="],
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)


@output.lister("list", STACK_NAME)
def list_outputs(cloud: Cloud, stack: str) -> Any:
    """List outputs of a stack."""
    return get(cloud, locate(cloud, stack), "outputs")["outputs"]


def validate(output: str | None, all: bool) -> None:
    """Reject a command without an output, and one with an output and --all."""
    if (output is None) != all:
        raise OstkError("Give either the key of an output or --all.")


@output.shower(
    "show",
    STACK_NAME,
    Arg("output", "Key of the output.", required=False),
    Flag("--all", "Show all outputs."),
    validate=validate,
)
def show(cloud: Cloud, stack: str, output: str | None, all: bool) -> Any:
    """Show an output of a stack, or all outputs."""
    found = locate(cloud, stack)
    if all:
        outputs = cloud.unwrap(STACK, get(cloud, found)).get("outputs") or []
        items = {str(one["output_key"]): one for one in outputs}
        return [Column(key, format=JSON) for key in items], items
    item = fetch(cloud, found, str(output))
    if "output_error" in item:
        raise OstkError(f"The output {output} of the stack {stack} has no value: {item['output_error']}")
    return item


def fetch(cloud: Cloud, stack: Json, key: str) -> Json:
    """Return an output of a stack.

    Raises:
        OstkError: The stack has no such output; the hint names those that it has.
    """
    try:
        found: Json = get(cloud, stack, "outputs", key)["output"]
    except HTTPNotFound as error:
        keys = ", ".join(str(one["output_key"]) for one in get(cloud, stack, "outputs")["outputs"])
        raise OstkError(
            f"The stack {stack['stack_name']} has no output {key!r}.", f"Outputs: {keys or 'none'}."
        ) from error
    return found
