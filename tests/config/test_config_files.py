"""clouds.yaml: search path, and malformed files."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from ostk.config import config_files
from ostk.config.config import configured_clouds, load
from ostk.config.settings import Settings
from ostk.errors import ConfigError

from .user_environment import UserEnvironment


@pytest.fixture
def user_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserEnvironment:
    return UserEnvironment.prepared(tmp_path, monkeypatch)


PLACES_IN_ORDER = [
    "named.yaml",
    "here/clouds.yaml",
    "here/clouds.yml",
    "here/clouds.json",
    "xdg-home/openstack/clouds.yaml",
    "snap/.config/openstack/clouds.yaml",
    "xdg/openstack/clouds.yaml",
    "system/clouds.yaml",
]


@pytest.mark.parametrize("first", range(len(PLACES_IN_ORDER)))
def test_only_the_first_file_of_a_kind_is_used(user_env: UserEnvironment, first: int) -> None:
    for place in PLACES_IN_ORDER[first:]:
        user_env.write(place, f'{{"clouds": {{"lab": {{"note": "{place}"}}, "{place}": {{}}}}}}')
    variables = {
        "OS_CLIENT_CONFIG_FILE": str(user_env.root / "named.yaml"),
        "XDG_CONFIG_HOME": str(user_env.root / "xdg-home"),
        "SNAP_REAL_HOME": str(user_env.root / "snap"),
    }
    assert user_env.load({"os_cloud": "lab"}, **variables).text("note") == PLACES_IN_ORDER[first]
    names = [cloud.name for cloud in configured_clouds({**user_env.environ, **variables})]
    assert names == ["lab", PLACES_IN_ORDER[first]]


def test_secure_and_public_files_are_searched_for_separately(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "clouds: {lab: {auth: {username: u}, profile: acme}}")
    user_env.write("system/secure.yml", "clouds: {lab: {auth: {password: p}}, extra: {note: n}}")
    user_env.write("xdg/openstack/clouds-public.yaml", "public-clouds: {acme: {auth: {auth_url: http://a}}}")
    lab = user_env.load({"os_cloud": "lab"})
    assert [lab.text(key) for key in ("username", "password", "auth_url")] == ["u", "p", "http://a"]
    assert user_env.load({"os_cloud": "extra"}).text("note") == "n"
    named = user_env.write("s.yaml", "clouds: {lab: {auth: {password: q}}}")
    assert user_env.load({"os_cloud": "lab"}, OS_CLIENT_SECURE_FILE=named).text("password") == "q"


def test_an_invalid_file_is_skipped_with_a_warning(user_env: UserEnvironment) -> None:
    path = user_env.write("here/clouds.yaml", "clouds:\n  lab:\n    auth: {password: hunter2\n  bad: ]\n")
    other = user_env.write("here/clouds.yml", "clouds: {other: {}}")
    settings = user_env.load({"os_cloud": "other"})
    assert settings.warnings == (f"Skipping {path} is not valid YAML (line 4).",)
    refusal = user_env.refusal({"os_cloud": "lab"})
    assert f"not found in {other}. {path} is not valid YAML (line 4)." in refusal
    os.unlink(other)
    assert f"{path} is not valid YAML (line 4)." in user_env.refusal({"os_cloud": "lab"})
    with pytest.raises(ConfigError, match=r"is not valid YAML \(line 4\)") as caught:
        user_env.load().require("auth_url")
    assert "hunter2" not in caught.value.message


def test_broken_json_names_its_line(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.json", '{"clouds":\n {"lab": x}}')
    assert "clouds.json is not valid JSON (line 2)." in user_env.refusal({"os_cloud": "lab"})


def test_an_unreadable_file_is_skipped(user_env: UserEnvironment, monkeypatch: pytest.MonkeyPatch) -> None:
    path = user_env.write("here/clouds.yaml", "clouds: {lab: {}}")

    def assert_rejected(name: str, mode: str) -> Any:
        raise PermissionError if name == path else FileNotFoundError

    monkeypatch.setattr(config_files, "open", assert_rejected, raising=False)
    assert f"{path} may not be read." in user_env.refusal({"os_cloud": "lab"})


def test_an_absent_file_is_skipped_and_listed_in_the_error(user_env: UserEnvironment) -> None:
    assert "/nowhere/c.yaml" in user_env.refusal({"os_cloud": "lab"}, OS_CLIENT_CONFIG_FILE="/nowhere/c.yaml")
    user_env.write("here/clouds.yaml", "clouds: {lab: {}}")
    assert user_env.load({}, OS_CLIENT_CONFIG_FILE="/nowhere/c.yaml").cloud == "lab"
    assert user_env.load({}, OS_CLIENT_CONFIG_FILE=str(user_env.root)).cloud == "lab"


def test_a_deleted_working_directory_is_no_error(user_env: UserEnvironment) -> None:
    user_env.write("home/.config/openstack/clouds.yaml", "clouds: {lab: {}}")
    os.rmdir(user_env.root / "here")
    assert user_env.load().cloud == "lab"


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "just text",
        "clouds: []",
        "clouds: 3",
        "clouds: {lab: []}",
        "clouds: {lab: text}",
        "clouds: {lab: {auth: 3}}",
        "clouds: {lab: {auth: [username]}}",
        "clouds: {lab: {regions: {}}}",
        "clouds: {lab: {regions: North}}",
        "clouds: {lab: {regions: [[North]]}}",
        "clouds: {lab: {regions: [{values: {}}]}}",
        "clouds: {lab: {regions: [{name: North, values: [x]}]}}",
        "clouds: {lab: {regions: [{name: North, values: {auth: 3}}]}}",
        "clouds: {lab: {profile: [a]}}",
        "clouds: {lab: {note: &a [*a]}}",
        "clouds: &c {lab: *c}",
        "clouds: {lab: {note: !!python/object/apply:os.system [ls]}}",
        "clouds: {lab: {note: !!int x}}",
        "clouds: {lab: {note: !!int ''}}",
        "clouds: {lab: {note: !!bool x}}",
        "clouds: {lab: {note: !!timestamp 2024-99-99}}",
        "clouds: {lab: {[a]: b}}",
        "clouds: {lab: {note: *missing}}",
        "clouds: {lab: {note: '\x07'}}",
        "clouds: {lab: {note: " + "[" * 2000 + "]" * 2000 + "}}",
        "[" * 200_000,
        "- " * 100_000,
        "clouds: {lab: {note: !!int " + "9" * 5000 + "}}",
        "clouds: {lab: {}}\n# " + "x" * config_files.MAX_SIZE,
        "a0: &a0 [x, x]\n"
        + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
        + "clouds: {lab: {note: *a39}}",
    ],
)
def test_malformed_files_are_errors_with_a_message(user_env: UserEnvironment, text: str) -> None:
    user_env.write("here/clouds.yaml", text)
    assert "clouds.yaml" in user_env.refusal({"os_cloud": "lab"})


def test_exponential_merge_keys_are_rejected(user_env: UserEnvironment) -> None:
    steps = "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40))
    user_env.write("here/clouds.yaml", f"a0: &a0 {{auth_url: 'http://lab/v3'}}\n{steps}clouds: {{lab: {{<<: *a39}}}}")
    # PyYAML 6.0.4 and later merges a key once and accepts the file; earlier releases reject it.
    with suppress(ConfigError):
        assert user_env.load({"os_cloud": "lab"})["auth_url"] == "http://lab/v3"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("clouds: {lab: {note: !!float 1.5}}", "1.5"),
        ("clouds: {lab: {note: !!binary aGk=}}", "hi"),
        ("clouds: {lab: {note: !!timestamp 2024-01-02}}", "2024-01-02"),
        ("clouds: {lab: {note: yes}}", "yes"),
        ("\ufeffclouds: {lab: {note: bom}}", "bom"),
        ("base: &b {note: merged}\nclouds: {lab: {<<: *b}}", "merged"),
        ("clouds:\r\n  lab:\r\n    note: crlf\r\n", "crlf"),
    ],
)
def test_unusual_but_valid_yaml(user_env: UserEnvironment, text: str, note: str) -> None:
    user_env.write("here/clouds.yaml", text)
    assert user_env.load({"os_cloud": "lab"}).text("note") == note


def test_json_numbers_stay_as_written(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.json", '{"clouds": {"lab": {"note": 2.10, "verify": false, "n": NaN}}}')
    settings = user_env.load()
    assert (settings.text("note"), settings.boolean("verify"), settings.text("n")) == ("2.10", False, "NaN")


def test_a_file_without_clouds_says_so(user_env: UserEnvironment) -> None:
    path = user_env.write("here/clouds.yaml", "cache: {auth: true}")
    user_env.write("here/secure.yaml", "clouds: {lab: {}}")
    assert user_env.load().warnings == (f"{path} has no clouds: there is no key `clouds`.",)
    user_env.write("here/clouds.yaml", "")
    assert user_env.load().warnings == ()


def test_variables_alone_do_not_need_the_file(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "{{{")
    assert user_env.load({}, OS_AUTH_URL="http://x").text("auth_url") == "http://x"


def test_addresses_for_ipv4_only(user_env: UserEnvironment) -> None:
    user_env.write("here/clouds.yaml", "client: {force-ipv4: yes}\nclouds: {lab: {}, six: {force_ipv4: no}}")
    assert user_env.load({"os_cloud": "lab"}).boolean("force_ipv4") is True
    assert user_env.load({"os_cloud": "six"}).boolean("force_ipv4", True) is False


WORDS = some.sampled_from(
    [
        "clouds",
        "lab",
        "auth",
        "regions",
        "region_name",
        "profile",
        "values",
        "name",
        "username",
        "project_name",
        "auth_url",
        "password",
        "verify",
        "interface",
        "endpoint_type",
        "domain_name",
        "auth_type",
        "cacert",
        "client",
    ]
)
SCALARS = WORDS | some.text(max_size=6) | some.none() | some.booleans() | some.integers() | some.floats()
TREES = some.recursive(
    SCALARS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(WORDS | some.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


def outcome(raw: bytes, suffix: str, root: Path) -> Settings | ConfigError:
    path = root / f"fuzz{suffix}"
    path.write_bytes(raw)
    environ = {"HOME": str(root), "OS_CLIENT_CONFIG_FILE": str(path), "XDG_CONFIG_DIRS": str(root)}
    for flags in ({"os_cloud": "lab"}, {}):
        try:
            found = load(flags, environ, lambda _: {})
        except ConfigError as error:
            last: Settings | ConfigError = error
            continue
        for key, value in found.items():
            assert value.source
            for read in (found.text, found.boolean, found.number):
                with suppress(ConfigError):
                    read(key)
        last = found
    return last


FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@FUZZ
@given(some.text(alphabet=some.sampled_from("clouds:lab -[]{}&*!|>'\"#%@`\n\t?<,~.0x"), max_size=60))
@example("clouds: {lab: {auth: {<<: [*x]}}}")
def test_any_text_gives_settings_or_an_error(user_env: UserEnvironment, text: str) -> None:
    assert isinstance(outcome(text.encode(), ".yaml", user_env.root), Settings | ConfigError)
    inside = f"clouds:\n  lab:\n    note: {text}\n"
    assert isinstance(outcome(inside.encode(), ".yaml", user_env.root), Settings | ConfigError)


@FUZZ
@given(some.binary(max_size=40))
def test_any_bytes_give_settings_or_an_error(user_env: UserEnvironment, raw: bytes) -> None:
    for suffix in (".yaml", ".json"):
        assert isinstance(outcome(raw, suffix, user_env.root), Settings | ConfigError)


@FUZZ
@given(some.dictionaries(WORDS, TREES, max_size=5), some.dictionaries(WORDS, TREES, max_size=4))
def test_any_cloud_gives_settings_or_an_error(
    user_env: UserEnvironment, cloud: dict[str, Any], auth: dict[str, Any]
) -> None:
    import json

    document = {"clouds": {"lab": {"auth": auth, **cloud}}}
    found = outcome(json.dumps(document).encode(), ".json", user_env.root)
    assert isinstance(found, Settings | ConfigError)


def test_a_fifo_in_the_working_directory_is_skipped(user_env: UserEnvironment) -> None:
    os.mkfifo(user_env.root / "here" / "clouds.yaml")
    user_env.write("home/.config/openstack/clouds.yaml", "clouds: {lab: {auth: {auth_url: http://lab}}}")
    assert user_env.load({"os_cloud": "lab"}).text("auth_url") == "http://lab"
