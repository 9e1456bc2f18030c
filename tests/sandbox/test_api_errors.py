"""Errors of the practice cloud: statuses and messages of the real services."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import Practice

CIRROS = "1c5d87fb-e1a7-93da-25c4-12fa0ca9e685"  # in every practice cloud
# who, request, body, status, what the answer says
CASES: list[tuple[str, str, Any, int, str]] = [
    ("demo", "GET /identity/v3/projects", None, 403,
     '"You are not authorized to perform the requested action: identity:list_projects."'),
    ("demo", "POST /identity/v3/users", {"user": {"name": "x"}}, 403, "identity:create_user."),
    ("demo", "GET /identity/v3/role_assignments", None, 403, "identity:list_role_assignments."),
    ("admin", "GET /identity/v3/users/nosuch", None, 404, '"Could not find user: nosuch."'),
    ("admin", "POST /identity/v3/projects", {"project": {"name": "demo"}}, 409, "name is demo, project id"),
    ("admin", "POST /identity/v3/projects", {"project": {}}, 400, "'name' is a required property"),
    ("admin", "DELETE /identity/v3/domains/default", None,
     403, "a domain that is enabled, please disable it"),
    ("demo", "POST /compute/v2.1/flavors", {"flavor": {"name": "x"}}, 403,
     '{"forbidden": {"code": 403, "message": "Policy doesn\'t allow os_compute_api:os-flavor-manage:create'),
    ("admin", "POST /compute/v2.1/flavors", {"flavor": {"name": "m1.tiny", "ram": 1, "vcpus": 1, "disk": 1}},
     409,
     "Flavor with name m1.tiny already exists."),
    ("admin", "POST /compute/v2.1/flavors", {"flavor": {"name": "x"}}, 400, "'ram' is a required property"),
    ("demo", "GET /compute/v2.1/flavors/nosuch", None, 404, '"Flavor nosuch could not be found."'),
    ("demo", "GET /compute/v2.1/servers/detail?all_tenants=1", None, 403, "servers:detail:get_all_tenants"),
    ("demo", "GET /compute/v2.1/os-hypervisors", None, 403, "os-hypervisors:list"),
    ("demo", "POST /compute/v2.1/servers", {"server": {"name": "x"}},
     400, "'flavorRef' is a required property"),
    ("demo", "POST /compute/v2.1/servers",
     {"server": {"name": "x", "flavorRef": "no", "imageRef": "", "networks": "none"}}, 400,
     "Flavor no could not be found."),
    ("demo_reader", "POST /compute/v2.1/servers", {"server": {}}, 403, "os_compute_api:servers:create"),
    ("demo", "GET /compute/v2.1/os-keypairs/no", None, 404, "Keypair no not found for user"),
    ("demo", "POST /compute/v2.1/os-keypairs", {"keypair": {"name": "x", "public_key": "bogus"}}, 400,
     "Keypair data is invalid: failed to generate fingerprint"),
    ("demo", "PATCH /compute/v2.1/servers", None, 405, "badMethod"),
    ("demo", "GET /network/v2.0/networks/nosuch", None, 404,
     '{"NeutronError": {"type": "NetworkNotFound", "message": "Network nosuch could not be found.", '
     '"detail": ""}}'),
    ("demo", "POST /network/v2.0/networks", {"network": {"shared": True}}, 403,
     "(rule:create_network and rule:create_network:shared) is disallowed by policy"),
    ("demo", "POST /network/v2.0/networks", {"network": {"bogus": 1}},
     400, "Unrecognized attribute(s) 'bogus'"),
    ("demo", "POST /network/v2.0/ports", {"port": {}}, 400, "Required attribute 'network_id' not specified"),
    ("demo", "GET /network/v2.0/networks?bogus=1", None, 400, "['bogus'] is invalid attribute for filtering"),
    ("demo", "POST /network/v2.0/security-groups", {"security_group": {"name": "default"}}, 409,
     "SecurityGroupDefaultAlreadyExists"),
    ("demo", "POST /compute/v2.1/servers",
     {"server": {"name": "x", "flavorRef": "1", "imageRef": CIRROS, "networks": "none", "host": "cmp1"}}, 403,
     "compute:servers:create:requested_destination"),
    ("demo_reader", "POST /network/v2.0/networks", {"network": {"name": "x"}}, 403,
     "rule:create_network is disallowed by policy"),
    ("demo", "GET /image/v2/images/nosuch", None,
     404, "<h1>404 Not Found</h1>\n  No image found with ID nosuch"),
    ("demo", "POST /image/v2/images", {"visibility": "public"}, 403, "complete publicize_image action."),
    ("demo", "POST /image/v2/images", {"disk_format": "bogus"}, 400, "&#x27;bogus&#x27; is not one of"),
    ("demo", "POST /image/v2/images", {"status": "active"},
     403, "Attribute &#x27;status&#x27; is read-only."),
    ("demo", "GET /image/v2/images?sort=bogus:asc", None, 400, "Invalid sort key: bogus."),
    ("demo", "GET /volume/v3/volumes/nosuch", None, 404, '"Volume nosuch could not be found."'),
    ("demo", "POST /volume/v3/volumes", {"volume": {"size": 1, "volume_type": "no"}}, 404,
     "Volume type with name no could not be found."),
    ("demo", "POST /volume/v3/volumes", {"volume": {"size": 100000}},
     413, "Requested 100000G, quota is 50000G"),
    ("demo", "POST /volume/v3/types", {"volume_type": {"name": "x"}}, 403, "volume_extension:type_create"),
    ("demo", "GET /volume/v3/volumes?bogus=1", None,
     400, "Invalid filters bogus are found in query options."),
    ("demo", "GET /object-store/v1/AUTH_other", None, 403, "<h1>Forbidden</h1>"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "line", "body", "status", "says"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_error_responses(practice: Practice, who: str, line: str, body: Any, status: int, says: str) -> None:
    answer = practice.ask(line, body, who=who)
    assert answer.status_code == status, answer.text
    assert says in answer.text


@pytest.mark.parametrize("service", ["identity/v3", "compute/v2.1", "image/v2", "network/v2.0", "volume/v3"])
def test_requests_without_a_token_get_401(practice: Practice, service: str) -> None:
    answer = practice.send(f"GET /{service}/nothing")
    assert answer.status_code == 401
    assert practice.send(f"GET /{service}/nothing", token="bogus").status_code == 401
    assert practice.ask(f"GET /{service}/nothing").status_code == 404


def test_a_member_sees_its_own_project_only(practice: Practice) -> None:
    made = {
        "/network/v2.0/networks": {"network": {"name": "mine"}},
        "/volume/v3/volumes": {"volume": {"name": "mine", "size": 1}},
        "/network/v2.0/security-groups": {"security_group": {"name": "mine"}},
    }
    for path, body in made.items():
        item = next(iter(practice.ask(f"POST {path}", body).json().values()))
        many = path.rpartition("/")[2].replace("-", "_")
        named = f"{path}?name=mine"
        assert [x["id"] for x in practice.get(named)[many]] == [item["id"]]
        assert practice.get(named, "alt_demo")[many] == []
        assert practice.ask(f"GET {path}/{item['id']}", who="alt_demo").status_code == 404
        assert practice.ask(f"GET {path}/{item['id']}", who="admin").status_code == 200
        assert practice.ask(f"DELETE {path}/{item['id']}", who="demo_reader").status_code == 403


def test_quota_errors_have_the_messages_of_the_services(practice: Practice) -> None:
    project = practice.ask("GET /identity/v3/auth/projects").json()["projects"][0]["id"]
    limits = {"quota_set": {"instances": 1}}
    assert practice.ask(f"PUT /compute/v2.1/os-quota-sets/{project}", limits).status_code == 403
    assert practice.ask(f"PUT /compute/v2.1/os-quota-sets/{project}", limits, who="admin").status_code == 200
    practice.server()
    image = practice.first("/image/v2/images", "images")
    server = {"name": "two", "flavorRef": "1", "imageRef": image, "networks": "none"}
    refused = practice.ask("POST /compute/v2.1/servers", {"server": server})
    assert refused.status_code == 403
    assert refused.json()["forbidden"]["message"] == (
        "Quota exceeded for instances: Requested 1, but already used 1 of 1 instances"
    )
    practice.ask(f"PUT /network/v2.0/quotas/{project}", {"quota": {"network": 1}}, who="admin")
    over = practice.ask("POST /network/v2.0/networks", {"network": {"name": "x"}})
    assert (over.status_code, over.json()["NeutronError"]["type"]) == (409, "OverQuota")


@pytest.mark.parametrize(
    ("service", "asked", "says"),
    [
        ("compute", "compute 2.105", "Version 2.105 is not supported by the API. Minimum is 2.1 and maximum is 2.104."),
        ("volume", "volume 3.72", "Version 3.72 is not supported by the API. Minimum is 3.0 and maximum is 3.71."),
    ],
)
def test_unsupported_microversions_get_406(practice: Practice, service: str, asked: str, says: str) -> None:
    path = {"compute": "/compute/v2.1/servers", "volume": "/volume/v3/volumes"}[service]
    answer = practice.ask(f"GET {path}", OpenStack_API_Version=asked)
    assert answer.status_code == 406
    assert answer.json()["computeFault"]["message"] == says


def test_a_failed_request_changes_nothing(practice: Practice) -> None:
    network = practice.ask("POST /network/v2.0/networks", {"network": {"name": "n"}}).json()["network"]["id"]
    port = {"port": {"network_id": network, "fixed_ips": [{"subnet_id": "nosuch"}]}}
    assert practice.ask("POST /network/v2.0/ports", port).status_code == 400
    assert practice.get(f"/network/v2.0/ports?network_id={network}")["ports"] == []
    assert re.fullmatch(r"[0-9a-f-]{36}", network)


NONSENSE: list[Any] = [[], 1, "text", {"x": 1}, {"server": [], "network": 1, "volume": "v", "keypair": None}]


@pytest.mark.parametrize("body", NONSENSE, ids=str)
@pytest.mark.parametrize(
    "path",
    [
        "POST /identity/v3/auth/tokens",
        "POST /compute/v2.1/servers",
        "POST /compute/v2.1/os-keypairs",
        "POST /network/v2.0/networks",
        "POST /volume/v3/volumes",
        "POST /image/v2/images/nosuch/members",
    ],
)
def test_malformed_bodies_get_400(practice: Practice, path: str, body: Any) -> None:
    assert practice.ask(path, body).status_code in (400, 404)
    assert practice.send(path, token=practice.token(), content=b"{no json").status_code in (400, 404)
