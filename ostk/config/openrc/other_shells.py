"""Files of variables for csh, fish, PowerShell and cmd, read line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import takewhile

from .values import Given, Question, Unreadable, Value, joined, known, question, text
from .words import Refused

PROGRAM = "its value is what a program prints"
NOT_UNDERSTOOD = "it does more than to set variables"
LONGEST_LINE = 4096
QUOTE_OPEN = "a quote is opened and never closed"


class Lines:
    """One reading of a file; `expand` is how the shell writes a variable: a pattern with a group `name`."""

    def __init__(self, environ: Mapping[str, str], variable: str, whole_case: bool = True) -> None:
        self.environ = environ
        self.given = Given()
        self.variable = re.compile(variable, 0 if whole_case else re.IGNORECASE)
        self.whole_case = whole_case

    def name(self, written: str) -> str:
        """A variable's name; where case does not matter, as OpenStack writes it."""
        return written if self.whole_case or not written.upper().startswith("OS_") else written.upper()

    def expand(self, written: str, line: int) -> Value:
        """Text with variables put in."""
        pieces: list[Value] = []
        at = 0
        for match in self.variable.finditer(written):
            pieces.append(text(written[at : match.start()]))
            name = next(group for group in match.groups() if group is not None)
            pieces.append(self.given.get(self.name(name), self.environ) or ())
            at = match.end()
        return joined([*pieces, text(written[at:])], line)


def csh(written: str, environ: Mapping[str, str]) -> Given:
    """`setenv NAME value`, `unsetenv NAME`, `set name = value`, `set name = $<`."""
    lines = Lines(environ, r"\$\{?(\w+)\}?")
    prompt, unseen = "", False
    for number, line in numbered(written):
        words = _csh_words(lines, line, number)
        first = known(words[0]) if words else None
        if not words or first in ("echo", "printf"):
            prompt = " ".join(known(word) or "…" for word in words[1:] if known(word) != "-n")
        elif first == "stty":
            unseen = "-echo" in line
        elif first in ("unsetenv", "unset") and len(words) > 1:
            pattern = re.escape(known(words[1]) or "").replace(r"\*", ".*")
            _drop(lines, pattern, number, everything="*" in line)
        elif first == "setenv" and len(words) in (2, 3):
            lines.given.put(known(words[1]) or "", words[2] if len(words) == 3 else (), number)
        elif first == "set" and (match := re.match(r"\s*set\s+(\w+)\s*=\s*(\S.*)?$", line)):
            value = _csh_words(lines, match[2] or "", number)
            asked: Value = (question(match[1], prompt, unseen, number),)
            lines.given.put(match[1], asked if match[2] in ('"$<"', "$<") else (value or [()])[0], number)
        elif first not in ("alias", "unalias", "exit", "true"):
            raise Refused(number, NOT_UNDERSTOOD)
    return lines.given


def _csh_words(lines: Lines, line: str, number: int) -> list[Value]:
    words: list[list[Value]] = []
    at, fresh = 0, True
    token = re.compile(r"(\s+)|#.*|'([^']*)'|\"([^\"]*)\"|(`[^`]*`)|\\(.)|([^\s'\"`\\;]+)|(;)")
    while at < len(line):
        match = token.match(line, at)
        if not match:
            raise Refused(number, QUOTE_OPEN)
        at = match.end()
        blank, single, double, output, escaped, plain, end = match.groups()
        if blank is not None:
            fresh = True
            continue
        if match[0].startswith("#") and plain is None:
            if fresh:
                break
            at, plain = match.start() + 1, "#"
        if plain is not None and plain.startswith("#") and fresh:
            break
        if end is not None:
            if line[at:].strip():
                raise Refused(number, "there is more than one command on the line")
            break
        value: Value = text(single or escaped or "")
        if output is not None or (double and "`" in double):
            value = (Unreadable(number, PROGRAM),)
        elif double is not None or plain is not None:
            value = lines.expand(double or plain or "", number)
        if fresh:
            words.append([])
        words[-1].append(value)
        fresh = False
    return [joined(word, number) for word in words]


def fish(written: str, environ: Mapping[str, str]) -> Given:
    """`set -x NAME value`, `set -e NAME`, `export NAME=value`, `read -s -P prompt NAME`."""
    lines = Lines(environ, r"\{?\$(\w+)\}?")
    for number, line in numbered(written):
        words = _fish_words(lines, line, number)
        first = known(words[0]) if words else None
        plain = [known(word) or "" for word in words[1:]]
        flags = list(takewhile(lambda word: word.startswith("-"), plain))
        rest = words[1 + len(flags) :]
        if first == "set" and rest:
            name = known(rest[0]) or ""
            if any(re.fullmatch(r"-\w*e\w*|--erase", flag) for flag in flags):
                lines.given.put(name, None, number)
            else:
                spaced = [piece for value in rest[1:] for piece in (value, text(" "))]
                lines.given.put(name, joined(spaced[:-1], number), number)
        elif first in ("export", "set") and not flags:
            for word in words[1:]:
                parts = [part for part in word if isinstance(part, str)]
                name, equals, value = (parts[0] if parts else "").partition("=")
                if equals:
                    lines.given.put(name, joined([text(value), word[1:]], number), number)
        elif first == "read":
            prompt = re.search(r"(?:-P|--prompt-str)\s*=?\s*(?:'([^']*)'|\"([^\"]*)\"|(\S+))", line)
            asked = next((one for one in prompt.groups() if one), "") if prompt else ""
            name = plain[-1] if plain else ""
            unseen = any(re.fullmatch(r"-\w*s\w*|--silent", flag) for flag in flags)
            lines.given.put(name, (question(name, asked, unseen, number),), number)
        elif words and first not in ("echo", "printf", "true", "stty"):
            raise Refused(number, NOT_UNDERSTOOD)
    return lines.given


def _fish_words(lines: Lines, line: str, number: int) -> list[Value]:
    words: list[list[Value]] = []
    at, fresh = 0, True
    token = re.compile(
        r"(\s+)|'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|\\(.)|(\(.*?\)|\$\()|(;|[&|<>])|([^\s'\"\\();&|<>]+)"
    )
    while at < len(line):
        match = token.match(line, at)
        if not match:
            raise Refused(number, QUOTE_OPEN)
        at = match.end()
        blank, single, double, escaped, output, end, plain = match.groups()
        if blank is not None:
            fresh = True
            continue
        if plain is not None and plain.startswith("#") and fresh:
            break
        if end is not None:
            if end != ";" or line[at:].strip():
                raise Refused(number, "there is more than one command on the line")
            break
        if output is not None or (double and "$(" in double):
            value: Value = (Unreadable(number, PROGRAM),)
        elif double is not None:
            pieces = re.split(r"(\\[\"\\$])", double)
            value = joined(
                [text(p[1]) if re.fullmatch(r"\\[\"\\$]", p) else lines.expand(p, number) for p in pieces], number
            )
        elif plain is not None:
            value = lines.expand(plain, number)
        else:
            value = text(escaped if escaped is not None else re.sub(r"\\(['\\])", r"\1", single or ""))
        if fresh:
            words.append([])
        words[-1].append(value)
        fresh = False
    return [joined(word, number) for word in words]


_POWERSHELL = re.compile(
    r"""\s*(?:
        \$(?P<scope>env:)?(?P<name>\w+)\s*=\s*(?P<value>.*)
      | \[(?:System\.)?Environment\]::SetEnvironmentVariable\(\s*["'](?P<set>\w+)["']\s*,(?P<to>.*)\)
      | (?:Remove-Item|rm|del)\s+(?:-\w+\s+)*["']?env:\\?(?P<gone>\w+\*?)["']?.*
      | (?P<shown>(?:Write-Host|Write-Output|echo|param|Set-StrictMode)\b.*)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_POWERSHELL_TEXT = re.compile(r"\"((?:[^\"`]|`.|\"\")*)\"|'((?:[^']|'')*)'")


def powershell(written: str, environ: Mapping[str, str]) -> Given:
    """`$env:NAME = "value"`, `$env:NAME = $null`, `$name = Read-Host …`."""
    lines = Lines(environ, r"\$(?:env:(\w+)|\{env:(\w+)\}|(\w+))", whole_case=False)
    for number, line in numbered(re.sub(r"(?s)<#.*?#>", lambda found: "\n" * found[0].count("\n"), written)):
        match = _POWERSHELL.fullmatch(line.strip().rstrip(";"))
        if not match:
            raise Refused(number, NOT_UNDERSTOOD)
        name = lines.name(match["name"] or match["set"] or match["gone"] or "")
        if match["gone"]:
            _drop(lines, re.escape(name).replace(r"\*", ".*"), number, everything="*" in name)
        elif name:
            value = _powershell_value(lines, name, match["value"] or match["to"] or "", number)
            lines.given.put(name, value, number)
    return lines.given


def _powershell_value(lines: Lines, name: str, written: str, number: int) -> Value | None:
    written = written.strip()
    match = _POWERSHELL_TEXT.match(written)
    if match and re.match(r"\s*;?\s*(#|,|$)", written[match.end() :]):
        written = match.group()
    elif match:
        return (Unreadable(number, PROGRAM),)
    if re.match(r"(?i)(\$null|''$|\"\"$|\[NullString\]::Value)\s*(#|,|$)", written):
        return None
    if match:
        if match[2] is not None:
            return text(match[2].replace("''", "'"))
        if "$(" in match[1]:
            return (Unreadable(number, PROGRAM),)
        pieces = re.split(r'(`.|"")', match[1])
        escapes = {"n": "\n", "t": "\t", "r": "\r", "0": ""}
        return joined(
            [text(escapes.get(p[1], p[1])) if re.fullmatch(r'`.|""', p) else lines.expand(p, number) for p in pieces],
            number,
        )
    if re.match(r"(?i)\(?\s*Read-Host\b", written):
        prompt = _POWERSHELL_TEXT.search(written)
        said = (prompt[1] or prompt[2] or "") if prompt else ""
        return (question(name, said, "securestring" in written.lower(), number),)
    # A password that was read as a SecureString comes back as text by way of several steps.
    used = [lines.given.get(one, lines.environ) for one in re.findall(r"\$(\w+)", written)]
    asked = [value for value in used if value and any(isinstance(part, Question) for part in value)]
    if asked:
        return asked[0]
    if re.fullmatch(r"\$(env:)?\w+|\d+", written, re.IGNORECASE):
        return lines.expand(written, number)
    return (Unreadable(number, PROGRAM),)


_CMD = re.compile(
    r"\s*@?(?:set\s+(?P<ask>/p\s+)?(?P<quote>\"?)(?P<name>\w+)=(?P<value>.*)"
    r"|(?P<other>(?:echo|rem|setlocal|endlocal|cls|goto\s+:?eof|exit|pause|title)\b.*|:.*|\s*))",
    re.IGNORECASE,
)


def cmd(written: str, environ: Mapping[str, str]) -> Given:
    """`set NAME=value`, `set "NAME=value"`, `set /p NAME=prompt`."""
    lines = Lines(environ, r"%(\w+)%", whole_case=False)
    for number, line in numbered(written, comment=""):
        match = _CMD.fullmatch(line)
        if not match:
            raise Refused(number, NOT_UNDERSTOOD)
        if match["other"] is not None:
            continue
        name, value = lines.name(match["name"]), match["value"]
        if match["quote"]:
            value = value.rpartition('"')[0] if '"' in value else value
        elif value.startswith('"') and value.rstrip().endswith('"') and len(value) > 1:
            lines.given.trap(number, f'The quotes are part of {name}. Write: set "{name}=…"')
        elif value != value.rstrip():
            lines.given.trap(number, f"The blank at the end is part of {name}.")
        if match["ask"]:
            lines.given.put(name, (question(name, value, False, number),), number)
            continue
        if not match["quote"]:
            value = re.sub(r"\^(.)", r"\1", value)
        lines.given.put(name, lines.expand(value, number) if value else None, number)
    return lines.given


READERS: dict[str, Callable[[str, Mapping[str, str]], Given]] = {
    "csh": csh,
    "fish": fish,
    "PowerShell": powershell,
    "cmd": cmd,
}


def numbered(written: str, comment: str = "#") -> list[tuple[int, str]]:
    """The lines that are neither empty nor comments, each with its number. Errors: Refused for a long one."""
    found = []
    for number, line in enumerate(written.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise Refused(number, "the line is too long")
        if line.strip() and not (comment and line.lstrip().startswith(comment)):
            found.append((number, line))
    return found


def _drop(lines: Lines, pattern: str, number: int, everything: bool) -> None:
    """Unset the variables whose names fit."""
    if everything:
        lines.given.drops = lines.given.drops or number
    names = {*lines.environ, *lines.given.values}
    found = [name for name in names if re.fullmatch(pattern, name)]
    for name in sorted(found) or ([] if everything else [re.sub(r"\\", "", pattern)]):
        lines.given.put(name, None, number)
