"""Quotas for shares: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share quota set demo --shares 10 --snapshot-gigabytes -1 --force
  PUT ~/quota-sets/demo-id {"quota_set": {"tenant_id": "demo-id", "shares": 10, "snapshot_gigabytes": -1,\
 "force": true}}
share quota set demo --user ann --encryption-keys 0
  PUT ~/quota-sets/demo-id?user_id=ann-id {"quota_set": {"tenant_id": "demo-id", "encryption_keys": 0}}
share quota set demo --share-type gold --share-replicas 2
  PUT ~/quota-sets/demo-id?share_type=gold {"quota_set": {"tenant_id": "demo-id", "share_replicas": 2}}
share quota set default --class --per-share-gigabytes 5
  PUT ~/quota-class-sets/default {"quota_class_set": {"class_name": "default", "per_share_gigabytes": 5}}
share quota delete demo
  DELETE ~/quota-sets/demo-id
share quota delete demo --user ann
  DELETE ~/quota-sets/demo-id?user_id=ann-id
share quota delete demo --share-type gold
  DELETE ~/quota-sets/demo-id?share_type=gold
"""
)
REJECTIONS = rejection_table(
    """
1 share quota set demo => Nothing to set: no quota is given.
1 share quota set demo --share-type gold => Nothing to set: no quota is given.
1 share quota set demo --share-type gold --share-networks 1 => --share-networks and --share-type exclude each other.
2 share quota set demo --class --user ann --shares 1 => --class and --user exclude each other.
2 share quota show demo --user ann --share-type gold => --user and --share-type exclude each other.
2 share quota set demo --shares many => 'many' is not a valid integer.
"""
)

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_show_requests_project_user_type_and_default_quotas(cloud: FakeCloud, ostk: Run) -> None:
    requests = {
        "": "",
        "--user ann": "?user_id=ann-id",
        "--share-type gold": "?share_type=gold",
        "--defaults --detail": "/defaults",
    }
    for words, address in requests.items():
        cloud.answers = {f"GET /share/v2/quota-sets/demo-id{address}": {"quota_set": {"shares": 5, "id": "demo-id"}}}
        assert ostk(f"share quota show demo {words} -f value").stdout == "demo-id\n5\n"


def test_show_detail_prints_usage(cloud: FakeCloud, ostk: Run) -> None:
    found = {"shares": {"limit": 5, "in_use": 1}}
    cloud.answers["GET /share/v2/quota-sets/demo-id/detail"] = {"quota_set": found}
    assert ostk("share quota show demo --detail -f json --noindent").stdout == '{"shares": "in_use = 1\\nlimit = 5"}\n'
