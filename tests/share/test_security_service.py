"""Security services: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share security service create ldap --name blue --dns-ip 192.0.2.1 --ou o --server s --domain d --user u --password p
  POST ~/security-services {"security_service": {"type": "ldap", "name": "blue", "dns_ip": "192.0.2.1", "ou": "o",\
 "server": "s", "domain": "d", "user": "u", "password": "p"}}
share security service list
  GET ~/security-services/detail
share security service list --all-projects --share-network one --user u --dns-ip 192.0.2.1 --limit 2 --marker 1
  GET ~/share-networks/detail?name=one&all_tenants=1
  GET ~/security-services/detail?all_tenants=True&share_network_id=one-id&user=u&dns_ip=192.0.2.1&limit=2&offset=1
share security service set one --name two --default-ad-site x --ou=
  PUT ~/security-services/one-id {"security_service": {"name": "two", "default_ad_site": "x", "ou": null}}
share security service unset one --password --dns-ip
  PUT ~/security-services/one-id {"security_service": {"password": null, "dns_ip": null}}
share security service delete one two
  DELETE ~/security-services/one-id
  DELETE ~/security-services/two-id
"""
)
REJECTIONS = rejection_table(
    """
2 share security service create nosuch => 'nosuch' is not one of 'ldap', 'kerberos', 'active_directory'.
1 share security service create active_directory --server s --default-ad-site x => exclude each other
1 share security service set one => Nothing to set: no option is given.
1 share security service unset one => Nothing to remove: no option is given.
1 share security service list --marker x => 'x' is not a number of results.
"""
)
SERVICE = {
    "id": "1",
    "name": "one",
    "status": "new",
    "type": "active_directory",
    "server": "s",
    "project_id": "p",
    "share_networks": ["n", "m"],
}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_list_shows_project_and_share_networks_on_request(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/security-services/detail"] = {"security_services": [SERVICE]}
    assert ostk("share security service list -f csv").stdout == (
        '"ID","Name","Status","Type"\n"1","one","new","active_directory"\n'
    )
    assert ostk("share security service list --all-projects --detail -f value").stdout == (
        "1 one new active_directory p ['n', 'm']\n"
    )


def test_show_prints_a_share_network_per_line(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/security-services/detail"] = {"security_services": [SERVICE]}
    shown = ostk("share security service show one -c share_networks").stdout
    assert shown.splitlines()[3:5] == ["| share_networks | n     |", "|                | m     |"]


def test_set_refuses_server_with_default_ad_site(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/security-services/detail"] = {"security_services": [SERVICE]}
    result = ostk("share security service set one --server s --default-ad-site x")
    assert (result.exit_code, cloud.sent[1:]) == (1, [])
    assert "exclude each other" in result.output
