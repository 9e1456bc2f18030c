"""Images, objects and volumes of the practice cloud: actions and errors."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ostk.sandbox import store

from ..conftest import Run
from .conftest import Json, Practice

IMAGE: Json = {"name": "i", "disk_format": "raw", "container_format": "bare"}
PLACE = "file:///opt/stack/data/glance/fast"


def project(practice: Practice, who: str = "demo") -> str:
    """Return the ID of the project of a user."""
    return str(practice.get("/identity/v3/auth/projects", who)["projects"][0]["id"])


@pytest.mark.parametrize(
    ("step", "status", "words"),
    [
        ({"op": "remove", "path": "/name"}, 403, "Property name may not be removed."),
        ({"op": "replace", "path": "/disk_format", "value": "qcow2"}, 403, "can be only replaced for a queued image"),
        ({"op": "replace", "path": "/visibility", "value": "secret"}, 400, "&#x27;secret&#x27; is not one of"),
        ({"op": "replace", "path": "/nosuch", "value": "x"}, 409, "Property nosuch does not exist."),
        ({"op": "add", "path": "/a~1b", "value": "all"}, 200, '"a/b": "all"'),
    ],
)
def test_patch_of_an_active_image(practice: Practice, step: Json, status: int, words: str) -> None:
    image = practice.ask("POST /image/v2/images", IMAGE).json()["id"]
    path = f"/image/v2/images/{image}"
    assert practice.ask(f"PUT {path}/file").status_code == 204
    told = practice.get(path)
    assert (told["size"], told["virtual_size"], told["direct_url"]) == (0, None, f"{PLACE}/{image}")
    answer = practice.ask(f"PATCH {path}", [step])
    assert (answer.status_code, words in answer.text) == (status, True), answer.text


def test_image_stage_and_import(practice: Practice) -> None:
    def ask(line: str, method: str = "", content: bytes = b"", who: str = "demo") -> int:
        verb, end = line.split()
        body = {"method": {"name": method}} if method else None
        answer = practice.send(f"{verb} {path}/{end}", body, practice.token(who), content)
        return answer.status_code

    path = f"/image/v2/images/{practice.ask('POST /image/v2/images', IMAGE).json()['id']}"
    assert ask("POST import", "glance-direct") == ask("POST import", "copy-image") == 409
    assert ask("PUT stage", content=b"data") == 204
    assert (practice.get(path)["status"], practice.get(path)["size"]) == ("uploading", 4)
    assert ask("PUT stage") == ask("PUT file") == ask("POST import", "web-download") == 409
    assert ask("POST actions/deactivate") == 403
    assert ask("GET file") == 204
    assert ask("POST import", "glance-direct") == 202
    assert practice.ask(f"GET {path}/file").content == b"data"
    assert ask("POST import", "copy-image") == 403
    assert ask("POST import", "copy-image", who="admin") == 202
    assert ask("POST import", "nosuch") == 400
    assert (ask("POST actions/nosuch"), ask("POST actions/deactivate"), ask("GET file")) == (404, 204, 403)


def test_only_a_member_accepts_a_shared_image(practice: Practice) -> None:
    image, other = practice.ask("POST /image/v2/images", IMAGE).json()["id"], project(practice, "alt_demo")
    path = f"/image/v2/images/{image}"
    accept = f"PUT {path}/members/{other}"
    made = practice.ask(f"POST {path}/members", {"member": other}).json()
    assert practice.ask(f"POST {path}/members", {"member": other}).status_code == 409
    assert practice.get(f"{path}/members") == {"members": [made], "schema": "/v2/schemas/members"}
    assert practice.ask(accept, {"status": "accepted"}).status_code == 403
    assert practice.ask(accept, {"status": "rejected"}, who="alt_demo").json()["status"] == "rejected"
    shared = practice.get("/image/v2/images?member_status=all&visibility=all", "alt_demo")["images"]
    assert image in [x["id"] for x in shared]
    assert practice.ask(f"DELETE {path}/members/{other}").status_code == 204
    assert practice.ask(f"GET {path}/members/{other}").status_code == 404
    practice.ask(f"PATCH {path}", [{"op": "replace", "path": "/visibility", "value": "private"}])
    assert practice.ask(f"GET {path}/members").status_code == 403


def test_community_images_are_listed_by_visibility(practice: Practice) -> None:
    image = practice.ask("POST /image/v2/images", {**IMAGE, "visibility": "community"}).json()["id"]
    assert practice.get("/image/v2/images?name=i", "alt_demo")["images"] == []
    assert practice.get(f"/image/v2/images/{image}", "alt_demo")["id"] == image
    assert practice.get("/image/v2/images?name=i&visibility=community", "alt_demo")["images"][0]["id"] == image


def test_prefix_and_delimiter(practice: Practice) -> None:
    token, box = practice.token(), f"/object-store/v1/AUTH_{project(practice)}/box"
    for name in ("", "/a/1", "/a/b/2", "/c/3"):
        assert practice.send(f"PUT {box}{name}", token=token).status_code == 201
    listed = practice.send(f"GET {box}?format=json&prefix=a/&delimiter=/", token=token).json()
    assert [x.get("name") or x["subdir"] for x in listed] == ["a/1", "a/b/"]
    assert practice.send(f"POST {box}", token=token, X_Container_Meta_Color="red").status_code == 204
    assert practice.send(f"POST {box}", token=token, X_Remove_Container_Meta_Color="x").status_code == 204
    assert "X-Container-Meta-Color" not in practice.send(f"HEAD {box}", token=token).headers
    head = practice.send(f"HEAD {box.rpartition('/')[0]}", token=token).headers
    assert (head["X-Account-Container-Count"], head["X-Account-Object-Count"]) == ("1", "3")


def test_an_object_is_replaced_with_its_content_type(practice: Practice) -> None:
    token, box = practice.token(), f"/object-store/v1/AUTH_{project(practice)}/box"
    practice.send(f"PUT {box}", token=token)
    practice.send(f"PUT {box}/a.txt", token=token, content=b"one", Content_Type="image/png")
    assert practice.send(f"POST {box}/a.txt", token=token, X_Object_Meta_Tone="warm").status_code == 202
    head = practice.send(f"HEAD {box}/a.txt", token=token).headers
    assert (head["Content-Type"], head["X-Object-Meta-Tone"]) == ("image/png", "warm")
    practice.send(f"PUT {box}/a.txt", token=token, content=b"other")
    head = practice.send(f"HEAD {box}/a.txt", token=token).headers
    assert (head["Content-Type"], head["Content-Length"], "X-Object-Meta-Tone" in head) == ("text/plain", "5", False)
    assert practice.send(f"DELETE {box}/a.txt", token=token).status_code == 204


def test_snapshots_and_backups_of_a_volume(practice: Practice) -> None:
    volume = practice.ask("POST /volume/v3/volumes", {"volume": {"size": 2}}).json()["volume"]
    assert (volume["shared_targets"], "os-vol-tenant-attr:tenant_id" in volume) == (True, False)
    practice.seconds = 2
    told = practice.get(f"/volume/v3/volumes/{volume['id']}")["volume"]
    assert (told["shared_targets"], told["os-vol-tenant-attr:tenant_id"]) == (False, project(practice))
    assert told["updated_at"] > told["created_at"]
    whose = "os-extended-snapshot-attributes:project_id"
    body = {"snapshot": {"volume_id": volume["id"]}}
    snapshot = practice.ask("POST /volume/v3/snapshots", body).json()["snapshot"]
    body = {"backup": {"volume_id": volume["id"]}}
    backup = practice.ask("POST /volume/v3/backups", body).json()["backup"]
    assert (snapshot["status"], whose in snapshot, [*backup]) == ("creating", False, ["id", "name", "links"])
    practice.seconds = 4
    told = practice.get(f"/volume/v3/snapshots/{snapshot['id']}")["snapshot"]
    assert (told[whose], told["os-extended-snapshot-attributes:progress"]) == (project(practice), "100%")
    told = practice.get(f"/volume/v3/backups/{backup['id']}")["backup"]
    assert (told["size"], told["object_count"], told["is_incremental"], told["status"]) == (2, 41, False, "available")
    assert "user_id" not in told
    assert "user_id" in practice.get(f"/volume/v3/backups/{backup['id']}", "admin")["backup"]


def test_volume_and_snapshot_actions(practice: Practice) -> None:
    def act(name: str, given: Json, what: str = "", who: str = "demo") -> int:
        return practice.ask(f"POST {what or path}/action", {name: given}, who).status_code

    volume = practice.ask("POST /volume/v3/volumes", {"volume": {"size": 1}}).json()["volume"]
    path = f"/volume/v3/volumes/{volume['id']}"
    practice.seconds = 2
    assert act("os-set_image_metadata", {"metadata": {"k": "v"}}) == 200
    assert practice.get(path)["volume"]["volume_image_metadata"] == {"k": "v"}
    assert (act("os-unset_image_metadata", {"key": "k"}), act("os-unset_image_metadata", {"key": "k"})) == (200, 404)
    assert "volume_image_metadata" not in practice.get(path)["volume"]
    assert act("os-retype", {"new_type": "lvmdriver-2"}) == 202
    assert (practice.get(path)["volume"]["volume_type"], act("os-extend", {"new_size": 3})) == ("lvmdriver-2", 202)
    practice.seconds = 4
    assert (practice.get(path)["volume"]["size"], practice.get(path)["volume"]["status"]) == (3, "available")
    body = {"snapshot": {"volume_id": volume["id"]}}
    snapshot = f"/volume/v3/snapshots/{practice.ask('POST /volume/v3/snapshots', body).json()['snapshot']['id']}"
    assert act("os-reset_status", {"status": "error"}, snapshot) == 403
    assert act("os-reset_status", {"status": "error"}, snapshot, "admin") == 202
    assert practice.get(snapshot)["snapshot"]["status"] == "error"
    assert act("os-force_delete", {}, snapshot) == 202
    practice.seconds = 6
    assert practice.ask(f"GET {snapshot}").status_code == 404
    assert practice.get("/volume/v3/types/default")["volume_type"]["extra_specs"] == {}


def test_cascade_deletes_snapshots(practice: Practice) -> None:
    volume = practice.ask("POST /volume/v3/volumes", {"volume": {"size": 1}}).json()["volume"]["id"]
    practice.seconds = 10
    assert practice.ask("POST /volume/v3/snapshots", {"snapshot": {"volume_id": volume}}).status_code == 202
    practice.seconds = 20
    assert practice.ask(f"DELETE /volume/v3/volumes/{volume}").status_code == 400
    assert practice.ask(f"DELETE /volume/v3/volumes/{volume}?cascade=True").status_code == 202
    assert practice.get("/volume/v3/snapshots") == {"snapshots": []}


def test_a_member_who_may_not_delete_gets_403_for_unknown_ids(practice: Practice) -> None:
    assert practice.ask("DELETE /identity/v3/regions/nosuch").status_code == 403


def test_store_of_an_older_version_keeps_its_content(practice: Practice) -> None:
    image = practice.ask("POST /image/v2/images", {"name": "kept"}).json()["id"]
    with closing(sqlite3.connect(os.path.join(store.directory(), "cloud.sqlite"))) as connection:
        connection.executescript("ALTER TABLE resource RENAME TO thing; PRAGMA user_version = 1")
    assert practice.get(f"/image/v2/images/{image}")["name"] == "kept"
    assert practice.get("/image/v2/images?name=kept")["images"][0]["id"] == image


@pytest.mark.parametrize("planted", ["sandbox", "sandbox/files", "sandbox/cloud.sqlite"])
def test_symbolic_links_in_the_directory_are_refused(tmp_path: Path, ostk: Run, planted: str) -> None:
    place = Path(store.directory()).parent / planted
    target = tmp_path / "mine"
    target.mkdir(mode=0o755)
    target.chmod(0o755)
    place.parent.mkdir(parents=True)
    place.symlink_to(target)
    result = ostk("sandbox status")
    assert result.exit_code == 1
    assert f"{place} is a symbolic link" in result.stderr
    assert (list(target.iterdir()), target.stat().st_mode & 0o777) == ([], 0o755)


def test_a_fifo_as_database_is_refused(ostk: Run) -> None:
    place = Path(store.directory())
    place.mkdir(parents=True)
    os.mkfifo(place / "cloud.sqlite")
    result = ostk("sandbox status")
    assert (result.exit_code, "is not a file of this user" in result.stderr) == (1, True)


def test_extra_specs_are_in_the_order_they_were_set_in_a_list_and_by_key_in_a_flavor(practice: Practice) -> None:
    version = {"OpenStack_API_Version": "compute 2.61"}
    flavor = {"name": "f", "ram": 1, "vcpus": 1, "disk": 1}
    made = practice.ask("POST /compute/v2.1/flavors", {"flavor": flavor}, who="admin").json()["flavor"]
    for key in ("b", "a"):
        path = f"/compute/v2.1/flavors/{made['id']}/os-extra_specs"
        practice.ask(f"POST {path}", {"extra_specs": {key: "1"}}, who="admin")
    rows = practice.ask("GET /compute/v2.1/flavors/detail", who="admin", **version).json()["flavors"]
    shown = practice.ask(f"GET /compute/v2.1/flavors/{made['id']}", who="admin", **version).json()["flavor"]
    assert [*next(row for row in rows if row["name"] == "f")["extra_specs"]] == ["b", "a"]
    assert [*shown["extra_specs"]] == ["a", "b"]
