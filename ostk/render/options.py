"""Output options: the format, columns, sorting and width of what a command prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from .filter import Condition
    from .output import Output
    from .watch import Watch


class Option(click.Option):
    """An option with its help as it is written; click removes indentation from it, by a module that takes 8 ms."""

    def __init__(self, names: Sequence[str], help: str, **attrs: Any) -> None:
        super().__init__(names, **attrs)
        self.help = help


_COLUMN = Option(["-c", "--column", "output_columns"], multiple=True, metavar="COLUMN", help="Column to print.")
NOINDENT = Option(
    ["--noindent", "output_noindent"], is_flag=True, help="Print JSON without indentation and line breaks."
)
_TABLE = [
    Option(
        ["--max-width", "output_max_width"],
        type=int,
        default=0,
        metavar="COLUMNS",
        envvar="CLIFF_MAX_TERM_WIDTH",
        help="Maximum width of a table, in characters; 0 is no limit.",
    ),
    Option(
        ["--fit-width", "output_fit_width"],
        is_flag=True,
        envvar="CLIFF_FIT_WIDTH",
        help="Fit a table to the width of the terminal.",
    ),
    Option(["--print-empty", "output_print_empty"], is_flag=True, help="Print the header of a table without rows."),
]


def _format(*names: str, default: str = "table") -> click.Option:
    return Option(["-f", "--format", "output_format"], type=click.Choice(names), default=default, help="Output format.")


class Full(Option):
    """An option that `openstack` lacks: read only when typed in full, and never suggested for another option."""


class ConditionType(click.ParamType["Condition"]):
    """The type COLUMN=VALUE, also with another comparison: `!=`, `~`, `!~`, `>`, `>=`, `<`, `<=`."""

    name = "condition"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Condition:
        """Return the condition."""
        from .filter import parse_condition

        if not isinstance(value, str):
            return value  # type: ignore[no-any-return]
        try:
            return parse_condition(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


_FILTER = Full(
    ["--filter", "output_filters"],
    multiple=True,
    type=ConditionType(),
    metavar="COLUMN=VALUE",
    help="Print rows with this value in a column; also !=, ~ and !~ (regular expression), >, >=, <, <=.",
)
QUERY = Full(
    ["--query", "output_query"],
    default="",
    metavar="EXPRESSION",
    help="JMESPath expression on the JSON output; prints the result (default format: json).",
)
WATCH = Full(
    ["--watch", "output_watch"],
    type=click.FloatRange(0.1),
    is_flag=False,
    flag_value=2.0,
    metavar="[SECONDS]",
    help="Refresh the output every SECONDS (default: 2) and mark changes, until interrupted.",
)

CSV_COLUMNS = Full(
    ["--format-config-file", "output_csv_columns"],
    metavar="FILE",
    help="YAML file with the columns of CSV output: a list of TITLE: FIELD (default format: csv).",
)

LIST_OPTIONS: list[click.Option] = [
    _format("csv", "json", "jsonl", "table", "value", "yaml"),
    _COLUMN,
    Option(
        ["--quote", "output_quote"],
        type=click.Choice(["all", "minimal", "none", "nonnumeric"]),
        default="nonnumeric",
        help="Values to quote in CSV output.",
    ),
    CSV_COLUMNS,
    NOINDENT,
    *_TABLE,
    Option(
        ["--sort-column", "output_sort_columns"],
        multiple=True,
        metavar="COLUMN",
        help="Column to sort by; the first is the primary sort key.",
    ),
    Option(["--sort-ascending", "output_ascending"], is_flag=True, help="Sort in ascending order (default)."),
    Option(["--sort-descending", "output_descending"], is_flag=True, help="Sort in descending order."),
    _FILTER,
    QUERY,
]

SHOW_OPTIONS: list[click.Option] = [
    _format("json", "shell", "table", "value", "yaml"),
    _COLUMN,
    NOINDENT,
    Option(["--prefix", "output_prefix"], default="", metavar="TEXT", help="Prefix of the names of shell variables."),
    Option(
        ["--variable", "output_variables"],
        multiple=True,
        hidden=True,
        metavar="NAME",
        help="Shell variable to print, without the prefix (older way of -c; repeat for several).",
    ),
    *_TABLE,
    QUERY,
]


def formatted(options: Iterable[click.Option], default: str, also: Iterable[str] = ()) -> list[click.Option]:
    """Return output options with another default format, and with further formats.

    Args:
        options: LIST_OPTIONS or SHOW_OPTIONS.
        default: The default format, "" for that of the options.
        also: Formats that the command has besides.
    """
    if not (default or also):
        return [*options]
    return [
        _format(*sorted({*option.type.choices, *also}), default=default or "table")  # type: ignore[attr-defined]
        if option.name == "output_format"
        else option
        for option in options
    ]


def watch_from(params: dict[str, Any]) -> Watch | None:
    """Return the state of `--watch`, kept in `params` for all rounds; None without the option."""
    if not params.get("output_watch"):
        return None
    from .watch import Watch

    if not isinstance(params["output_watch"], Watch):
        params["output_watch"] = Watch(params["output_watch"])
    return params["output_watch"]  # type: ignore[no-any-return]


def output_from(params: dict[str, Any]) -> Output:
    """Return how to print, from the output options among the parameters of a command.

    Raises:
        click.UsageError: Options exclude each other: both sort directions; or --query is no JMESPath expression.
        OstkError: The file of --format-config-file cannot be read, or it does not hold columns.
    """
    from .output import Output

    if params.get("output_ascending") and params.get("output_descending"):
        raise click.UsageError("--sort-ascending and --sort-descending exclude each other.")
    ctx = click.get_current_context(silent=True)
    given = {name: params[f"output_{name}"] for name in Output.FIELDS if f"output_{name}" in params}
    given["watch"] = watch_from(params)
    chosen = ctx is not None and ctx.get_parameter_source("output_format") is click.core.ParameterSource.COMMANDLINE
    if file := params.get("output_csv_columns"):
        from .csv_columns import query_of

        if given.get("query") or (chosen and given["format"] != "csv"):
            raise click.UsageError("--format-config-file is for CSV output, and without --query.")
        given |= {"query": query_of(file), "format": "csv"}
    elif given.get("query"):
        from .machine import compile_query

        compile_query(given["query"])
        if not chosen:
            given["format"] = "json"
    if ctx is not None and ctx.find_root().params.get("no_color"):
        given["color"] = False
    return Output(**given)
