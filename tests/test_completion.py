"""Completion in the real shells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostk.language import completion
from ostk.language.shells import SHELLS, Split, quoted
from ostk.local.complete import script
from ostk.tab import answer

from . import verb_words
from .conftest import Run
from .fake_cloud import FakeCloud

SCRIPTS = Path(__file__).parent.parent / "completions"
ASK = {
    "bash": "source {script}; COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}};"
    ' _ostk_completion ostk; printf "%s\\n" "${{COMPREPLY[@]}}"',
    "zsh": "compdef() {{ }}; compadd() {{ print -l -- $texts }};"
    " source {script}; words=({line}); CURRENT=$#words; _ostk_completion",
    "fish": "source {script}; complete -C '{line}' | string split -f 1 \\t",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_committed_scripts_are_those_that_ostk_prints(shell: str, ostk: Run) -> None:
    assert (SCRIPTS / f"ostk.{shell}").read_text() == script(shell) + "\n"
    assert ostk(f"complete --shell {shell}").output == script(shell) + "\n"


def test_table_of_commands_and_options_without_a_shell(ostk: Run) -> None:
    lines = ostk("complete --shell none").output.splitlines()
    shown = dict(line.removeprefix("  ").removesuffix("'").split("='") for line in lines)
    words = {variable: value.split() for variable, value in shown.items()}
    assert all(line == f"  {variable}='{value}'" for line, (variable, value) in zip(lines, shown.items(), strict=True))
    assert {"server", "keypair", "alarm-history"} <= {*words["cmds"]}
    assert words["cmds_keypair"] == ["create", "delete", "list", "show"]
    assert words["cmds_coe_cluster"][:3] == ["config", "create", "delete"]
    assert words["cmds_coe_cluster_template_show"][:3] == ["-h", "--help", "-f"]
    assert {"--flavor", "--confirm", "confirm", "revert"} <= {*words["cmds_server_resize"]}
    assert words["cmds_server_resize_confirm"][:2] == ["-h", "--help"]
    assert "--variable" not in words["cmds_server_show"]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ostk flav", ["flavor"]),
        ("ostk flavor se", ["set"]),
        ("ostk flavor list --min", ["--min-disk", "--min-ram"]),
        ("ostk network list --os-region-name x --status A", ["ACTIVE"]),
        ("ostk flavor list -f j", ["json", "jsonl"]),
    ],
)
def test_words_options_and_choices_are_completed(shell: str, line: str, offered: list[str]) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    text = ASK[shell].format(script=SCRIPTS / f"ostk.{shell}", line=line)
    done = subprocess.run([program, "-c", text], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.split() == offered, done.stderr


def offered(ostk: Run, line: str) -> list[str]:
    """Return the completions for a line in bash, without starting a process."""
    words = line.split(" ")
    env = {"_OSTK_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    result = ostk("", env=env)
    assert result.stderr == ""
    return [text.partition(",")[2] for text in result.stdout.split()]


def test_names_come_from_the_cloud_and_are_cached(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/networks"] = {"networks": [{"id": "1", "name": "web"}, {"id": "2", "name": "db"}]}
    assert offered(ostk, "ostk network show ") == ["db", "web"]
    assert offered(ostk, "ostk network delete d") == ["db"]
    assert len([line for line, _ in cloud.all if line.startswith("GET /network")]) == 1


def test_names_are_quoted_for_bash(cloud: FakeCloud, ostk: Run) -> None:
    names = ["db", "my server", "$(touch x)", "a;b", "c\nplain,d", "e\x1b[2J"]
    cloud.answers["GET /network/v2.0/networks"] = {"networks": [{"id": "1", "name": name} for name in names]}
    env = {"COMP_WORDS": "ostk network show ", "COMP_CWORD": "3"}
    told = ostk("", env={**env, "_OSTK_COMPLETE": "bash_complete"}).stdout.splitlines()
    assert told == ["plain,'$(touch x)'", "plain,'a;b'", "plain,db", "plain,'my server'"]
    told = ostk("", env={**env, "_OSTK_COMPLETE": "zsh_complete"}).stdout.splitlines()
    assert told[1::3] == ["$(touch x)", "a;b", "db", "my server"]


def test_names_for_an_option_that_takes_one(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /identity/v3/projects"] = {"projects": [{"id": "1", "name": "demo"}]}
    assert offered(ostk, "ostk network list --project d") == ["demo"]


def test_names_of_what_a_parent_has(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /dns/v2/zones"] = {"zones": [{"id": "z-id", "name": "z."}]}
    cloud.answers["GET /dns/v2/zones/z-id/recordsets"] = {"recordsets": [{"id": "1", "name": "www.z."}]}
    assert offered(ostk, "ostk recordset show z w") == ["www.z."]
    assert offered(ostk, "ostk recordset delete z a") == []


@pytest.mark.parametrize("answer", [(500, {}), (200, b"<html>"), (200, {"networks": 3}), (401, {})])
def test_completion_errors_are_silent(cloud: FakeCloud, ostk: Run, answer: object) -> None:
    cloud.answers["GET /network/v2.0/networks"] = answer
    assert offered(ostk, "ostk network show ") == []


def test_completion_without_a_cloud_is_silent(ostk: Run) -> None:
    assert offered(ostk, "ostk network show ") == []


def test_completion_of_words_imports_no_noun() -> None:
    program = "import sys\nfrom ostk.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules)"
    env = {**os.environ, "_OSTK_COMPLETE": "bash_complete", "COMP_WORDS": "ostk ", "COMP_CWORD": "1"}
    command = [sys.executable, "-c", program.replace("main()", "main(prog_name='ostk')")]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert "plain,flavor" in done.stdout
    modules = set(done.stdout.splitlines()[-1].split())
    assert not {"ostk.compute.flavor", "ostk.network.network", "httpx", "rich", "ssl"} & modules


def test_completion_has_a_timeout(cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(completion, "TIMEOUT", 0.1)
    monkeypatch.setattr(cloud, "given", lambda line, request: answered.wait(30))
    start = time.monotonic()
    assert offered(ostk, "ostk network show ") == []
    assert time.monotonic() - start < 10
    answered.set()


def offered_texts(ostk: Run, line: str) -> list[str]:
    """Return the texts that fish is offered after a line, without starting a process."""
    result = ostk("", env={"_OSTK_COMPLETE": "fish_line", "COMP_LINE": line})
    assert result.stderr == ""
    kind, *texts = result.stdout.splitlines()
    assert kind == "plain"
    return [text.partition("\t")[0] for text in texts]


CLOUDS = """
clouds:
  lab: {region_name: north, auth: {auth_url: "http://cloud/identity", username: u, password: p, project_name: x}}
  "two words": {regions: [east, {name: west}], auth: {auth_url: "http://cloud/identity", username: u, password: p}}
"""


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("--os-cloud l", ["lab"]),
        ("server list --os-cloud t", ["two words"]),
        ("server list --os-cloud=t", ["--os-cloud=two words"]),
        ("cloud use sandbox", ["sandbox", "sandbox-admin"]),
        ("cloud check l", ["lab"]),
        ("--os-cloud 'two words' server list --os-region-name ", ["east", "west"]),
        ("server list -c Power", ["Power State"]),
        ("server list -c power_s", ["Power State"]),
        ("server list --sort-column Na", ["Name"]),
        ("server list --sort-col Na", ["Name"]),
        ("server list -c Name -c N", ["Networks"]),
        ("api bare", ["baremetal", "baremetal-introspection"]),
        ("api nov", ["nova"]),
        ("config get output.f", ["output.format"]),
        ("config set output.format js", ["json", "jsonl"]),
        ("config set output.colors ", ["true", "false"]),
        ("config set cloud la", ["lab"]),
        ("config unset aliases.", ["aliases.ll", "aliases.short list"]),
        ("l", ["limit", "limits", "loadbalancer", "local", "ll"]),
        ("help server li", ["list"]),
        ("help netw", ["network"]),
        ("server list --vm-state act", ["active"]),
        ("nosuch ", []),
        ("server list --nosuch=x", []),
        ("ll --sort-column Na", ["Name"]),
    ],
)
def test_values_that_need_no_cloud(ostk: Run, tmp_path: Path, line: str, texts: list[str]) -> None:
    (tmp_path / "clouds.yaml").write_text(CLOUDS)
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "ostk" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[aliases]\nll = "server list --long"\n"short list" = "server list"\n')
    assert offered_texts(ostk, f"ostk {line}") == texts


def test_regions_come_from_the_catalog(cloud: FakeCloud, ostk: Run) -> None:
    assert offered_texts(ostk, "ostk server list --os-region-name ") == ["RegionOne"]


def test_key_pairs_and_objects_in_the_container_given_before(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSTK_CACHE", "0")
    pairs = [{"keypair": {"name": name}} for name in ("laptop", "desk top")]
    cloud.answers["GET /compute/v2.1/os-keypairs"] = {"keypairs": pairs}
    assert offered_texts(ostk, "ostk server create --key-name ") == ["desk top", "laptop"]
    assert offered_texts(ostk, "ostk keypair delete laptop ") == ["desk top"]
    objects = [{"name": name} for name in ("-dash", "a/b", "c d")]
    cloud.answers["GET /object/v1/AUTH_p/box"] = objects
    assert offered_texts(ostk, "ostk object delete box ") == ["a/b", "c d"]
    assert offered_texts(ostk, "ostk object delete box a/b ") == ["c d"]
    assert offered_texts(ostk, "ostk object delete box -- ") == ["-dash", "a/b", "c d"]
    assert offered_texts(ostk, "ostk object save ") == []


def test_names_on_the_line_are_not_offered_again(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/networks"] = {"networks": [{"id": n, "name": n} for n in ("a", "a b", "c")]}
    assert offered_texts(ostk, "ostk network delete a ") == ["a b", "c"]
    assert offered_texts(ostk, "ostk network delete 'a b' c ") == ["a"]
    assert offered_texts(ostk, "ostk network show a ") == []


WORDS = ["", "se", "server ", "server li", "server migrate ", "volume ", "help ", "help ser", "image metadef "]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("words", [*WORDS, "-", "x"])
def test_the_index_answers_as_the_tree_of_commands_does(
    shell: str, words: str, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = {"COMP_LINE": f"ostk {words}", "COMP_WORDBREAKS": " \t\n\"'><=;|&(:"}
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    found = answer(f"{shell}_line")
    if found is None:
        # A command, options, no command, and verbs, whose help zsh and fish show.
        verbs = words in ("server ", "server li", "volume ", "image metadef ")
        assert words in ("server migrate ", "-", "x") or (shell != "bash" and verbs)
        return
    read = ostk("", env={**env, f"_{'ostk'.upper()}_COMPLETE": f"{shell}_line"}).stdout.splitlines()
    if words == "help ":
        assert set(found.splitlines()) >= set(read) - {"plain"} - {line for line in read if "options" in line}
        assert "options" in found
    else:
        assert sorted(found.splitlines()) == sorted(read)


def test_the_list_of_verbs_is_that_of_the_tree() -> None:
    assert verb_words.PLACE.read_text() == verb_words.text()


def test_tab_on_words_imports_neither_click_nor_a_noun() -> None:
    program = "import sys; sys.argv = ['ostk']\nfrom ostk.__main__ import run\n"
    program += "try:\n    run()\nfinally:\n    print(*sys.modules)"
    for line in ("ostk ", "ostk server ", "ostk server li", "ostk help vol"):
        env = {**os.environ, "_OSTK_COMPLETE": "bash_line", "COMP_LINE": line}
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env, check=False)
        assert done.returncode == 0
        modules = set(done.stdout.splitlines()[-1].split())
        assert "ostk.tab" in modules
        assert not {"click", "httpx", "rich", "json", "importlib.metadata", "ostk.compute.server", "ostk.cli"} & modules


def test_the_words_of_earlier_scripts_are_read(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /network/v2.0/networks"] = {"networks": [{"id": "1", "name": "it's"}]}
    assert offered(ostk, "ostk network show ") == ["'it'\"'\"'s'"]
    env = {
        "_OSTK_COMPLETE": "bash_complete",
        "COMP_WORDS": "ostk\nnetwork\nlist\n--sort-column\n=\nNa",
        "COMP_CWORD": "5",
    }
    assert ostk("", env=env).stdout == "plain,Name\n"
    assert ostk("", env={**env, "COMP_CWORD": "4", "COMP_WORDS": "ostk\nnetwork\nlist\n-f\n="}).exit_code == 0
    assert ostk("", env={"_OSTK_COMPLETE": "fish_source"}).stdout == script("fish") + "\n"
    assert ostk("", env={"_OSTK_COMPLETE": "csh_complete"}).exit_code == 1


@given(
    st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1),
    st.sampled_from(["", "'", '"']),
)
def test_bash_reads_quoted_texts_as_they_are(text: str, quote: str) -> None:
    split = Split(quote + quoted(text, quote) + quote)
    assert (split.current, split.quote) == (text, "")
