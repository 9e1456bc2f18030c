"""Security group rules: the traffic that a security group lets through."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import ADDRESS_GROUP, SECURITY_GROUP, SECURITY_GROUP_RULE
from ..language import PAGES, Arg, Column, Flag, Json, Noun, Opt
from ..owner import OF_PROJECT, OWNER
from ..session.cloud import Cloud
from .extra_properties import EXTRA, others
from .security_rules import COLUMNS, FIELDS, FILTERS, OPTIONS, coherent, complete, remote, with_prefix

OF_GROUP = Column("security_group_id", "Security Group")
rule = Noun(
    SECURITY_GROUP_RULE,
    "Manage security group rules.",
    columns=[*COLUMNS, OF_GROUP],
    fields=[FIELDS, "created_at project_id revision_number security_group_id updated_at", *others("name tags")],
)
rule.create(
    Arg("group", ref=SECURITY_GROUP, key="security_group_id"),
    remote(
        Opt("--remote-group", "Security group it is for.", ref=SECURITY_GROUP, key="remote_group_id"),
        Opt("--remote-address-group", "Address group it is for.", ref=ADDRESS_GROUP),
    ),
    OPTIONS,
    OWNER,
    EXTRA,
    prepare=complete,
    validate=coherent,
)


@rule.lister(
    "list",
    Arg("group", ref=SECURITY_GROUP, key="security_group_id", required=False),
    FILTERS,
    Flag("--long", "Accepted, and without effect."),
    OF_PROJECT,
    PAGES,
)
def list_rules(
    cloud: Cloud, body: Json, columns: list[Column], group: str | None, max_items: int
) -> tuple[list[Column], Iterator[Json]]:
    """List the rules of a security group, or of all."""
    columns = [column for column in columns if column is not OF_GROUP or not group]
    return columns, cloud.pages(SECURITY_GROUP_RULE, body, limit=max_items)


rule.show(prepare=with_prefix)
rule.delete()
