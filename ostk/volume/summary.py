"""Volumes: how many there are, and how large."""

from __future__ import annotations

from ..api.block_storage import VOLUME
from ..language import Column, Json, Noun
from ..render.format import DICT
from ..session.cloud import Cloud
from .lists import ALL_PROJECTS

volume = Noun(VOLUME, "Manage volumes: disks that stay when their servers go.", in_order=True)


@volume.shower(
    "summary",
    ALL_PROJECTS,
    fields=[
        Column("total_count", "Total Count"),
        Column("total_size", "Total Size"),
        Column("metadata", "Metadata", since="3.36", format=DICT),
    ],
    since="3.12",
)
def summary(cloud: Cloud, all_projects: bool) -> Json:
    """Show how many volumes there are, and how large they are together."""
    params = {"all_tenants": str(all_projects)}
    found: Json = cloud.call(VOLUME.service, "GET", "/volumes/summary", params=params, microversion="3.36")
    return {"metadata": None, **found["volume-summary"]}
