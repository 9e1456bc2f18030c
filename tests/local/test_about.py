"""The commands about ostk itself; none of them asks a cloud."""

from __future__ import annotations

import json
import os

import pytest

from ostk import __version__
from ostk.auth import cache
from ostk.index import INDEX

from ..conftest import Run
from ..fake_cloud import FakeCloud


@pytest.mark.parametrize("words", ["", "flavor", "flavor list", "server add volume", "flav li", "help"])
def test_help_says_what_the_option_says(ostk: Run, words: str) -> None:
    result = ostk(f"help {words}")
    assert result.exit_code == 0
    assert result.output == ostk(f"{words} --help").output
    assert result.output.startswith("Usage: ostk")


@pytest.mark.parametrize("words", ["nosuch", "nosuch thing", "server nosuch"])
def test_there_is_no_help_for_what_is_no_command(ostk: Run, words: str) -> None:
    result = ostk(f"help {words}")
    assert (result.exit_code, result.output.startswith(f"'{words}' is not an ostk command.")) == (1, True)


class TestCommandList:
    def test_it_lists_every_noun_once(self, ostk: Run) -> None:
        groups = json.loads(ostk("command list -f json").output)
        commands = [command for group in groups for command in group["Commands"]]
        assert len(commands) == len(set(commands))
        assert {noun for noun in INDEX if any(f"{c} ".startswith(f"{noun} ") for c in commands)} == set(INDEX)
        assert [group["Command Group"] for group in groups] == sorted(g["Command Group"] for g in groups)

    def test_it_keeps_to_a_group(self, ostk: Run) -> None:
        [compute] = json.loads(ostk("command list --group compute -f json").output)
        assert compute["Command Group"] == "openstack.compute.v2"
        assert {"flavor list", "keypair create", "server add volume"} < set(compute["Commands"])
        assert compute["Commands"] == sorted(compute["Commands"])

    def test_it_prints_a_command_a_line(self, ostk: Run) -> None:
        lines = ostk("command list --group openstack.cli").output.splitlines()
        assert lines[1] == "| Command Group | Commands           |"
        assert "|               | command list       |" in lines

    def test_no_group(self, ostk: Run) -> None:
        assert ostk("command list --group nosuch -f json").output == "[]\n"


class TestModuleList:
    def test_it_tells_of_what_ostk_declares(self, ostk: Run) -> None:
        found = json.loads(ostk("module list -f json").output)
        assert found.pop("ostk") == __version__
        declared = {"click", "httpx", "jmespath", "rich", "platformdirs", "pyyaml"}
        assert {name.lower() for name in found} == declared

    def test_all_tells_of_what_those_need(self, ostk: Run) -> None:
        assert "httpcore" in json.loads(ostk("module list --all -f json").output)


class TestCache:
    def test_clear_forgets_everything_and_says_how_much(self, ostk: Run) -> None:
        for key in ("one", "two"):
            cache.Cache(cache.directory(), key).put("name", "value")
        assert ostk("cache clear").output == "Deleted the cache of 2 credentials.\n"
        assert os.listdir(cache.directory()) == []
        assert ostk("cache clear").output == "Deleted the cache of 0 credentials.\n"

    def test_delete_forgets_one_cloud(self, cloud: FakeCloud, ostk: Run) -> None:
        other = cache.Cache(cache.directory(), "other")
        other.put("name", "value")
        assert ostk("flavor list").exit_code == 0
        assert len(os.listdir(cache.directory())) == 2
        result = ostk("cloud cache delete")
        assert (result.exit_code, result.output) == (0, "")
        assert os.listdir(cache.directory()) == ["other.json"]
