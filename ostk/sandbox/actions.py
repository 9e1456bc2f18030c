"""Servers, continued: actions, and what hangs on a server: ports, volumes, metadata, events."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from .compute import FLAVOR, HOSTS
from .data import Json, pick
from .engine import action, answers, on, properties
from .image import snapshot, usable
from .network import PORT
from .refusals import refusal, refuse
from .servers import (
    BUILD,
    PAUSE,
    SERVER,
    addresses,
    changeable,
    erase,
    group_named,
    groups_of,
    join,
    leave,
    log,
    placed,
    ports,
    state,
)  # fmt: skip
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
        item |= placed(given.get("host") or others[0])
    if name in ("resize", "migrate") and now == "stopped":
        item["_was"] = "stopped"
    if name in ("confirmResize", "revertResize"):
        end = item.pop("_was", end)
    seconds = BUILD if name in ("resize", "migrate", "rebuild") else PAUSE
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
    log(ask, item, "createImage", BUILD)
    return Answer({"image_id": made} if ask.version >= (2, 45) else None, 202,
                  {"Location": f"{ask.host}/compute/images/{made}"})  # fmt: skip


def _group(ask: Ask, item: Json, given: Json, add: bool = True) -> None:
    group = group_named(ask, given["name"])["id"]
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
    "forceDelete": lambda ask, item, given: erase(ask, item),
    "changePassword": lambda ask, item, given: None,
    "trigger_crash_dump": lambda ask, item, given: None,
}


# -- what hangs on a server ---------------------------------------------------------------------------


def interface(ask: Ask, port: Json) -> Json:
    """A port as Nova tells of it."""
    told = pick(port, "net_id=network_id port_id=id mac_addr=mac_address port_state=status fixed_ips")
    return {**told, **({"tag": None} if ask.version >= (2, 70) else {})}


@on(NOVA, "GET,POST /v2.1/servers/{id}/os-interface", "GET,DELETE /v2.1/servers/{id}/os-interface/{port}")
def _interfaces(ask: Ask) -> Json | Answer:
    item = SERVER.find(ask) if ask.method == "GET" else changeable(ask, "os-attach-interfaces")
    if ask.method == "POST":
        return {"interfaceAttachment": interface(ask, join(ask, item, ask.json("interfaceAttachment")))}
    mine = {x["id"]: x for x in ports(ask, item)}
    if "port" not in ask.args:
        return {"interfaceAttachments": [interface(ask, x) for x in mine.values()]}
    if ask.args["port"] not in mine:
        raise refusal("PortNotThere", id=item["id"], port=PORT.find(ask, ask.args["port"])["id"])
    if ask.method == "GET":
        return {"interfaceAttachment": interface(ask, mine[ask.args["port"]])}
    leave(ask, mine[ask.args["port"]])
    return Answer(None, 202)


@on(NOVA, "GET,POST /v2.1/servers/{id}/os-volume_attachments")
@on(NOVA, "GET,PUT,DELETE /v2.1/servers/{id}/os-volume_attachments/{volume}")
def _volumes(ask: Ask) -> Json | Answer:
    item = SERVER.find(ask) if ask.method == "GET" else changeable(ask, "os-volumes-attachments")
    body = ask.json("volumeAttachment") if ask.method in ("POST", "PUT") else {}
    if ask.method == "POST":
        made = attach(ask, item, body["volumeId"], bool(body.get("delete_on_termination")), body.get("device"))
        log(ask, item, "attach_volume", PAUSE)
        return {"volumeAttachment": attachment(ask, made)}
    mine = {x["volume_id"]: x for x in ask.store.all("attachment", server_id=item["id"])}
    if "volume" not in ask.args:
        return {"volumeAttachments": [attachment(ask, x) for x in mine.values()]}
    found = mine.get(ask.args["volume"])
    if found is None:
        raise refusal("VolumeNotThere", id=item["id"], volume=VOLUME.find(ask, ask.args["volume"])["id"])
    if ask.method == "GET":
        return {"volumeAttachment": attachment(ask, found)}
    if ask.method == "PUT":
        ask.store.put("attachment", found | pick(body, "delete=delete_on_termination"))
    else:
        detach(ask, found)
        log(ask, item, "detach_volume", PAUSE)
    return Answer(None, 202)


def attachment(ask: Ask, kept: Json) -> Json:
    """A volume on a server, as the microversion has it."""
    since = {70: "tag", 79: "delete_on_termination=delete", 89: "attachment_id=id bdm_uuid=bdm"}
    words = " ".join(words for minor, words in since.items() if ask.version >= (2, minor))
    old = "" if ask.version >= (2, 89) else "id=volume_id"
    return pick({**kept, "tag": None}, f"serverId=server_id volumeId=volume_id device {old} {words}")


properties(SERVER, "/v2.1/servers/{id}/metadata", "metadata", "Metadata item was not found", "meta", 204)


CONSOLE = "http://127.0.0.1:6080/vnc_lite.html?path=%3Ftoken%3D"
answers(NOVA, {
    "POST /v2.1/servers/{id}/remote-consoles": lambda ask: SERVER.find(ask) and {"remote_console": {
        **pick(ask.json("remote_console"), "protocol type"), "url": CONSOLE + os.urandom(16).hex()}},
    "GET /v2.1/servers/{id}/ips": lambda ask: {"addresses": {
        name: [pick(x, "version addr") for x in ips] for name, ips in addresses(ask, SERVER.find(ask)).items()}},
    "GET /v2.1/servers/{id}/os-security-groups": lambda ask: {"security_groups": [
        {**pick(x, "id name description tenant_id"), "rules": []} for x in groups_of(ask, SERVER.find(ask))]},
})  # fmt: skip


@on(NOVA, "GET /v2.1/servers/{id}/os-instance-actions", "GET /v2.1/servers/{id}/os-instance-actions/{event}")
def _events(ask: Ask) -> Json:
    kept = ask.store.all("event", f"{ask.args['id']}/")
    if not kept:
        SERVER.find(ask)
    found = {}
    for x in kept:
        told = pick(x, "action instance_uuid request_id user_id project_id message")
        told["start_time"] = ask.time(MICROSECONDS, x["_start"])
        told["updated_at"] = ask.time(MICROSECONDS, min(x["_end"], ask.now))
        done = x["_end"] <= ask.now
        step = {"event": f"compute_{x['action']}", "start_time": told["start_time"], "traceback": None, "details": None,
                "finish_time": told["updated_at"] if done else None, "result": "Success" if done else None,
                "host": x["_host"], "hostId": x["_host_id"]}  # fmt: skip
        found[told["request_id"]] = {**told, "events": [step]}
    if "event" not in ask.args:
        return {"instanceActions": [{k: v for k, v in x.items() if k != "events"} for x in reversed(found.values())]}
    refuse(ask.args["event"] not in found, "ActionNotFound", id=ask.args["event"])
    return {"instanceAction": found[ask.args["event"]]}
