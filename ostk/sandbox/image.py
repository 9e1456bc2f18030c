"""Image: images, their data, members, import; deactivation."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from .data import Json, fields, is_true
from .engine import Collection, answers, on, orders
from .refusals import refuse
from .services import GLANCE
from .wire import CHUNK, Answer, Ask, chunks, deny

CHOICES: dict[str, list[str | None]] = {
    "disk_format": [None, *"ami ari aki vhd vhdx vmdk raw qcow2 vdi iso ploop".split()],
    "container_format": [None, *"ami ari aki bare ovf ova docker compressed".split()],
    "visibility": ["community", "public", "private", "shared"],
}
TOLD = frozenset("created_at updated_at file schema self direct_url stores locations".split())
SORTABLE = ("name", "status", "container_format", "disk_format", "size", "id", "created_at", "updated_at")
IMPORTS = {"glance-direct": "uploading", "web-download": "queued", "copy-image": "active"}  # in which status


def seen(ask: Ask, item: Json) -> bool:
    """Whether an image is everybody's, or shared with one's project; a list has those that this one accepted."""
    said = ask.store.get("member", f"{item['id']}/{ask.by.project_id}") or {"status": None}
    wanted = ask.asked("member_status", "accepted") if ask.path.endswith("/v2/images") else "all"
    shared = item["visibility"] == "shared" and said["status"] and wanted in ("all", said["status"])
    return bool(shared) or item["visibility"] in ("public", "community")


def told(ask: Ask, shown: Json, item: Json) -> None:
    """An image with its addresses."""
    path = f"/v2/images/{item['id']}"
    shown |= {"self": path, "file": f"{path}/file", "schema": "/v2/schemas/image", "tags": sorted({*item["tags"]})}
    if item["checksum"]:
        shown |= {"stores": "fast", "direct_url": f"file:///opt/stack/data/glance/fast/{item['id']}"}


COMPARED = ("name", "id", "status", "container_format", "disk_format")


def matches(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """Return whether an image passes a filter, None where values are compared; a colon ends an operator."""
    operator, colon, operand = value.partition(":") if key in COMPARED else ("", "", value)
    deny(bool(colon) and operator not in ("eq", "in"), 400, f"Unable to filter by unknown operator '{operator}'.")
    several = item.get(key) in (operand.split(",") if operator == "in" else [operand]) if colon else None
    other = value == "all" or key == "member_status" or (several if key in item else False)
    return value in item["tags"] if key == "tag" else other


def check(ask: Ask, item: Json, body: Json) -> None:
    """Refuse what an image cannot be, and what only an administrator may make of it."""
    for key in body:
        deny(key in TOLD or "+" in IMAGE.marks.get(key, ""), 403, f"Attribute '{key}' is read-only.")
    for key, known in CHOICES.items():
        refuse(item[key] not in known, "InvalidImage", value=item[key], known=known)
    IMAGE.forbid(body.get("visibility") == "public" and not ask.by.admin, "publicize")


def new_image(ask: Ask, item: Json, body: Json) -> None:
    """A new image, under the ID that was given."""
    refuse(ask.store.get("image", item["id"]), "ImageExists", id=item["id"])
    check(ask, item, body)


def free_image(ask: Ask, item: Json, body: Json) -> None:
    """Only an image that is not protected may go; its data and members go with it."""
    refuse(item["protected"], "ImageProtected", id=item["id"])
    ask.store.drop("member", *(x["id"] for x in ask.store.all("member", f"{item['id']}/")))
    ask.store.forget(f"image-{item['id']}")


IMAGE = Collection(
    GLANCE, "image", """name=null disk_format=null container_format=null visibility=shared protected=false min_ram=0
    min_disk=0 os_hidden=false tags=[] +size=null +virtual_size=null +status=queued +checksum=null +os_hash_algo=null
    +os_hash_value=null""", one="", owner="owner", shared=seen, view=told, matches=matches, making=new_image,
    removing=free_image, verbs="show delete")  # fmt: skip


@on(GLANCE, "GET /v2/images")
def _images(ask: Ask) -> Json:
    for key, _ in orders(ask):
        refuse(key not in SORTABLE, "InvalidSortKey", key=key, known=", ".join(SORTABLE))
    images = ask.store.all("image", os_hidden=is_true(ask.asked("os_hidden")))
    near = [x for x in images if x["visibility"] != "community" or x["owner"] == ask.by.project_id]
    return IMAGE.pages(ask, [x for x in (images if ask.asked("visibility") else near) if IMAGE.visible(ask, x, True)])


@on(GLANCE, "PATCH /v2/images/{id}")
def _change(ask: Ask) -> Json:
    item, given = IMAGE.reach(ask, "modify"), {}
    for step in ask.json():
        key = step["path"].lstrip("/").replace("~1", "/").replace("~0", "~")
        refuse(step["op"] != "add" and key not in item, "NoSuchProperty", key=key)
        if step["op"] == "remove":
            refuse(key in IMAGE.marks, "PropertyStays", key=key)
            item.pop(key)
        else:
            refuse(key in ("disk_format", "container_format") and item["status"] != "queued", "FormatStays", key=key)
            given[key] = item[key] = step["value"]
    check(ask, item, given)
    return IMAGE.wrap(ask, IMAGE.save(ask, item))


def fill(ask: Ask, item: Json, chunks: Iterator[bytes]) -> Json:
    """Keep an image's data; it is active then."""
    kept = ask.store.keep(f"image-{item['id']}", chunks)
    size = kept["size"] or None if item["disk_format"] in ("raw", "iso") else None
    item |= {"size": kept["size"], "checksum": kept["md5"], "os_hash_algo": "sha512", "os_hash_value": kept["sha512"]}
    return IMAGE.save(ask, {**item, "status": "active", "virtual_size": size})


def pieces(path: str, first: int = 0, count: int = sys.maxsize) -> Iterator[bytes]:
    """A file, or some of it, in pieces."""
    with open(path, "rb") as file:
        file.seek(first)
        while piece := file.read(min(count, CHUNK)):
            count -= len(piece)
            yield piece


@on(GLANCE, "PUT /v2/images/{id}/file", "PUT /v2/images/{id}/stage")
def _upload(ask: Ask) -> None:
    item, new = IMAGE.reach(ask, "upload"), "saving" if ask.path.endswith("/file") else "uploading"
    refuse(item["status"] != "queued", "InvalidImageStatusTransition", old=item["status"], new=new)
    refuse(new == "saving" and not (item["disk_format"] and item["container_format"]), "NoFormat")
    if new == "saving":
        fill(ask, item, chunks(ask.environ))
        return
    kept = ask.store.keep(f"image-{item['id']}", chunks(ask.environ))
    ask.store.put("image", {**item, "status": new, "size": kept["size"]})


@on(GLANCE, "GET /v2/images/{id}/file")
def _download(ask: Ask) -> Answer:
    item = IMAGE.find(ask)
    refuse(item["status"] == "deactivated" and not ask.by.admin, "ImageDeactivated")
    if not item["checksum"]:
        return Answer(None, 204)
    headers = {"Content-Type": "application/octet-stream", "Content-MD5": item["checksum"]}
    return Answer(pieces(ask.store.file(f"image-{item['id']}")), 200, {**headers, "Content-Length": str(item["size"])})


@on(GLANCE, "POST /v2/images/{id}/import")
def _import(ask: Ask) -> Answer:
    item, name = IMAGE.reach(ask, "import"), str((ask.json().get("method") or {}).get("name"))
    refuse(name not in IMPORTS, "UnknownImportMethod", name=name)
    refuse(item["status"] != IMPORTS[name], "NotToImport", status=IMPORTS[name], name=name)
    sources = {"glance-direct": pieces(ask.store.file(f"image-{item['id']}")), "web-download": iter([b"practice\n"])}
    IMAGE.forbid(name not in sources and not ask.by.admin, "copy")
    if name in sources:
        fill(ask, item, sources[name])
    return Answer(None, 202)


@on(GLANCE, "POST /v2/images/{id}/actions/deactivate", "POST /v2/images/{id}/actions/reactivate")
def _activation(ask: Ask) -> None:
    item, action = IMAGE.reach(ask, "deactivate"), ask.path.rpartition("/")[2]
    refuse(item["status"] not in ("active", "deactivated"), "NotToActivate", action=action, status=item["status"])
    ask.store.put("image", {**item, "status": "active" if action == "reactivate" else "deactivated"})


def members(ask: Ask) -> list[Json]:
    """The projects that an image is shared with; of these, to others than its owner, only themselves."""
    image, me = IMAGE.find(ask, ask.args["image"]), ask.by.project_id
    refuse(image["visibility"] != "shared", "NotShared", id=image["id"])
    every, found = ask.by.admin or me == image["owner"], ask.store.all("member", f"{image['id']}/")
    return found if every else [x for x in found if me == x["member_id"]]


def new_member(ask: Ask, item: Json, body: Json) -> None:
    """A project that the owner of an image shares it with."""
    known, image, project = members(ask), ask.args["image"], item.pop("member")
    IMAGE.allow(ask, "modify", IMAGE.find(ask, image))
    refuse(project in [x["member_id"] for x in known], "MemberExists", member=project, id=image)
    item |= {"id": f"{image}/{project}", "member_id": project, "image_id": image}


def change_member(ask: Ask, item: Json, body: Json) -> None:
    """Only the project itself says whether it wants an image."""
    owner = not ask.by.admin and ask.by.project_id == IMAGE.find(ask, item["image_id"])["owner"]
    deny(owner, 403, "You are not authorized to complete modify_member action.")


MEMBER = Collection(
    GLANCE, "member", "member status=pending schema=/v2/schemas/member", path="/v2/images/{image}/members", one="",
    key="member_id", see="all", rows=members, making=new_member, changing=change_member, verbs="list show delete",
    missing="{id} not found in the member list of the image {image}.",
    view=lambda ask, told, item: told.pop("id"),
    removing=lambda ask, item, body: IMAGE.allow(ask, "modify", IMAGE.find(ask, item["image_id"])))  # fmt: skip


def snapshot(ask: Ask, server: Json, name: str, metadata: Json) -> str:
    """An image of a server; its ID."""
    given = fields("disk_format=raw container_format=bare visibility=private image_type=snapshot")
    given |= {"name": name, "instance_uuid": server["id"], "base_image_ref": server["_image"], **metadata}
    return str(fill(ask, IMAGE.make(ask, given), iter([f"snapshot of {server['id']}\n".encode()]))["id"])


def usable(ask: Ask, reference: str) -> str:
    """The ID of an image to start a server from, if one is named; 400 for one that there is not."""
    kept = ask.store.get("image", id := reference.rpartition("/")[2])
    refuse(id and not re.fullmatch(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", id), "InvalidImageRef", id=id)
    refuse(id and (kept is None or not IMAGE.visible(ask, kept)), "ImageUnknown")
    refuse(kept and kept["status"] != "active", "ImageNotActive", id=id)
    return id


answers(GLANCE, {
    "POST /v2/images": lambda ask: Answer(
        IMAGE.create(ask).body, 201, {"OpenStack-image-import-methods": ",".join(IMPORTS)}),
    "POST /v2/images/{image}/members": lambda ask: MEMBER.create(ask).body,
    "PUT /v2/images/{image}/members/{id}": MEMBER.update,
    "GET /v2/info/import": lambda ask: {
        "import-methods": {"description": "Import methods available.", "type": "array", "value": [*IMPORTS]}},
    "GET /v2/info/stores": lambda ask: {"stores": [{"id": "fast", "default": "true"}, {"id": "cheap"}]}})  # fmt: skip
