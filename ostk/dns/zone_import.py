"""Zone imports: zones made from zone files."""

from ..api.dns import DNS_ZONE, ZONE_IMPORT
from ..files import read_text
from ..language import Arg, Cloud, Json, Noun, Opt, Wait
from .fields import cells, failed
from .options import ATTRIBUTES, SCOPE

import_ = Noun(
    ZONE_IMPORT, "Create zones from zone files.", cells("id zone_id created_at status message"), shared=SCOPE
)


def read_file(zone_file_path: str) -> Json:
    """Return the text of the zone file, which is read before anything is sent."""
    return {"zone_file_path": read_text(zone_file_path, "zone file")}


@import_.shower(
    "create",
    Arg("zone_file_path", "Zone file, in the master file format of BIND.", not_sent=True, metavar="FILE"),
    ATTRIBUTES,
    parse=read_file,
    wait=Wait("COMPLETE ERROR", fail="", problem=failed),
)
def create(cloud: Cloud, zone_file_path: str, body: Json) -> Json:
    """Start an import: create a zone with the record sets of a zone file."""
    if body:
        return cloud.create(ZONE_IMPORT, {"zonefile": zone_file_path, **body})
    headers = {"Content-Type": "text/dns"}
    content = zone_file_path.encode()
    return dict(cloud.send(ZONE_IMPORT, "POST", headers=headers, content=content))


import_.list(
    Opt("--status", "Filter by status."),
    Opt("--zone-id", "Filter by zone.", ref=DNS_ZONE),
    Opt("--message", "Filter by message."),
)
import_.show()
import_.delete()
