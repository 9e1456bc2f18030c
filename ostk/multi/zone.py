"""Availability zones: parts of a cloud that fail apart, as each service tells them."""

from __future__ import annotations

from contextlib import suppress

from ..api.block_storage import VOLUME_ZONE
from ..api.compute import AVAILABILITY_ZONE
from ..api.network import NETWORK_ZONE
from ..api.shared_file_system import SHARE_ZONE
from ..errors import CatalogError, Forbidden, HTTPError, OstkError
from ..language import LONG, Flag, Json, Noun
from ..render.format import ALIVE, either
from ..session.cloud import Cloud

RESOURCES = {"compute": AVAILABILITY_ZONE, "network": NETWORK_ZONE, "share": SHARE_ZONE, "volume": VOLUME_ZONE}
ABLE = either("enabled", "disabled")
HOST = ["host_name", "service_name", "service_status"]
zone = Noun(
    AVAILABILITY_ZONE,
    "See the availability zones of the services.",
    columns=["zone_name zone_status"],
    long=["zone_resource", *HOST],
)


def rows(one: Json, long: bool) -> list[Json]:
    """A zone in Nova's and Cinder's form or in another; with `long`, a row for each service on each host."""
    state = one.get("state", "available")
    if "zoneState" in one:
        state = "available" if one["zoneState"]["available"] else "unavailable"
    status, resource = state.replace("unavailable", "not available"), one.get("resource") or ""
    row = {"zone_name": one.get("zoneName") or one["name"], "zone_status": status, "zone_resource": resource}
    told = [("", "", "")]
    if long and one.get("hosts"):
        told = [
            (host, name, f"{ABLE.human(found['active'])} {ALIVE.human(found['available'])} {found['updated_at']}")
            for host, services in one["hosts"].items()
            for name, found in services.items()
        ]
    return [{**row, **dict(zip(HOST, service, strict=True))} for service in told]


@zone.lister(
    "list", *(Flag(f"--{n}", f"Those of the {k.service.types[0]} service.") for n, k in RESOURCES.items()), LONG
)
def list_zones(cloud: Cloud, values: Json, long: bool) -> list[Json]:
    """List availability zones, those of all services unless some are named."""

    def found(name: str) -> list[Json]:
        resource = RESOURCES[name]
        try:
            if name == "compute":
                with suppress(Forbidden):  # only administrators are told of hosts
                    return list(cloud.pages(resource, path=resource.at("detail")))
            return list(cloud.pages(resource))
        except (CatalogError, HTTPError) as error:
            # Only Nova's zones are always there; that others are missing matters if they were asked for.
            if name == "compute" and isinstance(error, HTTPError):
                raise
            if values[name]:
                OstkError(f"The {name} service has no availability zones: {error.message}").show()
            return []

    names = [name for name in RESOURCES if values[name]] or list(RESOURCES)
    return [row for zones in cloud.map_concurrent(found, names) for one in zones for row in rows(one, long)]
