"""Volumes: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import Request, assert_sends, rejection_table, rejects, request_table

CINDER = "/volume/v3"
CASES = request_table(
    """
/volume/v3
volume list
  GET ~/volumes/detail
volume list --name n --status error --property a=b --limit 2 --marker m --long
  GET ~/volumes/detail?name=n&status=error&metadata=%7B%27a%27%3A+%27b%27%7D&limit=2&marker=m
volume list --project demo --project-domain here
  GET ~/volumes/detail?project_id=demo-id&all_tenants=True
volume list --user ann --user-domain here --all-projects
  GET ~/volumes/detail?user_id=ann-id&all_tenants=True
volume show v
  GET ~/volumes/detail?name=v
volume create v --size 1
  POST ~/volumes {"volume": {"name": "v", "size": 1}}
volume create v --size 1 --type t --image i --description d --availability-zone z --consistency-group c --property a=b --hint k=v --hint same_host=x --hint same_host=y
  POST ~/volumes {"volume": {"name": "v", "size": 1, "volume_type": "t", "imageRef": "i-id", "description": "d", "availability_zone": "z", "consistencygroup_id": "c-id", "metadata": {"a": "b"}}, "OS-SCH-HNT:scheduler_hints": {"k": "v", "same_host": ["x", "y"]}}
volume create --snapshot s
  POST ~/volumes {"volume": {"snapshot_id": "s-id"}}
volume create --source v
  POST ~/volumes {"volume": {"source_volid": "v-id"}}
volume create --backup b
  POST ~/volumes {"volume": {"backup_id": "b-id"}}
volume create --source-replicated v --size 1
  POST ~/volumes {"volume": {"size": 1}}
volume create v --remote-source source-name=x --host a@b#c --type t --bootable
  POST ~/manageable_volumes {"volume": {"name": "v", "volume_type": "t", "host": "a@b#c", "ref": {"source-name": "x"}, "bootable": true}}
volume create --remote-source source-id=1 --cluster c --non-bootable
  POST ~/manageable_volumes {"volume": {"cluster": "c", "ref": {"source-id": "1"}, "bootable": false}}
volume set v --name w --description d --size 9
  PUT ~/volumes/v-id {"volume": {"name": "w", "description": "d"}}
  POST ~/volumes/v-id/action {"os-extend": {"new_size": 9}}
volume set v --property a=b --image-property c=d
  POST ~/volumes/v-id/metadata {"metadata": {"a": "b"}}
  POST ~/volumes/v-id/action {"os-set_image_metadata": {"metadata": {"c": "d"}}}
volume set v --no-property --property a=b
  PUT ~/volumes/v-id/metadata {"metadata": {"a": "b"}}
volume set v --no-property
  PUT ~/volumes/v-id/metadata {"metadata": {}}
volume set v --state error --attached
  POST ~/volumes/v-id/action {"os-reset_status": {"status": "error", "attach_status": "attached"}}
volume set v --detached --bootable --read-only
  POST ~/volumes/v-id/action {"os-reset_status": {"attach_status": "detached"}}
  POST ~/volumes/v-id/action {"os-set_bootable": {"bootable": true}}
  POST ~/volumes/v-id/action {"os-update_readonly_flag": {"readonly": true}}
volume set v --non-bootable --read-write --type t --migration-policy on-demand
  POST ~/volumes/v-id/action {"os-retype": {"new_type": "t", "migration_policy": "on-demand"}}
  POST ~/volumes/v-id/action {"os-set_bootable": {"bootable": false}}
  POST ~/volumes/v-id/action {"os-update_readonly_flag": {"readonly": false}}
volume set v --type t --retype-policy never
  POST ~/volumes/v-id/action {"os-retype": {"new_type": "t", "migration_policy": "never"}}
volume unset v --property a --image-property c
  DELETE ~/volumes/v-id/metadata/a
  POST ~/volumes/v-id/action {"os-unset_image_metadata": {"key": "c"}}
volume delete v
  DELETE ~/volumes/v-id
volume delete v --force
  POST ~/volumes/v-id/action {"os-force_delete": null}
volume delete v --cascade
  DELETE ~/volumes/v-id?cascade=True
volume delete v --purge
  DELETE ~/volumes/v-id?cascade=True
volume delete v --remote
  POST ~/volumes/v-id/action {"os-unmanage": null}
volume migrate v --host a@b#c --force-host-copy --lock-volume
  POST ~/volumes/v-id/action {"os-migrate_volume": {"host": "a@b#c", "force_host_copy": true, "lock_volume": true}}
volume migrate v --cluster c
  POST ~/volumes/v-id/action {"os-migrate_volume": {"cluster": "c"}}
volume summary
  GET ~/volumes/summary?all_tenants=False
volume summary --all-projects
  GET ~/volumes/summary?all_tenants=True
"""  # noqa: E501
)
REJECTIONS = rejection_table(
    """
1 volume create v => The size of the volume is missing.
1 volume create v --size 1 --host h => --host needs --remote-source.
1 volume create --remote-source a=b --size 1 --host h => --remote-source excludes --size
1 volume create --remote-source a=b --read-write --host h => --remote-source excludes --size
1 volume create --remote-source a=b => --remote-source needs either --host or --cluster.
1 volume create --remote-source a=b --host h --cluster c => --remote-source needs either --host or --cluster.
1 volume delete v --remote --force => --remote excludes --force and --cascade.
"""
)


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    cloud.answers[f"GET {CINDER}/volumes/summary"] = {"volume-summary": {"total_count": 1}}
    assert_sends(cloud, ostk, line, requests)


test_rejects_invalid_input = rejects(REJECTIONS)


def test_create_size_is_at_least_the_source_size(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {CINDER}/snapshots/s-id"] = {"snapshot": {"id": "s-id", "size": 7}}
    ostk("volume create --size 1 --snapshot s")
    assert cloud.sent[-1] == (f"POST {CINDER}/volumes", {"volume": {"snapshot_id": "s-id", "size": 7}})


def test_create_sets_bootable_and_read_only_once_available(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {CINDER}/volumes"] = {"volume": {"id": "new-id", "status": "creating"}}
    cloud.answers[f"GET {CINDER}/volumes/new-id"] = {"volume": {"id": "new-id", "status": "available"}}
    result = ostk("volume create --size 1 --bootable --read-write -f value -c status")
    assert result.stdout == "creating\n"
    assert cloud.sent[-2:] == [
        (f"POST {CINDER}/volumes/new-id/action", {"os-set_bootable": {"bootable": True}}),
        (f"POST {CINDER}/volumes/new-id/action", {"os-update_readonly_flag": {"readonly": False}}),
    ]


def test_create_error_names_the_created_volume(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {CINDER}/volumes"] = {"volume": {"id": "new-id", "status": "creating"}}
    cloud.answers[f"GET {CINDER}/volumes/new-id"] = {"volume": {"id": "new-id", "status": "error"}}
    result = ostk("volume create --size 1 --bootable")
    assert result.exit_code == 1
    assert "The volume was created (new-id), but bootable or read-only could not be set" in result.stderr


ATTACHED = {"id": "v-id", "name": "v", "attachments": [{"server_id": "s-id", "device": "/dev/vdb"}], "bootable": "true"}


def test_list_shows_server_names_in_tables_only(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {CINDER}/volumes/detail"] = {"volumes": [ATTACHED]}
    cloud.answers["GET /compute/v2.1/servers"] = {"servers": [{"id": "s-id", "name": "web"}]}
    assert "Attached to web on /dev/vdb" in ostk("volume list").stdout
    cloud.sent.clear()
    shown = json.loads(ostk("volume list --long -f json").stdout)[0]
    assert (shown["Attached to"], shown["Bootable"]) == (ATTACHED["attachments"], True)
    assert [request for request, _ in cloud.sent] == [f"GET {CINDER}/volumes/detail"]


def test_list_shows_server_ids_if_servers_cannot_be_listed(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {CINDER}/volumes/detail"] = {"volumes": [ATTACHED]}
    cloud.answers["GET /compute/v2.1/servers"] = (403, {"forbidden": {"message": "no", "code": 403}})
    assert "Attached to s-id on /dev/vdb" in ostk("volume list").stdout


def test_show_omits_optional_fields_without_a_value(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {CINDER}/volumes/detail"] = {"volumes": [ATTACHED]}
    assert "volume_image_metadata" not in json.loads(ostk("volume show v -f json").stdout)
    cloud.answers[f"GET {CINDER}/volumes/detail"] = {"volumes": [ATTACHED | {"volume_image_metadata": {"a": "b"}}]}
    assert json.loads(ostk("volume show v -f json").stdout)["volume_image_metadata"] == {"a": "b"}


def test_migration_policy_without_type_is_ignored_with_a_warning(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("volume set v --migration-policy never")
    assert (result.exit_code, "--migration-policy is ignored without --type." in result.stderr) == (0, True)
    assert not [request for request, _ in cloud.sent if request.startswith("POST")]


def test_revert_sends_snapshot_id(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {CINDER}/snapshots/detail"] = {"snapshots": [{"id": "s-id", "name": "s", "volume_id": "v-id"}]}
    ostk("volume revert s")
    assert cloud.sent[-1] == (f"POST {CINDER}/volumes/v-id/action", {"revert": {"snapshot_id": "s-id"}})
