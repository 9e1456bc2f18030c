"""Metadata definition objects: groups of properties in a namespace."""

from collections.abc import Sequence

from ..api.image import METADEF_OBJECT
from ..errors import OstkError, ResourceNotFound
from ..language import Arg, Cloud, Json, Noun, Opt, Value
from .metadef import NAMESPACE, delete_definitions, replace_definition, select_fields

OBJECT = Arg("object", "Name of the metadata definition object.", not_sent=True)
WRITABLE_FIELDS = ("name", "description", "properties", "required")

object = Noun(
    METADEF_OBJECT,
    "Manage metadata definition objects.",
    columns=["name= description="],
    fields=["created_at description name namespace_name properties required updated_at"],
)


def validate_namespace(namespace: str | None) -> None:
    """Reject an object without a namespace."""
    if not namespace:
        raise OstkError("A metadata definition object needs a namespace: give --namespace.")


@object.shower(
    "create",
    Arg("name", "Name of the metadata definition object."),
    Value("--namespace", "Metadata definition namespace of the object."),
    validate=validate_namespace,
)
def create(cloud: Cloud, body: Json, namespace: str | None) -> Json:
    """Create a metadata definition object (admin only)."""
    created = cloud.create(METADEF_OBJECT.under(namespace or ""), body)
    return {**created, "namespace_name": namespace}


@object.lister("list", NAMESPACE)
def list_objects(cloud: Cloud, namespace: str) -> list[Json]:
    """List the metadata definition objects in a namespace."""
    return list(cloud.pages(METADEF_OBJECT.under(namespace)))


@object.shower("show", NAMESPACE, OBJECT)
def show(cloud: Cloud, namespace: str, object: str) -> Json:
    """Show a metadata definition object."""
    return {**cloud.fetch(METADEF_OBJECT.under(namespace), object), "namespace_name": namespace}


@object.shower("property show", NAMESPACE, OBJECT, Arg("property", "Name of the property.", not_sent=True), fields=[])
def show_property(cloud: Cloud, namespace: str, object: str, property: str) -> Json:
    """Show a property of a metadata definition object."""
    found = cloud.fetch(METADEF_OBJECT.under(namespace), object).get("properties") or {}
    if property not in found:
        raise ResourceNotFound(f"The object {object} has no property {property!r}.")
    return {**found[property], "name": property}


@object.action("update", NAMESPACE, OBJECT, Opt("--name", "New name of the metadata definition object."))
def update(cloud: Cloud, body: Json, namespace: str, object: str) -> None:
    """Rename a metadata definition object (admin only)."""
    resource = METADEF_OBJECT.under(namespace)
    item = cloud.fetch(resource, object)
    if body:
        replace_definition(cloud, resource, object, {**select_fields(item, WRITABLE_FIELDS), **body})


@object.action(
    "delete",
    NAMESPACE,
    Arg("object", "Names of the metadata definition objects.", nargs=-1, metavar="[OBJECT...]", not_sent=True),
)
def delete(cloud: Cloud, namespace: str, object: Sequence[str]) -> None:
    """Delete metadata definition objects; without names, all objects in the namespace (admin only)."""
    delete_definitions(cloud, METADEF_OBJECT.under(namespace), object)
