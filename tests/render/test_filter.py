"""Conditions of --filter: how they are read, and for which values they hold."""

from __future__ import annotations

from typing import Any

import pytest

from ostk.errors import OstkError
from ostk.record import replace
from ostk.render.filter import Condition, parse_condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Name=web", Condition("Name", "=", "web")),
        ("Power State != Running", Condition("Power State", "!=", "Running")),
        ("name~^web-[0-9]+$", Condition("name", "~", "^web-[0-9]+$")),
        ("Name!~a=b", Condition("Name", "!~", "a=b")),
        ("Name==web", Condition("Name", "=", "web")),
        ("Name= ~web", Condition("Name", "=", "~web")),
        ("Name=<none>", Condition("Name", "=", "<none>")),
        ("Name~=web", Condition("Name", "~", "=web")),
        ("RAM>=512", Condition("RAM", ">=", "512")),
        ("RAM<=512", Condition("RAM", "<=", "512")),
        ("OS-EXT-STS:task_state=", Condition("OS-EXT-STS:task_state", "=", "")),
    ],
)
def test_condition_is_read(text: str, condition: Condition) -> None:
    assert parse_condition(text) == condition


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Name", "is not COLUMN=VALUE; the operators are"),
        ("=web", "is not COLUMN=VALUE"),
        ("", "is not COLUMN=VALUE"),
        ("Name=~web", "is not an operator; the operators are =, !="),
        ("RAM<>512", "is not an operator"),
        ("RAM => 512", "is not an operator"),
        ("RAM=<512", "is not an operator"),
        ("Name!==web", "is not an operator"),
        ("Name===web", "is not an operator"),
        ("Name~[", "'[' is not a regular expression: unterminated"),
    ],
)
def test_invalid_condition_says_why(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^'") as raised:
        parse_condition(text)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("c=web", "web", True),
        ("c=web", "Web", False),
        ("c!=web", "web", False),
        ("c!=web", None, True),
        ("c=512", 512, True),
        ("c=512.0", 512, True),
        ("c=512.0", "512", False),
        ("c=true", True, True),
        ("c=False", True, False),
        ("c=none", None, True),
        ("c=", "", True),
        ("c=", None, False),
        ("c~^we", "web", True),
        ("c~eb", "web", True),
        ("c!~x", "web", True),
        ("c~'a'", ["a"], True),
        ("c>9", 10, True),
        ("c>9", "10", True),
        ("c>9", 9, False),
        ("c>=9", 9, True),
        ("c<9", 8.5, True),
        ("c<=9", 10, False),
        ("c>2026-01", "2026-02-01T00:00:00", True),
        ("c<2026-01", "2026-02-01T00:00:00", False),
        ("c>0", None, False),
        ("c<0", None, False),
        ("c>True", False, False),
    ],
)
def test_condition_holds_for_a_value(text: str, value: Any, holds: bool) -> None:
    assert parse_condition(text).holds(value) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("c=1", True),
        ("c=Running", True),
        ("c=Crashed", False),
        ("c!=Running", False),
        ("c!=1", False),
        ("c!=Crashed", True),
        ("c~^Run", True),
        ("c!~Run", False),
        ("c!~Cra", True),
        ("c>0", True),
    ],
)
def test_text_of_the_table_is_compared_too(text: str, holds: bool) -> None:
    assert parse_condition(text).holds(1, "Running") is holds


def test_number_is_not_compared_with_a_text() -> None:
    with pytest.raises(OstkError, match="c is a number, and cannot be compared with '2GB'"):
        parse_condition("c>2GB").holds(512)


def test_case_may_be_ignored() -> None:
    condition = replace(parse_condition("status=active"), any_case=True)
    assert (condition.holds("ACTIVE"), condition.holds("ERROR")) == (True, False)
    assert not replace(condition, operator="!=").holds("Active")
