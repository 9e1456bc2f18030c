"""Volume QoS: how fast the volumes of a type may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..api.block_storage import VOLUME_QOS, VOLUME_TYPE
from ..language import MERGE_INTO_BODY, Arg, Column, Flag, Json, Noun, Opt, exclusive, properties, target
from ..render.format import DICT, LIST
from ..session.cloud import Cloud
from ..session.optional_details import optional_each

CINDER = VOLUME_QOS.service
OF_TYPE: dict[str, Any] = {"ref": VOLUME_TYPE, "key": "vol_type_id"}
ASSOCIATIONS = Column("associations", format=LIST)

qos = Noun(
    VOLUME_QOS,
    "Manage how fast the volumes of a type may be.",
    columns=["id name consumer", ASSOCIATIONS, "specs=Properties"],
    fields=["consumer id name specs=properties"],
    formats={"specs": DICT},
)


def associated(cloud: Cloud, items: list[Json]) -> list[Json]:
    """Return QoS specifications with the names of the volume types associated with them."""

    def names(item: Json) -> list[str]:
        found = cloud.call(CINDER, "GET", VOLUME_QOS.at(item["id"], "associations"))["qos_associations"]
        return [one["name"] for one in found]

    found = optional_each(cloud, names, items, lambda _: None, "the associations of volume qos")
    return [{**item, "associations": held} for item, held in zip(items, found, strict=True)]


@qos.lister("list")
def list_all(cloud: Cloud) -> list[Json]:
    """List volume QoS."""
    return associated(cloud, list(cloud.pages(VOLUME_QOS)))


@qos.shower("show", Arg("volume_qos", names=VOLUME_QOS, not_sent=True), fields=[ASSOCIATIONS, *qos.fields])
def show(cloud: Cloud, volume_qos: str) -> tuple[list[Column], Json]:
    """Show a volume QoS."""
    item = associated(cloud, [cloud.get(VOLUME_QOS, volume_qos)])[0]
    return [*([ASSOCIATIONS] if item["associations"] else []), *qos.fields], item


qos.create(
    Arg("name"),
    Opt("--consumer", "What sees to it; both by default.", choices="front-end back-end both"),
    properties("Property to give it; may be repeated.", key=MERGE_INTO_BODY),
    defaults={"consumer": "both"},
)


def forget(cloud: Cloud, id: str, keys: Iterable[str]) -> None:
    """Take properties from a QoS."""
    if gone := list(dict.fromkeys(keys)):
        cloud.call(CINDER, "PUT", VOLUME_QOS.at(id, "delete_keys"), json={"keys": gone})


def write(cloud: Cloud, item: Json, body: Json) -> None:
    """Give a QoS more properties, or these in the place of all."""
    new = body.get("properties", {})
    if body.get("no_property"):
        forget(cloud, item["id"], (key for key in item["specs"] if key not in new))
    if new:
        cloud.update(VOLUME_QOS, item["id"], new)


def remove(cloud: Cloud, item: Json, body: Json) -> None:
    """Take properties from a QoS."""
    forget(cloud, item["id"], body["properties"])


qos.set(
    Opt("--no-property", "Remove all others.", is_flag=True, action=write),
    properties("Property to set; may be repeated.", key="properties", action=write),
)
qos.unset(Opt("--property", "Property to remove; may be repeated.", key="properties", multiple=True, action=remove))
qos.delete(Opt("--force", "Even if volume types have them.", is_flag=True, convert=str))


def link(cloud: Cloud, id: str, verb: str, query: Json) -> None:
    """Give a QoS to a volume type, or take it away: Cinder does so when it is asked by GET."""
    cloud.request(CINDER, "GET", VOLUME_QOS.at(id, verb), params=query)


@qos.action("associate", target(VOLUME_QOS), Arg("volume_type", **OF_TYPE))
def associate(cloud: Cloud, volume_qos: str, body: Json) -> None:
    """Give a QoS to a volume type."""
    link(cloud, volume_qos, "associate", body)


@qos.action(
    "disassociate",
    target(VOLUME_QOS),
    exclusive(Opt("--volume-type", "Type to take it from.", **OF_TYPE), Flag("--all", "Take it from all types.")),
)
def disassociate(cloud: Cloud, volume_qos: str, body: Json, all: bool) -> None:
    """Take a QoS from a volume type."""
    if body or all:
        link(cloud, volume_qos, "disassociate_all" if all else "disassociate", body)
