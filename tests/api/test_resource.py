"""Resource types: names whose end need not be typed."""

from __future__ import annotations

import pytest

from ostk.api.dns import DNS_ZONE, RECORD_SET, TLD
from ostk.record import replace


@pytest.mark.parametrize(
    ("end", "typed", "full"),
    [
        (".", "example.org", "example.org."),
        (".", "Example.org.", "Example.org."),
        (".One.org.", "www", "www.One.org."),
        (".One.org.", "www.one.ORG", "www.One.org."),
        (".One.org.", "www.one.org.", "www.One.org."),
        (".One.org.", "one.org", "One.org."),
        (".One.org.", "@", "One.org."),
        (".One.org.", "*", "*.One.org."),
        (".One.org.", "bone.org", "bone.org.One.org."),
        (".One.org.", "www.other.", "www.other."),
    ],
)
def test_full_name(end: str, typed: str, full: str) -> None:
    resource = DNS_ZONE if end == "." else replace(RECORD_SET, name_end=end)
    assert resource.full_name(typed) == full


def test_other_names_are_full() -> None:
    assert TLD.full_name("org") == "org"
