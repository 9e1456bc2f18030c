"""Keystone-to-Keystone federation: requests to both clouds, and errors."""

from __future__ import annotations

from typing import Any

import pytest

from ostk.auth.methods import method_for
from ostk.errors import AuthError, ConfigError
from ostk.http.client import Http

from ..http.local_server import Answer, LocalServer, ReceivedRequest
from .scripted_keystone import GRANTED, V3_BODY, Reply, ScriptedKeystone, settings

URL = "https://k:5000"
ENTRANCE = "https://sp/v3/OS-FEDERATION/identity_providers/idp/protocols/saml2/auth"
SP_URL = "https://sp/Shibboleth.sso/SAML2/ECP"
PROVIDERS = [{"id": "sp1", "auth_url": ENTRANCE, "sp_url": SP_URL}]
LOCAL: Reply = (201, {"X-Subject-Token": "L1"}, {"token": {**V3_BODY["token"], "service_providers": PROVIDERS}})
UNSCOPED: Reply = (201, {"x-subject-token": "U1"}, {"token": {**V3_BODY["token"], "project": None, "catalog": []}})
GIVEN = {
    "auth_url": f"{URL}/v3",
    "username": "alice",
    "password": "pw",
    "user_domain_id": "default",
    "service_provider": "sp1",
}
REPLIES: dict[str, Reply] = {
    f"POST {URL}/v3/auth/tokens": LOCAL,
    f"POST {URL}/v3/auth/OS-FEDERATION/saml2/ecp": (200, {}, "<Envelope/>"),
    f"POST {SP_URL}": (302, {"Location": ENTRANCE}, ""),
    f"GET {ENTRANCE}": UNSCOPED,
    "POST https://sp/v3/auth/tokens": GRANTED,
}


@pytest.mark.parametrize(
    ("given", "scope"),
    [
        ({"remote_project_id": "p9"}, {"project": {"id": "p9"}}),
        ({"remote_project_name": "web"}, {"project": {"name": "web", "domain": {"id": "default"}}}),
        (
            {"remote_project_name": "web", "remote_project_domain_name": "far"},
            {"project": {"name": "web", "domain": {"name": "far"}}},
        ),
    ],
)
def test_a_token_of_the_service_provider(given: dict[str, str], scope: Any) -> None:
    script = ScriptedKeystone(REPLIES)
    access = method_for(settings(**GIVEN, **given)).authenticate(script.send)
    assert access.token == "T1"
    assert [line for line, _ in script.asked] == list(REPLIES)
    assert script.asked[1][1]["auth"] == {
        "identity": {"methods": ["token"], "token": {"id": "L1"}},
        "scope": {"service_provider": {"id": "sp1"}},
    }
    assert script.asked[2][1] == b"<Envelope/>"
    assert script.asked[4][1]["auth"]["scope"] == scope
    assert script.asked[4][1]["auth"]["identity"]["token"] == {"id": "U1"}


def test_a_service_provider_that_answers_at_once_and_no_remote_project() -> None:
    script = ScriptedKeystone({**REPLIES, f"POST {SP_URL}": UNSCOPED})
    assert method_for(settings(**GIVEN)).authenticate(script.send).token == "U1"
    assert len(script.asked) == 3


@pytest.mark.parametrize(
    ("replies", "error", "words"),
    [
        ({f"POST {URL}/v3/auth/tokens": GRANTED}, ConfigError, "has no service provider sp1"),
        ({f"POST {URL}/v3/auth/OS-FEDERATION/saml2/ecp": (500, {}, {})}, AuthError, "makes no assertion"),
        ({f"GET {ENTRANCE}": (401, {}, {"error": {"message": "No."}})}, AuthError, "refused the assertion: No"),
    ],
)
def test_service_provider_errors(replies: dict[str, Reply], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        method_for(settings(**GIVEN)).authenticate(ScriptedKeystone({**REPLIES, **replies}).send)


def test_an_assertion_is_not_sent_in_plain_http() -> None:
    providers = [{**PROVIDERS[0], "sp_url": "http://sp/ECP"}]
    local: Reply = (201, {"X-Subject-Token": "L1"}, {"token": {**V3_BODY["token"], "service_providers": providers}})
    script = ScriptedKeystone({**REPLIES, f"POST {URL}/v3/auth/tokens": local})
    with pytest.raises(ConfigError, match="no credentials are sent there"):
        method_for(settings(**GIVEN)).authenticate(script.send)
    assert len(script.asked) == 1


def test_each_service_provider_and_remote_project_has_its_own_cache() -> None:
    keys = {
        method_for(settings(**{**GIVEN, "service_provider": provider}, remote_project_id=project)).key
        for provider in ("", "sp1", "sp2")
        for project in ("p1", "p2")
    }
    assert len(keys) == 5
    with pytest.raises(ConfigError, match="needs a token of Keystone"):
        method_for(settings(auth_type="none", endpoint="http://c", service_provider="sp1"))


def test_a_redirect_after_an_assertion_is_not_followed() -> None:
    def answer(asked: ReceivedRequest) -> Answer:
        if asked.method == "GET":
            return 200, {}, {}
        return 302, {"Location": "/entrance", "Set-Cookie": "_shibsession=1; Path=/"}, {}

    sp = LocalServer(answer)
    http = Http(settings(), lambda refused: "")
    try:
        headers = {"Content-Type": "application/vnd.paos+xml"}
        assert http.request_without_token("POST", f"{sp.url}/ecp", headers, b"<Envelope/>")[0] == 302
        assert http.request_without_token("GET", f"{sp.url}/auth", headers, None)[0] == 200
        assert sp.lines == ["POST /ecp", "GET /auth"]
        assert sp.asked[1].headers["cookie"] == "_shibsession=1"
    finally:
        http.close()
        sp.close()
