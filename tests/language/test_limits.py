"""--limit 0 and --max-items 0: no limit, where the reference client has none."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

ONE = {"id": "i1", "name": "n", "status": "available", "attachments": [], "enabled": True}
ANSWERS = {
    "GET /volume/v3/volumes/detail": {"volumes": [ONE]},
    "GET /compute/v2.1/os-hypervisors/detail": {"hypervisors": [ONE]},
    "GET /compute/v2.1/flavors/detail": {"flavors": [ONE]},
    "GET /compute/v2.1/os-keypairs": {"keypairs": [{"keypair": ONE}]},
    "GET /compute/v2.1/os-server-groups": {"server_groups": [ONE]},
    "GET /compute/v2.1/os-migrations": {"migrations": [ONE]},
    "GET /network/v2.0/ports": {"ports": [ONE]},
    "GET /network/v2.0/networks": {"networks": [ONE]},
    "GET /identity/v3/users": {"users": [ONE]},
    "GET /identity/v3/projects": {"projects": [ONE]},
    "GET /image/v2/images": {"images": [ONE]},
}


@pytest.mark.parametrize(
    "line",
    [
        "volume list --limit 0",
        "hypervisor list --limit 0",
        "flavor list --limit 0",
        "keypair list --limit 0",
        "server group list --limit 0",
        "server migration list --limit 0",
        "port list --max-items 0",
        "network list --max-items 0",
        "user list --max-items 0",
        "project list --max-items 0",
        "image list --limit 0 --max-items 0",
        "flavor list --max-items 0",
    ],
)
def test_zero_is_no_limit(cloud: FakeCloud, ostk: Run, line: str) -> None:
    cloud.answers |= ANSWERS
    result = ostk(f"{line} -f json")
    assert len(json.loads(result.stdout)) == 1, result.output
    assert [request for request, _ in cloud.sent if "limit=0" in request] == []


@pytest.mark.parametrize("line", ["volume snapshot list --limit 0", "port list --limit 0"])
def test_zero_is_sent_where_the_reference_client_sends_it(cloud: FakeCloud, ostk: Run, line: str) -> None:
    ostk(line)
    assert [request for request, _ in cloud.sent if "limit=0" in request] != []


@pytest.mark.parametrize("line", ["volume list --limit -1", "port list --max-items -1", "server list --limit -1"])
def test_negative_limit_is_rejected(cloud: FakeCloud, ostk: Run, line: str) -> None:
    assert (ostk(line).exit_code, cloud.all) == (2, [])
