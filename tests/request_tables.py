"""Conversations: a command line, and below it, indented, each request that must be sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Run
from .fake_cloud import FakeCloud

Request = tuple[str, Any]


def request_table(text: str) -> list[Any]:
    """Test parameters (line, requests) from a text of lines `METHOD /path?query {"json": "body"}`.

    Its first line is the address of a service, for which `~` stands below.
    """
    cases: list[tuple[str, list[Request]]] = []
    address, *lines = text.strip().splitlines()
    for line in lines:
        if not line.startswith(" "):
            cases.append((line, []))
            continue
        method, where, *body = line.strip().split(" ", 2)
        where = where.replace("~", address, 1)
        cases[-1][1].append((f"{method} {where}", json.loads(body[0]) if body else None))
    return [pytest.param(line, requests, id=line) for line, requests in cases]


def assert_sends(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    """Run a line and hold what was sent against what must be; those sent at once have no order.

    Look-ups need not be told; those that are told must have been sent.
    """
    result = ostk(line)
    assert result.exit_code == 0, result.output
    assert [request for request in requests if request not in cloud.all] == [], cloud.all
    told = [request for request in requests if request in cloud.sent]
    assert sorted(cloud.sent, key=repr) == sorted(told, key=repr)


def rejection_table(text: str) -> list[Any]:
    """Test parameters (line, exit status, words) from lines `STATUS LINE => words of the message`."""
    cases = []
    for case in text.strip().splitlines():
        command, _, words = case.partition(" => ")
        status, _, line = command.partition(" ")
        cases.append(pytest.param(line, int(status), words, id=line))
    return cases


def assert_rejected(cloud: FakeCloud, ostk: Run, line: str, status: int, words: str) -> None:
    """Run a line and hold that it fails so, before anything is changed."""
    result = ostk(line)
    assert (result.exit_code, words in result.output) == (status, True), result.output
    assert cloud.sent == []


def sends(cases: list[Any]) -> Callable[..., None]:
    """A test of a table: each line sends the requests below it."""

    @pytest.mark.parametrize(("line", "requests"), cases)
    def test(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
        assert_sends(cloud, ostk, line, requests)

    return test


def rejects(cases: list[Any]) -> Callable[..., None]:
    """A test of a table: each line is refused with its words before anything is changed."""

    @pytest.mark.parametrize(("line", "status", "words"), cases)
    def test(cloud: FakeCloud, ostk: Run, line: str, status: int, words: str) -> None:
        assert_rejected(cloud, ostk, line, status, words)

    return test
