"""The reference for packagers: `help --man` and `help --markdown`."""

from __future__ import annotations

import shutil
import subprocess

import click
import pytest

from ostk.cli import main
from ostk.language.command_lookup import leaves
from ostk.local.manual import escape_markdown, roff

from ..conftest import Run


def test_man_page_has_every_command_once(ostk: Run) -> None:
    text = ostk("help --man").output
    assert text.startswith('.TH OSTK 1 "" "ostk ')
    for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "GLOBAL OPTIONS", "COMPUTE", "OBJECT STORAGE", "EXIT STATUS"):
        assert text.count(f"\n.SH {section}\n") == 1
    commands = [words for words, _ in leaves(main, click.Context(main))]
    titles = [line.removeprefix(".SS ostk ") for line in text.splitlines() if line.startswith(".SS ")]
    assert sorted(titles) == sorted({command.replace("-", "\\-") for command in commands})
    assert text == ostk("help --man").output


def test_markdown_has_every_command_once(ostk: Run) -> None:
    text = ostk("help --markdown").output
    commands = [words for words, _ in leaves(main, click.Context(main))]
    titles = [line.removeprefix("### ostk ") for line in text.splitlines() if line.startswith("### ")]
    assert sorted(titles) == sorted(set(commands))
    assert text == ostk("help --markdown").output


def test_reference_of_a_command(ostk: Run) -> None:
    text = ostk("help --markdown volume create").output
    assert text.startswith("# ostk volume create\n\n")
    assert "## Volume\n\n### ostk volume create\n\n```\nostk volume create [OPTIONS]" in text
    assert "\n* `-f, --format FORMAT`: " in text
    assert "API reference: <https://docs.openstack.org/api-ref/block-storage/v3/" in text
    assert "--help" not in text
    page = ostk("help --man server resize").output
    assert "\n.SS ostk server resize confirm\n" in page


@pytest.mark.parametrize("words", ["nosuch", "flavor nosuch", "flavor show nosuch"])
def test_unknown_command_is_an_error(ostk: Run, words: str) -> None:
    result = ostk(f"help --man {words}")
    assert (result.exit_code, words.rpartition(" ")[0] in result.output) == (1, True)


def test_special_characters_are_escaped() -> None:
    assert roff(".a\n'b\\c-d…") == "\\&.a\n\\&'b\\ec\\-d\\[u2026]"
    assert escape_markdown("OS_* `a_b` <x>") == "OS\\_\\* `a_b` \\<x\\>"


def test_groff_takes_the_man_page(ostk: Run) -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    page = ostk("help --man").output
    done = subprocess.run(
        ["groff", "-man", "-ww", "-z", "-Tutf8"], input=page, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
