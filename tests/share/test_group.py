"""Share groups, share group snapshots, share group types and type access: what each command sends and prints."""

from __future__ import annotations

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud, Json
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share group type create gold one two --public no --group-specs a=b consistent_snapshot_support=true
  POST ~/share-group-types {"share_group_type": {"name": "gold", "share_types": ["one-id", "two-id"],\
 "is_public": false, "group_specs": {"a": "b", "consistent_snapshot_support": "True"}}}
share group type create gold one
  POST ~/share-group-types {"share_group_type": {"name": "gold", "share_types": ["one-id"], "is_public": true,\
 "group_specs": {}}}
share group type list
  GET ~/share-group-types
share group type list --all --group-specs a=b
  GET ~/share-group-types?is_public=all&group_specs=%7B%27a%27%3A+%27b%27%7D
share group type set one
share group type set one --group-specs a=b
  POST ~/share-group-types/one-id/group-specs {"group_specs": {"a": "b"}}
share group type unset one a b
  DELETE ~/share-group-types/one-id/group-specs/a
  DELETE ~/share-group-types/one-id/group-specs/b
share group type delete one two
  DELETE ~/share-group-types/one-id
  DELETE ~/share-group-types/two-id
share group type access create one demo
  POST ~/share-group-types/one-id/action {"addProjectAccess": {"project": "demo-id"}}
share group type access delete one demo other --project-domain default
  GET /identity/v3/projects?name=demo&domain_id=default-id
  POST ~/share-group-types/one-id/action {"removeProjectAccess": {"project": "demo-id"}}
  POST ~/share-group-types/one-id/action {"removeProjectAccess": {"project": "other-id"}}
share group create --name web --description d --share-types one two --share-group-type one --share-network net\
 --availability-zone nova
  POST ~/share-groups {"share_group": {"name": "web", "description": "d", "share_types": ["one-id", "two-id"],\
 "share_group_type_id": "one-id", "share_network_id": "net-id", "availability_zone": "nova"}}
share group create --source-share-group-snapshot snap
  POST ~/share-groups {"share_group": {"source_share_group_snapshot_id": "snap-id"}}
share group list --all-projects --name web --name~ w --description d --description~ e --status error --host h\
 --share-group-type one --snapshot snap --share-network net --project demo --limit 3 --marker 2
  GET ~/share-groups/detail?all_tenants=True&name=web&name~=w&description=d&description~=e&status=error&\
share_group_type_id=one-id&source_share_group_snapshot_id=snap-id&host=h&share_network_id=net-id&project_id=demo-id&\
limit=3&offset=2
share group list --project demo
  GET ~/share-groups/detail?project_id=demo-id&all_tenants=True
share group list --limit 0
  GET ~/share-groups/detail
share group set web
share group set web --name new --description e --status error
  PUT ~/share-groups/web-id {"share_group": {"name": "new", "description": "e"}}
  POST ~/share-groups/web-id/action {"reset_status": {"status": "error"}}
share group unset web --name --description
  PUT ~/share-groups/web-id {"share_group": {"name": null, "description": null}}
share group delete web
  DELETE ~/share-groups/web-id
share group delete web --force
  POST ~/share-groups/web-id/action {"force_delete": null}
share group snapshot create web --name snap --description d
  POST ~/share-group-snapshots {"share_group_snapshot": {"share_group_id": "web-id", "name": "snap",\
 "description": "d"}}
share group snapshot list --all-projects --name snap --status error --share-group web --limit 3 --marker 2
  GET ~/share-group-snapshots/detail?all_tenants=True&name=snap&status=error&share_group_id=web-id&limit=3&offset=2
share group snapshot set snap --name new --status error
  PUT ~/share-group-snapshots/snap-id {"share_group_snapshot": {"name": "new"}}
  POST ~/share-group-snapshots/snap-id/action {"reset_status": {"status": "error"}}
share group snapshot unset snap --description
  PUT ~/share-group-snapshots/snap-id {"share_group_snapshot": {"description": ""}}
share group snapshot delete snap --force
  POST ~/share-group-snapshots/snap-id/action {"force_delete": null}
"""
)
REJECTIONS = rejection_table(
    """
1 share group type create gold one --public maybe => 'maybe' is neither true nor false.
1 share group type create gold one --group-specs a=b a=c => 'a' is given twice.
1 share group type list --group-specs consistent_snapshot_support=maybe => 'maybe' is neither true nor false.
2 share group type create gold => Missing argument 'SHARE_TYPES'
2 share group create --share-types => requires an argument
2 share group create --share-types --name web => requires an argument
1 share group create --share-types one --source-share-group-snapshot snap => exclude each other
1 share group list --marker web => 'web' is not a number of results.
1 share group snapshot list --sort name:up => 'name:up' is not a sort key.
1 share group snapshot list --sort :asc => ':asc' is not a sort key.
2 share group snapshot set snap --status nosuch => 'nosuch' is not one of
2 share group list --limit -1 => -1 is not in the range
"""
)
GOLD = {
    "id": "g",
    "name": "gold",
    "is_public": False,
    "is_default": False,
    "group_specs": {"a": "b", "c": "d"},
    "share_types": ["s", "t"],
}
WEB = {"id": "w", "name": "web", "status": "creating", "share_types": ["s", "t"], "links": [], "host": None}
SNAP: Json = {"id": "s", "name": "snap", "status": "available", "description": None, "members": [], "project_id": "p"}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_type_show_prints_group_specs(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-group-types"] = {"share_group_types": [GOLD]}
    assert ostk("share group type list -f value").stdout == ("g gold ['s', 't'] private False {'a': 'b', 'c': 'd'}\n")
    shown = ostk("share group type show gold").stdout
    assert "| share_types | s       |\n|             | t       |" in shown
    assert "| group_specs | a : b   |\n|             | c : d   |" in shown


def test_type_access_list_refuses_public_types(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-group-types"] = {"share_group_types": [GOLD]}
    cloud.answers["GET /share/v2/share-group-types/g/access"] = {"share_group_type_access": [{"project_id": "p"}]}
    assert ostk("share group type access list gold -f csv").stdout == '"Project ID"\n"p"\n'
    cloud.answers["GET /share/v2/share-group-types"] = {"share_group_types": [{**GOLD, "is_public": True}]}
    assert ostk("share group type access list gold").output == (
        "The share group type 'gold' is public: all projects have access.\n"
    )


def test_type_access_create_names_missing_projects(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("share group type access create one no-such demo")
    assert result.exit_code == 1
    assert "Failed to add project 'no-such'" in result.output
    assert [body for _, body in cloud.sent] == [{"addProjectAccess": {"project": "demo-id"}}]


def test_show_prints_fields_in_api_order(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-groups/detail"] = {"share_groups": [WEB]}
    assert ostk("share group show web -f value").stdout == "w\nweb\ncreating\n['s', 't']\nNone\n"
    assert "| share_types | s        |\n|             | t        |\n| host        | None     |" in (
        ostk("share group show web").stdout
    )


def test_create_wait_polls_the_status(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /share/v2/share-groups"] = {"share_group": WEB}
    cloud.answers["GET /share/v2/share-groups/w"] = {"share_group": {**WEB, "status": "available"}}
    assert ostk("share group create --name web --wait -f value -c status").stdout == "available\n"
    cloud.answers["GET /share/v2/share-groups/w"] = {"share_group": {**WEB, "status": "error"}}
    result = ostk("share group create --name web --wait")
    assert (result.exit_code, result.output) == (1, "The share group web went into error.\n")


def test_delete_wait_polls_until_not_found(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostk.http.client.Http.sleep", lambda http, seconds: None)
    cloud.answers["GET /share/v2/share-groups/detail"] = {"share_groups": [WEB]}
    cloud.answers["GET /share/v2/share-groups/w"] = iter([(200, {"share_group": WEB}), (404, {})])
    assert ostk("share group delete web --wait").exit_code == 0
    cloud.answers["GET /share/v2/share-groups/w"] = {"share_group": {**WEB, "status": "error_deleting"}}
    result = ostk("share group delete web --wait")
    assert (result.exit_code, result.output) == (1, "The share group web went into error_deleting.\n")


def test_list_all_projects_shows_the_project(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-group-snapshots/detail"] = {"share_group_snapshots": [SNAP]}
    assert ostk("share group snapshot list --all-projects -f value").stdout == "s snap available None p\n"
    assert ostk("share group snapshot list --all-projects -f value -c 'Project ID'").stdout == "p\n"
    assert ostk("share group snapshot list -f value").stdout == "s snap available None\n"


def test_snapshot_list_sorts_by_name_by_default(cloud: FakeCloud, ostk: Run) -> None:
    found = [{**SNAP, "id": id, "name": name} for id, name in (("1", "b"), ("2", "a"), ("3", "b"))]
    cloud.answers["GET /share/v2/share-group-snapshots/detail"] = {"share_group_snapshots": found}
    assert ostk("share group snapshot list -f value -c ID").stdout == "2\n1\n3\n"
    assert ostk("share group snapshot list -f value -c ID --sort name:desc,id:desc").stdout == "3\n1\n2\n"
    result = ostk("share group snapshot list --sort nosuch")
    assert (result.exit_code, result.output) == (1, "Cannot sort by 'nosuch': no result has this field.\n")
    cloud.answers["GET /share/v2/share-groups/detail"] = {"share_groups": found}
    assert ostk("share group list -f value -c ID").stdout == "1\n2\n3\n"
    assert ostk("share group list -f value -c ID --sort name").stdout == "2\n1\n3\n"


def test_snapshot_members_list(cloud: FakeCloud, ostk: Run) -> None:
    members = [{"id": "m", "share_id": "w", "size": 1}]
    cloud.answers["GET /share/v2/share-group-snapshots/detail"] = {
        "share_group_snapshots": [{**SNAP, "members": members}]
    }
    assert ostk("share group snapshot members list snap -f value").stdout == "w 1\n"
    assert "members" not in ostk("share group snapshot show snap").stdout
