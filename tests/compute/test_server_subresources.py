"""Servers: images, backups, volumes, events, consoles and ssh."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

NOVA = "/compute/v2.1"
ID = "11111111-2222-3333-4444-555555555555"
CASES = request_table("""
/compute/v2.1
server volume set web data --delete-on-termination
  PUT ~/servers/web-id/os-volume_attachments/data-id \
{"volumeAttachment": {"volumeId": "data-id", "delete_on_termination": true}}
server volume set web data --preserve-on-termination
  PUT ~/servers/web-id/os-volume_attachments/data-id \
{"volumeAttachment": {"volumeId": "data-id", "delete_on_termination": false}}
server volume update web data --delete-on-termination
  PUT ~/servers/web-id/os-volume_attachments/data-id \
{"volumeAttachment": {"volumeId": "data-id", "delete_on_termination": true}}
server volume update web data --preserve-on-termination
  PUT ~/servers/web-id/os-volume_attachments/data-id \
{"volumeAttachment": {"volumeId": "data-id", "delete_on_termination": false}}
server volume set web data
  GET ~/servers?name=web
server event list web
  GET ~/servers/web-id/os-instance-actions
server event list web --long --limit 5 --marker req-1
  GET ~/servers/web-id/os-instance-actions?limit=5&marker=req-1
server event list web --max-items 3
  GET ~/servers/web-id/os-instance-actions
server event list web --changes-since 2026-01-01 --changes-before 2026-01-31T12:00:00Z
  GET ~/servers/web-id/os-instance-actions?changes-since=2026-01-01&changes-before=2026-01-31T12%3A00%3A00Z
console log show web
  POST ~/servers/web-id/action {"os-getConsoleOutput": {}}
console log show web --lines 3
  POST ~/servers/web-id/action {"os-getConsoleOutput": {"length": 3}}
""")
REJECTIONS = rejection_table("""
1 server volume list no-server => No Server found for no-
1 server volume set web no-volume --delete-on-termination => No Volume found for no-
2 server volume set web data --delete-on-termination --preserve-on-termination => exclude each other
1 server volume set web data --delete-on-termination --os-compute-api-version 2.84 => 2.85
1 server volume update web data --preserve-on-termination --os-compute-api-version 2.84 => 2.85
1 server event list no-server => No Server found for no-
1 server event list web --changes-since yesterday => 'yesterday' is not a time
1 server event list web --changes-before yesterday => 'yesterday' is not a time
1 server event list web --changes-since 2026-01-01 --os-compute-api-version 2.57 => 2.58
1 server event list web --changes-before 2026-01-01 --os-compute-api-version 2.65 => 2.66
1 server event list web --limit 1 --os-compute-api-version 2.57 => 2.58
1 server event list web --marker r --os-compute-api-version 2.57 => 2.58
2 server event list web --limit -1 => --limit
2 server event show web => REQUEST-ID
1 server event show no-server r => No Server found for no-
1 server image create no-server => No Server found for no-
2 server image create web --property a => KEY=VALUE
1 server backup create no-server => No Server found for no-
2 server backup create web --rotate -1 => --rotate
2 server backup create web --rotate many => --rotate
2 console log show web --lines -1 => --lines
1 console log show no-server => No Server found for no-
2 console url show web --novnc --serial => exclude each other
1 console url show web --spice-direct => 2.99
1 console url show web --mks --os-compute-api-version 2.7 => 2.8
1 console url show no-server => No Server found for no-
2 console connection show => TOKEN
1 server ssh no-server => No Server found for no-
2 server ssh web -4 -6 => exclude each other
2 server ssh web --public --private => exclude each other
2 server ssh web --private --address-type net => exclude each other
2 server ssh web --port many => --port
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def posted(cloud: FakeCloud) -> list[Any]:
    """Return the bodies of the server actions that were sent."""
    return [body for line, body in cloud.sent if line.startswith("POST")]


# -- images ----------------------------------------------------------------------------------------------

BACKUP = {"name": "web", "backup_type": "", "rotation": 1}


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("image create web", {"createImage": {"name": "web"}}),
        ("image create web --name i --property a=b=c --wait", {"createImage": {"name": "i", "metadata": {"a": "b=c"}}}),
        ("backup create web", {"createBackup": BACKUP}),
        (
            "backup create web --name b --type daily --rotate 3 --wait",
            {"createBackup": {"name": "b", "backup_type": "daily", "rotation": 3}},
        ),
    ],
)
def test_create_image_and_backup_send_options(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, line: str, body: Any
) -> None:
    def sleep(_: float) -> None:
        cloud.answers["GET /image/v2/images/i-id"] = {"id": "i-id", "name": "i", "status": "active"}

    monkeypatch.setattr("time.sleep", sleep)
    cloud.answers[f"POST {NOVA}/servers/web-id/action"] = (202, {"image_id": "i-id"})
    cloud.answers["GET /image/v2/images/i-id"] = {"id": "i-id", "name": "i", "status": "queued", "os_x": "y"}
    result = ostk(f"server {line} -f json")
    assert (result.exit_code, posted(cloud)) == (0, [body]), result.output
    assert json.loads(result.output)["status"] == ("active" if "--wait" in line else "queued")


@pytest.mark.parametrize("verb", ["image", "backup"])
def test_wait_fails_if_the_image_is_killed(cloud: FakeCloud, ostk: Run, verb: str) -> None:
    cloud.answers[f"POST {NOVA}/servers/web-id/action"] = (202, {"image_id": "i-id"})
    cloud.answers["GET /image/v2/images/i-id"] = {"id": "i-id", "name": "i", "status": "killed"}
    result = ostk(f"server {verb} create web --wait")
    assert (result.exit_code, "its status is killed" in result.output) == (1, True)


def test_rotation_0_is_sent_and_no_image_id_is_an_error(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"POST {NOVA}/servers/web-id/action"] = (202, b"")
    result = ostk("server backup create web --rotate 0")
    assert (result.exit_code, posted(cloud)) == (1, [{"createBackup": {**BACKUP, "rotation": 0}}])
    assert "returned no image ID" in result.output


# -- volumes ---------------------------------------------------------------------------------------------

ATTACHED = {
    "id": "data-id",
    "device": "/dev/vdb",
    "serverId": "web-id",
    "volumeId": "data-id",
    "tag": None,
    "delete_on_termination": False,
    "attachment_id": "a-id",
    "bdm_uuid": "b-id",
}


@pytest.mark.parametrize(
    ("version", "titles"),
    [
        ("2.1", ["ID", "Device", "Server ID", "Volume ID"]),
        ("2.70", ["ID", "Device", "Server ID", "Volume ID", "Tag"]),
        ("2.79", ["ID", "Device", "Server ID", "Volume ID", "Tag", "Delete On Termination?"]),
        (
            "2.89",
            [
                *("Device", "Server ID", "Volume ID", "Tag", "Delete On Termination?"),
                *("Attachment ID", "BlockDeviceMapping UUID"),
            ],
        ),
    ],
)
def test_volume_list_columns_depend_on_microversion(
    cloud: FakeCloud, ostk: Run, version: str, titles: list[str]
) -> None:
    cloud.answers[f"GET {NOVA}/servers/web-id/os-volume_attachments"] = {"volumeAttachments": [ATTACHED]}
    [row] = json.loads(ostk(f"server volume list web -f json --os-compute-api-version {version}").output)
    assert list(row) == titles
    assert (row["Device"], row["Server ID"], row["Volume ID"]) == ("/dev/vdb", "web-id", "data-id")


# -- events ----------------------------------------------------------------------------------------------

EVENT = {
    "request_id": "req-1",
    "instance_uuid": "web-id",
    "action": "create",
    "start_time": "2026-01-01T00:00:00.000000",
    "message": None,
    "project_id": "p",
    "user_id": "u",
}
STEP = {"event": "compute_start", "result": "Success", "host": "cmp1", "hostId": "h", "traceback": None}


def test_event_list(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NOVA}/servers/web-id/os-instance-actions"] = {"instanceActions": [EVENT]}
    assert (
        ostk("server event list web").output
        == """\
+------------+-----------+--------+----------------------------+
| Request ID | Server ID | Action | Start Time                 |
+------------+-----------+--------+----------------------------+
| req-1      | web-id    | create | 2026-01-01T00:00:00.000000 |
+------------+-----------+--------+----------------------------+
"""
    )
    [row] = json.loads(ostk("server event list web --long -f json").output)
    assert list(row)[4:] == ["Message", "Project ID", "User ID"]


def test_event_show_lists_steps(cloud: FakeCloud, ostk: Run) -> None:
    where = f"GET {NOVA}/servers/web-id/os-instance-actions/req-1"
    cloud.answers[where] = {"instanceAction": {**EVENT, "events": [STEP]}}
    found = json.loads(ostk("server event show web req-1 -f json").output)
    [step] = found.pop("events")
    assert found == {
        **{key: EVENT[key] for key in ("action", "message", "project_id", "request_id", "start_time")},
        "id": "req-1",
        "user_id": "u",
    }
    assert list(step) == [*("details", "event", "finish_time", "host", "host_id", "result", "start_time", "traceback")]
    assert (step["event"], step["host_id"]) == ("compute_start", "h")


def test_events_of_a_deleted_server_are_found_by_id(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NOVA}/servers/{ID}"] = (404, {"itemNotFound": {"message": "gone"}})
    cloud.answers[f"GET {NOVA}/servers"] = {"servers": []}
    cloud.answers[f"GET {NOVA}/servers/{ID}/os-instance-actions"] = {"instanceActions": [EVENT]}
    cloud.answers[f"GET {NOVA}/servers/{ID}/os-instance-actions/req-1"] = {"instanceAction": EVENT}
    assert ostk(f"server event list {ID} -f value -c Action").output == "create\n"
    assert ostk(f"server event show {ID} req-1 -f value -c action").output == "create\n"


# -- consoles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("output", "printed"), [("one\ntwo", "one\ntwo\n"), ("one\n", "one\n"), ("", ""), (None, "")])
def test_console_log_ends_with_a_newline(cloud: FakeCloud, ostk: Run, output: str | None, printed: str) -> None:
    cloud.answers[f"POST {NOVA}/servers/web-id/action"] = {"output": output}
    result = ostk("console log show web")
    assert (result.exit_code, result.output) == (0, printed)


@pytest.mark.parametrize(
    ("flag", "console_type", "protocol", "old"),
    [
        ("", "novnc", "vnc", "os-getVNCConsole"),
        ("--novnc", "novnc", "vnc", "os-getVNCConsole"),
        ("--xvpvnc", "xvpvnc", "vnc", "os-getVNCConsole"),
        ("--spice", "spice-html5", "spice", "os-getSPICEConsole"),
        ("--rdp", "rdp-html5", "rdp", "os-getRDPConsole"),
        ("--serial", "serial", "serial", "os-getSerialConsole"),
    ],
)
def test_console_url_of_each_type(
    cloud: FakeCloud, ostk: Run, flag: str, console_type: str, protocol: str, old: str
) -> None:
    asked = {"protocol": protocol, "type": console_type}
    cloud.answers[f"POST {NOVA}/servers/web-id/remote-consoles"] = {"remote_console": {**asked, "url": "u"}}
    assert json.loads(ostk(f"console url show web {flag} -f json").output) == {**asked, "url": "u"}
    assert posted(cloud) == [{"remote_console": asked}]
    cloud.answers[f"POST {NOVA}/servers/web-id/action"] = {"console": {"type": console_type, "url": "u"}}
    found = json.loads(ostk(f"console url show web {flag} -f json --os-compute-api-version 2.5").output)
    assert found == {"protocol": None, "type": console_type, "url": "u"}
    assert posted(cloud)[1:] == [{old: {"type": console_type}}]


def test_console_url_of_mks(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("console url show web --mks").exit_code == 0
    assert posted(cloud) == [{"remote_console": {"protocol": "mks", "type": "webmks"}}]


def test_console_connection_show(cloud: FakeCloud, ostk: Run) -> None:
    console = {"instance_uuid": "web-id", "host": "h", "port": 5900, "internal_access_path": None}
    cloud.answers[f"GET {NOVA}/os-console-auth-tokens/a%2Fb"] = {"console": console}
    found = json.loads(ostk("console connection show a/b -f json").output)
    assert found == {**console, "tls_port": None}


# -- logging in ------------------------------------------------------------------------------------------

ADDRESSES = {
    "net": [
        {"addr": "10.0.0.5", "version": 4, "OS-EXT-IPS:type": "fixed"},
        {"addr": "fd00::5", "version": 6, "OS-EXT-IPS:type": "fixed"},
        {"addr": "203.0.113.5", "version": 4, "OS-EXT-IPS:type": "floating"},
    ],
    "back": [{"addr": "10.9.0.5", "version": 4, "OS-EXT-IPS:type": "fixed"}],
}


@pytest.fixture
def ssh_calls(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record the ssh command lines; the server has several addresses."""
    web = {"id": "web-id", "name": "web", "addresses": ADDRESSES}
    cloud.answers[f"GET {NOVA}/servers/detail?name=web"] = {"servers": [web]}
    calls: list[list[str]] = []

    def call(words: list[str]) -> int:
        calls.append(words)
        return 3

    monkeypatch.setattr("subprocess.call", call)
    return calls


@pytest.mark.parametrize(
    ("words", "run"),
    [
        ("", "-l ann -- 203.0.113.5"),
        ("--public", "-l ann -- 203.0.113.5"),
        ("--private", "-l ann -- 10.0.0.5"),
        ("--private -6", "-l ann -- fd00::5"),
        ("--address-type back", "-l ann -- 10.9.0.5"),
        ("--address-type net -4", "-l ann -- 10.0.0.5"),
        ("--login root", "-l root -- 203.0.113.5"),
        ("-l root -p 2222 -i key -o Compression=yes", "-p 2222 -i key -o Compression=yes -l root -- 203.0.113.5"),
        ("--port 22 --identity key --option A=b", "-p 22 -i key -o A=b -l ann -- 203.0.113.5"),
        ("-- -l cirros -v uptime", "-l cirros -v -- 203.0.113.5 uptime"),
        ("-- -vlcirros -- uptime -l", "-vlcirros -- 203.0.113.5 uptime -l"),
        ("-- -vp 22 -L 80:x:80 uptime -- -p", "-vp 22 -L 80:x:80 -l ann -- 203.0.113.5 uptime -- -p"),
    ],
)
def test_ssh_arguments(cloud: FakeCloud, ostk: Run, ssh_calls: list[list[str]], words: str, run: str) -> None:
    result = ostk(f"server ssh web {words}")
    assert (result.exit_code, ssh_calls) == (3, [["ssh", *run.split()]]), result.output


def test_ssh_killed_by_a_signal_exits_with_128_plus_signal(
    cloud: FakeCloud, ostk: Run, ssh_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subprocess.call", lambda words: -15)
    assert ostk("server ssh web").exit_code == 143


@pytest.mark.parametrize("text", ["-V", "-oProxyCommand=x", "web", "10.0.0.5 -V", "fe80::1%-V", "", None, 5, ["x"]])
def test_ssh_accepts_only_ip_addresses(cloud: FakeCloud, ostk: Run, ssh_calls: list[list[str]], text: object) -> None:
    public = [{"addr": text, "version": 4, "OS-EXT-IPS:type": "floating"}]
    web = {"id": "web-id", "name": "web", "addresses": {"public": public}}
    cloud.answers[f"GET {NOVA}/servers/detail?name=web"] = {"servers": [web]}
    result = ostk("server ssh web")
    assert (result.exit_code, result.output) == (1, "The server web has no public address.\n")
    public.append({"addr": "203.0.113.9", "version": "?", "OS-EXT-IPS:type": "floating"})
    ostk("server ssh web -4")
    assert ssh_calls == [["ssh", "-l", "ann", "--", "203.0.113.9"]]


@pytest.mark.parametrize("name", ["-V", "a b", "a$(b)", "a;b", "a`b"])
def test_ssh_accepts_only_login_names(
    cloud: FakeCloud, ostk: Run, ssh_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    given = cloud.token

    def token(request: httpx.Request) -> httpx.Response | None:
        if (answer := given(request)) is None:
            return None
        body = answer.json()
        body["token"]["user"]["name"] = name
        return httpx.Response(201, json=body, headers={"X-Subject-Token": "t"})

    monkeypatch.setattr(cloud, "token", token)
    result = ostk("server ssh web")
    assert (result.exit_code, f"The user name {name!r} cannot be a login name." in result.output) == (1, True)
    assert ssh_calls == []
    ostk("server ssh web --login root")
    assert ssh_calls == [["ssh", "-l", "root", "--", "203.0.113.5"]]


def test_ssh_to_a_server_of_the_sandbox_is_an_error(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.call", None)
    result = ostk("--os-cloud sandbox server ssh web")
    assert (result.exit_code, "sandbox cannot be logged in to" in result.output) == (1, True), result.output


def test_ssh_without_an_address_is_an_error(cloud: FakeCloud, ostk: Run, ssh_calls: list[list[str]]) -> None:
    result = ostk("server ssh web -6")
    assert (result.exit_code, result.output) == (1, "The server web has no public IPv6 address.\n")
    assert ssh_calls == []
