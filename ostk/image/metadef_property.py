"""Metadata definition properties: what a property of a resource may be."""

from __future__ import annotations

from collections.abc import Sequence

from ..api.image import METADEF_PROPERTY
from ..errors import OstkError
from ..language import MERGE_INTO_BODY, Arg, Json, Noun, Opt
from ..session.cloud import Cloud
from .metadef import NAMESPACE, delete_these, kept, put

FIELDS = "name type title description operators default minimum maximum enum pattern items".split()
PROPERTY = Arg("property", not_sent=True)

property = Noun(METADEF_PROPERTY, "Manage properties of metadata definitions.", columns=["name= title= type="])


def schema(text: str) -> Json:
    """A JSON object."""
    import json

    try:
        found = json.loads(text)
    except ValueError as error:
        raise OstkError(f"The schema is no valid JSON: {error}.") from None
    if not isinstance(found, dict):
        raise OstkError("The schema is no JSON object.")
    return found


def settings(required: bool) -> list[Opt]:
    """The options of a property; those of the schema win over the others."""
    return [
        Opt("--name", "Its name.", required=required),
        Opt("--title", "Its name for people.", required=required),
        Opt("--type", "Type of its value.", required=required),
        Opt(
            "--schema", "JSON schema of its value.", key=MERGE_INTO_BODY, type=schema, metavar="JSON", required=required
        ),
    ]


@property.shower("create", settings(required=True), NAMESPACE, fields=[])
def create(cloud: Cloud, body: Json, namespace: str) -> Json:
    """Create a property of metadata definitions."""
    return kept(cloud.create(METADEF_PROPERTY.under(namespace), body), FIELDS)


@property.lister("list", NAMESPACE)
def list_properties(cloud: Cloud, namespace: str) -> list[Json]:
    """List the properties of metadata definitions in a namespace."""
    found = cloud.call(METADEF_PROPERTY.service, "GET", METADEF_PROPERTY.under(namespace).path)
    return [{"name": name, **item} for name, item in found["properties"].items()]


@property.shower("show", NAMESPACE, PROPERTY, fields=[])
def show(cloud: Cloud, namespace: str, property: str) -> Json:
    """Show a property of metadata definitions."""
    return kept(cloud.fetch(METADEF_PROPERTY.under(namespace), property), FIELDS)


@property.action("set", settings(required=False), NAMESPACE, PROPERTY)
def set_property(cloud: Cloud, body: Json, namespace: str, property: str) -> None:
    """Change a property of metadata definitions."""
    resource = METADEF_PROPERTY.under(namespace)
    put(cloud, resource, property, {**cloud.fetch(resource, property), **body})


@property.action("delete", NAMESPACE, Arg("property", nargs=-1, metavar="[PROPERTY...]", not_sent=True))
def delete(cloud: Cloud, namespace: str, property: Sequence[str]) -> None:
    """Delete properties of metadata definitions; all in the namespace if none is named."""
    delete_these(cloud, METADEF_PROPERTY.under(namespace), property)
