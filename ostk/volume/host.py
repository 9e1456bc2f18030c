"""Volume hosts: freezing, thawing and failing over the backends of a cinder-volume host."""

from ..api.block_storage import VOLUME_HOST
from ..language import Arg, Cloud, Flag, Json, Noun, Opt, exclusive

HOST = Arg("host", "Volume host: HOST@BACKEND.")
host = Noun(VOLUME_HOST, "Freeze, thaw and fail over volume hosts.")


@host.action(
    "set",
    HOST,
    exclusive(
        Flag("--disable", "Freeze the host: no resources are created, changed or deleted on the backend."),
        Flag("--enable", "Thaw the host."),
    ),
)
def set_frozen(cloud: Cloud, body: Json, disable: bool, enable: bool) -> None:
    """Freeze or thaw a volume host (admin only)."""
    if disable or enable:
        cloud.send(VOLUME_HOST, "PUT", "freeze" if disable else "thaw", json=body)


@host.action(
    "failover",
    HOST,
    Opt("--volume-backend", "ID of the replication target to fail over to.", key="backend_id", required=True),
)
def failover(cloud: Cloud, body: Json) -> None:
    """Fail over a volume host to a replication target (admin only)."""
    cloud.send(VOLUME_HOST, "PUT", "failover_host", json=body)
