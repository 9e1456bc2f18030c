"""Share snapshots, access rules and share snapshot instances: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud, Json
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share snapshot create web --name one --description d --force --property a=b --property c=d
  POST ~/snapshots {"snapshot": {"share_id": "web-id", "name": "one", "description": "d", "force": true,\
 "metadata": {"a": "b", "c": "d"}}}
share snapshot list --all-projects --name one --name~ o --description d --description~ e --status error --share web\
 --usage used --property a=b --limit 3 --marker 2
  GET ~/snapshots/detail?all_tenants=True&name=one&name~=o&description=d&description~=e&status=error&share_id=web-id&\
usage=used&limit=3&offset=2&metadata=%7B%27a%27%3A+%27b%27%7D
share snapshot set one
share snapshot set one --name two --description e --status error --property a=b
  PUT ~/snapshots/one-id {"snapshot": {"display_name": "two", "display_description": "e"}}
  POST ~/snapshots/one-id/action {"reset_status": {"status": "error"}}
  POST ~/snapshots/one-id/metadata {"metadata": {"a": "b"}}
share snapshot unset one --name --description --property a --property b
  PUT ~/snapshots/one-id {"snapshot": {"display_name": null, "display_description": null}}
  DELETE ~/snapshots/one-id/metadata/a
  DELETE ~/snapshots/one-id/metadata/b
share snapshot delete one two
  DELETE ~/snapshots/one-id
  DELETE ~/snapshots/two-id
share snapshot delete one --force
  POST ~/snapshots/one-id/action {"force_delete": null}
share snapshot adopt web there --name one --description d --driver-option a=b
  POST ~/snapshots/manage {"snapshot": {"share_id": "web-id", "provider_location": "there", "name": "one",\
 "description": "d", "driver_options": {"a": "b"}}}
share snapshot abandon one two
  POST ~/snapshots/one-id/action {"unmanage": null}
  POST ~/snapshots/two-id/action {"unmanage": null}
share snapshot access list one
  GET ~/snapshots/one-id/access-list
share snapshot access delete one r s
  POST ~/snapshots/one-id/action {"deny_access": {"access_id": "r"}}
  POST ~/snapshots/one-id/action {"deny_access": {"access_id": "s"}}
share snapshot export location list one
  GET ~/snapshots/one-id/export-locations
share snapshot instance list
  GET ~/snapshot-instances/detail
share snapshot instance list --snapshot one --detailed
  GET ~/snapshot-instances/detail?snapshot_id=one-id
share snapshot instance set i
  POST ~/snapshot-instances/i/action {"reset_status": {"status": "available"}}
share snapshot instance set i --status error
  POST ~/snapshot-instances/i/action {"reset_status": {"status": "error"}}
share snapshot instance export location list i
  GET ~/snapshot-instances/i/export-locations
"""
)
REJECTIONS = rejection_table(
    """
2 share snapshot create => Missing argument 'SHARE'
2 share snapshot create web --property a => 'a' is not KEY=VALUE.
1 share snapshot list --sort name:up => 'name:up' is not a sort key.
1 share snapshot list --count -f json => --count works only with the table format.
2 share snapshot list --usage some => 'some' is not one of
2 share snapshot set one --status nosuch => 'nosuch' is not one of
2 share snapshot access create one ip => Missing argument 'ACCESS_TO'
2 share snapshot instance set i --status nosuch => 'nosuch' is not one of
"""
)
SNAPSHOT: Json = {"id": "o", "name": "one", "status": "available", "metadata": {"a": "b"}, "links": []}
PATH: Json = {"id": "l", "path": "10.0.0.1:/one", "is_admin_only": False, "links": []}
PATHS = {"share_snapshot_export_locations": [PATH, {**PATH, "id": "m"}]}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_show_prints_export_locations(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/snapshots/detail"] = {"snapshots": [SNAPSHOT]}
    cloud.answers["GET /share/v2/snapshots/o/export-locations"] = PATHS
    assert (
        ostk("share snapshot show one").stdout
        == """\
+------------------+-----------------------+
| Field            | Value                 |
+------------------+-----------------------+
| id               | o                     |
| name             | one                   |
| status           | available             |
| export_locations |                       |
|                  | id = l                |
|                  | path = 10.0.0.1:/one  |
|                  | is_admin_only = False |
|                  | id = m                |
|                  | path = 10.0.0.1:/one  |
|                  | is_admin_only = False |
| properties       | a='b'                 |
+------------------+-----------------------+
"""
    )
    assert ostk("share snapshot show one -f value -c export_locations -c properties").stdout == (
        "[{'id': 'l', 'path': '10.0.0.1:/one', 'is_admin_only': False},"
        " {'id': 'm', 'path': '10.0.0.1:/one', 'is_admin_only': False}]\n{'a': 'b'}\n"
    )


def test_list_count_prints_the_total(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/snapshots/detail?name=o&limit=1&with_count=True"] = {"snapshots": [], "count": 7}
    cloud.answers["GET /share/v2/snapshots/detail?name=o&limit=1&offset=2"] = {"snapshots": [SNAPSHOT]}
    assert ostk("share snapshot list --name o --limit 1 --marker 2 --count -c Name").stdout == (
        "Total number of snapshots: 7\n+------+\n| Name |\n+------+\n| one  |\n+------+\n"
    )


def test_adopt_wait_polls_the_status(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /share/v2/snapshots/manage"] = {"snapshot": {**SNAPSHOT, "status": "manage_starting"}}
    cloud.answers["GET /share/v2/snapshots/o"] = {"snapshot": SNAPSHOT}
    line = "share snapshot adopt web there --wait -f value -c status"
    assert ostk(line).stdout == "available\n"
    cloud.answers["GET /share/v2/snapshots/o"] = {"snapshot": {**SNAPSHOT, "status": "manage_error"}}
    result = ostk(line)
    assert (result.exit_code, result.output) == (1, "The share snapshot one went into manage_error.\n")


def test_abandon_wait_polls_until_not_found(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/snapshots/detail"] = {"snapshots": [SNAPSHOT]}
    cloud.answers["GET /share/v2/snapshots/o"] = iter([(200, {"snapshot": SNAPSHOT}), (404, {})])
    assert ostk("share snapshot abandon one --wait").exit_code == 0


def test_access_create_and_list(cloud: FakeCloud, ostk: Run) -> None:
    rule = {"id": "r", "access_type": "ip", "access_to": "10.0.0.1", "state": "active"}
    cloud.answers["GET /share/v2/snapshots/one-id/access-list"] = {"snapshot_access_list": [rule]}
    assert ostk("share snapshot access list one -f value").stdout == "r ip 10.0.0.1 active\n"
    cloud.answers["POST /share/v2/snapshots/one-id/action"] = {"snapshot_access": rule}
    assert ostk("share snapshot access create one ip 10.0.0.1 -f value").stdout == "r\nip\n10.0.0.1\nactive\n"
    assert cloud.sent[-1][1] == {"allow_access": {"access_type": "ip", "access_to": "10.0.0.1"}}


def test_export_location_list_and_show(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/snapshots/one-id/export-locations"] = PATHS
    assert ostk("share snapshot export location list one -f csv").stdout == (
        '"ID","Path"\n"l","10.0.0.1:/one"\n"m","10.0.0.1:/one"\n'
    )
    cloud.answers["GET /share/v2/snapshots/one-id/export-locations/l"] = {"share_snapshot_export_location": PATH}
    assert ostk("share snapshot export location show one l -f value").stdout == "l\n10.0.0.1:/one\nFalse\n"
    cloud.answers["GET /share/v2/snapshot-instances/i/export-locations"] = PATHS
    assert ostk("share snapshot instance export location list i -f csv").stdout.splitlines()[:2] == [
        '"ID","Path","Is Admin only"',
        '"l","10.0.0.1:/one",False',
    ]
    cloud.answers["GET /share/v2/snapshot-instances/i/export-locations/l"] = {"share_snapshot_export_location": PATH}
    assert ostk("share snapshot instance export location show i l -f value").stdout == "l\n10.0.0.1:/one\nFalse\n"


def test_instance_list_and_show(cloud: FakeCloud, ostk: Run) -> None:
    found = {"id": "i", "snapshot_id": "o", "status": "available", "progress": "100%", "share_id": "w"}
    cloud.answers["GET /share/v2/snapshot-instances/detail"] = {"snapshot_instances": [found]}
    assert ostk("share snapshot instance list -f value").stdout == "i o available\n"
    assert ostk("share snapshot instance list --detailed -f value").stdout == (
        "i o available None None w None 100% None\n"
    )
    cloud.answers["GET /share/v2/snapshot-instances/i"] = {"snapshot_instance": found}
    cloud.answers["GET /share/v2/snapshot-instances/i/export-locations"] = {"share_snapshot_export_locations": []}
    assert ostk("share snapshot instance show i -f value").stdout == "i\no\navailable\n100%\nw\n[]\n"
