"""Quotas: the limits of a project and its usage."""

from .api_errors import raise_if
from .data import Json, fields, rows
from .messages import ApiError, Request
from .services import CINDER, NEUTRON, NOVA, PracticeService

# Resource, default limit (-1: unlimited), kinds that count, and the field to sum (-: the number of items).
QUOTAS = {
    service: rows("key limit kinds field", text)
    for service, text in {
        NOVA: """cores 2000 server vcpus, fixed_ips -1 - -, floating_ips -1 - -, injected_file_content_bytes 10240 - -,
        injected_file_path_bytes 255 - -, injected_files 5 - -, instances 500 server -, key_pairs 500 - -,
        metadata_items 128 - -, ram 4096000 server ram, security_group_rules -1 - -, security_groups -1 - -,
        server_group_members 500 - -, server_groups 500 server_group -""",
        NEUTRON: """network 1000 network -, subnet 1000 subnet -, subnetpool -1 - -, port 5000 port -,
        router_route 30 - -, router 500 router -, floatingip 500 floatingip -,
        rbac_policy 1000 - -, security_group 1000 security_group -,
        security_group_rule 5000 security_group_rule -, trunk -1 - -""",
        CINDER: """volumes 500 volume -, per_volume_gigabytes -1 - -, snapshots 500 snapshot -,
    gigabytes 50000 volume+snapshot size, backups 500 backup -, backup_gigabytes 50000 backup size, groups 100 - -""",
    }.items()
}
REMOVED_IN = fields("""fixed_ips=36 floating_ips=36 security_groups=36 security_group_rules=36 injected_files=57
    injected_file_path_bytes=57 injected_file_content_bytes=57""")  # the minor microversion that removes it


def quota_items(request: Request, service: PracticeService) -> list[Json]:
    """Return the quotas of a service in this microversion; Cinder also has three for each volume type."""
    names = [x["name"] for x in reversed(request.store.all("volume_type"))] if service is CINDER else []
    type_limits = [
        {"key": f"{resource}_{name}", "limit": -1, "kinds": "-", "field": "-"}
        for name in names
        for resource in ("volumes", "gigabytes", "snapshots")
    ]
    return [
        x
        for x in (*QUOTAS[service][:-1], *type_limits, QUOTAS[service][-1])
        if request.version[1] < REMOVED_IN.get(x["key"], 1000)
    ]


def limits_of(request: Request, service: PracticeService, project: str = "") -> Json:
    """Return the limits of a project, or the defaults."""
    stored = request.store.get("quota", f"{service.name}/{project}") or {}
    return {x["key"]: stored.get(x["key"], x["limit"]) for x in quota_items(request, service)}


def usage_of(request: Request, service: PracticeService, project: str) -> dict[str, int]:
    """Return the usage of a project."""

    def count(kinds: str, field: str) -> int:
        own = [x for kind in kinds.split("+") for x in request.store.all(kind, project_id=project)]
        return len(own) if field == "-" else sum(x.get("_flavor", x)[field] for x in own)

    return {x["key"]: count(x["kinds"], x["field"]) for x in quota_items(request, service)}


def check_quota(request: Request, service: PracticeService, **requested: int) -> None:
    """Raise the service's error if a project would exceed a limit."""
    maximums, usage = (
        limits_of(request, service, request.identity.project_id),
        usage_of(request, service, request.identity.project_id),
    )
    for key, requested_count in requested.items():
        if 0 <= maximums[key] < usage[key] + requested_count:
            words = {
                "key": key,
                "more": requested_count,
                "used": usage[key],
                "limit": maximums[key],
                "word": key[:-1].capitalize(),
            }
            raise_if(key.endswith("gigabytes"), "VolumeSizeExceedsAvailableQuota", **words)
            raise ApiError(service.over_quota[0], service.over_quota[1].format(**words), "OverQuota")
