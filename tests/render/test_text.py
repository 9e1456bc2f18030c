"""Text: escaping, display width and wrapping."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostk import text
from ostk.text import disarmed, display_width, visible, wrap


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain", "plain"),
        ("日本 é 👍🏽", "日本 é 👍🏽"),
        ("\x1b[31m\x7f\x9b\0", "\\x1b[31m\\x7f\\x9b\\x00"),
        ("a\u202eb\u2066\u200f", "a\\u202eb\\u2066\\u200f"),
        ("a\u200bb\ufeff\U000e0041", "a\\u200bb\\ufeff\\U000e0041"),
        ("ad\u200cmin", "ad\\u200cmin"),
        ("می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"),  # noqa: RUF001
        ("two\nlines\t", "two\\x0alines\\x09"),
        ("\ud800", "\\ud800"),
        ("a\xa0b\u3000c", "a\xa0b\u3000c"),
    ],
)
def test_visible(given: str, shown: str) -> None:
    assert visible(given) == shown


def test_characters_to_keep() -> None:
    assert visible("a\n\t\r", keep="\n\t") == "a\n\t\\x0d"


def test_disarmed_changes_only_what_drives_a_terminal() -> None:
    assert disarmed("\x1b\n\t\u202e\u200b\u200d") == "\\x1b\n\t\\u202e\u200b\u200d"


@given(st.text())
def test_visible_text_has_no_control_characters(text: str) -> None:
    for shown in (visible(text), disarmed(text)):
        assert not any((ord(c) < 0x20 and c not in "\n\t") or 0x7F <= ord(c) <= 0x9F for c in shown)
        assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
    assert "\n" not in visible(text)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("日本", 4),
        ("e\u0301", 1),
        ("👍🏽", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("🇨🇭🇨🇭", 4),
        ("\u1112\u1161\u11ab", 2),
    ],
)
def test_width(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("line", "room", "lines"),
    [
        ("a short line", 8, ["a short", "line"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("aaa-bbb-ccc", 8, ["aaa-bbb-", "ccc"]),
        ("x abcdefghij", 4, ["x ab", "cdef", "ghij"]),
        ("日本語", 3, ["日", "本", "語"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("日本", 1, ["日", "本"]),
        ("      ", 3, [""]),
    ],
)
def test_wrap(line: str, room: int, lines: list[str]) -> None:
    assert wrap(line, room) == lines


@given(st.text(alphabet="ab -日é\u0301👍🏽\ufe0f❤", max_size=40), st.integers(2, 12))
def test_wrapping_loses_nothing_and_fits(line: str, room: int) -> None:
    lines = wrap(line, room)
    assert "".join("".join(lines).split()) == "".join(line.split())
    assert all(display_width(part) <= room for part in lines)


def test_effort_grows_with_the_length_of_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """The width of each character of a long word is looked up a few times, not once for each line."""
    looked_up = 0
    cells = text._cells

    def counted(part: str) -> list[int]:
        nonlocal looked_up
        looked_up += len(part)
        return cells(part)

    monkeypatch.setattr(text, "_cells", counted)
    for word in ("é" * 6000, "e\u0301" * 3000, "日本" * 3000, "1-é" * 2000):
        looked_up = 0
        assert "".join(wrap(word, 10)) == word
        assert looked_up < 20 * len(word)
