"""Device authorization: requests to the provider, polling and errors."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest

from ostk.auth.methods import method_for
from ostk.errors import AuthError, ConfigError, ConnectionFailed, OstkError

from .scripted_keystone import GRANTED, V3_BODY, Reply, settings

URL = "http://k:5000"
ENTRANCE = f"POST {URL}/v3/OS-FEDERATION/identity_providers/idp/protocols/openid/auth"
UNSCOPED = {"token": {**V3_BODY["token"], "project": None, "catalog": []}}
DISCOVERY = {"token_endpoint": "http://idp/token", "device_authorization_endpoint": "http://idp/device"}
STARTED = {
    "device_code": "DC",
    "user_code": "WXYZ-1234",
    "verification_uri": "https://idp/sign-in",
    "expires_in": 60,
    "interval": 3,
}
BEARER: Reply = (200, {}, {"access_token": "AT"})
GIVEN = {
    "auth_type": "v3oidcdeviceauthz",
    "auth_url": URL,
    "identity_provider": "idp",
    "protocol": "openid",
    "client_id": "me",
    "discovery_endpoint": "http://idp/.well-known",
    "project_name": "web",
    "project_domain_id": "default",
}


def refusal(error: str) -> Reply:
    return 400, {}, {"error": error}


class Provider:
    """An identity provider with one scripted response per token request, and a Keystone."""

    def __init__(self, *answers: Reply | OstkError, started: Any = STARTED) -> None:
        self.answers: Iterator[Reply | OstkError] = iter(answers)
        self.started = started
        self.forms: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []

    def send(self, method: str, url: str, headers: dict[str, str], body: Any) -> Reply:
        if isinstance(body, bytes):
            self.forms.append({name: values[0] for name, values in parse_qs(body.decode()).items()})
            self.headers.append(headers)
        replies: dict[str, Reply] = {
            "GET http://idp/.well-known": (200, {}, DISCOVERY),
            "POST http://idp/device": (200, {}, self.started),
            ENTRANCE: (201, {"x-subject-token": "U1"}, UNSCOPED),
            f"POST {URL}/v3/auth/tokens": GRANTED,
        }
        if f"{method} {url}" != "POST http://idp/token":
            return replies[f"{method} {url}"]
        answer = next(self.answers)
        if isinstance(answer, OstkError):
            raise answer
        return answer


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the list of pauses; the clock advances only while the code sleeps."""
    seconds: list[float] = []
    monkeypatch.setattr("time.sleep", seconds.append)
    monkeypatch.setattr("time.monotonic", lambda: sum(seconds))
    return seconds


def test_device_authorization_polls_until_the_user_signs_in(
    slept: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    provider = Provider(refusal("authorization_pending"), refusal("slow_down"), BEARER)
    access = method_for(settings(**GIVEN)).authenticate(provider.send)
    assert access.token == "T1"
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "To sign in, open https://idp/sign-in in a browser and enter the code WXYZ-1234.\n"
    poll = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "DC", "client_id": "me"}
    assert provider.forms == [{"scope": "openid profile", "client_id": "me"}, poll, poll, poll]
    assert slept == [3, 3, 8]


def test_verification_uri_complete_and_client_secret(capsys: pytest.CaptureFixture[str]) -> None:
    provider = Provider(BEARER, started={**STARTED, "verification_uri_complete": "https://idp/sign-in?code=W"})
    method_for(settings(**GIVEN, client_secret="s", code_challenge_method="S256")).authenticate(provider.send)
    assert "open https://idp/sign-in?code=W in a browser and check" in capsys.readouterr().err
    assert [headers["Authorization"] for headers in provider.headers] == ["Basic bWU6cw=="] * 2
    first, second = provider.forms
    digest = hashlib.sha256(second["code_verifier"].encode()).digest()
    assert first["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert first["code_challenge_method"] == "S256"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([refusal("access_denied")], "The sign-in was refused"),
        ([refusal("expired_token")], "The device code expired before anybody signed in"),
        ([refusal("authorization_pending")] * 30, "The device code expired before anybody signed in"),
        ([refusal("invalid_client")], "refused: invalid_client"),
        ([(503, {}, "busy")] * 3, "refused: busy"),
    ],
)
def test_failed_sign_ins_are_errors(answers: list[Reply], words: str) -> None:
    with pytest.raises(AuthError, match=words):
        method_for(settings(**GIVEN)).authenticate(Provider(*answers).send)


def test_a_request_that_fails_does_not_end_the_sign_in(slept: list[float]) -> None:
    lost = ConnectionFailed("lost")
    provider = Provider(lost, (502, {}, "<html>"), refusal("authorization_pending"), lost, BEARER)
    assert method_for(settings(**GIVEN)).authenticate(provider.send).token == "T1"
    with pytest.raises(ConnectionFailed, match="lost"):
        method_for(settings(**GIVEN)).authenticate(Provider(lost, lost, lost).send)


def test_responses_of_an_unexpected_shape(slept: list[float]) -> None:
    shapes: list[Any] = [{}, [], "text", {**STARTED, "device_code": 5}]
    for started in shapes:
        with pytest.raises(AuthError, match="does not let this client"):
            method_for(settings(**GIVEN)).authenticate(Provider(started=started).send)
    odd = {**STARTED, "interval": float("nan"), "expires_in": "soon"}
    assert method_for(settings(**GIVEN)).authenticate(Provider(BEARER, started=odd).send).token == "T1"
    assert slept == [1]


def test_incompatible_settings_are_rejected() -> None:
    with pytest.raises(ConfigError, match="'S512' does not exist"):
        method_for(settings(**GIVEN, code_challenge_method="S512"))
    given = {**GIVEN, "discovery_endpoint": "", "access_token_endpoint": "http://idp/token"}
    with pytest.raises(ConfigError, match="device authorization endpoint of the identity provider is missing"):
        method_for(settings(**given)).authenticate(Provider().send)


def test_cache_key_identifies_the_client_and_the_provider() -> None:
    key = method_for(settings(**GIVEN)).key
    assert method_for(settings(**GIVEN)).key == key
    assert method_for(settings(**{**GIVEN, "client_id": "other"})).key != key
    assert method_for(settings(**{**GIVEN, "project_name": "other"})).key != key


def test_an_authorization_code() -> None:
    given = {**GIVEN, "auth_type": "v3oidcauthcode", "code": "C1", "redirect_uri": "http://localhost:9/"}
    provider = Provider(BEARER)
    assert method_for(settings(**given)).authenticate(provider.send).token == "T1"
    expected = {"grant_type": "authorization_code", "code": "C1", "redirect_uri": "http://localhost:9/"}
    assert provider.forms == [{**expected, "client_id": "me"}]
    with pytest.raises(AuthError, match="invalid_grant") as caught:
        method_for(settings(**given)).authenticate(Provider(refusal("invalid_grant")).send)
    assert "get another" in caught.value.hint
    with pytest.raises(ConfigError):
        method_for(settings(**{**given, "code": ""}))
