"""Paging: pages are joined, and endless lists are errors."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest

from ostk.errors import ConnectionFailed
from ostk.session.paging import name_pages, pages

Json = dict[str, Any]


def page(marker: str | None, *ids: str) -> Json:
    links = [] if marker is None else [{"rel": "next", "href": f"http://x/servers?{marker}"}]
    return {"servers": [{"id": id} for id in ids], "servers_links": links}


def listed(fetch: Callable[[Json], Any], query: Json | None = None, by_offset: bool = False) -> list[str]:
    """Return the IDs of a list, at most 50."""
    found = pages(fetch, "servers", "servers_links", query or {}, by_offset=by_offset)
    return [item["id"] for item in islice(found, 50)]


def test_pages_are_joined() -> None:
    answers = {None: page("marker=a", "a"), "a": page("marker=b", "b"), "b": page(None, "c")}
    assert listed(lambda query: answers[query.get("marker")]) == ["a", "b", "c"]


ENDLESS: list[Callable[[Json], Json]] = [
    lambda query: page("limit=1", "a"),
    lambda query: page("marker=" + ("b" if query.get("marker") == "a" else "a"), query.get("marker", "")),
    lambda query: page(f"marker={len(query.get('marker', ''))}" + query.get("marker", ""), "a"),
]


@pytest.mark.parametrize("fetch", ENDLESS)
def test_a_list_that_never_ends_is_an_error(fetch: Callable[[Json], Json]) -> None:
    with pytest.raises(ConnectionFailed, match="does not end"):
        listed(fetch)


def test_a_cycle_of_pages_by_offset_is_an_error() -> None:
    def fetch(query: Json) -> Json:
        return page("marker=x", "a" if int(query.get("offset", 0)) % 2 else "b")

    with pytest.raises(ConnectionFailed, match="does not end"):
        listed(fetch, by_offset=True)


def test_a_list_that_ignores_the_offset_ends() -> None:
    assert listed(lambda query: page("marker=x", "a", "b"), by_offset=True) == ["a", "b"]


@pytest.mark.parametrize("second", [None, {}, {"servers": None}, {"servers": {"id": "b"}}, {"servers": [None]}, "no"])
def test_a_page_that_is_no_list_is_an_error(second: Any) -> None:
    with pytest.raises(ConnectionFailed, match=r"unexpected shape: (it has no list|the list) 'servers'"):
        listed(lambda query: second if query else page("marker=a", "a"))


def test_pages_of_names_go_on_after_the_last_name() -> None:
    answers: dict[str | None, Any] = {None: [{"name": "a"}, {"subdir": "b/"}], "b/": [{"name": "c"}], "c": []}
    assert list(name_pages(lambda query: answers[query.get("marker")], {})) == [answers[None], answers["b/"]]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([{"name": "a"}], "does not end"),
        ([{}], "does not end"),
        ({"a": 1}, "a list"),
        (["a"], "a list"),
        ({}, "a list"),
    ],
)
def test_pages_of_names_that_never_end_are_an_error(answer: Any, words: str) -> None:
    with pytest.raises(ConnectionFailed, match=words):
        list(islice(name_pages(lambda query: answer, {}), 50))
