"""Dry run: a request is printed, and the command ends where it uses the reply."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ostk.http.dry_run import DryRunEnd, NotSent

from ..conftest import Run
from ..fake_cloud import FakeCloud

USES: dict[str, Callable[[Any], Any]] = {
    "a key": lambda reply: reply["server"],
    "an attribute": lambda reply: reply.headers,
    "truth": lambda reply: reply or {},
    "iteration": list,
    "length": len,
    "membership": lambda reply: "server" in reply,
    "comparison": lambda reply: reply == {},
    "text": str,
    "a class": lambda reply: isinstance(reply, dict),
    "expansion": lambda reply: {**reply},
    "encoding": json.dumps,
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_the_first_use_of_a_reply_ends_the_dry_run(use: Callable[[Any], Any]) -> None:
    with pytest.raises(DryRunEnd):
        use(NotSent())


def test_a_reply_can_be_recognized_and_dropped() -> None:
    assert isinstance(NotSent(), NotSent)
    assert NotSent() is not None


def test_separate_requests_are_all_printed(cloud: FakeCloud, ostk: Run) -> None:
    """`server set` sends tags and properties in requests of their own and uses no reply."""
    result = ostk("server set web --property a=b --tag red --curl")
    assert (result.exit_code, result.output.count("curl ")) == (0, 2)
    assert cloud.sent == []


def test_a_request_that_reads_ends_the_dry_run(cloud: FakeCloud, ostk: Run) -> None:
    """`group contains user` sends HEAD, whose success alone is the answer."""
    result = ostk("group contains user staff bob --curl")
    assert (result.exit_code, result.output.count("\n")) == (0, 1)
    assert result.stdout.startswith("curl --head http://")


def test_the_request_for_a_token_is_printed_without_its_secrets(cloud: FakeCloud, ostk: Run) -> None:
    """`token issue` in a dry run issues no token, and authenticates with none."""
    result = ostk("token issue --curl")
    assert (result.exit_code, cloud.all) == (0, [])
    assert result.stdout.startswith("curl -X POST http://cloud/identity/v3/auth/tokens -H 'accept: application/json'")
    assert "password" in result.stdout
    assert "s3cret" not in result.stdout
    assert "X-Auth-Token" not in result.stdout
    result = ostk("token issue --curl --os-auth-type token --os-token gAAAAB-token")
    assert (result.exit_code, cloud.all, "gAAAAB" in result.output) == (0, [], False)


def test_a_defect_is_reported_in_a_dry_run(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise KeyError("columns")

    monkeypatch.setattr("ostk.http.curl.command", broken)
    result = ostk("network list --curl")
    assert (result.exit_code, "ostk has a defect: KeyError: 'columns'" in result.stderr) == (1, True)
