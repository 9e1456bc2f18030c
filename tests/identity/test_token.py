"""Test tokens, the service catalog and API versions: requests and output."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

LOGIN = "POST /identity/v3/auth/tokens"


def test_token_issue_requests_a_new_token_each_time(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("project show demo").exit_code == 0
    kept = json.loads(ostk("token issue -f json").stdout)
    other = json.loads(ostk("token issue -f json").stdout)
    assert kept == {"expires": "2099-01-01T00:00:00+0000", "id": "the-token-2", "project_id": "p", "user_id": "ann-id"}
    assert other["id"] == "the-token-3"
    cloud.all.clear()
    assert ostk("project show demo").exit_code == 0
    assert LOGIN not in [line for line, _ in cloud.all]
    assert cloud.headers[-1]["X-Auth-Token"] == "the-token"


def test_token_issue_prints_a_table(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("token issue -c user_id -c expires").stdout == (
        "+---------+--------------------------+\n"
        "| Field   | Value                    |\n"
        "+---------+--------------------------+\n"
        "| expires | 2099-01-01T00:00:00+0000 |\n"
        "| user_id | ann-id                   |\n"
        "+---------+--------------------------+\n"
    )


@pytest.fixture
def prepared_cloud(cloud: FakeCloud) -> FakeCloud:
    """Return a cloud that revokes tokens."""
    cloud.answers["DELETE /identity/v3/auth/tokens"] = (204, b"")
    return cloud


def test_token_revoke_sends_x_subject_token(prepared_cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("token revoke other-token")
    assert result.exit_code == 0, result.output
    assert prepared_cloud.sent == [("DELETE /identity/v3/auth/tokens", None)]
    assert prepared_cloud.headers[-1]["X-Subject-Token"] == "other-token"


def test_token_revoke_drops_cached_token(prepared_cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("token revoke the-token").exit_code == 0
    prepared_cloud.all.clear()
    assert ostk("project show demo").exit_code == 0
    assert prepared_cloud.all[0][0] == LOGIN


def test_catalog_list_reads_catalog_of_new_token(cloud: FakeCloud, ostk: Run) -> None:
    rows = json.loads(ostk("catalog list -f json").stdout)
    assert [row["Type"] for row in rows][:2] == ["identity", "compute"]
    assert list(rows[0]) == ["Name", "Type", "Endpoints"]
    assert rows[0]["Endpoints"][0] == {
        "id": "identity-1",
        "interface": "public",
        "region_id": "RegionOne",
        "url": "http://cloud/identity",
        "region": "RegionOne",
    }
    assert [line for line, _ in cloud.all] == [LOGIN]


def test_catalog_list_requests_catalog_again_with_cached_token(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("flavor list").exit_code == 0
    entry = {"id": "1", "name": "new", "type": "new", "endpoints": []}
    cloud.answers["GET /identity/v3/auth/catalog"] = {"catalog": [entry]}
    assert ostk("catalog list -f value -c Name").stdout == "new\n"
    cloud.answers["GET /identity/v3/auth/catalog"] = (403, {"error": {"message": "no scope", "code": 403}})
    assert ostk("catalog show new -f value -c type").stdout == "new\n"


def test_catalog_list_tells_how_to_reach_services_without_commands(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("flavor list").exit_code == 0
    entries = [
        {"id": type, "name": name, "type": type, "endpoints": []}
        for name, type in (("cinderv3", "volumev3"), ("masakari", "instance-ha"), ("magnum", "container-infra"))
    ]
    cloud.answers["GET /identity/v3/auth/catalog"] = {"catalog": entries}
    result = ostk("catalog list -f value -c Type")
    assert result.stdout == "volumev3\ninstance-ha\ncontainer-infra\n"
    assert (
        result.stderr == "ostk has no commands for masakari (instance-ha). Send requests: ostk api instance-ha PATH\n"
    )
    assert ostk("--quiet catalog list").stderr == ""


def test_catalog_show_finds_service_by_type_or_name(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("catalog show placement").stdout == (
        "+-----------+------------------------------------+\n"
        "| Field     | Value                              |\n"
        "+-----------+------------------------------------+\n"
        "| endpoints | RegionOne                          |\n"
        "|           |   public: http://cloud/placement   |\n"
        "|           | RegionOne                          |\n"
        "|           |   internal: http://cloud/placement |\n"
        "|           | RegionOne                          |\n"
        "|           |   admin: http://cloud/placement    |\n"
        "|           |                                    |\n"
        "| id        | placement                          |\n"
        "| name      | placement                          |\n"
        "| type      | placement                          |\n"
        "+-----------+------------------------------------+\n"
    )
    result = ostk("catalog show nothing")
    assert (result.exit_code, "no service 'nothing'" in result.stderr) == (1, True)


def version(id: str, status: str, link: str | None, **numbers: str) -> dict[str, Any]:
    """Return an entry of a version document."""
    links = [] if link is None else [{"rel": "self", "href": link}]
    return {"id": id, "status": status, "links": links, **numbers}


DOCUMENTS: dict[str, Any] = {
    "GET /identity": (300, {"versions": {"values": [version("v3.14", "stable", "http://inside:5000/v3/")]}}),
    "GET /compute/": {
        "versions": [
            version("v2.0", "DEPRECATED", "http://cloud/compute/v2/", version="", min_version=""),
            version("v2.1", "CURRENT", "http://cloud/compute/v2.1/", version="2.96", min_version="2.1"),
            version("v3.0", "EXPERIMENTAL", "http://cloud/compute/v3/"),
            version("v2.2", "CURRENT", None),
        ]
    },
    "GET /placement": {"versions": [version("v1.0", "CURRENT", "", min_version="1.0", max_version="1.39")]},
    "GET /volume/": (500, {}),
    "GET /volume/v3": (500, {}),
    "GET /image": (404, {}),
    "GET /network": (200, ["not", "a", "document"]),
    "GET /object/v1/AUTH_p": (401, {}),
}


@pytest.fixture
def documents(cloud: FakeCloud) -> FakeCloud:
    """Return a cloud whose services answer with version documents or errors."""
    cloud.answers.update(DOCUMENTS)
    return cloud


def test_versions_show_reads_every_version_document(documents: FakeCloud, ostk: Run) -> None:
    result = ostk("versions show -f csv --quote minimal")
    assert result.exit_code == 0, result.output
    core = re.compile(
        "Region Name|.*,(identity|compute|image|network|block-storage|object-store|placement|shared-file)"
    )
    assert [line for line in result.stdout.replace("\r", "").splitlines() if core.match(line)] == [
        "Region Name,Service Type,Version,Status,Endpoint,Min Microversion,Max Microversion",
        "RegionOne,identity,3.14,CURRENT,http://cloud/identity/v3/,,",
        "RegionOne,compute,2.0,DEPRECATED,http://cloud/compute/v2/,,",
        "RegionOne,compute,2.1,CURRENT,http://cloud/compute/v2.1/,2.1,2.96",
        "RegionOne,image,,CURRENT,http://cloud/image/,,",
        "RegionOne,network,,CURRENT,http://cloud/network/,,",
        "RegionOne,block-storage,3.0,CURRENT,http://cloud/volume/v3/,,",
        "RegionOne,object-store,1.0,CURRENT,http://cloud/object/v1/,,",
        "RegionOne,placement,1.0,CURRENT,http://cloud/placement/,1.0,1.39",
        "RegionOne,shared-file-system,2.0,CURRENT,http://cloud/share/v2/,,",
    ]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("--service volumev2", ["block-storage 3.0"]),
        ("--service compute --status deprecated", ["compute 2.0"]),
        ("--interface internal --service placement", ["placement 1.0"]),
        ("--all-interfaces --service placement", ["placement 1.0"] * 3),
        ("--region-name RegionOne --service placement", ["placement 1.0"]),
        ("--region-name nowhere", []),
        ("--service nothing", []),
    ],
)
def test_versions_show_filters(documents: FakeCloud, ostk: Run, words: str, rows: list[str]) -> None:
    result = ostk(f"versions show {words} -f value -c 'Service Type' -c Version")
    assert (result.exit_code, result.stdout.splitlines()) == (0, rows), result.output


def test_version_documents_are_requested_without_token_first(documents: FakeCloud, ostk: Run) -> None:
    ostk("versions show --service object-store")
    asked = [
        ("X-Auth-Token" in sent)
        for (line, _), sent in zip(documents.all, documents.headers, strict=True)
        if line != LOGIN
    ]
    assert asked[:2] == [False, True]
