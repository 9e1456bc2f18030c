"""Connection errors: the host, what failed, and what to do."""

import errno
import os
import re
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..errors import ConnectionFailed
from ..redaction import redact_url
from .connections import INCOMPLETE
from .proxies import proxy_for

HOSTNAME_MISMATCH, IP_MISMATCH, EXPIRED, NOT_YET_VALID = 62, 64, 10, 9
PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and its causes."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def cause(error: BaseException, kind: type[BaseException]) -> BaseException | None:
    """Return the first exception of a class among an exception and its causes, None if there is none."""
    return next((one for one in causes(error) if isinstance(one, kind)), None)


def is_unreachable(error: BaseException) -> bool:
    """Return whether there was no connection, so that requests for other paths on the host will fail too."""
    return any(type(one).__name__ in ("ConnectError", "ConnectTimeout", "ProxyError") for one in causes(error))


def host_port(url: str) -> str:
    """Return the host and port of a URL: `cloud:5000`."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port or (443 if parts.scheme == 'https' else 80)}"


def message_url(url: str) -> str:
    """Return a URL for messages: without user, password and query, which may be secret."""
    return re.split(r"[?#]", redact_url(url), maxsplit=1)[0]


def connection_error(
    error: Exception, url: str, roots: str = "", seconds: float | None = None, total: float | None = None
) -> ConnectionFailed:
    """Return the error for a request that got no response.

    Args:
        error: The exception of httpx, recognized by the name of its class.
        url: The URL of the request.
        roots: The files of the trusted certificate authorities, as messages name them.
        seconds: The time-out that was set for connecting or reading.
        total: The time-out that was set for the whole response.
    """
    name, where = type(error).__name__, host_port(url)
    proxy = proxy_for(url).rpartition("@")[2]
    failed = cause(error, ssl.SSLError)
    if failed and not (proxy and url.startswith("http:")):  # for an http URL, the TLS is that of the proxy
        return _untrusted(failed, url, roots)
    if proxy and (name in ("ProxyError", "ConnectTimeout") or cause(error, OSError)):
        return ConnectionFailed(
            f"Cannot connect to {where} through the proxy {proxy}: {_reason(error)}.",
            f"{_proxy_variables()} sets the proxy; list hosts to connect to directly in NO_PROXY.",
        )
    if name == "ConnectTimeout":
        return ConnectionFailed(
            f"Cannot connect to {where}: timed out{_after(seconds)}.",
            "Check that the host is reachable (VPN, firewall); --os-api-timeout sets the time-out."
            + (" The service may use http, not https." if url.startswith("https") else ""),
        )
    if INCOMPLETE in str(error):
        return ConnectionFailed(
            f"The response of {where} was not complete{_after(total)} ({message_url(url)}).",
            "--os-api-timeout sets the time-out.",
        )
    if name.endswith("Timeout"):
        return ConnectionFailed(
            f"{where} timed out{_after(seconds)} ({message_url(url)}).",
            "The service may still carry out the request. --os-api-timeout sets the time-out.",
        )
    if cause(error, socket.gaierror):
        return ConnectionFailed(
            f"Cannot resolve the host name {urlsplit(url).hostname} ({_reason(error)}).",
            "Check the auth URL and DNS; endpoints come from the catalog.",
        )
    if cause(error, ConnectionRefusedError):
        return ConnectionFailed(
            f"Connection to {where} refused.", f"Check the URL and that the service runs: {message_url(url)}"
        )
    if "illegal request line" in str(error) or "\\x15\\x03" in str(error):
        # h11's message for a response that begins with a control character, as TLS does.
        return ConnectionFailed(f"{where} does not use http.", f"Try https: {_with('https', url)}")
    if name in ("InvalidURL", "UnsupportedProtocol"):
        return ConnectionFailed(f"{message_url(url)!r} is not an http or https URL.")
    if name == "DecodingError":
        return ConnectionFailed(f"The response of {message_url(url)} cannot be decoded: {error}.")
    return ConnectionFailed(
        f"The connection to {where} failed: {_reason(error)}.",
        f"If the service uses https: {_with('https', url)}" if url.startswith("http:") else "",
    )


def _untrusted(failed: BaseException, url: str, roots: str) -> ConnectionFailed:
    where, host = host_port(url), urlsplit(url).hostname
    if isinstance(failed, ssl.SSLCertVerificationError):
        trusted = f"Trusted certificate authorities: {roots}; " if roots else ""
        if failed.verify_code in (HOSTNAME_MISMATCH, IP_MISMATCH):
            return ConnectionFailed(
                f"The certificate of {where} is not for the name {host}.",
                "Use a name in the certificate, or --insecure to skip verification.",
            )
        if failed.verify_code in (EXPIRED, NOT_YET_VALID):
            return ConnectionFailed(
                f"The certificate of {where} is not trusted: {failed.verify_message}.",
                "Check this machine's clock; --insecure skips verification.",
            )
        return ConnectionFailed(
            f"The certificate of {where} is not trusted: {failed.verify_message}.",
            f"{trusted}--os-cacert FILE sets others, --insecure skips verification.",
        )
    reason = str(getattr(failed, "reason", None) or failed).lower().replace("_", " ")
    if any(phrase in reason for phrase in ("wrong version number", "http request", "record layer failure", "too long")):
        return ConnectionFailed(f"{where} uses http, not https.", f"Use {_with('http', url)}.")
    if "certificate required" in reason or "handshake failure" in reason or "bad certificate" in reason:
        return ConnectionFailed(
            f"{where} refused the TLS connection: {reason}.",
            "The service may require a client certificate: --os-cert and --os-key.",
        )
    return ConnectionFailed(f"No TLS connection to {where}: {reason}.")


def _reason(error: Exception) -> str:
    system = cause(error, OSError)
    if isinstance(system, OSError) and system.errno == errno.ECONNREFUSED:
        return "connection refused"
    if isinstance(system, OSError) and system.strerror:
        return str(system.strerror)[:1].lower() + str(system.strerror)[1:]
    text = str(error).strip().rstrip(".")
    return text[:1].lower() + text[1:] if text else type(error).__name__


def _after(seconds: float | None) -> str:
    return f" after {seconds:g} seconds" if seconds else ""


def _with(scheme: str, url: str) -> str:
    return f"{scheme}{message_url(url)[message_url(url).index(':') :]}"


def _proxy_variables() -> str:
    found = [name for upper in PROXIES for name in (upper, upper.lower()) if os.environ.get(name)]
    return " or ".join(found) or "The environment"
