"""Version documents: microversions, and documents that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

Answer = Callable[[httpx.Request], httpx.Response]

DOCUMENT = "GET /compute/v2.1/"
SERVERS = "GET /compute/v2.1/servers/detail"


def answer(status: int, **content: Any) -> Answer:
    return lambda request: httpx.Response(status, **content)


def disconnect(request: httpx.Request) -> httpx.Response:
    raise httpx.RemoteProtocolError("Server disconnected without sending a response.")


UNREADABLE: dict[str, Answer] = {
    "HTML": answer(200, html="<!doctype html><title>Dashboard</title>"),
    "no JSON": answer(200, content="{", headers={"Content-Type": "application/json"}),
    "empty": answer(200),
    "another shape": answer(200, json={"versions": "2.1"}),
    "a list": answer(200, json=["v2.1"]),
    "no versions": answer(200, json={"versions": []}),
    "a redirect to another host": answer(302, headers={"Location": "http://elsewhere.example.com/v2.1/"}),
    "a redirect without an address": answer(302),
    "forbidden": answer(403, json={"forbidden": {"message": "No.", "code": 403}}),
    "not found": answer(404, text="not found"),
    "bad gateway": answer(502, html="<h1>502 Bad Gateway</h1>"),
    "no answer": disconnect,
}


@pytest.fixture
def nova(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
    """A cloud with one server."""
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    cloud.answers[SERVERS] = {"servers": [{"id": "1", "name": "web", "flavor": {"original_name": "m1"}, "image": ""}]}
    return cloud


def microversions(cloud: FakeCloud) -> list[str]:
    """Return the microversion header of each request for servers."""
    pairs = zip(cloud.all, cloud.headers, strict=True)
    return [headers.get("openstack-api-version", "") for (line, _), headers in pairs if line.startswith(SERVERS)]


@pytest.mark.parametrize("document", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize(
    ("flags", "sent"),
    [
        ("", ""),
        ("--os-compute-api-version 2", ""),
        ("--os-compute-api-version 2.0", ""),
        ("--os-compute-api-version 2.60", "compute 2.60"),
    ],
)
def test_commands_work_without_a_version_document(
    nova: FakeCloud, ostk: Run, document: Answer, flags: str, sent: str
) -> None:
    nova.answers[DOCUMENT] = document
    result = ostk(f"server list {flags} -f value -c Name")
    assert (result.exit_code, result.output) == (0, "web\n")
    assert microversions(nova) == [sent]
    assert sum(line == DOCUMENT for line, _ in nova.all) <= 3  # one request, and the retries of one


@pytest.mark.parametrize("document", UNREADABLE.values(), ids=UNREADABLE)
def test_a_document_that_cannot_be_read_is_not_cached(nova: FakeCloud, ostk: Run, document: Answer) -> None:
    nova.answers[DOCUMENT] = document
    assert ostk("server list").exit_code == 0
    del nova.answers[DOCUMENT]
    assert ostk("--os-compute-api-version 2.60 server list").exit_code == 0
    assert ostk("server list").exit_code == 0
    assert microversions(nova) == ["", "compute 2.60", "compute 2.96"]
    assert sum(line == DOCUMENT for line, _ in nova.all) in (2, 4)  # the third command had it from the cache


def test_an_option_that_needs_a_version_says_that_it_is_unknown(nova: FakeCloud, ostk: Run) -> None:
    nova.answers[DOCUMENT] = UNREADABLE["HTML"]
    line = "server create --flavor m1 --image cirros --tag x web"
    result = ostk(line)
    assert result.exit_code == 1
    assert "which versions this cloud has is unknown" in result.output
    assert "--os-compute-api-version 2.52" in result.output
    nova.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [{"id": "m1-id", "name": "m1"}]}
    nova.answers["POST /compute/v2.1/servers"] = {"server": {"id": "1", "name": "web", "flavor": {}, "image": ""}}
    ostk(f"--os-compute-api-version 2.52 {line}")
    assert "POST /compute/v2.1/servers" in [line for line, _ in nova.sent]


def test_a_service_that_cannot_be_reached_is_not_asked_for_anything_else(nova: FakeCloud, ostk: Run) -> None:
    def assert_rejected(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[Errno 111] Connection refused") from ConnectionRefusedError(111, "refused")

    nova.answers[DOCUMENT] = assert_rejected
    result = ostk("server list")
    assert (result.exit_code, microversions(nova)) == (1, [])
    assert "cloud:80" in result.output


def test_version_document_with_status_300_is_read(nova: FakeCloud, ostk: Run) -> None:
    version = {"id": "v2.1", "status": "CURRENT", "version": "2.70", "min_version": "2.1"}
    nova.answers[DOCUMENT] = (300, {"versions": [version, {"id": "v2.0", "version": "", "min_version": ""}]})
    assert ostk("server list").exit_code == 0
    assert microversions(nova) == ["compute 2.70"]


def test_range_in_the_headers_of_a_version_document_is_read(nova: FakeCloud, ostk: Run) -> None:
    """The document of Magnum's version 1 has no range; the headers of the answer have it."""
    ends = {"Minimum": "2.1", "Maximum": "2.70"}
    headers = {f"OpenStack-API-{end}-Version": f"compute {version}" for end, version in ends.items()}
    nova.answers[DOCUMENT] = httpx.Response(200, json={"id": "v2.1"}, headers=headers)
    assert ostk("server list").exit_code == 0
    assert microversions(nova) == ["compute 2.70"]
