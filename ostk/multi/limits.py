"""Absolute limits and rate limits of a project, in the compute and volume services."""

import re
from typing import Any

from ..api.block_storage import CINDER
from ..api.compute import LIMITS
from ..api.identity import DOMAIN
from ..api.service import Service
from ..language import Cloud, Column, Flag, Json, Noun, Value, exclusive
from ..language.column import parse_renames
from ..owner import project_to_show

# Each field is shown under two names: the API's in snake case, and this short one, as in the reference client.
SHORT_NAMES = parse_renames(
    "maxImageMeta=image_meta maxServerMeta=server_meta maxPersonality=personality "
    "maxPersonalitySize=personality_size maxTotalKeypairs=keypairs maxTotalCores=total_cores "
    "maxTotalRAMSize=total_ram maxSecurityGroupRules=security_group_rules maxSecurityGroups=security_groups "
    "totalSecurityGroupsUsed=security_groups_used maxTotalFloatingIps=floating_ips "
    "totalFloatingIpsUsed=floating_ips_used maxTotalInstances=instances totalInstancesUsed=instances_used "
    "maxServerGroups=server_groups totalServerGroupsUsed=server_groups_used "
    "maxServerGroupMembers=server_group_members"
)
NOT_SHOWN = {"max_personality", "max_personality_size"}  # shown under their short names only
# Names of the limit that belongs to a usage: totalCoresUsed → maxTotalCores.
LIMIT_NAMES = ("maxTotal{}", "max{}", "maxTotal{}Size", "maxTotalVolume{}")
PROJECT_DOMAIN = Value(
    "--project-domain --domain project_domain",
    "Domain of the project (--domain is deprecated).",
    ref=DOMAIN,
    key="domain_id",
)

limits = Noun(
    LIMITS,
    "Show limits of a project: maximums and usage.",
    columns=["name", Column("value", total="limit"), "verb uri=URI value remaining=Remain unit next-available"],
)


def snake_case(name: str) -> str:
    """Return a name in snake case: maxTotalRAMSize → max_total_ram_size."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def absolute_limits(limits: Json) -> dict[str, Json]:
    """Return rows by the name that is shown: {"name": …, "value": …, "limit": the limit of a usage, or None}."""
    rows: dict[str, Json] = {}
    for key, value in limits.items():
        used = key.removeprefix("total").removesuffix("Used") if key.endswith("Used") else ""
        candidates = [pattern.format(used) for pattern in LIMIT_NAMES] if used else []
        limit = next((limits[name] for name in candidates if name in limits), None)
        names = {SHORT_NAMES.get(key, snake_case(key)), snake_case(key)} - NOT_SHOWN
        rows |= {name: {"name": name, "value": value, "limit": limit} for name in names}
    return rows


@limits.lister(
    "show",
    exclusive(
        Flag("--absolute", "Show absolute limits: maximums and usage."),
        Flag("--rate", "Show rate limits of API requests."),
        required=True,
    ),
    Flag("--reserved", "Count reserved resources as used too."),
    project_to_show(admin=True, domain=PROJECT_DOMAIN),
)
def show_limits(
    cloud: Cloud, rate: bool, reserved: bool, project: str | None, columns: list[Column]
) -> tuple[list[Column], list[Json]]:
    """Show the limits of a project."""

    def fetch_limits(service: Service, microversion: str, **query: Any) -> Json:
        if not cloud.has_service(service):
            return {}
        params = {key: value for key, value in query.items() if value}
        reply = cloud.call(service, "GET", LIMITS.path, params=params, microversion=microversion)
        return dict(reply[LIMITS.one])

    compute, volume = cloud.gather(
        lambda: fetch_limits(LIMITS.service, "", reserved=int(reserved), tenant_id=project),
        lambda: fetch_limits(CINDER, "3.39", project_id=project),
    )
    if rate:
        rates = [rate for limits in (compute, volume) for rate in limits.get("rate") or ()]
        return columns[2:], [{"uri": rate["uri"], **limit} for rate in rates for limit in rate["limit"]]
    rows = absolute_limits({**compute.get("absolute", {}), **volume.get("absolute", {})})
    return columns[:2], [rows[name] for name in sorted(rows)]
