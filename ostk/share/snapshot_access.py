"""Share snapshot access rules: which clients may mount a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import SHARE_SNAPSHOT, SHARE_SNAPSHOT_ACCESS
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Json, Noun, each, target
from ..session.cloud import Cloud

access = Noun(
    SHARE_SNAPSHOT_ACCESS,
    "Manage share snapshot access rules.",
    columns=["id access_type access_to state"],
    fields=[ALL_FIELDS_IN_API_ORDER],
)
SNAPSHOT = target(SHARE_SNAPSHOT, "snapshot")


@access.lister("list", SNAPSHOT)
def list_access(cloud: Cloud, snapshot: str) -> Iterable[Json]:
    """List the access rules of a share snapshot."""
    return cloud.pages(SHARE_SNAPSHOT_ACCESS.under(snapshot))


@access.shower(
    "create",
    SNAPSHOT,
    Arg("access_type", "Access type: ip, user, cert or cephx."),
    Arg("access_to", "IP address or network, user or group, common name of a certificate, or Ceph ID."),
)
def create(cloud: Cloud, snapshot: str, body: Json) -> Json:
    """Create an access rule: allow clients to mount a share snapshot, read-only."""
    return cloud.unwrap(SHARE_SNAPSHOT_ACCESS, cloud.act(SHARE_SNAPSHOT, snapshot, "allow_access", body))


@access.action("delete", SNAPSHOT, Arg("id", "IDs of the access rules.", nargs=-1, required=True, not_sent=True))
def delete(cloud: Cloud, snapshot: str, id: Sequence[str]) -> None:
    """Delete access rules: revoke access to a share snapshot."""

    def deny(rule: str) -> None:
        cloud.act(SHARE_SNAPSHOT, snapshot, "deny_access", {"access_id": rule})

    each(cloud, deny, id, "delete", "access rule")
