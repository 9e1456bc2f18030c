"""What a server is shown with: its fields, and the names of its image and flavor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from ..api.compute import FLAVOR, SERVER
from ..api.image import IMAGE
from ..language import Arg, Column, Flag, Json, Noun, Resource
from ..language.view import plain_title
from ..record import replace
from ..render.format import DICT, DICT_OF_LISTS, LIST, LIST_OF_DICTS, Format
from ..session.cloud import Cloud
from ..session.optional_details import optional_each

ONE = Arg("server", not_sent=True, names=SERVER)  # as it is typed, for those who want more of it than its ID
ALL_PROJECTS = Flag("--all-projects", "Names of all projects.", envvar="ALL_PROJECTS")
ALL_TENANTS_QUERY = {"all_tenants": "True"}  # where names are looked for then
FROM_VOLUME = "N/A (booted from volume)"
POWER_STATES = dict(enumerate(("NOSTATE", "Running", "", "Paused", "Shutdown", "", "Crashed", "Suspended")))
DETAILED = replace(SERVER, find_path="")  # a server found by name comes with all its fields
MANY = 100  # images asked for in one address
ATTRIBUTES = (
    "host hostname hypervisor_hostname instance_name kernel_id launch_index ramdisk_id reservation_id "
    "root_device_name user_data"
)
Part = Callable[[], Json]
EMBEDDED = (  # what a flavor in a server is shown with, in this order
    "name original_name description disk is_public ram vcpus swap ephemeral is_disabled rxtx_factor extra_specs id "
    "location"
)
OPTIONAL = ("adminPass", "fault", "security_groups", "topology")  # shown only where the cloud tells them


def addresses(value: Any) -> dict[str, list[str]]:
    """Network name → IP addresses, from Nova's records of them."""
    return {net: [one["addr"] for one in found if "addr" in one] for net, found in (value or {}).items()}


POWER_STATE = Format(lambda value: POWER_STATES.get(value, "N/A"))
ADDRESSES = Format(lambda value: "N/A" if value is None else DICT_OF_LISTS.human(addresses(value)), addresses)
FLAVOR_OR_NAME = Format(lambda value: DICT.human(value) if isinstance(value, dict) else str(value))


def volumes(item: Json) -> list[Json]:
    """The volumes attached to a server, without what Nova does not tell of them."""
    found = item.get("os-extended-volumes:volumes_attached") or []
    return [{key: value for key, value in one.items() if value is not None} for one in found]


def hints(item: Json) -> Any:
    """What the scheduler was told."""
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
        *(f"OS-EXT-SRV-ATTR:{key}" for key in ATTRIBUTES.split()),
        Column("scheduler_hints", value=hints),
        Column("volumes_attached", value=volumes),
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
    """The ID of a server's image, "" for one that was booted from a volume."""
    image = item.get("image")
    return str(image.get("id") or "") if isinstance(image, dict) else ""


def names(cloud: Cloud, resource: Resource, ids: Iterable[str], one_by_one: bool = False) -> dict[str, str]:
    """ID → name of those that can be seen; an answer tells of many images, unless asked `one_by_one`."""
    wanted = sorted({*ids} - {""})
    alone = one_by_one or resource is not IMAGE
    found = told(cloud, lambda id: [cloud.fetch(resource, id)], wanted if alone or len(wanted) == 1 else [])
    found = [one for one in found if one.get("name") is not None]
    if not (alone or found):  # an older Glance may tell of one in a list alone
        groups = [wanted[n : n + MANY] for n in range(0, len(wanted), MANY)]
        found = told(cloud, lambda ids: cloud.pages(resource, {"id": f"in:{','.join(ids)}", "limit": len(ids)}), groups)
    return {one["id"]: one["name"] for one in found}


def told(cloud: Cloud, ask: Callable[[Any], Iterable[Json]], asked: Sequence[Any]) -> list[Json]:
    """Return the resources of all answers, requested concurrently; requests that fail are left out."""
    return [*chain(*optional_each(cloud, lambda one: [*ask(one)], asked, lambda _: []))]


def find(cloud: Cloud, name: str) -> Json:
    """A server with all its fields, by ID or name, in one request where that can be."""
    found = cloud.find_or_none(DETAILED, name)
    if found is None:
        raise cloud.not_found_error(SERVER, name)
    return found


def embedded(flavor: Json) -> Json:
    """A flavor as Nova since 2.47 keeps it in the server: without an ID, whatever becomes of the flavor."""
    name: str = flavor["original_name"]
    sizes = {key: int(flavor.get(key) or 0) for key in ("disk", "ram", "vcpus", "swap", "ephemeral")}
    rest = {"description": flavor.get("description"), "is_public": True, "extra_specs": flavor.get("extra_specs") or {}}
    return dict.fromkeys(EMBEDDED.split()) | dict.fromkeys(("id", "name", "original_name"), name) | sizes | rest


def detail(
    cloud: Cloud, item: Json, wanted: Sequence[str] = (), image: str | None = None, also: Sequence[Part] = ()
) -> tuple[list[Column], Json]:
    """The fields to show a server with, and the server with its image and flavor in words.

    Only what is `wanted` is asked for (everything where that is empty), `also` at the same time, which
    answer with more fields; `image` is the image's name where that is known.
    """
    asked = {plain_title(title) for title in wanted}
    flavor = item.get("flavor") or {}
    parts = [*also]
    if "original_name" in flavor:
        item = {**item, "flavor": embedded(flavor)}
    elif (size := flavor.get("id")) and (not asked or "flavor" in asked):
        parts.append(lambda: {"flavor": named(size, names(cloud, FLAVOR, [size]))})
    if not (id := image_id(item)):
        item = {**item, "image": FROM_VOLUME}
    elif image is not None:
        item = {**item, "image": f"{image} ({id})"}
    elif not asked or "image" in asked:
        parts.append(lambda: {"image": named(id, names(cloud, IMAGE, [id]))})
    for part in cloud.gather(*parts):
        item = {**item, **part}
    return [field for field in FIELDS if field.key not in OPTIONAL or item.get(field.key) is not None], item


def named(id: str, found: dict[str, str]) -> str:
    """`name (id)`, or the ID alone where the name was not found."""
    return f"{found[id]} ({id})" if id in found else id
