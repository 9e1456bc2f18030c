"""Tags: words that resources of several services carry, and the options that many nouns share for them."""

from __future__ import annotations

from .api.resource import Json, Resource
from .language.column import Column
from .language.options import Comma, Opt, exclusive
from .session.cloud import Cloud


def joined(tags: list[str]) -> str:
    """Tags as a query has them."""
    return ",".join(tags)


TAGS = Column("tags", value=lambda item: item.get("tags") or [])
TAG_FILTERS = [
    Opt(flag, f"Only those {which} of these tags.", key=key, type=Comma(), convert=joined)
    for flag, key, which in (
        ("--tags", "tags", "with all"),
        ("--any-tags", "tags-any", "with any"),
        ("--not-tags", "not-tags", "without all"),
        ("--not-any-tags", "not-tags-any", "without any"),
    )
]


def write_tags(cloud: Cloud, resource: Resource, item: Json, tags: list[str]) -> Json:
    """Replace the tags of a resource, unless they are these already."""
    if sorted(item.get("tags") or []) != sorted(tags):
        cloud.call(
            resource.service, "PUT", resource.at(item[resource.id], "tags"), json={"tags": tags}, repeatable=True
        )
    return {"tags": tags}


def change_tags(cloud: Cloud, resource: Resource, item: Json, body: Json) -> Json:
    """Add and remove tags: `add` to what is there, or to nothing with `clear`; without `remove`."""
    if "tags" not in item and not body.get("clear"):
        with cloud.force_send():
            item = cloud.fetch(resource, item[resource.id])
    kept = [] if body.get("clear") else [t for t in item.get("tags") or [] if t not in body.get("remove", [])]
    return write_tags(cloud, resource, item, sorted({*kept, *body.get("add", [])}))


NEW_TAGS = exclusive(
    Opt("--tag", "Tag; may be repeated.", key="add", multiple=True, action=change_tags),
    Opt("--no-tag", "No tags.", is_flag=True, not_sent=True),
)
SET_TAGS = [
    Opt("--tag", "Tag to add; may be repeated.", key="add", multiple=True, action=change_tags),
    Opt("--no-tag", "Remove the tags it has first.", key="clear", value=True, action=change_tags),
]
UNSET_TAGS = exclusive(
    Opt("--tag", "Tag to remove; may be repeated.", key="remove", multiple=True, action=change_tags),
    Opt("--all-tag", "Remove all its tags.", key="clear", value=True, action=change_tags),
)
