"""Cached images: those that Glance keeps at hand beside its stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from ..errors import NotFound
from ..kinds import CACHED_IMAGE, IMAGE
from ..language import Column, Flag, Json, Noun, each
from ..session.cloud import Cloud, quote
from .options import IMAGES

UNKNOWN = "N/A"


def moment(key: str) -> Callable[[Json], str]:
    """The time that a field tells in seconds since 1970."""

    def read(item: Json) -> str:
        if key not in item:
            return UNKNOWN
        from datetime import UTC, datetime

        return datetime.fromtimestamp(item[key], tz=UTC).replace(tzinfo=None).isoformat()

    return read


def known(key: str) -> Callable[[Json], Any]:
    """A field that an image has once it is in the cache."""
    return lambda item: item.get(key, UNKNOWN)


image = Noun(
    CACHED_IMAGE,
    "Manage the images that Glance keeps at hand.",
    columns=[
        Column("image_id", "ID"),
        "state",
        Column("last_accessed", "Last Accessed (UTC)", value=moment("last_accessed")),
        Column("last_modified", "Last Modified (UTC)", value=moment("last_modified")),
        Column("size", value=known("size")),
        Column("hits", value=known("hits")),
    ],
)


@image.lister("list")
def list_cached(cloud: Cloud) -> list[Json]:
    """List images in the cache, and those that wait to come in."""
    found: Json = cloud.call(IMAGE.service, "GET", CACHED_IMAGE.path)
    cached = [{**item, "state": "cached"} for item in found.get("cached_images", [])]
    return cached + [{"image_id": id, "state": "queued"} for id in found.get("queued_images", [])]


@image.action("queue", IMAGES)
def queue(cloud: Cloud, image: Sequence[str]) -> None:
    """Have images brought into the cache."""

    def add(name: str) -> None:
        cloud.request(IMAGE.service, "PUT", f"{CACHED_IMAGE.path}/{quote(cloud.find(IMAGE, name))}")

    each(cloud, add, image, "queue", IMAGE.noun)


@image.action("delete", IMAGES)
def delete(cloud: Cloud, image: Sequence[str]) -> None:
    """Take images out of the cache."""

    def remove(name: str) -> None:
        id = cloud.find(IMAGE, name)
        with suppress(NotFound):  # it is in neither the cache nor the queue
            cloud.delete(CACHED_IMAGE, id)

    each(cloud, remove, image, "delete", IMAGE.noun)


@image.action("clear", Flag("--cache", "Only the cached ones."), Flag("--queue", "Only those that wait to come in."))
def clear(cloud: Cloud, cache: bool, queue: bool) -> None:
    """Empty the cache and the queue before it."""
    target = {} if cache == queue else {"x-image-cache-clear-target": "cache" if cache else "queue"}
    cloud.request(IMAGE.service, "DELETE", CACHED_IMAGE.path, headers=target)
