"""Volume transfer requests: requests and output."""

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
volume transfer request list
  GET ~/volume-transfers/detail
volume transfer request list --all-projects
  GET ~/volume-transfers/detail?all_tenants=True
volume transfer request list --os-volume-api-version 3.54
  GET ~/os-volume-transfer/detail
volume transfer request show t
  GET ~/volume-transfers/detail?name=t
volume transfer request create v
  POST ~/volume-transfers {"transfer": {"volume_id": "v-id"}}
volume transfer request create v --name n --snapshots
  POST ~/volume-transfers {"transfer": {"volume_id": "v-id", "name": "n", "no_snapshots": false}}
volume transfer request create v --no-snapshots
  POST ~/volume-transfers {"transfer": {"volume_id": "v-id", "no_snapshots": true}}
volume transfer request delete t u
  DELETE ~/volume-transfers/t-id
  DELETE ~/volume-transfers/u-id
"""
)
REJECTIONS = rejection_table(
    """
1 volume transfer request create v --no-snapshots --os-volume-api-version 3.54 => --no-snapshots needs version 3.55
2 volume transfer request accept t => Missing option '--auth-key'
1 volume transfer request accept no-transfer --auth-key k => No Transfer found for no-transfer
"""
)


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


@pytest.mark.parametrize("name_or_id", ["t", "11111111222233334444555555555555"])
def test_accept_does_not_look_up_an_id(cloud: FakeCloud, ostk: Run, name_or_id: str) -> None:
    id = "t-id" if name_or_id == "t" else name_or_id
    cloud.answers[f"POST {CINDER}/volume-transfers/{id}/accept"] = {
        "transfer": {"id": id, "name": "t", "volume_id": "v"}
    }
    shown = ostk(f"volume transfer request accept {name_or_id} --auth-key k -f json")
    assert json.loads(shown.stdout) == {"id": id, "name": "t", "volume_id": "v"}
    assert cloud.sent == [(f"POST {CINDER}/volume-transfers/{id}/accept", {"accept": {"auth_key": "k"}})]
