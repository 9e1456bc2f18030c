"""Record sets: the records of a name and a type in a zone."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from ..api.dns import DNS_ZONE, RECORD_SET
from ..errors import after
from ..language import DESCRIPTION, LONG, REMAINING_FIELDS, Arg, Cloud, Column, FullOpt, Json, Noun, Opt, Resource
from ..language.options import IGNORE_MISSING
from ..language.waiting import FULL_WAIT
from ..record import replace
from .fields import OF_PROJECT, cells, joined
from .options import EDIT_MANAGED, NEW_DESCRIPTION, NEW_TTL, SCOPE, TTL, ZONE
from .requests import changed, for_each, remove, validate_format

RECORDS = joined("records")
recordset = Noun(
    RECORD_SET,
    "Manage record sets: the records of a name and a type in a zone.",
    [*cells("id"), *OF_PROJECT, *cells("name type"), RECORDS, *cells("status action")],
    long=cells("ttl version description"),
    fields=[RECORDS, Column("links", hidden=True), REMAINING_FIELDS],
    shared=SCOPE,
)
RECORD = "Record: an address, a name, or a quoted text, depending on the type."
NAMES = "www, www.ZONE with or without the trailing dot, or @ for the zone itself"
NAME = Arg("recordset", f"Record set: {NAMES}.", names=RECORD_SET)
OF_TYPE = FullOpt(
    "--type", "Type of the record set; required if several record sets have the same name.", not_sent=True
)


def record_sets(cloud: Cloud, zone: str) -> Resource:
    """Return the type of the record sets in a zone, whose names end with that of the zone."""
    with cloud.force_send():
        item = cloud.get(DNS_ZONE, zone)
    return replace(RECORD_SET.under(item["id"]), name_end=f".{item['name']}")


def of_type(type: str | None) -> Json:
    """Return the query that restricts the look-up of a name to record sets of a type."""
    return {"type": type} if type else {}


@recordset.lister(
    "list",
    Arg("zone", "Zone; all for the record sets of all zones.", names=DNS_ZONE),
    Opt("--name", "Filter by name; * stands for any text."),
    Opt("--type", "Filter by type, such as A, AAAA, CNAME, MX or TXT."),
    Opt("--data", "Filter by data of a record, such as an address; * stands for any text."),
    Opt("--ttl", "Filter by TTL, in seconds."),
    Opt("--description", "Filter by description."),
    Opt("--status", "Filter by status."),
    Opt("--action", "Filter by action: CREATE, DELETE, NONE or UPDATE."),
    LONG,
    also=cells("zone_name"),
)
def list_record_sets(cloud: Cloud, zone: str, body: Json, columns: Sequence[Column], all_projects: str | None) -> Any:
    """List the record sets of a zone, or of all zones."""
    resource, query = RECORD_SET, body
    if zone == "all":
        place, path = 3 if all_projects else 2, "/recordsets"
        columns = [*columns[:place], *cells("zone_name"), *columns[place:]]
    else:
        resource, path = record_sets(cloud, zone), ""
        named = body.get("name", "*")
        query = body if named.endswith("*") else {**body, "name": resource.full_name(named)}
    return columns, cloud.pages(resource, query, path=path)


@recordset.shower("show", ZONE, NAME, OF_TYPE)
def show(cloud: Cloud, zone: str, recordset: str, type: str | None) -> Json:
    """Show a record set."""
    return cloud.get(record_sets(cloud, zone), recordset, of_type(type))


@recordset.shower(
    "create",
    ZONE,
    Arg("name", f"Name of the record set: {NAMES}.", not_sent=True),
    Opt("--record records...", RECORD, required=True),
    Opt("--type", "Type of the records, such as A, AAAA, CNAME, MX or TXT.", required=True),
    TTL,
    DESCRIPTION,
    FULL_WAIT,
)
def create(cloud: Cloud, zone: str, name: str, body: Json, wait: bool) -> Json:
    """Create a record set in a zone."""
    resource = record_sets(cloud, zone)
    item = cloud.create(resource, {"name": resource.full_name(name), **body})
    if not wait:
        return item
    with after(f"The recordset was created ({item['id']})"):
        return cloud.wait(resource, item, "ACTIVE")


@recordset.shower(
    "set",
    ZONE,
    NAME,
    Opt("--record records...", "New record; replaces all existing records."),
    NEW_DESCRIPTION,
    NEW_TTL,
    OF_TYPE,
    FULL_WAIT,
    EDIT_MANAGED,
)
def set_record_set(cloud: Cloud, zone: str, recordset: str, body: Json, type: str | None, wait: bool) -> Json | None:
    """Update a record set."""
    resource = record_sets(cloud, zone)
    item = changed(cloud, resource, recordset, body, of_type(type))
    return cloud.wait(resource, item, "ACTIVE") if wait and item else item


@recordset.shower(
    "delete",
    ZONE,
    Arg("recordsets", f"Record sets: {NAMES}.", nargs=-1, required=True, names=RECORD_SET, metavar="RECORDSET..."),
    OF_TYPE,
    FULL_WAIT,
    EDIT_MANAGED,
    IGNORE_MISSING,
    validate=validate_format,
    also=recordset.columns,
)
def delete(cloud: Cloud, zone: str, recordsets: Sequence[str], type: str | None, wait: bool) -> Any:
    """Delete record sets of a zone."""
    work = partial(remove, cloud, record_sets(cloud, zone), wait=wait, within=of_type(type))
    return for_each(cloud, work, recordsets, "delete", recordset)
