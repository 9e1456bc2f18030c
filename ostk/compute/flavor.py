"""Flavors: vCPUs, memory and disks of servers; extra specs and access of projects."""

from collections.abc import Iterable
from contextlib import suppress

from ..api.compute import FLAVOR
from ..api.identity import PROJECT
from ..errors import HTTPNotFound, OstkError
from ..language import (
    COUNT,
    LIMIT,
    LONG,
    MARKER,
    MAX_ITEMS,
    Arg,
    Cloud,
    Column,
    Json,
    Noun,
    Opt,
    exclusive,
    properties,
    without,
)
from ..owner import PROJECT_DOMAIN
from ..render.format import DICT
from ..session.optional_details import optional, optional_each

NOVA = FLAVOR.service
PUBLIC = "os-flavor-access:is_public"
EPHEMERAL = "OS-FLV-EXT-DATA:ephemeral"
EXTRA_SPECS = "os-extra_specs"


# Before microversion 2.75 the swap size 0 is "".
SWAP = Column("swap", value=lambda item: int(item.get("swap") or 0))
flavor = Noun(
    FLAVOR,
    "Manage flavors: vCPUs, memory and disks of servers.",
    columns=[f"id, name, ram=RAM, disk, {EPHEMERAL}=Ephemeral, vcpus=VCPUs, {PUBLIC}=Is Public"],
    long=[SWAP, "rxtx_factor=RXTX Factor, extra_specs=Properties"],
    fields=[
        f"OS-FLV-DISABLED:disabled {EPHEMERAL} {PUBLIC} description disk",
        "extra_specs=properties id name ram rxtx_factor vcpus",
        SWAP,
    ],
    formats={"extra_specs": DICT},
    admin="create delete",
)


def with_extra_specs(cloud: Cloud, flavor: Json) -> Json:
    """Return a flavor with its extra specs; before microversion 2.61 they need a request of their own."""
    if "extra_specs" in flavor:
        return flavor
    return {**flavor, **cloud.call(NOVA, "GET", FLAVOR.at(flavor["id"], EXTRA_SPECS))}


def project_ids(cloud: Cloud, flavor_id: str) -> list[str]:
    """Return the IDs of the projects that have access to a private flavor (admin only)."""
    access = cloud.call(NOVA, "GET", FLAVOR.at(flavor_id, "os-flavor-access"))["flavor_access"]
    return [entry["tenant_id"] for entry in access]


def set_extra_specs(cloud: Cloud, item: Json, body: Json) -> Json:
    """Add extra specs to a flavor, after removing all with `clear`; return {"extra_specs": …} if any were added."""
    if "clear" in body:
        remove_extra_specs(cloud, item, with_extra_specs(cloud, item))
    added = without(body, "clear")
    if not added:
        return {}
    specs = cloud.call(NOVA, "POST", FLAVOR.at(item["id"], EXTRA_SPECS), json=added)["extra_specs"]
    return {"extra_specs": {**item.get("extra_specs", {}), **specs}}


def remove_extra_specs(cloud: Cloud, item: Json, body: Json) -> None:
    """Remove extra specs from a flavor; absent keys are no error, as in the reference client."""
    for key in body["extra_specs"]:  # one after another: each DELETE reads and writes all extra specs of the flavor
        with suppress(HTTPNotFound):
            cloud.call(NOVA, "DELETE", FLAVOR.at(item["id"], EXTRA_SPECS, key))


def access_options(help: str, action: str) -> list[Opt]:
    """Return the options for the project whose access is added or removed by an action of the flavor."""
    project = Opt("--project", help, ref=PROJECT, key="tenant", domain=PROJECT_DOMAIN, action=action)
    return [project, PROJECT_DOMAIN]


def request_of(cloud: Cloud, values: Json, body: Json) -> Json:
    """Return the request for a new flavor: without the ID "auto".

    Raises:
        OstkError: --project is given for a public flavor, or --rxtx-factor since microversion 2.102.
    """
    if values["project"] and values["public"] is not False:
        raise OstkError("--project needs --private: every project can use a public flavor.")
    if values["rxtx_factor"] and cloud.supports(NOVA, "2.102", FLAVOR.microversion):
        raise OstkError("--rxtx-factor is only supported before version 2.102 of the compute API.")
    return {key: value for key, value in body.items() if (key, value) != ("id", "auto")}


PROPERTY = properties("Set an extra spec: KEY=VALUE.", key="extra_specs", action=set_extra_specs)
DESCRIPTION = Opt("--description", "Description of the flavor.", since="2.55")
ACCESS = access_options("Project to give access to the private flavor.", "addTenantAccess")

flavor.create(
    Arg("name", "Name of the flavor."),
    Opt("--id", "ID of the flavor (default: generated)."),
    Opt("--ram", "Memory, in MiB.", type=COUNT, default=256),
    Opt("--disk", "Root disk, in GiB; 0 for the size of the image.", type=COUNT, default=0),
    Opt("--ephemeral", "Ephemeral disk, in GiB.", key=EPHEMERAL, type=COUNT, default=0),
    Opt("--swap", "Swap disk, in MiB.", type=COUNT, default=0),
    Opt("--vcpus", "Number of vCPUs.", type=COUNT, default=1),
    Opt("--rxtx-factor", "RX/TX factor of the network bandwidth; only before compute API 2.102.", type=float),
    Opt("--public/--private", "Make the flavor public (default) or private.", key=PUBLIC),
    DESCRIPTION,
    PROPERTY,
    ACCESS,
    prepare=request_of,
)
flavor.delete()


@flavor.lister(
    "list",
    exclusive(
        Opt("--public", "List public flavors only (default).", key="is_public", value="True"),
        Opt("--private", "List private flavors only.", key="is_public", value="False", admin=True),
        Opt("--all", "List public and private flavors.", key="is_public", value="None", admin=True),
    ),
    Opt("--min-disk", "Filter by minimum root disk, in GiB.", key="minDisk", type=int),
    Opt("--min-ram", "Filter by minimum memory, in MiB.", key="minRam", type=int),
    LONG,
    LIMIT,
    MARKER,
    MAX_ITEMS,
)
def list_flavors(cloud: Cloud, body: Json, long: bool, result_limit: int | None) -> Iterable[Json]:
    """List flavors."""
    found = cloud.pages(FLAVOR, {"is_public": "True", **body}, limit=result_limit)
    if not long:
        return found
    subject = "the properties of flavors"
    return optional_each(cloud, lambda item: with_extra_specs(cloud, item), list(found), lambda item: item, subject)


@flavor.shower("show", Arg("flavor", "Flavor.", names=FLAVOR), fields=[*flavor.fields, "access_project_ids"])
def show_flavor(cloud: Cloud, flavor: str) -> Json:
    """Show a flavor."""
    found = cloud.get(FLAVOR, flavor)
    where = f"of flavor {found.get('name')}"
    item = optional(lambda: with_extra_specs(cloud, found), found, f"the properties {where}")
    if not item.get(PUBLIC):
        item["access_project_ids"] = optional(lambda: project_ids(cloud, item["id"]), None, f"the access list {where}")
    return item


flavor.set(
    Opt(
        "--no-property",
        "Extra specs: remove all; with --property, replace the extra specs.",
        key="clear",
        value=True,
        action=set_extra_specs,
    ),
    PROPERTY,
    ACCESS,
    DESCRIPTION,
    help="Set properties of a flavor, or give a project access (admin only).",
)
flavor.unset(
    Opt("--property...", "Key of the extra spec to remove.", key="extra_specs", action=remove_extra_specs),
    access_options("Project to remove access to the private flavor from.", "removeTenantAccess"),
    help="Remove properties of a flavor, or the access of a project (admin only).",
)
