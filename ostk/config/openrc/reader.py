"""openrc files, parsed and never executed: the environment after a file is sourced. Messages contain no values."""

import os
import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from ...errors import ConfigError
from ..config_files import expand_home
from ..global_options import SECRETS
from ..prompts import OPTIONS, ask_user
from .grammar import Interpreter
from .values import Changes, Prompt, ShellValue, Unreadable, Unsupported, as_text, concatenate, literal, prompt_for

MAX_SIZE = 1 << 20  # bytes
# Other variables that openrc files set to reach a cloud.
NETWORK_VARIABLES = frozenset(
    "http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY "
    "REQUESTS_CA_BUNDLE CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR".split()
)
# Other credentials than a password: while one is set, the password may not be needed.
_OTHER_CREDENTIALS = ("OS_TOKEN", "OS_ACCESS_TOKEN", "OS_APPLICATION_CREDENTIAL_SECRET", "OS_AUTH_METHODS")
# Other shells: the extensions of their files, how a file is recognized, the command that sources a file.
_OTHER_SHELLS = (
    ("csh", "csh tcsh", r"^#!.*csh\b|(?m:^\s*(un)?setenv\s+\w)", "source"),
    ("fish", "fish", r"^#!.*fish\b|(?m:^[ \t]*set[ \t]+(--?\w+[ \t]+)+OS_)", "source"),
    ("PowerShell", "ps1", r"^#!.*pwsh\b|(?im:^\s*\$env:\w+\s*=)", "."),
    ("cmd", "cmd bat", r"(?im:^\s*@?set\s+(/p\s+)?\"?OS_\w+=)", "call"),
)


class OpenrcFile(NamedTuple):
    """A file, and what it does to the environment."""

    path: str
    changes: Changes

    def location(self, line: int) -> str:
        """Return the path and line number, for messages."""
        return f"{self.path} line {line}"

    def is_relevant(self, name: str) -> bool:
        """Return whether a variable is a setting of ostk; one that is only read, as OS_PASSWORD_INPUT, is not."""
        value = self.changes.values.get(name) or ()
        only_read = bool(value) and all(isinstance(part, Prompt) for part in value)
        return name in OPTIONS or name in NETWORK_VARIABLES or (name.startswith("OS_") and not only_read)

    def unreadable_error(self, name: str) -> ConfigError | None:
        """Return the error for a variable whose value only a shell can compute; None for another one."""
        part = next((part for part in self.changes.values[name] or () if isinstance(part, Unreadable)), None)
        if not part:
            return None
        line = self.changes.lines[name]
        where = "" if part.line == line else f" (line {part.line})"
        option = OPTIONS.get(name)
        action = f"Give {option.flag}, or source" if option else "Source"
        return ConfigError(
            f"{self.location(line)}: {name} cannot be read: {part.why}{where}.",
            f"ostk runs no command of an openrc file. {action} the file in a shell and leave --openrc out.",
        )


class SourcedEnvironment(dict[str, str]):
    """The environment after a file is sourced."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(environ)
        self.sources: dict[str, str] = {}  # variable → the location of its assignment, for messages
        self.postponed: dict[str, str] = {}  # variable whose prompt waits until it is needed → the prompt's location


def read_file(path: str, environ: Mapping[str, str]) -> OpenrcFile:
    """Read a file that is sourced in the environment `environ`; raises ConfigError where it cannot be read."""
    try:
        with open(expand_home(path, environ), "rb") as file:
            raw = file.read(MAX_SIZE + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name is not valid"
        raise ConfigError(f"The openrc file {path} cannot be read: {why}.") from None
    return parse(raw, path, environ)


def parse(raw: bytes, path: str, environ: Mapping[str, str]) -> OpenrcFile:
    """Return the changes that a file with this content makes; raises ConfigError with the line number."""
    if len(raw) > MAX_SIZE:
        raise ConfigError(f"The openrc file {path} is larger than {MAX_SIZE // 1024} KiB.")
    # Windows PowerShell writes UTF-16; its files are refused by the shell, not by their encoding.
    utf_16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = raw.decode("utf-16", "replace") if utf_16 else raw.decode("utf-8-sig", "surrogateescape")
    if "\0" in text:
        raise ConfigError(f"{path} is not text, so it cannot be an openrc file.")
    text = text.replace("\r\n", "\n")
    validate_shell(text, path)
    try:
        return OpenrcFile(path, Interpreter(text, environ).run())
    except Unsupported as error:
        hint = f"{error.hint} Source the file in a shell, then run ostk without --openrc.".strip()
        if re.search(r"(?i)devstack|\bstackrc\b|\bRC_DIR\b", text):
            hint = f"{hint} DevStack has its clouds in /etc/openstack/clouds.yaml too: --os-cloud devstack-admin."
        raise ConfigError(f"{path} line {error.line} cannot be read without running it: {error.why}.", hint) from None


def validate_shell(text: str, path: str) -> None:
    """Raise ConfigError for a file for another shell than sh and bash."""
    extension = os.path.basename(path).rpartition(".")[2].lower()
    is_sh = re.match(r"#!.*\b(ba|da|k|z)?sh\b", text) or re.search(r"(?m)^\s*(export|declare|unset)\s+[\w$]", text)
    for shell, extensions, setting, command in _OTHER_SHELLS:
        sets = None if is_sh else re.search(setting, text)
        if extension in extensions.split() or sets:
            line = text.count("\n", 0, sets.end()) + 1 if sets else 1
            raise ConfigError(
                f"{path} line {line} is written for {shell}; ostk reads openrc files for sh and bash.",
                f"Type `{command} {path}` in {shell}, then run ostk without --openrc.",
            )


def environment(flags: Mapping[str, Any], given: Collection[str], environ: Mapping[str, str]) -> SourcedEnvironment:
    """Return the environment after the file of --openrc or OSTK_OPENRC is sourced.

    Variables whose settings are in `given`, those of the command line, are not asked for and may be unreadable.
    If no cloud is named, a password that the file asks for is left to the authentication method. Raises
    ConfigError where the file cannot be read, or has a prompt and there is no terminal.
    """
    openrc = read_file(str(flags.get("openrc") or environ.get("OSTK_OPENRC")), environ)
    cloud_named = flags.get("os_cloud") or environ.get("OS_CLOUD")
    result = SourcedEnvironment(environ)
    incomplete: dict[str, ShellValue] = {}
    for name, value in openrc.changes.values.items():
        if not openrc.is_relevant(name):
            continue
        result.pop(name, None)
        if value is None:
            continue
        line, option = openrc.changes.lines[name], OPTIONS.get(name)
        result.sources[name] = openrc.location(line)
        if (text := as_text(value)) is not None:
            result[name] = text
        elif not option or option.setting not in given:
            if error := openrc.unreadable_error(name):
                if not option or option.setting not in SECRETS:
                    raise error
                value = (prompt_for(name, f"{name} ({openrc.location(line)} needs a program)", True, line),)
            incomplete[name] = value
    answers: dict[Prompt, str] = {}
    for name, value in incomplete.items():
        is_password = name == "OS_PASSWORD" and len(value) == 1 and not cloud_named
        if is_password and not any(result.get(other) for other in _OTHER_CREDENTIALS):
            result.postponed[name] = result.sources[name]
            continue
        for part in value:
            if isinstance(part, Prompt) and part not in answers:
                answers[part] = ask_user(part.message, name, openrc.location(part.line), part.secret)
        parts = [literal(answers[part]) if isinstance(part, Prompt) else (part,) for part in value]
        result[name] = as_text(concatenate(parts, openrc.changes.lines[name])) or ""
    if environ is os.environ:
        os.environ.update({name: result[name] for name in NETWORK_VARIABLES & result.sources.keys()})
    return result
