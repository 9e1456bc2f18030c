"""Servers: requests and waiting of start, stop, lock, shelve, rescue and others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

NOVA = "/compute/v2.1"
WEB = f"GET {NOVA}/servers/web-id"
CASES = request_table("""
/compute/v2.1
server start web db
  POST ~/servers/web-id/action {"os-start": null}
  POST ~/servers/db-id/action {"os-start": null}
server start web --all-projects --wait
  GET ~/servers?name=web&all_tenants=True
  POST ~/servers/web-id/action {"os-start": null}
  GET ~/servers/web-id
server stop web db
  POST ~/servers/web-id/action {"os-stop": null}
  POST ~/servers/db-id/action {"os-stop": null}
server stop web --all-projects
  GET ~/servers?name=web&all_tenants=True
  POST ~/servers/web-id/action {"os-stop": null}
server pause web db
  POST ~/servers/web-id/action {"pause": null}
  POST ~/servers/db-id/action {"pause": null}
server unpause web --wait
  POST ~/servers/web-id/action {"unpause": null}
  GET ~/servers/web-id
server suspend web
  POST ~/servers/web-id/action {"suspend": null}
server resume web --wait
  POST ~/servers/web-id/action {"resume": null}
  GET ~/servers/web-id
server restore web db
  POST ~/servers/web-id/action {"restore": null}
  POST ~/servers/db-id/action {"restore": null}
server lock web db
  POST ~/servers/web-id/action {"lock": null}
  POST ~/servers/db-id/action {"lock": null}
server lock web --reason why
  POST ~/servers/web-id/action {"lock": {"locked_reason": "why"}}
server unlock web db
  POST ~/servers/web-id/action {"unlock": null}
  POST ~/servers/db-id/action {"unlock": null}
server dump create web db
  POST ~/servers/web-id/action {"trigger_crash_dump": null}
  POST ~/servers/db-id/action {"trigger_crash_dump": null}
server reboot web
  POST ~/servers/web-id/action {"reboot": {"type": "SOFT"}}
server reboot web --soft
  POST ~/servers/web-id/action {"reboot": {"type": "SOFT"}}
server reboot web --hard --wait
  POST ~/servers/web-id/action {"reboot": {"type": "HARD"}}
  GET ~/servers/web-id
server rescue web
  POST ~/servers/web-id/action {"rescue": {}}
server rescue web --image i --password pw
  GET /image/v2/images?name=i
  POST ~/servers/web-id/action {"rescue": {"rescue_image_ref": "i-id", "adminPass": "pw"}}
server unrescue web --wait
  POST ~/servers/web-id/action {"unrescue": null}
  GET ~/servers/web-id
server shelve web db
  GET ~/servers/detail?name=web
  POST ~/servers/web-id/action {"shelve": null}
  POST ~/servers/db-id/action {"shelve": null}
server unshelve web
  GET ~/servers/detail?name=web
""")
REJECTIONS = rejection_table("""
2 server start => SERVER
2 server stop => SERVER
2 server lock => SERVER
1 server start no-server => No Server found for no-server
1 server stop no-one no-other => 2 of 2 servers failed to stop.
1 server pause no-server => No Server found for no-
1 server unpause no-server => No Server found for no-
1 server suspend no-server => No Server found for no-
1 server resume no-server => No Server found for no-
1 server restore no-server => No Server found for no-
1 server unlock no-server => No Server found for no-
1 server shelve no-server => No Server found for no-
1 server unshelve no-server => No Server found for no-
1 server reboot no-server => No Server found for no-
1 server unrescue no-server => No Server found for no-
1 server rescue web --image no-image => No Image found for no-
1 server lock web --reason why --os-compute-api-version 2.72 => 2.73
1 server dump create web --os-compute-api-version 2.16 => 2.17
2 server reboot web --hard --soft => exclude each other
2 server unshelve web --availability-zone z --no-availability-zone => exclude each other
1 server unshelve web --availability-zone z --os-compute-api-version 2.76 => 2.77
1 server unshelve web --no-availability-zone --os-compute-api-version 2.90 => 2.91
1 server unshelve web --host h --os-compute-api-version 2.90 => 2.91
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def web(status: str, task: str | None = None, **more: Any) -> dict[str, Any]:
    """Return the response for a server with this status and task state."""
    return {"server": {"id": "web-id", "name": "web", "status": status, "OS-EXT-STS:task_state": task, **more}}


SetStates = Callable[..., list[float]]


@pytest.fixture
def set_states(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> SetStates:
    """Set the states of the server for each poll in turn, and return the list of pauses."""

    def states(*answers: dict[str, Any]) -> list[float]:
        later, pauses = iter(answers), []

        def sleep(seconds: float) -> None:
            pauses.append(seconds)
            cloud.answers[WEB] = next(later)

        cloud.answers[WEB] = next(later)
        monkeypatch.setattr("time.sleep", sleep)
        return pauses

    return states


def actions(cloud: FakeCloud) -> list[str]:
    """Return the names of the server actions that were sent."""
    return [next(iter(body)) for line, body in cloud.sent if line.startswith("POST")]


@pytest.mark.parametrize(
    ("line", "task", "until"),
    [
        ("server start web --wait", "powering-on", "ACTIVE"),
        ("server stop web --wait", "powering-off", "SHUTOFF"),
        ("server pause web --wait", "pausing", "PAUSED"),
        ("server unpause web --wait", "unpausing", "ACTIVE"),
        ("server suspend web --wait", "suspending", "SUSPENDED"),
        ("server resume web --wait", "resuming", "ACTIVE"),
        ("server restore web --wait", "restoring", "ACTIVE"),
        ("server reboot web --wait", "rebooting", "ACTIVE"),
        ("server rescue web --wait", "rescuing", "RESCUE"),
        ("server unrescue web --wait", "unrescuing", "ACTIVE"),
    ],
)
def test_wait_polls_until_the_status_is_reached(
    cloud: FakeCloud, ostk: Run, set_states: SetStates, line: str, task: str, until: str
) -> None:
    pauses = set_states(web("ACTIVE", task), web(until, task), web(until))
    result = ostk(line)
    assert (result.exit_code, result.output, len(pauses)) == (0, "", 2)


def test_wait_reports_the_fault_of_a_server_in_error(cloud: FakeCloud, ostk: Run, set_states: SetStates) -> None:
    set_states(web("SHUTOFF", "powering-on"), web("ERROR", fault={"message": "No power."}))
    result = ostk("server start web --wait")
    assert (result.exit_code, result.output) == (1, "The server web is ERROR: No power.\n")


def test_wait_continues_while_a_task_runs_in_error(cloud: FakeCloud, ostk: Run, set_states: SetStates) -> None:
    set_states(web("ERROR", "reboot_started_hard"), web("ACTIVE"))
    assert ostk("server reboot web --hard --wait").exit_code == 0


def test_wait_fails_if_the_status_does_not_change(cloud: FakeCloud, ostk: Run, set_states: SetStates) -> None:
    pauses = set_states(web("SHUTOFF", "powering-on"), web("SHUTOFF"), web("SHUTOFF"))
    result = ostk("server start web --wait")
    assert (result.exit_code, result.output) == (1, "The server web is SHUTOFF.\n")
    assert len(pauses) == 2


def test_wait_reports_the_failure_from_the_instance_actions(cloud: FakeCloud, ostk: Run, set_states: SetStates) -> None:
    set_states(web("ACTIVE", "suspending"), web("ACTIVE"), web("ACTIVE"))
    events = f"GET {NOVA}/servers/web-id/os-instance-actions"
    cloud.answers[events] = {"instanceActions": [{"request_id": "req-1", "message": "Error"}]}
    steps = [{"result": "Success"}, {"result": "Error", "details": "The host has no room for its memory. "}]
    cloud.answers[f"{events}/req-1"] = {"instanceAction": {"events": steps}}
    result = ostk("server suspend web --wait")
    assert (result.exit_code, result.output) == (1, "The server web is ACTIVE: The host has no room for its memory.\n")


@pytest.mark.parametrize(
    ("fault", "why"), [({"message": "The host is lost. "}, "The host is lost"), (None, "its status is ERROR")]
)
def test_delete_wait_fails_if_the_server_is_in_error(
    cloud: FakeCloud, ostk: Run, set_states: SetStates, fault: Any, why: str
) -> None:
    set_states(web("ACTIVE", "deleting"), web("ERROR", fault=fault))
    result = ostk("server delete web --wait")
    assert (result.exit_code, result.output) == (1, f"The server web was not deleted: {why}.\n")


def test_bulk_stop_continues_after_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {NOVA}/servers/web-id/action"] = (409, {"conflictingRequest": {"message": "busy"}})
    result = ostk("server stop web db no-server")
    assert result.exit_code == 1
    assert "Failed to stop server 'web': busy" in result.output
    assert "Failed to stop server 'no-server': No Server found for no-server" in result.output
    assert "2 of 3 servers failed to stop." in result.output
    assert (f"POST {NOVA}/servers/db-id/action", {"os-stop": None}) in cloud.sent


def listed(cloud: FakeCloud, status: str) -> None:
    """Answer the look-up by name with a server in this status."""
    cloud.answers[f"GET {NOVA}/servers/detail?name=web"] = {"servers": [web(status)["server"]]}


def test_shelve_offload_waits_for_each_action(cloud: FakeCloud, ostk: Run, set_states: SetStates) -> None:
    listed(cloud, "ACTIVE")
    offloading = web("SHELVED", "shelving_offloading")
    set_states(web("ACTIVE", "shelving"), web("SHELVED"), offloading, web("SHELVED_OFFLOADED"))
    assert ostk("server shelve web --offload --wait").exit_code == 0
    assert actions(cloud) == ["shelve", "shelveOffload"]


def test_shelve_of_a_shelved_server_sends_no_shelve(cloud: FakeCloud, ostk: Run) -> None:
    listed(cloud, "SHELVED")
    assert ostk("server shelve web").exit_code == 0
    assert actions(cloud) == []
    assert ostk("server shelve web --offload").exit_code == 0
    assert actions(cloud) == ["shelveOffload"]


@pytest.mark.parametrize(
    ("options", "body"),
    [
        ("", None),
        ("--availability-zone z --host h", {"availability_zone": "z", "host": "h"}),
        ("--no-availability-zone", {"availability_zone": None}),
        ("--wait", None),
    ],
)
def test_unshelve_sends_zone_and_host(cloud: FakeCloud, ostk: Run, options: str, body: Any) -> None:
    listed(cloud, "SHELVED_OFFLOADED")
    assert ostk(f"server unshelve web {options}").exit_code == 0
    assert [sent for line, sent in cloud.sent if line.startswith("POST")] == [{"unshelve": body}]


def test_unshelve_of_an_active_server_sends_nothing(cloud: FakeCloud, ostk: Run) -> None:
    listed(cloud, "ACTIVE")
    assert ostk("server unshelve web --host h").exit_code == 0
    assert actions(cloud) == []
