"""Promises that every command keeps."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import ostk
from ostk.cli import main
from ostk.index import INDEX
from ostk.language.noun import Command

from .fake_cloud import FakeCloud

SOURCE = Path(ostk.__file__).parent
LONGEST_HELP = 60


def commands(group: click.Group = main, words: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its words."""
    ctx = click.Context(group, info_name="ostk")
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None, f"{words} {name} is listed but not there"
        path = f"{words} {name}".strip()
        if not isinstance(command, click.Group):
            yield path, command
            continue
        if command.invoke_without_command:
            yield path, command
        yield from commands(command, path)


@cache
def every() -> dict[str, click.Command]:
    return dict(commands())


ALL = list(every())


@pytest.mark.parametrize("words", ALL)
def test_it_explains_itself_and_each_option(words: str) -> None:
    command = every()[words]
    assert command.help
    assert command.help.endswith("."), command.help
    for param in command.params:
        if isinstance(param, click.Option) and not param.hidden:
            assert param.help, param.opts
            assert param.help.endswith((".", "…")), param.help
            assert len(param.help) <= LONGEST_HELP, param.help


@pytest.mark.parametrize("words", ALL)
def test_its_help_comes_without_a_cloud(words: str) -> None:
    result = CliRunner().invoke(main, [*words.split(), "--help"], prog_name="ostk")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"Usage: ostk {words}")


@pytest.mark.parametrize("words", ALL)
def test_it_shadows_no_global_option_and_names_each_of_its_own_once(words: str) -> None:
    root = {flag for param in main.params for flag in (*param.opts, *param.secondary_opts)}
    own = [
        flag
        for param in every()[words].params
        if isinstance(param, click.Option)
        for flag in (*param.opts, *param.secondary_opts)
    ]
    assert not root.intersection(own)
    assert len(own) == len(set(own))
    names = [param.name for param in every()[words].params]
    assert len(names) == len(set(names))


def test_what_an_option_needs_is_an_option_of_the_same_command() -> None:
    for words, command in every().items():
        flags = {flag for param in command.params for flag in (*param.opts, *param.secondary_opts)}
        for param in command.params:
            assert set(getattr(param, "needs", ())) <= flags, (words, param.opts)


def test_every_command_is_in_a_conversation() -> None:
    said = "\n".join(path.read_text() for path in Path(__file__).parent.rglob("test_*.py"))
    for words in ALL:
        assert re.search(rf"(^|[\"'(`] ?|\d ){words}(?=[\s\"'\\`{{]|$)", said, re.MULTILINE), words


def typed(words: str, command: click.Command) -> list[str]:
    """A line that calls a command: its arguments, and the options that must be given."""
    line, groups = words.split(), []
    for param in command.params:
        group = getattr(param, "group", None)
        if group and group.required and group not in groups:
            groups.append(group)
        elif not (param.required or (isinstance(param, click.Argument) and param.nargs == -1)):
            continue
        if isinstance(param, click.Option):
            line.append(param.opts[0])
        if isinstance(param.type, click.Choice):
            line.append(str(param.type.choices[0]))
        elif not getattr(param, "is_flag", False):
            line.append("8b5ef0b4-1111-4222-8333-0123456789ab" if "uuid" in (param.name or "") else "one")
    return line


WATCHED = [words for words in ALL if any(param.name == "output_watch" for param in every()[words].params)]


OLDER = "--os-compute-api-version 2.1 --os-volume-api-version 3.0 --os-share-api-version 2.51"


@pytest.mark.parametrize("versions", ["", OLDER], ids=["newest", "older"])
@pytest.mark.parametrize("words", WATCHED)
def test_only_lists_and_shows_that_send_only_get_can_be_watched(words: str, versions: str, cloud: FakeCloud) -> None:
    assert {"list", "show"}.intersection(words.split())
    line = [*versions.split(), *typed(words, every()[words])]
    result = CliRunner().invoke(main, line, prog_name="ostk")
    assert result.exit_code in (0, 1), result.output
    sent = {line.split(" ")[0] for line, _ in cloud.all if not line.startswith("POST /identity/v3/auth/tokens")}
    assert sent <= {"GET", "HEAD"}, cloud.all


def test_every_list_can_be_watched_but_one_that_sends_other_requests() -> None:
    lists = {words for words in ALL if words.endswith((" list", " show")) and not words.startswith("sandbox ")}
    printed = {words for words in lists if any(param.name == "output_format" for param in every()[words].params)}
    others = {"block storage log level list", "console url show", "share migration show", "share server migration show"}
    assert printed - set(WATCHED) == {*others, "configuration show"}


def test_the_index_and_the_modules_agree() -> None:
    places = {f"{place.replace('.', '/')}.py" for modules, _ in INDEX.values() for place in modules.split()}
    for place in places:
        assert (SOURCE / place).is_file(), place
    for noun, (_, help) in INDEX.items():
        assert help.endswith("."), noun
        assert len(help) <= LONGEST_HELP + 20, noun
        assert any(words == noun or words.startswith(f"{noun} ") for words in ALL), noun


def test_every_command_is_of_the_language() -> None:
    for words, command in every().items():
        own = getattr(command, "own", None) or command
        assert isinstance(own, Command), words


def test_no_file_is_long() -> None:
    for path in SOURCE.rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 500, path


# Each of these makes text safe, writes only its own text, or passes data to a pipe.
WRITERS = """
    __main__.py cli.py errors.py streams.py local/api.py local/complete.py render/machine.py render/output.py
    render/terminal.py render/watch.py console.py config/openrc/reader.py http/trace.py
""".split()
WRITES = re.compile(
    r"sys\.(stdout|stderr)(?!\.isatty)|click\.(s?echo|secho)\b|(?<![\w.])print\(|^from sys import", re.M
)


def test_only_named_modules_write_to_the_terminal() -> None:
    """Text from a cloud goes through console.py, which makes control characters visible."""
    writing = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if WRITES.search(path.read_text())}
    assert writing == set(WRITERS)


def test_only_one_module_imports_httpx() -> None:
    importing = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
                node.body = [ast.Pass()]
        for node in ast.walk(tree):
            if isinstance(node, ast.Import) and any(alias.name == "httpx" for alias in node.names):
                importing.add(str(path.relative_to(SOURCE)))
    assert importing == {"http/imports.py"}


def test_nouns_do_not_import_each_other() -> None:
    areas = {modules.split(".")[0] for modules, _ in INDEX.values()}
    for area in areas:
        for path in (SOURCE / area).glob("*.py"):
            for other in areas - {area}:
                assert not re.search(rf"from \.\.{other}[. ]", path.read_text()), f"{path} imports {other}"


def test_session_and_language_know_no_noun() -> None:
    for part in ("session", "language", "render"):
        for path in (SOURCE / part).glob("*.py"):
            text = path.read_text()
            assert "from ..kinds" not in text, path
            assert "from ..index" not in text, path
