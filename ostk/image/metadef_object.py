"""Metadata definition objects: groups of properties in a namespace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..api.image import METADEF_OBJECT
from ..errors import OstkError, ResourceNotFound
from ..language import Arg, Json, Noun, Opt
from ..session.cloud import Cloud
from .metadef import NAMESPACE, delete_these, kept, put

OBJECT = Arg("object", not_sent=True)
WRITABLE = ("name", "description", "properties", "required")

object = Noun(
    METADEF_OBJECT,
    "Manage objects of metadata definitions.",
    columns=["name= description="],
    fields=["created_at description name namespace_name properties required updated_at"],
)


def refuse_nowhere(namespace: Any) -> None:
    """Refuse to create an object in no namespace."""
    if not namespace:
        raise OstkError("An object is in a namespace: name it with --namespace.")


@object.shower(
    "create", Arg("name"), Opt("--namespace", "Namespace to create it in.", not_sent=True), validate=refuse_nowhere
)
def create(cloud: Cloud, body: Json, namespace: str) -> Json:
    """Create an object of metadata definitions."""
    return {**cloud.create(METADEF_OBJECT.under(namespace), body), "namespace_name": namespace}


@object.lister("list", NAMESPACE)
def list_objects(cloud: Cloud, namespace: str) -> list[Json]:
    """List the objects of metadata definitions in a namespace."""
    return list(cloud.pages(METADEF_OBJECT.under(namespace)))


@object.shower("show", NAMESPACE, OBJECT)
def show(cloud: Cloud, namespace: str, object: str) -> Json:
    """Show an object of metadata definitions."""
    return {**cloud.fetch(METADEF_OBJECT.under(namespace), object), "namespace_name": namespace}


@object.shower("property show", NAMESPACE, OBJECT, Arg("property", not_sent=True), fields=[])
def show_property(cloud: Cloud, namespace: str, object: str, property: str) -> Json:
    """Show a property in an object of metadata definitions."""
    found = cloud.fetch(METADEF_OBJECT.under(namespace), object).get("properties") or {}
    if property not in found:
        raise ResourceNotFound(f"The object {object} has no property {property!r}.")
    return {**found[property], "name": property}


@object.action("update", NAMESPACE, OBJECT, Opt("--name", "Its new name."))
def update(cloud: Cloud, body: Json, namespace: str, object: str) -> None:
    """Rename an object of metadata definitions."""
    resource = METADEF_OBJECT.under(namespace)
    item = cloud.fetch(resource, object)
    if body:
        put(cloud, resource, object, {**kept(item, WRITABLE), **body})


@object.action("delete", NAMESPACE, Arg("object", nargs=-1, metavar="[OBJECT...]", not_sent=True))
def delete(cloud: Cloud, namespace: str, object: Sequence[str]) -> None:
    """Delete objects of metadata definitions; all in the namespace if none is named."""
    delete_these(cloud, METADEF_OBJECT.under(namespace), object)
