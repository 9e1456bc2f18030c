"""Cloud: the operations of commands: find, list, create, update, delete and wait for resources."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import HTTPError, HTTPNotFound, OstkError, ResourceNotFound, WaitError, WaitTimeout
from ..http.dry_run import NotSent
from .session import Session

if TYPE_CHECKING:
    from ..api.resource import Resource
    from ..api.service import Service
    from ..http.client import Response

Json = dict[str, Any]


class Cloud(Session):
    """A session with the operations on resources that commands share."""

    wait_seconds: float | None = None  # for which a command may wait, over all resources; None is no limit
    wait_until: float | None = None  # the end of that time, on the monotonic clock; None before the first poll
    busy_until: float | None = None  # the end of the time for refused requests without such a limit, likewise

    def limit_wait(self, seconds: float | None) -> None:
        """Limit the time that a command may wait, from the first poll on; None is no limit."""
        self.wait_seconds, self.wait_until, self.busy_until = seconds, None, None

    def request(self, service: Service, method: str, path: str, **content: Any) -> Response:
        """Send a request as `Session.request` does; again, if it is refused while an earlier one is carried out."""
        try:
            return super().request(service, method, path, **content)
        except HTTPError as error:
            from .busy import LONGEST, changing, send_again

            if not changing(service, error):
                raise
            send = partial(super().request, service, method, path, **content)
            try:
                return send_again(self, service, error, send, lambda: self.busy_left(LONGEST))
            except HTTPError as refusal:
                left = self.wait_left()
                if left is None or left > 0:
                    raise
                raise WaitTimeout(refusal.message, refusal.hint) from refusal

    def get(self, resource: Resource, name_or_id: str, within: Json | None = None) -> Json:
        """Return the resource with this name or ID; see `lookup.get`."""
        from .lookup import get

        return get(self, resource, name_or_id, within)

    def find(self, resource: Resource, name_or_id: str, within: Json | None = None) -> str:
        """Return the ID of the resource with this name or ID; see `lookup.find`."""
        from .lookup import find

        return find(self, resource, name_or_id, within)

    def find_or_none(self, resource: Resource, name_or_id: str, within: Json | None = None) -> Json | None:
        """Return the resource with this name or ID, None if there is none; see `lookup.find_or_none`."""
        from .lookup import find_or_none

        return find_or_none(self, resource, name_or_id, within)

    def like_id(self, resource: Resource, text: str) -> bool:
        """Return whether a text looks like an ID; see `lookup.like_id`."""
        from .lookup import like_id

        return like_id(self, resource, text)

    def find_by_id(self, resource: Resource, resource_id: str, query: Json | None = None) -> Json | None:
        """Return the resource with this ID, None if there is none; see `lookup.find_by_id`."""
        from .lookup import find_by_id

        return find_by_id(self, resource, resource_id, query)

    def find_by_name(self, resource: Resource, name: str, within: Json | None = None) -> Json | None:
        """Return the one resource with this name, None if there is none; see `lookup.find_by_name`."""
        from .lookup import find_by_name

        return find_by_name(self, resource, name, within)

    def find_all(self, lookups: Sequence[tuple[Resource, str, Json]]) -> list[str]:
        """Return the IDs of several resources, found concurrently.

        Args:
            lookups: For each resource its type, its name or ID, and a query that narrows the search by name.
        """
        return self.map_concurrent(lambda one: self.find(*one), lookups)

    def not_found_error(self, resource: Resource, name: str, status: int = 0) -> ResourceNotFound:
        """Return the error for a name or ID that no resource has; see `lookup.not_found_error`."""
        from .lookup import not_found_error

        return not_found_error(self, resource, name, status)

    def create(self, resource: Resource, body: Json, path: str = "") -> Json:
        """Create a resource and return it."""
        method, where = "POST", path or resource.path
        if resource.client_assigned_id:
            method, where = "PUT", resource.at(body[resource.id])
            body = {key: value for key, value in body.items() if key != resource.id}
        content = {resource.one: body} if resource.service.wrapped else body
        reply = self.call(resource.service, method, where, json=content, microversion=resource.microversion)
        return resource.completed(self.unwrap(resource, reply))

    def update(self, resource: Resource, resource_id: str, body: Json) -> Json | None:
        """Update a resource; return it if the service returns it.

        In a JSON patch, fields that are None are removed.
        """
        service, headers = resource.service, {}
        content: Any = {resource.one: body} if service.wrapped else body
        if service.patch:
            content, headers = ([patch(name, value) for name, value in body.items()], {"Content-Type": service.patch})
        path, microversion, repeatable = resource.at(resource_id), resource.microversion, service.update == "PUT"
        content = {"json": content, "headers": headers, "repeatable": repeatable}
        reply = self.call(service, service.update, path, microversion=microversion, **content)
        if isinstance(reply, NotSent):
            return None  # most callers do not look at the result: they send further requests
        return self.unwrap(resource, reply) if reply else None

    def delete(self, resource: Resource, resource_id: str, query: Json | None = None) -> None:
        """Delete a resource; after a lost response, check whether it is gone before reporting an error."""
        try:
            self.request(
                resource.service,
                "DELETE",
                resource.at(resource_id),
                params=query or {},
                microversion=resource.microversion,
            )
        except OstkError as error:
            if not (error.outcome_unknown and self.is_deleted(resource, resource_id)):
                raise

    def is_deleted(self, resource: Resource, resource_id: str) -> bool:
        """Return whether a resource is gone or its status says that it is being deleted."""
        try:
            status = str(self.fetch(resource, resource_id).get(resource.status)).lower()
        except HTTPNotFound:
            return True
        except OstkError:
            return False
        return "delet" in status and "error" not in status

    def act(self, resource: Resource, resource_id: str, action: str, body: Any = None) -> Any:
        """Send an action to a resource, POST …/action; return the decoded response."""
        return self.send(resource, "POST", resource_id, "action", json={action: body})

    def wait(self, resource: Resource, item: Json, until: str, fail: str = "ERROR", key: str = "status") -> Json:
        """Poll a resource until its field `key`, in which dots nest, is one of the words of `until`; return it.

        Raises:
            WaitError: The field is `fail`, or another status of an error.
            WaitTimeout: The time of `limit_wait` is over.
        """

        def reached(now: Json) -> bool:
            state = value_at(now, key)
            if state.lower() in until.lower().split():
                return True
            if (state.lower() == fail.lower() and fail) or "error" in state.lower():
                because = fault(now) and f": {fault(now)}"
                raise WaitError(
                    f"The {resource.noun} {now.get(resource.name) or now[resource.id]} went into {state}{because}."
                )
            return False

        return self.poll(
            lambda: self.fetch(resource, item[resource.id]), reached, item, noun=resource.noun, status_key=key
        )

    def poll(
        self,
        fetch: Callable[[], Json],
        reached: Callable[[Json], bool],
        item: Json | None = None,
        *,
        noun: str = "resource",
        status_key: str = "status",
        interval: float | None = None,
    ) -> Json:
        """Fetch a resource until `reached` is true for it, and return it; show the status on a terminal.

        Args:
            fetch: The function that returns the resource.
            reached: The condition.
            item: The resource as it is known, to be checked first.
            noun: The resource type, for the message when the time is over.
            status_key: The field with the status.
            interval: Seconds between two requests (default: growing from 0.5 to 5).

        Raises:
            WaitTimeout: The time of `limit_wait` is over.
        """
        from ..console import write_state

        pause = 0.5 if interval is None else interval
        now = fetch() if item is None else item
        while not reached(now):
            percent, state = now.get("progress"), value_at(now, status_key)
            write_state(f"{state} {percent}%…" if percent else f"{state}…")
            left = self.wait_left()
            if left is not None and left <= 0:
                write_state("")
                if status_key.partition(".")[0] not in now and reached(now := fetch()):
                    return now
                raise self.wait_timeout(now, noun, value_at(now, status_key))
            self.http.sleep(pause if left is None else min(pause, left))
            pause = min(pause * 1.5, 5.0) if interval is None else interval
            now = fetch()
        write_state("")
        return now

    def wait_left(self) -> float | None:
        """Return the seconds for which the command may still wait; None is no limit."""
        if self.wait_seconds is None:
            return None
        now = time.monotonic()
        if self.wait_until is None:
            self.wait_until = now + self.wait_seconds
        return self.wait_until - now

    def busy_left(self, longest: float) -> float:
        """Return the seconds for which a refused request may be sent again: at most `longest`, over all requests."""
        left = self.wait_left()
        if left is not None:
            return left
        now = time.monotonic()
        if self.busy_until is None:
            self.busy_until = now + longest
        return self.busy_until - now

    def wait_timeout(self, item: Json, noun: str, state: str) -> WaitTimeout:
        """Return the error for a resource that did not get where it was waited for in time."""
        named = " ".join(dict.fromkeys(str(item[key]) for key in ("name", "id", "uuid") if item.get(key)))
        status = f"its status is {state}" if state else "it has no status"
        time = f"{self.wait_seconds:g} second{'' if self.wait_seconds == 1 else 's'}"
        return WaitTimeout(f"The {noun} {named} is not ready after {time}: {status}.")


def value_at(item: Json, key: str) -> str:
    """Return a field as text, "" if there is none; dots in the key nest."""
    found: Any = item
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return str(found or "")


def fault(item: Json) -> str:
    """Return the message in the `fault` of a resource (Nova) without the full stop, "" if there is none."""
    found = item.get("fault")
    return str(found.get("message") or "").rstrip(". \n") if isinstance(found, dict) else ""


def patch(name: str, value: Any) -> Json:
    """Return the operation of a JSON patch that sets a field, or removes it for None."""
    path = "/" + name.replace("~", "~0").replace("/", "~1")
    return {"op": "remove", "path": path} if value is None else {"op": "add", "path": path, "value": value}


def quote(text: str) -> str:
    """Return a text percent-encoded as a segment of a path."""
    from urllib.parse import quote as percent

    return percent(str(text), safe="")
