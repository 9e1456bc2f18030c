"""Object store: the account of a project, containers, objects, their metadata and ranges."""

from __future__ import annotations

import mimetypes
import re
from typing import Any

from .data import Json
from .engine import on
from .image import pieces
from .services import SWIFT, page
from .store import new_id
from .wire import Answer, Ask, Refusal

TEXT, EMPTY = {"Content-Type": "text/plain; charset=utf-8"}, {"Content-Length": "0"}
KEPT = ("X-Container-Read", "X-Container-Write", "X-Delete-At", "X-Versions-Location")


def metadata(ask: Ask, kind: str, kept: Json) -> Json:
    """The metadata of a thing, with that in the request's headers added or taken away."""
    found = dict(kept)
    for key, value in ask.environ.items():
        name = key[5:].replace("_", "-").title()
        if name.startswith(f"X-{kind}-Meta-") or name in KEPT:
            found[name] = value
        elif name.startswith(f"X-Remove-{kind}-Meta-"):
            found[name.replace("Remove-", "")] = ""
    return {key: value for key, value in found.items() if value != ""}


def account(ask: Ask) -> str:
    """The project whose account is in the path; 403 for that of another, and to change it for readers."""
    project = ask.args["account"].removeprefix("AUTH_")
    reads = ask.method in ("GET", "HEAD")
    if not ask.by.admin and (project != ask.by.project_id or not (reads or ask.by.writes)):
        raise Refusal(403)
    return project


def modified(ask: Ask, at: float) -> str:
    """A time as HTTP writes it, rounded up as Swift does."""
    return ask.time("%a, %d %b %Y %H:%M:%S GMT", int(at) + 1)


def exact(ask: Ask, at: float) -> str:
    """A time as lists write it."""
    return f"{ask.time('%Y-%m-%dT%H:%M:%S', at)}.{int(at % 1 * 1e6):06}"


def listing(ask: Ask, items: list[Json], headers: Json) -> Answer:
    """Containers or objects: those after the marker, with the prefix, folded at the delimiter."""
    prefix, delimiter = ask.asked("prefix"), ask.asked("delimiter")
    found: dict[str, Json] = {}
    for x in sorted(items, key=lambda x: str(x["name"])):
        name = str(x["name"])
        first, parted, _ = name.removeprefix(prefix).partition(delimiter) if delimiter else (name, "", "")
        if parted:
            name = prefix + first + parted
            x = {"subdir": name}
        if name.startswith(prefix) and ask.asked("marker") < name < (ask.asked("end_marker") or "\U0010ffff"):
            found[name] = x
    names = [*reversed(found)] if ask.flag("reverse") else [*found]
    names = names[: int(ask.asked("limit") or 10000)]
    if ask.asked("format") == "json" or "json" in ask.header("Accept"):
        return Answer([found[x] for x in names], 200, {**headers, "Content-Type": "application/json; charset=utf-8"})
    lines = "".join(f"{x}\n" for x in names)
    return Answer(lines, 200 if lines else 204, {**headers, **TEXT})


def total(objects: list[Json]) -> int:
    """How many bytes objects have together."""
    return sum(x["bytes"] for x in objects)


@on(SWIFT, "GET,POST,DELETE,PUT /v1/{account}")
def _account(ask: Ask) -> Answer:
    project = account(ask)
    kept = ask.store.get("account", project) or {"id": project, "meta": {}, "at": ask.now}
    if ask.method == "POST":
        ask.store.put("account", {**kept, "meta": metadata(ask, "Account", kept["meta"])})
        return Answer(None, 204)
    containers, objects = ask.store.all("container", f"{project}/"), ask.store.all("object", f"{project}/")
    counts = {"Container-Count": len(containers), "Object-Count": len(objects), "Bytes-Used": total(objects)}
    headers = {"X-Timestamp": f"{kept['at']:.5f}", "Accept-Ranges": "bytes", **kept["meta"]}
    headers |= {f"X-Account-{key}": value for key, value in counts.items()}
    if containers:
        headers |= {f"X-Account-Storage-Policy-Policy-0-{key}": value for key, value in counts.items()}
        headers["X-Account-Project-Domain-Id"] = "default"
    if ask.method == "HEAD":
        return Answer(None, 204, {**headers, **TEXT, **EMPTY})
    rows = []
    for x in containers:
        inside = [y for y in objects if y["id"].startswith(f"{x['id']}/")]
        rows.append({"name": x["name"], "count": len(inside), "bytes": total(inside), "storage_policy": "Policy-0",
                     "last_modified": exact(ask, int(x["at"]))})  # fmt: skip
    return listing(ask, rows, headers)


@on(SWIFT, "GET,PUT,POST,DELETE /v1/{account}/{container}")
def _container(ask: Ask) -> Answer:
    id = f"{account(ask)}/{ask.args['container']}"
    item = ask.store.get("container", id)
    if item is None and ask.method != "PUT":
        raise Refusal(404)
    if ask.method in ("PUT", "POST"):
        made: Json = item or {"id": id, "name": ask.args["container"], "meta": {}, "at": ask.now}
        ask.store.put("container", {**made, "meta": metadata(ask, "Container", made["meta"])})
        return Answer(None, 204) if ask.method == "POST" else page(202 if item else 201)
    objects, found = ask.store.all("object", f"{id}/"), item or {}
    if ask.method == "DELETE":
        if objects:
            raise Refusal(409)
        ask.store.drop("container", id)
        return Answer(None, 204)
    headers = {"X-Container-Object-Count": len(objects), "X-Container-Bytes-Used": total(objects),
               "Accept-Ranges": "bytes", "X-Storage-Policy": "Policy-0", "X-Timestamp": f"{found['at']:.5f}",
               "Last-Modified": modified(ask, found["at"]), **found["meta"]}  # fmt: skip
    if ask.method == "HEAD":
        return Answer(None, 204, {**headers, **TEXT, **EMPTY})
    rows = [{"name": x["name"], "bytes": x["bytes"], "hash": x["hash"], "content_type": x["type"],
             "last_modified": exact(ask, x["at"])} for x in objects]  # fmt: skip
    return listing(ask, rows, headers)


@on(SWIFT, "GET,PUT,POST,DELETE /v1/{account}/{container}/{object*}")
def _object(ask: Ask) -> Answer:
    box = f"{account(ask)}/{ask.args['container']}"
    id = f"{box}/{ask.args['object']}"
    item = ask.store.get("object", id)
    if not ask.store.get("container", box) or (item is None and ask.method != "PUT"):
        raise Refusal(404)
    if ask.method == "PUT" or item is None:
        return put(ask, id, item)
    if ask.method == "DELETE":
        ask.store.drop("object", id)
        ask.store.forget(f"object-{item['file']}")
        return Answer(None, 204)
    if ask.method == "POST":
        kind = content_type(ask) or item["type"]
        ask.store.put("object", {**item, "meta": metadata(ask, "Object", {}), "at": ask.now, "type": kind})
        return page(202)
    headers = {"Content-Type": item["type"], "Etag": item["hash"], "Last-Modified": modified(ask, item["at"]),
               "X-Timestamp": f"{item['at']:.5f}", "Accept-Ranges": "bytes", **item["meta"]}  # fmt: skip
    size, path = item["bytes"], ask.store.file(f"object-{item['file']}")
    if match := re.fullmatch(r"bytes=(\d*)-(\d*)", ask.header("Range")):
        first = int(match[1]) if match[1] else max(0, size - int(match[2] or 0))
        last = min(int(match[2]), size - 1) if match[1] and match[2] else size - 1
        if first >= size:
            return page(416, {**headers, "Content-Range": f"bytes */{size}"})
        headers |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
        return Answer(pieces(path, first, last - first + 1), 206, headers)
    body: Any = pieces(path) if ask.method == "GET" else None
    return Answer(body, 200, {**headers, "Content-Length": str(size)})


def content_type(ask: Ask) -> str:
    """The type that a request says its body has."""
    return str(ask.environ.get("CONTENT_TYPE") or ask.header("Content-Type"))


def put(ask: Ask, id: str, old: Json | None) -> Answer:
    """Keep an object."""
    file, wanted = new_id(), ask.header("Etag").strip('"')
    kept = ask.store.keep(f"object-{file}", ask.chunks())
    if wanted not in ("", kept["md5"]):
        ask.store.forget(f"object-{file}")
        return page(422)
    name = ask.args["object"]
    kind = content_type(ask) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    item = {"id": id, "name": name, "bytes": kept["size"], "hash": kept["md5"], "type": kind, "file": file}
    ask.store.put("object", {**item, "meta": metadata(ask, "Object", {}), "at": ask.now})
    if old:
        ask.store.forget(f"object-{old['file']}")
    return page(201, {"Etag": kept["md5"], "Last-Modified": modified(ask, ask.now), "Content-Length": "0"})
