"""Tasks and the cache: what each command sends and prints."""

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
REFUSALS = rejection_table("""
1 cached image queue no-such => No Image found for no-such
1 cached image delete no-such => No Image found for no-such
2 image task list --type export => 'export' is not 'import'
2 image task list --status done => 'done' is not one of
""")


@pytest.fixture(autouse=True)
def cache(cloud: FakeCloud) -> None:
    """A cache that can be emptied."""
    cloud.answers[f"DELETE {GLANCE}/cache"] = (204, {})


test_what_is_sent = sends(CASES)
test_what_is_refused = rejects(REFUSALS)


def test_what_the_cache_holds_and_waits_for(cloud: FakeCloud, ostk: Run) -> None:
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
def test_what_is_cleared(cloud: FakeCloud, ostk: Run, words: str, target: str | None) -> None:
    assert ostk(f"cached image clear {words}").exit_code == 0
    assert cloud.headers[-1].get("x-image-cache-clear-target") == target


def test_what_is_not_in_the_cache_needs_no_taking_out(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers[f"DELETE {GLANCE}/cache/n-id"] = (404, {})
    assert ostk("cached image delete n").exit_code == 0
    cloud.answers[f"DELETE {GLANCE}/cache/n-id"] = (403, {})
    assert ostk("cached image delete n").exit_code == 1


def test_a_task(cloud: FakeCloud, ostk: Run) -> None:
    task = {"id": "7", "type": "import", "status": "success", "owner": "p", "input": {"a": 1}, "message": ""}
    cloud.answers[f"GET {GLANCE}/tasks"] = {"tasks": [task]}
    assert ostk("image task list -f csv").output == ('"ID","Type","Status","Owner"\n"7","import","success","p"\n')
    cloud.answers[f"GET {GLANCE}/tasks/7"] = {**task, "schema": "/v2/schemas/task"}
    told = json.loads(ostk("image task show 7 -f json").output)
    assert (told["owner_id"], told["input"], told["properties"], told["result"]) == ("p", {"a": 1}, {}, None)
    assert len(told) == 11
    assert "| properties |       |" in ostk("image task show 7 -c properties").output
