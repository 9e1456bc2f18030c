"""Firewall groups and policies: what each command sends and prints."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
firewall group create
  POST ~/fwaas/firewall_groups {"firewall_group": {}}
firewall group create g --description d --ingress-firewall-policy p --egress-firewall-policy q --share --enable --port a --port b --project demo --project-domain here
  POST ~/fwaas/firewall_groups {"firewall_group": {"name": "g", "description": "d", "ingress_firewall_policy_id": "p-id", "egress_firewall_policy_id": "q-id", "shared": true, "admin_state_up": true, "ports": ["a-id", "b-id"], "project_id": "demo-id"}}
firewall group create --name g --no-ingress-firewall-policy --no-egress-firewall-policy --no-share --disable --no-port
  POST ~/fwaas/firewall_groups {"firewall_group": {"name": "g", "ingress_firewall_policy_id": null, "egress_firewall_policy_id": null, "shared": false, "admin_state_up": false, "ports": []}}
firewall group list
  GET ~/fwaas/firewall_groups
firewall group list --long
  GET ~/fwaas/firewall_groups
firewall group show g
  GET ~/fwaas/firewall_groups?name=g
firewall group set g --name h --description d --ingress-firewall-policy p --egress-firewall-policy q --share --enable
  PUT ~/fwaas/firewall_groups/g-id {"firewall_group": {"name": "h", "description": "d", "ingress_firewall_policy_id": "p-id", "egress_firewall_policy_id": "q-id", "shared": true, "admin_state_up": true}}
firewall group set g --no-ingress-firewall-policy --no-egress-firewall-policy --no-share --disable --no-port
  PUT ~/fwaas/firewall_groups/g-id {"firewall_group": {"ingress_firewall_policy_id": null, "egress_firewall_policy_id": null, "shared": false, "admin_state_up": false, "ports": []}}
firewall group unset g --ingress-firewall-policy --egress-firewall-policy --share --enable --all-port
  PUT ~/fwaas/firewall_groups/g-id {"firewall_group": {"ingress_firewall_policy_id": null, "egress_firewall_policy_id": null, "shared": false, "admin_state_up": false, "ports": []}}
firewall group delete g h
  DELETE ~/fwaas/firewall_groups/g-id
  DELETE ~/fwaas/firewall_groups/h-id
firewall group policy create p --description d --audited --share --firewall-rule r --firewall-rule q --project demo --project-domain here
  POST ~/fwaas/firewall_policies {"firewall_policy": {"name": "p", "description": "d", "audited": true, "shared": true, "firewall_rules": ["r-id", "q-id"], "project_id": "demo-id"}}
firewall group policy create p --no-audited --no-share --no-firewall-rule
  POST ~/fwaas/firewall_policies {"firewall_policy": {"name": "p", "audited": false, "shared": false, "firewall_rules": []}}
firewall group policy list --long
  GET ~/fwaas/firewall_policies
firewall group policy show p
  GET ~/fwaas/firewall_policies?name=p
firewall group policy set p --name q --description d --audited --share --no-firewall-rule
  PUT ~/fwaas/firewall_policies/p-id {"firewall_policy": {"name": "q", "description": "d", "audited": true, "shared": true, "firewall_rules": []}}
firewall group policy set p --no-audited --no-share
  PUT ~/fwaas/firewall_policies/p-id {"firewall_policy": {"audited": false, "shared": false}}
firewall group policy unset p --audited --share --all-firewall-rule
  PUT ~/fwaas/firewall_policies/p-id {"firewall_policy": {"audited": false, "shared": false, "firewall_rules": []}}
firewall group policy delete p q
  DELETE ~/fwaas/firewall_policies/p-id
  DELETE ~/fwaas/firewall_policies/q-id
""")  # noqa: E501
REJECTIONS = rejection_table("""
1 firewall group create g --name h => The name is given twice: 'g' and --name 'h'. Leave out --name.
2 firewall group create g --port a --no-port => exclude each other
2 firewall group set g --ingress-firewall-policy p --no-ingress-firewall-policy => exclude each other
2 firewall group unset g --port a --all-port => exclude each other
1 firewall group set g --port no-port => No Port found for no-port
1 firewall group show no-group => No FirewallGroup found for no-group
2 firewall group policy create => 'NAME'
2 firewall group policy create p --firewall-rule r --no-firewall-rule => exclude each other
2 firewall group policy unset p --firewall-rule r --all-firewall-rule => exclude each other
1 firewall group policy set p --firewall-rule no-rule => No FirewallRule found for no-rule
2 firewall group policy add rule p => 'FIREWALL_RULE'
1 firewall group policy remove rule no-policy r => No FirewallPolicy found for no-policy
""")
GROUPS = "/network/v2.0/fwaas/firewall_groups"
POLICIES = "/network/v2.0/fwaas/firewall_policies"

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_group_set_and_unset_merge_ports(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {GROUPS}?name=g"] = {"firewall_groups": [{"id": "1", "name": "g", "ports": ["b-id", "a-id"]}]}
    for words, ports in (
        ("set g --port c --port a", ["a-id", "b-id", "c-id"]),
        ("set g --port c --no-port", ["c-id"]),
        ("unset g --port b --port c", ["a-id"]),
    ):
        cloud.sent.clear()
        assert ostk(f"firewall group {words}").exit_code == 0
        assert (f"PUT {GROUPS}/1", {"firewall_group": {"ports": ports}}) in cloud.sent


def test_policy_set_appends_rules_and_unset_removes_rules(cloud: FakeCloud, ostk: Run) -> None:
    policy = {"id": "1", "name": "p", "firewall_rules": ["b-id", "a-id"]}
    cloud.answers[f"GET {POLICIES}?name=p"] = {"firewall_policies": [policy]}
    for words, rules in (
        ("set p --firewall-rule d --firewall-rule c", ["b-id", "a-id", "d-id", "c-id"]),
        ("set p --firewall-rule c --no-firewall-rule", ["c-id"]),
        ("unset p --firewall-rule b --firewall-rule c", ["a-id"]),
    ):
        cloud.sent.clear()
        assert ostk(f"firewall group policy {words}").exit_code == 0
        assert (f"PUT {POLICIES}/1", {"firewall_policy": {"firewall_rules": rules}}) in cloud.sent


def test_policy_add_rule_inserts_before_and_after(cloud: FakeCloud, ostk: Run) -> None:
    for verb in ("insert_rule", "remove_rule"):
        cloud.answers[f"PUT {POLICIES}/p-id/{verb}"] = {"id": "p-id", "name": "p"}
    line = "firewall group policy add rule p r --insert-before a --insert-after b"
    assert ostk(line).output == "Inserted firewall rule r-id in firewall policy p\n"
    body = {"insert_before": "a-id", "insert_after": "b-id", "firewall_rule_id": "r-id"}
    assert cloud.sent == [(f"PUT {POLICIES}/p-id/insert_rule", body)]
    cloud.sent.clear()
    assert ostk("firewall group policy add rule p r").exit_code == 0
    body = {"insert_before": "", "insert_after": "", "firewall_rule_id": "r-id"}
    assert cloud.sent == [(f"PUT {POLICIES}/p-id/insert_rule", body)]
    cloud.sent.clear()
    line = "firewall group policy remove rule p r"
    assert ostk(line).output == "Removed firewall rule r-id from firewall policy p\n"
    assert cloud.sent == [(f"PUT {POLICIES}/p-id/remove_rule", {"firewall_rule_id": "r-id"})]


def test_group_show_has_list_titles_and_admin_state(cloud: FakeCloud, ostk: Run) -> None:
    group = {"id": "1", "name": "g", "admin_state_up": True, "ports": ["b", "a"], "created_at": "now", "tenant_id": "p"}
    cloud.answers[f"GET {GROUPS}?name=g"] = {"firewall_groups": [group]}
    shown = json.loads(ostk("firewall group show g -f json").output)
    assert shown["State"] is True
    assert list(shown)[-1] == "created_at"
    assert "| State | UP    |" in ostk("firewall group show g -c State").output
    assert ostk("firewall group show g -f value -c Ports").output == "['b', 'a']\n"
