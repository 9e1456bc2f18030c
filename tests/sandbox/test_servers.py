"""Servers of the practice cloud: states, actions, fields and attachments."""

from __future__ import annotations

import pytest

from .conftest import Practice

SERVERS = "/compute/v2.1/servers"


def test_a_server_is_in_build_and_then_active(practice: Practice) -> None:
    id = practice.server()
    building = practice.get(f"{SERVERS}/{id}")["server"]
    assert (building["status"], building["addresses"]) == ("BUILD", {})
    assert building["OS-EXT-STS:task_state"] == "scheduling"
    practice.seconds = 3
    active = practice.get(f"{SERVERS}/{id}")["server"]
    assert (active["status"], active["OS-EXT-STS:task_state"]) == ("ACTIVE", None)
    assert active["addresses"]["private"][0]["addr"] == "10.0.0.2"
    assert active["OS-SRV-USG:launched_at"] == "2027-01-15T08:00:02.000000"
    assert active["security_groups"] == [{"name": "default"}]


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ({"os-stop": None}, "ACTIVE", "SHUTOFF"),
        ({"reboot": {"type": "HARD"}}, "HARD_REBOOT", "ACTIVE"),
        ({"pause": None}, "ACTIVE", "PAUSED"),
        ({"suspend": None}, "ACTIVE", "SUSPENDED"),
        ({"resize": {"flavorRef": "2"}}, "RESIZE", "VERIFY_RESIZE"),
        ({"rebuild": {}}, "REBUILD", "ACTIVE"),
        ({"rescue": {}}, "ACTIVE", "RESCUE"),
        ({"shelve": None}, "ACTIVE", "SHELVED_OFFLOADED"),
    ],
)
def test_actions_pass_through_a_task_state(
    practice: Practice, action: dict[str, object], before: str, after: str
) -> None:
    id = practice.server()
    practice.seconds = 3
    assert practice.ask(f"POST {SERVERS}/{id}/action", action).status_code in (200, 202)
    assert practice.get(f"{SERVERS}/{id}")["server"]["status"] == before
    practice.seconds = 10
    assert practice.get(f"{SERVERS}/{id}")["server"]["status"] == after


def test_actions_in_a_wrong_state_get_409(practice: Practice) -> None:
    id = practice.server()
    practice.seconds = 3
    answer = practice.ask(f"POST {SERVERS}/{id}/action", {"os-start": None})
    assert answer.status_code == 409
    assert answer.json()["conflictingRequest"]["message"] == (
        f"Cannot 'start' instance {id} while it is in vm_state active"
    )
    practice.ask(f"POST {SERVERS}/{id}/action", {"lock": None}, who="admin")
    assert practice.ask(f"DELETE {SERVERS}/{id}").status_code == 409


def test_delete_frees_ports_and_volumes(practice: Practice) -> None:
    id = practice.server()
    volume = practice.ask("POST /volume/v3/volumes", {"volume": {"size": 1}}).json()["volume"]["id"]
    practice.seconds = 3
    body = {"volumeAttachment": {"volumeId": volume}}
    assert practice.ask(f"POST {SERVERS}/{id}/os-volume_attachments", body).status_code == 200
    assert practice.get(f"/volume/v3/volumes/{volume}")["volume"]["status"] == "in-use"
    assert practice.get(f"/network/v2.0/ports?device_id={id}")["ports"][0]["status"] == "ACTIVE"
    assert practice.ask(f"DELETE {SERVERS}/{id}").status_code == 204
    assert practice.get(f"{SERVERS}/{id}")["server"]["OS-EXT-STS:task_state"] == "deleting"
    practice.seconds = 6
    gone = practice.ask(f"GET {SERVERS}/{id}")
    assert gone.json() == {"itemNotFound": {"code": 404, "message": f"Instance {id} could not be found."}}
    assert practice.get(f"/network/v2.0/ports?device_id={id}")["ports"] == []
    assert practice.get(f"/volume/v3/volumes/{volume}")["volume"]["status"] == "available"


def test_revert_resize(practice: Practice) -> None:
    id = practice.server()
    practice.seconds = 3
    practice.ask(f"POST {SERVERS}/{id}/action", {"resize": {"flavorRef": "2"}})
    practice.seconds = 6
    assert practice.get(f"{SERVERS}/{id}")["server"]["flavor"]["original_name"] == "m1.small"
    practice.ask(f"POST {SERVERS}/{id}/action", {"revertResize": None})
    practice.seconds = 9
    server = practice.get(f"{SERVERS}/{id}")["server"]
    assert (server["flavor"]["original_name"], server["status"]) == ("m1.tiny", "ACTIVE")


@pytest.mark.parametrize(
    ("version", "flavor", "has", "has_not"),
    [
        ("2.1", "id", "status", "locked"),
        ("2.46", "id", "tags", "server_groups"),
        ("2.47", "original_name", "tags", "locked_reason"),
        ("2.96", "original_name", "pinned_availability_zone", "OS-EXT-SRV-ATTR:host"),
    ],
)
def test_server_fields_depend_on_the_microversion(
    practice: Practice, version: str, flavor: str, has: str, has_not: str
) -> None:
    id = practice.server()
    answer = practice.ask(f"GET {SERVERS}/{id}", OpenStack_API_Version=f"compute {version}")
    server = answer.json()["server"]
    assert answer.headers["OpenStack-API-Version"] == f"compute {version}"
    assert answer.headers["X-OpenStack-Nova-API-Version"] == version
    assert flavor in server["flavor"]
    assert has in server
    assert has_not not in server


def test_lists_are_filtered_sorted_and_paged(practice: Practice) -> None:
    for name in ("web-2", "web-1", "db"):
        practice.server(name=name)
    page = practice.get(f"{SERVERS}?name=^web&sort_key=name&sort_dir=asc&limit=1")
    assert [x["name"] for x in page["servers"]] == ["web-1"]
    assert set(page["servers"][0]) == {"id", "name", "links"}
    path = page["servers_links"][0]["href"].removeprefix("http://sandbox.invalid")
    second = practice.get(path)
    assert [x["name"] for x in second["servers"]] == ["web-2"]
    assert "servers_links" not in second
    assert [x["name"] for x in practice.get(SERVERS)["servers"]] == ["db", "web-1", "web-2"]


def test_servers_of_one_request_have_one_reservation_id(practice: Practice) -> None:
    practice.server(name="web", max_count=2)
    made = practice.get(f"{SERVERS}/detail", "admin")["servers"]
    assert made == []
    made = practice.get(f"{SERVERS}/detail?all_tenants=1&name=web", "admin")["servers"]
    assert [x["name"] for x in made] == ["web-2", "web-1"]
    assert len({x["OS-EXT-SRV-ATTR:reservation_id"] for x in made}) == 1


def test_filters_by_time(practice: Practice) -> None:
    id = practice.server()
    for query, count in (("changes-since=2027-01-15", 1), ("changes-before=2027-01-01T00:00:00Z", 0)):
        assert len(practice.get(f"{SERVERS}?{query}")["servers"]) == count
        assert len(practice.get(f"{SERVERS}/{id}/os-instance-actions?{query}")["instanceActions"]) == count


def test_attachments_keep_device_tags(practice: Practice) -> None:
    id = practice.server(networks="none")
    network = practice.first("/network/v2.0/networks?name=private", "networks")
    body = {"interfaceAttachment": {"net_id": network, "tag": "nic"}}
    assert practice.ask(f"POST {SERVERS}/{id}/os-interface", body).json()["interfaceAttachment"]["tag"] == "nic"
    volume = practice.ask("POST /volume/v3/volumes", {"volume": {"size": 1}}).json()["volume"]["id"]
    practice.seconds = 3
    given = {"volumeId": volume, "tag": "data", "device": "/dev/vdz", "delete_on_termination": True}
    made = practice.ask(f"POST {SERVERS}/{id}/os-volume_attachments", {"volumeAttachment": given}).json()
    assert {k: made["volumeAttachment"][k] for k in given} == {**given, "device": "/dev/sdz"}


def test_admin_only_actions(practice: Practice) -> None:
    id = practice.server()
    practice.seconds = 3
    for action, policy in (("shelveOffload", "os-shelve:shelve_offload"), ("migrate", "os-migrate-server:migrate")):
        refused = practice.ask(f"POST {SERVERS}/{id}/action", {action: None})
        assert refused.status_code == 403
        assert f"Policy doesn't allow os_compute_api:{policy} to be performed." in refused.text


def test_key_pairs_belong_to_a_user(practice: Practice) -> None:
    pairs = "/compute/v2.1/os-keypairs"
    body = {"keypair": {"name": "k", "public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me"}}
    assert practice.ask(f"POST {pairs}", body).status_code == 201
    assert "Key pair 'k' already exists." in practice.ask(f"POST {pairs}", body).text
    (listed,) = practice.get(pairs)["keypairs"]
    assert set(listed["keypair"]) == {"name", "public_key", "fingerprint", "type"}
    user = practice.get(f"{pairs}/k")["keypair"]["user_id"]
    assert practice.get(pairs, "admin")["keypairs"] == []
    assert practice.get(f"{pairs}?user_id={user}", "admin")["keypairs"] == [listed]
    assert practice.ask(f"GET {pairs}?user_id={user}", who="alt_demo").status_code == 403
    assert practice.ask(f"DELETE {pairs}/k").status_code == 204
    assert practice.ask(f"GET {pairs}/k").status_code == 404


def test_a_volume_that_is_not_bootable_gets_400(practice: Practice) -> None:
    volume = practice.ask("POST /volume/v3/volumes", {"volume": {"size": 1}}).json()["volume"]["id"]
    practice.seconds = 3
    disk = {"uuid": volume, "source_type": "volume", "destination_type": "volume", "boot_index": 0}
    server = {"name": "x", "flavorRef": "1", "networks": "none", "block_device_mapping_v2": [disk]}
    refused = practice.ask(f"POST {SERVERS}", {"server": server})
    assert (refused.status_code, "is not bootable" in refused.text) == (400, True)
