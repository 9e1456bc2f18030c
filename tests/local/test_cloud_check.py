"""`cloud check`: each step with its result, and what to do."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

STEPS = ["configuration", "resolve host", "connect", "discover identity", "authenticate"]


class Connection:
    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def reached(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The host of the fake cloud resolves and takes connections."""
    found: list[tuple[str, int]] = []
    cloud.answers["GET /identity/"] = (300, {"versions": {"values": [{"id": "v3.14", "status": "stable"}]}})
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **more: [(0, 0, 0, "", ("192.0.2.1", port))])

    def connect(address: tuple[str, int], seconds: float) -> Connection:
        assert seconds == 10
        found.append(address)
        return Connection()

    monkeypatch.setattr(socket, "create_connection", connect)
    return found


def check(ostk: Run, line: str = "cloud check", status: int = 0) -> dict[str, dict[str, Any]]:
    result = ostk(f"{line} -f json")
    assert result.exit_code == status, result.output
    return {row["Step"]: row for row in json.loads(result.stdout)}


def test_all_is_well(cloud: FakeCloud, ostk: Run, reached: list[tuple[str, int]]) -> None:
    rows = check(ostk)
    assert list(rows)[:5] == STEPS
    assert {row["Result"] for row in rows.values()} == {"ok"}
    assert {"compute", "network", "image"} <= rows.keys()
    assert rows["resolve host"]["Details"] == "192.0.2.1"
    assert rows["compute"]["Details"] == "v2.1 (2.1 to 2.96) at http://cloud/compute/v2.1"
    assert all(isinstance(row["Time (ms)"], int) for row in rows.values())
    assert set(reached) == {("cloud", 80)}


def test_practice_cloud(ostk: Run) -> None:
    rows = check(ostk, "cloud check sandbox")
    assert {row["Result"] for row in rows.values()} == {"ok"}
    assert rows["connect"]["Details"] == "through practice cloud inside ostk"


def test_service_that_fails(cloud: FakeCloud, ostk: Run, reached: list[tuple[str, int]]) -> None:
    cloud.answers["GET /network/"] = (500, {})
    result = ostk("cloud check -f json")
    rows = {row["Step"]: row for row in json.loads(result.stdout)}
    assert result.exit_code == 1
    assert [name for name, row in rows.items() if row["Result"] == "failed"] == ["network"]
    assert rows["network"]["Details"] == "http://cloud/network answers HTTP 500."
    assert rows["network"]["Advice"] == "The network service, or what it depends on, is down."
    assert result.stderr.endswith(f"1 of {len(rows)} checks failed.\n")


@pytest.mark.parametrize(
    ("error", "details"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "Cannot connect to cloud:80: connection refused."),
        (TimeoutError(), "Cannot connect to cloud:80: timed out after 10 s."),
    ],
)
def test_host_that_takes_no_connection(
    error: OSError, details: str, cloud: FakeCloud, ostk: Run, reached: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: Any) -> None:
        raise error

    monkeypatch.setattr(socket, "create_connection", refuse)
    rows = check(ostk, status=1)
    assert list(rows) == STEPS[:3]
    assert (rows["connect"]["Result"], rows["connect"]["Details"]) == ("failed", details)
    assert cloud.all == []


def test_host_that_is_unknown(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*given: Any, **more: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    rows = check(ostk, status=1)
    assert list(rows) == STEPS[:2]
    assert rows["resolve host"]["Advice"] == "Check the auth URL, DNS and the VPN."


def test_configuration_that_is_not_valid(ostk: Run) -> None:
    rows = check(ostk, "cloud check nothing", status=1)
    assert list(rows) == ["configuration"]
    assert rows["configuration"]["Details"].startswith("Cloud nothing (--os-cloud) was not found")


def test_wrong_password(cloud: FakeCloud, ostk: Run, reached: Any) -> None:
    cloud.answers["POST /identity/v3/auth/tokens"] = (401, {"error": {"message": "No.", "code": 401}})
    rows = check(ostk, status=1)
    assert list(rows) == STEPS
    assert rows["authenticate"]["Result"] == "failed"
    assert "the password is wrong" in rows["authenticate"]["Advice"]


def test_cloud_without_keystone(ostk: Run, cloud: FakeCloud, reached: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OS_AUTH_URL")
    rows = check(ostk, "--os-auth-type none --os-endpoint http://cloud:6385 cloud check")
    assert list(rows) == STEPS[:3]
    assert rows["connect"]["Details"] == "cloud port 6385"
    assert cloud.all == []
