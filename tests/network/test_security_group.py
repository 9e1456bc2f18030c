"""Security groups, their rules, and the rules and statefulness of new ones: what is sent and printed."""

from __future__ import annotations

import json
from typing import Any

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
security group create g
  POST ~/security-groups {"security_group": {"name": "g", "description": "g"}}
security group create g --description d --stateless --project demo --project-domain here --tag b --tag a --extra-property name=x,value=y
  POST ~/security-groups {"security_group": {"name": "g", "description": "d", "stateful": false, "project_id": "demo-id", "x": "y"}}
  then PUT ~/security-groups/new-id/tags {"tags": ["a", "b"]}
security group create g --stateful --no-tag
  POST ~/security-groups {"security_group": {"name": "g", "description": "g", "stateful": true}}
security group list
  GET ~/security-groups?fields=id&fields=name&fields=description&fields=project_id&fields=tags&fields=shared
security group list --project demo --project-domain here --share --tags a --any-tags b
  GET ~/security-groups?project_id=demo-id&shared=true&tags=a&tags-any=b&fields=id&fields=name&fields=description&fields=project_id&fields=tags&fields=shared
security group list --no-share --not-tags a --not-any-tags b --limit 1 --marker m --max-items 2
  GET ~/security-groups?shared=false&not-tags=a&not-tags-any=b&limit=1&marker=m&fields=id&fields=name&fields=description&fields=project_id&fields=tags&fields=shared
security group show g
  GET ~/security-groups?name=g
security group set g --name h --description d --stateful --extra-property name=x,value=y
  PUT ~/security-groups/g-id {"security_group": {"name": "h", "description": "d", "stateful": true, "x": "y"}}
security group set g --stateless --tag a
  PUT ~/security-groups/g-id {"security_group": {"stateful": false}}
  PUT ~/security-groups/g-id/tags {"tags": ["a"]}
security group set g --no-tag
security group unset g --tag a
security group unset g --all-tag
security group delete g h
  DELETE ~/security-groups/g-id
  DELETE ~/security-groups/h-id
security group rule create g
  POST ~/security-group-rules {"security_group_rule": {"security_group_id": "g-id", "protocol": null, "direction": "ingress", "ethertype": "IPv4", "remote_ip_prefix": "0.0.0.0/0"}}
security group rule create g --protocol TCP --dst-port 80 --remote-ip 10.0.0.0/8 --description web --ingress
  POST ~/security-group-rules {"security_group_rule": {"security_group_id": "g-id", "protocol": "tcp", "direction": "ingress", "ethertype": "IPv4", "remote_ip_prefix": "10.0.0.0/8", "description": "web", "port_range_min": 80, "port_range_max": 80}}
security group rule create g --proto udp --dst-port 1:9 --ethertype ipv6 --egress --project demo --project-domain here
  POST ~/security-group-rules {"security_group_rule": {"security_group_id": "g-id", "protocol": "udp", "direction": "egress", "ethertype": "IPv6", "remote_ip_prefix": "::/0", "project_id": "demo-id", "port_range_min": 1, "port_range_max": 9}}
security group rule create g --protocol icmp --icmp-type 8 --icmp-code 0 --remote-group h
  POST ~/security-group-rules {"security_group_rule": {"security_group_id": "g-id", "protocol": "icmp", "direction": "ingress", "ethertype": "IPv4", "remote_group_id": "h-id", "port_range_min": 8, "port_range_max": 0}}
security group rule create g --protocol ipv6-icmp --remote-address-group a --extra-property name=x,value=y
  POST ~/security-group-rules {"security_group_rule": {"security_group_id": "g-id", "protocol": "ipv6-icmp", "direction": "ingress", "ethertype": "IPv6", "remote_address_group_id": "a-id", "x": "y"}}
security group rule list
  GET ~/security-group-rules
security group rule list g --protocol TCP --ethertype IPv4 --ingress --long --project demo --project-domain here
  GET ~/security-group-rules?security_group_id=g-id&protocol=tcp&direction=ingress&project_id=demo-id
security group rule list --egress --limit 1 --marker m --max-items 2
  GET ~/security-group-rules?direction=egress&limit=1&marker=m
security group rule show r
  GET ~/security-group-rules/r
security group rule delete r s
  DELETE ~/security-group-rules/r
  DELETE ~/security-group-rules/s
default security group rule create --for-default-sg --protocol tcp --dst-port 22 --remote-group PARENT
  POST ~/default-security-group-rules {"default_security_group_rule": {"protocol": "tcp", "direction": "ingress", "ethertype": "IPv4", "remote_group_id": "PARENT", "port_range_min": 22, "port_range_max": 22, "used_in_default_sg": true, "used_in_non_default_sg": false}}
default security group rule create --for-custom-sg --egress --description d --remote-address-group a --extra-property name=x,value=y
  POST ~/default-security-group-rules {"default_security_group_rule": {"protocol": null, "direction": "egress", "ethertype": "IPv4", "remote_address_group_id": "a", "description": "d", "used_in_default_sg": false, "used_in_non_default_sg": true, "x": "y"}}
default security group rule create --ingress --protocol icmp --icmp-type 8 --icmp-code 1 --ethertype IPv4 --remote-ip 10.0.0.0/8
  POST ~/default-security-group-rules {"default_security_group_rule": {"protocol": "icmp", "direction": "ingress", "ethertype": "IPv4", "remote_ip_prefix": "10.0.0.0/8", "port_range_min": 8, "port_range_max": 1, "used_in_default_sg": false, "used_in_non_default_sg": false}}
default security group rule list --protocol TCP --ethertype IPv4 --ingress
  GET ~/default-security-group-rules?protocol=tcp&direction=ingress
default security group rule list --egress
  GET ~/default-security-group-rules?direction=egress
default security group rule show r
  GET ~/default-security-group-rules/r
default security group rule delete r
  DELETE ~/default-security-group-rules/r
security group default statefulness create --stateless --project demo --project-domain here
  POST ~/security-groups-default-statefulness {"security_group_default_statefulness": {"stateful": false, "project_id": "demo-id"}}
security group default statefulness list --project demo --project-domain here
  GET ~/security-groups-default-statefulness?project_id=demo-id
security group default statefulness show s
  GET ~/security-groups-default-statefulness/s
security group default statefulness set s --stateful
  PUT ~/security-groups-default-statefulness/s {"security_group_default_statefulness": {"stateful": true}}
security group default statefulness delete s t
  DELETE ~/security-groups-default-statefulness/s
  DELETE ~/security-groups-default-statefulness/t
security group default statefulness create --stateful
  POST ~/security-groups-default-statefulness {"security_group_default_statefulness": {"stateful": true}}
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 security group create g --stateful --stateless => exclude each other
2 security group rule create g --remote-ip 1.2.3.4 --remote-group h => exclude each other
2 security group rule create g --ingress --egress => exclude each other
2 security group rule create g --dst-port 9:8 => first port is greater than the last
2 security group rule create g --dst-port http => is not PORT or PORT:PORT
2 security group rule create g --ethertype IPv5 => IPv5
2 security group default statefulness create => One of --stateful, --stateless is required
2 security group default statefulness set s => One of --stateful, --stateless is required
1 security group rule create g --protocol icmp --dst-port 8 --icmp-type 8 => --dst-port excludes --icmp-type
1 security group rule create g --protocol icmp --icmp-code 8 => --icmp-code needs --icmp-type
1 security group rule create g --protocol tcp --icmp-type 8 => need --protocol icmp
1 default security group rule create --protocol tcp --icmp-type 8 => need --protocol icmp
1 security group rule create no-group => No SecurityGroup found for no-group
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


RULES: list[dict[str, Any]] = [
    {"id": "1", "protocol": "tcp", "ethertype": "IPv4", "port_range_min": 80, "port_range_max": 90},
    {"id": "2", "protocol": "icmp", "ethertype": "IPv4", "port_range_min": 8, "port_range_max": 3},
    {"id": "3", "protocol": None, "ethertype": "IPv6", "port_range_min": None, "port_range_max": None},
    {"id": "4", "protocol": "udp", "ethertype": "IPv4", "port_range_min": 53, "port_range_max": None},
]
LISTED = """\
+----+-------------+-----------+-----------+---------------+-----------+-----------------------+----------------------+----------------+
| ID | IP Protocol | Ethertype | IP Range  | Port Range    | Direction | Remote Security Group | Remote Address Group | Security Group |
+----+-------------+-----------+-----------+---------------+-----------+-----------------------+----------------------+----------------+
| 1  | tcp         | IPv4      | 0.0.0.0/0 | 80:90         | ingress   | None                  | None                 | g-id           |
| 2  | icmp        | IPv4      | 0.0.0.0/0 | type=8:code=3 | ingress   | None                  | None                 | g-id           |
| 3  | None        | IPv6      | ::/0      |               | ingress   | None                  | None                 | g-id           |
| 4  | udp         | IPv4      | 0.0.0.0/0 | 53:53         | ingress   | None                  | None                 | g-id           |
+----+-------------+-----------+-----------+---------------+-----------+-----------------------+----------------------+----------------+
"""  # noqa: E501


def test_rule_list_formats_ports_and_prefixes(cloud: FakeCloud, ostk: Run) -> None:
    rules = [{**rule, "direction": "ingress", "security_group_id": "g-id"} for rule in RULES]
    cloud.answers["GET /network/v2.0/security-group-rules"] = {"security_group_rules": rules}
    assert ostk("security group rule list").output == LISTED
    assert ostk("security group rule list -f value -c 'Security Group'").output == "g-id\n" * 4
    assert "Security Group" not in json.loads(ostk("security group rule list g -f json").output)[0]


def test_rule_show_defaults_remote_ip_prefix(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/security-group-rules/3"] = {"security_group_rule": RULES[2]}
    shown = json.loads(ostk("security group rule show 3 -f json").output)
    assert (shown["remote_ip_prefix"], shown["ether_type"]) == ("::/0", "IPv6")


def test_group_show_formats_rules_without_empty_fields(cloud: FakeCloud, ostk: Run) -> None:
    group = {"id": "1", "name": "g", "security_group_rules": [{**RULES[2], "tenant_id": "p"}]}
    cloud.answers["GET /network/v2.0/security-groups?name=g"] = {"security_groups": [group]}
    shown = ostk("security group show g -c rules").output
    assert "| rules | ethertype='IPv6', id='3' |" in shown
    fields = json.loads(ostk("security group show g -f json").output)
    assert fields["rules"] == group["security_group_rules"]
    assert "tenant_id" not in fields
