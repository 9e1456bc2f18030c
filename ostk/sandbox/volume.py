"""Block storage: volumes, snapshots, backups, types, attachments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .data import Json, fields, pick, rows
from .engine import Collection, action, answers, on, properties
from .image import IMAGE
from .quotas import limits, spend, used
from .refusals import refuse
from .services import CINDER
from .store import new_id
from .wire import MICROSECONDS, Answer, Ask

CREATE, CHANGE = 1.0, 1.0  # seconds
DEFAULT = "lvmdriver-1"


def matches(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """The filters of all kinds; the name may stand in part with a tilde."""
    if key.endswith("~"):
        return value in str(item.get(key[:-1]) or "")
    return value in str(item["metadata"]) if key == "metadata" else None


def cinder(kind: str, own: str, **extra: Any) -> Collection:
    """A collection of what comes and goes with time."""
    every = f"name=null description=null metadata={{}} +status=creating {own}"
    return Collection(CINDER, kind, every, brief="id name links", matches=matches, fades=CHANGE, **extra)


def need(item: Json, *states: str, what: str = "volume") -> None:
    """Refuse what a thing in this state cannot do."""
    words = {"what": what, "What": what.capitalize(), "id": item["id"], "states": " or ".join(states)}
    refuse(item["status"] not in states, "InvalidStatus", **words, status=item["status"])


def type_named(ask: Ask, name: str | None) -> Json:
    """A volume type by name or ID; the default one for none."""
    found = [x for x in ask.store.all("volume_type") if (name or DEFAULT) in (x["id"], x["name"])]
    refuse(not found, "VolumeTypeNotFoundByName", name=name)
    return found[0]


def new_volume(ask: Ask, item: Json, body: Json) -> None:
    """A new volume: empty, or of a snapshot, a volume, an image, a backup."""
    source: Json = {}
    for key, kind in (("snapshot_id", SNAPSHOT), ("source_volid", VOLUME), ("backup_id", BACKUP)):
        source = kind.find(ask, item[key]) if item[key] else source
    if image := item.pop("imageRef"):
        found = IMAGE.find(ask, image, 400)
        keys = pick(found, "image_name=name checksum container_format disk_format min_disk min_ram size")
        item["volume_image_metadata"] = {"image_id": image, **{key: str(held) for key, held in keys.items()}}
    size: Any = item["size"] or source.get("size")
    refuse(not size, "NoSize")
    refuse(not str(size).isdigit() or int(size) < 1, "InvalidSize", size=size)
    spend(ask, CINDER, volumes=1, gigabytes=int(size))
    kind_of = type_named(ask, item["volume_type"] or source.get("volume_type"))
    item |= {"size": int(size), "volume_type": kind_of["name"], "volume_type_id": kind_of["id"]}
    item["user_id"], item["availability_zone"] = ask.by.user_id, item["availability_zone"] or "nova"
    item["bootable"] = "true" if image or source.get("bootable") == "true" else "false"
    ask.store.later(item, CREATE, {"status": "available"})


def volume_told(ask: Ask, told: Json, item: Json) -> None:
    """A volume as it is told."""
    told.pop("backup_id")
    project = told.pop("project_id")
    told |= {"os-vol-tenant-attr:tenant_id": project} if ask.method != "POST" else {}
    if item["status"] == "creating":
        told |= {"shared_targets": True, "service_uuid": None}
        told |= {"os-vol-host-attr:host": None} if ask.by.admin else {}
    elif not item["updated_at"]:
        told["updated_at"] = ask.time(MICROSECONDS, item.get("_changed"))
    words = "id=volume_id attachment_id=id volume_id server_id host_name=host device attached_at"
    attached = [pick(x, words) for x in ask.store.all("attachment", volume_id=item["id"])]
    told["attachments"] = [{**x, "host_name": x["host_name"] if ask.by.admin else None} for x in attached]


VOLUME = cinder(
    "volume", """size=null volume_type=null snapshot_id=null source_volid=null imageRef=null availability_zone=null
    consistencygroup_id=null multiattach=false backup_id=null group_id=null +encrypted=false +replication_status=null
    +shared_targets=false +service_uuid=bf3e9fa4-a4e9-4c33-b5a1-2d4c2a2f4b6e +consumes_quota=true
    +*migration_status=null +*provider_id=null +*cluster_name=null +*os-vol-host-attr:host=ctl1@lvmdriver-1#lvmdriver-1
    +*os-vol-mig-status-attr:migstat=null +*os-vol-mig-status-attr:name_id=null""", linked=True, view=volume_told,
    since="""group_id=13 provider_id=21 shared_targets=48 service_uuid=48 cluster_name=61 volume_type_id=63
    consumes_quota=65""", making=new_volume, held="snapshot.volume_id=InvalidVolume",
    removing=lambda ask, item, body: refuse(item["status"] not in ("available", "error"), "InvalidVolume"),
)  # fmt: skip
properties(VOLUME, "/v3/volumes/{id}/metadata", "metadata", "Metadata item was not found", "meta")


def _extend(ask: Ask, item: Json, given: Json) -> None:
    size, now = int(given["new_size"]), item["size"]
    need(item, "available", "in-use")
    refuse(size <= now, "InvalidExtend", now=now, size=size)
    spend(ask, CINDER, gigabytes=size - now)
    ask.store.later(item, CHANGE, {"status": item["status"], "size": size})["status"] = "extending"


def _reset(ask: Ask, item: Json, given: Json) -> None:
    if not ask.by.admin:
        raise VOLUME.forbidden("reset_status", "volume_extension:volume_admin_actions:")
    item |= {"_steps": [], **pick(given, "status migration_status")}


def _image_metadata(ask: Ask, item: Json, given: Json) -> Json:
    item["volume_image_metadata"] = item.get("volume_image_metadata", {}) | given.get("metadata", {})
    return {"metadata": item["volume_image_metadata"]}


def _no_image_metadata(ask: Ask, item: Json, given: Json) -> None:
    held = item.pop("volume_image_metadata", {})
    refuse(given["key"] not in held, "NoImageMetadata")
    del held[given["key"]]
    item |= {"volume_image_metadata": held} if held else {}


def _retype(ask: Ask, item: Json, given: Json) -> None:
    kind = type_named(ask, given["new_type"])
    item |= {"volume_type": kind["name"], "volume_type_id": kind["id"]}


ACTIONS: dict[str, Callable[[Ask, Json, Json], Json | None]] = {
    "os-extend": _extend,
    "os-reset_status": _reset,
    "os-retype": _retype,
    "os-set_image_metadata": _image_metadata,
    "os-unset_image_metadata": _no_image_metadata,
    "os-show_image_metadata": _image_metadata,
    "os-set_bootable": lambda ask, item, given: item.update(bootable=str(given["bootable"]).lower()),
    "os-update_readonly_flag": lambda ask, item, given: item["metadata"].update(readonly=str(given["readonly"])),
}


@on(CINDER, "POST /v3/volumes/{id}/action")
def _action(ask: Ask) -> Answer:
    name, item, given = action(ask, VOLUME, ACTIONS)
    told = ACTIONS[name](ask, item, given)
    VOLUME.save(ask, item)
    return Answer(told, 200 if name == "os-set_bootable" or "metadata" in name else 202)


def attach(ask: Ask, server: Json, id: str, given: Json) -> None:
    """Put a volume on a server, with what is given for that."""
    volume, device = VOLUME.find(ask, id), given.get("device")
    refuse(volume["status"] == "in-use" and not volume["multiattach"], "VolumeAttached", id=id)
    if volume["status"] != "in-use":
        need(volume, "available")
    taken = {x["device"] for x in ask.store.all("attachment", server_id=server["id"])}
    letters = "abcdefghijklmnopqrstuvwxyz"[1 if server["_image"] else 0 :]
    free = next(f"/dev/sd{x}" for x in letters if f"/dev/sd{x}" not in taken)
    VOLUME.save(ask, {**volume, "status": "in-use"})
    ask.store.put("attachment", {
        "id": new_id(), "volume_id": id, "server_id": server["id"], "tag": given.get("tag"),
        "device": f"/dev/sd{device[-1]}" if device else free,  # the bus is not for the user to choose
        "delete": bool(given.get("delete_on_termination")),
        "bdm": new_id(), "host": server["host"], "attached_at": ask.time(MICROSECONDS),
        "project_id": server["project_id"], "status": "attached", "detached_at": None, "attach_mode": "rw",
    })  # fmt: skip


def detach(ask: Ask, attachment: Json, delete: bool = False) -> None:
    """Take a volume from its server, or delete it."""
    ask.store.drop("attachment", attachment["id"])
    volume = ask.store.get("volume", attachment["volume_id"])
    if volume and delete:
        ask.store.drop("volume", volume["id"])
    elif volume and not ask.store.first("attachment", volume_id=volume["id"]):
        VOLUME.save(ask, {**volume, "status": "available"})


def make_for_server(ask: Ask, server: Json, disk: Json) -> str:
    """A volume that is made with its server; its ID."""
    source = {"image": "imageRef=uuid", "snapshot": "snapshot_id=uuid"}.get(disk.get("source_type", ""), "")
    given = {"name": "", "size": disk.get("volume_size") or max(1, server["_flavor"]["disk"])}
    item = VOLUME.make(ask, {**given, **pick(disk, f"volume_type {source}")})
    return str(ask.store.put("volume", {**item, "_steps": [], "status": "available"})["id"])


Collection(CINDER, "attachment", "volume_id", verbs="list show", brief="id status instance volume_id",
           view=lambda ask, told, item: told.update(instance=item["server_id"], connection_info={}),
           missing="Volume attachment could not be found with filter: attachment_id = {id}.")  # fmt: skip


def new_snapshot(ask: Ask, item: Json, body: Json) -> None:
    """A snapshot of a volume."""
    volume = VOLUME.find(ask, item["volume_id"])
    need(volume, "available", *(["in-use"] if item.pop("force") or ask.version >= (3, 66) else []))
    item |= {"size": volume["size"], "user_id": ask.by.user_id}
    ask.store.later(item, CREATE, {"status": "available"})


def snapshot_told(ask: Ask, told: Json, item: Json) -> None:
    """A snapshot as it is told."""
    told["os-extended-snapshot-attributes:project_id"] = told.pop("project_id")
    told["os-extended-snapshot-attributes:progress"] = "100%" if item["status"] == "available" else "0%"


def free(ask: Ask, item: Json, body: Json) -> None:
    """Only a snapshot or a backup that is done may go."""
    need(item, "available", "error", what="snapshot" if "group_snapshot_id" in item else "backup")


SNAPSHOT = cinder("snapshot", "volume_id force=false +group_snapshot_id=null +consumes_quota=true", view=snapshot_told,
                  quota="snapshots", making=new_snapshot, removing=free)  # fmt: skip
properties(SNAPSHOT, "/v3/snapshots/{id}/metadata", "metadata", "Metadata item was not found", "meta")


def new_backup(ask: Ask, item: Json, body: Json) -> None:
    """A backup of a volume."""
    volume = VOLUME.find(ask, item["volume_id"])
    need(volume, "available", *(["in-use"] if item.pop("force") else []))
    spend(ask, CINDER, backups=1, backup_gigabytes=volume["size"])
    item |= {"size": volume["size"], "is_incremental": item.pop("incremental"), "availability_zone": "nova"}
    item |= {"container": item["container"] or "volumebackups", "data_timestamp": ask.time(MICROSECONDS)}
    item["metadata"] = item["metadata"] or {}
    ask.store.later(item, CREATE, {"status": "available", "object_count": 1})


BACKUP = cinder(
    "backup", """volume_id container=null incremental=false force=false snapshot_id=null availability_zone=null
    +object_count=0 +fail_reason=null +has_dependent_backups=false""", linked=True, making=new_backup, removing=free,
)  # fmt: skip


@on(CINDER, "POST /v3/backups/{id}/restore")
def _restore(ask: Ask) -> Answer:
    backup, given = BACKUP.find(ask), ask.json("restore")
    made = {"name": given.get("name") or f"restore_backup_{backup['id']}", "size": backup["size"]}
    volume = VOLUME.find(ask, given["volume_id"]) if given.get("volume_id") else VOLUME.make(ask, made)
    told = {"backup_id": backup["id"], **pick(volume, "volume_id=id volume_name=name")}
    return Answer({"restore": told}, 202)


def type_told(ask: Ask, told: Json, item: Json) -> None:
    """A type without times, under the names of both its ages."""
    told |= {"os-volume-type-access:is_public": item["is_public"]}
    del told["created_at"], told["updated_at"]


TYPE = Collection(
    CINDER, "volume_type", "name description=null is_public=true os-volume-type-access:is_public=true extra_specs={}",
    path="/v3/types", missing="Volume type {id} could not be found.", see="all", do="admin", unique="name",
    verbs="list show update delete", policy="volume_extension:type_", view=type_told,
    making=lambda ask, item, body: item.update(
        is_public=item.pop("os-volume-type-access:is_public") and item["is_public"]),
)  # fmt: skip
properties(TYPE, "/v3/types/{id}/extra_specs", "extra_specs", "Volume Type {id} has no extra specs with key {key}.",
           deleted=202)  # fmt: skip


SERVICES = rows("binary host zone status state", """cinder-backup ctl1 nova enabled up,
    cinder-scheduler ctl1 nova enabled up, cinder-volume ctl1@lvmdriver-1 nova enabled up,
    cinder-volume ctl1@lvmdriver-2 nova enabled up""")  # fmt: skip
MORE = {"cluster": None, "disabled_reason": None}
Collection(CINDER, "service", "binary host", path="/v3/os-services", see="admin", verbs="list", key="host",
           policy="services:get_all:", rows=lambda ask: [
               {**x, **MORE, "updated_at": ask.time(MICROSECONDS)} for x in SERVICES])  # fmt: skip
CAPABLE = fields("total_capacity_gb=4096 free_capacity_gb=4000 volume_backend_name=lvmdriver-1 storage_protocol=file "
                 "driver_version=1.0.0")  # fmt: skip
POOLS = rows("name", "ctl1@lvmdriver-1#lvmdriver-1, ctl1@lvmdriver-2#lvmdriver-2")
Collection(CINDER, "pool", "name detail=", path="/v3/scheduler-stats/get_pools", see="admin", verbs="list", key="name",
           policy="scheduler_extension:scheduler_stats:",
           rows=lambda ask: [{**x, "capabilities": CAPABLE} for x in POOLS])  # fmt: skip


def absolute_limits(ask: Ask) -> Json:
    """What a project may have and has."""
    may, has = limits(ask, CINDER, ask.by.project_id), used(ask, CINDER, ask.by.project_id)
    absolute: Json = {}
    for key in ("volumes", "gigabytes", "snapshots", "backups", "backup_gigabytes"):
        word = key.title().replace("_", "")
        absolute |= {f"maxTotal{'Volume' if key == 'gigabytes' else ''}{word}": may[key], f"total{word}Used": has[key]}
    return {"limits": {"rate": [], "absolute": absolute}}


answers(CINDER, {
    "POST /v3/backups": lambda ask: Answer(
        {"backup": pick(BACKUP.create(ask).body["backup"], "id name links")}, 202),
    "POST /v3/types": lambda ask: TYPE.create(ask).body,
    "GET /v3/types/default": lambda ask: TYPE.wrap(ask, type_named(ask, None)),
    "GET /v3/os-availability-zone": lambda ask: {
        "availabilityZoneInfo": [{"zoneName": "nova", "zoneState": {"available": True}}]},
    "GET /v3/limits": absolute_limits,
})  # fmt: skip
