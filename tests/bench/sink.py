"""A server for the benchmark of transfers, `transfer.py`: a cloud with an object store that only sends or discards.

`GET …/big` is an object of 1 GiB (or BENCH_MIB), `GET …/small` a container of 1,000 objects (or BENCH_COUNT) of 4 KiB,
and what is uploaded is discarded; with --tls over TLS. Its own CPU time is not counted, so it need not be fast, only
faster than what is measured.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import ssl
import sys
import threading
from pathlib import Path

ACCOUNT = "/v1/AUTH_bench"
BIG, SMALL, COUNT = int(os.environ.get("BENCH_MIB", "1024")) << 20, 4096, int(os.environ.get("BENCH_COUNT", "1000"))
BLOCK = bytes(range(256)) * 4096  # 1 MiB
DATA = BLOCK[:SMALL]
CERTIFICATE = str(Path(__file__).parents[1] / "http" / "localhost.pem")  # and its key


def md5(times: int, block: bytes) -> str:
    """Return the MD5 of a block repeated so many times."""
    found = hashlib.md5(usedforsecurity=False)
    for _ in range(times):
        found.update(block)
    return found.hexdigest()


class Server:
    """The server, on a port of the loopback interface that the system selects."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        if "--tls" in sys.argv[1:]:
            self.url = self.url.replace("http://127.0.0.1", "https://localhost")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.etags = {"big": md5(BIG // len(BLOCK), BLOCK), "small": md5(1, DATA)}
        rows = [{"name": f"o{n:04}", "bytes": SMALL, "hash": self.etags["small"]} for n in range(COUNT)]
        self.listing = json.dumps(rows).encode()
        self.small = self.reply(200, DATA, f"Etag: {self.etags['small']}\r\nX-Timestamp: 1.0\r\n")

    def reply(self, status: int, body: bytes, headers: str = "", size: int | None = None) -> bytes:
        """Return a whole response."""
        length = len(body) if size is None else size
        return f"HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\n\r\n".encode() + body

    def serve(self) -> None:
        """Serve until the process ends."""
        while True:
            connection, _ = self.socket.accept()
            threading.Thread(target=self.answer_all, args=(connection,), daemon=True).start()

    def answer_all(self, connection: socket.socket) -> None:
        """Answer the requests on a connection."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        buffer = memoryview(bytearray(1 << 20))
        head = b""
        while True:
            while b"\r\n\r\n" not in head:
                count = connection.recv_into(buffer)
                if not count:
                    connection.close()
                    return
                head += bytes(buffer[:count])
            head, _, rest = head.partition(b"\r\n\r\n")
            method, target, _ = head.split(b"\r\n", 1)[0].decode().split()
            if b"100-continue" in head.lower():
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.I)
            left = (int(length[1]) if length else 0) - len(rest)
            while left > 0:
                left -= connection.recv_into(buffer)
            self.answer(connection, method, target)
            head = rest[len(rest) + left :] if left < 0 else b""

    def answer(self, connection: socket.socket, method: str, target: str) -> None:
        """Answer a request."""
        path, _, query = target.partition("?")
        if path.startswith(f"{ACCOUNT}/small/"):
            connection.sendall(self.small if method in ("GET", "PUT") else self.small[: -len(DATA)])
        elif path == f"{ACCOUNT}/big/big" and method in ("GET", "HEAD"):
            connection.sendall(self.reply(200, b"", f"Etag: {self.etags['big']}\r\nX-Timestamp: 1.0\r\n", BIG))
            for _ in range(BIG // len(BLOCK) if method == "GET" else 0):
                connection.sendall(BLOCK)
        elif path.startswith(f"{ACCOUNT}/") and method == "GET":
            listing = b"[]" if "marker=" in query else self.listing
            connection.sendall(self.reply(200, listing, "Content-Type: application/json\r\n"))
        elif path == "/info":
            connection.sendall(self.reply(200, b'{"swift": {}, "slo": {}}', "Content-Type: application/json\r\n"))
        elif path.endswith("/auth/tokens"):
            token = json.dumps({"token": self.token()}).encode()
            connection.sendall(
                self.reply(201, token, "X-Subject-Token: the-token\r\nContent-Type: application/json\r\n")
            )
        else:
            connection.sendall(self.reply(201, b""))

    def token(self) -> dict[str, object]:
        """Return a token with a catalog."""
        endpoint = {"id": "e", "interface": "public", "region": "R", "region_id": "R", "url": self.url + ACCOUNT}
        domain = {"id": "default", "name": "Default"}
        return {
            "methods": ["password"],
            "expires_at": "2099-01-01T00:00:00.000000Z",
            "issued_at": "2026-01-01T00:00:00.000000Z",
            "user": {"id": "u", "name": "bench", "domain": domain},
            "project": {"id": "p", "name": "bench", "domain": domain},
            "roles": [{"id": "r", "name": "member"}],
            "catalog": [{"type": "object-store", "name": "swift", "id": "s", "endpoints": [endpoint]}],
        }


if __name__ == "__main__":
    server = Server()
    print(server.url, flush=True)
    threading.Thread(target=server.serve, daemon=True).start()
    sys.stdin.read()  # until the benchmark ends
