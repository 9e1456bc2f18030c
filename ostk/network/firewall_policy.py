"""Firewall policies: ordered lists of firewall rules, of which the first match decides."""

from ..api.network import FIREWALL_POLICY, FIREWALL_RULE
from ..console import write_text
from ..language import DESCRIPTION, LONG, NAME, Arg, Cloud, Flag, Json, Noun, Opt, exclusive, target
from ..owner import OWNER
from .fields import OTHER_FIELDS, with_list_titles
from .list_fields import add_entries, discard_entries
from .shared_options import SHARE, UNSHARE

COLUMNS, LONG_COLUMNS = "id name firewall_rules", "description audited shared project_id=Project"
policy = Noun(
    FIREWALL_POLICY,
    "Manage firewall policies: ordered lists of firewall rules.",
    columns=[COLUMNS],
    long=[LONG_COLUMNS],
    fields=[*with_list_titles(COLUMNS, LONG_COLUMNS), *OTHER_FIELDS],
)
RULES = Opt("--firewall-rule...", "Firewall rule to append.", ref=FIREWALL_RULE, key="firewall_rules")
OPTIONS = [DESCRIPTION, Opt("--audited/--no-audited", "Set or clear the audited flag of the policy."), SHARE]
POLICY_AND_RULE = [
    target(FIREWALL_POLICY, "firewall_policy"),
    Arg("firewall_rule", "Firewall rule.", ref=FIREWALL_RULE),
]


def append_rules(item: Json, body: Json, values: Json) -> Json:
    """Return the request with rules appended to those of the policy, or replacing them with --no-firewall-rule."""
    return add_entries(item, body, "firewall_rules", replace=values["no_firewall_rule"], append=True)


def remove_rules(item: Json, body: Json, values: Json) -> Json:
    """Return the request with the rules of the policy that remain."""
    return discard_entries(item, body, "firewall_rules", clear=values["all_firewall_rule"])


policy.create(
    Arg("name", "Name of the firewall policy."),
    OPTIONS,
    exclusive(RULES, Opt("--no-firewall-rule", "Create the policy without rules.", key="firewall_rules", value=[])),
    OWNER,
)
policy.list(LONG)
policy.show()
policy.set(
    NAME,
    OPTIONS,
    RULES,
    Flag("--no-firewall-rule", "Firewall rules: remove all; with --firewall-rule, replace the rules."),
    prepare=append_rules,
)
policy.unset(
    exclusive(
        Opt("--firewall-rule...", "Firewall rule to remove.", ref=FIREWALL_RULE, key="firewall_rules"),
        Flag("--all-firewall-rule", "Remove all rules."),
    ),
    Opt("--audited", "Clear the audited flag of the policy.", value=False),
    UNSHARE,
    prepare=remove_rules,
)
policy.delete()


def change_rule(cloud: Cloud, policy: str, verb: str, body: Json) -> str:
    """Insert or remove a rule of a policy and return the name of the policy.

    Args:
        cloud: The cloud.
        policy: ID of the policy.
        verb: "insert_rule" or "remove_rule".
        body: `firewall_rule_id` and, to insert, `insert_before` and `insert_after`.
    """
    reply = cloud.send(FIREWALL_POLICY, "PUT", policy, verb, json=body)
    return str(reply["name"] or policy)


@policy.action(
    "add rule",
    POLICY_AND_RULE,
    Opt("--insert-before", "Firewall rule before which to insert the rule.", ref=FIREWALL_RULE, key="insert_before"),
    Opt("--insert-after", "Firewall rule after which to insert the rule.", ref=FIREWALL_RULE, key="insert_after"),
)
def add_rule(cloud: Cloud, firewall_policy: str, body: Json) -> None:
    """Insert a rule into a firewall policy, by default as the first rule."""
    name = change_rule(cloud, firewall_policy, "insert_rule", {"insert_before": "", "insert_after": "", **body})
    write_text(f"Inserted firewall rule {body['firewall_rule_id']} in firewall policy {name}")


@policy.action("remove rule", POLICY_AND_RULE)
def remove_rule(cloud: Cloud, firewall_policy: str, body: Json) -> None:
    """Remove a rule from a firewall policy."""
    name = change_rule(cloud, firewall_policy, "remove_rule", body)
    write_text(f"Removed firewall rule {body['firewall_rule_id']} from firewall policy {name}")
