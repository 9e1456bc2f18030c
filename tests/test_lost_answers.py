"""Lost responses: ostk looks at the resource before it reports an error."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from .conftest import Run
from .fake_cloud import FakeCloud

LOST = httpx.RemoteProtocolError("no answer")
VOLUME = "/volume/v3/volumes/11111111111111111111111111111111"
NETWORK = "/network/v2.0/networks/11111111111111111111111111111111"


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip pauses."""
    monkeypatch.setattr("time.sleep", lambda seconds: None)


def lines(cloud: FakeCloud, method: str, end: str = "") -> list[str]:
    """Return the requests with this method."""
    return [line for line, _ in cloud.all if line.startswith(method) and line.endswith(end)]


@pytest.mark.parametrize("second", [(404, {}), (400, {"badRequest": {"message": "Invalid status."}})])
def test_a_volume_that_is_being_deleted_is_no_failure(cloud: FakeCloud, ostk: Run, second: Any) -> None:
    id = VOLUME.rpartition("/")[2]
    there = {"volume": {"id": id, "name": "v", "status": "available"}}
    going = {"volume": {"id": id, "name": "v", "status": "deleting"}}
    cloud.answers[f"GET {VOLUME}"] = iter([there, going])
    cloud.answers[f"DELETE {VOLUME}"] = iter([LOST, second])
    result = ostk(f"volume delete {id}")
    assert (result.exit_code, result.output) == (0, "")
    assert len(lines(cloud, "DELETE")) == 2


def test_a_refusal_after_a_lost_answer_stays_one_if_the_resource_is_there(cloud: FakeCloud, ostk: Run) -> None:
    id = NETWORK.rpartition("/")[2]
    cloud.answers[f"GET {NETWORK}"] = {"network": {"id": id, "name": "n", "status": "ACTIVE"}}
    cloud.answers[f"DELETE {NETWORK}"] = iter([LOST, (409, {"NeutronError": {"message": "In use.", "type": "InUse"}})])
    result = ostk(f"network delete {id}")
    assert result.exit_code == 1
    assert result.output.startswith("In use. (HTTP 409)\nThe service may have carried out the request")


@pytest.mark.parametrize("lost", [LOST, httpx.ReadTimeout("late"), (504, {})])
def test_a_delete_that_was_done_without_an_answer_is_no_failure(cloud: FakeCloud, ostk: Run, lost: Any) -> None:
    id = NETWORK.rpartition("/")[2]
    there = {"network": {"id": id, "name": "n", "status": "ACTIVE"}}
    cloud.answers[f"GET {NETWORK}"] = iter([there, *[(404, {})] * 3])
    cloud.answers[f"DELETE {NETWORK}"] = iter([lost] * 3)
    result = ostk(f"network delete {id}")
    assert (result.exit_code, result.output) == (0, "")


ONCE = [
    ("router add subnet r s", "PUT", "/add_router_interface"),
    ("router remove subnet r s", "PUT", "/remove_router_interface"),
    ("router add gateway r n", "PUT", "/add_external_gateways"),
    ("network trunk set t --subport port=p", "PUT", "/add_subports"),
    ("address group set g --address 192.0.2.0/24", "PUT", "/add_addresses"),
    ("firewall group policy add rule p q", "PUT", "/insert_rule"),
    ("volume host failover h --volume-backend b", "PUT", "/failover_host"),
    ("federation protocol create x --identity-provider i --mapping m", "PUT", "/x"),
    ("implied role create r --implied-role q", "PUT", "/implies/q-id"),
    ("server stop s", "POST", "/action"),
]


@pytest.mark.parametrize(("line", "method", "end"), ONCE)
def test_a_request_that_is_not_safe_to_repeat_is_sent_once(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, line: str, method: str, end: str
) -> None:
    handle = cloud.given

    def given(what: str, request: httpx.Request) -> httpx.Response | None:
        if request.method == method and request.url.path.endswith(end):
            raise LOST
        return handle(what, request)

    monkeypatch.setattr(cloud, "given", given)
    result = ostk(line)
    assert (result.exit_code, len(lines(cloud, method, end))) == (1, 1), result.output
    assert "may have carried out the request" in result.output


TWICE = [
    ("network set n --name m", "PUT", "/networks/n-id"),
    ("server set s --tag a", "PUT", "/tags/a"),
    ("role add r --user u --project p", "PUT", "/roles/r-id"),
    ("container create c", "PUT", "/c"),
    ("trait create CUSTOM_A", "PUT", "/traits/CUSTOM_A"),
]


@pytest.mark.parametrize(("line", "method", "end"), TWICE)
def test_a_request_that_is_safe_to_repeat_is_sent_again(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, line: str, method: str, end: str
) -> None:
    handle, lost = cloud.given, [LOST]

    def given(what: str, request: httpx.Request) -> httpx.Response | None:
        if request.method == method and request.url.path.endswith(end) and lost:
            raise lost.pop()
        return handle(what, request)

    monkeypatch.setattr(cloud, "given", given)
    result = ostk(line)
    assert (result.exit_code, len(lines(cloud, method, end))) == (0, 2), result.output


CREATED = [
    ("server image create s", "GET /image/v2/images/7", "The image was created (7); "),
    ("share create nfs 1 --wait", "GET /share/v2/shares/new-id", "The share was created (new-id); "),
]


@pytest.mark.parametrize(("line", "look", "words"), CREATED)
def test_a_resource_that_was_created_is_named_when_waiting_fails(
    cloud: FakeCloud, ostk: Run, line: str, look: str, words: str
) -> None:
    cloud.answers |= {look: (500, {}), "POST /compute/v2.1/servers/s-id/action": {"image_id": "7"}}
    result = ostk(line)
    assert (result.exit_code, words in result.output) == (1, True), result.output
