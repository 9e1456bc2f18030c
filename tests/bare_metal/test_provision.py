"""Waiting for provision states, and allocations; config drives."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ostk.bare_metal import config_drive
from ostk.errors import OstkError

from ..conftest import Run
from ..fake_cloud import FakeCloud

A = "/baremetal/v1/nodes/a"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a clock that sleeping turns."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return now


def states(*words: str, target: str | None = "x", **fields: Any) -> Iterator[Any]:
    """Give a node in each provision state in turn, in the last one for ever; the target is none in the last one."""
    for place, word in enumerate([*words, *[words[-1]] * 99]):
        on_way = target if place < len(words) - 1 else None
        yield {"uuid": "a-id", "name": "a", "provision_state": word, "target_provision_state": on_way, **fields}


@pytest.mark.parametrize(
    ("verb", "target", "state"),
    [
        ("adopt", "adopt", "active"),
        ("clean --runbook r", "clean", "manageable"),
        ("deploy", "active", "active"),
        ("inspect", "inspect", "manageable"),
        ("manage", "manage", "manageable"),
        ("provide", "provide", "available"),
        ("rebuild", "rebuild", "active"),
        ("rescue --rescue-password p", "rescue", "rescue"),
        ("service --runbook r", "service", "active"),
        ("undeploy", "deleted", "available"),
        ("unrescue", "unrescue", "active"),
    ],
)
def test_wait_is_over_in_the_state_of_the_verb(cloud: FakeCloud, ostk: Run, verb: str, target: str, state: str) -> None:
    """The node after --wait is the node, not the seconds; standard output stays empty."""
    cloud.answers[f"GET {A}"] = states("on the way", "still", state)
    result = ostk(f"baremetal node {verb} --wait a")
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    put = next(body for line, body in cloud.sent if line == f"PUT {A}/states/provision")
    assert put["target"] == target
    assert [line for line, _ in cloud.sent].count(f"GET {A}") == 3


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"last_error": "no power.", "clean_step": {"interface": "bios", "step": "reset"}},
            "The node a did not reach the state manageable: it is in clean failed, step bios.reset: no power.\n",
        ),
        ({"last_error": None}, "The node a did not reach the state manageable: it is in clean failed.\n"),
    ],
)
def test_failure_says_state_step_and_error(cloud: FakeCloud, ostk: Run, fields: dict[str, Any], message: str) -> None:
    cloud.answers[f"GET {A}"] = states("cleaning", "clean failed", **fields)
    result = ostk("baremetal node clean a --runbook r --wait")
    assert (result.exit_code, result.stderr) == (1, message)


def test_another_state_of_rest_is_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    """A node whose verification failed is in enroll again, without a target."""
    cloud.answers[f"GET {A}"] = states("verifying", "enroll", last_error="no credentials")
    result = ostk("baremetal node manage a --wait 60")
    assert result.exit_code == 1
    assert "it is in enroll: no credentials." in result.stderr


@pytest.mark.parametrize("limit", ["--wait 10", "--wait=10", "--wait --timeout 10", "--wait 99 --timeout 10"])
def test_time_of_wait_ends_with_124(cloud: FakeCloud, ostk: Run, clock: list[float], limit: str) -> None:
    cloud.answers[f"GET {A}"] = states(*["cleaning"] * 60, "available")
    result = ostk(f"baremetal node provide a {limit}")
    assert (result.exit_code, clock[0]) == (124, 110.0)
    assert "is not ready after 10 seconds: its status is cleaning." in result.stderr


def test_failure_of_a_node_does_not_stop_the_others(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"PUT {A}/states/provision"] = (404, {"error_message": {"faultstring": "Node a could not be found."}})
    result = ostk("baremetal node manage a b")
    assert result.exit_code == 1
    assert "Failed to manage node 'a': Node a could not be found. (HTTP 404)" in result.stderr
    assert ("PUT /baremetal/v1/nodes/b/states/provision", {"target": "manage"}) in cloud.sent


def test_locked_node_is_tried_again(cloud: FakeCloud, ostk: Run) -> None:
    """A conductor works on the node: the request is sent again when the reservation is over."""
    refusal = (409, {"error_message": {"faultstring": "Node a-id is locked by host ctl1, please retry."}})
    cloud.answers[f"PUT {A}/states/power"] = iter([refusal, (202, b"")])
    cloud.answers["GET /baremetal/v1/nodes/a-id"] = iter([{"reservation": "ctl1"}, {"reservation": None}])
    result = ostk("baremetal node power on a")
    assert result.exit_code == 0, result.output
    assert [line for line, _ in cloud.sent].count(f"PUT {A}/states/power") == 2


def allocations(*words: str) -> Iterator[Any]:
    """Give an allocation in each state in turn."""
    for word in words:
        yield {"uuid": "l-id", "state": word, "last_error": "no node fits"}


def test_allocation_is_shown_when_it_is_active(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /baremetal/v1/allocations"] = (201, {"uuid": "l-id", "state": "allocating"})
    cloud.answers["GET /baremetal/v1/allocations/l-id"] = allocations("allocating", "active")
    result = ostk("baremetal allocation create --resource-class r --wait -f value -c state")
    assert (result.exit_code, result.stdout) == (0, "active\n")


def test_allocation_that_fails_says_that_it_stays(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["POST /baremetal/v1/allocations"] = (201, {"uuid": "l-id", "state": "allocating"})
    cloud.answers["GET /baremetal/v1/allocations/l-id"] = allocations("error")
    result = ostk("baremetal allocation create --resource-class r --wait 60")
    assert result.exit_code == 1
    assert "The allocation l-id failed: no node fits" in result.stderr
    assert "baremetal allocation delete l-id" in result.stderr


def unpacked(text: str) -> bytes:
    """Return the image in a config drive."""
    return gzip.decompress(base64.b64decode(text))


def test_config_drive_of_a_directory_without_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ironic makes the image of what a JSON object holds; other files need a program."""
    monkeypatch.setattr("shutil.which", lambda name: None)
    latest = tmp_path / "openstack" / "latest"
    latest.mkdir(parents=True)
    with pytest.raises(OstkError, match="has no files"):
        config_drive.read_config_drive(str(tmp_path))
    (latest / "meta_data.json").write_text('{"hostname": "h"}')
    (latest / "user_data").write_text("#!/bin/sh\n")
    found = config_drive.read_config_drive(str(tmp_path))
    assert found == {"meta_data": {"hostname": "h"}, "user_data": "#!/bin/sh\n"}
    (latest / "other").write_text("x")
    with pytest.raises(OstkError, match=r"genisoimage.*latest/other"):
        config_drive.read_config_drive(str(tmp_path))


def test_config_drive_of_a_directory_by_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program gets the directory; its image is gzipped and in base64."""
    program = tmp_path / "mkisofs"
    program.write_text('#!/bin/sh\nprintf image > "$2"\n')
    program.chmod(0o755)
    (tmp_path / "d").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert unpacked(config_drive.read_config_drive(str(tmp_path / "d"))) == b"image"
    program.write_text("#!/bin/sh\necho no room >&2\nexit 3\n")
    with pytest.raises(OstkError, match="no room"):
        config_drive.read_config_drive(str(tmp_path / "d"))


def test_config_drive_of_a_file(tmp_path: Path) -> None:
    """A file holds JSON, an ISO image, the image gzipped, or that in base64; anything else is refused."""
    image = b"\0" * 32769 + b"CD001"
    text = base64.b64encode(gzip.compress(image)).decode()
    drive = tmp_path / "drive"
    for data in (image, gzip.compress(image), f"{text}\n".encode()):
        drive.write_bytes(data)
        assert unpacked(config_drive.read_config_drive(str(drive))) == image
    assert config_drive.read_config_drive(text) == text
    drive.write_text(json.dumps({"user_data": "x"}))
    assert config_drive.read_config_drive(str(drive)) == {"user_data": "x"}
    drive.write_text("#cloud-config\n")
    with pytest.raises(OstkError, match="is no config drive"):
        config_drive.read_config_drive(str(drive))
