"""Load balancers: what is sent, populated creation, waiting, the status tree and amphorae."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ostk.render import terminal

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

LBAAS = "/load-balancer/v2.0/lbaas"
test_sends = sends(
    request_table("""
/load-balancer/v2.0/lbaas
loadbalancer list
  GET ~/loadbalancers
loadbalancer list --name n --disable --provider amphora --availability-zone z --tags a,b --not-any-tags c
  GET ~/loadbalancers?name=n&admin_state_up=false&provider=amphora&availability_zone=z&tags=a%2Cb&not-tags-any=c
loadbalancer list --vip-network-id net --vip-subnet-id sub --vip-port-id p --vip-qos-policy-id q --project demo\
 --flavor f
  GET ~/loadbalancers?project_id=demo-id&vip_network_id=net-id&vip_subnet_id=sub-id&vip_qos_policy_id=q-id\
&vip_port_id=p-id&flavor_id=f-id
loadbalancer list --provisioning-status active --operating-status Online --enable
  GET ~/loadbalancers?admin_state_up=true&provisioning_status=ACTIVE&operating_status=ONLINE
loadbalancer show lb
  GET ~/loadbalancers?name=lb
loadbalancer create --name lb --vip-subnet-id sub
  POST ~/loadbalancers {"loadbalancer": {"name": "lb", "vip_subnet_id": "sub-id", "admin_state_up": true}}
loadbalancer create --description d --vip-address 10.0.0.9 --vip-port-id p --vip-qos-policy-id q --disable --flavor f\
 --no-tag
  POST ~/loadbalancers {"loadbalancer": {"description": "d", "vip_address": "10.0.0.9", "vip_port_id": "p-id",\
 "vip_qos_policy_id": "q-id", "admin_state_up": false, "flavor_id": "f-id"}}
loadbalancer create --vip-network-id net --vip-qos-policy-id None --vip-sg-id g --vip-sg-id h --project demo\
 --provider amphora --tag a --tag b
  POST ~/loadbalancers {"loadbalancer": {"vip_network_id": "net-id", "vip_qos_policy_id": null, "vip_sg_ids": ["g-id",\
 "h-id"], "project_id": "demo-id", "provider": "amphora", "tags": ["a", "b"], "admin_state_up": true}}
loadbalancer create --vip-network-id net --availability-zone z --additional-vip subnet-id=sub,ip-address=10.0.0.9\
 --additional-vip subnet-id=two
  POST ~/loadbalancers {"loadbalancer": {"vip_network_id": "net-id", "availability_zone": "z", "additional_vips":\
 [{"subnet_id": "sub-id", "ip_address": "10.0.0.9"}, {"subnet_id": "two-id"}], "admin_state_up": true}}
loadbalancer create --vip-subnet-id sub --listener protocol=http,protocol-port=80,name=web --pool protocol=http\
 --member address=10.0.0.1,protocol-port=8080,subnet-id=sub --member address=10.0.0.2,protocol-port=8080,weight=2\
 --healthmonitor type=http,delay=5,timeout=3,max-retries=2
  POST ~/loadbalancers {"loadbalancer": {"vip_subnet_id": "sub-id", "admin_state_up": true, "listeners":\
 [{"default_pool": {"name": "pool"}, "protocol": "HTTP", "protocol_port": 80, "name": "web"}], "pools":\
 [{"lb_algorithm": "ROUND_ROBIN", "name": "pool", "protocol": "HTTP", "members": [{"address": "10.0.0.1",\
 "protocol_port": 8080, "subnet_id": "sub-id"}, {"address": "10.0.0.2", "protocol_port": 8080, "weight": 2}],\
 "healthmonitor": {"type": "HTTP", "delay": 5, "timeout": 3, "max_retries": 2}}]}}
loadbalancer create --vip-subnet-id sub --listener protocol=TCP,protocol-port=1,default-pool=b --listener\
 protocol=TCP,protocol-port=2 --pool protocol=TCP,name=a,lb-algorithm=source_ip --pool protocol=TCP,name=b --member\
 address=10.0.0.1,protocol-port=1,pool=b
  POST ~/loadbalancers {"loadbalancer": {"vip_subnet_id": "sub-id", "admin_state_up": true, "listeners": [{"protocol":\
 "TCP", "protocol_port": 1, "default_pool": {"name": "b"}}, {"protocol": "TCP", "protocol_port": 2}], "pools":\
 [{"lb_algorithm": "SOURCE_IP", "name": "a", "protocol": "TCP"}, {"lb_algorithm": "ROUND_ROBIN", "name": "b",\
 "protocol": "TCP", "members": [{"address": "10.0.0.1", "protocol_port": 1}]}]}}
loadbalancer set lb
loadbalancer set lb --name n --description "" --vip-qos-policy-id void --vip-sg-id g --disable
  PUT ~/loadbalancers/lb-id {"loadbalancer": {"name": "n", "description": "", "vip_qos_policy_id": null, "vip_sg_ids":\
 ["g-id"], "admin_state_up": false}}
loadbalancer set lb --vip-qos-policy-id q --tag a
  PUT ~/loadbalancers/lb-id {"loadbalancer": {"vip_qos_policy_id": "q-id", "tags": ["a"]}}
loadbalancer set lb --no-tag
  PUT ~/loadbalancers/lb-id {"loadbalancer": {"tags": []}}
loadbalancer unset lb
loadbalancer unset lb --name --description --vip-qos-policy-id --vip-sg-id --all-tag
  PUT ~/loadbalancers/lb-id {"loadbalancer": {"name": null, "description": null, "vip_qos_policy_id": null,\
 "vip_sg_ids": null, "tags": []}}
loadbalancer delete lb
  DELETE ~/loadbalancers/lb-id
loadbalancer delete one two --cascade
  DELETE ~/loadbalancers/one-id?cascade=true
  DELETE ~/loadbalancers/two-id?cascade=true
loadbalancer failover lb
  PUT ~/loadbalancers/lb-id/failover
loadbalancer stats show lb
  GET ~/loadbalancers/lb-id/stats
loadbalancer provider list
  GET ~/providers
loadbalancer provider capability list amphora
  GET ~/providers/amphora/flavor_capabilities
  GET ~/providers/amphora/availability_zone_capabilities
loadbalancer provider capability list amphora --flavor
  GET ~/providers/amphora/flavor_capabilities
""")
)
test_sends_to_amphorae = sends(
    request_table("""
/load-balancer/v2.0/octavia/amphorae
loadbalancer amphora list --loadbalancer lb --compute-id c --role master --provisioning-status ready --image-id i --long
  GET ~?loadbalancer_id=lb-id&compute_id=c&role=MASTER&status=READY&image_id=i
loadbalancer amphora show a
  GET ~/a
loadbalancer amphora configure a
  PUT ~/a/config
loadbalancer amphora failover a
  PUT ~/a/failover
loadbalancer amphora delete a b
  DELETE ~/a
  DELETE ~/b
""")
)
test_rejects = rejects(
    rejection_table("""
1 loadbalancer create --name lb => A load balancer needs one of --vip-subnet-id, --vip-network-id, --vip-port-id.
1 loadbalancer create --vip-port-id p --vip-network-id net => --vip-network-id and --vip-port-id exclude each other.
2 loadbalancer create --vip-subnet-id s --additional-vip ip-address=10.0.0.1 => subnet-id missing in
2 loadbalancer create --vip-subnet-id s --listener protocol=TCP => protocol-port missing in
1 loadbalancer create --vip-subnet-id s --listener protocol=TCP,protocol-port=http => 'http' is not a number.
1 loadbalancer create --vip-subnet-id s --member address=10.0.0.1,protocol-port=1 => Say which --pool each --member
1 loadbalancer create --vip-subnet-id s --pool protocol=TCP,name=a --member address=10.0.0.1,protocol-port=1,pool=b =>\
 No --pool has name=b.
2 loadbalancer list --provisioning-status on => 'on' is not one of
2 loadbalancer unset lb --tag a --all-tag => exclude each other
2 loadbalancer provider capability list amphora --flavor --availability-zone => exclude each other
""")
)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a clock that sleeping turns."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return now


def states(*words: str, key: str = "loadbalancer", **fields: Any) -> Iterator[Any]:
    """Give a resource in each provisioning status in turn, in the last one for ever."""
    for word in [*words, *[words[-1]] * 99]:
        yield {key: {"id": "x-id", "name": "x", "provisioning_status": word, **fields}}


def requests(cloud: FakeCloud) -> list[str]:
    """Return the requests without those for tokens, below the root of the API."""
    return [line.replace(f"{LBAAS}/", "") for line, _ in cloud.all if LBAAS in line]


def test_create_waits_and_prints_what_there_is_at_the_end(cloud: FakeCloud, ostk: Run) -> None:
    answers = states("PENDING_CREATE", "ACTIVE", id="new-id", vip_address="10.0.0.3")
    cloud.answers[f"GET {LBAAS}/loadbalancers/new-id"] = answers
    result = ostk("loadbalancer create --name x --vip-subnet-id s --wait -f value -c vip_address -c vip_vnic_type")
    assert result.stdout == "10.0.0.3\nnormal\n"


def test_failed_load_balancer_is_an_error(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {LBAAS}/loadbalancers/new-id"] = states("PENDING_CREATE", "ERROR", id="new-id")
    result = ostk("loadbalancer create --name x --vip-subnet-id s --wait")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "The load balancer x went into ERROR.\n")


def test_time_that_is_over_ends_with_124(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {LBAAS}/loadbalancers/x-id"] = states("PENDING_UPDATE")
    result = ostk("loadbalancer failover x --wait --timeout 9")
    assert result.exit_code == 124
    assert result.stderr == "The load balancer x x-id is not ready after 9 seconds: its status is PENDING_UPDATE.\n"


def test_delete_waits_until_the_load_balancer_is_gone(cloud: FakeCloud, ostk: Run) -> None:
    path = f"GET {LBAAS}/loadbalancers/x-id"
    cloud.answers[path] = iter([*list(states("PENDING_DELETE"))[:2], (404, {"faultstring": "not found"})])
    assert ostk("loadbalancer delete x --wait").exit_code == 0
    assert requests(cloud).count("GET loadbalancers/x-id") == 3


def test_locked_load_balancer_is_deleted_when_it_is_free(cloud: FakeCloud, ostk: Run) -> None:
    refusal = (409, {"faultstring": "Invalid state PENDING_UPDATE of loadbalancer resource x-id"})
    cloud.answers[f"DELETE {LBAAS}/loadbalancers/x-id"] = iter([refusal, (204, {})])
    cloud.answers[f"GET {LBAAS}/loadbalancers/x-id"] = states("PENDING_UPDATE", "ACTIVE")
    assert ostk("loadbalancer delete x").exit_code == 0
    assert requests(cloud)[1:] == [f"{one} loadbalancers/x-id" for one in ("DELETE", "GET", "GET", "DELETE")]


def test_parts_in_the_way_of_a_deletion_are_named_with_the_way_out(cloud: FakeCloud, ostk: Run) -> None:
    message = "Validation failure: Cannot delete Load Balancer x-id - it has children"
    cloud.answers[f"DELETE {LBAAS}/loadbalancers/x-id"] = (400, {"faultstring": message})
    result = ostk("loadbalancer delete x")
    hint = "Delete the listeners and pools of the load balancer too with --cascade."
    assert (result.exit_code, result.stderr) == (1, f"{message} (HTTP 400)\n{hint}\n")


def test_tags_are_merged_with_those_there_are(cloud: FakeCloud, ostk: Run) -> None:
    balancer = {"id": "x-id", "name": "x", "tags": ["b", "a"]}
    cloud.answers[f"GET {LBAAS}/loadbalancers"] = {"loadbalancers": [balancer]}
    for line, tags in ("set x --tag c", ["b", "a", "c"]), ("set x --no-tag --tag c", ["c"]), ("unset x --tag b", ["a"]):
        assert ostk(f"loadbalancer {line}").exit_code == 0
        assert cloud.sent[-1] == (f"PUT {LBAAS}/loadbalancers/x-id", {"loadbalancer": {"tags": tags}})
    cloud.sent.clear()
    assert ostk("loadbalancer set x --tag a").exit_code == 0
    assert not [line for line, _ in cloud.sent if line.startswith("PUT")]


STATUS = {
    "loadbalancer": {
        "id": "lb-id",
        "name": "lb",
        "provisioning_status": "ACTIVE",
        "operating_status": "ONLINE",
        "listeners": [
            {
                "id": "l-id",
                "name": "",
                "provisioning_status": "ACTIVE",
                "operating_status": "ONLINE",
                "l7policies": [{"id": "y-id", "name": "y", "provisioning_status": "ERROR", "rules": [{"id": "r-id"}]}],
                "pools": [
                    {
                        "id": "p-id",
                        "name": "p\x1b[2J",
                        "provisioning_status": "ACTIVE",
                        "operating_status": "DEGRADED",
                        "health_monitor": {"id": "h-id", "name": "h", "type": "HTTP", "provisioning_status": "ACTIVE"},
                        "members": [{"id": "m-id", "name": "m", "address": "10.0.0.9", "protocol_port": 80}],
                    }
                ],
            }
        ],
    }
}
TREE = r"""load balancer lb ACTIVE ONLINE
└── listener l-id ACTIVE ONLINE
    ├── L7 policy y ERROR
    │   └── L7 rule r-id
    └── pool p\x1b[2J ACTIVE DEGRADED
        ├── health monitor h HTTP ACTIVE
        └── member m 10.0.0.9:80
"""


def test_status_is_json_in_a_pipe_and_a_tree_on_a_terminal(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.answers[f"GET {LBAAS}/loadbalancers/lb-id/status"] = {"statuses": STATUS}
    assert ostk("loadbalancer status show lb").stdout == json.dumps(STATUS, indent=4) + "\n"
    assert ostk("loadbalancer status show lb --query loadbalancer.name").stdout == '"lb"\n'
    assert ostk("loadbalancer status show lb -f yaml").stdout.startswith("loadbalancer:\n  id: lb-id\n")
    assert ostk("loadbalancer status show lb -f tree").stdout.splitlines()[1] == "`-- listener l-id ACTIVE ONLINE"
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    monkeypatch.setattr(terminal, "can_draw_boxes", lambda: True)
    assert ostk("loadbalancer status show lb").stdout == TREE
    assert ostk("loadbalancer status show lb -f json").stdout == json.dumps(STATUS, indent=4) + "\n"


def test_statistics_of_an_amphora_are_added_up(cloud: FakeCloud, ostk: Run) -> None:
    counts = {"active_connections": 1, "bytes_in": 2, "bytes_out": 3, "request_errors": 4, "total_connections": 5}
    stats = [{**counts, "listener_id": "one-id"}, {**counts, "listener_id": "two-id"}]
    cloud.answers["GET /load-balancer/v2.0/octavia/amphorae/a/stats"] = {"amphora_stats": stats}
    assert ostk("loadbalancer amphora stats show a -f value").stdout == "2\n4\n6\n8\n10\n"
    assert ostk("loadbalancer amphora stats show a --listener two -f value").stdout == "1\n2\n3\n4\n5\n"


@pytest.mark.parametrize(("verb", "path"), [("configure", "config"), ("failover", "failover")])
def test_amphora_waits_for_the_load_balancer(cloud: FakeCloud, ostk: Run, verb: str, path: str) -> None:
    amphora = {"id": "a", "loadbalancer_id": "x-id", "status": "ALLOCATED"}
    cloud.answers["GET /load-balancer/v2.0/octavia/amphorae/a"] = {"amphora": amphora}
    cloud.answers[f"GET {LBAAS}/loadbalancers/x-id"] = states("PENDING_UPDATE", "ACTIVE")
    assert ostk(f"loadbalancer amphora {verb} a --wait").exit_code == 0
    assert requests(cloud) == ["GET loadbalancers/x-id"] * 2
    assert [line for line, _ in cloud.sent if line.startswith("PUT")] == [
        f"PUT /load-balancer/v2.0/octavia/amphorae/a/{path}"
    ]


def test_spare_amphora_that_fails_over_is_gone_at_the_end(cloud: FakeCloud, ostk: Run) -> None:
    spare = {"amphora": {"id": "a", "loadbalancer_id": None, "status": "READY"}}
    cloud.answers["GET /load-balancer/v2.0/octavia/amphorae/a"] = iter([spare, spare, (404, {}), (404, {})])
    assert ostk("loadbalancer amphora failover a --wait").exit_code == 0
