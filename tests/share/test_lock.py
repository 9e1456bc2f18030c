"""Resource locks: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

ID = "5b1ce4c8-3f24-4b0c-8d2e-5a7f5e1d9a11"
CASES = request_table(
    f"""
/share/v2
share lock create web share
  POST ~/resource-locks {{"resource_lock": {{"resource_id": "web-id", "resource_action": "delete",\
 "resource_type": "share"}}}}
share lock create r access_rule --resource_action view --reason why
  POST ~/resource-locks {{"resource_lock": {{"resource_id": "r", "resource_action": "view",\
 "resource_type": "access_rule", "lock_reason": "why"}}}}
share lock list
  GET ~/resource-locks?sort_key=created_at&sort_dir=desc
share lock list --project q --user u --id i --sort-key id --sort-dir asc --limit 1 --offset 2
  GET ~/resource-locks?sort_key=id&sort_dir=asc&project_id=q-id&user_id=u-id&id=i&limit=1&offset=2&all_projects=True
share lock list --all-projects --resource {ID} --resource-action delete --context user
  GET ~/resource-locks?sort_key=created_at&sort_dir=desc&all_projects=True&resource_action=delete&lock_context=user\
&resource_id={ID}
share lock list --resource web --resource-type share --since 2026-01-01 --before 2027-01-01
  GET ~/resource-locks?sort_key=created_at&sort_dir=desc&resource_type=share&created_since=2026-01-01\
&created_before=2027-01-01&resource_id=web-id
share lock set l
share lock set l --resource-action view --lock_reason why
  PUT ~/resource-locks/l {{"resource_lock": {{"resource_action": "view", "lock_reason": "why"}}}}
share lock unset l
share lock unset l --reason
  PUT ~/resource-locks/l {{"resource_lock": {{"lock_reason": null}}}}
share lock delete l k
  DELETE ~/resource-locks/l
  DELETE ~/resource-locks/k
"""
)
REJECTIONS = rejection_table(
    """
1 share lock create web nosuch => 'nosuch' is not a resource type with locks.
1 share lock create no-such share => No share with a name or ID of 'no-such' exists
1 share lock list --resource-type nosuch => 'nosuch' is not a resource type with locks.
1 share lock list --resource web => 'web' is not an ID.
1 share lock list --offset one => 'one' is not a number of results.
1 --os-share-api-version 2.80 share lock list => 2.81
2 share lock list --context nosuch => 'nosuch' is not one of
2 share lock list --sort-key nosuch => 'nosuch' is not one of
"""
)
LOCK = {"id": "l", "resource_id": "w", "resource_type": "share", "resource_action": "delete", "lock_reason": "why"}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_list_and_show_column_titles(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/resource-locks"] = {"resource_locks": [LOCK]}
    cloud.answers["GET /share/v2/resource-locks/l"] = {"resource_lock": LOCK}
    brief = '"ID","Resource Id","Resource Type","Resource Action"'
    all_of_them = f'{brief},"Lock Context","User Id","Project Id","Created At","Updated At","Lock Reason"'
    for words, titles in (
        ("", brief),
        ("--detailed 0", brief),
        ("--detailed", all_of_them),
        ("--detailed 1", all_of_them),
    ):
        assert ostk(f"share lock list -f csv {words}").stdout.splitlines()[0] == titles
    assert ostk("share lock show l -f value -c 'Resource Id' -c 'Lock Reason'").stdout == "w\nwhy\n"
