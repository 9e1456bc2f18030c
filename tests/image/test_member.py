"""Test image members: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import Request, assert_sends, request_table

CASES = request_table("""
/image/v2
image add project n demo --project-domain here
  POST ~/images/n-id/members {"member": "demo-id"}
image remove project n demo --project-domain here
  DELETE ~/images/n-id/members/demo-id
image member get n demo --project-domain here
  GET ~/images/n-id/members/demo-id
image member list n --project-domain here
  GET ~/images/n-id/members
""")
MEMBER = {
    "member_id": "demo-id",
    "image_id": "n-id",
    "status": "pending",
    "created_at": "then",
    "updated_at": "now",
    "schema": "/v2/schemas/member",
}


@pytest.mark.parametrize(("line", "requests"), CASES)
def test_sends_requests(cloud: FakeCloud, ostk: Run, line: str, requests: list[Request]) -> None:
    cloud.answers["GET /image/v2/images/n-id/members"] = {"members": []}
    assert_sends(cloud, ostk, line, requests)


def test_member_commands_print_the_member(cloud: FakeCloud, ostk: Run) -> None:
    for method in ("GET", "POST"):
        cloud.answers[f"{method} /image/v2/images/n-id/members"] = MEMBER
    cloud.answers["GET /image/v2/images/n-id/members/demo-id"] = MEMBER
    for line in ("add project n demo", "member get n demo"):
        shown = json.loads(ostk(f"image {line} -f json").output)
        assert (shown, list(shown)) == (MEMBER, sorted(MEMBER))
    cloud.answers["GET /image/v2/images/n-id/members"] = {"members": [MEMBER]}
    assert ostk("image member list n -f csv").output == (
        '"Image ID","Member ID","Status"\n"n-id","demo-id","pending"\n'
    )


def test_image_remove_project_ignores_missing_member(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["DELETE /image/v2/images/n-id/members/demo-id"] = (404, {})
    assert ostk("image remove project n demo").exit_code == 0
    cloud.answers["DELETE /image/v2/images/n-id/members/demo-id"] = (403, {})
    assert ostk("image remove project n demo").exit_code == 1
