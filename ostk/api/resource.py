"""A resource type: what a service calls it, where it is found, and how it is looked up by name."""

from __future__ import annotations

from typing import Any

from ..errors import OstkError
from ..record import Record, replace
from .service import Service

Json = dict[str, Any]


class Resource(Record):
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
    assume_id_if_forbidden: bool = False
    assume_id_if_missing: bool = False
    other_name: str = ""
    client_assigned_id: bool = False
    since: str = ""
    docs: str = ""  # the section of the API reference: "#servers-servers"
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
    def reference(self) -> str:
        """The address of the API reference."""
        return self.service.docs_url + self.docs

    @property
    def one(self) -> str:
        """The key that wraps one of them in a body."""
        return self.key or self.noun.replace(" ", "_")

    def under(self, parent: str) -> Resource:
        """The same kind below one parent, whose ID fills the gap `{}` in its path."""
        return replace(self, path=self.path.format(segment(parent, self.noun)))

    def at(self, *parts: str) -> str:
        """The path of the one with this ID, or of something below it."""
        return "/".join([self.path, *(segment(str(part), self.noun) for part in parts)])

    @property
    def many(self) -> str:
        """The key that wraps a list of them."""
        return self.plural or self.one + "s"


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
