"""Test names of images that look like filter operators of Glance, which end in a colon: `in:` and `eq:`."""

from __future__ import annotations

import shlex
from urllib.parse import quote_plus

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

NAMES = ["ubuntu:22.04", "in:a,b", "eq:a", "neq:a", "2026-01-01T00:00:00Z"]
UNUSUAL = ["123456", "a,b", "a/b", "a b", "ünï", "true", "None"]


@pytest.mark.parametrize("name", [*NAMES, *UNUSUAL])
@pytest.mark.parametrize(
    "line",
    [
        "image show {}",
        "image set {} --property a=b",
        "image list --name {}",
        "image list --marker {}",
        "image save {} --file out",
        "server list --image {}",
        "volume create v --size 1 --image {}",
        "image delete {}",
    ],
)
def test_image_is_found_by_name_with_operator_characters(cloud: FakeCloud, ostk: Run, line: str, name: str) -> None:
    """A name with a colon is sent after the operator `eq:`, any other name unchanged."""
    query = quote_plus(f"eq:{name}" if ":" in name else name)
    image = {"id": "i-id", "name": name, "status": "active", "tags": [], "visibility": "private"}
    for rest in ("", "&limit=1000"):
        cloud.answers[f"GET /image/v2/images?name={query}{rest}"] = {"images": [image]}
        cloud.answers[f"GET /image/v2/images?name={query.replace('+', '%20')}{rest}"] = {"images": [image]}
    cloud.answers["PATCH /image/v2/images/i-id"] = image
    result = ostk(line.format(shlex.quote(name)))
    assert result.exit_code == 0, result.output
    asked = [request for request, _ in cloud.all if request.startswith("GET /image/v2/images?name=")]
    assert asked
    assert {one.replace("%20", "+").partition("&")[0] for one in asked} == {f"GET /image/v2/images?name={query}"}


def test_image_property_filter_escapes_operators_in_name_only(cloud: FakeCloud, ostk: Run) -> None:
    """`--image-property name=…` filters by the name; values of other properties have no operators."""
    ostk("server create s --flavor one --nic none --image-property name=ubuntu:22.04 --image-property os=a:b")
    assert [one for one, _ in cloud.all if "/images?" in one] == [
        "GET /image/v2/images?name=eq%3Aubuntu%3A22.04&os=a%3Ab"
    ]
