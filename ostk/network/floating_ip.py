"""Floating IPs: addresses outside that lead to a port inside."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import NotFound
from ..kinds import FLOATING_IP, NETWORK, PORT, QOS_POLICY, ROUTER, SUBNET
from ..language import DESCRIPTION, LONG, NULL, PAGES, Arg, Column, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..render.format import DICT, Cell
from ..session.cloud import Cloud
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra import EXTRA, OTHERS

ip = Noun(
    FLOATING_IP,
    "Manage floating IPs.",
    columns=[
        "id",
        Column("floating_ip_address", "Floating IP Address"),
        Column("fixed_ip_address", "Fixed IP Address"),
        Column("port_id", "Port"),
        Column("floating_network_id", "Floating Network"),
        Column("project_id", "Project"),
        Column("router_id", "Router", long=True),
        Column("status", long=True),
        Column("description", long=True),
        Column("tags", long=True, value=lambda item: item.get("tags") or []),
        Column("dns_name", "DNS Name", long=True),
        Column("dns_domain", "DNS Domain", long=True),
    ],
    fields=[
        "created_at description dns_domain dns_name fixed_ip_address floating_ip_address",
        "floating_network_id id port_details port_id project_id qos_policy_id revision_number",
        Column("name", value=lambda item: item.get("floating_ip_address")),
        "router_id status subnet_id updated_at",
        Column("tags", value=lambda item: item.get("tags") or []),
        *OTHERS,
    ],
)
FIXED = Opt("--fixed-ip-address", "Address of the port it leads to.")
QOS = Opt("--qos-policy", "QoS policy of its traffic.", ref=QOS_POLICY)
TO_PORT = Opt("--port", "Port it leads to.", ref=PORT)
BY_ROUTER = Opt("--router", "Router that leads to the port.", ref=ROUTER)

ip.create(
    Arg("network", ref=NETWORK, key="floating_network_id"),
    Opt("--subnet", "Subnet to take the address from.", ref=SUBNET),
    TO_PORT,
    BY_ROUTER,
    Opt("--floating-ip-address", "The address itself."),
    FIXED,
    QOS,
    DESCRIPTION,
    OWNER,
    Opt("--dns-domain", "DNS domain."),
    Opt("--dns-name", "DNS name."),
    EXTRA,
    NEW_TAGS,
)


@ip.lister(
    "list",
    Opt("--network", "Only from this network; repeatable.", ref=NETWORK, key="floating_network_id", multiple=True),
    Opt("--port", "Only to this port; may be repeated.", ref=PORT, multiple=True),
    Opt("--fixed-ip-address", "Only those that lead to this address."),
    Opt("--floating-ip-address", "Only the one with this address."),
    LONG,
    Opt("--status", "Only those in this state.", choices="ACTIVE DOWN"),
    OF_PROJECT,
    Opt("--router", "Only by this router; may be repeated.", ref=ROUTER, multiple=True),
    TAG_FILTERS,
    PAGES,
)
def list_floating_ips(cloud: Cloud, body: Json, max_items: int) -> Iterable[Json]:
    """List floating IPs."""
    try:
        return list(cloud.pages(FLOATING_IP, body, limit=max_items))
    except NotFound:  # so says a Neutron without routers
        return []


def readable(item: Json) -> None:
    """Show what is told of its port as a person reads it."""
    item["port_details"] = Cell(item.get("port_details"), DICT)


ip.show(prepare=readable)
ip.set(
    TO_PORT,
    BY_ROUTER,
    FIXED,
    DESCRIPTION,
    exclusive(QOS, Opt("--no-qos-policy", "No QoS policy.", key="qos_policy_id", value=NULL)),
    EXTRA,
    SET_TAGS,
)
ip.unset(
    Opt("--port", "Lead to no port.", key="port_id", value=NULL),
    Opt("--qos-policy", "No QoS policy.", key="qos_policy_id", value=NULL),
    EXTRA,
    UNSET_TAGS,
)
ip.delete()
