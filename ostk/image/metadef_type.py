"""Resource types of metadata definitions, and their associations with namespaces."""

from collections.abc import Iterator, Sequence

from ..api.image import METADEF_ASSOCIATION, METADEF_NAMESPACE, METADEF_RESOURCE_TYPE
from ..language import Arg, Cloud, Flag, Json, Noun, Opt, each
from .metadef import NAMESPACE, update_namespace

type = Noun(METADEF_RESOURCE_TYPE, "List the resource types to which metadata definitions apply.", columns=["name"])
type.list(help="List the resource types to which metadata definitions apply.")
association = Noun(
    METADEF_ASSOCIATION,
    "Manage associations of metadata definition namespaces with resource types.",
    columns=["name"],
    fields=["created_at name=id name prefix properties_target updated_at"],
)
METADEF_NAMESPACE_ARGUMENT = Arg("metadef_namespace", "Metadata definition namespace.", names=METADEF_NAMESPACE)


@association.shower(
    "create",
    NAMESPACE,
    Arg("name", "Resource type, e.g. OS::Nova::Server."),
    Opt("--properties-target", "Which metadata of the resource the properties apply to, e.g. image for a volume."),
)
def create(cloud: Cloud, body: Json, namespace: str) -> Json:
    """Associate a metadata definition namespace with a resource type (admin only)."""
    return cloud.create(METADEF_ASSOCIATION.under(namespace), body)


@association.lister("list", METADEF_NAMESPACE_ARGUMENT)
def list_associations(cloud: Cloud, metadef_namespace: str) -> Iterator[Json]:
    """List the resource types associated with a metadata definition namespace."""
    return cloud.pages(METADEF_ASSOCIATION.under(metadef_namespace))


@association.action(
    "delete",
    METADEF_NAMESPACE_ARGUMENT,
    Arg("name", "Resource types.", nargs=-1, required=True, metavar="NAME...", not_sent=True),
    Flag("--force", "Delete associations of a protected namespace too: unprotect the namespace during deletion."),
)
def delete(cloud: Cloud, metadef_namespace: str, name: Sequence[str], force: bool) -> None:
    """Delete associations of a metadata definition namespace with resource types (admin only)."""
    resource = METADEF_ASSOCIATION.under(metadef_namespace)
    namespace = cloud.get(METADEF_NAMESPACE, metadef_namespace) if force else {}
    if namespace.get("protected"):
        update_namespace(cloud, namespace, {"protected": False})
    try:
        each(cloud, lambda resource_type: cloud.delete(resource, resource_type), name, "delete", "association")
    finally:
        if namespace.get("protected"):
            update_namespace(cloud, namespace, {"protected": True})
