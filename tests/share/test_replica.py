"""Share replicas: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud, Json
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share replica create web --availability-zone nova --scheduler-hint only_host=h --share-network net --property a=b
  POST ~/share-replicas {"share_replica": {"share_id": "web-id", "availability_zone": "nova",\
 "scheduler_hints": {"only_host": "h"}, "share_network_id": "net-id", "metadata": {"a": "b"}}}
share replica list --share web --property a=b --property c=d
  GET ~/share-replicas/detail?share_id=web-id&metadata=a%3Ab%2Cc%3Ad
share replica set r --replica-state in_sync --status error --property a=b
  POST ~/share-replicas/r/action {"reset_replica_state": {"replica_state": "in_sync"}}
  POST ~/share-replicas/r/action {"reset_status": {"status": "error"}}
  POST ~/share-replicas/r/metadata {"metadata": {"a": "b"}}
share replica unset r --property a --property b
  DELETE ~/share-replicas/r/metadata/a
  DELETE ~/share-replicas/r/metadata/b
share replica delete r s
  DELETE ~/share-replicas/r
  DELETE ~/share-replicas/s
share replica delete r --force
  POST ~/share-replicas/r/action {"force_delete": null}
share replica promote r
  POST ~/share-replicas/r/action {"promote": null}
share replica promote r --quiesce-wait-time 5
  POST ~/share-replicas/r/action {"promote": {"quiesce_wait_time": 5}}
share replica resync r
  POST ~/share-replicas/r/action {"resync": null}
share replica export location list r
  GET ~/share-replicas/r/export-locations
"""
)
REJECTIONS = rejection_table(
    """
1 share replica create web --scheduler-hint same_host=h => The scheduler hint same_host is unknown.
2 share replica create web --scheduler-hint h => 'h' is not KEY=VALUE.
1 share replica set r => Nothing to set: no option is given.
1 share replica unset r => Nothing to remove: no option is given.
2 share replica set r --status nosuch => 'nosuch' is not one of
2 share replica set r --replica-state nosuch => 'nosuch' is not one of
2 share replica promote r --quiesce-wait-time soon => 'soon' is not a valid
"""
)
REPLICA: Json = {
    "id": "r",
    "status": "available",
    "replica_state": "in_sync",
    "host": "h",
    "metadata": {"a": "b", "c": "d"},
}
PATH = {"id": "l", "path": "10.0.0.1:/one", "preferred": True, "replica_state": "in_sync", "availability_zone": "nova"}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_list_filters_by_property_locally(cloud: FakeCloud, ostk: Run) -> None:
    found = [REPLICA, {**REPLICA, "id": "s", "metadata": {"a": "x"}}, {**REPLICA, "id": "t", "metadata": None}]
    cloud.answers["GET /share/v2/share-replicas/detail"] = {"share_replicas": found}
    assert ostk("share replica list --property a=b -f value").stdout == (
        "r available in_sync None h None None {'a': 'b', 'c': 'd'}\n"
    )
    assert ostk("share replica list -c ID -c Properties").stdout.splitlines()[3:6] == [
        "| r  | a='b', c='d' |",
        "| s  | a='x'        |",
        "| t  | None         |",
    ]


def test_show_prints_export_locations(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-replicas/r"] = {"share_replica": REPLICA}
    cloud.answers["GET /share/v2/share-replicas/r/export-locations"] = {"export_locations": [PATH]}
    assert ostk("share replica show r -f value").stdout == (
        f"r\navailable\nin_sync\nh\n{[PATH]}\n{{'a': 'b', 'c': 'd'}}\n"
    )
    assert ostk("share replica export location list r -f value").stdout == "l nova in_sync True 10.0.0.1:/one\n"
    cloud.answers["GET /share/v2/share-replicas/r/export-locations/l"] = {"export_location": PATH}
    assert ostk("share replica export location show r l -f value").stdout == "l\n10.0.0.1:/one\nTrue\nin_sync\nnova\n"


def test_promote_wait_polls_the_replica_state(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-replicas/r"] = {"share_replica": {**REPLICA, "replica_state": "active"}}
    assert ostk("share replica promote r --wait").exit_code == 0
    cloud.answers["GET /share/v2/share-replicas/r"] = {"share_replica": {**REPLICA, "replica_state": "error"}}
    result = ostk("share replica promote r --wait")
    assert (result.exit_code, result.output) == (1, "The share replica r went into error.\n")
