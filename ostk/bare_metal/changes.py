"""Values of KEY=VALUE options, documents, and JSON patches: what changes of bare metal resources send."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from ..console import write_message
from ..errors import OstkError
from ..files import read_text
from ..language import NULL, Cloud, Json, Opt, Resource, properties
from .fields import tell

# Fields that are objects: an update changes some keys of them, and leaves the others.
OBJECTS = ("properties", "extra", "driver_info", "instance_info", "local_link_connection")


def read_value(text: str) -> Any:
    """Return the value of KEY=VALUE: JSON, if nothing of what was typed is lost, otherwise the text.

    Decimal numbers stay text: as a number, version 1.10 would be 1.1, and 1e3 would be 1000.0.
    """
    try:
        value = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        return text
    return text if isinstance(value, float) or (type(value) is int and str(value) != text) else value


def refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which are not JSON."""
    raise ValueError(name)


def read_values(pairs: Iterable[tuple[str, str]]) -> Json:
    """Return the values of KEY=VALUE options by key."""
    return {key: read_value(text) for key, text in pairs}


def key_values(flag: str, help: str, key: str = "") -> Opt:
    """Return a repeatable KEY=VALUE option, whose values are read by `read_value`."""
    key = key or flag.lstrip("-").replace("-", "_")
    return properties(
        f"{help.rstrip('.')}: text, integer or JSON.", flag, key=key, convert=read_values, metavar="KEY=VALUE"
    )


EXTRA = key_values("--extra", "Metadata.")


def removed(flag: str, help: str, key: str = "") -> Opt:
    """Return a flag of `unset`, which removes a field."""
    return Opt(flag, help, key=key or flag.lstrip("-").replace("-", "_"), value=NULL)


def removals(*names: str) -> list[Opt]:
    """Return the flags of `unset` that remove these fields."""
    return [removed(f"--{name.replace(' ', '-')}", f"Remove the {name}.") for name in names]


def keys_option(flag: str, what: str, key: str = "") -> Opt:
    """Return the option of `unset` that names keys to remove from a field."""
    help = f"Key of {what} to remove."
    return Opt(flag, help, key=key or flag.lstrip("-").replace("-", "_"), multiple=True, metavar="KEY")


UNSET_EXTRA = keys_option("--extra", "the metadata")
UNSET_PROPERTY = keys_option("--property", "the property", "properties")


def read_document(text: str) -> Any:
    """Return what a JSON text, a YAML or JSON file, or standard input (-) says.

    Raises:
        OstkError: It is none of these.
    """
    if text == "-":
        return parse_yaml(sys.stdin.read(), "Standard input")
    if os.path.isfile(os.path.expanduser(text)):
        return parse_yaml(read_text(text), f"The file {text}")
    try:
        return json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise OstkError(f"{text!r} is neither a file nor JSON: {error}.", "Standard input is read with: -") from None


def parse_yaml(text: str, what: str) -> Any:
    """Return the data in a text of YAML or JSON. Raises OstkError."""
    import yaml

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise OstkError(f"{what} is not YAML or JSON: {' '.join(str(error).split())}.") from None


def document(flag: str, help: str, **attrs: Any) -> Opt:
    """Return an option for JSON: as a text, in a YAML or JSON file, or on standard input."""
    return Opt(
        flag,
        f"{help}: JSON, a YAML or JSON file, or - for standard input.",
        type=read_document,
        metavar="JSON|FILE|-",
        **attrs,
    )


def change(cloud: Cloud, resource: Resource, name: str, body: Json, query: Json | None = None) -> None:
    """Send the changes of a resource as a JSON patch. The arguments are those of `patch` and `send_patch`."""
    send_patch(cloud, resource, name, list(patch(body)), query)


def send_patch(cloud: Cloud, resource: Resource, name: str, operations: list[Json], query: Json | None = None) -> None:
    """Send a JSON patch; tell if it has no operations, which is no error: scripts add options by need."""
    if operations:
        cloud.send(resource, "PATCH", name, json=operations, params=query or {})
    else:
        write_message("Nothing to change: name what to change by options.")


def patch(body: Json) -> Iterator[Json]:
    """Yield the operations of a JSON patch.

    Args:
        body: Values by field; None removes a field. In fields of OBJECTS, values by key are set, and a list names
            keys to be removed.
    """
    for field, value in body.items():
        if field in OBJECTS and isinstance(value, dict):
            yield from ({"op": "add", "path": f"/{field}/{key}", "value": one} for key, one in value.items())
        elif field in OBJECTS and value is not None:
            yield from ({"op": "remove", "path": f"/{field}/{key}"} for key in value)
        elif value is None:
            yield {"op": "remove", "path": f"/{field}"}
        else:
            yield {"op": "add", "path": f"/{field}", "value": value}


def delete(cloud: Cloud, resource: Resource, name: str, id: str = "") -> None:
    """Delete a resource by its ID, or by its name without one; say so on standard error."""
    cloud.delete(resource, id or name)
    tell(cloud, f"Deleted {resource.noun} {name}")
