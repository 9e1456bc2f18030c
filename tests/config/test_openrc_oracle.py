"""Generated openrc files: ostk and a real shell agree on the variables, or ostk rejects the file."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from ostk.config.openrc.reader import parse
from ostk.config.openrc.values import as_text
from ostk.errors import ConfigError

INHERITED = {"HOME": "/home/ann", "PATH": "/usr/bin:/bin", "OS_OLD": "old one", "OS_B": "inherited", "TERM": ""}
NAMES = ("OS_A", "OS_B", "OS_C", "OS_OLD", "low", "none")
LETTERS = "abcxyz019éß漢"
PLAIN = LETTERS + "@%+=:,./-_~!^]#"
ANY = PLAIN + ' \t|&;<>()[]{}*?$"`\\'
SLOWLY = settings(deadline=None, suppress_health_check=list(HealthCheck))

name = st.sampled_from(NAMES)


def texts(alphabet: str, longest: int = 6) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(alphabet), max_size=longest)


def parameters(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """`$NAME`, `${NAME}` and `${NAME:-word}`."""
    operators = st.sampled_from([":-", "-"])
    plain = st.one_of(name.map("${{{}}}".format), name.map("${}".format))
    return st.one_of(plain, st.builds("${{{}{}{}}}".format, name, operators, words))


single = texts(ANY + "\n").map("'{}'".format)
escaped = st.sampled_from(ANY).map("\\{}".format)
in_double = st.one_of(
    texts(PLAIN + " \t\n|&;<>()[]{}*?'"),
    st.sampled_from(["\\$", '\\"', "\\\\", "\\`", "\\a", "\\'", "$ ", "$.", "\\\n"]),
)
in_double_in_braces = st.lists(
    st.one_of(texts(PLAIN + " |&;<>()[]*?'"), st.sampled_from(["\\$", '\\"', "\\\\", "\\}", '"a b"'])), max_size=2
).map("".join)
double = st.lists(st.one_of(in_double, parameters(in_double_in_braces)), max_size=4).map(
    lambda parts: '"' + "".join(parts) + '"'
)
in_braces = st.lists(st.one_of(texts(LETTERS + "@%+,./-_!^#"), single, double, escaped), max_size=3).map("".join)
piece = st.one_of(texts(PLAIN), single, double, escaped, parameters(in_braces))
word = st.lists(piece, max_size=4).map("".join)


assigned = st.builds("{}={}".format, name, word)
export = st.lists(st.one_of(assigned, name), min_size=1, max_size=3).map(lambda words: "export " + " ".join(words))
unset = st.lists(name, min_size=1, max_size=2).map(lambda words: "unset " + " ".join(words))
quoted = st.one_of(name.map('"${}"'.format), single, double)
condition = st.one_of(
    st.builds("[ -z {} ]".format, quoted),
    st.builds("[ -n {} ]".format, quoted),
    st.builds("test {} = {}".format, quoted, quoted),
    st.builds("[ {} != {} ]".format, quoted, quoted),
    st.builds("[ ! -z {} ]".format, quoted),
    st.builds('[ -z "${{{}-set}}" ]'.format, name),
    st.sampled_from(["true", ":"]),
)
tail = st.sampled_from(["", " ", ";", " ; ", " # a 'note", "\t#"])
simple = st.one_of(
    st.lists(assigned, min_size=1, max_size=2).map(" ".join),
    export,
    unset,
    st.builds("echo {} > /dev/null".format, double),
    st.just("for key in $( set | awk '{FS=\"=\"}  /^OS_/ {print $1}' ); do unset $key ; done"),
    st.sampled_from(["set -a", "set +o noglob"]),
)
between = st.sampled_from(["; ", "\n", "\n\n  # note\n\t"])


def conditionals(statements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """`if`, with and without `elif` and `else`."""
    return st.one_of(
        st.builds("if {1}{0}then {2}{0}fi".format, between, condition, statements),
        st.builds("if {1}{0}then {2}{0}else {3}{0}fi".format, between, condition, statements, statements),
        st.builds(
            "if {1}{0}then {2}{0}elif {3}{0}then {4}{0}fi".format, between, condition, statements, condition, statements
        ),
    )


def beyond(statements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Generate shell text outside of the grammar."""
    return st.one_of(
        conditionals(statements),
        st.builds("{} && {}".format, condition, statements),
        st.builds("{} || {}".format, condition, statements),
        st.builds("! {}".format, condition),
        st.builds("for low in {1} {2}{0}do {3}{0}done".format, between, quoted, quoted, statements),
        st.builds("{{ {1}{0}}}".format, between, statements),
        st.builds(": ${{{}:={}}}".format, name, in_braces),
        st.builds("{}=${{{}:+{}}}".format, name, name, in_braces),
        st.builds("{}=${{{}%{}}}".format, name, name, in_braces),
        st.builds("{}=$(echo {})".format, name, quoted),
        st.builds("export {}".format, parameters(in_braces)),
        st.builds("unset ${}".format, name),
        st.builds("{}=~/{}; {}={}:~/{}".format, name, word, name, word, word),
        st.builds("OS_{}\\\n={}".format, st.sampled_from("AB"), word),
        st.builds("eval {}".format, assigned.map("'{}'".format)),
        st.builds("cat > /dev/null <<END\n{}\nEND\n".format, word),
    )


def files_of(statements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lines = st.lists(st.builds("{}{}".format, statements, tail), max_size=6)
    return lines.map(lambda found: "\n".join(found) + "\n")


files = files_of(st.recursive(simple, conditionals, max_leaves=3))
other_files = files_of(st.recursive(st.one_of(simple, beyond(simple)), beyond, max_leaves=3))


def by_shell(shell: str, text: str) -> dict[str, str]:
    """Return the variables after a shell sources the file."""
    with tempfile.TemporaryDirectory() as directory:
        (Path(directory) / "rc").write_bytes(text.encode())
        run = subprocess.run(
            [*shell.split(), "-c", "set -a; . ./rc; exec env -0"],
            cwd=directory,
            env=INHERITED,
            capture_output=True,
            check=True,
        )
    pairs = (pair.partition("=") for pair in run.stdout.decode().split("\0"))
    return {key: value for key, _, value in pairs if key in NAMES}


def by_ostk(text: str) -> dict[str, str]:
    """Return the variables after ostk reads the file."""
    done = parse(text.encode(), "rc", INHERITED).changes
    found = {name: done.lookup(name, INHERITED) for name in NAMES}
    message = {name: as_text(value) for name, value in found.items() if value is not None}
    return {name: value if value is not None else "unreadable" for name, value in message.items()}


def agree(shell: str, text: str) -> None:
    """Assert that a file of the grammar is read; each value is the shell's, or an error that names the variable.

    A condition on the home directory of another user is rejected, as any that only a shell can test.
    """
    try:
        found = by_ostk(text)
    except ConfigError as error:
        assume("~" not in text or "only a shell can test its condition" not in str(error))
        raise
    known = by_shell(shell, text)
    assert {name: known.get(name) if value == "unreadable" else value for name, value in found.items()} == known


def agree_or_refuse(shell: str, text: str) -> None:
    """Assert that a file either has the same values in a shell, or is rejected."""
    try:
        found = by_ostk(text)
    except ConfigError:
        return
    known = by_shell(shell, text)
    assert {name: known.get(name) if value == "unreadable" else value for name, value in found.items()} == known


SHELL = shutil.which("dash") or shutil.which("sh")


@pytest.mark.skipif(not SHELL, reason="there is no shell")
@settings(SLOWLY, max_examples=60)
@given(files)
def test_files_agree_with_sh(text: str) -> None:
    assert SHELL
    agree(SHELL, text)


@pytest.mark.slow
@pytest.mark.skipif(not SHELL, reason="there is no shell")
@settings(SLOWLY, max_examples=2000)
@given(files)
def test_many_files_agree_with_sh(text: str) -> None:
    assert SHELL
    agree(SHELL, text)


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
@settings(SLOWLY, max_examples=20)
@given(files)
@example('OS_A=\nOS_B="$OS_A\\\n0"\n')
def test_files_agree_with_bash(text: str) -> None:
    assume("<(" not in text and ">(" not in text)  # bash begins a process substitution even in a quoted default
    agree("bash --posix", text)


@pytest.mark.skipif(not SHELL, reason="there is no shell")
@settings(SLOWLY, max_examples=60)
@given(other_files)
def test_other_files_agree_with_sh_or_are_refused(text: str) -> None:
    assert SHELL
    agree_or_refuse(SHELL, text)


@pytest.mark.slow
@pytest.mark.skipif(not SHELL, reason="there is no shell")
@settings(SLOWLY, max_examples=2000)
@given(other_files)
def test_many_other_files_agree_with_sh_or_are_refused(text: str) -> None:
    assert SHELL
    agree_or_refuse(SHELL, text)


PIECES = r"""
export OS_PASSWORD= OS_USERNAME= §¶§ ' " ` $ ${ } ( ) $( (( )) [ ] [[ ]] { ; & && | || < > << <<- # ! ~ \
= + := :- :? % ## if then elif else fi for in do done while case esac function read -s -p unset set setenv -x
$env: %A% return exit break continue eval source . $1 $$ $@ $?
""".split()
TOKENS = st.one_of(
    st.sampled_from(PIECES), st.sampled_from(["\n", " ", "\t", "\r\n", "\x01", "\x1b"]), st.text(max_size=4)
)


def survives(tokens: list[str], ending: str) -> None:
    # The secret has no character that a variable's name could have: names are in messages.
    text = "OS_PASSWORD=§¶§\n" + "".join(tokens)
    try:
        parse(text.encode("utf-8", "surrogatepass"), f"rc{ending}", INHERITED)
    except ConfigError as error:
        message = error.message + error.hint
        assert "§" not in message
        assert "¶" not in message
        assert error.message.startswith("rc")  # noqa: PT017


@settings(SLOWLY, max_examples=200)
@given(st.lists(TOKENS, max_size=30), st.sampled_from(["", ".csh", ".fish", ".ps1", ".cmd"]))
def test_any_text_is_read_or_refused_in_one_line(tokens: list[str], ending: str) -> None:
    survives(tokens, ending)


@pytest.mark.slow
@settings(SLOWLY, max_examples=20_000)
@given(st.lists(TOKENS, max_size=40), st.sampled_from(["", ".csh", ".fish", ".ps1", ".cmd"]))
def test_a_lot_of_any_text_is_read_or_refused_in_one_line(tokens: list[str], ending: str) -> None:
    survives(tokens, ending)
