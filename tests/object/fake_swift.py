"""An object store on this machine that keeps objects: segments, manifests, and faults."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from ..fake_cloud import ENVIRONMENT, FakeCloud
from ..http.local_server import Answer, LocalServer, ReceivedRequest

ROOT = "/object/v1/AUTH_p"
SLO = {"max_manifest_segments": 1000, "min_segment_size": 1}
CUT: Answer = (0, {}, b"")  # an answer that is never sent: the connection is closed
Fault = Callable[[ReceivedRequest], Answer | None]


def md5(data: bytes | str) -> str:
    """Return the MD5 of data."""
    return hashlib.md5(data if isinstance(data, bytes) else data.encode()).hexdigest()


class StoredObject:
    """An object: its data and headers, or the items of its static manifest."""

    def __init__(self, data: bytes, headers: dict[str, str], items: list[dict[str, Any]] | None) -> None:
        self.data, self.headers, self.items = data, headers, items


class FakeSwift:
    """An object store. `faults` answer first, each what it returns, if it returns something.

    Args:
        info: The answer of /info.
        containers: Names of the containers that exist.
        tls: Whether it is reached over TLS, by the name localhost.
    """

    def __init__(self, info: dict[str, Any] | None = None, containers: str = "c", tls: bool = False) -> None:
        self.info = {"swift": {"max_file_size": 1000}, "slo": SLO} if info is None else info
        self.objects: dict[str, dict[str, StoredObject]] = {name: {} for name in containers.split()}
        self.faults: list[Fault] = []
        self.local = LocalServer(self.answer, tls)
        self.url = self.local.url.replace("127.0.0.1", "localhost") if tls else self.local.url
        self.cloud = FakeCloud(self.url)
        self.expired: set[str] = set()

    @property
    def environment(self) -> dict[str, str]:
        """The variables of this cloud."""
        return {**ENVIRONMENT, "OS_AUTH_URL": f"{self.url}/identity/v3"}

    def lines(self, method: str) -> list[str]:
        """Return the paths below the account of the requests with a method, in order."""
        return [
            unquote(one.path.removeprefix(ROOT + "/"))
            for one in self.local.asked
            if one.method == method and one.path.startswith(ROOT)
        ]

    def put(self, container: str, name: str, data: bytes = b"", **headers: str) -> None:
        """Store an object."""
        self.objects.setdefault(container, {})[name] = StoredObject(data, headers, None)

    def data(self, container: str, name: str) -> bytes | None:
        """Return the data of an object, of its segments where it is large; None if there is none."""
        found = self.objects.get(container, {}).get(name)
        if found is None:
            return None
        if found.items is not None:
            places = (item["path"].lstrip("/").partition("/") for item in found.items)
            return b"".join(self.data(one, below) or b"missing" for one, _, below in places)
        if manifest := found.headers.get("x-object-manifest"):
            place, _, prefix = unquote(manifest).partition("/")
            return b"".join(one.data for key, one in sorted(self.objects[place].items()) if key.startswith(prefix))
        return found.data

    # -- answers ----------------------------------------------------------------------------------

    def answer(self, asked: ReceivedRequest) -> Answer | None:
        """Answer a request."""
        if asked.path.startswith("/identity"):
            response = self.cloud.handle(
                httpx.Request(asked.method, f"{self.local.url}{asked.path}", content=asked.body)
            )
            headers = {name.title(): text for name, text in response.headers.items() if name != "content-length"}
            return response.status_code, headers, response.read()
        if asked.path == "/object/info":
            return (200, {}, self.info) if self.info else (404, {}, b"")
        if asked.token in self.expired:
            return 401, {}, b""
        for fault in self.faults:
            if found := fault(asked):
                return None if found is CUT else found
        if len(asked.body) < int(asked.headers.get("content-length") or 0):
            return None
        url = urlsplit(asked.path)
        container, _, name = unquote(url.path.removeprefix(ROOT)).removeprefix("/").partition("/")
        query = dict(parse_qsl(url.query))
        if not container:
            return 200, {}, [{"name": one} for one in sorted(self.objects) if one > query.get("marker", "")]
        answered = self.of_object(asked, container, name, query) if name else self.of_container(asked, container, query)
        return answered[0], {"Content-Type": "text/plain", "X-Trans-Id": "tx", **answered[1]}, answered[2]

    def of_container(self, asked: ReceivedRequest, container: str, query: dict[str, str]) -> Answer:
        """Answer a request for a container."""
        if asked.method == "PUT":
            self.objects.setdefault(container, {})
            return 201, {}, b""
        if container not in self.objects:
            return 404, {}, b""
        names = sorted(self.objects[container])
        rows = [
            self.row(container, name)
            for name in names
            if name.startswith(query.get("prefix", "")) and name > query.get("marker", "")
        ]
        return (200, {}, rows) if asked.method == "GET" else (204, {"X-Storage-Policy": "gold"}, b"")

    def row(self, container: str, name: str) -> dict[str, Any]:
        """Return the row of an object in a listing."""
        stored = self.objects[container][name]
        found = {"name": name, "bytes": len(stored.data), "hash": md5(stored.data), "content_type": "text/plain"}
        found["last_modified"] = stored.headers.get("modified", "2030-01-01T00:00:00.000000")
        if stored.items is not None:
            found |= {"bytes": len(self.data(container, name) or b""), "slo_etag": f'"{slo_etag(stored.items)}"'}
        return found

    def of_object(self, asked: ReceivedRequest, container: str, name: str, query: dict[str, str]) -> Answer:
        """Answer a request for an object."""
        if container not in self.objects:
            return 404, {}, b""
        if asked.method == "PUT":
            return self.stored(asked, container, name, query)
        found = self.objects[container].get(name)
        if found is None:
            return 404, {}, b""
        if asked.method == "POST":
            found.headers = {**found.headers, **asked.headers}
            return 202, {}, b""
        if asked.method == "DELETE":
            del self.objects[container][name]
            return 204, {}, b""
        if query.get("multipart-manifest") == "get" and found.items is not None:
            keys = {"path": "name", "etag": "hash", "size_bytes": "bytes"}
            return 200, {}, [{keys[key]: value for key, value in item.items()} for item in found.items]
        data = self.data(container, name) or b""
        headers = {"Content-Length": str(len(data)), "Etag": md5(data)}
        if found.items is not None:
            headers |= {"X-Static-Large-Object": "True", "Etag": f'"{slo_etag(found.items)}"'}
        if manifest := found.headers.get("x-object-manifest"):
            place, _, prefix = unquote(manifest).partition("/")
            parts = sorted(key for key in self.objects[place] if key.startswith(prefix))
            etag = md5("".join(md5(self.objects[place][key].data) for key in parts))
            headers |= {"X-Object-Manifest": manifest, "Etag": f'"{etag}"'}
        return ranged(asked, headers, data)

    def stored(self, asked: ReceivedRequest, container: str, name: str, query: dict[str, str]) -> Answer:
        """Store the object of a request."""
        if len(asked.body) > self.info.get("swift", {}).get("max_file_size", 1 << 40):
            return 413, {}, b""
        items = None
        etag = md5(asked.body)
        if query.get("multipart-manifest") == "put" and "slo" in self.info:
            items = json.loads(asked.body)
            for item in items:
                place, _, below = item["path"].lstrip("/").partition("/")
                data = self.data(place, below)
                if data is None or (md5(data), len(data)) != (item["etag"], item["size_bytes"]):
                    return 400, {}, b"Errors: a segment differs"
            etag = slo_etag(items)
        if asked.headers.get("etag", etag).strip('"') != etag:
            return 422, {}, b""
        self.objects[container][name] = StoredObject(b"" if items else asked.body, asked.headers, items)
        return 201, {"Etag": f'"{etag}"' if items else etag}, b""


def ranged(asked: ReceivedRequest, headers: dict[str, str], data: bytes) -> Answer:
    """Return the answer with the data, or the range of it that is asked for, if the object has the ETag asked for."""
    if asked.headers.get("if-match", headers["Etag"]).strip('"') != headers["Etag"].strip('"'):
        return 412, {}, b""
    span = re.fullmatch(r"bytes=(\d*)-(\d*)", asked.headers.get("range", ""))
    if not span:
        return 200, headers, data
    first = int(span[1]) if span[1] else max(0, len(data) - int(span[2]))
    last = min(int(span[2]), len(data) - 1) if span[1] and span[2] else len(data) - 1
    if first > last:
        return 416, {}, b""
    part = data[first : last + 1]
    return (
        206,
        {**headers, "Content-Length": str(len(part)), "Content-Range": f"bytes {first}-{last}/{len(data)}"},
        part,
    )


def slo_etag(items: list[dict[str, Any]]) -> str:
    """Return the ETag of a static large object."""
    return md5("".join(item["etag"] for item in items))
