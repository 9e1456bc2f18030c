"""Compute: flavors, key pairs, server groups, hosts, limits. Servers are in `servers`."""

from __future__ import annotations

import base64
import hashlib
import re

from .data import Json, pick
from .engine import Collection, answers, on, properties
from .quotas import limits, used
from .refusals import refusal, refuse
from .services import NOVA
from .store import new_id, same_id
from .wire import MICROSECONDS, Answer, Ask

HOSTS = ("cmp1", "cmp2")


def flavor_told(ask: Ask, told: Json, item: Json) -> None:
    """A flavor as the microversion has it."""
    told["extra_specs"] = dict(sorted(item["extra_specs"].items()))
    told["swap"] = item["swap"] or (0 if ask.version >= (2, 75) else "")


def new_flavor(ask: Ask, item: Json, body: Json) -> None:
    """The ID of a new flavor."""
    item["id"] = str(body.get("id") or new_id())
    refuse(ask.store.get("flavor", item["id"]), "FlavorIdExists", id=item["id"])


FLAVOR = Collection(
    NOVA, "flavor", "name ram:int vcpus:int disk:int id=null swap=0 OS-FLV-EXT-DATA:ephemeral=0 rxtx_factor=1.0 "
    "os-flavor-access:is_public=true description=null +OS-FLV-DISABLED:disabled=false +extra_specs={} +_access=[]",
    unique="name", owner="_owner", do="admin", policy="os-flavor-manage:", since="extra_specs=61 description=55",
    brief="id name links description", order="id", linked=True, view=flavor_told, making=new_flavor,
    matches=lambda ask, item, key, value: (
        item["ram" if key == "minRam" else "disk"] >= int(value) if key in ("minRam", "minDisk") else None),
    verbs="show create update delete",
    shared=lambda ask, item: item["os-flavor-access:is_public"] or ask.by.project_id in item["_access"],
)  # fmt: skip
properties(FLAVOR, "/v2.1/flavors/{id}/os-extra_specs", "extra_specs",
           "Flavor {id} has no extra specs with key {key}.")  # fmt: skip


@on(NOVA, "GET /v2.1/flavors", "GET /v2.1/flavors/detail")
def _flavors(ask: Ask) -> Json:
    public, kept = ask.asked("is_public", "True").lower(), ask.store.all("flavor")
    if not ask.by.admin:
        return FLAVOR.pages(ask, [x for x in kept if FLAVOR.visible(ask, x)])
    return FLAVOR.pages(ask, [x for x in kept if public in ("none", str(x["os-flavor-access:is_public"]).lower())])


@on(NOVA, "GET /v2.1/flavors/{id}/os-flavor-access", "POST /v2.1/flavors/{id}/action")
def _access(ask: Ask) -> Json:
    flavor = FLAVOR.find(ask)
    FLAVOR.allow(ask, "update")
    refuse(flavor["os-flavor-access:is_public"], f"FlavorIsPublic{ask.method}")
    if ask.method == "POST":
        ((name, given),) = ask.json().items()
        project, add = given["tenant"], name == "addTenantAccess"
        refuse(not ask.store.get("project", project), "ProjectUnknown", id=project)
        words = {"id": flavor["id"], "project": project}
        refuse(add == (project in flavor["_access"]), "FlavorAccessExists" if add else "FlavorAccessNotFound", **words)
        flavor["_access"] = [x for x in flavor["_access"] if x != project] + ([project] if add else [])
        ask.store.put("flavor", flavor)
    return {"flavor_access": [{"flavor_id": flavor["id"], "tenant_id": x} for x in flavor["_access"]]}


def fingerprint(key: str) -> str:
    """The MD5 of a public key, as Nova shows it; 400 for what is no key."""
    try:
        data = base64.b64decode(key.split()[1], validate=True)
    except (IndexError, ValueError):
        raise refusal("InvalidKeypair") from None
    text = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return ":".join(text[i : i + 2] for i in range(0, 32, 2))


def keypair_owner(ask: Ask, given: str = "") -> str:
    """Whose key pairs are meant; those of others are for administrators."""
    user = given or ask.asked("user_id") or ask.by.user_id
    if user != ask.by.user_id and not ask.by.admin:
        raise KEYPAIR.forbidden("index")
    return user


KEYPAIR = Collection(NOVA, "keypair", "name= public_key=", see="all", verbs="", order="name", policy="os-keypairs:")


@on(NOVA, "GET /v2.1/os-keypairs")
def _keypairs(ask: Ask) -> Json:
    mine = [{**x, "id": x["name"]} for x in ask.store.all("keypair", user_id=keypair_owner(ask))]
    found = KEYPAIR.pages(ask, mine)
    told = "name public_key fingerprint" + (" type" if ask.version >= (2, 2) else "")
    return {**found, "keypairs": [{"keypair": pick(x, told)} for x in found["keypairs"]]}


@on(NOVA, "POST /v2.1/os-keypairs")
def _new_keypair(ask: Ask) -> Answer:
    body = ask.json("keypair")
    name, owner = str(body.get("name", "")), keypair_owner(ask, body.get("user_id", ""))
    refuse(not re.fullmatch(r"[_\-@. a-zA-Z0-9]+", name), "InvalidKeypairName", name=name)
    refuse(ask.store.get("keypair", f"{owner}/{name}"), "KeyPairExists", name=name)
    refuse(not body.get("public_key"), "KeypairNotMade")
    item = {"id": len(ask.store.all("keypair")) + 1, "name": name, "type": body.get("type", "ssh"), "user_id": owner}
    item |= {"public_key": body["public_key"], "fingerprint": fingerprint(body["public_key"])}
    item |= {"created_at": ask.time(MICROSECONDS), "deleted": False, "deleted_at": None, "updated_at": None}
    ask.store.put("keypair", item, f"{owner}/{name}")
    told = pick(item, "type name public_key fingerprint user_id")
    return Answer({"keypair": told}, 201 if ask.version >= (2, 2) else 200)


@on(NOVA, "GET,DELETE /v2.1/os-keypairs/{name}")
def _keypair(ask: Ask) -> Json | Answer:
    owner, name = keypair_owner(ask), ask.args["name"]
    item = ask.store.get("keypair", f"{owner}/{name}")
    refuse(item is None, "KeypairNotFound", name=name, user=owner)
    if ask.method == "GET":
        return {"keypair": item}
    ask.store.drop("keypair", f"{owner}/{name}")
    return Answer(None, 204 if ask.version >= (2, 2) else 202)


def group_told(ask: Ask, told: Json, item: Json) -> None:
    """A server group with its members, under the names of both its ages."""
    policy = item["policy"] or (item["policies"] or [""])[0]
    told |= {"policy": policy, "policies": [policy], "metadata": {}, "user_id": item["user_id"]}
    told["members"] = [x["id"] for x in ask.store.all("server") if item["id"] in x["_groups"]]


GROUP = Collection(
    NOVA, "server_group", "name policy= policies=[] rules={}", path="/v2.1/os-server-groups", view=group_told,
    verbs="list show create delete", missing="Instance group {id} could not be found.", quota="server_groups",
    since="policy=64 rules=64 policies=-64 metadata=-64",
    making=lambda ask, item, body: item.update(user_id=ask.by.user_id),
)  # fmt: skip


def zones(ask: Ask) -> list[Json]:
    """The one availability zone; with its hosts for administrators."""
    detail, told = ask.path.endswith("detail"), {"zoneName": "nova", "zoneState": {"available": True}, "hosts": None}
    if detail and not ask.by.admin:
        raise KEYPAIR.forbidden("detail", "os-availability-zone:")
    state = {"available": True, "active": True, "updated_at": ask.time(MICROSECONDS)}
    return [{**told, "hosts": {host: {"nova-compute": state} for host in HOSTS} if detail else None}]


def hypervisors(ask: Ask) -> list[Json]:
    """The hosts that run servers, and what they have left."""
    found = []
    for host in HOSTS:
        here = [x for x in ask.store.all("server") if x["OS-EXT-SRV-ATTR:host"] == host]
        ram, cores = (sum(x["_flavor"][key] for x in here) for key in ("ram", "vcpus"))
        found.append({
            "id": same_id("hypervisor", host), "hypervisor_hostname": host, "state": "up", "status": "enabled",
            "hypervisor_type": "fake", "hypervisor_version": 1000, "host_ip": "127.0.0.1",
            "service": {"id": same_id("nova-compute", host), "host": host, "disabled_reason": None},
            "uptime": " 00:00:00 up 0 days,  1:00,  0 users,  load average: 0.00, 0.00, 0.00", "local_gb": 32768,
            "vcpus": 256, "memory_mb": 1048576, "vcpus_used": cores, "memory_mb_used": 512 + ram, "local_gb_used": 0,
            "free_ram_mb": 1048064 - ram, "free_disk_gb": 32768, "current_workload": 0, "running_vms": len(here),
            "disk_available_least": 0, "cpu_info": {"arch": "x86_64", "model": "Nehalem"},
            "servers": [pick(x, "name=OS-EXT-SRV-ATTR:instance_name uuid=id") for x in here],
        })  # fmt: skip
    return [x for x in found if ask.asked("hypervisor_hostname_pattern") in x["hypervisor_hostname"]]


Collection(
    NOVA, "hypervisor", "hypervisor_hostname", path="/v2.1/os-hypervisors", rows=hypervisors, see="admin",
    verbs="list show", policy="os-hypervisors:", brief="id hypervisor_hostname state status",
    missing="Hypervisor with ID '{id}' could not be found.",
    since="""vcpus=-88 memory_mb=-88 local_gb=-88 vcpus_used=-88 memory_mb_used=-88 local_gb_used=-88 free_ram_mb=-88
    free_disk_gb=-88 current_workload=-88 running_vms=-88 disk_available_least=-88 cpu_info=-88""",
)  # fmt: skip


LIMITS = {
    "maxTotalCores": "cores", "maxTotalInstances": "instances", "maxTotalKeypairs": "key_pairs",
    "maxServerMeta": "metadata_items", "maxTotalRAMSize": "ram", "maxServerGroups": "server_groups",
    "maxServerGroupMembers": "server_group_members",
}  # fmt: skip
USED = {"totalRAMUsed": "ram", "totalCoresUsed": "cores", "totalInstancesUsed": "instances",
        "totalServerGroupsUsed": "server_groups"}  # fmt: skip


def absolute_limits(ask: Ask) -> Json:
    """What a project may have and has."""
    project = ask.asked("tenant_id") or ask.by.project_id
    may, has = limits(ask, NOVA, project), used(ask, NOVA, project)
    absolute = {name: may[key] for name, key in LIMITS.items()} | {name: has[key] for name, key in USED.items()}
    return {"limits": {"rate": [], "absolute": absolute}}


answers(NOVA, {
    "GET /v2.1/limits": absolute_limits,
    "GET /v2.1/os-availability-zone": lambda ask: {"availabilityZoneInfo": zones(ask)},
    "GET /v2.1/os-availability-zone/detail": lambda ask: {"availabilityZoneInfo": zones(ask)},
    "DELETE /v2.1/flavors/{id}": lambda ask: FLAVOR.delete(ask) and Answer(None, 202),
})  # fmt: skip
