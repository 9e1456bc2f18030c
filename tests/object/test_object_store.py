"""The object store: what each command sends to a pretend cloud, and what it does on the practice cloud."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..conftest import Run
from ..conversation import Request, conversations, hold, refusals, refuse
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
1 container create a/b => A container cannot be named 'a/b'
1 container set c --property "a b=c" => cannot be a property
1 object create c nosuch.txt => There is no file 'nosuch.txt'
1 object create c one.txt sub => 'sub' is a directory
1 object create c one.txt sub/two.txt --name x => --name is for a single file
1 object save c ../x => has no name for a file in this directory
1 object save c /etc/x => has no name for a file in this directory
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


@pytest.mark.parametrize(("line", "status", "words"), REFUSALS)
def test_what_is_refused(cloud: Pretend, ostk: Run, line: str, status: int, words: str) -> None:
    refuse(cloud, ostk, line, status, words)


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


def test_a_link_does_not_lead_out(practise: Run, files: Path) -> None:
    files.joinpath("link").symlink_to(files.parent)
    assert "has no name for a file" in practise("object save box link/x").stderr


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
