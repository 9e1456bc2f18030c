"""Volume attachments: what each command sends and prints."""

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
REFUSALS = rejection_table(
    """
1 volume attachment create v => Give the server that it is for: --server.
1 volume attachment create v --server s --host h => --host needs --connect.
1 volume attachment create v --server s --mode ro --os-volume-api-version 3.50 => --mode needs version 3.54
1 volume attachment create v --server no-server => No Server found for no-server
1 volume attachment list --os-volume-api-version 3.26 => volume attachment list needs version 3.27
1 volume attachment complete a --os-volume-api-version 3.43 => volume attachment complete needs version 3.44
"""
)


test_what_is_sent = sends(CASES)
test_what_is_refused = rejects(REFUSALS)


def test_what_is_shown(cloud: FakeCloud, ostk: Run) -> None:
    kept = {"id": "a", "volume_id": "v", "instance": "s", "status": "attached", "connection_info": {"b": {"c": 1}}}
    cloud.answers[f"GET {CINDER}/attachments/a"] = {"attachment": kept}
    assert "| Properties  | b.c='1'  |" in ostk("volume attachment show a").stdout
    cloud.answers[f"GET {CINDER}/attachments/detail"] = {"attachments": [kept]}
    assert json.loads(ostk("volume attachment list -f json").stdout) == [
        {"ID": "a", "Volume ID": "v", "Server ID": "s", "Status": "attached"}
    ]


def test_one_that_is_gone_needs_no_deletion(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"DELETE {CINDER}/attachments/a"] = (404, {"itemNotFound": {"code": 404, "message": "no"}})
    result = ostk("volume attachment delete a")
    assert (result.exit_code, "nothing to delete" in result.stderr) == (0, True)


@pytest.mark.parametrize(("words", "told"), [("--limit 2", "1 2 3"), ("--limit 2 --max-items 2", "1 2"), ("", "1 2")])
def test_pages(cloud: FakeCloud, ostk: Run, words: str, told: str) -> None:
    address = f"GET {CINDER}/attachments/detail"
    cloud.answers[address] = {"attachments": [{"id": "1"}, {"id": "2"}]}
    cloud.answers[f"{address}?limit=2&marker=2"] = {"attachments": [{"id": "3"}]}
    assert ostk(f"volume attachment list {words} -f value -c ID").stdout.split() == told.split()
