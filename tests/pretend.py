"""A pretend cloud at the transport: it answers any command plausibly and remembers what was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import httpx

from ostk.api.resource import Resource
from ostk.session.error_hints import PAGE

from .resources import all_resources

Json = dict[str, Any]
HOST = "http://cloud"
SERVICES = {
    "identity": "/identity",
    "compute": "/compute/v2.1",
    "image": "/image",
    "network": "/network",
    "block-storage": "/volume/v3",
    "object-store": "/object/v1/AUTH_p",
    "placement": "/placement",
    "shared-file-system": "/share/v2",
}
NEWEST = {"compute": "2.96", "volume": "3.71", "placement": "1.39", "share": "2.98"}
ENVIRONMENT = {
    "OS_AUTH_URL": f"{HOST}/identity/v3",
    "OS_USERNAME": "ann",
    "OS_PASSWORD": "s3cret",
    "OS_PROJECT_NAME": "demo",
    "OS_USER_DOMAIN_ID": "default",
    "OS_PROJECT_DOMAIN_ID": "default",
    "OS_REGION_NAME": "RegionOne",
}
PREFIX = {
    "keystone": "/identity/v3",
    "nova": "/compute/v2.1",
    "glance": "/image/v2",
    "neutron": "/network/v2.0",
    "cinder": "/volume/v3",
    "placement": "/placement",
    "manila": "/share/v2",
}
KINDS = all_resources()


class Pretend:
    """Answers by rules: `answers` first, then tokens, versions, and resources that always exist.

    A resource is found by any name but those that begin with "no-": its ID is the name and "-id". `sent`
    holds "METHOD /path?query" and the body of each request that is no token, version or look-up.
    """

    def __init__(self, host: str = HOST) -> None:
        self.host = host
        self.answers: dict[str, Any] = {}
        self.sent: list[tuple[str, Any]] = []
        self.all: list[tuple[str, Any]] = []
        self.headers: list[httpx.Headers] = []
        self.tokens = 0

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        path = request.url.raw_path.decode()
        body = decoded(request.content)
        line = f"{request.method} {path}"
        self.all.append((line, body))
        self.headers.append(request.headers)
        found = self.given(line, request)
        if found is None:
            found = self.token(request) or self.version(request) or self.look_up(request)
            if found is not None:
                return found
        self.sent.append((line, body))
        return found or self.echo(request, body)

    def given(self, line: str, request: httpx.Request) -> httpx.Response | None:
        """The answer that a test has set for this request; the next one, where it has set an iterator of them."""
        for key in (line, f"{request.method} {request.url.path}"):
            if key in self.answers:
                answer = self.answers[key]
                answer = next(answer) if isinstance(answer, Iterator) else answer
                if callable(answer):
                    return answer(request)  # type: ignore[no-any-return]
                if isinstance(answer, Exception):
                    raise answer
                if isinstance(answer, httpx.Response):
                    return answer
                status, content = answer if isinstance(answer, tuple) else (200, answer)
                if isinstance(content, bytes):
                    return httpx.Response(status, content=content)
                return httpx.Response(status, json=content)
        return None

    def token(self, request: httpx.Request) -> httpx.Response | None:
        """A token with a catalog of everything."""
        if request.method != "POST" or request.url.path != "/identity/v3/auth/tokens":
            return None
        catalog = [
            {
                "type": kind,
                "name": kind,
                "id": kind,
                "endpoints": [
                    {
                        "id": f"{kind}-1",
                        "interface": i,
                        "region": "RegionOne",
                        "region_id": "RegionOne",
                        "url": self.host + path,
                    }
                    for i in ("public", "internal", "admin")
                ],
            }
            for kind, path in SERVICES.items()
        ]
        token = {
            "expires_at": "2099-01-01T00:00:00.000000Z",
            "issued_at": "2026-01-01T00:00:00.000000Z",
            "methods": ["password"],
            "user": {"id": "ann-id", "name": "ann", "domain": {"id": "default", "name": "Default"}},
            "project": {"id": "p", "name": "demo", "domain": {"id": "default", "name": "Default"}},
            "roles": [{"id": "member-id", "name": "member"}],
            "catalog": catalog,
        }
        return httpx.Response(201, json={"token": token}, headers={"X-Subject-Token": self.fresh()})

    def fresh(self) -> str:
        """A token that was not given before."""
        self.tokens += 1
        return "the-token" if self.tokens == 1 else f"the-token-{self.tokens}"

    def version(self, request: httpx.Request) -> httpx.Response | None:
        """The microversions of a service."""
        name = request.url.path.strip("/").split("/")[0]
        roots = {"/compute/v2.1": "v2.1", "/volume/v3": "v3.0", "/placement": "v1.0", "/share/v2": "v2.0"}
        if request.method != "GET" or request.url.path.rstrip("/") not in roots:
            return None
        identity = roots[request.url.path.rstrip("/")]
        oldest = identity.removeprefix("v")
        version = {
            "id": identity,
            "status": "CURRENT",
            "version": NEWEST[name],
            "min_version": oldest,
            "max_version": NEWEST[name],
            "links": [],
        }
        content = {"version": version} if name == "compute" else {"versions": [version]}
        return httpx.Response(200, json=content)

    def look_up(self, request: httpx.Request) -> httpx.Response | None:
        """A resource by name or by ID."""
        if request.method != "GET":
            return None
        query = dict(parse_qsl(request.url.query.decode()))
        for kind in KINDS:
            base = PREFIX.get(kind.service.name, "")
            path = request.url.path.removeprefix(base)
            by_name = kind.by_name.partition("=")[0]
            name = re.sub(r"[\^$\\]", "", query.get(by_name, ""))
            if path in (kind.find_path, kind.list, kind.path) and query.get("limit") == str(PAGE):
                return httpx.Response(200, json={kind.many: []})  # names like one that is not there
            if path in (kind.find_path, kind.list, kind.path) and name and looks_up(kind, query):
                names = [] if name.startswith("no-") else [resource(kind, name)]
                return httpx.Response(200, json={kind.many: names})
            if not kind.by_name and path in (kind.list, kind.path) and dict(kind.find_query) == query:
                names = [resource(kind, n) for n in ("one", "two")]
                return httpx.Response(200, json={kind.many: names})
            if path in {k.list for k in KINDS}:
                continue
            if path.startswith(f"{kind.path}/") and "/" not in path.removeprefix(f"{kind.path}/"):
                name = path.removeprefix(f"{kind.path}/")
                if not name.endswith("-id") and kind.id != kind.name:
                    return httpx.Response(404, json={"error": {"message": "not found", "code": 404}})
                item = resource(kind, name if kind.id == kind.name else name.removesuffix("-id"))
                return httpx.Response(200, json={kind.one: item} if kind.service.wrapped else item)
        return None

    def echo(self, request: httpx.Request, body: Any) -> httpx.Response:
        """What was sent, as created; lists are empty."""
        path = request.url.path
        for kind in KINDS:
            if path.removeprefix(PREFIX.get(kind.service.name, "")) in (kind.path, kind.list) and path.startswith(
                PREFIX.get(kind.service.name, "/")
            ):
                if request.method == "GET":
                    return httpx.Response(200, json={kind.many: []})
                item = {**resource(kind, "new"), **(body.get(kind.one, {}) if kind.service.wrapped else body)}
                return httpx.Response(201, json={kind.one: item} if kind.service.wrapped else item)
        if request.method == "GET":
            return httpx.Response(200, json={kind.many: [] for kind in KINDS})
        if request.method == "DELETE":
            return httpx.Response(204)
        return httpx.Response(200, json=body if isinstance(body, dict) else {})


def looks_up(kind: Resource, query: dict[str, str]) -> bool:
    """Whether a query with a name asks for little else than what a look-up does."""
    return len(query) < 3 or (kind.find_query != () and dict(kind.find_query).items() <= query.items())


def resource(kind: Resource, name: str) -> Json:
    """A resource of a kind."""
    return {"name": name, "status": "ACTIVE", kind.name: name, kind.id: name if kind.id == kind.name else f"{name}-id"}


def decoded(content: bytes) -> Any:
    """A request's body: JSON where it is that, else its bytes; None for none."""
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return content
