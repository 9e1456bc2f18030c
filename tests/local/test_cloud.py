"""`cloud list`: configured clouds, their files, and the current cloud."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
