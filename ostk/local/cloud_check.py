"""The checks of `ostk cloud check`: each is a step with its result, its time and what to do."""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..api.service import Service
from ..errors import ConnectionFailed, OstkError, http_error
from ..language import Cloud, Column, Json

SECONDS = 10  # for each connection and each answer
COLUMNS = [
    Column("step", "Step"),
    Column("result", "Result"),
    Column("time", "Time (ms)"),
    Column("details", "Details"),
    Column("advice", "Advice"),
]


def check_cloud(flags: Mapping[str, Any], name: str | None = None) -> Iterator[Json]:
    """Check a cloud step by step, and its services concurrently; a step that fails ends the checks.

    Args:
        flags: The global options.
        name: The name of the cloud, None for the one that the options select.

    Yields:
        A row for COLUMNS for each step.

    """
    given = {**flags, **({"os_cloud": name} if name else {})}
    # The token and the answers must be those of now, and a time-out that the user chose has precedence.
    cloud = Cloud({**given, "os_api_timeout": flags.get("os_api_timeout") or str(SECONDS), "curl": False})
    steps: list[tuple[str, Callable[[Cloud], str]]] = [
        ("configuration", configuration),
        ("resolve host", resolve),
        ("connect", connect),
        ("discover identity", discover),
        ("authenticate", authenticate),
    ]
    try:
        for step, work in steps:
            if cloud_has_no_keystone(step, cloud):
                continue
            row = timed(step, lambda work=work: work(cloud))  # type: ignore[misc]
            yield row
            if row["result"] != "ok":
                return
        types = sorted({entry["type"] for entry in cloud.access.catalog})
        yield from cloud.map_concurrent(lambda kind: timed(kind, lambda: ask(cloud, kind)), types)
    finally:
        cloud.close()


def cloud_has_no_keystone(step: str, cloud: Cloud) -> bool:
    """Return whether a step concerns Keystone, and the cloud has none."""
    return step in ("discover identity", "authenticate") and not cloud.settings.text("auth_url")


def url_of(cloud: Cloud) -> str:
    """Return the URL of Keystone, or the endpoint of a cloud without Keystone."""
    return cloud.settings.require("auth_url", "endpoint")


def timed(step: str, work: Callable[[], str]) -> Json:
    """Return the row of a step; `work` returns the details, or raises the error."""
    started = time.perf_counter()
    advice, result = "", "ok"
    try:
        details = work()
    except OstkError as error:
        details, advice, result = error.message, error.hint, "failed"
    passed = round(1000 * (time.perf_counter() - started))
    return {"step": step, "result": result, "time": passed, "details": details, "advice": advice}


def configuration(cloud: Cloud) -> str:
    """Read the settings and validate them."""
    method, settings = cloud.method, cloud.settings
    source = settings.source("auth_url") or settings.source("endpoint")
    return f"{source}; auth type {method.kind}"


def resolve(cloud: Cloud) -> str:
    """Resolve the host name of Keystone."""
    host, port, proxy = target(url_of(cloud))
    if proxy:
        return f"through {proxy}"
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ConnectionFailed(
            f"Cannot resolve the host name {host} ({getattr(error, 'strerror', None) or error}).",
            "Check the auth URL, DNS and the VPN.",
        ) from None
    return ", ".join(dict.fromkeys(str(one[4][0]) for one in found))


def connect(cloud: Cloud) -> str:
    """Connect to Keystone."""
    url = url_of(cloud)
    host, port, proxy = target(url)
    if proxy:
        return f"through {proxy}"
    reach(url, float(cloud.settings.seconds("api_timeout") or SECONDS))
    return f"{host} port {port}"


def reach(url: str, seconds: float) -> None:
    """Open a connection to the host of a URL and close it, unless there is a proxy.

    The requests of a client are repeated after connection errors; this is not.

    Raises:
        ConnectionFailed: There is no connection.

    """
    host, port, proxy = target(url)
    if proxy:
        return
    try:
        socket.create_connection((host, port), seconds).close()
    except TimeoutError:
        raise ConnectionFailed(
            f"Cannot connect to {host}:{port}: timed out after {seconds:g} s.", "Check the VPN, routes and firewalls."
        ) from None
    except OSError as error:
        raise ConnectionFailed(
            f"Cannot connect to {host}:{port}: {(error.strerror or str(error)).lower()}.",
            "Check the URL, and that the service runs.",
        ) from None


def target(url: str) -> tuple[str, int, str]:
    """Return the host and the port of a URL, and the proxy or part of ostk that requests go through, "" for none.

    Raises:
        ConnectionFailed: It is no URL.

    """
    from ..http.proxies import proxy_for
    from ..http.transports import in_process

    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        host, port = None, 0
    if not host:
        raise ConnectionFailed(f"{url!r} is not an http or https URL.", "Check the auth URL or the endpoint.")
    if in_process(url.strip()):
        return host, port, "practice cloud inside ostk"
    return host, port, proxy_for(url).rpartition("@")[2]


def discover(cloud: Cloud) -> str:
    """Read the version document of Keystone, over TLS for https."""
    from ..auth.auth_request import keystone_url

    url, _ = keystone_url(cloud.settings)
    status, _, body = cloud.http.request_without_token("GET", f"{url}/", {"Accept": "application/json"}, None)
    ids = ", ".join(versions(body))
    if status >= 500:
        raise http_error(status, f"{url} answers HTTP {status}.", "Keystone, or the proxy before it, is down.")
    if not ids and status not in (300, 401, 403, 404):
        raise ConnectionFailed(f"{url} has no list of API versions (HTTP {status}).", "Check the auth URL.")
    return ids or f"HTTP {status}"


def versions(document: Any) -> list[str]:
    """Return the API versions in a version document, with the newest microversion where there are some."""
    from ..session.catalog import version_range, versions_in

    found = [str(one["id"]) for one in versions_in(document) if one.get("id")]
    newest = version_range(document)
    return [f"{newest['id']} ({newest['min']} to {newest['max']})"] if newest.get("max") else found[:3]


def authenticate(cloud: Cloud) -> str:
    """Get a new token."""
    access = cloud.authenticate()
    scope = access.project_name or access.domain_name or ("system" if access.system else "no scope")
    roles = f", roles {', '.join(sorted(access.roles))}" if access.roles else ""
    return f"{access.user_name or access.user_id} in {scope}{roles}"


def ask(cloud: Cloud, kind: str) -> str:
    """Ask a service for its versions, or for its endpoint if it has no version document.

    Raises:
        OstkError: The service has no endpoint, is not reached, or answers with an error of its own.

    """
    from ..session.catalog import endpoint, version_root

    url = endpoint(cloud.access, Service(kind, (kind,)), cloud.settings)
    reach(url, float(cloud.settings.seconds("api_timeout") or SECONDS))
    # Heat and Trove have their version document at the root alone, and Swift has none.
    for method, place in (("GET", version_root(url)), ("GET", urljoin(url, "/")), ("HEAD", url)):
        response = cloud.http.request(method, place, raw=True)
        if not 400 <= response.status_code < 500:
            break
    status = response.status_code
    if status >= 500:
        raise http_error(
            status, f"{url} answers HTTP {status}.", f"The {kind} service, or what it depends on, is down."
        )
    try:
        found = versions(response.json())
    except ValueError:
        found = []
    return f"{', '.join(found) or f'HTTP {status}'} at {url}"
