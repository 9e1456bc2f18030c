"""Servers, continued: actions, and what hangs on a server: ports, volumes, metadata, events."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from . import servers
from .compute import FLAVOR, HOSTS
from .data import Json, pick
from .engine import Collection, action, answers, on, properties
from .image import snapshot, usable
from .network import PORT
from .refusals import refuse
from .servers import SERVER, changeable, log, ports, state
from .services import NOVA
from .volume import VOLUME, attach, detach
from .wire import MICROSECONDS, Answer, Ask

# action: the states it may start in, the task meanwhile, the state it ends in
MOVES = {name: rest.split() for name, rest in (line.split(": ") for line in """
os-start: stopped powering-on active
os-stop: active,error powering-off stopped
pause: active pausing paused
unpause: paused unpausing active
suspend: active suspending suspended
resume: suspended resuming active
reboot: active,stopped,paused,suspended,error rebooting active
rebuild: active,stopped,error rebuild_spawning active
resize: active,stopped resize_prep resized
migrate: active,stopped resize_prep resized
confirmResize: resized - active
revertResize: resized resize_reverting active
rescue: active,stopped rescuing rescued
unrescue: rescued unrescuing active
shelve: active,stopped,paused,suspended shelving shelved_offloaded
shelveOffload: shelved shelving_offloading shelved_offloaded
unshelve: shelved,shelved_offloaded unshelving active
os-migrateLive: active,paused migrating active
restore: soft-delete restoring active
""".strip().splitlines())}  # fmt: skip
WORDS = {"confirmResize": "confirm resize", "revertResize": "revert resize", "shelveOffload": "shelve offload",
         "os-migrateLive": "live migrate"}  # fmt: skip
POLICIES = {"os-resetState": "os-admin-actions", "migrate": "os-migrate-server", "os-migrateLive": "os-migrate-server"}


@on(NOVA, "POST /v2.1/servers/{id}/action")
def _action(ask: Ask) -> Any:
    name, item, given = action(ask, SERVER, {**MOVES, **OTHERS})
    if name in POLICIES and not ask.by.admin:
        raise SERVER.forbidden(name, f"{POLICIES[name]}:")
    if name not in ("unlock", "os-getConsoleOutput", "createImage"):
        changeable(ask, name)
    if name in MOVES:
        return move(ask, item, name, given)
    return OTHERS[name](ask, item, given) or Answer(None, 202)


def move(ask: Ask, item: Json, name: str, given: Json) -> Answer:
    """Bring a server from one state to another."""
    may, task, end = MOVES[name]
    word, now, busy = WORDS.get(name, name.removeprefix("os-")), item["OS-EXT-STS:vm_state"], "OS-EXT-STS:task_state"
    words = {"word": word, "id": item["id"]}
    refuse(now not in may.split(","), "InstanceInvalidState", **words, what=f"vm_state {now}")
    refuse(item[busy], "InstanceInvalidState", **words, what=f"task_state {item[busy]}")
    if name == "reboot" and given.get("type") == "HARD":
        task = "rebooting_hard"
    if name == "resize":
        flavor = FLAVOR.find(ask, str(given.get("flavorRef", "")), 400)
        refuse(flavor["id"] == item["_flavor"]["id"], "CannotResizeToSameFlavor")
        item |= {"_old_flavor": item["_flavor"], "_flavor": flavor}
    elif name == "rebuild":
        item["_image"] = usable(ask, str(given.get("imageRef") or item["_image"]))
        item |= pick(given, "name description metadata key_name")
    elif name == "revertResize":
        item["_flavor"] = item.pop("_old_flavor", item["_flavor"])
    elif name in ("migrate", "os-migrateLive"):
        others = [host for host in HOSTS if host != item["OS-EXT-SRV-ATTR:host"]]
        item |= servers.placed(given.get("host") or others[0])
    if name in ("resize", "migrate") and now == "stopped":
        item["_was"] = "stopped"
    if name in ("confirmResize", "revertResize"):
        end = item.pop("_was", end)
    seconds = servers.BUILD if name in ("resize", "migrate", "rebuild") else servers.PAUSE
    if task == "-":
        item |= state(end)
    else:
        ask.store.later(item, seconds, state(end))[busy] = task
    SERVER.save(ask, item)
    log(ask, item, word.replace(" ", ""), seconds)
    password = given.get("adminPass") or os.urandom(6).hex()
    if name == "rebuild":
        return Answer({"server": {**SERVER.shown(ask, item), "adminPass": password}}, 202)
    if name == "rescue":
        return Answer({"adminPass": password})
    return Answer(None, 204 if name == "confirmResize" else 202)


def update(ask: Ask, item: Json, **fields: Any) -> None:
    """Keep a server with other fields."""
    SERVER.save(ask, {**item, **fields})


def _console(ask: Ask, item: Json, given: Json) -> Json:
    lines = [f"[    0.000000] Linux version 6.1.0 (the practice cloud, {item['id']})",
             "[    0.100000] Command line: root=/dev/vda1 console=ttyS0",
             *(f"[    1.{number:06}] practice boot line {number}" for number in range(1, 30)),
             f"{item['OS-EXT-SRV-ATTR:hostname']} login: ", ""]  # fmt: skip
    length = given.get("length")
    count = int(length) if length not in (None, -1, "-1") else len(lines)
    return {"output": "\n".join(lines[len(lines) - count :] if count else [])}


def _image(ask: Ask, item: Json, given: Json) -> Answer:
    made = snapshot(ask, item, given["name"], given.get("metadata") or {})
    log(ask, item, "createImage", servers.BUILD)
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
    "os-resetState": lambda ask, item, given: update(ask, item, _steps=[], **state(given["state"])),
    "addSecurityGroup": _group,
    "removeSecurityGroup": lambda ask, item, given: _group(ask, item, given, add=False),
    "forceDelete": lambda ask, item, given: servers.erase(ask, item),
    "changePassword": lambda ask, item, given: None,
    "trigger_crash_dump": lambda ask, item, given: None,
}


def interfaces(ask: Ask) -> list[Json]:
    """The ports of a server as Nova tells of them."""
    words = "net_id=network_id port_id=id mac_addr=mac_address port_state=status fixed_ips"
    return [{**pick(x, words), "tag": None} for x in ports(ask, SERVER.find(ask, ask.args["server"]))]


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
    kept = ask.store.all("attachment", server_id=SERVER.find(ask, ask.args["server"])["id"])
    words = "id=volume_id serverId=server_id volumeId=volume_id device tag delete_on_termination=delete bdm_uuid=bdm"
    return [{**pick({**x, "tag": None}, words), "attachment_id": x["id"]} for x in kept]


ATTACHMENT = Collection(
    NOVA, "volumeAttachment", "volumeId", path="/v2.1/servers/{server}/os-volume_attachments", rows=attachments,
    key="volumeId", see="all", verbs="list show", missing="Instance {server} is not attached to volume {id}",
    since="tag=70 delete_on_termination=79 attachment_id=89 bdm_uuid=89 id=-89",
)  # fmt: skip


@on(NOVA, "POST /v2.1/servers/{server}/os-volume_attachments")
@on(NOVA, "PUT,DELETE /v2.1/servers/{server}/os-volume_attachments/{id}")
def _volume(ask: Ask) -> Json | Answer:
    item = changeable(ask, "os-volumes-attachments")
    body = ask.json("volumeAttachment") if ask.method != "DELETE" else {}
    if ask.method == "POST":
        attach(ask, item, body["volumeId"], bool(body.get("delete_on_termination")), body.get("device"))
        log(ask, item, "attach_volume", servers.PAUSE)
        told = ATTACHMENT.wrap(ask, ATTACHMENT.find(ask, body["volumeId"]))
        told["volumeAttachment"]["id"] = body["volumeId"]  # here in every version
        return told
    VOLUME.find(ask)
    found: Json = ask.store.get("attachment", ATTACHMENT.find(ask)["attachment_id"]) or {}
    if ask.method == "PUT":
        ask.store.put("attachment", found | pick(body, "delete=delete_on_termination"))
    else:
        detach(ask, found)
        log(ask, item, "detach_volume", servers.PAUSE)
    return Answer(None, 202)


properties(SERVER, "/v2.1/servers/{id}/metadata", "metadata", "Metadata item was not found", "meta", 204)


CONSOLE = "http://127.0.0.1:6080/vnc_lite.html?path=%3Ftoken%3D"
answers(NOVA, {
    "POST /v2.1/servers/{id}/remote-consoles": lambda ask: SERVER.find(ask) and {"remote_console": {
        **pick(ask.json("remote_console"), "protocol type"), "url": CONSOLE + os.urandom(16).hex()}},
})  # fmt: skip


def events(ask: Ask) -> list[Json]:
    """What was done to a server, also to one that is gone."""
    found = []
    for x in ask.store.all("event", f"{ask.args['server']}/"):
        start, end = ask.time(MICROSECONDS, x["_start"]), ask.time(MICROSECONDS, min(x["_end"], ask.now))
        done = x["_end"] <= ask.now
        step = {"event": f"compute_{x['action']}", "start_time": start, "finish_time": end if done else None,
                "result": "Success" if done else None, "host": x["_host"], "hostId": x["_host_id"],
                "traceback": None, "details": None}  # fmt: skip
        found.append({**pick(x, EVENT), "start_time": start, "updated_at": end, "events": [step]})
    if not found:
        SERVER.find(ask, ask.args["server"])
    return found


EVENT = "action instance_uuid request_id user_id project_id message start_time updated_at"
Collection(NOVA, "instanceAction", "action", path="/v2.1/servers/{server}/os-instance-actions", rows=events, see="all",
           key="request_id", verbs="list show", brief=EVENT, order="newest",
           missing="Action {id} not found")  # fmt: skip
