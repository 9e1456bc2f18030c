"""Floating IPs: addresses outside that lead to a port inside."""

from __future__ import annotations

from collections.abc import Iterable

from ..api.network import FLOATING_IP, NETWORK, PORT, QOS_POLICY, ROUTER, SUBNET
from ..errors import HTTPNotFound
from ..language import DESCRIPTION, LONG, NULL, PAGES, Arg, Column, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..render.format import DICT, Cell
from ..session.cloud import Cloud
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, TAGS, UNSET_TAGS
from .extra_properties import EXTRA, NO_QOS, OTHERS

ip = Noun(
    FLOATING_IP,
    "Manage floating IPs.",
    columns=[
        "id floating_ip_address fixed_ip_address port_id=Port",
        Column("floating_network_id", "Floating Network"),
        "project_id=Project",
    ],
    long=["router_id=Router status description", TAGS, "dns_name dns_domain"],
    fields=[
        "created_at description dns_domain dns_name fixed_ip_address floating_ip_address",
        "floating_network_id id port_details port_id project_id qos_policy_id revision_number",
        "router_id status subnet_id updated_at",
        Column("name", value=lambda item: item.get("floating_ip_address")),
        TAGS,
        *OTHERS,
    ],
)
TARGET = [
    Opt("--port", "Port it leads to.", ref=PORT),
    Opt("--router", "Router that leads to the port.", ref=ROUTER),
    Opt("--fixed-ip-address", "Address of the port it leads to."),
    DESCRIPTION,
    EXTRA,
]
QOS = Opt("--qos-policy", "QoS policy of its traffic.", ref=QOS_POLICY)

ip.create(
    Arg("network", ref=NETWORK, key="floating_network_id"),
    Opt("--subnet", "Subnet to take the address from.", ref=SUBNET),
    Opt("--floating-ip-address", "The address itself."),
    TARGET,
    QOS,
    OWNER,
    Opt("--dns-domain", "DNS domain."),
    Opt("--dns-name", "DNS name."),
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
    except HTTPNotFound:  # so says a Neutron without routers
        return []


def readable(item: Json) -> None:
    """Show what is told of its port as a person reads it."""
    item["port_details"] = Cell(item.get("port_details"), DICT)


ip.show(prepare=readable)
ip.set(TARGET, exclusive(QOS, NO_QOS), SET_TAGS)
ip.unset(
    Opt("--port", "Lead to no port.", key="port_id", value=NULL),
    Opt("--qos-policy", "No QoS policy.", key="qos_policy_id", value=NULL),
    EXTRA,
    UNSET_TAGS,
)
ip.delete()
