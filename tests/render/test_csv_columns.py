"""--format-config-file: the columns of CSV output."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud

PROJECTS = {"projects": [{"id": "1", "name": "a, b", "description": "d"}, {"id": "2", "name": "c"}]}


def test_file_chooses_the_columns(cloud: FakeCloud, ostk: Run, tmp_path: Path) -> None:
    """The titles are those of the file, the fields those of JSON output; an absent field is empty."""
    cloud.answers["GET /identity/v3/projects"] = PROJECTS
    file = tmp_path / "columns.yaml"
    file.write_text("- The Name: $.Name\n- None: $.Other\n- Number: ID\n")
    expected = '"The Name","None","Number"\n"a, b","","1"\n"c","","2"\n'
    assert ostk(f"project list --format-config-file {file}").output == expected
    assert ostk(f"project list -f csv --format-config-file {file}").output == expected


@pytest.mark.parametrize(
    ("text", "options", "status", "words"),
    [
        ("- a: $.b", "-f json", 2, "is for CSV output"),
        ("- a: $.b", "--query '[]'", 2, "is for CSV output"),
        ("a: $.b", "", 1, "is not a list of TITLE: FIELD"),
        ("- a", "", 1, "is not a list of TITLE: FIELD"),
        ("- a: 1", "", 1, "is not a list of TITLE: FIELD"),
        ("- [", "", 1, "is not valid YAML"),
        (None, "", 1, "cannot be read"),
    ],
)
def test_file_is_checked_first(
    cloud: FakeCloud, ostk: Run, tmp_path: Path, text: str | None, options: str, status: int, words: str
) -> None:
    """A file that cannot be used is an error before a request is sent."""
    file = tmp_path / "columns.yaml"
    if text is not None:
        file.write_text(text)
    result = ostk(f"project list --format-config-file {file} {options}")
    assert (result.exit_code, words in result.output, cloud.all) == (status, True, [])
