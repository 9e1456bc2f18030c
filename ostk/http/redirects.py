"""Redirects: which are followed, and with which headers."""

from ..errors import ConnectionFailed
from .connection_errors import message_url
from .imports import httpx

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def redirected_request(request: httpx.Request, response: httpx.Response, authenticated: bool) -> httpx.Request | None:
    """Return the request that follows a redirect, None if the response is no redirect or is not to be followed.

    Args:
        request: The request.
        response: Its response.
        authenticated: Whether the request carries a token.

    Raises:
        ConnectionFailed: The redirect leads from https to http, or to another host with credentials or a body.
    """
    status, location = response.status_code, response.headers.get("Location", "")
    # The service provider answers a SAML assertion (PAOS) with a redirect: the login succeeded.
    assertion = request.method == "POST" and "paos" in request.headers.get("Content-Type", "")
    if status not in REDIRECTS or not location or assertion:
        return None
    try:
        url = request.url.join(location)
    except (httpx.InvalidURL, ValueError):
        return None
    reads = request.method in ("GET", "HEAD")
    if (request.url.scheme, url.scheme) == ("https", "http"):
        here, there = message_url(str(request.url)), message_url(str(url))
        raise ConnectionFailed(
            f"{here} redirects to {there}, from https to http: the redirect is not followed.",
            "The service or its proxy is configured with an http URL; use the right https URL.",
        )
    if not may_share_credentials(request.url, url):
        if authenticated or not reads or url.scheme not in ("http", "https"):
            here, there = message_url(str(request.url)), message_url(str(url))
            raise ConnectionFailed(
                f"{here} redirects to {there}: no credentials are sent there.",
                "If that URL is right, set it as the auth URL or as an endpoint override.",
            )
    elif not reads and not request.extensions.get("resendable"):
        return None
    dropped = (b"host", b"x-auth-token", b"authorization")
    headers = [(b"Host", url.netloc)]
    headers += [(name, value) for name, value in request.headers.raw if name.lower() not in dropped]
    method = "GET" if status == 303 and not reads else request.method
    if method != request.method:
        headers = [(name, value) for name, value in headers if not name.lower().startswith(b"content-")]
        return httpx.Request(method, url, headers=headers, extensions=dict(request.extensions))
    return httpx.Request(method, url, headers=headers, stream=request.stream, extensions=dict(request.extensions))


def may_share_credentials(one: httpx.URL, other: httpx.URL) -> bool:
    """Return whether credentials for one URL may be sent to the other: the same origin, or the same host with https."""
    if one.host != other.host:
        return False
    ports = [url.port or (443 if url.scheme == "https" else 80) for url in (one, other)]
    if one.scheme == other.scheme:
        return ports[0] == ports[1]
    return (one.scheme, other.scheme) == ("http", "https") and (ports[0] == ports[1] or ports == [80, 443])
