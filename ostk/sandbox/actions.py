"""Servers, continued: actions, and what hangs on a server: ports, volumes, tags, metadata, events."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from .compute import HOSTS, MANNER, only_admin
from .engine import on
from .network import PORT
from .parts import properties, tags
from .servers import BUILD, PAUSE, SERVER, erase, group_named, image_of, join, leave, log, ports, save, state, unlocked
from .store import Json
from .wire import Answer, Ask, Refusal

# action → its name in refusals, the states it may start in, the task meanwhile, the state it ends in
MOVES: dict[str, tuple[str, str, str, str]] = {
    "os-start": ("start", "stopped", "powering-on", "active"),
    "os-stop": ("stop", "active error", "powering-off", "stopped"),
    "pause": ("pause", "active", "pausing", "paused"),
    "unpause": ("unpause", "paused", "unpausing", "active"),
    "suspend": ("suspend", "active", "suspending", "suspended"),
    "resume": ("resume", "suspended", "resuming", "active"),
    "reboot": ("reboot", "active stopped paused suspended error", "rebooting", "active"),
    "rebuild": ("rebuild", "active stopped error", "rebuild_spawning", "active"),
    "resize": ("resize", "active stopped", "resize_prep", "resized"),
    "migrate": ("migrate", "active stopped", "resize_prep", "resized"),
    "confirmResize": ("confirm resize", "resized", "", "active"),
    "revertResize": ("revert resize", "resized", "resize_reverting", "active"),
    "rescue": ("rescue", "active stopped", "rescuing", "rescued"),
    "unrescue": ("unrescue", "rescued", "unrescuing", "active"),
    "shelve": ("shelve", "active stopped paused suspended", "shelving", "shelved_offloaded"),
    "shelveOffload": ("shelve offload", "shelved", "shelving_offloading", "shelved_offloaded"),
    "unshelve": ("unshelve", "shelved shelved_offloaded", "unshelving", "active"),
    "os-migrateLive": ("live migrate", "active paused", "migrating", "active"),
    "restore": ("restore", "soft-delete", "restoring", "active"),
}  # fmt: skip
FOR_ADMINS = {"os-resetState", "resetNetwork", "injectNetworkInfo", "migrate", "os-migrateLive", "evacuate"}


@on(MANNER, "POST /v2.1/servers/{id}/action")
def _action(ask: Ask) -> Answer | Json:
    body = ask.json()
    name, given = next(iter(body.items()), ("", None))
    item = SERVER.find(ask)
    SERVER.allow(ask, f"action_{name}", item)
    if name not in MOVES and name not in OTHERS:
        raise Refusal(400, f"There is no such action: {name}")
    if name in FOR_ADMINS:
        only_admin(ask, f"os-admin-actions:{name}" if name == "os-resetState" else f"os-migrate-server:{name}")
    if name not in ("unlock", "os-getConsoleOutput", "createImage"):
        unlocked(ask, item)
    if name in OTHERS:
        return OTHERS[name](ask, item, given)
    return move(ask, item, name, given if isinstance(given, dict) else {})


def move(ask: Ask, item: Json, name: str, given: Json) -> Answer:
    """Bring a server from one state to another."""
    word, may, task, end = MOVES[name]
    now = item["OS-EXT-STS:vm_state"]
    if now not in may.split():
        raise Refusal(409, f"Cannot '{word}' instance {item['id']} while it is in vm_state {now}")
    if item["OS-EXT-STS:task_state"]:
        raise Refusal(409, f"Cannot '{word}' instance {item['id']} while it is in task_state "
                      f"{item['OS-EXT-STS:task_state']}")  # fmt: skip
    if name == "reboot" and given.get("type") == "HARD":
        task = "rebooting_hard"
    if name == "resize":
        other_flavor(ask, item, str(given.get("flavorRef", "")))
    elif name == "rebuild":
        item["_image"] = image_of(ask, str(given.get("imageRef") or item["_image"]))
        item.update({key: given[key] for key in ("name", "description", "metadata", "key_name") if key in given})
    elif name == "revertResize":
        item["_flavor"] = item.pop("_old_flavor", item["_flavor"])
    elif name in ("migrate", "os-migrateLive"):
        other = next(host for host in HOSTS if host != item["OS-EXT-SRV-ATTR:host"])
        item.update({"OS-EXT-SRV-ATTR:host": given.get("host") or other,
                     "OS-EXT-SRV-ATTR:hypervisor_hostname": given.get("host") or other})  # fmt: skip
    if name in ("resize", "migrate") and now == "stopped":
        item["_was"] = "stopped"
    if name in ("confirmResize", "revertResize"):
        end = item.pop("_was", end)
    seconds = PAUSE if name not in ("resize", "migrate", "rebuild") else BUILD
    save(ask, item)
    if not task:
        item.update(state(end))
    else:
        item["OS-EXT-STS:task_state"] = task
        ask.store.later(item, (seconds, state(end)))
    save(ask, item)
    log(ask, item, word.replace(" ", ""), seconds)
    if name == "rebuild":
        told = SERVER.shown(ask, item)
        return Answer({"server": {**told, "adminPass": os.urandom(6).hex()}}, 202)
    if name == "rescue":
        return Answer({"adminPass": given.get("adminPass") or os.urandom(6).hex()})
    return Answer(None, 204 if name == "confirmResize" else 202)


def other_flavor(ask: Ask, item: Json, id: str) -> None:
    """Give a server another flavor, keeping the old one in mind."""
    flavor = ask.store.get("flavor", id)
    if flavor is None:
        raise Refusal(400, f"Flavor {id} could not be found.")
    if flavor["id"] == item["_flavor"]["id"]:
        raise Refusal(400, "When resizing, instances must change flavor!")
    item["_old_flavor"], item["_flavor"] = item["_flavor"], flavor


def _lock(ask: Ask, item: Json, given: Any) -> Answer:
    item.update(locked=True, locked_reason=(given or {}).get("locked_reason"))
    save(ask, item)
    return Answer(None, 202)


def _unlock(ask: Ask, item: Json, given: Any) -> Answer:
    item.update(locked=False, locked_reason=None)
    save(ask, item)
    return Answer(None, 202)


def _console(ask: Ask, item: Json, given: Any) -> Json:
    lines = [f"[    0.000000] Linux version 6.1.0 (the practice cloud, {item['id']})",
             "[    0.100000] Command line: root=/dev/vda1 console=ttyS0",
             *(f"[    1.{number:06}] practice boot line {number}" for number in range(1, 30)),
             f"{item['OS-EXT-SRV-ATTR:hostname']} login: ", ""]  # fmt: skip
    length = (given or {}).get("length")
    count = int(length) if length not in (None, -1, "-1") else len(lines)
    return {"output": "\n".join(lines[len(lines) - count :] if count else [])}


def _image(ask: Ask, item: Json, given: Any) -> Answer | Json:
    from .image import snapshot

    made = snapshot(ask, item, given["name"], given.get("metadata") or {})
    log(ask, item, "createImage", BUILD)
    if ask.version >= (2, 45):
        return Answer({"image_id": made}, 202)
    return Answer(None, 202, {"Location": f"{ask.host}/compute/images/{made}"})


def _reset(ask: Ask, item: Json, given: Any) -> Answer:
    wanted = given["state"]
    item.pop("_steps", None)
    item.update(state(wanted) if wanted in ("active", "error") else {})
    save(ask, item)
    return Answer(None, 202)


def _group(add: bool) -> Callable[[Ask, Json, Any], Answer]:
    def change(ask: Ask, item: Json, given: Any) -> Answer:
        group = group_named(ask, given["name"])["id"]
        for port in ports(ask, item):
            kept = [x for x in port["security_groups"] if x != group]
            if not add and len(kept) == len(port["security_groups"]):
                raise Refusal(404, f"Security group {group} not associated with the instance {item['id']}")
            ask.store.put("port", {**port, "security_groups": kept + ([group] if add else [])})
        return Answer(None, 202)

    return change


def _erase(ask: Ask, item: Json, given: Any) -> Answer:
    erase(ask, item)
    return Answer(None, 202)


def _done(ask: Ask, item: Json, given: Any) -> Answer:
    return Answer(None, 202)


OTHERS: dict[str, Callable[[Ask, Json, Any], Answer | Json]] = {
    "lock": _lock, "unlock": _unlock, "os-getConsoleOutput": _console, "createImage": _image,
    "os-resetState": _reset, "addSecurityGroup": _group(True), "removeSecurityGroup": _group(False),
    "forceDelete": _erase, "changePassword": _done, "trigger_crash_dump": _done,
}  # fmt: skip


@on(MANNER, "POST /v2.1/servers/{id}/remote-consoles")
def _remote_console(ask: Ask) -> Json:
    SERVER.find(ask)
    body = ask.json("remote_console")
    url = f"http://127.0.0.1:6080/vnc_lite.html?path=%3Ftoken%3D{os.urandom(16).hex()}"
    return {"remote_console": {"protocol": body["protocol"], "type": body["type"], "url": url}}


# -- what hangs on a server ---------------------------------------------------------------------------


def interface(port: Json, tagged: bool) -> Json:
    """A port as Nova tells of it."""
    told = {"net_id": port["network_id"], "port_id": port["id"], "mac_addr": port["mac_address"],
            "port_state": port["status"], "fixed_ips": port["fixed_ips"]}  # fmt: skip
    return {**told, **({"tag": None} if tagged else {})}


@on(MANNER, "GET /v2.1/servers/{id}/os-interface", "POST /v2.1/servers/{id}/os-interface")
@on(MANNER, "GET /v2.1/servers/{id}/os-interface/{port}", "DELETE /v2.1/servers/{id}/os-interface/{port}")
def _interfaces(ask: Ask) -> Json | Answer:
    item, tagged = SERVER.find(ask), ask.version >= (2, 70)
    if ask.method == "POST":
        unlocked(ask, item)
        return {"interfaceAttachment": interface(join(ask, item, ask.json("interfaceAttachment")), tagged)}
    mine = ports(ask, item)
    if "port" not in ask.args:
        return {"interfaceAttachments": [interface(x, tagged) for x in mine]}
    found = [x for x in mine if x["id"] == ask.args["port"]]
    if not found:
        raise Refusal(404, f"Port {ask.args['port']} not found" if not PORT.find(ask, ask.args["port"]) else
                      f"Instance {item['id']} does not have a port with id {ask.args['port']}")  # fmt: skip
    if ask.method == "GET":
        return {"interfaceAttachment": interface(found[0], tagged)}
    leave(ask, found[0])
    return Answer(None, 202)


VOLUMES = "/v2.1/servers/{id}/os-volume_attachments"


@on(MANNER, f"GET {VOLUMES}", f"POST {VOLUMES}")
@on(MANNER, f"GET {VOLUMES}/{{volume}}", f"PUT {VOLUMES}/{{volume}}", f"DELETE {VOLUMES}/{{volume}}")
def _volumes(ask: Ask) -> Json | Answer:
    from . import volume

    item = SERVER.find(ask)
    if ask.method == "POST":
        unlocked(ask, item)
        body = ask.json("volumeAttachment")
        made = volume.attach(ask, item, body["volumeId"], bool(body.get("delete_on_termination")), body.get("device"))
        log(ask, item, "attach_volume", PAUSE)
        return {"volumeAttachment": attachment(ask, made)}
    mine = ask.store.all("attachment", server_id=item["id"])
    if "volume" not in ask.args:
        return {"volumeAttachments": [attachment(ask, x) for x in mine]}
    found = [x for x in mine if x["volume_id"] == ask.args["volume"]]
    if not found:
        raise Refusal(404, f"Instance {item['id']} is not attached to volume {ask.args['volume']}"
                      if ask.store.get("volume", ask.args["volume"]) else
                      f"Volume {ask.args['volume']} could not be found.")  # fmt: skip
    if ask.method == "GET":
        return {"volumeAttachment": attachment(ask, found[0])}
    if ask.method == "PUT":
        body = ask.json("volumeAttachment")
        found[0]["delete"] = bool(body.get("delete_on_termination", found[0]["delete"]))
        ask.store.put("attachment", found[0])
    else:
        volume.detach(ask, found[0])
        log(ask, item, "detach_volume", PAUSE)
    return Answer(None, 202)


def attachment(ask: Ask, kept: Json) -> Json:
    """A volume on a server, as the microversion has it."""
    told: Json = {"serverId": kept["server_id"], "volumeId": kept["volume_id"], "device": kept["device"]}
    if ask.version < (2, 89):
        told["id"] = kept["volume_id"]
    if ask.version >= (2, 70):
        told["tag"] = None
    if ask.version >= (2, 79):
        told["delete_on_termination"] = kept["delete"]
    if ask.version >= (2, 89):
        told |= {"attachment_id": kept["id"], "bdm_uuid": kept["bdm"]}
    return told


properties(MANNER, "/v2.1/servers/{id}/metadata", lambda ask: SERVER, "metadata",
           "Metadata item was not found",
           "meta", 204)  # fmt: skip
tags(MANNER, "/v2.1/servers/{id}", lambda ask: SERVER, "Server {id} has no tag '{tag}'")


@on(
    MANNER,
    "GET /v2.1/servers/{id}/ips",
    "GET /v2.1/servers/{id}/os-security-groups",
    "GET /v2.1/servers/{id}/diagnostics",
)
def _looks(ask: Ask) -> Json:
    item = SERVER.find(ask)
    if ask.path.endswith("/ips"):
        found = SERVER.shown(ask, item)["addresses"]
        return {"addresses": {name: [{"version": x["version"], "addr": x["addr"]} for x in ips]
                              for name, ips in found.items()}}  # fmt: skip
    if ask.path.endswith("/diagnostics"):
        only_admin(ask, "os-server-diagnostics")
        return {"state": "running", "driver": "libvirt", "hypervisor": "fake", "uptime": 10, "num_cpus": 1}
    ids = dict.fromkeys(id for port in ports(ask, item) for id in port["security_groups"])
    groups = [x for x in (ask.store.get("security_group", id) for id in ids) if x]
    keys = ("id", "name", "description", "tenant_id")
    return {"security_groups": [{key: x[key] for key in keys} | {"rules": []} for x in groups]}


EVENTS = "/v2.1/servers/{id}/os-instance-actions"


@on(MANNER, f"GET {EVENTS}", f"GET {EVENTS}/{{event}}")
def _events(ask: Ask) -> Json:
    id, form = ask.args["id"], "%Y-%m-%dT%H:%M:%S.000000"
    kept = ask.store.all("event", f"{id}/")
    if not kept:
        SERVER.find(ask)
    found = []
    for x in kept:
        told = {key: value for key, value in x.items() if key[0] != "_" and key != "id"}
        told |= {"start_time": ask.time(form, x["_start"]), "updated_at": ask.time(form, min(x["_end"], ask.now))}
        done = x["_end"] <= ask.now
        step = {"event": f"compute_{x['action']}", "start_time": told["start_time"], "traceback": None,
                "finish_time": told["updated_at"] if done else None, "result": "Success" if done else None,
                "host": x["_host"], "hostId": x["_host_id"], "details": None}  # fmt: skip
        found.append((told, step))
    if "event" not in ask.args:
        return {"instanceActions": [told for told, _ in reversed(found)]}
    for told, step in found:
        if told["request_id"] == ask.args["event"]:
            return {"instanceAction": {**told, "events": [step]}}
    raise Refusal(404, f"Action {ask.args['event']} not found")
