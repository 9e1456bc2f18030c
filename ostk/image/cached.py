"""Cached images: those that Glance keeps at hand beside its stores."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from ..api.image import CACHED_IMAGE, IMAGE
from ..errors import HTTPNotFound
from ..language import Column, Flag, Json, Noun, each
from ..session.cloud import Cloud
from .options import IMAGES

TIMES = ("last_accessed", "last_modified")
image = Noun(
    CACHED_IMAGE,
    "Manage the images that Glance keeps at hand.",
    columns=[
        "image_id=ID state",
        *(Column(key, f"{key.replace('_', ' ').title()} (UTC)") for key in TIMES),
        "size hits",
    ],
)


@image.lister("list")
def list_cached(cloud: Cloud) -> list[Json]:
    """List images in the cache, and those that wait to come in."""
    from datetime import UTC, datetime

    found: Json = cloud.call(IMAGE.service, "GET", CACHED_IMAGE.path)
    rows: list[Json] = [{"state": "cached", **one} for one in found.get("cached_images", [])]
    rows += [{"state": "queued", "image_id": id} for id in found.get("queued_images", [])]
    for row in rows:
        for key in TIMES:
            if key in row:
                row[key] = datetime.fromtimestamp(row[key], tz=UTC).replace(tzinfo=None).isoformat()
    return [{**dict.fromkeys((*TIMES, "size", "hits"), "N/A"), **row} for row in rows]


@image.action("queue", IMAGES)
def queue(cloud: Cloud, image: Sequence[str]) -> None:
    """Have images brought into the cache."""

    def add(name: str) -> None:
        cloud.request(IMAGE.service, "PUT", CACHED_IMAGE.at(cloud.find(IMAGE, name)))

    each(cloud, add, image, "queue", IMAGE.noun)


@image.action("delete", IMAGES)
def delete(cloud: Cloud, image: Sequence[str]) -> None:
    """Take images out of the cache."""

    def remove(name: str) -> None:
        id = cloud.find(IMAGE, name)
        with suppress(HTTPNotFound):  # it is in neither the cache nor the queue
            cloud.delete(CACHED_IMAGE, id)

    each(cloud, remove, image, "delete", IMAGE.noun)


@image.action("clear", Flag("--cache", "Only the cached ones."), Flag("--queue", "Only those that wait to come in."))
def clear(cloud: Cloud, cache: bool, queue: bool) -> None:
    """Empty the cache and the queue before it."""
    target = {} if cache == queue else {"x-image-cache-clear-target": "cache" if cache else "queue"}
    cloud.request(IMAGE.service, "DELETE", CACHED_IMAGE.path, headers=target)
