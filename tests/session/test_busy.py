"""Requests that are refused while an earlier one is carried out: they wait, and are sent again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ostk.api.load_balancer import LOAD_BALANCER
from ostk.errors import Conflict, WaitTimeout
from ostk.session.cloud import Cloud

from ..fake_cloud import FakeCloud

PATH = "/load-balancer/v2.0/lbaas/loadbalancers/lb-1"
PUT, GET = f"PUT {PATH}", f"GET {PATH}"
REFUSED: Any = (409, {"faultstring": "Load Balancer lb-1 is immutable and cannot be updated."})
DONE: Any = (200, {"loadbalancer": {"id": "lb-1"}})


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a clock that sleeping turns."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return now


def states(*words: str) -> Iterator[Any]:
    """Give the load balancer in each status in turn, in the last one for ever."""
    for word in words:
        yield {"loadbalancer": {"id": "lb-1", "provisioning_status": word}}
    while True:
        yield {"loadbalancer": {"id": "lb-1", "provisioning_status": words[-1]}}


def update(seconds: float | None = None) -> None:
    """Send an update as a command with this --timeout does."""
    cloud = Cloud({})
    cloud.limit_wait(seconds)
    cloud.update(LOAD_BALANCER, "lb-1", {"name": "x"})


def test_refused_request_is_sent_again_when_the_resource_is_ready(cloud: FakeCloud) -> None:
    cloud.answers |= {PUT: iter([REFUSED, REFUSED, DONE]), GET: states("PENDING_UPDATE", "ACTIVE", "ACTIVE")}
    update()
    assert [line for line, _ in cloud.all[1:]] == [PUT, GET, GET, PUT, GET, PUT]


def test_resource_in_another_state_is_not_waited_for(cloud: FakeCloud) -> None:
    cloud.answers |= {PUT: REFUSED, GET: states("PENDING_UPDATE", "ERROR")}
    with pytest.raises(Conflict) as error:
        update()
    assert error.value.message == "Load Balancer lb-1 is immutable and cannot be updated. (HTTP 409)"
    assert error.value.hint == "lb-1 is ERROR: it accepts no changes in this status."


def test_waiting_is_bounded(cloud: FakeCloud, clock: list[float]) -> None:
    cloud.answers |= {PUT: REFUSED, GET: states("PENDING_UPDATE")}
    with pytest.raises(Conflict) as error:
        update()
    assert (clock[0], error.value.hint) == (400.0, "lb-1 is PENDING_UPDATE. Run the command again later.")
    with pytest.raises(WaitTimeout):
        update(7)
    assert clock[0] == 407.0


def test_resource_that_is_ready_but_refuses_is_asked_within_the_time(cloud: FakeCloud) -> None:
    cloud.answers |= {PUT: REFUSED, GET: states("ACTIVE")}
    with pytest.raises(Conflict):
        update()


@pytest.mark.parametrize(
    "answer", [(409, {"faultstring": "Another Listener uses port 80"}), (404, {"faultstring": "x"})]
)
def test_other_refusals_are_errors_at_once(cloud: FakeCloud, answer: Any) -> None:
    cloud.answers[PUT] = answer
    with pytest.raises(Exception, match="HTTP 40"):
        update()
    assert [line for line, _ in cloud.all[1:]] == [PUT]
