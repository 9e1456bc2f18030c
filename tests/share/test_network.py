"""Share networks and share network subnets: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share network create --name blue --description d --neutron-net-id net --neutron-subnet-id sub --availability-zone z
  POST ~/share-networks {"share_network": {"name": "blue", "description": "d", "neutron_net_id": "net-id",\
 "neutron_subnet_id": "sub-id", "availability_zone": "z"}}
share network list --name~ b --all-projects
  GET ~/share-networks/detail?name~=b&all_tenants=True
share network list --project demo --security-service one --neutron-net-id no-net --ip-version 4 --created-since x
  GET ~/share-networks/detail?project_id=demo-id&created_since=x&security_service_id=one-id\
&neutron_net_id=no-net&ip_version=4
share network show one
  GET ~/security-services?share_network_id=one-id
share network set one --name two --status error --neutron-net-id net
  PUT ~/share-networks/one-id {"share_network": {"name": "two", "neutron_net_id": "net-id"}}
  POST ~/share-networks/one-id/action {"reset_status": {"status": "error"}}
share network set one --new-security-service new
  POST ~/share-networks/one-id/action {"add_security_service": {"security_service_id": "new-id"}}
share network set one --new-security-service new --current-security-service old
  POST ~/share-networks/one-id/action {"update_security_service":\
 {"current_service_id": "old-id", "new_service_id": "new-id"}}
share network set one
share network unset one --name --description --security-service old
  PUT ~/share-networks/one-id {"share_network": {"name": null, "description": null}}
  POST ~/share-networks/one-id/action {"remove_security_service": {"security_service_id": "old-id"}}
share network delete one two
  DELETE ~/share-networks/one-id
  DELETE ~/share-networks/two-id
share network subnet set one s-id --property a=b
  POST ~/share-networks/one-id/subnets/s-id/metadata {"metadata": {"a": "b"}}
share network subnet unset one s-id --property a --property b
  DELETE ~/share-networks/one-id/subnets/s-id/metadata/a
  DELETE ~/share-networks/one-id/subnets/s-id/metadata/b
share network subnet delete one s-id t-id
  DELETE ~/share-networks/one-id/subnets/s-id
  DELETE ~/share-networks/one-id/subnets/t-id
"""
)
REJECTIONS = rejection_table(
    """
1 share network set one --check-only => --check-only needs --new-security-service.
1 share network set one --current-security-service old => --current-security-service needs
2 share network set one --status nosuch => 'nosuch' is not one of 'active', 'error', 'network_change'.
2 share network list --ip-version 5 => '5' is not one of '4', '6'.
1 share network subnet create one --neutron-net-id net => give both or neither
1 share network subnet create one --check-only --property a=b => --check-only and --property exclude each other.
"""
)
NETWORK = {"id": "n", "name": "one", "share_network_subnets": [{"id": "s", "metadata": {"a": "b"}}]}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_show_prints_subnets_and_security_services(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-networks/detail"] = {"share_networks": [NETWORK]}
    cloud.answers["GET /share/v2/security-services"] = {"security_services": [{"id": "x", "name": "ldap"}]}
    assert (
        ostk("share network show one").stdout
        == """\
+-----------------------+------------------------------+
| Field                 | Value                        |
+-----------------------+------------------------------+
| id                    | n                            |
| name                  | one                          |
| share_network_subnets |                              |
|                       | id = s                       |
|                       | properties = a='b'           |
| security_services     |                              |
|                       | security_service_name = ldap |
|                       | security_service_id = x      |
+-----------------------+------------------------------+
"""
    )


def test_set_check_only_prints_the_result(cloud: FakeCloud, ostk: Run) -> None:
    path = "POST /share/v2/share-networks/one-id/action"
    for compatible, words in ((None, "in progress"), (True, "is compatible"), (False, "is not compatible")):
        cloud.answers[path] = {"compatible": compatible}
        result = ostk("share network set one --new-security-service new --check-only")
        assert (result.exit_code, result.stdout) == (0, "")
        assert words in result.stderr
    ostk("share network set one --new-security-service new --current-security-service old --restart-check")
    body = {"current_service_id": "old-id", "new_service_id": "new-id", "reset_operation": True}
    assert cloud.sent[-1] == (path, {"update_security_service_check": body})


def test_subnet_create_sends_the_hyphenated_key(cloud: FakeCloud, ostk: Run) -> None:
    path = "POST /share/v2/share-networks/one-id/subnets"
    cloud.answers[path] = {"share_network_subnet": {"id": "s", "metadata": {"a": "b"}}}
    place = "--neutron-net-id net --neutron-subnet-id sub --availability-zone z"
    assert ostk(f"share network subnet create one {place} --property a=b -f value").stdout == "s\n{'a': 'b'}\n"
    body = {"neutron_net_id": "net-id", "neutron_subnet_id": "sub-id", "availability_zone": "z", "metadata": {"a": "b"}}
    assert cloud.sent[-1] == (path, {"share-network-subnet": body})


def test_subnet_show_prints_properties(cloud: FakeCloud, ostk: Run) -> None:
    reply = {"share_network_subnet": {"id": "s-id", "metadata": {"a": "b"}}}
    cloud.answers["GET /share/v2/share-networks/one-id/subnets/s-id"] = reply
    assert "| properties | a='b' |" in ostk("share network subnet show one s-id").stdout


def test_subnet_create_check_only(cloud: FakeCloud, ostk: Run) -> None:
    path = "POST /share/v2/share-networks/one-id/action"
    cloud.answers[path] = {"compatible": True, "hosts_check_result": {"h": True}}
    shown = ostk("share network subnet create one --check-only").stdout
    assert cloud.sent[-1] == (path, {"share_network_subnet_create_check": {"reset_operation": False}})
    assert "|                    | h = True |" in shown


def test_delete_wait_polls_until_not_found(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-networks/one-id"] = iter(
        [(200, {"share_network": {"id": "one-id", "status": "active"}}), (404, {})]
    )
    assert ostk("share network delete one --wait").exit_code == 0
