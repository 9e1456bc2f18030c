"""Subnet pools: addresses that subnets are cut from."""

from __future__ import annotations

from collections.abc import Callable

from ..kinds import ADDRESS_SCOPE, NETWORK, SUBNET_POOL
from ..language import COUNT, DESCRIPTION, LONG, NAME, NULL, PAGES, Arg, Column, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..render.format import LIST
from ..session.cloud import Cloud, quote
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra import EXTRA, OTHERS
from .lists import extend


def number(key: str) -> Callable[[Json], int | None]:
    """A function that gives a prefix length, which Neutron tells as a text."""
    return lambda item: int(item[key]) if item.get(key) else None


pool = Noun(
    SUBNET_POOL,
    "Manage subnet pools.",
    columns=[
        "id name prefixes",
        Column("default_prefixlen", "Default Prefix Length", long=True, value=number("default_prefixlen")),
        Column("address_scope_id", "Address Scope", long=True),
        Column("is_default", "Default Subnet Pool", long=True),
        Column("shared", long=True),
        Column("tags", long=True),
    ],
    fields=[
        *(Column(key, value=number(key)) for key in ("default_prefixlen", "max_prefixlen", "min_prefixlen")),
        "address_scope_id created_at default_quota description id ip_version is_default name project_id",
        "revision_number shared updated_at prefixes tags",
        *OTHERS,
    ],
    formats={"prefixes": LIST, "tags": LIST},
)
SHARE = Opt("--share/--no-share", "Whether other projects may use it.", key="shared")
SCOPE = Opt("--address-scope", "Address scope it is in.", ref=ADDRESS_SCOPE)
DEFAULT = Opt("--default/--no-default", "Whether it is the default pool.", key="is_default")
LENGTHS = [
    Opt("--default-prefix-length", "Prefix length unless one is asked for.", key="default_prefixlen", type=COUNT),
    Opt("--min-prefix-length", "Shortest prefix length.", key="min_prefixlen", type=COUNT),
    Opt("--max-prefix-length", "Longest prefix length.", key="max_prefixlen", type=COUNT),
    Opt("--default-quota", "Addresses a project may use.", type=int),
    DEFAULT,
    DESCRIPTION,
]


def more(item: Json, body: Json) -> None:
    """Add prefixes to those the pool has."""
    extend(item, body, "prefixes", anew=False)


pool.create(
    Arg("name"),
    Opt("--pool-prefix", "Addresses, as 10.0.0.0/8; repeatable.", key="prefixes", multiple=True, required=True),
    LENGTHS,
    OWNER,
    SCOPE,
    SHARE,
    EXTRA,
    NEW_TAGS,
)
pool.list(
    LONG,
    SHARE,
    DEFAULT,
    OF_PROJECT,
    Opt("--name", "Only those with this name."),
    Opt("--address-scope", "Only those in this address scope.", ref=ADDRESS_SCOPE),
    TAG_FILTERS,
    PAGES,
)
pool.show()
pool.set(
    NAME,
    Opt("--pool-prefix", "Addresses to add; may be repeated.", key="prefixes", multiple=True),
    LENGTHS,
    exclusive(SCOPE, Opt("--no-address-scope", "No address scope.", key="address_scope_id", value=NULL)),
    EXTRA,
    SET_TAGS,
    prepare=more,
)
pool.unset(UNSET_TAGS)
pool.delete()


def onboard(cloud: Cloud, network: str, subnetpool: str) -> None:
    """Take the subnets of a network into a subnet pool."""
    path = f"{SUBNET_POOL.path}/{quote(subnetpool)}/onboard_network_subnets"
    cloud.call(SUBNET_POOL.service, "PUT", path, json={"network_id": network})


NETWORK_INTO_POOL = [Arg("network", ref=NETWORK), Arg("subnetpool", ref=SUBNET_POOL)]
pool.action("add network", *NETWORK_INTO_POOL)(onboard)
