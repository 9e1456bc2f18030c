"""Share attachments of servers: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import SERVICES, FakeCloud
from ..request_tables import Request, request_table

SHARES = "/compute/v2.1/servers/s-id/shares"
CASES = request_table("""
/compute/v2.1
server share list s
  GET ~/servers/s-id/shares
server share show s f
  GET ~/servers/s-id/shares/f-id
server add share s f --tag t
  POST ~/servers/s-id/shares {"share": {"share_id": "f-id", "tag": "t"}}
server remove share s f
  DELETE ~/servers/s-id/shares/f-id
""")


@pytest.fixture
def shares(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
    monkeypatch.setitem(SERVICES, "shared-file-system", "/share/v2")
    monkeypatch.setattr("tests.fake_cloud.NEWEST", {"compute": "2.97"})
    versions = [{"id": "v2.0", "min_version": "2.0", "version": "2.80", "status": "CURRENT", "links": []}]
    cloud.answers["GET /share/v2/"] = {"versions": versions}
    cloud.answers["GET /share/v2/shares?name=f"] = {"shares": [{"id": "f-id", "name": "f"}]}
    share = {"share_id": "f-id", "status": "inactive", "tag": "t"}
    cloud.answers[f"GET {SHARES}"] = {"shares": [share]}
    cloud.answers[f"GET {SHARES}/f-id"] = {"share": {**share, "uuid": "u", "export_location": "h:/f"}}
    return cloud


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(shares: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    lookups = ("GET /share/",)
    result = ostk(line)
    assert result.exit_code == 0, result.output
    assert [sent for sent in shares.sent if not sent[0].startswith(lookups)] == requests


def test_export_location_is_hidden_if_absent(shares: FakeCloud, ostk: Run) -> None:
    shown = json.loads(ostk("server share show s f -f json").output)
    assert list(shown) == ["Export Location", "Share ID", "Status", "Tag", "UUID"]
    shares.answers[f"GET {SHARES}/f-id"] = {"share": {"share_id": "f-id", "status": "active", "tag": "t"}}
    shown = json.loads(ostk("server share show s f -f json").output)
    assert shown == {"Share ID": "f-id", "Status": "active", "Tag": "t"}


def test_wait_polls_the_share_attachment(shares: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    attaching, attached = ({"share": {"share_id": "f-id", "status": s}} for s in ("attaching", "inactive"))
    shares.answers[f"POST {SHARES}"] = attaching
    shares.answers[f"GET {SHARES}/f-id"] = iter([attaching, attached])
    assert ostk("server add share s f --wait -f value -c Status").stdout == "inactive\n"
    shares.answers[f"GET {SHARES}/f-id"] = iter([attached, (404, {})])
    assert ostk("server remove share s f --wait").exit_code == 0
    assert list(shares.answers[f"GET {SHARES}/f-id"]) == []


def test_shares_require_2_97(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("server share list s")
    assert (result.exit_code, "2.97" in result.output) == (1, True)
