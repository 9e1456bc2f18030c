"""Metadata definition properties: JSON schemas of properties that resources may have."""

from collections.abc import Sequence

from ..api.image import METADEF_PROPERTY
from ..errors import OstkError
from ..language import MERGE_INTO_BODY, Arg, Cloud, Json, Noun, Opt
from .metadef import NAMESPACE, delete_definitions, replace_definition, select_fields

FIELDS = "name type title description operators default minimum maximum enum pattern items".split()
PROPERTY = Arg("property", "Name of the metadata definition property.", not_sent=True)

property = Noun(METADEF_PROPERTY, "Manage metadata definition properties.", columns=["name= title= type="])


def parse_schema(text: str) -> Json:
    """Return the JSON object in a text.

    Raises:
        OstkError: The text is not valid JSON, or not an object.
    """
    import json

    try:
        found = json.loads(text)
    except ValueError as error:
        raise OstkError(f"The schema (--schema) is not valid JSON: {error}.") from None
    if not isinstance(found, dict):
        raise OstkError("The schema (--schema) is not a JSON object.")
    return found


def settings(required: bool) -> list[Opt]:
    """Return the options of create and set. Keys of --schema override the other options, which stand before it."""
    return [
        Opt("--name", "Name of the property." if required else "New name of the property.", required=required),
        Opt("--title", "Display name of the property.", required=required),
        Opt("--type", "Type of the property, e.g. string, integer or boolean.", required=required),
        Opt(
            "--schema",
            "JSON schema of the property, as JSON text.",
            key=MERGE_INTO_BODY,
            type=parse_schema,
            metavar="JSON",
            required=required,
        ),
    ]


@property.shower("create", settings(required=True), NAMESPACE, fields=[])
def create(cloud: Cloud, body: Json, namespace: str) -> Json:
    """Create a metadata definition property (admin only)."""
    return select_fields(cloud.create(METADEF_PROPERTY.under(namespace), body), FIELDS)


@property.lister("list", NAMESPACE)
def list_properties(cloud: Cloud, namespace: str) -> list[Json]:
    """List the metadata definition properties in a namespace."""
    found = cloud.call(METADEF_PROPERTY.service, "GET", METADEF_PROPERTY.under(namespace).path)
    return [{"name": name, **item} for name, item in found["properties"].items()]


@property.shower("show", NAMESPACE, PROPERTY, fields=[])
def show(cloud: Cloud, namespace: str, property: str) -> Json:
    """Show a metadata definition property."""
    return select_fields(cloud.fetch(METADEF_PROPERTY.under(namespace), property), FIELDS)


@property.action("set", settings(required=False), NAMESPACE, PROPERTY)
def set_property(cloud: Cloud, body: Json, namespace: str, property: str) -> None:
    """Change a metadata definition property (admin only)."""
    resource = METADEF_PROPERTY.under(namespace)
    replace_definition(cloud, resource, property, {**cloud.fetch(resource, property), **body})


@property.action(
    "delete",
    NAMESPACE,
    Arg("property", "Names of the metadata definition properties.", nargs=-1, metavar="[PROPERTY...]", not_sent=True),
)
def delete(cloud: Cloud, namespace: str, property: Sequence[str]) -> None:
    """Delete metadata definition properties; without names, all properties in the namespace (admin only)."""
    delete_definitions(cloud, METADEF_PROPERTY.under(namespace), property)
