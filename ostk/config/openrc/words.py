"""Words of the shell: quotes, backslashes and dollar signs, told apart and not expanded.

No message quotes the text that is read: it may be a password.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NoReturn

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
NAME_ON_LINES = re.compile(r"[A-Za-z_](?:(?:\\\n)*[A-Za-z0-9_])*")  # a line that goes on may part even a name
ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(\+?)=")
SPECIAL = re.compile(r"[0-9@*#?$!-]")
ENDS_WORD = " \t\n;&|<>()"
PLAIN = re.compile(r"[^ \t\n;&|<>()'\"\\$`]+")
PLAIN_IN_BRACES = re.compile(r"[^'\"\\$`}]+")
PLAIN_IN_QUOTES = re.compile(r"[^\"\\$`]+")
PLAIN_IN_BOTH = re.compile(r"[^\"\\$`}]+")
OPERATORS = (":-", ":=", ":+", ":?", "%%", "##", "-", "=", "+", "?", "%", "#")
PARAMETER = re.compile(
    r"!(?P<names>[A-Za-z_]\w*)[@*]\}|#(?P<length>[A-Za-z_]\w*)\}|(?P<name>[A-Za-z_]\w*|[0-9]+|[@*#?$!-])", re.ASCII
)
ANSI_QUOTED = re.compile(r"\$'((?:[^'\\]|\\.)*)'", re.DOTALL)
ANSI_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8})|(.))", re.DOTALL)
ANSI = dict(zip("abeEfnrtv", "\a\b\x1b\x1b\f\n\r\t\v", strict=True))
DEEPEST = 40


class Refused(Exception):
    """A line that cannot be read without running it: `line`, and `why` as the end of a sentence."""

    def __init__(self, line: int, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.line, self.why, self.hint = line, why, hint


@dataclass(frozen=True)
class Text:
    """Characters as they stand; `quoted` ones mean nothing to the shell."""

    text: str
    quoted: bool


@dataclass(frozen=True)
class Parameter:
    """`$name` or `${name<operator>word}`.

    Besides the operators of POSIX there are "length" for `${#name}`, "names" for `${!name@}` and "other"
    for what only bash knows.
    """

    name: str
    quoted: bool
    operator: str = ""
    word: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Output:
    """What a command would print: `$(text)`, or arithmetic."""

    text: str
    quoted: bool


Part = Text | Parameter | Output


@dataclass(frozen=True)
class Word:
    """One word of a command."""

    parts: tuple[Part, ...]
    line: int

    @property
    def plain(self) -> str | None:
        """The word where nothing in it is to be expanded, else None."""
        texts = [part.text for part in self.parts if isinstance(part, Text)]
        return "".join(texts) if len(texts) == len(self.parts) else None

    @property
    def bare(self) -> str:
        """The word where none of it is quoted or to be expanded, else ""."""
        whole = self.parts[0] if len(self.parts) == 1 else None
        return whole.text if isinstance(whole, Text) and not whole.quoted else ""

    @property
    def assignment(self) -> re.Match[str] | None:
        """`NAME=` or `NAME+=` at its start."""
        first = self.parts[0] if self.parts else None
        return ASSIGNMENT.match(first.text) if isinstance(first, Text) and not first.quoted else None

    @property
    def patterned(self) -> bool:
        """Whether it has characters that look for files or match many texts."""
        if self.bare in ("[", "[["):
            return False
        texts = [part.text for part in self.parts if isinstance(part, Text) and not part.quoted]
        return any(set("*?[") & set(one) for one in texts)


class Words:
    """Reads words from a text; `at` is where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.starts = [match.end() for match in re.finditer("\n", text)]

    @property
    def line(self) -> int:
        """The line it stands in, from 1."""
        return bisect_right(self.starts, self.at) + 1

    def next(self, size: int = 1) -> str:
        """The next characters."""
        return self.text[self.at : self.at + size]

    def ahead(self, size: int = 1) -> str:
        """The next characters after blanks and comments, which are passed over."""
        self.skip()
        return self.next(size)

    def validate(self, why: str, line: int = 0, hint: str = "") -> NoReturn:
        """Give up."""
        raise Refused(line or self.line, why, hint)

    def deeper(self) -> None:
        """Go one level down, unless that is too deep."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.validate("it is nested too deeply")

    def skip(self) -> None:
        """Pass over blanks and comments."""
        while self.at < len(self.text):
            if self.next() in (" ", "\t"):
                self.at += 1
            elif self.next(2) == "\\\n":
                self.at += 2
            elif self.next() == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                break

    def word(self) -> Word:
        """One word, with the quotes taken off."""
        line, parts = self.line, []
        while self.at < len(self.text) and self.next() not in ENDS_WORD:
            parts += self.piece(PLAIN)
        if self.next() == "(" and parts:
            listed = isinstance(parts[-1], Text) and parts[-1].text.endswith("=")
            self.validate("it is a list of values" if listed else "it is a function", line)
        return Word(tuple(parts), line)

    def piece(self, plain: re.Pattern[str]) -> list[Part]:
        """The next piece of a word outside of double quotes; `plain` are the characters without meaning."""
        character = self.next()
        if match := plain.match(self.text, self.at):
            self.at = match.end()
            return [Text(match.group(), False)]
        if character == "\\":
            self.at += 2
            escaped = self.text[self.at - 1 : self.at]
            return [] if escaped == "\n" else [Text(escaped or "\\", True)]
        if character == "'":
            return [Text(self.upto("'"), True)]
        if character == '"':
            return self.double()
        if character == "$":
            return self.dollar(False)
        return [self.backticks(False)]

    def upto(self, quote: str) -> str:
        """The text between two quotes."""
        end = self.text.find(quote, self.at + 1)
        if end < 0:
            self.validate("a quote is opened and never closed")
        found = self.text[self.at + 1 : end]
        self.at = end + 1
        return found

    def double(self) -> list[Part]:
        """What stands in double quotes."""
        line = self.line
        self.deeper()
        self.at += 1
        parts: list[Part] = [Text("", True)]
        while self.next() != '"':
            if self.at >= len(self.text):
                self.validate("a quote is opened and never closed", line)
            parts += self.quoted_piece('$`"\\\n', PLAIN_IN_QUOTES)
        self.at += 1
        self.depth -= 1
        return parts

    def quoted_piece(self, escapes: str, plain: re.Pattern[str]) -> list[Part]:
        """The next piece inside double quotes; a backslash takes the meaning of `escapes` alone."""
        if match := plain.match(self.text, self.at):
            self.at = match.end()
            return [Text(match.group(), True)]
        if self.next() == "\\":
            following = self.text[self.at + 1 : self.at + 2]
            self.at += 2
            if following == "\n":
                return []
            return [Text(following if following and following in escapes else "\\" + following, True)]
        if self.next() == "$":
            return self.dollar(True)
        return [self.backticks(True)]

    def backticks(self, quoted: bool) -> Part:
        """A command in backquotes."""
        start = self.at
        self.at += 1
        while self.next() != "`":
            if self.at >= len(self.text):
                self.at = start
                self.validate("a quote is opened and never closed")
            self.at += 2 if self.next() == "\\" else 1
        self.at += 1
        return Output(self.text[start + 1 : self.at - 1], quoted)

    def dollar(self, quoted: bool) -> list[Part]:
        """What a `$` begins."""
        following = self.text[self.at + 1 : self.at + 2]
        if following == "'" and not quoted:
            return [Text(self.ansi(), True)]
        if following == '"' and not quoted:
            self.at += 1
            return self.double()
        if following == "(":
            return [self.substitution(quoted)]
        if following == "{":
            return [self.braces(quoted)]
        match = NAME_ON_LINES.match(self.text, self.at + 1) or SPECIAL.match(self.text, self.at + 1)
        if not match:
            self.at += 1
            return [Text("$", True)]
        self.at = match.end()
        return [Parameter(match.group().replace("\\\n", ""), quoted)]

    def ansi(self) -> str:
        r"""What stands in `$'…'`, where a backslash begins what it begins in C."""
        line, match = self.line, ANSI_QUOTED.match(self.text, self.at)
        if not match:
            self.validate("a quote is opened and never closed")
        self.at = match.end()

        def character(found: re.Match[str]) -> str:
            byte, octal, code, other = found.groups()
            if other == "c":
                self.validate("it has a control character in its value", line)
            if other is not None:
                return ANSI.get(other, other if other in "\\'\"?" else f"\\{other}")
            number = int(octal, 8) & 0xFF if octal else int(byte or code[1:], 16)
            if not number or number > 0x10FFFF or number in range(0xD800, 0xE000):
                self.validate("it has a character in its value that no text has", line)
            # Bytes above ASCII may make up a character together, like those that Python could not decode.
            return chr(number) if code or number < 0x80 else chr(0xDC00 + number)

        found = ANSI_ESCAPE.sub(character, match[1])
        return found.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")

    def substitution(self, quoted: bool) -> Part:
        """`$(…)` and `$((…))`, passed over."""
        start = self.at
        self.at += 1
        self.brackets(start)
        return Output(self.text[start + 2 : self.at - 1], quoted)

    def brackets(self, start: int) -> None:
        """Pass over everything from an opening bracket to its closing one."""
        self.deeper()
        self.at += 1
        while self.next() != ")":
            character = self.next()
            if not character:
                self.at = start
                self.validate("a bracket is opened and never closed")
            if character == "\\":
                self.at += 2
            elif character == "'":
                self.upto("'")
            elif character == '"':
                self.double()
            elif character == "`":
                self.backticks(False)
            elif character == "(":
                self.brackets(self.at)
            elif character == "#" and self.text[self.at - 1] in " \t\n;":
                self.skip()
            else:
                self.at += 1
        self.at += 1
        self.depth -= 1

    def braces(self, quoted: bool) -> Part:
        """`${…}`."""
        start = self.at
        self.deeper()
        self.at += 2
        parts: list[Part] = []
        name, operator = self.parameter()
        # In double quotes a word of these is read as text in double quotes, but a pattern is not.
        inside = quoted and operator[:1] not in ("%", "#")
        while self.next() != "}":
            if self.at >= len(self.text):
                self.at = start
                self.validate("a bracket is opened and never closed")
            if not inside:
                parts += self.piece(PLAIN_IN_BRACES)
            elif self.next() == '"':
                parts += self.double()
            else:
                parts += self.quoted_piece('$`"\\}\n', PLAIN_IN_BOTH)
        self.at += 1
        self.depth -= 1
        return Parameter(name, quoted, operator, tuple(parts))

    def parameter(self) -> tuple[str, str]:
        """The name in `${…}` and what is done to it, up to its word."""
        match = PARAMETER.match(self.text, self.at)
        if match and match["names"]:
            self.at = match.end() - 1
            return match["names"], "names"
        if match and match["length"]:
            self.at = match.end() - 1
            return match["length"], "length"
        if not match:
            return "", "other"
        self.at = match.end()
        operator = next((one for one in OPERATORS if self.next(len(one)) == one), "")
        self.at += len(operator)
        return match["name"], operator if operator or self.next() == "}" else "other"
