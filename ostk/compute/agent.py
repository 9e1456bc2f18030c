"""Compute agents: programs inside servers that Nova told to update themselves, before 2.89."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import NotFoundError
from ..kinds import COMPUTE_AGENT
from ..language import Arg, Column, Json, Noun, Opt, each
from ..session.cloud import Cloud

agent = Noun(
    COMPUTE_AGENT,
    "Manage builds of the agent inside of servers (old clouds).",
    columns=["agent_id hypervisor", Column("os", "OS"), "architecture version md5hash", Column("url", "URL")],
)
agent.list(Opt("--hypervisor", "Only those for this kind of hypervisor."))


@agent.shower("create", *map(Arg, ("os", "architecture", "version", "url", "md5hash", "hypervisor")), fields=[])
def create_agent(cloud: Cloud, body: Json) -> Any:
    """Create a build of the agent."""
    return cloud.create(COMPUTE_AGENT, body)


@agent.action("delete", Arg("id", nargs=-1, required=True, metavar="ID..."))
def delete_agents(cloud: Cloud, id: Sequence[str]) -> None:
    """Delete builds of the agent."""
    each(cloud, lambda one: cloud.delete(COMPUTE_AGENT, one), id, "delete", COMPUTE_AGENT.noun)


@agent.action(
    "set",
    Arg("id", type=int, local=True),
    Opt("--agent-version", "Its new version.", key="version"),
    Opt("--url", "Where it is fetched from."),
    Opt("--md5hash", "MD5 checksum of it."),
)
def set_agent(cloud: Cloud, id: int, body: Json) -> None:
    """Change a build of the agent."""
    # Nova wants all three of them, whichever changes.
    for one in cloud.pages(COMPUTE_AGENT):
        if one["agent_id"] == id:
            para = {**{key: one[key] for key in ("version", "url", "md5hash")}, **body}
            cloud.request(COMPUTE_AGENT.service, "PUT", f"{COMPUTE_AGENT.path}/{id}", json={"para": para})
            return
    raise NotFoundError(f"No compute agent has the ID {id}.")
