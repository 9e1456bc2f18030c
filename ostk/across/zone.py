"""Availability zones: parts of a cloud that fail apart, as each service tells them."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import CatalogError, Forbidden, HTTPError, OstkError
from ..kinds import AVAILABILITY_ZONE, NETWORK_ZONE, SHARE_ZONE, VOLUME_ZONE
from ..language import LONG, Flag, Json, Noun
from ..render.format import Format
from ..session.cloud import Cloud

TEXT = Format(lambda value: value or "", lambda value: value or "")
KINDS = {"compute": AVAILABILITY_ZONE, "network": NETWORK_ZONE, "share": SHARE_ZONE, "volume": VOLUME_ZONE}
zone = Noun(
    AVAILABILITY_ZONE,
    "See the availability zones of the services.",
    columns=["zone_name zone_status"],
    long=["zone_resource host_name service_name service_status"],
    formats={"zone_resource host_name service_name service_status": TEXT},
)


def rows(one: Json, long: bool) -> Iterator[Json]:
    """A zone in Nova's and Cinder's form or in another; with `long`, a row for each service on each host."""
    state = one.get("state", "available")
    if "zoneState" in one:
        state = "available" if one["zoneState"]["available"] else "unavailable"
    status = "not available" if state == "unavailable" else state
    row = {"zone_name": one.get("zoneName") or one["name"], "zone_status": status, "zone_resource": one.get("resource")}
    if not (long and one.get("hosts")):
        yield row
        return
    for host, services in one["hosts"].items():
        for name, found in services.items():
            words = ["enabled" if found["active"] else "disabled", ":-)" if found["available"] else "XXX"]
            status = " ".join([*words, str(found["updated_at"])])
            yield {**row, "host_name": host, "service_name": name, "service_status": status}


@zone.lister("list", *(Flag(f"--{n}", f"Those of the {k.service.types[0]} service.") for n, k in KINDS.items()), LONG)
def list_zones(cloud: Cloud, values: Json, long: bool) -> list[Json]:
    """List availability zones, those of all services unless some are named."""

    def found(name: str) -> list[Json]:
        kind = KINDS[name]
        try:
            try:
                return list(cloud.pages(kind, path=kind.at("detail") if name == "compute" else ""))
            except Forbidden:  # only administrators are told of hosts
                if name != "compute":
                    raise
                return list(cloud.pages(kind))
        except (CatalogError, HTTPError) as error:
            # Only Nova's zones are always there; that others are missing matters if they were asked for.
            if name == "compute" and isinstance(error, HTTPError):
                raise
            if values[name]:
                OstkError(f"The {name} service has no availability zones: {error.message}").show()
            return []

    names = [name for name in KINDS if values[name]] or list(KINDS)
    return [row for zones in cloud.at_once(found, names) for one in zones for row in rows(one, long)]
