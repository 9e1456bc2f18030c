"""VPN services, endpoint groups and connections: what each command sends and prints."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
vpn service create v --router r
  POST ~/vpn/vpnservices {"vpnservice": {"name": "v", "router_id": "r-id"}}
vpn service create v --router r --description d --subnet s --flavor f --enable --project demo --project-domain here
  POST ~/vpn/vpnservices {"vpnservice": {"name": "v", "router_id": "r-id", "description": "d", "subnet_id": "s-id", "flavor_id": "f-id", "admin_state_up": true, "project_id": "demo-id"}}
vpn service list --long
  GET ~/vpn/vpnservices
vpn service show v
  GET ~/vpn/vpnservices?name=v
vpn service set v --name w --description d --subnet s --flavor f --disable
  PUT ~/vpn/vpnservices/v-id {"vpnservice": {"name": "w", "description": "d", "subnet_id": "s-id", "flavor_id": "f-id", "admin_state_up": false}}
vpn service delete v w
  DELETE ~/vpn/vpnservices/v-id
  DELETE ~/vpn/vpnservices/w-id
vpn endpoint group create e --type subnet --value s --value t --description d
  POST ~/vpn/endpoint-groups {"endpoint_group": {"name": "e", "type": "subnet", "endpoints": ["s-id", "t-id"], "description": "d"}}
vpn endpoint group create e --type cidr --value 10.1.0.0/24 --value fd00::/64 --project demo --project-domain here
  POST ~/vpn/endpoint-groups {"endpoint_group": {"name": "e", "type": "cidr", "endpoints": ["10.1.0.0/24", "fd00::/64"], "project_id": "demo-id"}}
vpn endpoint group list --long
  GET ~/vpn/endpoint-groups
vpn endpoint group show e
  GET ~/vpn/endpoint-groups?name=e
vpn endpoint group set e --name f --description d
  PUT ~/vpn/endpoint-groups/e-id {"endpoint_group": {"name": "f", "description": "d"}}
vpn endpoint group delete e f
  DELETE ~/vpn/endpoint-groups/e-id
  DELETE ~/vpn/endpoint-groups/f-id
vpn ipsec site connection create c --vpnservice v --ikepolicy i --ipsecpolicy p --peer-id me --peer-address 1.2.3.4 --psk s3 --peer-cidr 10.1.0.0/24 --peer-cidr 10.2.0.0/24
  POST ~/vpn/ipsec-site-connections {"ipsec_site_connection": {"name": "c", "vpnservice_id": "v-id", "ikepolicy_id": "i-id", "ipsecpolicy_id": "p-id", "peer_id": "me", "peer_address": "1.2.3.4", "psk": "s3", "peer_cidrs": ["10.1.0.0/24", "10.2.0.0/24"]}}
vpn ipsec site connection create c --vpnservice v --ikepolicy i --ipsecpolicy p --peer-id me --peer-address 1.2.3.4 --psk s3 --local-endpoint-group e --peer-endpoint-group f --description d --dpd action=restart-by-peer,interval=9,timeout=99 --mtu 1400 --initiator Response-Only --disable --local-id l --project demo --project-domain here
  POST ~/vpn/ipsec-site-connections {"ipsec_site_connection": {"name": "c", "vpnservice_id": "v-id", "ikepolicy_id": "i-id", "ipsecpolicy_id": "p-id", "peer_id": "me", "peer_address": "1.2.3.4", "psk": "s3", "local_ep_group_id": "e-id", "peer_ep_group_id": "f-id", "description": "d", "dpd": {"action": "restart-by-peer", "interval": 9, "timeout": 99}, "mtu": 1400, "initiator": "response-only", "admin_state_up": false, "local_id": "l", "project_id": "demo-id"}}
vpn ipsec site connection list
  GET ~/vpn/ipsec-site-connections
vpn ipsec site connection list --long
  GET ~/vpn/ipsec-site-connections
vpn ipsec site connection show c
  GET ~/vpn/ipsec-site-connections?name=c
vpn ipsec site connection set c --name d --peer-id me --peer-address 1.2.3.4 --description d --dpd interval=5 --mtu 1280 --initiator bi-directional --peer-cidr 10.3.0.0/24 --enable --local-id l
  PUT ~/vpn/ipsec-site-connections/c-id {"ipsec_site_connection": {"name": "d", "peer_id": "me", "peer_address": "1.2.3.4", "description": "d", "dpd": {"interval": 5}, "mtu": 1280, "initiator": "bi-directional", "peer_cidrs": ["10.3.0.0/24"], "admin_state_up": true, "local_id": "l"}}
vpn ipsec site connection set c --peer-endpoint-group f
  PUT ~/vpn/ipsec-site-connections/c-id {"ipsec_site_connection": {"peer_ep_group_id": "f-id"}}
vpn ipsec site connection set c --local-endpoint-group e
  PUT ~/vpn/ipsec-site-connections/c-id {"ipsec_site_connection": {"local_ep_group_id": "e-id"}}
vpn ipsec site connection delete c d
  DELETE ~/vpn/ipsec-site-connections/c-id
  DELETE ~/vpn/ipsec-site-connections/d-id
""")  # noqa: E501
NEEDED = "--vpnservice v --ikepolicy i --ipsecpolicy p --peer-id me --peer-address 1.2.3.4 --psk s3"
CREATE = f"vpn ipsec site connection create c {NEEDED}"
REJECTIONS = rejection_table(f"""
2 vpn service create v => '--router'
2 vpn service set v --enable --disable => exclude each other
1 vpn service create v --router no-router => No Router found for no-
2 vpn endpoint group create e --type cidr => '--value'
2 vpn endpoint group create e --type vlan --value 3 => 'vlan'
1 vpn endpoint group create e --type cidr --value here => 'here' is neither an IP address nor a CIDR.
1 vpn endpoint group create e --type subnet --value no-subnet => No Subnet found for no-
2 vpn ipsec site connection create c --vpnservice v => Missing option
1 {CREATE} => Give --local-endpoint-group and --peer-endpoint-group, or --peer-cidr.
1 {CREATE} --local-endpoint-group e => need each other
1 {CREATE} --peer-endpoint-group e --peer-cidr 10.1.0.0/24 => need each other
2 {CREATE} --local-endpoint-group e --peer-cidr 10.1.0.0/24 => exclude each other
2 {CREATE} --peer-cidr 10.1.0.0/24 --initiator me => 'me'
1 {CREATE} --peer-cidr 10.1.0.0/24 --mtu big => --mtu must be a number of at least 68, not 'big'.
2 {CREATE} --peer-cidr 10.1.0.0/24 --dpd when=now => 'when' is not one of action, interval, timeout.
1 {CREATE} --peer-cidr 10.1.0.0/24 --dpd action=wait => action must be one of hold, clear
1 {CREATE} --peer-cidr 10.1.0.0/24 --dpd timeout=0 => timeout must be a number of at least 1, not '0'.
1 vpn ipsec site connection set c --peer-endpoint-group no-group => No VpnEndpointGroup found for no-
""")
CONNECTION = {
    "id": "1",
    "name": "c",
    "psk": "s3",
    "peer_cidrs": ["10.2.0.0/24", "10.1.0.0/24"],
    "dpd": {"action": "hold"},
}
SERVICE = {
    "id": "1",
    "name": "v",
    "admin_state_up": True,
    "flavor_id": None,
    "project_id": "p",
    "tenant_id": "p",
    "x": 1,
}
SHOWN = """\
+-------------+-------+
| Field       | Value |
+-------------+-------+
| Description | None  |
| Ext v4 IP   | None  |
| Ext v6 IP   | None  |
| Flavor      | None  |
| ID          | 1     |
| Name        | v     |
| Project     | p     |
| Router      | None  |
| State       | True  |
| Status      | None  |
| Subnet      | None  |
| x           | 1     |
+-------------+-------+
"""

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_service_show_has_list_titles_and_unknown_fields(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/vpn/vpnservices?name=v"] = {"vpnservices": [SERVICE]}
    assert ostk("vpn service show v").output == SHOWN


def test_connection_formats_peer_cidrs(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/vpn/ipsec-site-connections?name=c"] = {"ipsec_site_connections": [CONNECTION]}
    cloud.answers["GET /network/v2.0/vpn/ipsec-site-connections"] = {"ipsec_site_connections": [CONNECTION]}
    line = "vpn ipsec site connection show c"
    assert ostk(f"{line} -f value -c DPD").output == "{'action': 'hold'}\n"
    assert "| Peer CIDRs | 10.1.0.0/24, 10.2.0.0/24 |" in ostk(f"{line} -c 'Peer CIDRs'").output
    assert json.loads(ostk(f"{line} -f json").output)["Peer CIDRs"] == CONNECTION["peer_cidrs"]
    titles = ostk("vpn ipsec site connection list -f csv").output.splitlines()[0]
    assert titles == '"ID","Name","Peer Address","Authentication Algorithm","Status"'


@pytest.mark.usefixtures("cloud")
def test_debug_masks_the_pre_shared_key(ostk: Run) -> None:
    result = ostk(f"{CREATE} --peer-cidr 10.1.0.0/24 --debug")
    assert result.exit_code == 0
    assert '"psk": "***"' in result.output
