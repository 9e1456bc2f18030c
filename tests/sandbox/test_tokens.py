"""Tokens of the practice cloud: authentication methods, content and expiry."""

from __future__ import annotations

import base64
import hmac
import struct
from typing import Any

import pytest

from .conftest import Practice

Json = dict[str, Any]
TOKENS = "POST /identity/v3/auth/tokens"
DEMO = {"name": "demo", "domain": {"id": "default"}}
PROJECT = {"project": {"name": "demo", "domain": {"name": "Default"}}}


def by(method: str, given: Json, scope: Any = None) -> Json:
    identity = {"methods": [method], method: given}
    return {"auth": {"identity": identity, **({"scope": scope} if scope else {})}}


def password(secret: str = "sandbox", scope: Any = PROJECT, user: Json = DEMO) -> Json:
    return by("password", {"user": {**user, "password": secret}}, scope)


def test_a_token_has_user_project_roles_and_catalog(practice: Practice) -> None:
    answer = practice.send(TOKENS, password())
    token = answer.json()["token"]
    assert answer.status_code == 201
    assert token["user"]["name"] == "demo"
    assert token["project"]["name"] == "demo"
    assert [role["name"] for role in token["roles"]] == ["member", "reader"]
    assert token["expires_at"] == "2027-01-16T08:00:00.000000Z"
    types = {entry["type"]: entry["endpoints"][0]["url"] for entry in token["catalog"]}
    assert types["compute"] == "http://sandbox.invalid/compute/v2.1"
    assert types["object-store"] == f"http://sandbox.invalid/object-store/v1/AUTH_{token['project']['id']}"


@pytest.mark.parametrize(
    "body",
    [
        password("wrong"),
        password(user={"name": "nobody", "domain": {"id": "default"}}),
        password(scope={"project": {"name": "alt_demo", "domain": {"id": "default"}}}),
        password(scope={"project": {"name": "nosuch", "domain": {"id": "default"}}}),
        password(scope={"system": {"all": True}}),
        by("token", {"id": "bogus"}),
        by("kerberos", {}),
    ],
)
def test_invalid_credentials_get_401(practice: Practice, body: Json) -> None:
    answer = practice.send(TOKENS, body)
    assert answer.status_code == 401
    assert answer.json()["error"]["message"] == "The request you have made requires authentication."


def test_an_unscoped_token_has_no_catalog(practice: Practice) -> None:
    token = practice.send(TOKENS, password(scope=None)).json()["token"]
    assert not {"project", "roles", "catalog"} & set(token)


def test_system_scope(practice: Practice) -> None:
    user = {"name": "admin", "domain": {"id": "default"}}
    answer = practice.send(TOKENS, password(scope={"system": {"all": True}}, user=user))
    assert answer.json()["token"]["system"] == {"all": True}
    listed = practice.send("GET /identity/v3/users", token=answer.headers["X-Subject-Token"])
    assert listed.status_code == 200


def test_a_token_from_a_token_expires_no_later(practice: Practice) -> None:
    first = practice.send(TOKENS, password(scope=None))
    practice.seconds = 1000
    second = practice.send(TOKENS, by("token", {"id": first.headers["X-Subject-Token"]}, PROJECT))
    assert second.json()["token"]["expires_at"] == first.json()["token"]["expires_at"]
    assert second.json()["token"]["project"]["name"] == "demo"


def test_application_credentials_and_one_time_passcodes(practice: Practice) -> None:
    user = practice.send(TOKENS, password()).json()["token"]["user"]["id"]
    path = f"POST /identity/v3/users/{user}/application_credentials"
    made = practice.ask(path, {"application_credential": {"name": "robot", "roles": [{"name": "reader"}]}})
    credential = made.json()["application_credential"]
    given = {"id": credential["id"], "secret": credential["secret"]}
    answer = practice.send(TOKENS, by("application_credential", given))
    assert [role["name"] for role in answer.json()["token"]["roles"]] == ["reader"]
    refused = practice.send(
        "POST /network/v2.0/networks", {"network": {"name": "x"}}, answer.headers["X-Subject-Token"]
    )
    assert refused.status_code == 403
    assert practice.send(TOKENS, by("application_credential", {**given, "secret": "x"})).status_code == 401
    secret = base64.b32encode(b"12345678901234567890").decode()
    practice.ask("POST /identity/v3/credentials", {"credential": {"type": "totp", "blob": secret, "user_id": user}})
    digest = hmac.digest(b"12345678901234567890", struct.pack(">Q", int(practice.time() // 30)), "sha1")
    place = digest[-1] & 15
    code = f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"
    assert practice.send(TOKENS, by("totp", {"user": {**DEMO, "passcode": code}}, PROJECT)).status_code == 201
    assert practice.send(TOKENS, by("totp", {"user": {**DEMO, "passcode": "no"}}, PROJECT)).status_code == 401


def test_identity_v2(practice: Practice) -> None:
    given = {"passwordCredentials": {"username": "demo", "password": "sandbox"}, "tenantName": "demo"}
    access = practice.send("POST /identity/v2.0/tokens", {"auth": given}).json()["access"]
    compute = next(x for x in access["serviceCatalog"] if x["type"] == "compute")
    assert compute["endpoints"][0]["publicURL"] == "http://sandbox.invalid/compute/v2.1"
    assert access["token"]["tenant"]["name"] == "demo"
    tenants = practice.send("GET /identity/v2.0/tenants", token=access["token"]["id"]).json()["tenants"]
    assert [x["name"] for x in tenants] == ["demo", "invisible_to_admin"]


def test_tokens_expire(practice: Practice) -> None:
    token = practice.token()
    subject: Json = {"X_Subject_Token": token}
    assert practice.send("GET /identity/v3/auth/tokens", token=token, **subject).status_code == 200
    assert practice.send("DELETE /identity/v3/auth/tokens", token=token, **subject).status_code == 204
    assert practice.send("GET /network/v2.0/networks", token=token).status_code == 401
    practice.tokens.clear()
    other = practice.token()
    practice.seconds = 90000
    assert practice.send("GET /network/v2.0/networks", token=other).status_code == 401


def test_roles_by_group_and_inheritance(practice: Practice) -> None:
    def make(what: str, **fields: Any) -> str:
        answer = practice.ask(f"POST /identity/v3/{what}s", {what: fields}, who="admin")
        assert answer.status_code == 201, answer.text
        return str(answer.json()[what]["id"])

    project, user, group = (make("project", name="p"), make("user", name="u", password="x"), make("group", name="g"))
    role = practice.get("/identity/v3/roles?name=member", "admin")["roles"][0]["id"]
    assert practice.ask(f"PUT /identity/v3/groups/{group}/users/{user}", who="admin").status_code == 204
    where = f"/identity/v3/projects/{project}/groups/{group}/roles/{role}"
    scoped = password("x", {"project": {"id": project}}, {"id": user})
    assert practice.send(TOKENS, scoped).status_code == 401
    assert practice.ask(f"PUT {where}", who="admin").status_code == 204
    assert practice.send(TOKENS, scoped).status_code == 201
    effective = practice.get(f"/identity/v3/role_assignments?user.id={user}&effective", "admin")
    assert len(effective["role_assignments"]) == 2
    assert practice.ask(f"DELETE {where}", who="admin").status_code == 204
    assert practice.send(TOKENS, scoped).status_code == 401
    assert practice.ask(f"DELETE {where}", who="admin").status_code == 404


def test_default_project_and_unscoped_tokens(practice: Practice) -> None:
    project = practice.get("/identity/v3/auth/projects")["projects"][0]["id"]
    user = practice.send(TOKENS, password()).json()["token"]["user"]["id"]
    practice.ask(f"PATCH /identity/v3/users/{user}", {"user": {"default_project_id": project}}, who="admin")
    assert practice.send(TOKENS, password(scope=None)).json()["token"]["project"]["id"] == project
    assert "project" not in practice.send(TOKENS, password(scope="unscoped")).json()["token"]


def test_application_credential_roles_are_those_of_its_owner(practice: Practice) -> None:
    user = practice.send(TOKENS, password()).json()["token"]["user"]["id"]
    path = f"/identity/v3/users/{user}/application_credentials"
    given = {"name": "robot", "expires_at": "2099-01-02T03:04:05", "access_rules": [{"service": "compute"}]}
    refused = practice.ask(f"POST {path}", {"application_credential": {**given, "roles": [{"name": "admin"}]}})
    assert refused.json()["error"]["message"] == "Role admin is not defined"
    made = practice.ask(f"POST {path}", {"application_credential": given}).json()["application_credential"]
    assert made["expires_at"] == "2099-01-02T03:04:05.000000"
    assert len(made["access_rules"][0]["id"]) == 32
    assert "secret" in made
    assert "secret" not in practice.get(path)["application_credentials"][0]
