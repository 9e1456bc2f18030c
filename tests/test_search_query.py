"""The text language of search queries, and its JSON form."""

from __future__ import annotations

import pytest

from ostk.errors import OstkError
from ostk.search_query import parse_query

PROJECT = "8f17e0a1b2c3d4e5f60718293a4b5c6d"


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("name=cpu-high", {"=": {"name": "cpu-high"}}),
        ("name = a.b.c", {"=": {"name": "a.b.c"}}),
        (
            "name=cpu-high and severity=critical",
            {"and": [{"=": {"name": "cpu-high"}}, {"=": {"severity": "critical"}}]},
        ),
        (f"project_id={PROJECT}", {"=": {"project_id": PROJECT}}),
        (f"project_id={'1' * 32}", {"=": {"project_id": "1" * 32}}),
        ("n>=24", {">=": {"n": 24}}),
        ("n<-2.5e1", {"<": {"n": -25.0}}),
        ("n ne 1", {"!=": {"n": 1}}),
        ("n≠1", {"!=": {"n": 1}}),
        ("n≤1 ∧ m≥2", {"and": [{"<=": {"n": 1}}, {">=": {"m": 2}}]}),
        ("a=1 \N{LOGICAL OR} b==2", {"or": [{"=": {"a": 1}}, {"=": {"b": 2}}]}),
        ("up=true", {"=": {"up": True}}),
        ("up=False", {"=": {"up": False}}),
        ("ended_at=null", {"=": {"ended_at": None}}),
        ("name=nonesuch", {"=": {"name": "nonesuch"}}),
        ("name='true'", {"=": {"name": "true"}}),
        ("name=\"a b) and 'c'\"", {"=": {"name": "a b) and 'c'"}}),
        ('name=""', {"=": {"name": ""}}),
        ('name like "web-%"', {"like": {"name": "web-%"}}),
        ("name in [a-1, 'b c', 3]", {"in": {"name": ["a-1", "b c", 3]}}),
        ("not a=1", {"not": {"=": {"a": 1}}}),
        ("not (a=1 or b=2)", {"not": {"or": [{"=": {"a": 1}}, {"=": {"b": 2}}]}}),
        ("a=1 or b=2 and not c=3", {"or": [{"=": {"a": 1}}, {"and": [{"=": {"b": 2}}, {"not": {"=": {"c": 3}}}]}]}),
        ("time>2026-11-30T08:00:00Z", {">": {"time": "2026-11-30T08:00:00Z"}}),
        ("note=wow!", {"=": {"note": "wow!"}}),
        ('{"=": {"name": "x"}}', {"=": {"name": "x"}}),
    ],
)
def test_query_is_read(text: str, query: object) -> None:
    """A value is read to its end, and its type is that of its form."""
    assert parse_query(text) == query


@pytest.mark.parametrize(
    "text",
    [
        *"|name|name=|=x|name=a b|a=1 and|a=1 b=2|(a=1|a=1)|name=a,b|url=http://a?b=c|name='x|a in [1|a = = b".split(
            "|"
        ),
        "a in [,]",
        '"and"',
        '{"="',
        "a=)",
    ],
)
def test_query_that_cannot_be_read_is_refused(text: str) -> None:
    """Nothing of a query is left out silently."""
    with pytest.raises(OstkError, match="is not valid"):
        parse_query(text)
