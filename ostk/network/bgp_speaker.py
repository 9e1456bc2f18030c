"""BGP speakers: what tells peers of the routes into the cloud."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import BGP_PEER, BGP_SPEAKER, NETWORK, NETWORK_AGENT
from ..language import NAME, Arg, Json, Noun, Opt, target
from ..owner import OWNER
from ..session.cloud import Cloud
from .autonomous_system import Number
from .extra_properties import IP_VERSION, OTHERS

speaker = Noun(
    BGP_SPEAKER,
    "Manage BGP speakers: what tells peers of routes.",
    columns=["id, name, local_as=Local AS, ip_version=IP Version"],
    fields=[
        "advertise_floating_ip_host_routes advertise_tenant_networks id ip_version local_as name networks project_id",
        *OTHERS,
    ],
)
ROUTES = [
    Opt(
        "--advertise-floating-ip-host-routes/--no-advertise-floating-ip-host-routes",
        "Whether peers are told of floating IPs.",
    ),
    Opt("--advertise-tenant-networks/--no-advertise-tenant-networks", "Whether peers are told of projects' networks."),
]
speaker.create(
    Arg("name"),
    Opt("--local-as", "Number of its autonomous system.", type=Number(), required=True),
    IP_VERSION,
    ROUTES,
    OWNER,
)


@speaker.lister("list", Opt("--agent", "Only those of this agent, by ID.", names=NETWORK_AGENT, not_sent=True))
def list_speakers(cloud: Cloud, agent: str | None) -> Iterator[Json]:
    """List BGP speakers."""
    return cloud.pages(BGP_SPEAKER, path=NETWORK_AGENT.at(agent, "bgp-drinstances") if agent else "")


@speaker.lister("list advertised routes", target(BGP_SPEAKER), columns=["destination next_hop=Nexthop"])
def list_routes(cloud: Cloud, bgp_speaker: str) -> list[Json]:
    """List the routes that a BGP speaker tells peers of."""
    told = cloud.call(BGP_SPEAKER.service, "GET", BGP_SPEAKER.at(bgp_speaker, "get_advertised_routes"))
    routes: list[Json] = told["advertised_routes"]
    return routes


speaker.show()
speaker.set(NAME, ROUTES)
speaker.delete()
OF_NETWORK = [target(BGP_SPEAKER), Arg("network", ref=NETWORK)]
OF_PEER = [target(BGP_SPEAKER), Arg("bgp_peer", ref=BGP_PEER)]


def put(cloud: Cloud, speaker: str, what: str, body: Json) -> None:
    """Have a speaker do something."""
    cloud.call(BGP_SPEAKER.service, "PUT", BGP_SPEAKER.at(speaker, what), json=body)


@speaker.action("add network", OF_NETWORK)
def add_network(cloud: Cloud, bgp_speaker: str, body: Json) -> None:
    """Have a BGP speaker tell of what is reached through an external network."""
    put(cloud, bgp_speaker, "add_gateway_network", body)


@speaker.action("remove network", OF_NETWORK)
def remove_network(cloud: Cloud, bgp_speaker: str, body: Json) -> None:
    """Have a BGP speaker no longer tell of what is reached through an external network."""
    put(cloud, bgp_speaker, "remove_gateway_network", body)


@speaker.action("add peer", OF_PEER)
def add_peer(cloud: Cloud, bgp_speaker: str, body: Json) -> None:
    """Have a BGP speaker talk to a peer."""
    put(cloud, bgp_speaker, "add_bgp_peer", body)


@speaker.action("remove peer", OF_PEER)
def remove_peer(cloud: Cloud, bgp_speaker: str, body: Json) -> None:
    """Have a BGP speaker no longer talk to a peer."""
    put(cloud, bgp_speaker, "remove_bgp_peer", body)
