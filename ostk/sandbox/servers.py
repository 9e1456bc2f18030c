"""Servers: create, list, show, delete. Their actions are in `server_actions`."""

import os
import re
from hashlib import sha224
from typing import Any

from .api_errors import api_error, raise_if
from .compute import FLAVOR, HOSTS
from .data import Json, fields, is_true, pick
from .engine import LIST_PARAMETERS, TAGS, Collection, requests_all_projects, route
from .image import find_usable_image
from .messages import MICROSECONDS, Request, Response, abort_if
from .network import NETWORK, PORT, bind_port, default_group, disassociate_floating_ips
from .quotas import check_quota
from .services import NOVA, bookmark, links
from .volume import VOLUME, attach, create_boot_volume, detach

BUILD_SECONDS, ACTION_SECONDS = 2.0, 0.3  # for creating a server, for other actions
# vm_state → status/power_state
STATES = fields("""building=BUILD/0 active=ACTIVE/1 stopped=SHUTOFF/4 paused=PAUSED/3 suspended=SUSPENDED/4
    rescued=RESCUE/1 resized=VERIFY_RESIZE/1 shelved=SHELVED/4 shelved_offloaded=SHELVED_OFFLOADED/4 error=ERROR/0""")
TASKS = fields("rebooting_hard=HARD_REBOOT rebooting=REBOOT rebuild_spawning=REBUILD resize_prep=RESIZE")
# Fields that Nova prefixes with the name of an extension.
PREFIXED_SINCE_2_3 = (
    "hostname kernel_id ramdisk_id launch_index reservation_id root_device_name user_data".split()
)  # since 2.3
EXTENSIONS = dict.fromkeys(
    ["host", "hypervisor_hostname", "instance_name", *PREFIXED_SINCE_2_3], "OS-EXT-SRV-ATTR"
) | fields("""
    diskConfig=OS-DCF availability_zone=OS-EXT-AZ vm_state=OS-EXT-STS task_state=OS-EXT-STS power_state=OS-EXT-STS
    launched_at=OS-SRV-USG terminated_at=OS-SRV-USG""")


def state_fields(name: str, task: str | None = None) -> Json:
    """Return the fields of a server in this state."""
    status, power = STATES[name].split("/")
    return {"status": status, "vm_state": name, "power_state": int(power), "task_state": task}


def represent_server(request: Request, output: Json, item: Json) -> None:
    """Adjust a server to the microversion."""
    flavor, image, launched = item["_flavor"], item["_image"], item["launched_at"]
    words = "vcpus ram disk ephemeral=OS-FLV-EXT-DATA:ephemeral swap original_name=name extra_specs"
    old = {"id": flavor["id"], "links": [bookmark(request, NOVA, "flavors", flavor["id"])]}
    output["flavor"] = pick(flavor, words) if request.version >= (2, 47) else old
    output["image"] = {"id": image, "links": [bookmark(request, NOVA, "images", image)]} if image else ""
    output["status"] = TASKS.get(item["task_state"], item["status"])
    output["tenant_id"] = output.pop("project_id")
    output["updated"] = request.time(at=item.get("_changed") or item["_updated"])
    output["launched_at"] = launched and request.time(MICROSECONDS, launched)
    disks, words = request.store.all("attachment", server_id=item["id"]), "id=volume_id delete_on_termination=delete"
    output["os-extended-volumes:volumes_attached"] = [pick(x, words) for x in disks]
    ids = {id for port in ports(request, item) for id in port["security_groups"]}
    names = sorted({x["name"] for x in request.store.all("security_group") if x["id"] in ids})
    building, groups = item["vm_state"] == "building", [{"name": name} for name in names]
    output |= {"addresses": {} if building else addresses(request, item)}
    output |= {"hostId": "", "availability_zone": ""} if building else {"security_groups": groups} if groups else {}
    if not request.path.endswith("detail"):
        output["server_groups"] = item["scheduler_hints"].get("group", [])
    for name in EXTENSIONS.keys() & output.keys():
        output[f"{EXTENSIONS[name]}:{name}"] = output.pop(name)


def ports(request: Request, item: Json) -> list[Json]:
    """Return the ports of a server."""
    return request.store.all("port", device_id=item["id"])


def addresses(request: Request, item: Json) -> Json:
    """Return the addresses of a server by network, with floating IPs."""
    found: Json = {}
    for port in ports(request, item):
        network = request.store.get("network", port["network_id"]) or {"name": "?"}
        ips = [(x["ip_address"], "fixed") for x in port["fixed_ips"]]
        ips += [(x["floating_ip_address"], "floating") for x in request.store.all("floatingip", port_id=port["id"])]
        found.setdefault(network["name"], []).extend(
            {
                "version": 6 if ":" in ip else 4,
                "addr": ip,
                "OS-EXT-IPS:type": kind,
                "OS-EXT-IPS-MAC:mac_addr": port["mac_address"],
            }
            for ip, kind in ips
        )
    return found


def match_server(request: Request, item: Json, key: str, value: str) -> bool | None:
    """Return whether a server passes a filter, None to compare the field; names and addresses are patterns."""
    if key in ("name", "ip", "ip6"):
        ips = (
            [x["addr"] for found in addresses(request, item).values() for x in found]
            if key != "name"
            else [item["name"]]
        )
        try:
            return any(re.search(value, text) for text in ips)
        except re.error:
            raise api_error("InvalidPattern", key=key) from None
    results = match_times(value, request.time(at=item.get("_changed") or item["_updated"]))
    results |= {"flavor": value == str(item["_flavor"]["id"]), "status": value.lower() == item["status"].lower()}
    results |= {"deleted": not is_true(value)}  # deleted servers are not stored
    names = results.keys() | SERVER.marks.keys() | fields(SERVER.filter_aliases).keys() | LIST_PARAMETERS
    known = key in names or key[0] == "_" or key.endswith(TAGS)
    raise_if(not known and request.version >= (2, 73), "UnknownFilter", key=key)
    return results.get(key, None if known else True)


def match_times(value: str, time: str) -> dict[str, bool]:
    """Return which filters by time an item of this time passes."""
    return {"changes-since": time >= value, "changes-before": time <= value}


SERVER = Collection(
    NOVA,
    "server",
    """name +user_id= accessIPv4= accessIPv6= metadata={} +progress=0 +diskConfig=MANUAL config_drive=
    +availability_zone=nova key_name=null description=null tags=[] hostname= +*host= +*hypervisor_hostname=
    +*instance_name= +*kernel_id= +*ramdisk_id= +*launch_index=0 +*reservation_id= +*root_device_name=/dev/sda
    *user_data=null +vm_state= +task_state=null +power_state=0 +launched_at=null +terminated_at=null +locked=false
    +locked_reason=null +trusted_image_certificates=null +*host_status=UP pinned_availability_zone=null
    +scheduler_hints={}""",
    since=" ".join(f"OS-EXT-SRV-ATTR:{name}=3" for name in PREFIXED_SINCE_2_3)
    + """ locked=9 host_status=16 description=19 tags=26
    trusted_image_certificates=63 server_groups=71 locked_reason=73 pinned_availability_zone=96 scheduler_hints=100""",
    not_found="Instance {id} could not be found.",
    verbs="list show update",
    list_fields="id name links",
    sort_order="newest",
    has_links=True,
    filter_aliases="uuid=id tenant_id=project_id project_id=project_id image=_image created_at=created",
    match_filter=match_server,
    adjust_output=represent_server,
)


@route(NOVA, "GET /v2.1/servers", "GET /v2.1/servers/detail")
def _servers(request: Request) -> Json:
    verb = "detail" if request.path.endswith("detail") else "index"
    SERVER.forbid_if(requests_all_projects(request) and not request.identity.admin, f"{verb}:get_all_tenants")
    return SERVER.list_page(request)


@route(NOVA, "POST /v2.1/servers")
def _create(request: Request) -> Response:
    SERVER.authorize(request, "create")
    body = (whole := request.json())["server"]
    for key in ("name", "flavorRef", *(("networks",) if request.version >= (2, 37) else ())):
        raise_if(key not in body, "ServerNeeds", body=body, key=key)
    disks = body.get("block_device_mapping_v2") or []
    raise_if("imageRef" not in body and not disks, "NoImageRef")
    flavor = FLAVOR.find(request, str(body["flavorRef"]).rpartition("/")[2], 400)
    local = [x for x in disks if x.get("destination_type") == "local" and x["source_type"] == "blank"]
    ephemeral = sum(int(x.get("volume_size") or 0) for x in local if x.get("guest_format") != "swap")
    raise_if(ephemeral > flavor["OS-FLV-EXT-DATA:ephemeral"], "InvalidBDMEphemeralSize")
    image = find_usable_image(request, str(body.get("imageRef") or ""))
    raise_if(not image and not disks, "ImageBadRequest")
    raise_if(
        (key := body.get("key_name")) and not request.store.get("keypair", f"{request.identity.user_id}/{key}"),
        "InvalidKeyName",
    )
    count = int(body.get("min_count") or 1)
    check_quota(request, NOVA, instances=count, cores=count * flavor["vcpus"], ram=count * flavor["ram"])
    hints = {k: v if isinstance(v, list) else [v] for k, v in (whole.get("os:scheduler_hints") or {}).items()}
    common = {"_flavor": flavor, "_image": image, "scheduler_hints": hints, "user_id": request.identity.user_id}
    common |= {"created": request.time(), "reservation_id": f"r-{os.urandom(4).hex()}"}
    most = int(body.get("max_count") or count)
    made = [create_server(request, body, common, f"-{n + 1}" if most > 1 else "") for n in range(most)]
    id = made[0]["id"]
    answer = {
        "id": id,
        "links": links(request, NOVA, SERVER.path, id),
        "OS-DCF:diskConfig": "MANUAL",
        "security_groups": body.get("security_groups") or [{"name": "default"}],
        "adminPass": body.get("adminPass") or os.urandom(6).hex(),
    }
    return Response({"server": answer}, 202, {"Location": f"{request.host}/compute{SERVER.path}/{id}"})


def create_server(request: Request, body: Json, common: Json, suffix: str) -> Json:
    """Store a new server, which becomes ACTIVE after a moment."""
    name, pinned, turn = body["name"] + suffix, body.get("availability_zone"), len(request.store.all("server"))
    zone, _, host = (pinned or "nova").partition(":")
    policy = "os_compute_api:servers:create:forced_host" if host else "compute:servers:create:requested_destination"
    host = host or body.get("host") or body.get("hypervisor_hostname")
    abort_if(host and not request.identity.admin, 403, f"Policy doesn't allow {policy} to be performed.")
    host = host or HOSTS[turn % len(HOSTS)]
    raise_if(host not in HOSTS, "ComputeHostNotFound", host=host)
    raise_if(zone not in ("nova", ""), "NoSuchZone")
    item = SERVER.insert(
        request,
        {
            "hostname": re.sub(r"[^a-z0-9-]+", "-", name.lower()),
            "pinned_availability_zone": pinned,
            **{k: v for k, v in body.items() if v and "+" not in SERVER.marks.get(k, "+")},
            **common,
            "name": name,
            "instance_name": f"instance-{os.urandom(4).hex()}",
            "tags": sorted(body.get("tags") or ()),
            "config_drive": "True" if is_true(body.get("config_drive")) else "",
            **host_fields(request.identity.project_id, host),
            **state_fields("building", "scheduling"),
        },
    )
    attach_ports(request, item, body.get("networks"), [x["name"] for x in body.get("security_groups") or []])
    request.store.put(
        "server", request.store.schedule_change(item, BUILD_SECONDS, {**state_fields("active"), "launched_at": "<now>"})
    )
    record_event(request, item, "create", BUILD_SECONDS)
    for disk in body.get("block_device_mapping_v2") or []:
        if "volume" in (disk["source_type"], disk.get("destination_type")):
            id = disk["uuid"] if disk["source_type"] == "volume" else create_boot_volume(request, item, disk)
            empty = disk.get("boot_index") == 0 and VOLUME.find(request, id)["bootable"] != "true"
            raise_if(empty, "BadRequest", what=f"Block Device {disk.get('uuid')} is not bootable.")
            attach(request, item, id, disk)
    return item


def host_fields(project: str, host: str) -> Json:
    """Return the fields of a server on this host."""
    return {"host": host, "hypervisor_hostname": host, "hostId": sha224(f"{project}{host}".encode()).hexdigest()}


def attach_ports(request: Request, item: Json, networks: Any, groups: list[str]) -> None:
    """Attach the ports of a new server: on the networks of the request, or on the only network."""
    if networks in (None, "auto", []):
        found = [x for x in request.store.all("network") if NETWORK.visible(request, x) and not x["router:external"]]
        found = [x for x in found if x["project_id"] == request.identity.project_id] or [
            x for x in found if x["shared"]
        ]
        raise_if(len(found) > 1 and networks != "auto", "NetworkAmbiguous")
        networks = [{"uuid": x["id"]} for x in found[:1]]
    for requested in networks if networks != "none" else ():
        attach_port(request, item, requested, groups)


def attach_port(request: Request, item: Json, requested: Json, groups: list[str] | None = None) -> Json:
    """Attach a new or an existing port to a server."""
    if id := requested.get("port") or requested.get("port_id"):
        port = PORT.find(request, str(id), 400)
        raise_if(port["device_id"], "PortInUse", id=port["id"])
    else:
        network = NETWORK.find(request, str(requested.get("uuid") or requested.get("net_id") or ""), 400)
        ips = [{"ip_address": requested["fixed_ip"]}] if requested.get("fixed_ip") else requested.get("fixed_ips")
        body = {"network_id": network["id"], "project_id": item["project_id"], "_made_by_nova": True, "fixed_ips": ips}
        if groups and network["port_security_enabled"]:
            body["security_groups"] = [find_security_group(request, name)["id"] for name in groups]
        port = PORT.insert(request, body)
    port |= {
        "device_id": item["id"],
        "device_owner": f"compute:{item['availability_zone']}",
        "_tag": requested.get("tag"),
    }
    return bind_port(request, port, item["host"])


def find_security_group(request: Request, name: str) -> Json:
    """Return a security group of the project by name or ID."""
    known = [
        default_group(request, request.identity.project_id),
        *request.store.all("security_group", project_id=request.identity.project_id),
    ]
    found = [x for x in known if name in (x["name"], x["id"])]
    raise_if(not found, "SecurityGroupUnknown", name=name)
    return found[0]


route(NOVA, "DELETE /v2.1/servers/{id}")(lambda request: delete_server(request, find_unlocked(request, "delete")))


def find_unlocked(request: Request, verb: str) -> Json:
    """Return the server in the path; raises an error if the user may not change it, or if it is locked."""
    item = SERVER.find(request, request.args.get("server", ""))
    SERVER.authorize(request, verb, item)
    raise_if(item["locked"] and not request.identity.admin, "InstanceIsLocked", id=item["id"])
    return item


def delete_server(request: Request, item: Json) -> None:
    """Delete a server, and detach its ports and volumes."""
    for port in ports(request, item):
        detach_port(request, port)
    for x in request.store.all("attachment", server_id=item["id"]):
        detach(request, x, x["delete"])
    request.store.put("server", request.store.schedule_change({**item, "task_state": "deleting"}, ACTION_SECONDS, None))


def detach_port(request: Request, port: Json) -> None:
    """Detach a port from its server; a port that was created for the server is deleted."""
    if port.get("_made_by_nova"):
        disassociate_floating_ips(request, port["id"])
        request.store.delete("port", port["id"])
    else:
        bind_port(request, {**port, "device_id": "", "device_owner": ""}, "")


def record_event(request: Request, item: Json, action: str, seconds: float) -> None:
    """Record an action on a server."""
    who = {
        "user_id": request.identity.user_id,
        "project_id": request.identity.project_id,
        "request_id": request.request_id,
        "message": None,
    }
    event = {"id": f"{item['id']}/{request.request_id}", "action": action, "instance_uuid": item["id"], **who}
    event |= {"start_time": request.time(MICROSECONDS), "_at": pick(item, "host hostId")}
    request.store.put("event", request.store.schedule_change(event, seconds, {}))
