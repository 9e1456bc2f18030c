"""Subnet pools: addresses that subnets are cut from."""

from __future__ import annotations

from ..api.network import ADDRESS_SCOPE, SUBNET_POOL
from ..language import COUNT, DESCRIPTION, LONG, NAME, NULL, PAGES, Arg, Column, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import EXTRA, FORMATS, OF_NAME, OTHERS, SHARE
from .lists import extend
from .subnet_onboarding import NETWORK_INTO_POOL, onboard


def length(which: str, title: str = "") -> Column:
    """A column of a prefix length, which Neutron tells as a text."""
    key = f"{which}_prefixlen"
    return Column(key, title, value=lambda item: int(item[key]) if item.get(key) else None)


pool = Noun(
    SUBNET_POOL,
    "Manage subnet pools.",
    columns=["id name prefixes"],
    long=[
        length("default", "Default Prefix Length"),
        Column("address_scope_id", "Address Scope"),
        Column("is_default", "Default Subnet Pool"),
        "shared tags",
    ],
    fields=[
        *map(length, ("default", "max", "min")),
        "address_scope_id created_at default_quota description id ip_version is_default name prefixes project_id",
        "revision_number shared tags updated_at",
        *OTHERS,
    ],
    formats=FORMATS,
)
SCOPE = Opt("--address-scope", "Address scope it is in.", ref=ADDRESS_SCOPE)
DEFAULT = Opt("--default/--no-default", "Whether it is the default pool.", key="is_default")
SETTINGS = [
    Opt("--default-prefix-length", "Prefix length unless one is asked for.", key="default_prefixlen", type=COUNT),
    Opt("--min-prefix-length", "Shortest prefix length.", key="min_prefixlen", type=COUNT),
    Opt("--max-prefix-length", "Longest prefix length.", key="max_prefixlen", type=COUNT),
    Opt("--default-quota", "Addresses a project may use.", type=int),
    DEFAULT,
    DESCRIPTION,
    EXTRA,
]


def more(item: Json, body: Json) -> None:
    """Add prefixes to those the pool has."""
    extend(item, body, "prefixes", anew=False)


pool.create(
    Arg("name"),
    Opt("--pool-prefix", "Addresses, as 10.0.0.0/8; repeatable.", key="prefixes", multiple=True, required=True),
    SETTINGS,
    OWNER,
    SCOPE,
    SHARE,
    NEW_TAGS,
)
pool.list(
    LONG,
    SHARE,
    DEFAULT,
    OF_PROJECT,
    OF_NAME,
    Opt("--address-scope", "Only those in this address scope.", ref=ADDRESS_SCOPE),
    TAG_FILTERS,
    PAGES,
)
pool.show()
pool.set(
    NAME,
    Opt("--pool-prefix", "Addresses to add; may be repeated.", key="prefixes", multiple=True),
    SETTINGS,
    exclusive(SCOPE, Opt("--no-address-scope", "No address scope.", key="address_scope_id", value=NULL)),
    SET_TAGS,
    prepare=more,
)
pool.unset(UNSET_TAGS)
pool.delete()


pool.action("add network", NETWORK_INTO_POOL)(onboard)
