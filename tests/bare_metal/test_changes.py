"""Values of KEY=VALUE options, JSON patches, and the creation of what files describe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostk.bare_metal.changes import patch, read_value

from ..conftest import Run
from ..fake_cloud import FakeCloud

V1 = "/baremetal/v1"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.10", "1.10"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        ("007", "007"),
        ("-0", "-0"),
        ("NaN", "NaN"),
        ("[NaN]", "[NaN]"),
        ("2026-01-01", "2026-01-01"),
        ("", ""),
        (" 5", " 5"),
        ("{", "{"),
        ("[" * 99999, "[" * 99999),
        ("1024", 1024),
        ("-3", -3),
        ("true", True),
        ("null", None),
        ('"1.10"', "1.10"),
        ('"7"', "7"),
        ("[1.10]", [1.1]),
        ('{"a": 1e3}', {"a": 1000.0}),
    ],
)
def test_value_is_json_where_nothing_is_lost(text: str, value: Any) -> None:
    assert read_value(text) == value
    assert type(read_value(text)) is type(value)


@given(st.text())
def test_scalars_read_back_as_they_were_typed(text: str) -> None:
    """Whatever is typed: a number is exactly the number, and text stays as it is, unless it is quoted JSON."""
    value = read_value(text)
    assert not isinstance(value, float)
    if type(value) is int or (isinstance(value, str) and not text.strip().startswith('"')):
        assert str(value) == text


def test_patch_changes_keys_of_objects_and_other_fields_as_a_whole() -> None:
    assert list(patch({"extra": {"a": None}, "steps": [{"a": 1}], "name": None, "properties": ["p"]})) == [
        {"op": "add", "path": "/extra/a", "value": None},
        {"op": "add", "path": "/steps", "value": [{"a": 1}]},
        {"op": "remove", "path": "/name"},
        {"op": "remove", "path": "/properties/p"},
    ]


def test_set_without_options_sends_nothing_and_tells(cloud: FakeCloud, ostk: Run) -> None:
    """It is no error, as with the reference client: scripts add options by need."""
    result = ostk("baremetal node set a")
    assert (result.exit_code, result.stdout, cloud.sent) == (0, "", [])
    assert "Nothing to change" in result.stderr


def test_notices_are_on_standard_error(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("baremetal node delete a")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Deleted node a\n")
    assert ostk("baremetal node delete a --curl").stderr == ""


def test_documents_are_read_from_files_and_standard_input(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """Files are YAML or JSON."""
    steps = [{"interface": "bios", "step": "reset"}]
    (tmp_path / "steps").write_text("- interface: bios\n  step: reset\n")
    for where, given_input in ((str(tmp_path / "steps"), None), ("-", "- {interface: bios, step: reset}")):
        cloud.sent.clear()
        result = ostk(f"baremetal node clean a --clean-steps {where}", input=given_input)
        assert result.exit_code == 0, result.output
        assert cloud.sent == [(f"PUT {V1}/nodes/a/states/provision", {"target": "clean", "clean_steps": steps})]


FILE = """
chassis:
- description: c
  nodes:
  - name: one
    traits: [CUSTOM_X]
    ports: [{address: a}]
    portgroups: [{name: g, ports: [{address: b}]}]
nodes: [{name: two, ports: [{address: bad}, {address: c}]}, {name: three, ports: [{address: d, node_uuid: other}]}]
"""


def test_files_describe_parts_inside_what_they_belong_to(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """Parts get the UUIDs of what they are in; a failure leaves out the one resource."""
    (tmp_path / "f.yaml").write_text(FILE)

    def created(uuid: str) -> Any:
        return 201, {"uuid": uuid}

    cloud.answers[f"POST {V1}/chassis"] = created("c-id")
    cloud.answers[f"POST {V1}/nodes"] = iter([created("one-id"), created("two-id"), created("three-id")])
    cloud.answers[f"POST {V1}/portgroups"] = created("g-id")
    refused = (400, {"error_message": {"faultstring": "Expected valid MAC address"}})
    cloud.answers[f"POST {V1}/ports"] = iter([created("b-id"), created("a-id"), refused, created("c-id")])
    result = ostk(f"baremetal create {tmp_path / 'f.yaml'}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Cannot create the bare metal port bad: Expected valid MAC address" in result.stderr
    assert "port d: node_uuid is not that of what it is described in." in result.stderr
    assert "2 resources were not created." in result.stderr
    assert cloud.sent == [
        (f"POST {V1}/chassis", {"description": "c"}),
        (f"POST {V1}/nodes", {"name": "one", "chassis_uuid": "c-id"}),
        (f"PUT {V1}/nodes/one-id/traits", {"traits": ["CUSTOM_X"]}),
        (f"POST {V1}/portgroups", {"name": "g", "node_uuid": "one-id"}),
        (f"POST {V1}/ports", {"address": "b", "node_uuid": "one-id", "portgroup_uuid": "g-id"}),
        (f"POST {V1}/ports", {"address": "a", "node_uuid": "one-id"}),
        (f"POST {V1}/nodes", {"name": "two"}),
        (f"POST {V1}/ports", {"address": "bad", "node_uuid": "two-id"}),
        (f"POST {V1}/ports", {"address": "c", "node_uuid": "two-id"}),
        (f"POST {V1}/nodes", {"name": "three"}),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("nodes: {}\nports: []", "is not an object with the lists chassis and nodes"),
        ("- a", "is not an object with the lists chassis and nodes"),
        ("nodes: [a]", "holds something that is not an object"),
        ("nodes: {a: b}", "nodes is not a list"),
        ("nodes: [{ports: [a]}]", "ports holds something that is not an object"),
        ("nodes: [", "is not YAML or JSON"),
    ],
)
def test_files_are_validated_before_anything_is_sent(
    cloud: FakeCloud, ostk: Run, tmp_path: Path, content: str, words: str
) -> None:
    (tmp_path / "good.json").write_text('{"nodes": [{"driver": "d"}]}')
    (tmp_path / "f.yaml").write_text(content)
    result = ostk(f"baremetal create {tmp_path / 'good.json'} {tmp_path / 'f.yaml'}")
    assert result.exit_code == 1
    assert words in result.stderr
    assert cloud.all == []


def test_all_pages_are_listed(cloud: FakeCloud, ostk: Run) -> None:
    """Without --limit too, unlike the reference client."""
    pages = [
        {"nodes": [{"uuid": "1"}], "next": f"http://elsewhere{V1}/nodes?marker=1&limit=1"},
        {"nodes": [{"uuid": "2"}]},
    ]
    cloud.answers[f"GET {V1}/nodes"] = iter(pages)
    assert ostk("baremetal node list -f value -c uuid").stdout == "1\n2\n"
    cloud.answers[f"GET {V1}/nodes"] = iter(pages)
    assert ostk("baremetal node list -f value -c uuid --limit 1").stdout == "1\n"


def test_lists_are_sorted_by_value(cloud: FakeCloud, ostk: Run) -> None:
    """Numbers by their value, and what has none first."""
    rows = [{"uuid": str(index), "boot_index": index} for index in (10, 2)] + [{"uuid": "none", "boot_index": None}]
    cloud.answers[f"GET {V1}/volume/targets"] = {"targets": rows}
    assert ostk("baremetal volume target list --sort boot_index -f value -c uuid").stdout == "none\n2\n10\n"


def test_microversions(cloud: FakeCloud, ostk: Run) -> None:
    """The newest that both sides know, in both headers; a pin wins."""
    cloud.answers[f"GET {V1}/nodes"] = {"nodes": []}
    for pin, sent in (
        ("", "1.115"),
        (" --os-baremetal-api-version 1.50", "1.50"),
        (" --os-baremetal-api-version 1", "1.115"),
    ):
        assert ostk(f"baremetal node list{pin}").exit_code == 0
        headers = cloud.headers[-1]
        assert headers["X-OpenStack-Ironic-API-Version"] == sent
        assert headers["OpenStack-API-Version"] == f"baremetal {sent}"
