"""Volume types: the sorts of volumes that a cloud offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..api.block_storage import VOLUME_TYPE
from ..api.identity import PROJECT
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, Arg, Column, Flag, Json, Noun, Opt, exclusive, properties
from ..owner import PROJECT_DOMAIN
from ..render.format import DICT, LIST, Format
from ..session.cloud import Cloud
from ..session.optional_details import optional, optional_each
from .options import privacy

CINDER = VOLUME_TYPE.service
ENCRYPTED = Column("encryption", format=Format(lambda held: DICT.human(held) if held else "-"))
ALL_FIELDS_IN_API_ORDER = ("cipher", "control_location", "encryption_id", "key_size", "provider")
IS = "<is> True"

type = Noun(
    VOLUME_TYPE,
    "Manage volume types: the sorts of volumes that a cloud offers.",
    columns=["id name", Column("is_public", "Is Public")],
    long=["description extra_specs=Properties"],
    fields=["description id is_public name extra_specs=properties"],
    formats={"extra_specs": DICT},
)


def specs(body: Json) -> Json:
    """Extra specs: those given as such, and those that have an option of their own."""
    return {**body.pop("extra_specs", {}), **body}


def set_specs(cloud: Cloud, item: Json, body: Json) -> Json:
    """Give a volume type extra specs."""
    path, content = VOLUME_TYPE.at(item["id"], "extra_specs"), {"extra_specs": specs(body)}
    found = cloud.call(CINDER, "POST", path, json=content)["extra_specs"]
    return {"extra_specs": {**item.get("extra_specs", {}), **found}}


def remove_specs(cloud: Cloud, item: Json, body: Json) -> None:
    """Take extra specs from a volume type."""
    for key in body["extra_specs"]:
        cloud.call(CINDER, "DELETE", VOLUME_TYPE.at(item["id"], "extra_specs", key))


def encryption(cloud: Cloud, id: str) -> Json:
    """Return the encryption of a volume type; {} without one."""
    return stated(cloud.call(CINDER, "GET", VOLUME_TYPE.at(id, "encryption")))


def stated(encryption: Json) -> Json:
    """Return the fields of an encryption that have a value, in the order in which they are shown."""
    return {key: encryption[key] for key in ALL_FIELDS_IN_API_ORDER if encryption.get(key) is not None}


def projects(cloud: Cloud, id: str) -> list[str]:
    """Return the IDs of the projects that have access to a private volume type (admin only)."""
    found = cloud.call(CINDER, "GET", VOLUME_TYPE.at(id, "os-volume-type-access"))["volume_type_access"]
    return [one["project_id"] for one in found]


def encrypt(cloud: Cloud, item: Json, body: Json) -> Json:
    """Have the volumes of a type encrypted, or otherwise than before."""
    path = VOLUME_TYPE.at(item["id"], "encryption")
    if there := encryption(cloud, item["id"]):
        cloud.call(CINDER, "PUT", f"{path}/{there['encryption_id']}", json={"encryption": body})
        return {}
    if "provider" not in body:
        raise OstkError("Its volumes are not encrypted yet: --encryption-provider is missing.")
    made = cloud.call(CINDER, "POST", path, json={"encryption": {"control_location": "front-end", **body}})
    return {"encryption": stated(made["encryption"])}


def decrypt(cloud: Cloud, item: Json) -> None:
    """Remove the encryption of a volume type."""
    there = encryption(cloud, item["id"])
    if not there:
        raise OstkError(f"The volume type {item['name']} has no encryption to remove.")
    cloud.call(CINDER, "DELETE", VOLUME_TYPE.at(item["id"], "encryption", there["encryption_id"]))


def sorts(under: str = "", since: str = "", **attrs: Any) -> list[Opt]:
    """The options for extra specs, and for those of them that have a name of their own."""
    zones: dict[str, Any] = {"key": f"{under}RESKEY:availability_zones", "multiple": True, "convert": ",".join}
    return [
        properties("Extra spec; may be repeated.", key=f"{under}extra_specs", since=since, **attrs),
        Opt("--multiattach", "Several servers may have a volume.", key=f"{under}multiattach", value=IS, **attrs),
        Opt("--cacheable", "Volumes may be cached.", key=f"{under}cacheable", value=IS, **attrs),
        Opt("--replicated", "Volumes are replicated.", key=f"{under}replication_enabled", value=IS, **attrs),
        Opt("--availability-zone", "Zone of volumes; may be repeated.", **zones, **attrs),
    ]


def secrecy(under: str = "", **attrs: Any) -> list[Opt]:
    """The options for how volumes are encrypted."""
    return [
        Opt("--encryption-provider", "What encrypts volumes, such as luks.", key=f"{under}provider", **attrs),
        Opt("--encryption-cipher", "Cipher, such as aes-xts-plain64.", key=f"{under}cipher", **attrs),
        Opt("--encryption-key-size", "Size of the key, in bits.", type=int, key=f"{under}key_size", **attrs),
        Opt(
            "--encryption-control-location",
            "Where it is done: by the host or the backend.",
            choices="front-end back-end",
            key=f"{under}control_location",
            **attrs,
        ),
    ]


@type.shower(
    "create",
    Arg("name"),
    DESCRIPTION,
    privacy("os-volume-type-access:is_public"),
    sorts("specs."),
    Opt(
        "--project",
        "Project that may use it; needs --private.",
        ref=PROJECT,
        domain=PROJECT_DOMAIN,
        key="project",
        needs="--private",
    ),
    PROJECT_DOMAIN,
    secrecy("encryption."),
    also=[ENCRYPTED],
)
def create(cloud: Cloud, body: Json) -> tuple[list[Column], Json]:
    """Create a volume type."""
    more = {key: body.pop(key) for key in ("project", "specs", "encryption") if key in body}
    item = cloud.create(VOLUME_TYPE, body)
    try:
        if "project" in more:
            cloud.act(VOLUME_TYPE, item["id"], "addProjectAccess", {"project": more["project"]})
        if "specs" in more:
            item |= set_specs(cloud, item, more["specs"])
        if "encryption" in more:
            item |= encrypt(cloud, item, more["encryption"])
    except OstkError as error:
        message = f"The volume type was created ({item['id']}), but not all was set: {error.message}"
        raise OstkError(message, error.hint) from error
    return type.arranged([*type.fields, *([ENCRYPTED] if "encryption" in more else [])]), item


@type.lister(
    "list",
    LONG,
    exclusive(Flag("--default", "Only the default one."), *privacy("is_public")),
    Flag("--encryption-type", "Show how volumes are encrypted."),
    sorts(not_sent=True, since="3.52"),
    columns=[*type.columns, ENCRYPTED],
)
def list_types(cloud: Cloud, body: Json, values: Json, columns: Sequence[Column]) -> tuple[list[Column], list[Json]]:
    """List volume types."""
    asked = {"multiattach": "multiattach", "cacheable": "cacheable", "replicated": "replication_enabled"}
    wanted = {**dict(values["property"] or ()), **{key: IS for flag, key in asked.items() if values[flag]}}
    if zones := values["availability_zone"]:
        wanted["RESKEY:availability_zones"] = ",".join(zones)
    query = {"is_public": str(body.get("is_public", "none")), **({"extra_specs": str(wanted)} if wanted else {})}
    default = values["default"]
    found = [cloud.fetch(VOLUME_TYPE, "default")] if default else list(cloud.pages(VOLUME_TYPE, query))
    if not values["encryption_type"]:
        return [one for one in columns if one is not ENCRYPTED], found

    what = "the encryption of volume types"
    known = optional_each(cloud, lambda one: encryption(cloud, one["id"]), found, lambda _: None, what)
    return [*columns], [{**one, "encryption": told} for one, told in zip(found, known, strict=True)]


@type.shower(
    "show",
    Arg("volume_type", names=VOLUME_TYPE, not_sent=True),
    Flag("--encryption-type", "Show how they are encrypted."),
    also=["access_project_ids", ENCRYPTED],
)
def show(cloud: Cloud, volume_type: str, encryption_type: bool) -> tuple[list[Column], Json]:
    """Show a volume type."""
    item = cloud.get(VOLUME_TYPE, volume_type)
    what = f"of volume type {item['name']}"
    if not item["is_public"]:
        item["access_project_ids"] = optional(lambda: projects(cloud, item["id"]), None, f"the access list {what}")
    access = Column("access_project_ids", format=None if item.get("access_project_ids") is None else LIST)
    if encryption_type:
        item["encryption"] = optional(lambda: encryption(cloud, item["id"]), None, f"the encryption {what}")
        encryption_type = item["encryption"] is not None
    return type.arranged([*type.fields, access, *([ENCRYPTED] if encryption_type else [])]), item


type.set(
    NAME,
    DESCRIPTION,
    sorts(action=set_specs),
    Opt(
        "--project",
        "Project that may use it.",
        ref=PROJECT,
        domain=PROJECT_DOMAIN,
        key="project",
        action="addProjectAccess",
    ),
    privacy("is_public"),
    PROJECT_DOMAIN,
    secrecy(action=encrypt),
)
type.unset(
    Opt("--property", "Extra spec to remove; may be repeated.", key="extra_specs", multiple=True, action=remove_specs),
    Opt(
        "--project",
        "Project that may no longer use it.",
        ref=PROJECT,
        domain=PROJECT_DOMAIN,
        key="project",
        action="removeProjectAccess",
    ),
    PROJECT_DOMAIN,
    Opt("--encryption-type", "Encrypt volumes no more.", is_flag=True, action=decrypt),
)
type.delete()
