"""Sharing images: the projects that an image is shared with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ..errors import NotFound
from ..kinds import IMAGE, PROJECT
from ..language import Column, Json, Kind, Noun, Opt, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud, quote

FIELDS: list[Column | str] = ["created_at", "image_id", "member_id", "schema", "status", "updated_at"]

image = Noun(IMAGE, "Manage images: what servers start from.")
MEMBER = target(PROJECT, domain=PROJECT_DOMAIN)


def members(image: str, project: str = "") -> str:
    """Where the projects are that an image is shared with, or one of them."""
    return f"{IMAGE.path}/{quote(image)}/members{'/' + quote(project) if project else ''}"


@image.shower("add project", target(IMAGE), MEMBER, PROJECT_DOMAIN, fields=FIELDS)
def add(cloud: Cloud, image: str, project: str) -> Json:
    """Share an image with a project."""
    made: Json = cloud.call(IMAGE.service, "POST", members(image), json={"member": project})
    return made


@image.action("remove project", target(IMAGE), MEMBER, PROJECT_DOMAIN)
def remove(cloud: Cloud, image: str, project: str) -> None:
    """Share an image with a project no longer."""
    with suppress(NotFound):  # it was not shared with it
        cloud.call(IMAGE.service, "DELETE", members(image, project))


@image.shower("member get", target(IMAGE), MEMBER, PROJECT_DOMAIN, fields=FIELDS)
def get(cloud: Cloud, image: str, project: str) -> Json:
    """Show how an image is shared with a project."""
    found: Json = cloud.call(IMAGE.service, "GET", members(image, project))
    return found


@image.lister(
    "member list",
    target(IMAGE),
    Opt("--project-domain", "Has no effect.", local=True),
    columns=[Column("image_id", "Image ID"), Column("member_id", "Member ID"), "status"],
)
def list_members(cloud: Cloud, image: str) -> Iterator[Json]:
    """List the projects that an image is shared with."""
    return cloud.pages(Kind(IMAGE.service, "image member", members(image), key="member"))
