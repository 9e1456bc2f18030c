"""Templates and environments: which files are read, which values they have, and what is sent of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from ostk.errors import OstkError
from ostk.orchestration.templates import load_yaml, merged, with_hooks

from ..conftest import Run
from ..fake_cloud import HOST, FakeCloud

CREATE = "POST /orchestration/v1/p/stacks"
VERSION = "heat_template_version: 2018-08-31\n"
INNER = VERSION + "outputs: {o: {value: {get_file: ../data.txt}}}\n"


@pytest.fixture(autouse=True)
def directory(cloud: FakeCloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current directory, with a template that names a file and a nested template."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner/inner.yaml").write_text(INNER)
    (tmp_path / "data.txt").write_text("text")
    (tmp_path / "raw").write_bytes(b"\xff\x00")
    resources = "resources: {a: {type: inner/inner.yaml}, b: {type: OS::X, properties: {x: {get_file: raw}}}}\n"
    (tmp_path / "t.yaml").write_text(VERSION + resources)
    (tmp_path / "plain.yaml").write_text(VERSION)
    monkeypatch.chdir(tmp_path)
    cloud.answers[CREATE] = {"stack": {"id": "s-id"}}
    return tmp_path


def sent(cloud: FakeCloud) -> Any:
    """Return the body of the request that creates a stack."""
    return dict(cloud.sent)[CREATE]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-01-01", "2020-01-01"),
        ("2020-01-01 10:00:00", "2020-01-01 10:00:00"),
        ("012", 10),
        ("12:30:45", 45045),
        ("yes", True),
        ("'yes'", "yes"),
        ("1_000", 1000),
        ("{a: 1}", {"a": 1}),
        ('{"a": "b"}', {"a": "b"}),
        ("", None),
    ],
)
def test_values_are_those_of_yaml_1_1_with_dates_as_text(text: str, value: object) -> None:
    assert load_yaml(text, "f") == value


@pytest.mark.parametrize("text", ["a: [", "a: .inf", "a: !!binary aGk=", "a: &x [*x]", "? [a]\n: 1"])
def test_a_value_that_cannot_be_sent_is_an_error(text: str) -> None:
    with pytest.raises(OstkError, match="f is not valid: "):
        load_yaml(text, "f")


def test_files_are_sent_by_url(cloud: FakeCloud, ostk: Run, directory: Path) -> None:
    assert ostk("stack create s -t t.yaml").exit_code == 0
    base = directory.as_uri()
    inner = {"heat_template_version": "2018-08-31", "outputs": {"o": {"value": {"get_file": f"{base}/data.txt"}}}}
    assert {url: text for url, text in sent(cloud)["files"].items() if "inner" not in url} == {
        f"{base}/data.txt": "text",
        f"{base}/raw": "/wA=\n",
    }
    assert json.loads(sent(cloud)["files"][f"{base}/inner/inner.yaml"]) == inner
    resources = sent(cloud)["template"]["resources"]
    assert resources["a"]["type"] == f"{base}/inner/inner.yaml"
    assert resources["b"] == {"type": "OS::X", "properties": {"x": {"get_file": f"{base}/raw"}}}


def test_a_missing_file_is_named_with_the_document_that_names_it(cloud: FakeCloud, ostk: Run, directory: Path) -> None:
    (directory / "data.txt").unlink()
    result = ostk("stack create s -t t.yaml")
    assert (result.exit_code, cloud.all) == (1, [])
    assert result.stderr == (
        f"The file {directory}/data.txt cannot be read: No such file or directory "
        f"(named in {directory}/inner/inner.yaml).\n"
    )


def test_a_template_that_contains_itself_is_an_error(cloud: FakeCloud, ostk: Run, directory: Path) -> None:
    (directory / "inner/inner.yaml").write_text(VERSION + "resources: {a: {type: ../t.yaml}}")
    result = ostk("stack create s -t t.yaml")
    assert (result.exit_code, cloud.all) == (1, [])
    assert "t.yaml contains itself (named in" in result.stderr


def test_environments_are_sent_in_order_and_merged(cloud: FakeCloud, ostk: Run, directory: Path) -> None:
    (directory / "one.yaml").write_text(
        "parameters: {a: 1, m: {x: 1}}\nresource_registry: {'My::A': inner/inner.yaml, 'My::B': 'OS::X', resources: "
        "{r: {hooks: pre-create}}}\n"
    )
    (directory / "two.yaml").write_text("parameters: {a: 2, m: {y: 2}}\nparameter_merge_strategies: {m: merge}\n")
    assert ostk("stack create s -t plain.yaml -e one.yaml -e two.yaml").exit_code == 0
    base, body = directory.as_uri(), sent(cloud)
    assert body["environment_files"] == [f"{base}/one.yaml", f"{base}/two.yaml"]
    registry = {"My::A": f"{base}/inner/inner.yaml", "My::B": "OS::X", "resources": {"r": {"hooks": "pre-create"}}}
    assert json.loads(body["files"][f"{base}/one.yaml"])["resource_registry"] == registry
    assert body["environment"]["parameters"] == {"a": 2, "m": {"x": 1, "y": 2}}
    assert f"{base}/data.txt" in body["files"]


def test_hooks_are_set_beside_environment_files(cloud: FakeCloud, ostk: Run, directory: Path) -> None:
    (directory / "one.yaml").write_text("resource_registry: {resources: {a: {'OS::X': 'OS::Y'}}}\n")
    assert ostk("stack create s -t plain.yaml -e one.yaml --pre-create b").exit_code == 0
    body = sent(cloud)
    assert json.loads(body["files"][body["environment_files"][-1]]) == {
        "resource_registry": {"resources": {"a": {"OS::X": "OS::Y"}, "b": {"hooks": "pre-create"}}}
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [("sections: {}", "e.yaml is not an environment: it has a section 'sections'."), ("[]", ""), ("[a]", "mapping")],
)
def test_environment_that_is_none(cloud: FakeCloud, ostk: Run, directory: Path, text: str, words: str) -> None:
    (directory / "e.yaml").write_text(text)
    result = ostk("stack create s -t plain.yaml -e e.yaml")
    assert (result.exit_code, words in result.output) == (int(bool(words)), True)


def test_with_a_files_container_only_the_template_is_read(cloud: FakeCloud, ostk: Run) -> None:
    assert ostk("stack create s -t t.yaml -e no/env.yaml --files-container c").exit_code == 0
    assert (sent(cloud)["files"], sent(cloud)["environment_files"]) == ({}, ["no/env.yaml"])
    assert sent(cloud)["template"]["resources"]["a"]["type"] == "inner/inner.yaml"


def test_a_template_from_a_url_has_files_of_its_host_alone(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /dir/t.yaml"] = httpx.Response(200, text=VERSION + "outputs: {o: {value: {get_file: a.txt}}}")
    cloud.answers["GET /dir/a.txt"] = httpx.Response(200, text="a")
    assert ostk(f"stack create s -t {HOST}/dir/t.yaml").exit_code == 0
    assert sent(cloud)["files"] == {f"{HOST}/dir/a.txt": "a"}
    at = [line for line, _ in cloud.all].index("GET /dir/t.yaml")
    assert "x-auth-token" not in cloud.headers[at]
    text = VERSION + "outputs: {o: {value: {get_file: 'file:///etc/hosts'}}}"
    cloud.answers["GET /dir/t.yaml"] = httpx.Response(200, text=text)
    result = ostk(f"stack create s -t {HOST}/dir/t.yaml")
    assert (result.exit_code, "names the file /etc/hosts of this machine" in result.stderr) == (1, True)


def test_the_token_is_sent_to_the_object_store_of_the_cloud(cloud: FakeCloud, ostk: Run) -> None:
    path = "/object/v1/AUTH_p/c/t.yaml"
    cloud.answers[f"GET {path}"] = httpx.Response(200, text=VERSION)
    assert ostk(f"stack create s -t {HOST}{path}").exit_code == 0
    at = [line for line, _ in cloud.all].index(f"GET {path}")
    assert cloud.headers[at]["x-auth-token"] == "the-token"


def test_merge_keeps_an_object_where_a_later_environment_has_null() -> None:
    assert merged({"a": {"b": 1}, "c": 1}, {"a": None, "c": None}) == {"a": {"b": 1}, "c": None}


def test_hooks_of_nested_stacks() -> None:
    assert with_hooks({}, ["a/b", "a/c/"], "pre-update") == {
        "a": {"b": {"hooks": "pre-update"}, "c": {"hooks": "pre-update"}}
    }
