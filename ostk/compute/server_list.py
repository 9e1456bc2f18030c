"""Servers: list."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice

import click

from ..api.compute import FLAVOR, KEYPAIR, SERVER
from ..api.identity import PROJECT, USER
from ..api.image import IMAGE
from ..language import COUNT, LONG, MAX_ITEMS, Cloud, Column, Flag, Json, Noun, Opt, Value, exclusive
from ..language.view import for_microversion, header, names_of, plain_title
from ..owner import PROJECT_DOMAIN, USER_DOMAIN
from ..record import replace
from ..render.format import DICT, DICT_OF_LISTS, LIST, Format
from .change_filters import CHANGES_BEFORE, changes_since
from .server_fields import ADDRESSES, FROM_VOLUME, POWER_STATE, image_id, names_by_id, scheduler_hints

BATCH_SIZE = 1000  # servers whose names are looked up together: Nova's default page size (max_limit)
HOST = Format(lambda value: "" if value is None else str(value))
POWER_STATE_CODES = {"pending": 0, "running": 1, "paused": 3, "shutdown": 4, "crashed": 6, "suspended": 7}
STATUSES = (
    "ACTIVE BUILD DELETED ERROR HARD_REBOOT MIGRATING PASSWORD PAUSED REBOOT REBUILD RESCUE RESIZE "
    "REVERT_RESIZE SHELVED SHELVED_OFFLOADED SHUTOFF SOFT_DELETED SUSPENDED VERIFY_RESIZE"
)
VM_STATES = (
    "active building deleted error paused rescued resized shelved shelved_offloaded soft-delete stopped suspended"
)
TASK_STATES = (
    "block_device_mapping deleting image_backup image_pending_upload image_snapshot image_snapshot_pending "
    "image_uploading migrating networking pausing powering-off powering-on reboot_pending "
    "reboot_pending_hard reboot_started reboot_started_hard rebooting rebooting_hard "
    "rebuild_block_device_mapping rebuild_spawning rebuilding rescuing resize_confirming resize_finish "
    "resize_migrated resize_migrating resize_prep resize_reverting restoring resuming scheduling shelving "
    "shelving_image_pending_upload shelving_image_uploading shelving_offloading soft-deleting spawning "
    "suspending unpausing unrescuing unshelving updating_password"
)


def group_names(item: Json) -> list[str]:
    """Return the names of a server's security groups."""
    return [group["name"] for group in item.get("security_groups") or []]


server = Noun(
    SERVER,
    "Manage servers.",
    columns=["id name status addresses=Networks image_name=Image flavor_name=Flavor"],
    long=["image_name flavor_name host_status"],
    hidden=[  # columns that `-c` adds, with and without --long
        "OS-EXT-STS:task_state=Task State, OS-EXT-STS:power_state=Power State, image_id, flavor_id, user_id",
        "OS-EXT-AZ:availability_zone=Availability Zone, OS-EXT-SRV-ATTR:hypervisor_hostname=Host, metadata=Properties",
        "tenant_id=Project ID, created=Created At, pinned_availability_zone",
        Column("scheduler_hints", value=scheduler_hints),
        Column("security_groups", value=group_names),
    ],
    since={"host_status": "2.16", "pinned_availability_zone": "2.96", "scheduler_hints": "2.100"},
    formats={
        "OS-EXT-STS:power_state": POWER_STATE,
        "addresses": ADDRESSES,
        "OS-EXT-SRV-ATTR:hypervisor_hostname": HOST,
        "metadata": DICT,
        "scheduler_hints": DICT_OF_LISTS,
        "security_groups": LIST,
    },
)
COLUMNS = {header(column): column for column in server.columns}
HIDDEN_TITLES = {plain_title(title): title for title, column in COLUMNS.items() if column.hidden}
# Filters that Nova ignores for other users before microversion 2.83.
ADMIN_BEFORE = "(admin only before compute API 2.83)"


@server.lister(
    "list",
    Opt("--reservation-id", "Filter by reservation ID: servers created by the same request."),
    Opt("--ip", "Filter by IPv4 address, a regular expression.", metavar="REGEX"),
    Opt("--ip6", "Filter by IPv6 address, a regular expression.", metavar="REGEX"),
    Opt("--name", "Filter by name, a regular expression.", metavar="REGEX"),
    Value("--instance-name", "Filter by instance name, the name on the hypervisor.", admin=True),
    Opt("--status", "Filter by status.", choices=STATUSES),
    Opt("--flavor", "Filter by flavor.", ref=FLAVOR, key="flavor"),
    Opt("--image", "Filter by image.", ref=IMAGE, key="image"),
    Opt("--host", "Filter by host.", admin=True),
    Flag("--all-projects", "List the servers of all projects.", envvar="ALL_PROJECTS", admin=True),
    Opt("--project", "Filter by project; implies --all-projects.", ref=PROJECT, domain=PROJECT_DOMAIN, admin=True),
    PROJECT_DOMAIN,
    Opt("--user", "Filter by user; admin only before compute API 2.83.", ref=USER, domain=USER_DOMAIN),
    USER_DOMAIN,
    Opt("--deleted", "List deleted servers only.", value="True", admin=True),
    Opt("--availability-zone", f"Filter by availability zone {ADMIN_BEFORE}."),
    Opt("--key-name", f"Filter by key pair name {ADMIN_BEFORE}.", names=KEYPAIR),
    Opt(
        "--config-drive/--no-config-drive",
        f"Filter by presence or absence of a config drive {ADMIN_BEFORE}.",
        convert=str,
    ),
    Opt("--progress", f"Filter by progress, in percent {ADMIN_BEFORE}.", type=click.IntRange(1, 100)),
    Opt("--vm-state", f"Filter by VM state {ADMIN_BEFORE}.", choices=VM_STATES, metavar="STATE"),
    Opt("--task-state", f"Filter by task state {ADMIN_BEFORE}.", choices=TASK_STATES, metavar="STATE"),
    Opt(
        "--power-state",
        f"Filter by power state {ADMIN_BEFORE}.",
        choices=POWER_STATE_CODES,
        convert=POWER_STATE_CODES.get,
    ),
    LONG,
    exclusive(
        Flag("-n --no-name-lookup", "Do not look up the names of images and flavors."),
        Flag("--name-lookup-one-by-one", "Look up the names of images with a separate request for each image."),
    ),
    Opt("--limit", "Maximum number of servers to list.", type=COUNT),
    Value("--marker", "List the servers after this server (name or ID)."),
    MAX_ITEMS,
    CHANGES_BEFORE,
    changes_since(),
    Opt("--locked/--unlocked", "Filter by lock: locked or unlocked servers.", convert=str, since="2.73"),
    Opt("--tags...", "Filter by tags: servers that have all of the tags.", convert=",".join, since="2.26"),
    Opt("--not-tags...", "Exclude servers that have all of the tags.", key="not-tags", convert=",".join, since="2.26"),
)
def list_servers(
    cloud: Cloud, body: Json, values: Json, limit: int | None, max_items: int | None
) -> tuple[list[Column], Iterator[Json]]:
    """List servers."""
    query = {**body}
    if values["project"] or values["all_projects"]:
        values = {**values, "all_projects": True}
        query["all_tenants"] = "True"
    if marker := values["marker"]:
        # Nova finds deleted servers by ID only, so the marker is sent as typed.
        query["marker"] = marker if values["deleted"] else cloud.find(SERVER, marker)
    if not values["deleted"] and query.keys() & {"changes-since", "changes-before"}:
        query["deleted"] = "False"  # with changes-since or changes-before Nova lists deleted servers too
    if max_items and limit is None:
        query["limit"] = max_items
    limits = [n for n in (limit, max_items or None) if n is not None]
    # Sliced here as well, because --limit 0 lists no server, as in the reference client.
    found: Iterator[Json] = islice(cloud.pages(SERVER, query, limit=min(limits, default=None)), limit)
    if name := values["instance_name"]:
        found = (item for item in found if item.get("OS-EXT-SRV-ATTR:instance_name") == name)
    batches = iter(lambda: list(islice(found, BATCH_SIZE)), [])
    first = next(batches, [])
    columns = select_columns(cloud, values, any(item.get("host_status") is not None for item in first))
    return columns, add_names(cloud, chain([first], batches), columns, values)


def select_columns(cloud: Cloud, values: Json, host_status: bool) -> list[Column]:
    """Return the columns of a list for its options and the microversion; `host_status` if a server has that field."""
    long, embedded = values["long"], cloud.supports(SERVER.service, "2.47")
    titles = ["ID", "Name", "Status"]
    titles += ["Task State", "Power State", "Networks", "Image Name", "Image ID"] if long else ["Networks", "Image"]
    titles += ["Flavor Name", "Flavor ID"] if long and not embedded else ["Flavor"]
    if long:
        titles += ["Availability Zone", "Host", "Properties", "Pinned Availability Zone", "Scheduler Hints"]
    titles += ["Project ID"] if values["all_projects"] else []
    titles += [HIDDEN_TITLES[word] for word in map(plain_title, values["output_columns"]) if word in HIDDEN_TITLES]
    titles += ["Host Status"] if long and host_status else []
    compared = [plain_title(condition.column) for condition in values["output_filters"]]
    others = [name for name in compared if not any(name in names_of(COLUMNS[title]) for title in titles)]
    filtered = [title for title in HIDDEN_TITLES.values() if names_of(COLUMNS[title]) & {*others}]
    changes: Json = {} if long else {"Properties": {"format": None}}
    if values["no_name_lookup"]:
        changes |= {"Image": {"key": "image_id"}} | ({} if embedded else {"Flavor": {"key": "flavor_id"}})
    columns = [replace(COLUMNS[title], hidden=False, **changes.get(title, {})) for title in dict.fromkeys(titles)]
    columns += [COLUMNS[title] for title in filtered]
    return for_microversion(cloud, SERVER, columns)


def add_names(cloud: Cloud, batches: Iterable[list[Json]], columns: Sequence[Column], values: Json) -> Iterator[Json]:
    """Yield the servers with the names of their images and flavors, if a column to print, sort or filter needs them."""
    compared = [condition.column for condition in values["output_filters"]]
    titles = {plain_title(title) for title in (*values["output_columns"], *values["output_sort_columns"], *compared)}
    if values["output_columns"]:
        columns = [column for column in columns if names_of(column) & titles]
    keys = set() if values["no_name_lookup"] else {column.key for column in columns}
    lookups = {"image_name": (IMAGE, image_id), "flavor_name": (FLAVOR, flavor_id)}
    names: dict[str, dict[str, str]] = {key: {} for key in lookups}

    def look_up(key: str, batch: list[Json]) -> None:
        resource, id_of = lookups[key]
        new = {*map(id_of, batch)} - names[key].keys() - {""}
        # "" for names that are not visible, so that they are not requested again for the next batch.
        names[key] |= dict.fromkeys(new, "") | names_by_id(cloud, resource, new, values["name_lookup_one_by_one"])

    for batch in batches:
        needed = [key for key, (_, id_of) in lookups.items() if key in keys and any(map(id_of, batch))]
        cloud.gather(*(partial(look_up, key, batch) for key in needed))
        for item in batch:
            yield {**item, **name_cells(item, names["image_name"], names["flavor_name"])}


def flavor_id(item: Json) -> str:
    """Return the ID of a server's flavor, "" if the flavor is embedded (since microversion 2.47)."""
    flavor = item.get("flavor") or {}
    return "" if "original_name" in flavor else str(flavor.get("id") or "")


def name_cells(item: Json, images: dict[str, str], flavors: dict[str, str]) -> Json:
    """Return the image_name, image_id, flavor_name and flavor_id of a server, from names by ID."""
    if item.get("status") == "UNKNOWN" and "flavor" not in item:
        # The server is in a Nova cell that is down: since microversion 2.69 the list has only a few of its fields.
        return {"image_name": "", "image_id": None, "flavor_name": "", "flavor_id": None}
    image, flavor = image_id(item), flavor_id(item)
    return {
        "image_name": images.get(image, "") if image else FROM_VOLUME,
        "image_id": image or FROM_VOLUME,
        "flavor_name": flavors.get(flavor, "") if flavor else item.get("flavor", {}).get("original_name", ""),
        "flavor_id": flavor or None,
    }
