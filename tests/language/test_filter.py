"""--filter on lists."""

from __future__ import annotations

import click
import pytest

from ostk.language.noun import Command
from ostk.render.options import Full

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..test_promises import every

FLAVORS = {
    "flavors": [
        {"id": "1", "name": "small", "ram": 512, "vcpus": 1},
        {"id": "2", "name": "medium", "ram": 2048, "vcpus": 2},
        {"id": "3", "name": "large", "ram": 8192, "vcpus": 4},
    ]
}
SERVERS = {
    "servers": [
        {
            "id": "a",
            "name": "web",
            "status": "ACTIVE",
            "user_id": "u",
            "OS-EXT-SRV-ATTR:hypervisor_hostname": "one",
            "OS-EXT-STS:power_state": 1,
        },
        {
            "id": "b",
            "name": "db",
            "status": "SHUTOFF",
            "user_id": "v",
            "OS-EXT-SRV-ATTR:hypervisor_hostname": "two",
            "OS-EXT-STS:power_state": 4,
        },
    ]
}


@pytest.fixture
def lists(cloud: FakeCloud) -> FakeCloud:
    """Return a cloud with three flavors and two servers."""
    cloud.answers["GET /compute/v2.1/flavors/detail"] = FLAVORS
    cloud.answers["GET /compute/v2.1/servers/detail"] = SERVERS
    return cloud


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("flavor list --filter RAM=512 -f value -c Name", ["small"]),
        ("flavor list --filter ram>=2048 --filter VCPUs<4 -f value -c Name", ["medium"]),
        ("flavor list --filter name~^.a --filter 'id!=3' -f value -c Name", []),
        ("flavor list --filter name~^.a -f csv -c Name", ['"Name"', '"large"']),
        ("flavor list --filter RAM=1 -f json", ["[]"]),
        ("flavor list --filter RAM>1000 --query '[].Name' -f value", ["medium", "large"]),
        ("flavor list --filter Name!~ll --sort-column RAM --sort-descending -f value -c ID", ["3", "2"]),
        ("server list --no-name-lookup --filter status=ACTIVE -f value -c Name", ["web"]),
        ("server list --no-name-lookup --filter Host=two -c Name -f value", ["db"]),
        ("server list --no-name-lookup --filter 'Power State=Running' -c Name -f value", ["web"]),
        ("server list --no-name-lookup --filter 'Power State!=Running' -c Name -f value", ["db"]),
        ("server list --no-name-lookup --filter 'Power State=1' -c Name -f value", ["web"]),
        ("server list --no-name-lookup --filter user_id=u -c Name -c Status -f value", ["web ACTIVE"]),
    ],
)
def test_rows_for_which_all_filters_hold_are_printed(lists: FakeCloud, ostk: Run, line: str, rows: list[str]) -> None:
    result = ostk(line)
    assert (result.exit_code, result.stdout.splitlines()) == (0, rows), result.output


@pytest.mark.parametrize("option", ["", "--filter Host=two", "--filter user_id=v"])
def test_column_that_is_only_filtered_is_not_printed(lists: FakeCloud, ostk: Run, option: str) -> None:
    header = ostk(f"server list --no-name-lookup -f csv {option}").stdout.splitlines()[0]
    assert header == '"ID","Name","Status","Networks","Image","Flavor"'


def test_named_and_filtered_column_is_printed(lists: FakeCloud, ostk: Run) -> None:
    assert ostk("server list --no-name-lookup -f value -c Name -c Host --filter host=one").stdout == "web one\n"


@pytest.mark.parametrize(
    ("line", "status", "message"),
    [
        ("flavor list --filter Nam=x", 1, "--filter names no column of this list: Nam.\nColumns: ID, Name, RAM, Disk"),
        ("flavor list --filter Properties~x", 1, "Properties is a column of the list with --long."),
        ("flavor list --filter Name", 2, "'Name' is not COLUMN=VALUE; the operators are =, !=, ~"),
        ("flavor list --filter Name~*", 2, "'*' is not a regular expression"),
        ("flavor list --filt Name=x", 2, "No such option '--filt'"),
    ],
)
def test_wrong_filter_is_rejected_before_anything_is_sent(
    cloud: FakeCloud, ostk: Run, line: str, status: int, message: str
) -> None:
    result = ostk(line)
    assert (result.exit_code, message in result.stderr) == (status, True), result.stderr
    assert cloud.all == []


# The commands whose plug-in has an option of this name.
OWN_FILTER = {"alarm list", "orchestration resource type list", "stack event list", "stack resource list"}


def test_every_list_has_the_filter_and_no_other_command_an_option_of_this_name() -> None:
    for words, command in every().items():
        assert isinstance(command, Command)
        options = [p for p in command.params if isinstance(p, click.Option) and "--filter" in p.opts]
        sorted_ = any(p.name == "output_sort_columns" for p in command.params)
        assert len(options) == sorted_, words
        own = words in OWN_FILTER
        assert all(isinstance(option, Full) != own and (option.multiple or own) for option in options), words
