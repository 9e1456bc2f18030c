"""Servers: how they come, what can be done to them, the states that move with time, what hangs on them."""

from __future__ import annotations

import os
import re
from typing import Any

from .compute import FLAVOR, GROUP, HOSTS, MANNER, QUOTAS, linked, of, only_admin, usage
from .engine import CONTROL, NEEDED, on, serve
from .network import NETWORK, PORT, bind, loosen
from .store import Json, new_id
from .wire import Answer, Ask, Refusal, truth

BUILD, PAUSE = 2.0, 1.0  # seconds that building and other changes take
STATUS = {
    "building": ("BUILD", 0), "active": ("ACTIVE", 1), "stopped": ("SHUTOFF", 4), "paused": ("PAUSED", 3),
    "suspended": ("SUSPENDED", 4), "rescued": ("RESCUE", 1), "resized": ("VERIFY_RESIZE", 1),
    "shelved": ("SHELVED", 4), "shelved_offloaded": ("SHELVED_OFFLOADED", 4), "error": ("ERROR", 0),
    "soft-delete": ("SOFT_DELETED", 4),
}  # fmt: skip
ADMINS = frozenset(
    "OS-EXT-SRV-ATTR:host OS-EXT-SRV-ATTR:instance_name OS-EXT-SRV-ATTR:hypervisor_hostname host_status "
    "OS-EXT-SRV-ATTR:kernel_id OS-EXT-SRV-ATTR:launch_index OS-EXT-SRV-ATTR:ramdisk_id "
    "OS-EXT-SRV-ATTR:reservation_id OS-EXT-SRV-ATTR:root_device_name OS-EXT-SRV-ATTR:user_data".split()
)
SINCE = {"locked": 9, "description": 19, "tags": 26, "host_status": 16, "trusted_image_certificates": 63,
         "server_groups": 71, "locked_reason": 73, "OS-EXT-SRV-ATTR:hostname": 3,
         "pinned_availability_zone": 96, "OS-EXT-SRV-ATTR:user_data": 3}  # fmt: skip


def state(name: str, task: str | None = None) -> Json:
    """The fields that say in which state a server is."""
    status, power = STATUS[name]
    return {"status": status, "OS-EXT-STS:vm_state": name, "OS-EXT-STS:power_state": power,
            "OS-EXT-STS:task_state": task}  # fmt: skip


def told(ask: Ask, shown: Json, item: Json) -> Json:
    """A server as the microversion has it."""
    for key, minor in SINCE.items():
        if ask.version < (2, minor):
            shown.pop(key, None)
    task = item["OS-EXT-STS:task_state"]
    if task in ("rebooting_hard", "rebooting"):
        shown["status"] = "HARD_REBOOT" if task == "rebooting_hard" else "REBOOT"
    elif task in ("rebuild_spawning", "resize_prep"):
        shown["status"] = "REBUILD" if task == "rebuild_spawning" else "RESIZE"
    flavor = item["_flavor"]
    if ask.version < (2, 47):
        shown["flavor"] = {"id": flavor["id"], "links": linked(ask, "flavors", flavor["id"], True)}
    else:
        keys = ("vcpus", "ram", "disk")
        shown["flavor"] = {key: flavor[key] for key in keys} | {
            "ephemeral": flavor["OS-FLV-EXT-DATA:ephemeral"], "swap": flavor["swap"] or 0,
            "original_name": flavor["name"], "extra_specs": flavor["extra_specs"]}  # fmt: skip
    built = item["OS-EXT-STS:vm_state"] != "building"
    image = item["_image"]
    shown["image"] = {"id": image, "links": linked(ask, "images", image, True)} if image else ""
    shown["addresses"] = addresses(ask, item) if built else {}
    shown["updated"] = ask.time(at=item.get("_changed") or item["_updated"])
    launched = item["OS-SRV-USG:launched_at"]
    shown["OS-SRV-USG:launched_at"] = ask.time("%Y-%m-%dT%H:%M:%S.000000", launched) if launched else None
    shown["tenant_id"] = shown.pop("project_id")
    shown["links"] = linked(ask, "servers", item["id"])
    attached = sorted(ask.store.all("attachment", server_id=item["id"]), key=lambda x: str(x["device"]))
    shown["os-extended-volumes:volumes_attached"] = [
        {"id": x["volume_id"], **({"delete_on_termination": x["delete"]} if ask.version >= (2, 3) else {})}
        for x in attached
    ]
    if built:
        names = [ask.store.get("security_group", id) for p in ports(ask, item) for id in p["security_groups"]]
        found = sorted({x["name"] for x in names if x})
        if found:
            shown["security_groups"] = [{"name": name} for name in found]
    if not built:
        shown["hostId"] = shown["OS-EXT-AZ:availability_zone"] = ""
    if ask.version >= (2, 71):
        shown["server_groups"] = item["_groups"]
    return shown


def ports(ask: Ask, item: Json) -> list[Json]:
    """The ports of a server."""
    return ask.store.all("port", device_id=item["id"])


def addresses(ask: Ask, item: Json) -> Json:
    """The addresses of a server by network, floating ones too."""
    found: Json = {}
    for port in ports(ask, item):
        network = ask.store.get("network", port["network_id"]) or {"name": "?"}
        mac = port["mac_address"]
        ips = [(ip["ip_address"], "fixed") for ip in port["fixed_ips"]]
        ips += [(x["floating_ip_address"], "floating") for x in ask.store.all("floatingip", port_id=port["id"])]
        found.setdefault(network["name"], []).extend(
            {"version": 6 if ":" in ip else 4, "addr": ip, "OS-EXT-IPS:type": kind, "OS-EXT-IPS-MAC:mac_addr": mac}
            for ip, kind in ips
        )
    return found


def matches(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """The filters of servers; names and addresses are regular expressions, as in Nova's database."""
    if key in ("name", "ip", "ip6"):
        ips = [x["addr"] for found in addresses(ask, item).values() for x in found] if key != "name" else []
        try:
            return any(re.search(value, text) for text in ([item["name"]] if key == "name" else ips))
        except re.error:
            raise Refusal(400, f"Invalid input for field/attribute {key}.") from None
    if key in ("tags", "tags-any", "not-tags", "not-tags-any"):
        from .identity import tags_match

        return tags_match(ask, item, key, value)
    fields = {"host": "OS-EXT-SRV-ATTR:host", "vm_state": "OS-EXT-STS:vm_state",
              "task_state": "OS-EXT-STS:task_state",
              "availability_zone": "OS-EXT-AZ:availability_zone", "power_state": "OS-EXT-STS:power_state",
              "uuid": "id", "project_id": "project_id", "tenant_id": "project_id", "image": "_image",
              "reservation_id": "OS-EXT-SRV-ATTR:reservation_id", "user_id": "user_id",
              "key_name": "key_name",
              "hostname": "OS-EXT-SRV-ATTR:hostname", "description": "description"}  # fmt: skip
    if key == "flavor":
        return bool(item["_flavor"]["id"] == value)
    if key == "status":
        return bool(item["status"].lower() == value.lower())
    if key == "locked":
        return bool(item["locked"] == truth(value))
    if key in fields:
        return str(item[fields[key]]) == value
    if key not in CONTROL and key[0] != "_" and ask.version >= (2, 73):
        raise Refusal(400, f"'{key}' does not match any of the regexes: '^_'")
    return True


SERVER = of("servers", "server", "servers",
            {"name": NEEDED, "flavorRef": NEEDED}, missing="Instance {id} could not be found.", view=told,
            detail="/detail", matches=matches, reserved=ADMINS, verbs="show")  # fmt: skip


@on(MANNER, "GET /v2.1/servers", "GET /v2.1/servers/detail")
def _servers(ask: Ask) -> Json:
    everywhere = truth(ask.asked("all_tenants") or "0") if ask.asked("all_tenants", "0") else True
    detail = ask.path.endswith("detail")
    if everywhere and not ask.by.admin:
        where = "detail" if detail else "index"
        only_admin(ask, f"servers:{where}:get_all_tenants")
    found = ask.store.all("server")[::-1]
    found = [x for x in found if everywhere or x["project_id"] == ask.by.project_id]
    return SERVER.pages(ask, [x for x in found if SERVER.chosen(ask, x)], not detail)


# -- coming and going ---------------------------------------------------------------------------------


@on(MANNER, "POST /v2.1/servers")
def _create(ask: Ask) -> Answer:
    SERVER.allow(ask, "create")
    whole = ask.json()
    hints, body = (whole.get("os:scheduler_hints") or whole.get("OS-SCH-HNT:scheduler_hints") or {}, ask_body(whole))
    for key in ("name", "flavorRef", *(("networks",) if ask.version >= (2, 37) else ())):
        if key not in body:
            raise Refusal(
                400, f"Invalid input for field/attribute server. Value: {body}. '{key}' is a required property"
            )
    if "imageRef" not in body and not body.get("block_device_mapping_v2"):
        raise Refusal(400, "Missing imageRef attribute")
    flavor = ask.store.get("flavor", str(body["flavorRef"]).rpartition("/")[2])
    if flavor is None or not FLAVOR.visible(ask, flavor):
        raise Refusal(400, f"Flavor {body['flavorRef']} could not be found.")
    image = image_of(ask, str(body.get("imageRef") or ""))
    disks = body.get("block_device_mapping_v2") or []
    if not image and not disks:
        raise Refusal(400, "Invalid image identifier or unable to use requested image.")
    if body.get("key_name") and not ask.store.get("keypair", f"{ask.by.user_id}/{body['key_name']}"):
        raise Refusal(400, "Invalid key_name provided.")
    least, most = int(body.get("min_count") or 1), int(body.get("max_count") or body.get("min_count") or 1)
    used = usage(ask, ask.by.project_id)
    for key, more in (("instances", 1), ("cores", flavor["vcpus"]), ("ram", flavor["ram"])):
        QUOTAS.spend(ask, key, more * least, used[key])
    made = [build(ask, body, flavor, image, hints, f"-{n + 1}" if most > 1 else "") for n in range(most)]
    for server in made:
        for disk in disks:
            plug(ask, server, disk)
    first, password = made[0], os.urandom(9).hex()[:12]
    if truth(body.get("return_reservation_id")):
        return Answer({"reservation_id": first["OS-EXT-SRV-ATTR:reservation_id"]}, 202)
    groups = body.get("security_groups") or [{"name": "default"}]
    answer = {"id": first["id"], "links": linked(ask, "servers", first["id"]), "OS-DCF:diskConfig": "MANUAL",
              "security_groups": groups, "adminPass": body.get("adminPass") or password}  # fmt: skip
    return Answer({"server": answer}, 202, {"Location": answer["links"][0]["href"]})


def ask_body(whole: Json) -> Json:
    """The server in a request's body."""
    body = whole.get("server")
    if not isinstance(body, dict):
        raise Refusal(400, "Invalid input for field/attribute server. 'server' is a required property")
    return body


def image_of(ask: Ask, id: str) -> str:
    """The ID of the image to start from; 400 for one that there is not."""
    from .image import IMAGE

    id = id.rpartition("/")[2]
    if id and not re.fullmatch(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", id):
        raise Refusal(400,
                      f"Invalid input for field/attribute imageRef. Value: {id}. '{id}' is not valid under "
                      f"any "
                      "of the given schemas")  # fmt: skip
    kept = ask.store.get("image", id) if id else None
    if id and (kept is None or not IMAGE.visible(ask, kept)):
        raise Refusal(400, "Can not find requested image")
    if kept and kept["status"] != "active":
        raise Refusal(400, f"Image {id} is not active.")
    return id


def build(ask: Ask, body: Json, flavor: Json, image: str, hints: Json, suffix: str) -> Json:
    """Keep a new server, which will be ACTIVE soon."""
    from hashlib import sha224

    number = len(ask.store.all("server")) + 1
    zone, _, host = str(body.get("availability_zone") or "nova").partition(":")
    host = body.get("host") or host or HOSTS[number % len(HOSTS)]
    if host not in HOSTS or zone not in ("nova", ""):
        what = (
            f"Compute host {host} could not be found."
            if host not in HOSTS
            else "The requested availability zone is not available"
        )
        raise Refusal(400, what)
    name = body["name"] + suffix
    item: Json = {
        "id": new_id(), "name": name, "project_id": ask.by.project_id, "user_id": ask.by.user_id,
        "accessIPv4": body.get("accessIPv4", ""), "accessIPv6": body.get("accessIPv6", ""),
        "created": ask.time(), "_updated": ask.now, "metadata": body.get("metadata") or {}, "progress": 0,
        "hostId": sha224(f"{ask.by.project_id}{host}".encode()).hexdigest(), "OS-DCF:diskConfig": "MANUAL",
        "OS-EXT-AZ:availability_zone": "nova",
        "config_drive": "True" if truth(body.get("config_drive")) else "",
        "key_name": body.get("key_name"), "OS-SRV-USG:launched_at": None, "OS-SRV-USG:terminated_at": None,
        "locked": False, "locked_reason": None, "description": body.get("description"),
        "tags": body.get("tags") or [], "trusted_image_certificates": None, "host_status": "UP",
        "OS-EXT-SRV-ATTR:host": host, "OS-EXT-SRV-ATTR:hypervisor_hostname": host,
        "OS-EXT-SRV-ATTR:instance_name": f"instance-{number:08x}", "OS-EXT-SRV-ATTR:kernel_id": "",
        "OS-EXT-SRV-ATTR:hostname": body.get("hostname") or re.sub(r"[^a-z0-9-]+", "-", name.lower()),
        "OS-EXT-SRV-ATTR:launch_index": 0, "OS-EXT-SRV-ATTR:ramdisk_id": "",
        "OS-EXT-SRV-ATTR:reservation_id": f"r-{os.urandom(4).hex()}",
        "OS-EXT-SRV-ATTR:root_device_name": "/dev/vda",
        "OS-EXT-SRV-ATTR:user_data": body.get("user_data"),
        "pinned_availability_zone": body.get("availability_zone"),
        "_flavor": flavor, "_image": image, "_groups": [hints["group"]] if hints.get("group") else [],
        **state("building", "scheduling"),
    }  # fmt: skip
    connect(ask, item, body.get("networks"), [x["name"] for x in body.get("security_groups") or []])
    ask.store.later(item, (BUILD, {**state("active"), "OS-SRV-USG:launched_at": "<now>"}))
    ask.store.put("server", item)
    log(ask, item, "create", BUILD)
    return item


def connect(ask: Ask, item: Json, networks: Any, groups: list[str]) -> None:
    """Give a new server its ports: on the networks it names, or on the one there is."""
    if networks == "none":
        return
    if networks in (None, "auto", []):
        own = [x for x in ask.store.all("network", project_id=ask.by.project_id) if not x["router:external"]]
        found = own or [x for x in ask.store.all("network", shared=True) if not x["router:external"]]
        if len(found) > 1 and networks != "auto":
            raise Refusal(409, "Multiple possible networks found, use a Network ID to be more specific.")
        networks = [{"uuid": found[0]["id"]}] if found else []
    for wanted in networks:
        join(ask, item, wanted, groups)


def join(ask: Ask, item: Json, wanted: Json, groups: list[str] | None = None) -> Json:
    """Put a port, new or there already, on a server."""
    if wanted.get("port") or wanted.get("port_id"):
        port = PORT.find(ask, str(wanted.get("port") or wanted["port_id"]), 400)
        if port["device_id"]:
            raise Refusal(409, f"Port {port['id']} is still in use.")
    else:
        network = NETWORK.find(ask, str(wanted.get("uuid") or wanted.get("net_id") or ""), 400)
        fixed = wanted.get("fixed_ip")
        body: Json = {"network_id": network["id"], "project_id": item["project_id"]}
        ips = [{"ip_address": fixed}] if fixed else wanted.get("fixed_ips")
        if groups and network["port_security_enabled"]:
            body["security_groups"] = [group_named(ask, name)["id"] for name in groups]
        port = PORT.make(ask, {**body, **({"fixed_ips": ips} if ips else {})})
        port["_made_by_nova"] = True
    port.update({"device_id": item["id"], "device_owner": f"compute:{item['OS-EXT-AZ:availability_zone']}",
                 "binding:host_id": item["OS-EXT-SRV-ATTR:host"]})  # fmt: skip
    bind(port)
    return ask.store.put("port", port)


def group_named(ask: Ask, name: str) -> Json:
    """A security group of the project by its name or ID."""
    from .network import default_group

    default_group(ask, ask.by.project_id)
    mine = ask.store.all("security_group", project_id=ask.by.project_id)
    found = [x for x in mine if name in (x["name"], x["id"])]
    if not found:
        raise Refusal(400, f"Unable to find security_group with name or id '{name}'")
    return found[0]


def plug(ask: Ask, item: Json, disk: Json) -> None:
    """Give a new server a disk that is a volume."""
    from .volume import attach, make_for_server

    volume = disk.get("uuid") if disk.get("source_type") == "volume" else ""
    if disk.get("destination_type") == "volume" and not volume:
        volume = make_for_server(ask, item, disk)
    if volume:
        attach(ask, item, str(volume), bool(disk.get("delete_on_termination")))


@on(MANNER, "DELETE /v2.1/servers/{id}")
def _delete(ask: Ask) -> Answer:
    item = SERVER.find(ask)
    SERVER.allow(ask, "delete", item)
    unlocked(ask, item)
    erase(ask, item)
    return Answer(None, 204)


def erase(ask: Ask, item: Json) -> None:
    """Free what a server holds; it is gone a moment later."""
    from .volume import detach

    for port in ports(ask, item):
        leave(ask, port)
    for x in ask.store.all("attachment", server_id=item["id"]):
        detach(ask, x, x["delete"])
    item["OS-EXT-STS:task_state"] = "deleting"
    ask.store.put("server", ask.store.later(item, (PAUSE, None)))


def leave(ask: Ask, port: Json) -> None:
    """Take a port from its server; one that was made for the server goes."""
    if port.get("_made_by_nova"):
        loosen(ask, port["id"])
        ask.store.drop("port", port["id"])
        return
    port.update({"device_id": "", "device_owner": "", "binding:host_id": ""})
    bind(port)
    ask.store.put("port", port)


def unlocked(ask: Ask, item: Json) -> None:
    """Refuse to change a server that is locked, unless an administrator asks."""
    if item["locked"] and not ask.by.admin:
        raise Refusal(409, f"Instance {item['id']} is locked")


def log(ask: Ask, item: Json, action: str, seconds: float) -> None:
    """Keep what was done to a server."""
    ask.store.put("event", {
        "id": f"{item['id']}/{ask.number}", "action": action, "instance_uuid": item["id"],
        "request_id": ask.number, "user_id": ask.by.user_id, "project_id": ask.by.project_id,
        "_start": ask.now, "_end": ask.now + seconds, "message": None, "_host": item["OS-EXT-SRV-ATTR:host"],
        "_host_id": item["hostId"],
    })  # fmt: skip


@on(MANNER, "PUT /v2.1/servers/{id}")
def _update(ask: Ask) -> Json:
    item, body = SERVER.find(ask), ask.json("server")
    SERVER.allow(ask, "update", item)
    names = {"hostname": "OS-EXT-SRV-ATTR:hostname"}
    item.update({names.get(key, key): value for key, value in body.items()
                 if key in ("name", "description", "accessIPv4", "accessIPv6", "hostname")})  # fmt: skip
    return {"server": SERVER.shown(ask, save(ask, item))}


def save(ask: Ask, item: Json) -> Json:
    """Keep a server that was changed."""
    item.update(_updated=ask.now, _changed=None)
    return ask.store.put("server", item)


serve(SERVER)
from . import actions  # noqa: E402, F401  (registers its routes)

__all__ = ["GROUP"]
