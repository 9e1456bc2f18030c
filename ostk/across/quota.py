"""Quotas: how much projects may use of the compute, volume and network services."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import click

from ..errors import BadRequest, CatalogError, Forbidden, NotFound, OstkError
from ..kinds import NETWORK_QUOTA, PROJECT, QUOTA, VOLUME_QUOTA
from ..language import Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..language.kind import as_columns
from ..record import replace
from ..session.cloud import Cloud

KINDS = {"compute": QUOTA, "volume": VOLUME_QUOTA, "network": NETWORK_QUOTA}


def names(text: str) -> dict[str, str]:
    """What is called what, of words KEY=NAME, or KEY where it is called so too."""
    return {key: name or key for key, _, name in (word.partition("=") for word in text.split())}


# What a service calls each of its quotas, and what people call it.
SETTABLE = {
    "compute": names(
        "cores injected_file_content_bytes=injected_file_size injected_file_path_bytes=injected_path_size "
        "injected_files instances key_pairs metadata_items=properties ram server_group_members server_groups"
    ),
    "volume": names("backups backup_gigabytes gigabytes groups per_volume_gigabytes snapshots volumes"),
    "network": names(
        "floatingip=floating_ips security_group_rule=secgroup_rules security_group=secgroups network=networks "
        "subnet=subnets port=ports router=routers router_route=router_routes rbac_policy=rbac_policies "
        "subnetpool=subnetpools"
    ),
}
PER_TYPE = ("gigabytes", "snapshots", "volumes")  # Cinder has these for each volume type, too
# What is shown in their place, in this order, where the service does not tell.
NOVA_ONCE_HAD = "fixed_ips floating_ips networks security_group_rules security_groups".split()
NEUTRON_MAY_HAVE = names(
    "check_limit floatingip=floating_ips healthmonitor=health_monitors listener=listeners "
    "loadbalancer=load_balancers l7policy=l7_policies network=networks pool=pools port=ports project_id tenant_id "
    "rbac_policy=rbac_policies router_route=router_routes router=routers subnet=subnets subnetpool=subnet_pools "
    "security_group_rule=security_group_rules security_group=security_groups"
)
COLUMNS = {
    name: as_columns([Column("project", "Project ID"), text])
    for name, text in {
        "compute": "cores injected_files injected_file_content_bytes injected_file_path_bytes instances key_pairs "
        "metadata_items ram server_groups server_group_members",
        "volume": "backups backup_gigabytes gigabytes groups per_volume_gigabytes snapshots volumes",
        "network": "floating_ips networks ports rbac_policies router_routes routers security_groups "
        "security_group_rules subnets subnet_pools",
    }.items()
}

quota = Noun(QUOTA, "Manage quotas: how much projects may use.", columns=["resource limit in_use reserved"])


def which(help: str, everything: bool = True) -> list[Opt]:
    """The options that choose among the services."""
    options = [Opt("--all", "Those of all services (as is usual).", key="service", value="all")] if everything else []
    options += [Opt(f"--{name}", help.format(name), key="service", value=name) for name in KINDS]
    return exclusive(*options, required=not everything)


def chosen(cloud: Cloud, body: Json) -> list[str]:
    """The services asked for; without one, those that the cloud has."""
    if (name := body.get("service", "all")) != "all":
        return [name]
    found = []
    for name, kind in KINDS.items():
        with suppress(CatalogError):
            cloud.endpoint(kind.service)
            found.append(name)
    return found


def ask(cloud: Cloud, name: str, project: str, more: str = "", query: Json | None = None) -> Json:
    """The quotas of a project in a service, by the names they are shown under, in the order they are shown in."""
    kind = KINDS[name]
    path = kind.at(project, *more.split())
    reply = cloud.call(kind.service, "GET", path, params=query or {}, microversion=kind.microversion)
    found = {key: value for key, value in cloud.unwrap(kind, reply).items() if key != "id"}
    if name == "network":
        unknown = {key: value for key, value in found.items() if key not in NEUTRON_MAY_HAVE}
        return {**unknown, **{shown: found.get(key) for key, shown in NEUTRON_MAY_HAVE.items()}}
    return {**found, **{key: found.get(key) for key in (NOVA_ONCE_HAD if name == "compute" else ())}}


def usual(cloud: Cloud, name: str, project: str) -> Json:
    """The quotas that a new project has."""
    return ask(cloud, name, project, "default" if name == "network" else "defaults")


@quota.lister(
    "show",
    Arg("project", ref=PROJECT, required=False, local=True, metavar="[PROJECT]"),
    exclusive(Flag("--default", "What a new project has."), Flag("--usage", "What is used of it, too.")),
    which("Those of the {} service."),
)
def show_quota(
    cloud: Cloud, project: str | None, body: Json, columns: list[Column], default: bool, usage: bool
) -> tuple[list[Column], list[Json]]:
    """Show the quotas of a project; that of the token unless one is named."""
    id = project or cloud.access.project_id

    def find(name: str) -> Json:
        if default:
            return usual(cloud, name, id)
        if not usage:
            return ask(cloud, name, id)
        more = {"network": "details", "compute": "detail"}.get(name, "")
        quotas = ask(cloud, name, id, more, {"usage": usage} if name == "volume" else None)
        return {key: value for key, value in quotas.items() if name != "network" or value is not None}

    services = chosen(cloud, body)
    found = {key: value for quotas in cloud.at_once(find, services) for key, value in quotas.items()}
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
    "list",
    which("The {} quotas.", everything=False),
    columns=[column for columns in COLUMNS.values() for column in columns],
)
def list_quotas(cloud: Cloud, body: Json) -> tuple[list[Column], list[Json]]:
    """List the quotas of the projects whose quotas are not the usual ones."""
    name = body["service"]
    columns, projects = COLUMNS[name], [one["id"] for one in cloud.pages(PROJECT)]

    def listed(quotas: Json) -> Json:
        return {column.key: quotas.get(column.key, "") for column in columns[1:]}

    def find(project: str) -> Json | None:
        try:
            return listed(ask(cloud, name, project))
        except (BadRequest, Forbidden, NotFound) as error:
            OstkError(f"The project {project} has no quotas: {error.message}").show()
            return None

    ordinary, found = cloud.together(
        lambda: listed(usual(cloud, name, projects[0])) if projects else {}, lambda: cloud.at_once(find, projects)
    )
    rows = zip(projects, found, strict=True)
    return columns, [{"project": id, **quotas} for id, quotas in rows if quotas and quotas != ordinary]


def possible(values: Json) -> None:
    """Refuse to force what cannot be forced."""
    if (values["class"] or values["default"]) and values["force"]:
        raise OstkError("--force goes with neither --class nor --default.")


def amounts(service: str, quotas: dict[str, str]) -> list[Opt]:
    """An option for each quota of a service."""
    flags = {key: name.replace("_", "-") for key, name in quotas.items()}
    return [
        Opt(f"--{flag}", f"How many {flag.replace('-', ' ')}.", key=f"{service}.{key}", type=int)
        for key, flag in flags.items()
    ]


@quota.action(
    "set",
    Arg("project", required=False, local=True, metavar="[PROJECT]", names=PROJECT),
    exclusive(Flag("--class", "The quotas of a class (old)."), Flag("--default", "What every project has.")),
    *(amounts(service, quotas) for service, quotas in SETTABLE.items()),
    Opt("--volume-type", "Volume type that volumes, snapshots, gigabytes are of.", local=True),
    exclusive(
        Flag("--force", "Even if more is used already."),
        Flag("--no-force", "Not if more is used already (as is usual)."),
        Flag("--check-limit", "The same.", hidden=True),
    ),
    refuse=possible,
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
            click.echo("The network quotas stay as they are: Neutron has no such classes.", err=True)
    else:
        id, of = cloud.find(PROJECT, project) if project else cloud.access.project_id, {}
        if force and "compute" in body:
            body["compute"]["force"] = True
        if "network" in body:
            body["network"]["force" if force else "check_limit"] = True
    done = ""
    for name in [name for name in KINDS if name in body]:
        try:
            cloud.update(replace(KINDS[name], **of), id, body[name])
        except OstkError as error:
            raise OstkError(f"{done}{name} quotas failed: {error.message}", error.hint) from error
        done += f"{name} quotas changed; "


@quota.action("delete", Arg("project", ref=PROJECT, local=True), which("Those of the {} service alone."))
def delete_quota(cloud: Cloud, project: str, body: Json) -> None:
    """Give a project the usual quotas again."""

    def delete(name: str) -> None:
        try:
            cloud.delete(KINDS[name], project)
        except NotFound:
            # Neutron's answer where a project has the usual ones already.
            if name != "network":
                raise

    cloud.at_once(delete, chosen(cloud, body))
