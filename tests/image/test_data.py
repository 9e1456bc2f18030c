"""Test image data: requests, output and saved files."""

from __future__ import annotations

import hashlib
import itertools
import json
import stat
from pathlib import Path

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import Request, assert_rejected, assert_sends, rejection_table, request_table

GLANCE = "/image/v2"
STATUSES = ("queued", "uploading", "active")
DATA = bytes(range(256)) * 5
NO_STORES = '"all_stores": false, "all_stores_must_succeed": false'
CASES = request_table(
    """
/image/v2
image save active --file out.raw --chunk-size 5 --store-preference fast --store-preference cheap
  GET ~/images/active-id/file?prefer=fast%2Ccheap
image stage queued --file data.raw --progress
  PUT ~/images/queued-id/stage [1, 2, 3]
image stage queued --file data.raw --size 7
  PUT ~/images/queued-id/stage [1, 2, 3]
image import uploading
  POST ~/images/uploading-id/import {"method": {"name": "glance-direct"}, NO_STORES}
image import queued --method web-download --uri http://x/y --all-stores --disallow-failure
  POST ~/images/queued-id/import {"method": {"name": "web-download", "uri": "http://x/y"}, "all_stores": true, "all_stores_must_succeed": true}
image import active --method copy-image --store fast cheap --allow-failure
  POST ~/images/active-id/import {"method": {"name": "copy-image"}, NO_STORES, "stores": ["fast", "cheap"]}
image import --method copy-image --store fast --store=cheap --allow-failure active
  POST ~/images/active-id/import {"method": {"name": "copy-image"}, NO_STORES, "stores": ["fast", "cheap"]}
image import queued --method glance-download --remote-region two --remote-image 7 --remote-service-interface public
  POST ~/images/queued-id/import {"method": {"name": "glance-download", "glance_image_id": "7", "glance_region": "two", "glance_service_interface": "public"}, NO_STORES}
image import info
  GET ~/info/import
image stores list
  GET ~/info/stores
image stores list --detail
  GET ~/info/stores/detail
""".replace("NO_STORES", NO_STORES)  # noqa: E501
)
REJECTED = rejection_table("""
1 image stage active --file data.raw => Staging data requires an image in status queued; active is in status active.
1 image import active => --method glance-direct requires an image in status uploading; active is in status active.
1 image import active --method web-download --uri http://x/y => requires an image in status queued
1 image import queued --method copy-image --all-stores => requires an image in status active
1 image save active --file no/such/place => cannot be written: No such file or directory.
1 image save active --file . => cannot be written: Is a directory.
1 image stage queued --file nowhere.raw => There is no file 'nowhere.raw'.
2 image stage queued --file data.raw --size none => 'none' is not a number of bytes.
1 image import queued --method web-download => --uri and --method web-download need each other.
1 image import queued --uri http://x/y => --uri and --method web-download need each other.
1 image import queued --method web-download --uri there => 'there' is not a URL
1 image import queued --remote-image 7 => --remote-image is for --method glance-download only.
1 image import queued --remote-region two => --remote-region is for --method glance-download only.
1 image import queued --remote-service-interface x => --remote-service-interface is for
1 image import queued --method glance-download => needs --remote-region and --remote-image.
1 image import active --method copy-image => needs --store or --all-stores.
2 image import active --method copy-image --all-stores --store fast => exclude each other
2 image import active --allow-failure --disallow-failure => exclude each other
2 image import active --method magic => 'magic' is not one of
2 image save active --chunk-size 0 => 0 is not in the range
""")


@pytest.fixture(autouse=True)
def images(cloud: FakeCloud, tmp_path: Path) -> None:
    """Prepare images named after their statuses, and a data file."""
    (tmp_path / "data.raw").write_bytes(b"[1, 2, 3]")
    for status in STATUSES:
        cloud.answers[f"GET {GLANCE}/images?name={status}"] = {"images": [image(status)]}
    cloud.answers[f"GET {GLANCE}/images/active-id/file"] = (200, DATA)
    cloud.answers[f"GET {GLANCE}/info/import"] = {"import-methods": {"value": ["a", "b"]}}
    cloud.answers[f"GET {GLANCE}/info/stores"] = {"stores": [{"id": "fast", "default": "true"}, {"id": "slow"}]}
    detail = {"stores": [{"id": "fast", "description": "d", "properties": {"a": 1}}]}
    cloud.answers[f"GET {GLANCE}/info/stores/detail"] = detail


def image(status: str, **fields: object) -> dict[str, object]:
    """Return an image with DATA, named after its status."""
    hashed = {"os_hash_algo": "sha512", "os_hash_value": hashlib.sha512(DATA).hexdigest()}
    return {"id": f"{status}-id", "name": status, "status": status, "size": len(DATA), **hashed, **fields}


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    found = [(f"GET {GLANCE}/images?name={status}", None) for status in STATUSES if f" {status}" in line]
    assert_sends(cloud, ostk, line, [*found, *requests])


@pytest.mark.parametrize(("line", "status", "words"), REJECTED)
def test_rejects_invalid_input(cloud: FakeCloud, ostk: Run, line: str, status: int, words: str) -> None:
    cloud.answers.pop(f"GET {GLANCE}/images/active-id/file")
    result = ostk(line)
    assert (result.exit_code, words in result.output) == (status, True), result.output
    assert [request for request, _ in cloud.sent if not request.startswith(f"GET {GLANCE}/images?name=")] == []


def test_image_save_writes_one_file_with_mode_0600(ostk: Run, tmp_path: Path) -> None:
    assert ostk("image save active --file out.raw").exit_code == 0
    assert (tmp_path / "out.raw").read_bytes() == DATA
    assert stat.S_IMODE((tmp_path / "out.raw").stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["data.raw", "out.raw"]


def test_image_save_writes_data_to_standard_output(ostk: Run) -> None:
    result = ostk("image save active")
    assert (result.exit_code, result.stdout_bytes) == (0, DATA)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"size": len(DATA) + 1}, f"Only {len(DATA)} of {len(DATA) + 1} bytes came"),
        ({"os_hash_value": "0f"}, "its sha512 differs"),
        ({"os_hash_algo": "strange", "checksum": "0f"}, "its md5 differs"),
        ({"os_hash_value": None, "checksum": "0f"}, "its md5 differs"),
    ],
)
def test_image_save_keeps_old_file_if_data_is_damaged(
    cloud: FakeCloud, ostk: Run, tmp_path: Path, fields: dict[str, object], words: str
) -> None:
    cloud.answers[f"GET {GLANCE}/images?name=active"] = {"images": [image("active", **fields)]}
    (tmp_path / "out.raw").write_text("old")
    result = ostk("image save active --file out.raw")
    assert (result.exit_code, words in result.output) == (1, True), result.output
    assert (tmp_path / "out.raw").read_text() == "old"
    assert len(list(tmp_path.glob("out.raw*"))) == 1


@pytest.mark.parametrize("fields", [{"os_hash_algo": "strange"}, {"os_hash_value": None, "size": None}])
def test_image_save_keeps_data_without_known_checksum(
    cloud: FakeCloud, ostk: Run, tmp_path: Path, fields: dict[str, object]
) -> None:
    cloud.answers[f"GET {GLANCE}/images?name=active"] = {"images": [image("active", **fields)]}
    assert ostk("image save active --file out.raw").exit_code == 0
    assert (tmp_path / "out.raw").read_bytes() == DATA


def test_image_save_rejects_an_html_page(
    cloud: FakeCloud, ostk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.answers[f"GET {GLANCE}/images?name=active"] = {"images": [image("active", os_hash_value=None, size=None)]}
    given = cloud.given
    page = httpx.Response(200, html="<html>Log in</html>")
    monkeypatch.setattr(cloud, "given", lambda line, asked: page if line.endswith("/file") else given(line, asked))
    result = ostk("image save active --file out.raw")
    assert (result.exit_code, "The answer is a web page" in result.output) == (1, True), result.output
    assert list(tmp_path.glob("out.raw*")) == []


def test_image_save_of_image_without_data_writes_no_file(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    cloud.answers[f"GET {GLANCE}/images?name=queued"] = {"images": [image("queued", size=None)]}
    cloud.answers[f"GET {GLANCE}/images/queued-id/file"] = (204, b"")
    result = ostk("image save queued --file out.raw")
    assert (result.exit_code, "The image queued has no data; it is in status queued." in result.output) == (1, True)
    assert list(tmp_path.glob("out.raw*")) == []


def test_image_save_rejects_a_terminal(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    class System:
        stdout = Terminal()

    monkeypatch.setattr("ostk.image.data.sys", System)
    assert_rejected(cloud, ostk, "image save active", 1, "Image data does not go to a terminal")


def test_image_save_exits_141_on_broken_pipe(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, data: bytes) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr("ostk.image.transfer.Check.add", broken)
    monkeypatch.setattr("ostk.cli.os.dup2", lambda one, other: None)
    assert ostk("image save active").exit_code == 141


def test_image_stage_rejects_missing_data(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostk.streams.piped", lambda: False)
    assert_rejected(cloud, ostk, "image stage queued", 1, "There is no data")


def test_image_stage_says_what_stands_after_a_failure(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"PUT {GLANCE}/images/queued-id/stage"] = (503, {})
    result = ostk("image stage queued --file data.raw")
    assert (result.exit_code, "(HTTP 503)" in result.output) == (1, True), result.output
    assert "The image queued-id exists; stage all of its data again" in result.output


def test_image_create_removes_image_if_its_file_changes(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.answers[f"GET {GLANCE}/images/new-id"] = image("queued", id="new-id")
    states = itertools.count()
    monkeypatch.setattr("ostk.streams.Source.state_of_file", lambda self: (9, next(states)))
    result = ostk("image create n --file data.raw")
    assert "The image got no data: data.raw changed while it was read." in result.output
    assert "was deleted again. Try again." in result.output
    assert (result.exit_code, cloud.sent[-1][0]) == (1, f"DELETE {GLANCE}/images/new-id"), cloud.sent


def test_image_stores_list_and_import_info(ostk: Run) -> None:
    assert json.loads(ostk("image stores list -f json").output) == [
        {"ID": "fast", "Description": None, "Default": True},
        {"ID": "slow", "Description": None, "Default": None},
    ]
    assert json.loads(ostk("image stores list --detail -f json").output) == [
        {"ID": "fast", "Description": "d", "Default": None, "Properties": {"a": 1}}
    ]
    assert ostk("image import info -f value").output == "['a', 'b']\n"


def test_image_stores_list_without_multiple_stores_is_an_error(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"GET {GLANCE}/info/stores"] = (404, {})
    result = ostk("image stores list")
    assert (result.exit_code, "does not support multiple stores" in result.output) == (1, True)


def test_image_import_wait_reports_failed_stores(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    line = "image import active --method copy-image --all-stores --wait -f value -c status"
    cloud.answers[f"GET {GLANCE}/images/active-id"] = image("active", stores="a,b")
    assert ostk(line).output == "active\n"
    cloud.answers[f"GET {GLANCE}/images/active-id"] = image("active", os_glance_failed_import="b")
    result = ostk(line)
    assert (result.exit_code, "The import of the image active failed for these stores: b." in result.output) == (
        1,
        True,
    )
