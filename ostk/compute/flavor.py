"""Flavors: the sizes a server can have."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from ..api.compute import FLAVOR
from ..api.identity import PROJECT
from ..errors import HTTPNotFound, OstkError
from ..language import COUNT, LIMIT, LONG, MARKER, MAX_ITEMS, Arg, Column, Json, Noun, Opt, exclusive, properties
from ..owner import PROJECT_DOMAIN
from ..render.format import DICT
from ..session.cloud import Cloud
from ..session.optional_details import optional, optional_each

NOVA = FLAVOR.service
PUBLIC = "os-flavor-access:is_public"
EPHEMERAL = "OS-FLV-EXT-DATA:ephemeral"
SPECS = "os-extra_specs"


# Nova before 2.75 says "" for none.
SWAP = Column("swap", value=lambda item: int(item.get("swap") or 0))
flavor = Noun(
    FLAVOR,
    "Manage flavors: the sizes a server can have.",
    columns=[f"id, name, ram=RAM, disk, {EPHEMERAL}=Ephemeral, vcpus=VCPUs, {PUBLIC}=Is Public"],
    long=[SWAP, "rxtx_factor=RXTX Factor, extra_specs=Properties"],
    fields=[
        f"OS-FLV-DISABLED:disabled {EPHEMERAL} {PUBLIC} description disk",
        "extra_specs=properties id name ram rxtx_factor vcpus",
        SWAP,
    ],
    formats={"extra_specs": DICT},
)


def specified(cloud: Cloud, flavor: Json) -> Json:
    """A flavor with extra specs, which Nova before 2.61 keeps to itself unless asked."""
    return flavor if "extra_specs" in flavor else flavor | cloud.call(NOVA, "GET", FLAVOR.at(flavor["id"], SPECS))


def projects(cloud: Cloud, id: str) -> list[str]:
    """Return the IDs of the projects that have access to a private flavor (admin only)."""
    found = cloud.call(NOVA, "GET", FLAVOR.at(id, "os-flavor-access"))["flavor_access"]
    return [one["tenant_id"] for one in found]


def set_specs(cloud: Cloud, item: Json, body: Json) -> Json:
    """Add extra specs to a flavor, if asked to after removing those it has."""
    if body.pop("clear", False):
        remove_specs(cloud, item, specified(cloud, item))
    if not body:
        return {}
    specs = cloud.call(NOVA, "POST", FLAVOR.at(item["id"], SPECS), json=body)["extra_specs"]
    return {"extra_specs": {**item.get("extra_specs", {}), **specs}}


def remove_specs(cloud: Cloud, item: Json, body: Json) -> None:
    """Remove extra specs from a flavor; those that it does not have are no error, as in the reference client."""
    for key in body["extra_specs"]:  # not at once: each time Nova writes all that it has just read
        with suppress(HTTPNotFound):
            cloud.call(NOVA, "DELETE", FLAVOR.at(item["id"], SPECS, key))


def access(help: str, action: str) -> list[Opt]:
    """The options of a project whose access to a flavor is changed."""
    project = Opt("--project", help, ref=PROJECT, key="tenant", domain=PROJECT_DOMAIN, action=action)
    return [project, PROJECT_DOMAIN]


def possible(cloud: Cloud, values: Json, body: Json) -> None:
    """Refuse access for a project to a flavor that all may use, and a factor that Nova has given up."""
    if values["project"] and values["public"] is not False:
        raise OstkError("--project needs --private: every project can use a public flavor.")
    if values["rxtx_factor"] and cloud.supports(NOVA, "2.102", FLAVOR.microversion):
        raise OstkError("--rxtx-factor is only supported before version 2.102 of the compute API.")
    if body.get("id") == "auto":
        del body["id"]


PROPERTY = properties("Extra spec; may be repeated.", key="extra_specs", action=set_specs)
DESCRIPTION = Opt("--description", "What it is for.", since="2.55")
ACCESS = access("Project that may use it.", "addTenantAccess")

flavor.create(
    Arg("name"),
    Opt("--id", "ID, made by the cloud unless given."),
    Opt("--ram", "Memory in MB; 256 unless given.", type=COUNT, default=256),
    Opt("--disk", "Root disk in GB; 0 unless given.", type=COUNT, default=0),
    Opt("--ephemeral", "Second disk in GB.", key=EPHEMERAL, type=COUNT, default=0),
    Opt("--swap", "Swap in MB.", type=COUNT, default=0),
    Opt("--vcpus", "Number of virtual CPUs; 1 unless given.", type=COUNT, default=1),
    Opt("--rxtx-factor", "Share of the network's bandwidth.", type=float),
    Opt("--public/--private", "Whether every project may use it (as is usual).", key=PUBLIC),
    DESCRIPTION,
    PROPERTY,
    ACCESS,
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
def list_flavors(cloud: Cloud, body: Json, long: bool, result_limit: int) -> Iterable[Json]:
    """List flavors."""
    found = cloud.pages(FLAVOR, {"is_public": "True", **body}, limit=result_limit)
    if not long:
        return found
    what = "the properties of flavors"
    return optional_each(cloud, lambda one: specified(cloud, one), list(found), lambda one: one, what)


@flavor.shower("show", Arg("flavor", not_sent=True, names=FLAVOR), fields=[*flavor.fields, "access_project_ids"])
def show_flavor(cloud: Cloud, flavor: str) -> Json:
    """Show a flavor."""
    found = cloud.get(FLAVOR, flavor)
    what = f"of flavor {found.get('name')}"
    item = optional(lambda: specified(cloud, found), found, f"the properties {what}")
    if not item.get(PUBLIC):
        item["access_project_ids"] = optional(lambda: projects(cloud, item["id"]), None, f"the access list {what}")
    return item


flavor.set(
    Opt("--no-property", "Remove all extra specs first.", key="clear", value=True, action=set_specs),
    PROPERTY,
    ACCESS,
    DESCRIPTION,
)
flavor.unset(
    Opt("--property", "Extra spec to remove; may be repeated.", key="extra_specs", multiple=True, action=remove_specs),
    access("Project that may no longer use it.", "removeTenantAccess"),
)
