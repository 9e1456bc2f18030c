"""Quotas: how much projects may use of the compute, volume and network services."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import Any

from ..api.block_storage import VOLUME_QUOTA
from ..api.compute import QUOTA
from ..api.identity import PROJECT
from ..api.network import NETWORK_QUOTA
from ..console import write_message
from ..errors import BadRequest, Forbidden, HTTPNotFound, OstkError
from ..language import Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..language.column import parse_renames
from ..record import replace
from ..session.cloud import Cloud

RESOURCES = {"compute": QUOTA, "volume": VOLUME_QUOTA, "network": NETWORK_QUOTA}
# What is asked for behind a project's quotas: what is usual, and what is used.
USUAL = {"compute": "/defaults", "volume": "/defaults", "network": "/default"}
USED = {"compute": "/detail", "volume": "?usage=true", "network": "/details"}
# What a service calls each of its quotas, and what people call it.
SETTABLE = {
    "compute": parse_renames(
        "cores injected_file_content_bytes=injected_file_size injected_file_path_bytes=injected_path_size "
        "injected_files instances key_pairs metadata_items=properties ram server_group_members server_groups"
    ),
    "volume": parse_renames("backups backup_gigabytes gigabytes groups per_volume_gigabytes snapshots volumes"),
    "network": parse_renames(
        "floatingip=floating_ips security_group_rule=secgroup_rules security_group=secgroups network=networks "
        "subnet=subnets port=ports router=routers router_route=router_routes rbac_policy=rbac_policies "
        "subnetpool=subnetpools"
    ),
}
PER_TYPE = ("gigabytes", "snapshots", "volumes")  # Cinder has these for each volume type, too
# What is shown in their place, in this order, where the service does not tell.
NOVA_ONCE_HAD = "fixed_ips floating_ips networks security_group_rules security_groups".split()
NEUTRON_MAY_HAVE = parse_renames(
    "check_limit floatingip=floating_ips healthmonitor=health_monitors listener=listeners "
    "loadbalancer=load_balancers l7policy=l7_policies network=networks pool=pools port=ports project_id tenant_id "
    "rbac_policy=rbac_policies router_route=router_routes router=routers subnet=subnets subnetpool=subnet_pools "
    "security_group_rule=security_group_rules security_group=security_groups"
)
LISTED = {
    "compute": "cores injected_files injected_file_content_bytes injected_file_path_bytes instances key_pairs "
    "metadata_items ram server_groups server_group_members",
    "volume": " ".join(SETTABLE["volume"]),
    "network": "floating_ips networks ports rbac_policies router_routes routers security_groups "
    "security_group_rules subnets subnet_pools",
}

quota = Noun(QUOTA, "Manage quotas: how much projects may use.", columns=["resource limit in_use reserved"])


def which(help: str, everything: bool = True) -> list[Opt]:
    """The options that choose among the services."""
    options = [Opt("--all", "Those of all services (as is usual).", key="service", value="all")] if everything else []
    options += [Opt(f"--{name}", help.format(name), key="service", value=name) for name in RESOURCES]
    return exclusive(*options, required=not everything)


def chosen(cloud: Cloud, body: Json) -> list[str]:
    """The services asked for; without one, those that the cloud has."""
    if (name := body.get("service", "all")) != "all":
        return [name]
    return [name for name, resource in RESOURCES.items() if cloud.has(resource.service)]


def ask(cloud: Cloud, name: str, project: str, more: str = "") -> Json:
    """The quotas of a project in a service, by the names they are shown under, in the order they are shown in."""
    resource = RESOURCES[name]
    reply = cloud.call(resource.service, "GET", resource.at(project) + more, microversion=resource.microversion)
    found = {key: value for key, value in cloud.unwrap(resource, reply).items() if key != "id"}
    if name == "network":
        unknown = {key: value for key, value in found.items() if key not in NEUTRON_MAY_HAVE}
        return {**unknown, **{shown: found.get(key) for key, shown in NEUTRON_MAY_HAVE.items()}}
    return {**found, **{key: found.get(key) for key in (NOVA_ONCE_HAD if name == "compute" else ())}}


@quota.lister(
    "show",
    Arg("project", ref=PROJECT, required=False, not_sent=True, metavar="[PROJECT]"),
    exclusive(Flag("--default", "What a new project has."), Flag("--usage", "What is used of it, too.")),
    which("Those of the {} service."),
)
def show_quota(
    cloud: Cloud, project: str | None, body: Json, columns: list[Column], default: bool, usage: bool
) -> tuple[list[Column], list[Json]]:
    """Show the quotas of a project; that of the token unless one is named."""
    id = project or cloud.access.project_id

    def find(name: str) -> Json:
        quotas = ask(cloud, name, id, USUAL[name] if default else USED[name] if usage else "")
        left_out = usage and name == "network"
        return {key: value for key, value in quotas.items() if value is not None or not left_out}

    services = chosen(cloud, body)
    found = {key: value for quotas in cloud.map_concurrent(find, services) for key, value in quotas.items()}
    # Those that people call something else go last, as people call them.
    for key, name in {**SETTABLE["compute"], **SETTABLE["volume"]}.items():
        shown = name.replace("_", "-")
        if key != shown and found.get(key) is not None:
            found[shown] = found.pop(key)
    if not usage:
        return columns[:2], [{"resource": key, "limit": value} for key, value in found.items()]
    return columns, [counted(key, value) for key, value in found.items()]


def counted(name: str, value: Any) -> Json:
    """A row of a quota with its use."""
    one = value if isinstance(value, dict) else {"limit": value}
    used = one.get("in_use", one.get("used", 0))
    return {
        "resource": name,
        "limit": one.get("limit") or 0,
        "in_use": "N/A" if name == "key-pairs" else used,  # Nova counts them by user
        "reserved": one.get("reserved", 0),
    }


@quota.lister(
    "list", which("The {} quotas.", everything=False), columns=[Column("project", "Project ID"), *LISTED.values()]
)
def list_quotas(cloud: Cloud, body: Json, columns: list[Column]) -> tuple[list[Column], list[Json]]:
    """List the quotas of the projects whose quotas are not the usual ones."""
    name, projects = body["service"], [one["id"] for one in cloud.pages(PROJECT)]
    keys = LISTED[name].split()

    def listed(project: str, more: str = "") -> Json:
        quotas = ask(cloud, name, project, more)
        return {key: quotas.get(key, "") for key in keys}

    def find(project: str) -> Json:
        try:
            return listed(project)
        except (BadRequest, Forbidden, HTTPNotFound) as error:
            OstkError(f"The project {project} has no quotas: {error.message}").show()
            return {}

    usual, found = cloud.gather(
        lambda: [listed(id, USUAL[name]) for id in projects[:1]], lambda: cloud.map_concurrent(find, projects)
    )
    rows = [{"project": id, **quotas} for id, quotas in zip(projects, found, strict=True) if quotas not in ({}, *usual)]
    return [column for column in columns if column.key in ("project", *keys)], rows


def possible(values: Json) -> None:
    """Refuse to force what cannot be forced."""
    if (values["class"] or values["default"]) and values["force"]:
        raise OstkError("--force goes with neither --class nor --default.")


@quota.action(
    "set",
    Arg("project", required=False, not_sent=True, metavar="[PROJECT]", names=PROJECT),
    exclusive(Flag("--class", "The quotas of a class (old)."), Flag("--default", "What every project has.")),
    *(
        Opt(f"--{name.replace('_', '-')}", f"How many {name.replace('_', ' ')}.", key=f"{service}.{key}", type=int)
        for service, quotas in SETTABLE.items()
        for key, name in quotas.items()
    ),
    Opt("--volume-type", "Volume type that volumes, snapshots, gigabytes are of.", not_sent=True),
    exclusive(
        Flag("--force", "Even if more is used already."),
        Flag("--no-force", "Not if more is used already (as is usual)."),
        Flag("--check-limit", "The same.", hidden=True),
    ),
    validate=possible,
)
def set_quota(
    cloud: Cloud, project: str | None, body: Json, values: Json, default: bool, volume_type: str, force: bool
) -> None:
    """Change the quotas of a project; that of the token unless one is named."""
    if volume_type and "volume" in body:
        body["volume"] = {f"{key}_{volume_type}" if key in PER_TYPE else key: n for key, n in body["volume"].items()}
    if default or values["class"]:
        id, of = project or "default", {"path": "/os-quota-class-sets", "key": "quota_class_set"}
        if body.pop("network", None):
            write_message("The network quotas stay as they are: Neutron has no such classes.")
    else:
        id, of = cloud.find(PROJECT, project) if project else cloud.access.project_id, {}
        if force and "compute" in body:
            body["compute"]["force"] = True
        if "network" in body:
            body["network"]["force" if force else "check_limit"] = True
    done = ""
    for name, quotas in body.items():
        try:
            cloud.update(replace(RESOURCES[name], **of), id, quotas)
        except OstkError as error:
            raise OstkError(f"{done}{name} quotas failed: {error.message}", error.hint) from error
        done += f"{name} quotas changed; "


@quota.action("delete", Arg("project", ref=PROJECT, not_sent=True), which("Those of the {} service alone."))
def delete_quota(cloud: Cloud, project: str, body: Json) -> None:
    """Give a project the usual quotas again."""

    def delete(name: str) -> None:
        # Neutron's answer where a project has the usual ones already is that there are none.
        with suppress(HTTPNotFound) if name == "network" else nullcontext():
            cloud.delete(RESOURCES[name], project)

    cloud.map_concurrent(delete, chosen(cloud, body))
