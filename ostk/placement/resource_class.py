"""Resource classes: types of countable resources, standard (VCPU, MEMORY_MB) or custom (CUSTOM_*)."""

from ..api.placement import RESOURCE_CLASS
from ..language import Arg, Cloud, Noun

SERVICE, VERSION = RESOURCE_CLASS.service, RESOURCE_CLASS.microversion
NEW_NAME = Arg("name", "Name of the resource class; starts with CUSTOM_.", not_sent=True)

class_ = Noun(
    RESOURCE_CLASS,
    "Manage placement resource classes (VCPU, MEMORY_MB, CUSTOM_*).",
    columns=["name="],
    fields=["name"],
    admin="list show",
)
class_.list()


@class_.action("create", NEW_NAME, since="1.2")
def create(cloud: Cloud, name: str) -> None:
    """Create a custom resource class (admin only)."""
    cloud.request(SERVICE, "POST", RESOURCE_CLASS.path, json={"name": name}, microversion=VERSION)


@class_.action("delete", Arg("name", "Resource class.", names=RESOURCE_CLASS), since="1.2")
def delete(cloud: Cloud, name: str) -> None:
    """Delete a custom resource class (admin only)."""
    cloud.delete(RESOURCE_CLASS, name)


@class_.action("set", NEW_NAME, since="1.7")
def create_if_absent(cloud: Cloud, name: str) -> None:
    """Create a custom resource class if absent (admin only)."""
    cloud.request(SERVICE, "PUT", RESOURCE_CLASS.at(name), microversion=VERSION, repeatable=True)


class_.show()
