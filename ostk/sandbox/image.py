"""Image: images, their data, members, import, deactivation."""

import re
import sys
from collections.abc import Iterator

from .api_errors import raise_if
from .data import Json, fields, is_true
from .engine import Collection, add_routes, route, sort_keys
from .messages import CHUNK, Request, Response, abort_if, chunks
from .services import GLANCE

CHOICES: dict[str, list[str | None]] = {
    "disk_format": [None, *"ami ari aki vhd vhdx vmdk raw qcow2 vdi iso ploop".split()],
    "container_format": [None, *"ami ari aki bare ovf ova docker compressed".split()],
    "visibility": ["community", "public", "private", "shared"],
}
READ_ONLY = frozenset("created_at updated_at file schema self direct_url stores locations".split())
SORT_KEYS = ("name", "status", "container_format", "disk_format", "size", "id", "created_at", "updated_at")
IMPORT_METHODS = {
    "glance-direct": "uploading",
    "web-download": "queued",
    "copy-image": "active",
}  # method → required status


def is_shared_with(request: Request, item: Json) -> bool:
    """Return whether an image is public, or shared with the project; a list has accepted images only."""
    membership = request.store.get("member", f"{item['id']}/{request.identity.project_id}") or {"status": None}
    requested = request.query_param("member_status", "accepted") if request.path.endswith("/v2/images") else "all"
    shared = item["visibility"] == "shared" and membership["status"] and requested in ("all", membership["status"])
    return bool(shared) or item["visibility"] in ("public", "community")


def represent_image(request: Request, output: Json, item: Json) -> None:
    """Add the URLs of an image."""
    path = f"/v2/images/{item['id']}"
    output |= {"self": path, "file": f"{path}/file", "schema": "/v2/schemas/image", "tags": sorted({*item["tags"]})}
    if item["checksum"]:
        output |= {"stores": "fast", "direct_url": f"file:///opt/stack/data/glance/fast/{item['id']}"}


OPERATOR_FILTERS = ("name", "id", "status", "container_format", "disk_format")


def match_image(request: Request, item: Json, key: str, value: str) -> bool | None:
    """Return whether an image passes a filter, None to compare the field; a value may have an operator: `eq:a`."""
    operator, colon, operand = value.partition(":") if key in OPERATOR_FILTERS else ("", "", value)
    abort_if(bool(colon) and operator not in ("eq", "in"), 400, f"Unable to filter by unknown operator '{operator}'.")
    found = item.get(key) in (operand.split(",") if operator == "in" else [operand]) if colon else None
    other = value == "all" or key == "member_status" or (found if key in item else False)
    return value in item["tags"] if key == "tag" else other


def validate_image(request: Request, item: Json, body: Json) -> None:
    """Raise an error for values that an image cannot have, or that only an administrator may set."""
    for key in body:
        abort_if(key in READ_ONLY or "+" in IMAGE.marks.get(key, ""), 403, f"Attribute '{key}' is read-only.")
    for key, known in CHOICES.items():
        raise_if(item[key] not in known, "InvalidImage", value=item[key], known=known)
    IMAGE.forbid_if(body.get("visibility") == "public" and not request.identity.admin, "publicize")


def before_image_create(request: Request, item: Json, body: Json) -> None:
    """Check a new image with a given ID."""
    raise_if(request.store.get("image", item["id"]), "ImageExists", id=item["id"])
    validate_image(request, item, body)


def before_image_delete(request: Request, item: Json, body: Json) -> None:
    """Raise 403 for a protected image; delete the data and the members of another."""
    raise_if(item["protected"], "ImageProtected", id=item["id"])
    request.store.delete("member", *(x["id"] for x in request.store.all("member", f"{item['id']}/")))
    request.store.delete_file(f"image-{item['id']}")


IMAGE = Collection(
    GLANCE,
    "image",
    """name=null disk_format=null container_format=null visibility=shared protected=false min_ram=0
    min_disk=0 os_hidden=false tags=[] +size=null +virtual_size=null +status=queued +checksum=null +os_hash_algo=null
    +os_hash_value=null""",
    body_key="",
    owner_field="owner",
    is_shared=is_shared_with,
    adjust_output=represent_image,
    match_filter=match_image,
    before_create=before_image_create,
    before_delete=before_image_delete,
    verbs="show delete",
)


@route(GLANCE, "GET /v2/images")
def _images(request: Request) -> Json:
    for key, _ in sort_keys(request):
        raise_if(key not in SORT_KEYS, "InvalidSortKey", key=key, known=", ".join(SORT_KEYS))
    images = request.store.all("image", os_hidden=is_true(request.query_param("os_hidden")))
    listed = [x for x in images if x["visibility"] != "community" or x["owner"] == request.identity.project_id]
    return IMAGE.paginate(
        request,
        [x for x in (images if request.query_param("visibility") else listed) if IMAGE.visible(request, x, True)],
    )


@route(GLANCE, "PATCH /v2/images/{id}")
def _change(request: Request) -> Json:
    item, given = IMAGE.find_writable(request, "modify"), {}
    for step in request.json():
        key = step["path"].lstrip("/").replace("~1", "/").replace("~0", "~")
        raise_if(step["op"] != "add" and key not in item, "NoSuchProperty", key=key)
        if step["op"] == "remove":
            raise_if(key in IMAGE.marks, "PropertyStays", key=key)
            item.pop(key)
        else:
            raise_if(key in ("disk_format", "container_format") and item["status"] != "queued", "FormatStays", key=key)
            given[key] = item[key] = step["value"]
    validate_image(request, item, given)
    return IMAGE.wrap(request, IMAGE.save(request, item))


def store_data(request: Request, item: Json, chunks: Iterator[bytes]) -> Json:
    """Store the data of an image, which becomes active."""
    stored = request.store.write_file(f"image-{item['id']}", chunks)
    size = stored["size"] or None if item["disk_format"] in ("raw", "iso") else None
    item |= {
        "size": stored["size"],
        "checksum": stored["md5"],
        "os_hash_algo": "sha512",
        "os_hash_value": stored["sha512"],
    }
    return IMAGE.save(request, {**item, "status": "active", "virtual_size": size})


def read_chunks(path: str, first: int = 0, count: int = sys.maxsize) -> Iterator[bytes]:
    """Read a file, or `count` bytes of it from `first` on, in chunks."""
    with open(path, "rb") as file:
        file.seek(first)
        while piece := file.read(min(count, CHUNK)):
            count -= len(piece)
            yield piece


@route(GLANCE, "PUT /v2/images/{id}/file", "PUT /v2/images/{id}/stage")
def _upload(request: Request) -> None:
    item, new = IMAGE.find_writable(request, "upload"), "saving" if request.path.endswith("/file") else "uploading"
    raise_if(item["status"] != "queued", "InvalidImageStatusTransition", old=item["status"], new=new)
    raise_if(new == "saving" and not (item["disk_format"] and item["container_format"]), "NoFormat")
    if new == "saving":
        store_data(request, item, chunks(request.environ))
        return
    stored = request.store.write_file(f"image-{item['id']}", chunks(request.environ))
    request.store.put("image", {**item, "status": new, "size": stored["size"]})


@route(GLANCE, "GET /v2/images/{id}/file")
def _download(request: Request) -> Response:
    item = IMAGE.find(request)
    raise_if(item["status"] == "deactivated" and not request.identity.admin, "ImageDeactivated")
    if not item["checksum"]:
        return Response(None, 204)
    headers = {"Content-Type": "application/octet-stream", "Content-MD5": item["checksum"]}
    return Response(
        read_chunks(request.store.file_path(f"image-{item['id']}")),
        200,
        {**headers, "Content-Length": str(item["size"])},
    )


@route(GLANCE, "POST /v2/images/{id}/import")
def _import(request: Request) -> Response:
    item, name = IMAGE.find_writable(request, "import"), str((request.json().get("method") or {}).get("name"))
    raise_if(name not in IMPORT_METHODS, "UnknownImportMethod", name=name)
    raise_if(item["status"] != IMPORT_METHODS[name], "NotToImport", status=IMPORT_METHODS[name], name=name)
    sources = {
        "glance-direct": read_chunks(request.store.file_path(f"image-{item['id']}")),
        "web-download": iter([b"practice\n"]),
    }
    IMAGE.forbid_if(name not in sources and not request.identity.admin, "copy")
    if name in sources:
        store_data(request, item, sources[name])
    return Response(None, 202)


@route(GLANCE, "POST /v2/images/{id}/actions/deactivate", "POST /v2/images/{id}/actions/reactivate")
def _activation(request: Request) -> None:
    item, action = IMAGE.find_writable(request, "deactivate"), request.path.rpartition("/")[2]
    raise_if(item["status"] not in ("active", "deactivated"), "NotToActivate", action=action, status=item["status"])
    request.store.put("image", {**item, "status": "active" if action == "reactivate" else "deactivated"})


def members(request: Request) -> list[Json]:
    """Return the members of an image; other projects than its owner see only themselves."""
    image, me = IMAGE.find(request, request.args["image"]), request.identity.project_id
    raise_if(image["visibility"] != "shared", "NotShared", id=image["id"])
    every, found = request.identity.admin or me == image["owner"], request.store.all("member", f"{image['id']}/")
    return found if every else [x for x in found if me == x["member_id"]]


def before_member_create(request: Request, item: Json, body: Json) -> None:
    """Share an image with a project."""
    known, image, project = members(request), request.args["image"], item.pop("member")
    IMAGE.authorize(request, "modify", IMAGE.find(request, image))
    raise_if(project in [x["member_id"] for x in known], "MemberExists", member=project, id=image)
    item |= {"id": f"{image}/{project}", "member_id": project, "image_id": image}


def before_member_update(request: Request, item: Json, body: Json) -> None:
    """Raise 403 for the owner: only the member itself may change its status."""
    owner = not request.identity.admin and request.identity.project_id == IMAGE.find(request, item["image_id"])["owner"]
    abort_if(owner, 403, "You are not authorized to complete modify_member action.")


MEMBER = Collection(
    GLANCE,
    "member",
    "member status=pending schema=/v2/schemas/member",
    path="/v2/images/{image}/members",
    body_key="",
    id_field="member_id",
    read_scope="all",
    source=members,
    before_create=before_member_create,
    before_update=before_member_update,
    verbs="list show delete",
    not_found="{id} not found in the member list of the image {image}.",
    adjust_output=lambda request, represent_image, item: represent_image.pop("id"),
    before_delete=lambda request, item, body: IMAGE.authorize(request, "modify", IMAGE.find(request, item["image_id"])),
)


def snapshot(request: Request, server: Json, name: str, metadata: Json) -> str:
    """Create an image of a server and return its ID."""
    given = fields("disk_format=raw container_format=bare visibility=private image_type=snapshot")
    given |= {"name": name, "instance_uuid": server["id"], "base_image_ref": server["_image"], **metadata}
    return str(
        store_data(request, IMAGE.insert(request, given), iter([f"snapshot of {server['id']}\n".encode()]))["id"]
    )


def find_usable_image(request: Request, reference: str) -> str:
    """Return the ID of the image that a request names, "" for none; raises 400 if a server cannot use it."""
    stored = request.store.get("image", id := reference.rpartition("/")[2])
    raise_if(id and not re.fullmatch(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", id), "InvalidImageRef", id=id)
    raise_if(id and (stored is None or not IMAGE.visible(request, stored)), "ImageUnknown")
    raise_if(stored and stored["status"] != "active", "ImageNotActive", id=id)
    return id


add_routes(
    GLANCE,
    {
        "POST /v2/images": lambda request: Response(
            IMAGE.create(request).body, 201, {"OpenStack-image-import-methods": ",".join(IMPORT_METHODS)}
        ),
        "POST /v2/images/{image}/members": lambda request: MEMBER.create(request).body,
        "PUT /v2/images/{image}/members/{id}": MEMBER.update,
        "GET /v2/info/import": lambda request: {
            "import-methods": {"description": "Import methods available.", "type": "array", "value": [*IMPORT_METHODS]}
        },
        "GET /v2/info/stores": lambda request: {"stores": [{"id": "fast", "default": "true"}, {"id": "cheap"}]},
    },
)
