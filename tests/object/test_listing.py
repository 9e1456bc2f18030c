"""Test listings of the object store: pages are printed as they come, and not kept."""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

SWIFT = "/object/v1/AUTH_p"


class Page(list[Any]):
    """A page that can be watched: no weak reference to a plain list is possible."""


@pytest.mark.parametrize("format", ["value", "csv", "jsonl", "json"])
def test_pages_are_released_one_by_one(
    format: str, cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With kept pages, a container of a million objects would need gigabytes of memory."""
    pages: list[weakref.ref[Page]] = []

    def page(self: object, response: object) -> Page:
        assert [ref for ref in pages if ref() is not None] == []
        first = len(pages) * 3
        found = Page({"name": f"o{number}"} for number in range(first, first + 3 if first < 9 else first))
        pages.append(weakref.ref(found))
        return found

    monkeypatch.setattr("ostk.http.client.Http.json", page)
    monkeypatch.setattr("ostk.render.machine.ROWS_BEFORE_OUTPUT", 2)
    cloud.answers[f"GET {SWIFT}/c"] = []
    result = ostk(f"object list c --all -f {format}")
    assert (result.exit_code, result.stdout.count("o"), len(pages)) == (0, 9, 4), result.output


def test_rows_are_printed_before_the_next_page_fails(cloud: FakeCloud, ostk: Run) -> None:
    answers: Iterator[Any] = iter([[{"name": "a"}], (403, b"Forbidden")])
    cloud.answers[f"GET {SWIFT}/c"] = answers
    result = ostk("object list c --all -f value")
    assert (result.exit_code, result.stdout) == (1, "a\n")
    cloud.answers[f"GET {SWIFT}/c"] = iter([[{"name": "a"}], (403, b"Forbidden")])
    assert ostk("object list c --all -f json").stdout == ""


def test_rows_of_a_delimiter_and_every_page_in_json(cloud: FakeCloud, ostk: Run) -> None:
    rows = [{"subdir": "a/"}, {"name": "b", "bytes": 1, "hash": "h", "content_type": "t", "last_modified": "d"}]
    cloud.answers[f"GET {SWIFT}/c"] = iter([rows, []])
    shown = json.loads(ostk("object list c --delimiter / --long --all -f json").stdout)
    assert [row["Bytes"] for row in shown] == ["", 1]
