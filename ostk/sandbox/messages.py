"""Requests, responses and errors of the practice cloud."""

import json
import os
import string
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, urlencode

from .data import Json
from .store import Store

CHUNK = 256 * 1024
SECONDS, MICROSECONDS = "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.000000"


class ApiError(Exception):
    """An error response: HTTP status, message, and the type where the service has one."""

    def __init__(
        self, status: int, message: str = "", error_type: str = "", headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.error_type, self.headers = status, message, error_type, headers or {}


def abort_if(condition: Any, status: int, message: str = "", error_type: str = "") -> None:
    """Raise an error response if `condition` is true."""
    if condition:
        raise ApiError(status, message, error_type)


class ConnectionCut(Exception):
    """The connection is closed in the middle of a response."""


@dataclass
class Response:
    """A response; the body is JSON, text, bytes, an iterator of bytes, or None."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Identity:
    """The user of a token with the project ("" for none) and roles; `admin` and `writes` follow from the roles."""

    user_id: str
    project_id: str
    roles: frozenset[str]

    def __post_init__(self) -> None:
        self.admin, self.writes = "admin" in self.roles, bool(self.roles & {"admin", "manager", "member"})


class Request:
    """A request to a service."""

    def __init__(self, environ: Json, store: Store) -> None:
        self.environ, self.store, self.now = environ, store, store.now
        self.method = str(environ["REQUEST_METHOD"])
        self.path = str(environ.get("PATH_INFO", "")).encode("latin-1").decode(errors="replace")
        self.query: list[tuple[str, str]] = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        self.host = f"{environ['wsgi.url_scheme']}://{host}"
        self.args: dict[str, str] = {}
        self.authenticated: Identity | None = None
        self.version: tuple[int, int] = (0, 0)
        self.request_id = "req-" + "-".join(os.urandom(n).hex() for n in (4, 2, 2, 2, 6))

    @property
    def identity(self) -> Identity:
        """The user of the request's token; raises 401 if there is none."""
        if self.authenticated is None:
            raise ApiError(401, "The request you have made requires authentication.")
        return self.authenticated

    def header(self, name: str) -> str:
        """Return a header, "" if it is absent."""
        return str(self.environ.get("HTTP_" + name.upper().replace("-", "_"), ""))

    def query_param(self, name: str, default: str = "") -> str:
        """Return a query parameter, the last one of several."""
        return dict(self.query).get(name, default)

    def flag(self, name: str) -> bool:
        """Return whether a query parameter is present and not false."""
        return self.query_param(name, "false").lower() not in ("false", "0")

    def url(self, marker: str = "") -> str:
        """Return the URL of the request, or that of the page after a marker."""
        stored = [(key, value) for key, value in self.query if not marker or key != "marker"]
        query = urlencode(stored + ([("marker", marker)] if marker else []))
        return f"{self.host}{self.path}" + (f"?{query}" if query else "")

    def json(self, key: str = "") -> Any:
        """Return the JSON of the body, or the object under a key of it; raises 400 if there is none."""
        try:
            body = json.loads(b"".join(chunks(self.environ)) or b"{}")
        except (ValueError, RecursionError):
            raise ApiError(400, "Malformed request body: it is no JSON.") from None
        needed = f"Invalid input for field/attribute {key}. '{key}' is a required property"
        abort_if(key and (not isinstance(body, dict) or not isinstance(body.get(key), dict)), 400, needed)
        return body[key] if key else body

    def time(self, time_format: str = SECONDS, at: float | None = None) -> str:
        """Return a time, by default now, in the format of a service."""
        return time.strftime(time_format, time.gmtime(self.now if at is None else at))


def chunks(environ: Json) -> Iterator[bytes]:
    """Yield the body of a request in pieces; it has a Content-Length or is chunked.

    Raises:
        ApiError: The length is not a number, or the body ends before it.
    """
    source: BinaryIO = environ["wsgi.input"]
    chunked = environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    left = 0 if chunked else length(environ.get("CONTENT_LENGTH") or "0", 10)
    while left or (chunked and (left := length(chunk_size(source), 16))):
        if not (piece := source.read(min(left, CHUNK))):
            raise ApiError(400, "The body of the request is shorter than its length.")
        left -= len(piece)
        yield piece
        if chunked and not left:
            source.readline()


def chunk_size(source: BinaryIO) -> str:
    """Return the size of the next chunk as it is written."""
    return source.readline(1024).decode("latin-1").partition(";")[0].strip()


def length(text: str, base: int) -> int:
    """Return a number of bytes; raises 400 for text that is not a number."""
    digits = string.digits if base == 10 else string.hexdigits
    abort_if(not text or len(text) > 18 or text.strip(digits), 400, "The length of the body is not a number.")
    return int(text, base)


def reason_phrase(status: int) -> str:
    """Return the reason phrase of an HTTP status."""
    return HTTPStatus(status).phrase


def send(answer: Response, start_response: Callable[..., Any], head: bool = False) -> Iterable[bytes]:
    """Start a WSGI response; return its body."""
    body, headers = answer.body, dict(answer.headers)
    if isinstance(body, dict | list):
        body = json.dumps(body).encode()
        headers.setdefault("Content-Type", "application/json")
    elif isinstance(body, str):
        body = body.encode()
        headers.setdefault("Content-Type", "text/html; charset=UTF-8")
    if body is None or isinstance(body, bytes):
        body = [body or b""]
        headers = {**({"Content-Length": str(len(body[0]))} if answer.status != 204 else {}), **headers}
    start_response(
        f"{answer.status} {reason_phrase(answer.status)}", [(name, str(value)) for name, value in headers.items()]
    )
    return [b""] if head else body
