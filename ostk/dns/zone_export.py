"""Zone exports: zones as text of a zone file."""

from ..api.dns import DESIGNATE, DNS_ZONE, ZONE_EXPORT
from ..files import whole
from ..language import Cloud, Column, FullOpt, Json, Noun, Opt, Wait, target
from .fields import cells, failed
from .options import SCOPE

export = Noun(ZONE_EXPORT, "Export zones as zone files.", cells("id zone_id created_at status"), shared=SCOPE)


@export.shower("create", target(DNS_ZONE), wait=Wait("COMPLETE ERROR", fail="", problem=failed))
def create(cloud: Cloud, zone: str) -> Json:
    """Start an export of a zone; `zone export showfile` prints the zone file when the export is COMPLETE."""
    return cloud.create(ZONE_EXPORT, {}, DNS_ZONE.at(zone, "tasks", "export"))


export.list(Opt("--status", "Filter by status."), Opt("--zone-id", "Filter by zone.", ref=DNS_ZONE))
export.show()


@export.shower(
    "showfile",
    target(ZONE_EXPORT),
    FullOpt("--file", "File to write the zone file to (default: standard output).", metavar="FILE"),
    fields=[Column("data", "data")],
)
def show_file(cloud: Cloud, zone_export: str, file: str | None) -> Json | None:
    """Show the zone file of an export."""
    headers = {"Accept": "text/dns"}
    reply = cloud.request(DESIGNATE, "GET", ZONE_EXPORT.at(zone_export, "export"), headers=headers)
    if not file:
        return {"data": reply.text}
    with whole(file) as new:
        new.write(reply.content)
    return None


export.delete()
