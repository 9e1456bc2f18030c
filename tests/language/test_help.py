"""Help pages: sections, notes, choices, width, pager; and the same texts in completion."""

from __future__ import annotations

import re
import shutil

import click
import pytest

from ostk.api.compute import NOVA
from ostk.api.load_balancer import PROVIDER
from ostk.api.network import NETWORK
from ostk.cli import main
from ostk.index import INDEX
from ostk.language import Arg, Opt, exclusive, help
from ostk.language.help import continued, describe, metavar, summary

from ..conftest import Run


def titles(text: str) -> list[str]:
    return re.findall(r"^(\S.*):$", text, re.MULTILINE)


def test_overview_fits_a_screen_and_names_each_noun(ostk: Run) -> None:
    text = ostk("--help").output
    lines = text.splitlines()
    assert len(lines) <= 50
    assert max(map(len, lines)) <= 80
    assert titles(text) == ["Common commands", "Nouns by service"]
    for noun in INDEX:
        assert noun.split()[0] in text
    assert ostk("help").output == text


def test_all_nouns_and_global_options_have_pages(ostk: Run) -> None:
    nouns = " ".join(ostk("help --all").output.split())
    for noun, (_, line) in INDEX.items():
        assert f"{noun} {line}" in nouns
    options = ostk("help options").output
    for flag in ("--os-cloud", "--os-auth-url", "--curl", "--version", "--help"):
        assert f"{flag} " in options
    assert "--os-cloud" not in ostk("server list --help").output


def test_command_help_has_sections(ostk: Run) -> None:
    text = ostk("server list --help").output
    assert titles(text) == ["Options", "Paging options", "Output options", "Examples"]
    own = text[text.index("\nOptions:") : text.index("\nPaging options:")].rstrip().splitlines()
    assert own[-1].split() == ["-h,", "--help", "Print", "this", "help", "and", "exit."]
    assert titles(ostk("server add volume --help").output)[:2] == ["Arguments", "Options"]
    assert titles(ostk("server resize --help").output) == ["Arguments", "Options", "Commands", "Examples"]


def test_long_choices_are_listed_in_the_help_text(ostk: Run) -> None:
    text = ostk("server list --help").output
    assert re.search(r"^  --status STATUS  ", text, re.MULTILINE)
    assert "One of: ACTIVE, BUILD, DELETED," in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_usage_shows_required_options(ostk: Run) -> None:
    assert ostk("subnet set --help").output.startswith("Usage: ostk subnet set [OPTIONS] SUBNET\n")
    usage = " ".join(ostk("server create --help").output.split("\n\n")[0].split())
    assert usage == "Usage: ostk server create --flavor FLAVOR [OPTIONS] SERVER_NAME"


def test_usage_is_broken_between_options_and_arguments(ostk: Run) -> None:
    usage = ostk("share migration start --help").output.split("\n\n")[0].splitlines()
    assert usage[:3] == [
        "Usage: ostk share migration start --preserve-metadata true|false",
        f"{'':34}--preserve-snapshots true|false",
        f"{'':34}--writable true|false",
    ]
    assert ostk("wait --help").output.startswith("Usage: ostk wait --for CONDITION [OPTIONS] NOUN... NAME\n")
    assert "-n INTEGER [OPTIONS]" not in ostk("metric benchmark measures add --help").output
    assert "\n  NAME...  " in ostk("zone create --help").output


@pytest.mark.parametrize(
    ("option", "text"),
    [
        (Opt("--network", "Network.", ref=NETWORK), "Network (name or ID)."),
        (Opt("--network", "Network.", ref=NETWORK, required=True), "Network (required; name or ID)."),
        (Opt("--size", "Size, in GiB.", default=1, type=int), "Size, in GiB (default: 1)."),
        (Opt("--priority", "Priority.", type=click.IntRange(1, 100)), "Priority (1 to 100)."),
        (Opt("--host", "Filter by host.", admin=True), "Filter by host (admin only)."),
        (Opt("--network", "Network (ID).", names=NETWORK), "Network (ID)."),
        (
            Opt("--network", "Network to use, by name.", names=NETWORK, required=True),
            "Network to use, by name (required).",
        ),
        (Arg("network", "Name of the network.", names=NETWORK), "Name of the network."),
        (Opt("--key", "Key. Others can see the key.", required=True), "Key (required). Others can see the key."),
        (Opt("--trait...", "Trait, e.g. CUSTOM_A."), "Trait, e.g. CUSTOM_A (repeat for several)."),
        (
            Opt("--tag", "Tag.", since="2.52", multiple=True),
            "Tag (requires compute API 2.52 or later; repeat for several).",
        ),
    ],
)
def test_notes_come_from_the_declaration(option: Opt | Arg, text: str) -> None:
    assert describe(option, NOVA) == text


@pytest.mark.parametrize(
    ("param", "text"),
    [
        (Opt("--url", "URL."), "URL"),
        (Opt("--fixed-ip", "Fixed IP address."), "ADDRESS"),
        (Opt("--new_host --new-host", "New host."), "HOST"),
        (Opt("--property...", "Key of the property to remove."), "KEY"),
        (Opt("--description", "Description."), "TEXT"),
        (Opt("--name", "Name.", metavar="NEW_NAME"), "NEW_NAME"),
        (Opt("--network", "Network.", names=NETWORK), "NETWORK"),
        (Opt("--external-network", "Network.", names=NETWORK), "NETWORK"),
        (Opt("--provider", "Provider.", names=PROVIDER), "PROVIDER"),
        (Opt("--vip-provider", "Provider.", names=PROVIDER), "LOAD_BALANCER_PROVIDER"),
    ],
)
def test_placeholder_says_what_the_value_is(param: Opt, text: str) -> None:
    assert metavar(param, click.Context(main)) == text


def test_options_of_which_one_is_required_are_named_beside_the_first() -> None:
    first, second = exclusive(Opt("-a --alpha", "Set a."), Opt("--beta", "Set b."), required=True)
    assert [describe(first), describe(second)] == ["Set a (one of --alpha, --beta is required).", "Set b."]
    assert describe(exclusive(Opt("--alpha", "Set a."), Opt("--beta", "Set b."))[0]) == "Set a."


def test_groups_have_a_text_of_their_own() -> None:
    ctx = click.Context(main, info_name="ostk")
    server = main.get_command(ctx, "server")
    assert isinstance(server, click.Group)
    add = server.get_command(click.Context(server, parent=ctx, info_name="server"), "add")
    assert add is not None
    assert summary(add).startswith("Commands: add ")


def test_long_examples_are_broken_before_options() -> None:
    assert continued("ostk x --one 1 --two 2", 16) == ["ostk x --one 1 \\", "    --two 2"]
    assert continued("ostk x", 3) == ["ostk x"]


def test_completion_shows_the_texts_of_help(ostk: Run) -> None:
    def completions(line: str) -> str:
        env = {"_OSTK_COMPLETE": "zsh_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
        return ostk("", env=env).stdout

    assert f"plain\nbgp\n{'BGP speakers, peers and dynamic routing agents.'}\n" in completions("ostk bg")
    assert "Commands that begin" not in completions("ostk ")
    ctx = click.Context(main, info_name="ostk")
    flavor = main.get_command(ctx, "flavor")
    assert isinstance(flavor, click.Group)
    command = flavor.get_command(ctx, "create")
    assert command is not None
    ram = next(param for param in command.params if param.name == "ram")
    assert f"plain\n--ram\n{describe(ram, NOVA)}\n" in completions("ostk flavor create --ra")


@pytest.mark.parametrize(("terminal", "lines", "paged"), [(True, 10, True), (True, 100, False), (False, 10, False)])
def test_long_pages_go_through_a_pager_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool, lines: int, paged: bool
) -> None:
    pages: list[str] = []
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: shutil.os.terminal_size((80, lines)))  # type: ignore[attr-defined]
    monkeypatch.setattr(click, "echo_via_pager", pages.append)
    monkeypatch.delenv("LESS", raising=False)
    text = "line\n" * 20
    help.print_help(text)
    assert (pages, capsys.readouterr().out) == (([text], "") if paged else ([], text))


def test_width_follows_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, width in ((60, 58), (100, 98), (300, 120)):
        monkeypatch.setenv("COLUMNS", str(columns))
        ctx = click.Context(main, info_name="ostk", **main.context_settings)
        assert ctx.make_formatter().width == width


def test_usage_has_the_name_of_the_program() -> None:
    from click.testing import CliRunner

    for name, begin in (("ostk", "Usage: ostk "), ("openstack", "usage: openstack ")):
        result = CliRunner().invoke(main, ["flavor", "list", "--help"], prog_name=name)
        assert result.output.startswith(f"{begin}flavor list")
