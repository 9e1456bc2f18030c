"""The number of requests of a command."""

from __future__ import annotations

import pytest

from .conftest import Run
from .fake_cloud import FakeCloud

SERVER = "/compute/v2.1/servers"
IMAGE = {"id": "cirros-id", "name": "cirros", "status": "active"}


@pytest.fixture
def busy(cloud: FakeCloud) -> FakeCloud:
    """A cloud with a server made from an image."""
    flavor = {"original_name": "m1.tiny", "vcpus": 1, "ram": 512}
    server = {"id": "a-id", "name": "a", "status": "ACTIVE", "image": {"id": "cirros-id"}, "flavor": flavor}
    cloud.answers[f"GET {SERVER}/detail"] = {"servers": [server]}
    cloud.answers["GET /image/v2/images"] = {"images": [IMAGE]}
    return cloud


COUNTS = [
    ("flavor list", 1),
    ("image list", 1),
    ("network list", 1),
    ("network show one", 1),
    ("server list", 2),
    ("server delete one two", 4),
    ("network delete one two", 4),
]


@pytest.mark.parametrize(("line", "most"), COUNTS)
def test_number_of_requests_with_a_warm_and_a_cold_cache(busy: FakeCloud, ostk: Run, line: str, most: int) -> None:
    assert ostk(line).exit_code == 0
    cold = [request for request, _ in busy.all]
    assert len(cold) <= most + 2, cold
    busy.all.clear()
    assert ostk(line).exit_code == 0
    warm = [request for request, _ in busy.all]
    assert len(warm) <= most, warm


def test_the_catalog_and_the_token_come_from_the_cache(busy: FakeCloud, ostk: Run) -> None:
    assert ostk("flavor list").exit_code == 0
    busy.all.clear()
    assert ostk("catalog list").exit_code == 0
    assert [line for line, _ in busy.all] == ["GET /identity/v3/auth/catalog"]


@pytest.mark.parametrize("how", ["--no-cache", "OSTK_CACHE=0"])
def test_no_cache_requests_token_and_catalog(
    busy: FakeCloud, ostk: Run, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ostk("flavor list").exit_code == 0
    busy.all.clear()
    if how.startswith("OSTK"):
        monkeypatch.setenv(*how.split("="))
    assert ostk(f"flavor list {how if how.startswith('--') else ''}").exit_code == 0
    assert [line.split()[0] for line, _ in busy.all] == ["POST", "GET", "GET"]


def test_a_refused_token_is_renewed_once(busy: FakeCloud, ostk: Run) -> None:
    assert ostk("network list").exit_code == 0
    busy.all.clear()
    busy.answers["GET /network/v2.0/networks"] = (401, {"error": {"message": "expired", "code": 401}})
    result = ostk("network list")
    assert result.exit_code == 1
    lines = [line for line, _ in busy.all]
    assert lines == ["GET /network/v2.0/networks", "POST /identity/v3/auth/tokens", "GET /network/v2.0/networks"]
