"""Quotas: how much projects may use of the compute, volume and network services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from ..errors import BadRequest, CatalogError, Forbidden, NotFound, OstkError
from ..kinds import PROJECT, QUOTA
from ..language import Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..language.service import CINDER, NEUTRON, Service
from ..session.cloud import Cloud, quote

NOVA = QUOTA.service
SERVICES: dict[str, Service] = {"compute": NOVA, "volume": CINDER, "network": NEUTRON}
# What a service calls each of its quotas, and what people call it.
COMPUTE = {
    "cores": "cores",
    "injected_file_content_bytes": "injected-file-size",
    "injected_file_path_bytes": "injected-path-size",
    "injected_files": "injected-files",
    "instances": "instances",
    "key_pairs": "key-pairs",
    "metadata_items": "properties",
    "ram": "ram",
    "server_group_members": "server-group-members",
    "server_groups": "server-groups",
}
VOLUME = {
    "backups": "backups",
    "backup_gigabytes": "backup-gigabytes",
    "gigabytes": "gigabytes",
    "groups": "groups",
    "per_volume_gigabytes": "per-volume-gigabytes",
    "snapshots": "snapshots",
    "volumes": "volumes",
}
NETWORK = {
    "floatingip": "floating-ips",
    "security_group_rule": "secgroup-rules",
    "security_group": "secgroups",
    "network": "networks",
    "subnet": "subnets",
    "port": "ports",
    "router": "routers",
    "router_route": "router-routes",
    "rbac_policy": "rbac-policies",
    "subnetpool": "subnetpools",
}
SETTABLE = {"compute": COMPUTE, "volume": VOLUME, "network": NETWORK}
PER_TYPE = ("gigabytes", "snapshots", "volumes")  # Cinder has these for each volume type, too
# What is shown in their place, in this order, where the service does not tell.
NOVA_ONCE_HAD = "fixed_ips floating_ips networks security_group_rules security_groups".split()
NEUTRON_MAY_HAVE = {
    "check_limit": "check_limit",
    "floatingip": "floating_ips",
    "healthmonitor": "health_monitors",
    "listener": "listeners",
    "loadbalancer": "load_balancers",
    "l7policy": "l7_policies",
    "network": "networks",
    "pool": "pools",
    "port": "ports",
    "project_id": "project_id",
    "tenant_id": "tenant_id",
    "rbac_policy": "rbac_policies",
    "router_route": "router_routes",
    "router": "routers",
    "subnet": "subnets",
    "subnetpool": "subnet_pools",
    "security_group_rule": "security_group_rules",
    "security_group": "security_groups",
}
LISTED = {
    "compute": (
        "cores injected_files injected_file_content_bytes injected_file_path_bytes instances key_pairs "
        "metadata_items ram server_groups server_group_members"
    ).split(),
    "volume": "backups backup_gigabytes gigabytes groups per_volume_gigabytes snapshots volumes".split(),
    "network": (
        "floating_ips networks ports rbac_policies router_routes routers security_groups "
        "security_group_rules subnets subnet_pools"
    ).split(),
}
SPELT = {"ip": "IP", "ips": "IPs", "rbac": "RBAC"}

quota = Noun(QUOTA, "Manage quotas: how much projects may use.", columns=["resource limit in_use reserved"])


def which(help: str, everything: bool = True) -> list[Opt]:
    """The options that choose among the services."""
    names = [*(["all"] if everything else []), *SERVICES]
    words = {"all": "Those of all services (as is usual)."}
    options = [Opt(f"--{name}", words.get(name, help.format(name)), key="service", value=name) for name in names]
    return exclusive(*options, required=not everything)


def there(cloud: Cloud, name: str) -> bool:
    """Whether the cloud has a service."""
    try:
        cloud.endpoint(SERVICES[name])
    except CatalogError:
        return False
    return True


def chosen(cloud: Cloud, body: Json) -> list[str]:
    """The services asked for; without one, those that the cloud has."""
    name = body.get("service", "all")
    return [name] if name != "all" else [name for name in SERVICES if there(cloud, name)]


def ask(cloud: Cloud, name: str, project: str, more: str = "", query: Json | None = None) -> Json:
    """The quotas of a project in a service, as the service tells them."""
    service = SERVICES[name]
    path = f"{'/quotas' if service is NEUTRON else QUOTA.path}/{quote(project)}{more}"
    microversion = QUOTA.microversion if service is NOVA else ""
    reply = cloud.call(service, "GET", path, params=query or {}, microversion=microversion)
    return dict(reply["quota" if service is NEUTRON else QUOTA.one])


def named(name: str, found: Json) -> Json:
    """Quotas by the names they are shown under, in the order they are shown in."""
    found = {key: value for key, value in found.items() if key != "id"}
    if name == "network":
        unknown = {key: value for key, value in found.items() if key not in NEUTRON_MAY_HAVE}
        return {**unknown, **{shown: found.get(key) for key, shown in NEUTRON_MAY_HAVE.items()}}
    missing = NOVA_ONCE_HAD if name == "compute" else []
    return {**found, **{key: None for key in missing if key not in found}}


def called(found: dict[str, Any]) -> dict[str, Any]:
    """Those that people call something else go last, as people call them."""
    for key, shown in {**COMPUTE, **VOLUME}.items():
        if key != shown and found.get(key) is not None:
            found[shown] = found.pop(key)
    return found


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
            return ask(cloud, name, id, "/default" if name == "network" else "/defaults")
        more = {"network": "/details", "compute": "/detail"}.get(name, "") if usage else ""
        return ask(cloud, name, id, more, {"usage": usage} if name == "volume" else None)

    services = chosen(cloud, body)
    found: dict[str, Any] = {}
    for name, quotas in zip(services, cloud.at_once(find, services), strict=True):
        of_service = named(name, quotas)
        if usage and name == "network":
            of_service = {key: value for key, value in of_service.items() if value is not None}
        found.update(of_service)
    if not usage:
        rows = [{"resource": key, "limit": value} for key, value in called(found).items()]
        return [c for c in columns if c.key in ("resource", "limit")], rows
    return columns, [counted(key, value) for key, value in called(found).items()]


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


def title(key: str) -> str:
    """floating_ips → Floating IPs."""
    return " ".join(SPELT.get(word, word.capitalize()) for word in key.split("_"))


COLUMNS = {
    name: [Column("project", "Project ID"), *(Column(key, title(key)) for key in keys)] for name, keys in LISTED.items()
}


@quota.lister(
    "list",
    which("The {} quotas.", everything=False),
    columns=[column for columns in COLUMNS.values() for column in columns],
)
def list_quotas(cloud: Cloud, body: Json) -> tuple[list[Column], list[Json]]:
    """List the quotas of the projects whose quotas are not the usual ones."""
    name = body["service"]
    projects = [one["id"] for one in cloud.pages(PROJECT)]

    def find(project: str) -> Json | None:
        try:
            return listed(name, ask(cloud, name, project))
        except (BadRequest, Forbidden, NotFound) as error:
            OstkError(f"The project {project} has no quotas: {error.message}").show()
            return None

    usual_path = "/default" if name == "network" else "/defaults"
    asks: list[Callable[[], Any]] = [
        lambda: listed(name, ask(cloud, name, projects[0], usual_path)) if projects else {},
        lambda: cloud.at_once(find, projects),
    ]
    usual, found = cloud.at_once(lambda one: one(), asks)
    rows = zip(projects, found, strict=True)
    return COLUMNS[name], [{"project": id, **quotas} for id, quotas in rows if quotas and quotas != usual]


def listed(name: str, found: Json) -> Json:
    """The quotas that a list shows."""
    quotas = named(name, found)
    return {key: quotas.get(key, "") for key in LISTED[name]}


def possible(values: Json) -> None:
    """Refuse to force what cannot be forced."""
    if (values["class"] or values["default"]) and values["force"]:
        raise OstkError("--force goes with neither --class nor --default.")


def amounts(service: str, quotas: dict[str, str]) -> list[Opt]:
    """An option for each quota of a service."""
    return [
        Opt(f"--{flag}", f"How many {flag.replace('-', ' ')}.", key=f"{service}.{key}", type=int)
        for key, flag in quotas.items()
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
        set_class(cloud, project or "default", body)
        return
    if force and "compute" in body:
        body["compute"]["force"] = True
    if "network" in body:
        body["network"]["force" if force else "check_limit"] = True
    id = cloud.find(PROJECT, project) if project else cloud.access.project_id
    put(cloud, id, [name for name in SERVICES if name in body], body)


def put(cloud: Cloud, id: str, names: Sequence[str], body: Json) -> None:
    """Send each service its part; what fails is told together with what was done before."""
    done = ""
    for name in names:
        service = SERVICES[name]
        path, key = ("/quotas", "quota") if service is NEUTRON else (QUOTA.path, QUOTA.one)
        microversion = QUOTA.microversion if service is NOVA else ""
        try:
            cloud.call(service, "PUT", f"{path}/{quote(id)}", json={key: body[name]}, microversion=microversion)
        except OstkError as error:
            raise OstkError(f"{done}{name} quotas failed: {error.message}", error.hint) from error
        done += f"{name} quotas changed; "


def set_class(cloud: Cloud, name: str, body: Json) -> None:
    """Change what every project has."""
    for service in ("compute", "volume"):
        if service in body:
            cloud.call(
                SERVICES[service],
                "PUT",
                f"/os-quota-class-sets/{quote(name)}",
                json={"quota_class_set": body[service]},
                microversion=QUOTA.microversion if service == "compute" else "",
            )
    if "network" in body:
        click.echo("The network quotas stay as they are: Neutron has no such classes.", err=True)


@quota.action("delete", Arg("project", ref=PROJECT, local=True), which("Those of the {} service alone."))
def delete_quota(cloud: Cloud, project: str, body: Json) -> None:
    """Give a project the usual quotas again."""

    def delete(name: str) -> None:
        service = SERVICES[name]
        path = "/quotas" if service is NEUTRON else QUOTA.path
        microversion = QUOTA.microversion if service is NOVA else ""
        try:
            cloud.request(service, "DELETE", f"{path}/{quote(project)}", microversion=microversion)
        except NotFound:
            # Neutron's answer where a project has the usual ones already.
            if service is not NEUTRON:
                raise

    cloud.at_once(delete, chosen(cloud, body))
