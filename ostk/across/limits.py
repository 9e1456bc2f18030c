"""Limits: how much a project may use, and uses, of computing and of volumes."""

from __future__ import annotations

import re

from ..errors import CatalogError
from ..kinds import LIMITS, PROJECT
from ..language import Column, Flag, Json, Noun, Opt, exclusive
from ..language.service import CINDER, Service
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud

NOVA = LIMITS.service
# Nova's fields have two names each: one made of theirs, and a shorter one.
SHORT = {
    "maxImageMeta": "image_meta",
    "maxSecurityGroupRules": "security_group_rules",
    "maxSecurityGroups": "security_groups",
    "totalSecurityGroupsUsed": "security_groups_used",
    "maxServerMeta": "server_meta",
    "maxTotalCores": "total_cores",
    "totalCoresUsed": "total_cores_used",
    "maxTotalFloatingIps": "floating_ips",
    "totalFloatingIpsUsed": "floating_ips_used",
    "maxTotalInstances": "instances",
    "totalInstancesUsed": "instances_used",
    "maxTotalKeypairs": "keypairs",
    "maxTotalRAMSize": "total_ram",
    "totalRAMUsed": "total_ram_used",
    "maxServerGroups": "server_groups",
    "totalServerGroupsUsed": "server_groups_used",
    "maxServerGroupMembers": "server_group_members",
}
ONLY_SHORT = {"maxPersonality": "personality", "maxPersonalitySize": "personality_size"}
LIMIT_OF = ("maxTotal{}", "max{}", "maxTotal{}Size", "maxTotalVolume{}")  # what bounds totalCoresUsed and the like
ABSOLUTE = [Column("name"), Column("value", total="limit")]
RATE = [
    Column("verb"),
    Column("uri", "URI"),
    Column("value"),
    Column("remaining", "Remain"),
    Column("unit"),
    Column("next-available", "Next Available"),
]

limits = Noun(LIMITS, "See how much a project may use.")


def snake(name: str) -> str:
    """MaxTotalRAMSize → max_total_ram_size."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def absolute(found: Json, short: dict[str, str]) -> dict[str, Json]:
    """Limits by the names they are shown under, and what is used with its limit."""
    named: dict[str, Json] = {}
    for key, value in found.items():
        used = key.removeprefix("total").removesuffix("Used") if key.endswith("Used") else ""
        limit = next((found[name] for name in (form.format(used) for form in LIMIT_OF) if used and name in found), None)
        names = [ONLY_SHORT[key]] if key in ONLY_SHORT else [snake(key), short.get(key, snake(key))]
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
    Opt("--project", "Project; that of the token unless given.", ref=PROJECT, domain=PROJECT_DOMAIN, local=True),
    PROJECT_DOMAIN,
    columns=[*ABSOLUTE, *RATE],
)
def show_limits(cloud: Cloud, rate: bool, reserved: bool, project: str | None) -> tuple[list[Column], list[Json]]:
    """Show the limits of a project."""

    def ask(service: Service) -> Json:
        query: Json = {"reserved": 1} if reserved and service is NOVA else {}
        if project:
            query["tenant_id" if service is NOVA else "project_id"] = project
        try:
            cloud.endpoint(service)
        except CatalogError:
            return {}
        microversion = "3.39" if service is CINDER else ""
        reply = cloud.call(service, "GET", LIMITS.path, params=query, microversion=microversion)
        return dict(reply[LIMITS.one])

    compute, volume = cloud.at_once(ask, [NOVA, CINDER])
    if rate:
        rates = [one for part in (compute, volume) for one in part.get("rate") or ()]
        return RATE, [{"uri": one["uri"], **each} for one in rates for each in one["limit"]]
    info = {**absolute(compute.get("absolute", {}), SHORT), **absolute(volume.get("absolute", {}), {})}
    return ABSOLUTE, [info[name] for name in sorted(info)]
