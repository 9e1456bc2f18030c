"""Compute agents: programs inside servers that Nova told to update themselves, before 2.89."""

from __future__ import annotations

from ..api.compute import COMPUTE_AGENT
from ..errors import ResourceNotFound
from ..language import Arg, Json, Noun, Opt
from ..session.cloud import Cloud

agent = Noun(
    COMPUTE_AGENT,
    "Manage builds of the agent inside of servers (old clouds).",
    columns=["agent_id hypervisor os=OS architecture version md5hash url=URL"],
)
agent.list(Opt("--hypervisor", "Only those for this kind of hypervisor."))
agent.create(
    *map(Arg, ("os", "architecture", "version", "url", "md5hash", "hypervisor")), help="Create a build of the agent."
)
agent.delete(help="Delete builds of the agent.")


@agent.action(
    "set",
    Arg("id", type=int, not_sent=True),
    Opt("--agent-version", "Its new version.", key="version"),
    Opt("--url", "Where it is fetched from."),
    Opt("--md5hash", "MD5 checksum of it."),
)
def set_agent(cloud: Cloud, id: int, body: Json) -> None:
    """Change a build of the agent."""
    found = [one for one in cloud.pages(COMPUTE_AGENT) if one["agent_id"] == id]
    if not found:
        raise ResourceNotFound(f"No compute agent has the ID {id}.")
    # Nova wants all three of them, whichever changes.
    para = {key: found[0][key] for key in ("version", "url", "md5hash")} | body
    cloud.request(COMPUTE_AGENT.service, "PUT", COMPUTE_AGENT.at(str(id)), json={"para": para})
