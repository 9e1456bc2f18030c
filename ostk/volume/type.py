"""Volume types: the kinds of volumes that a cloud offers, with extra specs, encryption and project access."""

from collections.abc import Sequence
from typing import Any

from ..api.block_storage import VOLUME_TYPE
from ..api.identity import PROJECT
from ..errors import OstkError
from ..language import (
    DESCRIPTION,
    LONG,
    NAME,
    Arg,
    Cloud,
    Column,
    Flag,
    Json,
    Noun,
    Opt,
    Value,
    exclusive,
    properties,
    without,
)
from ..owner import PROJECT_DOMAIN
from ..render.format import DICT, LIST, Format
from ..session.optional_details import optional, optional_each
from .visibility import visibility_options

CINDER = VOLUME_TYPE.service
ENCRYPTION = Column("encryption", format=Format(lambda fields: DICT.human(fields) if fields else "-"))
SHOWN_ENCRYPTION = Column("encryption", format=DICT)  # a list has a dash for none, as in the reference client
ENCRYPTION_FIELDS = ("cipher", "control_location", "encryption_id", "key_size", "provider")  # in the order shown
IS_TRUE = "<is> True"  # the value of a boolean extra spec that Cinder's scheduler compares with capabilities

type = Noun(
    VOLUME_TYPE,
    "Manage volume types.",
    columns=["id name", Column("is_public", "Is Public")],
    long=["description extra_specs=Properties"],
    fields=["description id is_public name extra_specs=properties"],
    formats={"extra_specs": DICT},
    admin="set delete",
)


def merge_extra_specs(body: Json) -> Json:
    """Return the extra specs of a body: of --property (`extra_specs`), and of options such as --cacheable."""
    return {**body.get("extra_specs", {}), **without(body, "extra_specs")}


def set_extra_specs(cloud: Cloud, item: Json, body: Json) -> Json:
    """Set extra specs of a volume type and return {"extra_specs": all that it has now}."""
    content = {"extra_specs": merge_extra_specs(body)}
    added = cloud.send(VOLUME_TYPE, "POST", item["id"], "extra_specs", json=content)["extra_specs"]
    return {"extra_specs": {**item.get("extra_specs", {}), **added}}


def delete_extra_specs(cloud: Cloud, item: Json, body: Json) -> None:
    """Delete the keys in `body["extra_specs"]` from the extra specs of a volume type, one request a key."""
    for key in body["extra_specs"]:
        cloud.send(VOLUME_TYPE, "DELETE", item["id"], "extra_specs", key)


def fetch_encryption(cloud: Cloud, type_id: str) -> Json:
    """Return the encryption of a volume type (keys as in ENCRYPTION_FIELDS); {} without one."""
    return encryption_fields(cloud.send(VOLUME_TYPE, "GET", type_id, "encryption"))


def encryption_fields(encryption: Json) -> Json:
    """Return the fields of an encryption that have a value, in the order in which they are shown."""
    return {key: encryption[key] for key in ENCRYPTION_FIELDS if encryption.get(key) is not None}


def fetch_access(cloud: Cloud, type_id: str) -> list[str]:
    """Return the IDs of the projects that have access to a private volume type (admin only)."""
    access = cloud.send(VOLUME_TYPE, "GET", type_id, "os-volume-type-access")["volume_type_access"]
    return [entry["project_id"] for entry in access]


def set_encryption(cloud: Cloud, item: Json, body: Json) -> Json:
    """Create or update the encryption of a volume type.

    Returns:
        {"encryption": the new encryption}, or {} after an update.

    Raises:
        OstkError: The volume type has no encryption yet and `body` has no provider.
    """
    path = VOLUME_TYPE.at(item["id"], "encryption")
    if current := fetch_encryption(cloud, item["id"]):
        cloud.call(CINDER, "PUT", f"{path}/{current['encryption_id']}", json={"encryption": body})
        return {}
    if "provider" not in body:
        name = item.get("name") or item["id"]
        raise OstkError(f"The volume type {name} has no encryption yet.", "Give --encryption-provider to create one.")
    created = cloud.call(CINDER, "POST", path, json={"encryption": {"control_location": "front-end", **body}})
    return {"encryption": encryption_fields(created["encryption"])}


def delete_encryption(cloud: Cloud, item: Json) -> None:
    """Delete the encryption of a volume type.

    Raises:
        OstkError: The volume type has no encryption.
    """
    current = fetch_encryption(cloud, item["id"])
    if not current:
        raise OstkError(f"The volume type {item['name']} has no encryption to remove.")
    cloud.send(VOLUME_TYPE, "DELETE", item["id"], "encryption", current["encryption_id"])


def extra_spec_options(prefix: str = "", **attrs: Any) -> list[Opt]:
    """Return the options that set extra specs, some of which have an option of their own.

    Args:
        prefix: A prefix of the request fields, such as "specs.".
        attrs: Further arguments of each option.
    """
    zones: dict[str, Any] = {"key": f"{prefix}RESKEY:availability_zones", "multiple": True, "convert": ",".join}
    return [
        properties("Set an extra spec: KEY=VALUE.", key=f"{prefix}extra_specs", **attrs),
        Opt(
            "--multiattach",
            "Allow volumes of this type to be attached to several servers.",
            key=f"{prefix}multiattach",
            value=IS_TRUE,
            **attrs,
        ),
        Opt("--cacheable", "Enable caching of volumes of this type.", key=f"{prefix}cacheable", value=IS_TRUE, **attrs),
        Opt(
            "--replicated",
            "Enable replication of volumes of this type.",
            key=f"{prefix}replication_enabled",
            value=IS_TRUE,
            **attrs,
        ),
        Opt("--availability-zone", "Availability zone that volumes of this type can be in.", **zones, **attrs),
    ]


EXTRA_SPEC_FILTERS = [
    properties("Filter by extra spec: KEY=VALUE.", not_sent=True, since="3.52"),
    Opt("--multiattach", "Filter by multi-attach support.", value=IS_TRUE, not_sent=True),
    Opt("--cacheable", "Filter by caching support.", value=IS_TRUE, not_sent=True),
    Opt("--replicated", "Filter by replication support.", value=IS_TRUE, not_sent=True),
    Value("--availability-zone...", "Filter by availability zone."),
]


def encryption_options(prefix: str = "", **attrs: Any) -> list[Opt]:
    """Return the options that set the encryption of a volume type; arguments as for `extra_spec_options`."""
    return [
        Opt("--encryption-provider", "Encryption format of volumes, e.g. luks.", key=f"{prefix}provider", **attrs),
        Opt("--encryption-cipher", "Encryption cipher, e.g. aes-xts-plain64.", key=f"{prefix}cipher", **attrs),
        Opt(
            "--encryption-key-size", "Size of the encryption key, in bits.", type=int, key=f"{prefix}key_size", **attrs
        ),
        Opt(
            "--encryption-control-location",
            "Service that encrypts: front-end is Nova, back-end is Cinder (default: front-end).",
            choices="front-end back-end",
            key=f"{prefix}control_location",
            **attrs,
        ),
    ]


@type.shower(
    "create",
    Arg("name", "Name of the volume type."),
    DESCRIPTION,
    visibility_options("os-volume-type-access:is_public", "volume type"),
    extra_spec_options("specs."),
    Opt(
        "--project",
        "Project to give access to the volume type.",
        ref=PROJECT,
        domain=PROJECT_DOMAIN,
        key="project",
        needs="--private",
    ),
    PROJECT_DOMAIN,
    encryption_options("encryption."),
    also=[ENCRYPTION],
)
def create(cloud: Cloud, body: Json) -> tuple[list[Column], Json]:
    """Create a volume type (admin only)."""
    separate = {key: body[key] for key in ("project", "specs", "encryption") if key in body}
    item = cloud.create(VOLUME_TYPE, without(body, *separate))
    try:
        if "project" in separate:
            cloud.act(VOLUME_TYPE, item["id"], "addProjectAccess", {"project": separate["project"]})
        if "specs" in separate:
            item |= set_extra_specs(cloud, item, separate["specs"])
        if "encryption" in separate:
            item |= set_encryption(cloud, item, separate["encryption"])
    except OstkError as error:
        message = f"The volume type was created ({item['id']}), but not all settings were applied: {error.message}"
        raise OstkError(message, error.hint) from error
    return type.arranged([*type.fields, *([ENCRYPTION] if "encryption" in separate else [])]), item


@type.lister(
    "list",
    LONG,
    exclusive(
        Flag("--default", "List only the default volume type."),
        Opt("--public", "Filter by visibility: public.", key="is_public", value=True),
        Opt("--private", "Filter by visibility: private.", key="is_public", value=False, admin=True),
    ),
    Flag("--encryption-type", "Show the encryption of volume types too.", admin=True),
    EXTRA_SPEC_FILTERS,
    columns=[*type.columns, ENCRYPTION],
)
def list_types(cloud: Cloud, body: Json, values: Json, columns: Sequence[Column]) -> tuple[list[Column], list[Json]]:
    """List volume types."""
    flags = {"multiattach": "multiattach", "cacheable": "cacheable", "replicated": "replication_enabled"}
    specs = {**dict(values["property"] or ()), **{key: IS_TRUE for flag, key in flags.items() if values[flag]}}
    if zones := values["availability_zone"]:
        specs["RESKEY:availability_zones"] = ",".join(zones)
    query = {"is_public": str(body.get("is_public", "none")), **({"extra_specs": str(specs)} if specs else {})}
    default = values["default"]
    items = [cloud.fetch(VOLUME_TYPE, "default")] if default else list(cloud.pages(VOLUME_TYPE, query))
    if not values["encryption_type"]:
        return [column for column in columns if column.key != ENCRYPTION.key], items

    encryptions = optional_each(
        cloud, lambda item: fetch_encryption(cloud, item["id"]), items, lambda _: None, "the encryption of volume types"
    )
    return [*columns], [{**item, "encryption": encryption} for item, encryption in zip(items, encryptions, strict=True)]


@type.shower(
    "show",
    Arg("volume_type", "Volume type.", names=VOLUME_TYPE),
    Flag("--encryption-type", "Show the encryption of the volume type too.", admin=True),
    also=["access_project_ids", ENCRYPTION],
)
def show(cloud: Cloud, volume_type: str, encryption_type: bool) -> tuple[list[Column], Json]:
    """Show a volume type."""
    item = cloud.get(VOLUME_TYPE, volume_type)
    what = f"of volume type {item['name']}"
    if not item["is_public"]:
        item["access_project_ids"] = optional(lambda: fetch_access(cloud, item["id"]), None, f"the access list {what}")
    access = Column("access_project_ids", format=None if item.get("access_project_ids") is None else LIST)
    if encryption_type:
        item["encryption"] = optional(lambda: fetch_encryption(cloud, item["id"]), None, f"the encryption {what}")
        encryption_type = item["encryption"] is not None
    return type.arranged([*type.fields, access, *([SHOWN_ENCRYPTION] if encryption_type else [])]), item


type.set(
    NAME,
    DESCRIPTION,
    extra_spec_options(action=set_extra_specs),
    Opt(
        "--project",
        "Project to give access to the private volume type.",
        ref=PROJECT,
        domain=PROJECT_DOMAIN,
        key="project",
        action="addProjectAccess",
    ),
    visibility_options("is_public", "volume type"),
    PROJECT_DOMAIN,
    encryption_options(action=set_encryption),
)
type.unset(
    Opt("--property...", "Key of the extra spec to remove.", key="extra_specs", action=delete_extra_specs),
    Opt(
        "--project",
        "Project to revoke access to the private volume type from.",
        ref=PROJECT,
        domain=PROJECT_DOMAIN,
        key="project",
        action="removeProjectAccess",
    ),
    PROJECT_DOMAIN,
    Opt("--encryption-type", "Remove the encryption of the volume type.", is_flag=True, action=delete_encryption),
    help="Remove settings of a volume type (admin only).",
)
type.delete()
