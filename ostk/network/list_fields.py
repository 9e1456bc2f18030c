"""List fields of a resource: Neutron replaces a list as a whole, commands add and remove entries."""

from collections.abc import Mapping
from typing import Any

import click

from ..api.network import SUBNET
from ..errors import OstkError
from ..language import Json, KeyValues, Opt, Resource
from ..render.format import Format, dict_text


class FieldKeyValues(KeyValues):
    """Parse KEY=VALUE,… into an object with the API's field names.

    A key "ip-address" becomes the field `ip_address`, a key in `refs` gets the suffix `_id`, and `names` gives
    other fields by key: `gateway="nexthop"`.
    """

    def __init__(
        self, required: str = "", optional: str = "", refs: Mapping[str, Resource] | None = None, **names: str
    ) -> None:
        super().__init__(required, optional)
        resources = refs or {}
        fields = {key: key.replace("-", "_") + "_id" * (key in resources) for key in (*self.required, *self.optional)}
        self.names = fields | {key.replace("_", "-"): name for key, name in names.items()}
        self.refs = {self.names[key]: resource for key, resource in resources.items()}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Json:
        """Return the values by the API's field names."""
        if isinstance(value, dict):
            return value
        return {self.names[key]: text for key, text in super().convert(value, param, ctx).items()}


ADDRESS = FieldKeyValues(optional="subnet ip-address", refs={"subnet": SUBNET})


def routes_text(routes: Any) -> str:
    """Format routes as lines of `destination='…', gateway='…'`; the API's `nexthop` is the CLI's `gateway`."""
    names = {"nexthop": "gateway"}
    return "\n".join(dict_text({names.get(key, key): value for key, value in route.items()}) for route in routes or ())


ROUTES = Format(routes_text)


def routes(flag: str, key: str, text: str = "Route: destination=CIDR,gateway=ADDRESS.") -> Opt:
    """Return a repeatable option for routes, `destination=CIDR,gateway=ADDRESS`."""
    type = FieldKeyValues("destination gateway", gateway="nexthop")
    return Opt(flag, text, key=key, type=type, multiple=True)


def add_entries(item: Json, body: Json, key: str, *, replace: bool, append: bool = False) -> Json:
    """Return the request with a whole list: the entries to add and the entries that the resource has.

    Args:
        item: The resource as it is.
        body: The request; `body[key]` holds the entries to add.
        key: The field of the list.
        replace: Leave out the existing entries.
        append: Put the existing entries first instead of last.
    """
    if key not in body and not replace:
        return body
    existing, given = [] if replace else item.get(key) or [], body.get(key, ())
    return {**body, key: [*existing, *given] if append else [*given, *existing]}


def remove_entries(item: Json, body: Json, key: str, label: str) -> Json:
    """Return the request with the entries of a list that remain, in place of the entries to remove.

    Args:
        item: The resource as it is.
        body: The request; `body[key]` holds the entries to remove.
        key: The field of the list.
        label: What an entry is called in an error: "fixed IP".

    Raises:
        OstkError: The resource lacks an entry to remove.
    """
    if key not in body:
        return body
    remaining = list(item.get(key) or [])
    for entry in body[key]:
        if entry not in remaining:
            text = ",".join(f"{k}={v}" for k, v in entry.items()) if isinstance(entry, dict) else entry
            raise OstkError(f"{item.get('name') or item.get('id')} has no {label} {text}.")
        remaining.remove(entry)
    return {**body, key: remaining}


def discard_entries(item: Json, body: Json, key: str, *, clear: bool) -> Json:
    """Return the request with the entries of a list that remain; ignore entries to remove that are missing.

    Args:
        item: The resource as it is.
        body: The request; `body[key]` holds the entries to remove.
        key: The field of the list.
        clear: Remove all entries.
    """
    if key not in body and not clear:
        return body
    return {**body, key: [] if clear else [entry for entry in item.get(key) or () if entry not in body[key]]}
