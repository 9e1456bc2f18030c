"""BGP dynamic routing agents and the BGP speakers that they host."""

from ..api.network import BGP_SPEAKER, NETWORK_AGENT
from ..language import Arg, Cloud, Items, Json, Noun, Value

TYPE = "BGP dynamic routing agent"
dragent = Noun(
    NETWORK_AGENT,
    "Manage BGP dynamic routing agents.",
    columns=["id agent_type host availability_zone alive admin_state_up=State binary"],
)
AGENT_AND_SPEAKER = [
    Arg("dragent_id", "BGP dynamic routing agent.", names=NETWORK_AGENT),
    Arg("bgp_speaker", "BGP speaker.", ref=BGP_SPEAKER),
]


@dragent.lister("list", Value("--bgp-speaker", "Filter by hosted BGP speaker.", ref=BGP_SPEAKER))
def list_agents(cloud: Cloud, bgp_speaker: str | None) -> Items:
    """List BGP dynamic routing agents (admin only)."""
    if bgp_speaker:
        return cloud.pages(NETWORK_AGENT, path=BGP_SPEAKER.at(bgp_speaker, "bgp-dragents"))
    return cloud.pages(NETWORK_AGENT, {"agent_type": TYPE})


@dragent.action("add speaker", AGENT_AND_SPEAKER)
def add_speaker(cloud: Cloud, dragent_id: str, body: Json) -> None:
    """Schedule a BGP speaker to a dynamic routing agent (admin only)."""
    cloud.send(NETWORK_AGENT, "POST", dragent_id, "bgp-drinstances", json=body)


@dragent.action("remove speaker", AGENT_AND_SPEAKER)
def remove_speaker(cloud: Cloud, dragent_id: str, bgp_speaker: str) -> None:
    """Remove a BGP speaker from a dynamic routing agent (admin only)."""
    cloud.send(NETWORK_AGENT, "DELETE", dragent_id, "bgp-drinstances", bgp_speaker)
