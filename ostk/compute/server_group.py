"""Server groups: servers that are to be on the same host, or on different ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from ..kinds import SERVER_GROUP
from ..language import LIMIT, LONG, MAX_ITEMS, Arg, Column, Json, Noun, Opt, properties
from ..render.format import DICT, LIST
from ..session.cloud import Cloud

NOVA = SERVER_GROUP.service
POLICIES = ["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"]


def one_policy(cloud: Cloud) -> bool:
    """Whether groups have one policy with rules; before 2.64 they have a list of policies."""
    return cloud.supports(NOVA, "2.64")


def fitting(cloud: Cloud, columns: Sequence[Column]) -> list[Column]:
    """The columns that the cloud has."""
    other = {"policies"} if one_policy(cloud) else {"policy", "rules"}
    return [column for column in columns if column.key not in other]


group = Noun(
    SERVER_GROUP,
    "Manage groups of servers, on one host or apart.",
    columns=[
        "id name policy policies",
        Column("members", long=True),
        Column("project_id", "Project Id", long=True),
        Column("user_id", "User Id", long=True),
    ],
    fields=["id name policy project_id user_id members policies rules"],
    formats={"policies": LIST, "members": LIST, "rules": DICT},
)


@group.lister(
    "list",
    Opt("--all-projects", "Those of all projects.", value=True),
    LONG,
    LIMIT,
    Opt("--offset", "How many to leave out first.", type=click.IntRange(0)),
    MAX_ITEMS,
)
def list_groups(cloud: Cloud, body: Json, columns: list[Column], limit: int, max_items: int) -> Any:
    """List server groups."""
    return fitting(cloud, columns), cloud.pages(SERVER_GROUP, body, limit=max_items or limit)


@group.shower("show", Arg("server_group", local=True, names=SERVER_GROUP))
def show_group(cloud: Cloud, server_group: str) -> Any:
    """Show a server group."""
    return fitting(cloud, group.fields), cloud.get(SERVER_GROUP, server_group)


@group.shower(
    "create",
    Arg("name"),
    Opt("--policy", "How its servers are placed; affinity unless given.", choices=POLICIES, default=POLICIES[0]),
    properties("Rule of the policy; may be repeated.", flag="--rule", key="rules", since="2.64"),
)
def create_group(cloud: Cloud, body: Json) -> Any:
    """Create a server group."""
    if body["policy"].startswith("soft-"):
        cloud.require(NOVA, "2.15", f"--policy {body['policy']}")
    if not one_policy(cloud):
        body["policies"] = [body.pop("policy")]
    return fitting(cloud, group.fields), cloud.create(SERVER_GROUP, body)


group.delete()
