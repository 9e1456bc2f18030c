"""Object store: the account of a project, containers, objects, their metadata and ranges."""

from __future__ import annotations

import re
from typing import Any

from .engine import Manner, on
from .image import pieces
from .store import Json, new_id
from .wire import REASONS, Answer, Ask, Refusal

SENTENCES = {
    202: "The request is accepted for processing.", 404: "The resource could not be found.",
    401: "This server could not verify that you are authorized to access the document you requested.",
    403: "Access was denied to this resource.",
    409: "There was a conflict when trying to complete your request.",
    416: "The Range requested is not available.",
}  # fmt: skip


def fault(ask: Ask, refusal: Refusal) -> Answer:
    """A refusal as Swift writes it."""
    return text(refusal.status)


def text(status: int, headers: dict[str, str] | None = None) -> Answer:
    """An answer that says no more than its status."""
    body = f"<html><h1>{REASONS[status]}</h1><p>{SENTENCES[status]}</p></html>" if status in SENTENCES else ""
    return Answer(body, status, {"Content-Type": "text/html; charset=UTF-8", **(headers or {})})


def sign(ask: Ask, answer: Answer) -> None:
    """The headers of every answer."""
    number = f"tx{ask.number[4:].replace('-', '')[:21]}-{int(ask.now):010x}"
    answer.headers.update({"X-Trans-Id": number, "X-Openstack-Request-Id": number})


MANNER = Manner("object-store", "/object-store", fault, lambda collection, verb: "", sign=sign)


def metadata(ask: Ask, kind: str, kept: Json, whole: bool = False) -> Json:
    """The metadata of a thing with that in the request's headers: added to, or instead of, what it had."""
    found: Json = {} if whole else dict(kept)
    start = f"HTTP_X_{kind}_META_"
    extra = ("HTTP_X_CONTAINER_READ", "HTTP_X_CONTAINER_WRITE", "HTTP_X_DELETE_AT", "HTTP_X_VERSIONS_LOCATION")
    for key, value in ask.environ.items():
        if key.startswith(start) or key in extra:
            found[key[5:].replace("_", "-").title()] = value
        elif key.startswith(f"HTTP_X_REMOVE_{kind}_META_"):
            found.pop(key.replace("_REMOVE", "")[5:].replace("_", "-").title(), None)
    return {key: value for key, value in found.items() if value != ""}


def account(ask: Ask) -> str:
    """The project whose account is in the path; 403 for that of another."""
    project = ask.args["account"].removeprefix("AUTH_")
    if project != ask.by.project_id and not ask.by.admin:
        raise Refusal(403)
    if not ask.by.admin and ask.method not in ("GET", "HEAD") and not ask.by.roles & {"member", "manager"}:
        raise Refusal(403)
    return project


def container(ask: Ask) -> Json:
    """The container in the path."""
    found = ask.store.get("container", f"{account(ask)}/{ask.args['container']}")
    if found is None:
        raise Refusal(404)
    return found


def modified(ask: Ask, at: float) -> str:
    """A time as HTTP writes it, rounded up as Swift does."""
    return ask.time("%a, %d %b %Y %H:%M:%S GMT", int(at) + 1)


def listing(ask: Ask, items: list[Json], headers: dict[str, str]) -> Answer:
    """Containers or objects: those after the marker, with the prefix, folded at the delimiter."""
    prefix, delimiter = ask.asked("prefix"), ask.asked("delimiter")
    found: list[Json] = []
    for x in sorted(items, key=lambda x: str(x["name"])):
        name = x["name"]
        if not name.startswith(prefix):
            continue
        if delimiter and delimiter in name[len(prefix) :]:
            folder = prefix + name[len(prefix) :].partition(delimiter)[0] + delimiter
            x = {"subdir": folder, "name": folder}
            name = folder
        marker, end = ask.asked("marker"), ask.asked("end_marker")
        if name > marker and (not end or name < end) and x not in found:
            found.append(x)
    if "reverse" in dict(ask.query):
        found.reverse()
    found = found[: int(ask.asked("limit") or 10000)]
    if ask.asked("format") == "json" or "json" in ask.header("Accept"):
        told = [{"subdir": x["subdir"]} if "subdir" in x else x for x in found]
        import json

        return Answer(json.dumps(told), 200, {**headers, "Content-Type": "application/json; charset=utf-8"})
    lines = "".join(f"{x['name']}\n" for x in found)
    return Answer(lines, 200 if lines else 204, {**headers, "Content-Type": "text/plain; charset=utf-8"})


@on(MANNER, *(f"{method} /v1/{{account}}" for method in ("GET", "POST", "DELETE", "PUT")))
def _account(ask: Ask) -> Answer:
    project = account(ask)
    kept = ask.store.get("account", project) or {"id": project, "meta": {}, "at": ask.now}
    if ask.method == "POST":
        ask.store.put("account", {**kept, "meta": metadata(ask, "ACCOUNT", kept["meta"])})
        return Answer(None, 204)
    containers = ask.store.all("container", f"{project}/")
    objects = ask.store.all("object", f"{project}/")
    size = str(sum(x["bytes"] for x in objects))
    counts = {"Container-Count": str(len(containers)), "Object-Count": str(len(objects)), "Bytes-Used": size}
    headers = {f"X-Account-{key}": value for key, value in counts.items()}
    headers |= {"X-Timestamp": f"{kept['at']:.5f}", **kept["meta"], "Accept-Ranges": "bytes"}
    if containers:
        headers |= {f"X-Account-Storage-Policy-Policy-0-{key}": value for key, value in counts.items()}
        headers["X-Account-Project-Domain-Id"] = "default"
    if ask.method == "HEAD":
        return Answer(None, 204, {**headers, "Content-Type": "text/plain; charset=utf-8", "Content-Length": "0"})
    rows = []
    for x in containers:
        inside = [y for y in objects if y["id"].startswith(x["id"] + "/")]
        at = ask.time("%Y-%m-%dT%H:%M:%S", x["at"])
        rows.append({"name": x["name"], "count": len(inside), "bytes": sum(y["bytes"] for y in inside),
                     "last_modified": f"{at}.000000", "storage_policy": "Policy-0"})  # fmt: skip
    return listing(ask, rows, headers)


@on(MANNER, *(f"{method} /v1/{{account}}/{{container}}" for method in ("GET", "PUT", "POST", "DELETE")))
def _container(ask: Ask) -> Answer:
    project, name = account(ask), ask.args["container"]
    id = f"{project}/{name}"
    if ask.method == "PUT":
        kept = ask.store.get("container", id)
        item = kept or {"id": id, "name": name, "meta": {}, "at": ask.now}
        ask.store.put("container", {**item, "meta": metadata(ask, "CONTAINER", item["meta"])})
        return text(202 if kept else 201)
    item = container(ask)
    objects = ask.store.all("object", f"{id}/")
    if ask.method == "POST":
        ask.store.put("container", {**item, "meta": metadata(ask, "CONTAINER", item["meta"])})
        return Answer(None, 204)
    if ask.method == "DELETE":
        if objects:
            raise Refusal(409)
        ask.store.drop("container", id)
        return Answer(None, 204)
    headers = {
        "X-Container-Object-Count": str(len(objects)), "X-Timestamp": f"{item['at']:.5f}", **item["meta"],
        "X-Container-Bytes-Used": str(sum(x["bytes"] for x in objects)), "Accept-Ranges": "bytes",
        "Last-Modified": modified(ask, item["at"]), "X-Storage-Policy": "Policy-0",
    }  # fmt: skip
    if ask.method == "HEAD":
        return Answer(None, 204, {**headers, "Content-Type": "text/plain; charset=utf-8", "Content-Length": "0"})
    rows = []
    for x in objects:
        at = ask.time("%Y-%m-%dT%H:%M:%S", x["at"])
        rows.append({"bytes": x["bytes"], "hash": x["hash"], "name": x["name"], "content_type": x["type"],
                     "last_modified": f"{at}.{int(x['at'] % 1 * 1e6):06}"})  # fmt: skip
    return listing(ask, rows, headers)


@on(
    MANNER,
    *(f"{method} /v1/{{account}}/{{container}}/{{object*}}" for method in ("GET", "PUT", "POST", "DELETE", "COPY")),
)
def _object(ask: Ask) -> Answer:
    box, name = container(ask), ask.args["object"]
    id = f"{box['id']}/{name}"
    item = ask.store.get("object", id)
    if ask.method == "PUT":
        return put(ask, id, name, item)
    if item is None:
        raise Refusal(404)
    if ask.method == "DELETE":
        ask.store.drop("object", id)
        ask.store.forget(f"object-{item['file']}")
        return Answer(None, 204)
    if ask.method == "POST":
        kind = ask.environ.get("CONTENT_TYPE") or ask.header("Content-Type") or item["type"]
        ask.store.put("object", {**item, "meta": metadata(ask, "OBJECT", {}, True), "at": ask.now, "type": kind})
        return text(202)
    headers = {"Content-Type": item["type"], "Etag": item["hash"], "Last-Modified": modified(ask, item["at"]),
               "X-Timestamp": f"{item['at']:.5f}", "Accept-Ranges": "bytes", **item["meta"]}  # fmt: skip
    size, path = item["bytes"], ask.store.file(f"object-{item['file']}")
    if match := re.fullmatch(r"bytes=(\d*)-(\d*)", ask.header("Range")):
        first, last = span(match[1], match[2], size)
        if first >= size:
            return text(416, {**headers, "Content-Range": f"bytes */{size}"})
        headers |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
        return Answer(pieces(path, first, last - first + 1), 206, headers)
    body: Any = pieces(path) if ask.method == "GET" else None
    return Answer(body, 200, {**headers, "Content-Length": str(size)})


def span(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte that a range names."""
    if not first:
        return max(0, size - int(last or 0)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def put(ask: Ask, id: str, name: str, old: Json | None) -> Answer:
    """Keep an object."""
    file = new_id()
    kept = ask.store.keep(f"object-{file}", ask.chunks())
    wanted = ask.header("Etag").strip('"')
    if wanted and wanted != kept["md5"]:
        ask.store.forget(f"object-{file}")
        return Answer(
            "<html><h1>Unprocessable Entity</h1><p>Unable to process the contained instructions</p></html>", 422
        )
    import mimetypes

    kind = ask.environ.get("CONTENT_TYPE") or ask.header("Content-Type")
    kind = kind or mimetypes.guess_type(name)[0] or "application/octet-stream"
    ask.store.put("object", {"id": id, "name": name, "bytes": kept["size"], "hash": kept["md5"], "type": kind,
                             "meta": metadata(ask, "OBJECT", {}, True), "at": ask.now,
                             "file": file})  # fmt: skip
    if old:
        ask.store.forget(f"object-{old['file']}")
    return text(201, {"Etag": kept["md5"], "Last-Modified": modified(ask, ask.now), "Content-Length": "0"})
