"""BGP speakers, peers and dynamic routing agents: what each command sends and prints."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
bgp peer create p --peer-ip 10.0.0.9 --remote-as 64512
  POST ~/bgp-peers {"bgp_peer": {"name": "p", "peer_ip": "10.0.0.9", "remote_as": "64512", "auth_type": "none"}}
bgp peer create p --peer-ip fd00::9 --remote-as 4294967295 --auth-type MD5 --password x --project demo --project-domain here
  POST ~/bgp-peers {"bgp_peer": {"name": "p", "peer_ip": "fd00::9", "remote_as": "4294967295", "auth_type": "md5", "password": "x", "project_id": "demo-id"}}
bgp peer list
  GET ~/bgp-peers
bgp peer show one
  GET ~/bgp-peers
bgp peer set one --name p
  PUT ~/bgp-peers/one-id {"bgp_peer": {"name": "p"}}
bgp peer set one --password x
  PUT ~/bgp-peers/one-id {"bgp_peer": {"password": "x"}}
bgp peer delete one two
  DELETE ~/bgp-peers/one-id
  DELETE ~/bgp-peers/two-id
bgp speaker create s --local-as 1
  POST ~/bgp-speakers {"bgp_speaker": {"name": "s", "local_as": "1", "ip_version": 4}}
bgp speaker create s --local-as 64512 --ip-version 6 --advertise-floating-ip-host-routes --advertise-tenant-networks --project demo --project-domain here
  POST ~/bgp-speakers {"bgp_speaker": {"name": "s", "local_as": "64512", "ip_version": 6, "advertise_floating_ip_host_routes": true, "advertise_tenant_networks": true, "project_id": "demo-id"}}
bgp speaker create s --local-as 64512 --no-advertise-floating-ip-host-routes --no-advertise-tenant-networks
  POST ~/bgp-speakers {"bgp_speaker": {"name": "s", "local_as": "64512", "ip_version": 4, "advertise_floating_ip_host_routes": false, "advertise_tenant_networks": false}}
bgp speaker list
  GET ~/bgp-speakers
bgp speaker list --agent a
  GET ~/agents/a/bgp-drinstances
bgp speaker show one
  GET ~/bgp-speakers
bgp speaker set one --name s --advertise-floating-ip-host-routes --advertise-tenant-networks
  PUT ~/bgp-speakers/one-id {"bgp_speaker": {"name": "s", "advertise_floating_ip_host_routes": true, "advertise_tenant_networks": true}}
bgp speaker set one --no-advertise-floating-ip-host-routes --no-advertise-tenant-networks
  PUT ~/bgp-speakers/one-id {"bgp_speaker": {"advertise_floating_ip_host_routes": false, "advertise_tenant_networks": false}}
bgp speaker add network one n
  PUT ~/bgp-speakers/one-id/add_gateway_network {"network_id": "n-id"}
bgp speaker remove network one n
  PUT ~/bgp-speakers/one-id/remove_gateway_network {"network_id": "n-id"}
bgp speaker add peer one two
  PUT ~/bgp-speakers/one-id/add_bgp_peer {"bgp_peer_id": "two-id"}
bgp speaker remove peer one two
  PUT ~/bgp-speakers/one-id/remove_bgp_peer {"bgp_peer_id": "two-id"}
bgp speaker delete one two
  DELETE ~/bgp-speakers/one-id
  DELETE ~/bgp-speakers/two-id
bgp dragent list
  GET ~/agents?agent_type=BGP+dynamic+routing+agent
bgp dragent list --bgp-speaker one
  GET ~/bgp-speakers/one-id/bgp-dragents
bgp dragent add speaker a one
  POST ~/agents/a/bgp-drinstances {"bgp_speaker_id": "one-id"}
bgp dragent remove speaker a one
  DELETE ~/agents/a/bgp-drinstances/one-id
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 bgp peer create p --peer-ip 10.0.0.9 => '--remote-as'
2 bgp peer create p --remote-as 1 => '--peer-ip'
1 bgp peer create p --peer-ip there --remote-as 1 => 'there'
1 bgp peer create p --peer-ip 10.0.0.9 --remote-as 0 => a number from 1 to 4294967295, not '0'
1 bgp peer create p --peer-ip 10.0.0.9 --remote-as 4294967296 => not '4294967296'
1 bgp peer create p --peer-ip 10.0.0.9 --remote-as x => not 'x'
2 bgp peer create p --peer-ip 10.0.0.9 --remote-as 1 --auth-type rope => 'rope'
1 bgp peer create p --peer-ip 10.0.0.9 --remote-as 1 --auth-type md5 => --auth-type md5 needs --password.
1 bgp peer create p --peer-ip 10.0.0.9 --remote-as 1 --password x => --password needs --auth-type md5.
2 bgp speaker create s => '--local-as'
1 bgp speaker create s --local-as 1.5 => not '1.5'
2 bgp speaker create s --local-as 1 --ip-version 5 => '5'
2 bgp speaker set one --advertise-tenant-networks --no-advertise-tenant-networks => exclude each other
1 bgp speaker add network one no-network => No Network found for no-network
1 bgp speaker add peer one no-peer => No BgpPeer found for no-peer
1 bgp dragent add speaker a no-speaker => No BgpSpeaker found for no-speaker
""")

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)

NEUTRON = "/network/v2.0"


def test_peer_set_without_options_sends_nothing(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("bgp peer set one").exit_code == 0
    assert cloud.sent == []


def test_peer_create_does_not_show_the_password(cloud: FakeCloud, ostk: Run) -> None:
    peer = {"id": "1", "name": "p", "peer_ip": "10.0.0.9", "remote_as": "1", "auth_type": "md5", "project_id": "o"}
    cloud.answers[f"POST {NEUTRON}/bgp-peers"] = (201, {"bgp_peer": peer | {"tenant_id": "o"}})
    line = "bgp peer create p --peer-ip 10.0.0.9 --remote-as 1 --auth-type md5 --password x -f json"
    assert json.loads(ostk(line).output) == peer


def test_speaker_list_show_and_advertised_routes(cloud: FakeCloud, ostk: Run) -> None:
    speaker = {"id": "1", "name": "s", "local_as": 64512, "ip_version": 4, "peers": ["p"], "networks": [], "x": 1}
    cloud.answers[f"GET {NEUTRON}/bgp-speakers"] = {"bgp_speakers": [speaker]}
    assert ostk("bgp speaker list -f csv").output == '"ID","Name","Local AS","IP Version"\n"1","s",64512,4\n'
    output = ostk("bgp speaker show s").output
    assert "| peers                             | ['p'] |" in output
    assert "| x                                 | 1     |" in output
    routes = [{"destination": "10.0.0.0/24", "next_hop": "172.24.4.5"}]
    cloud.answers[f"GET {NEUTRON}/bgp-speakers/1/get_advertised_routes"] = {"advertised_routes": routes}
    output = ostk("bgp speaker list advertised routes s -f csv").output
    assert output == '"Destination","Nexthop"\n"10.0.0.0/24","172.24.4.5"\n'


def test_dragent_list_columns(cloud: FakeCloud, ostk: Run) -> None:
    agent = {"id": "1", "agent_type": "t", "host": "h", "alive": True, "admin_state_up": True, "binary": "b"}
    cloud.answers[f"GET {NEUTRON}/agents"] = {"agents": [agent]}
    output = ostk("bgp dragent list").output
    assert "| ID | Agent Type | Host | Availability Zone | Alive | State | Binary |" in output
    assert "| 1  | t          | h    | None              | True  | True  | b      |" in output


def test_neutron_error_message_is_shown(cloud: FakeCloud, ostk: Run) -> None:
    refused = (404, {"NeutronError": {"type": "AgentNotFound", "message": "Agent a could not be found.", "detail": ""}})
    cloud.answers[f"POST {NEUTRON}/agents/a/bgp-drinstances"] = refused
    cloud.answers[f"PUT {NEUTRON}/bgp-speakers/one-id/add_gateway_network"] = refused
    for line in ("bgp dragent add speaker a one", "bgp speaker add network one n"):
        result = ostk(line)
        assert (result.exit_code, "Agent a could not be found." in result.output) == (1, True), result.output
