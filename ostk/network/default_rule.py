"""Default security group rules: templates of the rules that Neutron adds to new security groups."""

from ..api.network import DEFAULT_SECURITY_GROUP_RULE
from ..language import Noun, Opt
from .extra_properties import EXTRA
from .fields import other_fields
from .security_rules import COLUMNS, FIELDS, FILTERS, OPTIONS, remote_options, validate_rule, with_defaults, with_prefix

rule = Noun(
    DEFAULT_SECURITY_GROUP_RULE,
    "Manage default rules of new security groups.",
    columns=[
        *COLUMNS,
        "used_in_default_sg=Used in default Security Group, used_in_non_default_sg=Used in custom Security Group",
    ],
    fields=[FIELDS, "used_in_default_sg used_in_non_default_sg", *other_fields("name revision_number")],
    admin="create delete",
)
rule.create(
    remote_options(
        Opt("--remote-group", "Remote security group, by ID.", key="remote_group_id"),
        Opt("--remote-address-group", "Remote address group, by ID.", key="remote_address_group_id"),
    ),
    OPTIONS,
    Opt(
        "--for-default-sg",
        "Add the rule to the default security group of each new project.",
        key="used_in_default_sg",
        value=True,
    ),
    Opt("--for-custom-sg", "Add the rule to custom security groups.", key="used_in_non_default_sg", value=True),
    EXTRA,
    defaults={"used_in_default_sg": False, "used_in_non_default_sg": False},
    prepare=with_defaults,
    validate=validate_rule,
)
rule.list(FILTERS)
rule.show(prepare=with_prefix)
rule.delete()
