"""Servers: list them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice

import click

from ..api.compute import FLAVOR, SERVER
from ..api.image import IMAGE
from ..language import COUNT, LONG, MAX_ITEMS, Column, Flag, Json, Noun, Opt, exclusive
from ..language.view import for_microversion, header, plain_title
from ..owner import OF_PROJECT, OF_USER
from ..record import replace
from ..render.format import DICT, DICT_OF_LISTS, LIST, Format
from ..session.cloud import Cloud
from .param_types import Moment
from .server_fields import ADDRESSES, FROM_VOLUME, POWER_STATE, hints, image_id, names

PAGE = 1000  # servers whose names are looked up together: the most that Nova puts on a page, unless told
HOST = Format(lambda value: "" if value is None else str(value))
POWER = {"pending": 0, "running": 1, "paused": 3, "shutdown": 4, "crashed": 6, "suspended": 7}
STATUS = (
    "ACTIVE BUILD DELETED ERROR HARD_REBOOT MIGRATING PASSWORD PAUSED REBOOT REBUILD RESCUE RESIZE "
    "REVERT_RESIZE SHELVED SHELVED_OFFLOADED SHUTOFF SOFT_DELETED SUSPENDED VERIFY_RESIZE"
)
VM_STATE = (
    "active building deleted error paused rescued resized shelved shelved_offloaded soft-delete stopped suspended"
)
TASK_STATE = (
    "block_device_mapping deleting image_backup image_pending_upload image_snapshot image_snapshot_pending "
    "image_uploading migrating networking pausing powering-off powering-on reboot_pending "
    "reboot_pending_hard reboot_started reboot_started_hard rebooting rebooting_hard "
    "rebuild_block_device_mapping rebuild_spawning rebuilding rescuing resize_confirming resize_finish "
    "resize_migrated resize_migrating resize_prep resize_reverting restoring resuming scheduling shelving "
    "shelving_image_pending_upload shelving_image_uploading shelving_offloading soft-deleting spawning "
    "suspending unpausing unrescuing unshelving updating_password"
)


def group_names(item: Json) -> list[str]:
    """The names of a server's security groups."""
    return [group["name"] for group in item.get("security_groups") or []]


server = Noun(
    SERVER,
    "Manage servers.",
    columns=["id name status addresses=Networks image_name=Image flavor_name=Flavor"],
    long=["image_name flavor_name host_status"],
    hidden=[  # what -c adds to the list, whether or not --long has it
        "OS-EXT-STS:task_state=Task State, OS-EXT-STS:power_state=Power State, image_id, flavor_id, user_id",
        "OS-EXT-AZ:availability_zone=Availability Zone, OS-EXT-SRV-ATTR:hypervisor_hostname=Host, metadata=Properties",
        "tenant_id=Project ID, created=Created At, pinned_availability_zone",
        Column("scheduler_hints", value=hints),
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
ON_DEMAND = {plain_title(title): title for title, column in COLUMNS.items() if column.hidden}


@server.lister(
    "list",
    Opt("--reservation-id", "Only those made together, by that ID."),
    Opt("--ip", "Only those with an IPv4 address like this.", metavar="REGEX"),
    Opt("--ip6", "Only those with an IPv6 address like this.", metavar="REGEX"),
    Opt("--name", "Only those with a name like this.", metavar="REGEX"),
    Opt("--instance-name", "Only the one the hypervisor calls so.", not_sent=True),
    Opt("--status", "Only those with this status.", choices=STATUS),
    Opt("--flavor", "Only those of this flavor.", ref=FLAVOR, key="flavor"),
    Opt("--image", "Only those made from this image.", ref=IMAGE, key="image"),
    Opt("--host", "Only those on this host."),
    Flag("--all-projects", "Those of all projects.", envvar="ALL_PROJECTS"),
    OF_PROJECT,
    OF_USER,
    Opt("--deleted", "Only deleted ones.", value="True"),
    Opt("--availability-zone", "Only those in this availability zone."),
    Opt("--key-name", "Only those with this key pair."),
    Opt("--config-drive/--no-config-drive", "Only those with a config drive, or without.", convert=str),
    Opt("--progress", "Only those done this far, in percent.", type=click.IntRange(1, 100)),
    Opt("--vm-state", "Only those in this VM state.", choices=VM_STATE, metavar="STATE"),
    Opt("--task-state", "Only those this is done to.", choices=TASK_STATE, metavar="STATE"),
    Opt("--power-state", "Only those in this power state.", choices=POWER, convert=POWER.get),
    LONG,
    exclusive(
        Flag("-n --no-name-lookup", "No names of images and flavors."),
        Flag("--name-lookup-one-by-one", "Names asked for one by one."),
    ),
    Opt("--limit", "Largest number of results.", type=COUNT),
    Opt("--marker", "Those after this one, by name or ID.", not_sent=True),
    MAX_ITEMS,
    Opt("--changes-before", "Only those last changed before this.", key="changes-before", type=Moment(), since="2.66"),
    Opt("--changes-since", "Only those changed since.", key="changes-since", type=Moment()),
    Opt("--locked/--unlocked", "Only locked ones, or only others.", convert=str, since="2.73"),
    Opt("--tags", "Only those with this tag; repeatable.", multiple=True, convert=",".join, since="2.26"),
    Opt("--not-tags", "Only those without this tag.", key="not-tags", multiple=True, convert=",".join, since="2.26"),
)
def list_servers(
    cloud: Cloud, body: Json, values: Json, limit: int | None, max_items: int | None
) -> tuple[list[Column], Iterator[Json]]:
    """List servers."""
    if values["project"] or values["all_projects"]:
        values = {**values, "all_projects": True}
        body["all_tenants"] = "True"
    if marker := values["marker"]:
        # Nova does not find deleted servers by name, but takes their IDs.
        body["marker"] = marker if values["deleted"] else cloud.find(SERVER, marker)
    if not values["deleted"] and body.keys() & {"changes-since", "changes-before"}:
        body["deleted"] = "False"  # Nova tells those that are gone as well otherwise
    if max_items and limit is None:
        body["limit"] = max_items
    result_limit = [n for n in (limit, max_items or None) if n is not None]
    found: Iterator[Json] = islice(
        cloud.pages(SERVER, body, limit=min(result_limit, default=None)), limit
    )  # Nova lists none for a limit of 0
    if name := values["instance_name"]:
        found = (one for one in found if one.get("OS-EXT-SRV-ATTR:instance_name") == name)
    batches = iter(lambda: list(islice(found, PAGE)), [])
    first = next(batches, [])
    columns = columns_for(cloud, values, any(one.get("host_status") is not None for one in first))
    return columns, named(cloud, chain([first], batches), columns, values)


def columns_for(cloud: Cloud, values: Json, host_status: bool) -> list[Column]:
    """The columns that these options and this cloud's version of Nova give."""
    long, embedded = values["long"], cloud.supports(SERVER.service, "2.47")
    titles = ["ID", "Name", "Status"]
    titles += ["Task State", "Power State", "Networks", "Image Name", "Image ID"] if long else ["Networks", "Image"]
    titles += ["Flavor Name", "Flavor ID"] if long and not embedded else ["Flavor"]
    if long:
        titles += ["Availability Zone", "Host", "Properties", "Pinned Availability Zone", "Scheduler Hints"]
    titles += ["Project ID"] if values["all_projects"] else []
    titles += [ON_DEMAND[word] for word in map(plain_title, values["output_columns"]) if word in ON_DEMAND]
    titles += ["Host Status"] if long and host_status else []
    changed: Json = {} if long else {"Properties": {"format": None}}
    if values["no_name_lookup"]:
        changed |= {"Image": {"key": "image_id"}} | ({} if embedded else {"Flavor": {"key": "flavor_id"}})
    columns = [replace(COLUMNS[title], **changed.get(title, {})) for title in dict.fromkeys(titles)]
    return for_microversion(cloud, SERVER, columns)


def named(cloud: Cloud, batches: Iterable[list[Json]], columns: Sequence[Column], values: Json) -> Iterator[Json]:
    """The servers with the names of their images and flavors, where a column shows them."""
    asked = {plain_title(title) for title in (*values["output_columns"], *values["output_sort_columns"])}
    if values["output_columns"]:
        columns = [one for one in columns if plain_title(header(one)) in asked]
    keys = set() if values["no_name_lookup"] else {one.key for one in columns}
    kinds = {"image_name": (IMAGE, image_id), "flavor_name": (FLAVOR, flavor_id)}
    known: dict[str, dict[str, str]] = {key: {} for key in kinds}

    def learn(key: str, batch: list[Json]) -> None:
        resource, id_of = kinds[key]
        new = {*map(id_of, batch)} - known[key].keys() - {""}
        # Those that nobody tells are "".
        known[key] |= dict.fromkeys(new, "") | names(cloud, resource, new, values["name_lookup_one_by_one"])

    for batch in batches:
        wanted = [key for key, (_, id_of) in kinds.items() if key in keys and any(map(id_of, batch))]
        cloud.gather(*(partial(learn, key, batch) for key in wanted))
        for one in batch:
            yield {**one, **words(one, known["image_name"], known["flavor_name"])}


def flavor_id(item: Json) -> str:
    """The ID of a server's flavor, "" where Nova tells the flavor itself."""
    flavor = item.get("flavor") or {}
    return "" if "original_name" in flavor else str(flavor.get("id") or "")


def words(item: Json, images: dict[str, str], flavors: dict[str, str]) -> Json:
    """The cells that name a server's image and flavor."""
    if item.get("status") == "UNKNOWN" and "flavor" not in item:
        # A cell of Nova is down: of its servers nothing else is known.
        return {"image_name": "", "image_id": None, "flavor_name": "", "flavor_id": None}
    image, flavor = image_id(item), flavor_id(item)
    return {
        "image_name": images.get(image, "") if image else FROM_VOLUME,
        "image_id": image or FROM_VOLUME,
        "flavor_name": flavors.get(flavor, "") if flavor else item.get("flavor", {}).get("original_name", ""),
        "flavor_id": flavor or None,
    }
