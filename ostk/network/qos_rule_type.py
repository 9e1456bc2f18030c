"""QoS rule types: the types of QoS rules that the mechanism drivers of the cloud support."""

from ..api.network import QOS_RULE_TYPE
from ..language import PAGES, Noun, Opt, exclusive
from .fields import OTHER_FIELDS

type = Noun(
    QOS_RULE_TYPE,
    "Show QoS rule types that the cloud supports.",
    columns=["type"],
    fields=["drivers type=rule_type_name", *OTHER_FIELDS],
)
type.list(
    exclusive(
        Opt("--all-supported", "List the rule types that any loaded mechanism driver supports.", value=True),
        Opt("--all-rules", "List all rule types that Neutron implements.", value=True),
    ),
    PAGES,
)
type.show()
