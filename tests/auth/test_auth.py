"""Authentication methods: requests and error messages."""

from __future__ import annotations

import time
from email.utils import formatdate
from typing import Any

import pytest

from ostk import console
from ostk.auth.keystone import Method
from ostk.auth.methods import method_for
from ostk.errors import AuthError, ConfigError, ConnectionFailed, HTTPError

from .scripted_keystone import GRANTED, V2_BODY, V3_BODY, Reply, ScriptedKeystone, settings

URL = "http://k:5000"
TOKENS = "POST http://k:5000/v3/auth/tokens"
USER = {"auth_url": URL + "/v3", "username": "alice", "password": "pw", "user_domain_id": "default"}
PROJECT = {"project_name": "web", "project_domain_id": "default"}
IDENTITY = {"name": "alice", "domain": {"id": "default"}, "password": "pw"}


def sent(**values: Any) -> dict[str, Any]:
    """Return the body that is sent to Keystone v3 for these settings."""
    script = ScriptedKeystone({TOKENS: GRANTED})
    method_for(settings(**values)).authenticate(script.send)
    assert [line for line, _ in script.asked] == [TOKENS]
    body = script.asked[0][1]["auth"]
    assert isinstance(body, dict)
    return body


def refused(reply: Reply, **values: Any) -> Exception:
    script = ScriptedKeystone({TOKENS: reply})
    with pytest.raises((AuthError, ConnectionFailed, HTTPError)) as caught:
        method_for(settings(**values)).authenticate(script.send)
    return caught.value


@pytest.mark.parametrize(
    ("given", "scope"),
    [
        (PROJECT, {"project": {"name": "web", "domain": {"id": "default"}}}),
        ({"project_id": "p1"}, {"project": {"id": "p1"}}),
        ({"project_id": "p1", **PROJECT}, {"project": {"id": "p1"}}),
        ({"domain_name": "Acme"}, {"domain": {"name": "Acme"}}),
        ({"domain_id": "d1", "domain_name": "Acme"}, {"domain": {"id": "d1"}}),
        ({"system_scope": "all"}, {"system": {"all": True}}),
        ({"trust_id": "t1"}, {"OS-TRUST:trust": {"id": "t1"}}),
        ({"unscoped": True}, "unscoped"),
        ({}, None),
    ],
)
def test_scope(given: dict[str, Any], scope: Any) -> None:
    body = sent(**USER, **given)
    assert body.get("scope") == scope
    assert body["identity"] == {"methods": ["password"], "password": {"user": IDENTITY}}


def test_authentication_methods() -> None:
    by_id = sent(auth_url=URL, auth_type="v3password", user_id="u1", username="x", password="pw")
    assert by_id["identity"]["password"]["user"] == {"id": "u1", "password": "pw"}
    token = sent(auth_url=URL, auth_type="v3token", token="T0", **PROJECT)
    assert token["identity"] == {"methods": ["token"], "token": {"id": "T0"}}
    assert token["scope"] == {"project": {"name": "web", "domain": {"id": "default"}}}
    totp = sent(auth_url=URL, auth_type="v3totp", user_id="u1", passcode="123")
    assert totp["identity"] == {"methods": ["totp"], "totp": {"user": {"id": "u1", "passcode": "123"}}}
    both = sent(auth_url=URL, auth_type="v3multifactor", auth_methods="v3password, totp", passcode="1", **{
        key: value for key, value in USER.items() if key != "auth_url"
    })  # fmt: skip
    assert both["identity"]["methods"] == ["password", "totp"]
    assert both["identity"]["totp"]["user"] == {"name": "alice", "domain": {"id": "default"}, "passcode": "1"}


def test_application_credential_is_sent_without_a_scope() -> None:
    given = {"auth_url": URL, "auth_type": "v3applicationcredential", "application_credential_secret": "s"}
    body = sent(**given, application_credential_id="ac1", project_name="web")
    assert body == {
        "identity": {"methods": ["application_credential"], "application_credential": {"id": "ac1", "secret": "s"}}
    }
    named = sent(**given, application_credential_name="bot", username="alice", user_domain_name="Acme")
    assert named["identity"]["application_credential"] == {
        "name": "bot",
        "user": {"name": "alice", "domain": {"name": "Acme"}},
        "secret": "s",
    }


@pytest.mark.parametrize("scope", [{"project_name": "shop"}, {"project_id": "p2"}, {"system_scope": "all"}])
def test_application_credential_of_another_project_is_refused(scope: dict[str, str]) -> None:
    given = {"application_credential_id": "ac1", "application_credential_secret": "s"}
    method = method_for(settings(auth_url=URL, auth_type="v3applicationcredential", **given, **scope))
    with pytest.raises(ConfigError, match="is for project web, not for"):
        method.authenticate(ScriptedKeystone({TOKENS: GRANTED}).send)


@pytest.mark.parametrize(
    ("url", "posted"),
    [
        ("http://k:5000/v3/", "http://k:5000/v3/auth/tokens"),
        ("http://k:5000//v3", "http://k:5000/v3/auth/tokens"),
        (" http://k:5000/v3 ", "http://k:5000/v3/auth/tokens"),
        ("HTTP://k/identity", "http://k/identity/v3/auth/tokens"),
        ("http://k/identity/v3", "http://k/identity/v3/auth/tokens"),
        ("http://k:5000/v3/auth/tokens", "http://k:5000/v3/auth/tokens"),
        ("http://[::1]:5000/v3", "http://[::1]:5000/v3/auth/tokens"),
    ],
)
def test_tokens_url_follows_from_the_auth_url(url: str, posted: str) -> None:
    script = ScriptedKeystone({f"POST {posted}": GRANTED})
    access = method_for(settings(**{**USER, "auth_url": url})).authenticate(script.send)
    assert (access.token, [line for line, _ in script.asked]) == ("T1", [f"POST {posted}"])


def test_v3_response_is_parsed() -> None:
    access = method_for(settings(**USER)).authenticate(ScriptedKeystone({TOKENS: GRANTED}).send)
    assert (access.user_name, access.user_domain_name) == ("alice", "Default")
    assert (access.project_id, access.project_name, access.roles) == ("p1", "web", ("member",))
    assert (access.version, access.system, access.scoped) == ("v3", False, True)
    assert access.catalog[0]["endpoints"][0]["url"] == "http://c:8774/v2.1"


def test_v2_url_gets_a_v2_token_and_a_catalog_in_v3_shape() -> None:
    script = ScriptedKeystone({"POST http://k:5000/v2.0/tokens": (200, {}, V2_BODY)})
    given = {"auth_url": f"{URL}/v2.0", "username": "alice", "password": "pw", "project_name": "web"}
    access = method_for(settings(**given)).authenticate(script.send)
    assert script.asked[0][1] == {
        "auth": {"passwordCredentials": {"username": "alice", "password": "pw"}, "tenantName": "web"}
    }
    assert (access.token, access.version, access.project_id, access.roles) == ("T2", "v2.0", "p1", ("member",))
    endpoints = access.catalog[0]["endpoints"]
    assert [(one["interface"], one["url"]) for one in endpoints] == [
        ("public", "http://c/v2/p1"),
        ("admin", "http://a/v2/p1"),
    ]
    assert not access.expires_soon(now=0)


@pytest.mark.parametrize(
    ("given", "body"),
    [
        ({"auth_type": "v2token", "token": "T0"}, {"token": {"id": "T0"}}),
        (
            {"auth_type": "token", "token": "T0", "project_id": "p1", "auth_url": URL + "/v2.0"},
            {"token": {"id": "T0"}, "tenantId": "p1"},
        ),
        (
            {"auth_type": "v2password", "user_id": "u1", "password": "pw", "project_id": "p1"},
            {"passwordCredentials": {"userId": "u1", "password": "pw"}, "tenantId": "p1"},
        ),
        (
            {"identity_api_version": "2", "username": "a", "password": "pw", "project_name": ""},
            {"passwordCredentials": {"username": "a", "password": "pw"}},
        ),
    ],
)
def test_v2_bodies(given: dict[str, Any], body: dict[str, Any]) -> None:
    script = ScriptedKeystone({"POST http://k:5000/v2.0/tokens": (200, {}, V2_BODY)})
    method_for(settings(**{"auth_url": URL, **given})).authenticate(script.send)
    assert script.asked == [("POST http://k:5000/v2.0/tokens", {"auth": body})]


def test_v2_refuses_both_tenant_id_and_name_before_anything_is_sent() -> None:
    both = {"project_id": "p1", "project_name": "web"}
    with pytest.raises(ConfigError, match="OS_PROJECT_ID and OS_PROJECT_NAME are both set") as caught:
        method_for(settings(auth_url=f"{URL}/v2.0", username="a", password="pw", **both))
    assert "Unset one" in caught.value.hint
    with pytest.raises(ConfigError, match="has no system scope"):
        method_for(settings(auth_url=f"{URL}/v2.0", username="a", password="pw", system_scope="all"))
    # The API version is known after discovery; the settings are rejected before the v2.0 token request.
    script = ScriptedKeystone({f"GET {URL}/": (300, {}, {"versions": {"values": [{"id": "v2.0"}]}})})
    with pytest.raises(ConfigError, match="both set"):
        method_for(settings(**{**USER, "auth_url": URL}, **both)).authenticate(script.send)
    assert [line.split()[0] for line, _ in script.asked] == ["POST", "GET"]


def test_unversioned_url_without_v3_is_discovered() -> None:
    versions = {
        "versions": {
            "values": [
                {"id": "v2.0", "links": [{"rel": "self", "href": "http://inside:9/identity/v2.0/"}]},
                {"id": "v1.0", "links": []},
            ]
        }
    }
    script = ScriptedKeystone(
        {"GET http://k:5000/": (300, {}, versions), "POST http://k:5000/identity/v2.0/tokens": (200, {}, V2_BODY)}
    )
    access = method_for(settings(**{**USER, "auth_url": URL})).authenticate(script.send)
    assert access.version == "v2.0"
    assert [line for line, _ in script.asked] == [
        TOKENS,
        "GET http://k:5000/",
        "POST http://k:5000/identity/v2.0/tokens",
    ]


def test_v3_is_found_below_a_prefix() -> None:
    versions = {"versions": {"values": [{"id": "v3.14", "links": [{"rel": "self", "href": "/keystone/v3/"}]}]}}
    replies = {"GET http://k:5000/": (300, {}, versions), "POST http://k:5000/keystone/v3/auth/tokens": GRANTED}
    access = method_for(settings(**{**USER, "auth_url": URL})).authenticate(ScriptedKeystone(replies).send)
    assert access.token == "T1"


@pytest.mark.parametrize(
    ("reply", "values", "message"),
    [
        ((401, {}, {"error": {"message": "Wrong."}}), USER, "user alice of domain default: Wrong."),
        ((403, {}, {"error": {"message": "Locked."}}), USER, "alice of domain default: Locked. (HTTP 403)"),
        ((404, {}, "<h1>Not Found</h1>"), USER, "no Identity API v3 at http://k:5000/v3/auth/tokens"),
        ((404, {}, {"error": {"message": "Could not find token."}}),
         {"auth_url": URL, "auth_type": "token", "token": "T0"}, "refused the token: Could not find token."),
        ((200, {}, "<html>Welcome</html>"), USER, "did not answer with a token: is it a Keystone?"),
        ((503, {}, ""), USER, "Service Unavailable (HTTP 503)"),
    ],
)  # fmt: skip
def test_authentication_errors(reply: Reply, values: dict[str, Any], message: str) -> None:
    error = refused(reply, **values)
    assert message in str(error)
    assert "pw" not in str(error)
    assert "T0" not in str(error)


def test_v2_url_of_a_v3_cloud_says_so() -> None:
    method = method_for(settings(auth_url=f"{URL}/v2.0", username="a", password="pw"))
    with pytest.raises(AuthError, match=r"no Identity API v2\.0") as caught:
        method.authenticate(ScriptedKeystone({}).send)
    assert caught.value.hint == "Use http://k:5000/v3 as auth URL (OS_AUTH_URL)."


@pytest.mark.parametrize("version", ["", "2"])
def test_v2_url_of_a_v3_cloud_leads_to_v3(version: str) -> None:
    given = {"auth_url": f"{URL}//v2.0/", "username": "a", "password": "pw", "project_name": "web"}
    script = ScriptedKeystone({TOKENS: GRANTED})
    access = method_for(settings(**given, identity_api_version=version)).authenticate(script.send)
    assert (access.token, access.version) == ("T1", "v3")
    assert [line for line, _ in script.asked] == ["POST http://k:5000/v2.0/tokens", TOKENS]
    body = script.asked[1][1]["auth"]
    assert body["identity"]["password"]["user"] == {"name": "a", "domain": {"id": "default"}, "password": "pw"}
    assert body["scope"] == {"project": {"name": "web", "domain": {"id": "default"}}}
    refusing = ScriptedKeystone({TOKENS: (401, {}, {"error": {"message": "Wrong."}})})
    with pytest.raises(AuthError, match="Wrong"):
        method_for(settings(**given)).authenticate(refusing.send)
    with pytest.raises(AuthError, match=r"no Identity API v2\.0"):
        method_for(settings(**given, auth_type="v2password")).authenticate(ScriptedKeystone({TOKENS: GRANTED}).send)


@pytest.mark.parametrize(
    "link",
    [
        {"rel": "self", "href": None},
        {"rel": "self", "href": ""},
        {"rel": "self", "href": 5},
        {"rel": "self", "href": "http://[bad/v3"},
        {"rel": "self", "href": "http://inside:9/v3/"},
        {"rel": "self", "href": "v3/"},
        {"rel": "self"},
        {"rel": "help", "href": "/help/v3"},
        "http://k/v3",
        None,
    ],
)
def test_invalid_links_in_a_version_document_are_ignored(link: Any) -> None:
    given = {"auth_url": f"{URL}/identity", "username": "a", "password": "pw"}
    versions = {"versions": {"values": [{"id": "v2.0", "status": "stable", "links": [link]}]}}
    replies: dict[str, Reply] = {
        f"GET {URL}/identity/": (300, {}, versions),
        f"POST {URL}/identity/v2.0/tokens": (200, {}, V2_BODY),
    }
    assert method_for(settings(**given)).authenticate(ScriptedKeystone(replies).send).version == "v2.0"


def test_a_clock_skew_is_reported() -> None:
    date = formatdate(time.time() - 3600, usegmt=True)
    error = refused((401, {"date": date}, {"error": {"message": "No."}}), **USER)
    assert getattr(error, "hint", "").endswith(" This machine's clock is 60 minutes ahead of Keystone's.")
    now = refused((401, {"date": formatdate(usegmt=True)}, {"error": {"message": "No."}}), **USER)
    assert "clock" not in getattr(now, "hint", "")


def test_a_required_second_factor_is_named() -> None:
    body = {"receipt": {}, "required_auth_methods": [["password", "totp"]]}
    error = refused((401, {"Openstack-Auth-Receipt": "r"}, body), **USER)
    assert "--os-auth-type v3multifactor --os-auth-methods password,totp" in getattr(error, "hint", "")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"username": "a", "password": "pw"}, "auth_url"),
        ({"auth_url": URL, "password": "pw"}, "username"),
        ({"auth_url": URL, "username": "a"}, "password"),
        ({"auth_url": URL, "auth_type": "token"}, "token"),
        ({"auth_url": URL, "auth_type": "v3applicationcredential"}, "application_credential_secret"),
        ({"auth_url": "k:5000/v3", "username": "a", "password": "pw"}, "not a URL .OS_AUTH_URL."),
        ({"auth_url": URL, "auth_type": "v3kerberos"}, "v3kerberos is not supported by ostk"),
        ({"auth_url": URL, "auth_type": "v3multifactor"}, "methods"),
        ({"auth_url": URL, "auth_type": "v3multifactor", "auth_methods": "saml"}, "saml is not supported"),
        ({"auth_type": "admin_token", "token": "x"}, "endpoint"),
        ({**USER, **PROJECT, "system_scope": "all"}, "OS_PROJECT_NAME and OS_SYSTEM_SCOPE are set"),
        ({**USER, "system_scope": "some"}, "'some' does not exist"),
    ],
)
def test_missing_or_invalid_settings_are_errors_before_any_request(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        method_for(settings(**values))


def test_a_missing_password_is_prompted_for_once_and_only_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "typed"

    monkeypatch.setattr(console, "can_prompt", lambda: True)
    monkeypatch.setattr(console, "prompt_secret", ask)
    method = method_for(settings(auth_url=URL, username="alice", auth_type="v3password"))
    assert asked == []
    script = ScriptedKeystone({TOKENS: GRANTED})
    method.authenticate(script.send)
    method.authenticate(script.send)
    assert asked == ["Password: "]
    assert [body["auth"]["identity"]["password"]["user"]["password"] for _, body in script.asked] == ["typed"] * 2


def key(**changes: Any) -> str:
    return method_for(settings(**{**USER, **PROJECT, **changes})).key


def test_cache_key_identifies_the_credential_and_has_no_secret() -> None:
    assert key() == key()
    changes = [{}, {"password": "pw2"}, {"username": "bob"}, {"project_name": "shop"}, {"auth_url": "http://l/v3"}]
    changes += [{"user_domain_id": "d2"}, {"project_id": "p9"}]
    assert len({key(**one) for one in changes}) == len(changes)
    assert key().isalnum()
    codes = {key(auth_type="v3totp", passcode=code) for code in ("1", "2")}
    assert len(codes) == 1


def test_auth_types_without_keystone() -> None:
    def access(method: Method) -> tuple[str, str]:
        got = method.authenticate(ScriptedKeystone({}).send)
        return got.token, got.version

    assert access(method_for(settings(auth_type="none"))) == ("", "")
    token = settings(auth_type="admin_token", token="T0", endpoint="http://c")
    assert access(method_for(token)) == ("T0", "")
    basic = settings(auth_type="http_basic", username="a", password="b", endpoint="http://c")
    assert access(method_for(basic)) == ("Basic YTpi", "")


def test_openid_connect_gets_an_unscoped_token_then_a_scoped_one() -> None:
    entrance = f"{URL}/v3/OS-FEDERATION/identity_providers/idp/protocols/openid/auth"
    unscoped = {"token": {**V3_BODY["token"], "project": None, "catalog": []}}
    script = ScriptedKeystone(
        {
            "GET http://idp/.well-known": (200, {}, {"token_endpoint": "http://idp/token"}),
            "POST http://idp/token": (200, {}, {"access_token": "bearer"}),
            f"POST {entrance}": (201, {"x-subject-token": "U1"}, unscoped),
            TOKENS: GRANTED,
        }
    )
    given = {
        "auth_url": URL,
        "auth_type": "v3oidcpassword",
        "identity_provider": "idp",
        "protocol": "openid",
        "client_id": "me",
        "discovery_endpoint": "http://idp/.well-known",
        "username": "alice",
        "password": "p w",
    }
    access = method_for(settings(**given, **PROJECT)).authenticate(script.send)
    assert access.token == "T1"
    form, last = script.asked[1][1], script.asked[3][1]
    assert form == b"scope=openid+profile&grant_type=password&username=alice&password=p+w&client_id=me"
    assert last["auth"]["identity"] == {"methods": ["token"], "token": {"id": "U1"}}


@pytest.mark.parametrize(
    ("document", "endpoint", "accepted"),
    [
        ("https://idp/.well-known", "https://idp/token", True),
        ("https://idp/.well-known", "https://login.other/token", True),
        ("http://idp:8080/.well-known", "http://idp:8080/token", True),
        ("http://idp/.well-known", "https://idp/token", True),
        ("https://idp/.well-known", "http://idp/token", False),
        ("https://idp/.well-known", "HTTP://other/token", False),
        ("http://idp/.well-known", "http://other/token", False),
        ("https://idp/.well-known", "ftp://idp/token", False),
        ("https://idp/.well-known", "/token", False),
        ("https://idp/.well-known", "http://[idp/token", False),
    ],
)
def test_a_discovery_document_cannot_send_credentials_to_an_insecure_url(
    document: str, endpoint: str, accepted: bool
) -> None:
    entrance = f"{URL}/v3/OS-FEDERATION/identity_providers/idp/protocols/openid/auth"
    script = ScriptedKeystone(
        {
            f"GET {document}": (200, {}, {"token_endpoint": endpoint}),
            f"POST {endpoint}": (200, {}, {"access_token": "bearer"}),
            f"POST {entrance}": (201, {"x-subject-token": "U1"}, V3_BODY),
        }
    )
    given = {
        "auth_url": URL,
        "auth_type": "v3oidcclientcredentials",
        "identity_provider": "idp",
        "protocol": "openid",
        "client_id": "me",
        "client_secret": "s3cret-0815",
        "discovery_endpoint": document,
    }
    method = method_for(settings(**given))
    if accepted:
        assert method.authenticate(script.send).token == "U1"
        return
    with pytest.raises(ConfigError, match="no credentials are sent there"):
        method.authenticate(script.send)
    assert [line for line, _ in script.asked] == [f"GET {document}"]


OAUTH2 = {
    "auth_url": URL,
    "auth_type": "v3oauth2clientcredential",
    "oauth2_endpoint": "http://k/oauth2/token",
    "oauth2_client_id": "c1",
    "oauth2_client_secret": "s1",
}


def test_an_oauth2_client_gets_two_tokens() -> None:
    script = ScriptedKeystone({TOKENS: GRANTED, "POST http://k/oauth2/token": (200, {}, {"access_token": "A1"})})
    access = method_for(settings(**OAUTH2)).authenticate(script.send)
    assert (access.token, access.bearer) == ("T1", "A1")
    identity, form = (body for _, body in script.asked)
    proof = {"methods": ["application_credential"], "application_credential": {"id": "c1", "secret": "s1"}}
    assert identity == {"auth": {"identity": proof}}
    assert form == b"grant_type=client_credentials"
    refusing = ScriptedKeystone(
        {TOKENS: GRANTED, "POST http://k/oauth2/token": (401, {}, {"error_description": "No."})}
    )
    with pytest.raises(AuthError, match="refused client c1: No") as caught:
        method_for(settings(**OAUTH2)).authenticate(refusing.send)
    assert "--os-oauth2-client-secret" in caught.value.hint
    assert method_for(settings(**{**OAUTH2, "oauth2_client_secret": "s2"})).key != method_for(settings(**OAUTH2)).key


def test_an_oauth2_client_with_a_certificate() -> None:
    given = {**OAUTH2, "auth_type": "v3oauth2mtlsclientcredential", "oauth2_endpoint": "", "cert": "c.pem"}
    replies: dict[str, Reply] = {
        f"POST {URL}/v3/OS-OAUTH2/token": (200, {}, {"access_token": "A1"}),
        f"GET {URL}/v3/auth/tokens": (200, {}, V3_BODY),
    }
    script = ScriptedKeystone(replies)
    access = method_for(settings(**given)).authenticate(script.send)
    assert (access.token, access.bearer, access.project_id) == ("A1", "A1", "p1")
    assert script.asked[0][1] == b"grant_type=client_credentials&client_id=c1"
    with pytest.raises(ConfigError):
        method_for(settings(**{**given, "cert": ""}))
