"""Options of Manila's lists: filters, paging, sorting, and the total count."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from ..console import write_text
from ..errors import OstkError
from ..language import Cloud, Column, Flag, Json, KeyValue, Opt, Resource, Value
from ..language.sort_keys import SortKeys
from ..render.options import output_from

ALL_PROJECTS = Opt(
    "--all-projects", "Include resources of all projects.", is_flag=True, key="all_tenants", convert=str, admin=True
)
STATUS_FILTER = Opt("--status", "Filter by status, e.g. available or error.")
NAME_FILTER = Opt("--name", "Filter by name.")
NAME_FILTERS = [
    NAME_FILTER,
    Opt("--name~ named", "Filter by part of the name.", key="name~", since="2.36"),
    Opt("--description", "Filter by description.", since="2.36"),
    Opt("--description~ description_like", "Filter by part of the description.", key="description~", since="2.36"),
]
PROPERTY_FILTER = Opt(
    "--property...",
    "Filter by property: KEY=VALUE.",
    type=KeyValue(),
    key="metadata",
    convert=lambda pairs: str(dict(pairs)),
)


def validate_offset(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return an offset as it was typed.

    Raises:
        OstkError: The value is no number, such as the ID that --marker takes for other services.
    """
    if value and not value.isdigit():
        raise OstkError(f"{value!r} is not a number of results.", "Manila pages by offset: give the number to skip.")
    return value


MARKER = Opt(
    "--marker",
    "Number of results to skip (an offset, not an ID).",
    key="offset",
    callback=validate_offset,
    metavar="INTEGER",
)
OFFSET = Opt("--offset", "Number of results to skip.", callback=validate_offset, metavar="INTEGER")


def detail_option(flag: str) -> Opt:
    """Return a `--detail[=0|1]` option: Manila's --long, which may have a value, where 0 shows no more columns."""
    help = "Show more columns, with 1 or without a value; 0 hides the additional columns."
    return Opt(f"{flag} long", help, is_flag=False, flag_value=1, type=int, default=0, not_sent=True, metavar="[0|1]")


DETAIL, DETAILED = detail_option("--detail"), detail_option("--detailed")
COUNT_TOTAL = Flag(
    "--count", "Print the total number of results, regardless of --limit, above the table.", since="2.79"
)


class Keyword(click.ParamType[str]):
    """One of some keywords; like click.Choice, but another value ends with exit status 1, as in the reference."""

    name = "word"

    def __init__(self, keywords: str) -> None:
        """Take the keywords, separated by spaces."""
        self.choices = keywords.split()

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the keyword.

        Raises:
            OstkError: The value is none of the keywords.
        """
        if value not in self.choices:
            raise OstkError(f"{param.opts[0] if param else ''}: {value!r} is not one of {', '.join(self.choices)}.")
        return str(value)


def sort_options(keys: str, convert: Callable[[str], str] | None = None) -> list[Opt]:
    """Return --sort-key and --sort-dir for a list that Manila sorts.

    Args:
        keys: The fields to sort by, separated by spaces.
        convert: Turns a field's name on the command line into the one in the request.
    """
    return [
        Opt("--sort-key --sort_key", "Field to sort by (default: created_at).", type=Keyword(keys), convert=convert),
        Opt("--sort-dir --sort_dir", "Sort direction (default: desc).", type=Keyword("asc desc")),
    ]


SORT = Value("--sort", "Sort keys, e.g. name:desc.", type=SortKeys(), default="name:asc")


def validate_count(values: Json) -> None:
    """Raise OstkError for --count with a format for programs, which the line of the total would break."""
    if values["count"] and output_from(values).format != "table":
        raise OstkError("--count works only with the table format.", "Leave out --count or -f.")


def print_total(cloud: Cloud, resource: Resource, query: Json, noun: str) -> None:
    """Request and print how many resources match a query, regardless of offset and limit; `noun` is a plural."""
    query = {key: value for key, value in query.items() if key != "offset"} | {"with_count": "True", "limit": 1}
    reply = cloud.call(resource.service, "GET", resource.list, params=query, microversion=resource.microversion)
    write_text(f"Total number of {noun}: {reply['count']}")


def add_project_column(columns: Sequence[Column], query: Json) -> list[Column]:
    """Return the columns, with the project added if the query is for all projects."""
    missing = query.get("all_tenants") and all(column.key != "project_id" for column in columns)
    return [*columns, *([Column("project_id")] if missing else [])]


def of_all_tenants(query: Json) -> Json:
    """Return a query; Manila filters by another project only together with all_tenants."""
    return {**query, "all_tenants": "True"} if "project_id" in query else query
