"""The version documents: what services tell of themselves to anybody."""

from __future__ import annotations

from .data import Json
from .engine import on
from .services import CINDER, GLANCE, KEYSTONE, NEUTRON, NOVA, SandboxService
from .wire import Answer, Ask

# path, ID and status
VERSIONS = {
    KEYSTONE: "v3 v3.14 stable, v2.0 v2.0 deprecated",
    NOVA: "v2 v2.0 DEPRECATED, v2.1 v2.1 CURRENT",
    GLANCE: "v2 v2.18 CURRENT" + "".join(f", v2 v2.{minor} SUPPORTED" for minor in range(17, -1, -1)),
    NEUTRON: "v2.0 v2.0 CURRENT",
    CINDER: "v3 v3.0 CURRENT",
}


def told(ask: Ask, service: SandboxService, path: str, id: str, status: str) -> Json:
    """What a service tells of one version."""
    link = {"rel": "self", "href": f"{ask.host}/{service.name}/{path}/"}
    numbers = (service.oldest, service.newest) if path == service.version else ("", "")
    found: Json = {"id": id, "status": status, "links": [link]}
    return {**found, "min_version": numbers[0], "version": numbers[1]} if service.newest else found


def document(service: SandboxService) -> None:
    """Answer the requests for the versions of a service, and for one of them."""
    known = [*map(str.split, VERSIONS[service].split(","))]
    paths = [words[0] for words in known]

    def answer(ask: Ask) -> Answer:
        found, path = [told(ask, service, *words) for words in known], ask.path.strip("/").partition("/")[2]
        if path in paths:
            return Answer({"version": found[paths.index(path)]})
        several = {"values": found} if service is KEYSTONE else found
        return Answer({"versions": several}, 200 if service in (NOVA, NEUTRON) else 300)

    on(service, "GET /", "GET /versions", *(f"GET /{path}" for path in paths), public=True)(answer)


for one in VERSIONS:
    document(one)
