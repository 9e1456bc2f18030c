"""The practice cloud as a WSGI application."""

import io
import re
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any
from urllib.parse import unquote

from . import faults
from .engine import find_handler
from .messages import ApiError, ConnectionCut, Request, Response, abort_if, send
from .services import SERVICES, PracticeService, add_headers, error_response
from .store import Store, open_store

# The exceptions that a malformed body or query, which handlers do not validate, raises in them.
MALFORMED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)


def open_cloud(write: bool = True) -> AbstractContextManager[Store]:
    """Open the store of the practice cloud for one request; a new one is seeded."""

    def fill(store: Store) -> None:
        from .seed import seed

        seed(store)

    return open_store(fill, write)


def load(name: str) -> PracticeService:
    """Import the modules that add the routes of a service; return the service of this name."""
    for module in ("versions", *SERVICES[name].modules.split()):
        import_module(f".{module}", __package__)
    return SERVICES[name]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request (WSGI)."""
    word = environ.get("PATH_INFO", "").strip("/").split("/")[0]
    if word not in SERVICES:
        return send(Response("There is no such service here.\n", 404), start_response)
    service, delay, cut = load(word), 0.0, False
    # Listing security groups creates the default one.
    writes = environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "security-groups" in environ["PATH_INFO"]
    with open_cloud(writes) as store:
        request = Request(environ, store)
        store.connection.execute("SAVEPOINT request")
        try:
            delay, cut = faults.apply_faults(request, word)
            answer = dispatch(request, service)
        except (ApiError, *MALFORMED) as error:
            api_error = error if isinstance(error, ApiError) else ApiError(400, f"Malformed request: {error!r}")
            store.connection.execute("ROLLBACK TO request")
            answer = error_response(request, service, api_error)
    add_headers(request, service, answer)
    time.sleep(delay)
    if not cut:
        return send(answer, start_response, request.method == "HEAD")
    content = b"".join(send(answer, start_response))
    if "ostk.inside" in environ:
        raise ConnectionCut
    return [content[: len(content) // 2]]


def dispatch(request: Request, service: PracticeService) -> Response:
    """Return the response of a service; only public routes need no token."""
    handler, public = find_handler(request, service)
    if not public:
        from .tokens import authenticate

        authenticate(request)
        negotiate(request, service)
    found = handler(request)
    return found if isinstance(found, Response) else Response(found, 204 if found is None else 200)


def negotiate(request: Request, service: PracticeService) -> None:
    """Set the microversion of a request; raises 406 for one that is not supported."""
    if not service.newest:
        return
    match = re.search(rf"\b{service.name} (\d+\.\d+|latest)", request.header("OpenStack-API-Version"))
    text = match[1] if match else service.name == "compute" and request.header("X-OpenStack-Nova-API-Version")
    text = service.newest if text == "latest" else text or service.oldest
    major, first = service.oldest.split(".")
    number, last = re.fullmatch(rf"{major}\.(\d+)", text), service.newest.partition(".")[2]
    words = f"Minimum is {service.oldest} and maximum is {service.newest}."
    supported = number and int(first) <= int(number[1]) <= int(last)
    abort_if(not supported, 406, f"Version {text} is not supported by the API. {words}")
    request.version = (int(major), int(number[1] if number else 0))


def handle_httpx(request: Any, httpx: Any) -> Any:
    """Return the response to an httpx request; `httpx` is the module, which only the transport imports."""
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    content = request.read()
    headers = ((key.decode(), value.decode("latin-1")) for key, value in request.headers.raw)
    environ: dict[str, Any] = {"HTTP_" + key.upper().replace("-", "_"): value for key, value in headers}
    environ |= {"REQUEST_METHOD": request.method, "PATH_INFO": unquote(path, "latin-1"), "QUERY_STRING": query}
    environ |= {"SERVER_NAME": request.url.host, "SERVER_PORT": str(request.url.port or 80)}
    environ |= {"wsgi.url_scheme": request.url.scheme, "wsgi.input": io.BytesIO(content), "ostk.inside": True}
    environ |= {"CONTENT_LENGTH": str(len(content)), "HTTP_TRANSFER_ENCODING": ""}
    started: list[Any] = []
    try:
        body = application(environ, lambda status, headers: started.extend((status, headers)))
    except ConnectionCut:
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body") from None
    output = [(key.encode(), value.encode("latin-1")) for key, value in started[1]]
    return httpx.Response(
        int(started[0][:3]), headers=output, content=b"".join(body) if isinstance(body, list) else body
    )
