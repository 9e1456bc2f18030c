"""A pretend cloud at the transport: it answers any command plausibly and remembers what was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import httpx

from ostk.api.resource import Resource
from ostk.session.lookup import PAGE

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
RESOURCES = all_resources()


class FakeCloud:
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
                "type": resource,
                "name": resource,
                "id": resource,
                "endpoints": [
                    {
                        "id": f"{resource}-1",
                        "interface": i,
                        "region": "RegionOne",
                        "region_id": "RegionOne",
                        "url": self.host + path,
                    }
                    for i in ("public", "internal", "admin")
                ],
            }
            for resource, path in SERVICES.items()
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
        for resource in RESOURCES:
            base = PREFIX.get(resource.service.name, "")
            path = request.url.path.removeprefix(base)
            by_name = resource.by_name.partition("=")[0]
            name = re.sub(r"[\^$\\]", "", query.get(by_name, ""))
            if path in (resource.find_path, resource.list, resource.path) and query.get("limit") == str(PAGE):
                return httpx.Response(200, json={resource.many: []})  # names like one that is not there
            if path in (resource.find_path, resource.list, resource.path) and name and looks_up(resource, query):
                names = [] if name.startswith("no-") else [fake_resource(resource, name)]
                return httpx.Response(200, json={resource.many: names})
            if not resource.by_name and path in (resource.list, resource.path) and dict(resource.find_query) == query:
                names = [fake_resource(resource, n) for n in ("one", "two")]
                return httpx.Response(200, json={resource.many: names})
            if path in {k.list for k in RESOURCES}:
                continue
            if path.startswith(f"{resource.path}/") and "/" not in path.removeprefix(f"{resource.path}/"):
                name = path.removeprefix(f"{resource.path}/")
                if not name.endswith("-id") and resource.id != resource.name:
                    return httpx.Response(404, json={"error": {"message": "not found", "code": 404}})
                item = fake_resource(resource, name if resource.id == resource.name else name.removesuffix("-id"))
                return httpx.Response(200, json={resource.one: item} if resource.service.wrapped else item)
        return None

    def echo(self, request: httpx.Request, body: Any) -> httpx.Response:
        """What was sent, as created; lists are empty."""
        path = request.url.path
        for resource in RESOURCES:
            if path.removeprefix(PREFIX.get(resource.service.name, "")) in (
                resource.path,
                resource.list,
            ) and path.startswith(PREFIX.get(resource.service.name, "/")):
                if request.method == "GET":
                    return httpx.Response(200, json={resource.many: []})
                item = {
                    **fake_resource(resource, "new"),
                    **(body.get(resource.one, {}) if resource.service.wrapped else body),
                }
                return httpx.Response(201, json={resource.one: item} if resource.service.wrapped else item)
        if request.method == "GET":
            return httpx.Response(200, json={resource.many: [] for resource in RESOURCES})
        if request.method == "DELETE":
            return httpx.Response(204)
        return httpx.Response(200, json=body if isinstance(body, dict) else {})


def looks_up(resource: Resource, query: dict[str, str]) -> bool:
    """Whether a query with a name asks for little else than what a look-up does."""
    return len(query) < 3 or (resource.find_query != () and dict(resource.find_query).items() <= query.items())


def fake_resource(resource: Resource, name: str) -> Json:
    """A resource of a kind."""
    return {
        "name": name,
        "status": "ACTIVE",
        resource.name: name,
        resource.id: name if resource.id == resource.name else f"{name}-id",
    }


def decoded(content: bytes) -> Any:
    """A request's body: JSON where it is that, else its bytes; None for none."""
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return content
