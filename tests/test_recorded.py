"""Recorded answers: ostk prints for them what the reference client printed, in every format."""

from __future__ import annotations

import datetime
import json
import shlex
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from click.testing import CliRunner, Result

from ostk.cli import main

from .differences import differences
from .replay import RECORDED, Json, Recording, content, load, session_exchanges

ENVIRONMENT = {
    "OS_AUTH_URL": "http://127.0.0.1:5000/v3",
    "OS_USERNAME": "admin",
    "OS_PASSWORD": "s3cret",
    "OS_PROJECT_NAME": "admin",
    "OS_USER_DOMAIN_ID": "default",
    "OS_PROJECT_DOMAIN_ID": "default",
    "OS_REGION_NAME": "RegionOne",
    "OSTK_CACHE": "0",
    "COLUMNS": "80",
}
FILES = sorted(path for path in RECORDED.glob("*.json") if path.name != "session.json")
SESSION = session_exchanges()
# Files that recorded command lines name.
INPUT = Path(__file__).parent / "cloud" / "scenarios" / "files"


def cases() -> Iterator[Any]:
    """Give each line of each recording, once a format."""
    for path in FILES:
        for case in load(path)["cases"]:
            for format in case["reference"]:
                yield pytest.param(case, format, id=name(case, format))


def name(case: Json, format: str) -> str:
    """Return the ID of a test."""
    words = f"{case['line']} -f {format}" if format else str(case["line"])
    return f"{words} (filled)" if case.get("filled") else words


def expected(case: Json, format: str) -> str:
    """Return what ostk is to print: what the reference client printed, but for stated differences."""
    ours = case.get("differences", {}).get("ostk", {})
    return "\n".join(ours.get(format, case["reference"][format]))


def printed(case: Json, format: str) -> Result:
    """Run a recorded line on its recorded answers."""
    recording = Recording([*case["exchanges"], *SESSION])

    def answer(request: httpx.Request) -> httpx.Response:
        found = recording.find(request.method, str(request.url), request.headers)
        if found is None:
            return httpx.Response(404, json={"error": {"message": f"not recorded: {request.url}", "code": 404}})
        return httpx.Response(found["status"], headers=headers(found), content=content(found))

    line = shlex.split(case["line"])
    with respx.mock(assert_all_called=False, using="httpx") as router:
        router.route().mock(side_effect=answer)
        return CliRunner().invoke(main, [*line, "-f", format] if format else line, prog_name="ostk")


def headers(exchange: Json) -> dict[str, str]:
    """Return the headers of a recorded answer; the length of a body only where there is none (HEAD)."""
    found = exchange.get("headers", {})
    if exchange["request"].startswith("HEAD "):
        return dict(found)
    return {name: value for name, value in found.items() if name.lower() != "content-length"}


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The variables, the files and the clock that recorded lines are run with."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    shutil.copytree(INPUT, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("ostk.http.client.Http.sleep", lambda http, seconds: None)
    # `usage list` asks for the last four weeks: those before the recording.
    monkeypatch.setattr("ostk.compute.usage.current_time", lambda: datetime.datetime(2026, 11, 29, 12))


@pytest.mark.usefixtures("replay")
@pytest.mark.parametrize(("case", "format"), list(cases()))
def test_prints_what_the_reference_client_prints(case: Json, format: str) -> None:
    result = printed(case, format)
    assert result.exit_code == 0, result.output
    assert differences(case, format, expected(case, format), result.stdout) == []


PROVIDER = "resource provider show 00000001-0000-4000-8000-000000000001"
# What a release of a service that renames a field would do to a recorded line.
RENAMED = [
    ("flavor list --all", "vcpus", "column VCPUs: recorded 1, printed 0"),
    ("port show sample", "mac_address", "column mac_address: recorded fa:16:3e:00:00:01, printed null"),
    ("volume list --all-projects --long --name sample", "size", "column Size: recorded 1, printed null"),
    ("image list --public --long", "disk_format", "column Disk Format: recorded qcow2, printed null"),
    ("project list --sort name:desc,id --long", "domain_id", "column Domain ID: recorded default, printed null"),
    ("group list --domain sample-d2 --long", "description", "column Description: recorded h, printed null"),
    (PROVIDER, "generation", "column generation: recorded 0, printed null"),
]


@pytest.mark.usefixtures("replay")
@pytest.mark.parametrize(("format", "null"), [("json", "null"), ("yaml", "null"), ("table", "None")])
@pytest.mark.parametrize(("line", "field", "message"), RENAMED)
def test_a_renamed_field_is_told_by_its_column(line: str, field: str, message: str, format: str, null: str) -> None:
    recorded = next(case for path in FILES for case in load(path)["cases"] if case["line"] == line)
    text = json.dumps(recorded["exchanges"])
    assert f'"{field}": ' in text
    case = {**recorded, "exchanges": json.loads(text.replace(f'"{field}": ', f'"new_{field}": '))}
    told = differences(case, format, expected(recorded, format), printed(case, format).stdout)
    message = message.replace("null", null)
    assert told[0] == f"{line} -f {format}: {message}; no answer has the field {field}"


def test_an_unchanged_output_has_no_differences() -> None:
    case = {"line": "flavor list", "exchanges": []}
    assert differences(case, "json", "[]", "[]") == []


def test_an_output_without_columns_differs_by_its_lines() -> None:
    case = {"line": "flavor list", "exchanges": []}
    assert differences(case, "value", "a\nb", "a\nc") == ["flavor list -f value: line 2: recorded 'b', printed 'c'"]
    assert differences(case, "json", "[]", "[ ]") == ["flavor list -f json: line 1: recorded '[]', printed '[ ]'"]


def test_a_missing_row_is_told() -> None:
    case = {"line": "flavor list", "exchanges": []}
    assert differences(case, "csv", '"ID"\n"1"\n"2"\n', '"ID"\n"1"\n') == [
        "flavor list -f csv: recorded 2 rows, printed 1"
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_difference_has_a_reason(path: Path) -> None:
    for case in load(path)["cases"]:
        if "differences" in case:
            assert case["differences"]["reason"], case["line"]
            assert case["differences"]["ostk"], case["line"]


def test_no_recording_tells_of_one_machine() -> None:
    for path in RECORDED.glob("*.json"):
        text = path.read_text()
        assert not [word for word in (str(Path(__file__).parents[1]), socket.gethostname() + "/") if word in text], path
        json.loads(text)
