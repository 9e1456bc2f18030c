"""Export locations, instances, messages, transfers and migrations of shares: what each command sends and prints."""

from __future__ import annotations

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

START = "--preserve-metadata True --preserve-snapshots False --writable True --nondisruptive False"
CASES = request_table(
    f"""
/share/v2
share export location list web
  GET ~/shares/web-id/export_locations
share export location set web l --property a=b
  POST ~/shares/web-id/export_locations/l/metadata {{"metadata": {{"a": "b"}}}}
share export location unset web l --property a
  DELETE ~/shares/web-id/export_locations/l/metadata/a
share instance list
  GET ~/share_instances
share instance list --share web
  GET ~/shares/web-id/instances
share instance list --export-location 10.0.0.1:/x
  GET ~/share_instances?export_location_path=10.0.0.1%3A%2Fx
share instance set i --status error
  POST ~/share_instances/i/action {{"reset_status": {{"status": "error"}}}}
share instance delete i k
  POST ~/share_instances/i/action {{"force_delete": null}}
  POST ~/share_instances/k/action {{"force_delete": null}}
share instance export location list i
  GET ~/share_instances/i/export_locations
share message list
  GET ~/messages
share message list --resource-id i --resource-type SHARE --action-id 1 --detail-id 2 --request-id r --limit 3
  GET ~/messages?resource_id=i&resource_type=SHARE&action_id=1&detail_id=2&request_id=r&limit=3
share message list --message-level ERROR --since 2026-01-01 --before 2027-01-01
  GET ~/messages?message_level=ERROR&created_since=2026-01-01&created_before=2027-01-01
share message delete m n
  DELETE ~/messages/m
  DELETE ~/messages/n
share transfer create web --name t
  POST ~/share-transfers {{"transfer": {{"share_id": "web-id", "name": "t"}}}}
share transfer list --all-projects --id t --resource_type share --resource-id web --source-project-id demo
  GET ~/share-transfers/detail?all_tenants=True&id=t&resource_type=share&resource_id=web-id&source_project_id=demo-id
share transfer list --sort-key name --sort-dir desc --limit 1 --offset 2
  GET ~/share-transfers/detail?limit=1&offset=2&sort_key=display_name&sort_dir=desc
share transfer accept t key
  POST ~/share-transfers/t-id/accept {{"accept": {{"auth_key": "key", "clear_access_rules": false}}}}
share transfer accept 5b1ce4c8-3f24-4b0c-8d2e-5a7f5e1d9a11 key --clear-rules
  POST ~/share-transfers/5b1ce4c8-3f24-4b0c-8d2e-5a7f5e1d9a11/accept {{"accept": {{"auth_key": "key",\
 "clear_access_rules": true}}}}
share transfer delete t
  DELETE ~/share-transfers/t-id
share migration start web h@b#p {START}
  POST ~/shares/web-id/action {{"migration_start": {{"force_host_assisted_migration": false, "host": "h@b#p",\
 "preserve_metadata": true, "preserve_snapshots": false, "writable": true, "nondisruptive": false}}}}
share migration start web h {START} --force-host-assisted-migration True --new-share-network n --new-share-type one
  POST ~/shares/web-id/action {{"migration_start": {{"force_host_assisted_migration": true, "host": "h",\
 "preserve_metadata": true, "preserve_snapshots": false, "writable": true, "nondisruptive": false,\
 "new_share_network_id": "n-id", "new_share_type_id": "one-id"}}}}
share migration start web h --preserve-metadata true --preserve-snapshots FALSE --writable true --nondisruptive false
  POST ~/shares/web-id/action {{"migration_start": {{"force_host_assisted_migration": false, "host": "h",\
 "preserve_metadata": true, "preserve_snapshots": false, "writable": true, "nondisruptive": false}}}}
share migration cancel web
  POST ~/shares/web-id/action {{"migration_cancel": null}}
share migration complete web
  POST ~/shares/web-id/action {{"migration_complete": null}}
share availability zone list
  GET ~/availability-zones
"""
)
REJECTIONS = rejection_table(
    """
1 share instance set i => Nothing to set: no option is given.
1 share transfer list --sort-key nosuch => --sort-key: 'nosuch' is not one of id, resource_type,
1 share transfer list --sort-dir nosuch => --sort-dir: 'nosuch' is not one of asc, desc.
1 --os-share-api-version 2.86 share export location set web l --property a=b => 2.87
1 --os-share-api-version 2.51 share message list --since 2026-01-01 => 2.52
1 --os-share-api-version 2.76 share transfer list => 2.77
1 --os-share-api-version 2.28 share migration start web h --preserve-metadata True --preserve-snapshots True\
 --writable True --nondisruptive True => 2.29
2 share migration start web h => Missing option
2 share migration start web h --writable yes => 'yes' is not one of 'true', 'false'.
"""
)
PATH = {"id": "l", "path": "10.0.0.1:/w", "preferred": True, "links": []}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_export_location_show_prints_properties(cloud: FakeCloud, ostk: Run) -> None:
    found = {"export_location": {**PATH, "metadata": {"a": "b"}}}
    cloud.answers["GET /share/v2/shares/web-id/export_locations/l"] = found
    assert "| properties | a='b'       |" in ostk("share export location show web l").stdout
    assert ostk("share export location show web l -f value -c properties").stdout == "{'a': 'b'}\n"


def test_instance_show_prints_export_locations(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share_instances/i"] = {"share_instance": {"id": "i", "status": "error", "links": []}}
    cloud.answers["GET /share/v2/share_instances/i/export_locations"] = {"export_locations": [PATH]}
    cloud.answers["GET /share/v2/share_instances/i/export_locations/l"] = {"export_location": PATH}
    assert ostk("share instance export location show i l -f value").stdout == "l\n10.0.0.1:/w\nTrue\n"
    assert "| path = 10.0.0.1:/w " in ostk("share instance show i").stdout
    value = "[{'id': 'l', 'path': '10.0.0.1:/w', 'preferred': True}]"
    assert ostk("share instance show i -f value").stdout == f"i\nerror\n{value}\n"


def test_instance_delete_wait_ends_when_not_found(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share_instances/i"] = (404, {})
    assert ostk("share instance delete i --wait").exit_code == 0
    assert "No shareinstance with a name or ID of 'i' exists" in ostk("share instance show i").output


def test_transfer_create_prints_the_auth_key(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /share/v2/share-transfers"] = {"transfer": {"id": "t", "auth_key": "k", "links": []}}
    assert ostk("share transfer create web -f value").stdout == "t\nk\n"


@pytest.mark.parametrize(
    ("version", "request_line"),
    [("2.98", "GET /share/v2/shares/web-id/migration-progress"), ("2.97", "POST /share/v2/shares/web-id/action")],
)
def test_migration_show_by_microversion(cloud: FakeCloud, ostk: Run, version: str, request_line: str) -> None:
    cloud.answers[request_line] = {"total_progress": 50, "task_state": "migration_in_progress"}
    shown = ostk(f"--os-share-api-version {version} share migration show web -f value")
    assert shown.stdout == "50\nmigration_in_progress\n"


def test_migration_show_at_the_newest_microversion(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/shares/web-id/migration-progress"] = {"total_progress": 100}
    assert ostk("share migration show web -f value").stdout == "100\n"


def test_message_and_transfer_show(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/messages/m"] = {"message": {"id": "m", "user_message": "full", "links": []}}
    assert ostk("share message show m -f value -c id -c user_message -c links").stdout == "m\nfull\n"
    cloud.answers["GET /share/v2/share-transfers/t-id"] = {"transfer": {"id": "t-id", "name": "t", "accepted": False}}
    cloud.answers["GET /share/v2/share-transfers/detail"] = {"transfers": [{"id": "t-id", "name": "t"}]}
    assert ostk("share transfer show t -f value -c id -c name -c created_at").stdout == "t-id\nNone\nt\n"
