"""Any request, and requests told instead of sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.pretend import Pretend

SERVERS = "/compute/v2.1/servers"


@pytest.mark.parametrize(
    ("line", "request_line", "body"),
    [
        ("api compute /servers", f"GET {SERVERS}", None),
        ("api nova /servers?limit=1", f"GET {SERVERS}?limit=1", None),
        ("api -X delete compute /servers/1", f"DELETE {SERVERS}/1", None),
        ("""api compute /servers -d '{"a": 1}'""", f"POST {SERVERS}", {"a": 1}),
        ("api compute /servers -X PUT -d @body.json", f"PUT {SERVERS}", {"from": "file"}),
        ("api compute /servers -d -", f"POST {SERVERS}", {"from": "input"}),
        ("api network /networks", "GET /network/v2.0/networks", None),
    ],
)
def test_request(cloud: Pretend, ostk: Run, line: str, request_line: str, body: object) -> None:
    Path("body.json").write_text('{"from": "file"}')
    cloud.answers[request_line] = {"it": "came"}
    result = ostk(line, input='{"from": "input"}')
    assert (result.exit_code, result.output) == (0, '{"it":"came"}'), result.stderr
    assert cloud.all[-1] == (request_line, body)


def test_headers_and_microversion(cloud: Pretend, ostk: Run) -> None:
    ostk("api compute /servers -H 'X-One: 1' -H 'X-Two: a:b' --microversion 2.50")
    sent = cloud.headers[-1]
    assert (sent["X-One"], sent["X-Two"], sent["OpenStack-API-Version"]) == ("1", "a:b", "compute 2.50")
    assert sent["X-Auth-Token"] == "the-token"


def test_a_microversion_is_asked_for_in_the_way_of_the_service(cloud: Pretend, ostk: Run) -> None:
    ostk("api shared-file-system /messages --microversion 2.98")
    sent = cloud.headers[-1]
    assert sent["X-OpenStack-Manila-API-Version"] == "2.98"
    assert sent["X-OpenStack-Manila-API-Experimental"] == "True"


def test_all_pages_are_joined(cloud: Pretend, ostk: Run) -> None:
    link = {"rel": "next", "href": "http://elsewhere/servers?marker=1"}
    cloud.answers[f"GET {SERVERS}"] = {"servers": [{"id": "1"}], "servers_links": [link]}
    cloud.answers[f"GET {SERVERS}?marker=1"] = {"servers": [{"id": "2"}]}
    assert ostk("api compute /servers --paginate").output == '{"servers": [{"id": "1"}, {"id": "2"}]}'


def test_a_refusal_is_shown_with_its_body(cloud: Pretend, ostk: Run) -> None:
    cloud.answers[f"GET {SERVERS}"] = (418, {"teapot": True})
    result = ostk("api compute /servers")
    assert (result.exit_code, result.stdout) == (1, '{"teapot":true}')
    assert result.stderr == "GET /servers was answered with HTTP 418.\n"


def test_headers_are_shown_without_secrets(cloud: Pretend, ostk: Run) -> None:
    result = ostk("api compute /servers -i")
    assert result.output.startswith("HTTP/1.1 200 OK\ncontent-length: ")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("api compute servers", "'servers' is not a path"),
        ("api compute /servers -H nonsense", "A header is written as 'Name: value'"),
        ("api compute /servers --paginate -d x", "--paginate is for GET"),
        ("api compute /servers -d @nosuch", "nosuch cannot be read"),
    ],
)
def test_mistakes_are_told_before_anything_is_sent(cloud: Pretend, ostk: Run, line: str, message: str) -> None:
    result = ostk(line)
    assert result.exit_code in (1, 2)
    assert message in result.stderr
    assert cloud.all == []


CURL = "curl%s http://cloud%s -H \"X-Auth-Token: $OS_TOKEN\" -H 'accept: application/json'%s\n"
JSON = " -H 'content-type: application/json' -d '%s'"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("network list", CURL % ("", "/network/v2.0/networks", "")),
        (
            "network create web",
            CURL
            % (" -X POST", "/network/v2.0/networks", JSON % '{"network": {"name": "web", "admin_state_up": true}}'),
        ),
        (
            "network set one --name two",
            CURL % (" -X PUT", "/network/v2.0/networks/one-id", JSON % '{"network": {"name": "two"}}'),
        ),
        (
            "network delete one two",
            CURL % (" -X DELETE", "/network/v2.0/networks/one-id", "")
            + CURL % (" -X DELETE", "/network/v2.0/networks/two-id", ""),
        ),
    ],
)
def test_curl_tells_what_would_be_sent(cloud: Pretend, ostk: Run, line: str, told: str) -> None:
    result = ostk(f"{line} --curl")
    assert result.exit_code == 0, result.stderr
    assert sorted(result.output.splitlines()) == sorted(told.splitlines())
    assert cloud.sent == []


def test_curl_on_a_list_with_a_warm_cache_sends_nothing(cloud: Pretend, ostk: Run) -> None:
    assert ostk("flavor list").exit_code == 0
    cloud.all.clear()
    assert ostk("flavor list --curl").output.startswith("curl 'http://cloud/compute/v2.1/flavors/detail?")
    assert cloud.all == []


def test_curl_hides_secrets(cloud: Pretend, ostk: Run) -> None:
    result = ostk("""api compute /servers -d '{"server": {"adminPass": "hunter2"}}' --curl""")
    assert "***" in result.output
    assert "hunter2" not in result.output
    assert "the-token" not in result.output


def test_pages_that_never_end_or_are_none_are_an_error(cloud: Pretend, ostk: Run) -> None:
    def next_page(marker: str, *ids: str) -> Any:
        links = [{"rel": "next", "href": f"http://x/servers?marker={marker}"}]
        return {"servers": [{"id": id} for id in ids], "servers_links": links}

    cloud.answers["GET /compute/v2.1/servers"] = next_page("a", "1")
    cloud.answers["GET /compute/v2.1/servers?marker=a"] = next_page("b", "2")
    cloud.answers["GET /compute/v2.1/servers?marker=b"] = next_page("a", "3")
    result = ostk("api compute /servers --paginate")
    assert (result.exit_code, "does not end" in result.output) == (1, True), result.output
    for odd in ({"error": "none"}, [1], b""):
        cloud.answers["GET /compute/v2.1/servers?marker=a"] = odd
        result = ostk("api compute /servers --paginate")
        assert (result.exit_code, "no object with the lists" in result.output) == (1, True), result.output


def test_pages_by_offset_are_joined(cloud: Pretend, ostk: Run) -> None:
    link = {"rel": "next", "href": "http://elsewhere/shares?limit=1&marker=1"}
    cloud.answers["GET /share/v2/shares?limit=1&offset=1"] = {"shares": [{"id": "1"}], "shares_links": [link]}
    cloud.answers["GET /share/v2/shares?limit=1&offset=2"] = {"shares": [{"id": "2"}]}
    line = "api shared-file-system '/shares?limit=1&offset=1' --paginate"
    assert ostk(line).output == '{"shares": [{"id": "1"}, {"id": "2"}]}'
