"""Floating IPs: addresses of external networks, translated (NAT) to a fixed IP of a port."""

from ..api.network import FLOATING_IP, NETWORK, PORT, QOS_POLICY, ROUTER, SUBNET
from ..errors import HTTPNotFound
from ..language import DESCRIPTION, LONG, NULL, PAGES, Arg, Cloud, Column, Items, Json, Noun, Opt, exclusive
from ..owner import OWNER, PROJECT_FILTER
from ..render.format import DICT, Cell
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, TAGS, UNSET_TAGS
from .extra_properties import EXTRA
from .fields import OTHER_FIELDS
from .shared_options import NO_QOS

ip = Noun(
    FLOATING_IP,
    "Manage floating IPs.",
    columns=[
        "id, floating_ip_address, fixed_ip_address, port_id=Port, floating_network_id=Floating Network",
        "project_id=Project",
    ],
    long=["router_id=Router status description", TAGS, "dns_name dns_domain"],
    fields=[
        "created_at description dns_domain dns_name fixed_ip_address floating_ip_address",
        "floating_network_id id port_details port_id project_id qos_policy_id revision_number",
        "router_id status subnet_id updated_at",
        Column("name", value=lambda item: item.get("floating_ip_address")),
        TAGS,
        *OTHER_FIELDS,
    ],
)
ASSOCIATION = [
    Opt("--port", "Port to associate with the floating IP.", ref=PORT),
    Opt("--router", "Router that performs the address translation.", ref=ROUTER),
    Opt("--fixed-ip-address", "Fixed IP address of the port to associate."),
    DESCRIPTION,
    EXTRA,
]
QOS = Opt("--qos-policy", "QoS policy of the floating IP.", ref=QOS_POLICY)

ip.create(
    Arg("network", "External network.", ref=NETWORK, key="floating_network_id"),
    Opt("--subnet", "Subnet from which to allocate the floating IP.", ref=SUBNET),
    Opt("--floating-ip-address", "Floating IP address to allocate."),
    ASSOCIATION,
    QOS,
    OWNER,
    Opt("--dns-domain", "DNS domain of the floating IP."),
    Opt("--dns-name", "DNS name of the floating IP."),
    NEW_TAGS,
)


@ip.lister(
    "list",
    Opt("--network...", "Filter by external network.", ref=NETWORK, key="floating_network_id"),
    Opt("--port...", "Filter by port.", ref=PORT),
    Opt("--fixed-ip-address", "Filter by fixed IP address."),
    Opt("--floating-ip-address", "Filter by floating IP address."),
    LONG,
    Opt("--status", "Filter by status.", choices="ACTIVE DOWN"),
    PROJECT_FILTER,
    Opt("--router...", "Filter by router.", ref=ROUTER),
    TAG_FILTERS,
    PAGES,
)
def list_floating_ips(cloud: Cloud, body: Json, max_items: int | None) -> Items:
    """List floating IPs."""
    try:
        return list(cloud.pages(FLOATING_IP, body, limit=max_items))
    except HTTPNotFound:  # Neutron without the router service plug-in answers 404 to GET /v2.0/floatingips
        return []


def format_port_details(item: Json) -> Json:
    """Return the floating IP with its port details formatted as key='value' pairs in tables."""
    return {**item, "port_details": Cell(item.get("port_details"), DICT)}


ip.show(prepare=format_port_details)
ip.set(ASSOCIATION, exclusive(QOS, NO_QOS), SET_TAGS)
ip.unset(
    Opt("--port", "Disassociate the floating IP from the port.", key="port_id", value=NULL),
    Opt("--qos-policy", "Remove the QoS policy.", key="qos_policy_id", value=NULL),
    EXTRA,
    UNSET_TAGS,
)
ip.delete()
