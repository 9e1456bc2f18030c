"""Versions: which ones of its API each service has, read from the version documents of all endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import OstkError
from ..kinds import CATALOG
from ..language import Column, Flag, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud

ALIASES = {
    "admin-logic": "registration",
    "alarm": "alarming",
    "application-container": "container",
    "application-deployment": "application_deployment",
    "baremetal": "bare-metal",
    "block-storage": "volumev3 volumev2 volume block-store",
    "clustering": "resource-cluster cluster",
    "container-infrastructure-management": "container-infrastructure container-infra",
    "event": "events",
    "instance-ha": "ha",
    "message": "messaging",
    "meter": "metering telemetry",
    "monitoring-logging": "monitoring-log-api",
    "multi-region-network-automation": "tricircle",
    "operator-policy": "policy",
    "resource-optimization": "infra-optim",
    "root-cause-analysis": "rca",
    "shared-file-system": "sharev2 share",
    "workflow": "workflowv2",
}
OFFICIAL = {alias: kind for kind, aliases in ALIASES.items() for alias in aliases.split()}
STATUSES = {"stable": "CURRENT", "current": "CURRENT", "supported": "SUPPORTED", "deprecated": "DEPRECATED"}
versions = Noun(
    CATALOG,
    "Look at the API versions of the services.",
    columns=[
        Column("region", "Region Name"),
        Column("type", "Service Type"),
        "version status",
        Column("url", "Endpoint"),
        Column("min", "Min Microversion"),
        Column("max", "Max Microversion"),
    ],
)


@versions.lister(
    "show",
    exclusive(
        Flag("--all-interfaces", "Those of all interfaces."),
        Opt("--interface", "Interface to ask at; public unless given.", local=True),
    ),
    Opt("--region-name", "Only those of this region.", local=True),
    Opt("--service", "Only those of this service, by its type.", local=True),
    Opt("--status", "Only those in this state, as CURRENT.", local=True),
)
def show(
    cloud: Cloud, all_interfaces: bool, interface: str, region_name: str, service: str, status: str
) -> Iterator[Json]:
    """Show which versions of their API the services have."""
    wanted = "" if all_interfaces else (interface or "public").removesuffix("URL")
    places: dict[tuple[str, str, str], str] = {}
    for kind, one in offered(cloud.access.catalog, service):
        region = one["region"] or one["region_id"]
        if (wanted or one["interface"]) == one["interface"] and region == (region_name or region) and one["url"]:
            places[region, one["interface"], OFFICIAL.get(kind, kind)] = one["url"]
    urls = list(dict.fromkeys(places.values()))
    found = dict(zip(urls, cloud.at_once(lambda url: versions_at(cloud, url), urls), strict=True))
    for region, where in dict.fromkeys((r, i) for r, i, _ in places):
        for (r, i, kind), url in places.items():
            for row in found[url] if (r, i) == (region, where) else ():
                if not status or row["status"] == status.upper():
                    yield {"region": region, "type": kind, **row}


def offered(catalog: Iterable[Json], service: str) -> Iterator[tuple[str, Json]]:
    """The endpoints of the catalog, each with its service's type: of all or one, by any of its types."""
    entries = [entry for entry in catalog if not service or same(entry["type"], service)]
    official = OFFICIAL.get(service, service)
    known = [service, official, *ALIASES.get(official, "").split()]
    types = [kind for kind in known if any(entry["type"] == kind for entry in entries)]
    for entry in entries:
        if not service or entry["type"] == types[0]:
            for one in entry["endpoints"]:
                yield entry["type"], one


def same(one: str, other: str) -> bool:
    """Whether two service types are names of the same service."""
    return OFFICIAL.get(one, one) == OFFICIAL.get(other, other)


def versions_at(cloud: Cloud, url: str) -> list[Json]:
    """The versions that an endpoint tells of; what its URL says where it tells nothing."""
    from urllib.parse import urlsplit, urlunsplit

    at = urlsplit(url.rstrip("/"))
    segments = at.path.split("/")
    if cloud.access.project_id and segments[-1] == cloud.access.project_id:
        segments.pop()
    if number(segments[-1]):
        segments.pop()
    root = urlunsplit((at.scheme, at.netloc, "/".join(segments), "", ""))
    for place in dict.fromkeys([root if root == url else f"{root.strip('/')}/", url]):
        rows = [described(one, place) for one in document(cloud, place)]
        if rows := [row for row in rows if row]:
            return sorted(rows, key=lambda row: number(row["version"]))
    base = url.rstrip("/")
    if cloud.access.project_id and base.endswith(cloud.access.project_id):
        base = base.rpartition("/")[0]
    version = next((text(s) for s in base.split("/") if s.startswith("v") and number(s)), None)
    return [{"version": version, "status": "CURRENT", "url": f"{base}/"}]


def document(cloud: Cloud, url: str) -> list[Json]:
    """The versions in the document at an address; asked for with the token only where it is demanded."""
    for authenticated in (False, True):
        try:
            response = cloud.http.request(
                "GET", url, headers={"Accept": "application/json"}, authenticated=authenticated, raw=True
            )
            if response.status_code == 401:
                continue
            body = cloud.http.json(response)
        except OstkError:
            return []
        if not isinstance(body, dict):
            return []
        found = body.get("versions", body.get("version", body if "id" in body else None))
        if isinstance(found, dict):
            found = found.get("values", [found])
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return []


def described(one: Json, place: str) -> Json:
    """One version of a document as a row; nothing where it is experimental or names no address."""
    status = STATUSES.get(str(one.get("status", "")).lower())
    links = [x for x in one.get("links") or () if isinstance(x, dict) and x.get("rel") == "self"]
    if not status or not links or not number(one.get("id")):
        return {}
    return {
        "version": text(one["id"]),
        "status": status,
        "url": address(place, str(links[-1].get("href") or "")),
        "min": text(one.get("min_version")),
        "max": text(one.get("max_version") or one.get("version")),
    }


def address(place: str, link: str) -> str:
    """Where a link in a document leads, on the host that answered: behind a proxy it names a wrong one."""
    from urllib.parse import urljoin, urlsplit, urlunsplit

    here, there = urlsplit(place), urlsplit(urljoin(place.rstrip("/") + "/", link))
    path = there.path
    if here.netloc != there.netloc:
        path, version = here.path.rstrip("/"), link.rstrip("/").rpartition("/")[2]
        if not path.endswith(version):
            path = f"{path}/{version}{'/' if link.endswith('/') else ''}"
    return urlunsplit((here.scheme, here.netloc, path, there.query, there.fragment))


def number(version: Any) -> tuple[int, ...]:
    """`v2.10` as (2, 10), to compare; empty for what is no version."""
    parts = str(version or "").lstrip("v")
    if not re.fullmatch(r"\d+(\.\d+)*", parts):
        return ()
    return (*map(int, parts.split(".")), 0) if "." not in parts else tuple(map(int, parts.split(".")))


def text(version: Any) -> str | None:
    """A version as it is shown: `2.0`; None for what is no version."""
    return ".".join(map(str, number(version))) or None
