"""The command `volume summary`: the number and the total size of volumes (API 3.12 and later)."""

from ..api.block_storage import VOLUME
from ..language import Cloud, Column, Flag, Json, Noun
from ..render.format import DICT

volume = Noun(VOLUME, "Manage volumes.", in_order=True)


@volume.shower(
    "summary",
    Flag("--all-projects", "Count the volumes of all projects.", envvar="ALL_PROJECTS", admin=True),
    fields=[
        "total_count=Total Count, total_size=Total Size",
        Column("metadata", "Metadata", since="3.36", format=DICT),
    ],
    since="3.12",
)
def summary(cloud: Cloud, all_projects: bool) -> Json:
    """Show the number of volumes and the total size, in GiB."""
    params = {"all_tenants": str(all_projects)}
    reply: Json = cloud.call(VOLUME.service, "GET", "/volumes/summary", params=params, microversion="3.36")
    return {"metadata": None, **reply["volume-summary"]}
