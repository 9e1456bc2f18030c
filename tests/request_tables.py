"""Request tables: a command line, and below it, indented, each request that it must send."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from .conftest import Run
from .fake_cloud import FakeCloud

Request = tuple[str, Any]  # METHOD /path?query, and the body


class After(str):
    """The `METHOD /path` of a request that must be sent after the one above it in its table."""

    __slots__ = ()


def request_table(text: str) -> list[Any]:
    """Return test parameters (line, requests) from lines `METHOD /path?query {"json": "body"}`.

    The first line of the text is the address of a service, for which `~` stands below. A request that must be sent
    after the one above it begins with `then`; the others have no order.
    """
    cases: list[tuple[str, list[Request]]] = []
    address, *lines = text.strip().splitlines()
    for line in lines:
        if not line.startswith(" "):
            cases.append((line, []))
            continue
        words = line.strip()
        then = words.startswith("then ")
        method, where, *body = words.removeprefix("then ").split(" ", 2)
        where = where.replace("~", address, 1)
        request = f"{method} {where}"
        cases[-1][1].append((After(request) if then else request, json.loads(body[0]) if body else None))
    return [pytest.param(line, requests, id=line) for line, requests in cases]


def assert_sends(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    """Run a line; assert that it sends these requests, in their order, and no other that changes something.

    Look-ups need not be named; those that are named must be sent.
    """
    result = ostk(line)
    assert result.exit_code == 0, result.output
    unsent = [request for request in requests if request not in cloud.all]
    assert unsent == [], f"not sent: {unsent}; sent: {cloud.all}"
    unnamed = [request for request in cloud.sent if request not in requests]
    assert unnamed == [], f"sent but not named: {unnamed}"
    named = [request for request in requests if request in cloud.sent]
    assert sorted(cloud.sent, key=repr) == sorted(named, key=repr), f"not as often as named: {cloud.sent}"
    for before, after in pairwise(requests):
        if isinstance(after[0], After):
            assert cloud.all.index(before) < cloud.all.index(after), f"{after[0]} must come after {before[0]}"


def rejection_table(text: str) -> list[Any]:
    """Return test parameters (line, exit status, message) from lines `STATUS LINE => words of the message`."""
    cases = []
    for case in text.strip().splitlines():
        command, _, words = case.partition(" => ")
        status, _, line = command.partition(" ")
        cases.append(pytest.param(line, int(status), words, id=line))
    return cases


def assert_rejected(cloud: FakeCloud, ostk: Run, line: str, status: int, words: str) -> None:
    """Assert that a line fails with this exit status and message before anything is changed."""
    result = ostk(line)
    assert (result.exit_code, words in result.output) == (status, True), result.output
    assert cloud.sent == [], f"sent before the refusal: {cloud.sent}"


TABLES: list[Any] = []  # the cases of each table that `sends` has made a test of


def sends(cases: list[Any], fixture: str = "cloud") -> Callable[..., None]:
    """Return a test of a request table: each line sends the requests below it, with `fixture` preparing the cloud."""
    if fixture == "cloud":
        TABLES.extend(cases)

    @pytest.mark.usefixtures(fixture)
    @pytest.mark.parametrize(("line", "requests"), cases)
    def test(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
        assert_sends(cloud, ostk, line, requests)

    return test


def rejects(cases: list[Any], fixture: str = "cloud") -> Callable[..., None]:
    """Return a test of a rejection table: each line fails with its message before anything is changed."""

    @pytest.mark.usefixtures(fixture)
    @pytest.mark.parametrize(("line", "status", "words"), cases)
    def test(cloud: FakeCloud, ostk: Run, line: str, status: int, words: str) -> None:
        assert_rejected(cloud, ostk, line, status, words)

    return test
