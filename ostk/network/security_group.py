"""Security groups: sets of rules that allow traffic to and from ports."""

from typing import Any

from ..api.network import SECURITY_GROUP
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, PAGES, Arg, Cloud, Column, Items, Json, Noun, Opt, exclusive
from ..owner import OWNER, PROJECT_FILTER
from ..render.format import Format, dict_text
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, TAGS, UNSET_TAGS
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS
from .shared_options import SHARE_FILTER

SHARED_FIELDS = ("security_group_id", "tenant_id", "project_id")


def rules_text(rules: Any) -> str:
    """Format rules as lines, without empty fields and without the fields that all rules share."""
    return "\n".join(
        dict_text({key: value for key, value in rule.items() if value and key not in SHARED_FIELDS})
        for rule in rules or ()
    )


group = Noun(
    SECURITY_GROUP,
    "Manage security groups.",
    columns=["id name description project_id=Project", TAGS, "shared"],
    fields=[
        "created_at description id name project_id revision_number security_group_rules=rules shared=is_shared",
        "stateful updated_at",
        TAGS,
        *OTHER_FIELDS,
    ],
    formats={"security_group_rules": Format(rules_text)},
)
STATEFUL = exclusive(
    Opt("--stateful", "Make the group stateful: allow replies to allowed traffic (default).", value=True),
    Opt("--stateless", "Make the group stateless: replies need a rule as well.", key="stateful", value=False),
)


def with_description(body: Json) -> Json:
    """Return the request with the name as the description if none is given, as the reference client does."""
    return {"description": body["name"], **body}


@group.lister("list", PROJECT_FILTER, SHARE_FILTER, TAG_FILTERS, PAGES)
def list_groups(cloud: Cloud, body: Json, columns: list[Column], max_items: int | None) -> Items:
    """List security groups."""
    # Without `fields`, GET /v2.0/security-groups returns the rules of every group: most of the response.
    return cloud.pages(SECURITY_GROUP, {**body, "fields": [c.key for c in columns]}, limit=max_items)


group.create(
    Arg("name", "Name of the security group."), DESCRIPTION, OWNER, STATEFUL, EXTRA, NEW_TAGS, prepare=with_description
)
group.show()
group.set(NAME, NEW_DESCRIPTION, STATEFUL, EXTRA, SET_TAGS)
group.unset(UNSET_TAGS)
group.delete()
