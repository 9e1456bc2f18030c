"""Volume QoS specifications: limits on the I/O of volumes, associated with volume types."""

from collections.abc import Iterable
from typing import Any

from ..api.block_storage import VOLUME_QOS, VOLUME_TYPE
from ..language import MERGE_INTO_BODY, Arg, Cloud, Column, Flag, Json, Noun, Opt, exclusive, properties, target
from ..render.format import DICT, LIST
from ..session.optional_details import optional_each

CINDER = VOLUME_QOS.service
TYPE_QUERY: dict[str, Any] = {"ref": VOLUME_TYPE, "key": "vol_type_id"}
ASSOCIATIONS = Column("associations", format=LIST)
QOS = target(VOLUME_QOS, help="QoS specification.")

qos = Noun(
    VOLUME_QOS,
    "Manage volume QoS specifications.",
    columns=["id name consumer", ASSOCIATIONS, "specs=Properties"],
    fields=["consumer id name specs=properties"],
    formats={"specs": DICT},
)


def with_associations(cloud: Cloud, items: list[Json]) -> list[Json]:
    """Return QoS specifications with `associations`: the names of the associated volume types, None if unknown."""

    def type_names(item: Json) -> list[str]:
        associations = cloud.send(VOLUME_QOS, "GET", item["id"], "associations")["qos_associations"]
        return [volume_type["name"] for volume_type in associations]

    names = optional_each(cloud, type_names, items, lambda _: None, "the associations of volume qos")
    return [{**item, "associations": type_names} for item, type_names in zip(items, names, strict=True)]


@qos.lister("list")
def list_all(cloud: Cloud) -> list[Json]:
    """List QoS specifications (admin only)."""
    return with_associations(cloud, list(cloud.pages(VOLUME_QOS)))


@qos.shower("show", Arg("volume_qos", "QoS specification.", names=VOLUME_QOS), fields=[ASSOCIATIONS, *qos.fields])
def show(cloud: Cloud, volume_qos: str) -> tuple[list[Column], Json]:
    """Show a QoS specification (admin only)."""
    item = with_associations(cloud, [cloud.get(VOLUME_QOS, volume_qos)])[0]
    return [*([ASSOCIATIONS] if item["associations"] else []), *qos.fields], item


qos.create(
    Arg("name", "Name of the QoS specification."),
    Opt(
        "--consumer",
        "Service that enforces the limits: front-end (Nova), back-end (Cinder) or both (default: both).",
        choices="front-end back-end both",
    ),
    properties("Set a property, e.g. total_iops_sec: KEY=VALUE.", key=MERGE_INTO_BODY),
    help="Create a QoS specification (admin only).",
    defaults={"consumer": "both"},
)


def delete_keys(cloud: Cloud, qos_id: str, keys: Iterable[str]) -> None:
    """Delete keys of a QoS specification; without keys, send nothing."""
    if unique_keys := list(dict.fromkeys(keys)):
        cloud.send(VOLUME_QOS, "PUT", qos_id, "delete_keys", json={"keys": unique_keys})


def set_properties(cloud: Cloud, item: Json, body: Json) -> None:
    """Set the keys in `body["properties"]`; with `no_property`, delete all other keys of the QoS specification."""
    new = body.get("properties", {})
    if body.get("no_property"):
        delete_keys(cloud, item["id"], (key for key in item["specs"] if key not in new))
    if new:
        cloud.update(VOLUME_QOS, item["id"], new)


def unset_properties(cloud: Cloud, item: Json, body: Json) -> None:
    """Delete the keys in `body["properties"]` of a QoS specification."""
    delete_keys(cloud, item["id"], body["properties"])


qos.set(
    Opt(
        "--no-property",
        "Properties: remove all; with --property, replace the properties.",
        is_flag=True,
        action=set_properties,
    ),
    properties("Set a property, e.g. total_iops_sec: KEY=VALUE.", key="properties", action=set_properties),
    help="Update a QoS specification (admin only).",
)
qos.unset(
    Opt("--property...", "Key of the property to remove.", key="properties", action=unset_properties),
    help="Remove properties of a QoS specification (admin only).",
)
qos.delete(
    Opt("--force", "Delete QoS specifications that volume types use, too.", is_flag=True, convert=str),
    help="Delete QoS specifications (admin only).",
)


def call_association(cloud: Cloud, qos_id: str, verb: str, query: Json) -> None:
    """Associate or disassociate a QoS specification and a volume type; Cinder's API does so on a GET request."""
    cloud.request(CINDER, "GET", VOLUME_QOS.at(qos_id, verb), params=query)


@qos.action("associate", QOS, Arg("volume_type", "Volume type.", **TYPE_QUERY))
def associate(cloud: Cloud, volume_qos: str, body: Json) -> None:
    """Associate a QoS specification with a volume type (admin only)."""
    call_association(cloud, volume_qos, "associate", body)


@qos.action(
    "disassociate",
    QOS,
    exclusive(
        Opt("--volume-type", "Volume type to disassociate.", **TYPE_QUERY),
        Flag("--all", "Disassociate all volume types."),
    ),
)
def disassociate(cloud: Cloud, volume_qos: str, body: Json, all: bool) -> None:
    """Disassociate a QoS specification from a volume type (admin only)."""
    if body or all:
        call_association(cloud, volume_qos, "disassociate_all" if all else "disassociate", body)
