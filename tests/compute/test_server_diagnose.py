"""`server diagnose`: what is requested and printed, what a service does not give, and the findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Barrier
from typing import Any

import httpx
import pytest

from ostk.compute.findings import RESTING, Rules

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

Json = dict[str, Any]
NOVA, CINDER, NEUTRON, GLANCE = "/compute/v2.1", "/volume/v3", "/network/v2.0", "/image/v2"
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

TRACEBACK = 'Traceback (most recent call last):\n  File "x.py", line 1\nnova.exception.NoValidHost: No valid host.\n\n'
FLAVOR = {"original_name": "huge", "vcpus": 4, "ram": 1638400, "disk": 1, "ephemeral": 2, "swap": 1025}
SERVER: Json = {
    "id": "s-1",
    "name": "web",
    "tenant_id": "p",
    "status": "ACTIVE",
    "OS-EXT-STS:task_state": None,
    "OS-EXT-STS:power_state": 1,
    "OS-EXT-SRV-ATTR:host": "cmp1",
    "created": "2026-01-01T00:00:00Z",
    "updated": "2026-01-01T00:00:00Z",
    "flavor": {**FLAVOR, "extra_specs": {}},
    "image": {"id": "i-1"},
    "os-extended-volumes:volumes_attached": [{"id": "v-1"}],
}
PORT = {
    "id": "p-1",
    "name": "",
    "network_id": "n-1",
    "status": "ACTIVE",
    "admin_state_up": True,
    "fixed_ips": [{"ip_address": "10.0.0.5"}],
    "binding:vif_type": "ovs",
    "binding:host_id": "cmp1",
    "security_groups": ["g-1"],
}
AGENT = {"agent_type": "Open vSwitch agent", "host": "cmp1", "alive": True, "admin_state_up": True}
SERVICE = {"host": "cmp1", "status": "enabled", "state": "up", "updated_at": "2026-01-01T00:00:00", "binary": "x"}
USED = {"totalInstancesUsed": 1, "maxTotalInstances": 10, "totalCoresUsed": 4, "maxTotalCores": -1}
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


def change(cloud: FakeCloud, **fields: Any) -> None:
    """Change fields of the server."""
    server = {**SERVER, **{key.replace("__", ":"): value for key, value in fields.items()}}
    cloud.answers[f"GET {NOVA}/servers/detail"] = {"servers": [server]}
    cloud.answers[f"GET {NOVA}/servers/s-1"] = {"server": server}


@pytest.fixture
def lab(cloud: FakeCloud) -> FakeCloud:
    """A cloud with a server of which nothing is wrong."""
    change(cloud)
    answers: dict[str, Any] = {
        f"GET {NOVA}/servers/s-1/os-instance-actions": {
            "instanceActions": [
                {"action": "create", "request_id": "req-1", "start_time": "2026-01-01T00:00:01.000000", "message": None}
            ]
        },
        f"GET {NOVA}/limits": {"limits": {"absolute": USED}},
        f"GET {NOVA}/os-services": {"services": [SERVICE]},
        f"GET {GLANCE}/images/i-1": {"id": "i-1", "name": "cirros", "status": "active"},
        f"GET {CINDER}/volumes/v-1": {
            "volume": {
                "id": "v-1",
                "name": "disk",
                "status": "in-use",
                "size": 5,
                "bootable": "true",
                "attachments": [{"server_id": "s-9", "device": "/dev/vdz"}, {"server_id": "s-1", "device": "/dev/vdb"}],
            }
        },
        f"GET {CINDER}/attachments/detail": {"attachments": [{"volume_id": "v-1", "status": "attached"}]},
        f"GET {NEUTRON}/ports": {"ports": [PORT]},
        f"GET {NEUTRON}/networks": {"networks": [{"id": "n-1", "name": "inner"}]},
        f"GET {NEUTRON}/security-groups": {"security_groups": [{"id": "g-1", "name": "default"}]},
        f"GET {NEUTRON}/floatingips": {
            "floatingips": [{"id": "f-1", "port_id": "p-1", "floating_ip_address": "203.0.113.9", "status": "ACTIVE"}]
        },
        f"GET {NEUTRON}/agents": {"agents": [AGENT]},
    }
    cloud.answers.update(answers)
    lines = "\n".join(["old"] * 20 + ["booting\r", "", "web login: ", ""])
    cloud.answers[f"POST {NOVA}/servers/s-1/action"] = {"output": lines}
    return cloud


def page(ostk: Run, line: str = "server diagnose web") -> str:
    """Return what a line prints; it succeeds without a message."""
    result = ostk(line)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return str(result.stdout)


def data(ostk: Run, line: str = "server diagnose web") -> Json:
    """Return the JSON of a line."""
    found: Json = json.loads(page(ostk, f"{line} -f json"))
    return found


def summaries(ostk: Run) -> list[str]:
    """Return the summaries of the findings."""
    return [finding["summary"] for finding in data(ostk)["findings"]]


def failed(cloud: FakeCloud, *events: Json) -> None:
    """Make the newest action of the server a failed one, with these events."""
    action = {"action": "create", "request_id": "req-1", "start_time": "2026-01-01T00:00:01.000000", "message": "Error"}
    path = f"GET {NOVA}/servers/s-1/os-instance-actions"
    cloud.answers[path] = {"instanceActions": [action]}
    cloud.answers[f"{path}/req-1"] = {"instanceAction": {**action, "events": list(events)}}


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


class TestFindings:
    def test_no_valid_host(self, lab: FakeCloud, ostk: Run) -> None:
        flavor = {**FLAVOR, "extra_specs": {"trait:CUSTOM_GPU": "required"}}
        fault = {"code": 500, "created": "2026-01-01T00:00:02Z", "message": "No valid host. ", "details": TRACEBACK}
        zone = {"OS-EXT-AZ__availability_zone": "az1", "OS-EXT-SRV-ATTR__host": None}
        change(lab, status="ERROR", fault=fault, flavor=flavor, **zone)
        failed(
            lab,
            {"event": "fine", "result": "Success"},
            {"event": "schedule", "result": "Error", "host": "ctl1", "traceback": TRACEBACK, "details": "No host. "},
        )
        shown = page(ostk)
        assert "  Fault               No valid host. (code 500, 2026-01-01T00:00:02Z)\n" in shown
        assert "  Exception           nova.exception.NoValidHost: No valid host.\n" in shown
        assert "  Quota of cores      4 of unlimited used\n" in shown
        assert "    schedule on ctl1: Error\n      No host.\n      Traceback ends: nova.exc" in shown
        assert "fine" not in shown
        [finding] = data(ostk)["findings"]
        assert finding["summary"] == "The scheduler found no host for the server."
        assert finding["explanation"].startswith(
            "The flavor huge asks for 4 vCPUs, 1638400 MiB of RAM and 5 GiB of disk on one host. "
            "It has extra specs, which hosts or their aggregates must match: trait:CUSTOM_GPU. "
            "The host must be in the availability zone az1. "
        )
        assert finding["commands"][:2] == [
            "ostk hypervisor stats show",
            "ostk allocation candidate list --resource VCPU=4 --resource MEMORY_MB=1638400 --resource DISK_GB=5",
        ]
        assert "Only administrators" not in finding["explanation"]
        for path in (f"GET {NOVA}/servers/detail", f"GET {NOVA}/servers/s-1"):
            [server] = lab.answers[path].get("servers") or [lab.answers[path]["server"]]
            server.pop("OS-EXT-SRV-ATTR:host", None)
        ending = "Only administrators may run these commands, but for the last."
        assert data(ostk)["findings"][0]["explanation"].endswith(ending)

    @pytest.mark.parametrize(
        ("message", "summary"),
        [
            ("Exceeded maximum number of retries.", "Every host that the scheduler tried failed to build the server."),
            ("Quota exceeded for instances", "A quota was exceeded."),
            ("Build of instance x aborted: Failed to allocate the network(s)", "The network of the server could not"),
            ("Binding failed for port p-1", "The network of the server could not be set up."),
            ("Block Device Mapping is Invalid.", "A volume of the server could not be prepared."),
            ("Image i-1 could not be found.", "The image of the server could not be used."),
            ("MessagingTimeout", "Services of Nova could not reach each other."),
            ("Insufficient compute resources: Free memory 1 MB", "The host had not enough resources."),
            ("Something else", "The last action on the server failed."),
        ],
    )
    def test_fault(self, lab: FakeCloud, ostk: Run, message: str, summary: str) -> None:
        change(lab, status="ERROR", fault={"code": 500, "created": "2026-01-01T00:00:02Z", "message": message})
        assert [one[: len(summary)] for one in summaries(ostk)] == [summary]

    def test_binding_failed(self, lab: FakeCloud, ostk: Run) -> None:
        port = {**PORT, "binding:vif_type": "binding_failed", "status": "DOWN"}
        lab.answers[f"GET {NEUTRON}/ports"] = {"ports": [port]}
        [finding] = data(ostk)["findings"]
        assert finding["summary"] == "The port p-1 could not be bound on host cmp1."
        assert finding["commands"][0] == "ostk network agent list --host cmp1"

    def test_host_that_is_down(self, lab: FakeCloud, ostk: Run) -> None:
        lab.answers[f"GET {NOVA}/os-services"] = {
            "services": [{**SERVICE, "state": "down", "status": "disabled", "disabled_reason": "repair"}]
        }
        lab.answers[f"GET {NEUTRON}/agents"] = {"agents": [{**AGENT, "alive": False}]}
        assert summaries(ostk) == [
            "nova-compute on host cmp1 is down.",
            "nova-compute on host cmp1 is disabled: repair.",
            "The Open vSwitch agent on host cmp1 is down.",
        ]

    def test_host_that_is_forced_down(self, lab: FakeCloud, ostk: Run) -> None:
        lab.answers[f"GET {NOVA}/os-services"] = {"services": [{**SERVICE, "state": "down", "forced_down": True}]}
        assert summaries(ostk) == ["An administrator has marked nova-compute on host cmp1 as down (forced down)."]
        assert "  nova-compute        down (forced down), enabled, last seen" in page(ostk)

    @pytest.mark.parametrize(
        ("status", "attachment", "summary"),
        [
            ("error", "attached", "The volume disk is in the state error."),
            ("in-use", "error_attaching", "The volume disk is in the state error_attaching."),
            ("attaching", "attaching", "The volume disk is not attached: its state is attaching."),
            ("available", None, "Nova has the volume disk as attached, Cinder as available."),
        ],
    )
    def test_volume(self, lab: FakeCloud, ostk: Run, status: str, attachment: str | None, summary: str) -> None:
        lab.answers[f"GET {CINDER}/volumes/v-1"]["volume"]["status"] = status
        lab.answers[f"GET {CINDER}/attachments/detail"]["attachments"][0]["status"] = attachment
        assert summaries(ostk) == [summary]

    @pytest.mark.parametrize("status", [*RESTING, "VERIFY_RESIZE"])
    def test_state_that_a_command_ends(self, lab: FakeCloud, ostk: Run, status: str) -> None:
        change(lab, status=status)
        [finding] = data(ostk)["findings"]
        assert finding["commands"][0].startswith("ostk server ")
        assert finding["commands"][0].endswith(" web")

    def test_locked(self, lab: FakeCloud, ostk: Run) -> None:
        change(lab, locked=True, locked_reason="repair")
        assert "  Locked       yes (repair)\n" in page(ostk)
        assert summaries(ostk) == ["The server is locked: repair."]

    def test_guest_that_crashed(self, lab: FakeCloud, ostk: Run) -> None:
        change(lab, **{"OS-EXT-STS__power_state": 6})
        lab.answers[f"POST {NOVA}/servers/s-1/action"] = {"output": "end Kernel panic - not syncing\n"}
        assert summaries(ostk) == [
            "The server is ACTIVE, and its power state is Crashed.",
            "The kernel of the guest panicked.",
        ]

    def test_ports(self, lab: FakeCloud, ostk: Run) -> None:
        ports = [{**PORT, "admin_state_up": False, "status": "DOWN"}, {**PORT, "id": "p-2", "status": "DOWN"}]
        lab.answers[f"GET {NEUTRON}/ports"] = {"ports": ports}
        assert summaries(ostk) == ["The port p-1 is disabled.", "The port p-2 is DOWN."]
        lab.answers[f"GET {NEUTRON}/ports"] = {"ports": []}
        assert summaries(ostk) == ["The server has no port."]

    def test_failed_action_of_an_active_server(self, lab: FakeCloud, ostk: Run) -> None:
        failed(lab, {"event": "resize", "result": "Error", "details": "No room.", "traceback": None})
        assert summaries(ostk) == ["The last action, create, failed: No room."]

    def test_quota_that_is_used_up(self, lab: FakeCloud, ostk: Run) -> None:
        change(lab, status="BUILD")
        lab.answers[f"GET {NOVA}/limits"] = {"limits": {"absolute": {**USED, "maxTotalInstances": 1}}}
        assert summaries(ostk) == ["The quota of instances is used up: 1 of 1."]

    @pytest.mark.parametrize(
        ("minutes", "summary"),
        [(9, "The task powering-off is in progress."), (11, "The task powering-off has lasted for 11 minutes: it is")],
    )
    def test_task(self, lab: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, minutes: int, summary: str) -> None:
        monkeypatch.setattr("ostk.compute.server_diagnose.time.time", lambda: 1767225600 + minutes * 60 + 1)
        change(lab, **{"OS-EXT-STS__task_state": "powering-off"})
        assert [one[: len(summary)] for one in summaries(ostk)] == [summary]

    @pytest.mark.parametrize(
        ("name", "word"), [("a b", "'a b'"), ("-x", "s-1"), ("a\nb", "s-1"), ("", "s-1"), ("{x}", "'{x}'")]
    )
    def test_commands_can_be_pasted(self, lab: FakeCloud, ostk: Run, name: str, word: str) -> None:
        change(lab, name=name, status="PAUSED")
        commands = data(ostk, "server diagnose s-1")["findings"][0]["commands"]
        assert commands == [f"ostk server unpause {word}"]


def test_every_command_of_a_finding_is_a_command_line(lab: FakeCloud, ostk: Run) -> None:
    """Each is read without a usage error, which would be exit status 2."""
    port = {**PORT, "binding:vif_type": "binding_failed"}
    shown = json.loads(ostk("server diagnose web -f json").stdout)
    broken_port = {**shown["ports"][0], "vif_type": port["binding:vif_type"]}
    off = {**shown["ports"][0], "admin_state_up": False}
    down = {**shown["ports"][0], "status": "DOWN"}
    volumes = [{**shown["volumes"][0], "status": status} for status in ("error", "attaching", "available")]
    service = {**SERVICE, "state": "down", "status": "disabled", "disabled_reason": None}
    action = {"action": "create", "request_id": "req-1", "message": "Error", "events": []}
    base = {
        **shown, "ports": [broken_port, off, down], "volumes": volumes, "compute_service": service, "locked": True,
        "network_agents": [{**AGENT, "alive": False}], "task_state": "spawning", "actions": [action],
        "console_lines": ["kernel panic"],
    }  # fmt: skip
    forced = {**base, "compute_service": {**service, "forced_down": True}}
    cases = [base, forced, {**base, "power_state": "Crashed", "task_state": None}, {**base, "ports": []}]
    cases += [{**base, "status": status, "task_state": None} for status in (*RESTING, "VERIFY_RESIZE")]
    messages = (
        "no valid host|retries maximum number of retries|quota|binding failed|volume|image|messagingtimeout|claim|?"
    )
    cases += [{**base, "status": "ERROR", "fault": {"message": message}} for message in messages.split("|")]
    cases += [{**base, "status": "ERROR", "fault": None, "launched_at": "2026-01-01", "quota": {}}]
    cases += [{**base, "status": "ERROR", "quota": {"cores": {"used": 1, "limit": 1}}}]
    commands = {
        command for case in cases for found in Rules(case, "ostk", 1e10).findings() for command in found["commands"]
    }
    assert len(commands) > 30
    for command in sorted(commands):
        result = ostk(f"--curl {command.removeprefix('ostk ')}")
        assert result.exit_code != 2, (command, result.output)
