"""`config list`, `config get`, `config set` and `config unset`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ostk.config.user_config import path_of

from ..conftest import Run


def test_list_of_defaults(ostk: Run) -> None:
    rows = json.loads(ostk("config list -f json").stdout)
    assert [row["Key"] for row in rows][:2] == ["cloud", "output.format"]
    assert {row["Source"] for row in rows} == {"default"}


def test_set_get_list_unset(ostk: Run) -> None:
    for line in ("output.format json", "'columns.server list' 'ID, Name'", "timeouts.api 2.5", "output.always yes"):
        result = ostk(f"config set {line}")
        assert (result.exit_code, result.output) == (0, ""), result.stderr
    path = Path(path_of())
    assert path.read_text() == (
        '[output]\nformat = "json"\nalways = true\n\n'
        '[columns]\n"server list" = ["ID", "Name"]\n\n[timeouts]\napi = 2.5\n'
    )
    assert path.stat().st_mode & 0o777 == 0o600
    assert ostk("config get 'columns.server list'").stdout == "ID,Name\n"
    assert ostk("config get output.max_width").stdout == "0\n"
    rows = {row["Key"]: row for row in json.loads(ostk("config list").stdout)}
    assert rows["output.always"] == {"Key": "output.always", "Value": True, "Source": str(path)}
    assert rows["columns.server list"]["Value"] == ["ID", "Name"]
    assert rows["output.max_width"]["Source"] == "default"
    assert ostk("config unset output.format").exit_code == 0
    assert ostk("config unset output.format").exit_code == 0
    assert ostk("config get output.format").stdout == "table\n"


def test_names_are_written_as_they_were_typed(ostk: Run) -> None:
    assert ostk("config set 'aliases.größe 1' 'flavor list'").exit_code == 0
    assert Path(path_of()).read_text() == '[aliases]\n"größe 1" = "flavor list"\n'
    assert ostk("config unset 'aliases.größe 1'").exit_code == 0
    assert "größe" not in Path(path_of()).read_text()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("set output.fromat json", "output.fromat is not a key of the configuration."),
        ("set output.format xml", "output.format should be one of"),
        ("set output.max_width wide", "output.max_width should be a number of characters"),
        ("set aliases.server 'flavor list'", "'server' is a command: an alias cannot have its name."),
        ("set 'aliases.server list' 'flavor list'", "'server list' is a command: an alias cannot have its name."),
        ("set aliases.x 'x list'", "The alias 'x' stands for itself: x → x."),
        ("set aliases.x 'x \"list'", "The alias 'x' has a quote that is not closed"),
        ("set 'columns.server lst' Name", "'server lst' is not an ostk command: columns.server lst."),
        ("set 'columns.image delete' Name", "'image delete' prints no columns: columns.image delete."),
        ("set columns.image Name", "'image' prints no columns: columns.image."),
        ("set 'sort.image show' Name", "'image show' prints no columns to sort: sort.image show."),
        ("set aliases.--x 'image list'", "'--x' would be read as an option: an alias begins with a word."),
        ("get ''", "'' is not a key of the configuration."),
        ("get aliases.x", "aliases.x is not set in "),
        ("get output", "output is not a key of the configuration."),
        ("unset nothing", "nothing is not a key of the configuration."),
    ],
)
def test_mistakes(ostk: Run, line: str, message: str) -> None:
    result = ostk(f"config {line}")
    assert (result.exit_code, Path(path_of()).exists()) == (1, False)
    assert message in result.stderr


def test_unknown_key_in_the_file_can_be_removed(ostk: Run) -> None:
    ostk("config set output.format json")
    Path(path_of()).write_text("nothing = 1\n[output]\n")
    assert ostk("config list").exit_code == 1
    assert ostk("config unset nothing").exit_code == 0
    assert Path(path_of()).read_text() == "[output]\n"


def test_config_show_is_configuration_show_as_before(ostk: Run) -> None:
    assert ostk("config show -c auth_type -f value").stdout == "password\n"
    assert ostk("conf show -c auth_type -f value").stdout == "password\n"
