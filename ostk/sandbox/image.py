"""Image: images, their data, members, tags, import; deactivation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .engine import Collection, Manner, following_query, on, orders, serve
from .store import Json
from .wire import CHUNK, Answer, Ask, Refusal, page, truth

DISKS = (None, "ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop")
READ_ONLY = frozenset(
    "status size virtual_size checksum os_hash_algo os_hash_value created_at updated_at file schema self "
    "direct_url stores locations".split()
)
SORTABLE = ("name", "status", "container_format", "disk_format", "size", "id", "created_at", "updated_at")
METHODS = ["glance-direct", "web-download", "copy-image"]


def fault(ask: Ask, refusal: Refusal) -> Answer:
    """A refusal as Glance writes it: a web page."""
    message = refusal.message
    if refusal.status == 401:
        message = "This server could not verify that you are authorized to access the document you requested."
    return Answer(page(refusal.status, message))


def more(ask: Ask, collection: Collection, following: str) -> Json:
    """The links of a list."""
    path, query = ask.path.removeprefix("/image"), ask.environ.get("QUERY_STRING", "")
    found = {"first": path + (f"?{query}" if query else ""), "schema": "/v2/schemas/images"}
    return {**found, **({"next": f"{path}?{following_query(ask, following)}"} if following else {})}


def stamp(ask: Ask, item: Json, new: bool) -> None:
    """Times."""
    item["updated_at"] = ask.time()
    item.setdefault("created_at", ask.time())


def public(ask: Ask) -> Answer | None:
    """The version document."""
    if ask.path.rstrip("/") not in ("/image", "/image/versions"):
        return None
    link = [{"rel": "self", "href": f"{ask.host}/image/v2/"}]
    minors = range(17, -1, -1)
    versions = [{"id": f"v2.{n}", "status": "CURRENT" if n == 17 else "SUPPORTED", "links": link} for n in minors]
    return Answer({"versions": versions}, 300)


MANNER = Manner(
    "image", "/image", fault,
    lambda c, verb: f"You are not authorized to complete {'add' if verb == 'create' else verb}_image action.",
    stamp=stamp, more=more, created=201, newest_first=True, public=public,
    sign=lambda ask, answer: answer.headers.update({"x-openstack-request-id": ask.number}),
)  # fmt: skip


def seen(ask: Ask, item: Json) -> bool:
    """Whether an image is one's own, everybody's, or shared with one's project."""
    own = item["owner"] == ask.by.project_id or item["visibility"] in ("public", "community") or ask.by.admin
    return bool(own or ask.store.get("member", f"{item['id']}/{ask.by.project_id}"))


def told(ask: Ask, shown: Json, item: Json) -> Json:
    """An image with its addresses."""
    path = f"/v2/images/{item['id']}"
    shown.update(self=path, file=f"{path}/file", schema="/v2/schemas/image", tags=sorted(item["tags"]))
    if item["status"] == "active":
        shown["stores"] = "fast"
    return shown


def matches(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """The filters of images."""
    if key == "tag":
        return value in item["tags"]
    if key in ("size_min", "size_max"):
        size = item["size"] or 0
        return bool(size >= int(value) if key == "size_min" else size <= int(value))
    if key in ("os_hidden", "member_status", "protected"):
        return key != "os_hidden" or bool(item["os_hidden"]) == truth(value)
    if value.startswith("in:"):
        return str(item.get(key)) in value[3:].split(",")
    return bool(str(item.get(key)) == value) if key not in item else None


IMAGE = Collection(
    MANNER, "image", "/v2/images", "image", "images",
    {"name": None, "disk_format": None, "container_format": None, "visibility": "shared", "protected": False,
     "min_ram": 0, "min_disk": 0, "os_hidden": False, "tags": []},
    {"size": None, "virtual_size": None, "status": "queued", "checksum": None, "os_hash_algo": None,
     "os_hash_value": None},
    missing="No image found with ID {id}", shared=seen, view=told, matches=matches, verbs="",
)  # fmt: skip


@on(MANNER, "GET /v2/images")
def _images(ask: Ask) -> Json:
    for key, _ in orders(ask):
        if key not in SORTABLE:
            raise Refusal(400, f"Invalid sort key: {key}. It must be one of the following: {', '.join(SORTABLE)}.")
    asked = dict(ask.query)
    found = []
    for x in ask.store.all("image"):
        mine = x["owner"] == ask.by.project_id
        listed = seen(ask, x) and (x["visibility"] != "community" or mine or "visibility" in asked)
        listed = listed and (ask.by.admin or mine or x["visibility"] != "shared" or accepted(ask, x, asked))
        if listed and (bool(x["os_hidden"]) == truth(asked.get("os_hidden", "false"))) and IMAGE.chosen(ask, x):
            found.append(x)
    return IMAGE.pages(ask, found)


def accepted(ask: Ask, item: Json, asked: dict[str, str]) -> bool:
    """Whether this project has taken an image that is shared with it."""
    member = ask.store.get("member", f"{item['id']}/{ask.by.project_id}") or {}
    return asked.get("member_status", "accepted") in ("all", member.get("status"))


def check(ask: Ask, item: Json, fields: Json) -> None:
    """Refuse what an image cannot be, and what only an administrator may make of it."""
    for key in fields:
        if key in READ_ONLY:
            raise Refusal(403, f"Attribute '{key}' is read-only.")
    if item["disk_format"] not in DISKS:
        raise Refusal(400,
                      f"Provided object does not match schema 'image': '{item['disk_format']}' is not one of "
                      f"{list(DISKS)}")  # fmt: skip
    if fields.get("visibility") == "public" and not ask.by.admin:
        raise Refusal(403, "You are not authorized to complete publicize_image action.")


@on(MANNER, "POST /v2/images")
def _create(ask: Ask) -> Answer:
    body = ask.json()
    if body.get("id") and ask.store.get("image", body["id"]):
        raise Refusal(409, f"Image ID {body['id']} already exists!")
    IMAGE.allow(ask, "create")
    check(ask, {"disk_format": None, **body}, body)
    item = IMAGE.make(ask, {"owner": ask.by.project_id, **body})
    item.pop("project_id", None)
    ask.store.put("image", item)
    headers = {"Location": f"{ask.host}/image/v2/images/{item['id']}",
               "OpenStack-image-store-ids": "fast,cheap",
               "OpenStack-image-import-methods": ",".join(METHODS)}  # fmt: skip
    return Answer(IMAGE.shown(ask, item), 201, headers)


@on(MANNER, "GET /v2/images/{id}")
def _show(ask: Ask) -> Json:
    return IMAGE.shown(ask, IMAGE.find(ask))


def owned(ask: Ask, verb: str = "modify") -> Json:
    """The image in the path, for who may change it."""
    item = IMAGE.find(ask)
    if item["owner"] != ask.by.project_id and not ask.by.admin:
        raise Refusal(403, f"You are not permitted to {verb} this image.")
    IMAGE.allow(ask, verb, {**item, "project_id": item["owner"]})
    return item


@on(MANNER, "PATCH /v2/images/{id}")
def _change(ask: Ask) -> Json:
    item, given = owned(ask), {}
    for step in ask.json():
        key = step["path"].lstrip("/").replace("~1", "/").replace("~0", "~")
        if step["op"] in ("remove", "replace") and key not in item:
            raise Refusal(
                409, f"There was a conflict when trying to complete your request. Property {key} does not exist."
            )
        if step["op"] == "remove":
            item.pop(key)
        else:
            given[key] = item[key] = step["value"]
    check(ask, item, given)
    stamp(ask, item, False)
    return IMAGE.shown(ask, ask.store.put("image", item))


@on(MANNER, "DELETE /v2/images/{id}")
def _delete(ask: Ask) -> Answer:
    item = owned(ask, "delete")
    if item["protected"]:
        raise Refusal(403, f"Image {item['id']} is protected and cannot be deleted.")
    ask.store.drop("image", item["id"])
    for x in ask.store.all("member", f"{item['id']}/"):
        ask.store.drop("member", f"{item['id']}/{x['member_id']}")
    ask.store.forget(f"image-{item['id']}")
    ask.store.forget(f"stage-{item['id']}")
    return Answer(None, 204)


# -- data ---------------------------------------------------------------------------------------------


def fill(ask: Ask, item: Json, chunks: Iterator[bytes]) -> Json:
    """Keep an image's data; it is active then."""
    kept = ask.store.keep(f"image-{item['id']}", chunks)
    item.update(size=kept["size"], checksum=kept["md5"], os_hash_algo="sha512", os_hash_value=kept["sha512"])
    item.update(status="active", virtual_size=kept["size"] if item["disk_format"] in ("raw", "iso") else None)
    stamp(ask, item, False)
    return ask.store.put("image", item)


@on(MANNER, "PUT /v2/images/{id}/file", "PUT /v2/images/{id}/stage")
def _upload(ask: Ask) -> Answer:
    item = owned(ask, "upload")
    if not item["disk_format"] or not item["container_format"]:
        raise Refusal(400, "Properties disk_format, container_format must be set prior to saving data.")
    if item["status"] not in ("queued", "uploading"):
        raise Refusal(409, f"Image status transition from {item['status']} to saving is not allowed")
    if ask.path.endswith("/file"):
        fill(ask, item, ask.chunks())
    else:
        kept = ask.store.keep(f"stage-{item['id']}", ask.chunks())
        ask.store.put("image", {**item, "status": "uploading", "size": kept["size"]})
    return Answer(None, 204)


def pieces(path: str, first: int = 0, count: int = -1) -> Iterator[bytes]:
    """A file, or some of it, in pieces."""
    with open(path, "rb") as file:
        file.seek(first)
        while count and (piece := file.read(CHUNK if count < 0 else min(count, CHUNK))):
            count -= len(piece) if count > 0 else 0
            yield piece


@on(MANNER, "GET /v2/images/{id}/file")
def _download(ask: Ask) -> Answer:
    item = IMAGE.find(ask)
    if item["status"] == "deactivated" and not ask.by.admin:
        raise Refusal(403, "The requested image has been deactivated. Image data download is forbidden.")
    if item["status"] not in ("active", "deactivated"):
        return Answer(None, 204)
    headers = {"Content-Type": "application/octet-stream", "Content-MD5": item["checksum"]}
    headers["Content-Length"] = str(item["size"])
    return Answer(pieces(ask.store.file(f"image-{item['id']}")), 200, headers)


@on(MANNER, "POST /v2/images/{id}/import")
def _import(ask: Ask) -> Answer:
    item, method = owned(ask, "import"), ask.json().get("method") or {}
    name = method.get("name")
    if name not in METHODS:
        raise Refusal(400, f"Unknown import method name '{name}'.")
    if name == "copy-image":
        return Answer(None, 202)
    if name == "glance-direct" and item["status"] != "uploading":
        raise Refusal(409, "Only images with status 'uploading' can be imported")
    staged = pieces(ask.store.file(f"stage-{item['id']}")) if name == "glance-direct" else iter([b"practice image\n"])
    fill(ask, item, staged)
    ask.store.forget(f"stage-{item['id']}")
    return Answer(None, 202)


def snapshot(ask: Ask, server: Json, name: str, metadata: Json) -> str:
    """An image of a server; its ID."""
    given = {"name": name, "disk_format": "raw", "container_format": "bare", "visibility": "private",
             "owner": ask.by.project_id, "image_type": "snapshot", "instance_uuid": server["id"],
             "base_image_ref": server["_image"], **metadata}  # fmt: skip
    item = IMAGE.make(ask, {key: value for key, value in given.items() if value is not None})
    item.pop("project_id", None)
    fill(ask, item, iter([f"snapshot of {server['id']}\n".encode()]))
    return str(item["id"])


@on(MANNER, "POST /v2/images/{id}/actions/{action}")
def _activation(ask: Ask) -> Answer:
    item, action = owned(ask, "deactivate"), ask.args["action"]
    old, new = {"deactivate": ("active", "deactivated"), "reactivate": ("deactivated", "active")}.get(action, ("", ""))
    if item["status"] not in (old, new):
        raise Refusal(403, f"Not allowed to {action} image in status '{item['status']}'")
    ask.store.put("image", {**item, "status": new})
    return Answer(None, 204)


# -- tags and members ---------------------------------------------------------------------------------


@on(MANNER, "PUT /v2/images/{id}/tags/{tag}", "DELETE /v2/images/{id}/tags/{tag}")
def _tag(ask: Ask) -> Answer:
    item, tag = owned(ask), ask.args["tag"]
    if ask.method == "DELETE" and tag not in item["tags"]:
        raise Refusal(404, "The resource could not be found.")
    item["tags"] = [x for x in item["tags"] if x != tag] + ([tag] if ask.method == "PUT" else [])
    ask.store.put("image", item)
    return Answer(None, 204)


@on(MANNER, "GET /v2/images/{id}/members", "POST /v2/images/{id}/members")
@on(MANNER, *(f"{method} /v2/images/{{id}}/members/{{member}}" for method in ("GET", "PUT", "DELETE")))
def _members(ask: Ask) -> Json | Answer:
    item, member = IMAGE.find(ask), ask.args.get("member", "")
    if ask.method == "POST":
        member = owned(ask)["id"] and str(ask.json()["member"])
        if item["visibility"] != "shared":
            raise Refusal(403, "Only shared images have members.")
        if ask.store.get("member", f"{item['id']}/{member}"):
            raise Refusal(409, f"Member {member} is duplicated for image {item['id']}")
        kept: Json = {"member_id": member, "image_id": item["id"], "status": "pending", "created_at": ask.time()}
        return ask.store.put("member", {**kept, "updated_at": ask.time(), "schema": "/v2/schemas/member"},
                             f"{item['id']}/{member}")  # fmt: skip
    if not member:
        mine = item["owner"] == ask.by.project_id or ask.by.admin
        found = ask.store.all("member", f"{item['id']}/")
        found = [x for x in found if mine or x["member_id"] == ask.by.project_id]
        return {"members": found, "schema": "/v2/schemas/members"}
    one = ask.store.get("member", f"{item['id']}/{member}")
    if one is None:
        raise Refusal(404, f"{member} not found in the member list of the image {item['id']}.")
    if ask.method == "PUT":
        one.update(status=ask.json()["status"], updated_at=ask.time())
        ask.store.put("member", one, f"{item['id']}/{member}")
    elif ask.method == "DELETE":
        owned(ask)
        ask.store.drop("member", f"{item['id']}/{member}")
        return Answer(None, 204)
    return one


@on(MANNER, "GET /v2/info/import", "GET /v2/info/stores", "GET /v2/tasks", "GET /v2/schemas/{name}")
def _information(ask: Ask) -> Json:
    told: dict[str, Any] = {
        "import": {"import-methods": {"description": "Import methods available.", "type": "array", "value": METHODS}},
        "stores": {"stores": [{"id": "fast", "default": "true"}, {"id": "cheap"}]},
        "tasks": {"tasks": [], "first": "/v2/tasks", "schema": "/v2/schemas/tasks"},
    }
    schema = {"name": ask.args.get("name", ""), "properties": {}, "additionalProperties": {"type": "string"}}
    found: Json = told.get(ask.path.rpartition("/")[2], schema)
    return found


serve(IMAGE)
