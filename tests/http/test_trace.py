"""--debug and --timing: requests and responses without secrets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostk.http.client import Http
from ostk.http.trace import shown_body
from ostk.redaction import HIDDEN, redact_json, redact_url

from ..auth.scripted_keystone import GRANTED, settings
from .local_server import Answer, LocalServer, ReceivedRequest

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    "body",
    [
        {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "a", "password": SECRET}}}}},
        {"auth": {"identity": {"methods": ["token"], "token": {"id": SECRET}}}},
        {"auth": {"identity": {"totp": {"user": {"passcode": SECRET}}}}},
        {"auth": {"identity": {"application_credential": {"id": "1", "secret": SECRET}}}},
        {"auth": {"passwordCredentials": {"username": "a", "password": SECRET}}},
        {"access": {"token": {"id": SECRET, "tenant": {"id": "p1"}}}},
        {"server": {"adminPass": SECRET, "user_data": SECRET, "personality": [{"path": "/a", "contents": SECRET}]}},
        {"changePassword": {"adminPass": SECRET}},
        {"user": {"original_password": SECRET, "password": SECRET}},
        {"keypair": {"name": "k", "private_key": SECRET}},
        {"credential": {"type": "ec2", "blob": json.dumps({"access": "a", "secret": SECRET})}},
        {"access_token": SECRET, "id_token": SECRET, "refresh_token": SECRET},
        {"ikepolicy": {"psk": SECRET}},
        {"connection_info": {"data": {"auth_password": SECRET}}},
        {"console": {"url": f"http://c:6080/vnc.html?path=x&token={SECRET}"}},
        {"error_message": json.dumps({"deep": {"admin_password": SECRET}})},
        [[{"api-key": SECRET}]],
    ],
)
def test_secrets_in_bodies(body: Any) -> None:
    text = shown_body(json.dumps(body).encode(), "application/json")
    assert SECRET not in text
    assert HIDDEN in text


@pytest.mark.parametrize(
    "body",
    [
        {"server": {"name": "web", "key_name": "k", "user_id": "u1", "token_count": 1, "id": "1"}},
        {"token": {"methods": ["password"], "user": {"id": "u1", "password_expires_at": None}, "expires_at": "2099"}},
        {"auth": {"identity": {"methods": ["password"]}}},
        {"user": {"password": "", "options": {"ignore_password_expiry": True}}},
    ],
)
def test_the_rest_is_shown(body: Any) -> None:
    assert redact_json(body) == body


def test_other_bodies() -> None:
    assert shown_body(b"grant_type=password&username=a&password=s3cr3t", "application/x-www-form-urlencoded") == (
        "grant_type=password&username=a&password=***"
    )
    assert shown_body(b"\x00\x01", "application/octet-stream") == "(2 bytes)"
    assert shown_body(b'{"a": ', "application/json") == "(6 bytes that are not valid JSON)"


def test_urls() -> None:
    assert redact_url("https://me:s3cr3t@c/v1?limit=2&temp_url_sig=s3cr3t&sort_key=name#x") == (
        "https://c/v1?limit=2&temp_url_sig=***&sort_key=name#x"
    )


KEYS = st.sampled_from(["password", "adminPass", "secret", "a", "user", "blob", "auth_token"])


@given(st.recursive(st.just(SECRET), lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=9))
def test_no_secret_key_shows_its_text_at_any_depth(body: Any) -> None:
    def check(value: Any) -> None:
        if isinstance(value, dict):
            assert all(value.get(key) != SECRET for key in ("password", "adminPass", "secret", "blob", "auth_token"))
            for one in value.values():
                check(one)
        elif isinstance(value, list):
            for one in value:
                check(one)

    check(redact_json(body))


def test_a_whole_conversation(capsys: pytest.CaptureFixture[str]) -> None:
    def answer(asked: ReceivedRequest) -> Answer:
        if asked.method == "POST":
            return (201, {"X-Subject-Token": SECRET, "Set-Cookie": SECRET}, GRANTED[2])
        return (200, {"X-Odd": "a\x1b[31mb"}, {"server": {"name": "web", "adminPass": SECRET}})

    local = LocalServer(answer)
    http = Http(settings(debug=True), lambda refused: SECRET)
    user = {"name": "alice", "password": SECRET}
    http.request_without_token(
        "POST", f"{local.url}/v3/auth/tokens", {}, {"auth": {"identity": {"password": {"user": user}}}}
    )
    http.request("GET", f"{local.url}/servers", headers={"X-Service-Token": SECRET})
    http.request("PUT", f"{local.url}/file", content=iter([SECRET.encode()]))
    http.request("PUT", f"{local.url}/file", content=SECRET, headers={"Content-Type": "text/plain"})
    http.print_timing()
    local.close()
    out, err = capsys.readouterr()
    assert out == ""
    assert SECRET not in err
    assert "\x1b" not in err
    lines = err.splitlines()
    assert f"> POST {local.url}/v3/auth/tokens" in lines
    assert '> {"auth": {"identity": {"password": {"user": {"name": "alice", "password": "***"}}}}}' in lines
    assert "< X-Subject-Token: ***" in [line.replace("x-subject-token", "X-Subject-Token") for line in lines]
    assert '< {"server": {"name": "web", "adminPass": "***"}}' in lines
    assert "> (a stream)" in lines
    table = lines[-9:]
    assert table[0] == table[2] == table[-1]
    assert [line.split("|")[1].strip() for line in table if line.startswith("|")] == [
        "URL",
        f"POST {local.url}/v3/auth/tokens",
        f"GET {local.url}/servers",
        f"PUT {local.url}/file",
        f"PUT {local.url}/file",
        "Total",
    ]
    assert len(http.timing) == 4


def test_quiet_without_debug(capsys: pytest.CaptureFixture[str]) -> None:
    local = LocalServer(lambda asked: (200, {}, {}))
    http = Http(settings(), lambda refused: SECRET)
    http.request("GET", local.url)
    local.close()
    assert capsys.readouterr() == ("", "")
    assert [what for what, _ in http.timing] == [f"GET {local.url}"]
