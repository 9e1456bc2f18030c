"""Proxies: which requests use the proxies of the environment, and which NO_PROXY excludes.

NO_PROXY is read as requests and curl read it: a list, separated by commas or blanks, of domains, addresses and
address ranges. An entry that is none of these is ignored.
"""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import ConfigError
from .imports import block_imports

if TYPE_CHECKING:
    from collections.abc import Callable
    from ipaddress import IPv4Network, IPv6Network
    from ssl import SSLContext

    from httpx import URL, BaseTransport, Request, Response
else:
    BaseTransport = object

WITH_PORT = r"(\[[^\]]*\]|[^:\[\]]+):(\d+)"


def environment_proxies() -> dict[str, str]:
    """Return the proxies of the environment by scheme ("http", "https", "all")."""
    from urllib.request import getproxies

    return {scheme: url for scheme, url in getproxies().items() if scheme in ("http", "https", "all")}


def proxy_for(url: str) -> str:
    """Return the proxy for a URL, "" for a direct connection."""
    found = environment_proxies()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    proxy = found.get(parts.scheme) or found.get("all") or ""
    if not proxy or not host or bypasses_proxy(host, port or (443 if parts.scheme == "https" else 80)):
        return ""
    return proxy


def bypasses_proxy(host: str, port: int) -> bool:
    """Return whether NO_PROXY lists a host, a parent domain or its address range."""
    from urllib.request import getproxies_environment, proxy_bypass

    entries = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    host = host.lower().rstrip(".")
    address = _network(host)
    if any(_matches(entry, host, address, port) for entry in re.split(r"[\s,]+", entries.lower()) if entry):
        return True
    # macOS and Windows keep exceptions beside their own proxy settings, which count where no variable sets a proxy.
    return not getproxies_environment() and bool(proxy_bypass(host))


def _matches(entry: str, host: str, address: IPv4Network | IPv6Network | None, port: int) -> bool:
    """Return whether an entry of NO_PROXY matches a host; `address` is the host as a network if it is an address."""
    if entry == "*":
        return True
    if match := re.fullmatch(WITH_PORT, entry):
        if int(match[2]) != port:
            return False
        entry = match[1]
    if address is not None:
        network = _network(entry)
        return (
            network is not None
            and network.version == address.version
            and network.network_address <= address.network_address <= network.broadcast_address  # type: ignore[operator]
        )
    domain = entry.removeprefix("*").strip(".")
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _network(text: str) -> IPv4Network | IPv6Network | None:
    """Return an address or address range, with or without brackets, as a network; None if the text is neither."""
    if not re.search(r"[:\d]", text) or re.search(r"[g-z_]", text.partition("%")[0]):
        return None
    from ipaddress import ip_network

    address, slash, length = text.partition("/")
    try:
        return ip_network(f"{re.sub(r'[][]', '', address).partition('%')[0]}{slash}{length}", strict=False)
    except ValueError:
        return None


class ProxyTransport(BaseTransport):
    """A transport that sends each request directly or through its proxy.

    The URL of a proxy is parsed when a request needs the proxy, so an invalid one that no request needs is no error.
    """

    def __init__(self, httpx: Any, context: Callable[[], SSLContext], direct: BaseTransport) -> None:
        """Take the module `httpx`, which imports.py alone imports, and what returns the TLS context of services."""
        self.httpx, self.context = httpx, context
        self.lock = threading.Lock()
        self.transports: dict[str, BaseTransport] = {"": direct}
        self.by_place: dict[tuple[str, str, int | None], BaseTransport] = {}  # by scheme, host and port

    def make(self, proxy: str) -> BaseTransport:
        """Return a transport through a proxy. Raises ConfigError for an unusable proxy."""
        limits = self.httpx.Limits(max_connections=64, max_keepalive_connections=32)
        try:
            url = proxy if "://" in proxy else f"http://{proxy}"
            with block_imports("anyio", "trio", "certifi"):
                transport: BaseTransport = self.httpx.HTTPTransport(verify=self.context(), limits=limits, proxy=url)
        except (ValueError, ImportError, self.httpx.InvalidURL) as error:
            raise ConfigError(
                f"The proxy in the environment cannot be used: {str(error).splitlines()[0]}",
                "Check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY.",
            ) from None
        return transport

    def handle_request(self, request: Request) -> Response:
        """Send a request directly or through its proxy."""
        return self.transport_for(request.url).handle_request(request)

    def transport_for(self, url: URL) -> BaseTransport:
        """Return the transport of a URL: the direct one, or that of its proxy."""
        place = url.scheme, url.host, url.port
        transport = self.by_place.get(place)
        if transport is None:
            proxy = proxy_for(str(url))
            with self.lock:
                if proxy not in self.transports:
                    self.transports[proxy] = self.make(proxy)
                transport = self.by_place[place] = self.transports[proxy]
        return transport

    def close(self) -> None:
        """Close all connections."""
        for transport in self.transports.values():
            transport.close()
