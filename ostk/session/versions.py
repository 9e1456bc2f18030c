"""Version documents: the API versions and microversions of services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from ..errors import ConnectionFailed, OstkError
from ..http.connection_errors import is_unreachable
from .catalog import UNKNOWN, Range, version_range, version_root, versions_in

if TYPE_CHECKING:
    from ..api.service import Service
    from ..cache import Cache
    from ..http.client import Http

Json = dict[str, Any]
# Official service type → other types in catalogs (service-types-authority).
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


def official_type(kind: str) -> str:
    """Return the official service type for an alias."""
    return OFFICIAL.get(kind, kind)


def catalog_endpoints(catalog: Iterable[Json], service: str) -> Iterator[tuple[str, Json]]:
    """Yield the endpoints of all services, or of one by any of its types, each with the service type."""
    entries = [entry for entry in catalog if not service or official_type(entry["type"]) == official_type(service)]
    known = [service, official_type(service), *ALIASES.get(official_type(service), "").split()]
    chosen = min((entry["type"] for entry in entries if entry["type"] in known), key=known.index, default="")
    for entry in entries:
        if not service or entry["type"] == chosen:
            for one in entry["endpoints"]:
                yield entry["type"], one


def versions_at(http: Http, project: str, url: str) -> list[Json]:
    """Return the versions in the version document of an endpoint, else the version in its URL."""
    at = urlsplit(url.rstrip("/"))
    segments = at.path.split("/")
    if project and segments[-1] == project:
        segments.pop()
    if version_number(segments[-1]):
        segments.pop()
    root = urlunsplit((at.scheme, at.netloc, "/".join(segments), "", ""))
    for document_url in dict.fromkeys([root if root == url else f"{root.strip('/')}/", url]):
        rows = [version_row(one, document_url) for one in read_versions(http, document_url)]
        if rows := [row for row in rows if row]:
            return sorted(rows, key=lambda row: version_number(row["version"]))
    base = url.rstrip("/")
    if project and base.endswith(project):
        base = base.rpartition("/")[0]
    version = next(
        (version_text(s) for s in reversed(base.split("/")) if s.startswith("v") and version_number(s)), None
    )
    return [{"version": version, "status": "CURRENT", "endpoint": f"{base}/"}]


def microversions(http: Http, cache: Cache, unreadable: dict[str, Json], service: Service, base: str) -> Range:
    """Return the microversions that a service's version document lists, from the cache if they are there.

    The document is optional: one that cannot be read (an error, HTML, a redirect to another host) gives UNKNOWN,
    which is kept for this run only.

    Args:
        http: The HTTP client.
        cache: The cache.
        unreadable: The documents that could not be read in this run, by URL; added to.
        service: The service.
        base: The base URL of the service.

    Raises:
        ConnectionFailed: There is no connection to the service.
    """
    url = version_root(base) if service.version else f"{base}/"
    found = cache.get(f"versions:{url}") or unreadable.get(url)
    if found is None:
        found = _read_range(http, url, service.in_version(service.document_version))
        if "unknown" in found:
            unreadable[url] = found
        else:
            cache.put(f"versions:{url}", found, seconds=86400)
    return dict(found)


def _read_range(http: Http, url: str, headers: dict[str, str]) -> Range:
    try:
        response = http.request("GET", url, headers=headers, raw=True)
        # Glance and others answer 300 (multiple choices) with the list of their versions.
        if response.status_code > 300:
            return UNKNOWN
        found = version_range(http.json(response), url)
        return found if found.get("max") else {**found, **header_range(response.headers)}
    except ConnectionFailed as error:
        if is_unreachable(error):
            raise
        return UNKNOWN


def header_range(headers: Mapping[str, str]) -> Range:
    """Return the range of microversions that headers name, {} if they name none.

    The document of Magnum's version 1 does not have it; the headers of the answer do.
    """
    low, high = (headers.get(f"OpenStack-API-{end}-Version", "").rpartition(" ")[2] for end in ("Minimum", "Maximum"))
    both = re.fullmatch(r"\d+\.\d+", low) and re.fullmatch(r"\d+\.\d+", high)
    return {"min": low, "max": high} if both else {}


def read_versions(http: Http, url: str) -> list[Json]:
    """Return the versions in the document at a URL; the token is sent only if the service requires it (401)."""
    for authenticated in (False, True):
        try:
            headers = {"Accept": "application/json"}
            response = http.request("GET", url, headers=headers, authenticated=authenticated, raw=True)
            if response.status_code != 401:
                return versions_in(http.json(response))
        except OstkError:
            return []
    return []


def version_row(one: Json, document_url: str) -> Json:
    """Return a version of a document as a row, {} if it is experimental or has no link."""
    status = STATUSES.get(str(one.get("status", "")).lower())
    links = [x for x in one.get("links") or () if isinstance(x, dict) and x.get("rel") == "self"]
    if not status or not links or not version_number(one.get("id")):
        return {}
    return {
        "version": version_text(one["id"]),
        "status": status,
        "endpoint": link_url(document_url, str(links[-1].get("href") or "")),
        "min_microversion": version_text(one.get("min_version")),
        "max_microversion": version_text(one.get("max_version") or one.get("version")),
    }


def link_url(document_url: str, link: str) -> str:
    """Return the URL of a link in a document, on the host that answered: behind a proxy, links name another host."""
    here, there = urlsplit(document_url), urlsplit(urljoin(document_url.rstrip("/") + "/", link))
    path = there.path
    if here.netloc != there.netloc:
        path, version = here.path.rstrip("/"), link.rstrip("/").rpartition("/")[2]
        if not path.endswith(version):
            path = f"{path}/{version}{'/' if link.endswith('/') else ''}"
    return urlunsplit((here.scheme, here.netloc, path, there.query, there.fragment))


def version_number(version: Any) -> tuple[int, ...]:
    """Return `v2.10` as (2, 10), to compare; () for a text that is no version."""
    parts = str(version or "").lstrip("v")
    if not re.fullmatch(r"\d+(\.\d+)*", parts):
        return ()
    return (*map(int, parts.split(".")), 0) if "." not in parts else tuple(map(int, parts.split(".")))


def version_text(version: Any) -> str | None:
    """Return a version as it is shown: `2.0`; None for a text that is no version."""
    return ".".join(map(str, version_number(version))) or None
