"""The practice cloud over HTTP, on this machine alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from socketserver import ThreadingMixIn
from typing import Any, BinaryIO
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from .app import SERVICES, application
from .wire import CHUNK

LOOPBACK = "127.0.0.1"


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request; none of them keeps the program from ending."""

    daemon_threads = True
    request_queue_size = 64


class Handler(WSGIRequestHandler):
    """Reads requests and writes no log, in which tokens would stand."""

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing."""

    def address_string(self) -> str:
        """The address as it is: no name is looked for."""
        return str(self.client_address[0])


def body_first(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer when the whole body is here: a slow upload keeps nobody else waiting."""
    with tempfile.SpooledTemporaryFile(1 << 20) as body:
        for piece in pieces(environ):
            body.write(piece)
        environ["CONTENT_LENGTH"] = str(body.tell())
        body.seek(0)
        environ["wsgi.input"] = body
        return application(environ, start_response)


def pieces(environ: dict[str, Any]) -> Iterator[bytes]:
    """The body of a request, with or without chunks."""
    source: BinaryIO = environ["wsgi.input"]
    if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
        while left := int(source.readline().partition(b";")[0].strip() or b"0", 16):
            while left and (piece := source.read(min(left, CHUNK))):
                left -= len(piece)
                yield piece
            source.readline()
        return
    left = int(environ.get("CONTENT_LENGTH") or 0)
    while left > 0 and (piece := source.read(min(left, CHUNK))):
        left -= len(piece)
        yield piece


def listen(port: int) -> Server:
    """A server that listens on the loopback, at a free port for 0; `serve_forever` answers.

    Errors: OSError where the port is taken.
    """
    for module in SERVICES.values():
        import_module(f".{module}", __package__)
    server = Server((LOOPBACK, port), Handler)
    server.set_app(body_first)
    return server
