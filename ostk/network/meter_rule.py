"""Network meter rules: which traffic a network meter counts."""

from __future__ import annotations

from ..kinds import METER, METER_RULE
from ..language import PAGES, Arg, Column, Json, Noun, Opt, exclusive
from ..owner import OWNER
from .extra import EXTRA, OTHERS

rule = Noun(
    METER_RULE,
    "Manage the rules of network meters.",
    columns=[
        "id excluded direction",
        Column("remote_ip_prefix", "Remote IP Prefix"),
        Column("source_ip_prefix", "Source IP Prefix"),
        Column("destination_ip_prefix", "Destination IP Prefix"),
    ],
    fields=[
        "destination_ip_prefix direction id metering_label_id name project_id remote_ip_prefix",
        Column("excluded", "is_excluded"),
        "source_ip_prefix",
        *OTHERS,
    ],
)


def incoming(body: Json) -> None:
    """Count incoming traffic unless told otherwise."""
    body.setdefault("direction", "ingress")


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
    prepare=incoming,
)
rule.list(PAGES)
rule.show()
rule.delete()
