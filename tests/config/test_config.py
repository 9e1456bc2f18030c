"""Settings of a cloud: sources and precedence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ostk.config.config import configured_clouds
from ostk.config.global_options import AUTH_SETTINGS, GLOBAL_OPTIONS, SECRETS
from ostk.errors import ConfigError

from .user_environment import UserEnvironment

LAB = """
clouds:
  lab:
    auth:
      auth_url: http://lab:5000/v3
      username: alice
      password: wonder
      project_name: rabbit
      user_domain_id: default
      project_domain_id: default
    region_name: North
"""


@pytest.fixture
def user_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserEnvironment:
    return UserEnvironment.prepared(tmp_path, monkeypatch)


# ---- precedence ----

STRONGEST_FIRST = ("flag", "variable", "region", "secure", "clouds", "profile")


@pytest.mark.parametrize("strongest", STRONGEST_FIRST)
def test_the_source_of_highest_precedence_wins(user_env: UserEnvironment, strongest: str) -> None:
    present = STRONGEST_FIRST[STRONGEST_FIRST.index(strongest) :]

    def told(source: str) -> dict[str, str]:
        return {"compute_api_version": source} if source in present else {}

    region = {"name": "North", "values": told("region")}
    clouds = {"lab": {"profile": "acme", "regions": [region], **told("clouds")}}
    user_env.write("here/clouds.yaml", json.dumps({"clouds": clouds}))
    user_env.write("here/secure.yaml", json.dumps({"clouds": {"lab": told("secure")}}))
    user_env.write("here/clouds-public.yaml", json.dumps({"public-clouds": {"acme": told("profile")}}))
    flags = {"os_cloud": "lab", "os_compute_api_version": "flag" if "flag" in present else None}
    variables = {"OS_COMPUTE_API_VERSION": "variable"} if "variable" in present else {}
    settings = user_env.load(flags, **variables)
    assert settings.text("compute_api_version") == strongest
    sources = {
        "flag": "--os-compute-api-version",
        "variable": "OS_COMPUTE_API_VERSION",
        "region": f"clouds.yaml ({user_env.root}/here/clouds.yaml), cloud lab, region North",
        "secure": f"secure.yaml ({user_env.root}/here/secure.yaml)",
        "clouds": f"clouds.yaml ({user_env.root}/here/clouds.yaml), cloud lab",
        "profile": "profile acme",
    }
    assert settings.source("compute_api_version") == sources[strongest]


def test_defaults_have_the_lowest_precedence(user_env: UserEnvironment) -> None:
    settings = user_env.load()
    assert (settings.text("interface"), settings.source("interface")) == ("public", "default")
    assert settings.boolean("verify", default=False) is True
    assert settings.number("api_timeout") is None
    user_env.write("here/clouds.yaml", "clouds: {lab: {interface: internal}}")
    assert user_env.load().text("interface") == "internal"


def test_settings_beside_auth_override_those_in_auth(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {lab: {auth: {username: inner}, username: outer}}")
    assert user_env.load().text("username") == "outer"


def test_empty_variables_are_unset_and_empty_texts_in_a_file_remove_a_value(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", LAB)
    assert user_env.load({"os_cloud": "lab"}, OS_USERNAME="").text("username") == "alice"
    user_env.write("here/secure.yaml", "clouds: {lab: {auth: {project_name: ''}}}")
    settings = user_env.load({"os_cloud": "lab"})
    assert "project_name" not in settings
    assert settings.get("project_name", "none") == "none"


def test_a_variable_without_an_option_counts_only_where_no_cloud_is_named(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", LAB)
    variables = {"OS_COMPUTE_ENDPOINT_OVERRIDE": "http://elsewhere", "OS_ENDPOINT_TYPE": "internalURL"}
    named = user_env.load({}, OS_CLOUD="lab", **variables)
    assert "compute_endpoint_override" not in named
    assert named.text("interface") == "public"
    unnamed = user_env.load({}, OS_AUTH_URL="http://env", **variables)
    assert unnamed.cloud == "envvars"
    assert unnamed.text("compute_endpoint_override") == "http://elsewhere"
    assert unnamed.text("interface") == "internal"


def test_keys_may_have_dashes_and_numbers_stay_as_written(user_env: UserEnvironment) -> None:
    user_env.write(
        "here/clouds.yaml",
        "clouds: {lab: {auth: {auth-url: http://a, password: 0123, project-id: 1_0}, "
        "compute-api-version: 2.10, region-name: NO, api_timeout: 5}}",
    )
    settings = user_env.load()
    texts = [settings.text(key) for key in ("auth_url", "password", "project_id", "compute_api_version")]
    assert texts == ["http://a", "0123", "1_0", "2.10"]
    assert settings.text("region_name") == "NO"
    assert settings.number("api_timeout") == 5.0


# ---- older names ----


def test_tenants_are_projects(user_env: UserEnvironment) -> None:
    assert user_env.load({}, OS_TENANT_NAME="old").text("project_name") == "old"
    assert user_env.load({}, OS_TENANT_NAME="old", OS_PROJECT_NAME="new").text("project_name") == "new"
    flags = {"os_tenant_name": "flag"}
    assert user_env.load(flags, OS_PROJECT_NAME="new").text("project_name") == "flag"
    user_env.write("here/clouds.yaml", "clouds: {lab: {auth: {tenant_id: t, tenant_name: n}}}")
    settings = user_env.load()
    assert (settings.text("project_id"), settings.text("project_name")) == ("t", "n")
    assert "tenant_id" not in settings


def test_endpoint_types_are_interfaces(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {lab: {endpoint_type: adminURL, compute_endpoint_type: internalURL}}")
    settings = user_env.load()
    assert (settings.text("interface"), settings.text("compute_interface")) == ("admin", "internal")


def test_an_auth_plugin_is_an_auth_type_unless_one_is_set(user_env: UserEnvironment) -> None:
    assert user_env.load({}, OS_AUTH_PLUGIN="v3token").text("auth_type") == "v3token"
    both = user_env.load({}, OS_AUTH_PLUGIN="v3token", OS_AUTH_TYPE="v3password")
    assert both.text("auth_type") == "v3password"


# ---- which cloud ----


def test_the_only_cloud_of_the_file_is_the_default(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", LAB)
    assert user_env.load().cloud == "lab"
    assert user_env.load({}, OS_REGION_NAME="South").cloud == "lab"
    assert user_env.load({}, OS_COMPUTE_API_VERSION="2.1").cloud == "lab"
    assert user_env.load({}, OS_USERNAME="bob").cloud == "envvars"
    assert user_env.load({}, OS_USERNAME="bob", OS_CLOUD_NAME="mine").cloud == "mine"
    assert user_env.load({}, OS_CLOUD="", OS_TENANT_ID="").cloud == "lab"


def test_a_flag_names_the_cloud_before_a_variable_does(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {one: {region_name: A}, two: {region_name: B}}")
    assert user_env.load({"os_cloud": "two"}, OS_CLOUD="one").text("region_name") == "B"
    assert user_env.load({}, OS_CLOUD="one").text("region_name") == "A"


def test_no_selected_cloud_is_an_error_only_for_required_settings(user_env: UserEnvironment) -> None:
    path = user_env.write("here/clouds.yaml", "clouds: {one: {}, two: {}}")
    settings = user_env.load()
    assert settings.cloud == ""
    with pytest.raises(ConfigError) as caught:
        settings.require("auth_url")
    assert caught.value.message == f"No cloud is selected. {path} has one and two."
    assert caught.value.hint == "Select one with --os-cloud or OS_CLOUD."
    flags = {"os_auth_url": "http://x", "os_token": "t"}
    assert user_env.load(flags).require("auth_url") == "http://x"


def test_nothing_configured_names_what_was_looked_for(user_env: UserEnvironment) -> None:
    with pytest.raises(ConfigError) as caught:
        user_env.load().require("auth_url")
    assert "no OS_* variables are set" in caught.value.message
    assert f"{user_env.root}/home/.config/openstack" in caught.value.hint
    assert "openrc" in caught.value.hint
    with pytest.raises(ConfigError) as caught:
        user_env.load({}, OS_USERNAME="u").require("auth_url")
    assert "--os-auth-url or OS_AUTH_URL" in caught.value.hint


def test_a_setting_that_the_chosen_cloud_lacks(user_env: UserEnvironment) -> None:
    path = user_env.write("here/clouds.yaml", "clouds: {lab: {region_name: A}}")
    with pytest.raises(ConfigError) as caught:
        user_env.load().require("username", "user_id")
    assert caught.value.message == "Cloud lab has no username or user_id."
    assert f"to cloud lab in {path}" in caught.value.hint


def test_an_unknown_cloud_suggests_similar_names(user_env: UserEnvironment) -> None:
    path = user_env.write("here/clouds.yaml", LAB)
    assert user_env.refusal({"os_cloud": "labb"}) == (
        f"Cloud labb (--os-cloud) was not found in {path}.\nDid you mean lab?"
    )
    assert user_env.refusal({}, OS_CLOUD="zzz").endswith("Known clouds: lab.")


def test_a_cloud_called_envvars_beside_variables_is_refused(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {envvars: {region_name: A}, lab: {}}")
    assert "cloud named envvars" in user_env.refusal({}, OS_AUTH_URL="http://x")
    assert user_env.load({"os_cloud": "envvars"}).text("region_name") == "A"
    assert user_env.load({"os_cloud": "lab"}, OS_AUTH_URL="http://x").cloud == "lab"


def test_configured_clouds(user_env: UserEnvironment) -> None:
    clouds = user_env.write("here/clouds.yaml", "clouds: {one: {}, two: {}}")
    secure = user_env.write("home/.config/openstack/secure.yaml", "clouds: {one: {}, three: {}}")
    found = configured_clouds({**user_env.environ, "OS_CLOUD": "two"})
    assert found == [("one", clouds, False), ("two", clouds, True), ("three", secure, False)]


# ---- regions ----

REGIONS = """
clouds:
  lab:
    auth: {auth_url: "https://{region_name}.example.org"}
    regions:
      - North
      - {name: South, values: {compute_api_version: "2.1", auth: {username: sally}}}
"""


def test_regions(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", REGIONS)
    assert user_env.load().text("auth_url") == "https://North.example.org"
    south = user_env.load({"os_region_name": "South"}, OS_REGION_NAME="North")
    assert south.text("auth_url") == "https://South.example.org"
    assert (south.text("username"), south.text("compute_api_version")) == ("sally", "2.1")
    assert user_env.load({}, OS_REGION_NAME="South").text("username") == "sally"
    assert user_env.refusal({"os_region_name": "East"}) == (
        "Cloud lab has no region East (--os-region-name).\nIts regions are North and South; case matters."
    )


def test_one_region_name_is_no_limit_and_several_are(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", LAB)
    assert user_env.load({"os_region_name": "South"}).text("region_name") == "South"
    user_env.write("here/clouds.yaml", "clouds: {lab: {region_name: 'A, B'}}")
    assert user_env.load().text("region_name") == "A"
    assert user_env.load({"os_region_name": "B"}).text("region_name") == "B"
    assert "A and B" in user_env.refusal({"os_region_name": "C"})
    flags = {"os_region_name": "Two"}
    assert user_env.load(flags, OS_REGION_NAME="One", OS_AUTH_URL="http://x").text("region_name") == "Two"


def test_region_name_beside_regions_is_ignored_with_a_warning(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {lab: {regions: [A, B], region_name: B}}")
    settings = user_env.load()
    assert settings.text("region_name") == "A"
    assert "region_name B does not count" in settings.warnings[0]


# ---- templates ----


def test_braces_are_replaced_except_in_credentials(user_env: UserEnvironment) -> None:
    user_env.write(
        "here/clouds.yaml",
        "clouds: {lab: {region_name: R, password: '{region_name}{', note: '{x} {', token: '{region_name}', "
        "volume_endpoint_override: 'http://{region_name}/{password}/%(tenant_id)s', auth_url: 'http://{0}'}}",
    )
    settings = user_env.load()
    assert settings.text("password") == "{region_name}{"
    assert settings.text("token") == "{region_name}"
    assert settings.text("note") == "{x} {"
    assert settings.text("volume_endpoint_override") == "http://R/{password}/%(tenant_id)s"
    assert settings.text("auth_url") == "http://{0}"


# ---- certificates ----


@pytest.mark.parametrize(
    ("flags", "variables", "verify"),
    [
        ({}, {}, True),
        ({"insecure": True}, {}, False),
        ({"insecure": False, "verify": False}, {}, True),
        ({}, {"OS_INSECURE": "1"}, False),
        ({}, {"OS_INSECURE": "no"}, True),
        ({}, {"OS_VERIFY": "false"}, False),
        ({}, {"OS_INSECURE": "true", "OS_VERIFY": "true"}, False),
        ({"verify": True}, {"OS_INSECURE": "true"}, True),
        ({"verify": True}, {"OS_VERIFY": "off"}, True),
        ({"insecure": True}, {"OS_VERIFY": "true"}, False),
    ],
)
def test_insecure_overrides_verify(
    user_env: UserEnvironment, flags: dict[str, bool], variables: dict[str, str], verify: bool
) -> None:
    settings = user_env.load(flags, OS_AUTH_URL="https://x", **variables)
    assert settings.boolean("verify") is verify
    assert settings.boolean("insecure") is (not verify and settings.source("verify") != "OS_VERIFY")


def test_invalid_booleans_do_not_disable_certificate_verification(user_env: UserEnvironment) -> None:
    for odd in ("null", "''", "[]", "{}", "~"):
        user_env.write("here/clouds.yaml", f"clouds: {{lab: {{verify: {odd}}}}}")
        assert user_env.load().boolean("verify") is True
    user_env.write("here/clouds.yaml", "clouds: {lab: {verify: perhaps}}")
    with pytest.raises(ConfigError, match=r"verify \(clouds.yaml .*cloud lab\) should be true or false"):
        user_env.load().boolean("verify")


def test_a_path_as_verify_is_a_ca_file(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {lab: {verify: /ca.pem, cert: ~/c.pem, key: '~'}}")
    settings = user_env.load()
    assert settings.boolean("verify") is True
    assert settings.text("cacert") == "/ca.pem"
    assert (settings.text("cert"), settings.text("key")) == (f"{user_env.root}/home/c.pem", f"{user_env.root}/home")


# ---- profiles ----


def test_a_built_in_profile_with_its_own_regions(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {lab: {profile: citycloud, auth: {username: u}}}")
    assert user_env.load().text("auth_url") == "https://Buf1.citycloud.com:5000/v3/"
    moved = user_env.load({"os_region_name": "New1"})
    assert moved.text("auth_url") == "https://New1.citycloud.com:5000/v3/"
    user_env.write("here/clouds.yaml", "clouds: {lab: {cloud: citycloud, region_name: Kna1}}")
    assert user_env.load().text("auth_url") == "https://Kna1.citycloud.com:5000/v3/"
    assert user_env.load({"os_cloud": "envvars"}, OS_PROFILE="elastx").text("region_name") == "se-sto"


def test_profiles_of_clouds_that_were_shut_down(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {a: {profile: ibmcloud}, b: {profile: fuga}, c: {profile: nope}}")
    assert "The cloud of profile ibmcloud was shut down" in user_env.refusal({"os_cloud": "a"})
    assert user_env.load({"os_cloud": "b"}).warnings == ("Profile fuga is deprecated: its API no longer answers.",)
    assert user_env.load({"os_cloud": "c"}).warnings == ("The profile nope of cloud c is unknown.",)


@pytest.mark.parametrize("name", ["ovh", "https://ovhcloud.com/some/page"])
def test_a_profile_at_a_url(user_env: UserEnvironment, name: str) -> None:
    asked = []

    def fetch(url: str) -> Any:
        asked.append(url)
        return {"name": "ovh", "profile": {"auth": {"auth-url": "https://auth"}, "regions": ["GRA", 7]}}

    user_env.write("here/clouds.yaml", json.dumps({"clouds": {"lab": {"profile": name}}}))
    settings = user_env.load(None, fetch)
    assert asked == ["https://ovhcloud.com/.well-known/openstack/api"]
    assert (settings.text("auth_url"), settings.text("region_name")) == ("https://auth", "GRA")


@pytest.mark.parametrize("answer", [None, [], {}, {"profile": 3}, {"profile": {"auth": 3}}, "x"])
def test_a_url_that_gives_no_profile(user_env: UserEnvironment, answer: Any) -> None:
    user_env.write("here/clouds.yaml", "clouds: {lab: {profile: 'https://acme.org'}}")
    assert "acme.org" in user_env.refusal(None, lambda _: answer)
    recursive: list[Any] = []
    recursive.append(recursive)
    assert "acme.org" in user_env.refusal(None, lambda _: {"profile": {"a": recursive}})


def test_a_url_that_cannot_be_fetched(user_env: UserEnvironment) -> None:
    def fetch(url: str) -> Any:
        raise ConfigError("It is raining.", "Wait.")

    user_env.write("here/clouds.yaml", "clouds: {lab: {profile: 'https://user:pw@acme.org'}}")
    refusal = user_env.refusal(None, fetch)
    assert "It is raining." in refusal
    assert "pw" not in refusal
    user_env.write("here/clouds.yaml", "clouds: {lab: {profile: 'file:///etc/passwd'}}")
    assert "not the URL of a provider" in user_env.refusal(None, fetch)


# ---- one setting ----


def test_services_go_by_several_names(user_env: UserEnvironment) -> None:
    names = ["block_storage", "volumev3", "volume"]
    user_env.write("here/clouds.yaml", "clouds: {lab: {volume_api_version: 3, block_storage_api_version: 2}}")
    assert user_env.load().for_service(names, "api_version") == "2"
    assert user_env.load({"os_volume_api_version": "3.50"}).for_service(names, "api_version") == "3.50"
    assert user_env.load().for_service(["compute"], "api_version") == ""
    user_env.write("here/clouds.yaml", "clouds: {lab: {compute_endpoint: http://a, image_endpoint_override: http://b}}")
    assert user_env.load().for_service(["compute"], "endpoint_override") == "http://a"
    assert user_env.load().for_service(["image"], "endpoint_override") == "http://b"
    flags = {"os_endpoint_override": "http://m"}
    assert user_env.load(flags).for_service(["shared-file-system"], "endpoint_override") == "http://m"


def test_texts_booleans_and_numbers(user_env: UserEnvironment) -> None:
    user_env.write(
        "here/clouds.yaml",
        "clouds: {lab: {auth_methods: [v3password, v3totp], a: {b: c}, n: nan, t: 'ON', f: n, api_timeout: 2.5}}",
    )
    settings = user_env.load()
    assert settings.text("auth_methods") == "v3password,v3totp"
    assert settings.text("nothing") == ""
    assert (settings.boolean("t"), settings.boolean("f"), settings.boolean("nothing", True)) == (True, False, True)
    assert settings.number("api_timeout") == 2.5
    for read, key in ((settings.text, "a"), (settings.boolean, "n"), (settings.number, "n"), (settings.number, "t")):
        with pytest.raises(ConfigError, match=rf"^{key} \(clouds.yaml"):
            read(key)
    assert "lab" in repr(settings)


def test_invalid_text_is_rejected(user_env: UserEnvironment) -> None:
    assert "OS_USERNAME" in user_env.refusal({}, OS_USERNAME="a\udcff", OS_AUTH_URL="http://x")
    user_env.write("here/clouds.json", '{"clouds": {"lab": {"password": "top\\u0000secret"}}}')
    refusal = user_env.refusal()
    assert "password" in refusal
    assert "secret" not in refusal


def test_repr_of_settings_shows_no_secret(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", LAB)
    assert "wonder" not in repr(user_env.load())


# ---- the table of options ----


def test_the_table_of_options() -> None:
    keys = [option.key for option in GLOBAL_OPTIONS]
    assert len(keys) == len(set(keys))
    for option in GLOBAL_OPTIONS:
        assert option.help.endswith("."), option.flag
        assert len(option.help) <= 100, option.flag
        assert option.kind in ("text", "flag", "count"), option.flag
        if option.kind == "text" and not option.hidden and option.setting not in ("", "log_file"):
            assert option.variables[0].startswith("OS_"), option.flag
    assert SECRETS <= AUTH_SETTINGS
    assert {"auth_url", "project_name"} <= AUTH_SETTINGS
    assert "region_name" not in AUTH_SETTINGS


def test_reading_the_configuration_imports_nothing_heavy(user_env: UserEnvironment) -> None:
    heavy = {"httpx", "rich", "ssl", "platformdirs", "asyncio", "difflib"}
    script = (
        "import sys; from ostk.config.config import load; load({}); "
        f"print(sorted({heavy!r} & set(sys.modules)), 'yaml' in sys.modules)"
    )
    environ = {**os.environ, **user_env.environ, "OS_AUTH_URL": "http://x", "PYTHONPATH": os.pathsep.join(sys.path)}
    user_env.write("here/clouds.yaml", LAB)
    run = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[] False"
    del environ["OS_AUTH_URL"]
    run = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[] True"


def test_program_options_are_not_read_from_variables_or_files(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {lab: {debug: true, no-cache: true}}")
    assert "debug" not in user_env.load({"debug": False})
    assert user_env.load({"debug": True}).boolean("debug") is True
    assert "no_cache" not in user_env.load()
    assert "debug" not in user_env.load({}, OS_DEBUG="1", OS_AUTH_URL="http://x")


@pytest.mark.parametrize("url", ["http://auth", "http://ovhcloud.com/v3", "ftp://auth", "auth"])
def test_a_published_profile_sends_no_credentials_without_tls(user_env: UserEnvironment, url: str) -> None:
    user_env.write("here/clouds.yaml", json.dumps({"clouds": {"lab": {"profile": "https://ovhcloud.com"}}}))
    for settings in ({"auth": {"auth-url": url}}, {"compute_endpoint_override": url}):
        text = user_env.refusal(None, lambda asked, settings=settings: {"profile": settings})
        assert f"gives the {'auth_url' if 'auth' in settings else 'compute_endpoint_override'} {url}, but" in text
        assert "no credentials are sent there" in text
