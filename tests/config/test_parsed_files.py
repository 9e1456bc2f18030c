"""Configuration files that an earlier run has parsed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ostk import cache
from ostk.config.parsed_files import NotVerbatim, parsed, positions, restored

TEXT = """\
clouds:
  lab:
    region_name: RegionOne
    verify: no
    auth: {auth_url: "http://c:5000/v3", username: ann, password: 'ann s3cret', project_name: ann}
    regions: [one, two, {name: three, values: {a: null}}]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clouds.yaml"
    path.write_text(TEXT)
    old = os.stat(path).st_mtime - 100
    os.utime(path, (old, old))
    return path


class Parser:
    """Counts how often a file is parsed."""

    def __init__(self, content: Any) -> None:
        self.content, self.calls = content, 0

    def __call__(self) -> Any:
        self.calls += 1
        return self.content


def state(path: Path, **changes: int) -> os.stat_result:
    """Return the state of a file as if it had last changed long ago."""
    found = os.stat(path)
    names = [
        "st_mode",
        "st_ino",
        "st_dev",
        "st_nlink",
        "st_uid",
        "st_gid",
        "st_size",
        "st_atime",
        "st_mtime",
        "st_ctime",
    ]
    times = {"st_atime": 1, "st_mtime": 1, "st_ctime": 1, **changes}
    exact = {f"{name}_ns": times[name] * 10**9 for name in ("st_atime", "st_mtime", "st_ctime")}
    return os.stat_result([times.get(name, getattr(found, name)) for name in names], exact)


def test_a_file_is_parsed_once(file: Path) -> None:
    parser = Parser({"clouds": {"lab": {"region_name": "RegionOne", "verify": False, "x": None, "l": ["one", "two"]}}})
    for _ in range(3):
        assert parsed(str(file), file.read_bytes(), state(file), parser) == parser.content
    assert parser.calls == 1
    parsed(str(file), file.read_bytes(), state(file, st_mtime=2), parser)
    parsed(str(file), file.read_bytes(), state(file, st_ino=5), parser)
    parsed(str(file), file.read_bytes(), state(file), parser, no_cache=True)
    assert parser.calls == 4


def test_a_file_that_has_just_changed_is_parsed(file: Path) -> None:
    parser = Parser({"clouds": {}})
    for _ in range(2):
        parsed(str(file), file.read_bytes(), os.stat(file), parser)
    assert parser.calls == 2


def test_no_value_is_in_the_cache(file: Path) -> None:
    parsed(str(file), file.read_bytes(), state(file), Parser({"password": "ann s3cret", "username": "ann"}))
    written = [path.read_text() for path in Path(cache.directory()).iterdir()]
    assert len(written) == 1
    assert "s3cret" not in written[0]
    assert "ann" not in written[0]


def test_clearing_the_cache_deletes_it_and_counts_credentials(file: Path) -> None:
    parsed(str(file), file.read_bytes(), state(file), Parser({"username": "ann"}))
    assert cache.clear() == 0
    assert list(Path(cache.directory()).iterdir()) == []


def test_values_that_are_not_in_the_file_as_they_are(file: Path) -> None:
    parser = Parser({"password": "a\nb"})
    for _ in range(2):
        assert parsed(str(file), file.read_bytes(), state(file), parser) == {"password": "a\nb"}
    assert parser.calls == 2
    with pytest.raises(NotVerbatim):
        positions("x\ty", b"x\\ty", [0])


@pytest.mark.parametrize(
    "content", [{"a": "é", "é": ["x", {"b": "x"}], "c": None, "d": True, "e": ""}, [], {}, None, "x"]
)
def test_content_is_restored(content: Any) -> None:
    raw = "x é x".encode()
    assert restored(json.loads(json.dumps(positions(content, raw, [0]))), raw) == content


@pytest.mark.parametrize("damage", ["[1]", '{"m": 5}', '{"l": [[0]]}', '{"m": [["a", ["b", "c"]]]}'])
def test_a_damaged_cache_is_not_used(file: Path, damage: str) -> None:
    parser = Parser({"username": "ann"})
    parsed(str(file), file.read_bytes(), state(file), parser)
    where = next(Path(cache.directory()).iterdir())
    data = json.loads(where.read_text())
    data["file"][1]["content"] = json.loads(damage)
    where.write_text(json.dumps(data))
    assert parsed(str(file), file.read_bytes(), state(file), parser) == {"username": "ann"}
    assert parser.calls == 2


def test_a_second_run_does_not_import_yaml(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostk.config.parsed_files.SETTLED", -1)
    program = (
        "import sys; import ostk.config.parsed_files as p; p.SETTLED = -1;"
        "from ostk.config.config import load; s = load({'os_cloud': 'lab'});"
        "print(s.text('password'), s.text('region_name'), 'yaml' in sys.modules)"
    )
    outputs = []
    for _ in range(2):
        environment = {**os.environ, "OS_CLIENT_CONFIG_FILE": str(file)}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        outputs.append(done.stdout)
    assert outputs == ["ann s3cret one True\n", "ann s3cret one False\n"]
