"""The fields that a server is shown with, and the names of its image and flavor."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from ..api.compute import FLAVOR, SERVER
from ..api.image import IMAGE
from ..language import Arg, Cloud, Column, Flag, Json, Noun, Resource
from ..language.view import plain_title
from ..record import replace
from ..render.format import DICT, DICT_OF_LISTS, LIST, LIST_OF_DICTS, Format
from ..session.optional_details import optional_each

# The argument as typed, for commands that need the whole server and not only its ID.
SERVER_ARG = Arg("server", "Server.", names=SERVER)
ALL_PROJECTS = Flag("--all-projects", "Look up servers by name in all projects.", envvar="ALL_PROJECTS", admin=True)
ALL_TENANTS_QUERY = {"all_tenants": "True"}  # the query of a look-up by name in all projects
FROM_VOLUME = "N/A (booted from volume)"
POWER_STATES = dict(enumerate(("NOSTATE", "Running", "", "Paused", "Shutdown", "", "Crashed", "Suspended")))
DETAILED = replace(SERVER, find_path="")  # a look-up by name that returns all fields of the server
IMAGES_PER_REQUEST = 100  # image IDs in one query, so that the URL does not become too long
EXTENDED_ATTRIBUTES = (
    "host hostname hypervisor_hostname instance_name kernel_id launch_index ramdisk_id reservation_id "
    "root_device_name user_data"
)
FieldSource = Callable[[], Json]
EMBEDDED_FLAVOR_FIELDS = (
    "name original_name description disk is_public ram vcpus swap ephemeral is_disabled rxtx_factor extra_specs id "
    "location"
)
OPTIONAL_FIELDS = ("adminPass", "fault", "security_groups", "topology")  # left out if the response has none


def addresses_by_network(value: Any) -> dict[str, list[str]]:
    """Return the IP addresses of a server by network name, from Nova's `addresses` field."""
    return {
        network: [address["addr"] for address in addresses if "addr" in address]
        for network, addresses in (value or {}).items()
    }


POWER_STATE = Format(lambda value: POWER_STATES.get(value, "N/A"))
ADDRESSES = Format(
    lambda value: "N/A" if value is None else DICT_OF_LISTS.human(addresses_by_network(value)), addresses_by_network
)
FLAVOR_OR_NAME = Format(lambda value: DICT.human(value) if isinstance(value, dict) else str(value))


def attached_volumes(item: Json) -> list[Json]:
    """Return the volumes attached to a server, without fields that are null."""
    volumes = item.get("os-extended-volumes:volumes_attached") or []
    return [{key: value for key, value in volume.items() if value is not None} for volume in volumes]


def scheduler_hints(item: Json) -> Any:
    """Return the scheduler hints of a server."""
    return item.get("scheduler_hints") or item.get("OS-SCH-HNT:scheduler_hints")


server = Noun(
    SERVER,
    "Manage servers.",
    fields=[
        "OS-DCF:diskConfig OS-EXT-AZ:availability_zone OS-EXT-STS:power_state OS-EXT-STS:task_state",
        "OS-EXT-STS:vm_state OS-SRV-USG:launched_at OS-SRV-USG:terminated_at accessIPv4 accessIPv6 addresses",
        "adminPass config_drive created description fault flavor hostId host_status id image key_name locked",
        "locked_reason metadata=properties name progress security_groups server_groups status tags",
        "pinned_availability_zone tenant_id=project_id topology trusted_image_certificates updated user_id",
        *(f"OS-EXT-SRV-ATTR:{key}" for key in EXTENDED_ATTRIBUTES.split()),
        Column("scheduler_hints", value=scheduler_hints),
        Column("volumes_attached", value=attached_volumes),
    ],
    formats={
        "OS-EXT-STS:power_state": POWER_STATE,
        "addresses": ADDRESSES,
        "flavor": FLAVOR_OR_NAME,
        "metadata topology": DICT,
        "scheduler_hints": DICT_OF_LISTS,
        "security_groups volumes_attached": LIST_OF_DICTS,
        "tags": LIST,
    },
    since={"pinned_availability_zone": "2.96", "scheduler_hints": "2.100"},
)
FIELDS = server.fields


def image_id(item: Json) -> str:
    """Return the ID of a server's image, "" for a server that boots from a volume."""
    image = item.get("image")
    return str(image.get("id") or "") if isinstance(image, dict) else ""


def names_by_id(cloud: Cloud, resource: Resource, ids: Iterable[str], one_by_one: bool = False) -> dict[str, str]:
    """Return the names of images or flavors by ID; IDs that are not visible are left out.

    Images are requested up to 100 at once, flavors one by one (Nova has no filter by ID).

    Args:
        cloud: The cloud to ask.
        resource: IMAGE or FLAVOR.
        ids: The IDs; "" is ignored.
        one_by_one: Request each image on its own.
    """
    missing = sorted({*ids} - {""})
    single = one_by_one or resource is not IMAGE
    found = fetch_concurrent(
        cloud, lambda id: [cloud.fetch(resource, id)], missing if single or len(missing) == 1 else []
    )
    found = [item for item in found if item.get("name") is not None]
    if not (single or found):  # also where GET /v2/images/ID gives no name and only the list does (older Glance)
        batches = [missing[n : n + IMAGES_PER_REQUEST] for n in range(0, len(missing), IMAGES_PER_REQUEST)]
        found = fetch_concurrent(
            cloud, lambda ids: cloud.pages(resource, {"id": f"in:{','.join(ids)}", "limit": len(ids)}), batches
        )
    return {item["id"]: item["name"] for item in found}


def fetch_concurrent(cloud: Cloud, fetch: Callable[[Any], Iterable[Json]], arguments: Sequence[Any]) -> list[Json]:
    """Return the resources of all answers, requested concurrently; requests that fail are left out."""
    return [*chain(*optional_each(cloud, lambda argument: [*fetch(argument)], arguments, lambda _: []))]


def find_server(cloud: Cloud, name: str) -> Json:
    """Return the server with this ID or name with all its fields, in one request where possible.

    Raises:
        ResourceNotFound: No server has this ID or name.
    """
    found = cloud.find_or_none(DETAILED, name)
    if found is None:
        raise cloud.not_found_error(SERVER, name)
    return found


def embedded_flavor(flavor: Json) -> Json:
    """Return the fields to show of a flavor that is embedded in a server.

    Since microversion 2.47 a server holds a copy of its flavor, without an ID, as the flavor may be deleted.
    """
    name: str = flavor["original_name"]
    sizes = {key: int(flavor.get(key) or 0) for key in ("disk", "ram", "vcpus", "swap", "ephemeral")}
    others = {
        "description": flavor.get("description"),
        "is_public": True,
        "extra_specs": flavor.get("extra_specs") or {},
    }
    names = dict.fromkeys(("id", "name", "original_name"), name)
    return dict.fromkeys(EMBEDDED_FLAVOR_FIELDS.split()) | names | sizes | others


def server_details(
    cloud: Cloud, item: Json, columns: Sequence[str] = (), image: str | None = None, extra: Sequence[FieldSource] = ()
) -> tuple[list[Column], Json]:
    """Return the fields to show a server with, and the server with the names of its image and flavor.

    Args:
        cloud: The cloud to ask.
        item: The server as Nova returns it.
        columns: The titles given with `-c`; names that they do not show are not looked up. All are if empty.
        image: The name of the image, if known.
        extra: Functions that return more fields; they run concurrently with the look-ups.
    """
    titles = {plain_title(title) for title in columns}
    flavor = item.get("flavor") or {}
    sources = [*extra]
    if "original_name" in flavor:
        item = {**item, "flavor": embedded_flavor(flavor)}
    elif (flavor_id := flavor.get("id")) and (not titles or "flavor" in titles):
        sources.append(lambda: {"flavor": name_and_id(flavor_id, names_by_id(cloud, FLAVOR, [flavor_id]))})
    if not (id := image_id(item)):
        item = {**item, "image": FROM_VOLUME}
    elif image is not None:
        item = {**item, "image": f"{image} ({id})"}
    elif not titles or "image" in titles:
        sources.append(lambda: {"image": name_and_id(id, names_by_id(cloud, IMAGE, [id]))})
    for fields in cloud.gather(*sources):
        item = {**item, **fields}
    return [field for field in FIELDS if field.key not in OPTIONAL_FIELDS or item.get(field.key) is not None], item


def name_and_id(resource_id: str, names: dict[str, str]) -> str:
    """Return `name (id)`, or the ID alone if the name is unknown."""
    return f"{names[resource_id]} ({resource_id})" if resource_id in names else resource_id
