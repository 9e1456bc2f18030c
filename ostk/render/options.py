"""The options that say how an answer is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .output import Output

if TYPE_CHECKING:
    from .watch import Watch

_COLUMN = click.Option(
    ["-c", "--column", "output_columns"], multiple=True, metavar="COLUMN", help="Only this column; may be repeated."
)
_NOINDENT = click.Option(["--noindent", "output_noindent"], is_flag=True, help="JSON on one line, without indentation.")
_TABLE = [
    click.Option(
        ["--max-width", "output_max_width"],
        type=int,
        default=0,
        metavar="COLUMNS",
        envvar="CLIFF_MAX_TERM_WIDTH",
        help="Maximum table width; 0 for no limit.",
    ),
    click.Option(
        ["--fit-width", "output_fit_width"],
        is_flag=True,
        envvar="CLIFF_FIT_WIDTH",
        help="Fit the table to the width of the terminal.",
    ),
    click.Option(["--print-empty", "output_print_empty"], is_flag=True, help="Headers even when there are no rows."),
]


def _format(*names: str) -> click.Option:
    return click.Option(
        ["-f", "--format", "output_format"],
        type=click.Choice(names),
        default="table",
        help="Format of the answer; table unless said.",
    )


class Full(click.Option):
    """An option that `openstack` does not have: it is read only when typed in full, and suggested for no other."""


_QUERY = Full(
    ["--query", "output_query"],
    default="",
    metavar="EXPRESSION",
    help="JMESPath expression for what to print of the JSON.",
)
WATCH = Full(
    ["--watch", "output_watch"],
    type=click.FloatRange(0.1),
    is_flag=False,
    flag_value=2.0,
    metavar="[SECONDS]",
    help="Repeat the request and mark changes (default: every 2 s).",
)

LIST_OPTIONS: list[click.Option] = [
    _format("csv", "json", "jsonl", "table", "value", "yaml"),
    _COLUMN,
    click.Option(
        ["--quote", "output_quote"],
        type=click.Choice(["all", "minimal", "none", "nonnumeric"]),
        default="nonnumeric",
        help="Values to quote in CSV; nonnumeric unless said.",
    ),
    _NOINDENT,
    *_TABLE,
    click.Option(
        ["--sort-column", "output_sort_columns"],
        multiple=True,
        metavar="COLUMN",
        help="Column to sort by; may be repeated, first counts most.",
    ),
    click.Option(["--sort-ascending", "output_ascending"], is_flag=True, help="Smallest first, as it is anyway."),
    click.Option(["--sort-descending", "output_descending"], is_flag=True, help="Largest first."),
    _QUERY,
]

SHOW_OPTIONS: list[click.Option] = [
    _format("json", "shell", "table", "value", "yaml"),
    _COLUMN,
    _NOINDENT,
    click.Option(
        ["--prefix", "output_prefix"], default="", metavar="TEXT", help="Text before each shell variable's name."
    ),
    *_TABLE,
    _QUERY,
]


def watch_from(params: dict[str, Any]) -> Watch | None:
    """What `--watch` asks for; it is kept in the parameters, for every round to find it there."""
    if not params.get("output_watch"):
        return None
    from .watch import Watch

    if not isinstance(params["output_watch"], Watch):
        params["output_watch"] = Watch(params["output_watch"])
    return params["output_watch"]  # type: ignore[no-any-return]


def output_from(params: dict[str, Any]) -> Output:
    """What the options above say, from all the parameters of a command.

    click.UsageError when both directions of sorting were given.
    """
    if params.get("output_ascending") and params.get("output_descending"):
        raise click.UsageError("--sort-ascending and --sort-descending exclude each other.")
    given = {name: params[f"output_{name}"] for name in Output.FIELDS if f"output_{name}" in params}
    given["watch"] = watch_from(params)
    if given.get("query"):
        from .machine import compiled

        compiled(given["query"])
        if given["format"] not in ("json", "table"):
            raise click.UsageError("--query is for JSON; leave -f out or give -f json.")
        given["format"] = "json"
    ctx = click.get_current_context(silent=True)
    plain = ctx is not None and ctx.find_root().params.get("no_color")
    return Output(**given, color=False if plain else None)
