"""`server diagnose`: what is requested and printed, and what a service does not give."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from typing import Any

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends
from .diagnosed_server import CINDER, GLANCE, NEUTRON, NOVA, PORT, SERVER, change, data, failed, healthy, page

CASES = request_table("""
/compute/v2.1
server diagnose web
  GET ~/servers/detail?name=web
  then GET ~/servers/web-id/os-instance-actions?limit=5
  GET ~/limits
  GET /network/v2.0/ports?device_id=web-id
  POST ~/servers/web-id/action {"os-getConsoleOutput": {"length": 10}}
server diagnose web --all-projects -f json
  GET ~/servers/detail?name=web&all_tenants=True
  then GET ~/servers/web-id/os-instance-actions?limit=5
  GET ~/limits
  GET /network/v2.0/ports?device_id=web-id
  POST ~/servers/web-id/action {"os-getConsoleOutput": {"length": 10}}
server diagnose web --os-compute-api-version 2.57
  GET ~/servers/detail?name=web
  then GET ~/servers/web-id/os-instance-actions
  GET ~/limits
  GET /network/v2.0/ports?device_id=web-id
  POST ~/servers/web-id/action {"os-getConsoleOutput": {"length": 10}}
""")
test_requests = sends(CASES)
test_rejections = rejects(
    rejection_table("""
2 server diagnose => Missing argument 'SERVER'
2 server diagnose web -f csv => 'csv' is not one of
1 server diagnose no-server => No Server found for no-server
""")
)

PAGE = """\
Server web
  ID           s-1
  Status       ACTIVE
  Power state  Running
  Host         cmp1
  Flavor       huge: 4 vCPUs, 1638400 MiB RAM, 1 GiB disk
  Image        cirros
  Created      2026-01-01T00:00:00Z
  Updated      2026-01-01T00:00:00Z

Actions, the newest first
  2026-01-01T00:00:01  create

Ports
  p-1  ACTIVE
    Network          inner: 10.0.0.5
    Binding          ovs on cmp1
    Security groups  default
    Floating IPs     203.0.113.9 (ACTIVE)

Volumes
  disk  in-use, attachment attached, 5 GiB, /dev/vdb, bootable

Host
  nova-compute        up, enabled, last seen 2026-01-01T00:00:00
  Open vSwitch agent  up

Console, the last lines
  booting
  web login:

What it likely is
  Nothing that ostk knows of is wrong with the server.
"""


@pytest.fixture
def lab(cloud: FakeCloud) -> FakeCloud:
    """A cloud with a server of which nothing is wrong."""
    return healthy(cloud)


class TestPage:
    def test_server_of_which_nothing_is_wrong(self, lab: FakeCloud, ostk: Run) -> None:
        assert page(ostk) == PAGE.replace("  booting\n", "  old\n" * 8 + "  booting\n")

    def test_requests_for_all_parts(self, lab: FakeCloud, ostk: Run) -> None:
        page(ostk)
        versions = (f"GET {NOVA}/", f"GET {CINDER}/", f"GET {NOVA}", f"GET {CINDER}")
        lines = sorted(line for line, _ in lab.all if "/auth/tokens" not in line and line not in versions)
        assert lines == sorted(
            [
                f"GET {NOVA}/servers/detail?name=web",
                f"GET {GLANCE}/images/i-1",
                f"GET {NOVA}/servers/s-1/os-instance-actions?limit=5",
                f"GET {NOVA}/limits",
                f"GET {NOVA}/os-services?host=cmp1&binary=nova-compute",
                f"POST {NOVA}/servers/s-1/action",
                f"GET {CINDER}/volumes/v-1",
                f"GET {CINDER}/attachments/detail?instance_id=s-1",
                f"GET {NEUTRON}/ports?device_id=s-1",
                f"GET {NEUTRON}/networks?id=n-1",
                f"GET {NEUTRON}/security-groups?id=g-1",
                f"GET {NEUTRON}/floatingips?port_id=p-1",
                f"GET {NEUTRON}/agents?host=cmp1",
            ]
        )

    def test_parts_are_requested_concurrently(self, lab: FakeCloud, ostk: Run) -> None:
        """Eight requests wait for each other: one after another, they would never be answered."""
        together = Barrier(8, timeout=10)
        first = [
            f"GET {GLANCE}/images/i-1",
            f"GET {NOVA}/servers/s-1/os-instance-actions",
            f"GET {NOVA}/limits",
            f"GET {NOVA}/os-services",
            f"POST {NOVA}/servers/s-1/action",
            f"GET {CINDER}/volumes/v-1",
            f"GET {NEUTRON}/ports",
            f"GET {NEUTRON}/agents",
        ]

        def held(body: Any) -> Callable[[httpx.Request], httpx.Response]:
            def answer(request: httpx.Request) -> httpx.Response:
                together.wait()
                return httpx.Response(200, json=body)

            return answer

        lab.answers.update({line: held(lab.answers[line]) for line in first})
        assert data(ostk)["unavailable"] == []
        assert not together.broken

    def test_server_of_another_project(self, lab: FakeCloud, ostk: Run) -> None:
        change(lab, tenant_id="q")
        page(ostk, "server diagnose web --all-projects")
        lines = [line for line, _ in lab.all]
        assert f"GET {NOVA}/limits?tenant_id=q" in lines
        assert f"GET {CINDER}/attachments/detail?instance_id=s-1&all_tenants=True" in lines

    def test_flavor_before_microversion_2_47_is_requested(self, lab: FakeCloud, ostk: Run) -> None:
        change(lab, flavor={"id": "7"})
        flavor = {
            "id": "7",
            "name": "old",
            "vcpus": 1,
            "ram": 64,
            "disk": 0,
            "OS-FLV-EXT-DATA:ephemeral": 3,
            "swap": "",
        }
        lab.answers[f"GET {NOVA}/flavors/7"] = {"flavor": flavor}
        assert data(ostk)["flavor"] == {
            "name": "old", "vcpus": 1, "ram": 64, "disk": 0, "ephemeral": 3, "swap": 0, "extra_specs": {},
        }  # fmt: skip

    def test_json_holds_the_data_and_takes_a_query(self, lab: FakeCloud, ostk: Run) -> None:
        found = data(ostk)
        assert found["ports"][0]["floating_ips"] == [{"address": "203.0.113.9", "status": "ACTIVE"}]
        assert found["volumes"][0]["device"] == "/dev/vdb"
        assert found["quota"]["cores"] == {"used": 4, "limit": -1}
        assert (found["findings"], found["unavailable"]) == ([], [])
        assert all(key == key.lower() and " " not in key for key in found)
        assert page(ostk, "server diagnose web -f json --noindent --query ports[0].host") == '"cmp1"\n'
        assert "power_state: Running\n" in page(ostk, "server diagnose web -f yaml")

    def test_control_characters_stay_on_their_line(self, lab: FakeCloud, ostk: Run) -> None:
        change(lab, name="a\nWhat it likely is\x1b[2J")
        lab.answers[f"POST {NOVA}/servers/s-1/action"] = {"output": "one\x1b]0;title\x07\n"}
        shown = page(ostk, "server diagnose s-1")
        assert shown.startswith("Server a\\x0aWhat it likely is\\x1b[2J\n")
        assert "  one\\x1b]0;title\\x07\n" in shown


class TestUnavailable:
    """A part that a service does not give is one line; the command succeeds."""

    PARTS = (
        ("image", f"GET {GLANCE}/images/i-1"),
        ("actions", f"GET {NOVA}/servers/s-1/os-instance-actions"),
        ("ports", f"GET {NEUTRON}/ports"),
        ("networks", f"GET {NEUTRON}/networks"),
        ("security groups", f"GET {NEUTRON}/security-groups"),
        ("floating IPs", f"GET {NEUTRON}/floatingips"),
        ("volume v-1", f"GET {CINDER}/volumes/v-1"),
        ("volume attachments", f"GET {CINDER}/attachments/detail"),
        ("console lines", f"POST {NOVA}/servers/s-1/action"),
        ("compute service", f"GET {NOVA}/os-services"),
        ("network agents", f"GET {NEUTRON}/agents"),
        ("quota", f"GET {NOVA}/limits"),
    )

    @pytest.mark.parametrize("answer", [403, 404, 409, 500, "lost", "list", "text"])
    @pytest.mark.parametrize(("part", "request_line"), PARTS, ids=[part for part, _ in PARTS])
    def test_part(
        self, lab: FakeCloud, ostk: Run, part: str, request_line: str, answer: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ostk.http.client.Http.sleep", lambda self, seconds: None)
        answers = {"lost": httpx.ReadTimeout("late"), "list": [1], "text": "no"}
        lab.answers[request_line] = answers.get(answer) or (answer, {"error": {"message": "NO.", "code": answer}})
        found = data(ostk)
        assert [one["part"] for one in found["unavailable"]] == [part]
        assert found["status"] == "ACTIVE"
        assert len([line for line in page(ostk).split("\n") if line.startswith(f"  {part}  ")]) == 1

    def test_service_that_the_cloud_lacks(self, lab: FakeCloud, ostk: Run) -> None:
        def token(request: httpx.Request) -> httpx.Response:
            body = lab.token(request).json()  # type: ignore[union-attr]
            catalog = body["token"]["catalog"]
            body["token"]["catalog"] = [one for one in catalog if one["type"] not in ("network", "block-storage")]
            return httpx.Response(201, json=body, headers={"X-Subject-Token": "t"})

        lab.answers["POST /identity/v3/auth/tokens"] = token
        found = data(ostk)
        parts = {one["part"]: one["reason"] for one in found["unavailable"]}
        assert set(parts) == {"network agents", "ports", "volume attachments", "volume v-1"}
        assert parts["ports"].startswith("This cloud has no network service")
        assert found["volumes"] == [{
            "id": "v-1", "name": None, "status": None, "size": None, "bootable": None, "device": None,
            "attachment_status": None,
        }]  # fmt: skip

    def test_what_only_administrators_see(self, lab: FakeCloud, ostk: Run) -> None:
        server = {key: value for key, value in SERVER.items() if not key.startswith("OS-EXT-SRV-ATTR")}
        lab.answers[f"GET {NOVA}/servers/detail"] = {"servers": [server]}
        port = {key: value for key, value in PORT.items() if not key.startswith("binding")}
        lab.answers[f"GET {NEUTRON}/ports"] = {"ports": [port]}
        failed(lab, {"event": "build", "result": "Error"})
        shown = page(ostk)
        assert "  build: Error\n" in shown
        assert "  host                  Nova does not show the host to this user: " in shown
        assert "  port bindings         Neutron does not show the bindings to this user.\n" in shown
        assert "  tracebacks of events  Nova does not show the tracebacks to this user.\n" in shown
        asked = [line for line, _ in lab.all]
        assert not [line for line in asked if "/agents" in line or "/os-services" in line]

    def test_events_that_are_forbidden(self, lab: FakeCloud, ostk: Run) -> None:
        failed(lab)
        lab.answers[f"GET {NOVA}/servers/s-1/os-instance-actions/req-1"] = (403, {"forbidden": {"message": "No."}})
        found = data(ostk)
        assert [one["part"] for one in found["unavailable"]] == ["events of actions"]
        assert found["actions"][0]["message"] == "Error"

    def test_a_failing_search_for_the_server_is_an_error(self, lab: FakeCloud, ostk: Run) -> None:
        lab.answers[f"GET {NOVA}/servers/detail"] = (403, {"forbidden": {"message": "No.", "code": 403}})
        assert ostk("server diagnose web").exit_code == 1
