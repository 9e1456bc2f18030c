"""Credentials: auth types, scopes, default domains and mixed credentials."""

from __future__ import annotations

from pathlib import Path

import pytest

from .user_environment import UserEnvironment

USER = {"OS_AUTH_URL": "http://x", "OS_USERNAME": "u", "OS_PASSWORD": "p"}


@pytest.fixture
def user_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserEnvironment:
    return UserEnvironment.prepared(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("variables", "auth_type"),
    [
        ({}, "password"),
        (USER, "password"),
        ({"OS_AUTH_URL": "x", "OS_TOKEN": "t"}, "token"),
        ({"OS_ENDPOINT": "x", "OS_TOKEN": "t"}, "admin_token"),
        ({**USER, "OS_TOKEN": "t"}, "password"),
        ({"OS_TOKEN": "t", "OS_AUTH_TYPE": "v3token"}, "v3token"),
        ({"OS_APPLICATION_CREDENTIAL_ID": "i", "OS_TOKEN": "t"}, "v3applicationcredential"),
        ({"OS_APPLICATION_CREDENTIAL_NAME": "n", "OS_USERNAME": "u"}, "v3applicationcredential"),
        ({"OS_USERNAME": "u", "OS_PASSCODE": "1"}, "v3totp"),
        ({**USER, "OS_AUTH_METHODS": "v3password,v3totp"}, "v3multifactor"),
        ({"OS_ACCESS_TOKEN": "a", "OS_IDENTITY_PROVIDER": "i", "OS_PROTOCOL": "o"}, "v3oidcaccesstoken"),
        ({"OS_AUTH_TYPE": "token_endpoint"}, "admin_token"),
        ({"OS_AUTH_TYPE": "None"}, "none"),
    ],
)
def test_auth_type_follows_from_the_credentials(
    user_env: UserEnvironment, variables: dict[str, str], auth_type: str
) -> None:
    settings = user_env.load({}, **variables)
    assert settings.text("auth_type") == auth_type
    if "OS_AUTH_TYPE" in variables:
        assert settings.source("auth_type") == "OS_AUTH_TYPE"
    else:
        assert settings.source("auth_type").startswith("default")


def test_a_token_on_the_command_line_overrides_other_credentials(user_env: UserEnvironment) -> None:
    settings = user_env.load({"os_token": "t"}, **USER)
    assert settings.text("auth_type") == "token"
    assert settings.source("auth_type") == "default (--os-token is given)"
    secret = user_env.load({"os_application_credential_secret": "s"}, **USER)
    assert secret.text("auth_type") == "v3applicationcredential"


def domains(user_env: UserEnvironment, **variables: str) -> dict[str, str]:
    """Return the settings of domains, without the default domain itself."""
    settings = user_env.load({}, **variables)
    return {key: settings.text(key) for key in settings if "domain" in key and "default" not in key}


PROJECT = {**USER, "OS_PROJECT_NAME": "pn"}


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        (PROJECT, {"user_domain_id": "default", "project_domain_id": "default"}),
        ({**PROJECT, "OS_DEFAULT_DOMAIN": "d"}, {"user_domain_id": "d", "project_domain_id": "d"}),
        ({**PROJECT, "OS_DEFAULT_DOMAIN_NAME": "N"}, {"user_domain_name": "N", "project_domain_name": "N"}),
        ({**PROJECT, "OS_DEFAULT_DOMAIN_ID": "I"}, {"user_domain_id": "I", "project_domain_id": "I"}),
        ({**PROJECT, "OS_USER_DOMAIN_NAME": "U"}, {"user_domain_name": "U", "project_domain_id": "default"}),
        ({**USER, "OS_PROJECT_ID": "i"}, {"user_domain_id": "default"}),
        ({"OS_USER_ID": "u", "OS_PROJECT_ID": "i"}, {}),
        ({"OS_USER_ID": "u", "OS_USERNAME": "n"}, {}),
        ({**USER, "OS_DOMAIN_NAME": "D"}, {"domain_name": "D", "user_domain_id": "default"}),
        ({**PROJECT, "OS_DOMAIN_NAME": "D"}, {"user_domain_name": "D", "project_domain_name": "D"}),
        (
            {**PROJECT, "OS_DOMAIN_ID": "D", "OS_USER_DOMAIN_NAME": "U"},
            {"user_domain_name": "U", "project_domain_id": "D"},
        ),
        ({**PROJECT, "OS_IDENTITY_API_VERSION": "2.0"}, {}),
        ({**PROJECT, "OS_AUTH_TYPE": "v2password"}, {}),
        ({**PROJECT, "OS_AUTH_TYPE": "http_basic"}, {}),
        ({**PROJECT, "OS_AUTH_TYPE": "v3oidcpassword"}, {"project_domain_id": "default"}),
        ({"OS_TOKEN": "t", "OS_PROJECT_NAME": "p"}, {"project_domain_id": "default"}),
    ],
)
def test_missing_domains_are_set_to_default(
    user_env: UserEnvironment, variables: dict[str, str], expected: dict[str, str]
) -> None:
    assert domains(user_env, **variables) == expected


def test_the_source_of_a_default_domain_is_default(user_env: UserEnvironment) -> None:
    assert user_env.load({}, **USER).source("user_domain_id") == "default"
    named = user_env.load({}, **USER, OS_DEFAULT_DOMAIN="d")
    assert named.source("user_domain_id") == "default (OS_DEFAULT_DOMAIN)"


LAB = """
clouds:
  lab:
    auth: {auth_url: http://lab, username: alice, password: wonder, project_id: "42", user_domain_id: default}
  all:
    auth: {auth_url: http://lab, username: alice, password: wonder, system_scope: all}
"""


def test_a_dashboard_s_clouds_yaml_has_a_project_without_a_domain(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", LAB)
    settings = user_env.load({"os_cloud": "lab"})
    assert "project_domain_id" not in settings
    assert settings.text("project_id") == "42"


def test_an_option_overrides_name_or_id_and_other_scopes(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", LAB)
    by_name = user_env.load({"os_cloud": "lab", "os_project_name": "p"})
    assert by_name.text("project_name") == "p"
    assert "project_id" not in by_name
    system = user_env.load({"os_cloud": "lab", "os_system_scope": "all"})
    assert "project_id" not in system
    project = user_env.load({"os_cloud": "all", "os_project_name": "p"})
    assert "system_scope" not in project
    both = user_env.load({"os_cloud": "all", "os_project_name": "p", "os_project_id": "i"})
    assert (both.text("project_name"), both.text("project_id")) == ("p", "i")
    domain = user_env.load({"os_cloud": "lab", "os_domain_name": "d"})
    assert (domain.text("project_id"), domain.text("project_domain_name")) == ("42", "d")
    variable = user_env.load({"os_cloud": "lab"}, OS_PROJECT_NAME="p")
    assert variable.text("project_id") == "42"


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({}, ""),
        ({"OS_USERNAME": "alice"}, ""),
        ({"OS_REGION_NAME": "North", "OS_COMPUTE_API_VERSION": "2.1"}, ""),
        ({"OS_USERNAME": "bob"}, "OS_USERNAME"),
        ({"OS_PASSWORD": "other"}, "OS_PASSWORD"),
        ({"OS_USERNAME": "bob", "OS_PASSWORD": "b"}, "OS_USERNAME and OS_PASSWORD"),
        ({"OS_PROJECT_NAME": "p"}, "OS_PROJECT_NAME"),
        ({"OS_TENANT_NAME": "p"}, "OS_TENANT_NAME"),
        ({"OS_USER_DOMAIN_NAME": "Default"}, "OS_USER_DOMAIN_NAME"),
        ({"OS_PROJECT_DOMAIN_NAME": "Default"}, ""),
        ({"OS_SYSTEM_SCOPE": "all"}, "OS_SYSTEM_SCOPE"),
        ({"OS_TOKEN": "t"}, ""),
        ({"OS_AUTH_TYPE": "password"}, ""),
    ],
)
def test_mixed_credentials_give_one_warning(user_env: UserEnvironment, variables: dict[str, str], told: str) -> None:
    path = user_env.write("here/clouds.yaml", LAB)
    settings = user_env.load({"os_cloud": "lab"}, **variables)
    line = f"Mixed credentials: {told} from the environment, the rest from cloud lab in clouds.yaml ({path})."
    assert settings.warnings == ((line,) if told else ())


def test_options_and_passwords_in_variables_give_no_warning(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {lab: {auth: {auth_url: http://lab, username: alice}}}")
    assert user_env.load({"os_cloud": "lab"}, OS_PASSWORD="p").warnings == ()
    assert user_env.load({"os_cloud": "lab", "os_username": "bob"}, OS_USERNAME="carol").warnings == ()
    assert user_env.load({}, OS_PASSWORD="p").text("username") == "alice"
