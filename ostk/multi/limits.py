"""Limits: how much a project may use, and uses, of computing and of volumes."""

from __future__ import annotations

import re
from typing import Any

from ..api.block_storage import CINDER
from ..api.compute import LIMITS
from ..api.identity import PROJECT
from ..api.service import Service
from ..language import Column, Flag, Json, Noun, Opt, exclusive
from ..language.column import parse_renames
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud

# Nova's fields have two names each: one made of theirs, and a shorter one.
SHORT = parse_renames(
    "maxImageMeta=image_meta maxServerMeta=server_meta maxPersonality=personality "
    "maxPersonalitySize=personality_size maxTotalKeypairs=keypairs maxTotalCores=total_cores "
    "maxTotalRAMSize=total_ram maxSecurityGroupRules=security_group_rules maxSecurityGroups=security_groups "
    "totalSecurityGroupsUsed=security_groups_used maxTotalFloatingIps=floating_ips "
    "totalFloatingIpsUsed=floating_ips_used maxTotalInstances=instances totalInstancesUsed=instances_used "
    "maxServerGroups=server_groups totalServerGroupsUsed=server_groups_used "
    "maxServerGroupMembers=server_group_members"
)
ONLY_SHORT = {"max_personality", "max_personality_size"}  # what the longer ones would be
LIMIT_OF = ("maxTotal{}", "max{}", "maxTotal{}Size", "maxTotalVolume{}")  # what bounds totalCoresUsed and the like

limits = Noun(
    LIMITS,
    "See how much a project may use.",
    columns=["name", Column("value", total="limit"), "verb uri=URI value remaining=Remain unit next-available"],
)


def snake(name: str) -> str:
    """MaxTotalRAMSize → max_total_ram_size."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def absolute(found: Json) -> dict[str, Json]:
    """Limits by the names they are shown under, and what is used with its limit."""
    named: dict[str, Json] = {}
    for key, value in found.items():
        used = key.removeprefix("total").removesuffix("Used") if key.endswith("Used") else ""
        limit = next((found[name] for name in (form.format(used) for form in LIMIT_OF) if used and name in found), None)
        names = {SHORT.get(key, snake(key)), snake(key)} - ONLY_SHORT
        named |= {name: {"name": name, "value": value, "limit": limit} for name in names}
    return named


@limits.lister(
    "show",
    exclusive(
        Flag("--absolute", "How much a project may use, and uses."),
        Flag("--rate", "How often requests may be sent."),
        required=True,
    ),
    Flag("--reserved", "Count what is reserved, too."),
    Opt("--project", "Project; that of the token unless given.", ref=PROJECT, domain=PROJECT_DOMAIN, not_sent=True),
    PROJECT_DOMAIN,
)
def show_limits(
    cloud: Cloud, rate: bool, reserved: bool, project: str | None, columns: list[Column]
) -> tuple[list[Column], list[Json]]:
    """Show the limits of a project."""

    def ask(service: Service, microversion: str, **query: Any) -> Json:
        if not cloud.has(service):
            return {}
        params = {key: value for key, value in query.items() if value}
        reply = cloud.call(service, "GET", LIMITS.path, params=params, microversion=microversion)
        return dict(reply[LIMITS.one])

    compute, volume = cloud.gather(
        lambda: ask(LIMITS.service, "", reserved=int(reserved), tenant_id=project),
        lambda: ask(CINDER, "3.39", project_id=project),
    )
    if rate:
        rates = [one for part in (compute, volume) for one in part.get("rate") or ()]
        return columns[2:], [{"uri": one["uri"], **each} for one in rates for each in one["limit"]]
    info = absolute({**compute.get("absolute", {}), **volume.get("absolute", {})})
    return columns[:2], [info[name] for name in sorted(info)]
