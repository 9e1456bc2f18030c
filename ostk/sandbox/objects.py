"""Object store: the account of a project, containers, objects, their metadata and ranges."""

from __future__ import annotations

import mimetypes
import re

from .data import Json
from .engine import on
from .image import pieces
from .services import SWIFT, page
from .store import new_id
from .wire import Answer, Ask, chunks, deny

TEXT = {"Content-Type": "text/plain; charset=utf-8"}
KEPT = ("X-Container-Read", "X-Container-Write", "X-Delete-At", "X-Versions-Location")


def metadata(ask: Ask, kind: str, kept: Json) -> Json:
    """The metadata of a thing, with that in the request's headers added or taken away."""
    found = dict(kept)
    for key, value in ask.environ.items():
        header = key[5:].replace("_", "-").title()
        name = header.replace("X-Remove-", "X-")
        if name.startswith(f"X-{kind}-Meta-") or name in KEPT:
            found[name] = value if header == name else ""
    return {key: value for key, value in found.items() if value != ""}


def account(ask: Ask) -> str:
    """The project whose account is in the path; 403 for that of another, and to change it for readers."""
    project = ask.args["account"].removeprefix("AUTH_")
    mine = project == ask.by.project_id and (ask.by.writes or ask.method in ("GET", "HEAD"))
    deny(not ask.by.admin and not mine, 403)
    return project


def dated(ask: Ask, item: Json) -> Json:
    """The headers of a container or an object: its age, rounded up as Swift does, and its metadata."""
    modified = ask.time("%a, %d %b %Y %H:%M:%S GMT", int(item["at"]) + 1)
    return {"X-Timestamp": f"{item['at']:.5f}", "Last-Modified": modified, "Accept-Ranges": "bytes", **item["meta"]}


def row(ask: Ask, item: Json, **more: str | int) -> Json:
    """A container or an object in a list."""
    time = ask.time("%Y-%m-%dT%H:%M:%S", item["at"])
    return {"name": item["name"], "last_modified": f"{time}.{int(item['at'] % 1 * 1e6):06}", **more}


def total(items: list[Json], field: str = "bytes") -> int:
    """How many bytes, or what else is counted, things have together."""
    return sum(x[field] for x in items)


def listing(ask: Ask, items: list[Json], headers: Json) -> Answer:
    """Containers or objects: those after the marker, with the prefix, folded at the delimiter."""
    if ask.method == "HEAD":
        return Answer(None, 204, {**headers, **TEXT, "Content-Length": "0"})
    prefix, found = ask.asked("prefix"), dict[str, Json]()
    for x in sorted((x for x in items if x["name"].startswith(prefix)), key=lambda x: str(x["name"])):
        first, folded, _ = x["name"].removeprefix(prefix).partition(ask.asked("delimiter") or "\0")
        name = prefix + first + folded
        if ask.asked("marker") < name < (ask.asked("end_marker") or "\U0010ffff"):
            found[name] = {"subdir": name} if folded else x
    names = [*found][: int(ask.asked("limit") or 10000)]
    if "json" in ask.asked("format") + ask.header("Accept"):
        return Answer([found[x] for x in names], 200, {**headers, "Content-Type": "application/json; charset=utf-8"})
    lines = "".join(f"{x}\n" for x in names)
    return Answer(lines, 200 if lines else 204, {**headers, **TEXT})


@on(SWIFT, "GET,POST /v1/{account}")
def _account(ask: Ask) -> Answer:
    project = account(ask)
    kept = ask.store.get("account", project) or {"id": project, "meta": {}}
    if ask.method == "POST":
        ask.store.put("account", {**kept, "meta": metadata(ask, "Account", kept["meta"])})
        return Answer(None, 204)
    rows = []
    for x in ask.store.all("container", f"{project}/"):
        inside = ask.store.all("object", f"{x['id']}/")
        rows.append(row(ask, x, count=len(inside), bytes=total(inside), storage_policy="Policy-0"))
    headers = {"X-Account-Container-Count": len(rows), "X-Account-Object-Count": total(rows, "count"),
               "X-Account-Bytes-Used": total(rows), **kept["meta"]}  # fmt: skip
    return listing(ask, rows, headers)


@on(SWIFT, "GET,PUT,POST,DELETE /v1/{account}/{container}")
def _container(ask: Ask) -> Answer:
    id = f"{account(ask)}/{ask.args['container']}"
    kept, objects = ask.store.get("container", id), ask.store.all("object", f"{id}/")
    deny(kept is None and ask.method != "PUT", 404)
    item: Json = kept or {"id": id, "name": ask.args["container"], "meta": {}, "at": ask.now}
    if ask.method in ("PUT", "POST"):
        ask.store.put("container", {**item, "meta": metadata(ask, "Container", item["meta"])})
        return Answer(None, 204) if ask.method == "POST" else page(202 if kept else 201)
    if ask.method == "DELETE":
        deny(objects, 409)
        ask.store.drop("container", id)
        return Answer(None, 204)
    headers = {"X-Container-Object-Count": len(objects), "X-Container-Bytes-Used": total(objects),
               "X-Storage-Policy": "Policy-0", **dated(ask, item)}  # fmt: skip
    rows = [row(ask, x, bytes=x["bytes"], hash=x["hash"], content_type=x["type"]) for x in objects]
    return listing(ask, rows, headers)


@on(SWIFT, "GET,PUT,POST,DELETE /v1/{account}/{container}/{object*}")
def _object(ask: Ask) -> Answer:
    box = f"{account(ask)}/{ask.args['container']}"
    id = f"{box}/{ask.args['object']}"
    item = ask.store.get("object", id)
    deny(not ask.store.get("container", box) or (item is None and ask.method != "PUT"), 404)
    item = item or {"id": id, "name": ask.args["object"], "file": "none"}
    if ask.method in ("GET", "HEAD"):
        return data(ask, item)
    if ask.method == "DELETE":
        ask.store.drop("object", id)
        ask.store.forget(item["file"])
        return Answer(None, 204)
    item |= {"meta": metadata(ask, "Object", {}), "at": ask.now}
    told = ask.environ.get("CONTENT_TYPE") or ask.header("Content-Type")
    if ask.method == "PUT":
        guess = mimetypes.guess_type(item["name"])[0] or "application/octet-stream"
        return upload(ask, {**item, "type": told or guess})
    ask.store.put("object", {**item, "type": told or item["type"]})
    return page(202)


def upload(ask: Ask, item: Json) -> Answer:
    """Keep an object with its data; what it held before goes."""
    old, file, wanted = item["file"], f"object-{new_id()}", ask.header("Etag").strip('"')
    kept = ask.store.keep(file, chunks(ask.environ))
    if wanted not in ("", kept["md5"]):
        ask.store.forget(file)
        return page(422)
    ask.store.put("object", {**item, "file": file, "bytes": kept["size"], "hash": kept["md5"]})
    ask.store.forget(old)
    return page(201, {"Etag": kept["md5"], "Last-Modified": dated(ask, item)["Last-Modified"], "Content-Length": "0"})


def data(ask: Ask, item: Json) -> Answer:
    """The data of an object, or the range of it that is asked for."""
    headers = {"Content-Type": item["type"], "Etag": item["hash"], **dated(ask, item)}
    size, first, status = item["bytes"], 0, 200
    last = size - 1
    if match := re.fullmatch(r"bytes=(\d*)-(\d*)", ask.header("Range")):
        first = int(match[1]) if match[1] else max(0, size - int(match[2] or 0))
        last = min(int(match[2]), last) if match[1] and match[2] else last
        if first > last:
            return page(416, {**headers, "Content-Range": f"bytes */{size}"})
        headers, status = {**headers, "Content-Range": f"bytes {first}-{last}/{size}"}, 206
    count = last - first + 1
    return Answer(pieces(ask.store.file(item["file"]), first, count), status, {**headers, "Content-Length": str(count)})
