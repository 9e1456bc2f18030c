"""Firewall rules: what each command sends and prints."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
firewall group rule create r
  POST ~/fwaas/firewall_rules {"firewall_rule": {"name": "r"}}
firewall group rule create
  POST ~/fwaas/firewall_rules {"firewall_rule": {}}
firewall group rule create r --description d --protocol TCP --action ALLOW --ip-version 6 --source-ip-address 10.0.0.1 --destination-ip-address fd00::/8 --source-port 1 --destination-port 80:90 --share --enable-rule --source-firewall-group g --destination-firewall-group h --project demo --project-domain here
  POST ~/fwaas/firewall_rules {"firewall_rule": {"name": "r", "description": "d", "protocol": "tcp", "action": "allow", "ip_version": 6, "source_ip_address": "10.0.0.1", "destination_ip_address": "fd00::/8", "source_port": "1", "destination_port": "80:90", "shared": true, "enabled": true, "source_firewall_group_id": "g-id", "destination_firewall_group_id": "h-id", "project_id": "demo-id"}}
firewall group rule create --name r --protocol any --no-source-ip-address --no-destination-ip-address --no-source-port --no-destination-port --no-share --disable-rule --no-source-firewall-group --no-destination-firewall-group
  POST ~/fwaas/firewall_rules {"firewall_rule": {"name": "r", "protocol": null, "source_ip_address": null, "destination_ip_address": null, "source_port": null, "destination_port": null, "shared": false, "enabled": false, "source_firewall_group_id": null, "destination_firewall_group_id": null}}
firewall group rule list
  GET ~/fwaas/firewall_rules
firewall group rule list --long
  GET ~/fwaas/firewall_rules
firewall group rule show r
  GET ~/fwaas/firewall_rules?name=r
firewall group rule set r --name q --description d --protocol udp --action reject --ip-version 4 --source-ip-address 10.0.0.0/8 --destination-ip-address ::1 --source-port 5:6 --destination-port 65535 --no-share --disable-rule --source-firewall-group g --destination-firewall-group h
  PUT ~/fwaas/firewall_rules/r-id {"firewall_rule": {"name": "q", "description": "d", "protocol": "udp", "action": "reject", "ip_version": 4, "source_ip_address": "10.0.0.0/8", "destination_ip_address": "::1", "source_port": "5:6", "destination_port": "65535", "shared": false, "enabled": false, "source_firewall_group_id": "g-id", "destination_firewall_group_id": "h-id"}}
firewall group rule set r --no-source-ip-address --no-destination-ip-address --no-source-port --no-destination-port --share --enable-rule --no-source-firewall-group --no-destination-firewall-group
  PUT ~/fwaas/firewall_rules/r-id {"firewall_rule": {"source_ip_address": null, "destination_ip_address": null, "source_port": null, "destination_port": null, "shared": true, "enabled": true, "source_firewall_group_id": null, "destination_firewall_group_id": null}}
firewall group rule unset r --source-ip-address --destination-ip-address --source-port --destination-port --share --enable-rule --source-firewall-group --destination-firewall-group
  PUT ~/fwaas/firewall_rules/r-id {"firewall_rule": {"source_ip_address": null, "destination_ip_address": null, "source_port": null, "destination_port": null, "shared": false, "enabled": false, "source_firewall_group_id": null, "destination_firewall_group_id": null}}
firewall group rule unset r
firewall group rule delete r q
  DELETE ~/fwaas/firewall_rules/r-id
  DELETE ~/fwaas/firewall_rules/q-id
""")  # noqa: E501
REJECTIONS = rejection_table("""
1 firewall group rule create r --name q => The name is given twice: 'r' and --name 'q'. Leave out --name.
2 firewall group rule create r --action drop => 'drop'
2 firewall group rule create r --ip-version 5 => '5'
1 firewall group rule create r --source-port 0 => '0' is not a port number
1 firewall group rule create r --source-port 65536 => '65536' is not a port number
1 firewall group rule create r --destination-port 90:80 => '90:80' is not a port number
1 firewall group rule set r --destination-port http => 'http' is not a port number
1 firewall group rule set r --source-ip-address here => 'here' is neither an IP address nor a CIDR.
2 firewall group rule set r --source-port 1 --no-source-port => exclude each other
2 firewall group rule set r --enable-rule --disable-rule => exclude each other
1 firewall group rule set r --source-firewall-group no-group => No FirewallGroup found for no-group
1 firewall group rule unset no-rule --share => No FirewallRule found for no-rule
""")
WEB = {"id": "1", "name": "web", "protocol": "tcp", "destination_port": "80", "action": "allow", "enabled": True}
WEB |= {"source_ip_address": "10.0.0.0/8", "firewall_policy_id": ["p"], "project_id": "p", "tenant_id": "p"}
LISTED = """\
+----+------+---------+--------------------------------------------+-----------------+
| ID | Name | Enabled | Summary                                    | Firewall Policy |
+----+------+---------+--------------------------------------------+-----------------+
| 1  | web  | True    | TCP,                                       | ['p']           |
|    |      |         |  source(port): 10.0.0.0/8(none specified), |                 |
|    |      |         |  dest(port): none specified(80),           |                 |
|    |      |         |  allow                                     |                 |
+----+------+---------+--------------------------------------------+-----------------+
"""
PATH = "GET /network/v2.0/fwaas/firewall_rules"

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_rule_list_has_summary_and_long_list_has_fields(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[PATH] = {"firewall_rules": [WEB]}
    assert ostk("firewall group rule list").output == LISTED
    [row] = json.loads(ostk("firewall group rule list --long -f json").output)
    assert "Summary" not in row
    assert list(row)[:6] == ["ID", "Name", "Enabled", "Description", "Firewall Policy", "IP Version"]


def test_rule_show_without_protocol_and_groups(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"{PATH}?name=r"] = {"firewall_rules": [{"id": "1", "name": "r", "protocol": None}]}
    assert "| Protocol | any   |" in ostk("firewall group rule show r -c Protocol").output
    shown = json.loads(ostk("firewall group rule show r -f json").output)
    assert (shown["Protocol"], shown["Source Firewall Group ID"], shown["Summary"]) == (None, "", "")
