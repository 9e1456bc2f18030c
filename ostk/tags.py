"""Tags of resources, and the options for them that many nouns share."""

from __future__ import annotations

from .api.resource import Json, Resource
from .language.column import Column
from .language.options import Comma, Opt, exclusive
from .session.cloud import Cloud


def joined(tags: list[str]) -> str:
    """Return tags as the value of a query parameter."""
    return ",".join(tags)


TAGS = Column("tags", value=lambda item: item.get("tags") or [])
TAG_FILTERS = [
    Opt(flag, f"Filter by tags: {which}; separated by commas.", key=key, type=Comma(), convert=joined)
    for flag, key, which in (
        ("--tags", "tags", "all of TAGS"),
        ("--any-tags", "tags-any", "any of TAGS"),
        ("--not-tags", "not-tags", "not all of TAGS"),
        ("--not-any-tags", "not-tags-any", "none of TAGS"),
    )
]


def write_tags(cloud: Cloud, resource: Resource, item: Json, tags: list[str]) -> Json:
    """Replace the tags of a resource, if they differ; return them as a field."""
    if sorted(item.get("tags") or []) != sorted(tags):
        cloud.call(
            resource.service, "PUT", resource.at(item[resource.id], "tags"), json={"tags": tags}, repeatable=True
        )
    return {"tags": tags}


def change_tags(cloud: Cloud, resource: Resource, item: Json, body: Json) -> Json:
    """Change the tags of a resource: remove all for `clear`, remove those in `remove`, add those in `add`."""
    if "tags" not in item and not body.get("clear"):
        with cloud.force_send():
            item = cloud.fetch(resource, item[resource.id])
    kept = [] if body.get("clear") else [t for t in item.get("tags") or [] if t not in body.get("remove", [])]
    return write_tags(cloud, resource, item, sorted({*kept, *body.get("add", [])}))


NEW_TAGS = exclusive(
    Opt("--tag", "Add a tag.", key="add", multiple=True, action=change_tags),
    Opt("--no-tag", "Add no tags.", is_flag=True, not_sent=True),
)
SET_TAGS = [
    Opt("--tag", "Add a tag.", key="add", multiple=True, action=change_tags),
    Opt("--no-tag", "Remove all existing tags first.", key="clear", value=True, action=change_tags),
]
UNSET_TAGS = exclusive(
    Opt("--tag", "Remove a tag.", key="remove", multiple=True, action=change_tags),
    Opt("--all-tag", "Remove all tags.", key="clear", value=True, action=change_tags),
)
