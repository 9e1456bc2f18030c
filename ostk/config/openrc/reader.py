"""openrc files read directly: parsed, never run, and counted like variables that were sourced.

A file for sh or bash is followed by `sourcing`, one for another shell by `other_shells`. No message quotes
a value.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ... import console
from ...errors import ConfigError
from ...redaction import is_secret_setting, redact_url
from ..config_files import expanded
from ..global_options import GLOBAL_OPTIONS, SECRETS
from .values import Given, Question, Unreadable, Value, joined, known, question, text
from .words import Refused

LARGEST = 1 << 20
OPTIONS = {name: option for option in reversed(GLOBAL_OPTIONS) for name in option.variables}
# Not of OpenStack, but they change how a cloud is reached, and openrc files set them for that.
CARRIED = frozenset(
    "http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY "
    "REQUESTS_CA_BUNDLE CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR".split()
)
# Where one of these is set, the password is not the only thing that may prove who asks.
_OTHER_PROOFS = ("OS_TOKEN", "OS_ACCESS_TOKEN", "OS_APPLICATION_CREDENTIAL_SECRET", "OS_AUTH_METHODS")
_ENDINGS = {"fish": "fish", "csh": "csh", "tcsh": "csh", "ps1": "PowerShell", "cmd": "cmd", "bat": "cmd"}
_SIGNS = (
    ("sh", r"(?m)^\s*(export|declare|typeset|unset|readonly)\s+[\w$]"),
    ("csh", r"(?m)^\s*(un)?setenv\s+\w"),
    ("fish", r"(?m)^[ \t]*set[ \t]+(--?\w+[ \t]+)+OS_"),
    ("PowerShell", r"(?im)^\s*\$env:\w+\s*="),
    ("cmd", r"(?im)^\s*@?set\s+(/p\s+)?\"?OS_\w+="),
)


@dataclass(frozen=True)
class Openrc:
    """A file, the shell it is for and what it does to the variables that matter to a cloud."""

    path: str
    shell: str
    given: Given

    def place(self, line: int) -> str:
        """For people: a line of the file."""
        return f"{self.path} line {line}"

    def matters(self, name: str) -> bool:
        """Whether a variable is one that counts."""
        if name in OPTIONS or name in CARRIED:
            return True
        value = self.given.values.get(name)
        # What is only read is a step on the way: OS_PASSWORD_INPUT.
        asked = bool(value) and all(isinstance(part, Question) for part in value or ())
        return name.startswith("OS_") and not asked

    def unreadable(self, name: str) -> Unreadable | None:
        """Why nobody knows a variable's value, None where it is known or can be asked for."""
        value = self.given.values.get(name) or ()
        return next((part for part in value if isinstance(part, Unreadable)), None)

    def refusal(self, name: str, part: Unreadable) -> ConfigError:
        """The error for a variable that cannot be read."""
        line = self.given.lines[name]
        where = "" if part.line == line else f" (line {part.line})"
        option = OPTIONS.get(name)
        give = f"Give it with {option.flag}, or source" if option else "Source"
        return ConfigError(
            f"{self.place(line)}: {name} cannot be read: {part.why}{where}.",
            f"ostk runs nothing of what a file says. {give} the file in a shell and leave --openrc out.",
        )


class Variables(dict[str, str]):
    """Variables as they are once a file is sourced, and where each of the file's comes from.

    `asked` are those that a person is asked for when they are needed: name → line of the file.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(environ)
        self.sources: dict[str, str] = {}
        self.asked: dict[str, str] = {}


def read(path: str, environ: Mapping[str, str]) -> Openrc:
    """Read a file; `environ` are the variables that are there before.

    Errors: ConfigError, which names the line and the variable.
    """
    try:
        with open(expanded(path, environ), "rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such name is possible"
        raise ConfigError(f"The openrc file {path} cannot be read: {why}.") from None
    return parse(raw, path, environ)


def parse(raw: bytes, path: str, environ: Mapping[str, str]) -> Openrc:
    """What a file says. Errors: as for `read`."""
    written = decoded(raw, path)
    shell = shell_of(written, path)
    try:
        if shell == "sh":
            from .interpreter import source

            return Openrc(path, shell, source(written, environ))
        from .other_shells import READERS

        return Openrc(path, shell, READERS[shell](written, environ))
    except Refused as refused:
        hint = refused.hint or "Source it in a shell, then run ostk without --openrc."
        if re.search(r"(?i)devstack|\bstackrc\b|\bRC_DIR\b", written):
            hint = (
                "It looks like DevStack's: source it in a shell, or use the clouds that DevStack "
                "describes in /etc/openstack/clouds.yaml, such as --os-cloud devstack-admin."
            )
        elif shell != "sh":
            hint = f"It is read as a file for {shell}."
        raise ConfigError(
            f"{path} line {refused.line} cannot be read without running it: {refused.why}.", hint
        ) from None


def decoded(raw: bytes, path: str) -> str:
    """The text of a file, in UTF-8 or, as PowerShell writes, UTF-16."""
    if len(raw) > LARGEST:
        raise ConfigError(f"The openrc file {path} is larger than {LARGEST // 1024} KiB.")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        written = raw.decode("utf-16", "replace")
    else:
        written = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    if "\0" in written:
        raise ConfigError(f"{path} is no text, so it cannot be an openrc file.")
    return written.replace("\r\n", "\n")


def shell_of(written: str, path: str) -> str:
    """The shell a file is written for: by its name, its first line, or the way it sets variables."""
    ending = os.path.basename(path).rpartition(".")[2].lower()
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    first = re.match(r"#!.*?(fish|csh|pwsh|sh)\b", written)
    if first:
        return {"csh": "csh", "fish": "fish", "pwsh": "PowerShell"}.get(first[1], "sh")
    return next((shell for shell, sign in _SIGNS if re.search(sign, written)), "sh")


def environment(flags: Mapping[str, Any], given: Collection[str], environ: Mapping[str, str]) -> Variables:
    """The variables, as `sourced` gives them, where --openrc or OSTK_OPENRC names a file.

    `given` are the settings that the command line gives.
    """
    path = str(flags.get("openrc") or environ.get("OSTK_OPENRC"))
    block_imports = {name for name, option in OPTIONS.items() if option.setting in given}
    return sourced(path, environ, block_imports, bool(flags.get("os_cloud") or environ.get("OS_CLOUD")))


def hidden(name: str, value: str) -> str:
    """Return the value of a variable as it may be shown: without secrets."""
    option = OPTIONS.get(name)
    if is_secret_setting(option.setting if option else name.removeprefix("OS_")):
        return "<redacted>"
    return redact_url(value, "<redacted>@")


def sourced(
    path: str, environ: Mapping[str, str], block_imports: Collection[str] = (), cloud_named: bool = False
) -> Variables:
    """The variables of `environ` as they are once a file is sourced.

    Variables in `spared` are not asked for and may be unreadable: something stronger gives their settings.
    Unless a cloud is named, a password that the file asks for is left to whoever authenticates.

    Errors: ConfigError, also where something is to be asked and nobody is there.
    """
    openrc = read(path, environ)
    variables = Variables(environ)
    questions: dict[Question, str] = {}
    open_ones: dict[str, Value] = {}
    for name, value in openrc.given.values.items():
        if not openrc.matters(name):
            continue
        variables.pop(name, None)
        if value is None:
            continue
        line = openrc.given.lines[name]
        variables.sources[name] = openrc.place(line)
        if (told := known(value)) is not None:
            variables[name] = told
        elif name not in block_imports:
            option = OPTIONS.get(name)
            if unreadable := openrc.unreadable(name):
                if not option or option.setting not in SECRETS:
                    raise openrc.refusal(name, unreadable)
                prompt = f"{name} ({openrc.place(line)} has a program print it)"
                value = (question(name, prompt, True, line),)
            open_ones[name] = value
    for name, value in open_ones.items():
        later = name == "OS_PASSWORD" and len(value) == 1 and not cloud_named
        if later and not any(variables.get(other) for other in _OTHER_PROOFS):
            variables.asked[name] = variables.sources[name]
            continue
        setting = OPTIONS[name].setting if name in OPTIONS else ""
        pieces = [
            text(answer(part, name, setting in SECRETS, openrc, questions)) if isinstance(part, Question) else (part,)
            for part in value
        ]
        variables[name] = known(joined(pieces, openrc.given.lines[name])) or ""
    if environ is os.environ:
        os.environ.update({name: variables[name] for name in CARRIED & variables.sources.keys()})
    return variables


def answer(asked: Question, name: str, secret: bool, openrc: Openrc, answers: dict[Question, str]) -> str:
    """What a person says; each question is asked once. Errors: ConfigError if nobody is there."""
    if asked not in answers:
        if not console.can_prompt():
            option = OPTIONS.get(name)
            raise nobody(name, openrc.place(asked.line), option.flag if option else "")
        from ...text import visible

        prompt = f"{visible(asked.prompt)}: "
        found = console.prompt_secret(prompt) if asked.secret or secret else typed(prompt)
        if not found:
            raise ConfigError(f"{openrc.place(asked.line)} asks for {name}, and the answer was empty.")
        answers[asked] = found
    return answers[asked]


def typed(prompt: str) -> str:
    """What a person types, seen as it is typed."""
    sys.stderr.write(prompt)  # the caller made it safe to show
    sys.stderr.flush()
    return sys.stdin.readline().rstrip("\n")


def nobody(name: str, place: str, flag: str) -> ConfigError:
    """The error for a question where there is no terminal."""
    give = f"Give it with {flag}, or run" if flag else "Run"
    return ConfigError(
        f"{place} asks for {name}, and there is no terminal to ask on.",
        f"{give} on a terminal, or use a file that has it.",
    )
