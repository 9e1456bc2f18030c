"""Output options."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner, Result

from ostk.render.options import LIST_OPTIONS, SHOW_OPTIONS, output_from
from ostk.render.output import Output


def run(options: list[click.Option], *words: str, **environment: str) -> Result:
    """Run a command with these options, which prints the parsed output options."""

    def callback(**params: object) -> None:
        click.echo(repr(output_from(params)))

    command = click.Command("try", params=list(options), callback=callback)
    return CliRunner().invoke(command, words, env=environment)


@pytest.mark.parametrize("options", [LIST_OPTIONS, SHOW_OPTIONS])
def test_no_options_are_the_defaults(options: list[click.Option]) -> None:
    assert run(options).output == f"{Output()!r}\n"


def test_all_list_options() -> None:
    words = "-fcsv -cID --column Name --quote all --noindent --max-width 80 --fit-width --print-empty"
    result = run(LIST_OPTIONS, *words.split(), "--sort-column", "a", "--sort-column", "b", "--sort-descending")
    expected = Output("csv", ("ID", "Name"), ("a", "b"), True, 80, True, True, True, "all")
    assert result.output == f"{expected!r}\n"


def test_show_has_prefix_and_shell() -> None:
    result = run(SHOW_OPTIONS, "-f", "shell", "--prefix", "os_")
    assert result.output == f"{Output('shell', prefix='os_')!r}\n"


def test_show_has_the_older_option_for_the_shell_variables() -> None:
    result = run(SHOW_OPTIONS, "-f", "shell", "--variable", "id", "--variable", "name")
    assert result.output == f"{Output('shell', variables=('id', 'name'))!r}\n"
    assert run(LIST_OPTIONS, "--variable", "id").exit_code == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (LIST_OPTIONS, ["-f", "shell"]),
        (SHOW_OPTIONS, ["-f", "csv"]),
        (LIST_OPTIONS, ["--sort-ascending", "--sort-descending"]),
        (LIST_OPTIONS, ["--max-width", "wide"]),
    ],
)
def test_conflicting_options_are_rejected(options: list[click.Option], words: list[str]) -> None:
    result = run(options, *words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_environment_variables_are_defaults() -> None:
    environment = {"CLIFF_MAX_TERM_WIDTH": "70", "CLIFF_FIT_WIDTH": "1"}
    assert run(SHOW_OPTIONS, **environment).output == f"{Output(max_width=70, fit_width=True)!r}\n"
    spoken = run(SHOW_OPTIONS, "--max-width", "9", **environment | {"CLIFF_FIT_WIDTH": "0"})
    assert spoken.output == f"{Output(max_width=9)!r}\n"
    assert run(SHOW_OPTIONS, **dict.fromkeys(environment, "")).output == f"{Output()!r}\n"


@pytest.mark.parametrize("option", [*LIST_OPTIONS, *SHOW_OPTIONS], ids=lambda option: option.opts[-1])
def test_help_is_a_short_sentence_and_names_clash_with_no_field(option: click.Option) -> None:
    assert option.help
    assert option.help.endswith(".")
    assert len(option.help) <= 100
    assert option.name
    assert option.name.startswith("output_")
