"""--wait: poll the resource of a verb until the operation is complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from ..api.resource import Json, Resource
from ..errors import WaitError, after
from ..record import Record
from .options import FullOpt

if TYPE_CHECKING:
    from ..session.cloud import Cloud

FULL_WAIT = FullOpt("--wait", "Wait until the operation is complete.", is_flag=True, not_sent=True, default=False)
# The second one stands beside a --timeout of the resource itself, such as that of a health monitor.
TIMEOUT, WAIT_TIMEOUT = (
    FullOpt(
        flags,
        "Maximum time to wait, in seconds; the exit status is 124 after that time.",
        type=click.FloatRange(0),
        metavar="SECONDS",
        not_sent=True,
        needs="--wait",
    )
    for flags in ("--timeout wait_timeout", "--wait-timeout")
)
DELETED = "deleted"
MAX_POLLS_IN_ERROR = 5  # a resource whose status was error before it was deleted keeps that status for a while


class Wait(Record):
    """The end of the operation of a verb, for its --wait.

    Attributes:
        until: The values of the field `key` at the end, separated by blanks; "deleted": the resource is gone.
        fail: A value of the field that is an error, besides those that contain "error".
        key: The field, if it is not the `status` of the resource type; dots nest.
        resource: The type of the resource to poll, if it is not that of the verb.
        id: The field with the ID of that resource in what the function of the verb returns.
        parent: The parameter with the ID of the parent of that resource, if its path has a parent.
        owner: A function that returns the ID of that resource from the cloud, the type of the verb's resource and
            that resource: where an operation is complete when the owner of the resource is ready again.
        ready: Whether a resource with one of the values is complete, from the resource and the values of the command.
        problem: Why the operation failed although it ended, from the same; "" if it did not.
        reason: Why a deletion failed while the resource is still there, asked of the cloud; "" if it did not.
        polls_in_error: The polls after which a deletion has failed if the status was an error from the start.
    """

    until: str = "ACTIVE"
    fail: str = "ERROR"
    key: str = ""
    resource: Resource | None = None
    id: str = ""
    parent: str = ""
    owner: Callable[[Cloud, Resource, Json], str] | None = None
    ready: Callable[[Json, Json], bool] | None = None
    problem: Callable[[Json, Json], str] | None = None
    reason: Callable[[Cloud, Json], str] | None = None
    polls_in_error: int = MAX_POLLS_IN_ERROR

    def finish(self, cloud: Cloud, resource: Resource, result: Any, values: Json) -> Json:
        """Wait until the operation on a resource is complete.

        Args:
            cloud: The cloud.
            resource: The resource type of the verb.
            result: What the function of the verb returns: an ID, or an object with the field `id`.
            values: The values of the command.

        Returns:
            The resource; {} if it is deleted.

        Raises:
            WaitError: The operation failed.
            WaitTimeout: The time of --timeout is over.
        """
        polled = self.resource or resource
        if self.parent:
            polled = polled.under(values[self.parent])
        key = self.key or polled.status
        known = result if isinstance(result, dict) else {}
        id = str(known.get(self.id) or known[resource.id]) if known else str(result)
        if self.owner:
            id = self.owner(cloud, resource, known or cloud.fetch(resource, id))
        if self.until == DELETED:
            reason = self.reason or (lambda cloud, values: "")
            wait_for_deletion(cloud, polled, id, key, lambda: reason(cloud, values), self)
            return {}
        item = cloud.wait(polled, cloud.fetch(polled, id), self.until, self.fail, key)
        if self.ready and not self.ready(item, values):
            item = cloud.poll(
                lambda: cloud.wait(polled, cloud.fetch(polled, id), self.until, self.fail, key),
                lambda now: bool(self.ready and self.ready(now, values)),
                noun=polled.noun,
                status_key=key,
            )
        if self.problem and (problem := self.problem(item, values)):
            raise WaitError(f"The {polled.noun} {item.get(polled.name) or id} {problem}.")
        return item

    def finish_new(self, cloud: Cloud, resource: Resource, item: Json, values: Json) -> Json:
        """Wait for a resource that was created; return it as it is at the end. The arguments are those of `finish`."""
        with after(f"The {resource.noun} was created ({item.get(resource.id)})"):
            now = self.finish(cloud, resource, item, values)
            return cloud.fetch(resource, item[resource.id]) if self.owner else now

    def finish_shown(self, cloud: Cloud, resource: Resource, result: Any, values: Json) -> Any:
        """Wait for the resource that a verb prints; return what to print, with the fields that it has at the end.

        Args:
            cloud: The cloud.
            resource: The resource type of the verb.
            result: What the function of the verb returns: a resource, or a tuple of fields and a resource.
            values: The values of the command.
        """
        fields, item = result if isinstance(result, tuple) else (None, result)
        created = click.get_current_context().info_name in ("create", "adopt") and not self.id
        now = (self.finish_new if created else self.finish)(cloud, resource, item, values)
        if not self.id:
            item = {**item, **now}
        return (fields, item) if isinstance(result, tuple) else item


def wait_for_deletion(
    cloud: Cloud, resource: Resource, resource_id: str, key: str, reason: Callable[[], str], wait: Wait | None = None
) -> None:
    """Poll a resource until the service has deleted it.

    Args:
        cloud: The cloud.
        resource: The resource type.
        resource_id: The ID.
        key: The field with the status.
        reason: Returns why the deletion failed, "" if it did not; called while the resource is still there.
        wait: Says which further status is an error, and for how many polls an error from the start may last.

    Raises:
        WaitError: The status became an error, or was one from the start and still is; or there is a reason.
    """
    statuses: list[str] = []
    wait = wait or Wait(DELETED)

    def reached(item: Json) -> bool:
        status = str(item.get(key) or "")
        statuses.append(status)
        tried = statuses[0] != status or len(statuses) > wait.polls_in_error
        if tried and ("error" in status.lower() or status == wait.fail):
            because = f": {item['status_reason']}" if item.get("status_reason") else ""
            raise WaitError(
                f"The {resource.noun} {item.get(resource.name) or resource_id} went into {status}{because}."
            )
        gone = not item or status.lower() == DELETED
        if not gone and (because := reason()):
            raise WaitError(f"The {resource.noun} {resource_id} was not removed: {because}.")
        return gone

    def fetch() -> Json:
        return cloud.find_by_id(resource, resource_id) or {}

    cloud.poll(fetch, reached, noun=resource.noun, status_key=key)


def wait_options(params: Iterable[click.Parameter], wait: Wait | None = None) -> list[click.Parameter]:
    """Return parameters, with --wait where a verb has a `wait`, and --timeout after --wait."""
    found: list[click.Parameter] = list(params)
    if wait and not any(param.name == FULL_WAIT.name for param in found):
        places = [place for place, param in enumerate(found) if (param.name or "").startswith("output_")]
        found.insert(min(places, default=len(found)), FULL_WAIT)
    place = next((place for place, param in enumerate(found) if param.name == FULL_WAIT.name), None)
    if place is not None:
        own = any("--timeout" in param.opts for param in found)
        found.insert(place + 1, WAIT_TIMEOUT if own else TIMEOUT)
    return found
