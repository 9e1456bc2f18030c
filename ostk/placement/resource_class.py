"""Resource classes: what there can be much or little of."""

from __future__ import annotations

from ..api.placement import RESOURCE_CLASS
from ..language import Arg, Noun
from ..session.cloud import Cloud

SERVICE, VERSION = RESOURCE_CLASS.service, RESOURCE_CLASS.microversion
ONE = Arg("name", names=RESOURCE_CLASS, not_sent=True)

class_ = Noun(
    RESOURCE_CLASS, "Manage resource classes: what there can be much or little of.", columns=["name="], fields=["name"]
)
class_.list()


@class_.action("create", Arg("name", not_sent=True), since="1.2")
def create(cloud: Cloud, name: str) -> None:
    """Create a resource class; its name begins with CUSTOM_."""
    cloud.request(SERVICE, "POST", RESOURCE_CLASS.path, json={"name": name}, microversion=VERSION)


@class_.action("delete", ONE, since="1.2")
def delete(cloud: Cloud, name: str) -> None:
    """Delete a resource class."""
    cloud.delete(RESOURCE_CLASS, name)


@class_.action("set", Arg("name", not_sent=True), since="1.7")
def set_class(cloud: Cloud, name: str) -> None:
    """Create a resource class unless it is there."""
    cloud.request(SERVICE, "PUT", RESOURCE_CLASS.at(name), microversion=VERSION, repeatable=True)


class_.show()
