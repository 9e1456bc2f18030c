"""Implied roles: inference rules, by which an assignment of a prior role also grants the implied role."""

from ..api.identity import IMPLIED_ROLE, ROLE
from ..language import Cloud, Items, Json, Noun, Value, target

role = Noun(
    IMPLIED_ROLE, "Manage implied roles.", columns=["prior_role_id prior_role_name implied_role_id implied_role_name"]
)
RULE = [
    target(ROLE, help="Prior role, which implies the other role."),
    Value("--implied-role", "Implied role.", ref=ROLE, required=True),
]


@role.shower("create", RULE)
def create(cloud: Cloud, role: str, implied_role: str) -> Json:
    """Create an implied role: users with the prior role also get the implied role (admin only)."""
    rule = cloud.send(ROLE, "PUT", role, "implies", implied_role)["role_inference"]
    return {part: rule[part]["id"] for part in ("implies", "prior_role")}


@role.action("delete", RULE)
def delete(cloud: Cloud, role: str, implied_role: str) -> None:
    """Delete an implied role (admin only)."""
    cloud.send(ROLE, "DELETE", role, "implies", implied_role)


@role.lister("list")
def list_implied(cloud: Cloud) -> Items:
    """List implied roles, each with the prior role."""
    for rule in cloud.pages(IMPLIED_ROLE):
        prior = {f"prior_role_{key}": rule["prior_role"][key] for key in ("id", "name")}
        for implied in rule["implies"]:
            yield {**prior, **{f"implied_role_{key}": implied[key] for key in ("id", "name")}}
