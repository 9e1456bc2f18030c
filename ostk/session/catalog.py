"""The catalog: the endpoint of a service in an interface and a region; versions and microversions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import CatalogError, ConfigError

if TYPE_CHECKING:
    from ..api.service import Service
    from ..auth.access import Access
    from ..config.settings import Settings

Json = dict[str, Any]
Range = Json
"""The range of microversions of an endpoint: {"min": "2.1", "max": "2.96", "id": "v2.1"}, "" for none."""
UNKNOWN: Range = {"min": "", "max": "", "id": "", "unknown": True}
"""The range of an endpoint whose version document cannot be read."""
# Expressions are compiled where they are used: a short command uses two of them.
VERSION = r"(?i:v(\d+)(?:\.\d+)?)"
SEGMENT = rf"/{VERSION}(?=/|$)"
PROJECT = r"(?i:[0-9a-f]{32}|[0-9a-f-]{36}|\d+|AUTH_.*)"
"""The usual forms of a project ID, which may follow the version in the URL of an endpoint."""
PROJECT_ID = r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PLACEHOLDER = r"[%$]\((\w+)\)s"


def setting_names(service: Service) -> tuple[str, ...]:
    """Return the prefixes of a service's settings, such as volume, block_storage and volumev3."""
    return tuple(dict.fromkeys([service.setting, *(one.replace("-", "_") for one in service.types)]))


def override(service: Service, settings: Settings, access: Callable[[], Access] | None = None) -> str:
    """Return the base URL of a service from the settings, "" if they have none.

    `access` returns the token whose IDs replace `%(project_id)s`, `%(tenant_id)s` and `%(user_id)s`.
    """
    given = settings.for_service(setting_names(service), "endpoint_override").strip()
    if not given and settings.text("auth_type") in ("none", "admin_token", "token_endpoint", "http_basic"):
        given = settings.text("endpoint").strip()
    if not given:
        return ""
    if not re.match(r"(?i)https?://[^/\s]+", given):
        raise ConfigError(f"The endpoint of {service.name} is not a URL: {given!r}.")
    project = ""
    if access and re.search(PLACEHOLDER, given):
        project = access().project_id or settings.text("project_id")
        given = _fill_placeholders(given, service, project, access().user_id or settings.text("user_id"))
    return _with_version(given, service, "v3", project)


def _fill_placeholders(url: str, service: Service, project: str, user: str) -> str:
    """Replace the placeholders of a URL by IDs."""
    values = {"project_id": project, "tenant_id": project, "user_id": user}
    for name in re.findall(PLACEHOLDER, url):
        if name not in values:
            raise ConfigError(
                f"The endpoint of {service.name} has an unknown placeholder {name}: {url!r}.",
                "Valid placeholders are project_id, tenant_id and user_id.",
            )
        if not values[name]:
            what = "user" if name == "user_id" else "project"
            raise ConfigError(
                f"The endpoint of {service.name} needs the ID of a {what}, which the token does not have: {url!r}.",
                "Set a project: --os-project-name or OS_PROJECT_NAME." if what == "project" else "",
            )
    return re.sub(PLACEHOLDER, lambda match: values[match[1]], url)


def endpoint(access: Access, service: Service, settings: Settings) -> str:
    """Return the base URL of a service, with the API version and without a trailing slash.

    Endpoints with an API version that ostk supports are preferred, and endpoints in the region to those without a
    region.

    Raises:
        CatalogError: There is none; the error lists the services, regions or interfaces of the cloud.
    """
    if given := override(service, settings, lambda: access):
        return given
    names = setting_names(service)
    types = list(dict.fromkeys(filter(None, [settings.for_service(names, "service_type"), *service.types])))
    interface = _interface(settings.for_service(names, "interface") or settings.text("interface"))
    region = settings.for_service(names, "region_name") or settings.text("region_name")
    name = settings.for_service(names, "service_name")
    candidates = [
        (position, one)
        for position, service_type in enumerate(types)
        for entry in access.catalog
        if entry["type"] == service_type and (not name or entry["name"] == name)
        for one in entry["endpoints"]
        if one["url"]
    ]

    def preference(candidate: tuple[int, Json]) -> tuple[bool, bool, int, int]:
        position, one = candidate
        age = _version_preference(one["url"], service, access)
        return not (one["region"] or one["region_id"]), age == UNSUPPORTED, position, age

    matching = [
        pair for pair in candidates if _in_region(pair[1], region) and _interface(pair[1]["interface"]) == interface
    ]
    if matching:
        return _with_version(min(matching, key=preference)[1]["url"], service, access.version, access.project_id)
    if not candidates and "identity" in service.types and settings.text("auth_url"):
        # An unscoped token has no catalog, but Keystone is at the auth URL.
        return _with_version(settings.text("auth_url"), service, access.version, access.project_id)
    source = settings.source("region_name") if region == settings.text("region_name") else ""
    region_text = f"{region} ({source})" if source else region
    raise _no_endpoint_error(access, service, [one for _, one in candidates], interface, region, region_text)


def _no_endpoint_error(
    access: Access, service: Service, candidates: list[Json], interface: str, region: str, region_text: str
) -> CatalogError:
    """Return the error for a service without a matching endpoint."""
    what = service.types[0] if service.types else service.name
    if not access.version:
        return CatalogError(
            f"The endpoint of the {what} service is unknown: there is no catalog without Keystone.",
            f"Set --os-endpoint or {service.setting}_endpoint_override.",
        )
    if not access.catalog:
        scope = "the scope of this token" if access.scoped else "a token without a project"
        return CatalogError(
            f"The catalog for {scope} is empty: the {what} service has no endpoint.",
            "Set a project: --os-project-name or OS_PROJECT_NAME (or project_name in clouds.yaml).",
        )
    if not candidates and any(entry["type"] in service.types for entry in access.catalog):
        return CatalogError(
            f"The {what} service has no endpoints for the scope of this token.",
            "Set a project: --os-project-name or OS_PROJECT_NAME (or project_name in clouds.yaml).",
        )
    if not candidates:
        return CatalogError(
            f"This cloud has no {what} service.", f"It has: {_join(entry['type'] for entry in access.catalog)}."
        )
    here = [one for one in candidates if _in_region(one, region)]
    if not here:
        regions = _join(one["region"] or one["region_id"] for one in candidates)
        return CatalogError(f"The {what} service has no endpoint in region {region_text}.", f"It has: {regions}.")
    kinds = _join(_interface(one["interface"]) for one in here)
    where = f" in region {region}" if region else ""
    return CatalogError(f"The {what} service has no {interface} endpoint{where}.", f"It has: {kinds}.")


def _join(words: Iterable[str]) -> str:
    return ", ".join(sorted({word for word in words if word}))


def _interface(word: str) -> str:
    """Return an interface in the form of v3; v2.0 and older settings have publicURL."""
    return word.strip().removesuffix("URL").lower() or "public"


def _in_region(one: Json, region: str) -> bool:
    """Return whether an endpoint is in a region; an endpoint without a region is in all."""
    named = {one["region"], one["region_id"]} - {""}
    return not region or not named or region in named


UNSUPPORTED = 3


def _version_preference(url: str, service: Service, access: Access) -> int:
    """Return the preference of the API version in a URL: 0 (best) to 2, or UNSUPPORTED."""
    version = _version_of(service, access.version)
    segments = _segments(url)[1]
    index = _version_index(segments, version, service.also, access.project_id)
    if not version or index is None or segments[index].lower() == version:
        return 0
    return _distance(segments[index], version, service.also)


def _distance(segment: str, version: str, also: tuple[str, ...]) -> int:
    if _major(segment) == _major(version):
        return 1
    return 2 if segment.lower() in also else UNSUPPORTED


def _major(segment: str) -> str:
    match = re.fullmatch(VERSION, segment)
    return match[1] if match else ""


def _version_of(service: Service, identity: str) -> str:
    """Return the path segment of the API version of ostk's requests to a service, "" for none."""
    return "v2.0" if "identity" in service.types and identity == "v2.0" else service.version


def _segments(url: str) -> tuple[str, list[str]]:
    """Return scheme and host of a URL, and the segments of its path."""
    match = re.match(r"(\w+://)?[^/]*", url)
    host = match[0] if match else ""
    return host, [segment for segment in url[len(host) :].split("/") if segment]


def _version_index(segments: list[str], version: str, also: tuple[str, ...], project: str) -> int | None:
    """Return the index of the API version among the segments of a path, None if there is none.

    Only a project ID may follow the version: in https://gateway/v1/compute the v1 is that of the gateway.
    """
    index = next((i for i in reversed(range(len(segments))) if re.fullmatch(VERSION, segments[i])), None)
    if index is None or index == len(segments) - 1:
        return index
    if index < len(segments) - 2:
        return None
    last = segments[-1]
    known = last == project if project else bool(version) and _distance(segments[index], version, also) < UNSUPPORTED
    return index if known or re.fullmatch(PROJECT, last) else None


def _with_version(url: str, service: Service, identity: str, project: str = "") -> str:
    """Return a URL with the API version of ostk's requests to a service."""
    version = _version_of(service, identity)
    if not version:
        return url.strip().rstrip("/")
    host, segments = _segments(url.strip())
    index = _version_index(segments, version, service.also, project)
    if index is None:
        segments.append(version)
    elif _distance(segments[index], version, service.also) == UNSUPPORTED:
        segments[index] = version
    return "/".join([host, *segments])


def url_at(endpoint: str, path: str) -> str:
    """Return the URL of a typed path at an endpoint, with the API version once.

    The path may begin with an API version, as in the API reference (`/v2.1/servers`), or with the whole path of
    the endpoint, though the endpoint ends in a version, or in a version and a project or account. The version and
    the project in the path win; a project that the path leaves out is taken from the endpoint.
    """
    parts = urlsplit(endpoint)
    versions = [*re.finditer(SEGMENT, parts.path)]
    given = re.match(SEGMENT, path.partition("?")[0])
    if not versions:
        return endpoint + path
    if path.startswith(f"{parts.path}/"):
        return endpoint + path[len(parts.path) :]
    if not given:
        return endpoint + path
    root = endpoint[: -len(parts.path)] + parts.path[: versions[-1].start()]
    owner = parts.path[versions[-1].end() + 1 :]  # a project, or a Swift account such as AUTH_PROJECT
    version, rest = path[: given.end()], path[given.end() :]
    first = re.split(r"[/?]", rest[1:])[0]
    prefix, is_account, _ = owner.partition("_")
    if is_account and not first.startswith(f"{prefix}_"):
        return endpoint + path  # a container with a name like a version
    if owner and first not in ("", owner) and not is_account and not re.fullmatch(PROJECT_ID, first):
        return f"{root}{version}/{owner}{rest}"
    return root + version + rest


# -- microversions ------------------------------------------------------------------------------------


def version_root(url: str) -> str:
    """Return the URL of the version document of an endpoint: up to the version, with a trailing slash."""
    host, segments = _segments(url)
    index = next((i for i in reversed(range(len(segments))) if re.fullmatch(VERSION, segments[i])), len(segments) - 1)
    return "/".join([host, *segments[: index + 1], ""])


def version_range(document: Any, url: str = "") -> Range:
    """Return the range of microversions in a version document, UNKNOWN if the document lists no version.

    Of several versions, that of the URL is used.
    """
    ranges = [_range(one) for one in versions_in(document)]
    major = next(filter(None, map(_major, reversed(_segments(url)[1]))), "")
    ours = [one for one in ranges if major and one["id"].lstrip("v").split(".")[0] == major] or ranges
    return max(ours, key=lambda one: _number(one["max"]), default=UNKNOWN)


def versions_in(document: Any) -> list[Json]:
    """Return the versions in a version document: under `versions` or `version`, or the document itself if it is one."""
    found = document if isinstance(document, dict) else {}
    under = [found[key] for key in ("versions", "version") if isinstance(found.get(key), dict | list)]
    listed = under[0] if under else [found] if "id" in found else []
    if isinstance(listed, dict):
        listed = listed.get("values", [listed])
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _range(version: Json) -> Range:
    low = str(version.get("min_version") or "")
    high = str(version.get("max_version") or version.get("version") or "")
    both = re.fullmatch(r"\d+\.\d+", low) and re.fullmatch(r"\d+\.\d+", high)
    return {"min": low if both else "", "max": high if both else "", "id": str(version.get("id") or "")}


def _number(version: str) -> tuple[int, int]:
    major, _, minor = version.partition(".")
    return (int(major or 0), int(minor or 0))


def negotiate(service: Service, known: str, versions: Callable[[], Range], settings: Settings) -> str:
    """Return the microversion to send, "" for none: the user's pin, else the lower of `known` and the cloud's newest.

    If the versions of the cloud are UNKNOWN, a pin is sent as it is.

    Raises:
        CatalogError: The cloud does not have the pinned microversion.
        ConfigError: The pin is not a version.
    """
    if not service.microversion_type:
        return ""
    pin, source = _pin(service, settings)
    if not known and not pin:
        return ""
    cloud = versions()
    if "unknown" in cloud:  # 2.0 and the like are not microversions but API versions
        return pin if pin and _number(pin)[1] else ""
    if pin and not (cloud["min"] and _number(pin)[1] == 0 and pin != cloud["min"]):
        if cloud["min"] and _number(cloud["min"]) <= _number(pin) <= _number(cloud["max"]):
            return pin
        # Without microversions, 2.1 and the like mean the version in the URL.
        if not cloud["min"] and _number(pin)[1] <= 1:
            return ""
        have = f"it has {cloud['min']} to {cloud['max']}" if cloud["min"] else "it has no microversions"
        raise CatalogError(
            f"This cloud's {service.types[0]} service does not have API version {pin}: {have}.",
            f"The version is set by {source}.",
        )
    if not cloud["max"] or not known:
        return ""
    if _number(known) < _number(cloud["min"]):
        raise CatalogError(
            f"This cloud's {service.types[0]} service is too new: it has API versions {cloud['min']} to "
            f"{cloud['max']}, and this command knows those up to {known}."
        )
    return min(known, str(cloud["max"]), key=_number)


def _pin(service: Service, settings: Settings) -> tuple[str, str]:
    """Return the pinned microversion and the source of the pin, both "" if there is none.

    A major version (2, 3) or 2.latest does not pin a microversion.
    """
    names = setting_names(service)
    for suffix in ("default_microversion", "api_version"):
        given = settings.for_service(names, suffix).strip().lower().lstrip("v")
        if not given:
            continue
        keys = [f"{name}_{suffix}" for name in names]
        source = next((settings.source(key) for key in keys if settings.source(key)), "the settings")
        if not re.fullmatch(r"\d+|\d+\.\d+|(\d+\.)?latest", given):
            raise ConfigError(f"{given!r} is not a version of the {service.types[0]} API ({source}).")
        if re.fullmatch(r"\d+\.\d+", given):
            return given, source
        return "", ""
    return "", ""


def supports(service: Service, since: str, versions: Callable[[], Range], settings: Settings, known: str = "") -> bool:
    """Return whether the microversion in use is `since` or later; `known` limits the one in use, if it is given."""
    used = negotiate(service, known or "99.999", versions, settings)
    return bool(used) and _number(used) >= _number(since)


def require(service: Service, since: str, what: str, versions: Callable[[], Range], settings: Settings) -> None:
    """Raise CatalogError if the microversion in use is older than `since`, which `what` requires."""
    if supports(service, since, versions, settings):
        return
    pin, source = _pin(service, settings)
    cloud = versions()
    if "unknown" in cloud and not pin:
        raise CatalogError(
            f"{what} needs version {since} of the {service.types[0]} API or newer; "
            "which versions this cloud has is unknown: the version document cannot be read.",
            f"To send the request anyway: --os-{service.setting.replace('_', '-')}-api-version {since}",
        )
    have = f"{source} asks for {pin}" if pin else f"this cloud has up to {cloud['max'] or 'none'}"
    raise CatalogError(
        f"{what} needs version {since} of the {service.types[0]} API or newer; {have}.",
        f"--os-{service.setting.replace('_', '-')}-api-version {since} or greater is required." if pin else "",
    )
