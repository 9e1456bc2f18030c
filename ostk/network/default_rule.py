"""Default security group rules: those that every new security group begins with."""

from __future__ import annotations

from ..kinds import DEFAULT_SECURITY_GROUP_RULE
from ..language import Column, Json, Noun, Opt, exclusive
from .extra import EXTRA, OTHERS
from .security_rules import COLUMNS, FIELDS, FILTERS, OPTIONS, coherent, complete, with_prefix

rule = Noun(
    DEFAULT_SECURITY_GROUP_RULE,
    "Manage default security group rules.",
    columns=[
        *COLUMNS,
        Column("used_in_default_sg", "Used in default Security Group"),
        Column("used_in_non_default_sg", "Used in custom Security Group"),
    ],
    fields=[*FIELDS, "used_in_default_sg used_in_non_default_sg", Column("revision_number", hidden=True), *OTHERS],
)


def meant(body: Json, values: Json) -> None:
    """Complete the rule, and say for which groups it is."""
    complete(body, values)
    body.setdefault("used_in_default_sg", False)
    body.setdefault("used_in_non_default_sg", False)


rule.create(
    exclusive(
        Opt("--remote-ip", "Addresses it is for, as 10.0.0.0/8.", key="remote_ip_prefix"),
        Opt("--remote-group", "ID of the security group it is for.", key="remote_group_id"),
        Opt("--remote-address-group", "ID of the address group it is for.", key="remote_address_group_id"),
    ),
    OPTIONS,
    Opt("--for-default-sg", "For the default group of each project.", key="used_in_default_sg", value=True),
    Opt("--for-custom-sg", "For the groups people create.", key="used_in_non_default_sg", value=True),
    EXTRA,
    prepare=meant,
    refuse=coherent,
)
rule.list(FILTERS)
rule.show(prepare=with_prefix)
rule.delete()
