"""Block storage: volumes, snapshots, backups, types, attachments."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_lowercase
from typing import Any

from .data import Json, fields, is_true, pick
from .engine import Collection, action, answers, offered, on, properties
from .image import IMAGE
from .quotas import limits, spend, used
from .refusals import refuse
from .services import CINDER
from .store import new_id
from .wire import MICROSECONDS, Answer, Ask

CHANGE = 1.0  # seconds
DRIVERS = ("lvmdriver-1", "lvmdriver-2")
TYPED = "volume_type=name volume_type_id=id"
READY = fields("service_uuid=bf3e9fa4-a4e9-4c33-b5a1-2d4c2a2f4b6e os-vol-host-attr:host=ctl1@lvmdriver-1#lvmdriver-1")


def cinder(kind: str, own: str, whose: str, **extra: Any) -> Collection:
    """A collection of what comes and goes with time, and what it calls its project."""

    def view(ask: Ask, told: Json, item: Json) -> None:
        project, says = told.pop("project_id"), ask.method == "GET" and (ask.by.admin or kind != "backup")
        told |= {whose: project} if says else {}
        for key in [x for x in told if ":" in x and ask.method != "GET"]:
            del told[key]
        if not told.get("volume_image_metadata", True):
            del told["volume_image_metadata"]
        told |= {"attachments": attachments(ask, item)} if kind == "volume" else {}

    every = f"name=null description=null metadata={{}} +status=creating {own}"
    return Collection(CINDER, kind, every, brief="id name links", fades=CHANGE, view=view, **extra, matches=lambda ask,
                      item, key, value: value in str(item["metadata"]) if key == "metadata" else None)  # fmt: skip


def soon(ask: Ask, item: Json, **changed: Any) -> None:
    """Let a thing be available in a moment, changed then."""
    at = ask.time(MICROSECONDS, ask.now + CHANGE)
    ask.store.later(item, CHANGE, {"status": "available", "updated_at": at, **changed})


def need(item: Json, *states: str, what: str = "volume") -> None:
    """Refuse what a thing in this state cannot do."""
    words = {"what": what, "What": what.capitalize(), "id": item["id"], "states": " or ".join(states)}
    refuse(item["status"] not in states, "InvalidStatus", **words, status=item["status"])


def type_named(ask: Ask, name: str | None) -> Json:
    """A volume type by name or ID; the default one for none."""
    found = [x for x in ask.store.all("volume_type") if (name or "lvmdriver-1") in (x["id"], x["name"])]
    refuse(not found, "VolumeTypeNotFoundByName", name=name)
    return found[0]


def new_volume(ask: Ask, item: Json, body: Json) -> None:
    """A new volume: empty, or of a snapshot, a volume, an image, a backup."""
    kinds = {"snapshot_id": SNAPSHOT, "source_volid": VOLUME, "backup_id": BACKUP}
    source: Json = next((kind.find(ask, item[key]) for key, kind in kinds.items() if item[key]), {})
    del item["backup_id"]
    if image := item.pop("imageRef"):
        words = "image_name=name checksum container_format disk_format min_disk min_ram size"
        keys = pick(IMAGE.find(ask, image, 400), words)
        item["volume_image_metadata"] = {"image_id": image, **{key: str(held) for key, held in keys.items()}}
    size: Any = source.get("size") if item["size"] is None else item["size"]
    refuse(size is None, "NoSize")
    refuse(not str(size).isdigit() or int(size) < 1, "InvalidSize", size=size)
    spend(ask, CINDER, volumes=1, gigabytes=int(size))
    item |= pick(type_named(ask, item["volume_type"] or source.get("volume_type")), TYPED)
    item |= {"size": int(size), "user_id": ask.by.user_id, "availability_zone": item["availability_zone"] or "nova"}
    item["bootable"] = "true" if image or source.get("bootable") == "true" else "false"
    soon(ask, item, shared_targets=False, **READY)


def attachments(ask: Ask, volume: Json) -> list[Json]:
    """Where a volume is; on which host, only administrators learn."""
    words = "id=volume_id attachment_id=id volume_id server_id host_name=host device attached_at"
    found = [pick(x, words) for x in ask.store.all("attachment", volume_id=volume["id"])]
    return found if ask.by.admin else [{**x, "host_name": None} for x in found]


def free_volume(ask: Ask, item: Json, body: Json) -> None:
    """Only a volume that nobody has may go, with its snapshots if that is asked for."""
    refuse(item["status"] not in ("available", "error"), "InvalidVolume")
    if is_true(ask.asked("cascade")):
        ask.store.drop("snapshot", *(x["id"] for x in ask.store.all("snapshot", volume_id=item["id"])))


VOLUME = cinder(
    "volume", """size=null volume_type=null snapshot_id=null source_volid=null imageRef=null availability_zone=null
    consistencygroup_id=null multiattach=false backup_id=null group_id=null +encrypted=false +replication_status=null
    +shared_targets=true +service_uuid=null +consumes_quota=true +volume_image_metadata={} +*migration_status=null
    +*provider_id=null +*cluster_name=null +*os-vol-host-attr:host=null +*os-vol-mig-status-attr:migstat=null
    +*os-vol-mig-status-attr:name_id=null""", "os-vol-tenant-attr:tenant_id", linked=True,
    since="""group_id=13 provider_id=21 shared_targets=48 service_uuid=48 cluster_name=61 volume_type_id=63
    consumes_quota=65""", making=new_volume, held="snapshot.volume_id=InvalidVolume",
    removing=free_volume)  # fmt: skip
properties(VOLUME, "/v3/volumes/{id}/metadata", "metadata", "Volume {id} has no metadata with key {key}.", "meta")


def _extend(ask: Ask, item: Json, given: Json) -> None:
    size, now = int(given["new_size"]), item["size"]
    need(item, "available", "in-use")
    refuse(size <= now, "InvalidExtend", now=now, size=size)
    spend(ask, CINDER, gigabytes=size - now)
    soon(ask, item, status=item["status"], size=size)
    item["status"] = "extending"


def _reset(ask: Ask, item: Json, given: Json) -> None:
    VOLUME.forbid(not ask.by.admin, "reset_status", "volume_extension:volume_admin_actions:")
    item |= {"_steps": [], **pick(given, "status migration_status")}


def _no_image_metadata(ask: Ask, item: Json, given: Json) -> None:
    refuse(given["key"] not in item["volume_image_metadata"], "NoImageMetadata")
    del item["volume_image_metadata"][given["key"]]


ACTIONS: dict[str, Callable[[Ask, Json, Json], None]] = {
    "os-extend": _extend,
    "os-reset_status": _reset,
    "os-force_delete": lambda ask, item, given: item.update(ask.store.later({}, CHANGE, None), status="deleting"),
    "os-retype": lambda ask, item, given: item.update(pick(type_named(ask, given["new_type"]), TYPED)),
    "os-set_image_metadata": lambda ask, item, given: item["volume_image_metadata"].update(given["metadata"]),
    "os-unset_image_metadata": _no_image_metadata,
    "os-set_bootable": lambda ask, item, given: item.update(bootable=str(given["bootable"]).lower()),
    "os-update_readonly_flag": lambda ask, item, given: item["metadata"].update(readonly=str(given["readonly"])),
}


@on(CINDER, "POST /v3/{many}/{id}/action")
def _action(ask: Ask) -> Answer:
    one = {x.many: x for x in (VOLUME, SNAPSHOT, BACKUP)}.get(ask.args["many"], TYPE)
    name, item, given = action(ask, one, ACTIONS)
    ACTIONS[name](ask, item, given)
    one.save(ask, item)
    told = {"metadata": item["volume_image_metadata"]} if name == "os-set_image_metadata" else None
    return Answer(told, 200 if name == "os-set_bootable" or "metadata" in name else 202)


def attach(ask: Ask, server: Json, id: str, given: Json) -> None:
    """Put a volume on a server, with what is given for that."""
    volume, device = VOLUME.find(ask, id), given.get("device")
    refuse(volume["status"] == "in-use" and not volume["multiattach"], "VolumeAttached", id=id)
    need(volume, "available", "in-use")
    taken = {x["device"][-1] for x in ask.store.all("attachment", server_id=server["id"])}
    free = next(x for x in ascii_lowercase[1 if server["_image"] else 0 :] if x not in taken)
    VOLUME.save(ask, {**volume, "status": "in-use"})
    ask.store.put("attachment", {
        "id": new_id(), "volume_id": id, **pick(server, "server_id=id host project_id"), "bdm": new_id(),
        "device": f"/dev/sd{(device or free)[-1]}",  # the bus is not for the user to choose
        "tag": given.get("tag"), "delete": bool(given.get("delete_on_termination")), "status": "attached",
        "attached_at": ask.time(MICROSECONDS), "detached_at": None, "attach_mode": "rw"})  # fmt: skip


def detach(ask: Ask, attachment: Json, delete: bool = False) -> None:
    """Take a volume from its server, or delete it."""
    ask.store.drop("attachment", attachment["id"])
    volume = ask.store.get("volume", attachment["volume_id"])
    if delete:
        ask.store.drop("volume", attachment["volume_id"])
    elif volume and not ask.store.first("attachment", volume_id=volume["id"]):
        VOLUME.save(ask, {**volume, "status": "available"})


def make_for_server(ask: Ask, server: Json, disk: Json) -> str:
    """A volume that is made with its server; its ID."""
    source = {"image": "imageRef=uuid", "snapshot": "snapshot_id=uuid"}.get(disk.get("source_type", ""), "")
    size = disk.get("volume_size") or max(1, server["_flavor"]["disk"])
    item = VOLUME.make(ask, {"name": "", "size": size, **pick(disk, f"volume_type {source}")})
    _, ready = item.pop("_steps")[0]  # a server does not wait for it
    return str(ask.store.put("volume", item | ready)["id"])


Collection(CINDER, "attachment", "volume_id", verbs="list show", brief="id status instance volume_id",
           view=lambda ask, told, item: told.update(instance=item["server_id"], connection_info={}),
           missing="Volume attachment could not be found with filter: attachment_id = {id}.")  # fmt: skip


def new_copy(ask: Ask, item: Json, body: Json) -> None:
    """A snapshot or a backup of a volume."""
    volume, backup = VOLUME.find(ask, item["volume_id"]), "incremental" in item
    need(volume, "available", *(["in-use"] if item.pop("force") or (ask.version >= (3, 66) and not backup) else []))
    item |= {"size": volume["size"], "user_id": ask.by.user_id, "metadata": item["metadata"] or {}}
    if backup:
        item |= {"is_incremental": item.pop("incremental"), "data_timestamp": ask.time(MICROSECONDS)}
        item["object_count"] = volume["size"] * 1024 // 50 + 1  # each of 50 MiB
    soon(ask, item, **{} if backup else {"os-extended-snapshot-attributes:progress": "100%"})


def free_copy(ask: Ask, item: Json, body: Json) -> None:
    """Only a snapshot or a backup that is done may go."""
    need(item, "available", "error", what="backup" if "is_incremental" in item else "snapshot")


SNAPSHOT = cinder("snapshot", """volume_id force=false +group_snapshot_id=null +consumes_quota=true
    +os-extended-snapshot-attributes:progress=0%""", "os-extended-snapshot-attributes:project_id",
    quota="snapshots", making=new_copy, removing=free_copy)  # fmt: skip
properties(SNAPSHOT, "/v3/snapshots/{id}/metadata", "metadata", "Metadata item was not found", "meta")
BACKUP = cinder("backup", """volume_id container=volumebackups incremental=false force=false snapshot_id=null
    availability_zone=nova +object_count=0 +fail_reason=null +has_dependent_backups=false +*user_id=null""",
    "os-backup-project-attr:project_id", quota="backups", linked=True, making=new_copy, removing=free_copy)  # fmt: skip


@on(CINDER, "POST /v3/backups/{id}/restore")
def _restore(ask: Ask) -> Answer:
    backup, given = BACKUP.find(ask), ask.json("restore")
    made = {"name": given.get("name") or f"restore_backup_{backup['id']}", "size": backup["size"]}
    volume = VOLUME.find(ask, given["volume_id"]) if given.get("volume_id") else VOLUME.make(ask, made)
    return Answer({"restore": {"backup_id": backup["id"], **pick(volume, "volume_id=id volume_name=name")}}, 202)


def type_told(ask: Ask, told: Json, item: Json) -> None:
    """A type without times, under the names of both its ages; what is special of it, administrators learn."""
    told |= {"os-volume-type-access:is_public": item["is_public"], **({} if ask.by.admin else {"extra_specs": {}})}
    del told["created_at"], told["updated_at"]


TYPE = Collection(
    CINDER, "volume_type", "name description=null is_public=true os-volume-type-access:is_public=true extra_specs={}",
    path="/v3/types", missing="Volume type {id} could not be found.", see="all", do="admin", unique="name",
    verbs="list show update delete", rows=offered("volume_type", "is_public"), policy="volume_extension:type_",
    view=type_told, making=lambda ask, item, body: item.update(is_public=item.pop("os-volume-type-access:is_public")),
)  # fmt: skip
properties(TYPE, "/v3/types/{id}/extra_specs", "extra_specs", "Volume Type {id} has no extra specs with key {key}.",
           deleted=202)  # fmt: skip


SERVICES = [("cinder-backup", "ctl1"), ("cinder-scheduler", "ctl1"), *(("cinder-volume", f"ctl1@{x}") for x in DRIVERS)]
UP = fields("zone=nova status=enabled state=up cluster=null disabled_reason=null")
Collection(CINDER, "service", "binary host", path="/v3/os-services", see="admin", verbs="list", key="host",
           policy="services:get_all:", rows=lambda ask: [
               {"binary": x, "host": y, **UP, "updated_at": ask.time(MICROSECONDS)} for x, y in SERVICES])  # fmt: skip
CAPABLE = fields("total_capacity_gb=4096 free_capacity_gb=4000 volume_backend_name=lvmdriver-1 storage_protocol=file")
Collection(CINDER, "pool", "name detail=", path="/v3/scheduler-stats/get_pools", see="admin", verbs="list", key="name",
           policy="scheduler_extension:scheduler_stats:",
           rows=lambda ask: [{"name": f"ctl1@{x}#{x}", "capabilities": CAPABLE} for x in DRIVERS])  # fmt: skip


def absolute_limits(ask: Ask) -> Json:
    """What a project may have and has."""
    may, has = (count(ask, CINDER, ask.by.project_id) for count in (limits, used))
    return {"limits": {"rate": [], "absolute": pick(may, """maxTotalVolumes=volumes maxTotalVolumeGigabytes=gigabytes
        maxTotalSnapshots=snapshots maxTotalBackups=backups maxTotalBackupGigabytes=backup_gigabytes""") | pick(has, """
        totalVolumesUsed=volumes totalGigabytesUsed=gigabytes totalSnapshotsUsed=snapshots totalBackupsUsed=backups
        totalBackupGigabytesUsed=backup_gigabytes""")}}  # fmt: skip


answers(CINDER, {
    "POST /v3/backups": lambda ask: Answer({"backup": pick(BACKUP.create(ask).body["backup"], BACKUP.brief)}, 202),
    "POST /v3/types": lambda ask: TYPE.create(ask).body,
    "GET /v3/types/default": lambda ask: TYPE.wrap(ask, type_named(ask, None)),
    "GET /v3/os-availability-zone": lambda ask: {
        "availabilityZoneInfo": [{"zoneName": "nova", "zoneState": {"available": True}}]},
    "GET /v3/limits": absolute_limits})  # fmt: skip
