"""Address groups and scopes, subnet pools and IP availability: what each command sends and prints."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
address group create g
  POST ~/address-groups {"address_group": {"name": "g", "addresses": []}}
address group create g --description d --address 10.0.0.1 --address 10.1.2.3/16 --address fd00::/8 --project demo --project-domain here --extra-property name=x,value=y
  POST ~/address-groups {"address_group": {"name": "g", "description": "d", "addresses": ["10.0.0.1/32", "10.1.2.3/16", "fd00::/8"], "project_id": "demo-id", "x": "y"}}
address group list --name g --project demo --project-domain here --limit 1 --marker m --max-items 2
  GET ~/address-groups?name=g&project_id=demo-id&limit=1&marker=m
address group show g
  GET ~/address-groups?name=g
address group delete g h
  DELETE ~/address-groups/g-id
  DELETE ~/address-groups/h-id
address scope create s
  POST ~/address-scopes {"address_scope": {"name": "s", "ip_version": 4}}
address scope create s --ip-version 6 --project demo --project-domain here --share --extra-property name=x,value=y
  POST ~/address-scopes {"address_scope": {"name": "s", "ip_version": 6, "project_id": "demo-id", "shared": true, "x": "y"}}
address scope list --name s --ip-version 6 --project demo --project-domain here --no-share --limit 1 --marker m --max-items 2
  GET ~/address-scopes?name=s&ip_version=6&project_id=demo-id&shared=false&limit=1&marker=m
address scope show s
  GET ~/address-scopes?name=s
address scope set s --name t --no-share --extra-property name=x,value=y
  PUT ~/address-scopes/s-id {"address_scope": {"name": "t", "shared": false, "x": "y"}}
address scope delete s t
  DELETE ~/address-scopes/s-id
  DELETE ~/address-scopes/t-id
subnet pool create p --pool-prefix 10.0.0.0/8 --pool-prefix 11.0.0.0/8 --default-prefix-length 26 --min-prefix-length 8 --max-prefix-length 30
  POST ~/subnetpools {"subnetpool": {"name": "p", "prefixes": ["10.0.0.0/8", "11.0.0.0/8"], "default_prefixlen": 26, "min_prefixlen": 8, "max_prefixlen": 30}}
subnet pool create p --pool-prefix a --project demo --project-domain here --address-scope s --default --share --description d --default-quota 9 --tag t --extra-property name=x,value=y
  POST ~/subnetpools {"subnetpool": {"name": "p", "prefixes": ["a"], "project_id": "demo-id", "address_scope_id": "s-id", "is_default": true, "shared": true, "description": "d", "default_quota": 9, "x": "y"}}
  then PUT ~/subnetpools/new-id/tags {"tags": ["t"]}
subnet pool create p --pool-prefix a --no-default --no-share --no-tag
  POST ~/subnetpools {"subnetpool": {"name": "p", "prefixes": ["a"], "is_default": false, "shared": false}}
subnet pool list --long --share --default --project demo --project-domain here --name p --address-scope s
  GET ~/subnetpools?shared=true&is_default=true&project_id=demo-id&name=p&address_scope_id=s-id
subnet pool list --no-share --no-default --tags a --any-tags b --not-tags c --not-any-tags d --limit 1 --marker m --max-items 2
  GET ~/subnetpools?shared=false&is_default=false&tags=a&tags-any=b&not-tags=c&not-tags-any=d&limit=1&marker=m
subnet pool show p
  GET ~/subnetpools?name=p
subnet pool set p --name q --default-prefix-length 1 --min-prefix-length 2 --max-prefix-length 3 --address-scope s --default --description d --default-quota 4
  PUT ~/subnetpools/p-id {"subnetpool": {"name": "q", "default_prefixlen": 1, "min_prefixlen": 2, "max_prefixlen": 3, "address_scope_id": "s-id", "is_default": true, "description": "d", "default_quota": 4}}
subnet pool set p --no-address-scope --no-default --extra-property name=x,value=y --no-tag
  PUT ~/subnetpools/p-id {"subnetpool": {"address_scope_id": null, "is_default": false, "x": "y"}}
subnet pool set p --tag t
  PUT ~/subnetpools/p-id/tags {"tags": ["t"]}
subnet pool unset p --tag t
subnet pool unset p --all-tag
subnet pool add network n p
  PUT ~/subnetpools/p-id/onboard_network_subnets {"network_id": "n-id"}
network onboard subnet n p
  PUT ~/subnetpools/p-id/onboard_network_subnets {"network_id": "n-id"}
subnet pool delete p q
  DELETE ~/subnetpools/p-id
  DELETE ~/subnetpools/q-id
ip availability list
  GET ~/network-ip-availabilities?ip_version=4
ip availability list --ip-version 6 --project demo --project-domain here --limit 1 --marker m --max-items 2
  GET ~/network-ip-availabilities?ip_version=6&project_id=demo-id&limit=1&marker=m
ip availability show n
  GET ~/network-ip-availabilities?network_name=n
address scope list --share
  GET ~/address-scopes?shared=true
address scope set s --share
  PUT ~/address-scopes/s-id {"address_scope": {"shared": true}}
""")  # noqa: E501
REJECTIONS = rejection_table("""
1 address group create g --address here => 'here' is neither an IP address nor a CIDR.
2 address scope create s --ip-version 5 => '5'
2 address scope create s --share --no-share => exclude each other
2 subnet pool create p => '--pool-prefix'
2 subnet pool create p --pool-prefix a --min-prefix-length -1 => -1
2 subnet pool set p --address-scope s --no-address-scope => exclude each other
1 ip availability show no-net => No NetworkIPAvailability found for no-net
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_set_and_unset_address_send_separate_requests(cloud: FakeCloud, ostk: Run) -> None:
    path = "PUT /network/v2.0/address-groups/g-id"
    for what in ("add", "remove"):
        cloud.answers[f"{path}/{what}_addresses"] = {"address_group": {"id": "g-id"}}
    line = "address group set g --name h --description d --address 1.2.3.4 --extra-property name=x,value=y"
    assert ostk(line).exit_code == 0
    body = {"address_group": {"name": "h", "description": "d", "x": "y"}}
    assert cloud.sent == [(path, body), (f"{path}/add_addresses", {"addresses": ["1.2.3.4/32"]})]
    cloud.sent.clear()
    assert ostk("address group unset g --address 1.2.3.0/24").exit_code == 0
    assert cloud.sent == [(f"{path}/remove_addresses", {"addresses": ["1.2.3.0/24"]})]


def test_set_pool_prefix_puts_new_prefixes_first(cloud: FakeCloud, ostk: Run) -> None:
    pool = {"id": "1", "name": "p", "prefixes": ["10.0.0.0/8"], "min_prefixlen": "8", "tags": []}
    cloud.answers["GET /network/v2.0/subnetpools?name=p"] = {"subnetpools": [pool]}
    assert ostk("subnet pool set p --pool-prefix 11.0.0.0/8").exit_code == 0
    assert cloud.sent[1] == (
        "PUT /network/v2.0/subnetpools/1",
        {"subnetpool": {"prefixes": ["11.0.0.0/8", "10.0.0.0/8"]}},
    )
    assert json.loads(ostk("subnet pool show p -f json").output)["min_prefixlen"] == 8


AVAILABLE = """\
+------------+--------------+-----------+----------+---------------------+------------------------------+--------------------+-----------------------------+
| Network ID | Network Name | Total IPs | Used IPs | Total IPs in Subnet | Total IPs in Allocation Pool | Used IPs in Subnet | Used IPs in Allocation Pool |
+------------+--------------+-----------+----------+---------------------+------------------------------+--------------------+-----------------------------+
| 1          | n            |       253 |        4 |                 253 |                              |                    |                             |
+------------+--------------+-----------+----------+---------------------+------------------------------+--------------------+-----------------------------+
"""  # noqa: E501


def test_ip_availability_list_shows_detail_columns(cloud: FakeCloud, ostk: Run) -> None:
    found = {"network_id": "1", "network_name": "n", "total_ips": 253, "used_ips": 4}
    found["ip_availability_details"] = {"total_ips_in_subnet": 253}
    path = "GET /network/v2.0/network-ip-availabilities"
    cloud.answers[path] = {"network_ip_availabilities": [found]}
    assert ostk("ip availability list").output == AVAILABLE
