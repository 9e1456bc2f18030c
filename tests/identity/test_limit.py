"""Test limits, registered limits and policies: requests and output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/identity/v3
limit create food --project q --project-domain here --service one --region north --resource-limit 3 --description d
  GET ~/projects?name=q&domain_id=here-id
  GET ~/services
  GET ~/regions
  POST ~/limits {"limits": [{"resource_name": "food", "description": "d", "region_id": "north", "project_id": "q-id", "service_id": "one-id", "resource_limit": 3}]}
limit list --service one --resource-name food --region north --project q --project-domain here
  GET ~/regions
  GET ~/limits?service_id=one-id&resource_name=food&region_id=north&project_id=q-id
limit show l
  GET ~/limits/l
limit set l --resource-limit 4 --description e
  PATCH ~/limits/l {"limit": {"description": "e", "resource_limit": 4}}
limit delete l m
  DELETE ~/limits/l
  DELETE ~/limits/m
registered limit create food --service one --region north --default-limit 3 --description d
  GET ~/regions
  POST ~/registered_limits {"registered_limits": [{"resource_name": "food", "description": "d", "region_id": "north", "service_id": "one-id", "default_limit": 3}]}
registered limit list --service one --resource-name food --region north
  GET ~/regions
  GET ~/registered_limits?service_id=one-id&resource_name=food&region_id=north
registered limit show l
  GET ~/registered_limits/l
registered limit set l --service two --resource-name drink --default-limit 5 --description e --region north
  GET ~/regions
  PATCH ~/registered_limits/l {"registered_limit": {"service_id": "two-id", "resource_name": "drink", "default_limit": 5, "description": "e", "region_id": "north"}}
registered limit delete l m
  DELETE ~/registered_limits/l
  DELETE ~/registered_limits/m
policy create rules.txt
  POST ~/policies {"policy": {"blob": "all may eat", "type": "application/json"}}
policy create rules.txt --type text/plain
  POST ~/policies {"policy": {"blob": "all may eat", "type": "text/plain"}}
policy list --long
  GET ~/policies
policy show p
  GET ~/policies/p
policy set p --type text/plain --rules rules.txt
  PATCH ~/policies/p {"policy": {"type": "text/plain", "blob": "all may eat"}}
policy delete p q
  DELETE ~/policies/p
  DELETE ~/policies/q
""")  # noqa: E501
LIMIT = {"id": "l", "resource_name": "food", "service_id": "one-id", "resource_limit": 3, "default_limit": 3}


@pytest.fixture
def prepared_cloud(cloud: FakeCloud, tmp_path: Path) -> FakeCloud:
    """Return a cloud with a region and limits, and write a file of policy rules."""
    cloud.answers = {
        "GET /identity/v3/regions": {"regions": [{"id": "north"}]},
        "GET /identity/v3/regions/south": (404, {"error": {"message": "not found", "code": 404}}),
        "POST /identity/v3/limits": (201, {"limits": [LIMIT]}),
        "POST /identity/v3/registered_limits": (201, {"registered_limits": [LIMIT]}),
        "PATCH /identity/v3/limits/l": {"limit": LIMIT},
        "PATCH /identity/v3/registered_limits/l": {"registered_limit": LIMIT},
    }
    (tmp_path / "rules.txt").write_text("all may eat\n")
    return cloud


test_sends_requests = sends(CASES, "prepared_cloud")


test_rejects_invalid_input = rejects(
    rejection_table("""
2 limit create food --service one --resource-limit 3 => Missing option '--project'
2 limit create food --project q --service one --resource-limit many => not a valid integer
1 registered limit create food --service no-such --default-limit 3 => No Service found for no-such
1 policy create missing => cannot be read
1 policy set p --rules missing => cannot be read
""")
)


@pytest.mark.parametrize(
    "line", ["limit set l --resource-limit 3", "limit create food --project q --service one --resource-limit 3"]
)
def test_limit_create_and_set_print_the_limit(prepared_cloud: FakeCloud, ostk: Run, line: str) -> None:
    assert ostk(f"{line} -f value").stdout == "None\nl\nNone\nNone\n3\nfood\none-id\n"


def test_registered_limit_set_prints_the_limit(prepared_cloud: FakeCloud, ostk: Run) -> None:
    found = json.loads(ostk("registered limit set l --default-limit 3 -f json").stdout)
    assert list(found) == ["default_limit", "description", "id", "region_id", "resource_name", "service_id"]
    assert (found["default_limit"], found["resource_name"]) == (3, "food")


def test_limit_list_rejects_unknown_region(prepared_cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("limit list --region south")
    assert (result.exit_code, "No Region found for south" in result.stderr) == (1, True)


def test_policy_show_and_list_print_rules(cloud: FakeCloud, ostk: Run) -> None:
    policy = {"id": "p", "blob": "all may eat", "type": "text/plain"}
    cloud.answers["GET /identity/v3/policies/p"] = {"policy": policy}
    cloud.answers["GET /identity/v3/policies"] = {"policies": [policy]}
    assert ostk("policy show p -f shell").stdout == 'id="p"\nrules="all may eat"\ntype="text/plain"\n'
    assert ostk("policy list -f csv --quote none").stdout.split() == ["ID,Type", "p,text/plain"]
    assert ostk("policy list --long -f value -c Rules").stdout == "all may eat\n"
