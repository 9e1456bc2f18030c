"""Changes and deletions that the nouns of the DNS service share."""

from collections.abc import Callable, Sequence
from typing import Any

from ..errors import HTTPNotFound, OstkError, PartialFailure
from ..language import Cloud, Json, Noun, Resource, each
from ..language.waiting import wait_for_deletion


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


def for_each(cloud: Cloud, work: Callable[[str], Json | None], names: Sequence[str], verb: str, noun: Noun) -> Any:
    """Call a function for several names; return what to print: the resource, or a list of the resources.

    Raises:
        PartialFailure: It has what to print of those that succeeded.
    """
    shown = [column for column in noun.columns if not (column.long or column.given)]
    try:
        found = each(cloud, work, names, verb, noun.resource.noun)
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
