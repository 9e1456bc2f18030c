"""Temporary URLs, with which everybody may use an object for a limited time.

https://docs.openstack.org/api-ref/object-store/#temporary-urls
"""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

import click

from ..api.object_store import OBJECT_TEMPURL
from ..errors import HTTPNotFound, OstkError
from ..language import Arg, Cloud, Flag, Json, Noun, Value, exclusive
from .capabilities import capabilities
from .swift import CONTAINER_ARGUMENT, OBJECT_NAME, SWIFT, metadata, path_of

DIGESTS = ("sha256", "sha512", "sha1")  # by preference
METHODS = "GET HEAD PUT POST DELETE"
LIFETIME = 3600


class Time(click.ParamType[int]):
    """Parameter type of a time: ISO 8601 (UTC without an offset) or seconds since 1970."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the seconds since 1970."""
        if isinstance(value, int) or value.isdecimal():
            return int(value)
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time such as 2030-12-31T23:59:59Z.", param, ctx)
        return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())


tempurl = Noun(OBJECT_TEMPURL, "Create temporary URLs of objects.", in_order=True)


def validate_range(ip_range: str | None, expires: int | None) -> None:
    """Reject an invalid IP range and a time in the past. Raises OstkError."""
    if expires is not None and expires <= time.time():
        raise OstkError("The time of --expires is in the past.")
    try:
        ip_network(ip_range or "::")
    except ValueError as error:
        raise OstkError(f"--ip-range is neither an IP address nor a CIDR: {error}.") from None


@tempurl.shower(
    "create",
    CONTAINER_ARGUMENT,
    Arg("object", "Name of the object, or prefix with --prefix-based.", not_sent=True, type=OBJECT_NAME),
    Value("--method", "HTTP method that the URL allows; GET allows HEAD too.", choices=METHODS, default="GET"),
    exclusive(
        Value(
            "--lifetime",
            "Time for which the URL is valid, in seconds.",
            type=click.IntRange(1),
            default=LIFETIME,
            metavar="SECONDS",
        ),
        Value("--expires", "Time when the URL expires: ISO 8601 or seconds since 1970.", type=Time()),
    ),
    Flag("--prefix-based", "Allow all objects whose names begin with OBJECT."),
    Value("--ip-range", "IP address or CIDR of the clients that may use the URL."),
    Value("--digest", "Digest of the signature (default: chosen by the object store).", choices=DIGESTS),
    Value("--key", "Secret key (default: the key of the container, or else of the account)."),
    fields=["url= method= expires_at= digest="],
    validate=validate_range,
)
def create(cloud: Cloud, container: str, object: str, values: Json, expires: int | None, prefix_based: bool) -> Json:
    """Create a temporary URL of an object. Everybody who has the URL may use the object until the URL expires."""
    at = expires or int(time.time()) + values["lifetime"]
    digest = values["digest"] or digest_of(cloud)
    key = values["key"] or key_of(cloud, container)
    base = urlsplit(cloud.endpoint(SWIFT))
    path = f"{base.path}{path_of(container, object, listed=True)}"
    signed = f"prefix:{unquote(path)}" if prefix_based else unquote(path)
    lines = [str(at), signed]
    query: Json = {"temp_url_sig": signature(key, digest, [values["method"], *lines], values["ip_range"])}
    query |= {"temp_url_expires": at}
    query |= {"temp_url_prefix": object} if prefix_based else {}
    query |= {"temp_url_ip_range": values["ip_range"]} if values["ip_range"] else {}
    url = f"{base.scheme}://{base.netloc}{path}?{urlencode(query, quote_via=quote, safe='/')}"
    expires_at = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"url": url, "method": values["method"], "expires_at": expires_at, "digest": digest}


def signature(key: str, digest: str, lines: list[str], ip_range: str | None) -> str:
    """Return the signature of a temporary URL.

    Args:
        key: The secret key.
        digest: sha256, sha512 or sha1.
        lines: The method, the time in seconds since 1970 and the path, which begins with `prefix:` for a prefix.
        ip_range: The IP range of the clients.
    """
    import hmac

    text = "\n".join([f"ip={ip_range}", *lines] if ip_range else lines)
    return hmac.new(key.encode(), text.encode("utf-8", "surrogateescape"), digest).hexdigest()


def digest_of(cloud: Cloud) -> str:
    """Return the best digest that the object store allows.

    Raises:
        OstkError: The object store has no temporary URLs, or none with a known digest.
    """
    known = capabilities(cloud)
    if not known:
        return DIGESTS[0]
    if "tempurl" not in known:
        raise OstkError("This object store has no temporary URLs: its /info does not name tempurl.")
    # Releases before 2.14 (2017) do not list digests and know SHA-1 alone.
    allowed = known["tempurl"].get("allowed_digests") or ["sha1"]
    found = next((digest for digest in DIGESTS if digest in allowed), "")
    if not found:
        raise OstkError(f"No digest of the object store is known: {', '.join(allowed)}.", "Choose one with --digest.")
    return found


def key_of(cloud: Cloud, container: str) -> str:
    """Return the secret key of the container, or else of the account.

    Raises:
        OstkError: Neither has a key, or the object store does not show it to this user.
    """

    def keys(path: str, resource: str) -> Mapping[str, str]:
        try:
            with cloud.force_send():
                headers = cloud.request(SWIFT, "HEAD", path).headers
        except HTTPNotFound:
            return {}
        return {key.lower(): value for key, value in metadata(resource, headers).items()}

    found = cloud.gather(lambda: keys(path_of(container), "container"), lambda: keys("", "account"))
    for known in found:
        for name in ("temp-url-key", "temp-url-key-2"):
            if known.get(name):
                return str(known[name])
    raise OstkError(
        f"Neither container {container} nor the account shows a key of temporary URLs.",
        "Set one: ostk container set --tempurl-key KEY CONTAINER. Swift shows keys to owners of the account only; "
        "others give --key.",
    )
