"""Quotas of projects in the compute, volume and network services."""

from contextlib import nullcontext, suppress
from typing import Any

from ..api.block_storage import VOLUME_QUOTA
from ..api.compute import QUOTA
from ..api.identity import PROJECT
from ..api.network import NETWORK_QUOTA
from ..console import write_message
from ..errors import BadRequest, Forbidden, HTTPNotFound, OstkError
from ..language import Arg, Cloud, Column, Flag, Json, Noun, Opt, Value, exclusive
from ..language.column import parse_renames
from ..record import replace

RESOURCES = {"compute": QUOTA, "volume": VOLUME_QUOTA, "network": NETWORK_QUOTA}
# What follows the path of a project's quotas, for the default quotas and for the usage.
DEFAULTS = {"compute": "/defaults", "volume": "/defaults", "network": "/default"}
USAGE = {"compute": "/detail", "volume": "?usage=true", "network": "/details"}
# Quotas that can be set: the field of the API, and the name of the option.
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
HELP = {
    "cores": "Quota of vCPUs.",
    "injected_file_size": "Maximum size of an injected file, in bytes; only before compute API 2.57.",
    "injected_path_size": "Maximum length of the path of a file, in bytes; only before compute API 2.57.",
    "injected_files": "Maximum number of injected files; only before compute API 2.57.",
    "instances": "Server quota.",
    "key_pairs": "Key pair quota of each user.",
    "properties": "Maximum number of properties of a server.",
    "ram": "RAM quota, in MiB.",
    "server_group_members": "Maximum number of servers in a server group.",
    "server_groups": "Server group quota.",
    "backups": "Volume backup quota.",
    "backup_gigabytes": "Quota of the total size of volume backups, in GiB.",
    "gigabytes": "Quota of the total size of volumes and snapshots, in GiB.",
    "groups": "Volume group quota.",
    "per_volume_gigabytes": "Maximum size of a volume, in GiB.",
    "snapshots": "Volume snapshot quota.",
    "volumes": "Volume quota.",
    "floating_ips": "Floating IP quota.",
    "secgroup_rules": "Security group rule quota.",
    "secgroups": "Security group quota.",
    "networks": "Network quota.",
    "subnets": "Subnet quota.",
    "ports": "Port quota.",
    "routers": "Router quota.",
    "router_routes": "Maximum number of static routes of a router.",
    "rbac_policies": "RBAC policy quota.",
    "subnetpools": "Subnet pool quota.",
}
PER_TYPE = ("gigabytes", "snapshots", "volumes")  # Cinder has these quotas for each volume type too
# Fields that are shown as null where the response lacks them, as in the reference client.
REMOVED_FROM_NOVA = "fixed_ips floating_ips networks security_group_rules security_groups".split()
NETWORK_FIELDS = parse_renames(
    "check_limit floatingip=floating_ips healthmonitor=health_monitors listener=listeners "
    "loadbalancer=load_balancers l7policy=l7_policies network=networks pool=pools port=ports project_id tenant_id "
    "rbac_policy=rbac_policies router_route=router_routes router=routers subnet=subnets subnetpool=subnet_pools "
    "security_group_rule=security_group_rules security_group=security_groups"
)
LIST_COLUMNS = {
    "compute": "cores injected_files injected_file_content_bytes injected_file_path_bytes instances key_pairs "
    "metadata_items ram server_groups server_group_members",
    "volume": " ".join(SETTABLE["volume"]),
    "network": "floating_ips networks ports rbac_policies router_routes routers security_groups "
    "security_group_rules subnets subnet_pools",
}

quota = Noun(QUOTA, "Manage quotas of projects.", columns=["resource limit in_use reserved"])


def quota_help(name: str) -> str:
    """Return the help of an option that sets a quota: the sentence of HELP, which says what -1 means."""
    text, semicolon, rest = HELP[name].removesuffix(".").partition(";")
    return f"{text}, -1 for unlimited{semicolon}{rest}."


def service_options(verb: str, required: bool = False) -> list[Opt]:
    """Return --compute, --volume and --network, of which one is required, or --all and these."""
    options = (
        [] if required else [Opt("--all", f"{verb} quotas of all services (default).", key="service", value="all")]
    )
    options += [
        Opt(f"--{name}", f"{verb} quotas of the {name} service only.", key="service", value=name) for name in RESOURCES
    ]
    return exclusive(*options, required=required)


def selected_services(cloud: Cloud, body: Json) -> list[str]:
    """Return the service that an option of `service_options` selects; else all that the cloud has."""
    if (name := body.get("service", "all")) != "all":
        return [name]
    return [name for name, resource in RESOURCES.items() if cloud.has_service(resource.service)]


def fetch_quotas(cloud: Cloud, name: str, project: str, suffix: str = "") -> Json:
    """Return the quotas of a project in a service, by the names and in the order that are shown.

    Args:
        cloud: The cloud to ask.
        name: "compute", "volume" or "network".
        project: The ID of the project.
        suffix: The end of the path, an item of DEFAULTS or USAGE.
    """
    resource = RESOURCES[name]
    reply = cloud.call(resource.service, "GET", resource.at(project) + suffix, microversion=resource.microversion)
    found = {key: value for key, value in cloud.unwrap(resource, reply).items() if key != "id"}
    if name == "network":
        others = {key: value for key, value in found.items() if key not in NETWORK_FIELDS}
        return {**others, **{shown: found.get(key) for key, shown in NETWORK_FIELDS.items()}}
    return {**found, **{key: found.get(key) for key in (REMOVED_FROM_NOVA if name == "compute" else ())}}


@quota.lister(
    "show",
    Arg(
        "project",
        "Project (default: the current project).",
        ref=PROJECT,
        required=False,
        not_sent=True,
        metavar="[PROJECT]",
    ),
    exclusive(
        Flag("--default", "Show the default quotas of new projects."),
        Flag("--usage", "Show the usage of each quota too."),
    ),
    service_options("Show"),
)
def show_quota(
    cloud: Cloud, project: str | None, body: Json, columns: list[Column], default: bool, usage: bool
) -> tuple[list[Column], list[Json]]:
    """Show the quotas of a project."""
    id = project or cloud.access.project_id
    if not id:
        raise OstkError(
            "The token is not for a project: there are no quotas to show.", "Name a project: quota show NAME."
        )

    def fetch(name: str) -> Json:
        quotas = fetch_quotas(cloud, name, id, DEFAULTS[name] if default else USAGE[name] if usage else "")
        skip_null = usage and name == "network"
        return {key: value for key, value in quotas.items() if value is not None or not skip_null}

    services = selected_services(cloud, body)
    found = {key: value for quotas in cloud.map_concurrent(fetch, services) for key, value in quotas.items()}
    # Quotas of Nova and Cinder whose option has another name are shown last, under the name of the option.
    for key, name in {**SETTABLE["compute"], **SETTABLE["volume"]}.items():
        shown = name.replace("_", "-")
        if key != shown and found.get(key) is not None:
            found[shown] = found.pop(key)
    if not usage:
        return columns[:2], [{"resource": key, "limit": value} for key, value in found.items()]
    return columns, [usage_row(key, value) for key, value in found.items()]


def usage_row(name: str, value: Any) -> Json:
    """Return the row of a quota with its usage; `value` is {"limit": …, "in_use" or "used": …}, or the limit alone."""
    details = value if isinstance(value, dict) else {"limit": value}
    used = details.get("in_use", details.get("used", 0))
    return {
        "resource": name,
        "limit": details.get("limit") or 0,
        "in_use": "N/A" if name == "key-pairs" else used,  # Nova counts key pairs by user
        "reserved": details.get("reserved", 0),
    }


@quota.lister(
    "list", service_options("List", required=True), columns=[Column("project", "Project ID"), *LIST_COLUMNS.values()]
)
def list_quotas(cloud: Cloud, body: Json, columns: list[Column]) -> tuple[list[Column], list[Json]]:
    """List the quotas of projects whose quotas are not the defaults (admin only)."""
    name, projects = body["service"], [project["id"] for project in cloud.pages(PROJECT)]
    keys = LIST_COLUMNS[name].split()

    def fetch_row(project: str, suffix: str = "") -> Json:
        quotas = fetch_quotas(cloud, name, project, suffix)
        return {key: quotas.get(key, "") for key in keys}

    def fetch_or_warn(project: str) -> Json:
        try:
            return fetch_row(project)
        except (BadRequest, Forbidden, HTTPNotFound) as error:
            OstkError(f"The quotas of project {project} could not be fetched: {error.message}").show()
            return {}

    defaults, found = cloud.gather(
        lambda: [fetch_row(id, DEFAULTS[name]) for id in projects[:1]],
        lambda: cloud.map_concurrent(fetch_or_warn, projects),
    )
    different = [(id, quotas) for id, quotas in zip(projects, found, strict=True) if quotas not in ({}, *defaults)]
    rows = [{"project": id, **quotas} for id, quotas in different]
    return [column for column in columns if column.key in ("project", *keys)], rows


def validate_force(values: Json) -> None:
    """Validate that --force is not combined with a quota class.

    Raises:
        OstkError: --force is given with --class or --default.
    """
    if (values["class"] or values["default"]) and values["force"]:
        raise OstkError("--force goes with neither --class nor --default.")


@quota.action(
    "set",
    Arg(
        "project",
        "Project, or quota class with --class (default: the current project).",
        required=False,
        metavar="[PROJECT]",
        names=PROJECT,
    ),
    exclusive(
        Flag("--class", "Set quotas of a quota class (deprecated; see --default)."),
        Flag("--default", "Set the default quotas of all projects."),
    ),
    *(
        Opt(f"--{name.replace('_', '-')}", quota_help(name), key=f"{service}.{key}", type=int)
        for service, quotas in SETTABLE.items()
        for key, name in quotas.items()
    ),
    Value("--volume-type", "Volume type (name) that --volumes, --snapshots and --gigabytes apply to."),
    exclusive(
        Flag("--force", "Set a quota even if lower than the current usage."),
        Flag("--no-force", "Reject a quota that is lower than the current usage (default)."),
        Flag("--check-limit", "Same as --no-force.", hidden=True),
    ),
    validate=validate_force,
)
def set_quota(
    cloud: Cloud, project: str | None, body: Json, values: Json, default: bool, volume_type: str | None, force: bool
) -> None:
    """Set quotas of a project (admin only)."""
    sent = {service: {**quotas} for service, quotas in body.items()}
    if volume_type and "volume" in sent:
        sent["volume"] = {f"{key}_{volume_type}" if key in PER_TYPE else key: n for key, n in body["volume"].items()}
    if default or values["class"]:
        id, changes = project or "default", {"path": "/os-quota-class-sets", "key": "quota_class_set"}
        if sent.pop("network", None):
            write_message("The network quotas were not changed: the network service has no quota classes.")
    else:
        id, changes = cloud.find(PROJECT, project) if project else cloud.access.project_id, {}
        if force and "compute" in sent:
            sent["compute"]["force"] = True
        if "network" in sent:
            sent["network"]["force" if force else "check_limit"] = True
    done = ""
    for name, quotas in sent.items():
        try:
            cloud.update(replace(RESOURCES[name], **changes), id, quotas)
        except OstkError as error:
            raise OstkError(f"{done}{name} quotas failed: {error.message}", error.hint) from error
        done += f"{name} quotas changed; "


@quota.action("delete", Arg("project", "Project.", ref=PROJECT, not_sent=True), service_options("Reset"))
def delete_quota(cloud: Cloud, project: str, body: Json) -> None:
    """Delete the quotas of a project: reset to the default quotas (admin only)."""

    def delete(name: str) -> None:
        # Neutron answers DELETE /quotas/ID with 404 if the project has the default quotas.
        with suppress(HTTPNotFound) if name == "network" else nullcontext():
            cloud.delete(RESOURCES[name], project)

    cloud.map_concurrent(delete, selected_services(cloud, body))
