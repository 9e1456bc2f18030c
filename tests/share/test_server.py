"""Share servers and share server migrations: what each command sends and prints."""

from __future__ import annotations

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share server list --host h@b --status active --identifier i --source-share-server-id s
  GET ~/share-servers?host=h%40b&status=active&source_share_server_id=s&identifier=i
share server list --share-network one --project demo --share-network-subnet n --host h
  GET ~/share-servers?share_network_id=one-id&project_id=demo-id&share_network_subnet_id=n
share server set one
  POST ~/share-servers/one/action {"reset_status": {"status": "active"}}
  POST ~/share-servers/one/action {"reset_task_state": {"task_state": null}}
share server set one --status error --task-state migration_error
  POST ~/share-servers/one/action {"reset_status": {"status": "error"}}
  POST ~/share-servers/one/action {"reset_task_state": {"task_state": "migration_error"}}
share server set one --task-state None --status=
  POST ~/share-servers/one/action {"reset_task_state": {"task_state": null}}
share server set one --task-state
  POST ~/share-servers/one/action {"reset_status": {"status": "active"}}
  POST ~/share-servers/one/action {"reset_task_state": {"task_state": null}}
share server set --task-state migration_success one --task-state migration_error
  POST ~/share-servers/one/action {"reset_status": {"status": "active"}}
  POST ~/share-servers/one/action {"reset_task_state": {"task_state": "migration_error"}}
share server abandon one two --force
  POST ~/share-servers/one/action {"unmanage": {"force": true}}
  POST ~/share-servers/two/action {"unmanage": {"force": true}}
share server delete one two
  DELETE ~/share-servers/one
  DELETE ~/share-servers/two
share server migration start one h@b --preserve-snapshots True --writable False --nondisruptive True
  POST ~/share-servers/one/action {"migration_start": {"host": "h@b", "preserve_snapshots": "True",\
 "writable": "False", "nondisruptive": "True", "new_share_network_id": null}}
share server migration start one h@b --preserve-snapshots true --writable FALSE --nondisruptive true
  POST ~/share-servers/one/action {"migration_start": {"host": "h@b", "preserve_snapshots": "True",\
 "writable": "False", "nondisruptive": "True", "new_share_network_id": null}}
share server migration complete one
  POST ~/share-servers/one/action {"migration_complete": null}
share server migration cancel one
  POST ~/share-servers/one/action {"migration_cancel": null}
"""
)
REJECTIONS = rejection_table(
    """
2 share server adopt h@b net => Missing argument 'IDENTIFIER'
2 share server adopt h@b net i --driver-options a => 'a' is not KEY=VALUE.
2 share server migration start one h@b --preserve-snapshots True --writable True => Missing option '--nondisruptive'
2 share server migration start one h@b --writable 1 --nondisruptive True --preserve-snapshots True => '1' is not one of
"""
)
SERVER = {"id": "one", "status": "active", "backend_details": {"ip": "192.0.2.1"}}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


@pytest.fixture(autouse=True)
def no_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make polls take no time."""
    monkeypatch.setattr("time.sleep", lambda seconds: None)


def test_list_filters_by_host_locally_with_a_share_network(cloud: FakeCloud, ostk: Run) -> None:
    servers = [{"id": id, "host": host} for id, host in (("1", "h@a"), ("2", "h@b"))]
    cloud.answers["GET /share/v2/share-servers?share_network_id=one-id"] = {"share_servers": servers}
    assert ostk("share server list --share-network one --host h@b -f value -c ID").stdout == "2\n"


def test_show_prints_backend_details_last(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-servers/one"] = {"share_server": SERVER}
    assert ostk("share server show one -f shell").stdout == 'id="one"\nstatus="active"\ndetails_ip="192.0.2.1"\n'


def test_adopt_sends_driver_options_and_waits(cloud: FakeCloud, ostk: Run) -> None:
    path = "POST /share/v2/share-servers/manage"
    cloud.answers[path] = {"share_server": {**SERVER, "status": "manage_starting"}}
    words = "share server adopt h@b net i --driver-options a=b --driver-options c=d --share-network-subnet s-id"
    assert ostk(f"{words} -f value").stdout == "one\nmanage_starting\n"
    body = {"host": "h@b", "share_network_id": "net-id", "identifier": "i", "share_network_subnet_id": "s-id"}
    assert cloud.sent[-1] == (path, {"share_server": {**body, "driver_options": {"a": "b", "c": "d"}}})
    states = ("manage_starting", "active")
    cloud.answers["GET /share/v2/share-servers/one"] = iter(
        (200, {"share_server": {**SERVER, "status": state}}) for state in states
    )
    assert ostk("share server adopt h@b net i --wait -f value").stdout == "one\nactive\n192.0.2.1\n"
    cloud.answers["GET /share/v2/share-servers/one"] = {"share_server": {**SERVER, "status": "manage_error"}}
    result = ostk("share server adopt h@b net i --wait")
    assert (result.exit_code, result.output) == (1, "The share server one went into manage_error.\n")


def test_delete_and_abandon_wait_until_not_found(cloud: FakeCloud, ostk: Run) -> None:
    for verb in ("delete", "abandon"):
        answers = [(200, {"share_server": {**SERVER, "status": "deleting"}}), (404, {})]
        cloud.answers["GET /share/v2/share-servers/one"] = iter(answers)
        assert ostk(f"share server {verb} one --wait").exit_code == 0


def test_delete_wait_tolerates_an_earlier_error_status(cloud: FakeCloud, ostk: Run) -> None:
    failed = (200, {"share_server": {**SERVER, "status": "error"}})
    cloud.answers["GET /share/v2/share-servers/one"] = iter([failed, failed, (404, {})])
    assert ostk("share server delete one --wait").exit_code == 0
    cloud.answers["GET /share/v2/share-servers/one"] = failed
    result = ostk("share server delete one --wait")
    assert (result.exit_code, result.output) == (1, "The share server one went into error.\n")


def test_migration_start_check_only(cloud: FakeCloud, ostk: Run) -> None:
    path = "POST /share/v2/share-servers/one/action"
    cloud.answers[path] = {"compatible": True, "supported_capabilities": {"writable": True}}
    words = "--preserve-snapshots True --writable True --nondisruptive False --new-share-network net"
    shown = ostk(f"share server migration start one h@b {words} --check-only")
    assert cloud.sent[-1][1]["migration_check"]["new_share_network_id"] == "net-id"
    assert "|                        | writable = True |" in shown.stdout


def test_migration_show(cloud: FakeCloud, ostk: Run) -> None:
    path = "POST /share/v2/share-servers/one/action"
    cloud.answers[path] = {"total_progress": 50, "task_state": "migration_in_progress"}
    assert ostk("share server migration show one -f value").stdout == "50\nmigration_in_progress\n"
    assert cloud.sent == [(path, {"migration_get_progress": None})]
