"""Servers, continued: actions, and what hangs on a server: ports, volumes, metadata, events."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from . import servers
from .compute import FLAVOR, HOSTS
from .data import Json, fields, pick, rows
from .engine import Collection, action, on, properties
from .image import snapshot, usable
from .network import PORT
from .refusals import refuse
from .servers import SERVER, changeable, log, ports, state
from .services import NOVA
from .store import new_id
from .volume import VOLUME, attach, detach
from .wire import MICROSECONDS, Answer, Ask

# what is done, the states it may start in, the task meanwhile, the state it ends in
MOVES = {x.pop("name"): x for x in rows("name may task end", """
    os-start stopped powering-on active, os-stop active/error powering-off stopped,
    pause active pausing paused, unpause paused unpausing active, suspend active suspending suspended,
    resume suspended resuming active, reboot active/stopped/paused/suspended/error rebooting active,
    rebuild active/stopped/error rebuild_spawning active, os-migrateLive active/paused migrating active,
    resize active/stopped resize_prep resized, migrate active/stopped resize_prep resized,
    confirmResize resized resize_confirming active, revertResize resized resize_reverting active,
    rescue active/stopped rescuing rescued, unrescue rescued unrescuing active, restore soft-delete restoring active,
    shelve active/stopped/paused/suspended shelving shelved_offloaded,
    shelveOffload shelved shelving_offloading shelved_offloaded,
    unshelve shelved/shelved_offloaded unshelving active""")}  # fmt: skip
ADMIN = {"os-resetState": "os-admin-actions:reset_state", "migrate": "os-migrate-server:migrate",
         "os-migrateLive": "os-migrate-server:migrate_live", "shelveOffload": "os-shelve:shelve_offload"}  # fmt: skip


@on(NOVA, "POST /v2.1/servers/{id}/action")
def _action(ask: Ask) -> Any:
    name, item, given = action(ask, SERVER, {**MOVES, **OTHERS})
    SERVER.forbid(name in ADMIN and not ask.by.admin, "", ADMIN.get(name, ""))
    if name not in ("unlock", "os-getConsoleOutput", "createImage", "createBackup"):
        changeable(ask, name)
    if name in LOGGED:
        log(ask, item, name, servers.BUILD if name.startswith("create") else 0)
    return move(ask, item, name, given) if name in MOVES else OTHERS[name](ask, item, given) or Answer(None, 202)


def move(ask: Ask, item: Json, name: str, given: Json) -> Answer:
    """Bring a server from one state to another."""
    may, task, end = MOVES[name].values()
    task = "rebooting_hard" if given.get("type") == "HARD" else task
    word, now, busy = name.removeprefix("os-"), item["vm_state"], item["task_state"]
    wrong = f"task_state {busy}" if now in may.split("/") else f"vm_state {now}"
    refuse(busy or now not in may.split("/"), "InstanceInvalidState", word=word, id=item["id"], what=wrong)
    if name in ("resize", "migrate"):
        item["_before"] = pick(item, "_flavor host hypervisor_hostname hostId vm_state")
    if name == "resize":
        flavor = FLAVOR.find(ask, str(given.get("flavorRef", "")), 400)
        refuse(flavor["id"] == item["_flavor"]["id"], "CannotResizeToSameFlavor")
        item["_flavor"] = flavor
    elif name == "rebuild":
        item["_image"] = usable(ask, str(given.get("imageRef") or item["_image"]))
        item |= pick(given, "name description metadata key_name user_data hostname trusted_image_certificates")
    elif name in ("migrate", "os-migrateLive"):
        host = given.get("host") or next(x for x in HOSTS if x != item["host"])
        refuse(host == item["host"], "BadRequest", what="Cannot migrate to the host where the server exists.")
        item |= servers.placed(item["project_id"], host)
    elif name in ("confirmResize", "revertResize"):
        before = item.pop("_before", {})
        end = before.pop("vm_state", end)
        item |= before if name == "revertResize" else {}
    item["task_state"] = task
    SERVER.save(ask, ask.store.later(item, 0 if name == "confirmResize" else servers.PAUSE, state(end)))
    log(ask, item, "live-migration" if name == "os-migrateLive" else word, servers.PAUSE)
    password = {"adminPass": given.get("adminPass") or os.urandom(6).hex()}
    told: Json = {"rebuild": {"server": {**SERVER.shown(ask, item), **password}}, "rescue": password}
    return Answer(told.get(name), {"rescue": 200, "confirmResize": 204}.get(name, 202))


def update(ask: Ask, item: Json, **changes: Any) -> None:
    """Keep a server with other fields."""
    SERVER.save(ask, {**item, **changes})


def _console(ask: Ask, item: Json, given: Json) -> Json:
    lines = [f"[    0.000000] Linux version 0.0-fake ({item['id']})",
             "[    0.100000] Command line: root=/dev/vda1 console=ttyS0",
             *(f"[    1.{number:06}] fake boot line {number}" for number in range(1, 48)),
             f"{item['hostname']} login: ", ""]  # fmt: skip
    # Nothing, zero and less ask for the whole: a slice from -0 on.
    return {"output": "\n".join(lines[-max(0, int(given.get("length") or 0)) :])}


def _image(ask: Ask, item: Json, given: Json) -> Answer:
    made = snapshot(ask, item, given["name"], {**(given.get("metadata") or {}), **pick(given, "backup_type")})
    return Answer({"image_id": made} if ask.version >= (2, 45) else None, 202,
                  {"Location": f"{ask.host}/compute/images/{made}"})  # fmt: skip


def _group(ask: Ask, item: Json, given: Json, add: bool = True) -> None:
    group = servers.group_named(ask, given["name"])["id"]
    for port in ports(ask, item):
        kept = [x for x in port["security_groups"] if x != group]
        refuse(not add and kept == port["security_groups"], "SecurityGroupNotThere", group=group, id=item["id"])
        ask.store.put("port", {**port, "security_groups": kept + ([group] if add else [])})


OTHERS: dict[str, Callable[[Ask, Json, Json], Any]] = {
    "lock": lambda ask, item, given: update(ask, item, locked=True, locked_reason=given.get("locked_reason")),
    "unlock": lambda ask, item, given: update(ask, item, locked=False, locked_reason=None),
    "os-getConsoleOutput": _console,
    "createImage": _image,
    "createBackup": _image,
    "os-resetState": lambda ask, item, given: update(ask, item, _steps=[], **state(given["state"])),
    "addSecurityGroup": _group,
    "removeSecurityGroup": lambda ask, item, given: _group(ask, item, given, add=False),
    "forceDelete": lambda ask, item, given: servers.erase(ask, item),
    "changePassword": lambda ask, item, given: None,
    "trigger_crash_dump": lambda ask, item, given: None,
}
LOGGED = ("lock", "unlock", "createImage", "createBackup", "changePassword", "trigger_crash_dump")


def interfaces(ask: Ask) -> list[Json]:
    """The ports of a server as Nova tells of them."""
    words = "net_id=network_id port_id=id mac_addr=mac_address port_state=status fixed_ips tag=_tag"
    return [{"tag": None, **pick(x, words)} for x in ports(ask, SERVER.find(ask, ask.args["server"]))]


INTERFACE = Collection(
    NOVA, "interfaceAttachment", "port_id", path="/v2.1/servers/{server}/os-interface", rows=interfaces, key="port_id",
    see="all", verbs="list show", since="tag=70", missing="Instance {server} does not have a port with id {id}",
)  # fmt: skip


@on(NOVA, "POST /v2.1/servers/{server}/os-interface", "DELETE /v2.1/servers/{server}/os-interface/{id}")
def _interface(ask: Ask) -> Json | Answer:
    item = changeable(ask, "os-attach-interfaces")
    if ask.method == "POST":
        made = servers.join(ask, item, ask.json("interfaceAttachment"))
        return INTERFACE.wrap(ask, INTERFACE.find(ask, made["id"]))
    servers.leave(ask, PORT.find(ask, INTERFACE.find(ask)["port_id"]))
    return Answer(None, 202)


def attachments(ask: Ask) -> list[Json]:
    """The volumes on a server as Nova tells of them."""
    words = """id=volume_id serverId=server_id volumeId=volume_id device tag delete_on_termination=delete bdm_uuid=bdm
        attachment_id=id"""
    return [pick(x, words) for x in ask.store.all("attachment", server_id=SERVER.find(ask, ask.args["server"])["id"])]


ATTACHMENT = Collection(
    NOVA, "volumeAttachment", "volumeId", path="/v2.1/servers/{server}/os-volume_attachments", rows=attachments,
    key="volumeId", see="all", verbs="list show", missing="Instance {server} is not attached to volume {id}",
    since="tag=70 delete_on_termination=79 attachment_id=89 bdm_uuid=89 id=-89")  # fmt: skip


@on(NOVA, "POST /v2.1/servers/{server}/os-volume_attachments")
@on(NOVA, "PUT,DELETE /v2.1/servers/{server}/os-volume_attachments/{id}")
def _volume(ask: Ask) -> Json | Answer:
    item = changeable(ask, "os-volumes-attachments")
    body = ask.json("volumeAttachment") if ask.method != "DELETE" else {}
    if ask.method == "POST":
        id = body["volumeId"]
        attach(ask, item, id, body)
        log(ask, item, "attach_volume", servers.PAUSE)
        # Here, Nova tells the ID in every version.
        return {"volumeAttachment": {**ATTACHMENT.shown(ask, ATTACHMENT.find(ask, id)), "id": id}}
    VOLUME.find(ask)
    found: Json = ask.store.get("attachment", ATTACHMENT.find(ask)["attachment_id"]) or {}
    if ask.method == "PUT":
        ask.store.put("attachment", found | pick(body, "delete=delete_on_termination"))
        return Answer(None, 202)
    detach(ask, found)
    log(ask, item, "detach_volume", servers.PAUSE)
    return Answer(None, 202)


on(NOVA, "DELETE /v2.1/servers/{id}/os-server-password")(lambda ask: changeable(ask, "clear") and Answer(None, 204))
properties(SERVER, "/v2.1/servers/{id}/metadata", "metadata", "Metadata item was not found", "meta", 204)


CONSOLES = fields("""novnc=http://127.0.0.1:6080/vnc_lite.html?path=%3Ftoken%3D serial=ws://127.0.0.1:6083/?token=
    spice-html5=http://127.0.0.1:6081/spice_auto.html?token= spice-direct=http://127.0.0.1:13002/nova?token=
    webmks=http://127.0.0.1:6090/?token=""")


@on(NOVA, "POST /v2.1/servers/{id}/remote-consoles")
def _remote_console(ask: Ask) -> Json:
    SERVER.find(ask)
    wanted = pick(ask.json("remote_console"), "protocol type")
    return {"remote_console": {**wanted, "url": CONSOLES[wanted["type"]] + new_id()}}


def events(ask: Ask) -> list[Json]:
    """What was done to a server, also to one that is gone."""
    found = ask.store.all("event", f"{ask.args['server']}/")
    if not found:
        SERVER.find(ask, ask.args["server"])
    return found


def event_told(ask: Ask, told: Json, item: Json) -> None:
    """What was done to a server, with the one step of it."""
    end = item.get("_changed") and ask.time(MICROSECONDS, item["_changed"])
    told["updated_at"] = end or item["start_time"]
    step = {"event": f"compute_{item['action']}", "start_time": item["start_time"], "finish_time": end}
    told["events"] = [{**step, **item["_at"], "result": end and "Success", "traceback": None, "details": None}]


Collection(NOVA, "instanceAction", "action", path="/v2.1/servers/{server}/os-instance-actions", rows=events, see="all",
           key="request_id", verbs="list show", order="newest", view=event_told, missing="Action {id} not found",
           matches=lambda ask, item, key, value: servers.times(value, item["start_time"]).get(key),
           brief="action instance_uuid request_id user_id project_id message start_time updated_at")  # fmt: skip
