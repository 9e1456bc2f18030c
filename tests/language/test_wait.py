"""--wait of the verbs, and --timeout: what is polled, and how the wait ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ostk.language.options import WAIT
from ostk.language.waiting import TIMEOUT, WAIT_TIMEOUT
from ostk.render.options import Full

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..test_promises import every

VOLUMES, SNAPSHOTS, BACKUPS = (f"/volume/v3/{name}" for name in ("volumes", "snapshots", "backups"))
SERVER, GROUP, SHARE = "/compute/v2.1/servers/s-id", "/volume/v3/groups/g-id", "/share/v2/shares/sh-id"
GONE: Any = (404, {"itemNotFound": {"message": "It could not be found.", "code": 404}})
# The verbs to which ostk adds --wait.
ADDED = """
coe cluster create|coe cluster delete|coe cluster resize|coe cluster update|coe cluster upgrade|coe nodegroup create
coe nodegroup delete|consistency group add volume|consistency group create|consistency group delete
consistency group remove volume|consistency group snapshot create|consistency group snapshot delete
database backup create|database backup delete|database cluster create|database cluster delete
database cluster force delete|database cluster grow|database cluster shrink|database cluster upgrade
database configuration attach|database configuration detach|database instance create|database instance delete
database instance detach|database instance eject|database instance force delete|database instance promote
database instance reboot|database instance rebuild|database instance resize flavor|database instance resize volume
database instance restart|database instance update|database instance upgrade|image create|image delete|ptr record set
recordset create|recordset delete|recordset set|secret order create|server add fixed ip|server add network
server add port|server add share|server add volume|server migration abort|server migration confirm
server migration force complete|server migration revert|server remove fixed ip|server remove network
server remove port|server remove share|server remove volume|share backup create|share migration cancel
share migration complete|share migration start|share replica resync|share server migration cancel
share server migration complete|share server migration start|share snapshot access create|share snapshot access delete
volume backup create|volume backup delete|volume backup record import|volume backup restore|volume create
volume delete|volume group add volume|volume group create|volume group delete|volume group failover
volume group remove volume|volume group set|volume group snapshot create|volume group snapshot delete|volume migrate
volume revert|volume set|volume snapshot create|volume snapshot delete|zone create|zone delete|zone export create
zone import create|zone move|zone set
""".replace("\n", "|")

Polls = Callable[..., None]


@pytest.fixture
def polls(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> Polls:
    """Set the answers of a resource for each poll in turn; the last one stays."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))

    def answer(path: str, key: str, *items: Any) -> None:
        last = items[-1]
        whole = [item if isinstance(item, tuple) else {key: {"id": path.rpartition("/")[2], **item}} for item in items]
        left = iter(whole)
        cloud.answers[f"GET {path}"] = Repeated(left, whole[-1])
        assert last is items[-1]

    return answer


class Repeated:
    """An iterator that gives its last item for ever."""

    def __init__(self, items: Any, last: Any) -> None:
        self.items, self.last = items, last

    def __iter__(self) -> Repeated:
        return self

    def __next__(self) -> Any:
        return next(self.items, self.last)


@pytest.mark.parametrize(
    ("line", "path", "key", "items"),
    [
        (
            "volume create new --size 1",
            f"{VOLUMES}/new-id",
            "volume",
            [{"status": "creating"}, {"status": "available"}],
        ),
        ("volume delete v", f"{VOLUMES}/v-id", "volume", [{"status": "deleting"}, GONE]),
        ("volume delete v --force", f"{VOLUMES}/v-id", "volume", [{"status": "error"}, {"status": "deleting"}, GONE]),
        (
            "volume set v --size 9",
            f"{VOLUMES}/v-id",
            "volume",
            [{"status": "extending"}, {"status": "in-use", "size": 9}],
        ),
        (
            "volume migrate v --host h",
            f"{VOLUMES}/v-id",
            "volume",
            [{"os-vol-mig-status-attr:migstat": "migrating"}, {"os-vol-mig-status-attr:migstat": "success"}],
        ),
        ("volume snapshot create s --volume v", f"{SNAPSHOTS}/new-id", "snapshot", [{"status": "available"}]),
        ("volume snapshot delete s", f"{SNAPSHOTS}/s-id", "snapshot", [{"status": "deleting"}, GONE]),
        ("volume backup create v", f"{BACKUPS}/new-id", "backup", [{"status": "creating"}, {"status": "available"}]),
        ("volume backup delete b", f"{BACKUPS}/b-id", "backup", [{"status": "deleting"}, GONE]),
        ("image delete i", "/image/v2/images/i-id", "", [GONE]),
        (
            "server add volume web v",
            f"{VOLUMES}/v-id",
            "volume",
            [
                {"status": "attaching"},
                {"status": "in-use", "attachments": [{"server_id": "other-id"}]},
                {"status": "in-use", "attachments": [{"server_id": "web-id"}]},
            ],
        ),
        ("server remove volume web v", f"{VOLUMES}/v-id", "volume", [{"status": "detaching"}, {"status": "available"}]),
        ("server remove port s p", f"{SERVER}/os-interface/p-id", "interfaceAttachment", [{"port_id": "p-id"}, GONE]),
        ("server migration abort s 7", f"{SERVER}/migrations/7", "migration", [{"status": "running"}, GONE]),
        ("volume group delete g", GROUP, "group", [{"status": "deleting"}, GONE]),
        ("volume group add volume g v", GROUP, "group", [{"status": "updating"}, {"status": "available"}]),
        (
            "volume group failover g",
            GROUP,
            "group",
            [{"status": "available", "replication_status": status} for status in ("failing-over", "failed-over")],
        ),
        (
            "volume group snapshot create g",
            "/volume/v3/group_snapshots/new-id",
            "group_snapshot",
            [{"status": "creating"}, {"status": "available"}],
        ),
        (
            "share migration complete sh",
            SHARE,
            "share",
            [{"task_state": "migration_completing"}, {"task_state": "migration_success"}],
        ),
        (
            "share replica resync r",
            "/share/v2/share-replicas/r",
            "share_replica",
            [{"replica_state": "out_of_sync"}, {"replica_state": "in_sync"}],
        ),
    ],
)
def test_wait_polls_until_the_operation_is_complete(
    cloud: FakeCloud, ostk: Run, polls: Polls, line: str, path: str, key: str, items: list[Any]
) -> None:
    polls(path, key, *items)
    result = ostk(f"{line} --wait")
    assert result.exit_code == 0, result.output
    requested = [sent for sent, _ in cloud.all if sent == f"GET {path}"]
    assert len(requested) == len(items)
    cloud.all.clear()
    polls(path, key, *items)
    assert ostk(line).exit_code == 0
    assert f"GET {path}" not in [sent for sent, _ in cloud.all]


@pytest.mark.parametrize(
    ("line", "path", "key", "items", "message"),
    [
        (
            "volume create new --size 1",
            f"{VOLUMES}/new-id",
            "volume",
            [{"status": "error", "name": "new"}],
            "The volume new went into error.",
        ),
        (
            "volume set v --size 9",
            f"{VOLUMES}/v-id",
            "volume",
            [{"status": "available", "size": 1, "name": "v"}],
            "The volume v was not extended: its size is 1 GiB.",
        ),
        (
            "volume set v --type fast",
            f"{VOLUMES}/v-id",
            "volume",
            [{"status": "available", "volume_type": "slow", "name": "v"}],
            "The volume v was not retyped: its type is slow.",
        ),
        (
            "volume delete v",
            f"{VOLUMES}/v-id",
            "volume",
            [{"status": "deleting"}, {"status": "error_deleting", "name": "v"}],
            "The volume v went into error_deleting.",
        ),
        (
            "server add volume web v",
            f"{VOLUMES}/v-id",
            "volume",
            [{"status": "available", "name": "v"}],
            "The volume v was not attached to the server web-id.",
        ),
        (
            "server remove volume web v",
            f"{VOLUMES}/v-id",
            "volume",
            [{"status": "in-use", "name": "v", "attachments": [{"server_id": "web-id"}]}],
            "The volume v is still attached to the server web-id.",
        ),
        (
            "share migration start sh h --writable true --nondisruptive true --preserve-metadata true"
            " --preserve-snapshots true",
            SHARE,
            "share",
            [{"task_state": "migration_starting"}, {"task_state": "migration_error", "name": "sh"}],
            "The share sh went into migration_error.",
        ),
    ],
)
def test_failed_operation_is_an_error(
    cloud: FakeCloud, ostk: Run, polls: Polls, line: str, path: str, key: str, items: list[Any], message: str
) -> None:
    polls(path, key, *items)
    result = ostk(f"{line} --wait")
    assert (result.exit_code, result.stderr) == (1, f"{message}\n")


def test_resource_that_was_created_is_printed_as_it_is_at_the_end(cloud: FakeCloud, ostk: Run, polls: Polls) -> None:
    polls(f"{VOLUMES}/new-id", "volume", {"status": "creating"}, {"status": "available", "size": 1})
    assert ostk("volume create new --size 1 --wait -f value -c status -c id").stdout == "new-id\navailable\n"


def test_new_interface_is_waited_for_where_the_server_runs(cloud: FakeCloud, ostk: Run, polls: Polls) -> None:
    cloud.answers[f"POST {SERVER}/os-interface"] = {"interfaceAttachment": {"port_id": "p-id", "net_id": "n-id"}}
    for line in ("add network s n", "add port s p", "add fixed ip s n"):
        cloud.all.clear()
        polls(SERVER, "server", {"status": "ACTIVE"})
        polls("/network/v2.0/ports/p-id", "port", {"status": "DOWN"}, {"status": "BUILD"}, {"status": "ACTIVE"})
        assert ostk(f"server {line} --wait").exit_code == 0
        assert [sent for sent, _ in cloud.all].count("GET /network/v2.0/ports/p-id") == 3
    cloud.all.clear()
    polls(SERVER, "server", {"status": "SHUTOFF"})
    assert ostk("server add port s p --wait").exit_code == 0
    assert "GET /network/v2.0/ports/p-id" not in [sent for sent, _ in cloud.all]


def test_detachment_of_a_port_that_failed_says_why(cloud: FakeCloud, ostk: Run, polls: Polls) -> None:
    polls(f"{SERVER}/os-interface/p-id", "interfaceAttachment", {"port_id": "p-id"})
    action = {"request_id": "r", "message": "Error"}
    cloud.answers[f"GET {SERVER}/os-instance-actions?limit=1"] = {"instanceActions": [action]}
    events = [{"result": "Error", "details": "The device is busy."}]
    cloud.answers[f"GET {SERVER}/os-instance-actions/r"] = {"instanceAction": {**action, "events": events}}
    result = ostk("server remove port s p --wait")
    assert (result.exit_code, result.stderr) == (1, "The server interface p-id was not removed: The device is busy.\n")


def test_fixed_ip_is_waited_for_until_the_server_lacks_it(cloud: FakeCloud, ostk: Run, polls: Polls) -> None:
    has, lacks = ({"addresses": {"n": [{"addr": a}]}, "status": "ACTIVE"} for a in ("10.0.0.9", "10.0.0.8"))
    polls(SERVER, "server", has, has, has, lacks)
    assert ostk("server remove fixed ip s 10.0.0.9 --wait").exit_code == 0
    assert [sent for sent, _ in cloud.all].count(f"GET {SERVER}") == 4


def test_snapshot_access_rule_is_waited_for_in_the_list(cloud: FakeCloud, ostk: Run, polls: Polls) -> None:
    path = "/share/v2/snapshots/s-id/access-list"
    rule = {"id": "r", "access_type": "ip", "access_to": "10.0.0.1"}
    cloud.answers["POST /share/v2/snapshots/s-id/action"] = {"snapshot_access": {**rule, "state": "queued_to_apply"}}
    states: Any = [{"snapshot_access_list": [{**rule, "state": state}]} for state in ("applying", "active", "error")]
    cloud.answers[f"GET {path}"] = iter(states[:2])
    assert ostk("share snapshot access create s ip 10.0.0.1 --wait -f value -c state").stdout == "active\n"
    cloud.answers[f"GET {path}"] = iter([states[1], {"snapshot_access_list": []}])
    assert ostk("share snapshot access delete s r --wait").exit_code == 0
    cloud.answers[f"GET {path}"] = iter(states[2:])
    assert (
        ostk("share snapshot access create s ip 10.0.0.1 --wait").stderr
        == "The share snapshot access r went into error.\n"
    )


def test_restore_waits_for_the_volume(cloud: FakeCloud, ostk: Run, polls: Polls) -> None:
    restored = {"restore": {"backup_id": "b-id", "volume_id": "w-id", "volume_name": "w"}}
    cloud.answers[f"POST {BACKUPS}/b-id/restore"] = restored
    polls(f"{VOLUMES}/w-id", "volume", {"status": "restoring-backup"}, {"status": "available"})
    assert ostk("volume backup restore b no-volume --wait -f value -c id -c volume_id").stdout == "b-id\nw-id\n"
    polls(f"{VOLUMES}/w-id", "volume", {"status": "error_restoring", "name": "w"})
    assert ostk("volume backup restore b no-volume --wait").stderr == "The volume w went into error_restoring.\n"


def test_image_from_a_volume_is_waited_for(cloud: FakeCloud, ostk: Run, polls: Polls) -> None:
    cloud.answers[f"POST {VOLUMES}/v-id/action"] = {
        "os-volume_upload_image": {"image_id": "i-id", "status": "uploading"}
    }
    polls("/image/v2/images/i-id", "", GONE)
    cloud.answers["GET /image/v2/images/i-id"] = iter([{"id": "i-id", "status": s} for s in ("saving", "active")])
    assert ostk("image create --volume v i --wait").exit_code == 0
    assert ostk("image create i --wait").output == "--wait needs --volume or --file or --import.\n"


def test_time_that_is_over_has_an_exit_status_of_its_own(cloud: FakeCloud, ostk: Run, polls: Polls) -> None:
    polls(f"{VOLUMES}/new-id", "volume", {"status": "creating", "name": "new"})
    result = ostk("volume create new --size 1 --wait --timeout 7")
    message = "The volume new new-id is not ready after 7 seconds: its status is creating.\n"
    assert (result.exit_code, result.stderr, result.stdout) == (124, message, "")
    assert len([sent for sent, _ in cloud.all if sent == f"GET {VOLUMES}/new-id"]) == 7


def test_time_of_a_new_server_may_be_over(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /compute/v2.1/servers/new-id"] = {"server": {"id": "new-id", "name": "w", "status": "BUILD"}}
    result = ostk("server create --image i --flavor one --nic none w --wait --timeout 0")
    assert result.exit_code == 124, result.output
    assert result.stderr == "The server w new-id is not ready after 0 seconds: its status is BUILD.\n"


def test_time_is_for_all_resources_together(cloud: FakeCloud, ostk: Run, polls: Polls) -> None:
    for name in "ab":
        polls(f"{VOLUMES}/{name}-id", "volume", {"status": "deleting"})
    result = ostk("volume delete a b --wait --timeout 0")
    assert (result.exit_code, result.stderr.count("is not ready after 0 seconds: its status is deleting.")) == (124, 2)
    cloud.answers[f"DELETE {VOLUMES}/b-id"] = (500, {})
    assert ostk("volume delete a b --wait --timeout 0").exit_code == 1


def test_time_needs_the_wait(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("volume create new --size 1 --timeout 3").output == "--timeout needs --wait.\n"
    assert ostk("volume create new --size 1 --wait --timeout -1").exit_code == 2
    assert cloud.all == []


def test_time_is_beside_each_wait_and_options_of_ostk_alone_are_typed_in_full() -> None:
    added = set()
    for words, command in every().items():
        params = {param.name: param for param in command.params}
        assert ("wait" in params) == (params.get("wait_timeout") in (TIMEOUT, WAIT_TIMEOUT)), words
        if isinstance(params.get("wait"), Full):
            added.add(words)
    assert added == {*filter(None, ADDED.split("|"))}
    assert not isinstance(WAIT, Full)
    assert isinstance(TIMEOUT, Full)
