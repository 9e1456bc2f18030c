"""Phrases that public scripts look for in what `openstack` prints; the messages of ostk hold them."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Run
from .fake_cloud import FakeCloud

TOKENS = "POST /identity/v3/auth/tokens"


@pytest.mark.parametrize(
    ("line", "status", "phrase"),
    [
        ("router show no-such", 1, "No Router found for no-such"),
        ("server show no-such", 1, "No Server found for no-such"),
        ("server show ''", 1, "No Server found for ''"),
        ("security group delete no-such", 1, "No SecurityGroup found for no-such"),
        ("floating ip show no-such", 1, "No FloatingIP found for no-such"),
        ("volume show no-such", 1, "No Volume found for no-such"),
        ("image show no-such", 1, "No Image found for no-such"),
        ("extension show no-such", 1, "No Extension found for no-such"),
        ("project show no-such", 1, "No project with a name or ID of 'no-such' exists."),
        ("project show no-such", 1, "No Project found for no-such"),
        ("share show no-such", 1, "No share with a name or ID of 'no-such' exists."),
        (
            "network delete one no-such",
            1,
            "Failed to delete network with name or ID 'no-such': No Network found for no-",
        ),
        ("network list -c x", 1, "No recognized column names in ['x']. Recognized columns are ('ID', 'Name',"),
        ("network list -c x -c y", 1, "No recognized column names in ['x', 'y']."),
        ("network list -f bogus", 2, "-f/--format: invalid choice: 'bogus'"),
        ("network list --os-interface bogus", 2, "--os-interface: invalid choice: 'bogus'"),
        ("image create n --disk-format flat", 2, "--disk-format: invalid choice: 'flat'"),
        ("network create", 2, "Missing argument"),
    ],
)
def test_missing_resources_and_usage_errors_have_the_phrases_of_openstack(
    line: str, status: int, phrase: str, ostk: Run, cloud: FakeCloud
) -> None:
    result = ostk(line)
    assert (result.exit_code, phrase in " ".join(result.stderr.split())) == (status, True), result.stderr


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 500, 503])
def test_service_errors_show_the_http_status(
    status: int, ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    cloud.answers["POST /network/v2.0/networks"] = (status, {"NeutronError": {"message": "No."}})
    assert f"(HTTP {status})" in ostk("network create n").stderr


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 503])
@pytest.mark.parametrize("body", [{"error": {"message": "No."}}, b"<html><h1>No</h1></html>"])
def test_keystone_errors_show_the_http_status(
    status: int, body: Any, ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    cloud.answers[TOKENS] = (status, body)
    result = ostk("network list")
    assert (result.exit_code, f"(HTTP {status})" in result.stderr) == (1, True), result.stderr


def test_identical_failures_are_reported_once(ostk: Run, cloud: FakeCloud) -> None:
    cloud.answers[TOKENS] = (401, {"error": {"message": "No."}})
    lines = ostk("network delete a b c").stderr.splitlines()
    assert (len(lines), lines[0][:8]) == (2, "Keystone")


def test_a_forbidden_lookup_by_name_says_so(ostk: Run, cloud: FakeCloud) -> None:
    cloud.answers["GET /identity/v3/roles"] = (403, {"error": {"message": "You are not authorized."}})
    cloud.answers["GET /identity/v3/roles/membr"] = (404, {"error": {"message": "Could not find role: membr."}})
    told = ostk("role show membr").stderr.splitlines()
    assert told[0].endswith(": No role with a name or ID of 'membr' exists.")
    assert told[1] == "Give the ID: this token may not look up a role by name."
