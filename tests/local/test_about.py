"""Commands about ostk itself, which send no requests."""

from __future__ import annotations

import json
import os

import pytest

from ostk import __version__, cache
from ostk.index import INDEX

from ..conftest import Run
from ..fake_cloud import FakeCloud


@pytest.mark.parametrize("words", ["", "flavor", "flavor list", "server add volume", "flav li", "help"])
def test_help_command_prints_the_same_as_the_option(ostk: Run, words: str) -> None:
    result = ostk(f"help {words}")
    assert result.exit_code == 0
    assert result.output == ostk(f"{words} --help").output
    assert result.output.startswith("Usage: ostk")


@pytest.mark.parametrize("words", ["nosuch", "nosuch thing", "server nosuch"])
def test_help_of_an_unknown_command_is_an_error(ostk: Run, words: str) -> None:
    result = ostk(f"help {words}")
    assert (result.exit_code, result.output.startswith(f"'{words}' is not an ostk command.")) == (1, True)


class TestCommandList:
    def test_command_list_has_every_command_once(self, ostk: Run) -> None:
        groups = json.loads(ostk("command list -f json").output)
        commands = [command for group in groups for command in group["Commands"]]
        assert len(commands) == len(set(commands))
        assert {noun for noun in INDEX if any(f"{c} ".startswith(f"{noun} ") for c in commands)} == set(INDEX)
        assert [group["Command Group"] for group in groups] == sorted(g["Command Group"] for g in groups)

    def test_filter_by_group(self, ostk: Run) -> None:
        [compute] = json.loads(ostk("command list --group compute -f json").output)
        assert compute["Command Group"] == "openstack.compute.v2"
        assert {"flavor list", "keypair create", "server add volume"} < set(compute["Commands"])
        assert compute["Commands"] == sorted(compute["Commands"])

    def test_commands_are_printed_one_per_line(self, ostk: Run) -> None:
        lines = ostk("command list --group openstack.cli").output.splitlines()
        assert lines[1] == "| Command Group | Commands           |"
        assert "|               | command list       |" in lines

    @pytest.mark.parametrize("service", ["cinder", "volumev3", "block-storage"])
    def test_filter_by_service(self, ostk: Run, service: str) -> None:
        groups = json.loads(ostk(f"command list --service {service} -f json").stdout)
        found = {command for group in groups for command in group["Commands"]}
        assert {"volume list", "volume backup create", "consistency group list"} < found
        assert not {"server list", "share list", "network list"} & found

    def test_commands_of_a_service_with_resources_of_several_kinds(self, ostk: Run) -> None:
        [group] = json.loads(ostk("command list --service accelerator -f json").stdout)
        assert group["Command Group"] == "openstack.accelerator.v2"
        assert {"accelerator device list", "accelerator device profile show"} < set(group["Commands"])

    @pytest.mark.parametrize(
        ("service", "hint"), [("masakari", "ostk api instance-ha PATH"), ("nosuch", "ostk catalog list")]
    )
    def test_service_without_commands(self, ostk: Run, service: str, hint: str) -> None:
        result = ostk(f"command list --service {service}")
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"ostk has no commands for the service {service!r}" in result.stderr
        assert hint in result.stderr

    def test_no_group(self, ostk: Run) -> None:
        assert ostk("command list --group nosuch -f json").output == "[]\n"


class TestModuleList:
    def test_list_has_declared_dependencies(self, ostk: Run) -> None:
        found = json.loads(ostk("module list -f json").output)
        assert found.pop("ostk") == __version__
        declared = {"click", "httpx", "jmespath", "rich", "platformdirs", "prompt_toolkit", "pyyaml"}
        assert {name.lower() for name in found} == declared

    def test_all_has_indirect_dependencies(self, ostk: Run) -> None:
        assert "httpcore" in json.loads(ostk("module list --all -f json").output)


class TestCache:
    def test_clear_deletes_all_caches_and_prints_their_number(self, ostk: Run) -> None:
        for key in ("one", "two"):
            cache.Cache(cache.directory(), key).put("name", "value")
        assert ostk("cache clear").output == "Deleted the cache of 2 credentials.\n"
        assert os.listdir(cache.directory()) == []
        assert ostk("cache clear").output == "Deleted the cache of 0 credentials.\n"

    def test_delete_keeps_caches_of_other_clouds(self, cloud: FakeCloud, ostk: Run) -> None:
        other = cache.Cache(cache.directory(), "other")
        other.put("name", "value")
        assert ostk("flavor list").exit_code == 0
        assert len(os.listdir(cache.directory())) == 2
        result = ostk("cloud cache delete")
        assert (result.exit_code, result.output) == (0, "")
        assert os.listdir(cache.directory()) == ["other.json"]
