"""Limits, hypervisor statistics and usage: bars on a terminal, none elsewhere."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable

import pytest

from ostk.cli import main

from ..conftest import Run
from ..fake_cloud import FakeCloud

RunOnTerminal = Callable[..., str]
LIMITS = {
    "limits": {
        "rate": [],
        "absolute": {
            "maxTotalCores": 20,
            "totalCoresUsed": 5,
            "maxServerGroups": 10,
            "totalServerGroupsUsed": 10,
            "maxTotalRAMSize": -1,
            "totalRAMUsed": 512,
        },
    }
}
VOLUMES = {"limits": {"rate": [], "absolute": {"maxTotalVolumeGigabytes": 1000, "totalGigabytesUsed": 1}}}
STATISTICS = {"hypervisor_statistics": {"count": 2, "vcpus": 8, "vcpus_used": 6, "memory_mb": 0, "memory_mb_used": 0}}
USED = {"total_memory_mb_usage": 30.0, "total_vcpus_usage": 1.5, "total_local_gb_usage": 0.0}
USAGES = {
    "tenant_usages": [{"tenant_id": "a-id", **USED}, {"tenant_id": "b-id", **USED, "total_memory_mb_usage": 10.0}]
}


@pytest.fixture
def usage_answers(cloud: FakeCloud) -> None:
    """Answer with limits, hypervisor statistics and usage."""
    cloud.answers["GET /compute/v2.1/limits"] = LIMITS
    cloud.answers["GET /volume/v3/limits"] = VOLUMES
    cloud.answers["GET /compute/v2.1/os-hypervisors/statistics"] = STATISTICS
    cloud.answers["GET /compute/v2.1/os-simple-tenant-usage"] = USAGES
    cloud.answers["GET /identity/v3/projects"] = {"projects": [{"id": "a-id", "name": "a"}]}


@pytest.fixture
def run_on_terminal(usage_answers: None, monkeypatch: pytest.MonkeyPatch) -> RunOnTerminal:
    """Run a command line on a pseudo-terminal, and return its output without colors."""
    pytest.importorskip("termios")

    def run(line: str, term: str = "xterm") -> str:
        monkeypatch.setenv("TERM", term)
        master, slave = os.openpty()
        with os.fdopen(slave, "w", encoding="utf-8") as screen, monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", screen)
            with pytest.raises(SystemExit) as ended:
                main.main(line.split(), "ostk")
            screen.flush()
        assert ended.value.code == 0
        text = b""
        while part := read(master):
            text += part
        os.close(master)
        return re.sub("\x1b\\[[0-9;]*m", "", text.decode()).replace("\r\n", "\n")

    return run


def read(end: int) -> bytes:
    """Return what can be read from a pseudo-terminal, b"" once the other end is closed."""
    try:
        return os.read(end, 65536)
    except OSError:  # EIO on Linux once the other end is closed
        return b""


def test_limits_show_bars(run_on_terminal: RunOnTerminal) -> None:
    assert (
        run_on_terminal("limits show --absolute")
        == """\
┌────────────────────────────┬──────────────────────┐
│ Name                       │                Value │
├────────────────────────────┼──────────────────────┤
│ max_server_groups          │                   10 │
│ max_total_cores            │                   20 │
│ max_total_ram_size         │                   -1 │
│ max_total_volume_gigabytes │                 1000 │
│ server_groups              │                   10 │
│ server_groups_used         │   10 ██████████ 100% │
│ total_cores                │                   20 │
│ total_cores_used           │    5 ██░░░░░░░░  25% │
│ total_gigabytes_used       │    1 ░░░░░░░░░░   0% │
│ total_ram                  │                   -1 │
│ total_ram_used             │                  512 │
│ total_server_groups_used   │   10 ██████████ 100% │
└────────────────────────────┴──────────────────────┘
"""
    )


def test_hypervisor_stats_show_bars(run_on_terminal: RunOnTerminal) -> None:
    assert (
        run_on_terminal("hypervisor stats show")
        == """\
┌────────────────┬───────────────────┐
│ Field          │ Value             │
├────────────────┼───────────────────┤
│ count          │ 2                 │
│ memory_mb      │ 0                 │
│ memory_mb_used │ 0                 │
│ vcpus          │ 8                 │
│ vcpus_used     │ 6 ████████░░  75% │
└────────────────┴───────────────────┘
"""
    )


def test_usage_list_shows_bars(run_on_terminal: RunOnTerminal) -> None:
    title, table = run_on_terminal("usage list --start 2026-01-01 --end 2026-02-01").split("\n", 1)
    assert title == "Usage from 2026-01-01 to 2026-02-01: "
    assert (
        table
        == """\
┌─────────┬─────────┬───────────────────────┬──────────────────────┬──────────────────────┐
│ Project │ Servers │          RAM MB-Hours │            CPU Hours │        Disk GB-Hours │
├─────────┼─────────┼───────────────────────┼──────────────────────┼──────────────────────┤
│ a       │         │ 30.00 ████████░░  75% │ 1.50 █████░░░░░  50% │                 0.00 │
│ b-id    │         │ 10.00 ██░░░░░░░░  25% │ 1.50 █████░░░░░  50% │                 0.00 │
└─────────┴─────────┴───────────────────────┴──────────────────────┴──────────────────────┘
"""
    )


LINES = ("limits show --absolute", "hypervisor stats show", "usage list")
FORMATS = ("-f json", "-f yaml", "-f value")


@pytest.mark.parametrize("line", [f"{line} {form}" for line in LINES for form in FORMATS])
def test_machine_formats_have_no_bars_on_a_terminal(line: str, run_on_terminal: RunOnTerminal, ostk: Run) -> None:
    assert run_on_terminal(line) == ostk(line).output


@pytest.mark.parametrize("line", LINES)
def test_no_bars_in_a_pipe_or_on_a_dumb_terminal(line: str, run_on_terminal: RunOnTerminal, ostk: Run) -> None:
    assert "|" in ostk(line).output
    assert "░" not in ostk(line).output
    assert run_on_terminal(line, term="dumb") == ostk(line).output
