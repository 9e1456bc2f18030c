"""Subnets: blocks of IP addresses on a network, with their DHCP, DNS and routing settings."""

from typing import Any

from ..api.network import NETWORK, NETWORK_SEGMENT, SUBNET, SUBNET_POOL
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, NULL, PAGES, Arg, Cloud, Flag, Items, Json, Noun, Opt, Value, exclusive
from ..owner import OWNER, PROJECT_FILTER
from ..render.format import ORDERED_LIST, Format
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import EXTRA, UNSET_EXTRA
from .fields import FORMATS, other_fields
from .list_fields import ROUTES, FieldKeyValues, add_entries, remove_entries, routes
from .shared_options import IP_VERSION, IP_VERSION_FILTER, NAME_FILTER


def pools_text(pools: Any) -> str:
    """Format allocation pools as `start-end,start-end`."""
    return ",".join(f"{pool.get('start', '')}-{pool.get('end', '')}" for pool in pools or ())


subnet = Noun(
    SUBNET,
    "Manage subnets.",
    columns=["id name network_id=Network cidr=Subnet"],
    long=[
        "project_id=Project, enable_dhcp=DHCP, dns_nameservers=Name Servers, allocation_pools, host_routes",
        "ip_version, gateway_ip=Gateway, service_types, tags",
    ],
    fields=[
        "allocation_pools cidr created_at description dns_nameservers dns_publish_fixed_ip enable_dhcp gateway_ip",
        "host_routes id ip_version ipv6_address_mode ipv6_ra_mode name network_id project_id revision_number",
        "segment_id service_types subnetpool_id tags updated_at",
        *other_fields("prefixlen use_default_subnetpool"),
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


def gateway_value(address: str) -> str | None:
    """Return the field `gateway_ip` for a value of --gateway: null for "none"."""
    return None if address.lower() == "none" else address.lower()


DHCP = Opt("--dhcp/--no-dhcp", "Enable or disable DHCP.", key="enable_dhcp")


def list_options(purpose: str = "") -> list[Opt]:
    """Return the repeatable options for the lists of a subnet; `purpose` (" to remove") goes into the help."""
    return [
        Opt(
            "--allocation-pool...",
            f"Allocation pool{purpose}: start=ADDRESS,end=ADDRESS.",
            key="allocation_pools",
            type=FieldKeyValues("start end"),
        ),
        Opt("--dns-nameserver...", f"DNS name server{purpose}.", key="dns_nameservers"),
        routes("--host-route", key="host_routes", text=f"Host route{purpose}: destination=CIDR,gateway=ADDRESS."),
        Opt(
            "--service-type...",
            f"Service type{purpose}: device owner of the ports, e.g. compute:nova.",
            key="service_types",
            admin=True,
        ),
    ]


SETTINGS = [
    DHCP,
    Opt("--dns-publish-fixed-ip/--no-dns-publish-fixed-ip", "Enable or disable publishing fixed IPs in DNS."),
    Opt("--network-segment", "Network segment of the subnet.", ref=NETWORK_SEGMENT, key="segment_id", admin=True),
    DESCRIPTION,
    *list_options(),
    EXTRA,
]


def without_auto_gateway(body: Json) -> Json:
    """Return the request without the gateway "auto": Neutron then chooses the first address of the subnet."""
    return {key: value for key, value in body.items() if (key, value) != ("gateway_ip", "auto")}


subnet.create(
    Arg("name", "Name of the subnet."),
    OWNER,
    exclusive(
        Opt("--subnet-pool", "Subnet pool from which to allocate the CIDR.", ref=SUBNET_POOL, key="subnetpool_id"),
        Opt("--use-prefix-delegation", "Use IPv6 prefix delegation.", key="subnetpool_id", value="prefix_delegation"),
        Opt("--use-default-subnet-pool", "Use the default subnet pool.", key="use_default_subnetpool", value=True),
    ),
    Opt(
        "--prefix-length",
        "Prefix length to allocate from the subnet pool, e.g. 24.",
        key="prefixlen",
        metavar="INTEGER",
    ),
    Opt("--subnet-range", "Subnet range, as a CIDR.", key="cidr"),
    Opt(
        "--gateway",
        "Gateway IP address, auto (chosen by Neutron) or none.",
        key="gateway_ip",
        convert=gateway_value,
        default="auto",
    ),
    IP_VERSION,
    Opt("--ipv6-ra-mode", "IPv6 router advertisement (RA) mode.", choices=MODES),
    Opt("--ipv6-address-mode", "IPv6 address mode.", choices=MODES),
    Opt("--network", "Network of the subnet.", ref=NETWORK, required=True),
    SETTINGS,
    NEW_TAGS,
    prepare=without_auto_gateway,
)


@subnet.lister(
    "list",
    LONG,
    IP_VERSION_FILTER,
    Opt("--dhcp/--no-dhcp", "Filter by enabled or disabled DHCP.", key="enable_dhcp"),
    Value("--service-type...", "Filter by service type: device owner of the ports, e.g. compute:nova."),
    PROJECT_FILTER,
    Opt("--network", "Filter by network.", ref=NETWORK),
    Opt("--gateway", "Filter by gateway IP address.", key="gateway_ip"),
    NAME_FILTER,
    Opt("--subnet-range", "Filter by subnet range, as a CIDR.", key="cidr"),
    Opt("--subnet-pool", "Filter by subnet pool.", ref=SUBNET_POOL, key="subnetpool_id"),
    TAG_FILTERS,
    PAGES,
)
def list_subnets(cloud: Cloud, body: Json, service_type: tuple[str, ...], max_items: int | None) -> Items:
    """List subnets."""
    for item in cloud.pages(SUBNET, body, limit=max_items):
        if not service_type or list(service_type) == item.get("service_types"):
            yield item


def validate_gateway(gateway: str | None) -> None:
    """Reject the gateway "auto" for an existing subnet."""
    if gateway and gateway.lower() == "auto":
        raise OstkError("--gateway of an existing subnet can be an address or none, not auto.")


def add_to_lists(item: Json, body: Json, values: Json) -> Json:
    """Return the request with entries added to the lists of a subnet, or replacing the lists."""
    for key, (_, clear) in LISTS.items():
        body = add_entries(item, body, key, replace=bool(values.get(clear)))
    return body


def remove_from_lists(item: Json, body: Json) -> Json:
    """Return the request with the entries of the lists of a subnet that remain."""
    for key, (label, _) in LISTS.items():
        body = remove_entries(item, body, key, label)
    return body


subnet.show()
subnet.set(
    NAME,
    Opt("--gateway", "Gateway IP address, or none for no gateway.", key="gateway_ip", convert=gateway_value),
    Opt(
        "--leak-routes/--no-leak-routes",
        "Enable or disable the advertisement of subnet routes to the BGP fabric.",
        admin=True,
    ),
    SETTINGS,
    Flag("--no-allocation-pool", "Allocation pools: remove all; with --allocation-pool, replace the pools."),
    Flag("--no-dns-nameservers", "DNS name servers: remove all; with --dns-nameserver, replace the servers."),
    Flag("--no-host-route", "Host routes: remove all; with --host-route, replace the routes."),
    SET_TAGS,
    prepare=add_to_lists,
    validate=validate_gateway,
)
subnet.unset(
    list_options(" to remove"),
    Opt("--gateway", "Remove the gateway.", key="gateway_ip", value=NULL),
    UNSET_EXTRA,
    UNSET_TAGS,
    prepare=remove_from_lists,
)
subnet.delete()
