"""Flavors: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import assert_rejected, rejection_table, rejects, request_table, sends

CASES = request_table("""
/compute/v2.1
flavor create f
  POST ~/flavors {"flavor": {"name": "f", "ram": 256, "disk": 0, "vcpus": 1, "swap": 0, "OS-FLV-EXT-DATA:ephemeral": 0}}
flavor create f --id 7 --ram 1 --disk 2 --ephemeral 3 --swap 4 --vcpus 5 --public --description d --rxtx-factor 2
  POST ~/flavors {"flavor": {"name": "f", "id": "7", "ram": 1, "disk": 2, "OS-FLV-EXT-DATA:ephemeral": 3, "swap": 4, "vcpus": 5, "os-flavor-access:is_public": true, "description": "d", "rxtx_factor": 2.0}}
flavor create f --id auto
  POST ~/flavors {"flavor": {"name": "f", "ram": 256, "disk": 0, "vcpus": 1, "swap": 0, "OS-FLV-EXT-DATA:ephemeral": 0}}
flavor create f --private --project demo --project-domain here --property a=b=c --property d=
  POST ~/flavors {"flavor": {"name": "f", "ram": 256, "disk": 0, "vcpus": 1, "swap": 0, "OS-FLV-EXT-DATA:ephemeral": 0, "os-flavor-access:is_public": false}}
  then POST ~/flavors/new-id/os-extra_specs {"extra_specs": {"a": "b=c", "d": ""}}
  then POST ~/flavors/new-id/action {"addTenantAccess": {"tenant": "demo-id"}}
flavor list
  GET ~/flavors/detail?is_public=True
flavor list --public --long --min-disk 1 --min-ram 2
  GET ~/flavors/detail?is_public=True&minDisk=1&minRam=2
flavor list --private --limit 3 --marker m
  GET ~/flavors/detail?is_public=False&limit=3&marker=m
flavor list --all --min-ram 1 --max-items 4
  GET ~/flavors/detail?is_public=None&minRam=1
flavor set one --property a=b --description new
  PUT ~/flavors/one-id {"flavor": {"description": "new"}}
  POST ~/flavors/one-id/os-extra_specs {"extra_specs": {"a": "b"}}
flavor set one --project demo --project-domain here
  POST ~/flavors/one-id/action {"addTenantAccess": {"tenant": "demo-id"}}
flavor unset one --property a --property b/c
  DELETE ~/flavors/one-id/os-extra_specs/a
  DELETE ~/flavors/one-id/os-extra_specs/b%2Fc
flavor unset one --project demo --project-domain here
  POST ~/flavors/one-id/action {"removeTenantAccess": {"tenant": "demo-id"}}
flavor delete one two
  DELETE ~/flavors/one-id
  DELETE ~/flavors/two-id
""")  # noqa: E501
REJECTIONS = rejection_table("""
1 flavor create f --project demo => --project needs --private
2 flavor create f --public --private => exclude each other
2 flavor create f --ram much => --ram
2 flavor create f --property a => KEY=VALUE
2 flavor list --all --private => exclude each other
1 flavor show nothing => No Flavor found for nothing
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_rxtx_factor_is_accepted_before_2_102(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request is sent in 2.61, so the factor is accepted although the cloud supports 2.102."""
    monkeypatch.setattr("tests.fake_cloud.NEWEST", {"compute": "2.102"})
    assert_rejected(cloud, ostk, "flavor create f --rxtx-factor 2 --os-compute-api-version 2.102", 1, "2.102")
    assert ostk("flavor create f --rxtx-factor 2").exit_code == 0
    assert cloud.sent[-1][1]["flavor"]["rxtx_factor"] == 2.0
    assert cloud.headers[-1]["OpenStack-API-Version"] == "compute 2.61"


def test_no_property_removes_existing_extra_specs(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /compute/v2.1/flavors/one-id/os-extra_specs"] = {"extra_specs": {"a": "1", "b": "2"}}
    assert ostk("flavor set one --no-property --property c=3").exit_code == 0
    path = "/compute/v2.1/flavors/one-id/os-extra_specs"
    *removed, added = [line for line in cloud.sent if not line[0].startswith("GET")]
    assert sorted(removed) == [(f"DELETE {path}/a", None), (f"DELETE {path}/b", None)]
    assert added == (f"POST {path}", {"extra_specs": {"c": "3"}})


def test_show_lists_the_projects_of_a_private_flavor(cloud: FakeCloud, ostk: Run) -> None:
    detail = {"id": "one-id", "name": "one", "os-flavor-access:is_public": False, "extra_specs": {"a": "b"}}
    cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [detail]}
    access = {"flavor_access": [{"tenant_id": "p", "flavor_id": "one-id"}]}
    cloud.answers["GET /compute/v2.1/flavors/one-id/os-flavor-access"] = access
    shown = json.loads(ostk("flavor show one -f json").output)
    assert shown["access_project_ids"] == ["p"]
    assert shown["properties"] == {"a": "b"}
    assert shown["swap"] == 0


def test_show_by_name_needs_the_list_alone(cloud: FakeCloud, ostk: Run) -> None:
    """The list has all fields, and the extra specs in the order that the reference client prints."""
    specs = {"hw:cpu_policy": "shared", "a": "b"}
    one = {"id": "one-id", "name": "one", "os-flavor-access:is_public": True, "extra_specs": specs}
    cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [one]}
    assert ostk("flavor show one -f value -c properties").output == "{'hw:cpu_policy': 'shared', 'a': 'b'}\n"
    assert [line for line, _ in cloud.sent] == ["GET /compute/v2.1/flavors/detail?is_public=None"]


def test_long_list(cloud: FakeCloud, ostk: Run) -> None:
    size = {"id": "1", "name": "tiny", "ram": 512, "disk": 1, "vcpus": 1, "rxtx_factor": 1.0, "swap": ""}
    more = {"OS-FLV-EXT-DATA:ephemeral": 0, "os-flavor-access:is_public": True, "extra_specs": {"a": "b"}}
    cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [{**size, **more}]}
    assert (
        ostk("flavor list --long").output
        == """\
+----+------+-----+------+-----------+-------+-----------+------+-------------+------------+
| ID | Name | RAM | Disk | Ephemeral | VCPUs | Is Public | Swap | RXTX Factor | Properties |
+----+------+-----+------+-----------+-------+-----------+------+-------------+------------+
| 1  | tiny | 512 |    1 |         0 |     1 | True      |    0 |         1.0 | a='b'      |
+----+------+-----+------+-----------+-------+-----------+------+-------------+------------+
"""
    )


def test_unset_of_an_absent_property_succeeds(cloud: FakeCloud, ostk: Run) -> None:
    path = "/compute/v2.1/flavors/one-id/os-extra_specs"
    cloud.answers[f"DELETE {path}/nosuch"] = (404, {"itemNotFound": {"message": "No such spec.", "code": 404}})
    result = ostk("flavor unset one --property nosuch --property a")
    assert (result.exit_code, result.output) == (0, "")
    assert [request for request, _ in cloud.sent] == [f"DELETE {path}/nosuch", f"DELETE {path}/a"]
    cloud.answers[f"DELETE {path}/a"] = (403, {"forbidden": {"message": "No.", "code": 403}})
    assert ostk("flavor unset one --property a").exit_code == 1
