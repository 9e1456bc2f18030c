"""Availability zones of the compute, network, share and volume services."""

from contextlib import suppress

from ..api.block_storage import VOLUME_ZONE
from ..api.compute import AVAILABILITY_ZONE
from ..api.network import NETWORK_ZONE
from ..api.shared_file_system import SHARE_ZONE
from ..errors import CatalogError, Forbidden, HTTPError, OstkError
from ..language import LONG, Cloud, Flag, Json, Noun
from ..render.format import ALIVE, boolean_format

RESOURCES = {"compute": AVAILABILITY_ZONE, "network": NETWORK_ZONE, "share": SHARE_ZONE, "volume": VOLUME_ZONE}
STATUS = boolean_format("enabled", "disabled")
HOST_COLUMNS = ["host_name", "service_name", "service_status"]
zone = Noun(
    AVAILABILITY_ZONE,
    "Show availability zones.",
    columns=["zone_name zone_status"],
    long=["zone_resource", *HOST_COLUMNS],
)


def zone_rows(zone: Json, long: bool) -> list[Json]:
    """Return the rows of a zone: one, or with `long` one for each service on each host.

    Args:
        zone: A zone of Nova or Cinder (zoneName, zoneState, hosts), Neutron (name, resource, state) or Manila (name).
        long: Whether hosts are shown.
    """
    state = zone.get("state", "available")
    if "zoneState" in zone:
        state = "available" if zone["zoneState"]["available"] else "unavailable"
    status, resource = state.replace("unavailable", "not available"), zone.get("resource") or ""
    row = {"zone_name": zone.get("zoneName") or zone["name"], "zone_status": status, "zone_resource": resource}
    host_rows = [("", "", "")]
    if long and zone.get("hosts"):
        host_rows = [
            (host, name, f"{STATUS.human(found['active'])} {ALIVE.human(found['available'])} {found['updated_at']}")
            for host, services in zone["hosts"].items()
            for name, found in services.items()
        ]
    return [{**row, **dict(zip(HOST_COLUMNS, cells, strict=True))} for cells in host_rows]


@zone.lister(
    "list",
    *(
        Flag(f"--{name}", f"List availability zones of the {resource.service.types[0]} service.")
        for name, resource in RESOURCES.items()
    ),
    LONG,
)
def list_zones(cloud: Cloud, values: Json, long: bool) -> list[Json]:
    """List availability zones of the given services (default: all services)."""

    def fetch_zones(name: str) -> list[Json]:
        resource = RESOURCES[name]
        try:
            if name == "compute":
                with suppress(Forbidden):  # GET /os-availability-zone/detail, with hosts, is admin only
                    return list(cloud.pages(resource, path=resource.at("detail")))
            return list(cloud.pages(resource))
        except (CatalogError, HTTPError) as error:
            # Nova always has zones. Other services may have none, which is an error only if they were given.
            if name == "compute" and isinstance(error, HTTPError):
                raise
            if values[name]:
                OstkError(f"The {name} service has no availability zones: {error.message}").show()
            return []

    names = [name for name in RESOURCES if values[name]] or list(RESOURCES)
    zones = [zone for found in cloud.map_concurrent(fetch_zones, names) for zone in found]
    return [row for zone in zones for row in zone_rows(zone, long)]
