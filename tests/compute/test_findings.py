"""The findings of `server diagnose`, and the commands that they suggest."""

from __future__ import annotations

import json

import pytest

from ostk.compute.findings import RESTING, Rules

from ..conftest import Run
from ..fake_cloud import FakeCloud
from .diagnosed_server import (
    AGENT,
    CINDER,
    FLAVOR,
    NEUTRON,
    NOVA,
    PORT,
    SERVICE,
    TRACEBACK,
    USED,
    change,
    data,
    failed,
    healthy,
    page,
    summaries,
)


@pytest.fixture
def lab(cloud: FakeCloud) -> FakeCloud:
    """A cloud with a server of which nothing is wrong."""
    return healthy(cloud)


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
