"""Subnets: what each command sends and prints."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
subnet create s --network n --subnet-range 10.0.0.0/24
  POST ~/subnets {"subnet": {"name": "s", "network_id": "n-id", "cidr": "10.0.0.0/24", "ip_version": 4}}
subnet create s --network n --subnet-pool p --prefix-length 26 --gateway NONE --no-dhcp --description d --no-tag
  POST ~/subnets {"subnet": {"name": "s", "network_id": "n-id", "subnetpool_id": "p-id", "prefixlen": "26", "gateway_ip": null, "ip_version": 4, "enable_dhcp": false, "description": "d"}}
subnet create s --network n --use-prefix-delegation --ip-version 6 --ipv6-ra-mode slaac --ipv6-address-mode slaac
  POST ~/subnets {"subnet": {"name": "s", "network_id": "n-id", "subnetpool_id": "prefix_delegation", "ip_version": 6, "ipv6_ra_mode": "slaac", "ipv6_address_mode": "slaac"}}
subnet create s --network n --use-default-subnet-pool --dhcp --dns-publish-fixed-ip --project demo --project-domain here
  POST ~/subnets {"subnet": {"name": "s", "network_id": "n-id", "use_default_subnetpool": true, "ip_version": 4, "enable_dhcp": true, "dns_publish_fixed_ip": true, "project_id": "demo-id"}}
subnet create s --network n --network-segment g --allocation-pool start=1,end=2 --allocation-pool start=4,end=5 --gateway 3
  POST ~/subnets {"subnet": {"name": "s", "network_id": "n-id", "segment_id": "g-id", "allocation_pools": [{"start": "1", "end": "2"}, {"start": "4", "end": "5"}], "gateway_ip": "3", "ip_version": 4}}
subnet create s --network n --dns-nameserver b --dns-nameserver a --host-route destination=d,gateway=g --service-type t --tag x --extra-property name=y,value=z --no-dns-publish-fixed-ip
  POST ~/subnets {"subnet": {"name": "s", "network_id": "n-id", "dns_nameservers": ["b", "a"], "host_routes": [{"destination": "d", "nexthop": "g"}], "service_types": ["t"], "ip_version": 4, "dns_publish_fixed_ip": false, "y": "z"}}
  then PUT ~/subnets/new-id/tags {"tags": ["x"]}
subnet list --long --ip-version 6 --dhcp --project demo --project-domain here --network n --gateway g
  GET ~/subnets?ip_version=6&enable_dhcp=true&project_id=demo-id&network_id=n-id&gateway_ip=g
subnet list --no-dhcp --name s --subnet-range 10.0.0.0/24 --subnet-pool p
  GET ~/subnets?enable_dhcp=false&name=s&cidr=10.0.0.0%2F24&subnetpool_id=p-id
subnet list --service-type t --tags a --any-tags b --not-tags c --not-any-tags d --limit 1 --marker m --max-items 2
  GET ~/subnets?tags=a&tags-any=b&not-tags=c&not-tags-any=d&limit=1&marker=m
subnet show s
  GET ~/subnets?name=s
subnet set s --name t --dhcp --dns-publish-fixed-ip --gateway None --network-segment g --description d --leak-routes
  PUT ~/subnets/s-id {"subnet": {"name": "t", "enable_dhcp": true, "dns_publish_fixed_ip": true, "gateway_ip": null, "segment_id": "g-id", "description": "d", "leak_routes": true}}
subnet set s --no-dhcp --no-dns-publish-fixed-ip --gateway 10.0.0.1 --no-leak-routes --extra-property name=y,value=z
  PUT ~/subnets/s-id {"subnet": {"enable_dhcp": false, "dns_publish_fixed_ip": false, "gateway_ip": "10.0.0.1", "leak_routes": false, "y": "z"}}
subnet set s --tag a
  PUT ~/subnets/s-id/tags {"tags": ["a"]}
subnet unset s --gateway --extra-property name=y
  PUT ~/subnets/s-id {"subnet": {"gateway_ip": null, "y": null}}
subnet delete s t
  DELETE ~/subnets/s-id
  DELETE ~/subnets/t-id
subnet set s --no-tag
subnet unset s --tag t
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 subnet create s --subnet-range 10.0.0.0/24 => '--network'
2 subnet create s --network n --ip-version 5 => '5'
2 subnet create s --network n --subnet-pool p --use-default-subnet-pool => exclude each other
2 subnet create s --network n --allocation-pool start=1 => end missing
2 subnet create s --network n --host-route destination=1,via=2 => 'via' is not one of destination, gateway
2 subnet create s --network n --ipv6-ra-mode none => 'none'
1 subnet create s --network no-net => No Network found for no-net
1 subnet set s --gateway auto => not auto
1 subnet unset s --dns-nameserver 9.9.9.9 => s has no name server 9.9.9.9.
1 subnet unset s --host-route destination=d,gateway=g => s has no host route destination=d,nexthop=g.
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


POOLS = [{"start": "10.0.0.2", "end": "10.0.0.9"}]
SUBNET = {
    "id": "1",
    "name": "s",
    "network_id": "n",
    "cidr": "10.0.0.0/24",
    "project_id": "p",
    "enable_dhcp": True,
    "dns_nameservers": ["9.9.9.9", "1.1.1.1"],
    "allocation_pools": POOLS,
    "host_routes": [{"destination": "10.1.0.0/16", "nexthop": "10.0.0.5"}],
    "ip_version": 4,
    "gateway_ip": "10.0.0.1",
    "service_types": ["b", "a"],
    "tags": [],
    "prefixlen": None,
}
LISTS = {
    "--dns-nameserver 8.8.8.8": {"dns_nameservers": ["8.8.8.8", "9.9.9.9", "1.1.1.1"]},
    "--no-dns-nameservers --dns-nameserver 8.8.8.8": {"dns_nameservers": ["8.8.8.8"]},
    "--no-dns-nameservers": {"dns_nameservers": []},
    "--host-route destination=d,gateway=g": {
        "host_routes": [{"destination": "d", "nexthop": "g"}, *SUBNET["host_routes"]]  # type: ignore[misc]
    },
    "--no-host-route --host-route destination=d,gateway=g": {"host_routes": [{"destination": "d", "nexthop": "g"}]},
    "--allocation-pool start=1,end=2": {"allocation_pools": [{"start": "1", "end": "2"}, *POOLS]},
    "--no-allocation-pool": {"allocation_pools": []},
    "--service-type c": {"service_types": ["c", "b", "a"]},
}


@pytest.mark.parametrize("options", LISTS)
def test_set_puts_new_entries_first_or_replaces_lists(cloud: FakeCloud, ostk: Run, options: str) -> None:
    cloud.answers["GET /network/v2.0/subnets?name=s"] = {"subnets": [SUBNET]}
    assert ostk(f"subnet set s {options}").exit_code == 0
    assert cloud.sent[1:] == [("PUT /network/v2.0/subnets/1", {"subnet": LISTS[options]})]


def test_unset_sends_the_remaining_entries(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/subnets?name=s"] = {"subnets": [SUBNET]}
    line = (
        "subnet unset s --dns-nameserver 9.9.9.9 --service-type a --all-tag"
        " --allocation-pool start=10.0.0.2,end=10.0.0.9 --host-route destination=10.1.0.0/16,gateway=10.0.0.5"
    )
    assert ostk(line).exit_code == 0
    left = {"dns_nameservers": ["1.1.1.1"], "service_types": ["b"], "allocation_pools": [], "host_routes": []}
    assert cloud.sent[1:] == [("PUT /network/v2.0/subnets/1", {"subnet": left})]
    cloud.sent.clear()
    result = ostk("subnet unset s --service-type z")
    assert (result.exit_code, len(cloud.sent)) == (1, 1)
    assert "s has no service type z." in result.output


def test_list_filters_service_types_on_the_client(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/subnets"] = {"subnets": [SUBNET]}
    assert ostk("subnet list --service-type b --service-type a -f value -c Name").output == "s\n"
    assert ostk("subnet list --service-type z -f value -c Name").output == ""


SHOWN = """\
+------------------+-----------------------------------------------+
| Field            | Value                                         |
+------------------+-----------------------------------------------+
| allocation_pools | 10.0.0.2-10.0.0.9                             |
| dns_nameservers  | 9.9.9.9, 1.1.1.1                              |
| host_routes      | destination='10.1.0.0/16', gateway='10.0.0.5' |
| service_types    | a, b                                          |
+------------------+-----------------------------------------------+
"""


def test_show_formats_routes_and_pools(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/subnets?name=s"] = {"subnets": [SUBNET]}
    columns = "-c allocation_pools -c host_routes -c dns_nameservers -c service_types"
    assert ostk(f"subnet show s {columns}").output == SHOWN
    shown = json.loads(ostk("subnet show s -f json").output)
    assert shown["host_routes"] == SUBNET["host_routes"]
    assert shown["allocation_pools"] == POOLS
    assert "prefixlen" not in shown
    long = json.loads(ostk("subnet list --name s --long -f json").output)[0]
    assert list(long) == [
        "ID",
        "Name",
        "Network",
        "Subnet",
        "Project",
        "DHCP",
        "Name Servers",
        "Allocation Pools",
        "Host Routes",
        "IP Version",
        "Gateway",
        "Service Types",
        "Tags",
    ]
