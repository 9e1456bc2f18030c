"""Regions: parts of a cloud with endpoints of their own."""

from __future__ import annotations

from ..api.identity import REGION
from ..language import DESCRIPTION, Arg, Column, Noun, Opt

region = Noun(
    REGION,
    "Manage regions: parts of a cloud with endpoints of their own.",
    columns=["id=Region", Column("parent_region_id", "Parent Region"), "description"],
    fields=["id=region description parent_region_id=parent_region"],
    in_order=True,
)
PARENT = Opt("--parent-region", "Region that it is a part of, by ID.", key="parent_region_id")
region.list(Opt("--parent-region", "Only the parts of this region, by ID.", key="parent_region_id"))
region.show()
region.create(Arg("region", key="id"), PARENT, DESCRIPTION)
region.set(PARENT, DESCRIPTION)
region.delete()
