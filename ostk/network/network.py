"""Networks: isolated layer-2 segments."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import OstkError
from ..kinds import NETWORK, NETWORK_AGENT, QOS_POLICY
from ..language import DESCRIPTION, LONG, NAME, NULL, PAGES, Arg, Column, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..render.format import EXTERNAL, LIST, UP_DOWN
from ..session.cloud import Cloud
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra import EXTRA, NO_EXTRA, OTHERS

network = Noun(
    NETWORK,
    "Manage networks.",
    columns=[
        "id name",
        Column("status", long=True),
        Column("project_id", "Project", long=True),
        Column("admin_state_up", "State", long=True),
        Column("shared", long=True),
        "subnets",
        Column("provider:network_type", "Network Type", long=True),
        Column("router:external", "Router Type", long=True),
        Column("availability_zones", long=True),
        Column("tags", long=True),
    ],
    fields=[
        "admin_state_up availability_zone_hints availability_zones created_at description dns_domain id",
        "ipv4_address_scope ipv6_address_scope is_default",
        Column("vlan_qinq", "is_vlan_qinq"),
        Column("vlan_transparent", "is_vlan_transparent"),
        "mtu name port_security_enabled project_id provider:network_type provider:physical_network",
        "provider:segmentation_id pvlan qos_policy_id revision_number router:external segments shared status",
        "subnets tags updated_at",
        *OTHERS,
    ],
    formats={
        "admin_state_up": UP_DOWN,
        "subnets": LIST,
        "router:external": EXTERNAL,
        "availability_zones": LIST,
        "tags": LIST,
        "availability_zone_hints": LIST,
    },
)
ENABLE = Opt("--enable/--disable", "Whether it carries traffic.", key="admin_state_up")
SHARE = Opt("--share/--no-share", "Whether other projects may use it.", key="shared")
EXTERNAL_INTERNAL = Opt("--external/--internal", "Whether it leads outside the cloud.", key="router:external")
PORT_SECURITY = Opt(
    "--enable-port-security/--disable-port-security",
    "Whether its ports are filtered, unless they say.",
    key="port_security_enabled",
)
PVLAN = Opt("--pvlan/--no-pvlan", "Whether it is a private VLAN.")
TYPE = Opt("--provider-network-type", "How it is made: flat, vlan, vxlan or other.", key="provider:network_type")
PHYSICAL = Opt("--provider-physical-network", "Physical network it lies on.", key="provider:physical_network")
SEGMENT = Opt("--provider-segment", "VLAN ID or tunnel ID.", key="provider:segmentation_id")
SHARED_OPTIONS = [
    DESCRIPTION,
    SHARE,
    Opt("--mtu", "Largest packet, in bytes."),
    PORT_SECURITY,
    EXTERNAL_INTERNAL,
    Opt("--default/--no-default", "Whether it is the default external one.", key="is_default"),
    PVLAN,
    TYPE,
    PHYSICAL,
    SEGMENT,
    Opt("--dns-domain", "DNS domain of its ports."),
    EXTRA,
]
QOS = Opt("--qos-policy", "QoS policy of its ports.", ref=QOS_POLICY)


def coherent(values: Json) -> None:
    """Refuse what Neutron would take apart, or not understand."""
    if values.get("transparent_vlan") and values.get("qinq_vlan"):
        raise OstkError("--transparent-vlan and --qinq-vlan exclude each other.")
    if values["enable_port_security"] is False and values["pvlan"]:
        raise OstkError("--disable-port-security and --pvlan exclude each other.")


def complete(values: Json) -> None:
    """Refuse a segment without its type."""
    coherent(values)
    if values["provider_segment"] and not values["provider_network_type"]:
        raise OstkError("--provider-segment needs --provider-network-type.")


@network.lister(
    "list",
    EXTERNAL_INTERNAL,
    LONG,
    Opt("--name", "Only those with this name."),
    ENABLE,
    OF_PROJECT,
    Opt("--pvlan/--no-pvlan", "Whether it is a private VLAN.", local=True),
    SHARE,
    Opt("--status", "Only those in this state.", choices="ACTIVE BUILD DOWN ERROR"),
    Opt(
        "--provider-network-type",
        "Only those made like this.",
        key="provider:network_type",
        choices="flat geneve gre local vlan vxlan",
    ),
    PHYSICAL,
    SEGMENT,
    Opt("--agent", "Only those that this DHCP agent serves.", ref=NETWORK_AGENT, local=True),
    TAG_FILTERS,
    PAGES,
)
def list_networks(cloud: Cloud, body: Json, agent: str, pvlan: bool | None, max_items: int) -> Iterator[Json]:
    """List networks."""
    path = f"{NETWORK_AGENT.path}/{agent}/dhcp-networks" if agent else ""
    found = cloud.pages(NETWORK, body, path=path, limit=max_items)
    return found if pvlan is None else (one for one in found if one.get("pvlan") is pvlan)


network.show()
network.create(
    Arg("name"),
    ENABLE,
    OWNER,
    SHARED_OPTIONS,
    Opt("--availability-zone-hint", "Zone to be in; may be repeated.", key="availability_zone_hints", multiple=True),
    QOS,
    Opt("--transparent-vlan/--no-transparent-vlan", "Whether VLAN tags pass.", key="vlan_transparent"),
    Opt("--qinq-vlan/--no-qinq-vlan", "Whether VLANs nest in it.", key="vlan_qinq"),
    NEW_TAGS,
    defaults={"admin_state_up": True},
    refuse=complete,
)
network.set(
    NAME,
    ENABLE,
    SHARED_OPTIONS,
    exclusive(QOS, Opt("--no-qos-policy", "No QoS policy.", key="qos_policy_id", value=NULL)),
    SET_TAGS,
    refuse=coherent,
)
network.unset(NO_EXTRA, UNSET_TAGS)
network.delete()
