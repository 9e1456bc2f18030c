"""Session: authentication, the catalog, microversions and requests to the services of one cloud."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from .. import console
from ..api.service import LINK_HEADER
from ..config.global_options import INTERACTIVE_AUTH_TYPES
from ..errors import AuthError, CatalogError, ConfigError, HTTPError, OstkError
from ..http.dry_run import NotSent, done_in_turn
from ..redaction import remember_environment, remember_settings
from .answers import Answers
from .paging import MalformedPage, linked_page, pages

if TYPE_CHECKING:
    from ..api.resource import Resource
    from ..api.service import Service
    from ..auth.access import Access
    from ..auth.keystone import Method
    from ..cache import Cache
    from ..config.settings import Settings
    from ..http.client import Http, Response

Json = dict[str, Any]
T = TypeVar("T")
R = TypeVar("R")


class Session:
    """An authenticated session with one cloud; settings, token and catalog are read when they are first used.

    Args:
        flags: The global options of the command line, such as {"os_cloud": "lab", "insecure": True}.
    """

    def __init__(self, flags: Mapping[str, Any]) -> None:
        self.flags = flags
        self.lock = threading.RLock()
        self.forced = threading.local()  # `on`: whether this thread sends requests in a dry run
        self._access: Access | None = None
        self.token_from_cache = False
        self.refused = False  # whether Keystone refused what the user typed: the next command asks again
        self.unreadable: dict[str, Json] = {}  # URL → UNKNOWN: version documents that could not be read
        self.listed_names: dict[Resource, list[str]] = {}  # the names that look-ups have listed, for suggestions
        self.names_lock = threading.RLock()
        self.answers = Answers()
        self.found: dict[Any, tuple[str, float]] | None = None  # look-up → ID and time, if several commands share it
        self.headers: dict[str, dict[str, str]] = {}  # service → headers of all requests of the command to it

    @cached_property
    def settings(self) -> Settings:
        """The settings of the selected cloud."""
        from ..config.config import load

        settings = load(self.flags, fetch=fetch_json)
        remember_settings((key, value.value) for key, value in settings.items())
        remember_environment(os.environ)
        if not console.is_silent():
            for line in settings.warnings:
                OstkError(line).show()
        return settings

    @cached_property
    def method(self) -> Method:
        """The authentication method that the settings select, validated."""
        from ..auth.methods import method_for

        return method_for(self.settings)

    @cached_property
    def cache(self) -> Cache:
        """The cache of tokens and documents for this credential, kept between runs."""
        from ..cache import Cache

        return Cache.of(self.method.key, self.settings.boolean("no_cache", False))

    @cached_property
    def http(self) -> Http:
        """The HTTP client of this session."""
        from ..http.client import Http

        return Http(self.settings, self.token, self.dry_run, lambda: self.access.bearer, self.forget_lookups)

    @property
    def access(self) -> Access:
        """The token with its scope, roles and catalog, from the cache or from Keystone."""
        if self._access is not None:
            return self._access
        with self.lock:
            if self._access is None:
                from ..auth.access import Access

                cached = self.cache.get("access")
                self._access = Access.from_json(cached) if cached else None
                self.token_from_cache = True
                if self._access is None or self._access.expires_soon():
                    self.authenticate()
            assert self._access is not None
            return self._access

    def authenticate(self) -> Access:
        """Get a new token from Keystone.

        Raises:
            ConfigError: The auth type needs the user, and this thread works in the background.
        """
        from ..auth.rescope import authenticate
        from ..config import prompts

        if console.is_silent() and self.method.kind in INTERACTIVE_AUTH_TYPES:
            raise ConfigError(f"The auth type {self.method.kind} needs the user.")
        with self.lock:
            self.token_from_cache = False
            try:
                access = authenticate(self.method, self.settings, self.http.request_without_token)
            except AuthError:
                self.refused = prompts.discard()
                raise
            prompts.accept()
            return self.use_access(access)

    def take(self, other: Session) -> None:
        """Take over the settings and the token of another session with the same global options."""
        if "settings" in other.__dict__:
            self.settings = other.settings
        self._access, self.token_from_cache = other._access, other.token_from_cache

    @property
    def known_access(self) -> Access | None:
        """The token if this session has one; nothing is sent."""
        return self._access

    def use_access(self, access: Access) -> Access:
        """Use a token for the requests that follow, and write it to the cache for later runs."""
        self._access = access
        self.cache.put("access", access.as_json())
        return access

    def token(self, refused: str = "") -> str:
        """Return the ID of the token; get a new token if `refused` is the ID of the current one."""
        with self.lock:
            if refused and self.access.token == refused:
                self.cache.drop()
                self.authenticate()
            return self.access.token

    def begin_command(self) -> None:
        """Forget what concerns an earlier command alone, and a token that expires soon."""
        self.answers.clear()
        self.unreadable.clear()
        self.headers = {}
        if self.refused:
            self.close()
            for name in ("settings", "method", "cache"):
                self.__dict__.pop(name, None)
            self.refused = False
        if self._access is not None and self._access.expires_soon():
            self._access = None

    def end_command(self) -> None:
        """Print the times of the requests if --timing asks for them."""
        if "http" in self.__dict__:
            if self.settings.boolean("timing"):
                self.http.print_timing()
            self.http.trace.records.clear()

    def close(self) -> None:
        """Close the connections; a later request opens new ones."""
        if "http" in self.__dict__:
            self.http.close()
            del self.http

    def send_header(self, service: Service, name: str, value: str) -> None:
        """Send a header in the requests of this command to a service that follow."""
        self.headers = {**self.headers, service.name: {**self.headers.get(service.name, {}), name: value}}

    def forget_lookups(self) -> None:
        """Forget the IDs and names that look-ups found: a request may change them."""
        if self.found is not None:
            self.found.clear()
            self.listed_names.clear()

    def stop(self) -> None:
        """End the threads of this session: a signal ends the program."""
        if "http" in self.__dict__:
            self.http.stop()

    def dry_run(self) -> bool:
        """Return whether this thread prints its requests (`--curl`) instead of sending them."""
        return bool(self.flags.get("curl")) and not getattr(self.forced, "on", False)

    @contextmanager
    def force_send(self) -> Iterator[None]:
        """Send the requests of this block in a dry run too: later requests depend on the responses."""
        previous, self.forced.on = getattr(self.forced, "on", False), True
        try:
            yield
        finally:
            self.forced.on = previous

    def endpoint(self, service: Service) -> str:
        """Return the base URL of a service. A cached catalog that lacks the service is fetched again, once."""
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

    def has_service(self, service: Service) -> bool:
        """Return whether the cloud has a service."""
        try:
            return bool(self.endpoint(service))
        except CatalogError:
            return False

    def microversion(self, service: Service, known: str = "") -> str:
        """Return the microversion to send: the user's pin, else the newest that client and service know.

        Args:
            service: The service.
            known: The newest microversion that the caller knows.

        Returns:
            The microversion, "" to send none.
        """
        from .catalog import negotiate

        if not service.microversion_type:
            return ""
        return negotiate(service, known, lambda: self.versions(service), self.settings)

    def versions(self, service: Service) -> Json:
        """Return the range of microversions of a service, `min` and `max`; both are "" if it has none."""
        from .versions import microversions

        base = self.endpoint(service)
        with self.lock, self.force_send():
            return microversions(self.http, self.cache, self.unreadable, service, base)

    def require(self, service: Service, since: str, what: str) -> None:
        """Raise CatalogError if the microversion in use is older than `since`, which `what` requires."""
        from .catalog import require

        require(service, since, what, lambda: self.versions(service), self.settings)

    def supports(self, service: Service, since: str, known: str = "") -> bool:
        """Return whether the microversion in use is `since` or later.

        Args:
            service: The service.
            since: The microversion.
            known: The newest microversion that the caller sends, if that limits the one in use.
        """
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
    ) -> Response:
        """Send a request to a service.

        Args:
            service: The service.
            method: The HTTP method.
            path: The path below the service's base URL, or a whole URL.
            microversion: The newest microversion that the caller knows; what is sent is negotiated.
            headers: Further headers.
            content: `params`, `json` or `content`, as `Http.request` takes them.

        Returns:
            The response; in a dry run a NotSent.

        Raises:
            HTTPError: The service answered with a status of 300 or more.
            ConnectionFailed: There was no usable answer.
        """
        version = self.microversion(service, microversion) if microversion else ""
        sent = {**self.headers.get(service.name, {}), **(headers or {}), **service.in_version(version)}
        url = path if path.startswith(("http://", "https://")) else self.endpoint(service) + path
        with self.add_hint(service, method, url):
            return self.http.request(method, url, headers=sent, **content)

    @contextmanager
    def add_hint(self, service: Service, method: str, url: str) -> Iterator[None]:
        """Add a hint to an HTTPError that a request to a service raises in this block."""
        try:
            yield
        except HTTPError as error:
            if self._access is not None:
                from .error_hints import hint_for

                hint = hint_for(error, self._access, service.types[0], method, url, self.settings.source("token"))
                error.hint = f"{hint} {error.hint}".strip()
            raise

    def call(self, service: Service, method: str, path: str, **content: Any) -> Any:
        """Send a request as `request` does; return the decoded JSON of the response, None if it is empty."""
        return self._decoded(service, method, path, self.http.json, content)

    def send(self, resource: Resource, method: str, *below: str, **content: Any) -> Json:
        """Send a request about resources of a type, in the microversion of the type: `send(SERVER, "PUT", id, "tags")`.

        Args:
            resource: The type of resource.
            method: The HTTP method.
            below: What follows the path of the collection: the ID of a resource, a path below the resource.
            content: The further parameters of `request`.

        Returns:
            The decoded JSON, {} for an empty answer.
        """
        path, newest = resource.at(*below), resource.microversion
        reply: Json | None = self.call(resource.service, method, path, microversion=newest, **content)
        return {} if reply is None else reply

    def _decoded(
        self, service: Service, method: str, path: str, decode: Callable[[Response], Any], content: Mapping[str, Any]
    ) -> Any:
        """Send a request and return its decoded response, which is kept to explain errors; in a dry run a NotSent."""
        if service.name == "keystone" and service.version == "v3" and self.access.version == "v2.0":
            raise CatalogError(
                "This command requires the Identity API v3; the token is from v2.0.",
                "If the cloud has v3, use an auth URL that ends in /v3.",
            )
        response = self.request(service, method, path, **content)
        if isinstance(response, NotSent):
            return response
        reply = decode(response)
        self.answers.add((service.types[0], method, str(response.request.url), reply), len(response.content))
        return reply

    def unexpected(self, error: Exception | str, reply: Any = None) -> OstkError | None:
        """Return the error for a response of an unexpected shape, None if no response is the cause.

        Args:
            error: What is wrong with `reply`, or the exception that reading some response raised.
            reply: The decoded body.
        """
        from .unexpected_answer import shape_error, unexpected

        return shape_error(error, reply, self.answers) if isinstance(error, str) else unexpected(error, self.answers)

    def pages(
        self, resource: Resource, query: Json | None = None, *, path: str = "", limit: int | None = None
    ) -> Iterator[Json]:
        """Yield the resources of a list, from all of its pages.

        Args:
            resource: The type of the resources.
            query: The query of the first page.
            path: The path of the list, if it is not the resource type's own.
            limit: The maximum number of resources.
        """

        def fetch(params: Json) -> Any:
            where = path or resource.list or resource.path
            content = {"params": params, "microversion": resource.microversion}
            return self._decoded(resource.service, "GET", where, decode, content)

        def decode(response: Response) -> Any:
            if resource.service.next_link == LINK_HEADER:
                return linked_page(self.http.json(response), resource.many, response)
            whole = resource.service.by_offset
            return self.http.json(response) if whole else self.http.page(response, resource.many)

        next_link = resource.service.next_link.format(plural=resource.many, one=resource.one)
        try:
            found = pages(fetch, resource.many, next_link, dict(query or {}), limit, resource.service.by_offset)
            yield from map(resource.completed, found)
        except MalformedPage as error:
            raise self.unexpected(error.problem, error.page) or error from None

    def fetch(self, resource: Resource, resource_id: str, query: Json | None = None) -> Json:
        """Return the resource with this ID."""
        path = resource.at(resource_id)
        reply = self.call(resource.service, "GET", path, params=query or {}, microversion=resource.microversion)
        return resource.completed(self.unwrap(resource, reply))

    def unwrap(self, resource: Resource, reply: Any) -> Json:
        """Return the resource in a decoded response, without the envelope."""
        body = reply
        if resource.service.wrapped and isinstance(reply, dict):
            reply = reply.get(resource.one)
        if not isinstance(reply, dict):
            raise self.unexpected(f"it has no object {resource.one!r}", body) or TypeError(resource.one)
        return reply

    def map_concurrent(self, work: Callable[[T], R], items: Sequence[T], workers: int | None = None) -> list[R]:
        """Call a function for each item, a bounded number of calls at once; return the results in order.

        In a dry run the calls follow one another, and one that needs a response does not end the others.
        """
        if len(items) < 2:
            return [work(item) for item in items]
        if self.dry_run():
            return done_in_turn(work, items)
        from ..parallel import WORKERS, map_concurrent

        return map_concurrent(work, items, self.stop, workers or WORKERS)

    def gather(self, *functions: Callable[[], Any]) -> list[Any]:
        """Call functions concurrently; return their results in order."""
        return self.map_concurrent(lambda function: function(), functions)


def fetch_json(url: str) -> Any:
    """Return the JSON at a public URL, requested without credentials."""
    from ..http.client import fetch_json

    return fetch_json(url)
