"""Test images: requests and output."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import Request, assert_sends, rejection_table, rejects, request_table

GLANCE = "/image/v2"
MADE = '"owner_specified.openstack.md5": "", "owner_specified.openstack.sha256": ""'
CASES = request_table(
    """
/image/v2
image list
  GET ~/images?limit=1000
image list --public --property a=b --status active --member-status ALL --project demo --project-domain here --tag a --tag b
  GET ~/images?visibility=public&status=active&member_status=all&owner=demo-id&tag=a&tag=b&limit=1000
image list --private --hidden --long --page-size 7 --sort size:desc,name --limit 5 --marker other
  GET ~/images?visibility=private&os_hidden=true&limit=5&marker=other-id
image list --community --max-items 7 --limit 9 --name n
  GET ~/images?visibility=community&name=n&limit=7
image list --shared
  GET ~/images?visibility=shared&limit=1000
image list --all --limit 5000
  GET ~/images?visibility=all&limit=1000
image show n --human-readable
  GET ~/images?name=n
image create n
  POST ~/images {"name": "n", "container_format": "bare", "disk_format": "raw", MADE, "owner_specified.openstack.object": "images/n"}
  then PUT ~/images/new-id/file
  GET ~/images/new-id
image create n --id 7-id --container-format ova --disk-format qcow2 --min-disk 1 --min-ram 2 --protected --public --property a=b=c --property d= --tag x --tag y --project demo --project-domain here
  POST ~/images {"name": "n", "id": "7-id", "container_format": "ova", "disk_format": "qcow2", "min_disk": 1, "min_ram": 2, "protected": true, "visibility": "public", "a": "b=c", "d": "", "tags": ["x", "y"], "owner": "demo-id", MADE, "owner_specified.openstack.object": "images/n"}
  PUT ~/images/7-id/file
image create n --unprotected --private --file data.raw --progress
  POST ~/images {"name": "n", "container_format": "bare", "disk_format": "raw", "protected": false, "visibility": "private", MADE, "owner_specified.openstack.object": "images/n"}
  then PUT ~/images/new-id/file [1, 2, 3]
image create n --community --file data.raw --import --size 9
  POST ~/images {"name": "n", "container_format": "bare", "disk_format": "raw", "visibility": "community", MADE, "owner_specified.openstack.object": "images/n"}
  then PUT ~/images/new-id/stage [1, 2, 3]
  then POST ~/images/new-id/import {"method": {"name": "glance-direct"}}
image create n --shared --volume v --force --protected
  POST /volume/v3/volumes/v-id/action {"os-volume_upload_image": {"image_name": "n", "force": true, "disk_format": "raw", "container_format": "bare", "visibility": "shared", "protected": true}}
image create n --volume v
  POST /volume/v3/volumes/v-id/action {"os-volume_upload_image": {"image_name": "n", "force": false, "disk_format": "raw", "container_format": "bare", "visibility": "private", "protected": false}}
image set n --name m --min-disk 1 --min-ram 2 --container-format bare --disk-format raw --protected --public
  PATCH ~/images/n-id [{"op": "add", "path": "/name", "value": "m"}, {"op": "add", "path": "/min_disk", "value": 1}, {"op": "add", "path": "/min_ram", "value": 2}, {"op": "add", "path": "/container_format", "value": "bare"}, {"op": "add", "path": "/disk_format", "value": "raw"}, {"op": "add", "path": "/protected", "value": true}, {"op": "add", "path": "/visibility", "value": "public"}]
image set n --unprotected --private --property a/b~c=d --tag x --hidden
  PATCH ~/images/n-id [{"op": "add", "path": "/protected", "value": false}, {"op": "add", "path": "/visibility", "value": "private"}, {"op": "add", "path": "/a~1b~0c", "value": "d"}, {"op": "add", "path": "/tags", "value": ["x"]}, {"op": "add", "path": "/os_hidden", "value": true}]
image set n --community --architecture a --instance-id i --kernel-id k --os-distro d --os-version 1 --ramdisk-id r --unhidden
  PATCH ~/images/n-id [{"op": "add", "path": "/visibility", "value": "community"}, {"op": "add", "path": "/architecture", "value": "a"}, {"op": "add", "path": "/instance_id", "value": "i"}, {"op": "add", "path": "/kernel_id", "value": "k"}, {"op": "add", "path": "/os_distro", "value": "d"}, {"op": "add", "path": "/os_version", "value": "1"}, {"op": "add", "path": "/ramdisk_id", "value": "r"}, {"op": "add", "path": "/os_hidden", "value": false}]
image set n --shared --instance-uuid i --project demo --project-domain here --deactivate
  PATCH ~/images/n-id [{"op": "add", "path": "/visibility", "value": "shared"}, {"op": "add", "path": "/instance_id", "value": "i"}, {"op": "add", "path": "/owner", "value": "demo-id"}]
  POST ~/images/n-id/actions/deactivate
image set n --activate
  POST ~/images/n-id/actions/reactivate
image set n --project demo --accept
  PUT ~/images/n-id/members/demo-id {"status": "accepted"}
image set n --reject
  PUT ~/images/n-id/members/p {"status": "rejected"}
image set n --pending --name m
  PATCH ~/images/n-id [{"op": "add", "path": "/name", "value": "m"}]
  PUT ~/images/n-id/members/p {"status": "pending"}
image set n
  GET ~/images?name=n
image unset n --property name --property os_distro
  PATCH ~/images/n-id [{"op": "remove", "path": "/name"}]
image delete n m
  DELETE ~/images/n-id
  DELETE ~/images/m-id
image delete n --store fast
  DELETE ~/stores/fast/n-id
""".replace("MADE", MADE)  # noqa: E501
)
REJECTED = rejection_table("""
1 image create n --file nowhere.raw => There is no file 'nowhere.raw'.
1 image create n --file . => '.' is a directory.
1 image create n --location http://x => first image API
1 image create n --copy-from http://x => first image API
1 image create n --checksum x => first image API
1 image create n --store x => first image API
1 image set n --visibility public => first image API
1 image list --sort name:up => 'name:up' is not a valid sort order
1 image list --sort :asc => ':asc' is not a valid sort order
1 image show no-image => No Image found for no-image
1 image unset n --property nosuch --tag t => The image n has no tag 't', no property 'nosuch'.
2 image create n --size 0 => '0' is not a number of bytes.
1 image create n --size 5 --volume v => --size needs image data
1 image create n --sign-key-path data.raw => Signing an image needs --file
1 image create n --file data.raw --sign-cert-id c => Signing an image needs --file
2 image create n --file data.raw --volume v => exclude each other
2 image create n --disk-format flat => 'flat' is not one of
2 image create n --public --private => exclude each other
2 image create n --protected --unprotected => exclude each other
2 image set n --activate --deactivate => exclude each other
2 image set n --accept --reject => exclude each other
2 image set n --hidden --unhidden => exclude each other
2 image list --public --all => exclude each other
2 image list --member-status some => 'some' is not one of
2 image list --property a => is not KEY=VALUE
""")


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> None:
    """Write a file with image data in JSON, which the fake cloud records as a parsed body."""
    (tmp_path / "data.raw").write_bytes(b"[1, 2, 3]")


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    cloud.answers["POST /volume/v3/volumes/v-id/action"] = {"os-volume_upload_image": {"image_id": "new-id"}}
    assert_sends(cloud, ostk, line, requests)


test_rejects_invalid_input = rejects(REJECTED)


def image(name: str = "n", **fields: Any) -> dict[str, Any]:
    """Return an image as Glance answers."""
    known: dict[str, Any] = {
        "id": f"{name}-id",
        "name": name,
        "status": "active",
        "tags": [],
        "owner": "p",
        "size": None,
    }
    return {**known, "self": "/v2/images/1", "schema": "/v2/schemas/image", **fields}


def answer_images(cloud: FakeCloud, *images: dict[str, Any]) -> None:
    """Answer with these images in the list of images."""
    cloud.answers[f"GET {GLANCE}/images"] = {"images": list(images)}


SHOWN = """\
+------------+--------------------------------------------------------------------------------+
| Field      | Value                                                                          |
+------------+--------------------------------------------------------------------------------+
| id         | n-id                                                                           |
| min_disk   | 0                                                                              |
| name       | n                                                                              |
| owner      | p                                                                              |
| properties | hw_boot_menu='True', hw_cpu_cores='2', hw_video_ram='0', os_hidden='False', z= |
| protected  | False                                                                          |
| schema     | /v2/schemas/image                                                              |
| size       | 1.4M                                                                           |
| status     | active                                                                         |
| tags       | a, b                                                                           |
+------------+--------------------------------------------------------------------------------+
"""


def test_image_show_prints_fields_with_values_and_properties(cloud: FakeCloud, ostk: Run) -> None:
    own: dict[str, Any] = {
        "hw_video_ram": "lots",
        "hw_boot_menu": "Yes",
        "hw_cpu_cores": "2",
        "os_distro": None,
        "z": None,
    }
    answer_images(cloud, image(size=1376256, tags=["b", "a"], protected=False, min_disk=0, os_hidden=False, **own))
    assert ostk("image show n --human-readable").output == SHOWN
    shown = json.loads(ostk("image show n -f json").output)
    assert (shown["size"], shown["tags"]) == (1376256, ["b", "a"])
    assert shown["properties"] == {
        "os_hidden": False,
        "hw_boot_menu": True,
        "hw_cpu_cores": 2,
        "hw_video_ram": 0,
        "z": None,
    }
    assert list(shown["properties"]) == ["os_hidden", "z", "hw_cpu_cores", "hw_video_ram", "hw_boot_menu"]


def test_image_show_rejects_column_without_value(cloud: FakeCloud, ostk: Run) -> None:
    answer_images(cloud, image())
    result = ostk("image show n -c checksum -f value")
    assert (result.exit_code, "No recognized column names in ['checksum']" in result.output) == (1, True)
    assert ostk("image show n -c checksum -c name -f value").output == "n\n"


def test_image_list_sorts_by_name_or_sort_option(cloud: FakeCloud, ostk: Run) -> None:
    answer_images(cloud, image("b", size=9), image("a", size=10), image("C", size=None))
    line = "image list -f value -c Name"
    assert ostk(line).output == "C\na\nb\n"
    assert ostk(f"{line} --sort size:asc").output == "b\na\nC\n"
    assert ostk(f"{line} --sort size:desc").output == "C\na\nb\n"
    assert ostk(f"{line} --sort is_protected,name:desc").output == "b\na\nC\n"
    result = ostk(f"{line} --sort colour")
    assert (result.exit_code, "Images have no field 'colour'" in result.output) == (1, True)


def test_image_list_property_filter_compares_text(cloud: FakeCloud, ostk: Run) -> None:
    answer_images(cloud, image("a", os_distro="debian", min_ram=64), image("b", os_distro="debian"), image("c"))
    line = "image list -f value -c Name"
    assert ostk(f"{line} --property os_distro=debian").output == "a\nb\n"
    assert ostk(f"{line} --property os_distro=debian --property min_ram=64").output == "a\n"
    assert ostk(f"{line} --property nosuch=None").output == ""


LONG = """\
+------+------+-------------+------------------+------+----------+--------+------------+-----------+---------+----------------+------------+------+
| ID   | Name | Disk Format | Container Format | Size | Checksum | Status | Visibility | Protected | Project | Hash Algorithm | Hash Value | Tags |
+------+------+-------------+------------------+------+----------+--------+------------+-----------+---------+----------------+------------+------+
| n-id | n    | raw         | bare             |    7 | None     | active | shared     | True      | p       | sha512         | 0f         | x, y |
+------+------+-------------+------------------+------+----------+--------+------------+-----------+---------+----------------+------------+------+
"""  # noqa: E501


def test_image_list_long(cloud: FakeCloud, ostk: Run) -> None:
    formats: dict[str, Any] = {
        "disk_format": "raw",
        "container_format": "bare",
        "visibility": "shared",
        "protected": True,
    }
    kept: dict[str, Any] = {"size": 7, "os_hash_algo": "sha512", "os_hash_value": "0f", "tags": ["y", "x"]}
    answer_images(cloud, image(**formats, **kept))
    assert ostk("image list --long").output == LONG


def test_image_list_reads_all_pages_or_up_to_limit(cloud: FakeCloud, ostk: Run) -> None:
    tags = "tag=a&tag=b"
    first = {"images": [image("a"), image("b")], "next": "/v2/images?tag=a&tag=b&limit=1000&marker=b-id"}
    cloud.answers[f"GET {GLANCE}/images?{tags}&limit=1000"] = first
    cloud.answers[f"GET {GLANCE}/images?{tags}&limit=1000&marker=b-id"] = {"images": [image("c")]}
    assert ostk("image list --tag a --tag b -f value -c Name").output == "a\nb\nc\n"
    cloud.answers[f"GET {GLANCE}/images?limit=1"] = {**first, "images": [image("b"), image("a")]}
    assert ostk("image list --limit 1 -f value -c Name").output == "b\n"


def test_hidden_image_is_found_by_name(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {GLANCE}/images?name=n"] = {"images": []}
    cloud.answers[f"GET {GLANCE}/images?name=n&os_hidden=true"] = {"images": [image(os_hidden=True)]}
    assert ostk("image show n -f value -c id").output == "n-id\n"


def test_ambiguous_image_name_is_an_error_with_ids(cloud: FakeCloud, ostk: Run) -> None:
    answer_images(cloud, {**image(), "id": "1"}, {**image(), "id": "2"})
    result = ostk("image delete n")
    message = "More than one Image exists with the name 'n'.\nGive the ID of one of them: 1, 2.\n"
    assert (result.exit_code, result.output) == (1, message)


def test_image_set_and_unset_merge_tags(cloud: FakeCloud, ostk: Run) -> None:
    answer_images(cloud, image(tags=["x", "y"], a="b"))
    assert ostk("image set n --tag z --tag x").exit_code == 0
    patch = f"PATCH {GLANCE}/images/n-id"
    assert cloud.sent[-1] == (patch, [{"op": "add", "path": "/tags", "value": ["x", "y", "z"]}])
    assert "openstack-images-v2.1-json-patch" in cloud.headers[-1]["Content-Type"]
    assert ostk("image unset n --tag x --property a").exit_code == 0
    assert cloud.sent[-1] == (patch, [{"op": "remove", "path": "/a"}, {"op": "add", "path": "/tags", "value": ["y"]}])


def test_image_unset_removes_existing_and_names_missing(cloud: FakeCloud, ostk: Run) -> None:
    answer_images(cloud, image(tags=["x"], a="b"))
    result = ostk("image unset n --tag x --tag q --property a --property b")
    assert (result.exit_code, "The image n has no tag 'q', no property 'b'." in result.output) == (1, True)
    assert len(cloud.sent[-1][1]) == 2


def test_image_delete_continues_after_missing_image(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("image delete no-such n")
    assert result.exit_code == 1
    assert "Failed to delete image with name or ID 'no-such'" in result.output
    assert "1 of 2 images failed to delete." in result.output
    assert cloud.sent == [(f"DELETE {GLANCE}/images/n-id", None)]


def test_image_create_removes_image_if_upload_fails(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"PUT {GLANCE}/images/new-id/file"] = (413, {"message": "quota"})
    cloud.answers[f"GET {GLANCE}/images/new-id"] = image(id="new-id", status="queued")
    result = ostk("image create n --file data.raw")
    assert result.exit_code == 1
    assert "The image got no data: quota (HTTP 413)" in result.output
    assert "The image new-id was deleted again." in result.output
    assert cloud.sent[-1] == (f"DELETE {GLANCE}/images/new-id", None)
    cloud.answers[f"DELETE {GLANCE}/images/new-id"] = (403, {})
    assert "The image new-id exists without data" in ostk("image create n --file data.raw").output


LOST = httpx.RemoteProtocolError("no answer")


@pytest.mark.parametrize("lost", [LOST, (504, {}), httpx.ReadTimeout("late")])
@pytest.mark.parametrize("before", [[], [{"status": "saving"}]])
def test_image_create_checks_image_after_lost_response(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, lost: Any, before: list[Any]
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    cloud.answers[f"PUT {GLANCE}/images/new-id/file"] = lost
    whole = image(id="new-id", status="active", size=9)
    cloud.answers[f"GET {GLANCE}/images/new-id"] = iter([*before, whole, whole])
    result = ostk("image create n --file data.raw -f value -c status")
    assert (result.exit_code, result.output) == (0, "active\n")
    assert sum(line.startswith("PUT") for line, _ in cloud.all) == 1


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ({"status": "saving"}, "in status saving, but:"),
        ({"status": "active", "size": 4}, "in status active with 4 of 9 bytes, but:"),
        ((500, {}), "Look at the image before you retry"),
    ],
)
def test_image_create_keeps_image_that_may_have_data(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, now: Any, words: str
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    cloud.answers[f"PUT {GLANCE}/images/new-id/file"] = LOST
    cloud.answers[f"GET {GLANCE}/images/new-id"] = now
    result = ostk("image create n --file data.raw")
    assert (result.exit_code, "new-id" in result.output, words in result.output) == (1, True, True), result.output
    assert not any(line.startswith("DELETE") for line, _ in cloud.sent)


def test_image_create_reports_id_if_final_get_fails(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {GLANCE}/images/new-id"] = (500, {"message": "sick"})
    result = ostk("image create n --file data.raw")
    assert result.exit_code == 1
    assert "The image was created (new-id), with its data; sick (HTTP 500)" in result.output


def test_image_create_removes_image_on_interrupt(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"PUT {GLANCE}/images/new-id/file"] = Stop()
    result = ostk("image create n --file data.raw")
    assert (result.exit_code, result.output) == (130, "")
    assert cloud.sent[-1] == (f"DELETE {GLANCE}/images/new-id", None)


class Stop(Iterator[Any]):
    """An answer during which the user interrupts the command."""

    def __next__(self) -> Any:
        raise KeyboardInterrupt


def test_image_create_uploads_file_given_as_name(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostk.streams.piped", lambda: False)
    assert ostk("image create ./data.raw").exit_code == 0
    assert cloud.sent[0][1]["name"] == "data"
    assert cloud.sent[1] == (f"PUT {GLANCE}/images/new-id/file", [1, 2, 3])
    cloud.sent.clear()
    assert ostk("image create empty").exit_code == 0
    assert [request for request, _ in cloud.sent] == [f"POST {GLANCE}/images"]


def test_image_create_uploads_standard_input(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("image create n", input=b"[4, 5]").exit_code == 0
    assert cloud.sent[1] == (f"PUT {GLANCE}/images/new-id/file", [4, 5])
    assert cloud.headers[-2]["X-OpenStack-Image-Size"] == "6"
    assert cloud.headers[-2]["Content-Type"] == "application/octet-stream"
    assert ostk("image create n --size 9", input=b"[4, 5]").exit_code == 0
    assert cloud.headers[-2]["X-OpenStack-Image-Size"] == "9"


def test_image_create_volume_warns_about_ignored_options(cloud: FakeCloud, ostk: Run) -> None:
    made = {"image_id": "1", "image_name": "n", "volume_type": {"name": "fast"}}
    cloud.answers["POST /volume/v3/volumes/v-id/action"] = {"os-volume_upload_image": made}
    result = ostk("image create n --volume v --tag t --progress -f json")
    assert json.loads(result.stdout) == {"image_id": "1", "image_name": "n", "volume_type": "fast"}
    assert "(--volume): tags, progress" in result.stderr
