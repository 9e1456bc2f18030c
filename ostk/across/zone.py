"""Availability zones: parts of a cloud that fail apart, as each service tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..errors import CatalogError, Forbidden, HTTPError, OstkError
from ..kinds import AVAILABILITY_ZONE
from ..language import LONG, Column, Flag, Json, Noun
from ..language.service import CINDER, MANILA, NEUTRON, Service
from ..render.format import Format
from ..session.cloud import Cloud

TEXT = Format(lambda value: value or "", lambda value: value or "")
zone = Noun(
    AVAILABILITY_ZONE,
    "See the availability zones of the services.",
    columns=[
        "zone_name zone_status",
        *(
            Column(key, long=True, format=TEXT)
            for key in ("zone_resource", "host_name", "service_name", "service_status")
        ),
    ],
)


def state(available: bool) -> str:
    """A zone's state, in words."""
    return "available" if available else "not available"


def compute(cloud: Cloud, long: bool) -> Iterator[Json]:
    """Nova's zones; for administrators, with `long`, a row for each service on each host."""
    try:
        path = f"{AVAILABILITY_ZONE.path}/detail"
        reply = cloud.call(AVAILABILITY_ZONE.service, "GET", path)
    except Forbidden:
        reply = cloud.call(AVAILABILITY_ZONE.service, "GET", AVAILABILITY_ZONE.path)
    for one in reply[AVAILABILITY_ZONE.many]:
        row = {"zone_name": one["zoneName"], "zone_status": state(one["zoneState"]["available"])}
        if not (long and one.get("hosts")):
            yield row
            continue
        for host, services in one["hosts"].items():
            for name, found in services.items():
                words = ["enabled" if found["active"] else "disabled"]
                words += [":-)" if found["available"] else "XXX", str(found["updated_at"])]
                yield {**row, "host_name": host, "service_name": name, "service_status": " ".join(words)}


def network(cloud: Cloud, long: bool) -> Iterator[Json]:
    """Neutron's zones: one row for each kind of resource."""
    for one in cloud.call(NEUTRON, "GET", "/availability_zones")["availability_zones"]:
        status = "not available" if one["state"] == "unavailable" else one["state"]
        yield {"zone_name": one["name"], "zone_status": status, "zone_resource": one["resource"]}


def share(cloud: Cloud, long: bool) -> Iterator[Json]:
    """Manila's zones."""
    reply = cloud.call(MANILA, "GET", "/availability-zones", microversion="2.7")
    for one in reply["availability_zones"]:
        yield {"zone_name": one["name"], "zone_status": "available"}


def volume(cloud: Cloud, long: bool) -> Iterator[Json]:
    """Cinder's zones."""
    for one in cloud.call(CINDER, "GET", "/os-availability-zone")["availabilityZoneInfo"]:
        yield {"zone_name": one["zoneName"], "zone_status": state(one["zoneState"]["available"])}


SOURCES: dict[str, tuple[Callable[[Cloud, bool], Iterator[Json]], Service]] = {
    "compute": (compute, AVAILABILITY_ZONE.service),
    "network": (network, NEUTRON),
    "share": (share, MANILA),
    "volume": (volume, CINDER),
}


@zone.lister(
    "list",
    *(Flag(f"--{name}", f"Those of the {service.types[0]} service.") for name, (_, service) in SOURCES.items()),
    LONG,
)
def list_zones(cloud: Cloud, compute: bool, network: bool, share: bool, volume: bool, long: bool) -> list[Json]:
    """List availability zones, those of all services unless some are named."""
    asked = {"compute": compute, "network": network, "share": share, "volume": volume}
    names = [name for name, wanted in asked.items() if wanted] or list(asked)

    def found(name: str) -> list[Json]:
        try:
            return list(SOURCES[name][0](cloud, long))
        except (CatalogError, HTTPError) as error:
            # Only Nova's zones are always there; that others are missing matters if they were asked for.
            if name == "compute" and isinstance(error, HTTPError):
                raise
            if asked[name]:
                OstkError(f"The {name} service has no availability zones: {error.message}").show()
            return []

    return [row for rows in cloud.at_once(found, names) for row in rows]
