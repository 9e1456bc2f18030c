"""Share access rules: what each command sends and prints."""

from __future__ import annotations

from typing import Any

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share access delete web r
  POST ~/shares/web-id/action {"deny_access": {"access_id": "r"}}
share access delete web r --unrestrict
  POST ~/shares/web-id/action {"deny_access": {"access_id": "r", "unrestrict": true}}
share access list web
  GET ~/share-access-rules?share_id=web-id
share access list web --properties a=b --access-type ip --access-key k --access-to 10.0.0.1 --access-level ro
  GET ~/share-access-rules?share_id=web-id&metadata=%7B%27a%27%3A+%27b%27%7D&access_type=ip&access_key=k\
&access_to=10.0.0.1&access_level=ro
share access set r
share access set r --property a=b --access-level ro
  PUT ~/share-access-rules/r/metadata {"metadata": {"a": "b"}}
  PUT ~/share-access-rules/r {"update_access": {"access_level": "ro"}}
share access unset r --property a --property b
  DELETE ~/share-access-rules/r/metadata/a
  DELETE ~/share-access-rules/r/metadata/b
"""
)
REJECTIONS = rejection_table(
    """
1 share access create web nosuch x => 'nosuch' is not an access type.
1 share access create web ip 10.0.0.1/24 => 10.0.0.1/24 has host bits set.
1 share access create web ip web => 'web' does not appear to be an IPv4 or IPv6 network.
1 share access create web user abc => 'abc' is not a valid name of a user or group.
1 share access create web user a=bc => 'a=bc' is not a valid name of a user or group.
1 share access create web user .... => '....' is not a valid name of a user or group.
1 share access create web cert '' => '' is not a valid common name of a certificate.
1 share access create web cephx a.b => 'a.b' is not a valid Ceph ID.
1 share access create web cephx é => 'é' is not a valid Ceph ID.
1 share access create web ip 10.0.0.1 --lock-reason why => --lock-reason needs --lock-visibility or --lock-deletion.
1 share access create web ip 10.0.0.1 --properties a=b a=c => 'a' is given twice.
1 share access list web --properties a=b a=c => 'a' is given twice.
1 share access unset r => Nothing to remove: no option is given.
2 share access create web ip 10.0.0.1 --access-level rx => 'rx' is not one of 'rw', 'ro'.
"""
)
RULE: dict[str, Any] = {
    "id": "r",
    "access_type": "ip",
    "access_to": "10.0.0.1",
    "access_level": "rw",
    "access_key": None,
    "state": "queued_to_apply",
    "metadata": {"a": "b", "c": "d"},
}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_create_sends_properties_and_locks(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /share/v2/shares/web-id/action"] = {"access": RULE}
    cloud.answers["GET /share/v2/share-access-rules/r"] = {"access": {**RULE, "state": "active"}}
    line = (
        "share access create web ip 10.0.0.1 --access-level rw --properties a=b c=d --lock-deletion --lock-visibility"
    )
    assert "| state        | queued_to_apply |" in ostk(f"{line} --lock-reason why").stdout
    body = {
        "access_type": "ip",
        "access_to": "10.0.0.1",
        "access_level": "rw",
        "metadata": {"a": "b", "c": "d"},
        "lock_deletion": True,
        "lock_visibility": True,
        "lock_reason": "why",
    }
    assert cloud.sent[-1] == ("POST /share/v2/shares/web-id/action", {"allow_access": body})
    assert ostk(f"{line} --wait -f value -c state -c properties").stdout == "active\na : b\nc : d\n"
    assert ostk("share access show r -f value -c properties").stdout == "a : b\nc : d\n"


def test_create_wait_fails_on_state_error(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /share/v2/shares/web-id/action"] = {"access": RULE}
    cloud.answers["GET /share/v2/share-access-rules/r"] = {"access": {**RULE, "state": "error"}}
    assert ostk("share access create web ip 10.0.0.1 --wait").output == "The share access r went into error.\n"


def test_delete_wait_ends_when_the_rule_is_not_found(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-access-rules/r"] = iter([(200, {"access": RULE}), (404, {})])
    assert ostk("share access delete web r --wait").exit_code == 0


def test_list_uses_the_access_list_action_before_2_45(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /share/v2/shares/web-id/action"] = {"access_list": [RULE]}
    listed = ostk("--os-share-api-version 2.20 share access list web -f csv").stdout
    assert listed.splitlines()[0] == '"ID","Access Type","Access To","Access Level","State"'
    assert cloud.sent[-1] == ("POST /share/v2/shares/web-id/action", {"access_list": None})
    failed = ostk("--os-share-api-version 2.20 share access show r")
    assert (failed.exit_code, "2.45" in failed.output) == (1, True)
