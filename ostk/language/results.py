"""Output of what the function of a verb returned, and of what is lost if it cannot be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ..api.resource import Json, Resource
from ..errors import OstkError
from ..files import because
from ..render.output import Output
from .column import Column
from .view import for_microversion, print_item, print_items

if TYPE_CHECKING:
    from ..session.cloud import Cloud

# Secrets that a service returns only once, and what to do if one is lost.
AGAIN = "delete what was created, and create it again"
ONCE = {"adminPass": "set another with server set --password", "secret": AGAIN, "auth_key": AGAIN}


def same(item: Json) -> Json:
    """Return the resource as it is."""
    return item


def print_result(
    cloud: Cloud,
    resource: Resource,
    fields: Sequence[Column],
    result: Any,
    output: Output,
    present: Callable[[Json], Json] = same,
) -> None:
    """Print what a function returned.

    Args:
        cloud: The cloud.
        resource: The resource type of the verb.
        fields: The fields to print.
        result: A resource, a tuple of fields and a resource, a tuple of columns and a list of resources, or None.
        output: The output options.
        present: A function that returns what is shown of a resource.
    """
    if isinstance(result, tuple):
        fields, result = result
    if isinstance(result, list):
        print_items(fields, result, output)
    elif result is not None:
        with reported("The command was carried out, but", result):
            print_item(for_microversion(cloud, resource, fields), present(result), output)


@contextmanager
def reported(done: str, item: Json) -> Iterator[None]:
    """Replace an error of writing the output by one that says what was `done` and which secret is lost.

    Raises:
        OstkError: The output cannot be written.
        BrokenPipeError: Standard output was closed, and no secret is lost.
    """
    try:
        yield
    except OSError as error:
        again = click.get_current_context().info_name == "show"
        lost = [key for key in ONCE if item.get(key) and not again]
        if isinstance(error, BrokenPipeError) and not lost:
            raise
        hint = f"If the {lost[0]} cannot be shown again: {ONCE[lost[0]]}." if lost else ""
        raise OstkError(f"{done} the output cannot be written: {because(error)}.", hint) from error
