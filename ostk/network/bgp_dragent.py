"""Dynamic routing agents: what speaks for BGP speakers."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import BGP_SPEAKER, NETWORK_AGENT
from ..language import Arg, Json, Noun, Opt
from ..session.cloud import Cloud

TYPE = "BGP dynamic routing agent"
dragent = Noun(
    NETWORK_AGENT,
    "Manage which agents speak for BGP speakers.",
    columns=["id agent_type host availability_zone alive admin_state_up=State binary"],
)
BOTH = [Arg("dragent_id", names=NETWORK_AGENT, not_sent=True), Arg("bgp_speaker", ref=BGP_SPEAKER)]


@dragent.lister("list", Opt("--bgp-speaker", "Only those of this speaker.", ref=BGP_SPEAKER, not_sent=True))
def list_agents(cloud: Cloud, bgp_speaker: str | None) -> Iterator[Json]:
    """List dynamic routing agents."""
    if bgp_speaker:
        return cloud.pages(NETWORK_AGENT, path=BGP_SPEAKER.at(bgp_speaker, "bgp-dragents"))
    return cloud.pages(NETWORK_AGENT, {"agent_type": TYPE})


@dragent.action("add speaker", BOTH)
def add_speaker(cloud: Cloud, dragent_id: str, body: Json) -> None:
    """Have an agent speak for a BGP speaker."""
    cloud.call(NETWORK_AGENT.service, "POST", NETWORK_AGENT.at(dragent_id, "bgp-drinstances"), json=body)


@dragent.action("remove speaker", BOTH)
def remove_speaker(cloud: Cloud, dragent_id: str, bgp_speaker: str) -> None:
    """Have an agent no longer speak for a BGP speaker."""
    cloud.call(NETWORK_AGENT.service, "DELETE", NETWORK_AGENT.at(dragent_id, "bgp-drinstances", bgp_speaker))
