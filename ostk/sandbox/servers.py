"""Servers: how they come and go, what they tell, what they hold. What can be done to them is in `actions`."""

from __future__ import annotations

import os
import re
from hashlib import sha224
from typing import Any

from .compute import FLAVOR, HOSTS
from .data import Json, fields, is_true, pick
from .engine import CONTROL, TAGS, Collection, everywhere, on
from .image import usable
from .network import NETWORK, PORT, bind, default_group, loosen
from .quotas import spend
from .refusals import refusal, refuse
from .services import NOVA, bookmark, links
from .volume import VOLUME, attach, detach, make_for_server
from .wire import MICROSECONDS, Answer, Ask, deny

BUILD, PAUSE = 2.0, 0.3  # seconds that building and other changes take
# the state → what a server tells as its status, and the number of its power state
STATES = fields("""building=BUILD/0 active=ACTIVE/1 stopped=SHUTOFF/4 paused=PAUSED/3 suspended=SUSPENDED/4
    rescued=RESCUE/1 resized=VERIFY_RESIZE/1 shelved=SHELVED/4 shelved_offloaded=SHELVED_OFFLOADED/4 error=ERROR/0""")
TASKS = fields("rebooting_hard=HARD_REBOOT rebooting=REBOOT rebuild_spawning=REBUILD resize_prep=RESIZE")
# how Nova tells of the fields that it once had as extensions
LATER = "hostname kernel_id ramdisk_id launch_index reservation_id root_device_name user_data".split()  # since 2.3
EXTENSIONS = dict.fromkeys(["host", "hypervisor_hostname", "instance_name", *LATER], "OS-EXT-SRV-ATTR") | fields("""
    diskConfig=OS-DCF availability_zone=OS-EXT-AZ vm_state=OS-EXT-STS task_state=OS-EXT-STS power_state=OS-EXT-STS
    launched_at=OS-SRV-USG terminated_at=OS-SRV-USG""")


def state(name: str, task: str | None = None) -> Json:
    """The fields that say in which state a server is."""
    status, power = STATES[name].split("/")
    return {"status": status, "vm_state": name, "power_state": int(power), "task_state": task}


def told(ask: Ask, shown: Json, item: Json) -> None:
    """A server as the microversion has it."""
    flavor, image, launched = item["_flavor"], item["_image"], item["launched_at"]
    words = "vcpus ram disk ephemeral=OS-FLV-EXT-DATA:ephemeral swap original_name=name extra_specs"
    old = {"id": flavor["id"], "links": [bookmark(ask, NOVA, "flavors", flavor["id"])]}
    shown["flavor"] = pick(flavor, words) if ask.version >= (2, 47) else old
    shown["image"] = {"id": image, "links": [bookmark(ask, NOVA, "images", image)]} if image else ""
    shown["status"] = TASKS.get(item["task_state"], item["status"])
    shown["tenant_id"] = shown.pop("project_id")
    shown["updated"] = ask.time(at=item.get("_changed") or item["_updated"])
    shown["launched_at"] = launched and ask.time(MICROSECONDS, launched)
    disks, words = ask.store.all("attachment", server_id=item["id"]), "id=volume_id delete_on_termination=delete"
    shown["os-extended-volumes:volumes_attached"] = [pick(x, words) for x in disks]
    ids = {id for port in ports(ask, item) for id in port["security_groups"]}
    names = sorted({x["name"] for x in ask.store.all("security_group") if x["id"] in ids})
    building, groups = item["vm_state"] == "building", [{"name": name} for name in names]
    shown |= {"addresses": {} if building else addresses(ask, item)}
    shown |= {"hostId": "", "availability_zone": ""} if building else {"security_groups": groups} if groups else {}
    if not ask.path.endswith("detail"):
        shown["server_groups"] = item["scheduler_hints"].get("group", [])
    for name in EXTENSIONS.keys() & shown.keys():
        shown[f"{EXTENSIONS[name]}:{name}"] = shown.pop(name)


def ports(ask: Ask, item: Json) -> list[Json]:
    """The ports of a server."""
    return ask.store.all("port", device_id=item["id"])


def addresses(ask: Ask, item: Json) -> Json:
    """The addresses of a server by network, floating ones too."""
    found: Json = {}
    for port in ports(ask, item):
        network = ask.store.get("network", port["network_id"]) or {"name": "?"}
        ips = [(x["ip_address"], "fixed") for x in port["fixed_ips"]]
        ips += [(x["floating_ip_address"], "floating") for x in ask.store.all("floatingip", port_id=port["id"])]
        found.setdefault(network["name"], []).extend(
            {"version": 6 if ":" in ip else 4, "addr": ip, "OS-EXT-IPS:type": kind,
             "OS-EXT-IPS-MAC:mac_addr": port["mac_address"]} for ip, kind in ips)  # fmt: skip
    return found


def matches(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """The filters of servers; names and addresses are regular expressions, as in Nova's database."""
    if key in ("name", "ip", "ip6"):
        ips = [x["addr"] for found in addresses(ask, item).values() for x in found] if key != "name" else [item["name"]]
        try:
            return any(re.search(value, text) for text in ips)
        except re.error:
            raise refusal("InvalidPattern", key=key) from None
    fits = times(value, ask.time(at=item.get("_changed") or item["_updated"]))
    fits |= {"flavor": value == str(item["_flavor"]["id"]), "status": value.lower() == item["status"].lower()}
    fits |= {"deleted": not is_true(value)}  # those that were are not kept
    names = fits.keys() | SERVER.marks.keys() | fields(SERVER.names).keys() | CONTROL
    known = key in names or key[0] == "_" or key.endswith(TAGS)
    refuse(not known and ask.version >= (2, 73), "UnknownFilter", key=key)
    return fits.get(key, None if known else True)


def times(value: str, time: str) -> dict[str, bool]:
    """Whether a time is what the filters by time want."""
    return {"changes-since": time >= value, "changes-before": time <= value}


SERVER = Collection(
    NOVA, "server", """name +user_id= accessIPv4= accessIPv6= metadata={} +progress=0 +diskConfig=MANUAL config_drive=
    +availability_zone=nova key_name=null description=null tags=[] hostname= +*host= +*hypervisor_hostname=
    +*instance_name= +*kernel_id= +*ramdisk_id= +*launch_index=0 +*reservation_id= +*root_device_name=/dev/sda
    *user_data=null +vm_state= +task_state=null +power_state=0 +launched_at=null +terminated_at=null +locked=false
    +locked_reason=null +trusted_image_certificates=null +*host_status=UP pinned_availability_zone=null
    +scheduler_hints={}""",
    since=" ".join(f"OS-EXT-SRV-ATTR:{name}=3" for name in LATER) + """ locked=9 host_status=16 description=19 tags=26
    trusted_image_certificates=63 server_groups=71 locked_reason=73 pinned_availability_zone=96 scheduler_hints=100""",
    missing="Instance {id} could not be found.", verbs="list show update", brief="id name links", order="newest",
    linked=True, names="uuid=id tenant_id=project_id project_id=project_id image=_image created_at=created",
    matches=matches, view=told)  # fmt: skip


@on(NOVA, "GET /v2.1/servers", "GET /v2.1/servers/detail")
def _servers(ask: Ask) -> Json:
    verb = "detail" if ask.path.endswith("detail") else "index"
    SERVER.forbid(everywhere(ask) and not ask.by.admin, f"{verb}:get_all_tenants")
    return SERVER.several(ask)


@on(NOVA, "POST /v2.1/servers")
def _create(ask: Ask) -> Answer:
    SERVER.allow(ask, "create")
    body = (whole := ask.json())["server"]
    for key in ("name", "flavorRef", *(("networks",) if ask.version >= (2, 37) else ())):
        refuse(key not in body, "ServerNeeds", body=body, key=key)
    disks = body.get("block_device_mapping_v2") or []
    refuse("imageRef" not in body and not disks, "NoImageRef")
    flavor = FLAVOR.find(ask, str(body["flavorRef"]).rpartition("/")[2], 400)
    local = [x for x in disks if x.get("destination_type") == "local" and x["source_type"] == "blank"]
    ephemeral = sum(int(x.get("volume_size") or 0) for x in local if x.get("guest_format") != "swap")
    refuse(ephemeral > flavor["OS-FLV-EXT-DATA:ephemeral"], "InvalidBDMEphemeralSize")
    image = usable(ask, str(body.get("imageRef") or ""))
    refuse(not image and not disks, "ImageBadRequest")
    refuse((key := body.get("key_name")) and not ask.store.get("keypair", f"{ask.by.user_id}/{key}"), "InvalidKeyName")
    count = int(body.get("min_count") or 1)
    spend(ask, NOVA, instances=count, cores=count * flavor["vcpus"], ram=count * flavor["ram"])
    hints = {k: v if isinstance(v, list) else [v] for k, v in (whole.get("os:scheduler_hints") or {}).items()}
    chosen = {"_flavor": flavor, "_image": image, "scheduler_hints": hints, "user_id": ask.by.user_id}
    chosen |= {"created": ask.time(), "reservation_id": f"r-{os.urandom(4).hex()}"}
    most = int(body.get("max_count") or count)
    made = [build(ask, body, chosen, f"-{n + 1}" if most > 1 else "") for n in range(most)]
    id = made[0]["id"]
    answer = {"id": id, "links": links(ask, NOVA, SERVER.path, id), "OS-DCF:diskConfig": "MANUAL",
              "security_groups": body.get("security_groups") or [{"name": "default"}],
              "adminPass": body.get("adminPass") or os.urandom(6).hex()}  # fmt: skip
    return Answer({"server": answer}, 202, {"Location": f"{ask.host}/compute{SERVER.path}/{id}"})


def build(ask: Ask, body: Json, chosen: Json, suffix: str) -> Json:
    """Keep a new server, which will be ACTIVE soon."""
    name, pinned, turn = body["name"] + suffix, body.get("availability_zone"), len(ask.store.all("server"))
    zone, _, host = (pinned or "nova").partition(":")
    policy = "os_compute_api:servers:create:forced_host" if host else "compute:servers:create:requested_destination"
    host = host or body.get("host") or body.get("hypervisor_hostname")
    deny(host and not ask.by.admin, 403, f"Policy doesn't allow {policy} to be performed.")
    host = host or HOSTS[turn % len(HOSTS)]
    refuse(host not in HOSTS, "ComputeHostNotFound", host=host)
    refuse(zone not in ("nova", ""), "NoSuchZone")
    item = SERVER.make(ask, {
        "hostname": re.sub(r"[^a-z0-9-]+", "-", name.lower()), "pinned_availability_zone": pinned,
        **{k: v for k, v in body.items() if v and "+" not in SERVER.marks.get(k, "+")}, **chosen, "name": name,
        "instance_name": f"instance-{os.urandom(4).hex()}", "tags": sorted(body.get("tags") or ()),
        "config_drive": "True" if is_true(body.get("config_drive")) else "",
        **placed(ask.by.project_id, host), **state("building", "scheduling")})  # fmt: skip
    connect(ask, item, body.get("networks"), [x["name"] for x in body.get("security_groups") or []])
    ask.store.put("server", ask.store.later(item, BUILD, {**state("active"), "launched_at": "<now>"}))
    log(ask, item, "create", BUILD)
    for disk in body.get("block_device_mapping_v2") or []:
        if "volume" in (disk["source_type"], disk.get("destination_type")):
            id = disk["uuid"] if disk["source_type"] == "volume" else make_for_server(ask, item, disk)
            empty = disk.get("boot_index") == 0 and VOLUME.find(ask, id)["bootable"] != "true"
            refuse(empty, "BadRequest", what=f"Block Device {disk.get('uuid')} is not bootable.")
            attach(ask, item, id, disk)
    return item


def placed(project: str, host: str) -> Json:
    """The fields that say where a server runs."""
    return {"host": host, "hypervisor_hostname": host, "hostId": sha224(f"{project}{host}".encode()).hexdigest()}


def connect(ask: Ask, item: Json, networks: Any, groups: list[str]) -> None:
    """Give a new server its ports: on the networks it names, or on the one there is."""
    if networks in (None, "auto", []):
        found = [x for x in ask.store.all("network") if NETWORK.visible(ask, x) and not x["router:external"]]
        found = [x for x in found if x["project_id"] == ask.by.project_id] or [x for x in found if x["shared"]]
        refuse(len(found) > 1 and networks != "auto", "NetworkAmbiguous")
        networks = [{"uuid": x["id"]} for x in found[:1]]
    for wanted in networks if networks != "none" else ():
        join(ask, item, wanted, groups)


def join(ask: Ask, item: Json, wanted: Json, groups: list[str] | None = None) -> Json:
    """Put a port, new or there already, on a server."""
    if id := wanted.get("port") or wanted.get("port_id"):
        port = PORT.find(ask, str(id), 400)
        refuse(port["device_id"], "PortInUse", id=port["id"])
    else:
        network = NETWORK.find(ask, str(wanted.get("uuid") or wanted.get("net_id") or ""), 400)
        ips = [{"ip_address": wanted["fixed_ip"]}] if wanted.get("fixed_ip") else wanted.get("fixed_ips")
        body = {"network_id": network["id"], "project_id": item["project_id"], "_made_by_nova": True, "fixed_ips": ips}
        if groups and network["port_security_enabled"]:
            body["security_groups"] = [group_named(ask, name)["id"] for name in groups]
        port = PORT.make(ask, body)
    port |= {"device_id": item["id"], "device_owner": f"compute:{item['availability_zone']}", "_tag": wanted.get("tag")}
    return bind(ask, port, item["host"])


def group_named(ask: Ask, name: str) -> Json:
    """A security group of the project by its name or ID."""
    known = [default_group(ask, ask.by.project_id), *ask.store.all("security_group", project_id=ask.by.project_id)]
    found = [x for x in known if name in (x["name"], x["id"])]
    refuse(not found, "SecurityGroupUnknown", name=name)
    return found[0]


on(NOVA, "DELETE /v2.1/servers/{id}")(lambda ask: erase(ask, changeable(ask, "delete")))


def changeable(ask: Ask, verb: str) -> Json:
    """The server in the path, unless the one who asks may not change it, or it is locked."""
    item = SERVER.find(ask, ask.args.get("server", ""))
    SERVER.allow(ask, verb, item)
    refuse(item["locked"] and not ask.by.admin, "InstanceIsLocked", id=item["id"])
    return item


def erase(ask: Ask, item: Json) -> None:
    """Free what a server holds; it is gone a moment later."""
    for port in ports(ask, item):
        leave(ask, port)
    for x in ask.store.all("attachment", server_id=item["id"]):
        detach(ask, x, x["delete"])
    ask.store.put("server", ask.store.later({**item, "task_state": "deleting"}, PAUSE, None))


def leave(ask: Ask, port: Json) -> None:
    """Take a port from its server; one that was made for the server goes."""
    if port.get("_made_by_nova"):
        loosen(ask, port["id"])
        ask.store.drop("port", port["id"])
    else:
        bind(ask, {**port, "device_id": "", "device_owner": ""}, "")


def log(ask: Ask, item: Json, action: str, seconds: float) -> None:
    """Keep what was done to a server."""
    who = {"user_id": ask.by.user_id, "project_id": ask.by.project_id, "request_id": ask.number, "message": None}
    event = {"id": f"{item['id']}/{ask.number}", "action": action, "instance_uuid": item["id"], **who}
    event |= {"start_time": ask.time(MICROSECONDS), "_at": pick(item, "host hostId")}
    ask.store.put("event", ask.store.later(event, seconds, {}))
