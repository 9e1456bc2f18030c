"""Sharing images: the projects that an image is shared with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ..api.identity import PROJECT
from ..api.image import IMAGE
from ..errors import HTTPNotFound
from ..language import Json, Noun, Opt, Resource, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud

image = Noun(IMAGE, "Manage images: what servers start from.")
BOTH = [target(IMAGE), target(PROJECT, domain=PROJECT_DOMAIN), PROJECT_DOMAIN]
FIELDS = ["created_at image_id member_id schema status updated_at"]


@image.shower("add project", BOTH, fields=FIELDS)
def add(cloud: Cloud, image: str, project: str) -> Any:
    """Share an image with a project."""
    return cloud.call(IMAGE.service, "POST", IMAGE.at(image, "members"), json={"member": project})


@image.action("remove project", BOTH)
def remove(cloud: Cloud, image: str, project: str) -> None:
    """Share an image with a project no longer."""
    with suppress(HTTPNotFound):  # it was not shared with it
        cloud.call(IMAGE.service, "DELETE", IMAGE.at(image, "members", project))


@image.shower("member get", BOTH, fields=FIELDS)
def get(cloud: Cloud, image: str, project: str) -> Any:
    """Show how an image is shared with a project."""
    return cloud.call(IMAGE.service, "GET", IMAGE.at(image, "members", project))


@image.lister(
    "member list",
    target(IMAGE),
    Opt("--project-domain", "Has no effect.", not_sent=True),
    columns=["image_id member_id status"],
)
def list_members(cloud: Cloud, image: str) -> Iterator[Json]:
    """List the projects that an image is shared with."""
    return cloud.pages(Resource(IMAGE.service, "image member", IMAGE.at(image, "members"), key="member"))
