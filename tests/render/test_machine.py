"""JSON is written as the standard library writes it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ostk.render.machine import json_encoder

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["\x7f", "日本", "\ud800"])
)
KEYS = st.text(alphabet="ab", max_size=3) | st.integers() | st.none()
VALUES = st.recursive(
    SCALARS, lambda one: st.lists(one, max_size=3) | st.tuples(one) | st.dictionaries(KEYS, one, max_size=3)
)


@settings(deadline=None)
@given(VALUES, st.booleans())
def test_json_is_that_of_the_standard_library(value: Any, noindent: bool) -> None:
    expected = json.dumps(value, indent=None if noindent else 2, default=str).replace("\x7f", "\\u007f")
    assert json_encoder(noindent)(value, "\n") == expected
