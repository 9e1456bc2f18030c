"""The version documents of the services."""

from .data import Json
from .engine import route
from .messages import Request, Response
from .services import CINDER, GLANCE, KEYSTONE, NEUTRON, NOVA, PracticeService

# path, ID and status
VERSIONS = {
    KEYSTONE: "v3 v3.14 stable, v2.0 v2.0 deprecated",
    NOVA: "v2 v2.0 DEPRECATED, v2.1 v2.1 CURRENT",
    GLANCE: "v2 v2.18 CURRENT" + "".join(f", v2 v2.{minor} SUPPORTED" for minor in range(17, -1, -1)),
    NEUTRON: "v2.0 v2.0 CURRENT",
    CINDER: "v3 v3.0 CURRENT",
}


def represent_version(request: Request, service: PracticeService, path: str, version_id: str, status: str) -> Json:
    """Return one version of a service."""
    link = {"rel": "self", "href": f"{request.host}/{service.name}/{path}/"}
    numbers = (service.oldest, service.newest) if path == service.version else ("", "")
    found: Json = {"id": version_id, "status": status, "links": [link]}
    return {**found, "min_version": numbers[0], "version": numbers[1]} if service.newest else found


def add_version_routes(service: PracticeService) -> None:
    """Add the routes of a service's version documents."""
    known = [*map(str.split, VERSIONS[service].split(","))]
    paths = [words[0] for words in known]

    def answer(request: Request) -> Response:
        found, path = (
            [represent_version(request, service, *words) for words in known],
            request.path.strip("/").partition("/")[2],
        )
        if path in paths:
            return Response({"version": found[paths.index(path)]})
        listed = {"values": found} if service is KEYSTONE else found
        return Response({"versions": listed}, 200 if service in (NOVA, NEUTRON) else 300)

    route(service, "GET /", "GET /versions", *(f"GET /{path}" for path in paths), public=True)(answer)


for one in VERSIONS:
    add_version_routes(one)
