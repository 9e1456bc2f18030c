"""Alarms, their states, history and quotas: requests and output."""

from __future__ import annotations

import json

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

A = "/alarming/v2"
ID = "f6382ef3-63bb-480c-9d30-f0f29af0627d"
BY_NAME = "q.field=name&q.op=eq&q.value="
OF_ALL = "q.field=name&q.field=all_projects&q.op=eq&q.op=eq&q.value={}&q.value=true"
RULE = {"metric": "cpu", "threshold": 1.0, "comparison_operator": "eq", "resource_id": "r", "granularity": 60}
ALARM = {
    "alarm_id": ID,
    "name": "cpu-high",
    "enabled": True,
    "ok_actions": [],
    "type": "gnocchi_resources_threshold",
    "time_constraints": [],
    "timestamp": "2026-11-30T08:44:10.518415",
    "state": "ok",
    "gnocchi_resources_threshold_rule": RULE,
}
CONDITIONS = [{"field": "a", "op": "eq", "value": "b"}, {"field": "n", "op": "ge", "value": "3"}]
EVENT = {
    **{key: value for key, value in ALARM.items() if not key.endswith("_rule")},
    "name": "event",
    "type": "event",
    "time_constraints": [{"start": "0 1 * * *", "name": "c"}],
    "event_rule": {"event_type": "*", "query": CONDITIONS},
}
COMPOSITE = {**ALARM, "type": "composite", "name": "both", "composite_rule": {"or": [RULE]}}


@pytest.fixture
def aodh(cloud: FakeCloud) -> FakeCloud:
    """Answer as Aodh does: lists without an envelope."""
    cloud.answers |= {f"GET {A}/alarms?{BY_NAME}{one['name']}": [one] for one in (ALARM, EVENT, COMPOSITE)}
    cloud.answers |= {
        f"GET {A}/alarms": [],
        f"GET {A}/alarms/{ID}": ALARM,
        f"GET {A}/alarms/{ID}/history": [],
        f"POST {A}/query/alarms": [],
        f"POST {A}/query/alarms/history": [],
        f"POST {A}/alarms": (201, ALARM),
        f"PUT {A}/alarms/{ID}": ALARM,
        f"PUT {A}/alarms/{ID}/state": "alarm",
        f"GET {A}/quotas": {"project_id": "p", "quotas": [{"resource": "alarms", "limit": 7}]},
        f"POST {A}/quotas": {"project_id": "p", "quotas": [{"resource": "alarms", "limit": 5}]},
        f"GET {A}/capabilities": {"api": {"alarms": True}, "alarm_storage": {}},
        f"GET {A}/metrics": {"evaluation_results": [{"alarm_id": "a", "project_id": "p", "state_counters": {"ok": 3}}]},
    }
    return cloud


CASES = request_table("""
/alarming/v2
alarm list --limit 2 --marker m --sort name:asc
  GET ~/alarms?limit=2&marker=m&sort=name%3Aasc
alarm list --filter severity=low --filter name=a;b
  GET ~/alarms?q.field=name&q.field=severity&q.op=eq&q.op=eq&q.value=a%3Bb&q.value=low
alarm list --filter 'name=x;type=event'
  GET ~/alarms?q.field=name&q.field=type&q.op=eq&q.op=eq&q.value=x&q.value=event
alarm list --query 'name=cpu-high and severity=critical'
  POST ~/query/alarms {"filter": "{\\"and\\": [{\\"=\\": {\\"name\\": \\"cpu-high\\"}}, {\\"=\\": {\\"severity\\": \\"critical\\"}}]}"}
alarm list --query 'project_id=8f17e0a1b2c3d4e5f60718293a4b5c6d'
  POST ~/query/alarms {"filter": "{\\"=\\": {\\"project_id\\": \\"8f17e0a1b2c3d4e5f60718293a4b5c6d\\"}}"}
alarm show f6382ef3-63bb-480c-9d30-f0f29af0627d
  GET ~/alarms/f6382ef3-63bb-480c-9d30-f0f29af0627d
alarm show --name cpu-high
  GET ~/alarms?q.field=name&q.op=eq&q.value=cpu-high
alarm delete cpu-high f6382ef3-63bb-480c-9d30-f0f29af0627d
  GET ~/alarms?q.field=name&q.op=eq&q.value=cpu-high
  GET ~/alarms/f6382ef3-63bb-480c-9d30-f0f29af0627d
  DELETE ~/alarms/f6382ef3-63bb-480c-9d30-f0f29af0627d
  DELETE ~/alarms/f6382ef3-63bb-480c-9d30-f0f29af0627d
alarm delete --name cpu-high
  GET ~/alarms?q.field=name&q.op=eq&q.value=cpu-high
  DELETE ~/alarms/f6382ef3-63bb-480c-9d30-f0f29af0627d
alarm create --name a -t event --event-type 'compute.*' --query 'traits.a=string::b;n>=integer::3;x=y' --severity low --enabled no --repeat-actions true --description d --state ok
  POST ~/alarms {"name": "a", "type": "event", "description": "d", "state": "ok", "severity": "low", "enabled": false, "repeat_actions": true, "event_rule": {"event_type": "compute.*", "query": [{"field": "traits.a", "op": "eq", "type": "string", "value": "b"}, {"field": "n", "op": "ge", "type": "integer", "value": "3"}, {"field": "x", "op": "eq", "type": "", "value": "y"}]}}
alarm create --name a -t event --alarm-action http://a --alarm-action http://b --ok-action '' --insufficient-data-action log:// --time-constraint 'name=c;start="0 1 * * *";duration=300'
  POST ~/alarms {"name": "a", "type": "event", "alarm_actions": ["http://a", "http://b"], "ok_actions": null, "insufficient_data_actions": ["log://"], "time_constraints": [{"name": "c", "start": "0 1 * * *", "duration": "300"}], "event_rule": {}}
alarm create --name a -t threshold -m cpu --threshold 0 --period 60 --statistic max
  POST ~/alarms {"name": "a", "type": "threshold", "threshold_rule": {"meter_name": "cpu", "threshold": 0.0, "period": 60, "statistic": "max"}}
alarm create --name a -t prometheus --query 'up{a="b"}' --threshold 0 --comparison-operator gt
  POST ~/alarms {"name": "a", "type": "prometheus", "prometheus_rule": {"query": "up{a=\\"b\\"}", "threshold": 0.0, "comparison_operator": "gt"}}
alarm create --name a -t gnocchi_resources_threshold --metric cpu --threshold 0 --resource-id r --resource-type generic --aggregation-method mean --granularity 60 --evaluation-periods 2
  POST ~/alarms {"name": "a", "type": "gnocchi_resources_threshold", "gnocchi_resources_threshold_rule": {"metric": "cpu", "threshold": 0.0, "resource_id": "r", "resource_type": "generic", "aggregation_method": "mean", "granularity": "60", "evaluation_periods": 2}}
alarm create --name a -t gnocchi_aggregation_by_metrics_threshold --metric i --metrics j --threshold 5 --aggregation-method mean
  POST ~/alarms {"name": "a", "type": "gnocchi_aggregation_by_metrics_threshold", "gnocchi_aggregation_by_metrics_threshold_rule": {"metrics": ["i", "j"], "threshold": 5.0, "aggregation_method": "mean"}}
alarm create --name a -t gnocchi_aggregation_by_resources_threshold --metric cpu --threshold 5 --aggregation-method mean --resource-type generic --query '{"=": {"a": 1}}'
  POST ~/alarms {"name": "a", "type": "gnocchi_aggregation_by_resources_threshold", "gnocchi_aggregation_by_resources_threshold_rule": {"metric": "cpu", "threshold": 5.0, "aggregation_method": "mean", "resource_type": "generic", "query": "{\\"=\\": {\\"a\\": 1}}"}}
alarm create --name a -t composite --composite-rule '{"or": [{"type": "x"}]}'
  POST ~/alarms {"name": "a", "type": "composite", "composite_rule": {"or": [{"type": "x"}]}}
alarm create --name a -t loadbalancer_member_health --stack-id s --pool-id p --autoscaling-group-id g
  POST ~/alarms {"name": "a", "type": "loadbalancer_member_health", "loadbalancer_member_health_rule": {"stack_id": "s", "pool_id": "p", "autoscaling_group_id": "g"}}
alarm state get cpu-high
  GET ~/alarms?q.field=name&q.op=eq&q.value=cpu-high
alarm state set f6382ef3-63bb-480c-9d30-f0f29af0627d --state 'insufficient data'
  GET ~/alarms/f6382ef3-63bb-480c-9d30-f0f29af0627d
  PUT ~/alarms/f6382ef3-63bb-480c-9d30-f0f29af0627d/state "insufficient data"
alarm-history show f6382ef3-63bb-480c-9d30-f0f29af0627d --limit 2 --marker m --sort timestamp:desc
  GET ~/alarms/f6382ef3-63bb-480c-9d30-f0f29af0627d/history?limit=2&marker=m&sort=timestamp%3Adesc
alarm-history show cpu-high
  GET ~/alarms?q.field=name&q.op=eq&q.value=cpu-high
  GET ~/alarms/f6382ef3-63bb-480c-9d30-f0f29af0627d/history
alarm-history search
  POST ~/query/alarms/history {}
alarm-history search --query 'type="state transition"'
  POST ~/query/alarms/history {"filter": "{\\"=\\": {\\"type\\": \\"state transition\\"}}"}
alarm quota show
  GET ~/quotas
alarm quota show --project demo
  GET ~/quotas?project_id=demo-id
alarm quota set demo --alarm 5
  POST ~/quotas {"project_id": "demo-id", "quotas": [{"resource": "alarms", "limit": 5}]}
alarm quota set demo
  GET ~/quotas?project_id=demo-id
alarm metrics
  GET ~/metrics
alarming capabilities list
  GET ~/capabilities
""")  # noqa: E501
test_requests = sends(CASES, "aodh")

test_rejected = rejects(
    rejection_table(
        """
2 alarm create --name a -t event --enabled maybe => 'maybe' is neither true nor false
2 alarm create --name a -t event --repeat-actions maybe => 'maybe' is neither true nor false
2 alarm update a --enabled maybe => 'maybe' is neither true nor false
2 alarm create --name a -t prometheus --query up => needs --threshold
2 alarm create --name a -t gnocchi_resources_threshold --threshold 0 => needs --aggregation-method, --metric
2 alarm create --name a -t composite => needs --composite-rule
2 alarm create --name a -t composite --composite-rule '{' => not valid JSON
1 alarm create --name a -t composite --composite-rule '[]' => not a JSON object
1 alarm create --name a -t event --query odd => --query: 'odd' is not FIELD
1 alarm create --name a -t event --query 'a=odd::1' => 'odd' in 'a=odd::1' is not one of
2 alarm create --name a -t event --time-constraint odd => is not KEY=VALUE
2 alarm create --name a -t odd => odd
2 alarm create -t event => Missing option
1 alarm list --query 'name=cpu high' => 'high' cannot be read
1 alarm list --query 'name' => is not valid
1 alarm list --query 'a=1' --limit 2 => --query excludes --limit
2 alarm list --query 'a=1' --filter a=1 => exclude
2 alarm list --filter odd => is not KEY=VALUE
1 alarm-history search --query '=' => is not valid
1 alarm show => No alarm is named
1 alarm show a --name a => Give either
1 alarm delete => No alarm is named
1 alarm delete '' => is empty
1 alarm show --name '' => is empty
1 alarm update --threshold 1 => No alarm is named
1 alarm state get => No alarm is named
2 alarm state set a --state odd => odd
1 alarm quota set demo --alarm -2 => -2 is less than -1
"""
    )
)


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("cpu-high --enabled false", {"enabled": False}),
        ("cpu-high --name other", {"name": "other"}),
        ("--name cpu-high --threshold 0", {"gnocchi_resources_threshold_rule": {**RULE, "threshold": 0.0}}),
        (
            f"{ID} --metric mem --ok-action ''",
            {"ok_actions": None, "gnocchi_resources_threshold_rule": {**RULE, "metric": "mem"}},
        ),
    ],
)
def test_update_changes_what_is_given(aodh: FakeCloud, ostk: Run, line: str, changes: dict[str, object]) -> None:
    """Aodh replaces the whole alarm: the other fields are sent as they are."""
    assert ostk(f"alarm update {line}").exit_code == 0
    assert aodh.sent[-1] == (f"PUT {A}/alarms/{ID}", {**ALARM, **changes})


def test_update_to_another_type_begins_a_new_rule(aodh: FakeCloud, ostk: Run) -> None:
    """The rule of the old type is left out, also for prometheus."""
    assert ostk("alarm update cpu-high -t prometheus --query up --threshold 2").exit_code == 0
    body = aodh.sent[-1][1]
    assert body["prometheus_rule"] == {"query": "up", "threshold": 2.0}
    assert "gnocchi_resources_threshold_rule" not in body


def test_query_of_an_event_alarm_is_updated_in_its_form(aodh: FakeCloud, ostk: Run) -> None:
    """The type of the alarm says how its query is read."""
    assert ostk("alarm update event --query 'n>=integer::3'").exit_code == 0
    query = [{"field": "n", "op": "ge", "type": "integer", "value": "3"}]
    assert aodh.sent[-1][1]["event_rule"] == {"event_type": "*", "query": query}


def test_composite_rule_is_replaced(aodh: FakeCloud, ostk: Run) -> None:
    """A composite rule has no options of its own."""
    assert ostk("""alarm update both --composite-rule '{"and": []}'""").exit_code == 0
    assert aodh.sent[-1][1]["composite_rule"] == {"and": []}


def test_update_without_changes_sends_nothing(aodh: FakeCloud, ostk: Run) -> None:
    """The alarm is shown."""
    assert ostk("alarm update cpu-high -f value -c name").output == "cpu-high\n"
    assert {line.split()[0] for line, _ in aodh.sent} == {"GET"}


def test_update_with_options_of_another_type_is_refused(aodh: FakeCloud, ostk: Run) -> None:
    """They would be lost."""
    result = ostk("alarm update cpu-high --event-type '*'")
    assert (result.exit_code, "has none of the given options" in result.output) == (2, True)
    assert {line.split()[0] for line, _ in aodh.sent} == {"GET"}


def test_hint_where_the_quota_is_exceeded(aodh: FakeCloud, ostk: Run) -> None:
    """Aodh takes its own default, -1, for a limit."""
    error = {"error_message": {"faultstring": "Alarm quota exceeded for user u on project p"}}
    aodh.answers[f"POST {A}/alarms"] = (403, error)
    assert "alarm quota set PROJECT --alarm NUMBER" in ostk("alarm create --name a -t event").output


def test_name_of_several_alarms_is_refused(aodh: FakeCloud, ostk: Run) -> None:
    """Names are not unique; the IDs are told. MySQL finds a name in other case too."""
    others = [{**ALARM, "name": "Cpu-high", "alarm_id": "c"}, {**ALARM, "alarm_id": "d"}]
    aodh.answers[f"GET {A}/alarms?{BY_NAME}cpu-high"] = [ALARM, *others]
    result = ostk("alarm delete cpu-high")
    assert result.exit_code == 1
    assert f"Give the ID of one of them: {ID}, d." in result.output
    assert {line.split()[0] for line, _ in aodh.sent} == {"GET"}


@pytest.mark.parametrize(
    ("answer", "output"), [([ALARM], "ok\n"), ((403, {"error_message": {"faultstring": "no"}}), "No Alarm found for x")]
)
def test_alarm_of_another_project(aodh: FakeCloud, ostk: Run, answer: object, output: str) -> None:
    """An administrator finds it; for others there is none."""
    found = [{**ALARM, "name": "x"}] if isinstance(answer, list) else answer
    aodh.answers[f"GET {A}/alarms?{OF_ALL.format('x')}"] = found
    assert output in ostk("alarm state get x -f value").output


def test_deletion_goes_on_after_a_failure(aodh: FakeCloud, ostk: Run) -> None:
    """Each alarm that is not there is named."""
    result = ostk("alarm delete no-alarm cpu-high")
    assert result.exit_code == 1
    assert "No Alarm found for no-alarm" in result.output
    assert (f"DELETE {A}/alarms/{ID}", None) in aodh.sent


@pytest.mark.usefixtures("aodh")
class TestOutput:
    def test_rule_is_at_the_end_and_times_have_their_zone(self, ostk: Run) -> None:
        shown = json.loads(ostk("alarm show cpu-high -f json").output)
        assert [*shown][-5:] == [*RULE]
        assert shown["timestamp"] == "2026-11-30T08:44:10.518415+00:00"
        assert shown["time_constraints"] == []

    def test_conditions_and_constraints_are_text(self, ostk: Run) -> None:
        shown = json.loads(ostk("alarm show event -f json").output)
        assert shown["query"] == "a = b AND\nn >= 3"
        assert shown["time_constraints"] == '[\n  {\n    "name": "c",\n    "start": "0 1 * * *"\n  }\n]'
        assert json.loads(json.loads(ostk("alarm show both -f json").output)["composite_rule"]) == {"or": [RULE]}

    def test_state(self, ostk: Run) -> None:
        assert ostk("alarm state set cpu-high --state alarm -f json").output == '{\n  "state": "alarm"\n}\n'

    def test_history_has_times_with_their_zone(self, cloud: FakeCloud, ostk: Run) -> None:
        change = {"timestamp": "2026-11-30T08:44:10", "type": "creation", "detail": "{}", "event_id": "e"}
        cloud.answers[f"GET {A}/alarms/{ID}/history"] = [change]
        assert ostk(f"alarm-history show {ID} -f value").output == "2026-11-30T08:44:10+00:00 creation {} e\n"

    def test_quota(self, ostk: Run) -> None:
        assert ostk("alarm quota show -f json").output == '{\n  "alarms": 7\n}\n'

    def test_metrics(self, ostk: Run) -> None:
        labels = 'alarm_id="{a}", project_id="{p}", state="{ok}"'
        assert ostk("alarm metrics -f value").output == f"evaluation_result {labels} 3\n"
