"""Test regions, services, endpoints and endpoint groups: requests and output."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/identity/v3
region create north --parent-region all --description d
  POST ~/regions {"region": {"id": "north", "parent_region_id": "all", "description": "d"}}
region list --parent-region all
  GET ~/regions?parent_region_id=all
region show north
  GET ~/regions/north
region set north --parent-region all --description d
  PATCH ~/regions/north {"region": {"parent_region_id": "all", "description": "d"}}
region delete north south
  DELETE ~/regions/north
  DELETE ~/regions/south
service create food --name kitchen --description d --enable
  POST ~/services {"service": {"type": "food", "name": "kitchen", "description": "d", "enabled": true}}
service create food --disable
  POST ~/services {"service": {"type": "food", "enabled": false}}
service list --long
  GET ~/services
service show two
  GET ~/services
service set one --type food --name kitchen --description d --disable
  PATCH ~/services/one-id {"service": {"type": "food", "name": "kitchen", "description": "d", "enabled": false}}
service set one --enable
  PATCH ~/services/one-id {"service": {"enabled": true}}
service delete one two
  DELETE ~/services/one-id
  DELETE ~/services/two-id
endpoint create one public http://here --region north --disable
  GET ~/services
  GET ~/regions
  POST ~/endpoints {"endpoint": {"enabled": false, "interface": "public", "url": "http://here", "region_id": "north", "service_id": "one-id"}}
endpoint create two admin http://here --enable
  POST ~/endpoints {"endpoint": {"enabled": true, "interface": "admin", "url": "http://here", "service_id": "two-id"}}
endpoint show e
  GET ~/endpoints/e
  GET ~/services
endpoint set e --region north --interface internal --url http://there --service one --enable
  PATCH ~/endpoints/e {"endpoint": {"region_id": "north", "interface": "internal", "url": "http://there", "service_id": "one-id", "enabled": true}}
endpoint set e --disable
  PATCH ~/endpoints/e {"endpoint": {"enabled": false}}
endpoint delete e f
  DELETE ~/endpoints/e
  DELETE ~/endpoints/f
endpoint list
  GET ~/endpoints
  GET ~/services
endpoint list --service one --interface public --region north
  GET ~/services
  GET ~/regions
  GET ~/endpoints?interface=public&region_id=north&service_id=one-id
endpoint list --project p --project-domain here
  GET ~/projects?name=p&domain_id=here-id
  GET ~/OS-EP-FILTER/projects/p-id/endpoints
endpoint list --endpoint e
  GET ~/OS-EP-FILTER/endpoints/e/projects
endpoint add project e p --project-domain here
  PUT ~/OS-EP-FILTER/projects/p-id/endpoints/e
endpoint remove project e p --project-domain here
  DELETE ~/OS-EP-FILTER/projects/p-id/endpoints/e
endpoint group create g filters.json --description d
  POST ~/OS-EP-FILTER/endpoint_groups {"endpoint_group": {"name": "g", "filters": {"interface": "public"}, "description": "d"}}
endpoint group show g
  GET ~/OS-EP-FILTER/endpoint_groups?name=g
endpoint group set g --name h --filters filters.json --description d
  PATCH ~/OS-EP-FILTER/endpoint_groups/g-id {"endpoint_group": {"name": "h", "filters": {"interface": "public"}, "description": "d"}}
endpoint group delete g h
  DELETE ~/OS-EP-FILTER/endpoint_groups/g-id
  DELETE ~/OS-EP-FILTER/endpoint_groups/h-id
endpoint group list
  GET ~/OS-EP-FILTER/endpoint_groups
endpoint group list --endpointgroup g
  GET ~/OS-EP-FILTER/endpoint_groups/g-id/projects
endpoint group list --project p --domain here
  GET ~/projects?name=p&domain_id=here-id
  GET ~/OS-EP-FILTER/projects/p-id/endpoint_groups
endpoint group add project g p --project-domain here
  PUT ~/OS-EP-FILTER/endpoint_groups/g-id/projects/p-id
endpoint group remove project g p --project-domain here
  DELETE ~/OS-EP-FILTER/endpoint_groups/g-id/projects/p-id
""")  # noqa: E501


@pytest.fixture
def prepared_cloud(cloud: FakeCloud, tmp_path: Path) -> FakeCloud:
    """Return a cloud with a region and endpoints, and write a file of filters."""
    answers = {
        "regions": {"regions": [{"id": "north"}]},
        "regions/south": (404, {"error": {"message": "not found", "code": 404}}),
        "endpoints": {"endpoints": []},
        "endpoints/e": {"endpoint": {"id": "e", "service_id": "two-id", "region_id": "north"}},
        "OS-EP-FILTER/projects/p-id/endpoints": {"endpoints": []},
        "OS-EP-FILTER/endpoints/e/projects": {"projects": []},
        "OS-EP-FILTER/endpoint_groups/g-id/projects": {"projects": []},
        "OS-EP-FILTER/projects/p-id/endpoint_groups": {"endpoint_groups": []},
    }
    cloud.answers = {f"GET /identity/v3/{path}": answer for path, answer in answers.items()}
    (tmp_path / "filters.json").write_text('{"interface": "public"}')
    (tmp_path / "text").write_text("not JSON")
    return cloud


test_sends_requests = sends(CASES, "prepared_cloud")


test_rejects_invalid_input = rejects(
    rejection_table("""
2 endpoint create s loud http://x => 'loud' is not one of
2 endpoint list --endpoint e --project p => exclude each other
1 endpoint create no-such public http://x => No Service found for no-such
1 endpoint group create g missing.json => cannot be read
1 endpoint group set g --filters text => is not valid JSON
2 endpoint group list --endpointgroup g --project p => exclude each other
2 region create => Missing argument
2 service set x --enable --disable => exclude each other
"""),
    "prepared_cloud",
)


@pytest.mark.parametrize("line", ["endpoint create one public http://x --region south", "endpoint list --region south"])
def test_unknown_region_is_not_created(prepared_cloud: FakeCloud, ostk: Run, line: str) -> None:
    result = ostk(line)
    assert (result.exit_code, "No Region found for south" in result.stderr) == (1, True)
    assert not [request for request, _ in prepared_cloud.all if "endpoints" in request]


def test_service_show_finds_service_by_type(cloud: FakeCloud, ostk: Run) -> None:
    services = [
        {"id": "1", "name": "food", "type": "drink"},
        {"id": "2", "name": "bar", "type": "food"},
        {"id": "3", "name": "a", "type": "twice"},
        {"id": "4", "name": "b", "type": "twice"},
    ]
    cloud.answers["GET /identity/v3/services"] = {"services": services}
    assert ostk("service show food -f value -c id").stdout == "1\n"
    assert ostk("service show drink -f value").stdout == "1\nfood\ndrink\nNone\nNone\n"
    result = ostk("service show twice")
    assert (result.exit_code, "3, 4" in result.stderr) == (1, True)


def test_endpoint_list_shows_service_name_and_type(prepared_cloud: FakeCloud, ostk: Run) -> None:
    prepared_cloud.answers["GET /identity/v3/services"] = {"services": [{"id": "s", "name": "nova", "type": "compute"}]}
    rows = [
        {"id": "1", "service_id": "s", "region_id": "north", "enabled": True, "interface": "public", "url": "http://a"},
        {"id": "2", "service_id": "gone", "region_id": None, "enabled": False, "interface": "admin", "url": "http://b"},
    ]
    prepared_cloud.answers["GET /identity/v3/endpoints"] = {"endpoints": rows}
    assert ostk("endpoint list").stdout == (
        "+----+--------+--------------+--------------+---------+-----------+----------+\n"
        "| ID | Region | Service Name | Service Type | Enabled | Interface | URL      |\n"
        "+----+--------+--------------+--------------+---------+-----------+----------+\n"
        "| 1  | north  | nova         | compute      | True    | public    | http://a |\n"
        "| 2  | None   |              | None         | False   | admin     | http://b |\n"
        "+----+--------+--------------+--------------+---------+-----------+----------+\n"
    )


def test_endpoint_show_prints_service_name_and_type(prepared_cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("endpoint show e -f shell").stdout.splitlines() == [
        'enabled="None"',
        'id="e"',
        'interface="None"',
        'region="north"',
        'region_id="north"',
        'service_id="two-id"',
        'url="None"',
        'service_name="two"',
        'service_type="None"',
    ]


def test_region_delete_of_missing_region_warns_and_succeeds(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["DELETE /identity/v3/regions/north"] = (404, {"error": {"message": "no", "code": 404}})
    result = ostk("region delete north")
    assert (result.exit_code, "nothing to delete" in result.stderr) == (0, True)


def test_endpoint_list_endpoint_selects_project_columns(cloud: FakeCloud, ostk: Run) -> None:
    projects = [{"id": "p", "name": "one"}]
    cloud.answers["GET /identity/v3/OS-EP-FILTER/endpoints/e/projects"] = {"projects": projects}
    assert ostk("endpoint list --endpoint e -f value -c Name").stdout == "one\n"
