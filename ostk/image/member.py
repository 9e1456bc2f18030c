"""Image sharing: the members of an image, which are projects that may use a shared image."""

from contextlib import suppress
from typing import Any

from ..api.identity import PROJECT
from ..api.image import IMAGE
from ..errors import HTTPNotFound
from ..language import Cloud, Items, Noun, Resource, Value, target
from ..owner import PROJECT_DOMAIN

image = Noun(IMAGE, "Manage images.")
MEMBER = [target(IMAGE), target(PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]
FIELDS = ["created_at image_id member_id schema status updated_at"]


@image.shower("add project", MEMBER, fields=FIELDS)
def add(cloud: Cloud, image: str, project: str) -> Any:
    """Share an image with a project: add the project as a member of the image."""
    return cloud.send(IMAGE, "POST", image, "members", json={"member": project})


@image.action("remove project", MEMBER)
def remove(cloud: Cloud, image: str, project: str) -> None:
    """Stop sharing an image with a project: remove the project from the members of the image."""
    with suppress(HTTPNotFound):  # Glance answers 404 if the project is not a member
        cloud.send(IMAGE, "DELETE", image, "members", project)


@image.shower("member get", MEMBER, fields=FIELDS)
def get(cloud: Cloud, image: str, project: str) -> Any:
    """Show a member of an image."""
    return cloud.send(IMAGE, "GET", image, "members", project)


@image.lister(
    "member list",
    target(IMAGE),
    Value("--project-domain", "Ignored (accepted for compatibility)."),
    columns=["image_id member_id status"],
)
def list_members(cloud: Cloud, image: str) -> Items:
    """List the members of an image: the projects that the image is shared with."""
    return cloud.pages(Resource(IMAGE.service, "image member", IMAGE.at(image, "members"), key="member"))
