"""`ostk api`: requests, pages and errors; --curl prints requests instead of sending them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import Run
from tests.fake_cloud import SERVICES, FakeCloud

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
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, request_line: str, body: object) -> None:
    Path("body.json").write_text('{"from": "file"}')
    cloud.answers[request_line] = {"it": "came"}
    result = ostk(line, input='{"from": "input"}')
    assert (result.exit_code, result.output) == (0, '{"it":"came"}'), result.stderr
    assert cloud.all[-1] == (request_line, body)


def test_headers_and_microversion(cloud: FakeCloud, ostk: Run) -> None:
    ostk("api compute /servers -H 'X-One: 1' -H 'X-Two: a:b' --microversion 2.50")
    sent = cloud.headers[-1]
    assert (sent["X-One"], sent["X-Two"], sent["OpenStack-API-Version"]) == ("1", "a:b", "compute 2.50")
    assert sent["X-Auth-Token"] == "the-token"


def test_microversion_uses_the_header_of_the_service(cloud: FakeCloud, ostk: Run) -> None:
    ostk("api shared-file-system /messages --microversion 2.98")
    sent = cloud.headers[-1]
    assert sent["X-OpenStack-Manila-API-Version"] == "2.98"
    assert sent["X-OpenStack-Manila-API-Experimental"] == "True"


def test_all_pages_are_joined(cloud: FakeCloud, ostk: Run) -> None:
    link = {"rel": "next", "href": "http://elsewhere/servers?marker=1"}
    cloud.answers[f"GET {SERVERS}"] = {"servers": [{"id": "1"}], "servers_links": [link]}
    cloud.answers[f"GET {SERVERS}?marker=1"] = {"servers": [{"id": "2"}]}
    assert ostk("api compute /servers --paginate").output == '{"servers": [{"id": "1"}, {"id": "2"}]}'


def test_error_response_is_printed_with_the_body(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {SERVERS}"] = (418, {"teapot": True})
    result = ostk("api compute /servers")
    assert (result.exit_code, result.stdout) == (1, '{"teapot":true}')
    assert result.stderr == "GET /servers was answered with HTTP 418.\n"


def test_headers_are_shown_without_secrets(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("api compute /servers -i")
    assert result.output.startswith("HTTP/1.1 200 OK\ncontent-length: ")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("api compute servers", "'servers' is not a path"),
        ("api compute /servers -H nonsense", "A header has the form 'Name: value'"),
        ("api compute /servers --paginate -d x", "--paginate requires a GET request"),
        ("api compute /servers -d @nosuch", "nosuch cannot be read"),
    ],
)
def test_usage_errors_come_before_any_request(cloud: FakeCloud, ostk: Run, line: str, message: str) -> None:
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
def test_curl_prints_the_request(cloud: FakeCloud, ostk: Run, line: str, told: str) -> None:
    result = ostk(f"{line} --curl")
    assert result.exit_code == 0, result.stderr
    assert sorted(result.output.splitlines()) == sorted(told.splitlines())
    assert cloud.sent == []


def test_curl_on_a_list_with_a_warm_cache_sends_nothing(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("flavor list").exit_code == 0
    cloud.all.clear()
    assert ostk("flavor list --curl").output.startswith("curl 'http://cloud/compute/v2.1/flavors/detail?")
    assert cloud.all == []


def test_curl_hides_secrets(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("""api compute /servers -d '{"server": {"adminPass": "hunter2"}}' --curl""")
    assert "***" in result.output
    assert "hunter2" not in result.output
    assert "the-token" not in result.output


def test_endless_or_invalid_pages_are_an_error(cloud: FakeCloud, ostk: Run) -> None:
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


def test_pages_by_offset_are_joined(cloud: FakeCloud, ostk: Run) -> None:
    link = {"rel": "next", "href": "http://elsewhere/shares?limit=1&marker=1"}
    cloud.answers["GET /share/v2/shares?limit=1&offset=1"] = {"shares": [{"id": "1"}], "shares_links": [link]}
    cloud.answers["GET /share/v2/shares?limit=1&offset=2"] = {"shares": [{"id": "2"}]}
    line = "api shared-file-system '/shares?limit=1&offset=1' --paginate"
    assert ostk(line).output == '{"shares": [{"id": "1"}, {"id": "2"}]}'


@pytest.mark.parametrize(
    ("line", "request_line"),
    [
        ("api compute /v2.1/servers", f"GET {SERVERS}"),
        ("api compute /compute/v2.1/servers?limit=1", f"GET {SERVERS}?limit=1"),
        ("api compute /v2/servers", "GET /compute/v2/servers"),
        ("api image /v2/images", "GET /image/v2/images"),
        ("api network /v2.0/networks", "GET /network/v2.0/networks"),
        ("api identity /v3/auth/catalog", "GET /identity/v3/auth/catalog"),
        ("api block-storage /v3/volumes", "GET /volume/v3/volumes"),
        ("api object-store /v1/AUTH_p/box", "GET /object/v1/AUTH_p/box"),
        ("api object-store /v1/AUTH_other/box", "GET /object/v1/AUTH_other/box"),
        ("api object-store /v1/name", "GET /object/v1/AUTH_p/v1/name"),
        ("api placement /traits", "GET /placement/traits"),
    ],
)
def test_an_api_version_is_sent_once(cloud: FakeCloud, ostk: Run, line: str, request_line: str) -> None:
    """The path may begin with the API version of the endpoint."""
    cloud.answers[request_line] = {"it": "came"}
    assert ostk(line).output == '{"it":"came"}'


def listing(key: str, *names: str, **more: object) -> dict[str, object]:
    """A page of resources with these names."""
    return {key: [{"name": name} for name in names], **more}


PAGED: dict[str, tuple[str, list[Any], list[str], Any]] = {
    "image": (
        "/image/v2/images",
        [
            listing("images", "a", first="/v2/images", next="/v2/images?marker=a&tag=x&tag=y", schema="/v2/schemas"),
            listing("images", "b", first="/v2/images", schema="/v2/schemas"),
        ],
        ["?marker=a&tag=x&tag=y"],
        listing("images", "a", "b", schema="/v2/schemas"),
    ),
    "identity": (
        "/identity/v3/services",
        [
            listing(
                "services", "a", links={"self": "s", "previous": None, "next": "http://x/?marker=a"}, truncated=True
            ),
            listing("services", "b", links={"self": "s", "previous": None, "next": None}, truncated=False),
        ],
        ["?marker=a"],
        listing("services", "a", "b"),
    ),
    "block-storage": (
        "/volume/v3/volumes",
        [
            listing("volumes", "a", volumes_links=[{"rel": "next", "href": "http://x/?marker=a"}], count=2),
            listing("volumes", "b", count=2),
        ],
        ["?marker=a"],
        listing("volumes", "a", "b", count=2),
    ),
    "placement": ("/placement/traits", [{"traits": ["A"]}], [], {"traits": ["A"]}),
    "object-store": (
        "/object/v1/AUTH_p/box",
        [[{"name": "a"}], [{"subdir": "b/"}], []],
        ["?marker=a", "?marker=b%2F"],
        [{"name": "a"}, {"subdir": "b/"}],
    ),
}


@pytest.mark.parametrize("service", PAGED)
def test_pages_are_joined_without_what_describes_one_page(cloud: FakeCloud, ostk: Run, service: str) -> None:
    """Links and `truncated` are left out; the items of all pages and other fields are kept."""
    path, contents, queries, expected = PAGED[service]
    for query, page in zip(["", *queries], contents, strict=True):
        cloud.answers[f"GET {path}{query}"] = page
    typed = path.removeprefix("/image/v2").removeprefix("/identity/v3").removeprefix("/volume/v3")
    typed = typed.removeprefix("/placement").removeprefix("/object/v1/AUTH_p")
    result = ostk(f"api {service} {typed} --paginate")
    assert json.loads(result.stdout) == expected, result.stderr


def test_resource_is_printed_unchanged(cloud: FakeCloud, ostk: Run) -> None:
    """Links of one resource are no links to pages."""
    provider = {"uuid": "u", "links": [{"rel": "self", "href": "/resource_providers/u"}]}
    cloud.answers["GET /placement/resource_providers/u"] = provider
    assert json.loads(ostk("api placement /resource_providers/u --paginate").stdout) == provider


def test_a_listing_in_lines_is_joined(cloud: FakeCloud, ostk: Run) -> None:
    """Swift lists names in lines where JSON is not asked for."""
    for query, names in {"": "a\nb\n", "&marker=b": "c\n", "&marker=c": ""}.items():
        answer = httpx.Response(200, text=names)
        cloud.answers[f"GET /object/v1/AUTH_p/box?format=plain{query}"] = answer
    assert ostk("api object-store /box?format=plain --paginate").output == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        (
            "api compute /servers --paginate",
            {f"GET {SERVERS}": listing("servers", "a", servers_links=[{"rel": "next", "href": "?"}])},
        ),
        ("api object-store /box --paginate", {"GET /object/v1/AUTH_p/box": [{"name": "a"}]}),
    ],
)
def test_pages_that_do_not_end_are_an_error(cloud: FakeCloud, ostk: Run, line: str, answers: dict[str, object]) -> None:
    """A page that links to itself as the next page is not requested again."""
    cloud.answers |= answers
    result = ostk(line)
    assert (result.exit_code, "do not end" in result.stderr or "does not end" in result.stderr) == (1, True)


def test_list_without_an_envelope_is_joined(cloud: FakeCloud, ostk: Run) -> None:
    """Gnocchi names the next page in the header Link."""
    link = {"Link": '<http://elsewhere/metric/v1/metric?limit=1&marker=a>; rel="next"'}
    cloud.answers["GET /metric/v1/metric?limit=1&marker=a"] = [{"id": "b"}]
    cloud.answers["GET /metric/v1/metric?limit=1"] = httpx.Response(200, json=[{"id": "a"}], headers=link)
    assert json.loads(ostk("api metric '/metric?limit=1' --paginate").output) == [{"id": "a"}, {"id": "b"}]
    assert json.loads(ostk("api metric '/metric?limit=1'").output) == [{"id": "a"}]


@pytest.mark.parametrize("name", ["metering", "ceilometer"])
def test_metering_service_of_older_releases(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Ceilometer's own API: lists without an envelope, and errors in `error_message`; the path has the version."""
    monkeypatch.setitem(SERVICES, "metering", "/metering")
    meters = [{"name": "cpu", "type": "cumulative", "unit": "ns", "resource_id": "r"}]
    cloud.answers["GET /metering/v2/meters"] = meters
    assert json.loads(ostk(f"api {name} /v2/meters").output) == meters
    assert json.loads(ostk(f"api {name} '/v2/meters?limit=1' --paginate").output) == meters
    error = {"error_message": {"faultcode": "Client", "faultstring": "Meter x Not Found", "debuginfo": None}}
    cloud.answers["GET /metering/v2/meters/x"] = (404, error)
    result = ostk(f"api {name} /v2/meters/x")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == error
    assert "GET /v2/meters/x was answered with HTTP 404." in result.stderr
