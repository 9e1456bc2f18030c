"""Volume backups and their records: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CINDER = "/volume/v3"
DELETED_VOLUME_ID = "11111111-2222-3333-4444-555555555555"
CASES = request_table(
    """
/volume/v3
volume backup list --project demo --name n --status error --volume v --limit 2 --max-items 9 --long
  GET ~/backups/detail?project_id=demo-id&name=n&status=error&limit=2&all_tenants=True&volume_id=v-id
volume backup list --all-projects --marker b
  GET ~/backups/detail?marker=b-id&all_tenants=True
volume backup show b
  GET ~/backups/detail?name=b
volume backup create v
  POST ~/backups {"backup": {"volume_id": "v-id"}}
volume backup create v --name n --description d --container c --snapshot s --force --incremental --property a=b --availability-zone z
  POST ~/backups {"backup": {"volume_id": "v-id", "name": "n", "description": "d", "container": "c", "snapshot_id": "s-id", "force": true, "incremental": true, "metadata": {"a": "b"}, "availability_zone": "z"}}
volume backup create v --no-incremental
  POST ~/backups {"backup": {"volume_id": "v-id", "incremental": false}}
volume backup set b --name n --description d --state error --no-property --property a=b
  PUT ~/backups/b-id {"backup": {"name": "n", "description": "d", "metadata": {"a": "b"}}}
  POST ~/backups/b-id/action {"os-reset_status": {"status": "error"}}
volume backup delete b
  DELETE ~/backups/b-id
volume backup delete b --force
  POST ~/backups/b-id/action {"os-force_delete": null}
"""  # noqa: E501
)
REJECTIONS = rejection_table("1 volume backup restore b v => Give --force to overwrite the volume")
BACKUPS = {"backups": [{"id": "b-id", "name": "b", "volume_id": "v-id", "metadata": {"a": "b", "c": "d"}}]}


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_set_and_unset_send_all_properties(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {CINDER}/backups/detail"] = BACKUPS
    ostk("volume backup set b --property e=f")
    assert cloud.sent[-1][1] == {"backup": {"metadata": {"a": "b", "c": "d", "e": "f"}}}
    ostk("volume backup unset b --property a")
    assert cloud.sent[-1][1] == {"backup": {"metadata": {"c": "d"}}}


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("volume backup restore b", {}),
        ("volume backup restore b no-volume", {"name": "no-volume"}),
        ("volume backup restore b v --force", {"volume_id": "v-id"}),
    ],
)
def test_restore_sends_name_or_volume_id(cloud: FakeCloud, ostk: Run, line: str, sent: dict[str, str]) -> None:
    answer = {"restore": {"backup_id": "b-id", "volume_id": "v-id", "volume_name": "v"}}
    cloud.answers[f"POST {CINDER}/backups/b-id/restore"] = answer
    shown = ostk(f"{line} -f json")
    assert json.loads(shown.stdout) == {"id": "b-id", "volume_id": "v-id", "volume_name": "v"}
    assert cloud.sent[-1] == (f"POST {CINDER}/backups/b-id/restore", {"restore": sent})


def test_list_filters_by_deleted_volume_id(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {CINDER}/volumes/{DELETED_VOLUME_ID}"] = (404, {"itemNotFound": {"code": 404, "message": "no"}})
    cloud.answers[f"GET {CINDER}/volumes/detail?name={DELETED_VOLUME_ID}"] = {"volumes": []}
    cloud.answers[f"GET {CINDER}/backups/detail?volume_id={DELETED_VOLUME_ID}"] = BACKUPS
    assert ostk(f"volume backup list --volume {DELETED_VOLUME_ID} -f value -c Name").stdout == "b\n"
    assert "No Volume found for no-volume" in ostk("volume backup list --volume no-volume").stderr


def test_record_export_and_import(cloud: FakeCloud, ostk: Run) -> None:
    record = {"backup_service": "s", "backup_url": "u"}
    cloud.answers[f"GET {CINDER}/backups/b-id/export_record"] = {"backup-record": record}
    assert json.loads(ostk("volume backup record export b -f json").stdout) == record
    assert "| Backup Service | s" in ostk("volume backup record export b").stdout
    cloud.answers[f"POST {CINDER}/backups/import_record"] = {"backup": {"id": "b-id", "name": None, "links": []}}
    assert json.loads(ostk("volume backup record import s u -f json").stdout) == {"id": "b-id", "name": None}
    assert cloud.sent[-1][1] == {"backup-record": record}
