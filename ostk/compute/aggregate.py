"""Host aggregates: groups of hosts with properties of their own."""

from __future__ import annotations

from typing import Any

from ..api.compute import AGGREGATE
from ..api.image import IMAGE
from ..language import LONG, NAME, Arg, Column, Json, Noun, Opt, properties, target, targets
from ..render.format import DICT, LIST
from ..session.cloud import Cloud

NOVA = AGGREGATE.service


def without_zone(item: Json) -> Json:
    """The properties that are not told elsewhere."""
    return {key: value for key, value in (item.get("metadata") or {}).items() if key != "availability_zone"}


aggregate = Noun(
    AGGREGATE,
    "Manage aggregates: groups of hosts.",
    columns=["id", Column("uuid", "UUID", since="2.41"), "name availability_zone"],
    long=[Column("metadata", "Properties", value=without_zone), "hosts"],
    fields=[
        "availability_zone created_at deleted=is_deleted deleted_at hosts id metadata=properties name updated_at uuid"
    ],
    formats={"hosts": LIST, "metadata": DICT},
)


def act(cloud: Cloud, id: str, action: str, body: Json) -> Any:
    """Have an aggregate do something; as it is afterwards."""
    return cloud.call(NOVA, "POST", AGGREGATE.at(id, "action"), json={action: body})["aggregate"]


def set_metadata(cloud: Cloud, item: Json, body: Json) -> Any:
    """Change properties, after removing some or all if asked to; null removes one."""
    id = str(item["id"])
    removed = without_zone(cloud.fetch(AGGREGATE, id)) if body.get("clear") else body.get("remove", ())
    changes = {**dict.fromkeys(removed), **body.get("metadata", {})}
    return act(cloud, id, "set_metadata", {"metadata": changes}) if changes else item


ZONE = Opt("--zone", "Availability zone that its hosts are in.", key="availability_zone")
PROPERTY = properties("Property; may be repeated.", key="metadata", action=set_metadata)


@aggregate.lister(
    "list",
    LONG,
    Opt("--availability-zone", "Only those of this zone.", not_sent=True),
    Opt("--host", "Only those with this host.", not_sent=True),
)
def list_aggregates(cloud: Cloud, availability_zone: str, host: str) -> list[Json]:
    """List aggregates."""
    found = [one for one in cloud.pages(AGGREGATE) if availability_zone in (None, one.get("availability_zone"))]
    return [one for one in found if host is None or host in one["hosts"]]


def told(item: Json) -> Json:
    """An aggregate as it is shown."""
    return {**item, "metadata": without_zone(item)}


aggregate.show(prepare=told)
aggregate.create(Arg("name"), ZONE, PROPERTY)
aggregate.set(
    NAME,
    ZONE,
    PROPERTY,
    Opt("--no-property", "Remove the properties it has first.", key="clear", value=True, action=set_metadata),
)
aggregate.unset(
    Opt("--property", "Property to remove; may be repeated.", key="remove", multiple=True, action=set_metadata)
)
aggregate.delete()


@aggregate.shower("add host", target(AGGREGATE), Arg("host"))
def add_host(cloud: Cloud, aggregate: str, body: Json) -> Any:
    """Put a host into an aggregate."""
    return act(cloud, aggregate, "add_host", body)


@aggregate.shower("remove host", target(AGGREGATE), Arg("host"))
def remove_host(cloud: Cloud, aggregate: str, body: Json) -> Any:
    """Take a host out of an aggregate."""
    return act(cloud, aggregate, "remove_host", body)


@aggregate.action("cache image", target(AGGREGATE), targets(IMAGE))
def cache_image(cloud: Cloud, aggregate: str, image: list[str]) -> None:
    """Have the hosts of an aggregate fetch images ahead of their use."""
    cloud.require(NOVA, "2.81", "aggregate cache image")
    content = {"cache": [{"id": id} for id in image]}
    cloud.request(NOVA, "POST", AGGREGATE.at(aggregate, "images"), json=content, microversion="2.81")
