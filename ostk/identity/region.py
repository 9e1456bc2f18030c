"""Regions: parts of a cloud, each with its own endpoints."""

from ..api.identity import REGION
from ..language import DESCRIPTION, NEW_DESCRIPTION, Arg, Column, Noun, Opt

region = Noun(
    REGION,
    "Manage regions.",
    columns=["id=Region", Column("parent_region_id", "Parent Region"), "description"],
    fields=["id=region description parent_region_id=parent_region"],
    in_order=True,
    admin="create set delete",
)
PARENT = Opt("--parent-region", "Parent region (ID).", key="parent_region_id")
region.list(Opt("--parent-region", "Filter by parent region (ID).", key="parent_region_id"))
region.show()
region.create(Arg("region", "ID of the new region.", key="id"), PARENT, DESCRIPTION)
region.set(PARENT, NEW_DESCRIPTION)
region.delete()
