"""Shell text as a tree: as much of POSIX sh, and of bash, as files of variables are written in.

Nothing is run and nothing is expanded here. What has no place in the tree (functions, loops without end,
subshells) is Refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import ENDS_WORD, NAME, PLAIN, Refused, Word, Words

__all__ = ["Block", "Refused", "Statement", "parse"]

LEFT_OUT = {
    "while": "a loop",
    "until": "a loop",
    "select": "a menu",
    "case": "a choice by patterns (case)",
    "function": "a function",
    "time": "a program",
    "coproc": "a program",
}
NOT_SHELL = "a shell would not understand it either"
REDIRECTION = re.compile(r"\d*(<<<|<<-?|<>|<&|<|&>>?|>>|>\||>&|>)")


@dataclass(frozen=True)
class Simple:
    """A command with its words; `fed` from somewhere else than the terminal, `unclear` in its meaning."""

    words: tuple[Word, ...]
    line: int
    fed: bool = False
    unclear: bool = False


@dataclass(frozen=True)
class If:
    """Conditions, each with what it guards, and what is done otherwise."""

    branches: tuple[tuple[Block, Block], ...]
    otherwise: Block
    line: int


@dataclass(frozen=True)
class For:
    """The same commands with a variable that is each of the words in turn."""

    name: str
    words: tuple[Word, ...]
    body: Block
    line: int


@dataclass(frozen=True)
class Chain:
    """Commands joined by `&&` and `||`."""

    first: Statement
    rest: tuple[tuple[str, Statement], ...]
    line: int


@dataclass(frozen=True)
class Pipe:
    """Commands that feed each other."""

    commands: tuple[Statement, ...]
    line: int


@dataclass(frozen=True)
class Not:
    """A command whose status is turned round."""

    statement: Statement


@dataclass(frozen=True)
class Group:
    """Commands in braces."""

    body: Block


Statement = Simple | If | For | Chain | Pipe | Not | Group
Block = tuple[Statement, ...]


def parse(text: str) -> Block:
    """The commands in a text. Errors: Refused."""
    return Reader(text).block(())


class Reader(Words):
    """Reads commands from a text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.documents: list[tuple[str, bool]] = []

    def block(self, until: tuple[str, ...]) -> Block:
        """Commands up to one of the words `until`, which is left there; to the end where there are none."""
        self.deeper()
        started = self.line
        found: list[Statement] = []
        while True:
            self.skip_lines()
            if self.at >= len(self.text):
                if until:
                    self.validate(f"what begins here has no `{until[-1]}`", started)
                break
            if self.next() in (";", "&", "|", ")"):
                self.validate(NOT_SHELL)
            if self.reserved() in until:
                break
            found.append(self.chain())
            if self.ahead() == "&":
                self.validate(
                    "it starts a program in the background",
                    hint="If the & belongs to a value, put the value into single quotes.",
                )
            if self.next() == ";":
                self.at += 1
        self.depth -= 1
        return tuple(found)

    def chain(self) -> Statement:
        """Pipelines joined by `&&` and `||`."""
        line, first = self.line, self.pipeline()
        rest: list[tuple[str, Statement]] = []
        while (operator := self.ahead(2)) in ("&&", "||"):
            self.at += 2
            self.skip_lines()
            rest.append((operator, self.pipeline()))
        return Chain(first, tuple(rest), line) if rest else first

    def pipeline(self) -> Statement:
        """Commands joined by `|`."""
        line, turned = self.line, False
        while self.reserved() == "!":
            self.at += 1
            self.skip()
            turned = not turned
        commands = [self.command()]
        while self.ahead() == "|" and self.next(2) != "||":
            self.at += 1
            self.skip_lines()
            commands.append(self.command())
        found = Pipe(tuple(commands), line) if len(commands) > 1 else commands[0]
        return Not(found) if turned else found

    def reserved(self) -> str:
        """The bare word that comes next, left where it is; "" where it is quoted in part."""
        match = PLAIN.match(self.text, self.at)
        if not match or self.text[match.end() : match.end() + 1] in ("'", '"', "\\", "$", "`"):
            return ""
        return match.group()

    def command(self) -> Statement:
        """One command."""
        word = self.reserved()
        if word in LEFT_OUT:
            self.validate(f"it is {LEFT_OUT[word]}")
        if self.next() == "(":
            self.validate("it is a command in a shell of its own")
        if word == "if":
            return self.choice()
        if word == "for":
            return self.loop()
        if word == "[[":
            return self.condition()
        if word == "{":
            self.at += 1
            body = self.block(("}",))
            self.at += 1
            return Group(body)
        return self.simple()

    def simple(self) -> Simple:
        """A command, its words and redirections."""
        line, fed = self.line, False
        words: list[Word] = []
        while (character := self.ahead()) and character not in "\n;|)":
            if character == "&" and self.next(2) != "&>":
                break
            if redirected := self.redirection():
                fed = fed or redirected == "<"
                continue
            if character == "(":
                self.validate("it is a function" if len(words) == 1 else "it has brackets without quotes")
            words.append(self.word())
        if not words and not fed:
            self.validate(NOT_SHELL, line)
        return Simple(tuple(words), line, fed)

    def choice(self) -> If:
        """`if … then … elif … else … fi`."""
        line, word = self.line, "if"
        branches: list[tuple[Block, Block]] = []
        otherwise: Block = ()
        while word in ("if", "elif"):
            self.at += len(word)
            condition = self.block(("then",))
            self.at += len("then")
            branches.append((condition, self.block(("elif", "else", "fi"))))
            word = self.reserved()
        if word == "else":
            self.at += len("else")
            otherwise = self.block(("fi",))
        self.at += len("fi")
        return If(tuple(branches), otherwise, line)

    def loop(self) -> For:
        """`for name in words; do … done`."""
        line = self.line
        self.at += len("for")
        self.skip()
        match = NAME.match(self.text, self.at)
        if not match:
            self.validate("it is a loop")
        self.at = match.end()
        self.skip_lines()
        if self.reserved() != "in":
            self.validate("it is a loop over the arguments of the script")
        self.at += len("in")
        words: list[Word] = []
        while (character := self.ahead()) and character not in ENDS_WORD:
            words.append(self.word())
        if self.next() == ";":
            self.at += 1
        self.skip_lines()
        if self.reserved() != "do":
            self.validate(NOT_SHELL)
        self.at += len("do")
        body = self.block(("done",))
        self.at += len("done")
        return For(match.group(), tuple(words), body, line)

    def condition(self) -> Simple:
        """`[[ … ]]`; one with more than words in it is unclear."""
        line, unclear = self.line, False
        words: list[Word] = []
        while not words or words[-1].bare != "]]":
            self.skip_lines()
            if self.at >= len(self.text):
                self.validate("what begins here has no `]]`", line)
            if self.next() in ENDS_WORD:
                unclear = True
                self.at += 1
            else:
                words.append(self.word())
        return Simple(tuple(words), line, unclear=unclear)

    def redirection(self) -> str:
        """Pass over a redirection: "<" where it feeds the command, ">" where not, "" where there is none."""
        match = REDIRECTION.match(self.text, self.at)
        if not match:
            return ""
        self.at = match.end()
        if self.next() == "(":
            self.validate("it runs a program")
        operator = match.group(1)
        if self.ahead() in ENDS_WORD:
            self.validate(NOT_SHELL)
        target = self.word()
        if operator in ("<<", "<<-"):
            self.documents.append((target.plain or "", operator == "<<-"))
        return "<" if operator.startswith("<") else ">"

    def skip_lines(self) -> None:
        """Pass over blanks, comments, ends of lines, and the texts that `<<` announced."""
        while self.ahead() == "\n":
            self.at += 1
            for end, tabs in self.documents:
                self.pass_document(end, tabs)
            self.documents = []

    def pass_document(self, end: str, tabs: bool) -> None:
        """Pass over a text that ends with the line `end`, before which there may be tabs."""
        while self.at < len(self.text):
            stop = self.text.find("\n", self.at)
            stop = len(self.text) if stop < 0 else stop
            line = self.text[self.at : stop]
            self.at = min(stop + 1, len(self.text))
            if (line.lstrip("\t") if tabs else line) == end:
                break
