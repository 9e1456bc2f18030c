"""PTR records: the names that floating IPs resolve to."""

from ..api.dns import PTR_RECORD
from ..api.network import FLOATING_IP
from ..language import Arg, Cloud, Json, Noun, Wait
from .fields import cells
from .options import NEW_DESCRIPTION, NEW_TTL, SCOPE

record = Noun(
    PTR_RECORD, "Manage PTR records: the names of floating IPs.", cells("id ptrdname description ttl"), shared=SCOPE
)
FLOATING = Arg("floating_ip", "Floating IP; also REGION:ID.", names=FLOATING_IP)


def region_of(cloud: Cloud) -> str:
    """Return the region of the floating IPs: that of the settings, else the first of the network endpoints."""
    if region := cloud.settings.text("region_name"):
        return region
    cloud.endpoint(FLOATING_IP.service)
    services = [one for one in cloud.access.catalog if one["type"] in FLOATING_IP.service.types]
    return str(next(endpoint["region"] for one in services for endpoint in one["endpoints"]))


def record_id(cloud: Cloud, text: str) -> str:
    """Return the ID of the PTR record of a floating IP: REGION:ID."""
    region, colon, _ = text.rpartition(":")
    if colon and region.count(":") == 0:
        return text
    return f"{region_of(cloud)}:{cloud.find(FLOATING_IP, text)}"


record.list()


@record.shower("show", FLOATING)
def show(cloud: Cloud, floating_ip: str) -> Json:
    """Show the PTR record of a floating IP."""
    return cloud.fetch(PTR_RECORD, record_id(cloud, floating_ip))


@record.shower(
    "set",
    FLOATING,
    Arg("ptrdname", "Name that the address resolves to.", convert=lambda name: f"{name.removesuffix('.')}."),
    NEW_DESCRIPTION,
    NEW_TTL,
    wait=Wait("ACTIVE"),
)
def set_record(cloud: Cloud, floating_ip: str, body: Json) -> Json | None:
    """Set the PTR record of a floating IP."""
    return cloud.update(PTR_RECORD, record_id(cloud, floating_ip), body)


@record.action("unset", FLOATING)
def unset_record(cloud: Cloud, floating_ip: str) -> None:
    """Remove the PTR record of a floating IP."""
    cloud.update(PTR_RECORD, record_id(cloud, floating_ip), {"ptrdname": None})
