"""The prompt: `ostk shell`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import httpx
import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from ostk import console
from ostk.batch.history import History, state_directory
from ostk.batch.interpreter import Interpreter, Place
from ostk.batch.prompt import Prompt
from ostk.cli import main
from ostk.interrupt import Interrupted, State

from ..conftest import Run
from ..fake_cloud import FakeCloud

LIST = "flavor list -f value -c Name"
TOKENS = "POST /identity/v3/auth/tokens"
UP, INTERRUPT, SEARCH, END = "\x1b[A", "\x03", "\x12", "\x04"
CLOUDS = """
clouds:
  lab: {auth: {auth_url: "http://cloud/identity", username: ann, password: s3cret, project_name: demo}}
  nopass: {auth: {auth_url: "http://cloud/identity", username: bob, project_name: demo}}
"""


@pytest.fixture
def flavors(cloud: FakeCloud) -> FakeCloud:
    cloud.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [{"id": "1", "name": "small"}]}
    return cloud


@pytest.fixture
def files(flavors: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clouds in a file and none in variables."""
    Path("clouds.yaml").write_text(CLOUDS)
    for name in ("AUTH_URL", "USERNAME", "PASSWORD", "PROJECT_NAME", "USER_DOMAIN_ID", "PROJECT_DOMAIN_ID"):
        monkeypatch.delenv(f"OS_{name}")
    monkeypatch.setattr(console, "can_prompt", lambda: not console.is_silent())


def interpreter(**options: Any) -> Interpreter:
    """An interpreter with global options of the process."""
    ctx = click.Context(main, info_name="ostk")
    ctx.params = dict(options)
    return Interpreter(ctx)


def typed(*keys: str, **options: Any) -> Prompt:
    """A prompt at which these keys were pressed, until it ended; with a pause before each further part."""
    with create_pipe_input() as pipe:
        prompt = Prompt(interpreter(**options), pipe, DummyOutput())

        def press() -> None:
            for part in keys[1:]:
                time.sleep(0.4)
                pipe.send_text(part)

        pipe.send_text(keys[0])
        threading.Thread(target=press).start()
        prompt.run()
    return prompt


def scopes(cloud: FakeCloud) -> list[Any]:
    """The scopes of the tokens that were requested."""
    return [body["auth"].get("scope") for line, body in cloud.all if line == TOKENS]


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")


def test_lines_share_a_token_and_a_failure_ends_nothing(
    flavors: FakeCloud, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSTK_CACHE", "0")
    typed(f"{LIST}\rflavor show no-such\r# nothing\r\rflavor show 'x\r{LIST}\r{END}")
    out, error = capsys.readouterr()
    assert out == "small\nsmall\n"
    assert "No Flavor found for no-such" in error
    assert "A quote is not closed: '." in error
    assert "Line" not in error
    assert len(scopes(flavors)) == 1


def test_results_variables_and_lines_that_are_continued(
    flavors: FakeCloud, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPUS", "2")
    typed(f"name = {LIST}\rflavor create --vcpus $CPUS \\\r {{name}}-2 -f value -c name\rexit\r")
    assert capsys.readouterr().out == "small-2\n"


@pytest.mark.parametrize("end", [END, "exit\r", "quit\r"])
def test_the_prompt_ends_and_ctrl_c_only_clears_the_line(
    end: str, flavors: FakeCloud, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(f"flavor delete x{INTERRUPT}{end}{LIST}\r")
    assert capsys.readouterr().out == ""
    assert flavors.sent == []


def test_a_defect_and_a_usage_error_end_nothing(flavors: FakeCloud, capsys: pytest.CaptureFixture[str]) -> None:
    flavors.answers["GET /network/v2.0/networks"] = {"networks": 5}
    typed(f"network list\rflavor list --bogus\rbogus\r--os-region-name x\r{LIST}\r{END}")
    out, error = capsys.readouterr()
    assert out == "small\n"
    assert "No such option '--bogus'" in error


def test_global_options_hold_for_each_line_and_a_line_may_have_its_own(
    flavors: FakeCloud, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(f"{LIST}\r{LIST} --os-region-name RegionOne\r{END}", os_region_name="Nowhere")
    out, error = capsys.readouterr()
    assert out == "small\n"
    assert "Nowhere" in error


def test_the_history_is_searched_and_recalled(flavors: FakeCloud, capsys: pytest.CaptureFixture[str]) -> None:
    typed(f"{LIST}\rbogus\r{END}")
    typed("", f"{UP}{UP}\r", "bogus\r", f"{SEARCH}flav", "\r", f"\r{END}")
    assert capsys.readouterr().out == "small\n" * 3


def test_secrets_do_not_get_into_the_history(flavors: FakeCloud) -> None:
    typed(f"user create --password geheim ann\r{LIST}\r{END}")
    assert list(History().load_history_strings()) == [LIST]
    assert "geheim" not in (Path(state_directory()) / "history").read_text()


def test_without_a_directory_for_the_history_the_prompt_works(
    flavors: FakeCloud, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    typed(f"{LIST}\r{END}")
    assert capsys.readouterr().out == "small\n"


def test_another_cloud(files: None, flavors: FakeCloud, capsys: pytest.CaptureFixture[str]) -> None:
    one = interpreter(os_cloud="nopass", os_password="for bob", os_project_name="other", insecure=True, debug=True)
    one.run("use labb")
    assert "Cloud labb (--os-cloud) was not found" in capsys.readouterr().err
    assert one.options["os_password"] == "for bob"
    one.run("use lab")
    assert one.options == {"os_cloud": "lab", "debug": True}
    assert one.place() == Place("lab", "demo", "RegionOne")
    assert flavors.all == []


def test_use_with_other_words_is_a_command(flavors: FakeCloud, capsys: pytest.CaptureFixture[str]) -> None:
    interpreter().run("use show ann -f value -c name")  # short for `user show`
    assert capsys.readouterr().out == "ann\n"


def test_another_project(flavors: FakeCloud, capsys: pytest.CaptureFixture[str]) -> None:
    one = interpreter(os_project_id="p", os_system_scope="")
    one.run("project web")
    assert one.options == {"os_project_name": "web"}
    assert scopes(flavors) == [{"project": {"name": "web", "domain": {"id": "default"}}}]
    one.run(f"project {'a' * 32}")
    assert scopes(flavors)[1:] == [{"project": {"id": "a" * 32}}]
    flavors.answers[TOKENS] = (401, {"error": {"code": 401, "message": "No."}})
    one.run("project nope")
    assert one.options == {"os_project_id": "a" * 32}
    assert "project nope (--os-project-name)" in capsys.readouterr().err


def test_a_project_is_no_command_of_that_name(flavors: FakeCloud, capsys: pytest.CaptureFixture[str]) -> None:
    flavors.answers["GET /identity/v3/projects"] = {"projects": [{"id": "1", "name": "web"}]}
    one = interpreter()
    for line in ("project list -f value -c Name", "project list --long", "project li", "project show web"):
        one.run(line)
    assert one.options == {}
    assert capsys.readouterr().out.startswith("web\n")


def test_a_password_is_asked_for_once(
    files: None, flavors: FakeCloud, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ask(monkeypatch)
    flavors.answers[TOKENS] = keystone_of("right", flavors)
    one = interpreter(os_cloud="nopass", no_cache=True)
    for line in (LIST, LIST, "project web", f"{LIST} --os-region-name RegionOne", "project nope", LIST):
        one.run(line)
    assert asked == ["Password: "] * 2
    assert capsys.readouterr().out == "small\n" * 3


def test_an_openrc_file_asks_once(
    files: None, flavors: FakeCloud, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("rc").write_text(
        'export OS_AUTH_URL=http://cloud/identity\necho "User: "\nread OS_NAME\nexport OS_USERNAME=$OS_NAME\n'
        'export OS_PROJECT_NAME=demo\necho "Password: "\nread -sr OS_PASSWORD_INPUT\n'
        "export OS_PASSWORD=$OS_PASSWORD_INPUT\n"
    )
    asked = ask(monkeypatch)
    flavors.answers[TOKENS] = keystone_of("right", flavors)
    one = interpreter(openrc="rc", no_cache=True)
    assert one.place() == Place()
    assert asked == []
    for line in (LIST, LIST, "project web", LIST):
        one.run(line)
        one.place()
    assert asked[-1] == "Password: "
    assert len(asked) == 4, asked  # both once more after the refusal
    assert capsys.readouterr().out == "small\n" * 2
    assert one.place() == Place("envvars", "demo", "RegionOne")


def ask(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer prompts: with a user, and with a wrong and then a right password. Return what is asked for."""
    answers, asked = ["wrong", "right"], list[str]()

    def secret(prompt: str) -> str:
        asked.append(prompt)
        return answers.pop(0)

    def line(prompt: str) -> str:
        asked.append(prompt)
        return "ann"

    monkeypatch.setattr(console, "prompt_secret", secret)
    monkeypatch.setattr("ostk.config.prompts.read_line", line)
    return asked


def keystone_of(password: str, cloud: FakeCloud) -> Callable[[httpx.Request], httpx.Response]:
    """A Keystone that takes one password, and has no project `nope`."""

    def answer(request: httpx.Request) -> httpx.Response:
        refused = httpx.Response(401, json={"error": {"code": 401, "message": "No."}})
        asked = request.content.decode()
        return refused if password not in asked or '"nope"' in asked else cloud.token(request) or refused

    return answer


def test_a_passcode_is_not_needed_for_another_project(
    flavors: FakeCloud, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = interpreter(os_auth_type="v3totp", os_passcode="123456")
    one.run("project web")
    assert [one.options[name] for name in ("os_auth_type", "os_token")] == ["v3token", "the-token"]
    methods = [body["auth"]["identity"]["methods"] for line, body in flavors.all if line == TOKENS]
    assert methods == [["totp"], ["token"]]
    assert capsys.readouterr().err == ""


def test_the_domain_of_a_project_is_that_of_the_project_before(
    flavors: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OS_PROJECT_NAME", "OS_PROJECT_DOMAIN_ID"):
        monkeypatch.delenv(name)
    one = interpreter(os_project_id="p")
    one.run(LIST)
    one.run("project web")
    assert one.options == {"os_project_name": "web", "os_project_domain_id": "default"}


def test_another_region(flavors: FakeCloud, capsys: pytest.CaptureFixture[str]) -> None:
    one = interpreter()
    one.run("region Nowhere")
    assert capsys.readouterr().err == "The catalog has no region Nowhere.\nIt has: RegionOne.\n"
    assert one.options == {}
    one.run("region RegionOne")
    assert one.options == {"os_region_name": "RegionOne"}


def test_help_of_the_prompt_and_of_commands(flavors: FakeCloud, capsys: pytest.CaptureFixture[str]) -> None:
    for line in ("help", "help use"):
        interpreter().run(line)
        out = capsys.readouterr().out
        assert out.startswith("At the prompt:\n  use CLOUD       Use another cloud")
        assert "Common commands:" in out
    interpreter().run("help project show")
    assert capsys.readouterr().out.startswith("Usage: ostk project show")


def test_a_command_of_the_system(flavors: FakeCloud, capfd: pytest.CaptureFixture[str]) -> None:
    interpreter().run("!echo $((6 * 7)); exit 3")
    assert capfd.readouterr().out == "42\n"


def test_a_system_shell_that_is_missing(
    flavors: FakeCloud, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", "/no/shell")
    interpreter().run("!echo")
    assert capsys.readouterr().err == "The command cannot be run: No such file or directory.\n"


def test_an_interrupted_command_leaves_the_others_out_and_the_clouds_are_new(
    flavors: FakeCloud, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSTK_CACHE", "0")
    one = interpreter()
    one.run(LIST)
    before = list(one.shared.clouds.values())

    def interrupt(request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    flavors.answers["GET /compute/v2.1/flavors/detail"] = interrupt
    one.run(f"{LIST}\nflavor delete x")
    after = list(one.shared.clouds.values())
    assert before[0] is not after[0]
    assert before[0].known_access is after[0].known_access
    flavors.answers["GET /compute/v2.1/flavors/detail"] = {"flavors": [{"id": "1", "name": "big"}]}
    one.run(LIST)
    assert capsys.readouterr().out == "small\nbig\n"
    assert len(scopes(flavors)) == 1
    assert not [line for line, _ in flavors.sent if line.startswith("DELETE")]


def test_another_signal_ends_the_prompt(flavors: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(State, "number", 15)
    with pytest.raises(Interrupted):
        interpreter().run(LIST)


def test_the_scopes_that_the_prompt_shows(flavors: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    one = interpreter()
    assert one.place() == Place("envvars", "demo", "RegionOne")
    one.run(LIST)
    assert one.place() == Place("envvars", "demo", "RegionOne")
    monkeypatch.delenv("OS_PROJECT_NAME")
    assert interpreter(os_domain_name="Default").place().project == "domain Default"
    assert interpreter(os_system_scope="all").place().project == "system"
    assert interpreter(os_cloud="nope").place() == Place()


@pytest.mark.parametrize("line", ["shell", "shell --os-region-name RegionOne"])
def test_without_a_terminal_standard_input_is_a_batch(flavors: FakeCloud, ostk: Run, line: str) -> None:
    result = ostk(line, input=f"{LIST}\nflavor list --bogus\n{LIST}\n")
    assert (result.exit_code, result.stdout) == (2, "small\n")
    assert "Line 2 failed" in result.stderr
    assert "> " not in result.output


def test_no_prompt_at_the_prompt(flavors: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "A batch cannot be run in a batch or at the prompt." in ostk("batch", input="shell\n").stderr


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "xterm")])
def test_colors(flavors: FakeCloud, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    colored = value == "xterm"
    with create_pipe_input() as pipe:
        for options in ({}, {"no_color": True}):
            session = Prompt(interpreter(**options), pipe, DummyOutput()).session
            assert (session.color_depth is None) == (colored and not options)
            assert (session.auto_suggest is not None) == (colored and not options)
