"""A scripted HTTP server on this machine."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CERTIFICATE = str(Path(__file__).with_name("localhost.pem"))
"""A certificate for the name localhost, signed by itself, and its key."""


class ReceivedRequest:
    """A request that the server received."""

    def __init__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
        self.method, self.path, self.headers, self.body = method, path, headers, body
        self.line = f"{method} {path}"
        self.token = headers.get("x-auth-token", "")


Answer = tuple[int, dict[str, str], Any]


class LocalServer:
    """A server with scripted responses: `answer` returns the response to a request, `asked` has the requests."""

    def __init__(self, answer: Callable[[ReceivedRequest], Answer | None], tls: bool = False) -> None:
        self.asked: list[ReceivedRequest] = []
        local = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def serve(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                if self.headers.get("Transfer-Encoding") == "chunked":
                    body = b"".join(iter(self.chunk, b""))
                else:
                    body = self.rfile.read(size)
                headers = {name.lower(): value for name, value in self.headers.items()}
                one = ReceivedRequest(self.command, self.path, headers, body)
                local.asked.append(one)
                reply = answer(one)
                if reply is None:
                    self.close_connection = True
                    return
                status, sent, content = reply
                pieces = content if isinstance(content, Iterator) else None
                data = content if isinstance(content, bytes) else b"" if pieces else json.dumps(content).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **sent}.items():
                    self.send_header(name, value)
                if "Content-Length" not in sent:
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command != "HEAD":
                    for piece in pieces or [data]:
                        self.wfile.write(piece)
                if sent.get("Content-Length") not in (None, str(len(data))):
                    self.close_connection = True

            def chunk(self) -> bytes:
                data = self.rfile.read(int(self.rfile.readline(), 16))
                self.rfile.readline()
                return data

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = serve  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:
                """Write nothing."""

        class Server(ThreadingHTTPServer):
            request_queue_size = 64
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Write nothing."""

        self.server = Server(("127.0.0.1", 0), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def lines(self) -> list[str]:
        """The method and path of each request."""
        return [one.line for one in self.asked]

    def close(self) -> None:
        """Stop the server."""
        self.server.shutdown()
        self.server.server_close()
