"""Metadata definition namespaces: containers of properties, objects and tags that resource types may have."""

from collections.abc import Iterator, Sequence

from ..api.image import METADEF_NAMESPACE
from ..language import DESCRIPTION, Arg, Cloud, Flag, Json, Noun, Opt, Value, each, exclusive
from .metadef import NAMESPACE, select_fields, update_namespace
from .options import protected_option

FIELDS = (
    "created_at description display_name namespace owner protected resource_type_associations tags "
    "updated_at visibility"
).split()
SETTINGS = [
    Opt("--display-name", "Display name of the namespace."),
    DESCRIPTION,
    *exclusive(
        Opt("--public", "Make the namespace visible to all projects.", key="visibility", value="public"),
        Opt("--private", "Make the namespace visible to the owner only.", key="visibility", value="private"),
    ),
    protected_option("namespace"),
]
namespace = Noun(METADEF_NAMESPACE, "Manage metadata definition namespaces.", columns=["namespace="])


def format_namespace(item: Json) -> Json:
    """Return the fields of a namespace that have a value, with the names of its resource types."""
    fields = {"tags": [], **select_fields(item, FIELDS)}
    if "resource_type_associations" in fields:
        fields["resource_type_associations"] = [one["name"] for one in fields["resource_type_associations"]]
    return fields


@namespace.lister(
    "list",
    Opt("--resource-types", "Filter by resource types: TYPE,TYPE…."),
    Opt("--visibility", "Filter by visibility: public or private."),
)
def list_namespaces(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List metadata definition namespaces."""
    return cloud.pages(METADEF_NAMESPACE, {**body, "limit": 1000})


@namespace.shower("create", Arg("namespace", "Name of the namespace."), SETTINGS, fields=[])
def create(cloud: Cloud, body: Json) -> Json:
    """Create a metadata definition namespace (admin only)."""
    return format_namespace(cloud.create(METADEF_NAMESPACE, body))


namespace.show(help="Show a metadata definition namespace.", prepare=format_namespace)


@namespace.action("set", NAMESPACE, SETTINGS, Value("--tag...", "Add a tag."))
def set_namespace(cloud: Cloud, body: Json, namespace: str, tag: Sequence[str]) -> None:
    """Change a metadata definition namespace (admin only)."""
    item = cloud.get(METADEF_NAMESPACE, namespace)
    if body:
        update_namespace(cloud, item, body)
    change_tags(cloud, "POST", namespace, tag, "add")


@namespace.action(
    "unset",
    NAMESPACE,
    exclusive(Value("--tag...", "Remove a tag."), Flag("--all-tags", "Remove all tags."), required=True),
)
def unset(cloud: Cloud, namespace: str, tag: Sequence[str], all_tags: bool) -> None:
    """Remove tags from a metadata definition namespace (admin only)."""
    if all_tags:
        cloud.send(METADEF_NAMESPACE, "DELETE", namespace, "tags")
    change_tags(cloud, "DELETE", namespace, tag, "remove")


def change_tags(cloud: Cloud, method: str, namespace: str, tags: Sequence[str], verb: str) -> None:
    """Add tags (method POST) or remove tags (DELETE), a request for each; `verb` is for the error message."""

    def change_tag(tag: str) -> None:
        cloud.send(METADEF_NAMESPACE, method, namespace, "tags", tag)

    each(cloud, change_tag, tags, verb, "tag")


namespace.delete(help="Delete metadata definition namespaces and all definitions in the namespaces (admin only).")
