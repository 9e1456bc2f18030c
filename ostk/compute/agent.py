"""Compute agents: builds of the Xen guest agent, an API that Nova removed in release 22.0 (Victoria)."""

from ..api.compute import COMPUTE_AGENT
from ..errors import ResourceNotFound
from ..language import Arg, Cloud, Json, Noun, Opt

agent = Noun(
    COMPUTE_AGENT,
    "Manage guest agent builds (removed in Nova 22.0).",
    columns=["agent_id hypervisor os=OS architecture version md5hash=Md5Hash url=URL"],
)
agent.list(Opt("--hypervisor", "Filter by hypervisor type, e.g. xen."), help="List guest agent builds (admin only).")
agent.create(
    Arg("os", "Operating system of the guest, e.g. linux."),
    Arg("architecture", "CPU architecture of the guest, e.g. x86_64."),
    Arg("version", "Version of the agent build."),
    Arg("url", "URL of the agent build."),
    Arg("md5hash", "MD5 checksum of the agent build."),
    Arg("hypervisor", "Hypervisor type of the compute hosts, e.g. xen."),
    help="Create a guest agent build (admin only).",
)
agent.delete(help="Delete guest agent builds (admin only).")


@agent.action(
    "set",
    Arg("id", "ID of the agent build.", type=int, not_sent=True),
    Opt("--agent-version", "New version of the agent build.", key="version"),
    Opt("--url", "New URL of the agent build."),
    Opt("--md5hash", "New MD5 checksum of the agent build."),
)
def set_agent(cloud: Cloud, id: int, body: Json) -> None:
    """Set properties of a guest agent build (admin only)."""
    found = [item for item in cloud.pages(COMPUTE_AGENT) if item["agent_id"] == id]
    if not found:
        raise ResourceNotFound(f"No compute agent has the ID {id}.")
    # PUT /os-agents/ID requires all three fields.
    para = {key: found[0][key] for key in ("version", "url", "md5hash")} | body
    cloud.request(COMPUTE_AGENT.service, "PUT", COMPUTE_AGENT.at(str(id)), json={"para": para})
