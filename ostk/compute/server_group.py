"""Server groups: affinity and anti-affinity policies for placing servers on hosts."""

from ..api.compute import SERVER_GROUP
from ..language import COUNT, LIMIT, LONG, MAX_ITEMS, Arg, Cloud, Column, Json, Noun, Opt, properties, without
from ..render.format import DICT, LIST

SINCE = "2.64"  # a group has the fields policy and rules; before, a list `policies`
POLICIES = "affinity anti-affinity soft-affinity soft-anti-affinity"
POLICY = [Column("policy", since=SINCE), Column("policies", until=SINCE)]

group = Noun(
    SERVER_GROUP,
    "Manage server groups: affinity policies for servers.",
    columns=["id name", *POLICY],
    long=["members", Column("project_id", "Project Id"), Column("user_id", "User Id")],
    fields=["id name project_id user_id members", *POLICY, Column("rules", since=SINCE)],
    formats={"policies": LIST, "members": LIST, "rules": DICT},
)


def with_policy(cloud: Cloud, body: Json) -> Json:
    """Return the request with the policy in the field that the microversion has."""
    if body["policy"].startswith("soft-"):
        cloud.require(SERVER_GROUP.service, "2.15", f"--policy {body['policy']}")
    if cloud.supports(SERVER_GROUP.service, SINCE):
        return body
    return {**without(body, "policy"), "policies": [body["policy"]]}


group.list(
    Opt("--all-projects", "List the server groups of all projects.", value=True, admin=True),
    LONG,
    LIMIT,
    Opt("--offset", "Number of server groups to skip.", type=COUNT),
    MAX_ITEMS,
)
group.show()
group.create(
    Arg("name", "Name of the server group."),
    Opt("--policy", "Policy of the server group.", choices=POLICIES, default="affinity"),
    properties(
        "Set a rule of the policy: KEY=VALUE; anti-affinity has max_server_per_host.",
        flag="--rule",
        key="rules",
        since=SINCE,
    ),
    prepare=with_policy,
)
group.delete()
