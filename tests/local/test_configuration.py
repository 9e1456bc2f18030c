"""`configuration show`: the output of the reference client, and the source of each setting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ostk import __version__

from ..conftest import Run

CLOUDS = """
clouds:
  lab:
    region_name: North
    auth: {auth_url: "http://lab:5000", username: ann, password: wonder, project_name: demo,
           user_domain_id: default, project_domain_id: default}
    proxy_token: hidden
    webhook: "http://ann:hidden@host/x"
"""
ALWAYS: dict[str, Any] = {
    "additional_user_agent": [["ostk", __version__]],
    "api_timeout": None,
    "auth_type": "password",
    "baremetal_introspection_status_code_retries": "5",
    "baremetal_status_code_retries": "5",
    "beta_command": False,
    "cacert": None,
    "cert": None,
    "default_domain": "default",
    "deferred_help": False,
    "disable_vendor_agent": {},
    "floating_ip_source": "neutron",
    "image_api_use_tasks": False,
    "image_format": "qcow2",
    "image_status_code_retries": "5",
    "interface": "public",
    "key": None,
    "message": "",
    "network_api_version": "2",
    "networks": [],
    "object_store_api_version": "1",
    "placement_api_version": "1",
    "region_name": "",
    "secgroup_source": "neutron",
    "share_api_version": "2.98",
    "status": "active",
    "timing": False,
    "verbose_level": 1,
    "verify": True,
}
LAB = {
    **ALWAYS,
    "auth.auth_url": "http://lab:5000",
    "auth.password": "<redacted>",
    "auth.project_domain_id": "default",
    "auth.project_name": "demo",
    "auth.user_domain_id": "default",
    "auth.username": "ann",
    "cloud": "lab",
    "proxy_token": "<redacted>",
    "region_name": "North",
    "webhook": "http://<redacted>@host/x",
}


@pytest.fixture(autouse=True)
def clouds() -> None:
    Path("clouds.yaml").write_text(CLOUDS)


def test_all_settings_of_a_cloud(ostk: Run) -> None:
    shown = json.loads(ostk("--os-cloud lab configuration show -f json").stdout)
    assert shown == LAB
    assert list(shown) == sorted(shown)


def test_show_without_configuration(ostk: Run) -> None:
    Path("clouds.yaml").unlink()
    assert json.loads(ostk("configuration show -f json").stdout) == ALWAYS


def test_secrets_only_with_unmask(ostk: Run) -> None:
    for line in ("configuration show", "configuration show --mask --source", "configuration show -f shell"):
        assert "wonder" not in ostk(line).output
        assert "hidden" not in ostk(line).output
    assert ostk("configuration show --unmask -f value -c auth.password").stdout == "wonder\n"
    assert ostk("configuration show --unmask -f value -c proxy_token").stdout == "hidden\n"


def test_variables_are_printed_under_the_names_of_the_reference_client(
    ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("clouds.yaml").unlink()
    for name in ("AUTH_URL", "USERNAME", "PASSWORD", "PROJECT_NAME", "USER_DOMAIN_NAME", "FOO_BAR"):
        monkeypatch.setenv(f"OS_{name}", "http://x")
    shown = json.loads(ostk("--os-region-name Two configuration show -f json").stdout)
    expected = {
        "auth.project_domain_id": "default",
        "auth.project_name": "http://x",
        "auth.user_domain_name": "http://x",
        "auth_url": "http://x",
        "foo_bar": "http://x",
        "password": "<redacted>",
        "region_name": "Two",
        "username": "http://x",
    }
    assert {key: value for key, value in shown.items() if ALWAYS.get(key) != value} == expected


@pytest.mark.parametrize("column", ["username", "auth.username", "AUTH.USERNAME"])
def test_columns_take_names_with_and_without_auth(column: str, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ostk(f"configuration show -f value -c {column}").stdout == "ann\n"
    monkeypatch.setenv("OS_USERNAME", "bob")
    assert ostk(f"--os-cloud lab configuration show -f value -c {column}").stdout == "bob\n"


def test_source_of_each_setting(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Path("clouds.yaml").resolve()
    monkeypatch.setenv("OS_USERNAME", "bob")
    Path("rc").write_text("\nexport OS_INTERFACE=internal\n")
    line = "--os-cloud lab --openrc rc --os-region-name Two configuration show --source -f json --timing"
    result = ostk(line)
    told = {row["Field"]: (row["Value"], row["Source"]) for row in json.loads(result.stdout)}
    place = f"clouds.yaml ({here}), cloud lab"
    assert told["auth.project_name"] == ("demo", place)
    assert told["auth.password"] == ("<redacted>", place)
    assert told["username"] == ("bob", "OS_USERNAME")
    assert told["interface"] == ("internal", "rc line 2")
    assert told["region_name"] == ("Two", "--os-region-name")
    assert told["timing"] == (True, "--timing")
    assert told["verify"] == (True, "default")
    assert told["cloud"] == ("lab", "--os-cloud")
    mixed = f"OS_USERNAME from the environment, the rest from cloud lab in clouds.yaml ({here})"
    assert result.stderr.startswith(f"Mixed credentials: {mixed}.\n")


def test_the_whole_table(ostk: Run) -> None:
    here = Path("clouds.yaml").resolve()
    place = f"clouds.yaml ({here}), cloud lab"
    rule = f"+{'-' * 15}+{'-' * 12}+{'-' * (len(place) + 2)}+"
    assert ostk("configuration show --source -c cloud -c auth.username -c auth.password").stdout == (
        f"{rule}\n| Field         | Value      | {'Source':{len(place)}} |\n{rule}\n"
        f"| auth.password | <redacted> | {place} |\n"
        f"| auth.username | ann        | {place} |\n"
        f"| cloud         | lab        | {'default (the only cloud)':{len(place)}} |\n{rule}\n"
    )
    assert ostk("configuration show -c auth.username -c verify").stdout == (
        "+---------------+-------+\n| Field         | Value |\n+---------------+-------+\n"
        "| auth.username | ann   |\n| verify        | True  |\n+---------------+-------+\n"
    )


@pytest.mark.parametrize(("flags", "level"), [("-v", 2), ("-vv", 3), ("-q", 0), ("--debug", 3), ("", 1)])
def test_verbosity_level(flags: str, level: int, ostk: Run) -> None:
    shown = ostk(f"configuration show -f value -c verbose_level {flags}")
    assert shown.stdout == f"{level}\n"


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("configuration show --mask --unmask", 2, "--mask and --unmask exclude each other"),
        ("configuration show --source -f shell", 2, "--source requires one of the formats table, json, value and yaml"),
        ("configuration show -f csv", 2, "csv"),
        ("configuration show -c nope", 1, "No recognized column names in ['nope']"),
        ("--os-cloud nope configuration show", 1, "Cloud nope (--os-cloud) was not found in"),
    ],
)
def test_invalid_options_are_rejected(line: str, code: int, words: str, ostk: Run) -> None:
    result = ostk(line)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr


def test_nested_secrets_and_other_secret_names_are_masked(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    clouds = {
        "clouds": {
            "lab": {
                "auth": {"auth_url": "http://me:s3cret@lab", "api_key": "s3cret", "authorization_code": "s3cret"},
                "api_key": "s3cret",
                "hook": {"list": [{"adminPass": "s3cret"}], "url": "http://h/?access_token=s3cret&x=1"},
                "access_token_endpoint": "http://idp/token",
            }
        }
    }
    Path("clouds.yaml").write_text(json.dumps(clouds))
    told = ostk("configuration show --os-cloud lab -f json").stdout
    assert "s3cret" not in told
    assert "http://idp/token" in told
    assert "s3cret" in ostk("configuration show --os-cloud lab -f json --unmask").stdout
