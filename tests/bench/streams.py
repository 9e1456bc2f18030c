"""Benchmark of single streams: `python tests/bench/streams.py [ROW...]`, as `transfer.py`, whose variables it reads.

The rows are an object of 1 GiB up, the same over TLS up and down, and an image of 256 MiB up, down and from a pipe,
against a local server that only sends or discards. `start` is the image without its data: what is left of the
difference to curl when it is taken off is the price of the data.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import ssl
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from sink import ACCOUNT, BLOCK, Server  # type: ignore[import-not-found]
from transfer import Store, compare, curl, programs, swift  # type: ignore[import-not-found]

CERTIFICATE = str(Path(__file__).parents[1] / "http" / "localhost.pem")
BIG, IMAGE = 1 << 30, 1 << 28  # bytes
NAMES = {"00000000-0000-4000-8000-000000000001": IMAGE, "00000000-0000-4000-8000-000000000002": 0}
FILE = f"/image/v2/images/{next(iter(NAMES))}/file"


class StreamServer(Server):  # type: ignore[misc]
    """The server of `transfer.py` with an Image service; over TLS with `context`."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__()
        self.context = context
        if context:
            self.url = f"https://localhost:{self.socket.getsockname()[1]}"
        sha512 = {name: hashlib.sha512() for name in NAMES}
        for name, size in NAMES.items():
            for _ in range(size // len(BLOCK)):
                sha512[name].update(BLOCK)
        fields: dict[str, Any] = {"name": "i", "status": "active", "os_hash_algo": "sha512"}
        self.images = {
            name: {**fields, "id": name, "size": size, "os_hash_value": sha512[name].hexdigest()}
            for name, size in NAMES.items()
        }
        threading.Thread(target=self.serve, daemon=True).start()

    def answer_all(self, connection: socket.socket) -> None:
        """Answer the requests on a connection, one at a time."""
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock = self.context.wrap_socket(connection, server_side=True) if self.context else connection
            while self.answer_one(sock):
                pass
        except OSError:
            pass

    def answer_one(self, connection: socket.socket) -> bool:
        """Discard the body of a request and answer it; return False at the end of the connection."""
        head, buffer = b"", memoryview(bytearray(1 << 20))
        while b"\r\n\r\n" not in head:
            count = connection.recv_into(buffer)
            head += buffer[:count]
            if not count:
                return False
        head, _, rest = head.partition(b"\r\n\r\n")
        if b"100-continue" in head.lower():
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.I)
        left = int(length[1]) - len(rest) if length else 0
        while left > 0:
            left -= connection.recv_into(buffer)
        if b"transfer-encoding" in head.lower():
            while not rest.endswith(b"0\r\n\r\n"):  # which the data does not contain
                rest = bytes(buffer[: connection.recv_into(buffer)][-5:])
        method, target, _ = head.split(b"\r\n", 1)[0].decode().split()
        self.answer(connection, method, target)
        return True

    def answer(self, connection: socket.socket, method: str, target: str) -> None:
        """Answer a request."""
        path = target.partition("?")[0]
        name = path.removeprefix("/image/v2/images/").partition("/")[0]
        if method == "PUT" and path.endswith("/big"):
            connection.sendall(self.reply(201, b"", f"Etag: {self.etags['big']}\r\n"))
        elif not path.startswith("/image/v2/images"):
            super().answer(connection, method, target)
        elif path.endswith("/file") and method == "PUT":
            connection.sendall(b"HTTP/1.1 204 X\r\n\r\n")
        elif path.endswith("/file"):
            connection.sendall(self.reply(200, b"", "X-Openstack-Request-Id: r\r\n", NAMES[name]))
            for _ in range(NAMES[name] // len(BLOCK)):
                connection.sendall(BLOCK)
        else:
            image = self.images.get(name) or next(iter(self.images.values()))
            connection.sendall(self.reply(201 if method == "POST" else 200, json.dumps(image).encode()))

    def token(self) -> dict[str, Any]:
        """Return a token with a catalog."""
        token: dict[str, Any] = super().token()
        (store,) = token["catalog"]
        (endpoint,) = store["endpoints"]
        image = {**endpoint, "id": "i", "url": f"{self.url}/image"}
        return {**token, "catalog": [store, {"type": "image", "name": "glance", "id": "i", "endpoints": [image]}]}

    def store(self, home: str) -> Store:
        """Return what programs need to use the server."""
        environment = {"OS_AUTH_URL": f"{self.url}/v3", "OS_USERNAME": "bench", "OS_PASSWORD": "bench", "HOME": home}
        environment |= {"OS_PROJECT_NAME": "bench", "XDG_CACHE_HOME": home, "PATH": "/usr/bin:/bin"}
        environment |= {"OS_CACERT": CERTIFICATE} if self.context else {}
        return Store("tls" if self.context else "local", self.url + ACCOUNT, "the-token", environment)


def file_of(size: int) -> str:
    """Return the path of a file of this size, which is written once."""
    path = Path(tempfile.gettempdir(), f"ostk-bench-{size}")
    if not path.exists() or path.stat().st_size != size:
        with path.open("wb") as file:
            for _ in range(size // len(BLOCK)):
                file.write(BLOCK)
    return str(path)


def curl_of(store: Store, *words: str) -> tuple[str, list[str]]:
    """Return the name and a command of curl."""
    return "curl", curl(store, *(["--cacert", CERTIFICATE] if store.name == "tls" else []), *words)


def piped(command: list[str], path: str) -> list[str]:
    """Return a command that reads a file from a pipe. Its time has that of `cat` in it, for each program alike."""
    return ["sh", "-c", 'file=$1; shift; cat "$file" | "$@"', "sh", path, *command]


def big_down(store: Store) -> None:
    """One object down; of 1 GiB."""
    others = [curl_of(store, "-o", "big", f"{store.url}/big/big")]
    if store.name == "local":
        others.append(("swift", swift(store, "download", "big", "big", "-o", "big")))
    compare(store, "1 GiB down", programs(["object", "save", "big", "big"], store, *others))


def big_up(store: Store) -> None:
    """One object of 1 GiB up. The MD5 of ostk and swift is a third or more of their time; curl computes none."""
    path = file_of(BIG)
    others = [curl_of(store, "-T", path, f"{store.url}/big/big")]
    if store.name == "local":
        others.append(("swift", swift(store, "upload", "big", path, "--object-name", "big")))
    compare(store, "1 GiB up", programs(["object", "create", "big", path, "--name", "big"], store, *others))


def image_down(store: Store) -> None:
    """An image of 256 MiB down."""
    name, url = next(iter(NAMES)), store.url.removesuffix(ACCOUNT) + FILE
    ours = ["image", "save", name, "--file", "i"]
    compare(store, "image down", programs(ours, store, curl_of(store, "-o", "i", url)))
    compare(store, "image start", programs([*ours[:2], [*NAMES][1], *ours[3:]], store))


def image_up(store: Store) -> None:
    """An image of 256 MiB up."""
    path, url = file_of(IMAGE), store.url.removesuffix(ACCOUNT) + FILE
    ours = ["image", "create", "i", "--file", path, "-f", "value", "-c", "id"]
    compare(store, "image up", programs(ours, store, curl_of(store, "-T", path, url)))
    compare(store, "image start", programs([*ours[:4], __file__, *ours[5:]], store))


def image_pipe(store: Store) -> None:
    """An image of 256 MiB up, from a pipe."""
    path, url = file_of(IMAGE), store.url.removesuffix(ACCOUNT) + FILE
    commands = programs(["image", "create", "i", "-f", "value", "-c", "id"], store, curl_of(store, "-T", "-", url))
    compare(store, "image pipe", {name: piped(command, path) for name, command in commands.items()})


ROWS: dict[str, Callable[[Store], None]] = {
    "big-down": big_down,
    "big-up": big_up,
    "image-down": image_down,
    "image-up": image_up,
    "image-pipe": image_pipe,
}


def main() -> None:
    """Measure and print: rows, and those over TLS with `-tls` after their names; all by default."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    rows = sys.argv[1:] or [*ROWS, *(f"{row}-tls" for row in ROWS)]
    print(f"{'':21}{'':14}{'wall s':>9}{'CPU s':>9}{'MiB':>9}{'ostk/it: wall':>10}{'CPU':>6}")
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as tls_home:
        plain, secure = StreamServer().store(home), StreamServer(context).store(tls_home)
        for row in rows:
            ROWS[row.removesuffix("-tls")](secure if row.endswith("-tls") else plain)


if __name__ == "__main__":
    main()
