"""Host aggregates: groups of compute hosts with metadata."""

from collections.abc import Sequence
from typing import Any

from ..api.compute import AGGREGATE
from ..api.image import IMAGE
from ..language import LONG, NAME, Arg, Cloud, Column, Json, Noun, Opt, Value, properties, target, targets
from ..render.format import DICT, LIST

NOVA = AGGREGATE.service


def metadata_without_zone(item: Json) -> Json:
    """Return the metadata without availability_zone, which is a field of its own too."""
    return {key: value for key, value in (item.get("metadata") or {}).items() if key != "availability_zone"}


aggregate = Noun(
    AGGREGATE,
    "Manage host aggregates.",
    columns=["id", Column("uuid", "UUID", since="2.41"), "name availability_zone"],
    long=[Column("metadata", "Properties", value=metadata_without_zone), "hosts"],
    fields=[
        "availability_zone created_at deleted=is_deleted deleted_at hosts id metadata=properties name updated_at uuid"
    ],
    formats={"hosts": LIST, "metadata": DICT},
)


def send_action(cloud: Cloud, aggregate_id: str, action: str, body: Json) -> Any:
    """Send an action of an aggregate, and return the aggregate of the response."""
    return cloud.call(NOVA, "POST", AGGREGATE.at(aggregate_id, "action"), json={action: body})["aggregate"]


def set_metadata(cloud: Cloud, item: Json, body: Json) -> Any:
    """Set and remove properties, and return the aggregate; the API removes a property whose value is null."""
    id = str(item["id"])
    removed = metadata_without_zone(cloud.fetch(AGGREGATE, id)) if body.get("clear") else body.get("remove", ())
    changes = {**dict.fromkeys(removed), **body.get("metadata", {})}
    return send_action(cloud, id, "set_metadata", {"metadata": changes}) if changes else item


ZONE = Opt("--zone", "Availability zone of the hosts.", key="availability_zone")
PROPERTY = properties("Set a property: KEY=VALUE.", key="metadata", action=set_metadata)


@aggregate.lister(
    "list", LONG, Value("--availability-zone", "Filter by availability zone."), Value("--host", "Filter by host.")
)
def list_aggregates(cloud: Cloud, availability_zone: str | None, host: str | None) -> list[Json]:
    """List host aggregates (admin only)."""
    found = [item for item in cloud.pages(AGGREGATE) if availability_zone in (None, item.get("availability_zone"))]
    return [item for item in found if host is None or host in item["hosts"]]


def remove_zone(item: Json) -> Json:
    """Return an aggregate without availability_zone in its metadata."""
    return {**item, "metadata": metadata_without_zone(item)}


aggregate.show(help="Show a host aggregate (admin only).", prepare=remove_zone)
aggregate.create(Arg("name", "Name of the aggregate."), ZONE, PROPERTY, help="Create a host aggregate (admin only).")
aggregate.set(
    NAME,
    ZONE,
    PROPERTY,
    Opt(
        "--no-property",
        "Properties: remove all; with --property, replace the properties.",
        key="clear",
        value=True,
        action=set_metadata,
    ),
    help="Set properties of a host aggregate (admin only).",
)
aggregate.unset(
    Opt("--property...", "Key of the property to remove.", key="remove", action=set_metadata),
    help="Remove properties of a host aggregate (admin only).",
)
aggregate.delete(help="Delete host aggregates (admin only).")


@aggregate.shower("add host", target(AGGREGATE), Arg("host", "Compute host to add."))
def add_host(cloud: Cloud, aggregate: str, body: Json) -> Any:
    """Add a host to an aggregate (admin only)."""
    return send_action(cloud, aggregate, "add_host", body)


@aggregate.shower("remove host", target(AGGREGATE), Arg("host", "Compute host to remove."))
def remove_host(cloud: Cloud, aggregate: str, body: Json) -> Any:
    """Remove a host from an aggregate (admin only)."""
    return send_action(cloud, aggregate, "remove_host", body)


@aggregate.action("cache image", target(AGGREGATE), targets(IMAGE))
def cache_image(cloud: Cloud, aggregate: str, image: Sequence[str]) -> None:
    """Cache images on the hosts of an aggregate (admin only)."""
    cloud.require(NOVA, "2.81", "aggregate cache image")
    content = {"cache": [{"id": id} for id in image]}
    cloud.request(NOVA, "POST", AGGREGATE.at(aggregate, "images"), json=content, microversion="2.81")
