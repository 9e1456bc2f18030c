"""Server groups and usage: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table("""
/compute/v2.1
server group list --all-projects --limit 2 --offset 1 --long
  GET ~/os-server-groups?all_projects=true&limit=2&offset=1
server group list --max-items 2
server group create g
  POST ~/os-server-groups {"server_group": {"name": "g", "policy": "affinity"}}
server group create g --policy anti-affinity --rule max_server_per_host=2
  POST ~/os-server-groups {"server_group": {"name": "g", "policy": "anti-affinity", "rules": {"max_server_per_host": "2"}}}
server group delete one two
  DELETE ~/os-server-groups/one-id
  DELETE ~/os-server-groups/two-id
usage list --start 2026-01-02 --end 2026-01-03
  GET ~/os-simple-tenant-usage?start=2026-01-02T00%3A00%3A00&end=2026-01-03T00%3A00%3A00&detailed=True
  GET /identity/v3/projects
""")  # noqa: E501
REJECTIONS = rejection_table("""
2 server group create g --policy nearby => nearby
1 usage list --start yesterday => 'yesterday' is not a date
""")
GROUP = {"id": "i", "name": "one", "members": ["b", "a"], "project_id": "p", "user_id": "u"}


test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


class TestServerGroup:
    def test_show_policy_and_rules(self, cloud: FakeCloud, ostk: Run) -> None:
        group = {**GROUP, "policy": "anti-affinity", "rules": {"max_server_per_host": 2}}
        cloud.answers["GET /compute/v2.1/os-server-groups/one-id"] = {"server_group": group}
        assert (
            ostk("server group show one").output
            == """\
+------------+-------------------------+
| Field      | Value                   |
+------------+-------------------------+
| id         | i                       |
| members    | a, b                    |
| name       | one                     |
| policy     | anti-affinity           |
| project_id | p                       |
| rules      | max_server_per_host='2' |
| user_id    | u                       |
+------------+-------------------------+
"""
        )

    def test_policies_before_2_64(self, cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OS_COMPUTE_API_VERSION", "2.63")
        cloud.answers["GET /compute/v2.1/os-server-groups"] = {"server_groups": [{**GROUP, "policies": ["x"]}]}
        assert json.loads(ostk("server group list -f json").output) == [{"ID": "i", "Name": "one", "Policies": ["x"]}]
        assert ostk("server group create g --policy soft-affinity").exit_code == 0
        assert cloud.sent[-1][1] == {"server_group": {"name": "g", "policies": ["soft-affinity"]}}
        result = ostk("server group create g --rule a=b")
        assert (result.exit_code, "2.64" in result.output) == (1, True)


class TestUsage:
    USED = {
        "tenant_id": "p1",
        "total_hours": 1.0,
        "total_memory_mb_usage": 64.0,
        "total_vcpus_usage": 1.0,
        "total_local_gb_usage": 0.5,
    }

    def test_list_adds_up_pages_by_project(self, cloud: FakeCloud, ostk: Run) -> None:
        cloud.answers["GET /compute/v2.1/os-simple-tenant-usage"] = {"tenant_usages": [self.USED, self.USED]}
        cloud.answers["GET /identity/v3/projects"] = {"projects": [{"id": "p1", "name": "demo"}]}
        assert (
            ostk("usage list --start 2026-01-01 --end 2026-02-01").output
            == """\
Usage from 2026-01-01 to 2026-02-01: \n\
+---------+---------+--------------+-----------+---------------+
| Project | Servers | RAM MB-Hours | CPU Hours | Disk GB-Hours |
+---------+---------+--------------+-----------+---------------+
| demo    |         | 128.00       | 2.00      | 1.00          |
+---------+---------+--------------+-----------+---------------+
"""
        )
        listed = json.loads(ostk("usage list -f json").output)
        assert listed[0]["Project"] == "p1"
        assert listed[0]["CPU Hours"] == 2.0

    def test_list_shows_project_ids_without_the_right_to_list_projects(self, cloud: FakeCloud, ostk: Run) -> None:
        cloud.answers["GET /compute/v2.1/os-simple-tenant-usage"] = {"tenant_usages": [self.USED]}
        cloud.answers["GET /identity/v3/projects"] = (403, {"error": {"message": "no", "code": 403}})
        assert "| p1 " in ostk("usage list").output

    def test_show_adds_up_pages(self, cloud: FakeCloud, ostk: Run) -> None:
        path = "/compute/v2.1/os-simple-tenant-usage/demo-id"
        days = "start=2026-01-01T00%3A00%3A00&end=2026-02-01T00%3A00%3A00"
        servers = [{"instance_id": "i1", "tenant_id": "demo-id", "hours": 1.0}]
        cloud.answers[f"GET {path}?{days}"] = {"tenant_usage": {**self.USED, "server_usages": servers}}
        cloud.answers[f"GET {path}?{days}&marker=i1"] = {"tenant_usage": {}}
        line = "usage show --project demo --project-domain here --start 2026-01-01 --end 2026-02-01"
        shown = json.loads(ostk(f"{line} -f json").output)
        assert (shown["Project"], shown["CPU Hours"]) == ("demo-id", 1.0)
        [server] = shown["Servers"]
        assert (server["instance_id"], server["project_id"], server["id"]) == ("i1", "demo-id", None)
        assert ostk(line).output.startswith("Usage from 2026-01-01 to 2026-02-01 on project demo-id: \n+--")
