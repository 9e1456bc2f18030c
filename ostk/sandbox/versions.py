"""The version documents: what services tell of themselves to anybody."""

from __future__ import annotations

from .data import Json
from .engine import on
from .services import CINDER, GLANCE, KEYSTONE, NEUTRON, NOVA, Service
from .wire import Answer, Ask

# path, ID, status, since when, oldest and newest microversion
VERSIONS = {
    KEYSTONE: "v3 v3.14 stable 2020-04-07T00:00:00Z, v2.0 v2.0 deprecated 2016-08-04T00:00:00Z",
    NOVA: "v2 v2.0 DEPRECATED 2013-07-23T11:33:21Z, v2.1 v2.1 CURRENT 2013-07-23T11:33:21Z 2.1 2.100",
    GLANCE: "v2 v2.17 CURRENT",
    NEUTRON: "v2.0 v2.0 CURRENT",
    CINDER: "v3 v3.0 CURRENT 2023-08-31T00:00:00Z 3.0 3.71",
}


def told(ask: Ask, service: Service, text: str) -> Json:
    """What a service tells of one version."""
    path, id, status, updated, oldest, newest = (*text.split(), "", "", "")[:6]
    link = {"rel": "self", "href": f"{ask.host}/{service.name}/{path}/"}
    found: Json = {"id": id, "status": status, "links": [link], **({"updated": updated} if updated else {})}
    if service.newest:
        found |= {"version": newest, "min_version": oldest}
    if service in (KEYSTONE, CINDER):
        name = "volume+json;version=3" if service is CINDER else f"identity-{path}+json"
        found["media-types"] = [{"base": "application/json", "type": f"application/vnd.openstack.{name}"}]
    return found


def document(service: Service) -> None:
    """Answer the requests for the versions of a service, and for one of them."""

    def answer(ask: Ask) -> Answer:
        found = {x.split()[0]: told(ask, service, x) for x in VERSIONS[service].split(",")}
        path = ask.path.strip("/").partition("/")[2]
        if path in found and service is not CINDER:
            return Answer({"version": found[path]})
        several = {"values": [*found.values()]} if service is KEYSTONE else [*found.values()]
        return Answer({"versions": several}, 200 if path in found or service in (NOVA, NEUTRON) else 300)

    paths = [x.split()[0] for x in VERSIONS[service].split(",")] if service.newest or service is KEYSTONE else []
    on(service, "GET /", "GET /versions", *(f"GET /{path}" for path in paths), public=True)(answer)


for one in VERSIONS:
    document(one)
