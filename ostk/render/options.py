"""Output options: the format, columns, sorting and width of what a command prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ..config import user_config
from .output import Output

if TYPE_CHECKING:
    from .watch import Watch

_COLUMN = click.Option(["-c", "--column", "output_columns"], multiple=True, metavar="COLUMN", help="Column to print.")
_NOINDENT = click.Option(
    ["--noindent", "output_noindent"], is_flag=True, help="Print JSON without indentation and line breaks."
)
_TABLE = [
    click.Option(
        ["--max-width", "output_max_width"],
        type=int,
        default=0,
        metavar="COLUMNS",
        envvar="CLIFF_MAX_TERM_WIDTH",
        help="Maximum width of a table, in characters; 0 is no limit.",
    ),
    click.Option(
        ["--fit-width", "output_fit_width"],
        is_flag=True,
        envvar="CLIFF_FIT_WIDTH",
        help="Fit a table to the width of the terminal.",
    ),
    click.Option(
        ["--print-empty", "output_print_empty"], is_flag=True, help="Print the header of a table without rows."
    ),
]


def _format(*names: str) -> click.Option:
    return click.Option(
        ["-f", "--format", "output_format"], type=click.Choice(names), default="table", help="Output format."
    )


class Full(click.Option):
    """An option that `openstack` lacks: read only when typed in full, and never suggested for another option."""


_QUERY = Full(
    ["--query", "output_query"],
    default="",
    metavar="EXPRESSION",
    help="JMESPath expression that selects what to print of the JSON output.",
)
WATCH = Full(
    ["--watch", "output_watch"],
    type=click.FloatRange(0.1),
    is_flag=False,
    flag_value=2.0,
    metavar="[SECONDS]",
    help="Refresh the output every SECONDS (default: 2) and mark changes, until interrupted.",
)

LIST_OPTIONS: list[click.Option] = [
    _format("csv", "json", "jsonl", "table", "value", "yaml"),
    _COLUMN,
    click.Option(
        ["--quote", "output_quote"],
        type=click.Choice(["all", "minimal", "none", "nonnumeric"]),
        default="nonnumeric",
        help="Values to quote in CSV output.",
    ),
    _NOINDENT,
    *_TABLE,
    click.Option(
        ["--sort-column", "output_sort_columns"],
        multiple=True,
        metavar="COLUMN",
        help="Column to sort by; the first is the primary sort key.",
    ),
    click.Option(["--sort-ascending", "output_ascending"], is_flag=True, help="Sort in ascending order (default)."),
    click.Option(["--sort-descending", "output_descending"], is_flag=True, help="Sort in descending order."),
    _QUERY,
]

SHOW_OPTIONS: list[click.Option] = [
    _format("json", "shell", "table", "value", "yaml"),
    _COLUMN,
    _NOINDENT,
    click.Option(
        ["--prefix", "output_prefix"], default="", metavar="TEXT", help="Prefix of the names of shell variables."
    ),
    *_TABLE,
    _QUERY,
]


def watch_from(params: dict[str, Any]) -> Watch | None:
    """Return the state of `--watch`, kept in `params` for all rounds; None without the option."""
    if not params.get("output_watch"):
        return None
    from .watch import Watch

    if not isinstance(params["output_watch"], Watch):
        params["output_watch"] = Watch(params["output_watch"])
    return params["output_watch"]  # type: ignore[no-any-return]


class Preferred(tuple[str, ...]):
    """Column names from the user's configuration file; `source` is the file and the key, for messages."""

    source = ""


def with_preferences(params: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of a command, with output options from the user's configuration file.

    Options on the command line and variables have precedence. Where standard output is no terminal, the file
    counts only with `always = true`, so that scripts do not depend on it.

    Raises:
        ConfigError: The configuration file is not valid.

    """
    if "output_format" not in params:
        return params
    is_terminal = sys.stdout.isatty()
    if not is_terminal and not user_config.current().get("output.always"):
        return params
    config, ctx = user_config.current(), click.get_current_context()
    if not config.values:
        return params
    words = ctx.command_path.partition(" ")[2]
    default = (click.core.ParameterSource.DEFAULT, None)
    found: dict[str, Any] = {}
    if config.get("output.format") in _formats(ctx) and not (params.get("output_query") or params.get("output_watch")):
        found["output_format"] = config.get("output.format")
    found["output_columns"] = () if params.get("long") else _preferred_names(config, f"columns.{words}")
    found["output_sort_columns"] = _preferred_names(config, f"sort.{words}", "output.sort")
    found["output_max_width"] = 0 if params.get("output_fit_width") else config.get("output.max_width")
    found = {name: value for name, value in found.items() if value and ctx.get_parameter_source(name) in default}
    colors = {} if config.get("output.colors") else {"output_color": False}
    return {**params, **{name: value for name, value in found.items() if name in params}, **colors}


def _formats(ctx: click.Context) -> Sequence[str]:
    """Return the output formats of the command."""
    types = [param.type for param in ctx.command.params if param.name == "output_format"]
    return [str(choice) for kind in types if isinstance(kind, click.Choice) for choice in kind.choices]


def _preferred_names(config: user_config.UserConfig, *keys: str) -> Preferred:
    """Return the column names under the first of these keys that is set."""
    key = next((key for key in keys if config.names(key)), keys[0])
    names = Preferred(config.names(key))
    names.source = f"{key} in {config.path}"
    return names


def output_from(params: dict[str, Any]) -> Output:
    """Return how to print, from the output options among the parameters of a command.

    Raises:
        click.UsageError: Options exclude each other: both sort directions, or --query with a format other than JSON.
    """
    if params.get("output_ascending") and params.get("output_descending"):
        raise click.UsageError("--sort-ascending and --sort-descending exclude each other.")
    given = {name: params[f"output_{name}"] for name in Output.FIELDS if f"output_{name}" in params}
    given["watch"] = watch_from(params)
    if given.get("query"):
        from .machine import compile_query

        compile_query(given["query"])
        if given["format"] not in ("json", "table"):
            raise click.UsageError("--query requires JSON output: omit -f or use -f json.")
        given["format"] = "json"
    ctx = click.get_current_context(silent=True)
    if ctx is not None and ctx.find_root().params.get("no_color"):
        given["color"] = False
    return Output(**given)
