"""The grammar of a batch."""

from __future__ import annotations

import re
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostk.batch.script import Line, hint, read
from ostk.errors import OstkError

ENVIRONMENT = {"NETWORK": "lab net", "EMPTY": ""}
RESULTS = {"port": "p1", "two": "a b", "failed": None}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("flavor list", ["flavor", "list"]),
        ("ostk flavor list", ["flavor", "list"]),
        ("openstack flavor list", ["flavor", "list"]),
        ("server openstack", ["server", "openstack"]),
        ("a 'b c' \"d e\" f\\ g", ["a", "b c", "d e", "f g"]),
        ("a '' \"\"", ["a", "", ""]),
        ("$NETWORK ${NETWORK}x \"$NETWORK\"", ["lab net", "lab netx", "lab net"]),
        ("'$NETWORK' \\$NETWORK", ["$NETWORK", "$NETWORK"]),
        ("a $EMPTY$EMPTY", ["a", ""]),
        ("a {port} x{two}y '{port}' {other} {}", ["a", "p1", "xa by", "{port}", "{other}", "{}"]),
        ('a \'{"port": 1}\' "{\\"port\\": 1}"', ["a", '{"port": 1}', '{"port": 1}']),
        ("a # b", ["a"]),
        ("a b#c \\# '#'", ["a", "b#c", "#", "#"]),
        ('a "\\n \\\\ \\$"', ["a", "\\n \\ $"]),
        ("price $5 $ $$", ["price", "$5", "$", "$$"]),
    ],
)  # fmt: skip
def test_words_are_split_as_in_a_shell(text: str, words: list[str]) -> None:
    assert Line(1, text).words(ENVIRONMENT, RESULTS) == words


@given(st.lists(st.text("ab '\"\\$#{}=\t-é", max_size=8), max_size=4))
def test_quoted_words_are_kept(words: list[str]) -> None:
    line = Line(1, " ".join(["x", *map(shlex.quote, words)]))
    assert line.words({}, {"a": "b"}) == ["x", *words]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a 'b", "A quote is not closed: '."),
        ('a "b', 'A quote is not closed: ".'),
        ("a $NO", "NO is not set"),
        ("a x{failed}", "{failed} has no value: the command whose output it stands for failed."),
    ],
)
def test_mistakes_are_errors(text: str, message: str) -> None:
    with pytest.raises(OstkError, match=re.escape(message)):
        Line(1, text).words({}, RESULTS)


def test_a_result_that_failed_may_be_named_in_single_quotes() -> None:
    assert Line(1, "a '{failed}'").words({}, RESULTS) == ["a", "{failed}"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (["a # b \\", "c"], [["a"], ["c"]]),
        (["a b#c \\", "d"], [["a", "b#c", "d"]]),
        (["a 'b # \"' \\", "d"], [["a", 'b # "', "d"]]),
        (['a "b \\', 'c"'], [["a", "b c"]]),
        (["a b\\", "c"], [["a", "bc"]]),
        (["a 'b\\'", "c"], [["a", "b\\"], ["c"]]),
        (["\ufeffa", "\ufeffb"], [["a"], ["\ufeffb"]]),
        (["\ufeff# a", "b"], [["b"]]),
        (["a \\\r\n", "b\r\n"], [["a", "b"]]),
    ],
)
def test_lines_go_on_as_in_a_shell(text: list[str], words: list[list[str]]) -> None:
    assert [line.words({}, {}) for line in read(text)] == words


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("use lab", "a line takes --os-cloud NAME"),
        ("project demo", "a line takes --os-project-name NAME"),
        ("!date", "for the prompt"),
        ("x=image list", "put blanks around the equals sign: x = COMMAND"),
        ("x =image list", "x = COMMAND"),
        ("image list", ""),
        ("use", ""),
    ],
)
def test_what_is_for_the_prompt_or_has_no_blanks_gets_a_hint(text: str, part: str) -> None:
    assert part in hint(text)
    assert bool(part) == bool(hint(text))


def test_lines_are_joined_and_numbered() -> None:
    text = ["# a comment \\", "", "one \\", "  two", "   ", "id = three # x", "x=y z", "four \\\\", "five \\"]
    assert list(read(text)) == [
        Line(3, "one   two"),
        Line(6, "three # x", "id"),
        Line(7, "x=y z"),
        Line(8, "four \\\\"),
        Line(9, "five"),
    ]
