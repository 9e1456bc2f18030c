"""The configuration file of ostk: what it means, what is wrong with it, and how it is edited."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ostk.config import toml_edit
from ostk.config.config import load
from ostk.config.user_config import current, forget, path_of
from ostk.errors import ConfigError

from ..conftest import Run
from ..fake_cloud import FakeCloud

FLAVORS = {"flavors": [{"id": "1", "name": "small", "ram": 512}, {"id": "2", "name": "big", "ram": 64}]}


@pytest.fixture
def flavors(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
    monkeypatch.setenv("TERM", "dumb")
    cloud.answers["GET /compute/v2.1/flavors/detail"] = FLAVORS
    return cloud


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda stream: stream.name == "<stdout>")


def write(text: str) -> Path:
    """Write the configuration file; return its path."""
    path = Path(path_of())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    forget()
    return path


# ---- the file ----


def test_path_follows_xdg(monkeypatch: pytest.MonkeyPatch) -> None:
    assert path_of({"HOME": "/home/ann"}) == "/home/ann/.config/ostk/config.toml"
    assert path_of({"HOME": "/home/ann", "XDG_CONFIG_HOME": "/etc/ann"}) == "/etc/ann/ostk/config.toml"


LOOKED_AT = """
import os, sys
seen = []
stat, opened = os.stat, []
def counted(path, *rest, **more):
    seen.append(path)
    return stat(path, *rest, **more)
os.stat = counted
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
sys.argv = ["ostk", *sys.argv[1:]]
from ostk.__main__ import run
try:
    run()
except SystemExit:
    pass
name = "ostk/config.toml"
looks = sum(str(path).endswith(name) for path in seen), sum(path.endswith(name) for path in opened)
print(*looks, "tomllib" in sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(("text", "looks"), [(None, "1 0 False"), ("[output]\n", "1 1 True")])
def test_absent_file_costs_one_stat(text: str | None, looks: str, tmp_path: Path) -> None:
    if text is not None:
        write(text)
    words = ["--os-cloud", "sandbox", "flavor", "list"]
    done = subprocess.run([sys.executable, "-c", LOOKED_AT, *words], capture_output=True, text=True, check=False)
    assert "m1.tiny" in done.stdout
    assert done.stderr.splitlines()[-1] == looks


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[output]\nfromat = 'json'", "output.fromat is not a key of the configuration."),
        ("colour = 'red'", "colour is not a key of the configuration."),
        ("[output]\nformat = 'xml'", "output.format should be one of csv, json, jsonl, shell, table, value, yaml"),
        ("[output]\nmax_width = 'wide'", "output.max_width should be a number of characters, 0 for no limit"),
        ("[output]\nmax_width = true", "output.max_width should be a number of characters, 0 for no limit, not true."),
        ("[output]\nalways = 1", "output.always should be true or false, not 1."),
        ("[output]\ncolors = 'no'", "output.colors should be true or false, not 'no'."),
        ("[timeouts]\napi = 0", "timeouts.api should be a number of seconds"),
        ("[timeouts]\nread = 5", "timeouts.read is not a key of the configuration."),
        ("cloud = 5", "cloud should be a text, not 5."),
        ("output = 'json'", "output is not a key of the configuration."),
        ("[columns]\n'server list' = [1]", "columns.server list should be a list of column names"),
        ("[sort]\n'server list' = []", "sort.server list should be a list of column names"),
        ("[aliases]\nll = ['server', 'list']", "aliases.ll should be a text"),
        ("[aliases.ll]\na = 'b'", "aliases.ll should be a text"),
        ("cloud =", "is not valid TOML:"),
    ],
)
def test_mistake_is_one_error_before_any_request(text: str, message: str, flavors: FakeCloud, ostk: Run) -> None:
    path = write(text)
    result = ostk("flavor list")
    assert (result.exit_code, flavors.all, result.stdout) == (1, [], "")
    assert message in result.stderr
    assert result.stderr.startswith(str(path))
    assert len(result.stderr.splitlines()) <= 2


@pytest.mark.parametrize("line", ["--version", "--help", "flavor list --help", "config set output.format json"])
def test_mistake_in_the_file_leaves_help_and_config_set(line: str, ostk: Run) -> None:
    write("[output]\nfromat = 'json'")
    assert ostk(line).exit_code == 0


def test_unreadable_file_is_an_error() -> None:
    write("x").write_bytes(b"cloud = '\xff'")
    with pytest.raises(ConfigError, match=r"is not UTF-8 text\.$"):
        current()


# ---- output ----

OUTPUT = """
[output]
format = "csv"
sort = "RAM"
[columns]
"flavor list" = ["Name", "RAM"]
"""


def test_output_settings_count_on_a_terminal_alone(flavors: FakeCloud, ostk: Run, terminal: None) -> None:
    write(OUTPUT)
    assert ostk("flavor list").stdout == '"Name","RAM"\n"big",64\n"small",512\n'


def test_output_settings_do_not_change_scripts(flavors: FakeCloud, ostk: Run) -> None:
    before = ostk("flavor list").stdout
    write(OUTPUT)
    assert ostk("flavor list").stdout == before
    write(f"{OUTPUT}\n[aliases]\nll = 'flavor list'".replace("[output]", "[output]\nalways = true"))
    assert ostk("flavor list").stdout == '"Name","RAM"\n"big",64\n"small",512\n'


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("flavor list -f value", "big 64\nsmall 512\n"),
        ("flavor list -c Name", '"Name"\n"big"\n"small"\n'),
        ("flavor list --sort-column Name --sort-descending -c Name", '"Name"\n"small"\n"big"\n'),
        ("flavor list --query [].Name --noindent", '["big", "small"]\n'),
        ("flavor list --long -c Name -f value", "big\nsmall\n"),
    ],
)
def test_options_win_over_the_file(line: str, printed: str, flavors: FakeCloud, ostk: Run, terminal: None) -> None:
    write(OUTPUT)
    result = ostk(line)
    assert result.stdout == printed, result.stderr


def test_long_shows_all_columns(flavors: FakeCloud, ostk: Run, terminal: None) -> None:
    write(OUTPUT)
    assert "Properties" in ostk("flavor list --long").stdout


def test_format_that_a_command_lacks_does_not_count(flavors: FakeCloud, ostk: Run, terminal: None) -> None:
    write("[output]\nformat = 'csv'")
    assert ostk("network show one -c name").stdout.startswith("+---")


def test_sort_of_a_command_wins_over_the_sort_of_all(flavors: FakeCloud, ostk: Run, terminal: None) -> None:
    write("[output]\nsort = 'RAM'\n[sort]\n'flavor list' = ['Name']\n[columns]\n'flavor list' = 'ID'")
    assert ostk("flavor list -f value").stdout == "2\n1\n"


def test_width_of_tables(flavors: FakeCloud, ostk: Run, terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    write("[output]\nmax_width = 40\n[columns]\n'network show' = ['id', 'name']")
    line = f"network show {'a ' * 30}".replace("show ", "show '") + "'"
    assert max(map(len, ostk(line).stdout.splitlines())) == 40
    assert max(map(len, ostk(f"{line} --max-width 50").stdout.splitlines())) == 50
    monkeypatch.setenv("CLIFF_MAX_TERM_WIDTH", "60")
    assert max(map(len, ostk(line).stdout.splitlines())) == 60


def test_colors(flavors: FakeCloud, ostk: Run, terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[" in ostk("flavor list", color=True).stdout
    write("[output]\ncolors = false")
    assert "\x1b[" not in ostk("flavor list", color=True).stdout


def test_unknown_columns_name_the_file(flavors: FakeCloud, ostk: Run, terminal: None) -> None:
    path = write("[columns]\n'flavor list' = ['Nmae']")
    result = ostk("flavor list")
    assert (result.exit_code, flavors.all) == (1, [])
    assert f"The columns are set by columns.flavor list in {path}." in result.stderr


# ---- aliases ----


@pytest.mark.parametrize(
    ("aliases", "line"),
    [
        ({"ll": "flavor list -c Name -f value"}, "ll"),
        ({"ll": "flavor list -c Name"}, "--os-region-name RegionOne ll -f value"),
        ({"ll": "--os-region-name RegionOne flavor list -c Name"}, "ll -f value"),
        ({"flavor names": "flavor list -c Name -f value"}, "flavor names"),
        ({"f": "flavor", "names": "f list -c Name -f value"}, "names"),
        ({"fl": "flavor list -c 'Name' -f"}, "fl value"),
    ],
)
def test_alias(aliases: dict[str, str], line: str, flavors: FakeCloud, ostk: Run) -> None:
    write("[aliases]\n" + "".join(f'"{name}" = "{text}"\n' for name, text in aliases.items()))
    result = ostk(line)
    assert result.output == "small\nbig\n"
    assert ostk("batch", input=f"{line}\n").output == "small\nbig\n"


@pytest.mark.parametrize(
    ("aliases", "line", "message"),
    [
        ({"flavor": "server"}, "flavor list", "The alias 'flavor' hides a command of the same name."),
        ({"flavor list": "server list"}, "flavor list", "The alias 'flavor list' hides a command of the same name."),
        ({"a": "b", "b": "a"}, "a", "The alias 'a' stands for itself: a → b → a."),
        ({"a": "a list"}, "a", "The alias 'a' stands for itself: a → a."),
        ({"a": "flavor 'list"}, "a", "The alias 'a' has a quote that is not closed"),
        ({"a": "flavr list"}, "a", "'flavr list' is not an ostk command. Did you mean 'flavor list'?"),
    ],
)
def test_mistake_in_an_alias(aliases: dict[str, str], line: str, message: str, flavors: FakeCloud, ostk: Run) -> None:
    write("[aliases]\n" + "".join(f'"{name}" = "{text}"\n' for name, text in aliases.items()))
    result = ostk(line)
    assert result.exit_code > 0
    assert flavors.all == []
    assert message in result.stderr


@pytest.mark.parametrize("text", ["[output]\nfromat = 1", "[aliases]\nflavor = 'server'", "cloud ="])
def test_completion_works_with_a_mistake_in_the_file(text: str, ostk: Run) -> None:
    write(text)
    result = ostk("", env={"_OSTK_COMPLETE": "bash_complete", "COMP_WORDS": "ostk flavor li", "COMP_CWORD": "2"})
    assert (result.exit_code, result.output) == (0, "plain,list\n")


def test_options_after_an_alias_are_completed(ostk: Run) -> None:
    write("[aliases]\nll = 'flavor list'")
    result = ostk("", env={"_OSTK_COMPLETE": "bash_complete", "COMP_WORDS": "ostk ll --min-r", "COMP_CWORD": "2"})
    assert result.output == "plain,--min-ram\n"


def test_options_of_a_command_are_no_alias(flavors: FakeCloud, ostk: Run) -> None:
    write("[aliases]\nsmall = 'server list'")
    assert ostk("network show small -f value -c name").stdout == "small\n"


# ---- the cloud and time-outs ----


def test_default_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("clouds.yaml").write_text(
        "clouds: {lab: {auth: {auth_url: 'http://lab'}}, site: {auth: {auth_url: 'http://x'}}}"
    )
    write("cloud = 'site'")
    assert load({}).cloud == "site"
    assert load({"os_project_name": "other"}).text("auth_url") == "http://x"
    assert load({"os_cloud": "lab"}).cloud == "lab"
    assert load({}, implied=False).cloud == ""
    monkeypatch.setenv("OS_CLOUD", "lab")
    assert load({}).cloud == "lab"
    monkeypatch.delenv("OS_CLOUD")
    monkeypatch.setenv("OS_AUTH_URL", "http://other")
    assert (load({}).cloud, load({}).text("auth_url")) == ("envvars", "http://other")


def test_default_cloud_sends_nothing_to_another_auth_url() -> None:
    Path("clouds.yaml").write_text("clouds: {lab: {}, site: {auth: {username: ann, password: s3cret}}}")
    write("cloud = 'site'")
    assert "password" not in load({"os_auth_url": "http://other"})


def test_default_cloud_that_is_unknown() -> None:
    Path("clouds.yaml").write_text("clouds: {lab: {}, site: {}}")
    path = write("cloud = 'sit'")
    with pytest.raises(ConfigError) as caught:
        load({})
    assert caught.value.message.startswith(f"Cloud sit (cloud in {path}) was not found in ")
    assert caught.value.hint == "Did you mean site?"


def test_commands_of_a_batch_see_another_default_cloud(ostk: Run) -> None:
    Path("clouds.yaml").write_text("clouds: {lab: {region_name: L}, site: {region_name: S}}")
    shown = "configuration show -c cloud -f value"
    lines = f"config set cloud site\n{shown}\nconfig set cloud lab\n{shown}\n"
    assert ostk("batch", input=lines).stdout == "site\nlab\n"


def test_time_out(monkeypatch: pytest.MonkeyPatch, ostk: Run) -> None:
    path = write("[timeouts]\napi = 30")
    assert (load({}).seconds("api_timeout"), load({}).source("api_timeout")) == (30, f"config.toml ({path})")
    shown = ostk("configuration show --source -c api_timeout -f value").stdout
    assert shown == f"api_timeout 30 config.toml ({path})\n"
    monkeypatch.setenv("OS_API_TIMEOUT", "5")
    assert load({}).seconds("api_timeout") == 5


# ---- edits ----

TEXT = """\
# My settings.
cloud = "lab"  # the default

# Output on a terminal.
[output]
format = "json"      # for jq
columns = [
    "a",  # not a key, but kept
]

[aliases]
"ll" = "server list --long"
# the end
"""


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("cloud", "site", 'cloud = "lab"  # the default\n', 'cloud = "site"  # the default\n'),
        ("output.format", "csv", '"json"      # for jq\n', '"csv"      # for jq\n'),
        ("output.columns", ["b"], '[\n    "a",  # not a key, but kept\n]\n', '["b"]\n'),
        ("output.max_width", 80, "]\n\n[aliases]", "]\nmax_width = 80\n\n[aliases]"),
        ("aliases.ll", "a = '#'", '"server list --long"', "\"a = '#'\""),
        ("aliases.x y", 'say "hi"', '--long"\n', '--long"\n"x y" = "say \\"hi\\""\n'),
        ("timeouts.api", 30, "# the end\n", "# the end\n\n[timeouts]\napi = 30\n"),
        ("cloud", None, 'cloud = "lab"  # the default\n', ""),
        ("output.columns", None, 'columns = [\n    "a",  # not a key, but kept\n]\n', ""),
        ("timeouts.api", None, "", ""),
    ],
)
def test_edit_changes_one_statement(key: str, value: Any, old: str, new: str) -> None:
    path = write(TEXT)
    toml_edit.store(str(path), key, value)
    assert path.read_text() == TEXT.replace(old, new, 1)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'cloud = "lab"\n'),
        ("# note\n\n# of output\n[output]\n", '# note\n\ncloud = "lab"\n\n# of output\n[output]\n'),
        ("output.format = 'csv'", "cloud = \"lab\"\n\noutput.format = 'csv'\n"),
    ],
)
def test_key_outside_of_tables_stands_before_them(before: str, after: str) -> None:
    path = write(before)
    toml_edit.store(str(path), "cloud", "lab")
    assert path.read_text() == after
    assert tomllib.loads(path.read_text())["cloud"] == "lab"


def test_dotted_keys_are_edited() -> None:
    path = write("output.format = 'csv'\n")
    toml_edit.store(str(path), "output.format", "json")
    toml_edit.store(str(path), "output.sort", ["Name"])
    assert path.read_text() == 'output.format = "json"\noutput.sort = ["Name"]\n'


@pytest.mark.parametrize("text", ["output = {format = 'csv', sort = 'Name'}\n", "output = {format = 'csv'}\n"])
def test_form_that_cannot_be_edited_is_kept(text: str) -> None:
    path = write(text)
    with pytest.raises(ConfigError) as caught:
        toml_edit.store(str(path), "output.format", "json")
    assert caught.value.hint == 'In the file itself, write output.format = "json".'
    assert path.read_text() == text
    assert os.listdir(path.parent) == ["config.toml"]
