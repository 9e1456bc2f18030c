"""Migrations: servers on their way to another host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import NotFoundError, OstkError
from ..kinds import PROJECT, SERVER, SERVER_MIGRATION, USER
from ..language import COUNT, MAX_ITEMS, Arg, Column, Json, Noun, Opt, target
from ..language.verbs import header
from ..owner import PROJECT_DOMAIN, USER_DOMAIN
from ..session.cloud import Cloud, looks_like_id
from .moment import Moment

NOVA = SERVER_MIGRATION.service
TYPES = {kind: kind.removeprefix("cold-") for kind in "cold-migration evacuation live-migration resize".split()}

migration = Noun(
    SERVER_MIGRATION,
    "Manage migrations of servers.",
    columns=[
        Column("id", "Id", since="2.23"),
        Column("uuid", "UUID", since="2.59"),
        "source_node dest_node source_compute dest_compute dest_host status",
        Column("instance_uuid", "Server UUID"),
        Column("old_instance_type_id", "Old Flavor"),
        Column("new_instance_type_id", "New Flavor"),
        Column("migration_type", "Type", since="2.23"),
        Column("project_id", "Project", since="2.80"),
        Column("user_id", "User", since="2.80"),
        "created_at updated_at",
    ],
)
TOLD = (
    "status source_compute source_node dest_compute dest_host dest_node memory_total_bytes memory_processed_bytes "
    "memory_remaining_bytes disk_total_bytes disk_processed_bytes disk_remaining_bytes created_at updated_at"
)
FIELDS = [
    Column("id", "ID"),
    Column("server_uuid", "Server UUID"),
    *(Column(key, header(Column(key))) for key in TOLD.split()),
    Column("uuid", "UUID", since="2.59"),
    Column("user_id", "User ID", since="2.80"),
    Column("project_id", "Project ID", since="2.80"),
]


@migration.lister(
    "list",
    Opt("--server", "Only those of this server.", ref=SERVER, key="instance_uuid"),
    Opt("--host", "Only those from or to this host."),
    Opt("--status", "Only those in this state."),
    Opt("--type", "Only those of this kind.", key="migration_type", choices=TYPES, convert=TYPES.get),
    Opt("--limit", "Largest number of results.", type=COUNT, since="2.59"),
    Opt("--marker", "Results after this one, by UUID.", since="2.59"),
    MAX_ITEMS,
    Opt("--changes-since", "Only those changed since (ISO 8601).", key="changes-since", type=Moment(), since="2.59"),
    Opt("--changes-before", "Only those that changed before.", key="changes-before", type=Moment(), since="2.66"),
    Opt("--project", "Only those of this project.", ref=PROJECT, domain=PROJECT_DOMAIN, since="2.80"),
    PROJECT_DOMAIN,
    Opt("--user", "Only those of this user.", ref=USER, domain=USER_DOMAIN, since="2.80"),
    USER_DOMAIN,
)
def list_migrations(cloud: Cloud, body: Json, columns: list[Column], most: int) -> tuple[list[Column], Iterator[Json]]:
    """List migrations."""
    unasked = {"project_id", "user_id"} - body.keys()
    found = cloud.pages(SERVER_MIGRATION, body, limit=most)
    return [column for column in columns if column.key not in unasked], found


def known(migration: str) -> None:
    """Refuse what is neither the number nor the UUID of a migration."""
    if not (migration.isdigit() or looks_like_id(migration)):
        raise OstkError(f"{migration!r} is neither the number nor the UUID of a migration.")


def find(cloud: Cloud, server: str, migration: str) -> Any:
    """A running migration of a server; Nova finds it by its number alone."""
    if migration.isdigit():
        return cloud.call(NOVA, "GET", SERVER.at(server, "migrations", migration), microversion="2.80")["migration"]
    cloud.require(NOVA, "2.59", "the UUID of a migration")
    for one in cloud.call(NOVA, "GET", SERVER.at(server, "migrations"), microversion="2.80")["migrations"]:
        if one["uuid"] == migration:
            return one
    raise NotFoundError(f"The server has no running live migration {migration}.")


def path(cloud: Cloud, server: str, migration: str, *more: str) -> str:
    """Where a running migration of a server is."""
    number = migration if migration.isdigit() else str(find(cloud, server, migration)["id"])
    return SERVER.at(server, "migrations", number, *more)


MIGRATION = Arg("migration", local=True)


@migration.shower("show", target(SERVER), MIGRATION, fields=FIELDS, refuse=known)
def show_migration(cloud: Cloud, server: str, migration: str) -> tuple[list[Column], Json]:
    """Show a running live migration of a server."""
    cloud.require(NOVA, "2.24", "server migration show")
    return FIELDS, find(cloud, server, migration)


@migration.action("abort", target(SERVER), MIGRATION, refuse=known)
def abort(cloud: Cloud, server: str, migration: str) -> None:
    """Abort a live migration."""
    cloud.require(NOVA, "2.24", "server migration abort")
    cloud.request(NOVA, "DELETE", path(cloud, server, migration), microversion="2.80")


@migration.action("force complete", target(SERVER), MIGRATION, refuse=known)
def force_complete(cloud: Cloud, server: str, migration: str) -> None:
    """Complete a live migration at once: the server pauses for it."""
    cloud.require(NOVA, "2.22", "server migration force complete")
    where = path(cloud, server, migration, "action")
    cloud.request(NOVA, "POST", where, json={"force_complete": None}, microversion="2.80")


@migration.action("confirm", target(SERVER))
def confirm(cloud: Cloud, server: str) -> None:
    """Keep a migrated server where it is."""
    cloud.act(SERVER, server, "confirmResize")


@migration.action("revert", target(SERVER))
def revert(cloud: Cloud, server: str) -> None:
    """Take a migrated server back to where it was."""
    cloud.act(SERVER, server, "revertResize")
