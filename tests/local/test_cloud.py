"""`cloud list`: configured clouds, their files, and the current cloud."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ostk.config.user_config import path_of

from ..conftest import Run

Row = tuple[str, bool, str]


def rows(ostk: Run, line: str = "cloud list") -> list[Row]:
    result = ostk(f"{line} -f json")
    assert result.exit_code == 0, result.output
    return [(row["Name"], row["Current"], row["Source"]) for row in json.loads(result.stdout)]


@pytest.fixture
def two() -> tuple[str, str]:
    """Configure two clouds, one in secure.yaml alone; return the paths of both files."""
    Path("clouds.yaml").write_text("clouds: {lab: {auth: {username: ann}}, site: {}}")
    Path("secure.yaml").write_text("clouds: {lab: {auth: {password: x}}, extra: {}}")
    return str(Path("clouds.yaml").resolve()), str(Path("secure.yaml").resolve())


def test_nothing_is_configured(ostk: Run) -> None:
    assert ostk("cloud list").stdout == "\n"
    assert rows(ostk) == []


def test_clouds_of_files(two: tuple[str, str], ostk: Run) -> None:
    clouds, secure = two
    assert rows(ostk) == [("lab", False, clouds), ("site", False, clouds), ("extra", False, secure)]


@pytest.mark.parametrize("by", ["flag", "variable", "openrc"])
def test_the_current_one(by: str, two: tuple[str, str], ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("rc").write_text("export OS_CLOUD=site\n")
    if by == "variable":
        monkeypatch.setenv("OS_CLOUD", "site")
    found = rows(ostk, {"flag": "--os-cloud site cloud list", "openrc": "--openrc rc cloud list"}.get(by, "cloud list"))
    assert [name for name, current, _ in found if current] == ["site"]


def test_the_cloud_of_the_variables(two: tuple[str, str], ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_AUTH_URL", "http://cloud")
    assert rows(ostk)[-1] == ("envvars", True, "OS_AUTH_URL")
    assert rows(ostk, "--os-cloud lab cloud list")[-1] == ("envvars", False, "OS_AUTH_URL")
    monkeypatch.setenv("OS_CLOUD_NAME", "mine")
    assert rows(ostk)[-1] == ("mine", True, "OS_AUTH_URL")


def test_the_whole_table(ostk: Run) -> None:
    Path("clouds.yaml").write_text("clouds: {lab: {}}")
    path = str(Path("clouds.yaml").resolve())
    rule = f"+------+---------+{'-' * (len(path) + 2)}+"
    assert ostk("cloud list").stdout == (
        f"{rule}\n| Name | Current | {'Source':{len(path)}} |\n{rule}\n| lab  | *       | {path} |\n{rule}\n"
    )


def test_default_cloud(two: tuple[str, str], ostk: Run) -> None:
    assert ostk("cloud use site").exit_code == 0
    assert [name for name, current, _ in rows(ostk) if current] == ["site"]
    assert [name for name, current, _ in rows(ostk, "--os-cloud lab cloud list") if current] == ["lab"]
    assert ostk("cloud use lab").exit_code == 0
    assert ostk("configuration show --source -c cloud -f value").stdout.startswith("cloud lab config.toml (")
    assert ostk("cloud use sandbox").exit_code == 0
    assert rows(ostk)[-1] == ("sandbox", True, "built in")
    assert rows(ostk, "--os-cloud sandbox-admin cloud list")[-1] == ("sandbox-admin", True, "built in")
    assert "extra, sandbox, sandbox-admin." in ostk("cloud use zzz").stderr
    assert "m1.tiny" in ostk("flavor list").stdout
    assert ostk("cloud use --none").exit_code == 0
    assert not any(current for _, current, _ in rows(ostk))


def test_default_cloud_that_is_not_configured(two: tuple[str, str], ostk: Run) -> None:
    result = ostk("cloud use stie")
    assert (result.exit_code, Path(path_of()).exists()) == (1, False)
    assert result.stderr == "Cloud stie is not configured.\nDid you mean site?\n"
    assert "Known clouds: lab, site, extra, sandbox" in ostk("cloud use zzz").stderr
    for line in ("cloud use", "cloud use lab --none"):
        assert ostk(line).exit_code == 2


def test_variables_win_over_the_default_cloud(two: tuple[str, str], ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_CLOUD", "lab")
    result = ostk("cloud use site")
    assert result.exit_code == 0
    assert result.stderr == "OS_CLOUD is set and has precedence over the default cloud in this shell.\n"
    assert [name for name, current, _ in rows(ostk) if current] == ["lab"]
