"""QoS rules: what a QoS policy limits, marks and guarantees."""

from __future__ import annotations

from ..api.network import QOS_POLICY
from ..errors import OstkError, ResourceNotFound
from ..language import Arg, Column, Json, Noun, Opt, Resource, exclusive
from ..language.options import fields, given
from ..session.cloud import Cloud
from .extra_properties import EXTRA, others

NEEDED = {
    "minimum-bandwidth": {"min_kbps", "direction"},
    "minimum-packet-rate": {"min_kpps", "direction"},
    "dscp-marking": {"dscp_mark"},
    "bandwidth-limit": {"max_kbps"},
}
ALLOWED = {**NEEDED, "bandwidth-limit": {"max_kbps", "max_burst_kbps", "direction"}}

rule = Noun(
    QOS_POLICY,
    "Manage the rules of QoS policies.",
    columns=[
        "id qos_policy_id type max_kbps",
        Column("max_burst_kbps", "Max Burst Kbits"),
        "min_kbps min_kpps",
        Column("dscp_mark", "DSCP mark"),
        "direction",
    ],
    fields=others("name"),
)
POLICY = Arg("qos_policy", not_sent=True, names=QOS_POLICY)
ID = Arg("id", not_sent=True)
OPTIONS = [
    Opt("--max-kbps", "Most kbit/s.", type=int),
    Opt("--max-burst-kbits", "Largest burst, in kbit.", key="max_burst_kbps", type=int),
    Opt("--dscp-mark", "DSCP mark: 0, 8, 10 … 46, 48, 56.", type=int),
    Opt("--min-kbps", "Guaranteed kbit/s.", type=int),
    Opt("--min-kpps", "Guaranteed packets/s, in thousands.", type=int),
    *exclusive(
        Opt("--ingress", "For traffic to the port.", key="direction", value="ingress"),
        Opt("--egress", "For traffic from the port.", key="direction", value="egress"),
        Opt("--any", "For both, of a minimum packet rate.", key="direction", value="any"),
    ),
    EXTRA,
]


def check(kind: str, body: Json, new: bool) -> None:
    """Refuse what rules of this type do not have, and a new one that lacks what they need."""
    needed, given = ", ".join(sorted(NEEDED[kind])), body.keys()
    if body.get("direction") == "any" and kind != "minimum-packet-rate":
        raise OstkError("--any is for rules of the type minimum-packet-rate.")
    if new and NEEDED[kind] - given:
        raise OstkError(f"A rule of the type {kind} needs {needed}.")
    if given & set().union(*NEEDED.values()) - ALLOWED[kind]:
        raise OstkError(f"A rule of the type {kind} has only {', '.join(sorted(ALLOWED[kind]))}.")


def rules_of(policy: str, kind: str) -> Resource:
    """Rules of this type in a policy."""
    name = kind.replace("-", "_")
    path = QOS_POLICY.at(policy, f"{name}_rules")
    return Resource(QOS_POLICY.service, "network qos rule", path, key=f"{name}_rule", name="id")


def found(cloud: Cloud, qos_policy: str, id: str) -> tuple[str, Resource]:
    """The type and the kind of the rule with this ID. Errors: NotFoundError if the policy has none."""
    policy = cloud.get(QOS_POLICY, qos_policy)
    for one in policy.get("rules") or ():
        if one.get("id") == id:
            type = str(one["type"]).replace("_", "-")
            return type, rules_of(policy["id"], type)
    raise ResourceNotFound(f"No rule of the QoS policy {qos_policy!r} has the ID {id!r}.")


def complete(type: str, values: Json) -> None:
    """Refuse a new rule that is not whole."""
    check(type, fields(given(OPTIONS, values)), new=True)


@rule.shower(
    "create",
    Arg("qos_policy", ref=QOS_POLICY, not_sent=True),
    Opt("--type", "What it does.", choices=NEEDED, required=True, not_sent=True),
    OPTIONS,
    validate=complete,
)
def create_rule(cloud: Cloud, qos_policy: str, type: str, body: Json) -> Json:
    """Add a rule to a QoS policy."""
    return cloud.create(rules_of(qos_policy, type), body)


@rule.lister("list", POLICY)
def list_rules(cloud: Cloud, qos_policy: str, columns: list[Column]) -> list[Json]:
    """List the rules of a QoS policy."""
    unset = dict.fromkeys((column.key for column in columns), "")
    return [{**unset, **one} for one in cloud.get(QOS_POLICY, qos_policy).get("rules") or ()]


@rule.shower("show", POLICY, ID)
def show_rule(cloud: Cloud, qos_policy: str, id: str) -> Json:
    """Show a rule of a QoS policy."""
    return cloud.fetch(found(cloud, qos_policy, id)[1], id)


@rule.action("set", POLICY, ID, OPTIONS)
def set_rule(cloud: Cloud, qos_policy: str, id: str, body: Json) -> None:
    """Change a rule of a QoS policy."""
    type, kind = found(cloud, qos_policy, id)
    check(type, body, new=False)
    cloud.update(kind, id, body)


@rule.action("delete", POLICY, ID)
def delete_rule(cloud: Cloud, qos_policy: str, id: str) -> None:
    """Remove a rule from a QoS policy."""
    cloud.delete(found(cloud, qos_policy, id)[1], id)
