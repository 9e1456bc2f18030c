"""The image cache of Glance: images that are cached, or queued for caching, on the API node."""

from collections.abc import Sequence
from contextlib import suppress

from ..api.image import CACHED_IMAGE, IMAGE
from ..errors import HTTPNotFound
from ..language import Cloud, Column, Flag, Json, Noun, each
from .options import IMAGES

TIMES = ("last_accessed", "last_modified")
image = Noun(
    CACHED_IMAGE,
    "Manage the image cache.",
    columns=[
        "image_id=ID state",
        *(Column(key, f"{key.replace('_', ' ').title()} (UTC)") for key in TIMES),
        "size hits",
    ],
)


@image.lister("list")
def list_cached(cloud: Cloud) -> list[Json]:
    """List images that are cached or queued for caching (admin only)."""
    from datetime import UTC, datetime

    found: Json = cloud.send(CACHED_IMAGE, "GET")
    rows: list[Json] = [{"state": "cached", **one} for one in found.get("cached_images", [])]
    rows += [{"state": "queued", "image_id": id} for id in found.get("queued_images", [])]
    for row in rows:
        for key in TIMES:
            if key in row:
                row[key] = datetime.fromtimestamp(row[key], tz=UTC).replace(tzinfo=None).isoformat()
    return [{**dict.fromkeys((*TIMES, "size", "hits"), "N/A"), **row} for row in rows]


@image.action("queue", IMAGES)
def queue(cloud: Cloud, image: Sequence[str]) -> None:
    """Queue images for caching (admin only)."""

    def queue_image(name: str) -> None:
        cloud.request(IMAGE.service, "PUT", CACHED_IMAGE.at(cloud.find(IMAGE, name)))

    each(cloud, queue_image, image, "queue", IMAGE.noun)


@image.action("delete", IMAGES)
def delete(cloud: Cloud, image: Sequence[str]) -> None:
    """Delete images from the cache and the queue (admin only). The images are not deleted."""

    def delete_cached(name: str) -> None:
        id = cloud.find(IMAGE, name)
        with suppress(HTTPNotFound):  # Glance answers 404 for an image that is neither cached nor queued
            cloud.delete(CACHED_IMAGE, id)

    each(cloud, delete_cached, image, "delete", IMAGE.noun)


@image.action("clear", Flag("--cache", "Clear the cache only."), Flag("--queue", "Clear the queue only."))
def clear(cloud: Cloud, cache: bool, queue: bool) -> None:
    """Clear the cache and the queue (admin only)."""
    target = {} if cache == queue else {"x-image-cache-clear-target": "cache" if cache else "queue"}
    cloud.request(IMAGE.service, "DELETE", CACHED_IMAGE.path, headers=target)
