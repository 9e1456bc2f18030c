"""Options, columns and requests that the nouns of the DNS service share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from ..api.dns import DESIGNATE, DNS_ZONE
from ..api.identity import PROJECT
from ..errors import HTTPNotFound, OstkError, PartialFailure
from ..language import NULL, Arg, Column, Json, Opt, Resource, exclusive
from ..language.bulk import each
from ..language.options import KeyValue
from ..language.waiting import wait_for_deletion
from ..session.cloud import Cloud

ALL_PROJECTS = Opt(
    "--all-projects",
    "Include the resources of all projects (admin only).",
    value="True",
    header=(DESIGNATE, "X-Auth-All-Projects"),
)
SCOPE = [
    ALL_PROJECTS,
    Opt(
        "--sudo-project-id",
        "Project to act in, instead of the project of the token (admin only).",
        ref=PROJECT,
        header=(DESIGNATE, "X-Auth-Sudo-Project-ID"),
    ),
]
EDIT_MANAGED = Opt(
    "--edit-managed",
    "Change managed record sets, such as PTR records of floating IPs (admin only).",
    value="True",
    header=(DESIGNATE, "X-Designate-Edit-Managed-Records"),
)
TTL = Opt("--ttl", "Time to live (TTL), in seconds.", type=click.IntRange(0), metavar="SECONDS")
NEW_TTL = exclusive(TTL, Opt("--no-ttl", "Remove the TTL: that of the zone applies.", key="ttl", value=NULL))
NEW_DESCRIPTION = exclusive(
    Opt("--description", "New description."),
    Opt("--no-description", "Remove the description.", key="description", value=NULL),
)
ZONE = Arg("zone", "Zone.", names=DNS_ZONE, not_sent=True)
DOMAIN_NAME = "a domain name, with or without the trailing dot"


class Attribute(KeyValue):
    """The type KEY:VALUE; the value may contain colons."""

    name = "key:value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return the key and the value."""
        if isinstance(value, tuple):
            return value
        key, colon, text = value.partition(":")
        if not colon or not key:
            self.fail(f"{value!r} is not KEY:VALUE.", param, ctx)
        return key, text


ATTRIBUTES = Opt(
    "--attributes", "Attribute of the zone, by which a pool is chosen: KEY:VALUE.", type=Attribute(), greedy="+"
)


def failed(item: Json, values: Json) -> str:
    """Return why an import or export of a zone failed, "" if it did not."""
    return f"failed: {str(item.get('message') or 'no message').rstrip('.')}" if item.get("status") == "ERROR" else ""


def cells(keys: str) -> list[Column]:
    """Return the columns of a list, titled as the fields of the API; null is an empty text."""
    return [Column(key, key, value=value_of(key)) for key in keys.split()]


def value_of(key: str) -> Callable[[Json], Any]:
    """Return the function that returns a field for a list."""
    return lambda item: "" if item.get(key) is None else item[key]


def joined(key: str, separator: str = "\n") -> Column:
    """Return the column of a list of texts as one text, in every format."""
    return Column(key, key, value=lambda item: separator.join(map(str, item.get(key) or ())))


def with_project(columns: Sequence[Column]) -> list[Column]:
    """Return columns with the project after the first one; without it, if no column is the project already."""
    return [*columns[:1], *cells("project_id"), *columns[1:]]


def named_in(resource: Resource) -> Arg:
    """Return the argument with one resource to show or change, as it is typed."""
    noun = resource.noun
    return Arg(noun.replace(" ", "_").lower(), f"{noun[:1].upper()}{noun[1:]}.", names=resource, not_sent=True)


def changed(cloud: Cloud, resource: Resource, name: str, body: Json, within: Json | None = None) -> Json | None:
    """Update a resource if there is something to change; return it as it is then."""
    with cloud.force_send():
        item = cloud.get(resource, name, within)
    return cloud.update(resource, item[resource.id], body) if body else item


def remove(cloud: Cloud, resource: Resource, name: str, wait: bool, within: Json | None = None) -> Any:
    """Delete a resource; return it as Designate answers: it is shown until the name servers have dropped it."""
    with cloud.force_send():
        item = cloud.get(resource, name, within)
    try:
        left = cloud.call(resource.service, "DELETE", resource.at(item[resource.id]))
    except OstkError as error:
        if not (error.outcome_unknown and is_leaving(cloud, resource, item[resource.id])):
            raise
        left = item
    if wait:
        wait_for_deletion(cloud, resource, item[resource.id], resource.status, lambda: "")
    return left


def is_leaving(cloud: Cloud, resource: Resource, id: str) -> bool:
    """Return whether a resource is gone or is being deleted, after an answer was lost."""
    try:
        return str(cloud.fetch(resource, id).get("action")) == "DELETE"
    except HTTPNotFound:
        return True
    except OstkError:
        return False


def for_each(
    cloud: Cloud,
    work: Callable[[str], Json | None],
    names: Sequence[str],
    verb: str,
    noun: str,
    columns: Iterable[Column],
) -> Any:
    """Call a function for several names; return what to print: the resource, or a list of the resources.

    Raises:
        PartialFailure: It has what to print of those that succeeded.
    """
    shown = [column for column in columns if not column.long]
    try:
        found = each(cloud, work, names, verb, noun)
    except PartialFailure as failure:
        done = [one for one in failure.done if one]
        failure.done = (shown, done) if done else ()
        raise
    rows = [one for one in found if one]
    if len(names) > 1:
        return (shown, rows) if rows else None
    return rows[0] if rows else None


def validate_format(values: Json) -> None:
    """Reject the format of one resource for several."""
    several = next((value for key, value in values.items() if key in ("name", "zones", "recordsets")), ())
    if values["output_format"] == "shell" and len(several) > 1:
        raise OstkError("-f shell prints one resource, and several are named.", "Use -f json, or one command each.")
