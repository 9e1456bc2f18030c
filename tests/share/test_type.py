"""Share types and share type access: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share type create gold no --public false --snapshot-support yes --extra-specs a=b mount_snapshot_support=true
  POST ~/types {"share_type": {"name": "gold", "share_type_access:is_public": false, "extra_specs":\
 {"a": "b", "mount_snapshot_support": "True", "driver_handles_share_servers": false, "snapshot_support": "Yes"}}}
share type list
  GET ~/types
share type list --all --extra-specs a=b
  GET ~/types?is_public=all&extra_specs=%7B%27a%27%3A+%27b%27%7D
share type list --extra-specs driver_handles_share_servers=True snapshot_support=no
  GET ~/types?extra_specs=%7B%27driver_handles_share_servers%27%3A+%27True%27%2C+%27snapshot_support%27%3A+%27No%27%7D
share type set one
share type set one --extra-specs driver_handles_share_servers=false
  POST ~/types/one-id/extra_specs {"extra_specs": {"driver_handles_share_servers": "false"}}
share type set one --name silver --description d --public 1 --extra-specs a=b
  PUT ~/types/one-id {"share_type": {"name": "silver", "description": "d", "share_type_access:is_public": true}}
  POST ~/types/one-id/extra_specs {"extra_specs": {"a": "b"}}
share type unset one a b
  DELETE ~/types/one-id/extra_specs/a
  DELETE ~/types/one-id/extra_specs/b
share type delete one
  DELETE ~/types/one-id
share type access create one demo
  POST ~/types/one-id/action {"addProjectAccess": {"project": "demo-id"}}
share type access delete one demo
  POST ~/types/one-id/action {"removeProjectAccess": {"project": "demo-id"}}
"""
)
REJECTIONS = rejection_table(
    """
1 share type create gold maybe => 'maybe' is neither true nor false.
1 share type create gold no --public maybe => '--public': 'maybe' is neither true nor false.
1 share type create gold no --extra-specs a=b a=c => 'a' is given twice.
1 share type create gold no --extra-specs driver_handles_share_servers=false => given twice
1 share type create gold no --extra-specs snapshot_support=no --snapshot-support yes => given twice
1 share type list --extra-specs a=b a=c => 'a' is given twice.
1 share type set one --extra-specs a=b a=c => 'a' is given twice.
1 share type set one --extra-specs snapshot_support=maybe => 'maybe' is neither true nor false.
2 share type set one --extra-specs a => 'a' is not KEY=VALUE.
2 share type unset one => Missing argument 'EXTRA_SPECS'
"""
)
GOLD = {
    "id": "g",
    "name": "gold",
    "share_type_access:is_public": False,
    "is_default": False,
    "description": None,
    "extra_specs": {"driver_handles_share_servers": "False", "a": "b", "c": "d"},
    "required_extra_specs": {"driver_handles_share_servers": "False"},
}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_show_separates_required_and_optional_extra_specs(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/types"] = {"share_types": [GOLD]}
    assert ostk("share type list -f value").stdout == (
        "g gold private False {'driver_handles_share_servers': 'False'} {'a': 'b', 'c': 'd'} None\n"
    )
    assert "| optional_extra_specs | a : b" in ostk("share type show gold").stdout


def test_access_list_refuses_public_types(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/types"] = {"share_types": [GOLD]}
    cloud.answers["GET /share/v2/types/g/share_type_access"] = {"share_type_access": [{"project_id": "p"}]}
    assert ostk("share type access list gold -f csv").stdout == '"Project ID"\n"p"\n'
    cloud.answers["GET /share/v2/types"] = {"share_types": [{**GOLD, "share_type_access:is_public": True}]}
    assert ostk("share type access list gold").output == "The share type 'gold' is public: all projects have access.\n"


def test_list_pages_by_offset(cloud: FakeCloud, ostk: Run) -> None:
    link = [{"rel": "next", "href": "http://cloud/share/v2/types?marker=one"}]
    pages = [{"share_types": [{**GOLD, "id": id}], "share_types_links": link} for id in ("one", "two", "two")]
    cloud.answers["GET /share/v2/types"] = iter((200, page) for page in pages)
    assert ostk("share type list -f value -c ID").stdout == "one\ntwo\n"
    assert [line for line, _ in cloud.sent][:2] == ["GET /share/v2/types", "GET /share/v2/types?offset=1"]
