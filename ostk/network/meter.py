"""Network meters: labels under which traffic is counted."""

from __future__ import annotations

from ..kinds import METER
from ..language.kind import Column
from ..language.noun import Noun
from ..language.options import DESCRIPTION, PAGES, Arg, Opt
from ..owner import OWNER
from .extra import EXTRA, OTHERS

meter = Noun(
    METER,
    "Manage network meters: what counts traffic.",
    columns=[Column("id"), Column("name"), Column("description"), Column("shared")],
    fields=["description", "id", "name", "project_id", "shared", *OTHERS],
)
SHARE = Opt("--share/--no-share", "Whether it counts for all projects.", key="shared")

meter.create(Arg("name"), DESCRIPTION, OWNER, SHARE, EXTRA)
meter.list(PAGES)
meter.show()
meter.delete()
