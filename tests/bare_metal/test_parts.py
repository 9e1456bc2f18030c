"""Ports, port groups, chassis, volumes, allocations, templates, runbooks, rules, drivers: the requests."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

V1 = "/baremetal/v1"
CASES = request_table("""
/baremetal/v1
baremetal port list
  GET ~/ports
baremetal port list --address a --node web --port-group g --long
  GET ~/ports/detail?address=a&node=web&portgroup=g
baremetal port list --fields extra uuid --limit 3
  GET ~/ports?limit=3&fields=extra%2Cuuid
baremetal port show p-id
  GET ~/ports/p-id
baremetal port show p-id --fields address
  GET ~/ports/p-id?fields=address
baremetal port create a --node web-id
  GET ~/nodes/web-id
  POST ~/ports {"address": "a", "node_uuid": "web-id"}
baremetal port create a --node web-id --uuid u --pxe-enabled false --extra k=1 --port-group g-id --local-link-connection port_id=Eth1 --physical-network p --is-smartnic --name n --description d --vendor v --category c
  POST ~/ports {"address": "a", "node_uuid": "web-id", "uuid": "u", "pxe_enabled": false, "extra": {"k": 1}, "portgroup_uuid": "g-id", "local_link_connection": {"port_id": "Eth1"}, "physical_network": "p", "is_smartnic": true, "name": "n", "description": "d", "vendor": "v", "category": "c"}
baremetal port set p --node web-id --address b --pxe-disabled --extra k=v --local-link-connection port_id=1
  PATCH ~/ports/p [{"op": "add", "path": "/node_uuid", "value": "web-id"}, {"op": "add", "path": "/address", "value": "b"}, {"op": "add", "path": "/pxe_enabled", "value": false}, {"op": "add", "path": "/extra/k", "value": "v"}, {"op": "add", "path": "/local_link_connection/port_id", "value": 1}]
baremetal port set p
baremetal port unset p --extra k --local-link-connection port_id --port-group --physical-network --is-smartnic --name --description --vendor --category
  PATCH ~/ports/p [{"op": "remove", "path": "/extra/k"}, {"op": "remove", "path": "/local_link_connection/port_id"}, {"op": "remove", "path": "/portgroup_uuid"}, {"op": "remove", "path": "/physical_network"}, {"op": "add", "path": "/is_smartnic", "value": false}, {"op": "remove", "path": "/name"}, {"op": "remove", "path": "/description"}, {"op": "remove", "path": "/vendor"}, {"op": "remove", "path": "/category"}]
baremetal port delete p-id q-id
  GET ~/ports/p-id
  DELETE ~/ports/p-id
  DELETE ~/ports/q-id
baremetal port group list --address a --node web --shards s t --long
  GET ~/portgroups/detail?address=a&node=web&shard=s%2Ct
baremetal port group show g-id
  GET ~/portgroups/g-id
baremetal port group create --node web-id --address a --name n --uuid u --mode 802.3ad --property miimon=100 --extra k=v --support-standalone-ports --physical-network p --category c
  POST ~/portgroups {"node_uuid": "web-id", "address": "a", "name": "n", "uuid": "u", "mode": "802.3ad", "properties": {"miimon": 100}, "extra": {"k": "v"}, "standalone_ports_supported": true, "physical_network": "p", "category": "c"}
baremetal port group set g --mode 4 --unsupport-standalone-ports
  PATCH ~/portgroups/g [{"op": "add", "path": "/mode", "value": "4"}, {"op": "add", "path": "/standalone_ports_supported", "value": false}]
baremetal port group unset g --name --address --extra k --property p --physical-network --category
  PATCH ~/portgroups/g [{"op": "remove", "path": "/name"}, {"op": "remove", "path": "/address"}, {"op": "remove", "path": "/extra/k"}, {"op": "remove", "path": "/properties/p"}, {"op": "remove", "path": "/physical_network"}, {"op": "remove", "path": "/category"}]
baremetal port group delete g
  DELETE ~/portgroups/g
baremetal chassis list --long
  GET ~/chassis/detail
baremetal chassis show c-id
  GET ~/chassis/c-id
baremetal chassis create --description d --extra k=1 --uuid u
  POST ~/chassis {"description": "d", "extra": {"k": 1}, "uuid": "u"}
baremetal chassis set c --description d
  PATCH ~/chassis/c [{"op": "add", "path": "/description", "value": "d"}]
baremetal chassis unset c --description --extra k
  PATCH ~/chassis/c [{"op": "remove", "path": "/description"}, {"op": "remove", "path": "/extra/k"}]
baremetal chassis delete c d
  DELETE ~/chassis/c
  DELETE ~/chassis/d
baremetal driver list --type dynamic --long
  GET ~/drivers?type=dynamic&detail=true
baremetal driver list --fields name type
  GET ~/drivers?fields=name%2Ctype
baremetal driver show d
  GET ~/drivers/d
baremetal driver property list d
  GET ~/drivers/d/properties
baremetal driver raid property list d
  GET ~/drivers/d/raid/logical_disk_properties
baremetal driver passthru list fake-hardware
  GET ~/drivers/fake-hardware/vendor_passthru/methods
baremetal driver passthru call fake-hardware sample --arg a=1 --http-method GET
  GET ~/drivers/fake-hardware/vendor_passthru/sample?a=1
baremetal driver passthru call d m --arg a=1 --http-method PUT
  PUT ~/drivers/d/vendor_passthru/m {"a": 1}
baremetal allocation list --node web --resource-class r --state active --owner o --long
  GET ~/allocations?node=web&resource_class=r&state=active&owner=o
baremetal allocation show a-id
  GET ~/allocations/a-id
baremetal allocation create --resource-class r --trait T --candidate-node a --candidate-node b --name n --uuid u --owner o --extra k=v
  POST ~/allocations {"resource_class": "r", "traits": ["T"], "candidate_nodes": ["a", "b"], "name": "n", "uuid": "u", "owner": "o", "extra": {"k": "v"}}
baremetal allocation create --node web
  POST ~/allocations {"node": "web"}
baremetal allocation set a --name n --extra k=v
  PATCH ~/allocations/a [{"op": "add", "path": "/name", "value": "n"}, {"op": "add", "path": "/extra/k", "value": "v"}]
baremetal allocation unset a --name --extra k
  PATCH ~/allocations/a [{"op": "remove", "path": "/name"}, {"op": "remove", "path": "/extra/k"}]
baremetal allocation delete a b
  DELETE ~/allocations/a
  DELETE ~/allocations/b
baremetal deploy template list --long --limit 2
  GET ~/deploy_templates?limit=2&detail=true
baremetal deploy template show t-id
  GET ~/deploy_templates/t-id
baremetal deploy template create CUSTOM_T --steps '[{"step":"s"}]' --uuid u --extra k=v
  POST ~/deploy_templates {"name": "CUSTOM_T", "uuid": "u", "extra": {"k": "v"}, "steps": [{"step": "s"}]}
baremetal deploy template set t --name CUSTOM_U --steps '[{"step":"s"}]'
  PATCH ~/deploy_templates/t [{"op": "add", "path": "/name", "value": "CUSTOM_U"}, {"op": "add", "path": "/steps", "value": [{"step": "s"}]}]
baremetal deploy template unset t --extra k
  PATCH ~/deploy_templates/t [{"op": "remove", "path": "/extra/k"}]
baremetal deploy template delete t
  DELETE ~/deploy_templates/t
baremetal runbook list --long
  GET ~/runbooks?detail=true
baremetal runbook show r-id
  GET ~/runbooks/r-id
baremetal runbook create --name CUSTOM_R --steps '[{"step":"s"}]' --public --owner o --description d --uuid u --extra k=v --disable-ramdisk
  POST ~/runbooks {"name": "CUSTOM_R", "uuid": "u", "description": "d", "public": true, "owner": "o", "extra": {"k": "v"}, "steps": [{"step": "s"}], "disable_ramdisk": true}
baremetal runbook set --public false --disable-ramdisk r
  PATCH ~/runbooks/r [{"op": "add", "path": "/public", "value": false}, {"op": "add", "path": "/disable_ramdisk", "value": true}]
baremetal runbook unset r --name --description --public --owner --extra k --disable-ramdisk
  PATCH ~/runbooks/r [{"op": "remove", "path": "/name"}, {"op": "remove", "path": "/description"}, {"op": "remove", "path": "/public"}, {"op": "remove", "path": "/owner"}, {"op": "remove", "path": "/extra/k"}, {"op": "remove", "path": "/disable_ramdisk"}]
baremetal runbook delete r
  DELETE ~/runbooks/r
baremetal runbook trait list r
  GET ~/runbooks/r/traits
baremetal runbook trait add r T U
  PUT ~/runbooks/r/traits/T
  PUT ~/runbooks/r/traits/U
baremetal runbook trait remove r T
  DELETE ~/runbooks/r/traits/T
baremetal runbook trait remove r --all
  DELETE ~/runbooks/r/traits
baremetal inspection rule list --long
  GET ~/inspection_rules?detail=true
baremetal inspection rule show r-id
  GET ~/inspection_rules/r-id
baremetal inspection rule create --actions '[{"op":"fail"}]' --conditions '[{"op":"eq"}]' --description d --priority 5 --phase main --sensitive true --uuid u
  POST ~/inspection_rules {"uuid": "u", "description": "d", "priority": 5, "phase": "main", "conditions": [{"op": "eq"}], "sensitive": true, "actions": [{"op": "fail"}]}
baremetal inspection rule create --actions '[{"op":"fail"}]'
  POST ~/inspection_rules {"conditions": [], "actions": [{"op": "fail"}]}
baremetal inspection rule set r --priority 0 --actions '[{"op":"fail"}]'
  PATCH ~/inspection_rules/r [{"op": "add", "path": "/priority", "value": 0}, {"op": "add", "path": "/actions", "value": [{"op": "fail"}]}]
baremetal inspection rule unset r --description --priority --phase --condition 0 --condition 1 --action 1
  PATCH ~/inspection_rules/r [{"op": "remove", "path": "/description"}, {"op": "remove", "path": "/priority"}, {"op": "remove", "path": "/phase"}, {"op": "remove", "path": "/conditions/1"}, {"op": "remove", "path": "/conditions/0"}, {"op": "remove", "path": "/actions/1"}]
baremetal inspection rule delete r s
  DELETE ~/inspection_rules/r
  DELETE ~/inspection_rules/s
baremetal conductor list --long
  GET ~/conductors?detail=true
baremetal conductor show h
  GET ~/conductors/h
baremetal shard list
  GET ~/shards
baremetal volume connector list --node web --long
  GET ~/volume/connectors?node=web&detail=true
baremetal volume connector show v-id
  GET ~/volume/connectors/v-id
baremetal volume connector create --node web-id --type iqn --connector-id i --uuid u --extra k=v
  POST ~/volume/connectors {"node_uuid": "web-id", "type": "iqn", "connector_id": "i", "extra": {"k": "v"}, "uuid": "u"}
baremetal volume connector set v --type mac --connector-id m
  PATCH ~/volume/connectors/v [{"op": "add", "path": "/type", "value": "mac"}, {"op": "add", "path": "/connector_id", "value": "m"}]
baremetal volume connector unset v --extra k
  PATCH ~/volume/connectors/v [{"op": "remove", "path": "/extra/k"}]
baremetal volume connector delete v
  DELETE ~/volume/connectors/v
baremetal volume target list --node web --fields boot_index
  GET ~/volume/targets?node=web&fields=boot_index
baremetal volume target show v-id
  GET ~/volume/targets/v-id
baremetal volume target create --node web-id --type iscsi --boot-index 0 --volume-id v --property p=1 --extra k=v --uuid u
  POST ~/volume/targets {"node_uuid": "web-id", "volume_type": "iscsi", "properties": {"p": 1}, "boot_index": 0, "volume_id": "v", "extra": {"k": "v"}, "uuid": "u"}
baremetal volume target set v --boot-index 2 --property p=1
  PATCH ~/volume/targets/v [{"op": "add", "path": "/properties/p", "value": 1}, {"op": "add", "path": "/boot_index", "value": 2}]
baremetal volume target unset v --property p --extra k
  PATCH ~/volume/targets/v [{"op": "remove", "path": "/extra/k"}, {"op": "remove", "path": "/properties/p"}]
baremetal volume target delete v
  DELETE ~/volume/targets/v
""")  # noqa: E501
REFUSED = """
2 baremetal port create a => --node
2 baremetal port create a --node n --pxe-enabled maybe => 'maybe' is not a valid boolean
2 baremetal port set p --pxe-enabled --pxe-disabled => exclude each other
2 baremetal port group create --node n --support-standalone-ports --unsupport-standalone-ports => exclude each other
1 baremetal allocation create => --resource-class is required unless there is --node.
1 baremetal volume target create --node n --type t --volume-id v --boot-index -1 => --boot-index must be 0 or more
2 baremetal volume connector create --node n --type nope --connector-id c => 'nope' is not one of
1 baremetal deploy template create T --steps nope => is neither a file nor JSON
2 baremetal runbook trait remove r => Name the traits to remove, or give --all.
2 baremetal inspection rule create --actions '[]' --priority high => 'high' is not a valid integer
1 baremetal port create a --node no-one => No Node found for no-one
"""
test_requests = sends(CASES)
test_refused = rejects(rejection_table(REFUSED))


def test_resource_with_an_address_is_shown(cloud: FakeCloud, ostk: Run) -> None:
    """Of a port by its address; without one, the error names the address."""
    cloud.answers[f"GET {V1}/ports/detail"] = {"ports": [{"uuid": "p-id", "address": "a", "links": []}]}
    assert ostk("baremetal port show --address a -f json -c uuid").stdout == '{\n  "uuid": "p-id"\n}\n'
    cloud.answers[f"GET {V1}/portgroups"] = {"portgroups": []}
    result = ostk("baremetal port group show --address a --fields uuid")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No port group has the address a." in result.stderr


def test_node_of_an_instance_is_shown(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {V1}/nodes"] = iter([{"nodes": [{"uuid": "n-id"}]}, {"nodes": []}])
    cloud.answers[f"GET {V1}/nodes/n-id"] = {"uuid": "n-id", "ports": [], "states": []}
    assert ostk("baremetal node show --instance i -f value").stdout == "n-id\n\n"
    assert cloud.all[-2][0] == f"GET {V1}/nodes?instance_uuid=i"
    result = ostk("baremetal node show --instance i")
    assert (result.exit_code, "No node has an instance with the UUID i." in result.stderr) == (1, True)


def test_answers_of_vendors_are_shown(cloud: FakeCloud, ostk: Run) -> None:
    """Of a node as it is, of a driver as a resource."""
    cloud.answers[f"POST {V1}/nodes/a/vendor_passthru/m"] = {"k": [1]}
    assert ostk("baremetal node passthru call a m").stdout == '{"k": [1]}\n'
    cloud.answers[f"POST {V1}/drivers/d/vendor_passthru/m"] = {"k": 1}
    assert ostk("baremetal driver passthru call d m -f value").stdout == "1\n"


def test_parts_of_a_node_are_shown(cloud: FakeCloud, ostk: Run) -> None:
    """In the order of the answer, without links."""
    cloud.answers[f"GET {V1}/nodes/a/bios/b"] = {"b": {"name": "b", "value": "x", "links": []}}
    assert ostk("baremetal node bios setting show a b -f value").stdout == "b\nx\n"
    cloud.answers[f"GET {V1}/nodes/a/history/e"] = {"uuid": "e", "event": "x", "conductor": "c", "links": []}
    assert ostk("baremetal node history get a e -f value").stdout == "e\nx\nc\n"
    cloud.answers[f"GET {V1}/nodes/a/inventory"] = {"inventory": {"cpu": 1}}
    assert ostk("baremetal node inventory save a").stdout == '{"inventory": {"cpu": 1}}\n'
    assert ostk("baremetal node inventory save a --file f").exit_code == 0
    assert ostk("baremetal node inventory save a --file /nope/f").exit_code == 1
