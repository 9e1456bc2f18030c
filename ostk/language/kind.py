"""A kind of thing a cloud keeps, and the columns it is shown in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from ..errors import OstkError
from ..record import Record, replace
from ..render.format import Format
from .service import Service

Json = dict[str, Any]
V = TypeVar("V")


class Kind(Record):
    """A kind of thing in a cloud: which service keeps it, at which path, under which key.

    `noun` is what people call it, `path` the collection; `key` wraps one of them in a body and
    `plural` a list; `list` is where lists come from when that is not `path`. `id` and `name` are
    its fields. `microversion` is the newest one whose shape ostk knows. `by_name` is the query that
    looks for a name ("": all are listed), as a regular expression with `by_pattern`; `find_query` is what
    it needs besides, and `find_path` where it is sent when not to the list; with `find_also` a name that
    is not found is looked for once more. `as_given`: whoever may not look for it is trusted to have given
    an ID; `gone`: so is who names one that is not there. It may also be named by its field `other_name`.
    `chosen`: whoever creates one chooses its ID. `since` is the microversion that brought all commands about it.
    `defaults` is a JSON object: the values of fields that a service without some extension leaves out.
    """

    service: Service
    noun: str
    path: str
    key: str = ""
    plural: str = ""
    list: str = ""
    id: str = "id"
    name: str = "name"
    microversion: str = ""
    by_name: str = "name"
    by_pattern: bool = False
    find_query: tuple[tuple[str, str], ...] = ()
    find_path: str = ""
    find_also: tuple[tuple[str, str], ...] = ()
    as_given: bool = False
    gone: bool = False
    other_name: str = ""
    chosen: bool = False
    since: str = ""
    defaults: str = ""

    def completed(self, item: Json) -> Json:
        """Return a resource with the fields that an old service leaves out or gives another name."""
        if not isinstance(item, dict) or not (self.defaults or self.service.older_names):
            return item
        older = {name: item[old] for name, old in self.service.older_names if name not in item and old in item}
        if not self.defaults:
            return {**item, **older}
        import json

        missing = {name: value for name, value in json.loads(self.defaults).items() if name not in item}
        return {**item, **older, **missing}

    @property
    def one(self) -> str:
        """The key that wraps one of them in a body."""
        return self.key or self.noun.replace(" ", "_")

    def under(self, parent: str) -> Kind:
        """The same kind below one parent, whose ID fills the gap `{}` in its path."""
        return replace(self, path=self.path.format(segment(parent, self.noun)))

    def at(self, *parts: str) -> str:
        """The path of the one with this ID, or of something below it."""
        return "/".join([self.path, *(segment(str(part), self.noun) for part in parts)])

    @property
    def many(self) -> str:
        """The key that wraps a list of them."""
        return self.plural or self.one + "s"


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


REST = Column("*")  # among the fields of a noun: all else that the service tells of it, in alphabetical order
TOLD = Column("=")  # among them too: all that the service tells of it, in the order in which it does
# Words that are not written as others are.
SPELLED = {
    "bgpvpn": "BGP VPN",
    "ips": "IPs",
    "ipsec": "IPsec",
    "qos": "QoS",
    **{word: word.upper() for word in "bgp dns ha id ike ip l3 mac ndp pvlan rbac vni vpn".split()},
}


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


def segment(text: str, noun: str) -> str:
    """Return a name or ID as one segment of a path.

    A segment of dots alone is a step in the path, and an empty one makes it the path of the collection: the
    request would be about another resource.

    Raises:
        OstkError: The text is empty.

    """
    from urllib.parse import quote

    if not text:
        raise OstkError(f"A name or ID in this request for a {noun} is empty; give one.")
    return text.replace(".", "%2E") if text in (".", "..") else quote(text, safe="")


def called(text: str) -> dict[str, str]:
    """What is called what, of words KEY=NAME, or KEY where it is called so too."""
    return {key: name or key for key, _, name in (word.partition("=") for word in text.split())}


def by_key(given: Mapping[str, V] | None) -> dict[str, V]:
    """What is given for several keys in one text, for each of them."""
    return {key: value for keys, value in (given or {}).items() for key in keys.split()}
