"""Output of --query: the result of a JMESPath expression in every format, by its shape."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from . import machine

Table = Callable[[Sequence[str], Sequence[Sequence[Any]], bool], None]


class Chosen(Protocol):
    """The output options that count for the result of a query; `output.Output` has them."""

    @property
    def format(self) -> str:
        """The output format."""

    @property
    def noindent(self) -> bool:
        """Whether JSON is on one line."""

    @property
    def quote(self) -> str:
        """The values to quote in CSV."""

    @property
    def prefix(self) -> str:
        """The prefix of shell variables."""

    @property
    def variables(self) -> Sequence[str]:
        """The shell variables to print; all of them when empty."""


def print_result(result: Any, output: Chosen, show: machine.Show, table: Table) -> None:
    """Print the result of a query.

    A list is a table: of objects with their keys as columns, otherwise with the columns 1, 2, …. An object is printed
    as a resource, and a scalar by itself.

    Args:
        result: The result: a value as in decoded JSON.
        output: The output options.
        show: The function that makes control characters visible.
        table: The function that prints a table of headers and rows; true as third argument says that it is a resource.

    Raises:
        OstkError: The result is no object, and the format is shell.
    """
    match output.format:
        case "json":
            machine.write_json(result, output.noindent)
        case "jsonl":
            for item in result if isinstance(result, list) else [result]:
                machine.write_json(item, noindent=True)
        case "yaml":
            _write_yaml(result)
        case "shell":
            _write_shell(result, output, show)
        case "csv" | "value" | "table" if isinstance(result, list):
            _print_rows(*as_rows(result), output, show, table)
        case "csv" if isinstance(result, dict):
            machine.write_csv(list(result), [list(result.values())], output.quote, show)
        case "value" if isinstance(result, dict):
            machine.write_values(list(result.values()), show)
        case "table" if isinstance(result, dict):
            table(("Field", "Value"), list(result.items()), True)
        case _:
            machine.write_values([result], show)


def as_rows(items: Sequence[Any]) -> tuple[list[str], list[list[Any]]]:
    """Return the headers and rows of a list: of objects by key, in the order of the first object; of others by number.

    A value that an item lacks is None.
    """
    if items and all(isinstance(item, dict) for item in items):
        keys = list(dict.fromkeys(key for item in items for key in item))
        return keys, [[item.get(key) for key in keys] for item in items]
    rows = [item if isinstance(item, list) else [item] for item in items]
    width = max(map(len, rows), default=0)
    return [str(number + 1) for number in range(width)], [row + [None] * (width - len(row)) for row in rows]


def _print_rows(
    headers: Sequence[str], rows: Sequence[Sequence[Any]], output: Chosen, show: machine.Show, table: Table
) -> None:
    if output.format == "value":
        machine.write_value_rows(rows, show)
    elif output.format == "table":
        table(headers, rows, False)
    elif headers:
        machine.write_csv(headers, rows, output.quote, show)


def _write_yaml(result: Any) -> None:
    if isinstance(result, dict):
        machine.write_yaml_fields(list(result), list(result.values()))
    else:
        machine.write_yaml(result)


def _write_shell(result: Any, output: Chosen, show: machine.Show) -> None:
    if not isinstance(result, dict):
        from ..errors import OstkError

        raise OstkError(
            "The result of --query is not an object, which -f shell requires.", "Name the values: --query '{name: id}'."
        )
    machine.write_shell(list(result), list(result.values()), output.prefix, show, output.variables)
