"""Flavors of database instances."""

from typing import Any

from ..api.database import DATABASE_FLAVOR, DATASTORE
from ..language import Cloud, Column, Json, Noun, Opt
from .options import version_path


def id_of(item: Json) -> Any:
    """Return the ID of a flavor: a number, or a text if it is not one."""
    return item.get("str_id") if item.get("id") is None else item["id"]


def flat(item: Json) -> Json:
    """Return a flavor with a single field for the ID."""
    found = {key: value for key, value in item.items() if key not in ("links", "str_id")}
    return {**found, "id": id_of(item)}


flavor = Noun(
    DATABASE_FLAVOR,
    "Manage flavors of database instances.",
    columns=[Column("str_id", "ID", value=id_of), "name ram=RAM vcpus=vCPUs disk ephemeral"],
    present=flat,
)


@flavor.lister(
    "list",
    Opt(
        "--datastore-type",
        "Filter by datastore: list the flavors that a version of the datastore allows.",
        names=DATASTORE,
        needs="--datastore-version-id",
    ),
    Opt(
        "--datastore-version-id",
        "Filter by datastore version (ID): list the flavors that the version allows.",
        needs="--datastore-type",
    ),
)
def list_flavors(cloud: Cloud, datastore_type: str | None, datastore_version_id: str | None) -> Any:
    """List flavors of database instances."""
    path = version_path(datastore_version_id, datastore_type, "flavors") if datastore_version_id else ""
    return cloud.pages(DATABASE_FLAVOR, path=path)


flavor.show()
