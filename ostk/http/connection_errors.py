"""Why no usable answer came, in words: who was asked, what went wrong, what to do."""

from __future__ import annotations

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
    """An error and all that led to it."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def cause(error: BaseException, kind: type[BaseException]) -> BaseException | None:
    """The first of a kind among what led to an error."""
    return next((one for one in causes(error) if isinstance(one, kind)), None)


def unreached(error: BaseException) -> bool:
    """Return whether a failure is that no connection came about, so that no other path there will answer either."""
    return any(type(one).__name__ in ("ConnectError", "ConnectTimeout", "ProxyError") for one in causes(error))


def place(url: str) -> str:
    """Host and port of a URL."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port or (443 if parts.scheme == 'https' else 80)}"


def address(url: str) -> str:
    """Return a URL for people: without user, password and query, which may be secret."""
    return re.split(r"[?#]", redact_url(url), maxsplit=1)[0]


def unanswered(
    error: Exception, url: str, roots: str = "", seconds: float | None = None, whole: float | None = None
) -> ConnectionFailed:
    """Return the failure to report for a connection that broke.

    Args:
        error: The exception of httpx, recognized by the name of its class.
        url: The URL of the request.
        roots: The certificate authorities that are trusted.
        seconds: The time-out that was set for connecting or reading.
        whole: The time-out that was set for the whole of an answer.

    """
    name, where = type(error).__name__, place(url)
    proxy = proxy_for(url).rpartition("@")[2]
    failed = cause(error, ssl.SSLError)
    if failed and not (proxy and url.startswith("http:")):  # without TLS of its own, it is the proxy's
        return _untrusted(failed, url, roots)
    if proxy and (name in ("ProxyError", "ConnectTimeout") or cause(error, OSError)):
        return ConnectionFailed(
            f"The proxy {proxy} does not lead to {where}: {_reason(error)}.",
            f"{_proxy_variables()} sets it; NO_PROXY names the hosts to reach without it.",
        )
    if name == "ConnectTimeout":
        return ConnectionFailed(
            f"Cannot connect to {where}: no answer{_after(seconds)}.",
            "Is it reachable from here (VPN, firewall)? --os-api-timeout sets how long to wait."
            + (" It may speak http, not https." if url.startswith("https") else ""),
        )
    if INCOMPLETE in str(error):
        return ConnectionFailed(
            f"The answer of {where} was not complete{_after(whole)} ({address(url)}).",
            "--os-api-timeout sets how long to wait.",
        )
    if name.endswith("Timeout"):
        return ConnectionFailed(
            f"{where} did not answer in time{_after(seconds)} ({address(url)}).",
            "It may still do what was asked. --os-api-timeout sets how long to wait.",
        )
    if cause(error, socket.gaierror):
        return ConnectionFailed(
            f"The host {urlsplit(url).hostname} is unknown ({_reason(error)}).",
            "Check the auth URL and the name service; endpoints come from the catalog.",
        )
    if cause(error, ConnectionRefusedError):
        return ConnectionFailed(
            f"Nothing listens at {where} (connection refused).", f"Check that the address is right: {address(url)}"
        )
    if "illegal request line" in str(error) or "\\x15\\x03" in str(error):
        # What h11 says of an answer that begins with a control character, as TLS does.
        return ConnectionFailed(f"{where} does not speak http.", f"It may speak https: {_with('https', url)}")
    if name in ("InvalidURL", "UnsupportedProtocol"):
        return ConnectionFailed(f"{address(url)!r} is not an address that can be asked.")
    if name == "DecodingError":
        return ConnectionFailed(f"The answer of {address(url)} is damaged: {error}.")
    return ConnectionFailed(
        f"The connection to {where} broke: {_reason(error)}.",
        f"If it speaks https: {_with('https', url)}" if url.startswith("http:") else "",
    )


def _untrusted(failed: BaseException, url: str, roots: str) -> ConnectionFailed:
    where, host = place(url), urlsplit(url).hostname
    if isinstance(failed, ssl.SSLCertVerificationError):
        trusted = f"Trusted are the authorities of {roots}; " if roots else ""
        if failed.verify_code in (HOSTNAME_MISMATCH, IP_MISMATCH):
            return ConnectionFailed(
                f"The certificate of {where} is not for the name {host}.",
                "Use the name it is for, or --insecure to go without the check.",
            )
        if failed.verify_code in (EXPIRED, NOT_YET_VALID):
            return ConnectionFailed(
                f"The certificate of {where} is not trusted: {failed.verify_message}.",
                "Check this machine's clock; --insecure goes without the check.",
            )
        return ConnectionFailed(
            f"The certificate of {where} is not trusted: {failed.verify_message}.",
            f"{trusted}--os-cacert FILE names others, --insecure goes without the check.",
        )
    reason = str(getattr(failed, "reason", None) or failed).lower().replace("_", " ")
    if any(sign in reason for sign in ("wrong version number", "http request", "record layer failure", "too long")):
        return ConnectionFailed(f"{where} speaks http, not https.", f"Use {_with('http', url)}.")
    if "certificate required" in reason or "handshake failure" in reason or "bad certificate" in reason:
        return ConnectionFailed(
            f"{where} refused the TLS connection: {reason}.", "It may ask for a certificate: --os-cert and --os-key."
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
    return f"{scheme}{address(url)[address(url).index(':') :]}"


def _proxy_variables() -> str:
    found = [name for upper in PROXIES for name in (upper, upper.lower()) if os.environ.get(name)]
    return " or ".join(found) or "The environment"
