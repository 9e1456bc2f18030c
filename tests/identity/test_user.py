"""Test users and groups: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/identity/v3
user create new --password secret
  POST ~/users {"user": {"name": "new", "password": "secret"}}
user create new --domain here --project q --project-domain there --password x --email e --description d --enable --ignore-lockout-failure-attempts --ignore-password-expiry --ignore-change-password-upon-first-use --enable-lock-password --enable-multi-factor-auth --multi-factor-auth-rule password,totp --multi-factor-auth-rule token
  POST ~/users {"user": {"name": "new", "domain_id": "here-id", "default_project_id": "q-id", "password": "x", "email": "e", "description": "d", "enabled": true, "options": {"ignore_lockout_failure_attempts": true, "ignore_password_expiry": true, "ignore_change_password_upon_first_use": true, "lock_password": true, "multi_factor_auth_enabled": true, "multi_factor_auth_rules": [["password", "totp"], ["token"]]}}}
user create new --disable
  POST ~/users {"user": {"name": "new", "enabled": false}}
user show bob --domain here
  GET ~/users?name=bob&domain_id=here-id
user set bob --domain here --name new --project one --project-domain there --password x --email e --description d --disable
  GET ~/users?name=bob&domain_id=here-id
  GET ~/projects?name=one&domain_id=there-id
  PATCH ~/users/bob-id {"user": {"name": "new", "default_project_id": "one-id", "password": "x", "email": "e", "description": "d", "enabled": false}}
user set bob --no-ignore-lockout-failure-attempts --no-ignore-password-expiry --no-ignore-change-password-upon-first-use --disable-lock-password --disable-multi-factor-auth --enable
  PATCH ~/users/bob-id {"user": {"enabled": true, "options": {"ignore_lockout_failure_attempts": false, "ignore_password_expiry": false, "ignore_change_password_upon_first_use": false, "lock_password": false, "multi_factor_auth_enabled": false}}}
user set bob --ignore-lockout-failure-attempts --ignore-password-expiry --ignore-change-password-upon-first-use --enable-lock-password --enable-multi-factor-auth --multi-factor-auth-rule password
  PATCH ~/users/bob-id {"user": {"options": {"ignore_lockout_failure_attempts": true, "ignore_password_expiry": true, "ignore_change_password_upon_first_use": true, "lock_password": true, "multi_factor_auth_enabled": true, "multi_factor_auth_rules": [["password"]]}}}
user create new --no-ignore-lockout-failure-attempts --no-ignore-password-expiry --no-ignore-change-password-upon-first-use --disable-lock-password --disable-multi-factor-auth
  POST ~/users {"user": {"name": "new", "options": {"ignore_lockout_failure_attempts": false, "ignore_password_expiry": false, "ignore_change_password_upon_first_use": false, "lock_password": false, "multi_factor_auth_enabled": false}}}
user delete bob eve --domain here
  GET ~/users?name=eve&domain_id=here-id
  DELETE ~/users/bob-id
  DELETE ~/users/eve-id
user list --domain here --long --enabled --limit 2 --marker m
  GET ~/users?domain_id=here-id&enabled=true&limit=2&marker=m
user list --disabled --max-items 2
  GET ~/users?enabled=false
user list --group staff --domain here
  GET ~/groups?name=staff&domain_id=here-id
  GET ~/groups/staff-id/users?domain_id=here-id
user list --project one --domain here
  GET ~/projects?name=one&domain_id=here-id
  GET ~/role_assignments?scope.project.id=one-id&include_names=True
user list --project one --long
  GET ~/role_assignments?scope.project.id=one-id
  GET ~/users/bob-id
user password set --password new --original-password old
  POST ~/users/ann-id/password {"user": {"password": "new", "original_password": "old"}}
group create new --domain here --description d
  POST ~/groups {"group": {"name": "new", "domain_id": "here-id", "description": "d"}}
group show staff --domain here
  GET ~/groups?name=staff&domain_id=here-id
group set staff --domain here --name new --description d
  PATCH ~/groups/staff-id {"group": {"name": "new", "description": "d"}}
group delete staff --domain here
  DELETE ~/groups/staff-id
group list --domain here --long
  GET ~/groups?domain_id=here-id
group list --user bob --user-domain there
  GET ~/users?name=bob&domain_id=there-id
  GET ~/users/bob-id/groups
group add user staff bob eve --group-domain here --user-domain there
  GET ~/groups?name=staff&domain_id=here-id
  GET ~/users?name=eve&domain_id=there-id
  PUT ~/groups/staff-id/users/bob-id
  PUT ~/groups/staff-id/users/eve-id
group remove user staff bob --group-domain here --user-domain there
  GET ~/users?name=bob&domain_id=there-id
  DELETE ~/groups/staff-id/users/bob-id
group contains user staff bob --group-domain here --user-domain there
  GET ~/groups?name=staff&domain_id=here-id
  GET ~/users?name=bob&domain_id=there-id
  HEAD ~/groups/staff-id/users/bob-id
""")  # noqa: E501
ASSIGNMENTS = [
    {"user": {"id": "bob-id", "name": "bob"}, "role": {"id": "1"}},
    {"user": {"id": "bob-id", "name": "bob"}, "role": {"id": "2"}},
    {"group": {"id": "staff-id"}, "role": {"id": "1"}},
]


@pytest.fixture
def prepared_cloud(cloud: FakeCloud) -> FakeCloud:
    """Return a cloud with role assignments and group members."""
    cloud.answers["GET /identity/v3/role_assignments"] = {"role_assignments": ASSIGNMENTS}
    cloud.answers["GET /identity/v3/groups/staff-id/users"] = {"users": []}
    cloud.answers["GET /identity/v3/users/bob-id/groups"] = {"groups": []}
    return cloud


test_sends_requests = sends(CASES, "prepared_cloud")


test_rejects_invalid_input = rejects(
    rejection_table("""
1 user list --project p --limit 2 => do not go with --project
1 user list --project p --marker m => do not go with --project
2 user list --project p --group g => exclude each other
2 user create x --enable --disable => exclude each other
2 user set x --enable-lock-password --disable-lock-password => exclude each other
1 user create x --password-prompt => no terminal
1 user set x --password-prompt => no terminal
1 user password set --password x => no terminal
1 group delete no-such => No Group found for no-such: No group with a name or ID of 'no-such' exists
2 group add user staff => Missing argument
""")
)


def test_user_list_project_removes_duplicates(prepared_cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("user list --project one -f value").stdout == "bob-id bob\n"


def test_user_create_without_password_warns(cloud: FakeCloud, ostk: Run) -> None:
    assert "no password" in ostk("user create new").stderr
    assert "no password" in ostk("user create new --password ''").stderr
    assert ostk("user set bob --email e --password ''").exit_code == 0
    assert "password" not in json.dumps([body for _, body in cloud.sent])


@pytest.mark.parametrize(("typed", "status", "sent"), [(["a", "a"], 0, "a"), (["a", "b"], 1, None)])
def test_password_prompt_asks_for_confirmation(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, typed: list[str], status: int, sent: str
) -> None:
    monkeypatch.setattr("ostk.console.can_prompt", lambda: True)
    monkeypatch.setattr("ostk.console.prompt_secret", lambda prompt: typed.pop(0))
    assert ostk("user create new --password-prompt").exit_code == status
    assert [body["user"].get("password") for _, body in cloud.sent] == ([sent] if sent else [])


def test_user_show_prints_fields_in_order(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("user show bob").stdout == (
        "+---------------------+--------+\n"
        "| Field               | Value  |\n"
        "+---------------------+--------+\n"
        "| default_project_id  | None   |\n"
        "| domain_id           | None   |\n"
        "| email               | None   |\n"
        "| enabled             | None   |\n"
        "| id                  | bob-id |\n"
        "| name                | bob    |\n"
        "| description         | None   |\n"
        "| password_expires_at | None   |\n"
        "| options             | {}     |\n"
        "+---------------------+--------+\n"
    )


def test_user_show_finds_current_user_by_name_on_403(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /identity/v3/users"] = (403, {"error": {"message": "forbidden", "code": 403}})
    assert ostk("user show ann -f value -c id").stdout == "ann-id\n"
    assert ostk("user show bob").exit_code == 1


@pytest.mark.parametrize(
    ("status", "code", "out", "err"),
    [
        (204, 0, "bob in group staff\n", ""),
        (404, 0, "", "bob not in group staff\n"),
        (403, 0, "", "bob not in group staff\n"),
    ],
)
def test_group_contains_user(cloud: FakeCloud, ostk: Run, status: int, code: int, out: str, err: str) -> None:
    cloud.answers["HEAD /identity/v3/groups/staff-id/users/bob-id"] = (status, b"")
    result = ostk("group contains user staff bob")
    assert (result.exit_code, result.stdout, result.stderr) == (code, out, err)


def test_group_contains_user_takes_unknown_ids(cloud: FakeCloud, ostk: Run) -> None:
    ostk("group contains user no-group no-user")
    assert cloud.sent == [("HEAD /identity/v3/groups/no-group/users/no-user", None)]


def test_group_add_user_continues_after_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("group add user staff no-such bob")
    assert result.exit_code == 1
    assert cloud.sent == [("PUT /identity/v3/groups/staff-id/users/bob-id", None)]
    assert result.stderr.splitlines() == [
        "Failed to add user 'no-such': No User found for no-such: No user with a name or ID of 'no-such' exists.",
        "1 of 2 users failed to add.",
    ]
