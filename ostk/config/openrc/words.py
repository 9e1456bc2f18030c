"""The words of a shell command: quotes, parameters and `~`, expanded as they are read.

Nothing is executed: what a command substitution prints is an Unreadable value.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple, NoReturn

from .values import Changes, ShellValue, Unreadable, Unsupported, as_text, concatenate, literal

NAME = r"[A-Za-z_][A-Za-z0-9_]*"
WORD_END = " \t\n;&|<>()"
PLAIN = {
    (WORD_END, False): re.compile(r"[^ \t\n;&|<>()'\"\\$`]+"),
    ('"', True): re.compile(r"[^\"\\$`]+"),
    ("}", False): re.compile(r"[^'\"\\$`}]+"),
    ("}", True): re.compile(r"[^\"\\$`}]+"),
}
BLANKS = re.compile(r"(?:[ \t]+|\\\n|#[^\n]*)+")
ASSIGNMENT = re.compile(rf"({NAME})(\+?)=")
SINGLE_QUOTED = re.compile(r"'([^']*)'")
ANSI_QUOTED = re.compile(r"\$'((?:[^'\\]|\\[nt\\'\"])*)'")
BACKQUOTED = re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL)
_IN_PARENTHESES = r"[^()'\"\\`]|'[^']*'|\"(?:[^\"\\$`]|\\.|\$(?!\())*+\"|\\.|`[^`]*`"
for _ in range(3):
    _IN_PARENTHESES += rf"|\((?:{_IN_PARENTHESES})*+\)"
SUBSTITUTION = re.compile(rf"\$\(((?:{_IN_PARENTHESES})*+)\)", re.DOTALL)
# A line continuation may stand within a name.
PARAMETER = re.compile(r"\$([A-Za-z_](?:(?:\\\n)*[A-Za-z0-9_])*|[0-9@*#?$!-])")
BRACES = re.compile(rf"\$\{{(?:!({NAME})[@*](?=\}})|({NAME}|[0-9]+|[@*#?$!-])(:?-|(?=\}})))")
HOME = re.compile(r"~(?=[/ \t\n;&|<>)}]|$)")
OF_THE_SHELL = re.compile(r"BASH\w*|FUNCNAME|IFS|LINENO|RANDOM|SECONDS|UID|EUID|PPID|_|[^A-Za-z_]")
# Commands that print the names of all variables that begin with OS_.
PRINTED_NAMES = re.compile(
    r"\s*(?:(?:set|env|printenv|export(?:\s+-p)?|declare(?:\s+-x)?)\s*\|(?!.*\s-\w*v\s).*?"
    r"|compgen\s+(?:-v|-A\s+variable|-e)\s+[\"']?)(OS_\w*)",
    re.DOTALL,
)
OUTPUT = "its value is what a program prints"


class Word(NamedTuple):
    """A word of a command: an argument, or `NAME=value` with its `name` and the pieces of its value."""

    line: int
    source: str
    name: str
    append: bool
    pieces: list[tuple[ShellValue, bool]]  # each with whether it is quoted

    @property
    def value(self) -> ShellValue:
        """The word or, in an assignment, its value; not split at blanks."""
        return concatenate((value for value, _ in self.pieces), self.line)

    def arguments(self, split: bool = True) -> list[ShellValue]:
        """Return the arguments that the word becomes: itself, or none if it is empty and not quoted."""
        unquoted = "".join(as_text(value) or "" for value, quoted in self.pieces if not quoted)
        if self.source not in ("[", "[[") and re.search(r"[*?\[\\]" + (r"|\s" if split else ""), unquoted):
            raise Unsupported(self.line, "it has a pattern or blanks without quotes", "Put the word in double quotes.")
        prefix = literal(self.source[: self.source.index("=") + 1]) if self.name else ()
        value = concatenate((prefix, self.value), self.line)
        return [value] if value or not split or any(quoted for _, quoted in self.pieces) else []


class WordReader:
    """Reads words from shell text."""

    def __init__(self, text: str, environ: Mapping[str, str]) -> None:
        self.text, self.environ, self.changes = text, environ, Changes()
        self.at = 0  # the position in the text
        self.active = True  # False in a branch that is not taken
        self.assigned = ""  # the variable whose value is being read
        self.line_starts = [match.end() for match in re.finditer("\n", text)]

    @property
    def line(self) -> int:
        """The current line, from 1."""
        return bisect_right(self.line_starts, self.at) + 1

    def peek(self, size: int = 1) -> str:
        """Return the next characters."""
        return self.text[self.at : self.at + size]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Read what matches a pattern."""
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match

    def require(self, pattern: re.Pattern[str], why: str) -> re.Match[str]:
        """Read what matches a pattern; raises Unsupported if nothing does."""
        return self.take(pattern) or self.fail(why)

    def fail(self, why: str, line: int = 0, hint: str = "") -> NoReturn:
        """Raise Unsupported for a line, by default the current one."""
        raise Unsupported(line or self.line, why, hint)

    def warn(self, line: int, advice: str) -> None:
        """Note a line that is easily meant otherwise."""
        if self.active and (line, advice) not in self.changes.warnings:
            self.changes.warnings.append((line, advice))

    def skip_blanks(self) -> str:
        """Skip blanks, comments and line continuations; return the next character."""
        self.take(BLANKS)
        return self.peek()

    def word(self) -> Word:
        """Read one word."""
        line, start = self.line, self.at
        match = self.take(ASSIGNMENT)
        self.assigned = match[1] if match else ""
        pieces = self.pieces(WORD_END)
        source = self.text[start : self.at]
        if self.peek() == "(":
            self.fail("it is an array" if source.endswith("=") else "it is a function", line)
        return Word(line, source, self.assigned, bool(match and match[2]), pieces)

    def pieces(self, end: str, quoted: bool = False) -> list[tuple[ShellValue, bool]]:
        """Read the parts of a word up to a character of `end`, which is left."""
        line, found, plain = self.line, list[tuple[ShellValue, bool]](), PLAIN[end, quoted]
        if self.peek() == "~" and not quoted:
            home = self.changes.lookup("HOME", self.environ) if self.take(HOME) else None
            self.at += home is None
            found.append((home or (Unreadable(line, "its value begins with the home directory of a user"),), True))
        while (character := self.peek()) and character not in end:
            if match := self.take(plain):
                text = literal(match[0])
                if ":~" in match[0] and not quoted:
                    text = (Unreadable(self.line, "its value has a home directory in it"),)
                found.append((text, quoted))
            elif character == "$":
                found += self.dollar(quoted)
            elif character == '"':
                self.at += 1
                found += [((), True), *self.pieces('"', quoted=True)]
                self.at += 1
            elif character == "'":
                found.append((literal(self.require(SINGLE_QUOTED, "its quote is not closed")[1]), True))
            elif character == "`":
                found.append(self.output(self.require(BACKQUOTED, "its quote is not closed"), quoted))
            else:
                escaped = self.peek(2)[1:]
                self.at += 2
                keeps = not escaped or (quoted and escaped not in '$`"\\\n' + end)
                if escaped != "\n":
                    found.append((literal("\\" + escaped if keeps else escaped), True))
        if not character and end != WORD_END:
            self.fail("its quote or bracket is not closed", line)
        return found

    def dollar(self, quoted: bool) -> list[tuple[ShellValue, bool]]:
        """Read what a `$` begins."""
        following = self.peek(3)[1:]
        if following[:1] == "(":
            return [self.output(self.require(SUBSTITUTION, "its bracket is not closed"), quoted)]
        if following[:1] == "{":
            return self.braces(quoted)
        if match := self.take(PARAMETER):
            return [(self.parameter(match[1].replace("\\\n", ""), warn=True) or (), quoted)]
        if following == "\\\n" or (following[:1] in ("'", '"') and not quoted):
            match = self.require(ANSI_QUOTED, "it uses $ before a quote in a way that ostk does not read")
            return [(literal(re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), match[1])), True)]
        self.at += 1
        return [(("$",), True)]

    def braces(self, quoted: bool) -> list[tuple[ShellValue, bool]]:
        """Read `${NAME}`, `${NAME-default}`, `${NAME:-default}` and `${!PREFIX@}`."""
        line, active = self.line, self.active
        prefix, name, operator = self.require(BRACES, "it has a ${…} that ostk does not read").groups()
        value = (Unreadable(line, OUTPUT, prefix),) if prefix else self.parameter(name, warn=not operator)
        unset = value is None or (operator == ":-" and not value)
        self.active = active and unset
        default = self.pieces("}", quoted)
        self.at, self.active = self.at + 1, active
        return [*(default if unset else ()), (value or (), quoted)]

    def parameter(self, name: str, warn: bool) -> ShellValue | None:
        """Return the value of a parameter, None if it is unset; `warn` of an unset one in the value of another."""
        line = self.line
        if name == "$":
            return (Unreadable(line, "its value has `$$`, the number of the shell (in single quotes it is two $)"),)
        if re.fullmatch(r"[1-9@*#][0-9]*", name):
            return (Unreadable(line, "its value is an argument of the script"),)
        if OF_THE_SHELL.fullmatch(name) and name not in self.changes.values:
            return (Unreadable(line, "its value is something that only the shell knows"),)
        value = self.changes.lookup(name, self.environ)
        if warn and value is None and self.assigned.startswith("OS_") and name != self.assigned:
            self.warn(line, f"{self.assigned} uses a variable that is not set; in single quotes $ is a $ character.")
        return value

    def output(self, command: re.Match[str], quoted: bool) -> tuple[ShellValue, bool]:
        """Return what a command prints: not known, unless it is the names of variables."""
        line = bisect_right(self.line_starts, command.start()) + 1
        match = PRINTED_NAMES.match(command[1])
        return (Unreadable(line, OUTPUT, match[1] if match else ""),), quoted
