"""Placement: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

ID = "5c7b5ab2-7b1e-4b4d-9b57-1d1a6f5f0001"
CONSUMER = "9e3f5e4c-4ccb-4f6c-a9c6-0a5d5a1c0001"
PROVIDER = f"/placement/resource_providers/{ID}"
CASES = request_table(
    """
/placement
resource provider create r --parent-provider p --uuid @p
  POST ~/resource_providers {"name": "r", "parent_provider_uuid": "p-id", "uuid": "@p"}
resource provider delete @p
  DELETE ~/resource_providers/@p
resource provider list
  GET ~/resource_providers
resource provider list --uuid @p --name r --resource VCPU=2 --resource DISK_GB=5 --in-tree p --required A --forbidden B
  GET ~/resource_providers?uuid=@p&name=r&in_tree=p-id&resources=VCPU%3A2%2CDISK_GB%3A5&required=A%2C%21B
resource provider list --required A,B --required C --member-of x,y --member-of z
  GET ~/resource_providers?required=in%3AA%2CB&required=C&member_of=in%3Ax%2Cy&member_of=in%3Az
resource provider list --aggregate-uuid x --aggregate-uuid y
  GET ~/resource_providers?member_of=in%3Ax%2Cy
resource provider set @p --name s --parent-provider p
  PUT ~/resource_providers/@p {"name": "s", "parent_provider_uuid": "p-id"}
resource provider show @p
  GET ~/resource_providers/@p
resource provider aggregate list @p
  GET ~/resource_providers/@p/aggregates
resource provider aggregate set @p --aggregate a --aggregate b --generation 3
  PUT ~/resource_providers/@p/aggregates {"aggregates": ["a", "b"], "resource_provider_generation": 3}
resource provider aggregate set @p --aggregate a --os-placement-api-version 1.18
  PUT ~/resource_providers/@p/aggregates ["a"]
resource provider trait list @p
  GET ~/resource_providers/@p/traits
resource provider trait set @p --trait A --trait B
  GET ~/resource_providers/@p
  PUT ~/resource_providers/@p/traits {"resource_provider_generation": 1, "traits": ["A", "B"]}
resource provider trait delete @p
  DELETE ~/resource_providers/@p/traits
resource provider usage show @p
  GET ~/resource_providers/@p/usages
resource usage show demo --user-id ann
  GET ~/usages?project_id=demo-id&user_id=ann-id
resource provider inventory class set @p VCPU --total 8 --allocation_ratio 2
  GET ~/resource_providers/@p
  PUT ~/resource_providers/@p/inventories/VCPU {"resource_provider_generation": 1, "allocation_ratio": 2.0, "total": 8}
resource provider inventory delete @p --resource-class VCPU
  DELETE ~/resource_providers/@p/inventories/VCPU
resource provider inventory delete @p
  DELETE ~/resource_providers/@p/inventories
resource provider inventory list @p
  GET ~/resource_providers/@p/inventories
  GET ~/resource_providers/@p/usages
resource provider inventory set @p --resource V:total=8
  GET ~/resource_providers/@p
  PUT ~/resource_providers/@p/inventories {"resource_provider_generation": 1, "inventories": {"V": {"total": 8}}}
resource provider inventory set @p --resource DISK_GB=8 --amend
  GET ~/resource_providers/@p
  GET ~/resource_providers/@p/inventories
  PUT ~/resource_providers/@p/inventories {"inventories": {"VCPU": {"total": 8}, "DISK_GB": {"total": 8}}}
resource provider inventory set @p --resource VCPU=8 --dry-run
  GET ~/resource_providers/@p
resource provider inventory show @p VCPU
  GET ~/resource_providers/@p/inventories/VCPU
  GET ~/resource_providers/@p/usages
resource provider allocation delete @c
  DELETE ~/allocations/@c
resource provider allocation show @c
  GET ~/allocations/@c
resource provider allocation set @c --allocation rp=x,V=2 --project-id p --user-id u --os-placement-api-version 1.12
  GET ~/allocations/@c
  PUT ~/allocations/@c {"project_id": "p", "user_id": "u", "allocations": {"x": {"resources": {"V": 2}}}}
resource provider allocation set @c --allocation rp=@p,VCPU=2 --os-placement-api-version 1.7
  GET ~/allocations/@c
  PUT ~/allocations/@c {"allocations": [{"resource_provider": {"uuid": "@p"}, "resources": {"VCPU": 2}}]}
resource provider allocation unset @c --resource-class VCPU
  GET ~/allocations/@c
  GET ~/allocations/@c
  PUT ~/allocations/@c {"consumer_generation": 5, "allocations": {"@p": {"resources": {"DISK_GB": 1}}}}
resource provider allocation unset @c --provider other
  GET ~/allocations/@c
  GET ~/allocations/@c
  PUT ~/allocations/@c {"consumer_generation": 5, "allocations": {"@p": {"resources": {"VCPU": 2, "DISK_GB": 1}}}}
resource provider allocation unset @c --os-placement-api-version 1.12
  GET ~/allocations/@c
  GET ~/allocations/@c
  DELETE ~/allocations/@c
resource class create CUSTOM_X
  POST ~/resource_classes {"name": "CUSTOM_X"}
resource class delete CUSTOM_X
  DELETE ~/resource_classes/CUSTOM_X
resource class list
  GET ~/resource_classes
resource class set CUSTOM_X
  PUT ~/resource_classes/CUSTOM_X
resource class show VCPU
  GET ~/resource_classes/VCPU
trait create CUSTOM_X
  PUT ~/traits/CUSTOM_X
trait delete CUSTOM_X
  DELETE ~/traits/CUSTOM_X
trait list --name startswith:CUSTOM --associated
  GET ~/traits?name=startswith%3ACUSTOM&associated=True
trait show CUSTOM_X
  GET ~/traits/CUSTOM_X
allocation candidate list --resource VCPU=1 --resource DISK_GB=2 --limit 3 --required A --forbidden B --member-of x
  GET ~/allocation_candidates?limit=3&resources=VCPU%3A1%2CDISK_GB%3A2&required=A%2C%21B&member_of=in%3Ax
allocation candidate list --resource V=1 --group 1 --resource D=2 --required A --group 2 --resource D=3
  GET ~/allocation_candidates?resources1=D%3A2&required1=A&resources2=D%3A3&resources=V%3A1&group_policy=none
""".replace("@p", ID).replace("@c", CONSUMER)
)
REJECTIONS = rejection_table(
    """
2 resource provider set @p => --name
1 resource provider list --resource VCPU => --resource must be CLASS=AMOUNT
1 resource provider inventory set @p --resource VCPU => --resource must be CLASS=AMOUNT or CLASS:FIELD=VALUE
1 resource provider inventory set @p --resource VCPU:bogus=1 => Fields: allocation_ratio, min_unit
1 resource provider inventory set @p --resource VCPU=x => --resource must be CLASS=AMOUNT or CLASS:FIELD=VALUE
2 resource provider inventory class set @p VCPU => --total
1 resource provider aggregate set @p --aggregate a => --generation is required since microversion 1.19
1 resource provider allocation set @c => --allocation is required
1 resource provider allocation set @c --allocation VCPU=1 => --allocation must be rp=PROVIDER,CLASS=AMOUNT
1 resource provider allocation set @c --allocation rp=a,V=1 --allocation rp=a,V=2 => two amounts of V for provider a
1 resource provider allocation set @c --allocation rp=a,V=1 => --project-id is required since microversion 1.8
1 resource provider inventory delete @p --os-placement-api-version 1.4 => 1.5
1 allocation candidate list => --resource is required
1 allocation candidate list --required A => --resource is required
1 allocation candidate list --resource V=1 --group 2 => --resource is required in group 2
1 allocation candidate list --resource V => --resource must be CLASS=AMOUNT
1 allocation candidate list --resource V=1 --os-placement-api-version 1.9 => 1.10
""".replace("@p", ID).replace("@c", CONSUMER)
)
RESOURCES = {"VCPU": 2, "DISK_GB": 1}


@pytest.fixture(autouse=True)
def answers(cloud: FakeCloud) -> None:
    """Answer with a resource provider and a consumer that has allocations of the provider."""
    item = {"uuid": ID, "name": "r", "generation": 1, "root_provider_uuid": ID, "parent_provider_uuid": None}
    consumer = {"allocations": {ID: {"resources": RESOURCES}}, "consumer_generation": 5}
    candidates = {
        "allocation_requests": [{"allocations": {ID: {"resources": RESOURCES}}}],
        "provider_summaries": {ID: {"resources": {"VCPU": {"used": 0, "capacity": 8}}, "traits": ["A", "B"]}},
    }
    cloud.answers |= {
        f"GET {PROVIDER}": item,
        f"PUT {PROVIDER}": item,
        f"GET {PROVIDER}/aggregates": {"aggregates": ["a"]},
        f"PUT {PROVIDER}/aggregates": {"aggregates": ["a"]},
        f"GET {PROVIDER}/traits": {"traits": ["A"]},
        f"PUT {PROVIDER}/traits": {"traits": ["A"]},
        f"GET {PROVIDER}/usages": {"usages": {"VCPU": 3}},
        f"GET {PROVIDER}/inventories": {"inventories": {"VCPU": {"total": 8}}},
        f"PUT {PROVIDER}/inventories": {"inventories": {"VCPU": {"total": 8}}},
        f"GET {PROVIDER}/inventories/VCPU": {"total": 8, "max_unit": 4},
        f"GET {PROVIDER}/allocations": {"allocations": {CONSUMER: {"resources": RESOURCES}}},
        f"GET /placement/allocations/{CONSUMER}": consumer,
        "GET /placement/usages": {"usages": {"VCPU": 3}},
        "GET /placement/traits": {"traits": ["A"]},
        "GET /placement/resource_classes": {"resource_classes": [{"name": "VCPU"}]},
        "GET /placement/allocation_candidates": candidates,
    }


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_candidate_list_columns(ostk: Run) -> None:
    assert ostk("allocation candidate list --resource VCPU=1 -f csv").stdout == (
        '"#","allocation","resource provider","inventory used/capacity","traits"\n'
        f'1,"VCPU=2,DISK_GB=1","{ID}","VCPU=0/8","A,B"\n'
    )


@pytest.mark.parametrize(("microversion", "has_traits"), [("1.10", False), ("1.16", False), ("1.17", True)])
def test_candidate_list_traits_since_1_17(ostk: Run, microversion: str, has_traits: bool) -> None:
    line = f"allocation candidate list --resource VCPU=1 -f csv --os-placement-api-version {microversion}"
    assert ('"traits"' in ostk(line).stdout) is has_traits


def test_provider_show_allocations(ostk: Run) -> None:
    assert "allocations" not in json.loads(ostk(f"resource provider show {ID} -f json").stdout)
    shown = json.loads(ostk(f"resource provider show {ID} --allocations -f json").stdout)
    assert shown["allocations"] == {CONSUMER: {"resources": RESOURCES}}


def test_inventory_show_and_list_usage(ostk: Run) -> None:
    shown = ostk(f"resource provider inventory show {ID} VCPU -f value -c total -c used").stdout
    assert shown == "8\n3\n"
    assert ostk(f"resource provider inventory list {ID} -f value -c resource_class -c used").stdout == "VCPU 3\n"


def test_allocation_show_consumer_type_since_1_38(ostk: Run) -> None:
    line = f"resource provider allocation show {CONSUMER} -f csv"
    assert ostk(line).stdout.startswith('"resource_provider","generation","resources","project_id","user_id"\n')
    assert '"consumer_type"' in ostk(f"{line} --os-placement-api-version 1.38").stdout


def test_allocation_set_sends_consumer_generation(cloud: FakeCloud, ostk: Run) -> None:
    line = f"resource provider allocation set {CONSUMER} --allocation rp={ID},VCPU=2 --project-id p --user-id u"
    assert ostk(line).exit_code == 0
    sent = next(body for request, body in cloud.sent if request.startswith("PUT"))
    assert sent["consumer_generation"] == 5


def test_provider_is_looked_up_by_name(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /placement/resource_providers/r-id/usages"] = {"usages": {"VCPU": 3}}
    assert ostk("resource provider usage show r -f value").stdout == "VCPU 3\n"


def test_unknown_uuid_is_looked_up_as_a_name(cloud: FakeCloud, ostk: Run) -> None:
    """Look up a UUID that Placement does not know as the name of a provider."""
    name = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
    path = "/placement/resource_providers"
    cloud.answers[f"DELETE {path}/{name}"] = (404, {"errors": [{"detail": "No such provider."}]})
    cloud.answers[f"GET {path}?name={name}"] = {"resource_providers": [{"uuid": "p-id", "name": name}]}
    result = ostk(f"resource provider delete {name}")
    assert result.exit_code == 0, result.output
    assert cloud.sent[-1] == (f"DELETE {path}/p-id", None)
