"""Block storage: volumes, snapshots, backups, types, attachments, quotas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .compute import fault
from .engine import Collection, Manner, links, on, serve
from .quotas import Quotas
from .store import Json, new_id, same_id
from .wire import Answer, Ask, Refusal

CREATE, CHANGE = 1.0, 1.0  # seconds
FORM = "%Y-%m-%dT%H:%M:%S.000000"
HOST, DEFAULT = "ctl1@lvmdriver-1#lvmdriver-1", "lvmdriver-1"
BUSY = (
    "Invalid volume: Volume status must be available or error or error_restoring or error_extending or "
    "error_managing and must not be migrating, attached, belong to a group, have snapshots, awaiting a "
    "transfer, "
    "or be disassociated from snapshots after volume transfer."
)
QUOTAS = Quotas("volume", {"volumes": 10, "per_volume_gigabytes": -1, "snapshots": 10, "gigabytes": 1000,
                           "backups": 10, "backup_gigabytes": 1000, "groups": 10})  # fmt: skip


def public(ask: Ask) -> Answer | None:
    """The version document."""
    path = ask.path.rstrip("/")
    if path not in ("/volume", "/volume/v3"):
        return None
    kind = {"base": "application/json", "type": "application/vnd.openstack.volume+json;version=3"}
    told = {"id": "v3.0", "status": "CURRENT", "version": "3.71", "min_version": "3.0", "media-types": [kind],
            "updated": "2023-08-31T00:00:00Z",
            "links": [{"rel": "self", "href": f"{ask.host}/volume/v3/"}]}  # fmt: skip
    return Answer({"versions": [told]}, 300 if path == "/volume" else 200)


def sign(ask: Ask, answer: Answer) -> None:
    """The headers of every answer."""
    answer.headers.update({"x-openstack-request-id": ask.number, "x-compute-request-id": ask.number})
    if ask.version[0]:
        answer.headers["OpenStack-API-Version"] = f"volume {ask.version[0]}.{ask.version[1]}"
        answer.headers["Vary"] = "OpenStack-API-Version"


def stamp(ask: Ask, item: Json, new: bool) -> None:
    """Times."""
    item.setdefault("created_at", ask.time(FORM))
    item["updated_at"] = None if new else ask.time(FORM)


MANNER = Manner(
    "volume", "/volume", fault, lambda c,
    verb: f"Policy doesn't allow {c.policy or f'volume:{verb}'} to be performed.",
    stamp=stamp, more=links, created=202, deleted=202, newest_first=True, lists_all=False, public=public,
    sign=sign,
    microversions=("volume", 3, 71), stranger="Invalid filters {key} are found in query options.",
    filters="id name~ project_id bootable host volume_type_id user_id container",
    needed="Invalid input for field/attribute {one}. '{key}' is a required property",
)  # fmt: skip


def of(path: str, one: str, many: str, fields: Json, fixed: Json, **extra: Any) -> Collection:
    """A collection as Cinder has them."""
    every = {"name": None, "description": None, **fields}
    return Collection(MANNER, one, f"/v3/{path}", one, many, every, fixed, **extra)


def linked(ask: Ask, path: str, told: Json) -> Json:
    """A thing with its links."""
    told["links"] = [{"rel": "self", "href": f"{ask.host}/volume/v3/{path}/{told['id']}"},
                     {"rel": "bookmark", "href": f"{ask.host}/volume/{path}/{told['id']}"}]  # fmt: skip
    return told


def matches(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """The filters of all kinds; the name may stand in part with a tilde."""
    if key.endswith("~"):
        return value in str(item.get(key[:-1]) or "")
    if key == "metadata":
        return value in str(item["metadata"])
    return None


# -- volumes ------------------------------------------------------------------------------------------


def type_named(ask: Ask, name: str | None) -> Json:
    """A volume type by name or ID; the default one for none."""
    found = [x for x in ask.store.all("volume_type") if (name or DEFAULT) in (x["id"], x["name"])]
    if not found:
        raise Refusal(404, f"Volume type with name {name} could not be found.")
    return found[0]


def spend(ask: Ask, kind: str, size: int) -> None:
    """Refuse what is more than the quota allows."""
    limits = QUOTAS.limits(ask, ask.by.project_id)
    mine = ask.store.all(kind, project_id=ask.by.project_id)
    if 0 <= limits[f"{kind}s"] <= len(mine):
        raise Refusal(413, f"{kind.capitalize()}LimitExceeded: Maximum number of {kind}s allowed "
                      f"({limits[f'{kind}s']}) exceeded for quota '{kind}s'.")  # fmt: skip
    used, most = sum(x["size"] for x in mine), limits["backup_gigabytes" if kind == "backup" else "gigabytes"]
    if 0 <= most < used + size:
        raise Refusal(413,
                      "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed "
                      "gigabytes "
                      f"quota. Requested {size}G, quota is {most}G and {used}G has been "
                      f"consumed.")  # fmt: skip


def new_volume(ask: Ask, item: Json, body: Json) -> None:
    """A new volume: empty, or of a snapshot, a volume, an image, a backup."""
    size, source = item["size"], None
    for key, source_kind in (("snapshot_id", "snapshot"), ("source_volid", "volume"), ("backup_id", "backup")):
        if item.get(key):
            source = ask.store.get(source_kind, item[key])
            if source is None:
                raise Refusal(404, f"{source_kind.capitalize()} {item[key]} could not be found.")
            size = size or source["size"]
    image = item.pop("imageRef")
    if image:
        from .image import IMAGE

        found = IMAGE.find(ask, image, 400)
        keys = ("checksum", "container_format", "disk_format", "min_disk", "min_ram", "size")
        item["volume_image_metadata"] = {"image_id": image, "image_name": found["name"]} | {
            key: str(found[key]) for key in keys}  # fmt: skip
    if not size:
        raise Refusal(400,
                      "The server could not comply with the request since it is either malformed or "
                      "otherwise "
                      "incorrect.")  # fmt: skip
    if not str(size).isdigit() or int(size) < 1:
        raise Refusal(
            400, f"Invalid input for field/attribute size. Value: {size}. {size} is less than the minimum of 1"
        )
    spend(ask, "volume", int(size))
    kind = type_named(ask, item["volume_type"] or (source or {}).get("volume_type"))
    item.update(size=int(size), volume_type=kind["name"], volume_type_id=kind["id"], user_id=ask.by.user_id)
    item.update(bootable="true" if image or (source or {}).get("bootable") == "true" else "false")
    item["availability_zone"] = item["availability_zone"] or "nova"
    ask.store.later(item, (CREATE, {"status": "available"}))


def volume_told(ask: Ask, told: Json, item: Json) -> Json:
    """A volume as the microversion has it."""
    told["os-vol-tenant-attr:tenant_id"] = told.pop("project_id")
    if item["status"] == "creating":
        told.update(shared_targets=True, service_uuid=None)
        told.update({"os-vol-host-attr:host": None} if ask.by.admin else {})
    elif not told["updated_at"]:
        told["updated_at"] = ask.time(FORM, item.get("_changed"))
    for key, minor in (("group_id", 13), ("shared_targets", 48), ("service_uuid", 48), ("volume_type_id", 63),
                       ("consumes_quota", 65), ("provider_id", 21), ("cluster_name", 61)):  # fmt: skip
        if ask.version < (3, minor):
            told.pop(key, None)
    told.pop("backup_id", None)
    if ask.method == "POST":
        told.pop("os-vol-tenant-attr:tenant_id")
    told["attachments"] = [
        {"id": x["volume_id"], "attachment_id": x["id"], "volume_id": x["volume_id"],
         "server_id": x["server_id"],
         "host_name": x["host"] if ask.by.admin else None, "device": x["device"],
         "attached_at": x["attached_at"]}
        for x in ask.store.all("attachment", volume_id=item["id"])
    ]  # fmt: skip
    return linked(ask, "volumes", told)


def free_volume(ask: Ask, item: Json, body: Json) -> bool:
    """Only a volume that nothing uses may go."""
    if item["status"] not in ("available", "error") or ask.store.all("snapshot", volume_id=item["id"]):
        raise Refusal(400, BUSY)
    ask.store.put("volume", ask.store.later({**item, "status": "deleting"}, (CHANGE, None)))
    return False


ADMINS = frozenset("os-vol-host-attr:host os-vol-mig-status-attr:migstat os-vol-mig-status-attr:name_id "
                   "migration_status provider_id cluster_name".split())  # fmt: skip
VOLUME = of(
    "volumes", "volume", "volumes",
    {"size": None, "volume_type": None, "snapshot_id": None, "source_volid": None, "imageRef": None,
     "availability_zone": None, "metadata": {}, "consistencygroup_id": None, "multiattach": False,
     "backup_id": None, "group_id": None},
    {"status": "creating", "encrypted": False, "replication_status": None, "shared_targets": False,
     "service_uuid": same_id("cinder-volume"), "consumes_quota": True, "migration_status": None,
     "provider_id": None,
     "cluster_name": None, "os-vol-host-attr:host": HOST, "os-vol-mig-status-attr:migstat": None,
     "os-vol-mig-status-attr:name_id": None},
    missing="Volume {id} could not be found.", detail="/detail", view=volume_told, making=new_volume,
    removing=free_volume, matches=matches, reserved=ADMINS,
)  # fmt: skip


@on(MANNER, "GET /v3/volumes/summary")
def _summary(ask: Ask) -> Json:
    mine = ask.store.all("volume", project_id=ask.by.project_id)
    return {"volume-summary": {"total_count": len(mine), "total_size": sum(x["size"] for x in mine), "metadata": {}}}


def need(item: Json, *states: str) -> None:
    """Refuse what a volume in this state cannot do."""
    if item["status"] not in states:
        raise Refusal(400,
                      f"Invalid volume: Volume {item['id']} status must be {' or '.join(states)}, but "
                      f"current "
                      f"status is: {item['status']}.")  # fmt: skip


def _extend(ask: Ask, item: Json, given: Json) -> None:
    size = int(given["new_size"])
    need(item, "available", "in-use")
    if size <= item["size"]:
        raise Refusal(400, "Invalid input received: New size for extend must be greater than current size. "
                      f"(current: {item['size']}, extended: {size}).")  # fmt: skip
    spend(ask, "volume", size - item["size"] - 0)
    ask.store.later(item, (CHANGE, {"status": item["status"], "size": size}))
    item["status"] = "extending"


def _reset(ask: Ask, item: Json, given: Json) -> None:
    if not ask.by.admin:
        policy = "volume_extension:volume_admin_actions:reset_status"
        raise Refusal(403, f"Policy doesn't allow {policy} to be performed.")
    item.pop("_steps", None)
    item.update({key: value for key, value in given.items() if key in ("status", "migration_status")})


def _image_metadata(ask: Ask, item: Json, given: Json) -> Json:
    item["volume_image_metadata"] = {**item.get("volume_image_metadata", {}), **given["metadata"]}
    return {"metadata": item["volume_image_metadata"]}


def _no_image_metadata(ask: Ask, item: Json, given: Json) -> None:
    if item.get("volume_image_metadata", {}).pop(given["key"], None) is None:
        raise Refusal(404, "Metadata does not exist.")
    if not item["volume_image_metadata"]:
        del item["volume_image_metadata"]


def _retype(ask: Ask, item: Json, given: Json) -> None:
    kind = type_named(ask, given["new_type"])
    item.update(volume_type=kind["name"], volume_type_id=kind["id"])


def _upload(ask: Ask, item: Json, given: Json) -> Json:
    from .image import IMAGE, fill

    need(item, "available", *(["in-use"] if given.get("force") else []))
    made = {"name": given["image_name"], "disk_format": given.get("disk_format", "raw"),
            "owner": ask.by.project_id,
            "container_format": given.get("container_format", "bare"),
            "visibility": given.get("visibility", "private"),
            "protected": bool(given.get("protected"))}  # fmt: skip
    image = IMAGE.make(ask, made)
    image.pop("project_id", None)
    fill(ask, image, iter([f"volume {item['id']}\n".encode()]))
    keys = ("id", "display_description", "size", "status", "updated_at")
    told = {"display_description": item["description"], **item, "status": "uploading"}
    return {"os-volume_upload_image": {key: told[key] for key in keys} | {
        "image_id": image["id"], "image_name": made["name"], "disk_format": made["disk_format"],
        "container_format": made["container_format"], "visibility": made["visibility"],
        "protected": made["protected"], "volume_type": None}}  # fmt: skip


def _set(key: str, given_key: str, form: Callable[[Any], Any] = lambda x: x) -> Callable[[Ask, Json, Json], None]:
    def change(ask: Ask, item: Json, given: Json) -> None:
        target = item["metadata"] if key == "readonly" else item
        target[key] = form(given[given_key])

    return change


ACTIONS: dict[str, Callable[[Ask, Json, Json], Json | None]] = {
    "os-extend": _extend, "os-reset_status": _reset, "os-set_image_metadata": _image_metadata,
    "os-unset_image_metadata": _no_image_metadata, "os-retype": _retype, "os-volume_upload_image": _upload,
    "os-set_bootable": _set("bootable", "bootable", lambda x: str(x).lower()),
    "os-update_readonly_flag": _set("readonly", "readonly", str),
    "os-show_image_metadata": lambda ask, item, given: {"metadata": item.get("volume_image_metadata", {})},
}  # fmt: skip


@on(MANNER, "POST /v3/volumes/{id}/action")
def _action(ask: Ask) -> Answer:
    ((name, given),) = ask.json().items()
    if name not in ACTIONS:
        raise Refusal(400,
                      f"There is no such action: {name}. Verify the request body and Content-Type header and "
                      "try again.")  # fmt: skip
    item = VOLUME.find(ask)
    VOLUME.allow(ask, name, item)
    told = ACTIONS[name](ask, item, given or {})
    VOLUME.save(ask, item)
    return Answer(told, 200 if name in ("os-set_bootable",) or "metadata" in name else 202)


# -- attachments --------------------------------------------------------------------------------------


def attach(ask: Ask, server: Json, id: str, delete: bool = False, device: str | None = None) -> Json:
    """Put a volume on a server."""
    volume = VOLUME.find(ask, id)
    if volume["status"] != "available" and not volume["multiattach"]:
        raise Refusal(400,
                      f"Invalid volume: volume {id} already attached" if volume["status"] == "in-use" else
                      f"Invalid volume: volume '{id}' status must be 'available'. Currently in "
                      f"'{volume['status']}'")  # fmt: skip
    used = {x["device"] for x in ask.store.all("attachment", server_id=server["id"])}
    letters = "abcdefghijklmnopqrstuvwxyz"[1 if server["_image"] else 0 :]
    free = next(f"/dev/vd{x}" for x in letters if f"/dev/vd{x}" not in used)
    ask.store.put("volume", {**volume, "status": "in-use", "updated_at": ask.time(FORM)})
    return ask.store.put("attachment", {
        "id": new_id(), "volume_id": id, "server_id": server["id"], "device": device or free,
        "delete": delete,
        "bdm": new_id(), "host": server["OS-EXT-SRV-ATTR:host"], "attached_at": ask.time(FORM),
        "project_id": server["project_id"],
    })  # fmt: skip


def detach(ask: Ask, attachment: Json, delete: bool = False) -> None:
    """Take a volume from its server, or delete it."""
    ask.store.drop("attachment", attachment["id"])
    volume = ask.store.get("volume", attachment["volume_id"])
    if volume and delete:
        ask.store.drop("volume", volume["id"])
    elif volume and not ask.store.all("attachment", volume_id=volume["id"]):
        ask.store.put("volume", {**volume, "status": "available", "updated_at": ask.time(FORM)})


def make_for_server(ask: Ask, server: Json, disk: Json) -> str:
    """A volume that is made with its server; its ID."""
    keys = {"image": "imageRef", "snapshot": "snapshot_id"}
    source = {keys[disk["source_type"]]: disk.get("uuid")} if disk.get("source_type") in keys else {}
    size = disk.get("volume_size") or max(1, server["_flavor"]["disk"])
    kind = {"volume_type": disk["volume_type"]} if disk.get("volume_type") else {}
    item = VOLUME.make(ask, {"name": "", "size": size, **source, **kind})
    item.pop("_steps", None)
    return str(ask.store.put("volume", {**item, "status": "available"})["id"])


@on(MANNER, "GET /v3/attachments", "GET /v3/attachments/detail", "GET /v3/attachments/{id}")
def _attachments(ask: Ask) -> Json:
    found = [
        {"id": x["id"], "status": "attached", "instance": x["server_id"], "volume_id": x["volume_id"],
         "attached_at": x["attached_at"], "detached_at": None, "attach_mode": "rw", "connection_info": {}}
        for x in ask.store.all("attachment") if ask.by.admin or x["project_id"] == ask.by.project_id
    ]  # fmt: skip
    if (id := ask.args.get("id", "")) and id != "detail":
        one = next((x for x in found if x["id"] == id), None)
        if one is None:
            raise Refusal(404, f"Volume attachment could not be found with filter: attachment_id = {id}.")
        return {"attachment": one}
    short = ("id", "status", "instance", "volume_id")
    return {"attachments": found if ask.path.endswith("detail") else [{k: x[k] for k in short} for x in found]}


serve(VOLUME)
from . import snapshots  # noqa: E402, F401  (registers its routes)
