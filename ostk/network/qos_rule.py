"""QoS rules: bandwidth limits, DSCP marking, and guaranteed bandwidth and packet rates of a QoS policy."""

from collections.abc import Iterable

from ..api.network import QOS_POLICY
from ..errors import OstkError, ResourceNotFound
from ..language import Arg, Cloud, Column, Json, Noun, Opt, Resource, Value, exclusive
from ..language.options import fields, given
from .extra_properties import EXTRA
from .fields import other_fields

REQUIRED_FIELDS = {
    "minimum-bandwidth": {"min_kbps", "direction"},
    "minimum-packet-rate": {"min_kpps", "direction"},
    "dscp-marking": {"dscp_mark"},
    "bandwidth-limit": {"max_kbps"},
}
ALLOWED_FIELDS = {**REQUIRED_FIELDS, "bandwidth-limit": {"max_kbps", "max_burst_kbps", "direction"}}

rule = Noun(
    QOS_POLICY,
    "Manage QoS rules of a QoS policy.",
    columns=[
        "id, qos_policy_id, type, max_kbps, max_burst_kbps=Max Burst Kbits, min_kbps, min_kpps, dscp_mark=DSCP mark",
        "direction",
    ],
    fields=other_fields("name"),
)
POLICY = Arg("qos_policy", "QoS policy.", names=QOS_POLICY)
ID = Arg("id", "ID of the QoS rule.", not_sent=True)
OPTIONS = [
    Opt("--max-kbps", "Maximum bandwidth, in kbit/s; for bandwidth-limit rules.", type=int),
    Opt("--max-burst-kbits", "Maximum burst size, in kbit; for bandwidth-limit rules.", key="max_burst_kbps", type=int),
    Opt("--dscp-mark", "DSCP mark: 0, an even number from 8 to 40, 46, 48 or 56.", type=int),
    Opt("--min-kbps", "Minimum guaranteed bandwidth, in kbit/s; for minimum-bandwidth rules.", type=int),
    Opt("--min-kpps", "Minimum packet rate, in kilopackets per second; for minimum-packet-rate rules.", type=int),
    *exclusive(
        Opt("--ingress", "Apply the rule to ingress traffic, to the port.", key="direction", value="ingress"),
        Opt("--egress", "Apply the rule to egress traffic, from the port.", key="direction", value="egress"),
        Opt(
            "--any",
            "Apply the rule to both directions; only for minimum-packet-rate rules.",
            key="direction",
            value="any",
        ),
    ),
    EXTRA,
]


def flags(names: Iterable[str]) -> str:
    """Return the options that set the fields, for an error: "--ingress or --egress, --min-kbps"."""
    special = {"direction": "--ingress or --egress", "max_burst_kbps": "--max-burst-kbits"}
    return ", ".join(special.get(name, f"--{name.replace('_', '-')}") for name in sorted(names))


def validate_fields(rule_type: str, body: Json, new: bool) -> None:
    """Reject fields that rules of a type lack, and a new rule without the required fields."""
    present = body.keys()
    if body.get("direction") == "any" and rule_type != "minimum-packet-rate":
        raise OstkError("--any is only for rules of the type minimum-packet-rate.")
    if new and REQUIRED_FIELDS[rule_type] - present:
        raise OstkError(f"A rule of the type {rule_type} needs {flags(REQUIRED_FIELDS[rule_type])}.")
    if present & set().union(*REQUIRED_FIELDS.values()) - ALLOWED_FIELDS[rule_type]:
        raise OstkError(f"A rule of the type {rule_type} takes only {flags(ALLOWED_FIELDS[rule_type])}.")


def rule_resource(policy: str, rule_type: str) -> Resource:
    """Return the resource of the rules of a type in a policy, e.g. /qos/policies/ID/bandwidth_limit_rules."""
    name = rule_type.replace("-", "_")
    path = QOS_POLICY.at(policy, f"{name}_rules")
    return Resource(
        QOS_POLICY.service, "network qos rule", path, key=f"{name}_rule", name="id", docs=f"#qos-{rule_type}-rules"
    )


def find_rule(cloud: Cloud, qos_policy: str, rule_id: str) -> tuple[str, Resource]:
    """Return the type and the resource of the rule with this ID.

    Raises:
        ResourceNotFound: No rule of the policy has the ID.
    """
    policy = cloud.get(QOS_POLICY, qos_policy)
    for item in policy.get("rules") or ():
        if item.get("id") == rule_id:
            rule_type = str(item["type"]).replace("_", "-")
            return rule_type, rule_resource(policy["id"], rule_type)
    raise ResourceNotFound(f"No rule of the QoS policy {qos_policy!r} has the ID {rule_id!r}.")


def validate_new(type: str, values: Json) -> None:
    """Reject a new rule without required fields, or with fields of other types."""
    validate_fields(type, fields(given(OPTIONS, values)), new=True)


@rule.shower(
    "create",
    Arg("qos_policy", "QoS policy.", ref=QOS_POLICY, not_sent=True),
    Value("--type", "Type of the QoS rule.", choices=REQUIRED_FIELDS, required=True),
    OPTIONS,
    validate=validate_new,
)
def create_rule(cloud: Cloud, qos_policy: str, type: str, body: Json) -> Json:
    """Create a QoS rule in a QoS policy."""
    return cloud.create(rule_resource(qos_policy, type), body)


@rule.lister("list", POLICY)
def list_rules(cloud: Cloud, qos_policy: str, columns: list[Column]) -> list[Json]:
    """List QoS rules of a QoS policy."""
    unset = dict.fromkeys((column.key for column in columns), "")
    return [{**unset, **item} for item in cloud.get(QOS_POLICY, qos_policy).get("rules") or ()]


@rule.shower("show", POLICY, ID)
def show_rule(cloud: Cloud, qos_policy: str, id: str) -> Json:
    """Show a QoS rule of a QoS policy."""
    return cloud.fetch(find_rule(cloud, qos_policy, id)[1], id)


@rule.action("set", POLICY, ID, OPTIONS)
def set_rule(cloud: Cloud, qos_policy: str, id: str, body: Json) -> None:
    """Update a QoS rule of a QoS policy."""
    rule_type, resource = find_rule(cloud, qos_policy, id)
    validate_fields(rule_type, body, new=False)
    cloud.update(resource, id, body)


@rule.action("delete", POLICY, ID)
def delete_rule(cloud: Cloud, qos_policy: str, id: str) -> None:
    """Delete a QoS rule of a QoS policy."""
    cloud.delete(find_rule(cloud, qos_policy, id)[1], id)
