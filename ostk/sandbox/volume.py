"""Block storage: volumes, snapshots, backups, types, attachments."""

from collections.abc import Callable
from string import ascii_lowercase
from typing import Any

from .api_errors import raise_if
from .data import Json, fields, is_true, pick
from .engine import Collection, action, add_property_routes, add_routes, public_or_shared, route
from .image import IMAGE
from .messages import MICROSECONDS, Request, Response
from .quotas import check_quota, limits_of, usage_of
from .services import CINDER
from .store import new_id

CHANGE_SECONDS = 1.0
DRIVERS = ("lvmdriver-1", "lvmdriver-2")
TYPE_FIELDS = "volume_type=name volume_type_id=id"
BACKEND_FIELDS = fields(
    "service_uuid=bf3e9fa4-a4e9-4c33-b5a1-2d4c2a2f4b6e os-vol-host-attr:host=ctl1@lvmdriver-1#lvmdriver-1"
)


def cinder_collection(kind: str, fields_text: str, project_key: str, **extra: Any) -> Collection:
    """Return a collection of Cinder whose items become available later; `project_key` is the key of their project."""

    def view(request: Request, output: Json, item: Json) -> None:
        project, shows_project = (
            output.pop("project_id"),
            request.method == "GET" and (request.identity.admin or kind != "backup"),
        )
        output |= {project_key: project} if shows_project else {}
        for key in [x for x in output if ":" in x and request.method != "GET"]:
            del output[key]
        if not output.get("volume_image_metadata", True):
            del output["volume_image_metadata"]
        output |= {"attachments": attachments(request, item)} if kind == "volume" else {}

    all_fields = f"name=null description=null metadata={{}} +status=creating {fields_text}"
    return Collection(
        CINDER,
        kind,
        all_fields,
        list_fields="id name links",
        delete_delay=CHANGE_SECONDS,
        adjust_output=view,
        **extra,
        match_filter=lambda request, item, key, value: value in str(item["metadata"]) if key == "metadata" else None,
    )


def become_available(request: Request, item: Json, **changed: Any) -> None:
    """Schedule a change to the status available."""
    at = request.time(MICROSECONDS, request.now + CHANGE_SECONDS)
    request.store.schedule_change(item, CHANGE_SECONDS, {"status": "available", "updated_at": at, **changed})


def require_status(item: Json, *states: str, what: str = "volume") -> None:
    """Raise 400 if an item has none of these statuses."""
    words = {"what": what, "What": what.capitalize(), "id": item["id"], "states": " or ".join(states)}
    raise_if(item["status"] not in states, "InvalidStatus", **words, status=item["status"])


def find_type(request: Request, name: str | None) -> Json:
    """Return a volume type by name or ID, or the default type."""
    found = [x for x in request.store.all("volume_type") if (name or "lvmdriver-1") in (x["id"], x["name"])]
    raise_if(not found, "VolumeTypeNotFoundByName", name=name)
    return found[0]


def before_volume_create(request: Request, item: Json, body: Json) -> None:
    """Set the fields of a new volume: empty, or from a snapshot, a volume, an image or a backup."""
    kinds = {"snapshot_id": SNAPSHOT, "source_volid": VOLUME, "backup_id": BACKUP}
    source: Json = next((kind.find(request, item[key]) for key, kind in kinds.items() if item[key]), {})
    del item["backup_id"]
    if image := item.pop("imageRef"):
        words = "image_name=name checksum container_format disk_format min_disk min_ram size"
        keys = pick(IMAGE.find(request, image, 400), words)
        item["volume_image_metadata"] = {"image_id": image, **{key: str(value) for key, value in keys.items()}}
    size: Any = source.get("size") if item["size"] is None else item["size"]
    raise_if(size is None, "NoSize")
    raise_if(not str(size).isdigit() or int(size) < 1, "InvalidSize", size=size)
    check_quota(request, CINDER, volumes=1, gigabytes=int(size))
    item |= pick(find_type(request, item["volume_type"] or source.get("volume_type")), TYPE_FIELDS)
    item |= {
        "size": int(size),
        "user_id": request.identity.user_id,
        "availability_zone": item["availability_zone"] or "nova",
    }
    item["bootable"] = "true" if image or source.get("bootable") == "true" else "false"
    become_available(request, item, shared_targets=False, **BACKEND_FIELDS)


def attachments(request: Request, volume: Json) -> list[Json]:
    """Return the attachments of a volume; only administrators see the host."""
    words = "id=volume_id attachment_id=id volume_id server_id host_name=host device attached_at"
    found = [pick(x, words) for x in request.store.all("attachment", volume_id=volume["id"])]
    return found if request.identity.admin else [{**x, "host_name": None} for x in found]


def before_volume_delete(request: Request, item: Json, body: Json) -> None:
    """Raise 400 for a volume in use; with `cascade` delete its snapshots."""
    raise_if(item["status"] not in ("available", "error"), "InvalidVolume")
    if is_true(request.query_param("cascade")):
        request.store.delete("snapshot", *(x["id"] for x in request.store.all("snapshot", volume_id=item["id"])))


VOLUME = cinder_collection(
    "volume",
    """size=null volume_type=null snapshot_id=null source_volid=null imageRef=null availability_zone=null
    consistencygroup_id=null multiattach=false backup_id=null group_id=null +encrypted=false +replication_status=null
    +shared_targets=true +service_uuid=null +consumes_quota=true +volume_image_metadata={} +*migration_status=null
    +*provider_id=null +*cluster_name=null +*os-vol-host-attr:host=null +*os-vol-mig-status-attr:migstat=null
    +*os-vol-mig-status-attr:name_id=null""",
    "os-vol-tenant-attr:tenant_id",
    has_links=True,
    since="""group_id=13 provider_id=21 shared_targets=48 service_uuid=48 cluster_name=61 volume_type_id=63
    consumes_quota=65""",
    before_create=before_volume_create,
    blocks_delete="snapshot.volume_id=InvalidVolume",
    before_delete=before_volume_delete,
)
add_property_routes(
    VOLUME, "/v3/volumes/{id}/metadata", "metadata", "Volume {id} has no metadata with key {key}.", "meta"
)


def _extend(request: Request, item: Json, given: Json) -> None:
    size, now = int(given["new_size"]), item["size"]
    require_status(item, "available", "in-use")
    raise_if(size <= now, "InvalidExtend", now=now, size=size)
    check_quota(request, CINDER, gigabytes=size - now)
    become_available(request, item, status=item["status"], size=size)
    item["status"] = "extending"


def _reset(request: Request, item: Json, given: Json) -> None:
    VOLUME.forbid_if(not request.identity.admin, "reset_status", "volume_extension:volume_admin_actions:")
    item |= {"_steps": [], **pick(given, "status migration_status")}


def _no_image_metadata(request: Request, item: Json, given: Json) -> None:
    raise_if(given["key"] not in item["volume_image_metadata"], "NoImageMetadata")
    del item["volume_image_metadata"][given["key"]]


ACTIONS: dict[str, Callable[[Request, Json, Json], None]] = {
    "os-extend": _extend,
    "os-reset_status": _reset,
    "os-force_delete": lambda request, item, given: item.update(
        request.store.schedule_change({}, CHANGE_SECONDS, None), status="deleting"
    ),
    "os-retype": lambda request, item, given: item.update(pick(find_type(request, given["new_type"]), TYPE_FIELDS)),
    "os-set_image_metadata": lambda request, item, given: item["volume_image_metadata"].update(given["metadata"]),
    "os-unset_image_metadata": _no_image_metadata,
    "os-set_bootable": lambda request, item, given: item.update(bootable=str(given["bootable"]).lower()),
    "os-update_readonly_flag": lambda request, item, given: item["metadata"].update(readonly=str(given["readonly"])),
}


@route(CINDER, "POST /v3/{many}/{id}/action")
def _action(request: Request) -> Response:
    one = {x.plural: x for x in (VOLUME, SNAPSHOT, BACKUP)}.get(request.args["many"], TYPE)
    name, item, given = action(request, one, ACTIONS)
    ACTIONS[name](request, item, given)
    one.save(request, item)
    output = {"metadata": item["volume_image_metadata"]} if name == "os-set_image_metadata" else None
    return Response(output, 200 if name == "os-set_bootable" or "metadata" in name else 202)


def attach(request: Request, server: Json, volume_id: str, body: Json) -> None:
    """Attach a volume to a server."""
    volume, device = VOLUME.find(request, volume_id), body.get("device")
    raise_if(volume["status"] == "in-use" and not volume["multiattach"], "VolumeAttached", id=volume_id)
    require_status(volume, "available", "in-use")
    taken = {x["device"][-1] for x in request.store.all("attachment", server_id=server["id"])}
    free = next(x for x in ascii_lowercase[1 if server["_image"] else 0 :] if x not in taken)
    VOLUME.save(request, {**volume, "status": "in-use"})
    request.store.put(
        "attachment",
        {
            "id": new_id(),
            "volume_id": volume_id,
            **pick(server, "server_id=id host project_id"),
            "bdm": new_id(),
            "device": f"/dev/sd{(device or free)[-1]}",  # Nova ignores the bus of a given device name
            "tag": body.get("tag"),
            "delete": bool(body.get("delete_on_termination")),
            "status": "attached",
            "attached_at": request.time(MICROSECONDS),
            "detached_at": None,
            "attach_mode": "rw",
        },
    )


def detach(request: Request, attachment: Json, delete: bool = False) -> None:
    """Detach a volume from its server, or delete the volume."""
    request.store.delete("attachment", attachment["id"])
    volume = request.store.get("volume", attachment["volume_id"])
    if delete:
        request.store.delete("volume", attachment["volume_id"])
    elif volume and not request.store.first("attachment", volume_id=volume["id"]):
        VOLUME.save(request, {**volume, "status": "available"})


def create_boot_volume(request: Request, server: Json, disk: Json) -> str:
    """Create the volume of a new server and return its ID."""
    source = {"image": "imageRef=uuid", "snapshot": "snapshot_id=uuid"}.get(disk.get("source_type", ""), "")
    size = disk.get("volume_size") or max(1, server["_flavor"]["disk"])
    item = VOLUME.insert(request, {"name": "", "size": size, **pick(disk, f"volume_type {source}")})
    _, ready = item.pop("_steps")[0]  # a boot volume is available at once
    return str(request.store.put("volume", item | ready)["id"])


Collection(
    CINDER,
    "attachment",
    "volume_id",
    verbs="list show",
    list_fields="id status instance volume_id",
    adjust_output=lambda request, output, item: output.update(instance=item["server_id"], connection_info={}),
    not_found="Volume attachment could not be found with filter: attachment_id = {id}.",
)


def before_copy_create(request: Request, item: Json, body: Json) -> None:
    """Set the fields of a new snapshot or backup."""
    volume, backup = VOLUME.find(request, item["volume_id"]), "incremental" in item
    require_status(
        volume, "available", *(["in-use"] if item.pop("force") or (request.version >= (3, 66) and not backup) else [])
    )
    item |= {"size": volume["size"], "user_id": request.identity.user_id, "metadata": item["metadata"] or {}}
    if backup:
        item |= {"is_incremental": item.pop("incremental"), "data_timestamp": request.time(MICROSECONDS)}
        item["object_count"] = volume["size"] * 1024 // 50 + 1  # each of 50 MiB
    become_available(request, item, **{} if backup else {"os-extended-snapshot-attributes:progress": "100%"})


def before_copy_delete(request: Request, item: Json, body: Json) -> None:
    """Raise 400 for a snapshot or a backup that is not complete."""
    require_status(item, "available", "error", what="backup" if "is_incremental" in item else "snapshot")


SNAPSHOT = cinder_collection(
    "snapshot",
    """volume_id force=false +group_snapshot_id=null +consumes_quota=true
    +os-extended-snapshot-attributes:progress=0%""",
    "os-extended-snapshot-attributes:project_id",
    quota="snapshots",
    before_create=before_copy_create,
    before_delete=before_copy_delete,
)
add_property_routes(SNAPSHOT, "/v3/snapshots/{id}/metadata", "metadata", "Metadata item was not found", "meta")
BACKUP = cinder_collection(
    "backup",
    """volume_id container=volumebackups incremental=false force=false snapshot_id=null
    availability_zone=nova +object_count=0 +fail_reason=null +has_dependent_backups=false +*user_id=null""",
    "os-backup-project-attr:project_id",
    quota="backups",
    has_links=True,
    before_create=before_copy_create,
    before_delete=before_copy_delete,
)


@route(CINDER, "POST /v3/backups/{id}/restore")
def _restore(request: Request) -> Response:
    backup, given = BACKUP.find(request), request.json("restore")
    made = {"name": given.get("name") or f"restore_backup_{backup['id']}", "size": backup["size"]}
    volume = VOLUME.find(request, given["volume_id"]) if given.get("volume_id") else VOLUME.insert(request, made)
    return Response({"restore": {"backup_id": backup["id"], **pick(volume, "volume_id=id volume_name=name")}}, 202)


def type_output(request: Request, output: Json, item: Json) -> None:
    """Adjust a volume type: both keys of its visibility, and extra specs for administrators only."""
    output |= {
        "os-volume-type-access:is_public": item["is_public"],
        **({} if request.identity.admin else {"extra_specs": {}}),
    }
    del output["created_at"], output["updated_at"]


TYPE = Collection(
    CINDER,
    "volume_type",
    "name description=null is_public=true os-volume-type-access:is_public=true extra_specs={}",
    path="/v3/types",
    not_found="Volume type {id} could not be found.",
    read_scope="all",
    write_scope="admin",
    unique_fields="name",
    verbs="list show update delete",
    source=public_or_shared("volume_type", "is_public"),
    policy="volume_extension:type_",
    adjust_output=type_output,
    before_create=lambda request, item, body: item.update(is_public=item.pop("os-volume-type-access:is_public")),
)
add_property_routes(
    TYPE,
    "/v3/types/{id}/extra_specs",
    "extra_specs",
    "Volume Type {id} has no extra specs with key {key}.",
    deleted=202,
)


VOLUME_SERVICES = [
    ("cinder-backup", "ctl1"),
    ("cinder-scheduler", "ctl1"),
    *(("cinder-volume", f"ctl1@{x}") for x in DRIVERS),
]
SERVICE_STATE = fields("zone=nova status=enabled state=up cluster=null disabled_reason=null")
Collection(
    CINDER,
    "service",
    "binary host",
    path="/v3/os-services",
    read_scope="admin",
    verbs="list",
    id_field="host",
    policy="services:get_all:",
    source=lambda request: [
        {"binary": x, "host": y, **SERVICE_STATE, "updated_at": request.time(MICROSECONDS)} for x, y in VOLUME_SERVICES
    ],
)
CAPABILITIES = fields(
    "total_capacity_gb=4096 free_capacity_gb=4000 volume_backend_name=lvmdriver-1 storage_protocol=file"
)
Collection(
    CINDER,
    "pool",
    "name detail=",
    path="/v3/scheduler-stats/get_pools",
    read_scope="admin",
    verbs="list",
    id_field="name",
    policy="scheduler_extension:scheduler_stats:",
    source=lambda request: [{"name": f"ctl1@{x}#{x}", "capabilities": CAPABILITIES} for x in DRIVERS],
)


def absolute_limits(request: Request) -> Json:
    """Return the limits and the usage of a project."""
    maximums, usage = (count(request, CINDER, request.identity.project_id) for count in (limits_of, usage_of))
    return {
        "limits": {
            "rate": [],
            "absolute": pick(
                maximums,
                """maxTotalVolumes=volumes maxTotalVolumeGigabytes=gigabytes
        maxTotalSnapshots=snapshots maxTotalBackups=backups maxTotalBackupGigabytes=backup_gigabytes""",
            )
            | pick(
                usage,
                """
        totalVolumesUsed=volumes totalGigabytesUsed=gigabytes totalSnapshotsUsed=snapshots totalBackupsUsed=backups
        totalBackupGigabytesUsed=backup_gigabytes""",
            ),
        }
    }


add_routes(
    CINDER,
    {
        "POST /v3/backups": lambda request: Response(
            {"backup": pick(BACKUP.create(request).body["backup"], BACKUP.list_fields)}, 202
        ),
        "POST /v3/types": lambda request: TYPE.create(request).body,
        "GET /v3/types/default": lambda request: TYPE.wrap(request, find_type(request, None)),
        "GET /v3/os-availability-zone": lambda request: {
            "availabilityZoneInfo": [{"zoneName": "nova", "zoneState": {"available": True}}]
        },
        "GET /v3/limits": absolute_limits,
    },
)
