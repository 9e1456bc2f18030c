"""A pretend cloud at the transport: it answers any command plausibly and remembers what was sent.

Its keys, paths and fields are those of recorded answers (`shapes.py`), never those of the tables of `ostk`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import httpx

from .shapes import ROOTS, Collection, emptied, find

Json = dict[str, Any]
HOST = "http://cloud"
SERVICES = {**ROOTS, "workflow": "/workflow/v2"}
NEWEST = {"compute": "2.96", "volume": "3.71", "placement": "1.39", "share": "2.98", "key-manager": "1.2"}
NEWEST |= {"container-infra": "1.14", "accelerator": "2.3", "baremetal": "1.115"}
ENVIRONMENT = {
    "OS_AUTH_URL": f"{HOST}/identity/v3",
    "OS_USERNAME": "ann",
    "OS_PASSWORD": "s3cret",
    "OS_PROJECT_NAME": "demo",
    "OS_USER_DOMAIN_ID": "default",
    "OS_PROJECT_DOMAIN_ID": "default",
    "OS_REGION_NAME": "RegionOne",
}
# Lists that are requested whole to find one resource by name: the service has no filter by name.
LISTED_FOR_A_NAME = (
    "/identity/v3/services",
    "/compute/v2.1/flavors/detail?is_public=None",
    "/compute/v2.1/os-aggregates",
    "/compute/v2.1/os-server-groups",
    "/volume/v3/types?is_public=none",
    "/volume/v3/group_types?is_public=None",
    "/volume/v3/qos-specs",
    "/share/v2/types?is_public=all",
    "/share/v2/share-group-types?is_public=all",
    "/accelerator/v2/deployables",
    "/accelerator/v2/device_profiles",
    "/network/v2.0/bgp-peers",
    "/network/v2.0/bgp-speakers",
    "/network/v2.0/bgpvpn/bgpvpns",
    "/network/v2.0/taas/tap_flows",
    "/network/v2.0/taas/tap_mirrors",
    "/network/v2.0/taas/tap_services",
    "/dns/v2/blacklists",
    "/database/v1.0/p/instances?include_clustered=true",
    "/database/v1.0/p/backups",
    "/database/v1.0/p/clusters",
    "/database/v1.0/p/configurations",
    "/database/v1.0/p/datastores",
    "/database/v1.0/p/flavors",
    "/database/v1.0/p/modules",
    "/database/v1.0/p/mgmt/datastore-versions",
)
CHANGED_AS = {"para", "update_access"}  # the keys of PUT /os-agents/ID and PUT /share-access-rules/ID: not the answer's
SIMILAR = "200"  # the limit of a list that is searched for names like one that was not found
WIDER = {"all_tenants", "is_public"}  # what a look-up by name asks for besides: resources of other projects


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
        roots |= {
            "/key-manager/v1": "v1.0",
            "/container-infra/v1": "v1.1",
            "/accelerator/v2": "v2.0",
            "/baremetal/v1": "v1.1",
        }
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
        path, _, asked = request.url.raw_path.decode().partition("?")
        if request.method == "GET" and (stack := stack_answer(path, dict(parse_qsl(asked)))):
            return stack
        collection, last = find(path)
        if request.method != "GET" or collection is None:
            return None
        if last is not None and collection.one is None:
            empty = emptied(path)
            return missing(last) if empty is None else answered(empty)
        if last is not None:
            return shown(collection, last)
        if not collection.many:
            return None
        query = dict(parse_qsl(asked))
        name = re.sub(r"[\^$\\]", "", query.get(collection.name) or query.get(f"{collection.name}_pattern") or "")
        if query.get("limit") == SIMILAR:
            return httpx.Response(200, json=collection.listed([]))
        if name and len(query.keys() - WIDER) < 3:
            names = [] if name.startswith("no-") else [name]
        elif request.url.raw_path.decode() in LISTED_FOR_A_NAME:
            names = ["one", "two"]
        else:
            return None
        return httpx.Response(200, json=collection.listed([collection.resource(one) for one in names]))

    def echo(self, request: httpx.Request, body: Any) -> httpx.Response:
        """What was sent, as created or changed; lists are empty."""
        path = request.url.raw_path.decode().partition("?")[0]
        if request.method == "GET":
            empty = emptied(path)
            return missing(path) if empty is None else answered(empty)
        if request.method == "DELETE":
            return httpx.Response(204)
        collection, last = find(path)
        if collection and collection.one is not None and (request.method == "POST") == (last is None):
            return changed(collection, last, body)
        return httpx.Response(200, json=body if isinstance(body, dict) else {})


def stack_answer(path: str, query: dict[str, str]) -> httpx.Response | None:
    """The answer with a stack, whose path has its name and its ID, or with a list, which is filtered by `name`.

    None for other requests. A field with the name is `stack_name`, so that no recording tells how a name is looked up.
    """
    parts = path.removeprefix(f"{ROOTS['orchestration']}/stacks").split("/")
    if path.startswith(f"{ROOTS['orchestration']}/stacks/") and len(parts) == 3:
        return httpx.Response(200, json={"stack": stack_named(parts[1])})
    if parts == [""]:
        name = query.get("name", "no-name") if len(query) == 1 else "no-name"
        return httpx.Response(200, json={"stacks": [] if name.startswith("no-") else [stack_named(name)]})
    return missing(parts[-1]) if path.startswith(f"{ROOTS['orchestration']}/stacks/no-") else None


def stack_named(name: str) -> Json:
    """A stack at rest."""
    fields = {"description": "", "creation_time": None, "updated_time": None, "stack_status_reason": ""}
    return {"id": f"{name}-id", "stack_name": name, "stack_status": "CREATE_COMPLETE", **fields}


def answered(body: Any) -> httpx.Response:
    """The answer with a body: bytes, or JSON."""
    return httpx.Response(200, content=body) if isinstance(body, bytes) else httpx.Response(200, json=body)


def missing(what: str) -> httpx.Response:
    """The answer for what is not there."""
    return httpx.Response(404, json={"error": {"message": f"{what} not found", "code": 404}})


def shown(collection: Collection, last: str) -> httpx.Response:
    """The answer with the resource that a path ends with."""
    if not last.endswith("-id") and collection.id != collection.name:
        return missing(last)
    if not collection.fields:
        return httpx.Response(204)
    name = last if collection.id == collection.name else last.removesuffix("-id")
    return httpx.Response(200, json=collection.shown(collection.resource(name)))


def changed(collection: Collection, last: str | None, body: Any) -> httpx.Response:
    """The answer to a request that creates or changes a resource: the resource with what was sent.

    A body that holds one object under another key than the answers do is refused.
    """
    sent = body if isinstance(body, dict) else {}
    if collection.one:
        inside = [sent[key] for key in collection.one if key in sent]
        if not inside and sent.keys() - CHANGED_AS and all(isinstance(value, dict) for value in sent.values()):
            message = f"the body holds {', '.join(sent)}, not {collection.one[-1]}"
            return httpx.Response(400, json={"error": {"message": message, "code": 400}})
        sent = inside[0] if inside else {}
    name = "new" if last is None else last.removesuffix("-id")
    return httpx.Response(201, json=collection.shown({**collection.resource(name), **sent}))


def decoded(content: bytes) -> Any:
    """A request's body: JSON where it is that, else its bytes; None for none."""
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return content
