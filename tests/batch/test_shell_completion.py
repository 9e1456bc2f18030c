"""Completion at the prompt."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from ostk import console
from ostk.batch.completion import candidates, quoted
from ostk.batch.prompt import CommandCompleter
from ostk.batch.script import continued, last_word, split

from ..fake_cloud import FakeCloud
from .test_shell import interpreter

NETWORKS = "GET /network/v2.0/networks"
NAMES = ["db", "my server", "it's {x}", "a$b", "c\\d", "#e", "größe", "f\x1b[2J"]


def offered(text: str, **options: Any) -> list[str]:
    return [found.text for found in candidates(interpreter(**options), text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("image create --file ", ["'a disk.img'", "images/"]),
        ("image create --file=im", ["--file=images/"]),
        ("image create --file images/", ["images/one.img", "images/two.img"]),
        ("image create --file images/t", ["images/two.img"]),
        ("image create --file .", [".hidden"]),
        ("image create --file nowhere/", []),
        ("image create --name a", []),
        ("object create box 'a d", ["'a disk.img'"]),
        ("object save box web --directory ", ["images/"]),
    ],
)
def test_names_of_files_and_directories(
    cloud: FakeCloud, text: str, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work" / "images").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    for name in ("a disk.img", ".hidden", "images/one.img", "images/two.img"):
        Path(name).touch()
    assert offered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flav", ["flavor"]),
        ("  ostk flav", ["flavor"]),
        ("x = flav", ["flavor"]),
        ("flavor se", ["set"]),
        ("flavor list \\\n  --min", ["--min-disk", "--min-ram"]),
        ("flavor list -f j", ["json", "jsonl"]),
        ("network list --os-region-name x --status A", ["ACTIVE"]),
        ("flavor list --format=j", ["--format=json", "--format=jsonl"]),
        ("us", ["use", "usage", "user"]),
        ("qui", ["quit"]),
        ("help flavor cr", ["create"]),
        ("use sand", ["sandbox", "sandbox-admin"]),
        ("flavor list --os-cloud sandbox-", ["sandbox-admin"]),
        ("region Re", ["RegionOne"]),
        ("project li", ["list"]),
        ("project w", ["web", "'w b'"]),
        ("# flav", []),
        ("!flav", []),
        ("nonsense fl", []),
        ('flavor "se', ["set"]),
    ],
)
def test_what_is_offered(cloud: FakeCloud, text: str, expected: list[str]) -> None:
    cloud.answers["GET /identity/v3/auth/projects"] = {"projects": [{"name": "web"}, {"name": "w b"}, {"name": "x"}]}
    assert sorted(offered(text)) == sorted(expected)


def test_texts_of_commands_and_options(cloud: FakeCloud) -> None:
    found = {one.text: one.help for one in candidates(interpreter(), "flavor list --p")}
    assert found["--public"] == "List public flavors only (default)."
    assert candidates(interpreter(), "use")[0].help == "Use another cloud for the commands that follow."
    assert {one.text: one.help for one in candidates(interpreter(), "flavor ")}["list"] == "List flavors."


def test_names_are_quoted_for_the_prompt(cloud: FakeCloud) -> None:
    cloud.answers[NETWORKS] = {"networks": [{"id": "1", "name": name} for name in NAMES]}
    shown = candidates(interpreter(), "network show ")
    assert [one.shown for one in shown] == sorted(NAMES[:-1])
    assert sorted(word for one in shown for word in split(one.text, {}, {"x": "wrong"})) == sorted(NAMES[:-1])
    assert {"db", "größe", "'my server'", "'a$b'"} <= {one.text for one in shown}
    begun = candidates(interpreter(), "network delete db 'my s")
    assert [(one.text, one.length) for one in begun] == [("'my server'", len("'my s"))]
    assert offered("network delete --os-region-name RegionOne $X my\\ ") == ["'my server'"]


@given(st.text(min_size=1))
def test_quoted_words_are_read_as_they_were(text: str) -> None:
    assert list(split(quoted(text), {}, {"x": "y"})) == [text]


@given(st.text(alphabet="ab '\"\\#"))
def test_the_last_word_is_the_one_that_the_grammar_reads_last(text: str) -> None:
    start, quote = last_word(text)
    if start >= 0 and not continued(text):
        assert list(split(text[:start], {}, {})) + list(split(text[start:] + quote, {}, {})) == list(
            split(text + quote, {}, {})
        )


def test_names_are_requested_once_between_two_commands(cloud: FakeCloud) -> None:
    cloud.answers[NETWORKS] = {"networks": [{"id": "1", "name": "web"}]}
    one = interpreter()
    for _ in range(2):
        assert [found.text for found in candidates(one, "network show w")] == ["web"]
    assert [line for line, _ in cloud.all].count(NETWORKS) == 1
    cloud.answers[NETWORKS] = {"networks": [{"id": "1", "name": "web2"}]}
    one.run("network set x --name web2")
    assert [found.text for found in candidates(one, "network show w")] == ["web2"]
    assert len([line for line, _ in cloud.all if line.startswith("POST /identity")]) == 1


def test_nothing_is_asked_for_and_nothing_is_printed(
    cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    cloud.answers[NETWORKS] = {"networks": [{"id": "1", "name": "web"}]}
    assert offered("network show ", curl=True, debug=True, timing=True) == ["web"]
    monkeypatch.delenv("OS_PASSWORD")
    monkeypatch.setenv("OSTK_CACHE", "0")
    asked: list[str] = []
    monkeypatch.setattr("getpass.getpass", lambda *words: str(asked.append("asked")))  # type: ignore[func-returns-value]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert console.can_prompt()
    for line in ("network show ", "project we", "region "):
        assert "web" not in offered(line)
    one = interpreter()
    assert one.shared.cloud({}).method  # made for a command, which may ask
    assert [found.text for found in candidates(one, "network show ")] == []
    assert (asked, capfd.readouterr()) == ([], ("", ""))


@pytest.mark.parametrize("kind", ["v3totp", "v3websso"])
def test_a_passcode_and_a_sign_in_are_left_for_commands(cloud: FakeCloud, kind: str) -> None:
    options = {"os_auth_type": kind, "os_passcode": "123456", "os_identity_provider": "i", "os_protocol": "openid"}
    assert offered("network show ", **options) == []
    assert cloud.all == []


def test_a_cloud_that_cannot_be_reached_offers_nothing(cloud: FakeCloud) -> None:
    cloud.answers[NETWORKS] = httpx.ConnectError("no")
    assert offered("network show ") == []
    Path("clouds.yaml").write_text("clouds: [")
    assert "sandbox" in offered("use ", os_cloud="x")


def complete(completer: CommandCompleter, text: str) -> list[str]:
    async def run() -> list[str]:
        found = completer.get_completions_async(Document(text), CompleteEvent())
        return [completion.text async for completion in found]

    return asyncio.run(run())


def test_a_slow_cloud_does_not_hold_up_the_line(cloud: FakeCloud) -> None:
    release = threading.Event()

    def slow(request: httpx.Request) -> httpx.Response:
        release.wait(20)
        return httpx.Response(200, json={"networks": [{"id": "1", "name": "web"}]})

    cloud.answers[NETWORKS] = slow
    completer = CommandCompleter(interpreter())

    async def leave() -> None:
        task = asyncio.ensure_future(anext(completer.get_completions_async(Document("network show "), CompleteEvent())))
        await asyncio.sleep(0.05)
        task.cancel()

    start = time.monotonic()
    asyncio.run(leave())
    assert time.monotonic() - start < 5
    release.set()
    assert complete(completer, "network show ") == ["web "]


def test_a_blank_follows_the_only_candidate(cloud: FakeCloud) -> None:
    Path("uploads").mkdir()
    completer = CommandCompleter(interpreter())
    assert complete(completer, "flavor sh") == ["show "]
    assert complete(completer, "object create box uplo") == ["uploads/"]
    found = complete(completer, "flavor s")
    assert "show" in found
    assert len(found) > 1


def test_an_error_in_completion_is_no_error(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*words: Any) -> None:
        raise ValueError

    monkeypatch.setattr("ostk.batch.prompt.candidates", broken)
    assert complete(CommandCompleter(interpreter()), "x") == []
