"""Security group rules: the traffic that a security group allows."""

from ..api.network import ADDRESS_GROUP, SECURITY_GROUP, SECURITY_GROUP_RULE
from ..language import PAGES, Arg, Cloud, Column, Flag, Items, Json, Noun, Opt
from ..owner import OWNER, PROJECT_FILTER
from .extra_properties import EXTRA
from .fields import other_fields
from .security_rules import COLUMNS, FIELDS, FILTERS, OPTIONS, remote_options, validate_rule, with_defaults, with_prefix

GROUP_COLUMN = Column("security_group_id", "Security Group")
rule = Noun(
    SECURITY_GROUP_RULE,
    "Manage security group rules.",
    columns=[*COLUMNS, GROUP_COLUMN],
    fields=[FIELDS, "created_at project_id revision_number security_group_id updated_at", *other_fields("name tags")],
)
rule.create(
    Arg("group", "Security group.", ref=SECURITY_GROUP, key="security_group_id"),
    remote_options(
        Opt("--remote-group", "Remote security group.", ref=SECURITY_GROUP, key="remote_group_id"),
        Opt("--remote-address-group", "Remote address group.", ref=ADDRESS_GROUP),
    ),
    OPTIONS,
    OWNER,
    EXTRA,
    prepare=with_defaults,
    validate=validate_rule,
)


@rule.lister(
    "list",
    Arg(
        "group",
        "Security group whose rules to list (default: all).",
        ref=SECURITY_GROUP,
        key="security_group_id",
        required=False,
    ),
    FILTERS,
    Flag("--long", "Ignored (accepted for compatibility)."),
    PROJECT_FILTER,
    PAGES,
)
def list_rules(
    cloud: Cloud, body: Json, columns: list[Column], group: str | None, max_items: int | None
) -> tuple[list[Column], Items]:
    """List security group rules, of a group or of all groups."""
    columns = [column for column in columns if column.key != GROUP_COLUMN.key or not group]
    return columns, cloud.pages(SECURITY_GROUP_RULE, body, limit=max_items)


rule.show(prepare=with_prefix)
rule.delete()
