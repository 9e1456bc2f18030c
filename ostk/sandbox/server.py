"""The practice cloud over HTTP, on this machine alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from .app import application, load
from .services import SERVICES
from .wire import chunks


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request; none of them keeps the program from ending."""

    daemon_threads = True
    request_queue_size = 64


class Handler(WSGIRequestHandler):
    """Reads requests and writes no log, in which tokens would stand."""

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing."""


def body_first(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer when the whole body is here: a slow upload keeps nobody else waiting."""
    with tempfile.SpooledTemporaryFile(1 << 20) as body:
        for piece in chunks(environ):
            body.write(piece)
        whole = {"CONTENT_LENGTH": str(body.tell()), "wsgi.input": body, "HTTP_TRANSFER_ENCODING": ""}
        body.seek(0)
        return application(environ | whole, start_response)


def listen(port: int) -> Server:
    """A server that listens on the loopback, at a free port for 0; `serve_forever` answers.

    Errors: OSError where the port is taken.
    """
    for word in SERVICES:
        load(word)
    server = Server(("127.0.0.1", port), Handler)
    server.set_app(body_first)
    return server
