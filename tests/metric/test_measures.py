"""Measures and aggregates: requests, times with their zone, and pictures on a terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ostk.errors import OstkError
from ostk.metric.times import shown_time, with_zone

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

M = "/metric/v1"
ID = "a76ae627-82ac-470f-984a-43fc8575b226"
MEASURES = [["2026-07-01T08:00:00+00:00", 60.0, 1.0], ["2026-07-01T08:01:00+00:00", 60.0, 2.5]]
GROUP = {"group": {"b": "2", "a": "1"}, "measures": MEASURES}


@pytest.fixture(autouse=True)
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let local time be that of New York."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def gnocchi(cloud: FakeCloud) -> FakeCloud:
    """Answer with measures."""
    cloud.answers |= {
        f"GET {M}/metric/{ID}/measures": MEASURES,
        f"GET {M}/resource/generic/r/metric/cpu/measures": MEASURES,
        f"GET {M}/aggregation/metric": MEASURES,
        f"POST {M}/aggregation/resource/generic/metric/cpu": MEASURES,
        f"POST {M}/aggregation/resource/disk/metric/cpu": [GROUP],
        f"POST {M}/aggregates": {"measures": {"aggregated": MEASURES}},
        f"POST {M}/aggregates?groupby=a&use_history=True": [{"group": {"a": "1"}, "measures": {"measures": {}}}],
    }
    return cloud


CASES = request_table("""
/metric/v1
metric measures show a76ae627-82ac-470f-984a-43fc8575b226 --start 2026-01-31T12:00:00 --stop 2026-07-31T12:00:00+02:00
  GET ~/metric/a76ae627-82ac-470f-984a-43fc8575b226/measures?start=2026-01-31T12%3A00%3A00-05%3A00&stop=2026-07-31T12%3A00%3A00%2B02%3A00
metric measures show cpu -r r --start -1hour --stop now --aggregation rate:mean --granularity 60 --resample 120 --refresh
  GET ~/resource/generic/r/metric/cpu/measures?aggregation=rate%3Amean&start=-1hour&stop=now&granularity=60&refresh=true&resample=120
metric measures add cpu -r r -m 2026-01-31T12:00:00@1 -m 1795950000@-2.5 --measure '-5 minutes@1e3'
  POST ~/resource/generic/r/metric/cpu/measures [{"timestamp": "2026-01-31T12:00:00-05:00", "value": 1.0}, {"timestamp": "1795950000", "value": -2.5}, {"timestamp": "-5 minutes", "value": 1000.0}]
metric measures aggregation -m a76ae627-82ac-470f-984a-43fc8575b226 b76ae627-82ac-470f-984a-43fc8575b226 --aggregation max --reaggregation sum --needed-overlap 50 --fill 0
  GET ~/aggregation/metric?aggregation=max&reaggregation=sum&needed_overlap=50.0&fill=0&metric=a76ae627-82ac-470f-984a-43fc8575b226&metric=b76ae627-82ac-470f-984a-43fc8575b226
metric measures aggregation -m cpu --query 'name=web-1' --start 2026-01-31
  POST ~/aggregation/resource/generic/metric/cpu?start=2026-01-31T00%3A00%3A00-05%3A00 {"=": {"name": "web-1"}}
metric measures aggregation -m cpu --query '{"=": {"a": 1}}' --resource-type disk --groupby a --groupby b
  POST ~/aggregation/resource/disk/metric/cpu?groupby=a&groupby=b {"=": {"a": 1}}
metric aggregates '(metric a mean)' --groupby x --start 2026-07-31T12:00:00
  POST ~/aggregates?start=2026-07-31T12%3A00%3A00-04%3A00 {"operations": "(metric a mean)"}
metric aggregates '["metric", ["cpu", "mean"]]' 'name=web-1' --resource-type disk
  POST ~/aggregates {"operations": ["metric", ["cpu", "mean"]], "search": {"=": {"name": "web-1"}}, "resource_type": "disk"}
metric aggregates '(metric cpu mean)' 'a=1' --groupby a --use-history yes
  POST ~/aggregates?groupby=a&use_history=True {"operations": "(metric cpu mean)", "search": {"=": {"a": 1}}, "resource_type": "generic"}
""")  # noqa: E501
test_requests = sends(CASES, "gnocchi")

test_rejected = rejects(
    rejection_table(
        """
2 metric measures show x --start tomorrow => 'tomorrow' is not a time
2 metric measures show x --stop 2026-13-01 => '2026-13-01' is not a time
2 metric measures show x --start 2026-W01 => '2026-W01' is not a time
2 metric measures add x -m 5 => is not TIME@VALUE
2 metric measures add x -m now@much => 'much' is not a number
2 metric measures add x -m now@nan => 'nan' is not a number
1 metric measures add x -m never@1 => 'never' is not a time
1 metric measures aggregation -m a b --query c=1 => --query needs a single metric
1 metric measures batch-metrics no-such-file => cannot be read
1 metric aggregates nosuch => are no operations
1 metric aggregates '(a (b c)' => do not match
1 metric aggregates '["a"' => not valid JSON
2 metric aggregates '(a)' --use-history maybe => neither true nor false
"""
    )
)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026", "2026-01-01T00:00:00-05:00"),
        ("2026-07", "2026-07-01T00:00:00-04:00"),
        ("2026-07-31 12:00", "2026-07-31T12:00:00-04:00"),
        ("20260731T120000", "2026-07-31T12:00:00-04:00"),
        ("2026-07-31T12:00:00.5Z", "2026-07-31T12:00:00.500000+00:00"),
        ("1795950000.25", "1795950000.25"),
        ("-10 seconds", "-10 seconds"),
        ("+2hour", "+2hour"),
    ],
)
def test_time_without_a_zone_is_local(text: str, time: str) -> None:
    """Gnocchi takes a time without a zone for UTC."""
    assert with_zone(text, "--start") == time


@pytest.mark.parametrize("text", ["", "-", "12", "1.2.3", "20261", "hour", "99999-01-01", "2026-07-31T25:00"])
def test_other_text_is_no_time(text: str) -> None:
    """A typing error is no time."""
    with pytest.raises(OstkError, match="is not a time"):
        with_zone(text, "--start")


def test_times_are_shown_in_local_time_or_utc() -> None:
    """The zone is shown in both."""
    assert shown_time("2026-01-01T03:00:00+00:00", utc=False) == "2025-12-31T22:00:00-05:00"
    assert shown_time("2026-01-01T03:00:00+00:00", utc=True) == "2026-01-01T03:00:00+00:00"


@pytest.mark.usefixtures("gnocchi")
class TestOutput:
    def test_measures_in_local_time(self, ostk: Run) -> None:
        assert ostk("metric measures show cpu -r r -f value").output == (
            "2026-07-01T04:00:00-04:00 60.0 1.0\n2026-07-01T04:01:00-04:00 60.0 2.5\n"
        )
        assert ostk("metric measures show cpu -r r --utc --plot").output == (
            "+---------------------------+-------------+-------+\n"
            "| timestamp                 | granularity | value |\n"
            "+---------------------------+-------------+-------+\n"
            "| 2026-07-01T08:00:00+00:00 |        60.0 |   1.0 |\n"
            "| 2026-07-01T08:01:00+00:00 |        60.0 |   2.5 |\n"
            "+---------------------------+-------------+-------+\n"
        )

    def test_groups(self, ostk: Run) -> None:
        line = "metric measures aggregation -m cpu --query a=1 --resource-type disk --groupby a --utc -f value"
        assert ostk(line).output.splitlines()[0] == "a: 1, b: 2 2026-07-01T08:00:00+00:00 60.0 1.0"

    def test_aggregates_are_named(self, cloud: FakeCloud, ostk: Run) -> None:
        assert ostk("metric aggregates '(metric a mean)' -f value").output.splitlines() == [
            "aggregated 2026-07-01T08:00:00+00:00 60.0 1.0",
            "aggregated 2026-07-01T08:01:00+00:00 60.0 2.5",
        ]
        nested = {"r-id": {"cpu": {"mean": MEASURES[:1]}}}
        cloud.answers[f"POST {M}/aggregates"] = {"measures": nested}
        assert ostk("metric aggregates '(metric cpu mean)' a=1 -f value -c name").output == "r-id/cpu/mean\n"
        grouped = [{"group": {"a": "1"}, "measures": {"measures": {"cpu": {"mean": MEASURES[:1]}}}}]
        cloud.answers[f"POST {M}/aggregates"] = grouped
        line = "metric aggregates '(metric cpu mean)' a=1 --groupby a -f value -c group -c name -c value"
        assert ostk(line).output == "a: 1 cpu/mean 1.0\n"


@pytest.mark.usefixtures("gnocchi")
class TestOnTerminal:
    @pytest.fixture(autouse=True)
    def terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ostk.render.terminal.is_terminal", lambda: True)
        monkeypatch.setattr("ostk.render.terminal.can_draw_boxes", lambda: True)
        monkeypatch.setenv("NO_COLOR", "1")

    def test_each_measure_has_a_bar(self, ostk: Run) -> None:
        shown = ostk("metric measures show cpu -r r").output
        assert "│ sparkline            │" in shown
        assert f"│   1.0 │ {'█' * 8:<20} │" in shown
        assert f"│   2.5 │ {'█' * 20} │" in shown

    def test_machine_formats_have_none(self, ostk: Run) -> None:
        assert "sparkline" not in ostk("metric measures show cpu -r r -f csv").output
        assert "█" not in ostk("metric measures show cpu -r r --plot -f json").output

    def test_plot(self, ostk: Run) -> None:
        shown = ostk("metric measures show cpu -r r --plot").output
        assert shown.startswith("granularity 60 s, 2 measures\n         2.5 ┤")
        assert "2026-07-01T04:00:00-04:00" in shown
        assert "│" not in shown


RESOURCES = {"r": {"cpu": [{"timestamp": "now", "value": 1}]}}


def test_batch_from_a_file(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """The object is sent as the file has it."""
    file = tmp_path / "measures.json"
    file.write_text(json.dumps(RESOURCES))
    assert ostk(f"metric measures batch-resources-metrics {file} --create-metrics").exit_code == 0
    path = f"POST {M}/batch/resources/metrics/measures?create_metrics=True"
    assert cloud.sent == [(path, RESOURCES)]


def test_batch_from_standard_input(cloud: FakeCloud, ostk: Run) -> None:
    """`-` is standard input."""
    content = {ID: [{"timestamp": "now", "value": 1}]}
    assert ostk("metric measures batch-metrics -", input=json.dumps(content)).exit_code == 0
    assert cloud.sent == [(f"POST {M}/batch/metrics/measures", content)]


@pytest.mark.parametrize("text", ["[]", "{", "5"])
def test_batch_of_something_else_is_refused(cloud: FakeCloud, ostk: Run, text: str) -> None:
    """Nothing is sent."""
    assert ostk("metric measures batch-metrics -", input=text).exit_code == 1
    assert cloud.sent == []
