"""Block storage clusters: volume services on several hosts that serve the same backends (active-active)."""

from ..api.block_storage import VOLUME_CLUSTER
from ..language import LONG, Arg, Cloud, Flag, Json, Noun, Opt, exclusive

BINARY = Opt("--binary", "Binary of the clustered services (default: cinder-volume).")

cluster = Noun(
    VOLUME_CLUSTER,
    "Manage block storage clusters.",
    columns=["name binary state status"],
    long=["num_hosts num_down_hosts last_heartbeat disabled_reason created_at updated_at"],
    fields=[
        "name=Name, binary=Binary, state=State, status=Status, disabled_reason=Disabled Reason, num_hosts=Hosts",
        "num_down_hosts=Down Hosts, last_heartbeat=Last Heartbeat, created_at=Created At, updated_at=Updated At",
        "replication_status=Replication Status, frozen=Frozen, active_backend_id=Active Backend ID",
    ],
    in_order=True,
    admin="list show",
)
cluster.list(
    Opt("--cluster", "Filter by name; a name without @BACKEND matches all backends of the cluster.", key="name"),
    Opt("--binary", "Filter by service binary, e.g. cinder-volume."),
    Opt("--up/--down", "Filter by state: up or down.", key="is_up", convert=str),
    Opt("--disabled/--enabled", "Filter by status: disabled or enabled.", convert=str),
    Opt("--num-hosts", "Filter by number of hosts.", type=int),
    Opt("--num-down-hosts", "Filter by number of hosts that are down.", type=int),
    LONG,
)
cluster.show(domain=BINARY)


@cluster.action(
    "set",
    Arg("cluster", "Name of the cluster.", key="name"),
    BINARY,
    exclusive(Flag("--enable", "Enable the cluster."), Flag("--disable", "Disable scheduling to the cluster.")),
    Opt("--disable-reason", "Reason for disabling the cluster.", key="disabled_reason", needs="--disable"),
)
def set_status(cloud: Cloud, body: Json, enable: bool, disable: bool) -> None:
    """Enable or disable a block storage cluster (admin only)."""
    if enable or disable:
        cloud.send(VOLUME_CLUSTER, "PUT", "enable" if enable else "disable", json={"binary": "cinder-volume", **body})
