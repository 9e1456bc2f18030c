"""Metadata definition namespaces: each a catalog of properties that resources may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..api.image import METADEF_NAMESPACE
from ..language import DESCRIPTION, Arg, Flag, Json, Noun, Opt, each, exclusive
from ..session.cloud import Cloud
from .metadef import NAMESPACE, change, kept
from .options import PROTECTED

FIELDS = (
    "created_at description display_name namespace owner protected resource_type_associations tags "
    "updated_at visibility"
).split()
SETTINGS = [
    Opt("--display-name", "Name for people."),
    DESCRIPTION,
    *exclusive(
        Opt("--public", "Everybody may see it.", key="visibility", value="public"),
        Opt("--private", "Only its owner may see it.", key="visibility", value="private"),
    ),
    PROTECTED,
]
namespace = Noun(METADEF_NAMESPACE, "Manage namespaces of metadata definitions.", columns=["namespace="])


def described(item: Json) -> Json:
    """A namespace as it is shown: the fields that have a value."""
    shown = {"tags": [], **kept(item, FIELDS)}
    if "resource_type_associations" in shown:
        shown["resource_type_associations"] = [one["name"] for one in shown["resource_type_associations"]]
    return shown


@namespace.lister(
    "list",
    Opt("--resource-types", "Only those for these resource types."),
    Opt("--visibility", "Only public or private ones."),
)
def list_namespaces(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List namespaces of metadata definitions."""
    return cloud.pages(METADEF_NAMESPACE, {**body, "limit": 1000})


@namespace.shower("create", Arg("namespace"), SETTINGS, fields=[])
def create(cloud: Cloud, body: Json) -> Json:
    """Create a namespace of metadata definitions."""
    return described(cloud.create(METADEF_NAMESPACE, body))


namespace.show(help="Show a namespace of metadata definitions.", prepare=described)


@namespace.action(
    "set", NAMESPACE, SETTINGS, Opt("--tag", "Tag to add; may be repeated.", multiple=True, not_sent=True)
)
def set_namespace(cloud: Cloud, body: Json, namespace: str, tag: Sequence[str]) -> None:
    """Change a namespace of metadata definitions."""
    item = cloud.get(METADEF_NAMESPACE, namespace)
    if body:
        change(cloud, item, body)
    write_tags(cloud, "POST", namespace, tag, "add")


@namespace.action(
    "unset",
    NAMESPACE,
    exclusive(
        Opt("--tag", "Tag to remove; may be repeated.", multiple=True, not_sent=True),
        Flag("--all-tags", "Remove all its tags."),
        required=True,
    ),
)
def unset(cloud: Cloud, namespace: str, tag: Sequence[str], all_tags: bool) -> None:
    """Remove tags from a namespace of metadata definitions."""
    if all_tags:
        cloud.call(METADEF_NAMESPACE.service, "DELETE", METADEF_NAMESPACE.at(namespace, "tags"))
    write_tags(cloud, "DELETE", namespace, tag, "remove")


def write_tags(cloud: Cloud, method: str, namespace: str, tags: Sequence[str], verb: str) -> None:
    """Add or remove tags, each in a request of its own."""

    def write(tag: str) -> None:
        cloud.call(METADEF_NAMESPACE.service, method, METADEF_NAMESPACE.at(namespace, "tags", tag))

    each(cloud, write, tags, verb, "tag")


namespace.delete(help="Delete namespaces of metadata definitions.")
