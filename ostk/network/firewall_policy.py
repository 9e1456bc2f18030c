"""Firewall policies: rules in the order in which they count."""

from __future__ import annotations

from ..api.network import FIREWALL_POLICY, FIREWALL_RULE
from ..console import write_text
from ..language import DESCRIPTION, LONG, NAME, Arg, Flag, Json, Noun, Opt, exclusive, target
from ..owner import OWNER
from ..session.cloud import Cloud
from .extra_properties import OTHERS, SHARE, titled
from .lists import drop, extend

COLUMNS, LONG_COLUMNS = "id name firewall_rules", "description audited shared project_id=Project"
policy = Noun(
    FIREWALL_POLICY,
    "Manage firewall policies: rules in their order.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=[*titled(COLUMNS, LONG_COLUMNS), *OTHERS],
)
RULES = Opt("--firewall-rule", "Rule; may be repeated.", ref=FIREWALL_RULE, key="firewall_rules", multiple=True)
OPTIONS = [DESCRIPTION, Opt("--audited/--no-audited", "Whether somebody has looked at it."), SHARE]
BOTH = [target(FIREWALL_POLICY, "firewall_policy"), Arg("firewall_rule", ref=FIREWALL_RULE)]


def joined(item: Json, body: Json, values: Json) -> None:
    """Add rules behind those of the policy; with --no-firewall-rule they take their place."""
    extend(item, body, "firewall_rules", anew=values["no_firewall_rule"], behind=True)


def left(item: Json, body: Json, values: Json) -> None:
    """Take rules from those of the policy."""
    drop(item, body, "firewall_rules", every=values["all_firewall_rule"])


policy.create(
    Arg("name"),
    OPTIONS,
    exclusive(RULES, Opt("--no-firewall-rule", "No rules.", key="firewall_rules", value=[])),
    OWNER,
)
policy.list(LONG)
policy.show()
policy.set(NAME, OPTIONS, RULES, Flag("--no-firewall-rule", "No rules, or only those given."), prepare=joined)
policy.unset(
    exclusive(RULES, Flag("--all-firewall-rule", "Take away all rules.")),
    Opt("--audited", "Nobody has looked at it.", value=False),
    Opt("--share", "No longer for other projects.", key="shared", value=False),
    prepare=left,
)
policy.delete()


def change(cloud: Cloud, policy: str, verb: str, body: Json) -> str:
    """Have a policy add or remove a rule; what the policy is called."""
    reply = cloud.call(FIREWALL_POLICY.service, "PUT", FIREWALL_POLICY.at(policy, verb), json=body)
    return str(reply["name"] or policy)


@policy.action(
    "add rule",
    BOTH,
    Opt("--insert-before", "Rule that will come after it.", ref=FIREWALL_RULE, key="insert_before"),
    Opt("--insert-after", "Rule that will come before it.", ref=FIREWALL_RULE, key="insert_after"),
)
def add_rule(cloud: Cloud, firewall_policy: str, body: Json) -> None:
    """Put a rule into a firewall policy, first unless said otherwise."""
    name = change(cloud, firewall_policy, "insert_rule", {"insert_before": "", "insert_after": "", **body})
    write_text(f"Inserted firewall rule {body['firewall_rule_id']} in firewall policy {name}")


@policy.action("remove rule", BOTH)
def remove_rule(cloud: Cloud, firewall_policy: str, body: Json) -> None:
    """Take a rule out of a firewall policy."""
    name = change(cloud, firewall_policy, "remove_rule", body)
    write_text(f"Removed firewall rule {body['firewall_rule_id']} from firewall policy {name}")
