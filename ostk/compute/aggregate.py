"""Host aggregates: groups of hosts with properties of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kinds import AGGREGATE, IMAGE
from ..language import LONG, Arg, Column, Flag, Json, Noun, Opt, properties, target
from ..render.format import DICT, LIST
from ..session.cloud import Cloud, quote

NOVA = AGGREGATE.service
ZONE = Opt("--zone", "Availability zone that its hosts are in.", key="availability_zone")


def without_zone(item: Json) -> Json:
    """The properties that are not told elsewhere."""
    return {key: value for key, value in (item.get("metadata") or {}).items() if key != "availability_zone"}


aggregate = Noun(
    AGGREGATE,
    "Manage aggregates: groups of hosts.",
    columns=[
        "id",
        Column("uuid", "UUID", since="2.41"),
        "name availability_zone",
        Column("metadata", "Properties", long=True, format=DICT, value=without_zone),
        Column("hosts", long=True, format=LIST),
    ],
    fields=[
        "availability_zone created_at deleted_at id name updated_at uuid",
        Column("hosts", format=LIST),
        Column("deleted", "is_deleted"),
        Column("metadata", "properties", format=DICT),
    ],
)


def act(cloud: Cloud, id: str, action: str, body: Json) -> Any:
    """Have an aggregate do something; as it is afterwards."""
    path = f"{AGGREGATE.path}/{quote(id)}/action"
    return cloud.call(NOVA, "POST", path, json={action: body})["aggregate"]


def set_metadata(cloud: Cloud, item: Json, body: Json) -> Any:
    """Change properties; null removes one."""
    return act(cloud, str(item["id"]), "set_metadata", body) if body["metadata"] else item


def nulls(keys: Sequence[str]) -> Json:
    """Properties to remove."""
    return dict.fromkeys(keys)


PROPERTY = properties("Property; may be repeated.", key="metadata", action=set_metadata)


@aggregate.lister(
    "list",
    LONG,
    Opt("--availability-zone", "Only those of this zone.", local=True),
    Opt("--host", "Only those with this host.", local=True),
)
def list_aggregates(cloud: Cloud, availability_zone: str, host: str) -> list[Json]:
    """List aggregates."""
    return [
        one
        for one in cloud.pages(AGGREGATE)
        if (availability_zone is None or one["availability_zone"] == availability_zone)
        and (host is None or host in one["hosts"])
    ]


@aggregate.shower("show", Arg("aggregate", local=True, names=AGGREGATE))
def show_aggregate(cloud: Cloud, aggregate: str) -> Json:
    """Show an aggregate."""
    item = cloud.get(AGGREGATE, aggregate)
    return {**item, "metadata": without_zone(item)}


aggregate.create(Arg("name"), ZONE, PROPERTY)
aggregate.delete()


@aggregate.action(
    "set",
    target(AGGREGATE),
    Opt("--name", "Its new name."),
    ZONE,
    properties("Property; may be repeated.", local=True),
    Flag("--no-property", "Remove the properties it has first."),
)
def set_aggregate(
    cloud: Cloud, aggregate: str, body: Json, property: Sequence[tuple[str, str]], no_property: bool
) -> None:
    """Change an aggregate."""
    if body:
        cloud.update(AGGREGATE, aggregate, body)
    there = without_zone(cloud.fetch(AGGREGATE, aggregate)) if no_property else {}
    set_metadata(cloud, {"id": aggregate}, {"metadata": {**nulls(list(there)), **dict(property)}})


aggregate.unset(
    Opt(
        "--property",
        "Property to remove; may be repeated.",
        key="metadata",
        multiple=True,
        convert=nulls,
        action=set_metadata,
    )
)


@aggregate.shower("add host", target(AGGREGATE), Arg("host"))
def add_host(cloud: Cloud, aggregate: str, body: Json) -> Any:
    """Put a host into an aggregate."""
    return act(cloud, aggregate, "add_host", body)


@aggregate.shower("remove host", target(AGGREGATE), Arg("host"))
def remove_host(cloud: Cloud, aggregate: str, body: Json) -> Any:
    """Take a host out of an aggregate."""
    return act(cloud, aggregate, "remove_host", body)


@aggregate.action(
    "cache image", target(AGGREGATE), Arg("image", ref=IMAGE, nargs=-1, required=True, metavar="IMAGE...", local=True)
)
def cache_image(cloud: Cloud, aggregate: str, image: Sequence[str]) -> None:
    """Have the hosts of an aggregate fetch images ahead of their use."""
    cloud.require(NOVA, "2.81", "aggregate cache image")
    path = f"{AGGREGATE.path}/{quote(aggregate)}/images"
    content = {"cache": [{"id": id} for id in image]}
    cloud.request(NOVA, "POST", path, json=content, microversion="2.81")
