"""Volume hosts: where Cinder's backends are reached from."""

from __future__ import annotations

from ..api.block_storage import VOLUME_HOST
from ..language import Arg, Flag, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud

CINDER = VOLUME_HOST.service
host = Noun(VOLUME_HOST, "Manage volume hosts: where the backends are reached from.")


@host.action(
    "set",
    Arg("host"),
    exclusive(Flag("--disable", "Freeze it: nothing is made or deleted on it."), Flag("--enable", "Thaw it.")),
)
def change(cloud: Cloud, body: Json, disable: bool, enable: bool) -> None:
    """Freeze or thaw a volume host."""
    if disable or enable:
        cloud.call(CINDER, "PUT", VOLUME_HOST.at("freeze" if disable else "thaw"), json=body)


@host.action(
    "failover",
    Arg("host"),
    Opt("--volume-backend", "ID of the backend to use in its place.", key="backend_id", required=True),
)
def failover(cloud: Cloud, body: Json) -> None:
    """Have the replicas of a volume host take over."""
    cloud.call(CINDER, "PUT", VOLUME_HOST.at("failover_host"), json=body)
