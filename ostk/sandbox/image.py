"""Image: images, their data, members, import; deactivation."""

from __future__ import annotations

from collections.abc import Iterator

from .data import Json, truth
from .engine import Collection, answers, on, orders
from .refusals import refuse
from .services import GLANCE
from .wire import CHUNK, Answer, Ask, Refusal

DISKS = (None, "ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop")
READ_ONLY = frozenset(
    "status size virtual_size checksum os_hash_algo os_hash_value created_at updated_at file schema self direct_url "
    "stores locations".split()
)
SORTABLE = ("name", "status", "container_format", "disk_format", "size", "id", "created_at", "updated_at")
METHODS = ["glance-direct", "web-download", "copy-image"]


def seen(ask: Ask, item: Json) -> bool:
    """Whether an image is everybody's, or shared with one's project."""
    return item["visibility"] in ("public", "community") or bool(member(ask, item))


def member(ask: Ask, item: Json) -> Json | None:
    """What one's project has said to an image that is shared with it."""
    return ask.store.get("member", f"{item['id']}/{ask.by.project_id}")


def told(ask: Ask, shown: Json, item: Json) -> None:
    """An image with its addresses."""
    path = f"/v2/images/{item['id']}"
    shown.update(self=path, file=f"{path}/file", schema="/v2/schemas/image", tags=sorted(item["tags"]))
    shown |= {"stores": "fast"} if item["status"] == "active" else {}


def matches(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """The filters of images."""
    if key == "tag":
        return value in item["tags"]
    if key in ("size_min", "size_max"):
        size = item["size"] or 0
        return bool(size >= int(value) if key == "size_min" else size <= int(value))
    if key in ("os_hidden", "member_status", "protected"):
        return True
    if value.startswith("in:"):
        return str(item.get(key)) in value[3:].split(",")
    return None if key in item else False


def check(ask: Ask, item: Json, body: Json) -> None:
    """Refuse what an image cannot be, and what only an administrator may make of it."""
    for key in READ_ONLY & body.keys():
        raise Refusal(403, f"Attribute '{key}' is read-only.")
    refuse(item["disk_format"] not in DISKS, "InvalidDiskFormat", format=item["disk_format"], known=list(DISKS))
    if body.get("visibility") == "public" and not ask.by.admin:
        raise IMAGE.forbidden("publicize")


def new_image(ask: Ask, item: Json, body: Json) -> None:
    """A new image, under the ID that was given."""
    refuse(body.get("id") and ask.store.get("image", body["id"]), "ImageExists", id=item["id"])
    check(ask, item, body)


def free_image(ask: Ask, item: Json, body: Json) -> None:
    """Only an image that is not protected may go; its data and members go with it."""
    refuse(item["protected"], "ImageProtected", id=item["id"])
    ask.store.drop("member", *(f"{item['id']}/{x['member_id']}" for x in ask.store.all("member", f"{item['id']}/")))
    for kind in ("image", "stage"):
        ask.store.forget(f"{kind}-{item['id']}")


IMAGE = Collection(
    GLANCE, "image", """name=null disk_format=null container_format=null visibility=shared protected=false min_ram=0
    min_disk=0 os_hidden=false tags=[] +size=null +virtual_size=null +status=queued +checksum=null +os_hash_algo=null
    +os_hash_value=null""", one="", owner="owner", shared=seen, view=told, matches=matches, making=new_image,
    removing=free_image, verbs="show create delete",
)  # fmt: skip


@on(GLANCE, "GET /v2/images")
def _images(ask: Ask) -> Json:
    for key, _ in orders(ask):
        refuse(key not in SORTABLE, "InvalidSortKey", key=key, known=", ".join(SORTABLE))
    hidden, wanted = truth(ask.asked("os_hidden")), ask.asked("member_status", "accepted")
    found = []
    for x in ask.store.all("image"):
        listed = IMAGE.visible(ask, x, True) and x["os_hidden"] == hidden
        if x["owner"] != ask.by.project_id:
            taken = ask.by.admin or wanted in ("all", (member(ask, x) or {}).get("status"))
            listed = listed and (x["visibility"] != "community" or bool(ask.asked("visibility")))
            listed = listed and (x["visibility"] != "shared" or taken)
        found += [x] if listed else []
    return IMAGE.pages(ask, found)


def owned(ask: Ask, verb: str = "modify", id: str = "") -> Json:
    """An image, by default that in the path, for who may change it."""
    item = IMAGE.find(ask, id)
    IMAGE.allow(ask, verb, item)
    return item


@on(GLANCE, "PATCH /v2/images/{id}")
def _change(ask: Ask) -> Json:
    item, given = owned(ask), {}
    for step in ask.json():
        key = step["path"].lstrip("/").replace("~1", "/").replace("~0", "~")
        refuse(step["op"] != "add" and key not in item, "NoSuchProperty", key=key)
        if step["op"] == "remove":
            item.pop(key)
        else:
            given[key] = item[key] = step["value"]
    check(ask, item, given)
    return IMAGE.wrap(ask, IMAGE.save(ask, item))


def fill(ask: Ask, item: Json, chunks: Iterator[bytes]) -> Json:
    """Keep an image's data; it is active then."""
    kept = ask.store.keep(f"image-{item['id']}", chunks)
    size = kept["size"] if item["disk_format"] in ("raw", "iso") else None
    item |= {"size": kept["size"], "checksum": kept["md5"], "os_hash_algo": "sha512", "os_hash_value": kept["sha512"]}
    return IMAGE.save(ask, {**item, "status": "active", "virtual_size": size})


def pieces(path: str, first: int = 0, count: int = -1) -> Iterator[bytes]:
    """A file, or some of it, in pieces."""
    with open(path, "rb") as file:
        file.seek(first)
        while count and (piece := file.read(CHUNK if count < 0 else min(count, CHUNK))):
            count -= len(piece) if count > 0 else 0
            yield piece


@on(GLANCE, "PUT /v2/images/{id}/file", "PUT /v2/images/{id}/stage")
def _upload(ask: Ask) -> None:
    item = owned(ask, "upload")
    refuse(not item["disk_format"] or not item["container_format"], "NoFormat")
    refuse(item["status"] not in ("queued", "uploading"), "InvalidImageStatusTransition", status=item["status"])
    if ask.path.endswith("/file"):
        fill(ask, item, ask.chunks())
    else:
        kept = ask.store.keep(f"stage-{item['id']}", ask.chunks())
        ask.store.put("image", {**item, "status": "uploading", "size": kept["size"]})


@on(GLANCE, "GET /v2/images/{id}/file")
def _download(ask: Ask) -> Answer:
    item = IMAGE.find(ask)
    refuse(item["status"] == "deactivated" and not ask.by.admin, "ImageDeactivated")
    if item["status"] not in ("active", "deactivated"):
        return Answer(None, 204)
    headers = {"Content-Type": "application/octet-stream", "Content-MD5": item["checksum"]}
    return Answer(pieces(ask.store.file(f"image-{item['id']}")), 200, {**headers, "Content-Length": str(item["size"])})


@on(GLANCE, "POST /v2/images/{id}/import")
def _import(ask: Ask) -> Answer:
    item, name = owned(ask, "import"), (ask.json().get("method") or {}).get("name")
    refuse(name not in METHODS, "UnknownImportMethod", name=name)
    if name != "copy-image":
        refuse(
            item["status"] != ("uploading" if name == "glance-direct" else "queued"),
            "NotToImport",
            status=item["status"],
        )
        staged = (
            pieces(ask.store.file(f"stage-{item['id']}")) if item["status"] == "uploading" else iter([b"practice\n"])
        )
        fill(ask, item, staged)
        ask.store.forget(f"stage-{item['id']}")
    return Answer(None, 202)


def made_of(ask: Ask, text: str, given: Json) -> Json:
    """An image that another service makes."""
    return fill(ask, IMAGE.make(ask, given), iter([text.encode()]))


def snapshot(ask: Ask, server: Json, name: str, metadata: Json) -> str:
    """An image of a server; its ID."""
    given = {"name": name, "disk_format": "raw", "container_format": "bare", "visibility": "private",
             "image_type": "snapshot", "instance_uuid": server["id"], **metadata}  # fmt: skip
    given |= {"base_image_ref": server["_image"]} if server["_image"] else {}
    return str(made_of(ask, f"snapshot of {server['id']}\n", given)["id"])


def usable(ask: Ask, reference: str) -> str:
    """The ID of an image to start a server from; 400 for one that there is not."""
    import re

    id = reference.rpartition("/")[2]
    refuse(id and not re.fullmatch(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", id), "InvalidImageRef", id=id)
    kept = ask.store.get("image", id) if id else None
    refuse(id and (kept is None or not IMAGE.visible(ask, kept)), "ImageUnknown")
    refuse(kept and kept["status"] != "active", "ImageNotActive", id=id)
    return id


@on(GLANCE, "POST /v2/images/{id}/actions/{action}")
def _activation(ask: Ask) -> None:
    item, action = owned(ask, "deactivate"), ask.args["action"]
    old, new = {"deactivate": ("active", "deactivated"), "reactivate": ("deactivated", "active")}.get(action, ("", ""))
    refuse(item["status"] not in (old, new), "NotToActivate", action=action, status=item["status"])
    ask.store.put("image", {**item, "status": new})


def members(ask: Ask) -> list[Json]:
    """The projects that an image is shared with; of these, to others than its owner, only themselves."""
    item = IMAGE.find(ask, ask.args["image"])
    own = item["owner"] == ask.by.project_id or ask.by.admin
    return [x for x in ask.store.all("member", f"{item['id']}/") if own or x["member_id"] == ask.by.project_id]


MEMBER = Collection(
    GLANCE, "member", "member_id", path="/v2/images/{image}/members", one="", rows=members, key="member_id", see="all",
    verbs="list show", missing="{id} not found in the member list of the image {image}.",
)  # fmt: skip


@on(GLANCE, "POST /v2/images/{image}/members", "PUT,DELETE /v2/images/{image}/members/{id}")
def _member(ask: Ask) -> Json | Answer:
    image = ask.args["image"]
    if ask.method == "PUT":
        item = MEMBER.find(ask) | {"status": ask.json()["status"], "updated_at": ask.time()}
        return ask.store.put("member", item, f"{image}/{item['member_id']}")
    owned(ask, "modify", image)
    if ask.method == "DELETE":
        ask.store.drop("member", f"{image}/{MEMBER.find(ask)['member_id']}")
        return Answer(None, 204)
    project = str(ask.json()["member"])
    refuse(IMAGE.find(ask, image)["visibility"] != "shared", "NotShared")
    refuse(ask.store.get("member", f"{image}/{project}"), "MemberExists", member=project, id=image)
    made: Json = {"member_id": project, "image_id": image, "status": "pending", "schema": "/v2/schemas/member"}
    return ask.store.put("member", made | {"created_at": ask.time(), "updated_at": ask.time()}, f"{image}/{project}")


answers(GLANCE, {
    "GET /v2/info/import": lambda ask: {
        "import-methods": {"description": "Import methods available.", "type": "array", "value": METHODS}},
    "GET /v2/info/stores": lambda ask: {"stores": [{"id": "fast", "default": "true"}, {"id": "cheap"}]},
    "GET /v2/schemas/{name}": lambda ask: {"name": ask.args["name"], "properties": {}},
})  # fmt: skip
