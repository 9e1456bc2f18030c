"""What is secret: keys, headers, URLs and messages that are hidden, and similar ones that are not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ostk import redaction
from ostk.errors import OstkError
from ostk.redaction import HIDDEN, redact_json, redact_text, redact_url

SECRET = "s3cret-0815"
SECRET_KEYS = """
    password adminPass adminPassword admin_password new-password db_password rescue_pass ipmi_password passwd pass
    passphrase private_key_passphrase passcode secret client_secret secrets token auth_token accessToken id_token
    tokens token_id refresh_token api_key apikey APIKey apiKEY access_key secret_key auth_key private_key psk jwt otp
    Temp-URL-Key temp_url_key_2 password2 X-Auth-Token blob user_data kubeconfig device_code code_verifier
    authorization_code client_assertion hw:password keyring authorization
"""
HARMLESS_KEYS = """
    password_expires_at ignore_password_expiry lock_password_until key_name public_key keypair key ssh_key
    ssh_authorized_keys encryption_key_id bypass compass token_endpoint token_type access_token_type
    access_token_endpoint code_challenge_method idp_otp_key secret_ref secret_name token_count
    max_tokens_seconds access username code
    passed authorized_keys user_id domain credential_id
"""
SECRET_HEADERS = """
    X-Auth-Token X-Subject-Token X-Service-Token X-Storage-Token X-Auth-Key X-Container-Sync-Key Authorization
    X-Account-Meta-Temp-URL-Key X-Account-Meta-Temp-Url-Key-2 X-Container-Meta-Temp-URL-Key-2 Proxy-Authorization
    Cookie Set-Cookie Openstack-Auth-Receipt X-Object-Meta-Db-Password X-Image-Meta-Location
    X-Image-Meta-Property-Admin_Pass X-Amz-Security-Token x-user-token
"""
HARMLESS_HEADERS = """
    Content-Type WWW-Authenticate X-Auth-Token-Expires X-Container-Sync-To X-Object-Meta-Public-Key X-Trans-Id
    X-Container-Meta-Access-Control-Allow-Origin X-Object-Meta-Key X-Openstack-Request-Id X-Account-Meta-Quota-Bytes
    OpenStack-API-Version Location Keep-Alive X-Object-Meta-Compass
"""


@pytest.mark.parametrize("name", SECRET_KEYS.split())
def test_secret_keys(name: str) -> None:
    assert redaction.is_secret_key(name)
    assert redact_json({name: SECRET, "x": {name: [SECRET]}}) == {name: HIDDEN, "x": {name: [HIDDEN]}}


@pytest.mark.parametrize("name", HARMLESS_KEYS.split())
def test_keys_that_only_look_secret(name: str) -> None:
    assert not redaction.is_secret_key(name)
    assert redact_json({name: "shown"}) == {name: "shown"}


@pytest.mark.parametrize("name", SECRET_HEADERS.split())
def test_secret_headers(name: str) -> None:
    assert redaction.redact_headers([(name, SECRET), (name.lower(), SECRET)]) == [
        (name, HIDDEN),
        (name.lower(), HIDDEN),
    ]


@pytest.mark.parametrize("name", HARMLESS_HEADERS.split())
def test_headers_that_only_look_secret(name: str) -> None:
    assert redaction.redact_headers([(name, "shown")]) == [(name, "shown")]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ([{"op": "add", "path": "/db_password", "value": SECRET}], HIDDEN),
        ([{"op": "replace", "path": "/passwords/0", "value": [SECRET]}], [HIDDEN]),
        ([{"key": "admin_password", "value": SECRET}], HIDDEN),
        ([{"op": "add", "path": "/os_distro", "value": "debian"}], "debian"),
    ],
)
def test_values_whose_key_stands_in_another_field(data: Any, shown: Any) -> None:
    assert redact_json(data)[0]["value"] == shown


def test_json_of_other_shapes() -> None:
    assert redact_json({"quota": {"secrets": 100}, "passcode": 123456}) == {
        "quota": {"secrets": 100},
        "passcode": HIDDEN,
    }
    assert redact_json({"token": {"id": SECRET, "value": SECRET, "expires": "x"}}) == {
        "token": {"id": HIDDEN, "value": HIDDEN, "expires": "x"}
    }
    assert redact_json({"url": f"https://u:{SECRET}@h/x"}) == {"url": "https://h/x"}
    assert json.loads(redact_json({"blobs": json.dumps({"password": SECRET})})["blobs"]) == {"password": HIDDEN}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"https://me:{SECRET}@c:5000/v3", "https://c:5000/v3"),
        (f"ftp://{SECRET}@c/v3 and more", "ftp://c/v3 and more"),
        (f"http://me:{SECRET}/with@signs@c:5000/v3", "http://c:5000/v3"),
        (f"http://a:{SECRET}@a,http://b:{SECRET}@b", "http://a,http://b"),
        (f"the proxy me:{SECRET}@proxy:3128", "the proxy proxy:3128"),
        (f"/o?temp_url_sig={SECRET}&temp_url_expires=9", "/o?temp_url_sig=***&temp_url_expires=9"),
        (f"http://h/vnc.html?path=%3Ftoken%3D{SECRET}", "http://h/vnc.html?path=%3Ftoken%3D***"),
        (f"http://h/cb?code={SECRET}&state=1#access_token={SECRET}", "http://h/cb?code=***&state=1#access_token=***"),
        (f"http://h/?X-Amz-Signature={SECRET}&X-Amz-Date=1", "http://h/?X-Amz-Signature=***&X-Amz-Date=1"),
        (f"GET /v2.0/tokens/{SECRET}/endpoints", "GET /v2.0/tokens/***/endpoints"),
    ],
)
def test_urls(text: str, shown: str) -> None:
    assert redact_url(text) == shown
    assert SECRET not in redact_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "http://host:8080/v1/AUTH_x/box/me@example.org",
        "http://[::1]:8080/x@y",
        "mail to me@example.org",
        "/servers?limit=5&sort_key=name&key_name=k&marker=x",
        "/v2.0/networks?name=a",
        "sha256:0123 and 10:30",
    ],
)
def test_urls_that_hold_no_secret(text: str) -> None:
    assert redact_url(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            f"Invalid input for field 'password': '{SECRET}' is too short",
            "Invalid input for field 'password': '***' is",
        ),
        (f"body {{'adminPass': '{SECRET}', 'name': 'x'}}", "body {'adminPass': '***', 'name': 'x'}"),
        (f"client_secret={SECRET}, scope=x", "client_secret=***, scope=x"),
        ("Could not find token: gAAAAABn0123456789abcdefghij-_0123==.", "Could not find token: ***."),
        ("bad eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2ln-_x", "bad ***"),
    ],
)
def test_secrets_that_a_service_repeats(text: str, shown: str) -> None:
    assert redact_text(text).startswith(shown)


@pytest.mark.parametrize(
    "text", ["Say --os-password or OS_PASSWORD.", "for '--sort_key': 'x'", "export OS_TOKEN=$(ostk token issue)", "a=b"]
)
def test_hints_are_not_redacted(text: str) -> None:
    assert redact_text(text) == text


def test_remembered_values_are_hidden_in_messages(capsys: pytest.CaptureFixture[str]) -> None:
    redaction.remember_settings(
        [
            ("password", SECRET),
            ("auth_url", "http://me:other-0815@h"),
            ("username", "same-0815"),
            ("token", "same-0815"),
        ]
    )
    redaction.remember("demo", "password", f" {SECRET}2\r")
    OstkError(f"{SECRET}: other-0815, {SECRET}2, same-0815, demo password", f"Not {SECRET!r}").show()
    assert capsys.readouterr().err == "***: ***, ***, same-0815, demo password\nNot '***'\n"


def test_secrets_of_a_request_are_remembered() -> None:
    redaction.remember_request(
        [("X-Subject-Token", "subject-0815")], json.dumps({"user": {"password": SECRET}}).encode()
    )
    redaction.remember_request([], b"[" * 100_000)
    assert redact_text(f"{SECRET} subject-0815 x") == "*** *** x"


def test_forms() -> None:
    form = f'grant_type=password&username=a&password={SECRET}"x&client_assertion={SECRET}&scope=openid'
    assert (
        redaction.redact_form(form) == "grant_type=password&username=a&password=***&client_assertion=***&scope=openid"
    )
