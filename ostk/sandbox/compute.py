"""Compute: flavors, key pairs, server groups, hosts, limits. Servers are in `servers`."""

from __future__ import annotations

import base64
import hashlib
import re

from .data import Json, fields, pick
from .engine import Collection, answers, offered, on, properties
from .quotas import limits, used
from .refusals import refusal, refuse
from .services import NOVA
from .store import new_id, same_id
from .wire import MICROSECONDS, Answer, Ask

HOSTS = ("cmp1", "cmp2")
PUBLIC = "os-flavor-access:is_public"


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
    since="extra_specs=61 description=55 rxtx_factor=-102 OS-FLV-DISABLED:disabled=-102", unique="name",
    brief="id name links description", order="id", linked=True, view=flavor_told, making=new_flavor, see="all",
    do="admin", policy="os-flavor-manage:", rows=offered("flavor", PUBLIC),
    matches=lambda ask, item, key, value: (
        item["ram" if key == "minRam" else "disk"] >= int(value) if key in ("minRam", "minDisk") else None),
)  # fmt: skip
properties(FLAVOR, "/v2.1/flavors/{id}/os-extra_specs", "extra_specs",
           "Flavor {id} has no extra specs with key {key}.")  # fmt: skip


@on(NOVA, "GET /v2.1/flavors/{id}/os-flavor-access", "POST /v2.1/flavors/{id}/action")
def _access(ask: Ask) -> Json:
    flavor = FLAVOR.reach(ask, "update")
    refuse(flavor[PUBLIC], f"FlavorIsPublic{ask.method}")
    projects: list[str] = flavor["_access"]
    if ask.method == "POST":
        ((name, given),) = ask.json().items()
        project, wrong = given["tenant"], "Exists" if name == "addTenantAccess" else "NotFound"
        refuse(not ask.store.get("project", project), "ProjectUnknown", id=project)
        refuse((wrong == "Exists") == (project in projects), f"FlavorAccess{wrong}", id=flavor["id"], project=project)
        (projects.append if wrong == "Exists" else projects.remove)(project)
        ask.store.put("flavor", flavor)
    return {"flavor_access": [{"flavor_id": flavor["id"], "tenant_id": x} for x in projects]}


def keypairs(ask: Ask, given: str = "") -> list[Json]:
    """The key pairs of a user; those of others are for administrators."""
    user = ask.args["user"] = given or ask.asked("user_id") or ask.by.user_id
    KEYPAIR.forbid(user != ask.by.user_id and not ask.by.admin, "index")
    return ask.store.all("keypair", f"{user}/")


def new_keypair(ask: Ask, item: Json, body: Json) -> None:
    """The owner and the fingerprint of a new key pair: the MD5 of what stands in the public key."""
    name, number = item["name"], len(keypairs(ask, item["user_id"])) + 1
    refuse(not re.fullmatch(r"[_\-@. a-zA-Z0-9]+", name), "InvalidKeypairName", name=name)
    refuse(not item["public_key"], "KeypairNotMade")
    try:
        data = base64.b64decode(item["public_key"].split()[1], validate=True)
    except (IndexError, ValueError):
        raise refusal("InvalidKeypair") from None
    item |= {"fingerprint": hashlib.md5(data, usedforsecurity=False).digest().hex(":"), "_number": number}
    item |= {"user_id": ask.args["user"], "created_at": ask.time(MICROSECONDS), "id": f"{ask.args['user']}/{name}"}
    refuse(ask.store.get("keypair", item["id"]), "KeyPairExists", name=name)


KEYPAIR = Collection(
    NOVA, "keypair", "name public_key= type=ssh user_id= +deleted=false +deleted_at=null +updated_at=null", key="name",
    path="/v2.1/os-keypairs", rows=keypairs, see="all", order="name", verbs="show", policy="os-keypairs:",
    making=new_keypair, view=lambda ask, told, item: told.update(id=item["_number"]), since="type=2",
    missing="Keypair {id} not found for user {user}")  # fmt: skip
BRIEF = "name public_key fingerprint type"


answers(NOVA, {
    "GET /v2.1/os-keypairs": lambda ask: {**(found := KEYPAIR.several(ask)), "keypairs": [
        {"keypair": pick(x, BRIEF)} for x in found["keypairs"]]},
    "POST /v2.1/os-keypairs": lambda ask: Answer({"keypair": pick(
        KEYPAIR.shown(ask, KEYPAIR.make(ask, ask.json("keypair"))), f"{BRIEF} user_id")}, 201),
    "DELETE /v2.1/os-keypairs/{id}": lambda ask: ask.store.drop("keypair", KEYPAIR.find(ask)["id"])})  # fmt: skip


def group_told(ask: Ask, told: Json, item: Json) -> None:
    """A server group with its members, under the names of both its ages."""
    policy = item["policy"] or (item["policies"] or [""])[0]
    told |= {"policy": policy, "policies": [policy], "metadata": {}, "user_id": item["user_id"]}
    told["members"] = [x["id"] for x in ask.store.all("server") if item["id"] in x["scheduler_hints"].get("group", ())]


GROUP = Collection(
    NOVA, "server_group", "name policy= policies=[] rules={}", path="/v2.1/os-server-groups", view=group_told,
    verbs="list show create delete", missing="Instance group {id} could not be found.", quota="server_groups",
    since="policy=64 rules=64 policies=-64 metadata=-64", making=lambda ask, item, body: item.update(
        user_id=ask.by.user_id, rules={key: int(held) for key, held in item["rules"].items()}))  # fmt: skip


@on(NOVA, "GET /v2.1/os-availability-zone", "GET /v2.1/os-availability-zone/detail")
def _zones(ask: Ask) -> Json:
    whole = ask.path.endswith("detail")
    KEYPAIR.forbid(whole and not ask.by.admin, "detail", "os-availability-zone:")
    state = {"available": True, "active": True, "updated_at": ask.time(MICROSECONDS)}
    inner = {"ctl1": {"nova-scheduler": state, "nova-conductor": state}}
    zones: Json = {"internal": inner, "nova": {x: {"nova-compute": state} for x in HOSTS}} if whole else {"nova": None}
    return {"availabilityZoneInfo": [
        {"zoneName": name, "zoneState": {"available": True}, "hosts": zones[name]} for name in zones]}  # fmt: skip


HYPERVISOR = fields("state=up status=enabled hypervisor_type=fake hypervisor_version=1000 host_ip=127.0.0.1")
UPTIME = " 00:00:00 up 0 days,  1:00,  0 users,  load average: 0.00, 0.00, 0.00"
SIZES = fields("""vcpus=256 vcpus_used=0 memory_mb=1048576 memory_mb_used=512 free_ram_mb=1048064 local_gb=32768
    local_gb_used=0 free_disk_gb=32768 disk_available_least=0 current_workload=0 running_vms=0
    cpu_info={"arch":"x86_64","model":"Nehalem"}""")


def hypervisors(ask: Ask) -> list[Json]:
    """The hosts that run servers; since version 2.88 Nova tells no more how big they are."""
    kept = {**HYPERVISOR, **(SIZES if ask.version < (2, 88) else {"uptime": UPTIME})}
    pattern = ask.asked("hypervisor_hostname_pattern")
    refuse(not any(pattern in host for host in HOSTS), "NoHypervisor", pattern=pattern)
    return [{**kept, "id": same_id("hypervisor", host), "hypervisor_hostname": host, "service": {
        "id": same_id("nova-compute", host), "host": host, "disabled_reason": None}}
        for host in HOSTS if pattern in host]  # fmt: skip


Collection(
    NOVA, "hypervisor", "hypervisor_hostname", path="/v2.1/os-hypervisors", rows=hypervisors, see="admin",
    verbs="list show", policy="os-hypervisors:", brief="id hypervisor_hostname state status",
    missing="Hypervisor with ID '{id}' could not be found.")  # fmt: skip


LIMITS = """maxTotalCores=cores maxTotalInstances=instances maxTotalKeypairs=key_pairs maxTotalRAMSize=ram
    maxServerMeta=metadata_items maxServerGroups=server_groups maxServerGroupMembers=server_group_members
    maxPersonality=injected_files maxPersonalitySize=injected_file_content_bytes maxTotalFloatingIps=floating_ips
    maxSecurityGroups=security_groups maxSecurityGroupRules=security_group_rules"""
USED = """totalRAMUsed=ram totalCoresUsed=cores totalInstancesUsed=instances totalServerGroupsUsed=server_groups
    totalFloatingIpsUsed=floating_ips totalSecurityGroupsUsed=security_groups"""


@on(NOVA, "GET /v2.1/limits")
def _limits(ask: Ask) -> Json:
    project, old = ask.asked("tenant_id") or ask.by.project_id, " maxImageMeta=metadata_items"
    may = pick(limits(ask, NOVA, project), LIMITS + (old if ask.version < (2, 39) else ""))
    absolute = may | pick(used(ask, NOVA, project), USED)
    return {"limits": {"rate": [], "absolute": absolute}}
