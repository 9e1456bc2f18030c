"""Stacks and their parts: what is sent, events while waiting, hooks, failures, output formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud, stack_named
from ..request_tables import rejection_table, rejects, request_table, sends

HEAT = "/orchestration/v1/p"
TEMPLATE = {"heat_template_version": "2018-08-31"}
LINKS = [{"rel": "stack", "href": f"http://cloud{HEAT}/stacks/s/s-id"}]
CASES = request_table("""
/orchestration/v1/p
stack list
  GET ~/stacks
stack list --deleted --nested --hidden --property name=a --property status=X --property status=Y --tags a,b --limit 3
  GET ~/stacks?show_deleted=true&show_nested=true&show_hidden=true&name=a&status=X&status=Y&tags=a%2Cb&limit=3
stack list --tags a --tag-mode not-any --marker m --sort id:desc --all-projects --project demo --short
  GET ~/stacks?tenant=demo-id&marker=m&global_tenant=true&not_tags_any=a
stack list --long
  GET ~/stacks?global_tenant=true
stack show s
  GET ~/stacks/s/s-id
stack show s --no-resolve-outputs
  GET ~/stacks/s/s-id?resolve_outputs=false
stack create s -t t.yaml
  POST ~/stacks {"template": {"heat_template_version": "2018-08-31"}, "parameters": {}, "files": {}, "environment": {}, "disable_rollback": true, "stack_name": "s"}
stack create s -t t.yaml --parameter a=b;c=d --timeout 5 --enable-rollback --tags x,y --pre-create n/r --parameter-file f=t.yaml
  POST ~/stacks {"template": {"heat_template_version": "2018-08-31"}, "parameters": {"a": "b;c=d", "f": "heat_template_version: 2018-08-31\\n"}, "files": {}, "environment": {"resource_registry": {"resources": {"n": {"r": {"hooks": "pre-create"}}}}}, "disable_rollback": false, "timeout_mins": 5, "tags": "x,y", "stack_name": "s"}
stack create s -t t.yaml --parameter a=1 --parameter a=2 -e in/swift.yaml --files-container c
  POST ~/stacks {"template": {"heat_template_version": "2018-08-31"}, "parameters": {"a": ["1", "2"]}, "files": {}, "environment": {}, "environment_files": ["in/swift.yaml"], "files_container": "c", "disable_rollback": true, "stack_name": "s"}
stack create s -t t.yaml --dry-run
  POST ~/stacks/preview {"template": {"heat_template_version": "2018-08-31"}, "parameters": {}, "files": {}, "environment": {}, "disable_rollback": true, "stack_name": "s"}
stack update s -t t.yaml --rollback enabled --converge --timeout 3
  PUT ~/stacks/s/s-id {"template": {"heat_template_version": "2018-08-31"}, "parameters": {}, "files": {}, "environment": {}, "disable_rollback": false, "converge": true, "timeout_mins": 3}
stack update s --existing --parameter a=b --clear-parameter c --clear-parameter d --tags t
  PATCH ~/stacks/s/s-id {"parameters": {"a": "b"}, "files": {}, "environment": {}, "clear_parameters": ["c", "d"], "tags": "t"}
stack update s -t t.yaml --dry-run --show-nested --rollback disabled
  PUT ~/stacks/s/s-id/preview?show_nested=true {"template": {"heat_template_version": "2018-08-31"}, "parameters": {}, "files": {}, "environment": {}, "disable_rollback": true}
stack update s --existing --dry-run --pre-update r
  PATCH ~/stacks/s/s-id/preview {"parameters": {}, "files": {}, "environment": {"resource_registry": {"resources": {"r": {"hooks": "pre-update"}}}}}
stack adopt s --adopt-file adopt.json --parameter a=b --timeout 2
  POST ~/stacks {"adopt_stack_data": "{\\"files\\": {\\"x\\": \\"y\\"}}", "parameters": {"a": "b"}, "files": {"x": "y"}, "environment": {}, "disable_rollback": true, "timeout_mins": 2, "stack_name": "s"}
stack delete s other --yes
  DELETE ~/stacks/s/s-id
  DELETE ~/stacks/other/other-id
stack check s
  POST ~/stacks/s/s-id/actions {"check": null}
  then GET ~/stacks/s/s-id?resolve_outputs=false
stack suspend s
  POST ~/stacks/s/s-id/actions {"suspend": null}
stack resume s
  POST ~/stacks/s/s-id/actions {"resume": null}
stack export s
  GET ~/stacks/s/s-id/export
stack abandon s
  DELETE ~/stacks/s/s-id/abandon
stack resource list s
  GET ~/stacks/s/s-id/resources
stack resource list s --long -n 2 --filter name=a --filter name=b
  GET ~/stacks/s/s-id/resources?name=a&name=b&nested_depth=2&with_detail=true
stack resource show s r --with-attr a --with-attr b
  GET ~/stacks/s/s-id/resources/r?with_attr=a&with_attr=b
stack resource metadata s r
  GET ~/stacks/s/s-id/resources/r/metadata
stack resource signal s r
  POST ~/stacks/s/s-id/resources/r/signal
stack resource signal s r --data '{"a":1}'
  POST ~/stacks/s/s-id/resources/r/signal {"a": 1}
stack resource signal s r --data-file adopt.json
  POST ~/stacks/s/s-id/resources/r/signal {"files": {"x": "y"}}
stack resource mark unhealthy s r bad
  PATCH ~/stacks/s/s-id/resources/r {"mark_unhealthy": true, "resource_status_reason": "bad"}
stack resource mark unhealthy s r --reset
  PATCH ~/stacks/s/s-id/resources/r {"mark_unhealthy": false, "resource_status_reason": ""}
stack event list s
  GET ~/stacks/s/s-id/events?sort_dir=asc
stack event list s --filter resource_name=a --limit 2 --marker m --nested-depth 1 --sort resource_name:desc -f json
  GET ~/stacks/s/s-id/events?sort_keys=resource_name&sort_dir=desc&resource_name=a&limit=2&marker=m&nested_depth=1
stack event list s --resource r
  GET ~/stacks/s/s-id/resources/r/events?sort_dir=asc
stack event show s r e
  GET ~/stacks/s/s-id/resources/r/events/e
stack output list s
  GET ~/stacks/s/s-id/outputs
stack output show s o
  GET ~/stacks/s/s-id/outputs/o
stack snapshot list s
  GET ~/stacks/s/s-id/snapshots
stack snapshot show s n
  GET ~/stacks/s/s-id/snapshots/n
stack snapshot create s --name n
  POST ~/stacks/s/s-id/snapshots {"name": "n"}
stack snapshot restore s n
  POST ~/stacks/s/s-id/snapshots/n/restore
stack snapshot delete s n -y
  DELETE ~/stacks/s/s-id/snapshots/n
stack template show s
  GET ~/stacks/s/s-id/template
stack environment show s
  GET ~/stacks/s/s-id/environment
stack file list s
  GET ~/stacks/s/s-id/files
stack hook clear s r --pre-delete
  GET ~/stacks/s/s-id/resources
  then POST ~/stacks/s/s-id/resources/r/signal {"unset_hook": "pre-delete"}
stack failures list s
  GET ~/stacks/s/s-id?resolve_outputs=false
orchestration build info
  GET ~/build_info
orchestration service list
  GET ~/services
orchestration resource type list
  GET ~/resource_types
orchestration resource type list --long --filter name=Random
  GET ~/resource_types?name=Random&with_description=true
orchestration resource type show OS::Heat::Value --long
  GET ~/resource_types/OS%3A%3AHeat%3A%3AValue?with_description=true
orchestration resource type show OS::Heat::Value --template-type HOT
  GET ~/resource_types/OS%3A%3AHeat%3A%3AValue/template?template_type=hot
orchestration template validate -t t.yaml --show-nested --ignore-errors 99001 --parameter a=b
  POST ~/validate?show_nested=true&ignore_errors=99001 {"template": {"heat_template_version": "2018-08-31"}, "parameters": {"a": "b"}, "files": {}, "environment": {}}
orchestration template version list
  GET ~/template_versions
orchestration template function list v --with_conditions
  GET ~/template_versions/v/functions?with_condition_func=true
software config list --limit 2 --marker m
  GET ~/software_configs?limit=2&marker=m
software config show c
  GET ~/software_configs
  GET ~/software_configs/c-id
software config create c --config-file t.yaml --group g
  POST ~/validate {"template": {"heat_template_version": "2013-05-23", "resources": {"c": {"type": "OS::Heat::SoftwareConfig", "properties": {"group": "g", "config": "heat_template_version: 2018-08-31\\n", "inputs": [], "outputs": [], "options": {}}}}}}
  then POST ~/software_configs {"name": "c", "group": "g", "config": "heat_template_version: 2018-08-31\\n", "inputs": [], "outputs": [], "options": {}}
software config delete c
  GET ~/software_configs
  DELETE ~/software_configs/c-id
software deployment list --server web
  GET ~/software_deployments?server_id=web-id
software deployment show d-id --long
  GET ~/software_deployments/d-id
software deployment create d --server web --signal-transport NO_SIGNAL --input-value a=b --action GO
  POST ~/software_configs {"name": "d", "group": "Heat::Ungrouped", "config": "", "options": {}, "outputs": [], "inputs": [{"name": "a", "type": "String", "value": "b"}, {"name": "deploy_server_id", "description": "ID of the server of the deployment", "type": "String", "value": "web-id"}, {"name": "deploy_action", "description": "Action of the deployment", "type": "String", "value": "GO"}, {"name": "deploy_signal_transport", "description": "How the server reports the outputs", "type": "String", "value": "NO_SIGNAL"}]}
  then POST ~/software_deployments {"config_id": "new-id", "server_id": "web-id", "action": "GO", "status": "IN_PROGRESS"}
software deployment delete d-id
  GET ~/software_deployments/d-id
  then DELETE ~/software_deployments/d-id
  then DELETE ~/software_configs/config-id
software deployment metadata show web
  GET ~/software_deployments/metadata/web-id
software deployment output show d-id --all
  GET ~/software_deployments/d-id
""")  # noqa: E501
test_sends = sends(CASES)
test_rejects = rejects(
    rejection_table("""
1 stack create s -t nosuch.yaml => The file
1 stack create s -t adopt.json => adopt.json is not a template: it has no heat_template_version.
2 stack create s => Missing option '-t' / '--template'
2 stack create s -t t.yaml --parameter a => 'a' is not KEY=VALUE.
1 stack update s => The update needs --template, or --existing
1 stack event list s --follow -f json => --follow requires --format log.
1 stack event list s --resource r --nested-depth 1 => exclude each other
1 stack output show s => Give either the key of an output or --all.
1 stack output show s o --all => Give either the key of an output or --all.
1 stack resource signal s r --data [1] => The data of the signal is not a JSON object.
1 stack resource signal s r --data { => The data of the signal is not JSON
1 stack list --sort id:down => 'id:down' is not a sort key.
1 stack list --sort stack_name --sort :desc => ':desc' is not a sort key.
1 stack event list s --sort :down => ':down' is not a sort key.
1 stack hook poll s => The stack s is CREATE_COMPLETE: no hook can be waiting.
1 stack cancel s => The stack s is CREATE_COMPLETE: there is nothing to cancel.
1 stack show no-such => No Stack found for no-such
1 software deployment output show d-id => Give either the name of an output or --all.
1 orchestration resource type show X --template-type hot --long => exclude each other
""")
)


@pytest.fixture(autouse=True)
def heat(cloud: FakeCloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
    """Return the fake cloud with answers about a stack `s`, in a directory with a template."""
    (tmp_path / "t.yaml").write_text("heat_template_version: 2018-08-31\n")
    (tmp_path / "adopt.json").write_text('{"files": {"x": "y"}}')
    monkeypatch.chdir(tmp_path)
    resource = {"resource_name": "r", "resource_status": "CREATE_COMPLETE", "links": LINKS, "physical_resource_id": "p"}
    deployment = {"id": "d-id", "config_id": "config-id", "output_values": {"deploy_stdout": "x", "n": 1}}
    config = {"id": "c-id", "name": "c", "config": "text", "group": "g"}
    given = {
        "/stacks/s/s-id/resources": {"resources": [resource]},
        "/stacks/s/s-id/resources/r": {"resource": resource},
        "/stacks/s/s-id/resources/r/metadata": {"metadata": {"a": 1}},
        "/stacks/s/s-id/events": {"events": []},
        "/stacks/s/s-id/resources/r/events": {"events": []},
        "/stacks/s/s-id/resources/r/events/e": {"event": {"id": "e"}},
        "/stacks/s/s-id/outputs": {"outputs": [{"output_key": "o"}]},
        "/stacks/s/s-id/outputs/o": {"output": {"output_key": "o", "output_value": 1}},
        "/stacks/s/s-id/snapshots": {"snapshots": []},
        "/stacks/s/s-id/snapshots/n": {"id": "n"},
        "/stacks/s/s-id/template": TEMPLATE,
        "/stacks/s/s-id/environment": {"parameters": {}},
        "/stacks/s/s-id/files": {},
        "/stacks/s/s-id/export": {"name": "s"},
        "/build_info": {"api": {}, "engine": {}},
        "/services": {"services": []},
        "/resource_types": {"resource_types": ["B", "A"]},
        "/resource_types/OS::Heat::Value": {"resource_type": "x"},
        "/resource_types/OS::Heat::Value/template": {"Resources": {}},
        "/template_versions": {"template_versions": [{"version": "v", "type": "hot", "aliases": ["a", "b"]}]},
        "/template_versions/v/functions": {"template_functions": []},
        "/software_configs": {"software_configs": [config]},
        "/software_configs/c-id": {"software_config": config},
        "/software_deployments": {"software_deployments": []},
        "/software_deployments/d-id": {"software_deployment": deployment},
        "/software_deployments/metadata/web-id": {"metadata": []},
    }
    cloud.answers |= {f"GET {HEAT}{path}": answer for path, answer in given.items()}
    new = {"id": "s-id", "links": []}
    cloud.answers |= {
        f"POST {HEAT}/stacks": {"stack": new},
        f"POST {HEAT}/stacks/preview": {"stack": {"stack_name": "s", "id": "None"}},
        f"DELETE {HEAT}/stacks/s/s-id/abandon": {"name": "s"},
        f"PUT {HEAT}/stacks/s/s-id/preview": {"resource_changes": {"added": []}},
        f"PATCH {HEAT}/stacks/s/s-id": {},
        f"PATCH {HEAT}/stacks/s/s-id/preview": {"resource_changes": {"added": []}},
        f"POST {HEAT}/stacks/s/s-id/snapshots": {"id": "n", "name": "n"},
        f"POST {HEAT}/validate": {"Description": "d"},
        f"POST {HEAT}/software_configs": {"software_config": {"id": "new-id"}},
        f"POST {HEAT}/software_deployments": {"software_deployment": {"id": "d-id"}},
    }
    return cloud


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a clock that sleeping turns."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return now


def event(status: str, name: str = "s", physical: str = "s-id", reason: str = "why", **fields: Any) -> dict[str, Any]:
    """Return an event."""
    return {
        "id": f"{name}-{status}",
        "event_time": "2026-01-01T00:00:00Z",
        "resource_name": name,
        "physical_resource_id": physical,
        "resource_status": status,
        "resource_status_reason": reason,
        "links": LINKS,
        **fields,
    }


def pages(*events: list[dict[str, Any]]) -> Iterator[Any]:
    """Give the events of each request in turn, and then none."""
    yield from ({"events": one} for one in [*events, *[[]] * 99])


def test_wait_writes_events_on_standard_error_and_json_stays_json(heat: FakeCloud, ostk: Run) -> None:
    started = [event("CREATE_IN_PROGRESS"), event("CREATE_COMPLETE", "r", "p")]
    heat.answers[f"GET {HEAT}/stacks/s/s-id/events"] = pages(started, [event("CREATE_COMPLETE")])
    result = ostk("stack create s -t t.yaml --wait -f json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["stack_status"] == "CREATE_COMPLETE"
    assert result.stderr == (
        "2026-01-01 00:00:00Z s-CREATE_IN_PROGRESS [s]: CREATE_IN_PROGRESS  why\n"
        "2026-01-01 00:00:00Z r-CREATE_COMPLETE [s.r]: CREATE_COMPLETE  why\n"
        "2026-01-01 00:00:00Z s-CREATE_COMPLETE [s]: CREATE_COMPLETE  why\n"
    )
    assert f"GET {HEAT}/stacks/s/s-id/events?marker=r-CREATE_COMPLETE&sort_dir=asc" in [line for line, _ in heat.all]


def test_wait_fails_with_the_stack(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks/s/s-id/events"] = pages([event("UPDATE_COMPLETE")], [event("ROLLBACK_COMPLETE")])
    result = ostk("stack update s --existing --wait")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "The stack s is ROLLBACK_COMPLETE." in result.stderr
    assert "stack failures list s" in result.stderr


def test_snapshots_are_waited_for(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks/s/s-id/events"] = pages(
        [], [event("SNAPSHOT_COMPLETE")], [], [event("RESTORE_IN_PROGRESS")], [event("RESTORE_COMPLETE")]
    )
    heat.answers[f"GET {HEAT}/stacks/s/s-id/snapshots/n"] = {"snapshot": {"id": "n", "status": "COMPLETE"}}
    result = ostk("stack snapshot create s --wait -f value -c status")
    assert (result.exit_code, result.stdout) == (0, "COMPLETE\n")
    result = ostk("stack snapshot restore s n --wait")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("[s]: RESTORE_COMPLETE  why\n")
    heat.answers[f"GET {HEAT}/stacks/s/s-id/events"] = pages([], [event("RESTORE_FAILED")])
    result = ostk("stack snapshot restore s n --wait")
    assert (result.exit_code, "The stack s is RESTORE_FAILED." in result.stderr) == (1, True)


def test_wait_asks_for_the_stack_where_no_events_come(heat: FakeCloud, ostk: Run, clock: list[float]) -> None:
    assert ostk("stack create s -t t.yaml --wait --poll 3").exit_code == 0
    assert clock[0] == 106.0


def test_wait_ends_after_its_time(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks/s/s-id/events"] = ({"events": [event("CREATE_IN_PROGRESS")]} for _ in range(99))
    result = ostk("stack create s -t t.yaml --wait --wait-timeout 9")
    assert (result.exit_code, "The stack s s-id is not ready after 9 seconds" in result.stderr) == (124, True)


def test_delete_waits_until_the_stack_is_gone_and_goes_on_after_a_failure(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks/s/s-id/events"] = pages(
        [], [event("DELETE_IN_PROGRESS")], [event("DELETE_COMPLETE")]
    )
    result = ostk("stack delete no-such s --wait --yes")
    assert result.exit_code == 1
    assert "DELETE_COMPLETE" in result.stderr
    assert "Failed to delete stack with name or ID 'no-such'" in result.stderr
    assert (f"DELETE {HEAT}/stacks/s/s-id", None) in heat.sent


def test_delete_asks_on_a_terminal_only(heat: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: self.name == "<stdin>", raising=False)
    result = ostk("stack delete s", input="n\n")
    assert (result.exit_code, heat.sent) == (0, [])
    assert "Delete all resources of s?" in result.output
    assert ostk("stack delete s", input="y\n").exit_code == 0
    assert [line for line, _ in heat.sent] == [f"DELETE {HEAT}/stacks/s/s-id"]


def test_nested_stack_is_found_by_redirect(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks?name=s-one-x"] = {"stacks": []}
    heat.answers[f"GET {HEAT}/stacks/s-one-x?resolve_outputs=false"] = {"stack": stack_named("inner")}
    ostk("stack template show s-one-x")
    assert heat.all[-1][0] == f"GET {HEAT}/stacks/inner/inner-id/template"


def test_project_column_appears_with_the_first_row_that_has_one(heat: FakeCloud, ostk: Run) -> None:
    assert ostk("stack list -f csv").stdout == '"ID","Stack Name","Stack Status","Creation Time","Updated Time"\n'
    heat.answers[f"GET {HEAT}/stacks"] = {"stacks": [{"id": "i", "stack_name": "n", "project": "p"}]}
    assert ostk("stack list --short -f csv").stdout.splitlines()[0] == '"ID","Stack Name","Project","Stack Status"'


def test_show_has_yaml_in_tables_and_python_literals_as_values(heat: FakeCloud, ostk: Run) -> None:
    fields = {"parameters": {"b": 1, "a": "x"}, "capabilities": [], "template_description": "t"}
    heat.answers[f"GET {HEAT}/stacks/s/s-id"] = {"stack": {**stack_named("s"), **fields}}
    assert ostk("stack show s -c parameters -c capabilities").stdout == (
        "+--------------+-------+\n"
        "| Field        | Value |\n"
        "+--------------+-------+\n"
        "| parameters   | a: x  |\n"
        "|              | b: 1  |\n"
        "|              |       |\n"
        "| capabilities | []    |\n"
        "+--------------+-------+\n"
    )
    assert ostk("stack show s -f value -c parameters").stdout == "{'b': 1, 'a': 'x'}\n"
    assert "template_description" not in json.loads(ostk("stack show s -f json").stdout)


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("stack template show s", "heat_template_version: '2018-08-31'"),
        ("stack file list s", "files: {}"),
        ("stack resource metadata s r", "{"),
        ("stack export s", "{"),
        ("stack snapshot show s n", "id: n"),
        ("software config create c", "{"),
        ("orchestration template validate -t t.yaml", "Description: d"),
    ],
)
def test_default_format(heat: FakeCloud, ostk: Run, line: str, first: str) -> None:
    assert ostk(line).stdout.splitlines()[0] == first
    assert ostk(f"{line} -f table").stdout.startswith("+--")


def test_hook_poll_lists_hooks_that_wait_since_the_action_began(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks?name=s"] = {"stacks": [{**stack_named("s"), "stack_status": "UPDATE_IN_PROGRESS"}]}
    paused, cleared = "UPDATE paused until Hook pre-update is cleared", "Hook pre-update is cleared"
    found = [event("X", "old", reason=paused), event("Y", reason="Stack UPDATE started")]
    found += [event("X", name, reason=paused) for name in ("a", "b")] + [event("X", "a", reason=cleared)]
    heat.answers[f"GET {HEAT}/stacks/s/s-id/events"] = {"events": found}
    assert ostk("stack hook poll s -f value -c 'Resource Name'").stdout == "b\n"
    assert ostk("stack hook poll s --nested-depth 1 -f value -c 'Stack Name'").stdout == "s\n"


def test_hook_clear_takes_patterns_and_the_hook_of_the_action(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks?name=s"] = {"stacks": [{**stack_named("s"), "stack_status": "UPDATE_IN_PROGRESS"}]}
    assert ostk("stack hook clear s '[q-s]'").exit_code == 0
    assert heat.sent[-1] == (f"POST {HEAT}/stacks/s/s-id/resources/r/signal", {"unset_hook": "pre-update"})
    result = ostk("stack hook clear s q*")
    assert (result.exit_code, "The stack s has no resource 'q*'." in result.stderr) == (1, True)


def test_cancel_sends_what_the_status_allows(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks?name=s"] = {"stacks": [{**stack_named("s"), "stack_status": "CREATE_IN_PROGRESS"}]}
    assert "nothing to cancel.\nA creation is canceled with --no-rollback." in ostk("stack cancel s").output
    assert ostk("stack cancel s --no-rollback").exit_code == 0
    assert (f"POST {HEAT}/stacks/s/s-id/actions", {"cancel_without_rollback": None}) in heat.sent


def test_failures_are_those_of_the_innermost_stacks(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks/s/s-id?resolve_outputs=false"] = {
        "stack": {**stack_named("s"), "stack_status": "CREATE_FAILED"}
    }
    nested = [{"rel": "nested", "href": "x"}]
    reason = "\n".join(map(str, range(12)))
    failed = {"resource_status": "CREATE_FAILED", "resource_type": "T", "resource_status_reason": reason}
    outer = {**failed, "resource_name": "one", "links": nested, "physical_resource_id": "inner"}
    inner = {**failed, "resource_name": "two", "links": [], "physical_resource_id": "d-id"}
    inner["resource_type"] = "OS::Heat::SoftwareDeployment"
    heat.answers[f"GET {HEAT}/stacks/s/s-id/resources"] = {"resources": [outer]}
    heat.answers[f"GET {HEAT}/stacks/inner/inner-id/resources"] = {"resources": [inner]}
    text = ostk("stack failures list s").stdout
    assert text.startswith("s.one.two:\n  resource_type: OS::Heat::SoftwareDeployment\n  physical_resource_id: d-id\n")
    assert "  status_reason: |\n    ...\n\n    2\n    3\n" in text
    assert text.endswith("    11\n  deploy_stdout: |\n    x\n  deploy_stderr: |\n    None\n")
    assert "    0\n    1\n    2\n" in ostk("stack failures list s --long").stdout


def test_abandon_keeps_the_stack_where_the_file_cannot_be_written(heat: FakeCloud, ostk: Run) -> None:
    result = ostk("stack abandon s --output-file no/such/file")
    assert (result.exit_code, heat.sent) == (1, [])
    assert ostk("stack abandon s --output-file out.json").exit_code == 0
    assert json.loads(Path("out.json").read_text()) == {"name": "s"}


def test_abandon_prints_the_data_where_they_cannot_be_stored(
    heat: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*paths: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ostk.files.replace", fail)
    result = ostk("stack abandon s --output-file out.json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, {"name": "s"})
    assert "No space left on device" in result.stderr


def test_resources_as_a_graph(heat: FakeCloud, ostk: Run) -> None:
    url = f"http://cloud{HEAT}/stacks/s/s-id"

    def resource(name: str, stack: str, *more: dict[str, str], **fields: Any) -> dict[str, Any]:
        links = [{"rel": "self", "href": f"{url}/{name}"}, {"rel": "stack", "href": stack}, *more]
        return {"resource_name": name, "resource_type": "T", "resource_status": "X", "links": links, **fields}

    nested = {"rel": "nested", "href": "n/x"}
    found = [resource("a", "s/x", nested, required_by=["b"]), resource("b", "s/x"), resource("c", "n/x")]
    heat.answers[f"GET {HEAT}/stacks/s/s-id/resources"] = {"resources": found}
    text = ostk("stack resource list s -f dot").stdout
    assert text.count('T" ];') == 3
    assert 'label="a"' in text
    assert "lhead=cluster_stack_" in text
    assert sum(" -> " in line for line in text.splitlines()) == 2


def test_columns_of_a_dry_run(heat: FakeCloud, ostk: Run) -> None:
    assert ostk("stack update s --existing --dry-run -f json -c added").stdout == '{\n  "added": []\n}\n'
    assert ostk("stack create s -t t.yaml --dry-run -f value -c stack_name -c parameters").stdout == "s\n"


def test_text_of_a_config_and_time_of_a_deployment(heat: FakeCloud, ostk: Run) -> None:
    assert ostk("software config show c --config-only").stdout == "text\n"
    assert ostk("software deployment show d-id -f value -c updated_time").stdout == "\n"


def test_sort_keys_of_stacks(heat: FakeCloud, ostk: Run) -> None:
    """Several keys in one --sort or in several; no value comes first, and an unknown field is an error."""
    rows = [{"id": "1", "stack_name": "b", "tags": None}, {"id": "2", "stack_name": "a", "tags": ["x"]}]
    heat.answers[f"GET {HEAT}/stacks"] = {"stacks": [*rows, {"id": "3", "stack_name": "a", "tags": None}]}
    ids = "stack list -f value -c ID --sort"
    assert ostk(f"{ids} stack_name,id:desc").stdout == "3\n2\n1\n"
    assert ostk(f"{ids} stack_name:desc --sort id").stdout == "1\n2\n3\n"
    assert ostk(f"{ids} tags").stdout == "1\n3\n2\n"
    failed = ostk(f"{ids} nosuch")
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert failed.stderr == "Cannot sort by 'nosuch': no result has this field.\n"


def test_sort_keys_of_events(heat: FakeCloud, ostk: Run) -> None:
    """A direction alone is that of the time, and is not sent as a key."""
    rows = [{"id": str(index), "event_time": f"2030-01-0{index}", "resource_name": "r"} for index in (1, 3, 2)]
    heat.answers[f"GET {HEAT}/stacks/s/s-id/events"] = {"events": rows}
    assert ostk("stack event list s --sort :desc -f value -c id").stdout == "3\n2\n1\n"
    assert f"GET {HEAT}/stacks/s/s-id/events?sort_dir=desc" in [line for line, _ in heat.all]
    assert "Cannot sort by 'nosuch'" in ostk("stack event list s --sort nosuch -f value").stderr


def test_resource_types_are_sorted(heat: FakeCloud, ostk: Run) -> None:
    assert ostk("orchestration resource type list -f csv").stdout == '"Resource Type"\n"A"\n"B"\n'
    heat.answers[f"GET {HEAT}/resource_types"] = {"resource_types": [{"resource_type": "A", "description": "d"}]}
    text = ostk("orchestration resource type list --long -f csv").stdout
    assert text == '"Resource Type","Description"\n"A","d"\n'


def test_output_that_is_not_there_names_those_that_are(heat: FakeCloud, ostk: Run) -> None:
    heat.answers[f"GET {HEAT}/stacks/s/s-id/outputs/x"] = httpx.Response(404, json={})
    result = ostk("stack output show s x")
    assert (result.exit_code, result.stderr) == (1, "The stack s has no output 'x'.\nOutputs: o.\n")
    heat.answers[f"GET {HEAT}/stacks/s/s-id/outputs/o"] = {"output": {"output_key": "o", "output_error": "no"}}
    assert "The output o of the stack s has no value: no" in ostk("stack output show s o").stderr


def test_deployment_reports_to_a_temporary_url(heat: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1000.0)
    assert ostk("software deployment create d --server web --container c --timeout 2").exit_code == 0
    inputs = {one["name"]: one["value"] for one in dict(heat.sent)[f"POST {HEAT}/software_configs"]["inputs"]}
    assert inputs["deploy_signal_verb"] == "PUT"
    assert inputs["deploy_signal_id"].startswith("http://cloud/object/v1/AUTH_p/c/")
    assert inputs["deploy_signal_id"].endswith("&temp_url_expires=1120")
