"""Recorded answers of real services, and the transport that gives them again.

A recording is a JSON file of one noun: `cases`, each a command line, the `exchanges` that were seen for it, and
what the reference client printed for these very answers, by format. `tests/record.py` writes them.
"""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Json = dict[str, Any]
RECORDED = Path(__file__).parent / "recorded"
VERSION_HEADERS = ("openstack-api-version", "x-openstack-nova-api-version", "x-openstack-manila-api-version")
SAFE = ("GET", "HEAD")


class Recording:
    """The exchanges of one command line, each given in its turn to a request like the one it was seen for.

    `missing` names the requests that nothing was recorded for; `changed` those that change something.
    """

    def __init__(self, exchanges: list[Json]) -> None:
        self.exchanges = exchanges
        self.used: set[int] = set()
        self.missing: list[str] = []
        self.changed: list[str] = []

    def find(self, method: str, url: str, headers: Any, body: bytes = b"") -> Json | None:
        """Return the exchange for a request, or None if nothing like it was recorded.

        An exchange with the same query and microversion is preferred, then one not given yet. Requests that read
        are given the last like exchange again when all were used; a request that changes something is given each
        exchange once.
        """
        method = method.upper()
        request = f"{method} {plain_url(url)}"
        once = method not in SAFE and not url.endswith("/auth/tokens")
        if once:
            self.changed.append(request)
        asked = microversion(headers)
        best: tuple[Any, int] | None = None
        for number, exchange in enumerate(self.exchanges):
            verb, _, address = exchange["request"].partition(" ")
            if verb != method or path_of(address) != path_of(url):
                continue
            if number in self.used and once:
                continue
            score = (
                query_of(address) == query_of(url),
                exchange.get("microversion", "") == asked,
                number not in self.used,
                number if number in self.used else -number,
            )
            best = max(best, (score, number)) if best else (score, number)
        if best is None:
            self.missing.append(request)
            return None
        self.used.add(best[1])
        return self.exchanges[best[1]]


def plain_url(url: str) -> str:
    """Return a URL without its query."""
    return url.partition("?")[0]


def path_of(url: str) -> str:
    """Return host, port and path of a URL, without a slash at its end."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def query_of(url: str) -> list[tuple[str, str]]:
    """Return the query of a URL, sorted."""
    return sorted(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def microversion(headers: Any) -> str:
    """Return the microversion that the headers of a request ask for, "" for none."""
    found = next((str(headers[name]) for name in VERSION_HEADERS if headers.get(name)), "")
    return found.split()[-1] if found else ""


def content(exchange: Json) -> bytes:
    """Return the body of a recorded answer."""
    if "json" in exchange:
        return json.dumps(exchange["json"]).encode()
    if "base64" in exchange:
        return base64.b64decode(exchange["base64"])
    return str(exchange.get("text", "")).encode()


def as_exchange(request: str, version: str, status: int, headers: Json, body: bytes) -> Json:
    """Return an exchange as it is kept in a file."""
    kept: Json = {"request": request}
    if version:
        kept["microversion"] = version
    kept["status"] = status
    wanted = {name: value for name, value in headers.items() if keeps(name) or tells_versions(request, name)}
    if wanted:
        kept["headers"] = wanted
    try:
        kept["json"] = json.loads(body)
    except ValueError:
        try:
            if body:
                kept["text"] = body.decode()
        except UnicodeDecodeError:
            kept["base64"] = base64.b64encode(body).decode()
    return kept


def tells_versions(request: str, name: str) -> bool:
    """Return whether a header names the microversions, in an answer with a version document (Magnum)."""
    is_document = re.fullmatch(r"GET http://[^/]+/(v\d[\d.]*/?)?", request) is not None
    return is_document and name.lower() in ("openstack-api-minimum-version", "openstack-api-maximum-version")


def keeps(name: str) -> bool:
    """Return whether a header of an answer is part of what a client prints."""
    lower = name.lower()
    if lower in ("x-trans-id", "x-openstack-request-id", "x-timestamp", "x-put-timestamp"):
        return lower == "x-trans-id"
    own = ("x-account-", "x-container-", "x-object-", "x-subject-", "x-delete-", "x-static-")
    return lower.startswith(own) or lower in ("location", "etag", "last-modified", "content-type", "content-length")


def lines(text: str) -> list[str]:
    """Return an output as it is kept in a file: a text a line."""
    return text.split("\n")


def load(path: Path) -> Json:
    """Return a recording file."""
    return json.loads(path.read_text())  # type: ignore[no-any-return]


def session_exchanges() -> list[Json]:
    """Return the exchanges that every command has: the token and the version documents."""
    return list(load(RECORDED / "session.json")["exchanges"])
