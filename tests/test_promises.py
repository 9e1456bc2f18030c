"""Promises that every command keeps."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from inspect import formatannotation
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

import ostk
from ostk.cli import main
from ostk.config.global_options import GLOBAL_OPTIONS
from ostk.index import INDEX
from ostk.language.examples import EXAMPLES
from ostk.language.help import choices_of, describe, identified_by, metavar
from ostk.language.noun import Command
from ostk.language.verbs import parameters
from ostk.local.overview import COMMON
from ostk.prefixes import PREFIXES, help_of
from ostk.tree import Group, written

from .fake_cloud import FakeCloud

SOURCE = Path(ostk.__file__).parent
LONGEST_HELP = 100  # characters of the sentence of an option or argument
LONGEST_LINE = 160  # characters of the first paragraph of a command
# Pronouns without a noun, and idioms: each help text is read on its own.
VAGUE = re.compile(
    r"\b(unless (said|given|it)|as is usual|no more|no longer|anew|whoever|whatever|those|them|they|their|its|it"
    r"|ones?(?!-time)"
    r"|told|tells?|here|such(?! as)|what there is|there may be)\b",
    re.IGNORECASE,
)
# Notes that are made from the declaration, typed by hand; and wrong words.
TYPED = re.compile(
    r"repeatable|may be repeated|repeat for several|\bdefaults? is\b|\(requires .* API"
    r"|How many\b|\ban user\b",
    re.IGNORECASE,
)
# Other wordings than the one that all help texts share: "(deprecated; see --x)", "X: remove all; with --x, …".
WORDINGS = re.compile(
    r"\bfor example\b|, as \d|is preferred|deprecated[:,]|before adding|combine with|remove all [^;]* first"
    r"|\bby default (all|to|the current)\b",
    re.IGNORECASE,
)
# Parameters of functions that are not parameters of the command.
INJECTED = {"cloud", "body", "values", "columns", "result_limit", "item", "found", "resource"}


def commands(group: Group = main, words: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its words."""
    ctx = click.Context(group, info_name="ostk")
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None, f"{words} {name} is listed but not there"
        path = f"{words} {name}".strip()
        if not isinstance(command, Group):
            yield path, command
            continue
        if command.own:
            yield path, command.own
        yield from commands(command, path)


@cache
def every() -> dict[str, click.Command]:
    return dict(commands())


ALL = list(every())


def flaws(text: str, longest: int = LONGEST_HELP) -> list[str]:
    """Return what is wrong with a help text, as far as a machine can see."""
    if not text:
        return ["missing"]
    found = [] if text.endswith(".") else ["no full stop"]
    found += [] if text[0].isupper() or not text[0].isalpha() or text.startswith(("openrc", "ostk")) else ["no capital"]
    found += [f"{len(text)} characters"] if len(text) > longest else []
    return found + [match[0] for pattern in (VAGUE, TYPED, WORDINGS) if (match := pattern.search(text))]


@pytest.mark.parametrize("words", ALL)
def test_command_and_its_options_have_help(words: str) -> None:
    command = every()[words]
    assert command.help
    assert command.help.endswith("."), command.help
    for param in command.params:
        if isinstance(param, click.Option) and not param.hidden:
            assert param.help, param.opts
            assert param.help.endswith((".", "…")), param.help
            assert len(param.help) <= LONGEST_HELP, param.help


@pytest.mark.parametrize("words", ALL)
def test_help_is_in_plain_sentences(words: str) -> None:
    command = every()[words]
    assert not flaws((command.help or "").split("\n\n")[0], LONGEST_LINE), command.help
    for param in command.params:
        if not getattr(param, "hidden", False):
            text = str(getattr(param, "help", None) or "")
            assert not flaws(text), (param.opts, text)
            assert not (identified_by(param) and "name or ID" in text), (param.opts, text)


def test_index_is_in_plain_sentences() -> None:
    for noun, (_, help) in INDEX.items():
        assert not flaws(help), (noun, help)
    for words, help in PREFIXES.items():
        assert not flaws(help), (words, help)


def test_global_options_are_in_plain_sentences() -> None:
    for option in GLOBAL_OPTIONS:
        assert not flaws(option.help), (option.flag, option.help)


def test_first_words_of_several_nouns_have_help() -> None:
    firsts = {
        " ".join(noun.split()[:count]) for noun in INDEX for count in range(1, noun.count(" ") + 1)
    } - INDEX.keys()
    for words in firsts:
        below = [noun for noun in INDEX if noun.startswith(f"{words} ")]
        top = [noun for noun in below if not any(noun.startswith(f"{other} ") for other in below)]
        assert len(top) == 1 or words in PREFIXES, words
        assert help_of(words) == PREFIXES.get(words, INDEX[top[0]][1])
    of_commands = {" ".join(words.split()[:count]) for words in ALL for count in range(1, words.count(" ") + 1)}
    assert set(PREFIXES) <= firsts | of_commands - INDEX.keys()


def test_common_commands_exist() -> None:
    assert set(COMMON) | set(EXAMPLES) <= set(ALL)


def functions(command: click.Command) -> Iterator[Callable[..., Any]]:
    """Yield the functions that get values of a command by the names of their parameters."""
    run = getattr(command, "run", None)
    inner = getattr(run, "verb", None)
    verb = inner if hasattr(inner, "resource") else run
    for holder, name in ((verb, "function"), (verb, "prepare"), (command, "validate"), (command, "parse")):
        function = getattr(holder, name, None)
        if function is not None and function.__name__ != "<lambda>":
            yield function


def may_be_none(param: click.Parameter) -> bool:
    """Return whether a function may get None for a parameter that the command line does not give."""
    if param.required or param.multiple or param.nargs == -1 or (isinstance(param, click.Option) and param.count):
        return False
    return isinstance(param, click.Argument) or param.default is None


def test_annotation_allows_none_where_a_value_may_be_absent() -> None:
    wrong = set()
    for words in ALL:
        params = {param.name: param for param in every()[words].params}
        for function in functions(every()[words]):
            for name in parameters(function):
                annotation = function.__annotations__.get(name)
                annotation = annotation if isinstance(annotation, str) else formatannotation(annotation)
                known = name in params and annotation not in ("Any", "object") and "None" not in annotation
                if known and name not in INJECTED and may_be_none(params[name]):
                    wrong.add(f"{function.__module__}.{function.__name__}: {name}: {annotation}")
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.parametrize("words", ALL)
def test_help_needs_no_cloud(words: str) -> None:
    result = CliRunner().invoke(main, [*words.split(), "--help"], prog_name="ostk")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"Usage: ostk {words}")


@pytest.mark.parametrize("words", ALL)
def test_options_are_unique_and_shadow_no_global_option(words: str) -> None:
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


def test_required_companions_are_options_of_the_same_command() -> None:
    for words, command in every().items():
        flags = {flag for param in command.params for flag in (*param.opts, *param.secondary_opts)}
        for param in command.params:
            assert set(getattr(param, "needs", ())) <= flags, (words, param.opts)


def test_help_says_which_other_options_are_required() -> None:
    for words, command in every().items():
        for param in command.params:
            if needs := getattr(param, "needs", []):
                note = f"requires {' or '.join(needs)}"
                assert describe(param).count(note) == 1, (words, param.opts)


def visible_options() -> Iterator[tuple[str, click.Option, str]]:
    """Yield each option that help pages print and that has a value, with its command's words and its placeholder."""
    for words, command in every().items():
        for param in command.params:
            if isinstance(param, click.Option) and not (param.hidden or param.is_flag or param.count):
                yield words, param, metavar(param, click.Context(command))


def test_placeholder_in_brackets_is_of_an_optional_value() -> None:
    for words, option, placeholder in visible_options():
        optional = bool(getattr(option, "_flag_needs_value", False))
        assert (placeholder[0] == "[" and placeholder[-1] == "]") == optional, (words, option.opts, placeholder)


def test_placeholder_has_literal_words_as_they_are_typed() -> None:
    for words, option, placeholder in visible_options():
        assert not re.search(r"\bOR\b|:ASC|TRUE|True|-ID=", placeholder), (words, option.opts, placeholder)


def test_help_lists_choices_once() -> None:
    for words, command in every().items():
        for param in command.params:
            if len(choices := choices_of(param)) > 1 and not getattr(param, "hidden", False):
                listed = f"{', '.join(choices[:-1])} or {choices[-1]}"
                assert listed not in str(getattr(param, "help", "")), (words, param.opts)


def test_help_of_every_quota_says_what_is_unlimited() -> None:
    quotas = [param for words in ("quota set", "share quota set") for param in every()[words].params]
    numbers = [param for param in quotas if isinstance(param.type, click.types.IntParamType)]
    assert len(numbers) > 30
    for param in numbers:
        assert "-1 for unlimited" in str(getattr(param, "help", "")), param.opts


def test_every_command_is_in_a_test() -> None:
    said = "\n".join(path.read_text() for path in Path(__file__).parent.rglob("test_*.py"))
    before, after = re.compile(r"(?m:^|[\"'(`] ?|\d )\Z"), re.compile(r"[\s\"'\\`{]|\Z")

    def is_named(words: str) -> bool:
        places = (found.start() for found in re.finditer(re.escape(words), said))
        return any(before.search(said[max(0, at - 3) : at]) and after.match(said, at + len(words)) for at in places)

    assert [words for words in ALL if not is_named(words)] == []


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
    others = {"block storage log level list", "console url show", "database log show", "share migration show"}
    others |= {"metric benchmark measures show", "metric benchmark metric show", "share server migration show"}
    assert printed - set(WATCHED) == {*others, "configuration show"}


def test_the_index_and_the_modules_agree() -> None:
    places = {f"{place.replace('.', '/')}.py" for modules, _ in INDEX.values() for place in modules.split()}
    for place in places:
        assert (SOURCE / place).is_file(), place
    for noun, (modules, help) in INDEX.items():
        assert help.endswith("."), noun
        assert len(help) <= LONGEST_HELP, noun
        assert any(words == noun or words.startswith(f"{noun} ") for words in ALL), noun
        for place in modules.split():
            assert getattr(written(noun, place), "help", help).partition("\n")[0] == help, (noun, place)


def test_every_command_is_a_command_of_the_language() -> None:
    for words, command in every().items():
        assert isinstance(command, Command), words


def test_help_names_each_default_once() -> None:
    for words, command in every().items():
        for param in command.params:
            assert describe(param).count("default:") <= 1, (words, param.opts)


def test_no_file_is_longer_than_500_lines() -> None:
    for path in SOURCE.rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 500, path


# Each of these makes text safe, writes only its own text, or passes data to a pipe.
WRITERS = """
    __main__.py batch/children.py batch/pager.py
    cli.py config/prompts.py console.py errors.py external.py http/trace.py local/api.py local/complete.py
    progress.py render/machine.py render/output.py render/terminal.py render/watch.py
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
