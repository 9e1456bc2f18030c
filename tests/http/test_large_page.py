"""Large pages are decoded piece by piece, to the same resources as at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostk.errors import ConnectionFailed
from ostk.http import large_page as module
from ostk.http.large_page import LargePage, large_page

DAMAGED = ConnectionFailed("damaged")
TEXTS = st.sampled_from(["", "a", '"', "}, {", '{"id":', "]}", "日本", "\\", "\x7f", "x" * 90])


def objects(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects that begin with the same field as the resources of a list do."""
    return st.tuples(TEXTS, values).map(lambda pair: {"id": pair[0], "more": pair[1]})


NESTED = st.recursive(TEXTS | st.none() | st.integers(), lambda one: st.lists(one, max_size=3) | objects(one))


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGE", 0)
    monkeypatch.setattr(module, "PIECE", 64)


@settings(deadline=None)
@given(st.lists(objects(NESTED), max_size=12), st.sampled_from([None, 1]), st.booleans(), st.booleans())
def test_pieces_are_the_whole_list(items: list[Any], indent: int | None, ascii: bool, linked: bool) -> None:
    page = {"ports": items, **({"ports_links": [{"rel": "next", "href": "x"}]} if linked else {})}
    body = json.dumps(page, indent=indent, ensure_ascii=ascii).encode()
    with pytest.MonkeyPatch.context() as patch:
        small(patch)
        found = large_page(body, "ports", DAMAGED)
        if found is not None:
            assert [item for piece in found.pieces() for item in piece] == items
            assert found.get("ports_links") == page.get("ports_links")
        else:
            assert len(items) < 2


def test_a_long_list_comes_in_several_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch)
    found = large_page(json.dumps({"ports": [{"id": str(number)} for number in range(100)]}).encode(), "ports", DAMAGED)
    assert isinstance(found, LargePage)
    assert max(len(piece) for piece in found.pieces()) < 6


@pytest.mark.parametrize("cut", [1, 20, 200, 900])
def test_a_body_that_is_cut_off_is_an_error(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch)
    body = json.dumps({"ports": [{"id": str(number), "name": "n"} for number in range(100)]}).encode()
    found = large_page(body[:-cut], "ports", DAMAGED)
    assert found
    with pytest.raises(ConnectionFailed, match="damaged"):
        list(found.pieces())
