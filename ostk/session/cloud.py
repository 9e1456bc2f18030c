"""Cloud: all that a command needs of one."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import CatalogError, Forbidden, HTTPError, HTTPNotFound, OstkError, ResourceNotFound, WaitError
from ..redaction import remember_environment, remember_settings
from .name_forms import escape, looks_like_id, matching
from .paging import Misshapen, pages

if TYPE_CHECKING:
    import httpx

    from ..api.resource import Resource
    from ..api.service import Service
    from ..auth.access import Access
    from ..auth.cache import Cache
    from ..auth.methods import Method
    from ..config.config import Settings
    from ..http.client import Http

Json = dict[str, Any]
T = TypeVar("T")
R = TypeVar("R")


class Cloud:
    """A session with one cloud: requests, lookups by name, paging, waiting.

    Nothing is read or sent before it is needed. `flags` are the global options of the command line.
    """

    def __init__(self, flags: Mapping[str, Any]) -> None:
        self.flags = flags
        self.lock = threading.RLock()
        self.needing = threading.local()
        self._access: Access | None = None
        self.kept = False  # whether the token is from the cache
        self.listed: dict[Resource, list[str]] = {}
        self.unread: dict[str, Json] = {}  # the version documents of this run that could not be read
        self.naming = threading.RLock()
        self.answers: deque[tuple[str, str, str, Any]] = deque(maxlen=64)  # service, method, URL, body

    @cached_property
    def settings(self) -> Settings:
        """The settings of the cloud that was chosen."""
        from ..config.config import load

        settings = load(self.flags)
        remember_settings((key, value.value) for key, value in settings.items())
        remember_environment(os.environ)
        for line in settings.warnings:
            OstkError(line).show()
        return settings

    @cached_property
    def method(self) -> Method:
        """How to authenticate, checked."""
        from ..auth.methods import method_for

        return method_for(self.settings)

    @cached_property
    def cache(self) -> Cache:
        """What is kept between runs for this credential."""
        from ..auth.cache import Cache

        return Cache.of(self.settings, self.method.key)

    @cached_property
    def http(self) -> Http:
        """The one HTTP client."""
        from ..http.client import Http

        return Http(self.settings, self.token, self.dry_run, lambda: self.access.bearer)

    @property
    def access(self) -> Access:
        """The token and all that came with it, from the cache or from Keystone."""
        from ..auth.access import Access

        with self.lock:
            if self._access is None:
                kept = self.cache.get("access")
                self._access = Access.from_json(kept) if kept else None
                self.kept = True
                if self._access is None or self._access.expires_soon():
                    self.authenticate()
            assert self._access is not None
            return self._access

    def authenticate(self) -> Access:
        """A new token, from Keystone."""
        with self.lock:
            self.kept = False
            return self.keep(self.method.authenticate(self.http.plain))

    def keep(self, access: Access) -> Access:
        """Go on with this token, in later runs too."""
        self._access = access
        self.cache.put("access", access.as_json())
        return access

    def token(self, refused: str = "") -> str:
        """The token; a new one if `refused` is the one at hand."""
        with self.lock:
            if refused and self.access.token == refused:
                self.cache.drop()
                self.authenticate()
            return self.access.token

    def close(self) -> None:
        """End the connections and tell the timing, if there were any."""
        if "http" in self.__dict__:
            self.http.close()
            if self.settings.boolean("timing"):
                self.http.print_timing()

    def stop(self) -> None:
        """Have the threads of this session end: a signal ends the program."""
        if "http" in self.__dict__:
            self.http.stop()

    def dry_run(self) -> bool:
        """Whether requests are only told (`--curl`); what must be known to tell them is sent all the same."""
        return bool(self.flags.get("curl")) and not getattr(self.needing, "now", False)

    @contextmanager
    def force_send(self) -> Iterator[None]:
        """What is asked meanwhile, in this thread, must be known for the requests that follow."""
        before, self.needing.now = getattr(self.needing, "now", False), True
        try:
            yield
        finally:
            self.needing.now = before

    # -- requests ---------------------------------------------------------------------------------

    def endpoint(self, service: Service) -> str:
        """The address of a service; a cached catalog that lacks it is fetched anew once."""
        from . import catalog

        if override := catalog.override(service, self.settings, lambda: self.access):
            return override
        fresh = self._access is None and self.cache.get("access") is None
        try:
            return catalog.endpoint(self.access, service, self.settings)
        except OstkError:
            if fresh:
                raise
            with self.lock:
                return catalog.endpoint(self.authenticate(), service, self.settings)

    def has(self, service: Service) -> bool:
        """Whether the cloud has a service."""
        try:
            return bool(self.endpoint(service))
        except CatalogError:
            return False

    def microversion(self, service: Service, known: str = "") -> str:
        """The microversion to use: the user's pin, else the best that both sides know, "" for none."""
        from .catalog import negotiate

        if not service.microversion_type:
            return ""
        return negotiate(service, known, lambda: self.versions(service), self.settings)

    def versions(self, service: Service) -> Json:
        """Return the microversions that the cloud has of a service: `min` and `max`, "" for none."""
        from .versions import microversions

        return microversions(self, service)

    def require(self, service: Service, since: str, what: str) -> None:
        """Fail if the microversion in use is older than `since`, which `what` needs."""
        from .catalog import require

        require(service, since, what, lambda: self.versions(service), self.settings)

    def supports(self, service: Service, since: str, known: str = "") -> bool:
        """Whether the microversion in use is `since` or newer; `known` is the newest that the caller asks for."""
        from .catalog import supports

        return supports(service, since, lambda: self.versions(service), self.settings, known)

    def request(
        self,
        service: Service,
        method: str,
        path: str,
        *,
        microversion: str = "",
        headers: Mapping[str, str] | None = None,
        **content: Any,
    ) -> httpx.Response:
        """Send a request to a service: `params`, `json` or `content` as httpx takes them.

        `microversion` is the newest that the caller knows; what is sent is negotiated. Errors: HTTPError
        and its kinds for a status of 300 or more, ConnectionFailed for no usable answer.
        """
        version = self.microversion(service, microversion) if microversion else ""
        sent = {**(headers or {}), **service.in_version(version)}
        url = path if path.startswith(("http://", "https://")) else self.endpoint(service) + path
        with self.hinting(service, method, url):
            return self.http.request(method, url, headers=sent, **content)

    @contextmanager
    def hinting(self, service: Service, method: str, url: str) -> Iterator[None]:
        """Add a hint to the error that a request to a service ends in."""
        try:
            yield
        except HTTPError as error:
            if self._access is not None:
                from .error_hints import advice

                hint = advice(error, self._access, service.types[0], method, url, self.settings.source("token"))
                error.hint = f"{hint} {error.hint}".strip()
            raise

    def call(self, service: Service, method: str, path: str, **content: Any) -> Any:
        """Send a request and decode the answer's JSON; None for an empty answer."""
        if service.name == "keystone" and service.version == "v3" and self.access.version == "v2.0":
            raise CatalogError(
                "This needs the Identity API v3; the token is one of v2.0.",
                "If the cloud has v3 as well, choose it by an auth URL that ends in /v3.",
            )
        response = self.request(service, method, path, **content)
        reply = self.http.json(response)
        self.answers.append((service.types[0], method, str(response.request.url), reply))
        return reply

    def unexpected(self, error: Exception | str, reply: Any = None) -> OstkError | None:
        """Return the error for an answer of an unexpected shape: `reply`, or the one that an exception comes from."""
        from .unexpected_answer import misshapen, unexpected

        return misshapen(error, reply, self.answers) if isinstance(error, str) else unexpected(error, self.answers)

    # -- resources --------------------------------------------------------------------------------

    def pages(
        self, resource: Resource, query: Json | None = None, *, path: str = "", limit: int | None = None
    ) -> Iterator[Json]:
        """The resources of a kind, all pages of them, from the kind's listing or from `path`."""

        def fetch(params: Json) -> Any:
            where = path or resource.list or resource.path
            return self.call(resource.service, "GET", where, params=params, microversion=resource.microversion)

        next_link = resource.service.next_link.format(plural=resource.many, one=resource.one)
        try:
            found = pages(fetch, resource.many, next_link, dict(query or {}), limit, resource.service.by_offset)
            yield from map(resource.completed, found)
        except Misshapen as error:
            raise self.unexpected(error.problem, error.page) or error from None

    def get(self, resource: Resource, name_or_id: str, within: Json | None = None) -> Json:
        """Return the resource with this ID or name; `within` narrows the search by name."""
        hint = ""
        if resource.id == resource.name:
            found = self.find_by_id(resource, name_or_id, within)
        elif self.like_id(resource, name_or_id):
            found = self.find_by_id(resource, name_or_id)
            found = found or self.fetch(resource, self.find(resource, name_or_id, within, known_no_id=True))
        elif resource.service.listed_whole:
            try:
                found = self.find_by_name(resource, name_or_id, within) or self.find_by_id(resource, name_or_id)
            except Forbidden:
                if not resource.assume_id_if_forbidden:
                    raise
                own = self.access.own(resource.one, name_or_id)
                found, hint = (
                    self.find_by_id(resource, own),
                    f"Give the ID: this token may not look up a {resource.noun} by name.",
                )
        else:
            found = self.fetch(resource, self.find(resource, name_or_id, within))
        if found is None:
            # Where the ID is the name, no other request has looked for the resource.
            missing = self.not_found_error(resource, name_or_id, 404 if resource.id == resource.name else 0)
            missing.hint = hint or missing.hint
            raise missing
        return found

    def fetch(self, resource: Resource, id: str, query: Json | None = None) -> Json:
        """One resource, by ID alone."""
        reply = self.call(
            resource.service, "GET", resource.at(id), params=query or {}, microversion=resource.microversion
        )
        return resource.completed(self.unwrap(resource, reply))

    def unwrap(self, resource: Resource, reply: Any) -> Json:
        """The resource in an answer."""
        whole = reply
        if resource.service.wrapped and isinstance(reply, dict):
            reply = reply.get(resource.one)
        if not isinstance(reply, dict):
            raise self.unexpected(f"it has no object {resource.one!r}", whole) or TypeError(resource.one)
        return reply

    def find(self, resource: Resource, name_or_id: str, within: Json | None = None, known_no_id: bool = False) -> str:
        """The ID of the resource with this ID or name; `within` narrows the search by name."""
        if resource.id == resource.name:
            return name_or_id
        with self.force_send():
            return self._find(resource, name_or_id, within, known_no_id)

    def _find(self, resource: Resource, name_or_id: str, within: Json | None, known_no_id: bool) -> str:
        if resource.assume_id_if_forbidden and self.access.version == "v2.0":
            return self.access.own(resource.one, name_or_id)
        try:
            found = self.find_or_none(resource, name_or_id, within, known_no_id)
        except Forbidden:
            if not resource.assume_id_if_forbidden:
                raise
            return self.access.own(resource.one, name_or_id)
        if found is None and resource.assume_id_if_missing:
            return name_or_id
        if found is None:
            raise self.not_found_error(resource, name_or_id)
        return str(found[resource.id])

    def find_or_none(
        self, resource: Resource, name_or_id: str, within: Json | None = None, known_no_id: bool = False
    ) -> Json | None:
        """The resource with this ID or name, sought first as what it looks like; None if there is none."""
        if not known_no_id and self.like_id(resource, name_or_id):
            return self.find_by_id(resource, name_or_id) or self.find_by_name(resource, name_or_id, within)
        return self.find_by_name(resource, name_or_id, within) or self.find_by_id(resource, name_or_id)

    def like_id(self, resource: Resource, text: str) -> bool:
        """Whether a text is rather an ID than a name: it has the form, or is one that the token tells of."""
        return looks_like_id(text) or (resource.assume_id_if_forbidden and self.access.tells_of(resource.one, text))

    def find_by_id(self, resource: Resource, id: str, query: Json | None = None) -> Json | None:
        """Return the resource with this ID; None if there is none.

        Services answer words of their own paths where an ID is expected: Cinder and Manila answer
        `GET /types/default` with the default type, Nova answers `GET /servers/detail` with a list, and an empty
        ID is the path of the list. MySQL compares without regard to case and trailing blanks, and takes "1abc"
        for 1. None of these is the resource that was named.
        """
        if not id:
            return None
        try:
            reply = self.call(
                resource.service, "GET", resource.at(id), params=query or {}, microversion=resource.microversion
            )
        except HTTPError as error:
            if error.status not in (400, 404):
                raise
            return None
        if resource.service.wrapped and isinstance(reply, dict) and resource.one not in reply and not looks_like_id(id):
            return None
        found = resource.completed(self.unwrap(resource, reply))
        return found if str(found.get(resource.id, id)).casefold() == id.casefold() else None

    def find_by_name(self, resource: Resource, name: str, within: Json | None = None) -> Json | None:
        """Return the one resource with this name, or ID where all are listed; None if there is none."""
        if not name:
            return None  # unnamed ports, networks and volumes have the name "": none of them is meant
        query: Json = {}
        if resource.by_name:
            query[resource.by_name] = resource.service.exactly(escape(name) if resource.by_pattern else name)
        query.update(resource.find_query)
        query.update(within or {})
        for also in [(), resource.find_also] if resource.find_also else [()]:
            found = list(self.pages(resource, {**query, **dict(also)}, path=resource.find_path))
            if not resource.by_name:
                self.note(resource, found)
            matches = matching(resource, name, found)
            if matches:
                break
        exact = [x for x in matches if x.get(resource.id) == name] or matches
        if len(exact) > 1:
            from .error_hints import ambiguous

            raise ambiguous(resource, name, [x.get(resource.id) for x in exact])
        return exact[0] if exact else None

    def find_all(self, wanted: Sequence[tuple[Resource, str, Json]]) -> list[str]:
        """The IDs of several resources (kind, name or ID, where to look), looked up at once."""
        return self.map_concurrent(lambda one: self.find(*one), wanted)

    def not_found_error(self, resource: Resource, name: str, status: int = 0) -> ResourceNotFound:
        """Return the error for a name or ID that no resource has; `status` is that of the answer, if one tells it."""
        from .error_hints import not_found

        return not_found(self, resource, name, status)

    def note(self, resource: Resource, items: list[Json]) -> None:
        """Remember the names of the resources that were listed."""
        inner = [one.get(resource.one) or one for one in items]  # Nova wraps each key pair of a list
        self.listed[resource] = [str(x[resource.name]) for x in inner if isinstance(x, dict) and x.get(resource.name)]

    def create(self, resource: Resource, body: Json, path: str = "") -> Json:
        """Create a resource and return it."""
        method, where = "POST", path or resource.path
        if resource.client_assigned_id:
            method, where = "PUT", resource.at(body[resource.id])
            body = {key: value for key, value in body.items() if key != resource.id}
        content = {resource.one: body} if resource.service.wrapped else body
        reply = self.call(resource.service, method, where, json=content, microversion=resource.microversion)
        return resource.completed(self.unwrap(resource, reply))

    def update(self, resource: Resource, id: str, body: Json) -> Json | None:
        """Change a resource; as it is afterwards, if the service tells.

        Where changes are JSON patches, fields that are None are removed.
        """
        service, headers = resource.service, {}
        content: Any = {resource.one: body} if service.wrapped else body
        if service.patch:
            content, headers = ([patch(name, value) for name, value in body.items()], {"Content-Type": service.patch})
        path, known, again = resource.at(id), resource.microversion, service.update == "PUT"
        content = {"json": content, "headers": headers, "repeatable": again}
        reply = self.call(service, service.update, path, microversion=known, **content)
        return self.unwrap(resource, reply) if reply else None

    def delete(self, resource: Resource, id: str, query: Json | None = None) -> None:
        """Delete a resource; after a lost answer, look whether that was done before an error is reported."""
        try:
            self.request(
                resource.service, "DELETE", resource.at(id), params=query or {}, microversion=resource.microversion
            )
        except OstkError as error:
            if not (error.outcome_unknown and self.is_going(resource, id)):
                raise

    def is_going(self, resource: Resource, id: str) -> bool:
        """Return whether a resource is gone or its status says that it is being deleted."""
        try:
            status = str(self.fetch(resource, id).get("status")).lower()
        except HTTPNotFound:
            return True
        except OstkError:
            return False
        return "delet" in status and "error" not in status

    def act(self, resource: Resource, id: str, action: str, body: Any = None) -> Any:
        """Have a resource do something: POST …/action."""
        path = resource.at(id, "action")
        return self.call(resource.service, "POST", path, json={action: body}, microversion=resource.microversion)

    def wait(self, resource: Resource, item: Json, until: str, fail: str = "ERROR", key: str = "status") -> Json:
        """Ask for a resource until its field `key` is `until`; WaitError when it is `fail`."""

        def reached(now: Json) -> bool:
            state = str(now.get(key, ""))
            if state.lower() == fail.lower() and fail:
                because = fault(now) and f": {fault(now)}"
                raise WaitError(
                    f"The {resource.noun} {now.get(resource.name) or now[resource.id]} went into {state}{because}."
                )
            return state.lower() == until.lower()

        return self.poll(lambda: self.fetch(resource, item[resource.id]), reached, item)

    def poll(self, fetch: Callable[[], Json], reached: Callable[[Json], bool], item: Json | None = None) -> Json:
        """Fetch again and again until it is `reached`; progress goes to a terminal's standard error."""
        from ..console import write_state

        pause = 0.5
        now = fetch() if item is None else item
        while not reached(now):
            percent = now.get("progress")
            write_state(f"{now.get('status', '')} {percent}%…" if percent else f"{now.get('status', '')}…")
            self.http.sleep(pause)
            pause = min(pause * 1.5, 5.0)
            now = fetch()
        write_state("")
        return now

    def map_concurrent(self, work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Do the same for several items at once, a bounded number at a time; results in their order."""
        if len(items) < 2:
            return [work(item) for item in items]
        from .parallel import map_concurrent

        return map_concurrent(work, items, self.stop)

    def gather(self, *asks: Callable[[], Any]) -> list[Any]:
        """What these functions answer, called at once."""
        return self.map_concurrent(lambda ask: ask(), asks)


def fault(item: Json) -> str:
    """Why a resource failed, as its service tells, without the full stop; "" if it does not."""
    told = item.get("fault")
    return str(told.get("message") or "").rstrip(". \n") if isinstance(told, dict) else ""


def patch(name: str, value: Any) -> Json:
    """The step of a JSON patch that gives a field a value, or removes it for None."""
    path = "/" + name.replace("~", "~0").replace("/", "~1")
    return {"op": "remove", "path": path} if value is None else {"op": "add", "path": path, "value": value}


def quote(text: str) -> str:
    """A text as one segment of a path."""
    from urllib.parse import quote as percent

    return percent(str(text), safe="")
