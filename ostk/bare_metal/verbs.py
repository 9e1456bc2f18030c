"""The verbs that most resources of Ironic have: list, show, set, unset and delete."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..language import Cloud, Column, Json, Noun, Resource, target
from ..language.column import as_columns
from ..language.noun import Params
from ..render.format import Format
from . import changes
from .fields import Rows, columns, fetch, fetch_by_address, fields_option, list_all, list_options, some


def described(resource: Resource, help: str, keys: str, short: str) -> Noun:
    """Return a noun with the fields `keys`, of which a list shows those in `short`."""
    fields = columns(keys)
    return Noun(resource, help, columns=some(fields, short.split()), fields=fields, in_order=True)


def add_list(
    noun: Noun, *filters: Params, help: str = "", detail: str = "", formats: Mapping[str, Format] | None = None
) -> None:
    """Add `list`; the argument `detail` is that of `list_all`, `formats` are those of fields in lists alone."""
    text, fields = help or f"List {noun.plural}.", as_columns(noun.fields, formats)

    @noun.lister("list", *filters, list_options(fields), also=fields, help=text)
    def list_resources(cloud: Cloud, body: Json, values: Json) -> Rows:
        return list_all(cloud, noun.resource, body, values, noun.columns, fields, detail)


def add_show(
    noun: Noun, *params: Params, help: str = "", fields: Sequence[Column] = (), dropped: Iterable[str] = ()
) -> None:
    """Add `show` of all fields in the answer but those in `dropped`, sorted by name or in the order of `fields`.

    Where `params` has a flag --address, the resource with this MAC address is shown.
    """
    named, text = target(noun.resource, as_typed=True), help or f"Show {noun.one}."

    @noun.shower("show", named, *params, fields_option(noun.fields), fields=fields, help=text)
    def show(cloud: Cloud, values: Json) -> Json:
        find = fetch_by_address if values.get("address") else fetch
        return find(cloud, noun.resource, values[named.name or ""], values["fields"], dropped)


def add_set(noun: Noun, *params: Params, help: str = "", validate: Callable[..., Any] | None = None) -> None:
    """Add `set`, which sends the given fields as a JSON patch."""
    add_change("set", noun, params, help or f"Update {noun.one}.", validate)


def add_unset(noun: Noun, *params: Params, help: str = "") -> None:
    """Add `unset`, which removes fields, or keys of fields, by a JSON patch."""
    add_change("unset", noun, params, help or f"Unset fields of {noun.one}.")


def add_change(
    verb: str, noun: Noun, params: Sequence[Params], help: str, validate: Callable[..., Any] | None = None
) -> None:
    """Add a verb that sends a JSON patch."""
    named = target(noun.resource, as_typed=True)

    @noun.action(verb, named, *params, help=help, validate=validate)
    def change(cloud: Cloud, body: Json, values: Json) -> None:
        changes.change(cloud, noun.resource, values[named.name or ""], body)


def add_delete(noun: Noun, help: str = "") -> None:
    """Add `delete`, which names each deleted resource on standard error."""
    named = noun.resource.noun.replace(" ", "_")

    @noun.each("delete", help=help or f"Delete {noun.plural}.")
    def delete(cloud: Cloud, values: Json) -> None:
        changes.delete(cloud, noun.resource, values[named])
