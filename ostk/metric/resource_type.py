"""Resource types: the attributes that resources of a type have."""

from typing import Any

import click

from ..api.metric import METRIC_RESOURCE_TYPE
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Column, Json, Noun, Opt, target
from ..text import parse_boolean


def attributes_text(item: Json) -> str:
    """Return the attributes of a resource type with their options, one a line."""
    return "\n".join(
        f"- {name}: " + " , ".join(f"{key}: {value}" for key, value in options.items())
        for name, options in item["attributes"].items()
    )


resource_type = Noun(
    METRIC_RESOURCE_TYPE,
    "Manage resource types: attributes of the resources with metrics.",
    columns=["name=", Column("attributes", "attributes", value=attributes_text)],
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
)


def read_attribute(text: str) -> tuple[str, Json]:
    """Return the name and the definition of an attribute from NAME:TYPE:REQUIRED:OPTION=VALUE:…, all but NAME optional.

    Raises:
        click.BadParameter: The text is none.
    """
    name, *parts = text.split(":")
    found: Json = dict(zip(("type", "required"), parts, strict=False))
    if "required" in found:
        found["required"] = parse_boolean(found["required"])
        if found["required"] is None:
            raise click.BadParameter(f"{parts[1]!r} in {text!r} is neither true nor false.")
    for part in parts[2:]:
        key, equals, value = part.partition("=")
        if not equals:
            raise click.BadParameter(f"{part!r} in {text!r} is not OPTION=VALUE.")
        place = found.setdefault("options", {}) if key == "fill" else found
        place[key] = number_or_text(value)
    return name, found


def number_or_text(text: str) -> int | float | str:
    """Return a text as a number if it is one."""
    for read in int, float:
        try:
            return read(text)
        except ValueError:
            continue
    return text


ATTRIBUTE = Opt(
    "-a --attribute attributes...",
    "Attribute to add: NAME:TYPE:REQUIRED:OPTION=VALUE, e.g. display_name:string:true:max_length=255.",
    type=read_attribute,
    metavar="NAME:TYPE:REQUIRED:OPTION=VALUE",
)


def flattened(item: Json) -> Json:
    """Return a resource type with a field for each attribute."""
    attributes = {
        f"attributes/{name}": ", ".join(f"{key}={options[key]}" for key in sorted(options))
        for name, options in item["attributes"].items()
    }
    return {key: value for key, value in item.items() if key != "attributes"} | attributes


resource_type.list()
resource_type.delete(help="Delete resource types (admin only).")


@resource_type.shower("show", target(METRIC_RESOURCE_TYPE))
def show(cloud: Cloud, metric_resource_type: str) -> Json:
    """Show a resource type."""
    return flattened(cloud.get(METRIC_RESOURCE_TYPE, metric_resource_type))


@resource_type.shower("create", Arg("name", "Name of the resource type."), ATTRIBUTE)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a resource type (admin only)."""
    return flattened(cloud.create(METRIC_RESOURCE_TYPE, body))


@resource_type.shower(
    "update",
    target(METRIC_RESOURCE_TYPE),
    ATTRIBUTE,
    Opt("-r --remove-attribute removed...", "Attribute to remove; the values of resources are lost."),
)
def update(cloud: Cloud, metric_resource_type: str, attributes: Any, removed: tuple[str, ...]) -> Json:
    """Add and remove attributes of a resource type (admin only)."""
    patch: list[Json] = [{"op": "add", "path": f"/attributes/{name}", "value": value} for name, value in attributes]
    patch += [{"op": "remove", "path": f"/attributes/{name}"} for name in removed]
    headers = {"Content-Type": "application/json-patch+json"}
    return flattened(cloud.send(METRIC_RESOURCE_TYPE, "PATCH", metric_resource_type, json=patch, headers=headers))
