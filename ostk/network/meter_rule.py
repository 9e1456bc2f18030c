"""Network meter rules: the metering label rules that select the traffic to count."""

from ..api.network import METER, METER_RULE
from ..language import PAGES, Arg, Noun, Opt, exclusive
from ..owner import OWNER
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS

rule = Noun(
    METER_RULE,
    "Manage network meter rules: the traffic that a meter counts.",
    columns=["id excluded direction remote_ip_prefix source_ip_prefix destination_ip_prefix"],
    fields=[
        "destination_ip_prefix direction excluded=is_excluded id metering_label_id name project_id",
        "remote_ip_prefix source_ip_prefix",
        *OTHER_FIELDS,
    ],
)
rule.create(
    Arg("meter", "Network meter.", ref=METER, key="metering_label_id"),
    OWNER,
    exclusive(
        Opt("--exclude", "Exclude the matching traffic from the count.", key="excluded", value=True),
        Opt("--include", "Include the matching traffic in the count (default).", key="excluded", value=False),
    ),
    exclusive(
        Opt("--ingress", "Match ingress traffic (default).", key="direction", value="ingress"),
        Opt("--egress", "Match egress traffic.", key="direction", value="egress"),
    ),
    Opt("--remote-ip-prefix", "Source IP prefix, as a CIDR (deprecated; see --source-ip-prefix)."),
    Opt("--source-ip-prefix", "Source IP prefix, as a CIDR."),
    Opt("--destination-ip-prefix", "Destination IP prefix, as a CIDR."),
    EXTRA,
    defaults={"direction": "ingress"},
)
rule.list(PAGES)
rule.show()
rule.delete()
