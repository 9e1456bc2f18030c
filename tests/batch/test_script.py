"""The grammar of a batch."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostk.batch.script import Line, read
from ostk.errors import OstkError

ENVIRONMENT = {"NETWORK": "lab net", "EMPTY": ""}
RESULTS = {"port": "p1", "two": "a b"}


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
    [("a 'b", "A quote is not closed: '."), ('a "b', 'A quote is not closed: ".'), ("a $NO", "NO is not set")],
)
def test_mistakes_are_errors(text: str, message: str) -> None:
    with pytest.raises(OstkError, match=message.replace(".", r"\.")):
        Line(1, text).words({}, {})


def test_lines_are_joined_and_numbered() -> None:
    text = ["# a comment \\", "", "one \\", "  two", "   ", "id = three # x", "x=y z", "four \\\\", "five \\"]
    assert list(read(text)) == [
        Line(3, "one    two"),
        Line(6, "three # x", "id"),
        Line(7, "x=y z"),
        Line(8, "four \\\\"),
        Line(9, "five"),
    ]
