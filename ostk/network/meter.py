"""Network meters: labels under which traffic is counted."""

from __future__ import annotations

from ..api.network import METER
from ..language import DESCRIPTION, PAGES, Arg, Noun, Opt
from ..owner import OWNER
from .extra_properties import EXTRA, OTHERS

meter = Noun(
    METER,
    "Manage network meters: what counts traffic.",
    columns=["id name description shared"],
    fields=["description id name project_id shared", *OTHERS],
)
SHARE = Opt("--share/--no-share", "Whether it counts for all projects.", key="shared")
meter.create(Arg("name"), DESCRIPTION, OWNER, SHARE, EXTRA)
meter.list(PAGES)
meter.show()
meter.delete()
