"""Volume snapshots: requests and output."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CINDER = "/volume/v3"
CASES = request_table(
    """
/volume/v3
volume snapshot list
  GET ~/snapshots/detail
volume snapshot list --name n --status error --volume v --limit 2 --marker m --max-items 9 --all-projects
  GET ~/snapshots/detail?name=n&status=error&volume_id=v-id&limit=2&marker=m&all_tenants=True
volume snapshot list --project demo --project-domain here
  GET ~/snapshots/detail?project_id=demo-id&all_tenants=True
volume snapshot show s
  GET ~/snapshots/detail?name=s
volume snapshot create v
  POST ~/snapshots {"snapshot": {"name": "v", "volume_id": "v-id"}}
volume snapshot create s --volume v --description d --property a=b
  POST ~/snapshots {"snapshot": {"name": "s", "description": "d", "metadata": {"a": "b"}, "volume_id": "v-id"}}
volume snapshot create s --volume v --force
  POST ~/snapshots {"snapshot": {"name": "s", "volume_id": "v-id", "force": true}}
volume snapshot create s --volume v --force --os-volume-api-version 3.66
  POST ~/snapshots {"snapshot": {"name": "s", "volume_id": "v-id"}}
volume snapshot create s --volume v --force --os-volume-api-version 3.65
  POST ~/snapshots {"snapshot": {"name": "s", "volume_id": "v-id", "force": true}}
volume snapshot set s --name t --description d --state error --property a=b
  PUT ~/snapshots/s-id {"snapshot": {"name": "t", "description": "d"}}
  POST ~/snapshots/s-id/metadata {"metadata": {"a": "b"}}
  POST ~/snapshots/s-id/action {"os-reset_status": {"status": "error"}}
volume snapshot set s --no-property
  PUT ~/snapshots/s-id/metadata {"metadata": {}}
volume snapshot unset s --property a
  DELETE ~/snapshots/s-id/metadata/a
volume snapshot delete s
  DELETE ~/snapshots/s-id
volume snapshot delete s --force
  POST ~/snapshots/s-id/action {"os-force_delete": null}
volume snapshot delete s --remote
  POST ~/snapshots/s-id/action {"os-unmanage": null}
"""
)
REJECTIONS = rejection_table("1 volume snapshot delete s --remote --force => --remote excludes --force.")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_create_remote_source_manages_a_snapshot(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {CINDER}/manageable_snapshots"] = {"snapshot": {"id": "new-id", "name": "s"}}
    assert ostk("volume snapshot create s --volume v --remote-source source-name=x -f value -c id").stdout == "new-id\n"
    assert cloud.sent[-1][1] == {"snapshot": {"name": "s", "volume_id": "v-id", "ref": {"source-name": "x"}}}


def test_list_shows_volume_names_in_tables_only(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {CINDER}/snapshots/detail"] = {"snapshots": [{"id": "s-id", "name": "s", "volume_id": "v-id"}]}
    cloud.answers[f"GET {CINDER}/volumes"] = {"volumes": [{"id": "v-id", "name": "disk"}]}
    assert "| disk" in ostk("volume snapshot list --long").stdout
    assert json.loads(ostk("volume snapshot list --long -f json").stdout)[0]["Volume"] == "v-id"
