"""Compute: flavors, key pairs, server groups, hypervisors, limits. Servers are in `servers`."""

import base64
import hashlib
import re

from .api_errors import api_error, raise_if
from .data import Json, fields, pick
from .engine import Collection, add_property_routes, add_routes, public_or_shared, route
from .messages import MICROSECONDS, Request, Response
from .quotas import limits_of, usage_of
from .services import NOVA
from .store import new_id, stable_id

HOSTS = ("cmp1", "cmp2")
IS_PUBLIC = "os-flavor-access:is_public"


def flavor_output(request: Request, output: Json, item: Json) -> None:
    """Adjust a flavor to the microversion."""
    if "id" in request.args:  # in a list, the extra specs are in the order in which they were set
        output["extra_specs"] = dict(sorted(item["extra_specs"].items()))
    output["swap"] = item["swap"] or (0 if request.version >= (2, 75) else "")


def before_flavor_create(request: Request, item: Json, body: Json) -> None:
    """Set the ID of a new flavor."""
    item["id"] = str(body.get("id") or new_id())
    raise_if(request.store.get("flavor", item["id"]), "FlavorIdExists", id=item["id"])


FLAVOR = Collection(
    NOVA,
    "flavor",
    "name ram:int vcpus:int disk:int id=null swap=0 OS-FLV-EXT-DATA:ephemeral=0 rxtx_factor=1.0 "
    "os-flavor-access:is_public=true description=null +OS-FLV-DISABLED:disabled=false +extra_specs={} +_access=[]",
    since="extra_specs=61 description=55 rxtx_factor=-102 OS-FLV-DISABLED:disabled=-102",
    unique_fields="name",
    list_fields="id name links description",
    sort_order="id",
    has_links=True,
    adjust_output=flavor_output,
    before_create=before_flavor_create,
    read_scope="all",
    write_scope="admin",
    policy="os-flavor-manage:",
    source=public_or_shared("flavor", IS_PUBLIC),
    match_filter=lambda request, item, key, value: (
        item["ram" if key == "minRam" else "disk"] >= int(value) if key in ("minRam", "minDisk") else None
    ),
)
add_property_routes(
    FLAVOR, "/v2.1/flavors/{id}/os-extra_specs", "extra_specs", "Flavor {id} has no extra specs with key {key}."
)


@route(NOVA, "GET /v2.1/flavors/{id}/os-flavor-access", "POST /v2.1/flavors/{id}/action")
def _access(request: Request) -> Json:
    flavor = FLAVOR.find_writable(request, "update")
    raise_if(flavor[IS_PUBLIC], f"FlavorIsPublic{request.method}")
    projects: list[str] = flavor["_access"]
    if request.method == "POST":
        ((name, given),) = request.json().items()
        project, wrong = given["tenant"], "Exists" if name == "addTenantAccess" else "NotFound"
        raise_if(not request.store.get("project", project), "ProjectUnknown", id=project)
        raise_if((wrong == "Exists") == (project in projects), f"FlavorAccess{wrong}", id=flavor["id"], project=project)
        (projects.append if wrong == "Exists" else projects.remove)(project)
        request.store.put("flavor", flavor)
    return {"flavor_access": [{"flavor_id": flavor["id"], "tenant_id": x} for x in projects]}


def keypairs(request: Request, given: str = "") -> list[Json]:
    """Return the key pairs of a user; only administrators see those of other users."""
    user = request.args["user"] = given or request.query_param("user_id") or request.identity.user_id
    KEYPAIR.forbid_if(user != request.identity.user_id and not request.identity.admin, "index")
    return request.store.all("keypair", f"{user}/")


def before_keypair_create(request: Request, item: Json, body: Json) -> None:
    """Set the owner and the fingerprint of a new key pair: the MD5 of the decoded public key."""
    name, number = item["name"], len(keypairs(request, item["user_id"])) + 1
    raise_if(not re.fullmatch(r"[_\-@. a-zA-Z0-9]+", name), "InvalidKeypairName", name=name)
    raise_if(not item["public_key"], "KeypairNotMade")
    try:
        data = base64.b64decode(item["public_key"].split()[1], validate=True)
    except (IndexError, ValueError):
        raise api_error("InvalidKeypair") from None
    item |= {"fingerprint": hashlib.md5(data, usedforsecurity=False).digest().hex(":"), "_number": number}
    item |= {
        "user_id": request.args["user"],
        "created_at": request.time(MICROSECONDS),
        "id": f"{request.args['user']}/{name}",
    }
    raise_if(request.store.get("keypair", item["id"]), "KeyPairExists", name=name)


KEYPAIR = Collection(
    NOVA,
    "keypair",
    "name public_key= type=ssh user_id= +deleted=false +deleted_at=null +updated_at=null",
    id_field="name",
    path="/v2.1/os-keypairs",
    source=keypairs,
    read_scope="all",
    sort_order="name",
    verbs="show",
    policy="os-keypairs:",
    before_create=before_keypair_create,
    adjust_output=lambda request, output, item: output.update(id=item["_number"]),
    since="type=2",
    not_found="Keypair {id} not found for user {user}",
)
KEYPAIR_FIELDS = "name public_key fingerprint type"


add_routes(
    NOVA,
    {
        "GET /v2.1/os-keypairs": lambda request: {
            **(found := KEYPAIR.list_page(request)),
            "keypairs": [{"keypair": pick(x, KEYPAIR_FIELDS)} for x in found["keypairs"]],
        },
        "POST /v2.1/os-keypairs": lambda request: Response(
            {
                "keypair": pick(
                    KEYPAIR.represent(request, KEYPAIR.insert(request, request.json("keypair"))),
                    f"{KEYPAIR_FIELDS} user_id",
                )
            },
            201,
        ),
        "DELETE /v2.1/os-keypairs/{id}": lambda request: request.store.delete("keypair", KEYPAIR.find(request)["id"]),
    },
)


def group_output(request: Request, output: Json, item: Json) -> None:
    """Add the members of a server group, and its policy in the forms before and after 2.64."""
    policy = item["policy"] or (item["policies"] or [""])[0]
    output |= {"policy": policy, "policies": [policy], "metadata": {}, "user_id": item["user_id"]}
    output["members"] = [
        x["id"] for x in request.store.all("server") if item["id"] in x["scheduler_hints"].get("group", ())
    ]


GROUP = Collection(
    NOVA,
    "server_group",
    "name policy= policies=[] rules={}",
    path="/v2.1/os-server-groups",
    adjust_output=group_output,
    verbs="list show create delete",
    not_found="Instance group {id} could not be found.",
    quota="server_groups",
    since="policy=64 rules=64 policies=-64 metadata=-64",
    before_create=lambda request, item, body: item.update(
        user_id=request.identity.user_id, rules={key: int(value) for key, value in item["rules"].items()}
    ),
)


@route(NOVA, "GET /v2.1/os-availability-zone", "GET /v2.1/os-availability-zone/detail")
def _zones(request: Request) -> Json:
    detailed = request.path.endswith("detail")
    KEYPAIR.forbid_if(detailed and not request.identity.admin, "detail", "os-availability-zone:")
    state = {"available": True, "active": True, "updated_at": request.time(MICROSECONDS)}
    inner = {"ctl1": {"nova-scheduler": state, "nova-conductor": state}}
    zones: Json = (
        {"internal": inner, "nova": {x: {"nova-compute": state} for x in HOSTS}} if detailed else {"nova": None}
    )
    return {
        "availabilityZoneInfo": [
            {"zoneName": name, "zoneState": {"available": True}, "hosts": zones[name]} for name in zones
        ]
    }


HYPERVISOR = fields("state=up status=enabled hypervisor_type=fake hypervisor_version=1000 host_ip=127.0.0.1")
UPTIME = " 00:00:00 up 0 days,  1:00,  0 users,  load average: 0.00, 0.00, 0.00"
CAPACITY = fields("""vcpus=256 vcpus_used=0 memory_mb=1048576 memory_mb_used=512 free_ram_mb=1048064 local_gb=32768
    local_gb_used=0 free_disk_gb=32768 disk_available_least=0 current_workload=0 running_vms=0
    cpu_info={"arch":"x86_64","model":"Nehalem"}""")


def hypervisors(request: Request) -> list[Json]:
    """Return the hypervisors; since 2.88 Nova no longer returns their capacity."""
    stored = {**HYPERVISOR, **(CAPACITY if request.version < (2, 88) else {"uptime": UPTIME})}
    pattern = request.query_param("hypervisor_hostname_pattern")
    raise_if(not any(pattern in host for host in HOSTS), "NoHypervisor", pattern=pattern)
    return [
        {
            **stored,
            "id": stable_id("hypervisor", host),
            "hypervisor_hostname": host,
            "service": {"id": stable_id("nova-compute", host), "host": host, "disabled_reason": None},
        }
        for host in HOSTS
        if pattern in host
    ]


Collection(
    NOVA,
    "hypervisor",
    "hypervisor_hostname",
    path="/v2.1/os-hypervisors",
    source=hypervisors,
    read_scope="admin",
    verbs="list show",
    policy="os-hypervisors:",
    list_fields="id hypervisor_hostname state status",
    not_found="Hypervisor with ID '{id}' could not be found.",
)


LIMITS = """maxTotalCores=cores maxTotalInstances=instances maxTotalKeypairs=key_pairs maxTotalRAMSize=ram
    maxServerMeta=metadata_items maxServerGroups=server_groups maxServerGroupMembers=server_group_members
    maxPersonality=injected_files maxPersonalitySize=injected_file_content_bytes maxTotalFloatingIps=floating_ips
    maxSecurityGroups=security_groups maxSecurityGroupRules=security_group_rules"""
USAGE = """totalRAMUsed=ram totalCoresUsed=cores totalInstancesUsed=instances totalServerGroupsUsed=server_groups
    totalFloatingIpsUsed=floating_ips totalSecurityGroupsUsed=security_groups"""


@route(NOVA, "GET /v2.1/limits")
def _limits(request: Request) -> Json:
    project, old = request.query_param("tenant_id") or request.identity.project_id, " maxImageMeta=metadata_items"
    maximums = pick(limits_of(request, NOVA, project), LIMITS + (old if request.version < (2, 39) else ""))
    absolute = maximums | pick(usage_of(request, NOVA, project), USAGE)
    return {"limits": {"rate": [], "absolute": absolute}}
