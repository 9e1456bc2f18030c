"""Answers that are valid JSON of an unexpected shape: the error names the service, the request and the field."""

from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

NOVA, NEUTRON = "/compute/v2.1", "/network/v2.0"
SERVER = {"id": "web-id", "name": "web", "status": "ACTIVE", "flavor": {"original_name": "f"}, "image": ""}


@pytest.mark.parametrize(
    ("line", "path", "body", "service", "problem"),
    [
        ("network list", f"{NEUTRON}/networks", {}, "network", "it has no list 'networks'"),
        ("network list", f"{NEUTRON}/networks", {"networks": None}, "network", "it has no list 'networks'"),
        ("network list", f"{NEUTRON}/networks", "x", "network", "it has no list 'networks'"),
        ("network list", f"{NEUTRON}/networks", {"networks": [None]}, "network", "'networks' holds something that is"),
        ("network agent show a", f"{NEUTRON}/agents/a", {"agent": []}, "network", "it has no object 'agent'"),
        ("server show web", f"{NOVA}/servers/detail", {"servers": [{**SERVER, "flavor": 7}]}, "compute", "its field"),
        ("server list", f"{NOVA}/servers/detail", {"servers": [{**SERVER, "addresses": [7]}]}, "compute", "its field"),
        ("extension list --network", f"{NEUTRON}/extensions", {}, "network", "it has no field 'extensions'"),
        ("extension list --network", f"{NEUTRON}/extensions", [], "network", "its field 'extensions' is not of the"),
    ],
)
def test_response_of_an_unexpected_shape_is_an_error(
    line: str, path: str, body: Any, service: str, problem: str, ostk: Run, cloud: FakeCloud
) -> None:
    cloud.answers[f"GET {path}"] = body
    result = ostk(line)
    assert (result.exit_code, result.stdout) == (1, "")
    first = result.stderr.splitlines()[0]
    assert first.startswith(f"The answer of the {service} service to GET http://cloud{path} has an unexpected shape: ")
    assert problem in first
    assert "defect" not in result.stderr


def test_a_defect_of_ostk_is_reported_as_one(ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> None:
        raise KeyError("columns")

    monkeypatch.setattr("ostk.language.view.print_list", broken)
    result = ostk("network list")
    assert (result.exit_code, result.stderr.splitlines()) == (
        1,
        ["ostk has a defect: KeyError: 'columns'", "The same command with --debug shows where."],
    )
