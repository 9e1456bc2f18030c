"""Block storage clusters: hosts that share the work on volumes."""

from __future__ import annotations

from ..api.block_storage import VOLUME_CLUSTER
from ..language import LONG, Arg, Flag, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud

BINARY = Opt("--binary", "Its program, cinder-volume by default.")

cluster = Noun(
    VOLUME_CLUSTER,
    "Manage clusters: hosts that share the work on volumes.",
    columns=["name binary state status"],
    long=["num_hosts num_down_hosts last_heartbeat disabled_reason created_at updated_at"],
    fields=[
        "name=Name, binary=Binary, state=State, status=Status, disabled_reason=Disabled Reason, num_hosts=Hosts",
        "num_down_hosts=Down Hosts, last_heartbeat=Last Heartbeat, created_at=Created At, updated_at=Updated At",
        "replication_status=Replication Status, frozen=Frozen, active_backend_id=Active Backend ID",
    ],
    in_order=True,
)
cluster.list(
    Opt("--cluster", "Only this one; without a backend, all of its name.", key="name"),
    Opt("--binary", "Only those of this program, such as cinder-volume."),
    Opt("--up/--down", "Only those that are up or down.", key="is_up", convert=str),
    Opt("--disabled/--enabled", "Only those that take no more work, or do.", convert=str),
    Opt("--num-hosts", "Only those of so many hosts.", type=int),
    Opt("--num-down-hosts", "Only those of which so many hosts are down.", type=int),
    LONG,
)
cluster.show(domain=BINARY)


@cluster.action(
    "set",
    Arg("cluster", key="name"),
    BINARY,
    exclusive(Flag("--enable", "Let it take work."), Flag("--disable", "Let it take no more work.")),
    Opt("--disable-reason", "Why it takes no more.", key="disabled_reason", needs="--disable"),
)
def change(cloud: Cloud, body: Json, enable: bool, disable: bool) -> None:
    """Let a cluster take work, or no more."""
    if enable or disable:
        path, content = VOLUME_CLUSTER.at("enable" if enable else "disable"), {"binary": "cinder-volume", **body}
        cloud.call(VOLUME_CLUSTER.service, "PUT", path, json=content, microversion=VOLUME_CLUSTER.microversion)
