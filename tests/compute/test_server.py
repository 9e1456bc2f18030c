"""Servers: requests and output of list, show, delete, set and unset."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

NOVA = "/compute/v2.1"
CASES = request_table("""
/compute/v2.1
server list
  GET ~/servers/detail
server list --reservation-id r --ip 10.0 --ip6 fd --name web --status ACTIVE --host h --deleted
  GET ~/servers/detail?reservation_id=r&ip=10.0&ip6=fd&name=web&status=ACTIVE&host=h&deleted=True
server list --flavor one --image i
  GET ~/servers/detail?flavor=one-id&image=i-id
server list --all-projects
  GET ~/servers/detail?all_tenants=True
server list --project demo --project-domain here --user ann --user-domain there
  GET ~/servers/detail?project_id=demo-id&user_id=ann-id&all_tenants=True
server list --availability-zone z --key-name k --config-drive --progress 50
  GET ~/servers/detail?availability_zone=z&key_name=k&config_drive=True&progress=50
server list --no-config-drive --vm-state stopped --task-state powering-on --power-state crashed
  GET ~/servers/detail?config_drive=False&vm_state=stopped&task_state=powering-on&power_state=6
server list --power-state pending --unlocked --instance-name i
  GET ~/servers/detail?power_state=0&locked=False
server list --long --locked --limit 5
  GET ~/servers/detail?limit=5&locked=True
server list -n --max-items 7
  GET ~/servers/detail?limit=7
server list --name-lookup-one-by-one --marker after
  GET ~/servers/detail?marker=after-id
server list --marker after --deleted
  GET ~/servers/detail?deleted=True&marker=after
server list --changes-before 2026-01-31T12:00:00Z --changes-since 2026-01-01
  GET ~/servers/detail?changes-before=2026-01-31T12%3A00%3A00Z&changes-since=2026-01-01&deleted=False
server list --changes-since 2026-01-01 --deleted
  GET ~/servers/detail?deleted=True&changes-since=2026-01-01
server list --tags red --tags blue --not-tags green
  GET ~/servers/detail?tags=red%2Cblue&not-tags=green
server show web
  GET ~/servers/detail?name=web
server show web --diagnostics
  GET ~/servers?name=web
  GET ~/servers/web-id/diagnostics
server show web --topology
  GET ~/servers/detail?name=web
  GET ~/servers/web-id/topology
server delete web db
  DELETE ~/servers/web-id
  DELETE ~/servers/db-id
server delete web --force
  POST ~/servers/web-id/action {"forceDelete": null}
server delete web --all-projects
  GET ~/servers?name=web&all_tenants=True
  DELETE ~/servers/web-id
server set web --name new --description d --hostname h
  PUT ~/servers/web-id {"server": {"name": "new", "description": "d", "hostname": "h"}}
server set web --property a=b=c --property d= --tag red --tag blue/green
  POST ~/servers/web-id/metadata {"metadata": {"a": "b=c", "d": ""}}
  PUT ~/servers/web-id/tags/red
  PUT ~/servers/web-id/tags/blue%2Fgreen
server set web --state error --auto-approve
  POST ~/servers/web-id/action {"os-resetState": {"state": "error"}}
server set web --password pw
  POST ~/servers/web-id/action {"changePassword": {"adminPass": "pw"}}
server set web --no-password
  DELETE ~/servers/web-id/os-server-password
server unset web --property a --property b/c --tag red --tag blue --description
  PUT ~/servers/web-id {"server": {"description": ""}}
  DELETE ~/servers/web-id/metadata/a
  DELETE ~/servers/web-id/metadata/b%2Fc
  DELETE ~/servers/web-id/tags/red
  DELETE ~/servers/web-id/tags/blue
server unset web --all-properties --all-tags
  PUT ~/servers/web-id/metadata {"metadata": {}}
  DELETE ~/servers/web-id/tags
""")
REJECTIONS = rejection_table("""
1 server list -c nothing => No recognized column names in ['nothing']
2 server list --status active => --status
2 server list --progress 0 => --progress
2 server list --progress 101 => --progress
2 server list --limit -1 => --limit
2 server list --locked --unlocked => exclude each other
2 server list --config-drive --no-config-drive => exclude each other
2 server list -n --name-lookup-one-by-one => exclude each other
1 server list --changes-since yesterday => 'yesterday' is not a time
1 server list --changes-before 2026-01-31T12:00:00Z --os-compute-api-version 2.65 => 2.66
1 server list --locked --os-compute-api-version 2.72 => 2.73
1 server list --unlocked --os-compute-api-version 2.72 => 2.73
1 server list --tags red --os-compute-api-version 2.25 => 2.26
1 server list --not-tags red --os-compute-api-version 2.25 => 2.26
1 server list --flavor no-flavor => No Flavor found for no-
1 server list --marker no-server => No Server found for no-
1 server show no-server => No Server found for no-server
1 server show web -c nothing => No recognized column names in ['nothing']
2 server show web --diagnostics --topology => exclude each other
1 server show web --topology --os-compute-api-version 2.77 => 2.78
2 server delete => SERVER
1 server delete no-server => No Server found for no-
1 server set no-server --name new => No Server found for no-
2 server set web --state active --state gone => --state
2 server set web --password a --no-password => exclude each other
2 server set web --property a => KEY=VALUE
1 server set web --description d --os-compute-api-version 2.18 => 2.19
1 server set web --hostname d --os-compute-api-version 2.89 => 2.90
1 server set web --tag d --os-compute-api-version 2.25 => 2.26
1 server set web --pinned-availability-zone z => 2.104
1 server unset web --pinned-availability-zone => 2.104
1 server unset web --description --os-compute-api-version 2.18 => 2.19
1 server unset web --tag t --os-compute-api-version 2.25 => 2.26
1 server unset web --all-tags --os-compute-api-version 2.25 => 2.26
2 server unset web --tag t --all-tags => exclude each other
2 server unset web --property t --all-properties => exclude each other
""")
WEB = {
    "id": "web-id",
    "name": "web",
    "status": "ACTIVE",
    "OS-EXT-STS:power_state": 1,
    "OS-EXT-STS:task_state": None,
    "OS-EXT-AZ:availability_zone": "nova",
    "OS-EXT-SRV-ATTR:hypervisor_hostname": "cmp1",
    "addresses": {"b": [{"addr": "fd00::1"}, {"addr": "10.0.0.1"}], "a": [{"addr": "10.1.0.1"}]},
    "image": {"id": "i-id"},
    "flavor": {"original_name": "m1.tiny", "vcpus": 1, "ram": 512, "disk": 1, "ephemeral": 0, "swap": 0},
    "metadata": {"k": "v"},
    "tenant_id": "p",
    "user_id": "u",
    "created": "2026-01-01T00:00:00Z",
    "security_groups": [{"name": "web"}, {"name": "default"}],
    "tags": ["red", "blue"],
    "locked": False,
    "os-extended-volumes:volumes_attached": [{"id": "v-id", "delete_on_termination": True}],
}
DB = WEB | {"id": "db-id", "name": "db", "status": "SHUTOFF", "image": "", "addresses": {}, "metadata": {}}
OLD = WEB | {"flavor": {"id": "f-id"}}
LOST = {"id": "lost-id", "status": "UNKNOWN", "tenant_id": "p", "created": "2026-01-01T00:00:00Z"}


@pytest.fixture
def two_servers(cloud: FakeCloud) -> FakeCloud:
    """A cloud with two servers."""
    cloud.answers[f"GET {NOVA}/servers/detail"] = {"servers": [WEB, DB]}
    cloud.answers["GET /image/v2/images/i-id"] = {"id": "i-id", "name": "cirros"}
    return cloud


def sent_lines(cloud: FakeCloud) -> list[str]:
    """Return the request lines, without those for tokens and version documents."""
    return [line for line, _ in cloud.all if "identity" not in line and not line.endswith(f"{NOVA}/")]


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_list(two_servers: FakeCloud, ostk: Run) -> None:
    assert (
        ostk("server list").output
        == """\
+--------+------+---------+---------------------------------+--------------------------+---------+
| ID     | Name | Status  | Networks                        | Image                    | Flavor  |
+--------+------+---------+---------------------------------+--------------------------+---------+
| web-id | web  | ACTIVE  | a=10.1.0.1; b=10.0.0.1, fd00::1 | cirros                   | m1.tiny |
| db-id  | db   | SHUTOFF |                                 | N/A (booted from volume) | m1.tiny |
+--------+------+---------+---------------------------------+--------------------------+---------+
"""
    )
    assert sent_lines(two_servers) == [f"GET {NOVA}/servers/detail", "GET /image/v2/images/i-id"]


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a list in CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def test_long_list(two_servers: FakeCloud, ostk: Run) -> None:
    [web, db] = rows(ostk("server list --long -f csv").output)
    assert web == {
        "ID": "web-id",
        "Name": "web",
        "Status": "ACTIVE",
        "Task State": "",
        "Power State": "1",
        "Networks": "{'b': ['fd00::1', '10.0.0.1'], 'a': ['10.1.0.1']}",
        "Image Name": "cirros",
        "Image ID": "i-id",
        "Flavor": "m1.tiny",
        "Availability Zone": "nova",
        "Host": "cmp1",
        "Properties": "{'k': 'v'}",
        "Pinned Availability Zone": "",
    }
    assert db["Image Name"] == db["Image ID"] == "N/A (booted from volume)"


def test_host_status_is_shown_if_the_response_has_it(two_servers: FakeCloud, ostk: Run) -> None:
    two_servers.answers[f"GET {NOVA}/servers/detail"] = {"servers": [WEB | {"host_status": "UP"}, DB]}
    assert [row["Host Status"] for row in rows(ostk("server list --long -f csv").output)] == ["UP", ""]
    assert "Host Status" not in ostk("server list --long --os-compute-api-version 2.15").output
    assert "Host Status" not in ostk("server list").output


def test_flavor_names_are_looked_up_before_2_47(two_servers: FakeCloud, ostk: Run) -> None:
    two_servers.answers[f"GET {NOVA}/servers/detail"] = {"servers": [OLD, OLD | {"id": "x", "image": {"id": "j-id"}}]}
    found = [{"id": "i-id", "name": "cirros"}]
    two_servers.answers["GET /image/v2/images"] = {"images": found}
    listed = rows(ostk("server list --long -f csv --os-compute-api-version 2.46").output)
    assert [(row["Flavor Name"], row["Flavor ID"], row["Image Name"]) for row in listed] == [
        ("f", "f-id", "cirros"),
        ("f", "f-id", ""),
    ]
    assert sorted(sent_lines(two_servers)[1:]) == [
        f"GET {NOVA}/flavors/f-id",
        "GET /image/v2/images?id=in%3Ai-id%2Cj-id&limit=2",
    ]


def test_no_name_lookup_shows_ids(two_servers: FakeCloud, ostk: Run) -> None:
    two_servers.answers[f"GET {NOVA}/servers/detail"] = {"servers": [OLD]}
    old = "--os-compute-api-version 2.1"
    [row] = rows(ostk(f"server list -n -f csv {old}").output)
    assert (row["Image"], row["Flavor"]) == ("i-id", "f-id")
    [row] = rows(ostk(f"server list -n --long -f csv {old}").output)
    assert (row["Image Name"], row["Image ID"], row["Flavor Name"], row["Flavor ID"]) == ("", "i-id", "", "f-id")
    assert ostk(f"server list -f value -c Name -c Image_ID {old}").output == "web i-id\n"
    assert set(sent_lines(two_servers)) == {f"GET {NOVA}/servers/detail"}


def test_names_are_looked_up_for_sort_columns(two_servers: FakeCloud, ostk: Run) -> None:
    assert ostk("server list -f value -c Name --sort-column Image").output == "db\nweb\n"


def test_name_lookup_one_by_one(two_servers: FakeCloud, ostk: Run) -> None:
    two_servers.answers[f"GET {NOVA}/servers/detail"] = {"servers": [WEB, DB | {"image": {"id": "j-id"}}]}
    assert ostk("server list --name-lookup-one-by-one -f value -c Image").output == "cirros\nj\n"
    assert sorted(sent_lines(two_servers)[1:]) == ["GET /image/v2/images/i-id", "GET /image/v2/images/j-id"]


def test_name_is_empty_if_the_lookup_fails(two_servers: FakeCloud, ostk: Run) -> None:
    two_servers.answers["GET /image/v2/images/i-id"] = (403, {"message": "no"})
    result = ostk("server list -f json -c Name -c Image")
    assert result.exit_code == 0
    assert json.loads(result.output)[0] == {"Name": "web", "Image": ""}


def test_hidden_columns_are_shown_with_c(two_servers: FakeCloud, ostk: Run) -> None:
    titles = "Properties user_id created_at Security_Groups Task_State power_state Image_ID Flavor_ID host"
    line = "server list -f json -c project_id " + " ".join(f"-c {title}" for title in titles.split())
    assert json.loads(ostk(line).output)[0] == {
        "Properties": {"k": "v"},
        "User ID": "u",
        "Created At": "2026-01-01T00:00:00Z",
        "Security Groups": ["web", "default"],
        "Task State": None,
        "Power State": 1,
        "Image ID": "i-id",
        "Flavor ID": None,
        "Host": "cmp1",
        "Project ID": "p",
    }
    assert next(iter(json.loads(ostk(line).output)[0])) == "Project ID"
    assert ostk("server list -f value -c pinned_availability_zone --os-compute-api-version 2.95").exit_code == 1
    assert ostk("server list -f csv --all-projects").output.splitlines()[0].endswith('"Flavor","Project ID"')


def test_servers_of_a_down_cell_are_listed(two_servers: FakeCloud, ostk: Run) -> None:
    two_servers.answers[f"GET {NOVA}/servers/detail"] = {"servers": [LOST]}
    assert (
        ostk("server list").output
        == """\
+---------+------+---------+----------+-------+--------+
| ID      | Name | Status  | Networks | Image | Flavor |
+---------+------+---------+----------+-------+--------+
| lost-id | None | UNKNOWN | N/A      |       |        |
+---------+------+---------+----------+-------+--------+
"""
    )


def test_pages_are_printed_before_the_next_request(two_servers: FakeCloud, ostk: Run) -> None:
    first = [WEB | {"id": f"{n}-id", "image": {"id": f"i{n}-id"}} for n in range(1000)]
    link = {"rel": "next", "href": "http://elsewhere/servers/detail?marker=999-id"}
    page = {"servers": first, "servers_links": [link]}
    two_servers.answers[f"GET {NOVA}/servers/detail"] = page
    two_servers.answers[f"GET {NOVA}/servers/detail?marker=999-id"] = (500, {"error": {"message": "broken"}})
    result = ostk("server list -f value -c ID -c Image")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1000
    images = [line for line in sent_lines(two_servers) if "images" in line]
    assert len(images) == 10
    assert all(line.endswith("&limit=100") for line in images)


def test_limit_applies_across_pages(two_servers: FakeCloud, ostk: Run) -> None:
    link = {"rel": "next", "href": "http://elsewhere/servers/detail?marker=db-id&limit=3"}
    two_servers.answers[f"GET {NOVA}/servers/detail"] = {"servers": [WEB, DB], "servers_links": [link]}
    two_servers.answers[f"GET {NOVA}/servers/detail?marker=db-id&limit=3"] = {"servers": [WEB, DB]}
    assert ostk("server list --limit 3 -f value -c Name").output == "web\ndb\nweb\n"
    assert ostk("server list --max-items 1 --limit 3 -f value -c Name").output == "web\n"
    assert ostk("server list --limit 0 -f json").output == "[]\n"


def test_filter_by_instance_name(two_servers: FakeCloud, ostk: Run) -> None:
    called = WEB | {"OS-EXT-SRV-ATTR:instance_name": "instance-01"}
    two_servers.answers[f"GET {NOVA}/servers/detail"] = {"servers": [DB, called]}
    assert ostk("server list --instance-name instance-01 -f value -c Name").output == "web\n"


def test_all_projects_from_the_environment(two_servers: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROJECTS", "1")
    ostk("server list -n")
    assert sent_lines(two_servers) == [f"GET {NOVA}/servers/detail?all_tenants=True"]


@pytest.fixture
def web(cloud: FakeCloud) -> FakeCloud:
    """A cloud with one server, with all fields."""
    cloud.answers[f"GET {NOVA}/servers/detail"] = {"servers": [WEB]}
    return cloud


def shown(ostk: Run, line: str) -> Any:
    """Return what `server show -f json` prints."""
    return json.loads(ostk(f"server show {line} -f json").output)


def test_show(web: FakeCloud, ostk: Run) -> None:
    item = shown(ostk, "web")
    assert item["image"] == "i (i-id)"
    assert item["flavor"]["name"] == "m1.tiny"
    assert item["addresses"] == {"b": ["fd00::1", "10.0.0.1"], "a": ["10.1.0.1"]}
    assert item["properties"] == {"k": "v"}
    assert item["project_id"] == "p"
    assert item["security_groups"] == [{"name": "web"}, {"name": "default"}]
    assert item["tags"] == ["red", "blue"]
    assert item["volumes_attached"] == [{"id": "v-id", "delete_on_termination": True}]
    assert item["OS-EXT-STS:power_state"] == 1
    assert item["pinned_availability_zone"] is None
    assert not {"fault", "adminPass", "topology", "scheduler_hints"} & item.keys()
    assert list(item) == sorted(item)
    assert sent_lines(web) == [f"GET {NOVA}/servers/detail?name=web", "GET /image/v2/images/i-id"]


def test_show_as_a_table(web: FakeCloud, ostk: Run) -> None:
    columns = "addresses flavor OS-EXT-STS:power_state security_groups volumes_attached tags"
    line = "server show web " + " ".join(f"-c {title}" for title in columns.split())
    assert [row.split("|")[2].strip() for row in ostk(line).output.splitlines()[3:-1]] == [
        "Running",
        "a=10.1.0.1; b=10.0.0.1, fd00::1",
        "description=, disk='1', ephemeral='0', , id='m1.tiny', is_disabled=, is_public='True', location=, "
        "name='m1.tiny', original_name='m1.tiny', ram='512', rxtx_factor=, swap='0', vcpus='1'",
        "name='web'",
        "name='default'",
        "blue, red",
        "delete_on_termination='True', id='v-id'",
    ]
    assert sent_lines(web) == [f"GET {NOVA}/servers/detail?name=web"]


def test_show_looks_up_the_flavor_before_2_47(web: FakeCloud, ostk: Run) -> None:
    web.answers[f"GET {NOVA}/servers/detail"] = {"servers": [OLD]}
    item = shown(ostk, "web --os-compute-api-version 2.1")
    assert (item["flavor"], item["image"]) == ("f (f-id)", "i (i-id)")
    assert "pinned_availability_zone" not in item
    web.answers[f"GET {NOVA}/flavors/f-id"] = (404, {})
    web.answers["GET /image/v2/images/i-id"] = (404, {})
    item = shown(ostk, "web --os-compute-api-version 2.1")
    assert (item["flavor"], item["image"]) == ("f-id", "i-id")


def test_show_fields_of_2_104(web: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fake_cloud.NEWEST", {"compute": "2.104"})
    hints = {"scheduler_hints": {"a": ["b", "c"]}, "pinned_availability_zone": "z"}
    web.answers[f"GET {NOVA}/servers/detail"] = {"servers": [DB | hints | {"fault": {"code": 500}}]}
    item = shown(ostk, "db")
    assert (item["scheduler_hints"], item["pinned_availability_zone"]) == ({"a": ["b", "c"]}, "z")
    assert item["image"] == "N/A (booted from volume)"
    assert item["fault"] == {"code": 500}


def test_show_by_id_is_one_request_and_the_image(cloud: FakeCloud, ostk: Run) -> None:
    id = "0" * 32
    cloud.answers[f"GET {NOVA}/servers/{id}"] = {"server": WEB | {"id": id}}
    assert ostk(f"server show {id} -f value -c name -c image").output == "i (i-id)\nweb\n"
    assert sent_lines(cloud) == [f"GET {NOVA}/servers/{id}", "GET /image/v2/images/i-id"]


def test_show_topology(web: FakeCloud, ostk: Run) -> None:
    web.answers[f"GET {NOVA}/servers/web-id/topology"] = {"nodes": [], "pagesize_kb": 4}
    assert shown(ostk, "web --topology")["topology"] == {"nodes": [], "pagesize_kb": 4}


def test_show_diagnostics(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {NOVA}/servers/web-id/diagnostics"] = {"state": "running", "config_drive": True}
    item = shown(ostk, "web --diagnostics")
    assert (item["state"], item["has_config_drive"], item["uptime"]) == ("running", True, None)
    assert item["server_id"] == "web-id"
    cloud.answers[f"GET {NOVA}/servers/web-id/diagnostics"] = {"cpu0_time": 1}
    item = shown(ostk, "web --diagnostics --os-compute-api-version 2.1")
    assert item == {"cpu0_time": 1, "server_id": "web-id"}


def test_delete_of_two_servers_by_name_sends_four_requests(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("server delete web db").exit_code == 0
    assert sorted(sent_lines(cloud)) == [
        f"DELETE {NOVA}/servers/db-id",
        f"DELETE {NOVA}/servers/web-id",
        f"GET {NOVA}/servers?name=db",
        f"GET {NOVA}/servers?name=web",
    ]


def test_bulk_delete_continues_after_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    for id in ("web-id", "db-id"):
        cloud.answers[f"GET {NOVA}/servers/{id}"] = (404, {})
    result = ostk("server delete web no-server db --wait")
    assert result.exit_code == 1
    assert "no-server" in result.stderr
    assert "1 of 3 servers" in result.stderr
    assert [f"GET {NOVA}/servers/{id}" in sent_lines(cloud) for id in ("web-id", "db-id")] == [True, True]


def test_delete_wait_fails_if_the_server_is_in_error(cloud: FakeCloud, ostk: Run) -> None:
    broken = WEB | {"status": "ERROR", "fault": {"message": "Disk is busy."}}
    cloud.answers[f"GET {NOVA}/servers/web-id"] = {"server": broken}
    result = ostk("server delete web --wait")
    assert (result.exit_code, "Disk is busy." in result.stderr) == (1, True)


@pytest.mark.parametrize("status", ["DELETED", "SOFT_DELETED"])
def test_delete_wait_ends_when_the_server_is_deleted(cloud: FakeCloud, ostk: Run, status: str) -> None:
    cloud.answers[f"GET {NOVA}/servers/web-id"] = {"server": WEB | {"status": status}}
    assert ostk("server delete web --wait").exit_code == 0


def test_partly_failed_set_names_completed_changes(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"PUT {NOVA}/servers/web-id/tags/red"] = (400, {"badRequest": {"message": "Too many tags."}})
    result = ostk("server set web --name new --property a=b --tag red")
    assert result.exit_code == 1
    assert all(word in result.stderr for word in ("name", "--property", "--tag failed: Too many tags."))


def test_pinned_availability_zone(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fake_cloud.NEWEST", {"compute": "2.104"})
    assert ostk("server set web --pinned-availability-zone z").exit_code == 0
    assert ostk("server unset web --pinned-availability-zone").exit_code == 0
    pinned = [{"server": {"pinned_availability_zone": zone}} for zone in ("z", None)]
    assert cloud.sent == [(f"PUT {NOVA}/servers/web-id", body) for body in pinned]
    assert cloud.headers[-1]["openstack-api-version"] == "compute 2.104"


def test_set_state_requires_confirmation(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("server set web --name new --state error", input="n\n")
    assert (result.exit_code, cloud.all) == (0, [])
    assert ostk("server set web --state error", input="y\n").exit_code == 0
    assert cloud.sent == [(f"POST {NOVA}/servers/web-id/action", {"os-resetState": {"state": "error"}})]


def test_root_password_is_prompted_for_twice(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("server set web --root-password", input="one\ntwo\n").exit_code == 1
    assert cloud.all == []
    result = ostk("server set web --root-password", input="pw\npw\n")
    assert (result.exit_code, "pw" in result.output) == (0, False)
    assert cloud.sent == [(f"POST {NOVA}/servers/web-id/action", {"changePassword": {"adminPass": "pw"}})]
