"""Migrations: servers on their way to another host."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.compute import SERVER, SERVER_MIGRATION
from ..api.identity import PROJECT, USER
from ..errors import OstkError, ResourceNotFound
from ..language import COUNT, MAX_ITEMS, Arg, Column, Json, Noun, Opt, target, unlimited
from ..language.view import header
from ..owner import PROJECT_DOMAIN, USER_DOMAIN
from ..record import replace
from ..session.cloud import Cloud
from ..session.name_forms import looks_like_id
from .param_types import Moment
from .server_wait import CONFIRM, REVERT, ending

RUNNING = replace(SERVER_MIGRATION, path="/servers/{}/migrations", by_name="")
TYPES = {kind: kind.removeprefix("cold-") for kind in "cold-migration evacuation live-migration resize".split()}
ALL_FIELDS_IN_API_ORDER = (
    "status source_compute source_node dest_compute dest_host dest_node memory_total_bytes memory_processed_bytes "
    "memory_remaining_bytes disk_total_bytes disk_processed_bytes disk_remaining_bytes created_at updated_at"
)

migration = Noun(
    SERVER_MIGRATION,
    "Manage migrations of servers.",
    columns=[
        "id=Id uuid=UUID source_node dest_node source_compute dest_compute dest_host status",
        "instance_uuid=Server UUID, old_instance_type_id=Old Flavor, new_instance_type_id=New Flavor",
        "migration_type=Type project_id=Project user_id=User created_at updated_at",
    ],
    fields=[
        "id=ID, server_uuid=Server UUID",
        *(Column(key, header(Column(key))) for key in ALL_FIELDS_IN_API_ORDER.split()),
        "uuid=UUID, user_id=User ID, project_id=Project ID",
    ],
    since={"id migration_type": "2.23", "uuid": "2.59", "project_id user_id": "2.80"},
    in_order=True,
)


@migration.lister(
    "list",
    Opt("--server", "Only those of this server.", ref=SERVER, key="instance_uuid"),
    Opt("--host", "Only those from or to this host."),
    Opt("--status", "Only those in this state."),
    Opt("--type", "Only those of this kind.", key="migration_type", choices=TYPES, convert=TYPES.get),
    Opt("--limit", "Largest number of results; 0 is all.", type=COUNT, callback=unlimited, since="2.59"),
    Opt("--marker", "Results after this one, by UUID.", since="2.59"),
    MAX_ITEMS,
    Opt("--changes-since", "Only those changed since (ISO 8601).", key="changes-since", type=Moment(), since="2.59"),
    Opt("--changes-before", "Only those that changed before.", key="changes-before", type=Moment(), since="2.66"),
    Opt("--project", "Only those of this project.", ref=PROJECT, domain=PROJECT_DOMAIN, since="2.80"),
    PROJECT_DOMAIN,
    Opt("--user", "Only those of this user.", ref=USER, domain=USER_DOMAIN, since="2.80"),
    USER_DOMAIN,
)
def list_migrations(
    cloud: Cloud, body: Json, columns: list[Column], result_limit: int
) -> tuple[list[Column], Iterator[Json]]:
    """List migrations."""
    unasked = {"project_id", "user_id"} - body.keys()
    found = cloud.pages(SERVER_MIGRATION, body, limit=result_limit)
    return [column for column in columns if column.key not in unasked], found


def known(migration: str) -> None:
    """Refuse what is neither the number nor the UUID of a migration."""
    if not (migration.isdigit() or looks_like_id(migration)):
        raise OstkError(f"{migration!r} is neither the number nor the UUID of a migration.")


def find(cloud: Cloud, server: str, migration: str) -> Json:
    """A running migration of a server; Nova finds it by its number alone."""
    running = RUNNING.under(server)
    if migration.isdigit():
        return cloud.fetch(running, migration)
    cloud.require(RUNNING.service, "2.59", "the UUID of a migration")
    if not (found := cloud.find_by_name(running, migration)):
        raise ResourceNotFound(f"The server has no running live migration {migration}.")
    return found


def number(cloud: Cloud, server: str, migration: str) -> str:
    """The number of a running migration of a server."""
    return migration if migration.isdigit() else str(find(cloud, server, migration)["id"])


MIGRATION = Arg("migration", not_sent=True)


@migration.shower("show", target(SERVER), MIGRATION, since="2.24", validate=known)
def show_migration(cloud: Cloud, server: str, migration: str) -> Json:
    """Show a running live migration of a server."""
    return find(cloud, server, migration)


@migration.action("abort", target(SERVER), MIGRATION, since="2.24", validate=known)
def abort(cloud: Cloud, server: str, migration: str) -> None:
    """Abort a live migration."""
    cloud.delete(RUNNING.under(server), number(cloud, server, migration))


@migration.action("force complete", target(SERVER), MIGRATION, since="2.22", validate=known)
def force_complete(cloud: Cloud, server: str, migration: str) -> None:
    """Complete a live migration at once: the server pauses for it."""
    cloud.act(RUNNING.under(server), number(cloud, server, migration), "force_complete")


ending(migration, "confirm", CONFIRM, "Keep a migrated server where it is.")
ending(migration, "revert", REVERT, "Take a migrated server back to where it was.")
