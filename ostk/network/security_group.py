"""Security groups: which traffic servers let in and out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..api.network import SECURITY_GROUP
from ..language import DESCRIPTION, NAME, PAGES, Arg, Column, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..render.format import Format, dict_text
from ..session.cloud import Cloud
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, TAGS, UNSET_TAGS
from .extra_properties import EXTRA, OTHERS, SHARE

COMMON = ("security_group_id", "tenant_id", "project_id")


def rules_text(rules: Any) -> str:
    """What each rule says, a line each, without what is unset or the same for all."""
    return "\n".join(
        dict_text({key: value for key, value in rule.items() if value and key not in COMMON}) for rule in rules or ()
    )


group = Noun(
    SECURITY_GROUP,
    "Manage security groups.",
    columns=["id name description project_id=Project", TAGS, "shared"],
    fields=[
        "created_at description id name project_id revision_number security_group_rules=rules shared=is_shared",
        "stateful updated_at",
        TAGS,
        *OTHERS,
    ],
    formats={"security_group_rules": Format(rules_text)},
)
STATEFUL = exclusive(
    Opt("--stateful", "Replies are let through (as is usual).", value=True),
    Opt("--stateless", "Replies need rules of their own.", key="stateful", value=False),
)


def described(body: Json) -> None:
    """Describe a group by its name unless told otherwise."""
    body.setdefault("description", body["name"])


@group.lister("list", OF_PROJECT, SHARE, TAG_FILTERS, PAGES)
def list_groups(cloud: Cloud, body: Json, columns: list[Column], max_items: int) -> Iterator[Json]:
    """List security groups."""
    # The rules, which no column shows, are most of what Neutron would tell.
    return cloud.pages(SECURITY_GROUP, {**body, "fields": [c.key for c in columns]}, limit=max_items)


group.create(Arg("name"), DESCRIPTION, OWNER, STATEFUL, EXTRA, NEW_TAGS, prepare=described)
group.show()
group.set(NAME, DESCRIPTION, STATEFUL, EXTRA, SET_TAGS)
group.unset(UNSET_TAGS)
group.delete()
