"""Networks: isolated layer-2 segments."""

from ..api.network import NETWORK, NETWORK_AGENT, QOS_POLICY
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, PAGES, Arg, Cloud, Column, Items, Json, Noun, Opt, Value, exclusive
from ..owner import OWNER, PROJECT_FILTER
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import EXTRA, UNSET_EXTRA
from .fields import FORMATS, OTHER_FIELDS
from .shared_options import ENABLE, ENABLE_FILTER, NAME_FILTER, NO_QOS, PORT_SECURITY, SHARE, SHARE_FILTER, ZONES

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
    long=["provider:network_type=Network Type, router:external=Router Type, availability_zones, tags"],
    fields=[
        "admin_state_up availability_zone_hints availability_zones created_at description dns_domain id",
        "ipv4_address_scope ipv6_address_scope is_default vlan_qinq=is_vlan_qinq vlan_transparent=is_vlan_transparent",
        "mtu name port_security_enabled project_id provider:network_type provider:physical_network",
        "provider:segmentation_id pvlan qos_policy_id revision_number router:external segments shared status",
        "subnets tags updated_at",
        *OTHER_FIELDS,
    ],
    formats=FORMATS,
)
QOS = Opt("--qos-policy", "QoS policy of the network.", ref=QOS_POLICY)
SETTINGS = [
    ENABLE,
    DESCRIPTION,
    SHARE,
    Opt("--mtu", "Maximum transmission unit (MTU), in bytes.", metavar="INTEGER"),
    PORT_SECURITY,
    Opt(
        "--external/--internal",
        "Make the network an external or an internal network.",
        key="router:external",
        admin=True,
    ),
    Opt(
        "--default/--no-default",
        "Set or clear the network as the default external network.",
        key="is_default",
        admin=True,
    ),
    Opt("--pvlan/--no-pvlan", "Enable or disable private VLAN (PVLAN) mode."),
    Opt(
        "--provider-network-type",
        "Physical mechanism of the network: flat, geneve, gre, local, vlan or vxlan.",
        key="provider:network_type",
        admin=True,
    ),
    Opt(
        "--provider-physical-network",
        "Physical network that implements the network.",
        key="provider:physical_network",
        admin=True,
    ),
    Opt(
        "--provider-segment",
        "Segmentation ID: VLAN ID or tunnel ID; requires --provider-network-type.",
        key="provider:segmentation_id",
        metavar="ID",
        admin=True,
    ),
    Opt("--dns-domain", "DNS domain of the network."),
    EXTRA,
]


def validate_vlan(values: Json) -> None:
    """Reject combinations of VLAN options that exclude each other."""
    if values.get("transparent_vlan") and values.get("qinq_vlan"):
        raise OstkError("--transparent-vlan and --qinq-vlan exclude each other.")
    if values["enable_port_security"] is False and values["pvlan"]:
        raise OstkError("--disable-port-security and --pvlan exclude each other.")


def validate_new(values: Json) -> None:
    """Reject invalid VLAN options, and a segmentation ID without a network type."""
    validate_vlan(values)
    if values["provider_segment"] and not values["provider_network_type"]:
        raise OstkError("--provider-segment needs --provider-network-type.")


@network.lister(
    "list",
    Opt("--external/--internal", "Filter by external or internal networks.", key="router:external"),
    LONG,
    NAME_FILTER,
    ENABLE_FILTER,
    PROJECT_FILTER,
    Value("--pvlan/--no-pvlan", "Filter by private VLAN (PVLAN) mode."),
    SHARE_FILTER,
    Opt("--status", "Filter by status.", choices="ACTIVE BUILD DOWN ERROR"),
    Opt(
        "--provider-network-type",
        "Filter by network type.",
        key="provider:network_type",
        choices="flat geneve gre local vlan vxlan",
    ),
    Opt("--provider-physical-network", "Filter by physical network.", key="provider:physical_network"),
    Opt("--provider-segment", "Filter by segmentation ID.", key="provider:segmentation_id", metavar="ID"),
    Value("--agent", "List the networks that a DHCP agent hosts.", ref=NETWORK_AGENT, admin=True),
    TAG_FILTERS,
    PAGES,
)
def list_networks(cloud: Cloud, body: Json, agent: str | None, pvlan: bool | None, max_items: int | None) -> Items:
    """List networks."""
    path = NETWORK_AGENT.at(agent, "dhcp-networks") if agent else ""
    items = cloud.pages(NETWORK, body, path=path, limit=max_items)
    return items if pvlan is None else (item for item in items if item.get("pvlan") is pvlan)


network.show()
network.create(
    Arg("name", "Name of the network."),
    OWNER,
    SETTINGS,
    ZONES,
    QOS,
    Opt("--transparent-vlan/--no-transparent-vlan", "Enable or disable VLAN transparency.", key="vlan_transparent"),
    Opt("--qinq-vlan/--no-qinq-vlan", "Enable or disable QinQ (nested VLAN tags).", key="vlan_qinq"),
    NEW_TAGS,
    defaults={"admin_state_up": True},
    validate=validate_new,
)
network.set(NAME, SETTINGS, exclusive(QOS, NO_QOS), SET_TAGS, validate=validate_vlan)
network.unset(UNSET_EXTRA, UNSET_TAGS)
network.delete()
