"""Block storage, continued: snapshots, backups, types, quotas."""

from __future__ import annotations

from collections.abc import Callable

from .engine import NEEDED, Collection, on, serve
from .parts import properties, quotas
from .store import Json
from .volume import CHANGE, CREATE, DEFAULT, FORM, MANNER, QUOTAS, VOLUME, linked, matches, need, of, spend, type_named
from .wire import Answer, Ask, Refusal

BACKENDS = ("lvmdriver-1", "lvmdriver-2")


def new_snapshot(ask: Ask, item: Json, body: Json) -> None:
    """A snapshot of a volume."""
    volume = VOLUME.find(ask, item["volume_id"])
    if not item.pop("force", None) and ask.version < (3, 66):
        need(volume, "available")
    need(volume, "available", "in-use")
    spend(ask, "snapshot", 0)
    item.update(size=volume["size"], user_id=ask.by.user_id)
    ask.store.later(item, (CREATE, {"status": "available"}))


def snapshot_told(ask: Ask, told: Json, item: Json) -> Json:
    """A snapshot as it is told."""
    told["os-extended-snapshot-attributes:project_id"] = told.pop("project_id")
    done = item["status"] == "available"
    return {**told, "os-extended-snapshot-attributes:progress": "100%" if done else "0%"}


def go(kind: str) -> Callable[[Ask, Json, Json], bool]:
    """Let a snapshot or a backup go, a moment later."""

    def remove(ask: Ask, item: Json, body: Json) -> bool:
        if item["status"] not in ("available", "error"):
            raise Refusal(400, f"Invalid {kind}: {kind.capitalize()} status must be available or error")
        ask.store.put(kind, ask.store.later({**item, "status": "deleting"}, (CHANGE, None)))
        return False

    return remove


SNAPSHOT = of("snapshots", "snapshot", "snapshots", {"volume_id": NEEDED, "metadata": {}, "force": False},
              {"status": "creating", "group_snapshot_id": None, "consumes_quota": True},
              missing="Snapshot {id} could not be found.", detail="/detail", view=snapshot_told,
              making=new_snapshot,
              removing=go("snapshot"), matches=matches)  # fmt: skip


def new_backup(ask: Ask, item: Json, body: Json) -> None:
    """A backup of a volume."""
    volume = VOLUME.find(ask, item["volume_id"])
    need(volume, "available", *(["in-use"] if item.pop("force", None) else []))
    spend(ask, "backup", volume["size"])
    item.pop("force", None)
    item.update(size=volume["size"], is_incremental=bool(item.pop("incremental")), data_timestamp=ask.time(FORM))
    item["container"] = item["container"] or "volumebackups"
    item["metadata"], item["availability_zone"] = item["metadata"] or {}, "nova"
    ask.store.later(item, (CREATE, {"status": "available", "object_count": 1}))


BACKUP = of("backups", "backup", "backups",
            {"volume_id": NEEDED, "container": None, "incremental": False, "force": False,
             "snapshot_id": None,
             "metadata": {}, "availability_zone": None},
            {"status": "creating", "object_count": 0, "fail_reason": None, "has_dependent_backups": False},
            missing="Backup {id} could not be found.", detail="/detail", making=new_backup,
            removing=go("backup"),
            view=lambda ask, told, item: linked(ask, "backups", told), matches=matches)  # fmt: skip


@on(MANNER, "POST /v3/backups")
def _new_backup(ask: Ask) -> Answer:
    BACKUP.allow(ask, "create")
    told = BACKUP.shown(ask, BACKUP.make(ask, ask.json("backup")))
    return Answer({"backup": {key: told[key] for key in ("id", "name", "links")}}, 202)


@on(MANNER, "POST /v3/backups/{id}/restore")
def _restore(ask: Ask) -> Answer:
    backup, given = BACKUP.find(ask), ask.json("restore")
    name = given.get("name") or f"restore_backup_{backup['id']}"
    volume = (VOLUME.find(ask, given["volume_id"]) if given.get("volume_id") else
              VOLUME.make(ask, {"name": name, "size": backup["size"]}))  # fmt: skip
    return Answer(
        {"restore": {"backup_id": backup["id"], "volume_id": volume["id"], "volume_name": volume["name"]}}, 202
    )


TYPE = Collection(
    MANNER, "volume_type", "/v3/types", "volume_type", "volume_types",
    {"name": NEEDED, "description": None, "is_public": True, "os-volume-type-access:is_public": True,
     "extra_specs": {}},
    missing="Volume type {id} could not be found.", see="all", do="admin", unique=("name",),
    verbs="list update delete",
    conflict="Volume Type {name} already exists.", policy="volume_extension:type_create",
    making=lambda ask, item, body: item.update({
        "is_public": bool(item["os-volume-type-access:is_public"] and item["is_public"])}),
    view=lambda ask, told, item: {k: v for k, v in told.items() if k not in ("created_at", "updated_at")}
    | {"os-volume-type-access:is_public": item["is_public"]},
)  # fmt: skip


@on(MANNER, "POST /v3/types", "GET /v3/types/{id}")
def _type(ask: Ask) -> Json:
    if ask.method == "POST":
        TYPE.allow(ask, "create")
        return {"volume_type": TYPE.shown(ask, TYPE.make(ask, ask.json("volume_type")))}
    found = type_named(ask, None) if ask.args["id"] == "default" else TYPE.find(ask)
    return {"volume_type": TYPE.shown(ask, found)}


DATA = {"volumes": VOLUME, "snapshots": SNAPSHOT}
properties(MANNER, "/v3/{many}/{id}/metadata", lambda ask: DATA[ask.args["many"]], "metadata",
           "Metadata item was not found", "meta")  # fmt: skip
properties(MANNER, "/v3/types/{id}/extra_specs", lambda ask: TYPE, "extra_specs",
           "Volume Type {id} has no extra specs with key {key}.", deleted=202)  # fmt: skip

# -- quotas and what an administrator looks at --------------------------------------------------------


def used(ask: Ask, project: str) -> Json:
    """What a project has used of its quotas."""
    mine = {kind: ask.store.all(kind, project_id=project) for kind in ("volume", "snapshot", "backup")}
    sizes = {kind: sum(x["size"] for x in found) for kind, found in mine.items()}
    return {"volumes": len(mine["volume"]), "snapshots": len(mine["snapshot"]),
            "backups": len(mine["backup"]),
            "gigabytes": sizes["volume"] + sizes["snapshot"],
            "backup_gigabytes": sizes["backup"]}  # fmt: skip


quotas(QUOTAS, MANNER, "/v3/os-quota-sets", "quota_set",
       "Policy doesn't allow volume_extension:quotas:{0} to be performed.", used)  # fmt: skip


@on(
    MANNER, "GET /v3/limits", "GET /v3/os-availability-zone", "GET /v3/os-services", "GET /v3/scheduler-stats/get_pools"
)
def _looks(ask: Ask) -> Json:
    word = ask.path.rpartition("/")[2]
    if word in ("os-services", "get_pools") and not ask.by.admin:
        policy = "services:get_all" if word == "os-services" else "scheduler_extension:scheduler_stats:get_pools"
        raise Refusal(403, f"Policy doesn't allow volume_extension:{policy} to be performed.")
    if word == "get_pools":
        told = {"total_capacity_gb": 4096, "free_capacity_gb": 4000, "volume_backend_name": DEFAULT,
                "storage_protocol": "file", "vendor_name": "Open Source",
                "driver_version": "1.0.0"}  # fmt: skip
        names = [f"ctl1@{kind}#{kind}" for kind in BACKENDS]
        return {"pools": [{"name": x, **({"capabilities": told} if ask.asked("detail") else {})} for x in names]}
    if word == "os-services":
        rows = (
            ("cinder-backup", "ctl1"),
            ("cinder-scheduler", "ctl1"),
            *(("cinder-volume", f"ctl1@{kind}") for kind in BACKENDS),
        )
        return {"services": [
            {"binary": b, "host": h, "zone": "nova", "status": "enabled", "state": "up", "cluster": None,
             "updated_at": ask.time(FORM), "disabled_reason": None}
            for b, h in rows if ask.asked("binary", b) == b and ask.asked("host", h) == h]}  # fmt: skip
    if word == "os-availability-zone":
        return {"availabilityZoneInfo": [{"zoneName": "nova", "zoneState": {"available": True}}]}
    limits, now = QUOTAS.limits(ask, ask.by.project_id), used(ask, ask.by.project_id)
    words = {"volumes": "Volumes", "gigabytes": "Gigabytes", "snapshots": "Snapshots", "backups": "Backups",
             "backup_gigabytes": "BackupGigabytes"}  # fmt: skip
    absolute = {f"maxTotal{'VolumeGigabytes' if k == 'gigabytes' else word}": limits[k] for k, word in words.items()}
    return {"limits": {"rate": [], "absolute": absolute | {f"total{w}Used": now[k] for k, w in words.items()}}}


serve(SNAPSHOT, BACKUP, TYPE)
