"""Volume attachments: requests and output."""

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
volume attachment list
  GET ~/attachments/detail
volume attachment list --project demo --project-domain here --volume-id v --server-id s --status attached --limit 2 --marker m --max-items 9
  GET ~/attachments/detail?project_id=demo-id&volume_id=v&instance_id=s&status=attached&limit=2&marker=m&all_tenants=True
volume attachment list --all-projects
  GET ~/attachments/detail?all_tenants=True
volume attachment show a
  GET ~/attachments/a
volume attachment create v --server s
  POST ~/attachments {"attachment": {"volume_uuid": "v-id", "instance_uuid": "s-id", "connector": {}}}
volume attachment create v s --no-connect --mode ro
  POST ~/attachments {"attachment": {"volume_uuid": "v-id", "instance_uuid": "s-id", "connector": {}, "mode": "ro"}}
volume attachment create v --server s --connect --initiator i --ip 10.0.0.1 --host h --platform p --os-type o --multipath --mountpoint m
  POST ~/attachments {"attachment": {"volume_uuid": "v-id", "instance_uuid": "s-id", "connector": {"initiator": "i", "ip": "10.0.0.1", "host": "h", "platform": "p", "os_type": "o", "multipath": true, "mountpoint": "m"}}}
volume attachment set a --initiator i --ip 10.0.0.1 --host h --platform p --os-type o --no-multipath --mountpoint m
  PUT ~/attachments/a {"attachment": {"connector": {"initiator": "i", "ip": "10.0.0.1", "host": "h", "platform": "p", "os_type": "o", "multipath": false, "mountpoint": "m"}}}
volume attachment complete a
  POST ~/attachments/a/action {"os-complete": {}}
volume attachment delete a b
  DELETE ~/attachments/a
  DELETE ~/attachments/b
"""  # noqa: E501
)
REJECTIONS = rejection_table(
    """
1 volume attachment create v => A volume attachment needs a server.
1 volume attachment create v --server s --host h => --host needs --connect.
1 volume attachment create v --server s --mode ro --os-volume-api-version 3.50 => --mode needs version 3.54
1 volume attachment create v --server no-server => No Server found for no-server
1 volume attachment list --os-volume-api-version 3.26 => volume attachment list needs version 3.27
1 volume attachment complete a --os-volume-api-version 3.43 => volume attachment complete needs version 3.44
"""
)


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_show_and_list_columns(cloud: FakeCloud, ostk: Run) -> None:
    item = {"id": "a", "volume_id": "v", "instance": "s", "status": "attached", "connection_info": {"b": {"c": 1}}}
    cloud.answers[f"GET {CINDER}/attachments/a"] = {"attachment": item}
    assert "| Properties  | b.c='1'  |" in ostk("volume attachment show a").stdout
    cloud.answers[f"GET {CINDER}/attachments/detail"] = {"attachments": [item]}
    assert json.loads(ostk("volume attachment list -f json").stdout) == [
        {"ID": "a", "Volume ID": "v", "Server ID": "s", "Status": "attached"}
    ]


def test_delete_of_absent_attachment_succeeds_with_a_note(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"DELETE {CINDER}/attachments/a"] = (404, {"itemNotFound": {"code": 404, "message": "no"}})
    result = ostk("volume attachment delete a")
    assert (result.exit_code, "nothing to delete" in result.stderr) == (0, True)


@pytest.mark.parametrize(("options", "ids"), [("--limit 2", "1 2 3"), ("--limit 2 --max-items 2", "1 2"), ("", "1 2")])
def test_list_requests_pages_by_marker(cloud: FakeCloud, ostk: Run, options: str, ids: str) -> None:
    address = f"GET {CINDER}/attachments/detail"
    cloud.answers[address] = {"attachments": [{"id": "1"}, {"id": "2"}]}
    cloud.answers[f"{address}?limit=2&marker=2"] = {"attachments": [{"id": "3"}]}
    assert ostk(f"volume attachment list {options} -f value -c ID").stdout.split() == ids.split()
