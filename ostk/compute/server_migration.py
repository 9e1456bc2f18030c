"""Migrations of servers: list, show, abort and complete."""

from ..api.compute import SERVER, SERVER_MIGRATION
from ..api.identity import PROJECT, USER
from ..errors import OstkError, ResourceNotFound
from ..language import COUNT, MAX_ITEMS, Arg, Cloud, Column, Items, Json, Noun, Opt, Wait, target, unlimited
from ..language.view import header
from ..language.waiting import FULL_WAIT
from ..owner import PROJECT_DOMAIN, USER_DOMAIN
from ..record import replace
from ..session.name_forms import looks_like_id
from .change_filters import CHANGES_BEFORE, changes_since
from .server_wait import CONFIRM, REVERT, add_finish_action

# Migrations in progress: https://docs.openstack.org/api-ref/compute/#server-migrations-servers-migrations
IN_PROGRESS = replace(SERVER_MIGRATION, path="/servers/{}/migrations", by_name="")
TYPES = {name: name.removeprefix("cold-") for name in "cold-migration evacuation live-migration resize".split()}
FIELDS_IN_API_ORDER = (
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
        *(Column(key, header(Column(key))) for key in FIELDS_IN_API_ORDER.split()),
        "uuid=UUID, user_id=User ID, project_id=Project ID",
    ],
    since={"id migration_type": "2.23", "uuid": "2.59", "project_id user_id": "2.80"},
    in_order=True,
)


@migration.lister(
    "list",
    Opt("--server", "Filter by server.", ref=SERVER, key="instance_uuid"),
    Opt("--host", "Filter by source or destination host.", admin=True),
    Opt("--status", "Filter by migration status, e.g. running, completed or error."),
    Opt("--type", "Filter by migration type.", key="migration_type", choices=TYPES, convert=TYPES.get),
    Opt("--limit", "Maximum number of migrations to list; 0 lists all.", type=COUNT, callback=unlimited, since="2.59"),
    Opt("--marker", "List the migrations after the migration with this UUID.", since="2.59"),
    MAX_ITEMS,
    changes_since("2.59"),
    CHANGES_BEFORE,
    Opt("--project", "Filter by project.", ref=PROJECT, domain=PROJECT_DOMAIN, since="2.80", admin=True),
    PROJECT_DOMAIN,
    Opt("--user", "Filter by user.", ref=USER, domain=USER_DOMAIN, since="2.80"),
    USER_DOMAIN,
)
def list_migrations(
    cloud: Cloud, body: Json, columns: list[Column], result_limit: int | None
) -> tuple[list[Column], Items]:
    """List migrations of servers (admin or project manager only)."""
    # As in the reference client, project and user are shown only where they are filtered by.
    hidden = {"project_id", "user_id"} - body.keys()
    found = cloud.pages(SERVER_MIGRATION, body, limit=result_limit)
    return [column for column in columns if column.key not in hidden], found


def validate_migration(migration: str) -> None:
    """Validate the ID or UUID of a migration.

    Raises:
        OstkError: The text is neither a number nor a UUID.
    """
    if not (migration.isdigit() or looks_like_id(migration)):
        raise OstkError(f"{migration!r} is neither the number nor the UUID of a migration.")


def find_migration(cloud: Cloud, server: str, migration: str) -> Json:
    """Return a live migration in progress by ID or UUID; the path of the API takes the ID (a number) only.

    Raises:
        ResourceNotFound: The server has no such migration.
    """
    migrations = IN_PROGRESS.under(server)
    if migration.isdigit():
        return cloud.fetch(migrations, migration)
    cloud.require(IN_PROGRESS.service, "2.59", "the UUID of a migration")
    if not (found := cloud.find_by_name(migrations, migration)):
        raise ResourceNotFound(f"The server has no live migration {migration} in progress.")
    return found


def migration_id(cloud: Cloud, server: str, migration: str) -> str:
    """Return the ID (a number) of a live migration in progress, given by ID or UUID."""
    return migration if migration.isdigit() else str(find_migration(cloud, server, migration)["id"])


MIGRATION_ARG = Arg("migration", "Migration (ID or UUID).", not_sent=True)


@migration.shower("show", target(SERVER), MIGRATION_ARG, since="2.24", validate=validate_migration)
def show_migration(cloud: Cloud, server: str, migration: str) -> Json:
    """Show a live migration in progress (admin only)."""
    return find_migration(cloud, server, migration)


ENDED = Wait("deleted", resource=IN_PROGRESS, parent="server")


@migration.action("abort", target(SERVER), MIGRATION_ARG, since="2.24", wait=ENDED, validate=validate_migration)
def abort(cloud: Cloud, server: str, migration: str) -> str:
    """Abort a live migration in progress (admin or project manager only)."""
    id = migration_id(cloud, server, migration)
    cloud.delete(IN_PROGRESS.under(server), id)
    return id


@migration.action(
    "force complete", target(SERVER), MIGRATION_ARG, since="2.22", wait=ENDED, validate=validate_migration
)
def force_complete(cloud: Cloud, server: str, migration: str) -> str:
    """Force a live migration to complete by pausing the server (admin or project manager only)."""
    id = migration_id(cloud, server, migration)
    cloud.act(IN_PROGRESS.under(server), id, "force_complete")
    return id


add_finish_action(migration, "confirm", CONFIRM, "Confirm the resize or cold migration of a server.", FULL_WAIT)
add_finish_action(migration, "revert", REVERT, "Revert the resize or cold migration of a server.", FULL_WAIT)
