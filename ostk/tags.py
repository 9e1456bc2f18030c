"""Tags of resources, and the options for them that many nouns share."""

from .api.resource import Json, Resource
from .language.column import Column
from .language.options import Comma, Flag, Opt, Value, exclusive
from .session.cloud import Cloud


def joined(tags: list[str]) -> str:
    """Return tags as the value of a query parameter."""
    return ",".join(tags)


TAGS = Column("tags", value=lambda item: item.get("tags") or [])
TAG_FILTERS = [
    Opt(flag, help, key=key, type=Comma(), metavar="TAG,…", convert=joined)
    for flag, key, help in (
        ("--tags", "tags", "Filter by tags: resources that have all of the tags, separated by commas."),
        ("--any-tags", "tags-any", "Filter by tags: resources that have any of the tags, separated by commas."),
        ("--not-tags", "not-tags", "Exclude resources that have all of the tags, separated by commas."),
        ("--not-any-tags", "not-tags-any", "Exclude resources that have any of the tags, separated by commas."),
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


def merge_tags(item: Json, body: Json, values: Json) -> Json:
    """Return the update request with `tags`: those of the resource, changed by --tag, --no-tag and --all-tag."""
    given, clear = values["tag"] or (), values.get("no_tag") or values.get("all_tag")
    kept = [] if clear else item.get("tags") or []
    removed = given if "all_tag" in values else ()
    tags = [tag for tag in dict.fromkeys([*kept, *given]) if tag not in removed]
    return {**body, "tags": tags} if (given or clear) and tags != item.get("tags") else body


NEW_TAGS = exclusive(
    Opt("--tag...", "Add a tag.", key="add", action=change_tags),
    Opt("--no-tag", "Add no tags (default).", is_flag=True, not_sent=True),
)
SET_TAGS = [
    Opt("--tag...", "Add a tag.", key="add", action=change_tags),
    Opt("--no-tag", "Tags: remove all; with --tag, replace the tags.", key="clear", value=True, action=change_tags),
]
UNSET_TAGS = exclusive(
    Opt("--tag...", "Remove a tag.", key="remove", action=change_tags),
    Opt("--all-tag", "Remove all tags.", key="clear", value=True, action=change_tags),
)

# Where the tags are a field in the body of the resource.
NEW_FIELD_TAGS = exclusive(
    Opt("--tag...", "Add a tag.", key="tags"), Opt("--no-tag", "Add no tags (default).", is_flag=True, not_sent=True)
)
SET_FIELD_TAGS = [
    Value("--tag...", "Add a tag.", prepare=merge_tags),
    Flag("--no-tag", "Tags: remove all; with --tag, replace the tags."),
]
UNSET_FIELD_TAGS = exclusive(
    Value("--tag...", "Remove a tag.", prepare=merge_tags), Flag("--all-tag", "Remove all tags.")
)
