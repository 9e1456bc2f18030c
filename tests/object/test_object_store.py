"""The object store: what each command sends to a pretend cloud, and what it does on the practice cloud."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import httpx
import pytest

from ..conftest import Run
from ..conversation import Request, conversations, hold, refusals, refuses
from ..pretend import Pretend

SWIFT = "/object/v1/AUTH_p"
CASES = conversations(
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
REFUSALS = refusals(
    """
2 container create a/b => 'a/b' is no name of a container
2 container create a "" => '' is no name of a container
2 container delete "" => '' is no name of a container
2 object delete c "" => '' is no name
2 object list "" => '' is no name of a container
1 container set c --property "a b=c" => 'a b' cannot be a property
1 object set c o --property "a= b" => 'a' cannot be a property
1 object store account unset --property "a b" => 'a b' cannot be a property
1 object create c nosuch.txt => There is no file 'nosuch.txt'
1 object create c one.txt sub => 'sub' is a directory
1 object create c one.txt sub/two.txt --name x => --name is for a single file
2 container set c => --property
2 container list --limit -1 => --limit
"""
)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with two files, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("sub").mkdir()
    tmp_path.joinpath("one.txt").write_text('"1"')
    tmp_path.joinpath("sub", "two.txt").write_text('"2"')
    return tmp_path


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_what_is_sent(cloud: Pretend, ostk: Run, line: str, requests: list[Request]) -> None:
    cloud.answers |= {f"GET {SWIFT}": [], f"GET {SWIFT}/c": [], f"GET {SWIFT}/c/o": b"data"}
    hold(cloud, ostk, line, requests)


test_what_is_refused = refuses(REFUSALS)


def test_properties_are_headers(cloud: Pretend, ostk: Run) -> None:
    ostk("container set c --property a=b --property tone=warm")
    assert (cloud.headers[-1]["x-container-meta-a"], cloud.headers[-1]["x-container-meta-tone"]) == ("b", "warm")
    ostk("container unset c --property a")
    assert cloud.headers[-1]["x-remove-container-meta-a"] == "x"
    ostk("container create c --public --storage-policy gold")
    assert cloud.headers[-1]["x-container-read"] == ".r:*,.rlistings"
    assert cloud.headers[-1]["x-storage-policy"] == "gold"


@pytest.fixture
def practise(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a line on the practice cloud, which has a container `box` with two objects; it must succeed."""
    monkeypatch.setenv("OS_CLOUD", "sandbox")
    ostk("container create box")
    ostk("object create box one.txt sub/two.txt")
    return ostk


def test_containers_and_objects_on_the_practice_cloud(practise: Run) -> None:
    assert practise("container list --long -f csv").stdout == '"Name","Bytes","Count"\n"box",6,2\n'
    assert practise("object list box -f value").stdout == "one.txt\nsub/two.txt\n"
    shown = json.loads(practise("object show box one.txt -f json").stdout)
    assert [*shown] == ["account", "container", "content-length", "content-type", "etag", "last-modified", "object"]
    assert (shown["content-length"], shown["content-type"]) == ("3", "text/plain")
    assert "object_count   | 2" in practise("container show box").stdout
    assert practise("container delete box").exit_code == 1
    assert practise("container delete box -r").exit_code == 0
    assert practise("container list -f value").stdout == ""


def test_other_properties_of_an_object_stay(practise: Run) -> None:
    practise("object set box one.txt --property a=1 --property tone=wärm")
    practise("object set box one.txt --property b=2")
    practise("object unset box one.txt --property a")
    found = json.loads(practise("object show box one.txt -f json -c properties").stdout)
    assert found["properties"] == {"B": "2", "Tone": "wärm"}


def test_objects_are_saved_as_files_within_this_directory_alone(practise: Run, files: Path) -> None:
    assert practise("object save box one.txt --file -").stdout == '"1"'
    assert practise("object save box one.txt --file there/copy").exit_code == 0
    assert files.joinpath("there", "copy").read_text() == '"1"'
    practise("object create box one.txt --name ../out")
    files.joinpath("empty").mkdir()
    files.joinpath("sub", "two.txt").unlink()
    result = practise("container save box")
    assert (result.exit_code, "'../out'" in result.stderr) == (1, True)
    assert files.joinpath("sub", "two.txt").read_text() == '"2"'
    assert not files.parent.joinpath("out").exists()


@pytest.mark.parametrize("name", ["../out", "/out", "link/out", "~/out", "..", "sub/../../out"])
def test_a_container_is_saved_nowhere_else(
    cloud: Pretend, ostk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    home.mkdir()
    here.joinpath("link").symlink_to(tmp_path)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(here)
    named = f"{tmp_path}{name}" if name.startswith("/") else name
    rows = [{"name": named, "bytes": 4}, {"name": "kept", "bytes": 4}, {"name": "folder/", "bytes": 0}]
    cloud.answers[f"GET {SWIFT}/c?format=json"] = rows
    cloud.answers[f"GET {SWIFT}/c"] = []
    result = ostk("container save c")
    assert result.exit_code == (0 if name == "~/out" else 1), result.output
    assert here.joinpath("kept").exists()
    assert not list(tmp_path.glob("out")) + list(home.glob("out"))
    assert {path.relative_to(here).parts[0] for path in here.rglob("*")} <= {"kept", "link", "~"}


def test_names_that_swift_told_are_no_steps_on_the_way(cloud: Pretend, ostk: Run) -> None:
    cloud.answers[f"GET {SWIFT}/c?format=json"] = [{"name": "./x"}, {"name": "../d"}]
    cloud.answers[f"GET {SWIFT}/c"] = []
    assert ostk("container delete -r c").exit_code == 0
    deleted = {line for line, _ in cloud.sent if line.startswith("DELETE")}
    assert deleted == {f"DELETE {SWIFT}/c{path}" for path in ("/%2E/x", "/%2E%2E/d", "")}


def test_an_object_goes_where_its_name_says_if_that_was_typed(practise: Run, files: Path) -> None:
    practise(f"object create box one.txt --name {files}/typed")
    assert practise(f"object save box {files}/typed").exit_code == 0
    assert files.joinpath("typed").read_text() == '"1"'


def test_a_directory_that_cannot_be_made_is_told(practise: Run) -> None:
    result = practise("object save box one.txt --file one.txt/below")
    assert (result.exit_code, "cannot be made" in result.stderr) == (1, True)


def test_one_file_that_fails_leaves_the_others_uploaded(cloud: Pretend, ostk: Run) -> None:
    cloud.answers[f"PUT {SWIFT}/c/one.txt"] = (507, {})
    result = ostk("object create c one.txt sub/two.txt -f value")
    assert result.exit_code == 1
    assert "Could not upload object 'one.txt'" in result.stderr
    assert ("PUT /object/v1/AUTH_p/c/sub/two.txt", "2") in cloud.sent


def test_data_that_is_cut_or_damaged_is_not_kept(practise: Run, files: Path) -> None:
    practise("sandbox fault add cut --service object-store")
    result = practise("object save box one.txt --file kept")
    assert result.exit_code == 1
    assert not files.joinpath("kept").exists()


def say(cloud: Pretend, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], content: bytes = b"") -> None:
    """Have the pretend cloud tell of each object so."""
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


def test_what_an_object_has_besides_properties_stays(
    cloud: Pretend, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {"X-Object-Manifest": "c/part", "X-Delete-At": "2000000000", "Cache-Control": "no-cache"}
    say(cloud, monkeypatch, {**kept, "X-Object-Meta-Old": "1", "X-Object-Meta-Gone": "2", "Etag": "x"})
    assert ostk("object unset c o --property gone").exit_code == 0
    sent = cloud.headers[-1]
    assert {key: sent[key] for key in kept} == kept
    assert sent["x-object-meta-old"] == "1"
    assert not {"x-object-meta-gone", "etag"} & sent.keys()


def test_metadata_is_utf_8(cloud: Pretend, ostk: Run) -> None:
    assert ostk("container set c --property tone=wärm").exit_code == 0
    assert (b"X-Container-Meta-tone", "wärm".encode()) in cloud.headers[-1].raw


@pytest.mark.parametrize(
    ("headers", "content", "saved"),
    [
        ({"Content-Encoding": "gzip", "Etag": "0" * 32}, gzip.compress(b"data"), b"data"),
        ({"X-Object-Manifest": "c/part", "Etag": '"of the parts"'}, b"data", b"data"),
        ({"Etag": '"8d777f385d3dfec8815d20f7496026dc"'}, b"data", b"data"),
        ({"Etag": "0" * 32}, b"data", None),
    ],
)
def test_data_is_checked_where_it_can_be(
    cloud: Pretend,
    ostk: Run,
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
    content: bytes,
    saved: bytes | None,
) -> None:
    say(cloud, monkeypatch, headers, content)
    result = ostk("object save c o")
    assert result.exit_code == (0 if saved else 1), result.output
    assert (files.joinpath("o").read_bytes() if files.joinpath("o").exists() else None) == saved


def test_containers_complete(practise: Run) -> None:
    variables = {"_OSTK_COMPLETE": "bash_complete", "COMP_WORDS": "ostk container show b", "COMP_CWORD": "3"}
    assert practise("", env=variables).output.split() == ["plain,box"]
