"""Columns: the fields of resources in lists and in the output of show."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from ..api.resource import Json
from ..record import Record, replace
from ..render.format import Format

V = TypeVar("V")


class Column(Record):
    """A field of a resource, in every output format.

    Attributes:
        key: The field of the resource; dots nest.
        title: The header (default: made from the key).
        long: Show the column with --long only.
        hidden: Show the column only where `-c` names it (in lists).
        given: Show the column only where one of these parameters is given, separated by blanks (in lists).
        format: The format of the value for people and for machines.
        since: The microversion that introduced the field.
        until: The microversion that removed the field.
        value: A function that computes the value from the resource.
        total: The key of the field that the value is a share of; a terminal shows a bar beside the value.
    """

    key: str
    title: str = ""
    long: bool = False
    hidden: bool = False
    format: Format | None = None
    since: str = ""
    until: str = ""
    value: Callable[[Json], Any] | None = None
    total: str = ""
    given: str = ""


REMAINING_FIELDS = Column("*")  # placeholder for all remaining fields of the response, sorted by name
ALL_FIELDS_IN_API_ORDER = Column("=")  # placeholder for all fields of the response, in the order of the response


def as_columns(
    described: Iterable[Column | str],
    formats: Mapping[str, Format] | None = None,
    since: Mapping[str, str] | None = None,
    until: Mapping[str, str] | None = None,
) -> list[Column]:
    """Return columns from columns and texts.

    Args:
        described: Columns, or texts of keys: KEY, KEY=TITLE, or KEY= for the key as the title; separated by blanks, or
            by commas where a title has several words: "id, port_id=Parent Port".
        formats: Formats by key, for columns without a format; several keys in one text are separated by blanks.
        since: Microversions that introduced fields, likewise.
        until: Microversions that removed fields, likewise.
    """
    columns: list[Column] = []
    for item in described:
        if isinstance(item, Column):
            columns.append(item)
        else:
            parts = item.split(", ") if ", " in item else item.split()
            words = (part.partition("=") for part in parts)
            columns += [Column(key, title or (key if sign else "")) for key, sign, title in words]
    for field, values in ("format", by_key(formats)), ("since", by_key(since)), ("until", by_key(until)):
        columns = [
            replace(c, **{field: values[c.key]}) if c.key in values and not getattr(c, field) else c for c in columns
        ]
    return columns


def parse_renames(text: str) -> dict[str, str]:
    """Parse "key=name key2" into {"key": "name", "key2": "key2"}."""
    return {key: name or key for key, _, name in (word.partition("=") for word in text.split())}


def by_key(given: Mapping[str, V] | None) -> dict[str, V]:
    """Return a mapping with one key per entry, from a mapping whose keys may be several keys in one text."""
    return {key: value for keys, value in (given or {}).items() for key in keys.split()}
