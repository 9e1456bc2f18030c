"""BGP speakers: instances that advertise routes of Neutron networks to BGP peers."""

from ..api.network import BGP_PEER, BGP_SPEAKER, NETWORK, NETWORK_AGENT
from ..language import NAME, Arg, Cloud, Items, Json, Noun, Opt, Value, target
from ..owner import OWNER
from .autonomous_system import AutonomousSystemNumber
from .fields import OTHER_FIELDS
from .shared_options import IP_VERSION

speaker = Noun(
    BGP_SPEAKER,
    "Manage BGP speakers, which advertise routes to BGP peers.",
    columns=["id, name, local_as=Local AS, ip_version=IP Version"],
    fields=[
        "advertise_floating_ip_host_routes advertise_tenant_networks id ip_version local_as name networks project_id",
        *OTHER_FIELDS,
    ],
    admin="show create set delete",
)
ADVERTISE = [
    Opt(
        "--advertise-floating-ip-host-routes/--no-advertise-floating-ip-host-routes",
        "Enable or disable advertising host routes of floating IPs.",
    ),
    Opt(
        "--advertise-tenant-networks/--no-advertise-tenant-networks",
        "Enable or disable advertising routes of project networks.",
    ),
]
speaker.create(
    Arg("name", "Name of the BGP speaker."),
    Opt("--local-as", "Local autonomous system number.", type=AutonomousSystemNumber(), required=True),
    IP_VERSION,
    ADVERTISE,
    OWNER,
)


@speaker.lister("list", Value("--agent", "Filter by dynamic routing agent.", names=NETWORK_AGENT))
def list_speakers(cloud: Cloud, agent: str | None) -> Items:
    """List BGP speakers (admin only)."""
    return cloud.pages(BGP_SPEAKER, path=NETWORK_AGENT.at(agent, "bgp-drinstances") if agent else "")


@speaker.lister("list advertised routes", target(BGP_SPEAKER), columns=["destination next_hop=Nexthop"])
def list_routes(cloud: Cloud, bgp_speaker: str) -> list[Json]:
    """List the routes that a BGP speaker advertises (admin only)."""
    reply = cloud.send(BGP_SPEAKER, "GET", bgp_speaker, "get_advertised_routes")
    routes: list[Json] = reply["advertised_routes"]
    return routes


speaker.show()
speaker.set(NAME, ADVERTISE)
speaker.delete()
SPEAKER_AND_NETWORK = [target(BGP_SPEAKER), Arg("network", "Network.", ref=NETWORK)]
SPEAKER_AND_PEER = [target(BGP_SPEAKER), Arg("bgp_peer", "BGP peer.", ref=BGP_PEER)]


@speaker.action("add network", SPEAKER_AND_NETWORK)
def add_network(cloud: Cloud, bgp_speaker: str, body: Json) -> None:
    """Add a network to a BGP speaker (admin only)."""
    cloud.send(BGP_SPEAKER, "PUT", bgp_speaker, "add_gateway_network", json=body)


@speaker.action("remove network", SPEAKER_AND_NETWORK)
def remove_network(cloud: Cloud, bgp_speaker: str, body: Json) -> None:
    """Remove a network from a BGP speaker (admin only)."""
    cloud.send(BGP_SPEAKER, "PUT", bgp_speaker, "remove_gateway_network", json=body)


@speaker.action("add peer", SPEAKER_AND_PEER)
def add_peer(cloud: Cloud, bgp_speaker: str, body: Json) -> None:
    """Add a BGP peer to a BGP speaker (admin only)."""
    cloud.send(BGP_SPEAKER, "PUT", bgp_speaker, "add_bgp_peer", json=body)


@speaker.action("remove peer", SPEAKER_AND_PEER)
def remove_peer(cloud: Cloud, bgp_speaker: str, body: Json) -> None:
    """Remove a BGP peer from a BGP speaker (admin only)."""
    cloud.send(BGP_SPEAKER, "PUT", bgp_speaker, "remove_bgp_peer", json=body)
