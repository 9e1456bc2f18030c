"""QoS rule types: what the rules of QoS policies can do in this cloud."""

from __future__ import annotations

from ..api.network import QOS_RULE_TYPE
from ..language import PAGES, Noun, Opt, exclusive
from .extra_properties import OTHERS

type = Noun(
    QOS_RULE_TYPE,
    "See what QoS rules can do in this cloud.",
    columns=["type"],
    fields=["drivers type=rule_type_name", *OTHERS],
)
type.list(
    exclusive(
        Opt("--all-supported", "Those that every network driver has.", value=True),
        Opt("--all-rules", "Those that any network driver has.", value=True),
    ),
    PAGES,
)
type.show()
