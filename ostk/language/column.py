"""A kind of thing a cloud keeps, and the columns it is shown in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from ..api.resource import Json
from ..record import Record, replace
from ..render.format import Format

V = TypeVar("V")


class Column(Record):
    """One field of a resource, in every output format.

    `key` is where the value is (dots nest), `title` the header (made from the key unless said);
    `long` columns appear with --long, `hidden` ones only when `-c` asks for them (in a list); `since` is the
    microversion that introduced it, `until` the one that did away with it; `value` computes it from the
    whole resource; `total` is the key of the field it is a part of, for a bar beside it on a terminal.
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


REMAINING_FIELDS = Column(
    "*"
)  # among the fields of a noun: all else that the service tells of it, in alphabetical order
ALL_FIELDS_IN_API_ORDER = Column("=")  # among them too: all that the service tells of it, in the order in which it does
# Words that are not written as others are.


def as_columns(
    described: Iterable[Column | str],
    formats: Mapping[str, Format] | None = None,
    since: Mapping[str, str] | None = None,
    until: Mapping[str, str] | None = None,
) -> list[Column]:
    """Columns from columns and texts; each word of a text is the key of a plain one, or KEY=TITLE; KEY= is as it is.

    Where a title is of several words, commas part the columns: "id, port_id=Parent Port". `formats`,
    `since` and `until` are those of the keys (several in one text) whose column has none of its own.
    """
    columns: list[Column] = []
    for one in described:
        if isinstance(one, Column):
            columns.append(one)
        else:
            parts = one.split(", ") if ", " in one else one.split()
            words = (part.partition("=") for part in parts)
            columns += [Column(key, title or (key if sign else "")) for key, sign, title in words]
    for field, known in ("format", by_key(formats)), ("since", by_key(since)), ("until", by_key(until)):
        columns = [
            replace(c, **{field: known[c.key]}) if c.key in known and not getattr(c, field) else c for c in columns
        ]
    return columns


def parse_renames(text: str) -> dict[str, str]:
    """What is called what, of words KEY=NAME, or KEY where it is called so too."""
    return {key: name or key for key, _, name in (word.partition("=") for word in text.split())}


def by_key(given: Mapping[str, V] | None) -> dict[str, V]:
    """What is given for several keys in one text, for each of them."""
    return {key: value for keys, value in (given or {}).items() for key in keys.split()}
