"""Networks: isolated layer-2 segments."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import NETWORK, NETWORK_AGENT, QOS_POLICY
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, PAGES, Arg, Column, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..session.cloud import Cloud
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import ENABLE, EXTRA, FORMATS, NO_EXTRA, NO_QOS, OF_NAME, OTHERS, PORT_SECURITY, SHARE, ZONES

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
    ],
    long=[
        Column("provider:network_type", "Network Type"),
        Column("router:external", "Router Type"),
        "availability_zones tags",
    ],
    fields=[
        "admin_state_up availability_zone_hints availability_zones created_at description dns_domain id",
        "ipv4_address_scope ipv6_address_scope is_default vlan_qinq=is_vlan_qinq vlan_transparent=is_vlan_transparent",
        "mtu name port_security_enabled project_id provider:network_type provider:physical_network",
        "provider:segmentation_id pvlan qos_policy_id revision_number router:external segments shared status",
        "subnets tags updated_at",
        *OTHERS,
    ],
    formats=FORMATS,
)
LEADS_OUTSIDE = Opt("--external/--internal", "Whether it leads outside the cloud.", key="router:external")
PHYSICAL = Opt("--provider-physical-network", "Physical network it lies on.", key="provider:physical_network")
SEGMENT = Opt("--provider-segment", "VLAN ID or tunnel ID.", key="provider:segmentation_id")
QOS = Opt("--qos-policy", "QoS policy of its ports.", ref=QOS_POLICY)
SETTINGS = [
    ENABLE,
    DESCRIPTION,
    SHARE,
    Opt("--mtu", "Largest packet, in bytes."),
    PORT_SECURITY,
    LEADS_OUTSIDE,
    Opt("--default/--no-default", "Whether it is the default external one.", key="is_default"),
    Opt("--pvlan/--no-pvlan", "Whether it is a private VLAN."),
    Opt("--provider-network-type", "How it is made: flat, vlan, vxlan or other.", key="provider:network_type"),
    PHYSICAL,
    SEGMENT,
    Opt("--dns-domain", "DNS domain of its ports."),
    EXTRA,
]


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
    LEADS_OUTSIDE,
    LONG,
    OF_NAME,
    ENABLE,
    OF_PROJECT,
    Opt("--pvlan/--no-pvlan", "Whether it is a private VLAN.", not_sent=True),
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
    Opt("--agent", "Only those that this DHCP agent serves.", ref=NETWORK_AGENT, not_sent=True),
    TAG_FILTERS,
    PAGES,
)
def list_networks(cloud: Cloud, body: Json, agent: str, pvlan: bool | None, max_items: int) -> Iterator[Json]:
    """List networks."""
    path = NETWORK_AGENT.at(agent, "dhcp-networks") if agent else ""
    found = cloud.pages(NETWORK, body, path=path, limit=max_items)
    return found if pvlan is None else (one for one in found if one.get("pvlan") is pvlan)


network.show()
network.create(
    Arg("name"),
    OWNER,
    SETTINGS,
    ZONES,
    QOS,
    Opt("--transparent-vlan/--no-transparent-vlan", "Whether VLAN tags pass.", key="vlan_transparent"),
    Opt("--qinq-vlan/--no-qinq-vlan", "Whether VLANs nest in it.", key="vlan_qinq"),
    NEW_TAGS,
    defaults={"admin_state_up": True},
    validate=complete,
)
network.set(NAME, SETTINGS, exclusive(QOS, NO_QOS), SET_TAGS, validate=coherent)
network.unset(NO_EXTRA, UNSET_TAGS)
network.delete()
