"""Test image tasks and the image cache: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

GLANCE = "/image/v2"
CASES = request_table("""
/image/v2
image task list
  GET ~/tasks
image task list --sort-key id --sort-dir asc --limit 2 --marker m --max-items 3 --type import --status success
  GET ~/tasks?sort_key=id&sort_dir=asc&limit=2&marker=m&type=import&status=success
image task show 7-id
  GET ~/tasks/7-id
cached image list
  GET ~/cache
cached image queue n m
  PUT ~/cache/n-id
  PUT ~/cache/m-id
cached image delete n
  DELETE ~/cache/n-id
cached image clear
  DELETE ~/cache
cached image clear --cache
  DELETE ~/cache
cached image clear --queue
  DELETE ~/cache
""")
REJECTED = rejection_table("""
1 cached image queue no-such => No Image found for no-such
1 cached image delete no-such => No Image found for no-such
2 image task list --type export => 'export' is not 'import'
2 image task list --status done => 'done' is not one of
""")


@pytest.fixture(autouse=True)
def cache(cloud: FakeCloud) -> None:
    """Answer requests to clear the cache."""
    cloud.answers[f"DELETE {GLANCE}/cache"] = (204, {})


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTED)


def test_cached_image_list_prints_cached_and_queued_images(cloud: FakeCloud, ostk: Run) -> None:
    cached = {"image_id": "1", "last_accessed": 1e9, "last_modified": 1e9 + 0.5, "size": 7, "hits": 0}
    cloud.answers[f"GET {GLANCE}/cache"] = {"cached_images": [cached], "queued_images": ["2"]}
    assert ostk("cached image list -f csv").output == (
        '"ID","State","Last Accessed (UTC)","Last Modified (UTC)","Size","Hits"\n'
        '"1","cached","2001-09-09T01:46:40","2001-09-09T01:46:40.500000",7,0\n'
        '"2","queued","N/A","N/A","N/A","N/A"\n'
    )


@pytest.mark.parametrize(
    ("words", "target"), [("", None), ("--cache", "cache"), ("--queue", "queue"), ("--cache --queue", None)]
)
def test_cached_image_clear_sends_target(cloud: FakeCloud, ostk: Run, words: str, target: str | None) -> None:
    assert ostk(f"cached image clear {words}").exit_code == 0
    assert cloud.headers[-1].get("x-image-cache-clear-target") == target


def test_cached_image_delete_ignores_images_that_are_not_cached(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"DELETE {GLANCE}/cache/n-id"] = (404, {})
    assert ostk("cached image delete n").exit_code == 0
    cloud.answers[f"DELETE {GLANCE}/cache/n-id"] = (403, {})
    assert ostk("cached image delete n").exit_code == 1


def test_image_task_list_and_show(cloud: FakeCloud, ostk: Run) -> None:
    task = {"id": "7", "type": "import", "status": "success", "owner": "p", "input": {"a": 1}, "message": ""}
    cloud.answers[f"GET {GLANCE}/tasks"] = {"tasks": [task]}
    assert ostk("image task list -f csv").output == ('"ID","Type","Status","Owner"\n"7","import","success","p"\n')
    cloud.answers[f"GET {GLANCE}/tasks/7"] = {**task, "schema": "/v2/schemas/task"}
    shown = json.loads(ostk("image task show 7 -f json").output)
    assert (shown["owner_id"], shown["input"], shown["properties"], shown["result"]) == ("p", {"a": 1}, {}, None)
    assert len(shown) == 11
    assert "| properties |       |" in ostk("image task show 7 -c properties").output
