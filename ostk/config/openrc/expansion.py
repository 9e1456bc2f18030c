"""Words of the shell made into values: parameters, `~`, and the splitting at blanks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping

from .values import Given, Names, Unreadable, Value, empty, joined, known, text
from .words import NAME, Output, Parameter, Part, Refused, Word

PROGRAM = "its value is what a program prints"
CONDITION = "its value depends on what only a shell can find out"
ABOUT_THE_SHELL = re.compile(
    r"(BASH|ZSH_|KSH_|EPOCH|COMP_|FUNCNAME|PIPESTATUS|DIRSTACK|SHELLOPTS|SHLVL|RANDOM|SECONDS|LINENO|OPTIND"
    r"|PPID|UID|EUID|PWD|OLDPWD|_$)"
)
# Ways to write "the names of all variables that begin with OS_".
NAMES_PRINTED = re.compile(r"\s*(?:set|env|printenv|export(?:\s+-p)?|declare(?:\s+-x)?)\s*\|.*?(OS_\w*)", re.DOTALL)


class Expansion:
    """Variables as they are at one place of a file, and what words come to there."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.given = Given()
        self.assigned = ""  # the variable that the words being expanded are the value of

    def whole(self, parts: tuple[Part, ...], line: int) -> Value:
        """Parts of words as one value, not split."""
        return joined((piece for piece, _ in self.pieces(parts, line)), line)

    def items(self, words: Iterable[Word]) -> Iterator[Value]:
        """The words after expansion, those that are not quoted split at blanks."""
        for word in words:
            if word.patterned:
                raise Refused(word.line, "it looks for files by a pattern")
            item: list[Value] | None = None
            for value, quoted in self.pieces(word.parts, word.line):
                if quoted or known(value) is None:
                    item = [*(item or []), value]
                    continue
                first, *rest = re.split(r"[ \t\n]+", known(value) or "")
                if first:
                    item = [*(item or []), text(first)]
                for one in rest:
                    if item is not None:
                        yield joined(item, word.line)
                    item = [text(one)] if one else None
            if item is not None:
                yield from self.named(joined(item, word.line))

    def named(self, value: Value) -> list[Value]:
        """The value alone or, where it stands for the names of variables, each of them."""
        names = value[0] if len(value) == 1 else None
        if not isinstance(names, Names):
            return [value]
        self.given.drops = self.given.drops or names.line
        every = dict.fromkeys([*self.environ, *self.given.values])
        return [
            text(name)
            for name in every
            if name.startswith(names.prefix) and self.given.get(name, self.environ) is not None
        ]

    def pieces(self, parts: tuple[Part, ...], line: int, nested: bool = False) -> Iterator[tuple[Value, bool]]:
        """The values of the parts of a word, each with whether blanks in it are not to split it."""
        for place, part in enumerate(parts):
            if isinstance(part, Output):
                yield (printed(part, line),), part.quoted
            elif isinstance(part, Parameter):
                yield from self.parameter(part, line)
            elif part.quoted or "~" not in part.text:
                yield text(part.text), part.quoted or not nested
            else:
                last = place == len(parts) - 1
                yield text(self.at_home(part.text, place == 0, last, not nested)), not nested

    def at_home(self, written: str, first: bool, last: bool, assigned: bool) -> str:
        """Text with `~` spelled out where a path begins: at its start and after a colon."""
        paths = written.split(":") if assigned else [written]
        for place, path in enumerate(paths):
            ends = "/" in path or place < len(paths) - 1 or last
            if not path.startswith("~") or (place == 0 and not first) or not ends:
                continue
            user, slash, rest = path.partition("/")
            home = self.given.get("HOME", self.environ) if user == "~" else None
            spelled = known(home) if home is not None else os.path.expanduser(user)
            paths[place] = f"{user if spelled is None else spelled}{slash}{rest}"
        return ":".join(paths)

    def parameter(self, part: Parameter, line: int) -> Iterator[tuple[Value, bool]]:
        """The value of `$NAME` or `${NAME…}`."""
        name, operator = part.name, part.operator
        value = self.value(name, line)
        test = empty(value) if operator.startswith(":") else value is None
        match operator[-1:] if operator in (":-", "-", ":=", "=", ":+", "+", ":?", "?") else operator:
            case "-" | "=" if test:
                found = list(self.pieces(part.word, line, nested=not part.quoted))
                if operator.endswith("="):
                    whole = joined((piece for piece, _ in found), line)
                    self.given.put(name, whole, line)
                    found = [(whole, part.quoted)]
                yield from found or [((), part.quoted)]
            case "+":
                if test is None:
                    yield (Unreadable(line, CONDITION),), part.quoted
                elif not test:
                    yield from self.pieces(part.word, line, nested=not part.quoted)
            case "?" if test:
                # Another name may be a piece of a password with a $ in it.
                what = name if name.startswith("OS_") else "a variable"
                raise Refused(line, f"it needs {what} to be set before")
            case "" | "-" | "=" | "?":
                of_a_cloud = self.assigned.startswith("OS_") and name != self.assigned
                if value is None and not operator and of_a_cloud:
                    self.given.trap(line, "It uses a variable that is not set; in single quotes $ is a $.")
                yield value or (), part.quoted
            case "names":
                yield (Names(line, PROGRAM, name),), part.quoted
            case "length" | "%" | "%%" | "#" | "##" if value is not None and known(value) is not None:
                yield self.cut(part, known(value) or "", line), part.quoted
            case "length" if value is None:
                yield text("0"), part.quoted
            case "%" | "%%" | "#" | "##" if value is None:
                yield (), part.quoted
            case _:
                yield (Unreadable(line, "its value is made in a way that only a shell knows"),), part.quoted

    def cut(self, part: Parameter, value: str, line: int) -> Value:
        """`${#NAME}`, or a value without what `%` and `#` take off its end or its start."""
        if part.operator == "length":
            odd = not value.isascii()
            return (Unreadable(line, "its value is a number of bytes"),) if odd else text(str(len(value)))
        off = known(joined((piece for piece, _ in self.pieces(part.word, line)), line))
        if off is None or Word(part.word, line).patterned or any(isinstance(p, Parameter) for p in part.word):
            return (Unreadable(line, "its value is cut by a pattern"),)
        return text(value.removesuffix(off) if part.operator[0] == "%" else value.removeprefix(off))

    def value(self, name: str, line: int) -> Value | None:
        """The value of a variable, None where it is not set."""
        if re.fullmatch(r"[1-9@*#][0-9]*", name):
            return (Unreadable(line, "its value is an argument of the script"),)
        if name == "$":
            why = "its value has `$$` in it, the number of the shell (in single quotes it is two $)"
            return (Unreadable(line, why),)
        if not NAME.fullmatch(name):
            return (Unreadable(line, "its value is something about the shell"),)
        if name == "IFS" and name not in self.given.values:
            return text(" \t\n")
        if ABOUT_THE_SHELL.match(name) and name not in self.given.values:
            return (Unreadable(line, "its value is something about the shell"),)
        return self.given.get(name, self.environ)


def printed(part: Output, line: int) -> Unreadable:
    """What a command prints: not known, except where it is the names of variables."""
    match = None if re.search(r"\s-\w*v\s", part.text) else NAMES_PRINTED.match(part.text)
    if not match:
        match = re.fullmatch(r"\s*compgen\s+(?:-v|-A\s+variable|-e)\s+[\"']?(OS_\w*)[\"']?\s*", part.text)
    return Names(line, PROGRAM, match[1]) if match else Unreadable(line, PROGRAM)


def tested(items: list[Value]) -> bool | None:
    """What `[` says of its arguments; None where it asks for more than text."""
    words = [known(item) for item in items]
    if len(items) == 3 and words[1] in ("=", "==", "!="):
        sides = (items[0], items[2])
        same = sides[0] == sides[1]
        if words[0] is None or words[2] is None:
            if {empty(side) for side in sides} != {True, False}:
                return None
            same = False
        return same == (words[1] != "!=")
    if len(items) > 1 and words[0] == "!":
        status = tested(items[1:])
        return None if status is None else not status
    if not items:
        return False
    if len(items) == 1:
        nothing = empty(items[0])
        return None if nothing is None else not nothing
    if len(items) == 2 and words[0] in ("-z", "-n"):
        nothing = empty(items[1])
        return None if nothing is None else nothing == (words[0] == "-z")
    return None
