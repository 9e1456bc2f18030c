"""Image tasks: asynchronous operations of Glance on images, such as imports."""

from ..api.image import IMAGE_TASK
from ..language import COUNT, MARKER, MAX_ITEMS, Cloud, Items, Json, Noun, Opt
from ..render.format import DICT, Format

task = Noun(
    IMAGE_TASK,
    "Show image tasks.",
    columns=["id type status owner"],
    fields=["created_at expires_at id input message owner=owner_id properties result status type updated_at"],
    formats={"properties": Format(lambda value: DICT.human(value or {}), DICT.machine)},
    admin="show",
)


@task.lister(
    "list",
    Opt("--sort-key", "Field to sort by, e.g. status or type (default: created_at)."),
    Opt("--sort-dir", "Sort direction: asc or desc (default: desc)."),
    Opt("--limit", "Number of results per request.", type=COUNT),
    MARKER,
    MAX_ITEMS,
    Opt("--type", "Filter by task type.", choices="import"),
    Opt("--status", "Filter by task status.", choices="failure pending processing success"),
)
def list_tasks(cloud: Cloud, body: Json, max_items: int | None) -> Items:
    """List image tasks (admin only)."""
    return cloud.pages(IMAGE_TASK, body, limit=max_items)


task.show()
