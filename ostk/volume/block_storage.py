"""Block storage maintenance: cleanup of resources that failed volume services left behind."""

from ..api.block_storage import VOLUME_WORKER
from ..language import Cloud, Json, Noun, Opt

storage = Noun(
    VOLUME_WORKER,
    "Clean up resources of failed volume services.",
    columns=["id, cluster_name=Cluster Name, host, binary, status"],
)


@storage.lister(
    "cleanup",
    Opt("--cluster", "Filter services by cluster name.", key="cluster_name"),
    Opt("--host", "Filter services by host."),
    Opt("--binary", "Filter services by binary, e.g. cinder-volume."),
    Opt("--up/--down", "Filter services by state: up or down.", key="is_up"),
    Opt("--disabled/--enabled", "Filter services by status: disabled or enabled."),
    Opt("--resource-id", "Clean up only the resource with this ID."),
    Opt("--resource-type", "Clean up only resources of this type.", choices="Volume Snapshot"),
    Opt("--service-id", "Filter services by ID: the number in Cinder's database.", type=int),
)
def cleanup(cloud: Cloud, body: Json) -> list[Json]:
    """Clean up volumes and snapshots that failed services left in a transient status (admin only)."""
    path, version = VOLUME_WORKER.at("cleanup"), VOLUME_WORKER.microversion
    reply = cloud.call(VOLUME_WORKER.service, "POST", path, json=body, microversion=version)
    return [
        {**service, "status": status.capitalize()}
        for status in ("cleaning", "unavailable")
        for service in reply[status]
    ]
