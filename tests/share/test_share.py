"""Shares: what each command sends and prints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share list
  GET ~/shares/detail
share list --status error --soft-deleted --public --host h --all-projects --limit 2 --marker 4
  GET ~/shares/detail?status=error&is_soft_deleted=True&is_public=True&host=h&all_tenants=True&limit=2&offset=4
share list --snapshot s --share-network n --share-type one --share-group g --share-server v
  GET ~/shares/detail?snapshot_id=s-id&share_network_id=n-id&share_type_id=one-id&share_group_id=g-id&share_server_id=v
share list --project q --user u
  GET ~/shares/detail?project_id=q-id&user_id=u-id&all_tenants=True
share list --property a=b --extra-spec c=d
  GET ~/shares/detail?metadata=%7B%27a%27%3A+%27b%27%7D&extra_specs=%7B%27c%27%3A+%27d%27%7D
share list --name~ n --description~ d --encryption-key-ref k --availability-zone z
  GET ~/shares/detail?name~=n&description~=d&encryption_key_ref=k&availability_zone=z
share list --export-location 10.0.0.1:/x
  GET ~/shares/detail?export_location_path=10.0.0.1%3A%2Fx
share list --export-location 5b1ce4c8-3f24-4b0c-8d2e-5a7f5e1d9a11
  GET ~/shares/detail?export_location_id=5b1ce4c8-3f24-4b0c-8d2e-5a7f5e1d9a11
share create NFS 1
  POST ~/shares {"share": {"is_public": false, "share_proto": "NFS", "size": 1}}
share create CIFS 2 --name web --property a=b --share-network n --description d --public yes --share-type one
  POST ~/shares {"share": {"is_public": true, "share_proto": "CIFS", "size": 2, "name": "web", "metadata": {"a": "b"},\
 "share_network_id": "n-id", "description": "d", "share_type": "one-id"}}
share create NFS 1 --availability-zone z --share-group g --mount-point-name m --encryption-key-ref k
  POST ~/shares {"share": {"is_public": false, "share_proto": "NFS", "size": 1, "availability_zone": "z",\
 "share_group_id": "g-id", "mount_point_name": "m", "encryption_key_ref": "k"}}
share create NFS 1 --scheduler-hint same_host=a,b --scheduler-hint only_host=h
  POST ~/shares {"share": {"is_public": false, "share_proto": "NFS", "size": 1,\
 "scheduler_hints": {"same_host": "a-id,b-id", "only_host": "h"}}}
share adopt h@b#p NFS 10.0.0.1:/x
  POST ~/shares/manage {"share": {"is_public": false, "service_host": "h@b#p", "protocol": "NFS",\
 "export_path": "10.0.0.1:/x", "driver_options": {}}}
share adopt h NFS /x --name n --description d --share-type one --driver-options a=b c=d --public --share-server-id s
  POST ~/shares/manage {"share": {"is_public": true, "service_host": "h", "protocol": "NFS", "export_path": "/x",\
 "name": "n", "description": "d", "share_type": "one-id", "driver_options": {"a": "b", "c": "d"},\
 "share_server_id": "s"}}
share adopt h NFS /x --mount-point-name m
  POST ~/shares/manage {"share": {"is_public": false, "service_host": "h", "protocol": "NFS", "export_path": "/x",\
 "mount_point_name": "m", "driver_options": {}}}
share delete a b
  DELETE ~/shares/a-id
  DELETE ~/shares/b-id
share delete a --share-group g
  DELETE ~/shares/a-id?share_group_id=g-id
share delete a --force
  POST ~/shares/a-id/action {"force_delete": null}
share delete a --soft
  POST ~/shares/a-id/action {"soft_delete": null}
share abandon a b
  POST ~/shares/a-id/action {"unmanage": null}
  POST ~/shares/b-id/action {"unmanage": null}
share restore a
  POST ~/shares/a-id/action {"restore": null}
share set a
share set a --name b --description d --public false
  PUT ~/shares/a-id {"share": {"display_name": "b", "display_description": "d", "is_public": false}}
share set a --property b=c --property d=e --status error --task-state migration_error
  POST ~/shares/a-id/metadata {"metadata": {"b": "c", "d": "e"}}
  POST ~/shares/a-id/action {"reset_status": {"status": "error"}}
  POST ~/shares/a-id/action {"reset_task_state": {"task_state": "migration_error"}}
share set a --task-state None
  POST ~/shares/a-id/action {"reset_task_state": {"task_state": null}}
share unset a --property b --property c --name --description
  PUT ~/shares/a-id {"share": {"display_name": null, "display_description": null}}
  DELETE ~/shares/a-id/metadata/b
  DELETE ~/shares/a-id/metadata/c
"""
)
REJECTIONS = rejection_table(
    """
1 share create NFS 1 --name none => cannot be named 'None'
1 share create NFS 1 --public maybe => 'maybe' is neither true nor false.
1 share adopt h NFS /x --driver-options a=b a=c => 'a' is given twice.
1 share list --sort name:up => 'name:up' is not a sort key.
1 share list --marker one => 'one' is not a number of results.
1 share set a --public maybe => 'maybe' is neither true nor false.
1 share show no-such => No share with a name or ID of 'no-such' exists
2 share create NFS many => 'many' is not a valid integer.
2 share create NFS => Missing argument 'SIZE'
2 share resize a many => 'many' is not a valid integer.
2 share list --limit -1 => -1 is not in the range
"""
)
SHARE: dict[str, Any] = {
    "id": "w",
    "size": 1,
    "name": "web",
    "status": "available",
    "share_proto": "NFS",
    "metadata": {"a": "b"},
    "links": [],
    "shares_type": "x",
}
PATHS = [{"id": "l", "path": "10.0.0.1:/w", "preferred": True, "availability_zone": "z", "links": []}]
LINES = "\nid = l\npath = 10.0.0.1:/w\npreferred = True"

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


@pytest.fixture(autouse=True)
def web(cloud: FakeCloud) -> None:
    """Add the share web, with one export location."""
    cloud.answers["GET /share/v2/shares/web"] = (404, {"itemNotFound": {"message": "no", "code": 404}})
    cloud.answers["GET /share/v2/shares/w"] = {"share": SHARE}
    named = "GET /share/v2/shares/detail?name=web&all_tenants=1&is_public=True"
    cloud.answers[named] = {"shares": [SHARE]}
    cloud.answers["GET /share/v2/shares/w/export_locations"] = {"export_locations": PATHS}


def test_show_prints_export_locations(ostk: Run) -> None:
    shown = ostk("share show web").stdout
    assert "| path = 10.0.0.1:/w " in shown
    assert "a='b'" in shown
    assert not any(word in shown for word in ("links", "shares_type", "availability_zone", "metadata"))
    shown_json = json.loads(ostk("share show web -f json").stdout)
    assert (shown_json["export_locations"], shown_json["properties"]) == (LINES, {"a": "b"})


def test_properties_show_sorts_keys(cloud: FakeCloud, ostk: Run) -> None:
    named = "GET /share/v2/shares/detail?name=web&all_tenants=1&is_public=True"
    cloud.answers[named] = {"shares": [{**SHARE, "metadata": {"b": "1", "a": "2"}}]}
    assert ostk("share properties show web -f value").stdout == "2\n1\n"


def test_list_sorts_by_name_by_default(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/shares/detail"] = {"shares": [{**SHARE, "name": n} for n in "bca"]}
    assert ostk("share list -f value -c Name").stdout == "a\nb\nc\n"
    assert ostk("share list -f value -c Name --sort name:desc").stdout == "c\nb\na\n"


def test_list_prints_missing_fields_as_empty(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/shares/detail"] = {"shares": [SHARE, {**SHARE, "host": None}]}
    assert ostk("share list -f json -c Host --noindent").stdout == '[{"Host": ""}, {"Host": null}]\n'


def test_list_long_column_titles(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/shares/detail"] = {"shares": [SHARE]}
    assert ostk("share list -f csv").stdout.splitlines()[0] == (
        '"ID","Name","Size","Share Proto","Status","Is Public","Share Type Name","Host","Availability Zone"'
    )
    assert ostk("share list --long -f csv").stdout.splitlines()[0] == (
        '"ID","Name","Size","Share Protocol","Status","Is Public","Share Type Name","Availability Zone","Description",'
        '"Share Network ID","Share Server ID","Share Type","Share Group ID","Host","User ID","Project ID",'
        '"Access Rules Status","Source Snapshot ID","Supports Creating Snapshots","Supports Cloning Snapshots",'
        '"Supports Mounting snapshots","Supports Reverting to Snapshot","Migration Task Status",'
        '"Source Share Group Snapshot Member ID","Replication Type","Has Replicas","Created At","Properties",'
        '"Encryption Key Ref"'
    )


def test_restore_finds_soft_deleted_shares_by_name(cloud: FakeCloud, ostk: Run) -> None:
    gone = "GET /share/v2/shares/detail?name=old&all_tenants=1&is_public=True"
    cloud.answers[gone] = {"shares": []}
    cloud.answers[f"{gone}&is_soft_deleted=True"] = {"shares": [{**SHARE, "id": "o", "name": "old"}]}
    assert ostk("share restore old").exit_code == 0
    assert ("POST /share/v2/shares/o/action", {"restore": None}) in cloud.sent


def test_create_from_snapshot_raises_the_size(cloud: FakeCloud, ostk: Run) -> None:
    snapshot = {"id": "s", "name": "s", "size": 5}
    cloud.answers["GET /share/v2/snapshots/detail"] = {"snapshots": [snapshot]}
    cloud.answers["GET /share/v2/snapshots/s"] = {"snapshot": snapshot}
    assert ostk("share create NFS 2 --snapshot-id s").exit_code == 0
    body = {"is_public": False, "share_proto": "NFS", "size": 5, "snapshot_id": "s"}
    assert cloud.sent[-1] == ("POST /share/v2/shares", {"share": body})


@pytest.mark.parametrize(
    ("words", "action", "body"),
    [
        ("3", "extend", {"new_size": 3}),
        ("3 --force", "extend", {"new_size": 3, "force": "true"}),
        ("0", "shrink", {"new_size": 0}),
        ("0 --force", "shrink", {"new_size": 0}),
    ],
)
def test_resize_extends_or_shrinks(cloud: FakeCloud, ostk: Run, words: str, action: str, body: dict[str, Any]) -> None:
    assert ostk(f"share resize web {words}").exit_code == 0
    assert cloud.sent[-1] == ("POST /share/v2/shares/w/action", {action: body})


def test_resize_to_the_same_size_fails(ostk: Run) -> None:
    assert ostk("share resize web 1").output == "The share 'web' already has a size of 1 GiB.\n"


def test_revert_sends_the_snapshot_id(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/snapshots/detail"] = {"snapshots": [{"id": "s", "name": "s", "share_id": "w"}]}
    assert ostk("share revert s --wait").exit_code == 0
    assert ("POST /share/v2/shares/w/action", {"revert": {"snapshot_id": "s"}}) in cloud.sent


def test_wait_polls_the_status(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /share/v2/shares"] = {"share": {**SHARE, "status": "creating"}}
    assert ostk("share create NFS 1 --wait -f value -c status").stdout == "available\n"
    cloud.answers["GET /share/v2/shares/w"] = {"share": {**SHARE, "status": "error"}}
    assert ostk("share create NFS 1 --wait").output == "The share web went into error.\n"
    cloud.answers["POST /share/v2/shares/manage"] = {"share": {**SHARE, "status": "manage_starting"}}
    cloud.answers["GET /share/v2/shares/w"] = {"share": {**SHARE, "status": "manage_error"}}
    assert ostk("share adopt h NFS /x --wait").output == "The share web went into manage_error.\n"
    cloud.answers["GET /share/v2/shares/w"] = (404, {})
    assert ostk("share delete web --wait").exit_code == 0
    assert ostk("share abandon web --wait").exit_code == 0


def test_soft_delete_does_not_wait(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("share delete web --soft --wait").exit_code == 0


def test_unset_goes_on_after_a_missing_property(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["DELETE /share/v2/shares/w/metadata/a"] = (404, {"itemNotFound": {"message": "no a", "code": 404}})
    failed = ostk("share unset web --property a --property b")
    assert failed.exit_code == 1
    assert "Failed to remove property 'a': no a" in failed.output
    assert ("DELETE /share/v2/shares/w/metadata/b", None) in cloud.sent
