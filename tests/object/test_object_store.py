"""Test the object store: requests to a fake cloud, and results in the sandbox."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import Request, assert_sends, rejection_table, rejects, request_table

SWIFT = "/object/v1/AUTH_p"
GZIP = gzip.compress(b"data", mtime=0)


def md5(data: bytes) -> str:
    return hashlib.md5(data).hexdigest()


CASES = request_table(
    """
/object/v1/AUTH_p
object store account set --property a=b
  POST ~
object store account show
  HEAD ~
object store account unset --property a
  POST ~
container create c d --public --storage-policy gold
  PUT ~/c
  PUT ~/d
container delete c
  DELETE ~/c
container delete c --recursive
  HEAD ~/c
  GET /object/info
  GET ~/c?format=json
  DELETE ~/c
container list --prefix p --marker m --end-marker n --limit 5 --long
  GET ~?prefix=p&limit=5&marker=m&end_marker=n&format=json
container list --all
  GET ~?format=json
container save c
  GET ~/c?format=json
container set c --property a=b
  POST ~/c
container show c
  HEAD ~/c
container unset c --property a --property b
  POST ~/c
object create c one.txt sub/two.txt
  PUT ~/c/one.txt "1"
  PUT ~/c/sub/two.txt "2"
object create c one.txt --name "a b/ü?"
  PUT ~/c/a%20b/%C3%BC%3F "1"
object delete c x ../y
  DELETE ~/c/x
  DELETE ~/c/%2E%2E/y
object delete c ./x sub/../y .
  DELETE ~/c/x
  DELETE ~/c/y
  DELETE ~/c/%2E
container delete ..
  DELETE ~/%2E%2E
container list --limit 0 --prefix ""
  GET ~?format=json
object list c --prefix p --delimiter / --marker m --end-marker n --limit 5 --all --long
  GET ~/c?delimiter=%2F&prefix=p&limit=5&marker=m&end_marker=n&format=json
object save c o --file out
  GET ~/c/o
object set c o --property a=b
  HEAD ~/c/o
  POST ~/c/o
object show c o
  HEAD ~/c/o
object unset c o --property a
  HEAD ~/c/o
  POST ~/c/o
"""
)
REJECTED = rejection_table(
    """
2 container create a/b => 'a/b' is not a valid name of a container
2 container create a "" => '' is not a valid name of a container
2 container delete "" => '' is not a valid name of a container
2 object delete c "" => '' is not a valid name of an object
2 object list "" => '' is not a valid name of a container
1 container set c --property "a b=c" => 'a b' cannot be a property
1 object set c o --property "a= b" => 'a' cannot be a property
1 object store account unset --property "a b" => 'a b' cannot be a property
1 object create c nosuch.txt => There is no file 'nosuch.txt'
1 object create c one.txt sub/two.txt --name x => --name is for a single file
2 container set c => --property
2 container list --limit -1 => --limit
"""
)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create two files in the directory in which the commands run, and return the directory."""
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("sub").mkdir()
    tmp_path.joinpath("one.txt").write_text('"1"')
    tmp_path.joinpath("sub", "two.txt").write_text('"2"')
    return tmp_path


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    cloud.answers |= {f"GET {SWIFT}": [], f"GET {SWIFT}/c": [], f"GET {SWIFT}/c/o": b"data"}
    assert_sends(cloud, ostk, line, requests)


test_rejects_invalid_input = rejects(REJECTED)


def test_properties_are_sent_as_headers(cloud: FakeCloud, ostk: Run) -> None:
    ostk("container set c --property a=b --property tone=warm")
    assert (cloud.headers[-1]["x-container-meta-a"], cloud.headers[-1]["x-container-meta-tone"]) == ("b", "warm")
    ostk("container unset c --property a")
    assert cloud.headers[-1]["x-remove-container-meta-a"] == "x"
    ostk("container create c --public --storage-policy gold")
    assert cloud.headers[-1]["x-container-read"] == ".r:*,.rlistings"
    assert cloud.headers[-1]["x-storage-policy"] == "gold"


@pytest.fixture
def run_in_sandbox(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a runner of command lines in the sandbox, which has a container `box` with two objects."""
    monkeypatch.setenv("OS_CLOUD", "sandbox")
    ostk("container create box")
    ostk("object create box one.txt sub/two.txt")
    return ostk


def test_containers_and_objects_in_the_sandbox(run_in_sandbox: Run) -> None:
    assert run_in_sandbox("container list --long -f csv").stdout == '"Name","Bytes","Count"\n"box",6,2\n'
    assert run_in_sandbox("object list box -f value").stdout == "one.txt\nsub/two.txt\n"
    shown = json.loads(run_in_sandbox("object show box one.txt -f json").stdout)
    assert [*shown] == ["account", "container", "content-length", "content-type", "etag", "last-modified", "object"]
    assert (shown["content-length"], shown["content-type"]) == ("3", "text/plain")
    assert "object_count   | 2" in run_in_sandbox("container show box").stdout
    assert run_in_sandbox("container delete box").exit_code == 1
    assert run_in_sandbox("container delete box -r").exit_code == 0
    assert run_in_sandbox("container list -f value").stdout == ""


def test_object_set_and_unset_keep_other_properties(run_in_sandbox: Run) -> None:
    run_in_sandbox("object set box one.txt --property a=1 --property tone=wärm")
    run_in_sandbox("object set box one.txt --property b=2")
    run_in_sandbox("object unset box one.txt --property a")
    found = json.loads(run_in_sandbox("object show box one.txt -f json -c properties").stdout)
    assert found["properties"] == {"B": "2", "Tone": "wärm"}


def test_object_copy_in_the_sandbox(run_in_sandbox: Run) -> None:
    run_in_sandbox("object set box one.txt --property a=1")
    assert run_in_sandbox("object copy box one.txt box/copy --property b=2 -f value -c object").stdout == "copy\n"
    assert run_in_sandbox("object save box copy --file -").stdout == '"1"'
    found = json.loads(run_in_sandbox("object show box copy -f json").stdout)
    assert (found["properties"], found["content-type"]) == ({"A": "1", "B": "2"}, "text/plain")
    assert run_in_sandbox("object copy box nosuch box/other").exit_code == 1


def test_container_save_writes_only_below_the_current_directory(run_in_sandbox: Run, files: Path) -> None:
    assert run_in_sandbox("object save box one.txt --file -").stdout == '"1"'
    assert run_in_sandbox("object save box one.txt --file there/copy").exit_code == 0
    assert files.joinpath("there", "copy").read_text() == '"1"'
    run_in_sandbox("object create box one.txt --name ../out")
    files.joinpath("empty").mkdir()
    files.joinpath("sub", "two.txt").unlink()
    result = run_in_sandbox("container save box")
    assert (result.exit_code, "'../out'" in result.stderr) == (1, True)
    assert files.joinpath("sub", "two.txt").read_text() == '"2"'
    assert not files.parent.joinpath("out").exists()


@pytest.mark.parametrize("name", ["../out", "/out", "link/out", "~/out", "..", "sub/../../out"])
def test_container_save_rejects_names_outside_the_current_directory(
    cloud: FakeCloud, ostk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    home.mkdir()
    here.joinpath("link").symlink_to(tmp_path)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(here)
    named = f"{tmp_path}{name}" if name.startswith("/") else name
    rows = [{"name": named}, {"name": "kept"}, {"name": "folder/", "bytes": 0}]
    cloud.answers[f"GET {SWIFT}/c?format=json"] = rows
    cloud.answers[f"GET {SWIFT}/c"] = []
    result = ostk("container save c")
    assert result.exit_code == (0 if name == "~/out" else 1), result.output
    assert here.joinpath("kept").exists()
    assert not list(tmp_path.glob("out")) + list(home.glob("out"))
    assert {path.relative_to(here).parts[0] for path in here.rglob("*")} <= {"kept", "link", "~"}


def test_dot_segments_in_listed_names_are_escaped(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {SWIFT}/c?format=json"] = [{"name": "./x"}, {"name": "../d"}]
    cloud.answers[f"GET {SWIFT}/c"] = []
    assert ostk("container delete -r c").exit_code == 0
    deleted = {line for line, _ in cloud.sent if line.startswith("DELETE")}
    assert deleted == {f"DELETE {SWIFT}/c{path}" for path in ("/%2E/x", "/%2E%2E/d", "")}


def test_object_save_writes_to_typed_absolute_path(run_in_sandbox: Run, files: Path) -> None:
    run_in_sandbox(f"object create box one.txt --name {files}/typed")
    assert run_in_sandbox(f"object save box {files}/typed").exit_code == 0
    assert files.joinpath("typed").read_text() == '"1"'


def test_object_save_reports_directory_that_cannot_be_created(run_in_sandbox: Run) -> None:
    result = run_in_sandbox("object save box one.txt --file one.txt/below")
    assert (result.exit_code, "cannot be created" in result.stderr) == (1, True)


def test_object_create_continues_after_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"PUT {SWIFT}/c/one.txt"] = (507, {})
    result = ostk("object create c one.txt sub/two.txt -f value")
    assert result.exit_code == 1
    assert "Failed to upload object 'one.txt'" in result.stderr
    assert ("PUT /object/v1/AUTH_p/c/sub/two.txt", "2") in cloud.sent


def test_object_save_discards_incomplete_data(run_in_sandbox: Run, files: Path) -> None:
    run_in_sandbox("sandbox fault add cut --service object-store")
    result = run_in_sandbox("object save box one.txt --file kept")
    assert result.exit_code == 1
    assert not files.joinpath("kept").exists()


def answer_object(
    cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], content: bytes = b""
) -> None:
    """Answer GET and HEAD requests for the object c/o with these headers and this content."""
    answer = cloud.given
    monkeypatch.setattr(
        cloud,
        "given",
        lambda line, request: (
            httpx.Response(200, headers=headers, content=content)
            if line in (f"GET {SWIFT}/c/o", f"HEAD {SWIFT}/c/o")
            else answer(line, request)
        ),
    )


def test_object_unset_keeps_headers_beside_properties(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {"X-Object-Manifest": "c/part", "X-Delete-At": "2000000000", "Cache-Control": "no-cache"}
    answer_object(cloud, monkeypatch, {**kept, "X-Object-Meta-Old": "1", "X-Object-Meta-Gone": "2", "Etag": "x"})
    assert ostk("object unset c o --property gone").exit_code == 0
    sent = cloud.headers[-1]
    assert {key: sent[key] for key in kept} == kept
    assert sent["x-object-meta-old"] == "1"
    assert not {"x-object-meta-gone", "etag"} & sent.keys()


def test_metadata_is_sent_in_utf_8(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("container set c --property tone=wärm").exit_code == 0
    assert (b"X-Container-Meta-tone", "wärm".encode()) in cloud.headers[-1].raw


@pytest.mark.parametrize(
    ("headers", "content", "saved"),
    [
        ({"Content-Encoding": "gzip", "Etag": md5(GZIP)}, GZIP, b"data"),
        ({"Content-Encoding": "gzip", "Etag": md5(GZIP)}, GZIP[:-5], None),
        ({"Content-Encoding": "gzip"}, GZIP[:-5], None),
        ({"Content-Encoding": "gzip"}, b"data", None),
        ({"Content-Encoding": "gzip"}, b"", b""),
        ({"Content-Encoding": "gzip"}, GZIP + GZIP, b"datadata"),
        ({"Content-Encoding": "gzip"}, GZIP + bytes(9), b"data"),
        ({"Content-Encoding": "deflate, gzip"}, gzip.compress(zlib.compress(b"data"), mtime=0), b"data"),
        ({"Content-Encoding": "deflate"}, zlib.compress(b"data")[2:-4], b"data"),
        ({"Content-Encoding": "br"}, b"data", b"data"),
        ({"Etag": f'"{md5(b"data")}-2"'}, b"data", b"data"),
        ({"Etag": f'W/"{"0" * 32}"'}, b"data", b"data"),
        ({"Etag": md5(b"data").upper()}, b"data", b"data"),
        ({"Etag": f'"{"0" * 32}"'}, b"data", None),
        ({"Etag": "0" * 40}, b"data", b"data"),
        ({"X-Static-Large-Object": "True", "Etag": f'"{"0" * 32}"'}, b"data", b"data"),
        ({"Content-Type": "text/html"}, b"<html>Log in</html>", None),
        ({"Content-Type": "text/html; charset=utf-8", "Etag": '"5f-61a"'}, b"<html>Log in</html>", None),
        ({"Content-Type": "text/html", "X-Trans-Id": "tx1"}, b"<html>", b"<html>"),
        ({"Content-Type": "text/html", "Etag": md5(b"<html>")}, b"<html>", b"<html>"),
        ({"X-Object-Manifest": "c/part", "Etag": '"of the parts"'}, b"data", b"data"),
        ({"Etag": '"8d777f385d3dfec8815d20f7496026dc"'}, b"data", b"data"),
        ({"Etag": "0" * 32}, b"data", None),
    ],
)
def test_object_save_verifies_data(
    cloud: FakeCloud,
    ostk: Run,
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
    content: bytes,
    saved: bytes | None,
) -> None:
    answer_object(cloud, monkeypatch, headers, content)
    result = ostk("object save c o")
    assert result.exit_code == (1 if saved is None else 0), result.output
    assert (files.joinpath("o").read_bytes() if files.joinpath("o").exists() else None) == saved


def answer_container(cloud: FakeCloud, objects: dict[str, bytes], **listed: object) -> None:
    """Answer requests for the container c and its objects; `listed` overrides fields of the listing."""
    rows = [{"name": name, "bytes": len(data), "hash": md5(data), **listed} for name, data in objects.items()]
    cloud.answers[f"GET {SWIFT}/c?format=json"] = rows
    cloud.answers[f"GET {SWIFT}/c"] = []
    for name, data in objects.items():
        path = quote(
            "/".join(part.replace(".", "%2E") if part in (".", "..") else part for part in name.split("/")), "/%"
        )
        cloud.answers[f"GET {SWIFT}/c/{path}"] = data


def saved_files(files: Path) -> dict[str, bytes]:
    """Return the files that a command has written, by their paths."""
    found = {str(path.relative_to(files)): path.read_bytes() for path in files.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if not name.startswith(("one.txt", "sub/two.txt", "xdg"))}


@pytest.mark.parametrize(
    ("objects", "rejected"),
    [
        ({"a/b": b"1", "a//b": b"2"}, ["a/b", "a//b"]),
        ({"a/b": b"1", "a/./b": b"2", "a/x/../b": b"3"}, ["a/b", "a/./b", "a/x/../b"]),
        ({"a/b": b"1", "./a/b": b"2"}, ["a/b", "./a/b"]),
        ({"link/b": b"1", "sub/b": b"2"}, ["link/b", "sub/b"]),
        ({"a": b"1", "a/b": b"2"}, ["a"]),
        ({"a": b"1", "a/b/c": b"2", "a/b": b"3"}, ["a", "a/b"]),
        ({"a": b"1", "a/": b""}, ["a/"]),
        ({"a": b"1", "a/": b"2"}, ["a/"]),
        ({"a/": b"", "a/b": b"2"}, []),
        ({"a": b"1", "b": b"1", "A": b"1"}, []),
        ({"a\0b": b"1"}, ["a\0b"]),
    ],
)
def test_container_save_rejects_objects_with_the_same_file(
    cloud: FakeCloud, ostk: Run, files: Path, objects: dict[str, bytes], rejected: list[str]
) -> None:
    files.joinpath("link").symlink_to("sub")
    answer_container(cloud, {**objects, "kept": b"4"})
    result = ostk("container save c")
    assert result.exit_code == (1 if rejected else 0), result.output
    assert all(f"{name!r}" in result.stderr for name in rejected)
    kept = {name: data for name, data in objects.items() if name not in rejected and not name.endswith("/")}
    assert saved_files(files) == {**kept, "kept": b"4"}


def test_container_save_on_case_insensitive_file_system(
    cloud: FakeCloud, ostk: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ostk.object.destinations.ignores_case", lambda directory: True)
    answer_container(cloud, {"a/x": b"1", "A/x": b"2", "A/y": b"3", "z": b"4"})
    assert ostk("container save c").exit_code == 1
    assert saved_files(files) == {"A/y": b"3", "z": b"4"}


def test_container_save_skips_directory_markers(cloud: FakeCloud, ostk: Run, files: Path) -> None:
    answer_container(cloud, {"a": b"", "a/b": b""}, content_type="application/directory")
    assert ostk("container save c").exit_code == 0
    assert saved_files(files) == {}


def test_container_save_with_object_listed_twice(cloud: FakeCloud, ostk: Run, files: Path) -> None:
    answer_container(cloud, {"a": b"1"})
    cloud.answers[f"GET {SWIFT}/c?format=json"] *= 2
    assert ostk("container save c").exit_code == 0
    assert saved_files(files) == {"a": b"1"}


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ({"bytes": 5}, "The size of the data is 4, but 5 in the listing"),
        ({"hash": "0" * 32}, "damaged"),
        ({"hash": "0" * 32 + "-2"}, ""),
        ({"bytes": 0, "hash": "0" * 32, "symlink_path": "/v1/AUTH_p/c/other"}, ""),
    ],
)
def test_container_save_compares_data_with_listing(
    cloud: FakeCloud, ostk: Run, files: Path, listed: dict[str, object], words: str
) -> None:
    answer_container(cloud, {"a": b"data"}, **listed)
    result = ostk("container save c")
    assert (result.exit_code, words in result.output) == (1 if words else 0, True), result.output
    assert saved_files(files) == ({} if words else {"a": b"data"})


def test_container_save_rejects_etag_that_contradicts_listing(
    cloud: FakeCloud, ostk: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_container(cloud, {"o": b"data"})
    answer_object(cloud, monkeypatch, {"Etag": md5(b"page")}, b"page")
    result = ostk("container save c")
    assert (result.exit_code, "The MD5 of the data is" in result.output) == (1, True), result.output
    assert saved_files(files) == {}


@pytest.mark.parametrize(
    ("etag", "code"), [(md5(b'"1"'), 0), (f'"{md5(b"2")}"', 1), (f'"{md5(b"2")}-1"', 0), (f'W/"{md5(b"2")}"', 0)]
)
def test_object_create_verifies_etag_of_upload(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, etag: str, code: int
) -> None:
    stored = [httpx.Response(201, headers={"Etag": etag})] * 3
    answers = iter([httpx.Response(503, headers={"Retry-After": "0"}), *stored])
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr(cloud, "given", lambda line, request: next(answers) if line.startswith("PUT") else None)
    result = ostk("object create c one.txt")
    assert (result.exit_code, "stored damaged" in result.output) == (code, bool(code)), result.output


def test_object_save_of_directory_name_needs_file_option(run_in_sandbox: Run, files: Path) -> None:
    run_in_sandbox("object create box one.txt --name folder/")
    result = run_in_sandbox("object save box folder/")
    assert (result.exit_code, "Name the file with --file." in result.output) == (1, True)
    assert run_in_sandbox("object save box folder/ --file new").exit_code == 0
    assert saved_files(files)["new"] == b'"1"'


def test_object_save_expands_home_directory(run_in_sandbox: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = files / "home"
    monkeypatch.setenv("HOME", str(home))
    assert run_in_sandbox("object save box one.txt --file ~/new/copy").exit_code == 0
    assert home.joinpath("new", "copy").read_text() == '"1"'
    assert not files.joinpath("~").exists()


def test_container_names_complete(run_in_sandbox: Run) -> None:
    variables = {"_OSTK_COMPLETE": "bash_complete", "COMP_WORDS": "ostk container show b", "COMP_CWORD": "3"}
    assert run_in_sandbox("", env=variables).output.split() == ["plain,box"]


def test_container_delete_not_empty_hints_recursive(ostk: Run, cloud: FakeCloud) -> None:
    conflict = (409, b"<html><h1>Conflict</h1><p>There was a conflict when trying to complete your request.</p></html>")
    cloud.answers[f"DELETE {SWIFT}/full"] = conflict
    assert ostk("container delete full").stderr == (
        "Container full is not empty. (HTTP 409)\nDelete the objects in the container with --recursive.\n"
    )


@pytest.mark.parametrize("verb", ["delete", "show", "save"])
def test_missing_container_or_object_is_named(verb: str, ostk: Run, cloud: FakeCloud) -> None:
    gone = (404, b"<html><h1>Not Found</h1><p>The resource could not be found.</p></html>")
    for method in ("DELETE", "HEAD", "GET"):
        cloud.answers[f"{method} {SWIFT}/box/helo"] = gone
        cloud.answers[f"{method} {SWIFT}/bax/hello"] = cloud.answers[f"{method} {SWIFT}/bax"] = gone
    cloud.answers[f"GET {SWIFT}/box?limit=200"] = [{"name": "hello"}]
    cloud.answers[f"GET {SWIFT}?limit=200"] = [{"name": "box"}]
    cloud.answers[f"HEAD {SWIFT}/box"] = (204, b"")
    message = ostk(f"object {verb} box helo").stderr
    assert message == "No Object found for helo in container box (HTTP 404).\nDid you mean 'hello'?\n"
    message = ostk(f"object {verb} bax hello").stderr
    assert message.startswith("No Container found for bax (project demo) (HTTP 404).")
