"""Network agents: what makes networks work on the hosts."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import NETWORK, NETWORK_AGENT, ROUTER
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, PAGES, Arg, Column, Flag, Json, Noun, Opt, exclusive, target
from ..session.cloud import Cloud
from .extra_properties import FORMATS

HA_STATE = Column("ha_state", hidden=True)
agent = Noun(
    NETWORK_AGENT,
    "Manage network agents.",
    columns=["id agent_type host availability_zone alive admin_state_up=State binary", HA_STATE],
    fields=[
        "admin_state_up agent_type alive availability_zone binary configurations=configuration created_at description",
        "ha_chassis_priority ha_state heartbeat_timestamp=last_heartbeat_at host id resources_synced started_at topic",
    ],
    formats=FORMATS,
)
TYPES = {
    "baremetal": "Baremetal Node",
    "bgp": "BGP dynamic routing agent",
    "dhcp": "DHCP agent",
    "l3": "L3 agent",
    "linux-bridge": "Linux bridge agent",
    "loadbalancer": "Loadbalancer agent",
    "macvtap": "Macvtap agent",
    "metadata": "Metadata agent",
    "metering": "Metering agent",
    "nic": "NIC Switch agent",
    "ofa": "OFA driver agent",
    "open-vswitch": "Open vSwitch agent",
    "ovn-agent": "OVN Neutron agent",
    "ovn-controller": "OVN Controller agent",
    "ovn-controller-gateway": "OVN Controller Gateway agent",
    "ovn-metadata": "OVN Metadata agent",
}


@agent.lister(
    "list",
    Opt("--agent-type", "Only those of this type.", choices=TYPES, convert=TYPES.get),
    Opt("--host", "Only those on this host."),
    exclusive(
        Opt("--network", "Only those that serve this network.", ref=NETWORK, not_sent=True),
        Opt("--router", "Only those that serve this router.", ref=ROUTER, not_sent=True),
    ),
    LONG,
    PAGES,
)
def list_agents(
    cloud: Cloud, body: Json, columns: list[Column], network: str, router: str, long: bool, max_items: int
) -> tuple[list[Column], Iterator[Json]]:
    """List network agents."""
    path = NETWORK.at(network, "dhcp-agents") if network else ""
    if router:
        path = ROUTER.at(router, "l3-agents")
        columns = [*(c for c in columns if c is not HA_STATE), HA_STATE] if long else columns
    return columns, cloud.pages(NETWORK_AGENT, {} if path else body, path=path, limit=max_items)


agent.show()
agent.set(DESCRIPTION, Opt("--enable/--disable", "Whether it works.", key="admin_state_up"))
agent.delete()

AGENT = target(NETWORK_AGENT, "agent_id")
PRIORITY = Opt("--ha-chassis-priority", "Priority of the agent for it.", type=int)
TO_NETWORK = [Flag("--dhcp", "It is a DHCP agent."), AGENT, Arg("network", ref=NETWORK)]
TO_ROUTER = [AGENT, Arg("router", ref=ROUTER)]
L3 = Flag("--l3", "It is an L3 agent.")


def send(cloud: Cloud, method: str, values: Json, flag: str, *what: str, body: Json | None = None) -> None:
    """Send a request about what an agent serves; nothing without the flag of its type, which is told."""
    if flag and not values[flag]:
        OstkError(f"Nothing was done: --{flag} says which agents are meant.").show()
    else:
        cloud.call(NETWORK_AGENT.service, method, NETWORK_AGENT.at(values["agent_id"], *what), json=body)


@agent.action("add network", TO_NETWORK)
def add_network(cloud: Cloud, values: Json, body: Json) -> None:
    """Have a DHCP agent serve a network."""
    send(cloud, "POST", values, "dhcp", "dhcp-networks", body=body)


@agent.action("remove network", TO_NETWORK)
def remove_network(cloud: Cloud, values: Json, network: str) -> None:
    """Have a DHCP agent no longer serve a network."""
    send(cloud, "DELETE", values, "dhcp", "dhcp-networks", network)


@agent.action("add router", L3, PRIORITY, TO_ROUTER)
def add_router(cloud: Cloud, values: Json, body: Json) -> None:
    """Have an L3 agent serve a router."""
    send(cloud, "POST", values, "l3", "l3-routers", body=body)


@agent.action("remove router", L3, TO_ROUTER)
def remove_router(cloud: Cloud, values: Json, router: str) -> None:
    """Have an L3 agent no longer serve a router."""
    send(cloud, "DELETE", values, "l3", "l3-routers", router)


@agent.action(
    "router set",
    Opt("--ha-chassis-priority", "Priority of the agent for it.", type=int, required=True),
    AGENT,
    Arg("router", ref=ROUTER, not_sent=True),
)
def set_router(cloud: Cloud, values: Json, router: str, body: Json) -> None:
    """Change how an L3 agent serves a router."""
    send(cloud, "PUT", values, "", "l3-routers", router, body=body)
