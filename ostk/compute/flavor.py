"""Flavors: the sizes a server can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import OstkError
from ..kinds import FLAVOR, PROJECT
from ..language import COUNT, LIMIT, LONG, MARKER, MAX_ITEMS, Arg, Column, Flag, Json, Noun, Opt, exclusive, properties
from ..owner import PROJECT_DOMAIN
from ..render.format import DICT
from ..session.cloud import Cloud, quote

PUBLIC = "os-flavor-access:is_public"
EPHEMERAL = "OS-FLV-EXT-DATA:ephemeral"


def swap(item: Json) -> int:
    """MB of swap; Nova before 2.75 says "" for none."""
    return int(item.get("swap") or 0)


flavor = Noun(
    FLAVOR,
    "Manage flavors: the sizes a server can have.",
    columns=[
        "id name",
        Column("ram", "RAM"),
        "disk",
        Column(EPHEMERAL, "Ephemeral"),
        Column("vcpus", "VCPUs"),
        Column(PUBLIC, "Is Public"),
        Column("swap", long=True, value=swap),
        Column("rxtx_factor", "RXTX Factor", long=True),
        Column("extra_specs", "Properties", long=True, format=DICT),
    ],
    fields=[
        "OS-FLV-DISABLED:disabled",
        EPHEMERAL,
        "description disk id name",
        PUBLIC,
        Column("extra_specs", "properties", format=DICT),
        "ram rxtx_factor",
        Column("swap", value=swap),
        "vcpus",
    ],
)


def specs_path(id: str, key: str = "") -> str:
    """Where the extra specs of a flavor are, or one of them."""
    return f"{FLAVOR.path}/{quote(id)}/os-extra_specs{'/' + quote(key) if key else ''}"


def set_specs(cloud: Cloud, item: Json, body: Json) -> Json:
    """Add extra specs to a flavor."""
    specs = cloud.call(FLAVOR.service, "POST", specs_path(item["id"]), json=body)["extra_specs"]
    return {"extra_specs": {**item.get("extra_specs", {}), **specs}}


def remove_specs(cloud: Cloud, id: str, keys: Iterable[str]) -> None:
    """Remove extra specs from a flavor."""
    cloud.at_once(lambda key: cloud.call(FLAVOR.service, "DELETE", specs_path(id, key)), list(keys))


def drop_specs(cloud: Cloud, item: Json, body: Json) -> None:
    """Remove the extra specs that were named."""
    remove_specs(cloud, item["id"], body["extra_specs"])


def possible(cloud: Cloud, values: Json, body: Json) -> None:
    """Refuse access for a project to a flavor that all may use, and a factor that Nova has given up."""
    if values["project"] and values["private"] is None:
        raise OstkError("--project needs --private: every project can use a public flavor.")
    if values["rxtx_factor"] and cloud.supports(FLAVOR.service, "2.102"):
        raise OstkError("--rxtx-factor is of the past: version 2.102 of the compute API has done away with it.")
    if body.get("id") == "auto":
        del body["id"]


PROPERTY = properties("Extra spec; may be repeated.", key="extra_specs", action=set_specs)
ACCESS = Opt(
    "--project", "Project that may use it.", ref=PROJECT, key="tenant", domain=PROJECT_DOMAIN, action="addTenantAccess"
)

flavor.create(
    Arg("name"),
    Opt("--id", "ID, made by the cloud unless given."),
    Opt("--ram", "Memory in MB; 256 unless given.", type=COUNT, default=256),
    Opt("--disk", "Root disk in GB; 0 unless given.", type=COUNT, default=0),
    Opt("--ephemeral", "Second disk in GB.", key=EPHEMERAL, type=COUNT, default=0),
    Opt("--swap", "Swap in MB.", type=COUNT, default=0),
    Opt("--vcpus", "Number of virtual CPUs; 1 unless given.", type=COUNT, default=1),
    Opt("--rxtx-factor", "Share of the network's bandwidth.", type=float),
    exclusive(
        Opt("--public", "Every project may use it (as is usual).", key=PUBLIC, value=True),
        Opt("--private", "Only projects given access may use it.", key=PUBLIC, value=False),
    ),
    Opt("--description", "What it is for.", since="2.55"),
    PROPERTY,
    ACCESS,
    PROJECT_DOMAIN,
    prepare=possible,
)
flavor.delete()


@flavor.lister(
    "list",
    exclusive(
        Opt("--public", "Public ones only (as is usual).", key="is_public", value="True"),
        Opt("--private", "Private ones only.", key="is_public", value="False"),
        Opt("--all", "Public and private ones.", key="is_public", value="None"),
    ),
    Opt("--min-disk", "At least this root disk, in GB.", key="minDisk", type=int),
    Opt("--min-ram", "At least this memory, in MB.", key="minRam", type=int),
    LONG,
    LIMIT,
    MARKER,
    MAX_ITEMS,
)
def list_flavors(cloud: Cloud, body: Json, long: bool, limit: int, max_items: int) -> Iterator[Json]:
    """List flavors."""
    found = cloud.pages(FLAVOR, {"is_public": "True", **body}, limit=max_items or limit)
    return specified(cloud, list(found)) if long else found


def specified(cloud: Cloud, flavors: list[Json]) -> Iterator[Json]:
    """The flavors with extra specs, asked for one by one where Nova before 2.61 left them out."""

    def ask(flavor: Json) -> Json:
        if "extra_specs" in flavor:
            return flavor
        return {**flavor, **cloud.call(FLAVOR.service, "GET", specs_path(flavor["id"]))}

    return iter(cloud.at_once(ask, flavors))


@flavor.shower("show", Arg("flavor", local=True, names=FLAVOR), fields=[*flavor.fields, "access_project_ids"])
def show_flavor(cloud: Cloud, flavor: str) -> Json:
    """Show a flavor."""
    item = next(specified(cloud, [cloud.get(FLAVOR, flavor)]))
    if not item.get(PUBLIC):
        path = f"{FLAVOR.path}/{quote(item['id'])}/os-flavor-access"
        access = cloud.call(FLAVOR.service, "GET", path)["flavor_access"]
        item["access_project_ids"] = [one["tenant_id"] for one in access]
    return item


def clear(cloud: Cloud, item: Json, no_property: bool) -> None:
    """Remove all extra specs, if asked to."""
    if no_property:
        remove_specs(cloud, item["id"], next(specified(cloud, [item]))["extra_specs"])


flavor.set(
    Flag("--no-property", "Remove all extra specs first."),
    PROPERTY,
    ACCESS,
    PROJECT_DOMAIN,
    Opt("--description", "What it is for.", since="2.55"),
    prepare=clear,
)
flavor.unset(
    Opt("--property", "Extra spec to remove; may be repeated.", key="extra_specs", multiple=True, action=drop_specs),
    Opt(
        "--project",
        "Project that may no longer use it.",
        ref=PROJECT,
        key="tenant",
        domain=PROJECT_DOMAIN,
        action="removeTenantAccess",
    ),
    PROJECT_DOMAIN,
)
