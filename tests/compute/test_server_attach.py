"""Servers: requests and output of attaching volumes, networks, ports, IPs and security groups."""

from __future__ import annotations

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

SERVER = "/compute/v2.1/servers/s-id"
CASES = request_table("""
/compute/v2.1
server add volume s v
  POST ~/servers/s-id/os-volume_attachments {"volumeAttachment": {"volumeId": "v-id"}}
server add volume s v --device /dev/vdb --tag t --enable-delete-on-termination
  POST ~/servers/s-id/os-volume_attachments {"volumeAttachment": {"volumeId": "v-id", "device": "/dev/vdb", "tag": "t", "delete_on_termination": true}}
server add volume s v --disable-delete-on-termination
  POST ~/servers/s-id/os-volume_attachments {"volumeAttachment": {"volumeId": "v-id", "delete_on_termination": false}}
server remove volume s v
  DELETE ~/servers/s-id/os-volume_attachments/v-id
server add network s n --tag t
  POST ~/servers/s-id/os-interface {"interfaceAttachment": {"net_id": "n-id", "tag": "t"}}
server add port s p --tag t
  POST ~/servers/s-id/os-interface {"interfaceAttachment": {"port_id": "p-id", "tag": "t"}}
server remove port s p
  DELETE ~/servers/s-id/os-interface/p-id
server add fixed ip s n --fixed-ip-address 10.0.0.9 --tag t
  POST ~/servers/s-id/os-interface {"interfaceAttachment": {"net_id": "n-id", "fixed_ips": [{"ip_address": "10.0.0.9"}], "tag": "t"}}
server remove fixed ip s 10.0.0.9
  POST ~/servers/s-id/action {"removeFixedIp": {"address": "10.0.0.9"}}
server remove floating ip s 192.0.2.1
  PUT /network/v2.0/floatingips/192.0.2.1-id {"floatingip": {"port_id": null}}
server add security group s a b
  POST ~/servers/s-id/action {"addSecurityGroup": {"name": "a"}}
  POST ~/servers/s-id/action {"addSecurityGroup": {"name": "b"}}
server remove security group s a b
  POST ~/servers/s-id/action {"removeSecurityGroup": {"name": "a"}}
  POST ~/servers/s-id/action {"removeSecurityGroup": {"name": "b"}}
""")  # noqa: E501
REJECTIONS = rejection_table("""
1 server add volume s no-volume => No Volume found for no-volume
1 server add volume no-server v => No Server found for no-server
2 server add volume s v --enable-delete-on-termination --disable-delete-on-termination => exclude each other
2 server add security group s => SECURITY-GROUP
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_remove_fixed_ip_uses_microversion_2_43(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("server remove fixed ip s 10.0.0.9").exit_code == 0
    assert cloud.headers[-1]["OpenStack-API-Version"] == "compute 2.43"


def test_remove_fixed_ip_fails_for_an_address_the_server_does_not_have(cloud: FakeCloud, ostk: Run) -> None:
    answer = {"id": "s-id", "name": "s", "addresses": {"n": [{"addr": "10.0.0.8", "version": 4}]}}
    cloud.answers["GET /compute/v2.1/servers/s-id"] = {"server": answer}
    result = ostk("server remove fixed ip s 10.0.0.9")
    assert (result.exit_code, result.output) == (1, "The server s-id has no address 10.0.0.9.\n")
    assert ostk("server remove fixed ip s 10.0.0.8").exit_code == 0
    assert cloud.sent[-1][1] == {"removeFixedIp": {"address": "10.0.0.8"}}


def test_add_volume_shows_the_attachment(cloud: FakeCloud, ostk: Run) -> None:
    made = {"id": "v-id", "serverId": "s-id", "volumeId": "v-id", "device": "/dev/vdb", "tag": None}
    attachment = {**made, "delete_on_termination": False}
    cloud.answers[f"POST {SERVER}/os-volume_attachments"] = {"volumeAttachment": attachment}
    assert (
        ostk("server add volume s v").output
        == """\
+-----------------------+----------+
| Field                 | Value    |
+-----------------------+----------+
| ID                    | v-id     |
| Server ID             | s-id     |
| Volume ID             | v-id     |
| Device                | /dev/vdb |
| Tag                   | None     |
| Delete On Termination | False    |
+-----------------------+----------+
"""
    )


def test_remove_network_detaches_each_port(cloud: FakeCloud, ostk: Run) -> None:
    interfaces = [{"port_id": p, "net_id": n} for p, n in (("p1", "n-id"), ("p2", "other"), ("p3", "n-id"))]
    cloud.answers[f"GET {SERVER}/os-interface"] = {"interfaceAttachments": interfaces}
    assert ostk("server remove network s n").exit_code == 0
    asked, *removed = cloud.sent
    assert asked == (f"GET {SERVER}/os-interface", None)
    assert sorted(removed) == [(f"DELETE {SERVER}/os-interface/{p}", None) for p in ("p1", "p3")]


class TestFloatingIP:
    """A floating IP is associated with the port of the fixed IP, or the first port that a router connects."""

    @pytest.fixture
    def ports(self, cloud: FakeCloud) -> FakeCloud:
        ports = [
            {"id": "p1", "fixed_ips": [{"ip_address": "10.0.0.1"}]},
            {"id": "p2", "fixed_ips": [{"ip_address": "10.0.0.2"}]},
        ]
        cloud.answers["GET /network/v2.0/ports?device_id=s-id"] = {"ports": ports}
        return cloud

    def test_add_selects_the_port_of_the_fixed_ip(self, ports: FakeCloud, ostk: Run) -> None:
        assert ostk("server add floating ip s 192.0.2.1 --fixed-ip-address 10.0.0.2").exit_code == 0
        body = {"floatingip": {"fixed_ip_address": "10.0.0.2", "port_id": "p2"}}
        assert ports.sent[1:] == [("PUT /network/v2.0/floatingips/192.0.2.1-id", body)]

    def test_add_tries_each_port_until_one_is_reachable(self, ports: FakeCloud, ostk: Run) -> None:
        path = "/network/v2.0/floatingips/192.0.2.1-id"
        ports.answers[f"PUT {path}"] = (404, {"NeutronError": {"message": "not reachable"}})
        result = ostk("server add floating ip s 192.0.2.1")
        assert (result.exit_code, "not reachable" in result.output) == (1, True)
        assert [body["floatingip"] for _, body in ports.sent[1:]] == [{"port_id": "p1"}, {"port_id": "p2"}]

    def test_unknown_fixed_ip_is_an_error(self, ports: FakeCloud, ostk: Run) -> None:
        result = ostk("server add floating ip s 192.0.2.1 --fixed-ip-address 10.0.0.3")
        assert (result.exit_code, result.output) == (1, "The server has no fixed IP address 10.0.0.3.\n")

    def test_server_without_a_port_is_an_error(self, cloud: FakeCloud, ostk: Run) -> None:
        result = ostk("server add floating ip s 192.0.2.1")
        assert (result.exit_code, "no port" in result.output) == (1, True)


def test_remove_security_group_continues_after_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {SERVER}/action"] = (404, {"itemNotFound": {"message": "There is no such group."}})
    result = ostk("server remove security group s a b")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "Security group 'a' was not removed: There is no such group. (HTTP 404)",
        "Security group 'b' was not removed: There is no such group. (HTTP 404)",
        "2 of 2 security groups were not removed.",
    ]
