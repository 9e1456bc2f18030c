"""`ostk wait`: what is polled, and how the wait ends."""

from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

ID = "8b5ef0b4-1111-4222-8333-0123456789ab"
VOLUME = f"GET /volume/v3/volumes/{ID}"
WEB = {"id": "web-id", "name": "web", "status": "ACTIVE"}
GONE: Any = (404, {"itemNotFound": {"message": "It could not be found.", "code": 404}})


def volumes(*states: str) -> Any:
    """Return answers with a volume in each of these states, the last one again and again."""
    for state in states:
        yield {"volume": {"id": ID, "name": "v", "status": state, "size": 1}}
    while True:
        yield {"volume": {"id": ID, "name": "v", "status": states[-1], "size": 1}}


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the list of pauses, which take no time but on the clock."""
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", sleep)
    return slept


def test_status_is_polled_by_id_after_one_look_up(cloud: FakeCloud, ostk: Run, pauses: list[float]) -> None:
    cloud.answers["GET /volume/v3/volumes/detail?name=v"] = {"volumes": [next(volumes("creating"))["volume"]]}
    cloud.answers[VOLUME] = volumes("creating", "downloading", "available")
    result = ostk("wait volume v --for AVAILABLE --interval 3")
    assert (result.exit_code, result.output, pauses) == (0, "", [3, 3, 3])
    requests = [line for line, _ in cloud.all if "/volumes" in line]
    assert requests == ["GET /volume/v3/volumes/detail?name=v", VOLUME, VOLUME, VOLUME]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("wait server web --for active", ("/compute/v2.1/servers/web-id", {"server": WEB})),
        ("wait volume snapshot s --for status=active", None),
        ("wait volume v --for name~^v", None),
        ("wait volume v --for name==v", None),
        ("wait network n --for name!=m", None),
        ("wait network l3 conntrack helper r h --for protocol!=udp", None),
        ("wait flavor one --for name=one", None),
        ("wait vol snap s --for status=active", None),
        ("wait serve web --for active", ("/compute/v2.1/servers/web-id", {"server": WEB})),
    ],
)  # fmt: skip
def test_any_noun_with_show_is_waited_for(
    cloud: FakeCloud, ostk: Run, pauses: list[float], line: str, answer: Any
) -> None:
    helper = {"conntrack_helper": {"id": "h", "protocol": "tcp"}}
    cloud.answers["GET /network/v2.0/routers/r-id/conntrack_helpers/h"] = helper
    if answer:
        cloud.answers[f"GET {answer[0]}"] = answer[1]
    result = ostk(f"{line} --timeout 9")
    assert (result.exit_code, result.output, pauses) == (0, "", [])


@pytest.mark.parametrize("line", [f"wait volume {ID} --for deleted", "wait volume no-volume --for deleted"])
def test_deleted_resource_is_not_found(cloud: FakeCloud, ostk: Run, pauses: list[float], line: str) -> None:
    cloud.answers[VOLUME] = iter([next(volumes("deleting")), next(volumes("deleting")), GONE])
    result = ostk(f"{line} --timeout 9")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    ("line", "states", "status", "message"),
    [
        ("--for available", ["creating", "error"], 1, "The volume v went into error.\n"),
        ("--for deleted", ["deleting", "error_deleting"], 1, "The volume v went into error_deleting.\n"),
        ("--for size=9", ["error_extending"], 1, "The volume v went into error_extending.\n"),
        (
            "--for in-use --timeout 5",
            ["available"],
            124,
            f"The volume v {ID} is not ready after 5 seconds: its status is available.\n",
        ),
        (
            "--for size>=2 --timeout 1",
            ["available"],
            124,
            f"The volume v {ID} is not ready after 1 second: its status is available.\nsize is 1.\n",
        ),
        (
            "--for size>=2GB",
            ["available"],
            1,
            "size is a number, and cannot be compared with '2GB'.\n"
            "Compare it with a number in the same unit, such as 1.\n",
        ),
        ("--for shade=blue", ["available"], 1, "--for names no column of this resource: shade.\nColumns: "),
    ],
)
def test_wait_that_fails_says_the_state(
    cloud: FakeCloud, ostk: Run, pauses: list[float], line: str, states: list[str], status: int, message: str
) -> None:
    cloud.answers[VOLUME] = volumes(*states)
    result = ostk(f"wait volume {ID} {line}")
    assert (result.exit_code, result.stderr.startswith(message)) == (status, True), result.stderr


def test_error_status_may_be_waited_for(cloud: FakeCloud, ostk: Run, pauses: list[float]) -> None:
    cloud.answers[VOLUME] = volumes("creating", "error")
    assert ostk(f"wait volume {ID} --for error").exit_code == 0


def test_status_that_is_not_known_is_warned_of(cloud: FakeCloud, ostk: Run, pauses: list[float]) -> None:
    cloud.answers["GET /volume/v3/volumes/detail?name=v"] = {"volumes": [next(volumes("creating"))["volume"]]}
    cloud.answers[VOLUME] = volumes("creating", "availabel")
    result = ostk("wait volume v --for availabel")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "availabel is not a known status of a volume.\nDid you mean 'available'?\n"
    assert ostk("wait volume v --for AVAILABEL --timeout 0").stderr.startswith("AVAILABEL is not a known status")


def test_fault_of_a_server_is_printed(cloud: FakeCloud, ostk: Run, pauses: list[float]) -> None:
    item = {"id": ID, "name": "web", "status": "ERROR", "fault": {"message": "No valid host was found."}}
    cloud.answers[f"GET /compute/v2.1/servers/{ID}"] = {"server": item}
    result = ostk(f"wait server {ID} --for ACTIVE")
    assert (result.exit_code, result.stderr) == (1, "The server web went into ERROR: No valid host was found.\n")


@pytest.mark.parametrize(
    ("line", "status", "message"),
    [
        ("wait server --for ACTIVE", 2, "Give the name or ID of one server, as for 'server show'."),
        ("wait vol s x --for ACTIVE", 2, "Give the name or ID of one volume, as for 'volume show'."),
        ("wait server a b --for ACTIVE", 2, "Give the name or ID of one server, as for 'server show'."),
        ("wait sever web --for ACTIVE", 2, "has a show command. Did you mean server?"),
        ("wait voluem snapshot x --for ACTIVE", 2, "has a show command. Did you mean volume snapshot?"),
        ("wait server web --for ''", 2, "--for: Give a status, 'deleted' or COLUMN=VALUE."),
        ("wait server web --for 'size<>1'", 2, "--for: '<>' in 'size<>1' is not an operator"),
        ("wait nosuch x --for ACTIVE", 2, "'nosuch x' does not begin with a resource type that has a show command."),
        ("wait server web", 2, "Missing option '--for'"),
        ("wait server web --for 'status~['", 2, "--for: '[' is not a regular expression"),
        ("wait server web --for ACTIVE --interval 0", 2, "--interval"),
        ("wait server no-server --for ACTIVE", 1, "No Server found for no-server (project demo)."),
        ("wait keypair k --for ACTIVE", 1, "A keypair has no status to wait for."),
    ],
)
def test_wrong_line_is_rejected(
    cloud: FakeCloud, ostk: Run, pauses: list[float], line: str, status: int, message: str
) -> None:
    result = ostk(f"{line} --timeout 9")
    assert (result.exit_code, message in result.stderr) == (status, True), result.stderr
    assert status == 1 or cloud.all == []
