"""Completion as people use it: bash, zsh and fish on a terminal, TAB, and what the program then gets."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ostk.language.shells import SHELLS

SCRIPTS = Path(__file__).parent.parent / "completions"
# In place of ostk: it answers TAB with the names in a file, through the code of ostk; otherwise it keeps what it got.
PROGRAM = """#!{python}
import json, os, sys
sys.path.insert(0, {source!r})
sys.argv[0] = "ostk"
if "_OSTK_COMPLETE" in os.environ:
    from ostk.language import completion
    completion.ask = lambda *rest: json.load(open({names!r}))
    from ostk.__main__ import run
    try:
        run()
    finally:
        sys.stdout.flush()
        open({answered!r}, "w").close()
else:
    with open({got!r}, "w") as file:
        json.dump(sys.argv[1:], file)
"""
START = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}
SETUP = {
    "bash": "PS1='READY> '; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; source {script}\n",
    "zsh": "PS1='READY> '; unsetopt PROMPT_SP; autoload -U compinit; compinit -u -D; source {script}\n",
    "fish": "function fish_prompt; echo 'READY> '; end; source {script}\n",
}
HOSTILE = [
    "$(touch PWNED)",
    "`touch PWNED`",
    ";touch PWNED;",
    "a;touch PWNED",
    "&& touch PWNED",
    "| touch PWNED",
    "> PWNED",
    "x$PATH y",
    "${HOME}",
    "!!",
    'it\'s "both"',
    "back\\slash",
    "star*",
    "wh?t",
    "[a-z]*",
    "{a,b}",
    "~root",
    "#comment",
    "two  blanks",
    " leading",
    "trailing ",
    "a:b:c",
    "key=value",
    "comma,comma",
    "100%s",
    "caf\u00e9 \u4e2d",
    "(brackets)",
    "\u00dcber$(touch PWNED)",
]


class Terminal:
    """A shell on a terminal, with a program `ostk` that completes names and keeps its arguments."""

    def __init__(self, shell: str, folder: Path) -> None:
        self.shell, self.folder = shell, folder
        for place in ("bin", "home", "work"):
            (folder / place).mkdir()
        self.names, self.got, self.answered = folder / "names.json", folder / "got.json", folder / "answered"
        program = folder / "bin" / "ostk"
        source = str(Path(__file__).parent.parent)
        program.write_text(
            PROGRAM.format(
                python=sys.executable,
                source=source,
                names=str(self.names),
                got=str(self.got),
                answered=str(self.answered),
            )
        )
        program.chmod(0o755)
        self.process, self.terminal = pty.fork()
        if not self.process:
            os.chdir(folder / "work")
            environment = {
                "PATH": f"{folder / 'bin'}:/usr/bin:/bin",
                "HOME": str(folder / "home"),
                "TERM": "dumb" if shell != "fish" else "xterm",
                "LANG": "C.UTF-8",
                "COLUMNS": "200",
                "LINES": "50",
            }
            path = shutil.which(shell) or ""
            os.execve(path, [path, *START[shell]], environment)
        self.type(SETUP[shell].format(script=SCRIPTS / f"ostk.{shell}"))
        self.read(1.0)

    def type(self, text: str) -> None:
        """Type a text."""
        os.write(self.terminal, text.encode())

    def read(self, quiet: float, most: float = 20.0) -> str:
        """Return what appears, until nothing has appeared for some seconds."""
        text, end = b"", time.monotonic() + most
        while time.monotonic() < end:
            ready, _, _ = select.select([self.terminal], [], [], quiet)
            if not ready:
                break
            try:
                text += os.read(self.terminal, 65536)
            except OSError:
                break
            if b"\x1b[c" in text[-40:] or b"\x1b[0c" in text[-40:]:
                self.type("\x1b[?62;c")  # fish asks what the terminal is
        return text.decode(errors="replace")

    def complete(self, line: str, names: list[str]) -> list[str]:
        """Type a line, TAB and ENTER; return the arguments that the program gets."""
        self.names.write_text(json.dumps(names))
        self.got.unlink(missing_ok=True)
        self.answered.unlink(missing_ok=True)
        self.type(line)
        self.read(0.05)
        self.type("\t")
        shown, end = "", time.monotonic() + 10
        while not self.answered.exists() and time.monotonic() < end:
            shown += self.read(0.02)
        shown += self.read(0.15)
        self.type("\r")
        end = time.monotonic() + 10
        while not self.got.exists() and time.monotonic() < end:
            shown += self.read(0.02)
        time.sleep(0.02)
        assert self.got.exists(), (line, names, shown)
        found: list[str] = json.loads(self.got.read_text())
        return found

    def close(self) -> None:
        """End the shell."""
        os.close(self.terminal)
        subprocess.run(["kill", "-9", str(self.process)], check=False)
        os.waitpid(self.process, 0)


@pytest.mark.slow
@pytest.mark.parametrize("shell", SHELLS)
def test_hostile_names_do_nothing_to_the_shell(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    terminal = Terminal(shell, tmp_path)
    try:
        names = [name for name in HOSTILE if shell != "fish" or not name.startswith("~")]
        got = {name: terminal.complete("ostk network show ", [name]) for name in names}
        assert got == {name: ["network", "show", name] for name in names}
        # Names with control characters are not offered, and names that the shell cannot quote.
        for name in (*(["~root"] if shell == "fish" else []), "a\nb", "a\x1b[2J", "a\rb", "a\tb", "\u202eabc"):
            assert terminal.complete("ostk network show ", [name, "plain"]) == ["network", "show", "plain"]
        assert not [path.name for path in tmp_path.rglob("PWNED*")]
        assert list((tmp_path / "work").iterdir()) == []
    finally:
        terminal.close()


TYPED = {
    "my\\ s": "my server's $HOME",
    "'my s": "my server $HOME *",
    '"my s': "my server $HOME `x` !a",
    "ubuntu:2": "ubuntu:22.04 (new)",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_names_are_completed_after_quotes_and_escapes(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    terminal = Terminal(shell, tmp_path)
    try:
        for typed, name in TYPED.items():
            assert terminal.complete(f"ostk network show {typed}", [name, "other"]) == ["network", "show", name]
    finally:
        terminal.close()


@pytest.mark.parametrize("shell", SHELLS)
def test_values_after_an_equals_sign_and_columns_with_blanks(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    terminal = Terminal(shell, tmp_path)
    try:
        assert terminal.complete("ostk server list -c Power", []) == ["server", "list", "-c", "Power State"]
        assert terminal.complete("ostk server list --sort-column=Power", [])[-1] == "--sort-column=Power State"
        assert terminal.complete("ostk network list --project=d", ["d e"])[-1] == "--project=d e"
    finally:
        terminal.close()


@pytest.mark.parametrize("shell", SHELLS)
def test_names_of_files_and_directories(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    terminal = Terminal(shell, tmp_path)
    try:
        (tmp_path / "work" / "a disk.img").touch()
        (tmp_path / "work" / "a folder").mkdir()
        assert terminal.complete("ostk image create --file a\\ d", [])[-1] == "a disk.img"
        assert terminal.complete("ostk image create --file=a\\ d", [])[-1] == "--file=a disk.img"
        assert terminal.complete("ostk object create box a\\ d", [])[-1] == "a disk.img"
        assert terminal.complete("ostk object save box name --directory a", [])[-1].rstrip("/") == "a folder"
        assert terminal.complete("ostk --openrc a\\ d", [])[-1] == "a disk.img"
        assert terminal.complete("ostk image create --name a", [])[-1] == "a"
        (tmp_path / "home" / "key.pub").touch()
        found = terminal.complete("ostk keypair create --public-key ~/ke", [])[-1]
        assert found == str(tmp_path / "home" / "key.pub")
    finally:
        terminal.close()
