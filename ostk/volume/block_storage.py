"""Block storage: what is done to the parts that Cinder is made of."""

from __future__ import annotations

from ..api.block_storage import VOLUME_WORKER
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud

storage = Noun(
    VOLUME_WORKER,
    "Look after the parts that Cinder is made of.",
    columns=["id, cluster_name=Cluster Name, host, binary, status"],
)


@storage.lister(
    "cleanup",
    Opt("--cluster", "Only those of this cluster.", key="cluster_name"),
    Opt("--host", "Only those on this host."),
    Opt("--binary", "Only those of this program, such as cinder-volume."),
    Opt("--up/--down", "Whether they must be up or down.", key="is_up"),
    Opt("--disabled/--enabled", "Whether they must take no more work."),
    Opt("--resource-id", "Only what they did with the resource of this ID."),
    Opt("--resource-type", "Only what they did with these.", choices="Volume Snapshot"),
    Opt("--service-id", "Only this one, by its number in the database.", type=int),
)
def cleanup(cloud: Cloud, body: Json) -> list[Json]:
    """Have what volume services left half done cleaned up."""
    path, version = VOLUME_WORKER.at("cleanup"), VOLUME_WORKER.microversion
    found = cloud.call(VOLUME_WORKER.service, "POST", path, json=body, microversion=version)
    return [{**one, "status": state.capitalize()} for state in ("cleaning", "unavailable") for one in found[state]]
