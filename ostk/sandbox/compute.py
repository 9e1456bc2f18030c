"""Compute: flavors, key pairs, server groups, hosts, limits and quotas. Servers are in `servers`."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from .engine import NEEDED, Collection, Manner, links, on, serve
from .parts import properties, quotas
from .quotas import Quotas
from .store import Json, new_id, same_id
from .wire import Answer, Ask, Refusal, truth

HOSTS = ("cmp1", "cmp2")
QUOTAS = Quotas(
    "compute",
    {"cores": 20, "instances": 10, "key_pairs": 100, "metadata_items": 128, "ram": 51200,
     "server_group_members": 10, "server_groups": 10},
)  # fmt: skip
FAULTS = {
    400: "badRequest", 401: "unauthorized", 403: "forbidden", 404: "itemNotFound", 405: "badMethod",
    409: "conflictingRequest", 413: "overLimit", 429: "overLimit", 503: "serviceUnavailable",
}  # fmt: skip


def fault(ask: Ask, refusal: Refusal) -> Answer:
    """A refusal as Nova and Cinder write it."""
    if refusal.status == 401:
        told = {"code": 401, "title": "Unauthorized", "message": refusal.message}
        return Answer({"error": told}, 0, {"WWW-Authenticate": f'Keystone uri="{ask.host}/identity"'})
    kind = FAULTS.get(refusal.status, "computeFault")
    return Answer({kind: {"code": refusal.status, "message": refusal.message}})


def version(ask: Ask, old: bool = False) -> Json:
    """What Nova tells of a version."""
    path = "v2" if old else "v2.1"
    return {
        "id": "v2.0" if old else "v2.1", "status": "DEPRECATED" if old else "CURRENT",
        "version": "" if old else "2.96", "min_version": "" if old else "2.1",
        "updated": "2013-07-23T11:33:21Z",
        "links": [{"rel": "self", "href": f"{ask.host}/compute/{path}/"}],
    }  # fmt: skip


def public(ask: Ask) -> Answer | None:
    """The version documents."""
    path = ask.path.rstrip("/")
    if path == "/compute":
        return Answer({"versions": [version(ask, old=True), version(ask)]})
    if path in ("/compute/v2", "/compute/v2.1"):
        return Answer({"version": version(ask, path.endswith("v2"))})
    return None


def sign(ask: Ask, answer: Answer) -> None:
    """The headers of every answer."""
    text = f"{ask.version[0]}.{ask.version[1]}"
    answer.headers.update({"x-openstack-request-id": ask.number, "x-compute-request-id": ask.number})
    if ask.version[0]:
        answer.headers.update({"OpenStack-API-Version": f"compute {text}", "X-OpenStack-Nova-API-Version": text})
        answer.headers["Vary"] = "OpenStack-API-Version, X-OpenStack-Nova-API-Version"


def forbid(collection: Collection, verb: str) -> str:
    """Why Nova refuses."""
    return f"Policy doesn't allow os_compute_api:{collection.policy or collection.many}:{verb} to be performed."


MANNER = Manner(
    "compute", "/compute", fault, forbid, more=links,
    stamp=lambda ask, item, new: item.update(_updated=ask.now, _changed=None), newest_first=False,
    lists_all=False, public=public,
    sign=sign, microversions=("compute", 2, 96),
)  # fmt: skip


def of(path: str, one: str, many: str, fields: Json, **extra: Any) -> Collection:
    """A collection as Nova has them."""
    return Collection(MANNER, one, f"/v2.1/{path}", one, many, fields, **extra)


def linked(ask: Ask, path: str, id: str, bookmark: bool = False) -> list[Json]:
    """The links of a thing."""
    found = [{"rel": "bookmark", "href": f"{ask.host}/compute/{path}/{id}"}]
    return found if bookmark else [{"rel": "self", "href": f"{ask.host}/compute/v2.1/{path}/{id}"}, *found]


# -- flavors ------------------------------------------------------------------------------------------


def flavor_told(ask: Ask, told: Json, item: Json) -> Json:
    """A flavor as the microversion has it."""
    told.update(links=linked(ask, "flavors", item["id"]), extra_specs=dict(sorted(item["extra_specs"].items())))
    told.pop("extra_specs") if ask.version < (2, 61) else None
    told.pop("description") if ask.version < (2, 55) else None
    if ask.version >= (2, 75) and not told["swap"]:
        told["swap"] = 0
    return told


def new_flavor(ask: Ask, item: Json, body: Json) -> None:
    """A new flavor, with its older field names."""
    item["id"] = str(body.get("id") or new_id())
    if ask.store.get("flavor", item["id"]):
        raise Refusal(409, f"Flavor with ID {item['id']} already exists.")
    item["swap"] = int(item["swap"] or 0) or ""
    item.update({key: int(item[key]) for key in ("ram", "vcpus", "disk", "OS-FLV-EXT-DATA:ephemeral")})
    item["rxtx_factor"] = float(item["rxtx_factor"])


def flavor_matches(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """The filters of flavors."""
    if key in ("minRam", "minDisk"):
        return int(item["ram" if key == "minRam" else "disk"]) >= int(value)
    return None


FLAVOR = of(
    "flavors", "flavor", "flavors",
    {"name": NEEDED, "ram": NEEDED, "vcpus": NEEDED, "disk": NEEDED, "id": None, "swap": 0,
     "OS-FLV-EXT-DATA:ephemeral": 0, "os-flavor-access:is_public": True, "rxtx_factor": 1.0,
     "description": None},
    fixed={"OS-FLV-DISABLED:disabled": False, "extra_specs": {}, "_access": []},
    missing="Flavor {id} could not be found.", conflict="Flavor with name {name} already exists.",
    unique=("name",), see="own", do="admin", detail="/detail", policy="os-flavor-manage", view=flavor_told,
    making=new_flavor, matches=flavor_matches, brief=("id", "name", "links", "description"),
    shared=lambda ask, item: bool(item["os-flavor-access:is_public"] or ask.by.project_id in item["_access"]),
)  # fmt: skip


@on(MANNER, "GET /v2.1/flavors", "GET /v2.1/flavors/detail")
def _flavors(ask: Ask) -> Json:
    public = ask.asked("is_public", "True").lower()
    found = [
        x for x in ask.store.all("flavor")
        if (FLAVOR.visible(ask, x) if not ask.by.admin else
            public == "none" or x["os-flavor-access:is_public"] == truth(public))
        and FLAVOR.chosen(ask, x)
    ]  # fmt: skip
    found.sort(key=lambda x: str(x["id"]))
    return FLAVOR.pages(ask, found, not ask.path.endswith("detail"))


@on(MANNER, "DELETE /v2.1/flavors/{id}")
def _delete_flavor(ask: Ask) -> Answer:
    FLAVOR.delete(ask)
    return Answer(None, 202)


properties(MANNER, "/v2.1/flavors/{id}/os-extra_specs", lambda ask: FLAVOR, "extra_specs",
           "Flavor {id} has no extra specs with key {key}.")  # fmt: skip


@on(MANNER, "GET /v2.1/flavors/{id}/os-flavor-access", "POST /v2.1/flavors/{id}/action")
def _access(ask: Ask) -> Json:
    flavor = FLAVOR.find(ask)
    FLAVOR.allow(ask, "update")
    if flavor["os-flavor-access:is_public"]:
        if ask.method == "GET":
            raise Refusal(404, "Access list not available for public flavors.")
        raise Refusal(409, "Can not add or remove access for a public flavor.")
    if ask.method == "POST":
        ((name, given),) = ask.json().items()
        project, add = given["tenant"], name == "addTenantAccess"
        if not ask.store.get("project", project):
            raise Refusal(400, f"Project ID {project} is not a valid project.")
        if add == (project in flavor["_access"]):
            word = "Flavor access already exists" if add else "Flavor access not found"
            raise Refusal(409 if add else 404, f"{word} for flavor {flavor['id']} and project {project}"
                          " combination.")  # fmt: skip
        flavor["_access"] = [x for x in flavor["_access"] if x != project] + ([project] if add else [])
        ask.store.put("flavor", flavor)
    return {"flavor_access": [{"flavor_id": flavor["id"], "tenant_id": x} for x in flavor["_access"]]}


# -- key pairs ----------------------------------------------------------------------------------------


def fingerprint(key: str) -> str:
    """The MD5 of a public key, as Nova shows it; 400 for what is no key."""
    try:
        data = base64.b64decode(key.split()[1], validate=True)
    except (IndexError, ValueError):
        raise Refusal(400, "Keypair data is invalid: failed to generate fingerprint") from None
    text = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return ":".join(text[i : i + 2] for i in range(0, 32, 2))


def keypair_owner(ask: Ask, given: str = "") -> str:
    """Whose key pairs are meant; those of others are for administrators."""
    user = given or ask.asked("user_id") or ask.by.user_id
    if user != ask.by.user_id and not ask.by.admin:
        raise Refusal(403, "Policy doesn't allow os_compute_api:os-keypairs:index to be performed.")
    return user


KEYPAIR = of("os-keypairs", "keypair", "keypairs", {"name": "", "public_key": ""}, see="all", verbs="")


@on(MANNER, "GET /v2.1/os-keypairs")
def _keypairs(ask: Ask) -> Json:
    keys = ("name", "public_key", "fingerprint") + (("type",) if ask.version >= (2, 2) else ())
    mine = ask.store.all("keypair", user_id=keypair_owner(ask))
    found = KEYPAIR.pages(ask, [{**x, "id": x["name"]} for x in sorted(mine, key=lambda x: str(x["name"]))])
    found["keypairs"] = [{"keypair": {key: x[key] for key in keys}} for x in found["keypairs"]]
    return found


@on(MANNER, "POST /v2.1/os-keypairs")
def _new_keypair(ask: Ask) -> Answer:
    body = ask.json("keypair")
    name, owner = str(body.get("name", "")), keypair_owner(ask, body.get("user_id", ""))
    if not re.fullmatch(r"[_\-@. a-zA-Z0-9]+", name):
        raise Refusal(400, f"Invalid input for field/attribute name. Value: {name}. '{name}' does not match "
                      "'^[_\\\\-\\\\@\\\\. a-zA-Z0-9]+$'")  # fmt: skip
    if ask.store.get("keypair", f"{owner}/{name}"):
        raise Refusal(409, f"Key pair '{name}' already exists.")
    QUOTAS.spend(ask, "key_pairs", 1, len(ask.store.all("keypair", user_id=owner)))
    if not body.get("public_key"):
        raise Refusal(400, "The practice cloud makes no key pairs: give a public key, as API 2.92 and later ask.")
    item = {
        "id": len(ask.store.all("keypair")) + 1, "name": name, "type": body.get("type", "ssh"),
        "public_key": body["public_key"], "fingerprint": fingerprint(body["public_key"]), "user_id": owner,
        "created_at": ask.time("%Y-%m-%dT%H:%M:%S.000000"), "deleted": False, "deleted_at": None,
        "updated_at": None,
    }  # fmt: skip
    ask.store.put("keypair", item, f"{owner}/{name}")
    keys = ("type", "name", "public_key", "fingerprint", "user_id")
    return Answer({"keypair": {key: item[key] for key in keys}}, 201 if ask.version >= (2, 2) else 200)


@on(MANNER, "GET /v2.1/os-keypairs/{name}", "DELETE /v2.1/os-keypairs/{name}")
def _keypair(ask: Ask) -> Json | Answer:
    owner, name = keypair_owner(ask), ask.args["name"]
    item = ask.store.get("keypair", f"{owner}/{name}")
    if item is None:
        raise Refusal(404, f"Keypair {name} not found for user {owner}")
    if ask.method == "DELETE":
        ask.store.drop("keypair", f"{owner}/{name}")
        return Answer(None, 204 if ask.version >= (2, 2) else 202)
    return {"keypair": item}


# -- server groups, hosts, limits ---------------------------------------------------------------------


def new_group(ask: Ask, item: Json, body: Json) -> None:
    """A server group under the names of both its ages."""
    item["policy"] = item["policy"] or (item["policies"] or [""])[0]
    QUOTAS.spend(ask, "server_groups", 1, len(ask.store.all("server_group", project_id=ask.by.project_id)))
    item["user_id"] = ask.by.user_id


def group_told(ask: Ask, told: Json, item: Json) -> Json:
    """A server group as the microversion has it."""
    told["members"] = [x["id"] for x in ask.store.all("server") if item["id"] in x["_groups"]]
    if ask.version >= (2, 64):
        told.pop("policies")
        return told
    return {**told, "policies": [told.pop("policy")], "metadata": {}, "rules": told.pop("rules")}


GROUP = of("os-server-groups", "server_group", "server_groups",
           {"name": NEEDED, "policy": "", "policies": [], "rules": {}}, view=group_told, making=new_group,
           missing="Instance group {id} could not be found.", verbs="list show create delete")  # fmt: skip


def only_admin(ask: Ask, policy: str) -> None:
    """Refuse those who are no administrators."""
    if not ask.by.admin:
        raise Refusal(403, f"Policy doesn't allow os_compute_api:{policy} to be performed.")


@on(MANNER, "GET /v2.1/os-availability-zone", "GET /v2.1/os-availability-zone/detail")
def _zones(ask: Ask) -> Json:
    hosts: Json | None = None
    if ask.path.endswith("detail"):
        only_admin(ask, "os-availability-zone:detail")
        state = {"available": True, "active": True, "updated_at": ask.time("%Y-%m-%dT%H:%M:%S.000000")}
        hosts = {host: {"nova-compute": state} for host in HOSTS}
    return {"availabilityZoneInfo": [{"zoneName": "nova", "zoneState": {"available": True}, "hosts": hosts}]}


@on(MANNER, "GET /v2.1/os-hypervisors", "GET /v2.1/os-hypervisors/{id}")
def _hypervisors(ask: Ask) -> Json:
    only_admin(ask, "os-hypervisors:list")
    word, pattern = ask.args.get("id", ""), ask.asked("hypervisor_hostname_pattern")
    found = [hypervisor(ask, host) for host in HOSTS if pattern in host]
    if word == "statistics":
        keys = ("vcpus", "memory_mb", "local_gb", "vcpus_used", "memory_mb_used", "local_gb_used",
                "free_ram_mb",
                "free_disk_gb", "current_workload", "running_vms", "disk_available_least")  # fmt: skip
        sums = {key: sum(x[key] for x in found) for key in keys}
        return {"hypervisor_statistics": {"count": len(found), **sums}}
    if pattern and not found:
        raise Refusal(404, f"No hypervisor matching '{pattern}' could be found.")
    old = ("vcpus", "memory_mb", "local_gb", "vcpus_used", "memory_mb_used", "local_gb_used", "free_ram_mb",
           "free_disk_gb", "current_workload", "running_vms", "disk_available_least", "cpu_info")  # fmt: skip
    if ask.version >= (2, 88):
        found = [{key: value for key, value in x.items() if key not in old} for x in found]
    if word and word != "detail":
        one = next((x for x in found if x["id"] == word), None)
        if one is None:
            raise Refusal(404, f"Hypervisor with ID '{word}' could not be found.")
        return {"hypervisor": one}
    few = ("id", "hypervisor_hostname", "state", "status")
    return {"hypervisors": found if word else [{key: x[key] for key in few} for x in found]}


def hypervisor(ask: Ask, host: str) -> Json:
    """A host that runs servers, and what it has left."""
    here = [x for x in ask.store.all("server") if x["OS-EXT-SRV-ATTR:host"] == host]
    ram, cores = (sum(x["_flavor"][key] for x in here) for key in ("ram", "vcpus"))
    return {
        "id": same_id("hypervisor", host), "hypervisor_hostname": host, "state": "up", "status": "enabled",
        "hypervisor_type": "fake", "hypervisor_version": 1000, "host_ip": "127.0.0.1",
        "service": {"id": same_id("nova-compute", host), "host": host, "disabled_reason": None},
        "uptime": " 00:00:00 up 0 days,  1:00,  0 users,  load average: 0.00, 0.00, 0.00",
        "vcpus": 256, "memory_mb": 1048576, "local_gb": 32768, "vcpus_used": cores,
        "memory_mb_used": 512 + ram,
        "local_gb_used": 0, "free_ram_mb": 1048064 - ram, "free_disk_gb": 32768, "current_workload": 0,
        "running_vms": len(here), "disk_available_least": 0, "cpu_info": {"arch": "x86_64",
                                                                          "model": "Nehalem"},
        "servers": [{"name": x["OS-EXT-SRV-ATTR:instance_name"], "uuid": x["id"]} for x in here],
    }  # fmt: skip


@on(MANNER, "GET /v2.1/os-services")
def _services(ask: Ask) -> Json:
    only_admin(ask, "os-services:list")
    rows = [("nova-scheduler", "ctl1", "internal"), ("nova-conductor", "ctl1", "internal"),
            *(("nova-compute", host, "nova") for host in HOSTS)]  # fmt: skip
    found = [
        {"binary": binary, "host": host, "id": same_id(binary, host), "zone": zone, "status": "enabled",
         "state": "up", "updated_at": ask.time("%Y-%m-%dT%H:%M:%S.000000"), "disabled_reason": None,
         "forced_down": False}
        for binary, host, zone in rows
        if ask.asked("binary", binary) == binary and ask.asked("host", host) == host
    ]  # fmt: skip
    return {"services": found}


def usage(ask: Ask, project: str) -> dict[str, int]:
    """What a project has used of its quotas."""
    mine = ask.store.all("server", project_id=project)
    ram, cores = (sum(x["_flavor"][key] for x in mine) for key in ("ram", "vcpus"))
    groups = len(ask.store.all("server_group", project_id=project))
    return {"instances": len(mine), "cores": cores, "ram": ram, "server_groups": groups}


@on(MANNER, "GET /v2.1/limits")
def _limits(ask: Ask) -> Json:
    project = ask.asked("tenant_id") or ask.by.project_id
    limit, used = QUOTAS.limits(ask, project), usage(ask, project)
    names = {"maxTotalCores": "cores", "maxTotalInstances": "instances", "maxTotalKeypairs": "key_pairs",
             "maxServerMeta": "metadata_items", "maxTotalRAMSize": "ram", "maxServerGroups": "server_groups",
             "maxServerGroupMembers": "server_group_members"}  # fmt: skip
    absolute = {name: limit[key] for name, key in names.items()}
    absolute |= {"totalRAMUsed": used["ram"], "totalCoresUsed": used["cores"]}
    absolute |= {"totalInstancesUsed": used["instances"], "totalServerGroupsUsed": used["server_groups"]}
    return {"limits": {"rate": [], "absolute": absolute}}


quotas(QUOTAS, MANNER, "/v2.1/os-quota-sets", "quota_set",
       "Policy doesn't allow os_compute_api:os-quota-sets:{0} to be performed.", usage)  # fmt: skip

from . import servers  # noqa: E402, F401  (registers its routes)

serve(FLAVOR, GROUP)
