"""Server groups: servers that are to be on the same host, or on different ones."""

from __future__ import annotations

from ..api.compute import SERVER_GROUP
from ..language import COUNT, LIMIT, LONG, MAX_ITEMS, Arg, Column, Json, Noun, Opt, properties
from ..render.format import DICT, LIST
from ..session.cloud import Cloud

SINCE = "2.64"  # groups have one policy with rules; before, they have a list of policies
POLICIES = "affinity anti-affinity soft-affinity soft-anti-affinity"
POLICY = [Column("policy", since=SINCE), Column("policies", until=SINCE)]

group = Noun(
    SERVER_GROUP,
    "Manage groups of servers, on one host or apart.",
    columns=["id name", *POLICY],
    long=["members", Column("project_id", "Project Id"), Column("user_id", "User Id")],
    fields=["id name project_id user_id members", *POLICY, Column("rules", since=SINCE)],
    formats={"policies": LIST, "members": LIST, "rules": DICT},
)


def fitting(cloud: Cloud, body: Json) -> None:
    """Name the policy as this version of Nova does."""
    if body["policy"].startswith("soft-"):
        cloud.require(SERVER_GROUP.service, "2.15", f"--policy {body['policy']}")
    if not cloud.supports(SERVER_GROUP.service, SINCE):
        body["policies"] = [body.pop("policy")]


group.list(
    Opt("--all-projects", "Those of all projects.", value=True),
    LONG,
    LIMIT,
    Opt("--offset", "How many to leave out first.", type=COUNT),
    MAX_ITEMS,
)
group.show()
group.create(
    Arg("name"),
    Opt("--policy", "How its servers are placed; affinity unless given.", choices=POLICIES, default="affinity"),
    properties("Rule of the policy; may be repeated.", flag="--rule", key="rules", since=SINCE),
    prepare=fitting,
)
group.delete()
