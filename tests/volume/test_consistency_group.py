"""Consistency groups and their snapshots: requests and output."""

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
consistency group list
  GET ~/consistencygroups/detail
consistency group list --long --all-projects
  GET ~/consistencygroups/detail?all_tenants=True
consistency group show g
  GET ~/consistencygroups/detail?name=g
consistency group create g --volume-type one --description d --availability-zone z
  POST ~/consistencygroups {"consistencygroup": {"name": "g", "volume_types": "one-id", "description": "d", "availability_zone": "z"}}
consistency group set g --name n --description d
  PUT ~/consistencygroups/g-id {"consistencygroup": {"name": "n", "description": "d"}}
consistency group add volume g v w
  PUT ~/consistencygroups/g-id {"consistencygroup": {"add_volumes": "v-id,w-id"}}
consistency group remove volume g v
  PUT ~/consistencygroups/g-id {"consistencygroup": {"remove_volumes": "v-id"}}
consistency group delete g h
  POST ~/consistencygroups/g-id/delete {"consistencygroup": {"force": false}}
  POST ~/consistencygroups/h-id/delete {"consistencygroup": {"force": false}}
consistency group delete g --force
  POST ~/consistencygroups/g-id/delete {"consistencygroup": {"force": true}}
consistency group snapshot list
  GET ~/cgsnapshots/detail
consistency group snapshot list --all-projects --long --status error --consistency-group g
  GET ~/cgsnapshots/detail?all_tenants=True&status=error&consistencygroup_id=g-id
consistency group snapshot show s
  GET ~/cgsnapshots/detail?name=s
consistency group snapshot create g
  POST ~/cgsnapshots {"cgsnapshot": {"name": "g", "consistencygroup_id": "g-id"}}
consistency group snapshot create s --consistency-group g --description d
  POST ~/cgsnapshots {"cgsnapshot": {"name": "s", "description": "d", "consistencygroup_id": "g-id"}}
consistency group snapshot delete s t
  DELETE ~/cgsnapshots/s-id
  DELETE ~/cgsnapshots/t-id
"""  # noqa: E501
)
REJECTIONS = rejection_table(
    """
2 consistency group create g => One of --volume-type, --source, --snapshot is required.
2 consistency group create g --volume-type one --source h => exclude each other
1 consistency group add volume g v no-volume => No Volume found for no-volume
1 consistency group remove volume no-group v => No ConsistencyGroup found for no-group
1 consistency group snapshot create => Give --consistency-group.
2 consistency group snapshot list --status bogus => 'bogus' is not one of
"""
)


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("--source h", {"name": "g", "source_cgid": "h-id"}),
        ("--consistency-group-source h", {"name": "g", "source_cgid": "h-id"}),
        ("--consistency-group-snapshot s", {"name": "g", "cgsnapshot_id": "s-id"}),
        ("--snapshot s --description d", {"name": "g", "cgsnapshot_id": "s-id", "description": "d"}),
    ],
)
def test_create_from_source_or_snapshot(cloud: FakeCloud, ostk: Run, line: str, sent: dict[str, str]) -> None:
    cloud.answers[f"POST {CINDER}/consistencygroups/create_from_src"] = {"consistencygroup": {"id": "g-id"}}
    result = ostk(f"consistency group create g {line} --availability-zone z -f json")
    assert "--availability-zone is ignored" in result.stderr
    assert json.loads(result.stdout)["id"] == "g-id"
    assert [body for _, body in cloud.sent] == [{"consistencygroup-from-src": sent}]


def test_volume_types_are_shown(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {CINDER}/consistencygroups"] = {"consistencygroup": {"id": "g-id", "name": "g"}}
    shown = json.loads(ostk("consistency group create g --volume-type one -f json").stdout)
    assert (shown["id"], shown["volume_types"], shown["status"]) == ("g-id", ["one-id"], None)
    item = {"id": "g-id", "name": "g", "status": "error", "volume_types": ["t", "s"]}
    cloud.answers[f"GET {CINDER}/consistencygroups/detail"] = {"consistencygroups": [item]}
    assert ostk("consistency group list --long").stdout.splitlines()[3].endswith("| s, t         |")
    assert ostk("consistency group list -f value").stdout == "g-id error g\n"
