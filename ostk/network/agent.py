"""Network agents: DHCP, L3, Open vSwitch, OVN and other agents, and the networks and routers that agents host."""

from collections.abc import Iterator

from ..api.network import NETWORK, NETWORK_AGENT, ROUTER
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, PAGES, Arg, Cloud, Column, Flag, Json, Noun, Opt, Value, exclusive, target
from ..record import replace
from .fields import FORMATS

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
    admin="show set delete",
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
    Opt("--agent-type", "Filter by agent type.", choices=TYPES, convert=TYPES.get),
    Opt("--host", "Filter by host name."),
    exclusive(
        Value("--network", "List the DHCP agents that host this network.", ref=NETWORK),
        Value("--router", "List the L3 agents that host this router.", ref=ROUTER),
    ),
    LONG,
    PAGES,
)
def list_agents(
    cloud: Cloud,
    body: Json,
    columns: list[Column],
    network: str | None,
    router: str | None,
    long: bool,
    max_items: int | None,
) -> tuple[list[Column], Iterator[Json]]:
    """List network agents (admin only)."""
    path = NETWORK.at(network, "dhcp-agents") if network else ""
    if router:
        path = ROUTER.at(router, "l3-agents")
        if long:
            columns = [*(c for c in columns if c.key != HA_STATE.key), replace(HA_STATE, hidden=False)]
    return columns, cloud.pages(NETWORK_AGENT, {} if path else body, path=path, limit=max_items)


agent.show()
agent.set(DESCRIPTION, Opt("--enable/--disable", "Set the admin state of the agent up or down.", key="admin_state_up"))
agent.delete()

AGENT = target(NETWORK_AGENT, "agent_id", "Network agent.")
PRIORITY = Opt("--ha-chassis-priority", "HA chassis priority of the agent for the router (OVN).", type=int)
TO_NETWORK = [
    Flag("--dhcp", "Add the network to a DHCP agent; without --dhcp, the command sends no request."),
    AGENT,
    Arg("network", "Network.", ref=NETWORK),
]
TO_ROUTER = [AGENT, Arg("router", "Router.", ref=ROUTER)]
L3 = Flag("--l3", "Select the L3 agent; without --l3, the command sends no request.")


def send(cloud: Cloud, method: str, values: Json, flag: str, *path: str, body: Json | None = None) -> None:
    """Send a scheduling request for an agent; without the flag of its agent type, only warn.

    The reference client also does nothing, with exit code 0, without --dhcp or --l3.

    Args:
        cloud: The cloud.
        method: HTTP method.
        values: Values of the command line; `agent_id` and the flag are read.
        flag: "dhcp", "l3", or "" where no flag is needed.
        path: Segments of the path below the agent.
        body: Body of the request.
    """
    if flag and not values[flag]:
        OstkError(f"Nothing was done for agent {values['agent_id']}: give --{flag}, the type of the agent.").show()
    else:
        cloud.send(NETWORK_AGENT, method, values["agent_id"], *path, json=body)


@agent.action("add network", TO_NETWORK)
def add_network(cloud: Cloud, values: Json, body: Json) -> None:
    """Schedule a network to a DHCP agent (admin only)."""
    send(cloud, "POST", values, "dhcp", "dhcp-networks", body=body)


@agent.action("remove network", TO_NETWORK)
def remove_network(cloud: Cloud, values: Json, network: str) -> None:
    """Remove a network from a DHCP agent (admin only)."""
    send(cloud, "DELETE", values, "dhcp", "dhcp-networks", network)


@agent.action("add router", L3, PRIORITY, TO_ROUTER)
def add_router(cloud: Cloud, values: Json, body: Json) -> None:
    """Schedule a router to an L3 agent (admin only)."""
    send(cloud, "POST", values, "l3", "l3-routers", body=body)


@agent.action("remove router", L3, TO_ROUTER)
def remove_router(cloud: Cloud, values: Json, router: str) -> None:
    """Remove a router from an L3 agent (admin only)."""
    send(cloud, "DELETE", values, "l3", "l3-routers", router)


@agent.action(
    "router set",
    Opt("--ha-chassis-priority", "HA chassis priority of the agent for the router (OVN).", type=int, required=True),
    AGENT,
    Arg("router", "Router.", ref=ROUTER, not_sent=True),
)
def set_router(cloud: Cloud, values: Json, router: str, body: Json) -> None:
    """Set the HA chassis priority of an L3 agent for a router (admin only)."""
    send(cloud, "PUT", values, "", "l3-routers", router, body=body)
