"""Share snapshot access rules: which clients may mount a snapshot."""

from collections.abc import Iterable, Sequence

from ..api.shared_file_system import SHARE_SNAPSHOT, SHARE_SNAPSHOT_ACCESS
from ..errors import WaitError
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Json, Noun, each, target
from ..language.waiting import FULL_WAIT

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
    FULL_WAIT,
)
def create(cloud: Cloud, snapshot: str, body: Json, wait: bool) -> Json:
    """Create an access rule: allow clients to mount a share snapshot, read-only."""
    item = cloud.unwrap(SHARE_SNAPSHOT_ACCESS, cloud.act(SHARE_SNAPSHOT, snapshot, "allow_access", body))
    return {**item, **wait_for_state(cloud, snapshot, item["id"], "active")} if wait else item


def wait_for_state(cloud: Cloud, snapshot: str, rule_id: str, state: str) -> Json:
    """Poll an access rule of a snapshot until it has a state, "" if it is to be gone; return the rule.

    Raises:
        WaitError: The rule is in state error.
    """

    def fetch() -> Json:  # Manila has no request for a single rule.
        rules = cloud.pages(SHARE_SNAPSHOT_ACCESS.under(snapshot))
        return next((rule for rule in rules if rule["id"] == rule_id), {})

    def reached(rule: Json) -> bool:
        if rule.get("state") == "error":
            raise WaitError(f"The {SHARE_SNAPSHOT_ACCESS.noun} {rule_id} went into error.")
        return str(rule.get("state", "")) == state

    return cloud.poll(fetch, reached, noun=SHARE_SNAPSHOT_ACCESS.noun, status_key="state")


@access.action(
    "delete", SNAPSHOT, Arg("id", "IDs of the access rules.", nargs=-1, required=True, not_sent=True), FULL_WAIT
)
def delete(cloud: Cloud, snapshot: str, id: Sequence[str], wait: bool) -> None:
    """Delete access rules: revoke access to a share snapshot."""

    def deny(rule: str) -> None:
        cloud.act(SHARE_SNAPSHOT, snapshot, "deny_access", {"access_id": rule})
        if wait:
            wait_for_state(cloud, snapshot, rule, "")

    each(cloud, deny, id, "delete", "access rule")
