"""QoS policies: sets of QoS rules for networks, ports, floating IPs and router gateways."""

from ..api.network import QOS_POLICY
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, PAGES, Arg, Json, Noun, Opt
from ..owner import OWNER, PROJECT_FILTER
from ..render.format import LINES, Cell
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS
from .shared_options import SHARE_BY_OWNER, SHARE_FILTER

policy = Noun(
    QOS_POLICY,
    "Manage QoS policies.",
    columns=["id name shared is_default=Default project_id=Project"],
    fields=["description id is_default name project_id rules shared tags", *OTHER_FIELDS],
)
DEFAULT = Opt(
    "--default/--no-default", "Set or clear the policy as the default QoS policy of the project.", key="is_default"
)


def format_rules(item: Json) -> Json:
    """Return the policy with its rules formatted as lines, a rule on each."""
    return {**item, "rules": Cell(item.get("rules") or [], LINES)}


policy.create(Arg("name", "Name of the QoS policy."), DESCRIPTION, SHARE_BY_OWNER, OWNER, DEFAULT, EXTRA)
policy.list(PROJECT_FILTER, SHARE_FILTER, PAGES)
policy.show(prepare=format_rules)
policy.set(NAME, NEW_DESCRIPTION, SHARE_BY_OWNER, DEFAULT, EXTRA)
policy.delete()
