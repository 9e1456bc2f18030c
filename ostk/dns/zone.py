"""Zones: DNS domains whose records Designate keeps, or copies from other name servers."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from ..api.dns import DNS_ZONE, NAME_SERVER, POOL
from ..console import write_message
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, REMAINING_FIELDS, Arg, Cloud, Column, Json, Noun, Opt, Wait, target
from ..language.options import IGNORE_MISSING
from ..language.waiting import FULL_WAIT
from .fields import OF_PROJECT, cells, joined
from .options import ATTRIBUTES, DOMAIN_NAME, NEW_DESCRIPTION, SCOPE, TTL, sent_in
from .requests import for_each, remove, validate_format


def attributes_text(item: Json) -> str:
    """Return the attributes of a zone as KEY:VALUE, one a line."""
    return "".join(f"{key}:{value}\n" for key, value in item.get("attributes", {}).items())


zone = Noun(
    DNS_ZONE,
    "Manage DNS zones.",
    [*cells("id"), *OF_PROJECT, *cells("name type serial status action")],
    long=cells("ttl pool_id email attributes masters"),
    fields=[
        Column("attributes", value=attributes_text),
        joined("masters", ", "),
        Column("links", hidden=True),
        REMAINING_FIELDS,
    ],
    shared=SCOPE,
)
EMAIL = Opt("--email", "Email address of the administrator; required for a primary zone.")
MASTERS = Opt("--masters", "Masters of a secondary zone: name servers to transfer from, HOST or HOST:PORT.", greedy="+")
HARD_DELETE = "Delete the data of the zone on the name servers too, such as zone files (admin only)."
READY = Wait("ACTIVE")
UNUSED = {"PRIMARY": ["masters"], "SECONDARY": ["email", "ttl"]}  # options that a zone of a type has no use for


def whole_name(text: str) -> str:
    """Return the name to filter by, with the trailing dot that all names of zones have."""
    return text if text.endswith("*") else DNS_ZONE.full_name(text)


zone.list(
    Opt("--name", "Filter by name; * stands for any text.", convert=whole_name),
    Opt("--email", "Filter by email address of the administrator."),
    Opt("--type", "Filter by type.", choices="PRIMARY SECONDARY"),
    Opt("--ttl", "Filter by TTL, in seconds."),
    Opt("--description", "Filter by description."),
    Opt("--status", "Filter by status."),
    LONG,
)
zone.show()


def validate_new(name: Sequence[str], values: Json) -> None:
    """Reject a zone without what its type needs; say what its type ignores."""
    validate_format(values)
    type = values["type"]
    needed = "email" if type == "PRIMARY" else "masters"
    if not values[needed]:
        raise OstkError(f"Zone type {type} requires --{needed}.")
    if left := [f"--{key}" for key in UNUSED[type] if values[key] not in (None, ())]:
        write_message(f"A zone of type {type} has no {' and '.join(left)}: not sent.")


@zone.shower(
    "create",
    Arg("name", f"Names of the zones: each {DOMAIN_NAME}.", nargs=-1, required=True, not_sent=True),
    EMAIL,
    Opt("--type", "Type of the zone.", choices="PRIMARY SECONDARY", default="PRIMARY"),
    TTL,
    DESCRIPTION,
    MASTERS,
    ATTRIBUTES,
    FULL_WAIT,
    validate=validate_new,
    also=zone.columns,
)
def create(cloud: Cloud, name: Sequence[str], body: Json, wait: bool) -> Any:
    """Create zones."""
    sent = {key: value for key, value in body.items() if key not in UNUSED[body["type"]]}

    def new(one: str) -> Json:
        item = cloud.create(DNS_ZONE, {"name": DNS_ZONE.full_name(one), **sent})
        return READY.finish_new(cloud, DNS_ZONE, item, {}) if wait else item

    return for_each(cloud, new, name, "create", zone)


zone.set(EMAIL, TTL, NEW_DESCRIPTION, MASTERS, wait=READY, shows=True)


@zone.shower(
    "delete",
    Arg("zones", "Zones.", nargs=-1, required=True, names=DNS_ZONE, metavar="ZONE..."),
    sent_in("X-Designate-Delete-Shares", "--delete-shares", "Delete the shares of the zone too.", value="true"),
    sent_in("X-Designate-Hard-Delete", "--hard-delete", HARD_DELETE, value="True"),
    FULL_WAIT,
    IGNORE_MISSING,
    validate=validate_format,
    also=zone.columns,
)
def delete(cloud: Cloud, zones: Sequence[str], wait: bool) -> Any:
    """Delete zones with all record sets."""
    work = partial(remove, cloud, DNS_ZONE, wait=wait)
    return for_each(cloud, work, zones, "delete", zone)


@zone.lister("nameservers list", target(DNS_ZONE), columns=cells("hostname priority"))
def list_name_servers(cloud: Cloud, zone: str) -> Iterator[Json]:
    """List the name servers of a zone."""
    return cloud.pages(NAME_SERVER.under(zone))


@zone.action("abandon", target(DNS_ZONE))
def abandon(cloud: Cloud, zone: str) -> None:
    """Abandon a zone: delete the zone from Designate, keep the zone on the name servers (admin only)."""
    cloud.send(DNS_ZONE, "POST", zone, "tasks", "abandon")


@zone.action("axfr", target(DNS_ZONE))
def transfer_in(cloud: Cloud, zone: str) -> None:
    """Start a zone transfer (AXFR) of a secondary zone from the masters."""
    cloud.send(DNS_ZONE, "POST", zone, "tasks", "xfr")


@zone.action(
    "move",
    target(DNS_ZONE),
    Opt("--pool-id", "Pool to move the zone to (default: Designate chooses).", ref=POOL),
    wait=READY,
)
def move(cloud: Cloud, zone: str, body: Json) -> None:
    """Move a zone to another pool of name servers (admin only)."""
    cloud.send(DNS_ZONE, "POST", zone, "tasks", "pool_move", json=body)
