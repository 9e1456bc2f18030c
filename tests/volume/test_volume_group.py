"""Volume groups, their types and their snapshots: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CINDER = "/volume/v3"
CASES = request_table(
    """
/volume/v3
volume group list
  GET ~/groups/detail
volume group list --all-projects
  GET ~/groups/detail?all_tenants=True
volume group show g
  GET ~/groups/detail?name=g
volume group show g --no-volumes --no-replication-targets
  GET ~/groups/detail?name=g
volume group create --volume-group-type one --volume-type one --volume-type two --name n --description d --availability-zone z
  POST ~/groups {"group": {"group_type": "one-id", "volume_types": ["one-id", "two-id"], "name": "n", "description": "d", "availability_zone": "z"}}
  GET ~/groups/new-id
volume group create one two one
  POST ~/groups {"group": {"group_type": "one-id", "volume_types": ["two-id", "one-id"]}}
volume group set g --name n --description d
  GET ~/groups/detail?name=g
  PUT ~/groups/g-id {"group": {"name": "n", "description": "d"}}
volume group set g --enable-replication
  POST ~/groups/g-id/action {"enable_replication": {}}
volume group set g --disable-replication --name n
  POST ~/groups/g-id/action {"disable_replication": {}}
  PUT ~/groups/g-id {"group": {"name": "n"}}
volume group add volume g v w
  PUT ~/groups/g-id {"group": {"add_volumes": "v-id,w-id"}}
volume group remove volume g v
  PUT ~/groups/g-id {"group": {"remove_volumes": "v-id"}}
volume group failover g
  POST ~/groups/g-id/action {"failover_replication": {"allow_attached_volume": false}}
volume group failover g --allow-attached-volume --secondary-backend-id b
  POST ~/groups/g-id/action {"failover_replication": {"allow_attached_volume": true, "secondary_backend_id": "b"}}
volume group failover g --disallow-attached-volume
  POST ~/groups/g-id/action {"failover_replication": {"allow_attached_volume": false}}
volume group delete g h
  POST ~/groups/g-id/action {"delete": {"delete-volumes": false}}
  POST ~/groups/h-id/action {"delete": {"delete-volumes": false}}
volume group delete g --force
  POST ~/groups/g-id/action {"delete": {"delete-volumes": true}}
volume group snapshot list --all-projects
  GET ~/group_snapshots/detail?all_tenants=True
volume group snapshot show s
  GET ~/group_snapshots/detail?name=s
volume group snapshot create g --name n --description d
  POST ~/group_snapshots {"group_snapshot": {"group_id": "g-id", "name": "n", "description": "d"}}
volume group snapshot delete s t
  DELETE ~/group_snapshots/s-id
  DELETE ~/group_snapshots/t-id
volume group type list
  GET ~/group_types
volume group type show one
  GET ~/group_types?is_public=None
volume group type create t --description d --private
  POST ~/group_types {"group_type": {"name": "t", "description": "d", "is_public": false}}
volume group type create t --public
  POST ~/group_types {"group_type": {"name": "t", "is_public": true}}
volume group type delete one two
  DELETE ~/group_types/one-id
  DELETE ~/group_types/two-id
"""  # noqa: E501
)
REJECTIONS = rejection_table(
    """
1 volume group list --os-volume-api-version 3.12 => volume group list needs version 3.13
1 volume group show g --volumes --os-volume-api-version 3.20 => --volumes needs version 3.25
1 volume group show g --replication-targets --os-volume-api-version 3.20 => --replication-targets needs version 3.38
1 volume group failover g --os-volume-api-version 3.20 => volume group failover needs version 3.38
1 volume group create --source-group g --os-volume-api-version 3.13 => --source-group needs version 3.14
1 volume group create --name n => Give --volume-group-type, --source-group or --group-snapshot.
1 volume group create --volume-group-type one => Give --volume-type.
2 volume group create one --source-group g => The argument VOLUME_GROUP_TYPE excludes
2 volume group create one two --volume-type two => exclude each other
2 volume group create --source-group g --group-snapshot s => exclude each other
1 volume group add volume g v no-volume => No Volume found for no-volume
2 volume group set g --enable-replication --disable-replication => exclude each other
1 volume group type list --os-volume-api-version 3.10 => needs version 3.11
1 volume group snapshot show s --os-volume-api-version 3.13 => needs version 3.14
"""
)


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_show_volumes_and_replication_targets(cloud: FakeCloud, ostk: Run) -> None:
    id = "11111111-2222-3333-4444-555555555555"
    group = {"id": id, "name": "g"}
    cloud.answers[f"GET {CINDER}/groups/detail?name=g&list_volume=True"] = {"groups": [{**group, "volumes": ["v-id"]}]}
    cloud.answers[f"GET {CINDER}/groups/{id}"] = {"group": group}
    cloud.answers[f"GET {CINDER}/groups/{id}?list_volume=True"] = {"group": {**group, "volumes": ["w-id"]}}
    assert ostk("volume group show g --volumes -f value -c Volumes").stdout == "['v-id']\n"
    assert ostk(f"volume group show {id} --volumes -f value -c Volumes").stdout == "['w-id']\n"
    targets = {"replication_targets": [{"backend_id": "b"}]}
    cloud.answers[f"POST {CINDER}/groups/{id}/action"] = targets
    shown = json.loads(ostk(f"volume group show {id} --replication-targets -f json").stdout)
    assert (shown["ID"], shown["Volumes"], shown["Replication Targets"]) == (id, None, targets["replication_targets"])
    cloud.answers[f"POST {CINDER}/groups/{id}/action"] = (
        400,
        {"badRequest": {"code": 400, "message": "Not replicated."}},
    )
    result = ostk(f"volume group show {id} --replication-targets -f json")
    assert (result.exit_code, "Replication Targets" in result.stdout, "Not replicated." in result.stderr) == (
        0,
        False,
        True,
    )


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("--source-group g", {"source_group_id": "g-id"}),
        ("--group-snapshot s --name n --description d", {"group_snapshot_id": "s-id", "name": "n", "description": "d"}),
    ],
)
def test_create_from_source_or_snapshot(cloud: FakeCloud, ostk: Run, line: str, sent: dict[str, str]) -> None:
    cloud.answers[f"POST {CINDER}/groups/action"] = {"group": {"id": "new-id", "name": None}}
    result = ostk(f"volume group create {line} --availability-zone z -f json")
    assert "--availability-zone is ignored" in result.stderr
    assert json.loads(result.stdout)["ID"] == "new-id"
    assert cloud.sent == [(f"POST {CINDER}/groups/action", {"create-from-src": sent})]


def test_snapshot_create_shows_requested_fields(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {CINDER}/group_snapshots"] = {
        "group_snapshot": {"id": "s-id", "name": "n", "group_type_id": "t"}
    }
    shown = json.loads(ostk("volume group snapshot create g --name n --description d -f json").stdout)
    expected = {"ID": "s-id", "Status": None, "Name": "n", "Description": "d", "Group": "g-id", "Group Type": "t"}
    assert shown == expected


def test_type_group_specs_and_default(cloud: FakeCloud, ostk: Run) -> None:
    item = {"id": "t-id", "name": "t", "is_public": True, "group_specs": {"a": "b", "c": "d"}}
    cloud.answers[f"GET {CINDER}/group_types"] = {"group_types": [item]}
    shown = json.loads(ostk("volume group type set t --property e=f --name n --description d --public -f json").stdout)
    assert shown["Properties"] == {"a": "b", "c": "d", "e": "f"}
    assert cloud.sent[1:] == [
        (f"PUT {CINDER}/group_types/t-id", {"group_type": {"name": "n", "description": "d", "is_public": True}}),
        (f"POST {CINDER}/group_types/t-id/group_specs", {"group_specs": {"e": "f"}}),
    ]
    cloud.sent.clear()
    shown = json.loads(ostk("volume group type set t --no-property --property a=x -f json").stdout)
    assert shown["Properties"] == {"a": "x"}
    assert cloud.sent[1:] == [
        (f"DELETE {CINDER}/group_types/t-id/group_specs/c", None),
        (f"POST {CINDER}/group_types/t-id/group_specs", {"group_specs": {"a": "x"}}),
    ]
    assert ostk("volume group type set t --private").exit_code == 0
    cloud.answers[f"GET {CINDER}/group_types/default"] = {"group_type": {**item, "name": "d"}}
    assert ostk("volume group type list --default -f value -c Name").stdout == "d\n"
    assert ostk("volume group type list -f value -c 'Group Specs'").stdout == "{'a': 'b', 'c': 'd'}\n"


def test_list_follows_next_links(cloud: FakeCloud, ostk: Run) -> None:
    address = f"GET {CINDER}/groups/detail"
    links = [{"rel": "next", "href": "http://elsewhere/groups/detail?marker=g-id"}]
    cloud.answers[address] = {"groups": [{"id": "g-id", "name": "g"}], "group_links": links}
    cloud.answers[f"{address}?marker=g-id"] = {"groups": [{"id": "h-id", "name": "h"}]}
    assert ostk("volume group list -f value -c Name").stdout == "g\nh\n"
