"""The simple reader of YAML says what PyYAML says, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ostk.session.files import _as_written
from ostk.session.simple_yaml import read

USUAL = b"""\
---
# The clouds of the laboratory.
clouds:
  lab:
    region_name: RegionOne   # the only one
    verify: no
    cacert: ~/ca.pem

    auth:
        auth_url: http://127.0.0.1:5000/v3
        username: "the admin"
        password: 'x: #"\\'
        project_name: 0123
        user_domain_id:
  empty: null
"""


def by_pyyaml(raw: bytes) -> Any:
    return yaml.load(raw, _as_written(yaml.SafeLoader))


def test_a_usual_file() -> None:
    auth = {
        "auth_url": "http://127.0.0.1:5000/v3",
        "username": "the admin",
        "password": 'x: #"\\',
        "project_name": "0123",
        "user_domain_id": None,
    }
    lab = {"region_name": "RegionOne", "verify": "no", "cacert": "~/ca.pem", "auth": auth}
    assert read(USUAL) == {"clouds": {"lab": lab, "empty": None}} == by_pyyaml(USUAL)


LEFT = [
    "",
    "# nothing",
    "a: [b]",
    "a: {b: c}",
    "a: &b c",
    "a: !!int 3",
    "a: |\n  b",
    "a: b\n  c",
    "a: b\n  c: d",
    "a:\n  b: c\n d: e",
    " a: b\nc: d",
    "a:\n- b",
    "a: b: c",
    "a: b:",
    'a: "\\n"',
    "a: 'it''s'",
    "a: 'b",
    "a: 'b' c",
    "a: b\na: c",
    "a: b\n---\na: c",
    "null: a",
    "<<: a",
    "a: b\r\n",
    "a:\tb",
    "a: \x07",
    "a: ü",
    "a:b",
]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_left_to_pyyaml(text: str) -> None:
    assert read(text.encode()) is None


INDENTS = st.sampled_from(["", "", " ", "  ", "  ", "    ", "      ", "\t"])
KEYS = st.sampled_from(["a", "b", "auth", "x-y", "_.z", "null", "no", "<<", "- a", "? a", "'q'", "a b", "#", "..."])
COLONS = st.sampled_from([": ", ": ", ":", ":  ", " : ", ":\t", ""])
WORDS = st.text(st.sampled_from("ab01~/.:#-'\" \\%@&*!|>{}[],?=<\t\x85ü"), max_size=6)
VALUES = st.sampled_from(["", "", "v", "~", "null", "1.10", "'q: #'", '"q"', '""', "a b", "a #c", "a#c", "a:", "- x"])
ENDS = st.sampled_from(["", "", " ", " # c", "#", "\r"])
LINES = st.tuples(INDENTS, KEYS, COLONS, VALUES | WORDS, ENDS).map("".join)
ODD = st.sampled_from(["", "# c", "---", "...", "%YAML 1.1", "- a", "   ", "{}"])


@settings(max_examples=1500, deadline=None)
@given(st.lists(LINES | LINES | LINES | ODD, max_size=6).map("\n".join))
def test_what_it_reads_is_what_pyyaml_reads(text: str) -> None:
    simple = read(text.encode())
    if simple is not None:
        assert simple == by_pyyaml(text.encode())
