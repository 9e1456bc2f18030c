"""Network meter rules: which traffic a network meter counts."""

from __future__ import annotations

from ..api.network import METER, METER_RULE
from ..language import PAGES, Arg, Noun, Opt, exclusive
from ..owner import OWNER
from .extra_properties import EXTRA, OTHERS

rule = Noun(
    METER_RULE,
    "Manage the rules of network meters.",
    columns=["id excluded direction remote_ip_prefix source_ip_prefix destination_ip_prefix"],
    fields=[
        "destination_ip_prefix direction excluded=is_excluded id metering_label_id name project_id",
        "remote_ip_prefix source_ip_prefix",
        *OTHERS,
    ],
)
rule.create(
    Arg("meter", ref=METER, key="metering_label_id"),
    OWNER,
    exclusive(
        Opt("--exclude", "Leave it out of the count.", key="excluded", value=True),
        Opt("--include", "Count it (as is usual).", key="excluded", value=False),
    ),
    exclusive(
        Opt("--ingress", "Incoming traffic (as is usual).", key="direction", value="ingress"),
        Opt("--egress", "Outgoing traffic.", key="direction", value="egress"),
    ),
    Opt("--remote-ip-prefix", "Addresses on the other side."),
    Opt("--source-ip-prefix", "Addresses it comes from."),
    Opt("--destination-ip-prefix", "Addresses it goes to."),
    EXTRA,
    defaults={"direction": "ingress"},
)
rule.list(PAGES)
rule.show()
rule.delete()
