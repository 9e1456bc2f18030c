"""Metrics, resources, archive policies and what the Metric service says of itself: requests and output."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import HOST, FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

M = "/metric/v1"
ID = "a76ae627-82ac-470f-984a-43fc8575b226"
TYPE = {"name": "disk", "attributes": {"size": {"type": "number"}, "up": {"type": "bool"}, "label": {"type": "string"}}}


@pytest.fixture
def gnocchi(cloud: FakeCloud) -> FakeCloud:
    """Answer as Gnocchi does: lists without an envelope, metrics with their archive policy."""
    metric = {"id": ID, "name": "cpu", "archive_policy": {"name": "low"}, "resource": None, "created_by_user_id": "u"}
    resource = {"id": "r-id", "original_resource_id": "r", "type": "disk", "metrics": {"cpu": ID, "old": "old-id"}}
    cloud.answers |= {
        f"GET {M}/metric/{ID}": metric,
        f"GET {M}/metric": [metric],
        f"GET {M}/metric?name=cpu": [metric],
        f"GET {M}/resource/generic/r/metric/cpu": {**metric, "resource": {"id": "r-id", "type": "disk"}},
        f"POST {M}/resource/generic/r/metric": [metric, {**metric, "id": "new-id", "name": "new"}],
        f"GET {M}/resource/disk": [resource],
        f"GET {M}/resource/disk/r": resource,
        f"GET {M}/resource/disk/r/history": [resource],
        f"POST {M}/search/resource/disk": [resource],
        f"GET {M}/resource_type/disk": TYPE,
        f"GET {M}/resource_type/generic": {"name": "generic", "attributes": {}},
        f"GET {M}/resource_type": [TYPE],
        f"PATCH {M}/resource_type/disk": TYPE,
        f"POST {M}/resource_type": TYPE,
        f"GET {M}/archive_policy": [],
        f"GET {M}/archive_policy_rule": [],
        f"DELETE {M}/resource/disk": {"deleted": 2},
        "GET /metric/": {"build": "4.7.1", "versions": []},
        f"GET {M}/capabilities": {"aggregation_methods": ["mean"]},
        f"GET {M}/status": {
            "storage": {"summary": {"measures": 7, "metrics": 3}},
            "metricd": {"processors": ["a"], "statistics": {}},
        },
    }
    for path in ("archive_policy/ap", "archive_policy_rule/rule"):
        cloud.answers[f"GET {M}/{path}"] = {"name": path.rpartition("/")[2]}
    return cloud


CASES = request_table("""
/metric/v1
metric list --limit 5 --marker m --sort name:asc --sort id
  GET ~/metric?limit=5&marker=m&sort=name%3Aasc&sort=id
metric show a76ae627-82ac-470f-984a-43fc8575b226
  GET ~/metric/a76ae627-82ac-470f-984a-43fc8575b226
metric show cpu
  GET ~/metric?name=cpu
  GET ~/metric/a76ae627-82ac-470f-984a-43fc8575b226
metric show cpu -r r
  GET ~/resource/generic/r/metric/cpu
metric create new --archive-policy-name low --unit B
  POST ~/metric {"name": "new", "archive_policy_name": "low", "unit": "B"}
metric create new --resource-id r -a low
  POST ~/resource/generic/r/metric {"new": {"name": "new", "archive_policy_name": "low"}}
metric delete cpu a76ae627-82ac-470f-984a-43fc8575b227
  GET ~/metric?name=cpu
  DELETE ~/metric/a76ae627-82ac-470f-984a-43fc8575b226
  DELETE ~/metric/a76ae627-82ac-470f-984a-43fc8575b227
metric delete cpu mem/1 --resource-id r
  DELETE ~/resource/generic/r/metric/cpu
  DELETE ~/resource/generic/r/metric/mem%2F1
metric archive-policy list
  GET ~/archive_policy
metric archive-policy show ap
  GET ~/archive_policy/ap
metric archive-policy create ap -d granularity:1h,timespan:7d -d granularity:60,points:9 -b 2 -m mean -m 95pct
  POST ~/archive_policy {"name": "ap", "back_window": 2, "aggregation_methods": ["mean", "95pct"], "definition": [{"granularity": "1h", "timespan": "7d"}, {"granularity": "60", "points": "9"}]}
metric archive-policy update ap --definition granularity:60,points:9
  PATCH ~/archive_policy/ap {"definition": [{"granularity": "60", "points": "9"}]}
metric archive-policy delete ap other
  DELETE ~/archive_policy/ap
  DELETE ~/archive_policy/other
metric archive-policy-rule list
  GET ~/archive_policy_rule
metric archive-policy-rule show rule
  GET ~/archive_policy_rule/rule
metric archive-policy-rule create rule -a ap -m 'disk.*'
  POST ~/archive_policy_rule {"name": "rule", "archive_policy_name": "ap", "metric_pattern": "disk.*"}
metric archive-policy-rule delete rule
  DELETE ~/archive_policy_rule/rule
metric resource-type list
  GET ~/resource_type
metric resource-type show disk
  GET ~/resource_type/disk
metric resource-type create disk -a size -a n:number:no:min=1:max=2.5:fill=0 --attribute s:string:yes:max_length=9
  POST ~/resource_type {"name": "disk", "attributes": {"size": {}, "n": {"type": "number", "required": false, "min": 1, "max": 2.5, "options": {"fill": 0}}, "s": {"type": "string", "required": true, "max_length": 9}}}
metric resource-type update disk -a s:string:false -r size
  PATCH ~/resource_type/disk [{"op": "add", "path": "/attributes/s", "value": {"type": "string", "required": false}}, {"op": "remove", "path": "/attributes/size"}]
metric resource-type delete disk
  DELETE ~/resource_type/disk
metric resource list -t disk --details --history --limit 2 --sort id:desc
  GET ~/resource/disk?details=True&history=True&limit=2&sort=id%3Adesc
metric resource show r --type disk
  GET ~/resource/disk/r
metric resource history r -t disk --details
  GET ~/resource/disk/r/history?details=True
metric resource search 'label=web-1 and size>2' -t disk --limit 3
  POST ~/search/resource/disk?limit=3 {"and": [{"=": {"label": "web-1"}}, {">": {"size": 2}}]}
metric resource search '{"like": {"label": "w%"}}' -t disk
  POST ~/search/resource/disk {"like": {"label": "w%"}}
metric resource search '' -t disk
  POST ~/search/resource/disk {}
metric resource create r -t disk -a size:3 -a up:yes -a label:a:b -m cpu:i -n mem:low -n net
  GET ~/resource_type/disk
  POST ~/resource/disk {"id": "r", "size": 3.0, "up": true, "label": "a:b", "metrics": {"cpu": "i", "mem": {"archive_policy_name": "low"}, "net": {}}}
metric resource create r
  POST ~/resource/generic {"id": "r"}
metric resource update r -t disk -a label:new
  GET ~/resource_type/disk
  PATCH ~/resource/disk/r {"label": "new"}
metric resource update r -t disk -d old -n mem -m io:i
  GET ~/resource/disk/r
  PATCH ~/resource/disk/r {"metrics": {"cpu": "a76ae627-82ac-470f-984a-43fc8575b226", "io": "i", "mem": {}}}
metric resource update r -t disk
  GET ~/resource/disk/r
metric resource delete r s
  DELETE ~/resource/generic/r
  DELETE ~/resource/generic/s
metric resource batch delete 'label=web-1' -t disk
  DELETE ~/resource/disk {"=": {"label": "web-1"}}
metric capabilities list
  GET ~/capabilities
metric server version
  GET /metric/
metric status
  GET ~/status?details=False
metric benchmark metric show a76ae627-82ac-470f-984a-43fc8575b226 -n 2 -w 1
  GET ~/metric/a76ae627-82ac-470f-984a-43fc8575b226
  GET ~/metric/a76ae627-82ac-470f-984a-43fc8575b226
""")  # noqa: E501
test_requests = sends(CASES, "gnocchi")

test_rejected = rejects(
    rejection_table(
        """
1 metric create -r r => needs a name
2 metric archive-policy create ap => Missing option
2 metric archive-policy create ap -d granularity:60 => needs two of
2 metric archive-policy create ap -d granularity:60,points: => is not made of KEY:VALUE
2 metric archive-policy create ap -d granularity:60,odd:1 => is not made of KEY:VALUE
2 metric resource-type create t -a s:string:maybe => neither true nor false
2 metric resource-type create t -a s:string:true:odd => is not OPTION=VALUE
1 metric resource batch delete '' => The query is empty
1 metric resource create '' => is empty
2 metric resource create r -a label => 'label' is not NAME:VALUE
2 metric resource update r -m :i => ':i' is not NAME:VALUE
1 metric resource batch delete 'label=a b' => 'b' cannot be read
1 metric resource search '{"=":' => not valid JSON
2 metric benchmark metric create -n 0 => 0
"""
    ),
    "gnocchi",
)


@pytest.mark.parametrize(
    ("line", "status", "message"),
    [
        ("resource create r -t disk -a size:many", 1, "'many' is not a number"),
        ("resource create r -t disk -a up:maybe", 1, "'maybe' is neither true nor false"),
        ("resource update r -t disk -d none", 1, "has no metric none"),
        ("delete no-metric", 1, "No Metric found for no-metric"),
    ],
)
def test_refused_after_a_look_up(gnocchi: FakeCloud, ostk: Run, line: str, status: int, message: str) -> None:
    """What depends on the service is looked up, and nothing is changed."""
    gnocchi.answers[f"GET {M}/metric?name=no-metric"] = []
    result = ostk(f"metric {line}")
    assert (result.exit_code, message in result.output) == (status, True), result.output
    assert {line.split()[0] for line, _ in gnocchi.sent} == {"GET"}


def test_pages_are_followed(cloud: FakeCloud, ostk: Run) -> None:
    """Gnocchi names the next page in the header Link."""
    link = {"Link": f'<http://elsewhere{M}/metric?limit=1&marker=a&sort=id%3Aasc>; rel="next"'}
    policy = {"archive_policy": {"name": "low"}}
    cloud.answers[f"GET {M}/metric?limit=1&marker=a&sort=id%3Aasc"] = [{"id": "b", **policy}]
    cloud.answers[f"GET {M}/metric"] = httpx.Response(200, json=[{"id": "a", **policy}], headers=link)
    assert ostk("metric list -f value -c id").output == "a\nb\n"


def test_pages_of_a_search_are_followed(cloud: FakeCloud, ostk: Run) -> None:
    """The pages of a search are requested by POST, all with the query."""
    path = f"POST {M}/search/resource/generic"
    link = {"Link": f'<{HOST}{M}/search/resource/generic?marker=a>; rel="next"'}
    cloud.answers[f"{path}?marker=a"] = [{"id": "b", "metrics": {}}]
    cloud.answers[path] = httpx.Response(200, json=[{"id": "a", "metrics": {}}], headers=link)
    assert ostk("metric resource search a=1 -f value -c id").output == "a\nb\n"
    assert (f"{path}?marker=a", {"=": {"a": 1}}) in cloud.sent


def test_archive_policy_in_use(cloud: FakeCloud, ostk: Run) -> None:
    """Gnocchi removes deleted metrics later; the others are deleted."""
    cloud.answers[f"DELETE {M}/archive_policy/ap"] = (400, {"description": "Archive policy ap is still in use"})
    result = ostk("metric archive-policy delete ap other")
    assert (result.exit_code, "some seconds later" in result.output) == (1, True), result.output
    assert (f"DELETE {M}/archive_policy/other", None) in cloud.sent


def test_name_of_several_metrics_is_refused(cloud: FakeCloud, ostk: Run) -> None:
    """A name alone may be that of metrics of several resources."""
    cloud.answers[f"GET {M}/metric?name=cpu"] = [{"id": "a", "name": "cpu"}, {"id": "b", "name": "cpu"}]
    result = ostk("metric delete cpu")
    assert result.exit_code == 1
    assert "Give the ID of one of them: a, b." in result.output
    assert {line.split()[0] for line, _ in cloud.sent} == {"GET"}


@pytest.mark.usefixtures("gnocchi")
class TestOutput:
    def test_created_metric_of_a_resource_is_shown(self, ostk: Run) -> None:
        """Gnocchi answers with all metrics of the resource."""
        assert ostk("metric create new -r r -f value -c id").output == "new-id\n"

    def test_metric_has_the_fields_of_its_resource(self, ostk: Run) -> None:
        shown = json.loads(ostk("metric show cpu -r r -f json").output)
        assert shown == {
            "id": ID,
            "name": "cpu",
            "archive_policy/name": "low",
            "resource/id": "r-id",
            "resource/type": "disk",
        }
        assert json.loads(ostk(f"metric show {ID} -f json").output)["resource/id"] is None

    def test_list_has_the_attributes_of_the_type(self, cloud: FakeCloud, ostk: Run) -> None:
        """The columns follow the first resource; its metrics are left out."""
        disk = {"id": "r-id", "type": "disk", "creator": "c", "created_by_user_id": "u", "metrics": {}, "size": 3}
        cloud.answers[f"GET {M}/resource/disk"] = [disk]
        titles = "id type project_id user_id original_resource_id started_at ended_at revision_start revision_end"
        [shown] = json.loads(ostk("metric resource list -t disk -f json").output)
        assert [*shown] == [*titles.split(), "creator", "size"]
        assert ostk("metric resource list -t disk -f value -c size").output == "3\n"
        assert "No recognized column names" in ostk("metric resource list -t disk -c odd").output

    def test_metrics_are_lines_in_a_table_alone(self, ostk: Run) -> None:
        assert f"| metrics              | cpu: {ID} |" in ostk("metric resource show r -t disk").output
        assert f"{{'cpu': '{ID}', 'old': 'old-id'}}" in ostk("metric resource show r -t disk -f value").output

    def test_attributes_of_a_type_are_fields(self, ostk: Run) -> None:
        shown = json.loads(ostk("metric resource-type show disk -f json").output)
        assert shown["attributes/size"] == "type=number"
        assert "- size: type: number" in ostk("metric resource-type list -f value -c attributes").output

    def test_status_and_version(self, ostk: Run) -> None:
        assert ostk("metric status -f value").output == "7\n3\n['a']\n"
        assert ostk("metric server version -f value").output == "4.7.1\n"
        assert ostk("metric capabilities list -f json -c aggregation_methods").exit_code == 0


POLICY = {"name": "ap", "definition": [{"granularity": "0:01:00", "points": 9}], "aggregation_methods": ["max", "mean"]}


def test_archive_policy_is_text_in_a_table_alone(cloud: FakeCloud, ostk: Run) -> None:
    """Machine formats keep the structure."""
    cloud.answers[f"GET {M}/archive_policy/ap"] = POLICY
    assert "| definition          | - granularity: 0:01:00, points: 9 |" in ostk("metric archive-policy show ap").output
    assert json.loads(ostk("metric archive-policy show ap -f json").output) == POLICY


class TestBenchmark:
    @pytest.fixture(autouse=True)
    def answers(self, cloud: FakeCloud) -> None:
        cloud.answers[f"POST {M}/metric"] = (201, {"id": "new-id", "name": None})
        cloud.answers[f"GET {M}/metric/{ID}/measures"] = [["2026-11-30T08:00:00+00:00", 60.0, 1.0]] * 4
        cloud.answers[f"POST {M}/metric/{ID}/measures"] = (202, b"")

    def test_created_metrics_are_deleted(self, cloud: FakeCloud, ostk: Run) -> None:
        shown = json.loads(ostk("metric benchmark metric create -n 2 -w 1 -a low -f json").output)
        assert (shown["client workers"], shown["create executed"], shown["delete executed"]) == (1, 2, 2)
        assert [line for line, _ in cloud.sent].count(f"DELETE {M}/metric/new-id") == 2

    def test_created_metrics_are_kept(self, cloud: FakeCloud, ostk: Run) -> None:
        assert ostk("metric benchmark metric create -n 2 --keep").exit_code == 0
        assert {line for line, _ in cloud.sent} == {f"POST {M}/metric"}

    def test_measures_are_sent_in_batches(self, cloud: FakeCloud, ostk: Run) -> None:
        period = "-s 2026-01-01T00:00:00Z -e 2026-01-01T00:01:00Z"
        shown = json.loads(ostk(f"metric benchmark measures add {ID} -n 6 -b 3 {period} -f json").output)
        assert (shown["push executed"], shown["measures per request"]) == (2, 3)
        sent: list[Any] = [body for _, body in cloud.sent]
        assert [[one["timestamp"] for one in body] for body in sent] == [[1767225600, 1767225620, 1767225640]] * 2

    def test_wait_ends_when_all_is_processed(self, cloud: FakeCloud, ostk: Run) -> None:
        left = iter([{"storage": {"summary": {"measures": 0}}}])
        cloud.answers[f"GET {M}/status"] = left
        result = ostk(f"metric benchmark measures add {ID} -n 1 --wait")
        assert "extra wait to process measures" in result.output
        assert not [*left]

    def test_measures_are_shown(self, ostk: Run) -> None:
        line = f"metric benchmark measures show {ID} -n 3 --start -1hour -f value -c 'measures per request'"
        assert ostk(line).output == "4\n"

    def test_requests_that_fail_are_counted(self, cloud: FakeCloud, ostk: Run) -> None:
        cloud.answers[f"POST {M}/metric"] = iter([(201, {"id": "a"}), (400, {"description": "no"})])
        result = ostk("metric benchmark metric create -n 2 -w 1 --keep -f value -c 'create failures'")
        assert result.stdout == "1\n"

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("measures add x -n 1 -s 2026-01-02 -e 2026-01-01", "is not after"),
            ("measures add x -n 9 -b 9 -s 2026-01-01T00:00:00 -e 2026-01-01T00:00:08", "too short"),
            ("measures add x -n 1 -s now", "relative time"),
            ("metric create -n 1 -a low", "no such policy"),
        ],
    )
    def test_refused(self, cloud: FakeCloud, ostk: Run, line: str, message: str) -> None:
        cloud.answers[f"POST {M}/metric"] = (400, {"description": "no such policy", "title": "Bad Request"})
        result = ostk(f"metric benchmark {line}")
        assert (result.exit_code, message in result.output) == (1, True), result.output
