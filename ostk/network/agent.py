"""Network agents: what makes networks work on the hosts."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import OstkError
from ..kinds import NETWORK, NETWORK_AGENT, ROUTER
from ..language import DESCRIPTION, LONG, PAGES, Arg, Column, Flag, Json, Noun, Opt, exclusive, target
from ..render.format import ALIVE, UP_DOWN
from ..session.cloud import Cloud, quote

HA_STATE = Column("ha_state", "HA State", hidden=True)
agent = Noun(
    NETWORK_AGENT,
    "Manage network agents.",
    columns=["id agent_type host availability_zone alive", Column("admin_state_up", "State"), "binary", HA_STATE],
    fields=[
        "admin_state_up agent_type alive availability_zone binary",
        Column("configurations", "configuration"),
        "created_at description ha_chassis_priority ha_state host id",
        Column("heartbeat_timestamp", "last_heartbeat_at"),
        "resources_synced started_at topic",
    ],
    formats={"alive": ALIVE, "admin_state_up": UP_DOWN},
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
AGENT = target(NETWORK_AGENT, "agent_id")
DHCP = Flag("--dhcp", "It is a DHCP agent.")
L3 = Flag("--l3", "It is an L3 agent.")


@agent.lister(
    "list",
    Opt("--agent-type", "Only those of this type.", choices=TYPES, convert=TYPES.get),
    Opt("--host", "Only those on this host."),
    exclusive(
        Opt("--network", "Only those that serve this network.", ref=NETWORK, local=True),
        Opt("--router", "Only those that serve this router.", ref=ROUTER, local=True),
    ),
    LONG,
    PAGES,
)
def list_agents(
    cloud: Cloud, body: Json, columns: list[Column], network: str, router: str, long: bool, max_items: int
) -> tuple[list[Column], Iterator[Json]]:
    """List network agents."""
    path = f"{NETWORK.path}/{network}/dhcp-agents" if network else ""
    if router:
        path = f"{ROUTER.path}/{router}/l3-agents"
        columns = [*(c for c in columns if c is not HA_STATE), HA_STATE] if long else columns
    query = {} if path else body
    return columns, cloud.pages(NETWORK_AGENT, query, path=path, limit=max_items)


agent.show()
agent.set(DESCRIPTION, Opt("--enable/--disable", "Whether it works.", key="admin_state_up"))
agent.delete()


def send(cloud: Cloud, method: str, agent: str, what: str, body: Json | None = None) -> None:
    """Send a request about what an agent serves."""
    content = {"json": body} if body else {}
    cloud.call(NETWORK_AGENT.service, method, f"{NETWORK_AGENT.path}/{quote(agent)}/{what}", **content)


def of_type(given: bool, flag: str) -> bool:
    """Whether the type of an agent was given; without it nothing is done, which is told."""
    if not given:
        OstkError(f"Nothing was done: {flag} says which agents are meant.").show()
    return given


@agent.action("add network", DHCP, AGENT, Arg("network", ref=NETWORK))
def add_network(cloud: Cloud, agent_id: str, dhcp: bool, body: Json) -> None:
    """Have a DHCP agent serve a network."""
    if of_type(dhcp, "--dhcp"):
        send(cloud, "POST", agent_id, "dhcp-networks", body)


@agent.action("remove network", DHCP, AGENT, Arg("network", ref=NETWORK, local=True))
def remove_network(cloud: Cloud, agent_id: str, dhcp: bool, network: str) -> None:
    """Have a DHCP agent no longer serve a network."""
    if of_type(dhcp, "--dhcp"):
        send(cloud, "DELETE", agent_id, f"dhcp-networks/{network}")


@agent.action(
    "add router",
    L3,
    Opt("--ha-chassis-priority", "Priority of the agent for it.", type=int),
    AGENT,
    Arg("router", ref=ROUTER),
)
def add_router(cloud: Cloud, agent_id: str, l3: bool, body: Json) -> None:
    """Have an L3 agent serve a router."""
    if of_type(l3, "--l3"):
        send(cloud, "POST", agent_id, "l3-routers", body)


@agent.action("remove router", L3, AGENT, Arg("router", ref=ROUTER, local=True))
def remove_router(cloud: Cloud, agent_id: str, l3: bool, router: str) -> None:
    """Have an L3 agent no longer serve a router."""
    if of_type(l3, "--l3"):
        send(cloud, "DELETE", agent_id, f"l3-routers/{router}")


@agent.action(
    "router set",
    Opt("--ha-chassis-priority", "Priority of the agent for it.", type=int, required=True),
    AGENT,
    Arg("router", ref=ROUTER, local=True),
)
def set_router(cloud: Cloud, agent_id: str, router: str, body: Json) -> None:
    """Change how an L3 agent serves a router."""
    send(cloud, "PUT", agent_id, f"l3-routers/{router}", body)
