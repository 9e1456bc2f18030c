"""IKE and IPsec policies: what each command sends and prints."""

from __future__ import annotations

import json

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/network/v2.0
vpn ike policy create i
  POST ~/vpn/ikepolicies {"ikepolicy": {"name": "i"}}
vpn ike policy create i --description d --auth-algorithm SHA256 --encryption-algorithm aes-256-GCM-16 --phase1-negotiation-mode Aggressive --ike-version V2 --pfs Group14 --lifetime units=seconds,value=60 --project demo --project-domain here
  POST ~/vpn/ikepolicies {"ikepolicy": {"name": "i", "description": "d", "auth_algorithm": "sha256", "encryption_algorithm": "aes-256-gcm-16", "phase1_negotiation_mode": "aggressive", "ike_version": "v2", "pfs": "group14", "lifetime": {"units": "seconds", "value": 60}, "project_id": "demo-id"}}
vpn ike policy list
  GET ~/vpn/ikepolicies
vpn ike policy list --long
  GET ~/vpn/ikepolicies
vpn ike policy show i
  GET ~/vpn/ikepolicies?name=i
vpn ike policy set i --name j --description d --auth-algorithm aes-cmac --encryption-algorithm 3des --phase1-negotiation-mode main --ike-version v1 --pfs group2 --lifetime value=3600
  PUT ~/vpn/ikepolicies/i-id {"ikepolicy": {"name": "j", "description": "d", "auth_algorithm": "aes-cmac", "encryption_algorithm": "3des", "phase1_negotiation_mode": "main", "ike_version": "v1", "pfs": "group2", "lifetime": {"value": 3600}}}
vpn ike policy set i
vpn ike policy delete i j
  DELETE ~/vpn/ikepolicies/i-id
  DELETE ~/vpn/ikepolicies/j-id
vpn ipsec policy create i
  POST ~/vpn/ipsecpolicies {"ipsecpolicy": {"name": "i"}}
vpn ipsec policy create i --description d --auth-algorithm sha512 --encapsulation-mode TRANSPORT --encryption-algorithm aes-128-ctr --lifetime units=seconds --pfs group31 --transform-protocol AH-ESP --project demo --project-domain here
  POST ~/vpn/ipsecpolicies {"ipsecpolicy": {"name": "i", "description": "d", "auth_algorithm": "sha512", "encapsulation_mode": "transport", "encryption_algorithm": "aes-128-ctr", "lifetime": {"units": "seconds"}, "pfs": "group31", "transform_protocol": "ah-esp", "project_id": "demo-id"}}
vpn ipsec policy list --long
  GET ~/vpn/ipsecpolicies
vpn ipsec policy show i
  GET ~/vpn/ipsecpolicies?name=i
vpn ipsec policy set i --name j --description d --auth-algorithm sha384 --encapsulation-mode tunnel --encryption-algorithm aes-192 --lifetime value=99 --pfs group5 --transform-protocol esp
  PUT ~/vpn/ipsecpolicies/i-id {"ipsecpolicy": {"name": "j", "description": "d", "auth_algorithm": "sha384", "encapsulation_mode": "tunnel", "encryption_algorithm": "aes-192", "lifetime": {"value": 99}, "pfs": "group5", "transform_protocol": "esp"}}
vpn ipsec policy delete i j
  DELETE ~/vpn/ipsecpolicies/i-id
  DELETE ~/vpn/ipsecpolicies/j-id
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 vpn ike policy create => 'NAME'
2 vpn ike policy create i --auth-algorithm md5 => 'md5'
2 vpn ike policy create i --encryption-algorithm aes-512 => 'aes-512'
2 vpn ike policy create i --pfs group3 => 'group3'
2 vpn ike policy create i --ike-version v3 => 'v3'
2 vpn ike policy create i --lifetime hours=3 => 'hours' is not one of units, value.
1 vpn ike policy create i --lifetime value=59 => value must be a number of at least 60, not '59'.
1 vpn ike policy set i --lifetime value=long => value must be a number of at least 60, not 'long'.
1 vpn ike policy set i --lifetime units=hours => units must be one of seconds, not 'hours'.
1 vpn ike policy show no-policy => No VpnIkePolicy found for no-policy
2 vpn ipsec policy create i --transform-protocol udp => 'udp'
2 vpn ipsec policy create i --encapsulation-mode bus => 'bus'
1 vpn ipsec policy set i --lifetime value=-1 => value must be a number of at least 60, not '-1'.
1 vpn ipsec policy set no-policy --name x => No VpnIpsecPolicy found for no-policy
""")
POLICY = {
    "id": "1",
    "name": "i",
    "description": "",
    "auth_algorithm": "sha256",
    "encryption_algorithm": "aes-128",
    "ike_version": "v1",
    "encapsulation_mode": "tunnel",
    "transform_protocol": "esp",
    "pfs": "group5",
    "phase1_negotiation_mode": "main",
    "lifetime": {"units": "seconds", "value": 3600},
    "project_id": "p",
    "tenant_id": "p",
}
LISTED = """\
+----+------+--------------------------+----------------------+-------------+-------------------------------+
| ID | Name | Authentication Algorithm | Encryption Algorithm | IKE Version | Perfect Forward Secrecy (PFS) |
+----+------+--------------------------+----------------------+-------------+-------------------------------+
| 1  | i    | sha256                   | aes-128              | v1          | group5                        |
+----+------+--------------------------+----------------------+-------------+-------------------------------+
"""
SHOWN = """\
+-------------------------------+-------------------------------------+
| Field                         | Value                               |
+-------------------------------+-------------------------------------+
| Authentication Algorithm      | sha256                              |
| Description                   |                                     |
| Encapsulation Mode            | tunnel                              |
| Encryption Algorithm          | aes-128                             |
| ID                            | 1                                   |
| Lifetime                      | {'units': 'seconds', 'value': 3600} |
| Name                          | i                                   |
| Perfect Forward Secrecy (PFS) | group5                              |
| Project                       | p                                   |
| Transform Protocol            | esp                                 |
+-------------------------------+-------------------------------------+
"""

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_ike_policy_list_columns(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/vpn/ikepolicies"] = {"ikepolicies": [POLICY]}
    assert ostk("vpn ike policy list").output == LISTED
    [row] = json.loads(ostk("vpn ike policy list --long -f json").output)
    assert list(row)[6:] == ["Description", "Phase1 Negotiation Mode", "Project", "Lifetime"]
    assert row["Lifetime"] == {"units": "seconds", "value": 3600}


def test_ipsec_policy_show_has_list_titles(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/vpn/ipsecpolicies?name=i"] = {"ipsecpolicies": [POLICY]}
    assert ostk("vpn ipsec policy show i").output == SHOWN
