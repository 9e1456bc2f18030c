"""Versions of datastores, each with the image of its instances."""

from typing import Any, cast

from ..api.database import ADMIN_VERSION, DATASTORE, DATASTORE_VERSION
from ..api.image import IMAGE
from ..errors import OstkError
from ..language import Arg, Cloud, Comma, Flag, Json, Noun, Opt, exclusive, target
from .options import validate_version, version_path

version = Noun(ADMIN_VERSION, "Manage versions of datastores.", columns=["id name version"])
TAGS = Opt(
    "--image-tags", "Tags of the image, separated by commas; the newest image that has all tags is used.", type=Comma()
)
REGISTRY = Opt("--registry-ext", "Python class that replaces the default datastore manager.")
REPLICATION = Opt("--repl-strategy", "Python class that replaces the default replication strategy.")


@version.lister("list", Arg("datastore", "Datastore.", names=DATASTORE))
def list_versions(cloud: Cloud, datastore: str) -> Any:
    """List the versions of a datastore."""
    return cloud.pages(DATASTORE_VERSION.under(datastore))


@version.shower(
    "show",
    Arg("datastore_version", "Datastore version: the ID, or the name with --datastore."),
    Opt("--datastore", "Datastore; required with the name of a version.", names=DATASTORE),
    validate=validate_version,
)
def show(cloud: Cloud, datastore_version: str, datastore: str | None) -> Json:
    """Show a version of a datastore."""
    found = cloud.call(ADMIN_VERSION.service, "GET", version_path(datastore_version, datastore))
    return cast(Json, found["version"])


def validate_image(image_id: str, image_tags: list[str] | None) -> None:
    """Reject a version without an image."""
    if not (image_id or image_tags):
        raise OstkError('A datastore version needs an image: the ID, or "" and --image-tags.')


@version.action(
    "create",
    Arg("version_name", "Name of the version.", key="name"),
    Arg("datastore_name", "Name of the datastore; a datastore that does not exist is created."),
    Arg("datastore_manager", "Datastore manager, e.g. mysql."),
    Arg("image_id", 'Image of the instances; "" with --image-tags.', names=IMAGE),
    REGISTRY,
    REPLICATION,
    Flag("--active", "Make the version available to users."),
    TAGS,
    Flag("--default", "Make the version the default of the datastore."),
    Opt("--version-number", "Version number of the database (default: the name of the version).", key="version"),
    validate=validate_image,
)
def create(cloud: Cloud, body: Json, image_id: str, active: bool, default: bool) -> None:
    """Create a version of a datastore (admin only)."""
    image = {"image": cloud.find(IMAGE, image_id)} if image_id else {}
    given = {"image_tags": [], "packages": [], **body, **image, "active": active, "default": default}
    cloud.send(ADMIN_VERSION, "POST", json={"version": given})


@version.action(
    "set",
    target(ADMIN_VERSION),
    Opt("--datastore-manager", "New datastore manager, e.g. mysql."),
    Opt("--image", "New image of the instances.", ref=IMAGE, key="image"),
    TAGS,
    REGISTRY,
    REPLICATION,
    Opt("--version-name", "New name.", key="name"),
    exclusive(
        Opt("--enable", "Make the version available to users.", key="active", value=True),
        Opt("--disable", "Make the version unavailable to users.", key="active", value=False),
    ),
    exclusive(
        Opt("--default", "Make the version the default of the datastore.", key="default", value=True),
        Opt("--non-default", "Remove the version as the default of the datastore.", key="default", value=False),
    ),
)
def set_version(cloud: Cloud, datastore_version: str, body: Json) -> None:
    """Update a version of a datastore (admin only)."""
    if body:
        cloud.send(ADMIN_VERSION, "PATCH", datastore_version, json=body)


version.delete(help="Delete versions of datastores (admin only).")
