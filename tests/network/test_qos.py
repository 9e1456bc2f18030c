"""QoS policies, their rules and rule types, and RBAC policies: what each command sends and prints."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
network qos policy create q --description d --share --project demo --project-domain here --default --extra-property name=x,value=y
  POST ~/qos/policies {"policy": {"name": "q", "description": "d", "shared": true, "project_id": "demo-id", "is_default": true, "x": "y"}}
network qos policy create q --no-share --no-default
  POST ~/qos/policies {"policy": {"name": "q", "shared": false, "is_default": false}}
network qos policy list --project demo --project-domain here --share --limit 1 --marker m --max-items 2
  GET ~/qos/policies?project_id=demo-id&shared=true&limit=1&marker=m
network qos policy list --no-share
  GET ~/qos/policies?shared=false
network qos policy show q
  GET ~/qos/policies?name=q
network qos policy set q --name r --description d --no-share --no-default --extra-property name=x,value=y
  PUT ~/qos/policies/q-id {"policy": {"name": "r", "description": "d", "shared": false, "is_default": false, "x": "y"}}
network qos policy set q --share --default
  PUT ~/qos/policies/q-id {"policy": {"shared": true, "is_default": true}}
network qos policy delete q r
  DELETE ~/qos/policies/q-id
  DELETE ~/qos/policies/r-id
network qos rule create q --type bandwidth-limit --max-kbps 9 --max-burst-kbits 3 --ingress --extra-property name=x,value=y
  POST ~/qos/policies/q-id/bandwidth_limit_rules {"bandwidth_limit_rule": {"max_kbps": 9, "max_burst_kbps": 3, "direction": "ingress", "x": "y"}}
network qos rule create q --type dscp-marking --dscp-mark 26
  POST ~/qos/policies/q-id/dscp_marking_rules {"dscp_marking_rule": {"dscp_mark": 26}}
network qos rule create q --type minimum-bandwidth --min-kbps 9 --egress
  POST ~/qos/policies/q-id/minimum_bandwidth_rules {"minimum_bandwidth_rule": {"min_kbps": 9, "direction": "egress"}}
network qos rule create q --type minimum-packet-rate --min-kpps 9 --any
  POST ~/qos/policies/q-id/minimum_packet_rate_rules {"minimum_packet_rate_rule": {"min_kpps": 9, "direction": "any"}}
network qos rule type list --all-supported --limit 1 --marker m --max-items 2
  GET ~/qos/rule-types?all_supported=true&limit=1&marker=m
network qos rule type list --all-rules
  GET ~/qos/rule-types?all_rules=true
network qos rule type show dscp_marking
  GET ~/qos/rule-types/dscp_marking
network rbac create q --type qos_policy --action access_as_shared --target-project demo --target-project-domain here --extra-property name=x,value=y
  GET ~/qos/policies?name=q
  POST ~/rbac-policies {"rbac_policy": {"object_type": "qos_policy", "object_id": "q-id", "action": "access_as_shared", "target_tenant": "demo-id", "x": "y"}}
network rbac create n --type network --action access_as_external --target-all-projects --project lab --project-domain here
  GET ~/networks?name=n
  POST ~/rbac-policies {"rbac_policy": {"object_type": "network", "object_id": "n-id", "action": "access_as_external", "target_tenant": "*", "project_id": "lab-id"}}
network rbac create n --type subnetpool --action access_as_shared --target-all-projects
  GET ~/subnetpools?name=n
  POST ~/rbac-policies {"rbac_policy": {"object_type": "subnetpool", "object_id": "n-id", "action": "access_as_shared", "target_tenant": "*"}}
network rbac list --type network --action access_as_shared --target-project demo --long --limit 1 --marker m --max-items 2
  GET ~/rbac-policies?object_type=network&action=access_as_shared&limit=1&marker=m&target_tenant=demo-id
network rbac list --target-project *
  GET ~/rbac-policies?target_tenant=%2A
network rbac show 1
  GET ~/rbac-policies/1
network rbac set 1 --target-project demo --target-project-domain here --extra-property name=x,value=y
  PUT ~/rbac-policies/1 {"rbac_policy": {"target_tenant": "demo-id", "x": "y"}}
network rbac delete 1 2
  DELETE ~/rbac-policies/1
  DELETE ~/rbac-policies/2
""")  # noqa: E501
REJECTIONS = rejection_table("""
1 network qos rule create q --type bandwidth-limit --ingress => bandwidth-limit needs --max-kbps.
1 network qos rule create q --type minimum-bandwidth --min-kbps 1 => needs --ingress or --egress, --min-kbps
1 network qos rule create q --type dscp-marking --dscp-mark 8 --max-kbps 3 => takes only --dscp-mark
1 network qos rule create q --type bandwidth-limit --max-kbps 3 --any => --any is only for
1 network qos rule show q 1 => No rule of the QoS policy 'q' has the ID '1'.
1 network qos rule delete q 1 => No rule of the QoS policy 'q' has the ID '1'.
2 network qos rule create q --type speed => 'speed'
2 network qos rule create q --type dscp-marking --ingress --egress => exclude each other
2 network qos rule type list --all-supported --all-rules => exclude each other
2 network rbac create q --type qos_policy --action access_as_shared => One of --target-project
2 network rbac create q --type router --action access_as_shared --target-all-projects => 'router'
1 network rbac create no-net --type network --action access_as_shared --target-all-projects => No Network found for no-
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


RULE = {"id": "1", "qos_policy_id": "q-id", "type": "bandwidth_limit", "max_kbps": 9, "direction": "egress"}
POLICY = {"id": "q-id", "name": "q", "rules": [RULE, {"id": "2", "type": "dscp_marking", "dscp_mark": 26}]}
PATH = "/network/v2.0/qos/policies"


@pytest.fixture
def policy(cloud: FakeCloud) -> None:
    """Answer with a QoS policy of two rules."""
    cloud.answers[f"GET {PATH}?name=q"] = {"policies": [POLICY]}


LISTED = """\
+----+---------------+-----------------+----------+-----------------+----------+----------+-----------+-----------+
| ID | QoS Policy ID | Type            | Max Kbps | Max Burst Kbits | Min Kbps | Min Kpps | DSCP mark | Direction |
+----+---------------+-----------------+----------+-----------------+----------+----------+-----------+-----------+
| 1  | q-id          | bandwidth_limit |        9 |                 |          |          |           | egress    |
| 2  |               | dscp_marking    |          |                 |          |          | 26        |           |
+----+---------------+-----------------+----------+-----------------+----------+----------+-----------+-----------+
"""


@pytest.mark.usefixtures("policy")
def test_rule_list_sends_one_request(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("network qos rule list q").output == LISTED
    assert len(cloud.sent) == 1


@pytest.mark.usefixtures("policy")
def test_rule_set_delete_and_show_use_the_path_of_the_type(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("network qos rule set q 2 --dscp-mark 0 --extra-property name=x,value=y").exit_code == 0
    body = {"dscp_marking_rule": {"dscp_mark": 0, "x": "y"}}
    assert cloud.sent[1] == (f"PUT {PATH}/q-id/dscp_marking_rules/2", body)
    assert ostk("network qos rule delete q 1").exit_code == 0
    assert cloud.sent[3] == (f"DELETE {PATH}/q-id/bandwidth_limit_rules/1", None)
    cloud.answers[f"GET {PATH}/q-id/bandwidth_limit_rules/1"] = {"bandwidth_limit_rule": {"id": "1", "max_kbps": 9}}
    assert json.loads(ostk("network qos rule show q 1 -f json").output) == {"id": "1", "max_kbps": 9}


@pytest.mark.usefixtures("policy")
def test_rule_set_rejects_fields_of_other_types(cloud: FakeCloud, ostk: Run) -> None:
    for options in ("--min-kbps 3", "--any", "--min-kpps 1 --egress"):
        result = ostk(f"network qos rule set q 1 {options}")
        assert result.exit_code == 1, options
    words = "--max-kbps 1 --max-burst-kbits 2 --ingress"
    assert ostk(f"network qos rule set q 1 {words}").exit_code == 0
    assert [line for line, _ in cloud.sent if line.startswith("PUT")] == [f"PUT {PATH}/q-id/bandwidth_limit_rules/1"]


@pytest.mark.usefixtures("policy")
def test_policy_show_formats_rules_as_lines(ostk: Run) -> None:
    assert "'bandwidth_limit'" in ostk("network qos policy show q -c rules").output.splitlines()[3]
    assert json.loads(ostk("network qos policy show q -f json").output)["rules"] == POLICY["rules"]


def test_rbac_show_renames_target_project(cloud: FakeCloud, ostk: Run) -> None:
    found = {"id": "1", "object_type": "network", "target_tenant": "*", "tenant_id": "p", "project_id": "p"}
    cloud.answers["GET /network/v2.0/rbac-policies/1"] = {"rbac_policy": found}
    shown = json.loads(ostk("network rbac show 1 -f json").output)
    assert shown["target_project_id"] == "*"
    assert list(shown) == "action id object_id object_type project_id target_project_id".split()
