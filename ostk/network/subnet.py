"""Subnets: blocks of addresses on a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..api.network import NETWORK, NETWORK_SEGMENT, SUBNET, SUBNET_POOL
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, NULL, PAGES, Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..render.format import ORDERED_LIST, Format
from ..session.cloud import Cloud
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import EXTRA, FORMATS, IP_VERSION, NO_EXTRA, OF_IP_VERSION, OF_NAME, others
from .lists import ROUTES, Parts, extend, reduce, routes


def pools_text(pools: Any) -> str:
    """`first-last,first-last`."""
    return ",".join(f"{pool.get('start', '')}-{pool.get('end', '')}" for pool in pools or ())


subnet = Noun(
    SUBNET,
    "Manage subnets.",
    columns=["id name network_id=Network cidr=Subnet"],
    long=[
        "project_id=Project enable_dhcp=DHCP",
        Column("dns_nameservers", "Name Servers"),
        "allocation_pools host_routes ip_version gateway_ip=Gateway service_types tags",
    ],
    fields=[
        "allocation_pools cidr created_at description dns_nameservers dns_publish_fixed_ip enable_dhcp gateway_ip",
        "host_routes id ip_version ipv6_address_mode ipv6_ra_mode name network_id project_id revision_number",
        "segment_id service_types subnetpool_id tags updated_at",
        *others("prefixlen use_default_subnetpool"),
    ],
    formats=FORMATS | {"dns_nameservers": ORDERED_LIST, "allocation_pools": Format(pools_text), "host_routes": ROUTES},
)
MODES = "dhcpv6-stateful dhcpv6-stateless slaac"
LISTS = {
    "dns_nameservers": ("name server", "no_dns_nameservers"),
    "host_routes": ("host route", "no_host_route"),
    "allocation_pools": ("allocation pool", "no_allocation_pool"),
    "service_types": ("service type", ""),
}


def gateway(address: str) -> str | None:
    """The gateway as Neutron has it: null for none."""
    return None if address.lower() == "none" else address.lower()


DHCP = Opt("--dhcp/--no-dhcp", "Whether servers get addresses by DHCP.", key="enable_dhcp")
PARTS = [
    Opt(
        "--allocation-pool",
        "Addresses to give: start=,end=; repeatable.",
        key="allocation_pools",
        type=Parts("start end"),
        multiple=True,
    ),
    Opt("--dns-nameserver", "Name server; may be repeated.", key="dns_nameservers", multiple=True),
    routes("--host-route", key="host_routes"),
    Opt("--service-type", "Owner of ports it is for; repeatable.", key="service_types", multiple=True),
]
SETTINGS = [
    DHCP,
    Opt("--dns-publish-fixed-ip/--no-dns-publish-fixed-ip", "Whether names of fixed IPs are published."),
    Opt("--network-segment", "Segment of the network it is on.", ref=NETWORK_SEGMENT, key="segment_id"),
    DESCRIPTION,
    *PARTS,
    EXTRA,
]


def chosen_gateway(body: Json) -> None:
    """Leave the choice of the gateway to Neutron if it is automatic."""
    if body["gateway_ip"] == "auto":
        del body["gateway_ip"]


subnet.create(
    Arg("name"),
    OWNER,
    exclusive(
        Opt("--subnet-pool", "Pool to take the addresses from.", ref=SUBNET_POOL, key="subnetpool_id"),
        Opt("--use-prefix-delegation", "Have the prefix delegated.", key="subnetpool_id", value="prefix_delegation"),
        Opt("--use-default-subnet-pool", "Use the default pool.", key="use_default_subnetpool", value=True),
    ),
    Opt("--prefix-length", "Prefix length to take from the pool.", key="prefixlen"),
    Opt("--subnet-range", "Addresses, as 10.0.0.0/24.", key="cidr"),
    Opt("--gateway", "Address, auto (as is usual) or none.", key="gateway_ip", convert=gateway, default="auto"),
    IP_VERSION,
    Opt("--ipv6-ra-mode", "How routers advertise the prefix.", choices=MODES),
    Opt("--ipv6-address-mode", "How servers get IPv6 addresses.", choices=MODES),
    Opt("--network", "Network it is on.", ref=NETWORK, required=True),
    SETTINGS,
    NEW_TAGS,
    prepare=chosen_gateway,
)


@subnet.lister(
    "list",
    LONG,
    OF_IP_VERSION,
    DHCP,
    Opt("--service-type", "Only those for these ports; repeatable.", multiple=True, not_sent=True),
    OF_PROJECT,
    Opt("--network", "Only those on this network.", ref=NETWORK),
    Opt("--gateway", "Only those with this gateway.", key="gateway_ip"),
    OF_NAME,
    Opt("--subnet-range", "Only those with these addresses.", key="cidr"),
    Opt("--subnet-pool", "Only those from this pool.", ref=SUBNET_POOL, key="subnetpool_id"),
    TAG_FILTERS,
    PAGES,
)
def list_subnets(cloud: Cloud, body: Json, service_type: tuple[str, ...], max_items: int) -> Iterator[Json]:
    """List subnets."""
    for one in cloud.pages(SUBNET, body, limit=max_items):
        if not service_type or list(service_type) == one.get("service_types"):
            yield one


def no_auto(gateway: str | None) -> None:
    """Refuse to have the gateway of a subnet chosen anew."""
    if gateway and gateway.lower() == "auto":
        raise OstkError("The gateway can be set to an address or to none, not to auto.")


def more(item: Json, body: Json, values: Json) -> None:
    """Add to the lists of a subnet, or replace them."""
    for key, (_, clear) in LISTS.items():
        extend(item, body, key, anew=bool(values.get(clear)))


def less(item: Json, body: Json) -> None:
    """Take from the lists of a subnet."""
    for key, (what, _) in LISTS.items():
        reduce(item, body, key, what)


subnet.show()
subnet.set(
    NAME,
    Opt("--gateway", "Address, or none.", key="gateway_ip", convert=gateway),
    Opt("--leak-routes/--no-leak-routes", "Whether its routes are advertised by BGP."),
    SETTINGS,
    Flag("--no-allocation-pool", "Remove its allocation pools first."),
    Flag("--no-dns-nameservers", "Remove its name servers first."),
    Flag("--no-host-route", "Remove its host routes first."),
    SET_TAGS,
    prepare=more,
    validate=no_auto,
)
subnet.unset(PARTS, Opt("--gateway", "No gateway.", key="gateway_ip", value=NULL), NO_EXTRA, UNSET_TAGS, prepare=less)
subnet.delete()
