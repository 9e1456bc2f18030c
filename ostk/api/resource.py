"""Resource types: their names, paths, keys in bodies, and how they are looked up by name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from ..errors import OstkError
from ..record import Record, replace
from .service import Service

Json = dict[str, Any]
Items = Iterable[Json]  # resources, each as the service describes it


class Resource(Record):
    """A type of resource of a service.

    Attributes:
        service: The service that has the resources.
        noun: The name of the type in commands and messages: "security group".
        path: The path of the collection: "/security-groups".
        key: The key of a resource in a body, if it is not the noun with underscores: {"security_group": {…}}.
        plural: The key of a list in a body, if it is not `key` with an "s".
        list: The path of the list, if it is not `path`: "/servers/detail".
        id: The field with the ID.
        name: The field with the name.
        status: The field with the status.
        microversion: The newest microversion whose bodies ostk knows.
        by_name: The query parameter that filters the list by name; "" to list all and compare.
        by_pattern: Whether `by_name` takes a regular expression.
        find_query: What a look-up by name sends besides.
        find_path: The path of a look-up by name, if it is not that of the list.
        find_also: What a second look-up by name sends, if the first one finds nothing.
        assume_id_if_forbidden: Take a name for an ID if the look-up is forbidden (403).
        assume_id_if_missing: Take a name for an ID if the look-up finds nothing.
        assume_id_if_like_id: Take what looks like an ID for one without a look-up: that of a resource that may be
            deleted, or that users may not look up.
        other_name: Another field that may name a resource.
        client_assigned_id: Whether the client chooses the ID: PUT creates a resource at its path.
        since: The microversion that all commands on the type require.
        docs: The section of the API reference: "#servers-servers".
        defaults: A JSON object with the values of fields that a service without some extension leaves out.
        in_path: Whether the service takes the name in the place of the ID, in paths.
        href: The field with the URL of a resource, whose last segment is the ID; "" if the answer has the ID itself.
        name_end: What each name ends with and need not be typed: "." of DNS zones, ".example.org." of what is in one.
        any_case: Whether upper and lower case are the same in names.
        listed_whole: Whether a list has all fields of each resource, if that is not so of the whole service.
    """

    service: Service
    noun: str
    path: str
    key: str = ""
    plural: str = ""
    list: str = ""
    id: str = "id"
    name: str = "name"
    status: str = "status"
    microversion: str = ""
    by_name: str = "name"
    by_pattern: bool = False
    find_query: tuple[tuple[str, str], ...] = ()
    find_path: str = ""
    find_also: tuple[tuple[str, str], ...] = ()
    assume_id_if_forbidden: bool = False
    assume_id_if_missing: bool = False
    assume_id_if_like_id: bool = False
    other_name: str = ""
    client_assigned_id: bool = False
    since: str = ""
    docs: str = ""
    defaults: str = ""
    in_path: bool = False
    href: str = ""
    name_end: str = ""
    any_case: bool = False
    listed_whole: bool = False

    def id_in(self, text: str) -> str:
        """Return the ID in the URL of a resource; another text as it is.

        Only the ID is used: a token must not go to the host of a URL that someone sent.

        Raises:
            OstkError: The URL is that of another type of resource.
        """
        if not self.href or "/" not in text:
            return text
        collection, _, id = text.rstrip("/").rpartition("/")
        if not collection.endswith(self.path):
            raise OstkError(f"{text!r} is not the URL of a {self.noun}: that ends with {self.path}/ID.")
        return id

    def full_name(self, text: str) -> str:
        """Return a name with the end that need not be typed, in the case of that end; `@` is the end itself."""
        end, apex = self.name_end, self.name_end.removeprefix(".")
        if not end:
            return text
        if text == "@" and apex:
            return apex
        whole = f".{text.removesuffix('.')}."
        if whole.casefold().endswith(end.casefold()):
            return (whole[: -len(end)] + end).removeprefix(".")
        return text if text.endswith(".") else text + end

    def completed(self, item: Json) -> Json:
        """Return a resource with its ID, and with the fields that an old release leaves out or gives another name."""
        if self.href and isinstance(item, dict) and isinstance(item.get(self.href), str):
            item = {**item, self.id: item[self.href].rpartition("/")[2]}
        if not isinstance(item, dict) or not (self.defaults or self.service.older_names):
            return item
        added = {name: item[old] for name, old in self.service.older_names if name not in item and old in item}
        if self.defaults:
            added |= {name: value for name, value in parsed(self.defaults).items() if name not in item}
        return {**item, **added} if added else item

    @property
    def reference(self) -> str:
        """The address of the API reference."""
        return self.service.docs_url + self.docs

    @property
    def one(self) -> str:
        """The key of a resource in a body."""
        return self.key or self.noun.replace(" ", "_")

    def under(self, parent: str) -> Resource:
        """Return the type of the subresources of one parent, whose ID replaces `{}` in the path."""
        return replace(self, path=self.path.format(segment(parent, self.noun)))

    def at(self, *parts: str) -> str:
        """Return the path of the resource with this ID, or a path below: `at("id", "action")`."""
        return "/".join([self.path, *(segment(str(part), self.noun) for part in parts)])

    @property
    def many(self) -> str:
        """The key of a list in a body."""
        return self.plural or self.one + "s"


@cache
def parsed(text: str) -> Json:
    """Return the object that a text of JSON spells; it is not to be changed."""
    import json

    return json.loads(text)  # type: ignore[no-any-return]


def segment(text: str, noun: str) -> str:
    """Return a name or ID as one segment of a path.

    A segment of dots alone is a step in the path, and an empty one makes it the path of the collection: the
    request would be about another resource.

    Raises:
        OstkError: The text is empty.
    """
    from urllib.parse import quote

    if not text:
        raise OstkError(f"The name or ID of a {noun} is empty.")
    return text.replace(".", "%2E") if text in (".", "..") else quote(text, safe="")


def without(fields: Json, *keys: str) -> Json:
    """Return the fields of an object, but for those of some keys."""
    return {key: value for key, value in fields.items() if key not in keys}
