"""Networks: what each command sends and prints."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

NEUTRON = "/network/v2.0"
CASES = request_table("""
/network/v2.0
network create n
  POST ~/networks {"network": {"name": "n", "admin_state_up": true}}
network create n --disable --project demo --project-domain here --description d --no-share --mtu 1400
  POST ~/networks {"network": {"name": "n", "admin_state_up": false, "project_id": "demo-id", "description": "d", "shared": false, "mtu": "1400"}}
network create n --external --default --share --enable-port-security --qos-policy q --dns-domain ex. --no-tag
  POST ~/networks {"network": {"name": "n", "admin_state_up": true, "router:external": true, "is_default": true, "shared": true, "port_security_enabled": true, "qos_policy_id": "q-id", "dns_domain": "ex."}}
network create n --internal --no-default --no-pvlan --transparent-vlan --no-qinq-vlan --tag b --tag a
  POST ~/networks {"network": {"name": "n", "admin_state_up": true, "router:external": false, "is_default": false, "pvlan": false, "vlan_transparent": true, "vlan_qinq": false}}
  then PUT ~/networks/new-id/tags {"tags": ["a", "b"]}
network create n --provider-network-type vlan --provider-physical-network p --provider-segment 7
  POST ~/networks {"network": {"name": "n", "admin_state_up": true, "provider:network_type": "vlan", "provider:physical_network": "p", "provider:segmentation_id": "7"}}
network create n --availability-zone-hint one --availability-zone-hint two --pvlan
  POST ~/networks {"network": {"name": "n", "admin_state_up": true, "availability_zone_hints": ["one", "two"], "pvlan": true}}
network create n --disable-port-security --qinq-vlan --no-transparent-vlan
  POST ~/networks {"network": {"name": "n", "admin_state_up": true, "port_security_enabled": false, "vlan_transparent": false, "vlan_qinq": true}}
network create n --extra-property name=a,value=b --extra-property name=c,value=1,type=int
  POST ~/networks {"network": {"name": "n", "admin_state_up": true, "a": "b", "c": 1}}
network create n --extra-property type=bool,name=a,value=true --extra-property name=b,value=c;d,type=list
  POST ~/networks {"network": {"name": "n", "admin_state_up": true, "a": true, "b": ["c", "d"]}}
network create n --extra-property name=a,value=b:c;d:e:f,type=dict
  POST ~/networks {"network": {"name": "n", "admin_state_up": true, "a": {"b": "c", "d": "e:f"}}}
network list
  GET ~/networks
network list --external --long --name n --enable --project demo --project-domain here --share --status DOWN
  GET ~/networks?router%3Aexternal=true&name=n&admin_state_up=true&project_id=demo-id&shared=true&status=DOWN
network list --internal --disable --no-share --provider-network-type flat
  GET ~/networks?router%3Aexternal=false&admin_state_up=false&shared=false&provider%3Anetwork_type=flat
network list --provider-physical-network p --provider-segment 7 --limit 2 --marker m --max-items 3
  GET ~/networks?provider%3Aphysical_network=p&provider%3Asegmentation_id=7&limit=2&marker=m
network list --tags a,b --any-tags c --not-tags d --not-any-tags e,f
  GET ~/networks?tags=a%2Cb&tags-any=c&not-tags=d&not-tags-any=e%2Cf
network list --agent a --pvlan
  GET ~/agents/a/dhcp-networks
network list --no-pvlan
  GET ~/networks
network show n
  GET ~/networks?name=n
network show 0123456789abcdef0123456789abcdef-id
  GET ~/networks?name=0123456789abcdef0123456789abcdef-id
network set n --name m --enable --description d --share --mtu 9 --enable-port-security --external --default
  PUT ~/networks/n-id {"network": {"name": "m", "admin_state_up": true, "description": "d", "shared": true, "mtu": "9", "port_security_enabled": true, "router:external": true, "is_default": true}}
network set n --disable --no-share --disable-port-security --internal --no-default --no-pvlan --dns-domain e.
  PUT ~/networks/n-id {"network": {"admin_state_up": false, "shared": false, "port_security_enabled": false, "router:external": false, "is_default": false, "pvlan": false, "dns_domain": "e."}}
network set n --qos-policy q --provider-network-type vxlan --provider-segment 8 --pvlan
  PUT ~/networks/n-id {"network": {"qos_policy_id": "q-id", "provider:network_type": "vxlan", "provider:segmentation_id": "8", "pvlan": true}}
network set n --no-qos-policy --provider-physical-network p --extra-property name=a,value=b
  PUT ~/networks/n-id {"network": {"qos_policy_id": null, "provider:physical_network": "p", "a": "b"}}
network set n --tag a
  PUT ~/networks/n-id/tags {"tags": ["a"]}
network unset n --extra-property name=a
  PUT ~/networks/n-id {"network": {"a": null}}
network delete n m
  DELETE ~/networks/n-id
  DELETE ~/networks/m-id
network create n --enable
  POST ~/networks {"network": {"name": "n", "admin_state_up": true}}
network set n --no-tag
""")  # noqa: E501
REJECTIONS = rejection_table("""
1 network create n --transparent-vlan --qinq-vlan => exclude each other
1 network create n --pvlan --disable-port-security => exclude each other
1 network create n --provider-segment 7 => --provider-segment needs --provider-network-type.
1 network set n --pvlan --disable-port-security => exclude each other
1 network show no-net => No Network found for no-net
1 network create n --qos-policy no-policy => No QoSPolicy found for no-
2 network create n --share --no-share => exclude each other
2 network create n --tag a --no-tag => exclude each other
2 network set n --qos-policy q --no-qos-policy => exclude each other
2 network unset n --tag a --all-tag => exclude each other
2 network create n --extra-property name=a => value missing
2 network create n --extra-property name=a,value=b,type=date => 'date' is not one of
2 network create n --extra-property name=a,value=b,type=int => not of the type int
2 network create n --extra-property name=a,value=b,type=dict => not of the type dict
2 network list --status GONE => GONE
2 network list --limit few => few
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def network(**fields: object) -> dict[str, object]:
    """Return a network as Neutron answers."""
    return {"id": "1", "name": "n", "subnets": ["b", "a"], "tags": ["x", "y"], "tenant_id": "p", **fields}


def test_set_and_unset_tags(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NEUTRON}/networks?name=n"] = {"networks": [network()]}
    for words, tags in {
        "set n --tag z": ["x", "y", "z"],
        "set n --no-tag --tag z": ["z"],
        "set n --no-tag": [],
        "unset n --tag x": ["y"],
        "unset n --all-tag": [],
    }.items():
        cloud.sent.clear()
        assert ostk(f"network {words}").exit_code == 0
        assert cloud.sent[1:] == [(f"PUT {NEUTRON}/networks/1/tags", {"tags": tags})], words
    for words in ("set n --tag x", "unset n --tag z", "set n"):
        cloud.sent.clear()
        assert ostk(f"network {words}").exit_code == 0
        assert len(cloud.sent) == 1, words


def test_show_by_name_sends_one_request_and_set_two(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NEUTRON}/networks?name=n"] = {"networks": [network()]}
    ostk("network list")
    for line, requests in {"network show n": 1, "network set n --tag t": 2, "network delete n": 2}.items():
        cloud.all.clear()
        assert ostk(line).exit_code == 0
        assert len(cloud.all) == requests, cloud.all


def test_list_follows_pages_up_to_max_items(cloud: FakeCloud, ostk: Run) -> None:
    more = {"href": "http://elsewhere/v2.0/networks?limit=2&marker=2", "rel": "next"}
    first = {"networks": [network(name="one"), network(name="two")], "networks_links": [more]}
    cloud.answers[f"GET {NEUTRON}/networks?limit=2"] = first
    cloud.answers[f"GET {NEUTRON}/networks?limit=2&marker=2"] = {"networks": [network(name="three")]}
    line = "network list -f value -c Name --limit 2"
    assert ostk(line).output == "one\ntwo\nthree\n"
    assert ostk(f"{line} --max-items 1").output == "one\n"


def test_list_filters_pvlan_on_the_client(cloud: FakeCloud, ostk: Run) -> None:
    found = [network(name="yes", pvlan=True), network(name="no", pvlan=False), network(name="unsaid")]
    cloud.answers[f"GET {NEUTRON}/networks"] = {"networks": found}
    assert ostk("network list --pvlan -f value -c Name").output == "yes\n"
    assert ostk("network list --no-pvlan -f value -c Name").output == "no\n"


LONG = """\
+----+------+--------+---------+-------+--------+---------+--------------+-------------+--------------------+------+
| ID | Name | Status | Project | State | Shared | Subnets | Network Type | Router Type | Availability Zones | Tags |
+----+------+--------+---------+-------+--------+---------+--------------+-------------+--------------------+------+
| 1  | n    | ACTIVE | p       | UP    | False  | a, b    | vxlan        | External    | nova               | x, y |
+----+------+--------+---------+-------+--------+---------+--------------+-------------+--------------------+------+
"""


def test_long_list(cloud: FakeCloud, ostk: Run) -> None:
    found = network(status="ACTIVE", project_id="p", admin_state_up=True, shared=False, availability_zones=["nova"])
    found |= {"provider:network_type": "vxlan", "router:external": True}
    cloud.answers[f"GET {NEUTRON}/networks"] = {"networks": [found]}
    assert ostk("network list --long").output == LONG
    shown = json.loads(ostk("network list --long -f json").output)
    assert shown[0] == {
        "ID": "1",
        "Name": "n",
        "Status": "ACTIVE",
        "Project": "p",
        "State": True,
        "Shared": False,
        "Subnets": ["b", "a"],
        "Network Type": "vxlan",
        "Router Type": True,
        "Availability Zones": ["nova"],
        "Tags": ["x", "y"],
    }


def test_show_has_default_and_unknown_fields(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NEUTRON}/networks?name=n"] = {"networks": [network(l2_adjacency=True, vlan_qinq=True)]}
    shown = json.loads(ostk("network show n -f json").output)
    assert (shown["l2_adjacency"], shown["is_vlan_qinq"], shown["mtu"]) == (True, True, None)
    assert "tenant_id" not in shown
    assert list(shown) == sorted(shown)
    assert ostk("network show n -f shell -c subnets -c tags -c router:external").output == (
        "router_external=\"False\"\nsubnets=\"['b', 'a']\"\ntags=\"['x', 'y']\"\n"
    )


def test_error_of_tags_names_the_created_network(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"PUT {NEUTRON}/networks/new-id/tags"] = (400, {"NeutronError": {"message": "no tags"}})
    result = ostk("network create n --tag t")
    assert result.exit_code == 1
    assert "The network was created (new-id); --tag failed: no tags" in result.output


def test_delete_continues_after_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("network delete no-net n")
    assert result.exit_code == 1
    assert cloud.sent == [(f"DELETE {NEUTRON}/networks/n-id", None)]
    assert "'no-net'" in result.output
    assert "1 of 2 networks failed to delete." in result.output
