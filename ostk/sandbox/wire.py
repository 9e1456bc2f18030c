"""Requests and answers: what a behaviour gets, what it may give back, and how it refuses."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

from .store import Json, Store

CHUNK = 256 * 1024
REASONS = {
    200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial Content",
    300: "Multiple Choices", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 406: "Not Acceptable", 409: "Conflict", 412: "Precondition Failed",
    413: "Request Entity Too Large", 416: "Requested Range Not Satisfiable", 429: "Too Many Requests",
    500: "Internal Server Error", 503: "Service Unavailable", 415: "Unsupported Media Type",
}  # fmt: skip


class Refusal(Exception):
    """A request that is refused: the status, the service's sentence and, where it has one, its type."""

    def __init__(self, status: int, message: str = "", type: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.type, self.headers = status, message, type, headers or {}


class Cut(Exception):
    """The connection ends in the middle of an answer."""


@dataclass
class Answer:
    """A status, headers and a body: JSON, text, bytes, or pieces of bytes; None for none."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Who:
    """Who asks, on what, in which roles."""

    user: Json
    project: Json | None
    roles: frozenset[str]
    token: Json

    @property
    def user_id(self) -> str:
        """The ID of the user."""
        return str(self.user["id"])

    @property
    def project_id(self) -> str:
        """The ID of the project that the token is for, "" if it is for none."""
        return str(self.project["id"]) if self.project else ""

    @property
    def admin(self) -> bool:
        """Whether this is an administrator."""
        return "admin" in self.roles


class Ask:
    """A request on its way through a service."""

    def __init__(self, environ: Json, store: Store) -> None:
        self.environ, self.store = environ, store
        self.method = str(environ["REQUEST_METHOD"])
        self.path = str(environ.get("PATH_INFO", "")).encode("latin-1").decode(errors="replace")
        self.query: list[tuple[str, str]] = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        self.host = f"{environ['wsgi.url_scheme']}://{host}"
        self.args: dict[str, str] = {}
        self.who: Who | None = None
        self.version: tuple[int, int] = (0, 0)
        self.number = "req-" + "-".join(os.urandom(n).hex() for n in (4, 2, 2, 2, 6))
        self.now = store.now

    @property
    def by(self) -> Who:
        """Who asks; 401 for nobody."""
        if self.who is None:
            raise Refusal(401, "The request you have made requires authentication.")
        return self.who

    def header(self, name: str, default: str = "") -> str:
        """A header of the request."""
        return str(self.environ.get("HTTP_" + name.upper().replace("-", "_"), default))

    def asked(self, name: str, default: str = "") -> str:
        """A value in the query; the last one if there are several."""
        return next((value for key, value in reversed(self.query) if key == name), default)

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces."""
        source: BinaryIO = self.environ["wsgi.input"]
        left = int(self.environ.get("CONTENT_LENGTH") or 0)
        while left > 0 and (piece := source.read(min(left, CHUNK))):
            left -= len(piece)
            yield piece

    def json(self, one: str = "") -> Any:
        """The body's JSON, or the part under the key `one`; 400 where it is none."""
        text = b"".join(self.chunks())
        try:
            body = json.loads(text or b"{}")
        except ValueError:
            raise Refusal(400, "Malformed request body: it is no JSON.") from None
        if not one:
            return body
        if not isinstance(body, dict) or not isinstance(body.get(one), dict):
            raise Refusal(400, f"Invalid input for field/attribute {one}. '{one}' is a required property")
        return body[one]

    def time(self, form: str = "%Y-%m-%dT%H:%M:%SZ", at: float | None = None) -> str:
        """A time as a service writes it, now by default."""
        return time.strftime(form, time.gmtime(self.now if at is None else at))


def send(answer: Answer, start_response: Callable[..., Any], head: bool = False) -> Iterable[bytes]:
    """Hand an answer to the WSGI server."""
    body, headers = answer.body, dict(answer.headers)
    names = {name.lower() for name in headers}
    pieces: Iterable[bytes]
    if body is None or isinstance(body, str | bytes | dict | list):
        content = b""
        if isinstance(body, dict | list):
            content = json.dumps(body).encode()
            if "content-type" not in names:
                headers["Content-Type"] = "application/json"
        elif body is not None:
            content = body.encode() if isinstance(body, str) else body
            if "content-type" not in names:
                headers["Content-Type"] = "text/html; charset=UTF-8"
        if "content-length" not in names and answer.status != 204:
            headers["Content-Length"] = str(len(content))
        pieces = [content]
    else:
        pieces = body
    reason = REASONS.get(answer.status, "Answer")
    start_response(f"{answer.status} {reason}", [(name, str(value)) for name, value in headers.items()])
    return [b""] if head else pieces


def page(status: int, sentence: str) -> str:
    """An error as those services write it that answer with a web page."""
    from html import escape

    title = f"{status} {REASONS.get(status, 'Error')}"
    return (
        f"<html>\n <head>\n  <title>{title}</title>\n </head>\n <body>\n  <h1>{title}</h1>\n"
        f"  {escape(sentence)}<br /><br />\n\n\n\n </body>\n</html>"
    )


def truth(value: Any) -> bool:
    """What a query or a field means as a boolean."""
    return value is True or str(value).lower() in ("1", "true", "t", "yes", "y", "on")
