"""Writing a cloud into clouds.yaml and secure.yaml: what is written, where, and what is kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from ostk.config import cloud_entry
from ostk.config.cloud_entry import check_name, edited, place_of, write_cloud
from ostk.config.config import load
from ostk.errors import ConfigError, FileError

from ..conftest import Run
from .user_environment import UserEnvironment

NEW = {"auth": {"auth_url": "http://new", "username": "0123"}, "region_name": "NO"}
ADDED = "  new:\n    auth:\n      auth_url: http://new\n      username: '0123'\n    region_name: 'NO'\n"


@pytest.fixture
def user_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserEnvironment:
    return UserEnvironment.prepared(tmp_path, monkeypatch)


BLOCK = """\
# Clouds of the team.
clouds:
  lab:            # practice
    auth:
      auth_url: http://lab
      password: &word "a # b"

  # Only for releases.
  site:
    regions: [A, B]
    note: |
      clouds:
        new: text
    auth: {password: *word}

# The end.
client: {force_ipv4: yes}
"""


def after(text: str, added: str) -> str:
    """Return BLOCK with an entry after the line that ends with `text`."""
    at = BLOCK.index(text) + len(text)
    return BLOCK[:at] + added + BLOCK[at:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", f"clouds:\n{ADDED}"),
        ("# nothing yet\n", f"# nothing yet\n\nclouds:\n{ADDED}"),
        ("clouds:\n", f"clouds:\n{ADDED}"),
        ("clouds: {}  # none\nclient: {}\n", f"clouds:   # none\n{ADDED}client: {{}}\n"),
        ("clouds:\n  lab: {}", f"clouds:\n  lab: {{}}\n{ADDED}"),
        ("clouds:\n    lab:\n        x: 1\n", "clouds:\n    lab:\n        x: 1\n" + ADDED.replace("  ", "    ", 1)),
        ("client: {}\n", f"client: {{}}\n\nclouds:\n{ADDED}"),
        (BLOCK, after("    auth: {password: *word}\n", ADDED)),
        ("clouds:\n  new:\n    a: 1\n  # of lab\n  lab: {}\n", f"clouds:\n{ADDED}  # of lab\n  lab: {{}}\n"),
        ("clouds:\n  lab: {}\n  new: {a: 1}  # old\n", f"clouds:\n  lab: {{}}\n{ADDED}"),
    ],
)
def test_entry_is_added_or_replaced(text: str, expected: str) -> None:
    found = edited("clouds.yaml", text, "new", NEW)
    lines = [line.removeprefix("  ") for line in found.splitlines()] if "        x: 1" in text else []
    assert found == expected or [line.strip() for line in lines] == [line.strip() for line in expected.splitlines()]
    assert yaml.safe_load(found)["clouds"]["new"] == NEW


def test_line_breaks_of_windows_are_kept() -> None:
    found = edited("clouds.yaml", BLOCK.replace("\n", "\r\n"), "new", NEW)
    assert found == after("    auth: {password: *word}\n", ADDED).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "clouds: {lab: {}}\n",
        '{"clouds": {"lab": {}}}\n',
        "clouds:\n  new: &a {x: 1}\n  lab: *a\n",
        "--- \nclouds: {lab: {}}\n",
    ],
)
def test_form_that_cannot_be_edited_is_kept(text: str, user_env: UserEnvironment) -> None:
    path = user_env.write("home/.config/openstack/clouds.yaml", text)
    with pytest.raises(ConfigError, match="has a form that ostk does not edit: nothing was written"):
        write_cloud("new", NEW, {"auth": {"password": "x"}}, user_env.environ)
    assert Path(path).read_text() == text
    assert os.listdir(Path(path).parent) == ["clouds.yaml"]


@pytest.mark.parametrize("text", ["a: b: c", "- lab", "clouds: !!python/object:os.system {}"])
def test_file_that_is_not_valid_is_kept(text: str, user_env: UserEnvironment) -> None:
    path = user_env.write("home/.config/openstack/clouds.yaml", text)
    with pytest.raises(ConfigError):
        write_cloud("new", NEW, {}, user_env.environ)
    assert Path(path).read_text() == text


def test_both_files_stay_as_they_were_if_one_cannot_be_written(
    user_env: UserEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    secure = user_env.write("home/.config/openstack/secure.yaml", "clouds: {}\n")
    real = cloud_entry.store

    def store(path: str, text: str | None) -> None:
        if path.endswith("clouds.yaml"):
            raise FileError("The disk is full.")
        real(path, text)

    monkeypatch.setattr(cloud_entry, "store", store)
    with pytest.raises(FileError):
        write_cloud("new", NEW, {"auth": {"password": "x"}}, user_env.environ)
    assert Path(secure).read_text() == "clouds: {}\n"
    Path(secure).unlink()
    with pytest.raises(FileError):
        write_cloud("new", NEW, {"auth": {"password": "x"}}, user_env.environ)
    assert not Path(secure).exists()


def test_files_are_for_the_user_alone(user_env: UserEnvironment) -> None:
    path = user_env.write("home/.config/openstack/clouds.yaml", "clouds: \n")
    Path(path).chmod(0o644)
    place = write_cloud("new", NEW, {"auth": {"password": "x"}}, user_env.environ)
    assert {Path(one).stat().st_mode & 0o777 for one in place} == {0o600}
    assert user_env.load({"os_cloud": "new"}).text("password") == "x"


def test_secret_of_a_replaced_entry_goes(user_env: UserEnvironment) -> None:
    write_cloud("new", NEW, {"auth": {"password": "x"}}, user_env.environ)
    write_cloud("new", NEW, {}, user_env.environ)
    assert "password" not in user_env.load({"os_cloud": "new"})


def test_places(user_env: UserEnvironment) -> None:
    env, home = user_env.environ, str(user_env.root / "home/.config/openstack")
    assert place_of(env) == (f"{home}/clouds.yaml", f"{home}/secure.yaml")
    user_env.write("home/.config/openstack/clouds.yml", "")
    assert place_of(env).clouds == f"{home}/clouds.yml"
    here = user_env.write("here/secure.yaml", "")
    assert place_of(env).secure == here
    Path(here).unlink()
    named = {**env, "OS_CLIENT_CONFIG_FILE": str(user_env.root / "team/c.yaml")}
    assert place_of(named) == (str(user_env.root / "team/c.yaml"), str(user_env.root / "team/secure.yaml"))
    write_cloud("new", NEW, {"auth": {"password": "x"}}, named)
    assert load({"os_cloud": "new"}, named).text("password") == "x"
    assert place_of({**named, "OS_CLIENT_SECURE_FILE": "/a/s.yaml"}).secure == "/a/s.yaml"


def test_new_file_that_would_hide_another_is_refused(user_env: UserEnvironment) -> None:
    path = user_env.write("system/clouds.yaml", "clouds: {lab: {}}")
    with pytest.raises(ConfigError, match=f"clouds.yaml would hide {path}"):
        check_name("new", user_env.environ, force=True)


@pytest.mark.parametrize("name", ["", " ", "envvars", "a\nb"])
def test_words_that_are_no_name(name: str, user_env: UserEnvironment) -> None:
    with pytest.raises(ConfigError, match="cannot be the name of a cloud"):
        check_name(name, user_env.environ, force=True)


# ---- cloud add ----


def files() -> tuple[Any, Any]:
    where = Path(os.environ["XDG_CONFIG_HOME"], "openstack")
    return tuple(yaml.safe_load((where / f"{kind}.yaml").read_text()) for kind in ("clouds", "secure"))


RC = """
export OS_AUTH_URL=http://cloud:5000 OS_USERNAME=ann OS_PASSWORD=0123 OS_PROJECT_NAME=demo
export OS_VOLUME_API_VERSION=3 OS_INSECURE=yes OS_PASSCODE=123456
"""


def test_cloud_of_an_openrc_file(ostk: Run) -> None:
    Path("rc").write_text(RC)
    result = ostk("--openrc rc --os-region-name North --debug --timing cloud add mine")
    assert result.exit_code == 0, result.output
    assert "0123" not in result.output
    auth = {
        "auth_url": "http://cloud:5000",
        "project_domain_id": "default",
        "project_name": "demo",
        "user_domain_id": "default",
        "username": "ann",
    }
    entry = {"auth": auth, "region_name": "North", "verify": False, "volume_api_version": "3"}
    assert files() == ({"clouds": {"mine": entry}}, {"clouds": {"mine": {"auth": {"password": "0123"}}}})
    before, after = load({"openrc": "rc", "os_region_name": "North"}), load({"os_cloud": "mine"})
    left_out = {"passcode", "insecure", "openrc"}
    assert {key: value.value for key, value in before.items() if key not in left_out} == {
        key: value.value for key, value in after.items()
    }


def test_cloud_of_options_is_not_mixed_with_the_only_cloud(ostk: Run) -> None:
    Path("clouds.yaml").write_text("clouds: {lab: {auth: {password: secret, project_name: x}}}")
    line = "--os-auth-url http://c --os-application-credential-id i --os-application-credential-secret s cloud add app"
    result = ostk(line)
    assert result.exit_code == 0, result.output
    assert result.stderr == (
        f"In this directory, {Path('clouds.yaml').resolve()} is read in the place of "
        f"{os.environ['XDG_CONFIG_HOME']}/openstack/clouds.yaml.\n"
    )
    auth = {"auth_url": "http://c", "application_credential_id": "i"}
    assert files() == (
        {"clouds": {"app": {"auth": auth, "auth_type": "v3applicationcredential"}}},
        {"clouds": {"app": {"auth": {"application_credential_secret": "s"}}}},
    )


def test_copy_of_a_cloud_with_another_project(ostk: Run) -> None:
    Path("rc").write_text(RC)
    ostk("--openrc rc cloud add mine")
    assert ostk("--os-cloud mine --os-project-name other cloud add copy").exit_code == 0
    clouds, secure = files()
    assert clouds["clouds"]["copy"]["auth"] == {**clouds["clouds"]["mine"]["auth"], "project_name": "other"}
    assert secure["clouds"]["copy"] == secure["clouds"]["mine"]


def test_existing_cloud_needs_force(ostk: Run) -> None:
    Path("rc").write_text(RC)
    ostk("--openrc rc cloud add mine")
    before = files()
    result = ostk("--openrc rc --os-project-name other cloud add mine")
    assert (result.exit_code, files()) == (1, before)
    assert "Choose another name, or replace it with --force." in result.stderr
    assert ostk("--openrc rc --os-project-name other cloud add mine --force").exit_code == 0
    assert files()[0]["clouds"]["mine"]["auth"]["project_name"] == "other"
    assert "is built in" in ostk("--openrc rc cloud add sandbox").stderr


def test_nothing_to_add(ostk: Run) -> None:
    Path("clouds.yaml").write_text("clouds: {lab: {auth: {auth_url: 'http://lab'}}}")
    result = ostk("cloud add mine")
    assert result.exit_code == 1
    assert "There are no settings to add: no auth URL is set." in result.stderr
    assert not Path(os.environ["XDG_CONFIG_HOME"]).exists()
