"""Stacks by name or ID: how Heat finds them, and the formats of their fields."""

from collections.abc import Iterable, Sequence
from typing import Any

import click

from ..api.orchestration import HEAT, NAMED_STACK, STACK
from ..api.resource import segment
from ..errors import HTTPNotFound
from ..language import Arg, Cloud, Column, Json, KeyValue, Opt, Value
from ..language.sort_keys import SortKeys, sort_items
from ..render.format import Format
from ..session.name_forms import looks_like_id

COLUMNS = [
    Column("id", "ID"),
    Column("stack_name", "Stack Name"),
    Column("stack_status", "Stack Status"),
    Column("creation_time", "Creation Time"),
    Column("updated_time", "Updated Time"),
]
STACK_NAME = Arg("stack", "Stack.", names=STACK)


def locate(cloud: Cloud, text: str) -> Json:
    """Return a stack by name or ID.

    Lists have no nested stacks, no hidden ones, and none of other projects. Those are requested by the name or ID
    alone, which Heat redirects to the whole path.

    Raises:
        ResourceNotFound: No stack has this name or ID.
    """
    with cloud.force_send():
        key = "id" if looks_like_id(text) else "name"
        listed = cloud.pages(STACK, {key: text}) if text else ()
        field = STACK.id if key == "id" else STACK.name
        found = next((item for item in listed if item.get(field) == text), None)
        return found or fetch_by_redirect(cloud, text)


def fetch_by_redirect(cloud: Cloud, text: str) -> Json:
    """Return a stack by its name or ID, or by NAME/ID."""
    path = "/".join([STACK.path, *(segment(part, STACK.noun) for part in text.split("/", 1))])
    try:
        reply = cloud.call(HEAT, "GET", path, params={"resolve_outputs": False})
    except HTTPNotFound as error:
        raise cloud.not_found_error(STACK, text) from error
    return cloud.unwrap(STACK, reply)


def path_of(stack: Json, *parts: str) -> str:
    """Return the path of a stack, or a path below: `path_of(stack, "events")`."""
    return NAMED_STACK.under(stack["stack_name"]).at(stack["id"], *parts)


def get(cloud: Cloud, stack: Json, *parts: str, **query: Any) -> Any:
    """Return what a path below a stack answers to GET."""
    return cloud.call(HEAT, "GET", path_of(stack, *parts), params=query)


def link(item: Json, rel: str) -> str:
    """Return the URL of the link of a resource or an event to its stack, to a nested stack …; "" without the link."""
    return next((str(one.get("href", "")) for one in item.get("links", []) if one.get("rel") == rel), "")


def stack_name_of(item: Json) -> str:
    """Return the name of the stack of a resource or an event, "" if it is not known."""
    return link(item, "stack").partition("/stacks/")[2].partition("/")[0]


def without_outputs(cloud: Cloud, stack: Json) -> Json:
    """Return a stack as it is now, without its outputs, which take Heat long to resolve."""
    return cloud.unwrap(STACK, get(cloud, stack, resolve_outputs=False))


def yaml_text(value: Any) -> str:
    """Return a value as YAML with sorted keys."""
    import yaml

    return str(yaml.safe_dump(value, default_flow_style=False))


def json_text(value: Any) -> str:
    """Return a value as indented JSON, with the blanks at line ends that heatclient leaves there."""
    import json

    return json.dumps(value, indent=2, ensure_ascii=False, separators=(", ", ": "))


def links_text(value: Any) -> str:
    """Return links as `URL (relation)`, one a line."""
    lines = (f"{link.get('href', '')} ({link['rel']})" if "rel" in link else link.get("href", "") for link in value)
    return "\n".join(lines)


def wrapped_text(value: Any) -> str:
    """Return a text in lines of at most 55 characters."""
    import textwrap

    return "\n".join(textwrap.wrap(value or "", 55))


YAML, JSON = Format(yaml_text), Format(json_text)
LINKS, WRAPPED = Format(lambda value: links_text(value or ())), Format(wrapped_text)


def gathered(pairs: Iterable[tuple[str, str]]) -> Json:
    """Return KEY=VALUE pairs as an object; a key given several times has the list of its values."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: values if values[1:] else values[0] for key, values in found.items()}


def filters(help: str, flag: str = "--filter") -> Opt:
    """Return a repeatable KEY=VALUE option for the query of a list."""
    return Opt(flag, help, multiple=True, type=KeyValue(), key="*", convert=gathered)


def sort_keys(help: str, nameless: bool = False) -> Opt:
    """Return the repeatable option for the keys that a list is sorted by, as pairs of a field and a direction."""
    return Value("--sort...", help, type=SortKeys(nameless), callback=all_keys)


def all_keys(
    ctx: click.Context, param: click.Parameter, value: Sequence[list[tuple[str, bool]]]
) -> list[tuple[str, bool]]:
    """Return the sort keys of all values of an option."""
    return [key for keys in value for key in keys]


def sort_rows(items: Iterable[Json], keys: list[tuple[str, bool]]) -> list[Json]:
    """Return items sorted by keys, as `sort_items` does; no value comes before all texts."""
    return sort_items(items, keys, lambda value: str(value or ""))
