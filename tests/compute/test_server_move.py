"""Servers: resize, migrate, rebuild and evacuate; migrations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

NOVA = "/compute/v2.1"
WEB = f"GET {NOVA}/servers/web-id"
UUID = "11111111-2222-3333-4444-555555555555"
CASES = request_table("""
/compute/v2.1
server resize web --flavor one
  POST ~/servers/web-id/action {"resize": {"flavorRef": "one-id"}}
server resize web --confirm
  POST ~/servers/web-id/action {"confirmResize": null}
server resize web --revert
  POST ~/servers/web-id/action {"revertResize": null}
server resize confirm web
  POST ~/servers/web-id/action {"confirmResize": null}
server resize confirm web --wait
  POST ~/servers/web-id/action {"confirmResize": null}
  GET ~/servers/web-id
server resize revert web --wait
  POST ~/servers/web-id/action {"revertResize": null}
  GET ~/servers/web-id
server migrate web
  POST ~/servers/web-id/action {"migrate": null}
server migrate web --host h
  POST ~/servers/web-id/action {"migrate": {"host": "h"}}
server migrate web --live-migration
  POST ~/servers/web-id/action {"os-migrateLive": {"host": null, "block_migration": "auto"}}
server migrate web --live-migration --host h --block-migration
  POST ~/servers/web-id/action {"os-migrateLive": {"host": "h", "block_migration": true}}
server migrate web --live-migration --shared-migration
  POST ~/servers/web-id/action {"os-migrateLive": {"host": null, "block_migration": false}}
server migrate web --live-migration --disk-overcommit --os-compute-api-version 2.24
  POST ~/servers/web-id/action {"os-migrateLive": {"host": null, "block_migration": false, \
"disk_over_commit": true}}
server migrate web --live-migration --no-disk-overcommit --os-compute-api-version 2.24
  POST ~/servers/web-id/action {"os-migrateLive": {"host": null, "block_migration": false, \
"disk_over_commit": false}}
server migrate confirm web --wait
  POST ~/servers/web-id/action {"confirmResize": null}
  GET ~/servers/web-id
server migrate revert web
  POST ~/servers/web-id/action {"revertResize": null}
server migration confirm web
  POST ~/servers/web-id/action {"confirmResize": null}
server migration revert web
  POST ~/servers/web-id/action {"revertResize": null}
server migration list
  GET ~/os-migrations
server migration list --server web --host h --status done --type cold-migration --limit 5 --marker m
  GET ~/os-migrations?instance_uuid=web-id&host=h&status=done&migration_type=migration&limit=5&marker=m
server migration list --type live-migration --max-items 3
  GET ~/os-migrations?migration_type=live-migration
server migration list --changes-since 2026-01-01 --changes-before 2026-01-31T12:00:00Z
  GET ~/os-migrations?changes-since=2026-01-01&changes-before=2026-01-31T12%3A00%3A00Z
server migration list --project demo --project-domain here --user ann --user-domain there
  GET ~/os-migrations?project_id=demo-id&user_id=ann-id
server migration abort web 7
  DELETE ~/servers/web-id/migrations/7
server migration force complete web 7
  POST ~/servers/web-id/migrations/7/action {"force_complete": null}
""")
REJECTIONS = rejection_table(f"""
2 server resize web => One of --flavor, --confirm, --revert is required.
2 server resize web --flavor one --confirm => exclude each other
2 server resize web --confirm --revert => exclude each other
1 server resize web --flavor no-flavor => No Flavor found for no-
1 server resize no-server --flavor one => No Server found for no-
1 server resize confirm no-server => No Server found for no-
2 server resize confirm => SERVER
1 server migrate web --block-migration => --live-migration
1 server migrate web --disk-overcommit => --live-migration
2 server migrate web --live-migration --block-migration --shared-migration => exclude each other
2 server migrate web --live-migration --disk-overcommit --no-disk-overcommit => exclude each other
1 server migrate web --host h --os-compute-api-version 2.55 => 2.56
1 server migrate web --host h --live-migration --os-compute-api-version 2.29 => 2.30
2 server migration list --type moving => --type
2 server migration list --limit -1 => --limit
1 server migration list --changes-since yesterday => 'yesterday' is not a time
1 server migration list --changes-since 2026-01-01 --os-compute-api-version 2.58 => 2.59
1 server migration list --changes-before 2026-01-01 --os-compute-api-version 2.65 => 2.66
1 server migration list --limit 5 --os-compute-api-version 2.58 => 2.59
1 server migration list --marker m --os-compute-api-version 2.58 => 2.59
1 server migration list --project demo --os-compute-api-version 2.79 => 2.80
1 server migration list --user ann --os-compute-api-version 2.79 => 2.80
1 server migration show web seven => neither the number nor the UUID
1 server migration show web 7 --os-compute-api-version 2.23 => 2.24
1 server migration show web {UUID} --os-compute-api-version 2.58 => 2.59
1 server migration abort web seven => neither the number nor the UUID
1 server migration abort web 7 --os-compute-api-version 2.23 => 2.24
1 server migration force complete web seven => neither the number nor the UUID
1 server migration force complete web 7 --os-compute-api-version 2.21 => 2.22
2 server rebuild web --preserve-ephemeral --no-preserve-ephemeral => exclude each other
2 server rebuild web --key-name k --no-key-name => exclude each other
2 server rebuild web --user-data f --no-user-data => exclude each other
2 server rebuild web --trusted-image-cert c --no-trusted-image-certs => exclude each other
2 server rebuild web --property a => KEY=VALUE
1 server rebuild web --user-data nothing-there => nothing-there cannot be read
1 server rebuild web --image no-image => No Image found for no-
1 server rebuild web -c nothing => No recognized column names in ['nothing']
1 server rebuild web --description d --os-compute-api-version 2.18 => 2.19
1 server rebuild web --key-name k --os-compute-api-version 2.53 => 2.54
1 server rebuild web --no-user-data --os-compute-api-version 2.56 => 2.57
1 server rebuild web --no-trusted-image-certs --os-compute-api-version 2.62 => 2.63
1 server rebuild web --hostname h --os-compute-api-version 2.89 => 2.90
1 server rebuild web --reimage-boot-volume --os-compute-api-version 2.92 => 2.93
2 server evacuate web --password pw --shared-storage => exclude each other
1 server evacuate web --shared-storage => 2.14
1 server evacuate web --host h --os-compute-api-version 2.28 => 2.29
1 server evacuate no-server => No Server found for no-
""")


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def web(status: str = "ACTIVE", **more: Any) -> dict[str, Any]:
    """Return a server in this status, without a task in progress."""
    return {
        "id": "web-id",
        "name": "web",
        "status": status,
        "OS-EXT-STS:task_state": None,
        "image": {"id": "i-id"},
        "flavor": {"original_name": "m1.tiny"},
        "description": None,
        **more,
    }


def posted(cloud: FakeCloud) -> list[Any]:
    """Return the bodies of the server actions that were sent."""
    return [body for line, body in cloud.sent if line.startswith("POST")]


@pytest.fixture
def one_server(cloud: FakeCloud) -> FakeCloud:
    """A cloud with one server, which is found by name."""
    cloud.answers[f"GET {NOVA}/servers/detail?name=web"] = {"servers": [web()]}
    return cloud


# -- moving ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["resize web --flavor one", "migrate web", "migrate web --live-migration"])
def test_wait_polls_until_the_move_is_complete(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    after = "ACTIVE" if "live" in line else "VERIFY_RESIZE"

    def sleep(_: float) -> None:
        cloud.answers[WEB] = {"server": web(after)}

    monkeypatch.setattr("time.sleep", sleep)
    cloud.answers[WEB] = {"server": web("RESIZE", **{"OS-EXT-STS:task_state": "resize_prep"})}
    result = ostk(f"server {line} --wait")
    assert (result.exit_code, result.output) == (0, "")


def test_confirm_waits_without_a_task_state(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        cloud.answers[WEB] = {"server": web("VERIFY_RESIZE" if len(pauses) < 4 else "SHUTOFF")}

    monkeypatch.setattr("time.sleep", sleep)
    cloud.answers[WEB] = {"server": web("VERIFY_RESIZE")}
    assert ostk("server resize confirm web --wait").exit_code == 0
    assert len(pauses) == 4


@pytest.mark.parametrize(
    ("line", "action", "done"),
    [
        ("resize web --flavor one", "resize", "resized"),
        ("migrate web", "migrate", "migrated"),
        ("migrate web --live-migration", "live-migration", "migrated"),
    ],
)
def test_wait_reports_the_failure_from_the_instance_actions(
    cloud: FakeCloud, ostk: Run, line: str, action: str, done: str
) -> None:
    # Nova keeps the status of the server and reports the failure only in the instance actions.
    cloud.answers[WEB] = {"server": web()}
    events = f"GET {NOVA}/servers/web-id/os-instance-actions"
    cloud.answers[events] = {"instanceActions": [{"action": action, "message": "Error", "request_id": "r"}]}
    steps = [{"result": "Success", "details": None}, {"result": "Error", "details": "No valid host."}]
    cloud.answers[f"{events}/r"] = {"instanceAction": {"events": steps}}
    result = ostk(f"server {line} --wait")
    assert (result.exit_code, result.output) == (1, f"The server web was not {done}: No valid host.\n")


# -- migrations ------------------------------------------------------------------------------------------

MIGRATION = {
    "id": 7,
    "uuid": UUID,
    "server_uuid": "web-id",
    "instance_uuid": "web-id",
    "status": "running",
    "migration_type": "live-migration",
    "source_compute": "cmp1",
    "dest_compute": "cmp2",
    "old_instance_type_id": 1,
    "new_instance_type_id": 2,
    "memory_total_bytes": 1024,
    "project_id": "p",
    "user_id": "u",
}


def test_list_columns_depend_on_filters_and_microversion(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NOVA}/os-migrations"] = {"migrations": [MIGRATION]}
    [row] = json.loads(ostk("server migration list -f json").output)
    assert list(row) == [
        *("Id", "UUID", "Source Node", "Dest Node", "Source Compute", "Dest Compute", "Dest Host", "Status"),
        *("Server UUID", "Old Flavor", "New Flavor", "Type", "Created At", "Updated At"),
    ]
    assert (row["Id"], row["Server UUID"], row["Old Flavor"], row["New Flavor"]) == (7, "web-id", 1, 2)
    [row] = json.loads(ostk("server migration list -f json --project demo --user ann").output)
    assert list(row)[-5:] == ["Type", "Project", "User", "Created At", "Updated At"]
    [row] = json.loads(ostk("server migration list -f json --os-compute-api-version 2.22").output)
    assert not {"Id", "UUID", "Type"} & row.keys()


def test_show_fields_depend_on_microversion(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NOVA}/servers/web-id/migrations/7"] = {"migration": MIGRATION}
    found = json.loads(ostk("server migration show web 7 -f json").output)
    assert (found["ID"], found["UUID"], found["Memory Total Bytes"], found["Disk Total Bytes"]) == (7, UUID, 1024, None)
    assert (found["Project ID"], found["User ID"]) == ("p", "u")
    old = json.loads(ostk("server migration show web 7 -f json --os-compute-api-version 2.58").output)
    assert not {"UUID", "Project ID"} & old.keys()


def test_migration_is_found_by_uuid(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NOVA}/servers/web-id/migrations"] = {"migrations": [MIGRATION]}
    assert ostk(f"server migration show web {UUID} -f value -c ID").output == "7\n"
    assert ostk(f"server migration abort web {UUID}").exit_code == 0
    assert ostk(f"server migration force complete web {UUID}").exit_code == 0
    where = f"{NOVA}/servers/web-id/migrations/7"
    assert (f"DELETE {where}", None) in cloud.sent
    assert (f"POST {where}/action", {"force_complete": None}) in cloud.sent
    result = ostk(f"server migration show web {UUID.replace('1', '9')}")
    assert (result.exit_code, "has no live migration" in result.output) == (1, True)


# -- rebuilding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "body"),
    [
        ("", {}),
        ("--name new --password pw --description d", {"name": "new", "adminPass": "pw", "description": "d"}),
        ("--property a=b --property c=", {"metadata": {"a": "b", "c": ""}}),
        ("--preserve-ephemeral", {"preserve_ephemeral": True}),
        ("--no-preserve-ephemeral", {"preserve_ephemeral": False}),
        ("--key-name k --hostname h", {"key_name": "k", "hostname": "h"}),
        ("--no-key-name", {"key_name": None}),
        ("--key-unset", {"key_name": None}),
        ("--user-data script", {"user_data": "aGk="}),
        ("--no-user-data", {"user_data": None}),
        ("--trusted-image-cert a --trusted-image-cert b", {"trusted_image_certificates": ["a", "b"]}),
        ("--no-trusted-image-certs", {"trusted_image_certificates": None}),
        ("--no-reimage-boot-volume", {}),
        ("--reimage-boot-volume --image j", {"imageRef": "j-id"}),
    ],
)
def test_rebuild_sends_options(
    one_server: FakeCloud, ostk: Run, tmp_path: Path, options: str, body: dict[str, Any]
) -> None:
    (tmp_path / "script").write_bytes(b"hi")
    result = ostk(f"server rebuild web {options} -f value -c name")
    assert (result.exit_code, posted(one_server)) == (0, [{"rebuild": {"imageRef": "i-id", **body}}]), result.output


def test_rebuild_shows_the_server(one_server: FakeCloud, ostk: Run) -> None:
    rebuilt = web("REBUILD", adminPass="pw", image={"id": "j-id"}, description="new")
    one_server.answers[f"POST {NOVA}/servers/web-id/action"] = (202, {"server": rebuilt})
    found = json.loads(ostk("server rebuild web --image j -f json").output)
    assert (found["status"], found["adminPass"], found["image"]) == ("REBUILD", "pw", "j (j-id)")
    one_server.answers[WEB] = {"server": web(description="new")}
    found = json.loads(ostk("server rebuild web --wait -f json").output)
    assert (found["status"], found["description"]) == ("ACTIVE", "new")


def test_rebuild_of_a_volume_backed_server_requires_options(one_server: FakeCloud, ostk: Run) -> None:
    one_server.answers[f"GET {NOVA}/servers/detail?name=web"] = {"servers": [web(image="")]}
    result = ostk("server rebuild web")
    assert (result.exit_code, "--image" in result.output) == (1, True)
    result = ostk("server rebuild web --image i")
    assert (result.exit_code, "--reimage-boot-volume" in result.output) == (1, True)
    assert posted(one_server) == []
    assert ostk("server rebuild web --image i --reimage-boot-volume").exit_code == 0
    assert posted(one_server) == [{"rebuild": {"imageRef": "i-id"}}]


@pytest.mark.parametrize(
    ("options", "body"),
    [
        ("", {}),
        ("--host h --password pw", {"host": "h", "adminPass": "pw"}),
        ("--os-compute-api-version 2.13", {"onSharedStorage": False}),
        ("--shared-storage --os-compute-api-version 2.13", {"onSharedStorage": True}),
    ],
)
def test_evacuate_sends_options(one_server: FakeCloud, ostk: Run, options: str, body: dict[str, Any]) -> None:
    one_server.answers[WEB] = {"server": web("REBUILD")}
    result = ostk(f"server evacuate web {options} -f value -c status")
    assert (result.exit_code, result.output) == (0, "REBUILD\n")
    assert posted(one_server) == [{"evacuate": body}]
    one_server.answers[WEB] = {"server": web()}
    assert ostk(f"server evacuate web {options} --wait -f value -c status").output == "ACTIVE\n"
