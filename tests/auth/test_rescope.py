"""A user who is asked for the password is asked once: tokens for other scopes come from the first token."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

TOKENS = "POST /identity/v3/auth/tokens"
LIST = "flavor list -f value -c Name"


@pytest.fixture
def prompts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The prompts that a user on a terminal has seen; the user types the password."""
    seen: list[str] = []

    def answer(prompt: str) -> str:
        seen.append(prompt)
        return "s3cret"

    monkeypatch.setattr("ostk.console.can_prompt", lambda: True)
    monkeypatch.setattr("ostk.console.prompt_secret", answer)
    return seen


class Keystone:
    """Gives a token for each request; refuses the token method if told to."""

    def __init__(self, cloud: FakeCloud) -> None:
        self.cloud = cloud
        self.refused = 0
        self.user = "ann-id"
        self.expires = "2099-01-01T00:00:00.000000Z"
        cloud.answers[TOKENS] = self.answer

    def answer(self, request: httpx.Request) -> httpx.Response:
        methods = json.loads(request.content)["auth"]["identity"]["methods"]
        if methods == ["token"] and self.refused:
            return httpx.Response(self.refused, json={"error": {"code": self.refused, "message": "No."}})
        reply = self.cloud.token(request)
        assert reply is not None
        body = reply.json()
        body["token"]["user"]["id"] = self.user
        body["token"]["expires_at"] = self.expires
        return httpx.Response(201, json=body, headers={"X-Subject-Token": reply.headers["X-Subject-Token"]})

    def requests(self) -> list[tuple[str, Any]]:
        """Each request for a token: its method, and the name of the project."""
        bodies = [body["auth"] for line, body in self.cloud.all if line == TOKENS]
        return [
            (body["identity"]["methods"][0], body.get("scope", {}).get("project", {}).get("name")) for body in bodies
        ]


@pytest.fixture
def keystone(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> Keystone:
    monkeypatch.delenv("OS_PASSWORD")
    return Keystone(cloud)


def test_password_is_asked_for_once(keystone: Keystone, ostk: Run, prompts: list[str]) -> None:
    for line in (LIST, LIST, f"{LIST} --os-project-name other", f"{LIST} --os-project-name other", LIST):
        assert ostk(line).exit_code == 0
    assert prompts == ["Password: "]
    assert keystone.requests() == [("password", "demo"), ("token", "other")]
    sent = [body["auth"]["identity"] for line, body in keystone.cloud.all if line == TOKENS]
    assert sent[1] == {"methods": ["token"], "token": {"id": "the-token"}}


@pytest.mark.parametrize("status", [401, 403, 404])
def test_password_is_asked_for_if_keystone_refuses_the_token(
    status: int, keystone: Keystone, ostk: Run, prompts: list[str]
) -> None:
    ostk(LIST)
    keystone.refused = status
    assert ostk(f"{LIST} --os-project-name other").exit_code == 0
    assert keystone.requests() == [("password", "demo"), ("token", "other"), ("password", "other")]
    assert len(prompts) == 2


def test_password_is_asked_for_after_the_token_has_expired(keystone: Keystone, ostk: Run, prompts: list[str]) -> None:
    keystone.expires = (datetime.now(UTC) + timedelta(seconds=30)).isoformat()
    ostk(LIST)
    ostk(f"{LIST} --os-project-name other")
    assert [method for method, _ in keystone.requests()] == ["password", "password"]


def test_token_of_another_user_is_not_used(keystone: Keystone, ostk: Run, prompts: list[str]) -> None:
    ostk(LIST)
    ostk(f"{LIST} --os-project-name other --os-username bob")
    ostk(f"{LIST} --os-project-name other --os-user-domain-id there")
    assert [method for method, _ in keystone.requests()] == ["password"] * 3
    keystone.user = "eve-id"
    ostk(f"{LIST} --os-project-name third")
    assert [method for method, _ in keystone.requests()[3:]] == ["token", "password"]


def test_token_is_not_sent_to_another_keystone(keystone: Keystone, ostk: Run, prompts: list[str]) -> None:
    ostk(LIST)
    ostk(f"{LIST} --os-project-name other --os-auth-url http://cloud/identity2/v3")
    assert "token" not in [body["auth"]["identity"]["methods"][0] for _, body in keystone.cloud.all if body]


def test_other_scopes(keystone: Keystone, ostk: Run, prompts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ostk(LIST)
    for option in ("--os-system-scope all", "--os-trust-id t"):
        ostk(f"{LIST} {option}")
    monkeypatch.delenv("OS_PROJECT_NAME")
    for option in ("--os-domain-id d", ""):
        ostk(f"{LIST} {option}")
    assert [method for method, _ in keystone.requests()] == ["password", "token", "password", "token", "password"]


def test_password_in_the_settings_is_used_as_before(
    keystone: Keystone, ostk: Run, prompts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ostk(LIST)
    monkeypatch.setenv("OS_PASSWORD", "s3cret")
    ostk(f"{LIST} --os-project-name other")
    assert keystone.requests() == [("password", "demo"), ("password", "other")]


@pytest.mark.parametrize("line", ["cache clear", "cloud cache delete"])
def test_deleted_cache_has_no_token_of_the_user(line: str, keystone: Keystone, ostk: Run, prompts: list[str]) -> None:
    ostk(LIST)
    assert ostk(line).exit_code == 0
    ostk(f"{LIST} --os-project-name other")
    assert [method for method, _ in keystone.requests()] == ["password", "password"]


def test_nothing_is_kept_without_the_cache(keystone: Keystone, ostk: Run, prompts: list[str]) -> None:
    ostk(f"{LIST} --no-cache")
    assert not os.path.exists(os.path.join(os.environ["XDG_CACHE_HOME"], "ostk"))
    ostk(f"{LIST} --no-cache --os-project-name other")
    assert [method for method, _ in keystone.requests()] == ["password", "password"]


def test_token_of_the_user_is_for_the_user_alone(keystone: Keystone, ostk: Run, prompts: list[str]) -> None:
    ostk(LIST)
    directory = os.path.join(os.environ["XDG_CACHE_HOME"], "ostk")
    names = os.listdir(directory)
    assert len(names) == 2
    assert {os.stat(os.path.join(directory, name)).st_mode & 0o777 for name in names} == {0o600}
    assert not any("s3cret" in open(os.path.join(directory, name)).read() for name in names)  # noqa: SIM115
