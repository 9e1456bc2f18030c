"""Metadata definition resource types: the resources that a namespace is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..api.image import METADEF_ASSOCIATION, METADEF_NAMESPACE, METADEF_RESOURCE_TYPE
from ..language import Arg, Flag, Json, Noun, Opt, each
from ..session.cloud import Cloud
from .metadef import NAMESPACE, change

type = Noun(METADEF_RESOURCE_TYPE, "See the resources that have metadata definitions.", columns=["name"])
type.list(help="List resource types that have metadata definitions.")
association = Noun(
    METADEF_ASSOCIATION,
    "Manage which resource types a namespace is for.",
    columns=["name"],
    fields=["created_at name=id name prefix properties_target updated_at"],
)


@association.shower(
    "create", NAMESPACE, Arg("name"), Opt("--properties-target", "Which properties of the resource are meant.")
)
def create(cloud: Cloud, body: Json, namespace: str) -> Json:
    """Make a namespace be for a resource type."""
    return cloud.create(METADEF_ASSOCIATION.under(namespace), body)


@association.lister("list", Arg("metadef_namespace", not_sent=True))
def list_associations(cloud: Cloud, metadef_namespace: str) -> Iterator[Json]:
    """List the resource types that a namespace is for."""
    return cloud.pages(METADEF_ASSOCIATION.under(metadef_namespace))


@association.action(
    "delete",
    Arg("metadef_namespace", not_sent=True),
    Arg("name", nargs=-1, required=True, metavar="NAME...", not_sent=True),
    Flag("--force", "Even if the namespace is protected."),
)
def delete(cloud: Cloud, metadef_namespace: str, name: Sequence[str], force: bool) -> None:
    """Make a namespace be no longer for resource types."""
    resource = METADEF_ASSOCIATION.under(metadef_namespace)
    item = cloud.get(METADEF_NAMESPACE, metadef_namespace) if force else {}
    if item.get("protected"):
        change(cloud, item, {"protected": False})
    try:
        each(cloud, lambda one: cloud.delete(resource, one), name, "delete", "association")
    finally:
        if item.get("protected"):
            change(cloud, item, {"protected": True})
