"""Error hints: the cause and the remedy of service errors."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from ostk.api.class_names import class_name
from ostk.auth.access import Access
from ostk.errors import HTTPError
from ostk.session.error_hints import hint_for

from ..conftest import Run
from ..fake_cloud import FakeCloud

DEMO = Access("t", user_name="ann", project_name="demo", project_id="p", roles=("member",))
ADMIN = Access("t", user_name="root", project_name="admin", project_id="p", roles=("admin", "member"))
SYSTEM = Access("t", user_name="root", system=True, roles=("admin",))
RULES = [{"method": "GET", "path": "/v2.1/servers", "service": "compute"}]
LIMITED = Access("t", user_name="ann", project_id="p", access_rules=RULES)
WITHOUT_KEYSTONE = Access("t", version="")
UNAUTHORIZED = "The request you have made requires authentication. (HTTP 401)"


def hint(status: int, message: str, access: Access = DEMO, service: str = "compute", renewed: bool = False) -> str:
    error = HTTPError(status, message)
    error.renewed = renewed
    return hint_for(error, access, service, "GET", "http://cloud:8774/v2.1/flavors?limit=1", "OS_TOKEN")


@pytest.mark.parametrize(
    "message",
    [
        "Quota exceeded for cores: Requested 8, but already used 16 of 20 cores (HTTP 403)",
        "Quota exceeded for resources: ['network']. (HTTP 409)",
        "VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'. (HTTP 413)",
        "Requested volume or snapshot exceeds allowed gigabytes quota. (HTTP 413)",
        "Resource servers is over limit of 1 due to current usage 1 and delta 1 (HTTP 403)",
    ],
)
def test_exceeded_quota_has_a_hint(message: str) -> None:
    assert hint(int(message[-4:-1]), message) == "Quotas and their usage: ostk quota show --usage"


def test_quota_hint_names_the_command_of_the_service() -> None:
    message = "Maximum number of shares allowed (1) exceeded."
    assert hint(413, message, service="shared-file-system").endswith("ostk share quota show --detail PROJECT")
    assert hint(413, "Upload exceeds quota.", service="object-store").endswith("ostk object store account show")
    assert hint(403, "Quota exceeded.", service="dns").endswith("ostk dns quota list")
    assert hint(403, "Quota exceeded.", service="reservation") == ""


def test_a_policy_with_quota_in_its_name_is_a_policy() -> None:
    told = hint(403, "Policy doesn't allow os_compute_api:os-quota-sets:update to be performed. (HTTP 403)")
    assert (
        told
        == "You are ann in project demo, with the role member. The policy may require another role, project or scope."
    )


@pytest.mark.parametrize(("access", "scope"), [(ADMIN, "--os-system-scope all"), (SYSTEM, "--os-project-name")])
def test_an_administrator_gets_no_hint_about_roles(access: Access, scope: str) -> None:
    told = hint(403, "rule:x is disallowed by policy (HTTP 403)", access)
    assert scope in told
    assert "role, " not in told


def test_a_403_without_a_policy_has_no_hint() -> None:
    assert hint(403, "Image i is protected and cannot be deleted. (HTTP 403)") == ""


def test_access_rules_are_named_where_a_token_is_refused() -> None:
    assert hint(401, UNAUTHORIZED, LIMITED) == (
        "The application credential has access rules, which may not allow GET /v2.1/flavors of the compute service. "
        "They allow GET /v2.1/servers (compute)."
    )


def test_a_token_is_said_to_be_refused_twice_only_where_it_was() -> None:
    assert hint(401, UNAUTHORIZED, renewed=True).startswith("A new token was refused too: ")
    assert hint(401, UNAUTHORIZED) == "The token may have expired; run the command again."
    assert hint(401, UNAUTHORIZED, WITHOUT_KEYSTONE) == "The token from OS_TOKEN was sent without Keystone."


def test_a_404_without_a_message_names_the_url() -> None:
    told = "The compute service has no resource at http://cloud:8774/v2.1/flavors (GET)."
    assert hint(404, "The resource could not be found. (HTTP 404)") == told
    assert hint(404, "Flavor x could not be found. (HTTP 404)") == ""


def test_a_request_that_a_service_does_not_implement_is_no_fault_of_the_service() -> None:
    assert hint(501, "Provider 'amphora' does not support a requested option: x (HTTP 501)") == ""
    assert hint(501, "Not Implemented (HTTP 501)").startswith("The error is from the compute service")
    assert hint(500, "x (HTTP 500)").startswith("The error is from the compute service")


@pytest.mark.parametrize(
    ("noun", "name"),
    [
        ("server", "Server"),
        ("security group", "SecurityGroup"),
        ("floating ip", "FloatingIP"),
        ("network qos policy", "QoSPolicy"),
        ("volume type", "Type"),
        ("network extension", "Extension"),
    ],
)
def test_names_of_types_are_those_of_the_sdk(noun: str, name: str) -> None:
    assert class_name(noun) == name


@pytest.mark.parametrize(
    ("line", "path", "many"),
    [
        ("router show prvate", "GET /network/v2.0/routers", "routers"),
        ("server show prvate", "GET /compute/v2.1/servers", "servers"),
        ("keypair delete prvate", "GET /compute/v2.1/os-keypairs", "keypairs"),
        ("project show prvate", "GET /identity/v3/projects", "projects"),
        ("image show prvate", "GET /image/v2/images", "images"),
        ("volume show prvate", "GET /volume/v3/volumes/detail", "volumes"),
        ("share show prvate", "GET /share/v2/shares/detail", "shares"),
    ],
)
def test_a_similar_name_of_any_type_is_suggested(line: str, path: str, many: str, ostk: Run, cloud: FakeCloud) -> None:
    def answers(query: dict[str, str]) -> Any:
        return {many: [{"id": "1", "name": "private"}] if query.get("limit") else []}

    looked_up: list[dict[str, str]] = []
    given = cloud.given

    def find(line: str, request: Any) -> Any:
        import httpx

        if f"{request.method} {request.url.path}".removesuffix("/detail") == path.removesuffix("/detail"):
            looked_up.append(dict(request.url.params))
            return httpx.Response(200, json=answers(looked_up[-1]))
        if request.url.path.endswith("/prvate"):
            return httpx.Response(404, json={"error": {"message": "not found"}})
        return given(line, request)

    cloud.given = find  # type: ignore[method-assign]
    result = ostk(line)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("\nDid you mean 'private'?\n")
    assert [query for query in looked_up if "limit" in query] == looked_up[-1:]


def test_an_empty_list_names_the_scope_on_a_terminal_alone(
    ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OS_PROJECT_NAME")
    monkeypatch.delenv("OS_PROJECT_DOMAIN_ID")
    monkeypatch.setenv("OS_SYSTEM_SCOPE", "all")
    body = {"token": {"user": {"name": "root"}, "system": {"all": True}, "catalog": []}}
    monkeypatch.setattr("ostk.auth.keystone.read_v3", lambda token, found: read(body, found))
    assert (ostk("network list -f json").stdout, ostk("network list").stderr) == ("[]\n", "")
    told: list[str] = []
    monkeypatch.setattr("ostk.session.error_hints.sys", type("System", (), {"stderr": Terminal()}))
    monkeypatch.setattr("ostk.errors.OstkError.show", lambda error: told.append(error.message))
    assert ostk("network list -f json").stdout == "[]\n"
    assert told == ["The list is empty: the token has system scope, and most resources belong to a project."]


class Terminal:
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return sys.stderr.write(text)


def read(body: Any, found: Any) -> Access:
    from ostk.auth.access import read_v3

    access = read_v3("t", {"token": {**body["token"], "catalog": found["token"]["catalog"]}})
    assert access
    return access
