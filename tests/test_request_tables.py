"""Request tables hold each request that changes something, and the order that `then` names."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Run
from .fake_cloud import FakeCloud
from .request_tables import assert_rejected, assert_sends, request_table

LOOK_UP = "GET ~/networks?name=a"
DELETION = "DELETE ~/networks/a-id"


def conversation(line: str, *requests: str) -> tuple[str, list[Any]]:
    """Return the line and the requests of a table with one line."""
    [case] = request_table("\n".join(["/network/v2.0", line, *(f"  {request}" for request in requests)]))
    return case.values[0], case.values[1]


class TestHolds:
    @pytest.mark.parametrize(
        "requests", [[DELETION], [LOOK_UP, DELETION], [DELETION, LOOK_UP], [LOOK_UP, f"then {DELETION}"]]
    )
    def test_look_ups_need_not_be_named(self, cloud: FakeCloud, ostk: Run, requests: list[str]) -> None:
        assert_sends(cloud, ostk, *conversation("network delete a", *requests))

    def test_two_alike_named_twice(self, cloud: FakeCloud, ostk: Run) -> None:
        cloud.answers["GET /network/v2.0/networks?name=b"] = {"networks": [{"id": "a-id", "name": "b"}]}
        look_up = "GET ~/networks?name=b"
        assert_sends(cloud, ostk, *conversation("network delete a b", look_up, DELETION, DELETION))


class TestFails:
    @pytest.mark.parametrize(
        ("line", "requests", "message"),
        [
            pytest.param("network delete a", [LOOK_UP], "not named: .*a-id", id="a change that is not named"),
            pytest.param("network delete a b", [DELETION], "not named: .*b-id", id="the second of two changes"),
            pytest.param("network delete a", [DELETION] * 2, "not as often as named", id="a change that is sent once"),
            pytest.param(
                "network delete a", [DELETION, "DELETE ~/networks/b-id"], "not sent: .*b-id", id="a change not sent"
            ),
            pytest.param(
                "network delete a", [DELETION, "GET ~/networks?name=b"], "not sent: .*name=b", id="a look-up not sent"
            ),
            pytest.param(
                "network set a --disable",
                ['PUT ~/networks/a-id {"network": {"admin_state_up": true}}'],
                "not sent: .*True",
                id="another body",
            ),
            pytest.param("network set a --disable", ["PUT ~/networks/a-id"], "not sent: .*None", id="no body"),
            pytest.param("network list", [], "not named: .*networks", id="a list that is not named"),
        ],
    )
    def test_for(self, cloud: FakeCloud, ostk: Run, line: str, requests: list[str], message: str) -> None:
        with pytest.raises(AssertionError, match=message):
            assert_sends(cloud, ostk, *conversation(line, *requests))

    def test_for_the_other_order(self, cloud: FakeCloud, ostk: Run) -> None:
        with pytest.raises(AssertionError, match=r"GET /network/v2.0/networks\?name=a must come after DELETE"):
            assert_sends(cloud, ostk, *conversation("network delete a", DELETION, f"then {LOOK_UP}"))

    def test_for_a_line_that_fails(self, cloud: FakeCloud, ostk: Run) -> None:
        with pytest.raises(AssertionError, match="no-such"):
            assert_sends(cloud, ostk, *conversation("network delete no-such"))

    def test_for_a_change_before_the_refusal(self, cloud: FakeCloud, ostk: Run) -> None:
        with pytest.raises(AssertionError, match=r"sent before the refusal: .*a-id"):
            assert_rejected(cloud, ostk, "network delete a no-such", 1, "no-such")
