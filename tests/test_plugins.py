"""Plug-ins: nouns of packages, programs named ostk-NAME, and nouns of services that ostk has no commands for."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from ostk import plugins
from ostk.index import INDEX
from ostk.other_services import OTHER_SERVICES, service_of_noun

from .conftest import Run
from .fake_cloud import FakeCloud

README = (Path(__file__).parent.parent / "README.md").read_text().partition("## Plug-ins")[2]
EXAMPLE = README.partition("```python\n")[2].partition("```")[0]
PROGRAM = '#!/bin/sh\necho "$0|$*|$OS_CLOUD|$OS_REGION_NAME|$OS_PROJECT_NAME"\nexit 3\n'


def install(folder: Path, name: str, points: str, **modules: str) -> None:
    """Install a package in a directory, as pip would."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[ostk.nouns]\n{points}\n")
    for module, text in modules.items():
        (folder / f"{module}.py").write_text(text)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ostk in a process of its own."""
    program = [sys.executable, "-c", "import sys; sys.argv[0] = 'ostk'; from ostk.__main__ import run; run()"]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run([*program, *words], capture_output=True, text=True, env=env, check=False)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory on sys.path, of this process and of others."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(Path(__file__).parent.parent)]))
    return folder


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory on PATH with the programs ostk-hello and ostk-server."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("ostk-hello", "ostk-server"):
        (folder / name).write_text(PROGRAM)
        (folder / name).chmod(0o755)
    (folder / "ostk-text").write_text("no program")
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), os.environ["PATH"]]))
    return folder


def test_the_example_of_the_readme_runs_on_the_practice_cloud(site: Path) -> None:
    assert 'idle_ip = "ostk_idle_ip:ip"' in README
    assert len(EXAMPLE.splitlines()) <= 20
    install(site, "ostk-idle-ip", "idle_ip = ostk_idle_ip:ip", ostk_idle_ip=EXAMPLE)
    sandbox = {"OS_CLOUD": "sandbox"}
    created = run("floating", "ip", "create", "public", "-f", "value", "-c", "id", **sandbox)
    assert created.returncode == 0, created.stderr
    listed = run("idle", "ip", "list", "-f", "json", **sandbox)
    assert [row["ID"] for row in json.loads(listed.stdout)] == [created.stdout.strip()]
    assert run("idle", "ip", "list", "--status", "ERROR", "-f", "value", **sandbox).stdout == ""
    assert run("id", "i", "l", "-f", "json", **sandbox).stdout == listed.stdout
    assert "--status STATUS" in run("help", "idle", "ip", "list").stdout
    assert run("idle", "ip", "lst").stderr.startswith("ostk idle ip: 'idle ip lst' is not an ostk command.")
    assert "idle ip" in run("help", "--all").stdout
    groups = {row["Command Group"]: row["Commands"] for row in json.loads(run("command", "list", "-f", "json").stdout)}
    assert groups["ostk-idle-ip"] == ["idle ip list"]


def test_a_noun_is_sent_to_the_cloud(site: Path, cloud: FakeCloud, ostk: Run) -> None:
    install(site, "ostk-idle-ip", "idle_ip = ostk_idle_ip_again:ip", ostk_idle_ip_again=EXAMPLE)
    cloud.answers["GET /network/v2.0/floatingips"] = {
        "floatingips": [
            {"id": "1", "floating_ip_address": "10.0.0.1", "port_id": None},
            {"id": "2", "floating_ip_address": "10.0.0.2", "port_id": "p"},
        ]
    }
    assert ostk("idle ip list -f value").stdout == "1 10.0.0.1\n"


COMMAND = """
from ostk.language import Command
hello = Command("hello", [], "Say hello.", lambda cloud, params, values: print("hello"))
"""


def test_a_command_is_a_noun_without_verbs_and_words_may_be_shared(site: Path) -> None:
    install(
        site, "ostk-a", "say_hello = a_module:hello\nsay_it-again = a_module:hello\nBad!name = a:b", a_module=COMMAND
    )
    for words in (["say", "hello"], ["say", "it-again"], ["say", "h"]):
        assert run(*words).stdout == "hello\n"
    assert run("say", "--help").stdout.count("Say hello.") == 2
    assert "Bad" not in run("plugin", "list").stdout


def test_a_broken_plugin_is_one_message_and_harms_nothing_else(site: Path) -> None:
    points = "gone = ostk_nosuch:x\nwrong = os:path\nends = ends_at_once:x\nserver = os:path\nno_object = os:nosuch"
    install(site, "ostk-bad", points, ends_at_once="raise SystemExit(0)")
    for words, why in [
        ("gone list", "ModuleNotFoundError: No module named 'ostk_nosuch'"),
        ("wrong", "os:path is of type module; a Noun or a Command is needed"),
        ("ends", "SystemExit: 0"),
        ("no object", "AttributeError: module 'os' has no attribute 'nosuch'"),
    ]:
        done = run(*words.split())
        noun = " ".join(words.split()[:2]) if words == "no object" else words.split()[0]
        assert done.stderr.splitlines() == [
            f"The plug-in {noun!r} of package ostk-bad 1.0 cannot be loaded: {why}",
            "Update or remove the package ostk-bad. All other commands work.",
        ]
        assert (done.returncode, done.stdout) == (1, "")
    states = {row["Name"]: row["State"] for row in json.loads(run("plugin", "list", "-f", "json").stdout)}
    assert states["gone"] == "cannot be loaded: ModuleNotFoundError: No module named 'ostk_nosuch'"
    assert states["server"] == "hidden: 'server' is a command of ostk"
    assert run("server", "--help").stdout.startswith("Usage: ostk server")
    assert "cannot be loaded" in run("help", "--all").stdout
    for words in ("help --all", "command list", "--os-cloud sandbox flavor list", "plugin list"):
        assert run(*words.split()).returncode == 0


def test_the_first_package_of_a_name_hides_the_second(site: Path) -> None:
    install(site, "ostk-a", "say = a_module:hello", a_module=COMMAND)
    install(site, "ostk-b", "say = a_module:hello")
    rows = json.loads(run("plugin", "list", "-f", "json").stdout)
    first, second = (row for row in rows if row["Name"] == "say")
    assert (first["State"], second["State"]) == ("ok", f"hidden by package {first['Source']}")


def test_a_program_takes_the_place_of_ostk(programs: Path) -> None:
    done = run("--os-cloud", "lab", "--os-region-name", "north", "hello", "--help", "-f", "a b", "--os-project-name")
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout == f"{programs}/ostk-hello|--help -f a b --os-project-name|lab|north|\n"
    assert "server" in run("server", "--help").stdout
    for name in ("text", "../bin/ostk-hello", "nosuch"):
        assert run(name).returncode == 2
    rows = json.loads(run("plugin", "list", "-f", "json").stdout)
    assert {(row["Name"], row["Kind"], row["State"]) for row in rows if row["Kind"] == "program"} == {
        ("hello", "program", "ok"),
        ("server", "program", "hidden: 'server' is a command of ostk"),
    }
    (programs / "ostk-hello").write_text("#!/nosuch/interpreter\n")
    assert run("hello").stderr == f"{programs}/ostk-hello cannot be run: No such file or directory.\n"


def test_no_program_of_the_current_directory_is_run(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(programs)
    for path in ("", ".", f".{os.pathsep}"):
        assert run("hello", PATH=path).returncode == 2


def test_programs_in_a_batch(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "lines").write_text("said = hello x\nnetwork show {said}\nhello y\n")
    done = run("--os-cloud", "sandbox", "batch", "--keep-going", str(tmp_path / "lines"))
    assert f"No Network found for {programs}/ostk-hello|x|sandbox||" in done.stderr
    assert done.stdout == f"{programs}/ostk-hello|y|sandbox||\n"


def test_plugins_are_looked_for_only_where_no_noun_fits(
    site: Path, cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    monkeypatch.setattr(plugins, "packages", lambda: iter(searched.append("packages") or ()))  # type: ignore[func-returns-value]
    monkeypatch.setattr(plugins, "program", lambda name: searched.append(name))
    for words in ("network list", "netwo li", "help network", "config list", "--help"):
        assert ostk(words).exit_code == 0
    assert searched == []
    assert ostk("nosuch list").exit_code == 2
    assert searched == ["packages", "nosuch"]


def test_metadata_of_packages_is_read_as_importlib_reads_it(site: Path) -> None:
    install(site, "ostk-a", "say = a_module:hello [extra]\n# say_no = a:b\n\n[other]\nx = y:z", a_module=COMMAND)
    old = site / "Old.egg-info"
    old.mkdir()
    (old / "PKG-INFO").write_text("Name: Old\nVersion: 0.1\n\nVersion: none\n")
    (old / "entry_points.txt").write_text("[ostk.nouns]\nold = a_module:hello\n")
    (site / "none-1.dist-info").mkdir()
    found = {(p.name, p.source, p.version, p.value) for p in plugins.packages() if p.value.startswith("a_module")}
    points = [point for point in metadata.entry_points(group="ostk.nouns") if point.module == "a_module"]
    read = {(p.name, p.dist.name, p.dist.version, f"{p.module}:{p.attr}") for p in points if p.dist}
    assert found == read == {("say", "ostk-a", "1.0", "a_module:hello"), ("old", "Old", "0.1", "a_module:hello")}


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ("baremetal node list", "baremetal"),
        ("stack list", "orchestration"),
        ("zone list", "dns"),
        ("dns quota list", "dns"),
        ("secret list", "key-manager"),
        ("loadbalancer list", "load-balancer"),
        ("coe cluster list", "container-infra"),
        ("database instance list", "database"),
        ("metric list", "metric"),
        ("alarm list", "alarming"),
        ("accelerator device list", "accelerator"),
        ("workflow list", "workflowv2"),
    ],
)
def test_a_noun_of_another_service_names_the_service(ostk: Run, words: str, service: str) -> None:
    if service_of_noun(words) is None:
        assert any(noun.split()[0] == words.split()[0] for noun in INDEX)
        return
    result = ostk(words)
    assert result.exit_code == 2
    typed = " ".join(words.split()[:2])
    assert result.stderr.startswith(f"ostk: {typed!r} is not an ostk command. {words.split()[0]!r} is a noun of the ")
    assert f" service: ostk api {service} PATH See" in " ".join(result.stderr.split())
    assert ostk(f"help {words}").exit_code == 1


def test_nouns_of_other_services_are_named_once_and_are_none_of_ostk() -> None:
    nouns = [noun for service in OTHER_SERVICES for noun in service.nouns.split(", ")]
    assert len(nouns) == len(set(nouns))
    assert all(re.fullmatch(r"[a-z0-9]+(-?[a-z0-9]+)*( [a-z0-9]+)*", noun) for noun in nouns)
    assert service_of_noun("server list") is None
    assert service_of_noun("metricx") is None


def test_other_services_are_reached_by_name_and_by_either_type(cloud: FakeCloud, ostk: Run) -> None:
    result = ostk("api masakari /segments")
    assert "instance-ha" in result.stderr
