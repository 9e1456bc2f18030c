"""Access: parsing of tokens, storage and expiry."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostk.auth.access import Access, read_v2, read_v3, seconds

from .scripted_keystone import V2_BODY, V3_BODY


def test_stored_access_is_read_back_unchanged() -> None:
    for access in (read_v3("T1", V3_BODY), read_v2(V2_BODY)):
        assert access is not None
        assert Access.from_json(json.loads(json.dumps(access.as_json()))) == access


@pytest.mark.parametrize("damaged", [None, [], "x", {}, {"token": "T1"}, {"token": 1, "catalog": []}])
def test_damaged_access_is_discarded(damaged: Any) -> None:
    assert Access.from_json(damaged) is None


@pytest.mark.parametrize(
    ("at", "now", "soon"),
    [
        ("2026-01-01T00:01:01Z", 0, False),
        ("2026-01-01T00:00:59Z", 0, True),
        ("2026-01-01T00:00:00.000000Z", 1, True),
        ("2025-12-31T19:01:01.999-05:00", 0, False),
        ("2026-01-01T00:01:01", 0, False),
        ("", 10**9, False),
        ("soon", 10**9, False),
    ],
)
def test_expiry_has_a_margin(at: str, now: float, soon: bool) -> None:
    start = seconds("2026-01-01T00:00:00Z")
    assert start == 1767225600
    assert Access("T", expires_at=at).expires_soon(start + now) is soon


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["token", "access", "catalog", "endpoints", "user", "domain", "id", "roles", "serviceCatalog"]
            ),
            inner,
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_any_response_is_parsed_or_rejected(body: Any) -> None:
    for access in (read_v3("T", body), read_v2(body), Access.from_json(body)):
        assert access is None or isinstance(access.catalog, list)
