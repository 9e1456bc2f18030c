"""Listeners, pools, members, health monitors, L7 policies and rules: what is sent, and what is waited for."""

from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

LBAAS = "/load-balancer/v2.0/lbaas"
test_sends_of_listeners = sends(
    request_table("""
/load-balancer/v2.0/lbaas/listeners
loadbalancer listener list --name n --loadbalancer lb --enable --project demo --any-tags a
  GET ~?name=n&loadbalancer_id=lb-id&admin_state_up=true&project_id=demo-id&tags-any=a
loadbalancer listener show web
  GET ~?name=web
loadbalancer listener stats show web
  GET ~/web-id/stats
loadbalancer listener create lb --protocol http --protocol-port 80
  POST ~ {"listener": {"loadbalancer_id": "lb-id", "protocol": "HTTP", "protocol_port": 80, "admin_state_up": true}}
loadbalancer listener create lb --name n --description d --protocol TCP --protocol-port 65535 --connection-limit -1\
 --default-pool p --disable --tag a
  GET /load-balancer/v2.0/lbaas/pools?name=p&loadbalancer_id=lb-id
  POST ~ {"listener": {"loadbalancer_id": "lb-id", "name": "n", "description": "d", "protocol": "TCP",\
 "protocol_port": 65535, "connection_limit": -1, "default_pool_id": "p-id", "admin_state_up": false, "tags": ["a"]}}
loadbalancer listener create lb --protocol TERMINATED_HTTPS --protocol-port 443 --default-tls-container-ref u\
 --sni-container-refs v w --client-authentication mandatory --client-ca-tls-container-ref x --client-crl-container-ref\
 None --hsts-max-age 9 --hsts-preload --hsts-include-subdomains
  POST ~ {"listener": {"loadbalancer_id": "lb-id", "protocol": "TERMINATED_HTTPS", "protocol_port": 443,\
 "default_tls_container_ref": "u", "sni_container_refs": ["v", "w"], "client_authentication": "MANDATORY",\
 "client_ca_tls_container_ref": "x", "client_crl_container_ref": null, "hsts_max_age": 9, "hsts_preload": true,\
 "hsts_include_subdomains": true, "admin_state_up": true}}
loadbalancer listener create lb --protocol HTTPS --protocol-port 1 --insert-headers A=b,C=d=e --timeout-client-data 1\
 --timeout-member-connect 2 --timeout-member-data 3 --timeout-tcp-inspect 4 --allowed-cidr 10.0.0.0/8 --allowed-cidr\
 192.0.2.0/24 --tls-ciphers c --tls-version TLSv1.3 --alpn-protocol h2
  POST ~ {"listener": {"loadbalancer_id": "lb-id", "protocol": "HTTPS", "protocol_port": 1, "insert_headers": {"A":\
 "b", "C": "d=e"}, "timeout_client_data": 1, "timeout_member_connect": 2, "timeout_member_data": 3,\
 "timeout_tcp_inspect": 4, "allowed_cidrs": ["10.0.0.0/8", "192.0.2.0/24"], "tls_ciphers": "c", "tls_versions":\
 ["TLSv1.3"], "alpn_protocols": ["h2"], "admin_state_up": true}}
loadbalancer listener set web
loadbalancer listener set web --name n --default-pool p --insert-headers A=b --no-tag --tag t --hsts-preload
  PUT ~/web-id {"listener": {"name": "n", "default_pool_id": "p-id", "insert_headers": {"A": "b"}, "tags": ["t"],\
 "hsts_preload": true}}
loadbalancer listener unset web
loadbalancer listener unset web --name --description --connection-limit --default-pool --default-tls-container-ref\
 --sni-container-refs --insert-headers --timeout-client-data --timeout-member-connect --timeout-member-data\
 --timeout-tcp-inspect --client-ca-tls-container-ref
  PUT ~/web-id {"listener": {"name": null, "description": null, "connection_limit": null, "default_pool_id": null,\
 "default_tls_container_ref": null, "sni_container_refs": null, "insert_headers": null, "timeout_client_data": null,\
 "timeout_member_connect": null, "timeout_member_data": null, "timeout_tcp_inspect": null,\
 "client_ca_tls_container_ref": null}}
loadbalancer listener unset web --client-authentication --client-crl-container-ref --allowed-cidrs --tls-versions\
 --tls-ciphers --alpn-protocols --hsts-max-age --hsts-include-subdomains --hsts-preload --all-tag
  PUT ~/web-id {"listener": {"client_authentication": null, "client_crl_container_ref": null, "allowed_cidrs": null,\
 "tls_versions": null, "tls_ciphers": null, "alpn_protocols": null, "hsts_max_age": null, "hsts_include_subdomains":\
 null, "hsts_preload": null, "tags": []}}
loadbalancer listener delete web two
  DELETE ~/web-id
  DELETE ~/two-id
""")
)
test_sends_of_pools = sends(
    request_table("""
/load-balancer/v2.0/lbaas/pools
loadbalancer pool list --loadbalancer lb --not-tags a
  GET ~?loadbalancer_id=lb-id&not-tags=a
loadbalancer pool show p
  GET ~?name=p
loadbalancer pool create --name n --description d --protocol http --listener web --lb-algorithm round_robin\
 --session-persistence type=APP_COOKIE,cookie_name=c --disable
  POST ~ {"pool": {"name": "n", "description": "d", "protocol": "HTTP", "listener_id": "web-id", "lb_algorithm":\
 "ROUND_ROBIN", "session_persistence": {"type": "APP_COOKIE", "cookie_name": "c"}, "admin_state_up": false}}
loadbalancer pool create --protocol TCP --loadbalancer lb --lb-algorithm SOURCE_IP --tls-container-ref u\
 --ca-tls-container-ref v --crl-container-ref w --enable-tls --tls-ciphers c --tls-version TLSv1.2 --tls-version\
 TLSv1.3 --alpn-protocol h2 --tag a
  POST ~ {"pool": {"protocol": "TCP", "loadbalancer_id": "lb-id", "lb_algorithm": "SOURCE_IP", "tls_container_ref":\
 "u", "ca_tls_container_ref": "v", "crl_container_ref": "w", "tls_enabled": true, "tls_ciphers": "c", "tls_versions":\
 ["TLSv1.2", "TLSv1.3"], "alpn_protocols": ["h2"], "tags": ["a"], "admin_state_up": true}}
loadbalancer pool set p
loadbalancer pool set p --name n --description d --lb-algorithm least_connections --tls-container-ref null\
 --disable-tls --enable
  PUT ~/p-id {"pool": {"name": "n", "description": "d", "lb_algorithm": "LEAST_CONNECTIONS", "tls_container_ref":\
 null, "tls_enabled": false, "admin_state_up": true}}
loadbalancer pool unset p
loadbalancer pool unset p --name --description --ca-tls-container-ref --crl-container-ref --session-persistence\
 --tls-container-ref --tls-versions --tls-ciphers --alpn-protocols
  PUT ~/p-id {"pool": {"name": null, "description": null, "ca_tls_container_ref": null, "crl_container_ref": null,\
 "session_persistence": null, "tls_container_ref": null, "tls_versions": null, "tls_ciphers": null, "alpn_protocols":\
 null}}
loadbalancer pool delete p
  DELETE ~/p-id
loadbalancer member list p --tags a
  GET ~/p-id/members?tags=a
loadbalancer member show p m
  GET ~/p-id/members?name=m
loadbalancer member create p --address 10.0.0.9 --protocol-port 80
  POST ~/p-id/members {"member": {"address": "10.0.0.9", "protocol_port": 80}}
loadbalancer member create p --name n --address 10.0.0.9 --protocol-port 80 --subnet-id s --weight 0 --monitor-port 81\
 --monitor-address 10.0.0.8 --enable-backup --disable --request-sriov --tag a
  POST ~/p-id/members {"member": {"name": "n", "address": "10.0.0.9", "protocol_port": 80, "subnet_id": "s-id",\
 "weight": 0, "monitor_port": 81, "monitor_address": "10.0.0.8", "backup": true, "admin_state_up": false,\
 "request_sriov": true, "tags": ["a"]}}
loadbalancer member set p m
loadbalancer member set p m --name n --weight 256 --disable-backup --enable
  PUT ~/p-id/members/m-id {"member": {"name": "n", "weight": 256, "backup": false, "admin_state_up": true}}
loadbalancer member unset p m
loadbalancer member unset p m --backup --monitor-address --monitor-port --name --weight --all-tag
  PUT ~/p-id/members/m-id {"member": {"backup": null, "monitor_address": null, "monitor_port": null, "name": null,\
 "weight": null, "tags": []}}
loadbalancer member delete p m n
  DELETE ~/p-id/members/m-id
  DELETE ~/p-id/members/n-id
""")
)
test_sends_of_monitors = sends(
    request_table("""
/load-balancer/v2.0/lbaas/healthmonitors
loadbalancer healthmonitor list --tags a
  GET ~?tags=a
loadbalancer healthmonitor show h
  GET ~?name=h
loadbalancer healthmonitor create p --delay 5 --timeout 4 --max-retries 3 --type tls-hello
  POST ~ {"healthmonitor": {"pool_id": "p-id", "delay": 5, "timeout": 4, "max_retries": 3, "type": "TLS-HELLO",\
 "admin_state_up": true}}
loadbalancer healthmonitor create p --name n --delay 5 --timeout 4 --max-retries 3 --type HTTP --domain-name d\
 --expected-codes 200,202 --http-method head --http-version 1.1 --max-retries-down 2 --url-path /x --disable --tag a
  POST ~ {"healthmonitor": {"pool_id": "p-id", "name": "n", "delay": 5, "timeout": 4, "max_retries": 3, "type":\
 "HTTP", "domain_name": "d", "expected_codes": "200,202", "http_method": "HEAD", "http_version": 1.1,\
 "max_retries_down": 2, "url_path": "/x", "admin_state_up": false, "tags": ["a"]}}
loadbalancer healthmonitor set h
loadbalancer healthmonitor set h --name n --delay 9 --timeout 8 --max-retries 1 --http-version 1.0
  PUT ~/h-id {"healthmonitor": {"name": "n", "delay": 9, "timeout": 8, "max_retries": 1, "http_version": 1.0}}
loadbalancer healthmonitor unset h
loadbalancer healthmonitor unset h --domain-name --expected-codes --http-method --http-version --max-retries-down\
 --name --url-path
  PUT ~/h-id {"healthmonitor": {"domain_name": null, "expected_codes": null, "http_method": null, "http_version":\
 null, "max_retries_down": null, "name": null, "url_path": null}}
loadbalancer healthmonitor delete h
  DELETE ~/h-id
""")
)
test_sends_of_policies = sends(
    request_table("""
/load-balancer/v2.0/lbaas/l7policies
loadbalancer l7policy list --listener web --tags a
  GET ~?listener_id=web-id&tags=a
loadbalancer l7policy show y
  GET ~?name=y
loadbalancer l7policy create web --name n --description d --action redirect_to_pool --redirect-pool p --position 1\
 --disable --tag a
  POST ~ {"l7policy": {"listener_id": "web-id", "name": "n", "description": "d", "action": "REDIRECT_TO_POOL",\
 "redirect_pool_id": "p-id", "position": 1, "admin_state_up": false, "tags": ["a"]}}
loadbalancer l7policy create web --action REDIRECT_TO_URL --redirect-url http://a --redirect-http-code 301
  POST ~ {"l7policy": {"listener_id": "web-id", "action": "REDIRECT_TO_URL", "redirect_url": "http://a",\
 "redirect_http_code": 301, "admin_state_up": true}}
loadbalancer l7policy set y
loadbalancer l7policy set y --name n --action redirect_prefix --redirect-prefix http://b --position 2 --enable
  PUT ~/y-id {"l7policy": {"name": "n", "action": "REDIRECT_PREFIX", "redirect_prefix": "http://b", "position": 2,\
 "admin_state_up": true}}
loadbalancer l7policy unset y
loadbalancer l7policy unset y --description --name --redirect-http-code
  PUT ~/y-id {"l7policy": {"description": null, "name": null, "redirect_http_code": null}}
loadbalancer l7policy delete y
  DELETE ~/y-id
loadbalancer l7rule list y --tags a
  GET ~/y-id/rules?tags=a
loadbalancer l7rule show y r
  GET ~/y-id/rules/r
loadbalancer l7rule create y --type header --key k --value v --compare-type equal_to --invert --disable --tag a
  POST ~/y-id/rules {"rule": {"type": "HEADER", "key": "k", "value": "v", "compare_type": "EQUAL_TO", "invert": true,\
 "admin_state_up": false, "tags": ["a"]}}
loadbalancer l7rule set y r
loadbalancer l7rule set y r --type PATH --value /x --compare-type STARTS_WITH --enable
  PUT ~/y-id/rules/r {"rule": {"type": "PATH", "value": "/x", "compare_type": "STARTS_WITH", "admin_state_up": true}}
loadbalancer l7rule unset y r
loadbalancer l7rule unset y r --invert --key
  PUT ~/y-id/rules/r {"rule": {"invert": null, "key": null}}
loadbalancer l7rule delete y r s
  DELETE ~/y-id/rules/r
  DELETE ~/y-id/rules/s
""")
)
test_rejects = rejects(
    rejection_table("""
1 loadbalancer listener create lb --protocol TCP --protocol-port 0 => --protocol-port: 0 is not in the range from 1 to\
 65535.
2 loadbalancer listener create lb --protocol TCP --protocol-port x => 'x' is not a number.
1 loadbalancer listener create lb --protocol TCP --protocol-port 1 --hsts-preload => --hsts-preload needs\
 --hsts-max-age.
2 loadbalancer listener create lb --protocol TCP --protocol-port 1 --insert-headers A => 'A' is not KEY=VALUE.
2 loadbalancer pool create --protocol TCP --lb-algorithm SOURCE_IP => --listener, --loadbalancer
2 loadbalancer pool create --protocol TCP --lb-algorithm SOURCE_IP --listener l --loadbalancer lb => exclude each other
1 loadbalancer member create p --address 10.0.0.9 --protocol-port 1 --weight 257 => --weight: 257 is not in the range\
 from 0 to 256.
2 loadbalancer healthmonitor create p --delay 1 --timeout 1 --max-retries 11 --type TCP => 11 is not in the range
1 loadbalancer healthmonitor set h --wait-timeout 3 => --wait-timeout needs --wait.
1 loadbalancer l7policy create web --action redirect_to_url => --action REDIRECT_TO_URL needs --redirect-url.
1 loadbalancer l7policy set y --action REDIRECT_TO_POOL => --action REDIRECT_TO_POOL needs --redirect-pool.
2 loadbalancer l7policy create web --action REJECT --redirect-url u --redirect-prefix v => exclude each other
1 loadbalancer l7rule create y --type COOKIE --value v --compare-type EQUAL_TO => --type COOKIE needs --key.
""")
)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the clock by one that sleeping turns."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))


IN_BALANCER = {"loadbalancers": [{"id": "lb-id"}]}
LISTENER: dict[str, Any] = {"id": "web-id", "name": "web", **IN_BALANCER}
POOL: dict[str, Any] = {"id": "p-id", "name": "p", **IN_BALANCER}
NEW: dict[str, tuple[str, str, dict[str, Any]]] = {
    "listener create lb --protocol TCP --protocol-port 1": ("listeners", "listener", IN_BALANCER),
    "pool create --loadbalancer lb --protocol TCP --lb-algorithm SOURCE_IP": ("pools", "pool", IN_BALANCER),
    "member create p --address 10.0.0.9 --protocol-port 1": ("pools/p-id/members", "member", {}),
    "healthmonitor create p --delay 1 --timeout 1 --max-retries 1 --type TCP": (
        "healthmonitors",
        "healthmonitor",
        {"pools": [{"id": "p-id"}]},
    ),
    "l7policy create web --action REJECT": ("l7policies", "l7policy", {"listener_id": "web-id"}),
    "l7rule create y --type PATH --value v --compare-type REGEX": ("l7policies/y-id/rules", "rule", {}),
}


@pytest.mark.parametrize("line", NEW)
def test_new_part_is_ready_when_its_load_balancer_is(cloud: FakeCloud, ostk: Run, line: str) -> None:
    path, key, fields = NEW[line]
    balancers = [{"loadbalancer": {"id": "lb-id", "provisioning_status": s}} for s in ("PENDING_UPDATE", "ACTIVE")]
    cloud.answers |= {
        f"GET {LBAAS}/loadbalancers/lb-id": iter(balancers),
        f"GET {LBAAS}/listeners/web-id": {"listener": LISTENER},
        f"GET {LBAAS}/pools/p-id": {"pool": POOL},
        f"GET {LBAAS}/l7policies/y-id": {"l7policy": {"id": "y-id", "listener_id": "web-id"}},
        f"POST {LBAAS}/{path}": {key: {"id": "new-id", "provisioning_status": "PENDING_CREATE", **fields}},
        f"GET {LBAAS}/{path}/new-id": {key: {"id": "new-id", "provisioning_status": "ACTIVE", **fields}},
    }
    result = ostk(f"loadbalancer {line} --wait -f value -c provisioning_status")
    assert (result.exit_code, result.stdout) == (0, "ACTIVE\n"), result.output
    assert [line for line, _ in cloud.all][-2:] == [f"GET {LBAAS}/loadbalancers/lb-id", f"GET {LBAAS}/{path}/new-id"]


def test_changed_member_is_ready_when_its_load_balancer_is(cloud: FakeCloud, ostk: Run) -> None:
    balancers = [{"loadbalancer": {"id": "lb-id", "provisioning_status": s}} for s in ("PENDING_UPDATE", "ERROR")]
    cloud.answers |= {f"GET {LBAAS}/loadbalancers/lb-id": iter(balancers), f"GET {LBAAS}/pools/p-id": {"pool": POOL}}
    result = ostk("loadbalancer member set p m --weight 1 --wait")
    assert (result.exit_code, result.stderr) == (1, "The load balancer lb-id went into ERROR.\n")


def test_name_of_a_default_pool_is_looked_up_in_the_load_balancer_of_the_listener(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers |= {
        f"GET {LBAAS}/listeners?name=web": {"listeners": [LISTENER]},
        f"GET {LBAAS}/pools?name=p&loadbalancer_id=lb-id": {"pools": [POOL]},
        f"GET {LBAAS}/pools?name=p": {"pools": [POOL, {"id": "other", "name": "p"}]},
    }
    assert ostk("loadbalancer listener set web --default-pool p").exit_code == 0
    assert cloud.sent[-1] == (f"PUT {LBAAS}/listeners/web-id", {"listener": {"default_pool_id": "p-id"}})


def test_deleted_member_is_gone_at_the_end(cloud: FakeCloud, ostk: Run) -> None:
    path = f"GET {LBAAS}/pools/p-id/members/m-id"
    pending = {"member": {"id": "m-id", "provisioning_status": "PENDING_DELETE"}}
    cloud.answers[path] = iter([pending, (404, {"faultstring": "Member m-id not found."})])
    assert ostk("loadbalancer member delete p m --wait").exit_code == 0


def test_children_are_ids_in_tables_and_objects_elsewhere(cloud: FakeCloud, ostk: Run) -> None:
    pool = {**POOL, "members": [{"id": "m"}, {"id": "n"}], "listeners": [], "tags": [], "session_persistence": None}
    cloud.answers[f"GET {LBAAS}/pools?name=p"] = {"pools": [pool]}
    columns = "-c members -c listeners -c tags -c session_persistence -c healthmonitor_id"
    assert ostk(f"loadbalancer pool show p --noindent -f json {columns}").stdout == (
        '{"healthmonitor_id": "", "listeners": [], "members": [{"id": "m"}, {"id": "n"}], "session_persistence": null, '
        '"tags": []}\n'
    )
    rows = [line.split("|")[1:3] for line in ostk(f"loadbalancer pool show p {columns}").stdout.splitlines()[3:-1]]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["healthmonitor_id", ""],
        ["listeners", "None"],
        ["members", "m"],
        ["", "n"],
        ["session_persistence", "None"],
        ["tags", "None"],
    ]
