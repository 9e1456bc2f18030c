"""Tasks: what Glance does with images in the background."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.image import IMAGE_TASK
from ..language import COUNT, MARKER, MAX_ITEMS, Json, Noun, Opt
from ..render.format import DICT, Format
from ..session.cloud import Cloud

task = Noun(
    IMAGE_TASK,
    "See what Glance does with images in the background.",
    columns=["id type status owner"],
    fields=["created_at expires_at id input message owner=owner_id properties result status type updated_at"],
    formats={"properties": Format(lambda held: DICT.human(held or {}), DICT.machine)},
)


@task.lister(
    "list",
    Opt("--sort-key", "Field to sort by; created_at unless given."),
    Opt("--sort-dir", "Order: asc or desc."),
    Opt("--limit", "Results to ask for at a time.", type=COUNT),
    MARKER,
    MAX_ITEMS,
    Opt("--type", "Only those of this type.", choices="import"),
    Opt("--status", "Only those in this state.", choices="failure pending processing success"),
)
def list_tasks(cloud: Cloud, body: Json, max_items: int) -> Iterator[Json]:
    """List what Glance does with images in the background."""
    return cloud.pages(IMAGE_TASK, body, limit=max_items)


task.show()
