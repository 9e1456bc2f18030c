"""Default security group rules: those that every new security group begins with."""

from __future__ import annotations

from ..api.network import DEFAULT_SECURITY_GROUP_RULE
from ..language import Column, Noun, Opt
from .extra_properties import EXTRA, others
from .security_rules import COLUMNS, FIELDS, FILTERS, OPTIONS, coherent, complete, remote, with_prefix

rule = Noun(
    DEFAULT_SECURITY_GROUP_RULE,
    "Manage default security group rules.",
    columns=[
        *COLUMNS,
        Column("used_in_default_sg", "Used in default Security Group"),
        Column("used_in_non_default_sg", "Used in custom Security Group"),
    ],
    fields=[FIELDS, "used_in_default_sg used_in_non_default_sg", *others("name revision_number")],
)
rule.create(
    remote(
        Opt("--remote-group", "ID of the security group it is for.", key="remote_group_id"),
        Opt("--remote-address-group", "ID of the address group it is for.", key="remote_address_group_id"),
    ),
    OPTIONS,
    Opt("--for-default-sg", "For the default group of each project.", key="used_in_default_sg", value=True),
    Opt("--for-custom-sg", "For the groups people create.", key="used_in_non_default_sg", value=True),
    EXTRA,
    defaults={"used_in_default_sg": False, "used_in_non_default_sg": False},
    prepare=complete,
    validate=coherent,
)
rule.list(FILTERS)
rule.show(prepare=with_prefix)
rule.delete()
