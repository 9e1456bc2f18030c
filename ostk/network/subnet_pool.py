"""Subnet pools: prefixes from which Neutron allocates the CIDRs of subnets."""

from ..api.network import ADDRESS_SCOPE, NETWORK, SUBNET_POOL
from ..language import COUNT, DESCRIPTION, LONG, NAME, NULL, PAGES, Arg, Cloud, Column, Json, Noun, Opt, exclusive
from ..owner import OWNER, PROJECT_FILTER
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import EXTRA
from .fields import FORMATS, OTHER_FIELDS
from .list_fields import add_entries
from .shared_options import NAME_FILTER, SHARE, SHARE_FILTER


def length_column(bound: str, title: str = "") -> Column:
    """Return a column of a prefix length as a number: Neutron returns e.g. "min_prefixlen": "8", a string."""
    key = f"{bound}_prefixlen"
    return Column(key, title, value=lambda item: int(item[key]) if item.get(key) else None)


pool = Noun(
    SUBNET_POOL,
    "Manage subnet pools: prefixes for the allocation of subnets.",
    columns=["id name prefixes"],
    long=[
        length_column("default", "Default Prefix Length"),
        "address_scope_id=Address Scope, is_default=Default Subnet Pool, shared, tags",
    ],
    fields=[
        *map(length_column, ("default", "max", "min")),
        "address_scope_id created_at default_quota description id ip_version is_default name prefixes project_id",
        "revision_number shared tags updated_at",
        *OTHER_FIELDS,
    ],
    formats=FORMATS,
)
SCOPE = Opt("--address-scope", "Address scope of the subnet pool.", ref=ADDRESS_SCOPE)
DEFAULT = Opt(
    "--default/--no-default", "Set or clear the pool as the default subnet pool.", key="is_default", admin=True
)
SETTINGS = [
    Opt("--default-prefix-length", "Default prefix length of subnets.", key="default_prefixlen", type=COUNT),
    Opt("--min-prefix-length", "Minimum prefix length of subnets.", key="min_prefixlen", type=COUNT),
    Opt("--max-prefix-length", "Maximum prefix length of subnets.", key="max_prefixlen", type=COUNT),
    Opt("--default-quota", "Prefix quota of each project, in units of IPv4 /32 or IPv6 /64.", type=int),
    DEFAULT,
    DESCRIPTION,
    EXTRA,
]


def add_prefixes(item: Json, body: Json) -> Json:
    """Return the request with prefixes added to those of the pool."""
    return add_entries(item, body, "prefixes", replace=False)


pool.create(
    Arg("name", "Name of the subnet pool."),
    Opt("--pool-prefix...", "Prefix of the pool, as a CIDR.", key="prefixes", required=True),
    SETTINGS,
    OWNER,
    SCOPE,
    SHARE,
    NEW_TAGS,
)
pool.list(
    LONG,
    SHARE_FILTER,
    Opt("--default/--no-default", "Filter by default subnet pools.", key="is_default"),
    PROJECT_FILTER,
    NAME_FILTER,
    Opt("--address-scope", "Filter by address scope.", ref=ADDRESS_SCOPE),
    TAG_FILTERS,
    PAGES,
)
pool.show()
pool.set(
    NAME,
    Opt("--pool-prefix...", "Prefix to add, as a CIDR.", key="prefixes"),
    SETTINGS,
    exclusive(SCOPE, Opt("--no-address-scope", "Remove the address scope.", key="address_scope_id", value=NULL)),
    SET_TAGS,
    prepare=add_prefixes,
)
pool.unset(UNSET_TAGS)
pool.delete()
onboard = Noun(SUBNET_POOL, "Onboard subnets of a network into a subnet pool.")
NETWORK_AND_POOL = [Arg("network", "Network.", ref=NETWORK), Arg("subnetpool", "Subnet pool.", ref=SUBNET_POOL)]


@onboard.action("subnet", NETWORK_AND_POOL)  # the older name
@pool.action("add network", NETWORK_AND_POOL)
def onboard_subnets(cloud: Cloud, network: str, subnetpool: str) -> None:
    """Onboard the subnets of a network into a subnet pool."""
    cloud.send(SUBNET_POOL, "PUT", subnetpool, "onboard_network_subnets", json={"network_id": network})
