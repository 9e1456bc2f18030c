"""Who may mount share snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import SHARE_SNAPSHOT, SHARE_SNAPSHOT_ACCESS
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Json, Noun, each, target
from ..session.cloud import Cloud

access = Noun(
    SHARE_SNAPSHOT_ACCESS,
    "Manage who may mount share snapshots.",
    columns=["id access_type access_to state"],
    fields=[ALL_FIELDS_IN_API_ORDER],
)
SNAPSHOT = target(SHARE_SNAPSHOT, "snapshot")


@access.lister("list", SNAPSHOT)
def list_access(cloud: Cloud, snapshot: str) -> Iterable[Json]:
    """List who may mount a share snapshot."""
    return cloud.pages(SHARE_SNAPSHOT_ACCESS.under(snapshot))


@access.shower("create", SNAPSHOT, Arg("access_type"), Arg("access_to"))
def create(cloud: Cloud, snapshot: str, body: Json) -> Json:
    """Let somebody mount a share snapshot: an IP address (ip), user (user, cephx) or certificate (cert)."""
    return cloud.unwrap(SHARE_SNAPSHOT_ACCESS, cloud.act(SHARE_SNAPSHOT, snapshot, "allow_access", body))


@access.action("delete", SNAPSHOT, Arg("id", nargs=-1, required=True, not_sent=True))
def delete(cloud: Cloud, snapshot: str, id: Sequence[str]) -> None:
    """Let somebody mount a share snapshot no more."""

    def one(rule: str) -> None:
        cloud.act(SHARE_SNAPSHOT, snapshot, "deny_access", {"access_id": rule})

    each(cloud, one, id, "delete", "access rule")
