"""The practice cloud over HTTP, on the loopback interface."""

import io
import re
import tempfile
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any, TextIO
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from ..errors import OstkError
from .app import application, load
from .messages import ApiError, Response, chunks, send
from .services import SERVICES

HOSTS = ("127.0.0.1", "localhost")
IDLE_SECONDS = 60.0  # an idle connection is closed after this time


class Server(ThreadingMixIn, WSGIServer):
    """A WSGI server with a thread for each request; the threads do not keep the process alive."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Write nothing when a client closes its connection."""


class Handler(WSGIRequestHandler):
    """A request handler that logs nothing, since a log would hold tokens."""

    timeout = IDLE_SECONDS

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name in the base class)
        """Write nothing."""

    def get_stderr(self) -> TextIO:
        """Return the stream for tracebacks of responses that cannot be sent: their text is discarded."""
        return io.StringIO()


def is_own_host(environ: dict[str, Any]) -> bool:
    """Return whether a request was sent to a name of this server.

    A web page can point its own host name to the loopback address (DNS rebinding); a browser then sends that name.
    """
    host = environ.get("HTTP_HOST", HOSTS[0]).strip().lower()
    return re.sub(r":\d*$", "", host) in HOSTS


def buffer_body(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Read the whole body before the request takes the lock: a slow upload blocks no other request."""
    if not is_own_host(environ):
        return send(Response(f"The Host of the request has to be {' or '.join(HOSTS)}.\n", 421), start_response)
    try:
        with tempfile.SpooledTemporaryFile(1 << 20) as body:
            for piece in chunks(environ):
                body.write(piece)
            buffered = {"CONTENT_LENGTH": str(body.tell()), "wsgi.input": body, "HTTP_TRANSFER_ENCODING": ""}
            body.seek(0)
            return application(environ | buffered, start_response)
    except ApiError as api_error:
        return send(Response(f"{api_error.message}\n", api_error.status), start_response)
    except OstkError as error:
        return send(Response(f"{error.message}\n", 500), start_response)
    except Exception as error:
        return send(Response(f"The practice cloud has a defect: {type(error).__name__}.\n", 500), start_response)


def listen(port: int) -> Server:
    """Return a server on the loopback interface, at a free port for 0.

    Raises:
        OSError: The port is in use.
    """
    for word in SERVICES:
        load(word)
    server = Server(("127.0.0.1", port), Handler)
    server.set_app(buffer_body)
    return server
