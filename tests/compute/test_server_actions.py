"""What can be done to servers: what each command sends, and how it waits."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Run
from ..conversation import Request, conversations, hold, refusals, refuse
from ..pretend import Pretend

SERVER = "/compute/v2.1/servers/s-id"
CASES = conversations("""
/compute/v2.1
server start s t
  POST ~/servers/s-id/action {"os-start": null}
  POST ~/servers/t-id/action {"os-start": null}
server stop s --all-projects
  GET ~/servers?name=s&all_tenants=True
  POST ~/servers/s-id/action {"os-stop": null}
server start s --all-projects
  POST ~/servers/s-id/action {"os-start": null}
server pause s
  POST ~/servers/s-id/action {"pause": null}
server unpause s
  POST ~/servers/s-id/action {"unpause": null}
server suspend s
  POST ~/servers/s-id/action {"suspend": null}
server resume s
  POST ~/servers/s-id/action {"resume": null}
server restore s
  POST ~/servers/s-id/action {"restore": null}
server lock s
  POST ~/servers/s-id/action {"lock": null}
server lock s --reason why
  POST ~/servers/s-id/action {"lock": {"locked_reason": "why"}}
server unlock s
  POST ~/servers/s-id/action {"unlock": null}
server dump create s
  POST ~/servers/s-id/action {"trigger_crash_dump": null}
server reboot s
  POST ~/servers/s-id/action {"reboot": {"type": "SOFT"}}
server reboot s --soft
  POST ~/servers/s-id/action {"reboot": {"type": "SOFT"}}
server reboot s --hard
  POST ~/servers/s-id/action {"reboot": {"type": "HARD"}}
server rescue s
  POST ~/servers/s-id/action {"rescue": {}}
server rescue s --image i --password p
  POST ~/servers/s-id/action {"rescue": {"rescue_image_ref": "i-id", "adminPass": "p"}}
server unrescue s
  POST ~/servers/s-id/action {"unrescue": null}
server shelve s
  POST ~/servers/s-id/action {"shelve": null}
server unshelve s
server resize s --flavor one
  POST ~/servers/s-id/action {"resize": {"flavorRef": "one-id"}}
server resize s --confirm
  POST ~/servers/s-id/action {"confirmResize": null}
server resize s --revert
  POST ~/servers/s-id/action {"revertResize": null}
server resize confirm s
  POST ~/servers/s-id/action {"confirmResize": null}
server resize revert s
  POST ~/servers/s-id/action {"revertResize": null}
server migrate s
  POST ~/servers/s-id/action {"migrate": null}
server migrate s --host h
  POST ~/servers/s-id/action {"migrate": {"host": "h"}}
server migrate s --live-migration
  POST ~/servers/s-id/action {"os-migrateLive": {"host": null, "block_migration": "auto"}}
server migrate s --live-migration --host h --block-migration --no-disk-overcommit
  POST ~/servers/s-id/action {"os-migrateLive": {"host": "h", "block_migration": true}}
server migrate s --live-migration --shared-migration
  POST ~/servers/s-id/action {"os-migrateLive": {"host": null, "block_migration": false}}
server migrate confirm s
  POST ~/servers/s-id/action {"confirmResize": null}
server migrate revert s
  POST ~/servers/s-id/action {"revertResize": null}
server migration confirm s
  POST ~/servers/s-id/action {"confirmResize": null}
server migration revert s
  POST ~/servers/s-id/action {"revertResize": null}
server migration abort s 7
  DELETE ~/servers/s-id/migrations/7
server migration force complete s 7
  POST ~/servers/s-id/migrations/7/action {"force_complete": null}
server migration list --server s --host h --status done --type cold-migration --limit 2 --marker m
  GET ~/os-migrations?instance_uuid=s-id&host=h&status=done&migration_type=migration&limit=2&marker=m
server migration list --type live-migration --changes-since 2026-01-01 --changes-before 2026-01-02
  GET ~/os-migrations?migration_type=live-migration&changes-since=2026-01-01&changes-before=2026-01-02
server migration list --project p --project-domain d --user u --user-domain d --max-items 3
  GET ~/os-migrations?project_id=p-id&user_id=u-id
server event list s --long --changes-since a --changes-before b --limit 2 --marker m
  GET ~/servers/s-id/os-instance-actions?changes-since=a&changes-before=b&limit=2&marker=m
server event list s --max-items 2
  GET ~/servers/s-id/os-instance-actions
server volume list s
  GET ~/servers/s-id/os-volume_attachments
server volume set s v --delete-on-termination
  PUT ~/servers/s-id/os-volume_attachments/v-id {"volumeAttachment": {"volumeId": "v-id", "delete_on_termination": true}}
server volume set s v --preserve-on-termination
  PUT ~/servers/s-id/os-volume_attachments/v-id {"volumeAttachment": {"volumeId": "v-id", "delete_on_termination": false}}
server volume update s v --delete-on-termination
  PUT ~/servers/s-id/os-volume_attachments/v-id {"volumeAttachment": {"volumeId": "v-id", "delete_on_termination": true}}
server volume update s v --preserve-on-termination
  PUT ~/servers/s-id/os-volume_attachments/v-id {"volumeAttachment": {"volumeId": "v-id", "delete_on_termination": false}}
server image create s
  POST ~/servers/s-id/action {"createImage": {"name": "s"}}
server image create s --name i --property a=b
  POST ~/servers/s-id/action {"createImage": {"name": "i", "metadata": {"a": "b"}}}
server backup create s
  POST ~/servers/s-id/action {"createBackup": {"name": "s", "backup_type": "", "rotation": 1}}
server backup create s --name b --type daily --rotate 7
  POST ~/servers/s-id/action {"createBackup": {"name": "b", "backup_type": "daily", "rotation": 7}}
server evacuate s
  POST ~/servers/s-id/action {"evacuate": {}}
server evacuate s --host h --password p
  POST ~/servers/s-id/action {"evacuate": {"host": "h", "adminPass": "p"}}
server rebuild s --image i --name n --password p --property a=b --description d --preserve-ephemeral --key-name k --user-data data --trusted-image-cert c1 --trusted-image-cert c2 --hostname h --reimage-boot-volume
  POST ~/servers/s-id/action {"rebuild": {"imageRef": "i-id", "name": "n", "adminPass": "p", "metadata": {"a": "b"}, "description": "d", "preserve_ephemeral": true, "key_name": "k", "user_data": "aGk=", "trusted_image_certificates": ["c1", "c2"], "hostname": "h"}}
server rebuild s --image i --no-preserve-ephemeral --no-key-name --no-user-data --no-trusted-image-certs --reimage-boot-volume
  POST ~/servers/s-id/action {"rebuild": {"imageRef": "i-id", "preserve_ephemeral": false, "key_name": null, "user_data": null, "trusted_image_certificates": null}}
server rebuild s --image i --key-unset --reimage-boot-volume
  POST ~/servers/s-id/action {"rebuild": {"imageRef": "i-id", "key_name": null}}
console log show s --lines 3
  POST ~/servers/s-id/action {"os-getConsoleOutput": {"length": 3}}
console url show s
  POST ~/servers/s-id/remote-consoles {"remote_console": {"protocol": "vnc", "type": "novnc"}}
console url show s --novnc
  POST ~/servers/s-id/remote-consoles {"remote_console": {"protocol": "vnc", "type": "novnc"}}
console url show s --xvpvnc
  POST ~/servers/s-id/remote-consoles {"remote_console": {"protocol": "vnc", "type": "xvpvnc"}}
console url show s --spice
  POST ~/servers/s-id/remote-consoles {"remote_console": {"protocol": "spice", "type": "spice-html5"}}
console url show s --rdp
  POST ~/servers/s-id/remote-consoles {"remote_console": {"protocol": "rdp", "type": "rdp-html5"}}
console url show s --serial
  POST ~/servers/s-id/remote-consoles {"remote_console": {"protocol": "serial", "type": "serial"}}
console url show s --mks
  POST ~/servers/s-id/remote-consoles {"remote_console": {"protocol": "mks", "type": "webmks"}}
""")  # noqa: E501
REFUSALS = refusals("""
2 server resize s => One of --flavor, --confirm, --revert is needed.
2 server resize s --confirm --revert => exclude each other
2 server reboot s --hard --soft => exclude each other
1 server migrate s --block-migration => need --live-migration
2 server migrate s --live-migration --shared-migration --block-migration => exclude each other
1 server migration show s x => 'x' is neither the number nor the UUID
1 server migration abort s x => 'x' is neither the number nor the UUID
1 server migration force complete s x => 'x' is neither the number nor the UUID
1 server rebuild s --user-data none --image i => The user data none cannot be read: No such file or directory.
1 server rebuild s => --image must say what to build it from
1 server rebuild s --image i => --reimage-boot-volume must say to overwrite that
1 server evacuate s --shared-storage => --shared-storage is of the past
2 server evacuate s --shared-storage --password p => exclude each other
2 server unshelve s --availability-zone z --no-availability-zone => exclude each other
1 server start no-server => No server has the name or ID 'no-server'.
2 console log show s --lines -1 => --lines
""")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@pytest.fixture
def server(cloud: Pretend) -> Pretend:
    """A cloud that answers what is asked of a server with what that needs."""
    Path("data").write_text("hi")
    actions = f"POST {SERVER}/action"
    cloud.answers[actions] = {"image_id": "i-id", "server": {"id": "s-id", "name": "s"}}
    consoles = {"remote_console": {"protocol": "vnc", "type": "novnc", "url": "http://see"}}
    cloud.answers[f"POST {SERVER}/remote-consoles"] = consoles
    cloud.answers[f"GET {SERVER}/os-volume_attachments"] = {"volumeAttachments": []}
    for line in ("changes-since=a&changes-before=b&limit=2&marker=m", ""):
        where = f"GET {SERVER}/os-instance-actions{'?' if line else ''}{line}"
        cloud.answers[where] = {"instanceActions": []}
    return cloud


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_what_is_sent(server: Pretend, ostk: Run, line: str, requests: list[Request]) -> None:
    hold(server, ostk, line, requests)


@pytest.mark.parametrize(("line", "status", "words"), REFUSALS)
def test_what_is_refused(cloud: Pretend, ostk: Run, line: str, status: int, words: str) -> None:
    refuse(cloud, ostk, line, status, words)


def states(cloud: Pretend, monkeypatch: pytest.MonkeyPatch, *found: dict[str, Any]) -> None:
    """Have a server go through states; the last one lasts."""
    left = [{"id": "s-id", "name": "s", "OS-EXT-STS:task_state": None, **one} for one in found]
    given = Pretend.given

    def answer(self: Pretend, line: str, request: Any) -> Any:
        if line == f"GET {SERVER}":
            self.answers[line] = {"server": left.pop(0) if len(left) > 1 else left[0]}
        return given(self, line, request)

    monkeypatch.setattr(Pretend, "given", answer)


BUSY = {"OS-EXT-STS:task_state": "working"}


class TestWait:
    @pytest.mark.parametrize(
        ("line", "before", "after"),
        [
            ("server start s", "SHUTOFF", "ACTIVE"),
            ("server stop s", "ACTIVE", "SHUTOFF"),
            ("server pause s", "ACTIVE", "PAUSED"),
            ("server unpause s", "PAUSED", "ACTIVE"),
            ("server suspend s", "ACTIVE", "SUSPENDED"),
            ("server resume s", "SUSPENDED", "ACTIVE"),
            ("server restore s", "SOFT_DELETED", "ACTIVE"),
            ("server reboot s", "REBOOT", "ACTIVE"),
            ("server rescue s", "ACTIVE", "RESCUE"),
            ("server unrescue s", "RESCUE", "ACTIVE"),
            ("server resize s --flavor one", "RESIZE", "VERIFY_RESIZE"),
            ("server resize confirm s", "VERIFY_RESIZE", "ACTIVE"),
            ("server resize revert s", "VERIFY_RESIZE", "SHUTOFF"),
            ("server migrate s", "RESIZE", "VERIFY_RESIZE"),
            ("server migrate s --live-migration", "MIGRATING", "ACTIVE"),
            ("server migrate confirm s", "VERIFY_RESIZE", "ACTIVE"),
            ("server migrate revert s", "VERIFY_RESIZE", "ACTIVE"),
            ("server rebuild s --image i --reimage-boot-volume", "REBUILD", "ACTIVE"),
            ("server evacuate s", "REBUILD", "ACTIVE"),
        ],
    )
    def test_it_asks_until_it_is_done(
        self,
        server: Pretend,
        ostk: Run,
        monkeypatch: pytest.MonkeyPatch,
        line: str,
        before: str,
        after: str,
    ) -> None:
        states(server, monkeypatch, {"status": before, **BUSY}, {"status": after, **BUSY}, {"status": after})
        result = ostk(f"{line} --wait")
        assert result.exit_code == 0, result.output
        assert server.sent[-3:] == [(f"GET {SERVER}", None)] * 3 or "confirm" in line or "revert" in line
        assert server.sent[-1][0] == f"GET {SERVER}"

    def test_an_error_is_told_with_its_fault(
        self, server: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failed = {"status": "ERROR", "fault": {"message": "No disk."}}
        states(server, monkeypatch, {"status": "SHUTOFF", **BUSY}, failed)
        result = ostk("server start s --wait")
        assert (result.exit_code, result.output) == (1, "The server s is ERROR: No disk.\n")

    def test_coming_to_rest_elsewhere_is_a_failure(
        self, server: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        states(server, monkeypatch, {"status": "SHUTOFF", **BUSY}, {"status": "SHUTOFF"})
        result = ostk("server start s --wait")
        assert (result.exit_code, result.output) == (1, "The server s is SHUTOFF.\n")

    def test_a_server_that_stays_was_not_resized(
        self, server: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stayed = {"status": "ACTIVE", "fault": {"message": "No valid host was found."}}
        states(server, monkeypatch, {"status": "RESIZE", **BUSY}, stayed)
        result = ostk("server resize s --flavor one --wait")
        expected = "The server s was not resized: No valid host was found.\n"
        assert (result.exit_code, result.output) == (1, expected)

    def test_each_of_several_is_told(
        self, server: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        states(server, monkeypatch, {"status": "ERROR"})
        result = ostk("server stop s no-server --wait")
        assert result.exit_code == 1
        lines = result.output.splitlines()
        assert lines[0] == "Could not stop server 's': The server s is ERROR."
        assert lines[1] == "Could not stop server 'no-server': No server has the name or ID 'no-server'."
        assert lines[-1] == "2 of 2 servers failed to stop."


class TestShelve:
    def found(self, cloud: Pretend, status: str) -> None:
        item = {"id": "s-id", "name": "s", "status": status}
        cloud.answers["GET /compute/v2.1/servers/detail?name=s"] = {"servers": [item]}

    def bodies(self, cloud: Pretend) -> list[Any]:
        return [body for line, body in cloud.sent if line.startswith("POST")]

    def test_offloading(self, server: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found(server, "ACTIVE")
        states(server, monkeypatch, {"status": "SHELVED"}, {"status": "SHELVED_OFFLOADED"})
        assert ostk("server shelve s --offload --wait").exit_code == 0
        assert self.bodies(server) == [{"shelve": None}, {"shelveOffload": None}]

    def test_what_is_shelved_stays_so(self, server: Pretend, ostk: Run) -> None:
        self.found(server, "SHELVED_OFFLOADED")
        assert ostk("server shelve s --offload --wait").exit_code == 0
        assert self.bodies(server) == []

    @pytest.mark.parametrize(
        ("options", "body"),
        [
            ("", None),
            ("--availability-zone z --host h", {"availability_zone": "z", "host": "h"}),
            ("--no-availability-zone", {"availability_zone": None}),
        ],
    )
    def test_unshelving(
        self, server: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch, options: str, body: Any
    ) -> None:
        self.found(server, "SHELVED")
        states(server, monkeypatch, {"status": "SHELVED", **BUSY}, {"status": "ACTIVE"})
        assert ostk(f"server unshelve s {options} --wait").exit_code == 0
        assert self.bodies(server) == [{"unshelve": body}]


class TestOlderClouds:
    @pytest.mark.parametrize(
        ("version", "line", "body"),
        [
            (
                "2.20",
                "server migrate s --live-migration",
                {"block_migration": False, "disk_over_commit": False},
            ),
            (
                "2.20",
                "server migrate s --live-migration --block-migration --disk-overcommit",
                {"block_migration": True, "disk_over_commit": True},
            ),
            ("2.13", "server evacuate s --shared-storage", {"onSharedStorage": True}),
            ("2.13", "server evacuate s", {"onSharedStorage": False}),
        ],
    )
    def test_other_words(
        self,
        server: Pretend,
        ostk: Run,
        monkeypatch: pytest.MonkeyPatch,
        version: str,
        line: str,
        body: dict[str, Any],
    ) -> None:
        monkeypatch.setenv("OS_COMPUTE_API_VERSION", version)
        assert ostk(line).exit_code == 0
        [sent] = [sent for _, sent in server.sent if sent]
        [content] = sent.values()
        assert content == ({"host": None, **body} if "live" in line else body)

    @pytest.mark.parametrize(
        "line",
        [
            "server lock s --reason r",
            "server migrate s --host h",
            "server migrate s --live-migration --host h",
            "server unshelve s --host h",
            "server migration list --limit 1",
            "server migration list --project p",
            "server event list s --marker m",
            "server rebuild s --image i --reimage-boot-volume",
            "server migration show s 7",
            "console url show s --spice-direct",
        ],
    )
    def test_what_they_do_not_have(
        self, server: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch, line: str
    ) -> None:
        monkeypatch.setenv("OS_COMPUTE_API_VERSION", "2.20")
        result = ostk(line)
        assert (result.exit_code, " needs version 2." in result.output) == (1, True), result.output
        assert server.sent == []

    def test_a_console(self, server: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OS_COMPUTE_API_VERSION", "2.5")
        server.answers[f"POST {SERVER}/action"] = {"console": {"type": "novnc", "url": "http://see"}}
        assert ostk("console url show s -f value -c url").output == "http://see\n"
        assert server.sent == [(f"POST {SERVER}/action", {"os-getVNCConsole": {"type": "novnc"}})]


class TestMigration:
    UUID = "4cfba335-03d8-49b2-8c52-e69043d1e8fe"

    @pytest.fixture
    def running(self, cloud: Pretend) -> Pretend:
        found = {"id": 7, "uuid": self.UUID, "status": "running", "memory_total_bytes": 5}
        cloud.answers[f"GET {SERVER}/migrations"] = {"migrations": [found]}
        cloud.answers[f"GET {SERVER}/migrations/7"] = {"migration": found}
        return cloud

    @pytest.mark.parametrize("which", ["7", UUID])
    def test_it_is_shown(self, running: Pretend, ostk: Run, which: str) -> None:
        shown = json.loads(ostk(f"server migration show s {which} -f json").output)
        assert list(shown)[:3] == ["ID", "Server UUID", "Status"]
        assert (shown["ID"], shown["UUID"], shown["Memory Total Bytes"]) == (7, self.UUID, 5)

    def test_its_uuid_is_turned_into_its_number(self, running: Pretend, ostk: Run) -> None:
        assert ostk(f"server migration abort s {self.UUID}").exit_code == 0
        assert running.sent[-1] == (f"DELETE {SERVER}/migrations/7", None)
        result = ostk(f"server migration force complete s {self.UUID.replace('4', '5')}")
        assert (result.exit_code, "no running live migration" in result.output) == (1, True)

    def test_the_list(self, cloud: Pretend, ostk: Run) -> None:
        found = {"id": 1, "uuid": "u", "status": "done", "migration_type": "resize", "project_id": "p"}
        cloud.answers["GET /compute/v2.1/os-migrations"] = {"migrations": [found]}
        assert ostk("server migration list -f csv").output.splitlines()[0] == (
            '"Id","UUID","Source Node","Dest Node","Source Compute","Dest Compute","Dest Host","Status",'
            '"Server UUID","Old Flavor","New Flavor","Type","Created At","Updated At"'
        )


class TestEvent:
    def test_its_steps(self, cloud: Pretend, ostk: Run) -> None:
        step = {"event": "compute_stop", "hostId": "h", "result": "Success"}
        found = {"action": "stop", "request_id": "req-1", "events": [step], "instance_uuid": "s-id"}
        cloud.answers[f"GET {SERVER}/os-instance-actions/req-1"] = {"instanceAction": found}
        shown = json.loads(ostk("server event show s req-1 -f json").output)
        assert shown["events"][0]["host_id"] == "h"
        assert (shown["id"], shown["message"]) == ("req-1", None)

    def test_events_outlive_their_server(self, cloud: Pretend, ostk: Run) -> None:
        gone = "4cfba335-03d8-49b2-8c52-e69043d1e8fe"
        path = f"/compute/v2.1/servers/{gone}"
        cloud.answers[f"GET {path}"] = (404, {"itemNotFound": {"message": "?", "code": 404}})
        cloud.answers[f"GET /compute/v2.1/servers?name={gone}"] = {"servers": []}
        cloud.answers[f"GET {path}/os-instance-actions"] = {
            "instanceActions": [{"action": "delete", "request_id": "r", "instance_uuid": gone}]
        }
        assert ostk(f"server event list {gone} -f value -c Action").output == "delete\n"
        assert ostk("server event list no-server").exit_code == 1


class TestImage:
    def test_it_is_shown_when_it_is_done(self, server: Pretend, ostk: Run) -> None:
        image = {"id": "i-id", "name": "i", "status": "active", "visibility": "private", "tags": []}
        server.answers["GET /image/v2/images/i-id"] = image
        result = ostk("server image create s --name i --wait -f json")
        shown = json.loads(result.output)
        assert (shown["name"], shown["status"]) == ("i", "active")

    def test_one_that_fails(self, server: Pretend, ostk: Run) -> None:
        server.answers["GET /image/v2/images/i-id"] = {"id": "i-id", "name": "i", "status": "killed"}
        result = ostk("server backup create s --wait")
        assert (result.exit_code, result.output) == (1, "The image i was not made: its status is killed.\n")


class TestConsole:
    def test_the_log_is_printed_as_it_is(self, server: Pretend, ostk: Run) -> None:
        server.answers[f"POST {SERVER}/action"] = {"output": "a\nb"}
        assert ostk("console log show s").output == "a\nb\n"
        server.answers[f"POST {SERVER}/action"] = {"output": ""}
        assert ostk("console log show s").output == ""

    def test_a_connection(self, cloud: Pretend, ostk: Run) -> None:
        console = {"host": "h", "port": 5900, "instance_uuid": "s-id", "internal_access_path": None}
        cloud.answers["GET /compute/v2.1/os-console-auth-tokens/tok"] = {"console": console}
        assert ostk("console connection show tok -f value").output == "h\ns-id\nNone\n5900\nNone\n"


class TestSSH:
    ADDRESSES = {
        "net": [
            {"addr": "10.0.0.1", "version": 4, "OS-EXT-IPS:type": "fixed"},
            {"addr": "fd00::1", "version": 6, "OS-EXT-IPS:type": "fixed"},
            {"addr": "192.0.2.1", "version": 4, "OS-EXT-IPS:type": "floating"},
        ],
    }

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ("", ["192.0.2.1", "-l", "ann"]),
            ("--public", ["192.0.2.1", "-l", "ann"]),
            ("--private", ["10.0.0.1", "-l", "ann"]),
            ("--private -6", ["fd00::1", "-l", "ann"]),
            ("--private -4", ["10.0.0.1", "-l", "ann"]),
            ("--address-type net", ["10.0.0.1", "-l", "ann"]),
            (
                "--login bob --port 22 --identity k -o A=b",
                ["192.0.2.1", "-p", "22", "-i", "k", "-o", "A=b", "-l", "bob"],
            ),
            ("-- -l root uptime", ["192.0.2.1", "-l", "root", "uptime"]),
        ],
    )
    def test_ssh_is_run(
        self, cloud: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch, options: str, words: list[str]
    ) -> None:
        item = {"id": "s-id", "name": "s", "addresses": self.ADDRESSES}
        cloud.answers["GET /compute/v2.1/servers/detail?name=s"] = {"servers": [item]}
        ran: list[list[str]] = []

        def call(command: list[str]) -> int:
            ran.append(command)
            return 3

        monkeypatch.setattr(subprocess, "call", call)
        result = ostk(f"server ssh s {options}")
        assert (ran, result.exit_code) == ([["ssh", *words]], 3)

    def test_no_such_address(self, cloud: Pretend, ostk: Run) -> None:
        item = {"id": "s-id", "name": "s", "addresses": {}}
        cloud.answers["GET /compute/v2.1/servers/detail?name=s"] = {"servers": [item]}
        result = ostk("server ssh s -6")
        assert (result.exit_code, result.output) == (1, "The server has no public IPv6 address.\n")
