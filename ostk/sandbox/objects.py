"""Object store: accounts, containers, objects, their metadata, and ranges."""

import mimetypes
import re
from collections.abc import Iterator
from urllib.parse import unquote

from .data import Json
from .engine import route
from .image import read_chunks
from .messages import Request, Response, abort_if, chunks
from .services import SWIFT, swift_page
from .store import new_id

TEXT = {"Content-Type": "text/plain; charset=utf-8"}
SYSTEM_HEADERS = ("X-Container-Read", "X-Container-Write", "X-Delete-At", "X-Versions-Location")


def metadata(request: Request, kind: str, stored: Json) -> Json:
    """Return metadata with the changes that the headers of the request ask for."""
    found = dict(stored)
    for key, value in request.environ.items():
        header = key[5:].replace("_", "-").title()
        name = header.replace("X-Remove-", "X-")
        if name.startswith(f"X-{kind}-Meta-") or name in SYSTEM_HEADERS:
            found[name] = value if header == name else ""
    return {key: value for key, value in found.items() if value != ""}


def account(request: Request) -> str:
    """Return the project of the account in the path; raises 403 for other projects, and for readers who write."""
    project = request.args["account"].removeprefix("AUTH_")
    own = project == request.identity.project_id and (request.identity.writes or request.method in ("GET", "HEAD"))
    abort_if(not request.identity.admin and not own, 403)
    return project


def object_headers(request: Request, item: Json) -> Json:
    """Return the headers of a container or an object; Swift rounds its time up."""
    modified = request.time("%a, %d %b %Y %H:%M:%S GMT", int(item["at"]) + 1)
    return {"X-Timestamp": f"{item['at']:.5f}", "Last-Modified": modified, "Accept-Ranges": "bytes", **item["meta"]}


def row(request: Request, item: Json, **more: str | int) -> Json:
    """Return a container or an object as a row of a list."""
    time = request.time("%Y-%m-%dT%H:%M:%S", item["at"])
    return {"name": item["name"], "last_modified": f"{time}.{int(item['at'] % 1 * 1e6):06}", **more}


def total(items: list[Json], field: str = "bytes") -> int:
    """Return the sum of a field over items."""
    return sum(x[field] for x in items)


def listing(request: Request, items: list[Json], headers: Json) -> Response:
    """Return containers or objects: after the marker, with the prefix, grouped at the delimiter."""
    if request.method == "HEAD":
        return Response(None, 204, {**headers, **TEXT, "Content-Length": "0"})
    prefix, found = request.query_param("prefix"), dict[str, Json]()
    for x in sorted((x for x in items if x["name"].startswith(prefix)), key=lambda x: str(x["name"])):
        first, folded, _ = x["name"].removeprefix(prefix).partition(request.query_param("delimiter") or "\0")
        name = prefix + first + folded
        if request.query_param("marker") < name < (request.query_param("end_marker") or "\U0010ffff"):
            found[name] = {"subdir": name} if folded else x
    names = [*found][: int(request.query_param("limit") or 10000)]
    if "json" in request.query_param("format") + request.header("Accept"):
        return Response([found[x] for x in names], 200, {**headers, "Content-Type": "application/json; charset=utf-8"})
    lines = "".join(f"{x}\n" for x in names)
    return Response(lines, 200 if lines else 204, {**headers, **TEXT})


@route(SWIFT, "GET,POST /v1/{account}")
def _account(request: Request) -> Response:
    project = account(request)
    stored = request.store.get("account", project) or {"id": project, "meta": {}}
    if request.method == "POST":
        request.store.put("account", {**stored, "meta": metadata(request, "Account", stored["meta"])})
        return Response(None, 204)
    rows = []
    for x in request.store.all("container", f"{project}/"):
        objects = request.store.all("object", f"{x['id']}/")
        rows.append(row(request, x, count=len(objects), bytes=total(objects), storage_policy="Policy-0"))
    headers = {
        "X-Account-Container-Count": len(rows),
        "X-Account-Object-Count": total(rows, "count"),
        "X-Account-Bytes-Used": total(rows),
        **stored["meta"],
    }
    return listing(request, rows, headers)


@route(SWIFT, "GET,PUT,POST,DELETE /v1/{account}/{container}")
def _container(request: Request) -> Response:
    id = f"{account(request)}/{request.args['container']}"
    stored, objects = request.store.get("container", id), request.store.all("object", f"{id}/")
    abort_if(stored is None and request.method != "PUT", 404)
    item: Json = stored or {"id": id, "name": request.args["container"], "meta": {}, "at": request.now}
    if request.method in ("PUT", "POST"):
        request.store.put("container", {**item, "meta": metadata(request, "Container", item["meta"])})
        return Response(None, 204) if request.method == "POST" else swift_page(202 if stored else 201)
    if request.method == "DELETE":
        abort_if(objects, 409)
        request.store.delete("container", id)
        return Response(None, 204)
    headers = {
        "X-Container-Object-Count": len(objects),
        "X-Container-Bytes-Used": total(objects),
        "X-Storage-Policy": "Policy-0",
        **object_headers(request, item),
    }
    rows = [row(request, x, bytes=x["bytes"], hash=x["hash"], content_type=x["type"]) for x in objects]
    return listing(request, rows, headers)


@route(SWIFT, "GET,PUT,POST,DELETE /v1/{account}/{container}/{object*}")
def _object(request: Request) -> Response:
    box = f"{account(request)}/{request.args['container']}"
    id = f"{box}/{request.args['object']}"
    item = request.store.get("object", id)
    abort_if(not request.store.get("container", box) or (item is None and request.method != "PUT"), 404)
    item = item or {"id": id, "name": request.args["object"], "file": "none"}
    if request.method in ("GET", "HEAD"):
        return data(request, item)
    if request.method == "DELETE":
        request.store.delete("object", id)
        request.store.delete_file(item["file"])
        return Response(None, 204)
    item |= {"meta": metadata(request, "Object", {}), "at": request.now}
    output = request.environ.get("CONTENT_TYPE") or request.header("Content-Type")
    if request.method == "PUT" and request.header("X-Copy-From"):
        return copy(request, item)
    if request.method == "PUT":
        guess = mimetypes.guess_type(item["name"])[0] or "application/octet-stream"
        return upload(request, {**item, "type": output or guess}, chunks(request.environ))
    request.store.put("object", {**item, "type": output or item["type"]})
    return swift_page(202)


def copy(request: Request, item: Json) -> Response:
    """Store an object with the data of the one that the header X-Copy-From names, and with its metadata."""
    source = request.store.get("object", f"{account(request)}/{unquote(request.header('X-Copy-From')).lstrip('/')}")
    abort_if(source is None, 404)
    assert source is not None
    fresh = request.header("X-Fresh-Metadata").lower() == "true"
    meta = {**({} if fresh else source["meta"]), **item["meta"]}
    content = read_chunks(request.store.file_path(source["file"]), 0, source["bytes"])
    return upload(request, {**item, "type": source["type"], "meta": meta}, content)


def upload(request: Request, item: Json, content: Iterator[bytes]) -> Response:
    """Store an object with its data."""
    old, file, requested = item["file"], f"object-{new_id()}", request.header("Etag").strip('"')
    stored = request.store.write_file(file, content)
    if requested not in ("", stored["md5"]):
        request.store.delete_file(file)
        return swift_page(422)
    request.store.put("object", {**item, "file": file, "bytes": stored["size"], "hash": stored["md5"]})
    request.store.delete_file(old)
    return swift_page(
        201,
        {"Etag": stored["md5"], "Last-Modified": object_headers(request, item)["Last-Modified"], "Content-Length": "0"},
    )


def data(request: Request, item: Json) -> Response:
    """Return the data of an object, or the range that the request asks for."""
    headers = {"Content-Type": item["type"], "Etag": item["hash"], **object_headers(request, item)}
    size, first, status = item["bytes"], 0, 200
    last = size - 1
    if match := re.fullmatch(r"bytes=(\d*)-(\d*)", request.header("Range")):
        first = int(match[1]) if match[1] else max(0, size - int(match[2] or 0))
        last = min(int(match[2]), last) if match[1] and match[2] else last
        if first > last:
            return swift_page(416, {**headers, "Content-Range": f"bytes */{size}"})
        headers, status = {**headers, "Content-Range": f"bytes {first}-{last}/{size}"}, 206
    count = last - first + 1
    return Response(
        read_chunks(request.store.file_path(item["file"]), first, count),
        status,
        {**headers, "Content-Length": str(count)},
    )
