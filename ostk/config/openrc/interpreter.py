"""What a shell would make of a file of variables, without running anything.

Assignments, `export`, `unset`, `read`, conditions on variables and loops over words are followed as a shell
would follow them. What depends on a program is Unreadable, and counts only where a variable that matters
needs it. Anything that could do more (another file, a function, a program of unknown name) is Refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from .expansion import CONDITION, Expansion, tested
from .parser import Block, Chain, For, Group, If, Not, Pipe, Refused, Simple, Statement, parse
from .values import SECRET_NAME, Given, Unreadable, Value, joined, known, question, text
from .words import NAME, Output, Parameter, Text, Word

MOST_STEPS = 20_000
QUOTES = "If it belongs to a value, put the whole value into single quotes."
# Programs, and commands of the shell, that change no variable whatever their arguments are.
HARMLESS = frozenset(
    "alias awk bind cat cd clear complete cut date dirs echo egrep env false grep hash head history "
    "hostname id paste printenv printf pwd sed shopt sleep sort stty tail tee test tr trap true tput "
    "type ulimit umask unalias uniq wait which whoami : [".split()
)
PROGRAMS = frozenset("openstack nova keystone glance neutron cinder module conda pyenv kubectl juju".split())


class Stop(Exception):
    """The file ends here: `return` or `exit`."""

    def __init__(self, failing: bool) -> None:
        super().__init__()
        self.failing = failing


class Break(Exception):
    """A loop ends here, or with `goes_on` only this round of it."""

    def __init__(self, goes_on: bool) -> None:
        super().__init__()
        self.goes_on = goes_on


Status = bool | None  # whether a command succeeds, None where nobody knows


def source(written: str, environ: Mapping[str, str]) -> Given:
    """What the shell text `written` does to variables, those of `environ` being there before.

    Errors: Refused.
    """
    sourcing = Sourcing(environ)
    try:
        sourcing.block(parse(written))
    except (Stop, Break):
        pass
    except RecursionError:
        raise Refused(1, "it is nested too deeply") from None
    return sourcing.given


class Sourcing(Expansion):
    """One reading of a file; `given` is what it did so far."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(environ)
        self.prompt = ""
        self.unseen = False
        self.steps = 0
        self.commands: dict[str, Callable[[Simple, list[Word]], Status]] = {
            "[": self.test,
            "[[": self.test,
            "test": self.test,
            "export": self.declare,
            "declare": self.declare,
            "typeset": self.declare,
            "readonly": self.declare,
            "local": self.declare,
            "unset": self.unset,
            "read": self.read,
            "echo": self.echo,
            "printf": self.echo,
            "stty": self.stty,
            "set": self.options,
            "true": lambda command, words: True,
            "false": lambda command, words: False,
            ":": lambda command, words: True,
        }

    # -- commands ---------------------------------------------------------------------------------

    def block(self, statements: Block) -> Status:
        """Follow commands one after the other; the status of the last."""
        status: Status = True
        for statement in statements:
            status = self.follow(statement)
        return status

    def follow(self, statement: Statement) -> Status:
        """Follow one command."""
        match statement:
            case Simple():
                return self.simple(statement)
            case If():
                return self.choice(statement.branches, statement.otherwise, statement.line)
            case For():
                return self.loop(statement)
            case Chain():
                return self.chain(statement)
            case Pipe():
                return self.pipe(statement)
            case Not():
                status = self.follow(statement.statement)
                return None if status is None else not status
            case Group():
                return self.block(statement.body)

    def simple(self, command: Simple) -> Status:
        """Follow a command, or assignments alone."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Refused(command.line, "it goes on for too long")
        words = list(command.words)
        before: list[str] = []
        while words and (match := words[0].assignment):
            before.append(match[1])
            if len(before) == len(command.words):
                for word in command.words:
                    assert word.assignment
                    self.put(word.assignment, self.value_of(word), word.line)
                outputs = any(isinstance(part, Output) for word in command.words for part in word.parts)
                return None if outputs else True
            words.pop(0)
        if not words:
            return True
        name = words[0].plain
        if name in self.commands and (not before or name in ("read", "echo", "printf")):
            status = self.commands[name](command, words[1:])
            if name not in ("export", "declare", "typeset", "readonly", "local", "unset", "read"):
                self.effects(words[1:])
            return status
        asked = name == "command" and words[1:] and words[1].plain in ("-v", "-V")
        if asked or (name in HARMLESS and not (before and name == ":")):
            self.effects(words[1:])
            return None
        if name in ("return", "exit"):
            raise Stop(words[1:] != [] and (words[1].plain or "0") != "0")
        if name in ("break", "continue"):
            raise Break(name == "continue")
        raise self.refusal(command, name, before)

    def refusal(self, command: Simple, name: str | None, before: list[str]) -> Refused:
        """Give up over a command that may do anything; it is named only if it can be no part of a value."""
        line = command.words[-1].line if before else command.line
        if name in (".", "source"):
            return Refused(line, "it reads another file")
        if name in ("eval", "exec"):
            return Refused(line, f"it runs text as a program (`{name}`)")
        if name in PROGRAMS:
            return Refused(line, f"it runs a program (`{name}`)")
        if name == "shift":
            return Refused(line, "it uses the arguments of the script")
        after = [one for one, at in self.given.lines.items() if at == command.line]
        if before or after:
            variable = (before or after)[-1]
            return Refused(line, f"what follows the value of {variable} would be run as a program", QUOTES)
        return Refused(line, "it runs a program, and that may do anything")

    def chain(self, chain: Chain) -> Status:
        """Follow `a && b || c`."""
        status = self.follow(chain.first)
        for operator, statement in chain.rest:
            if status is None:
                status = self.either(chain.line, partial(self.follow, statement), lambda: None)
            elif status == (operator == "&&"):
                status = self.follow(statement)
        return status

    def pipe(self, pipe: Pipe) -> Status:
        """Pass over commands that feed each other: what they set is lost with their shells."""
        for command in pipe.commands:
            name = command.words[0].plain if isinstance(command, Simple) and command.words else None
            if name not in HARMLESS:
                raise Refused(pipe.line, "it runs a program, and that may do anything", QUOTES)
        return None

    def choice(self, branches: tuple[tuple[Block, Block], ...], otherwise: Block, line: int) -> Status:
        """Follow the branch whose condition holds, or all of them if nobody knows."""
        if not branches:
            return self.block(otherwise)
        (condition, body), *rest = branches
        status = self.block(condition)
        if status is None:
            return self.either(line, lambda: self.block(body), lambda: self.choice(tuple(rest), otherwise, line))
        return self.block(body) if status else self.choice(tuple(rest), otherwise, line)

    def either(self, line: int, *ways: Callable[[], Status]) -> Status:
        """Follow each way from here; what they leave different is Unreadable.

        A way on which the file ends with a failure is not taken: nobody goes on with half of a file.
        """
        before = dict(self.given.values)
        ends: list[dict[str, Value | None]] = []
        stopped = None
        for way in ways:
            self.given.values = dict(before)
            try:
                way()
            except Stop as stop:
                stopped = stop
                if not stop.failing:
                    raise Refused(line, "where it ends depends on what only a shell can find out") from None
            except Break:
                raise Refused(line, "how a loop ends depends on what only a shell can find out") from None
            else:
                ends.append(self.given.values)
        if not ends and stopped:
            raise stopped
        self.given.values = ends[0]
        for name in dict.fromkeys(name for end in ends for name in end):
            first, *others = (end[name] if name in end else self.inherited(name, name in before) for end in ends)
            if any(other != first for other in others):
                self.given.put(name, (Unreadable(self.given.lines.get(name, line), CONDITION),), line)
        return None

    def inherited(self, name: str, set_before: bool) -> Value | None:
        """What a variable is that nothing has touched."""
        return None if set_before or name not in self.environ else text(self.environ[name])

    def loop(self, loop: For) -> Status:
        """Follow a loop, round by round."""
        status: Status = True
        for item in list(self.items(loop.words)):
            if known(item) is None:
                raise Refused(loop.line, f"it loops over what only a shell can find out (`{loop.name}`)")
            self.given.put(loop.name, item, loop.line)
            try:
                status = self.block(loop.body)
            except Break as end:
                if not end.goes_on:
                    return True
        return status

    # -- what the commands of the shell itself do -------------------------------------------------

    def declare(self, command: Simple, words: list[Word]) -> Status:
        """`export A=1 B`, and its like."""
        flags = ""
        while words and (plain := words[0].plain) and plain[0] in "-+" and not words[0].assignment:
            flags += plain
            words = words[1:]
        if "f" in flags or "F" in flags:
            return True
        changed = re.search(r"[aAiunlcI]", flags.replace("-n", "")) and command.words[0].plain != "readonly"
        # All words are expanded before the first of them counts.
        given = [(word, [self.value_of(word)] if word.assignment else list(self.items([word]))) for word in words]
        for word, values in given:
            if match := word.assignment:
                self.put(match, values[0], word.line)
                names = [match[1]]
            else:
                names = [self.exported(item, command) for item in values]
            for name in names:
                if "-n" in flags and command.words[0].plain == "export":
                    self.given.put(name, None, word.line)
                elif changed:
                    why = "its value is changed by the way it is declared"
                    self.given.put(name, (Unreadable(word.line, why),), word.line)
        return True

    def exported(self, item: Value, command: Simple) -> str:
        """The name in `export $WORD`, which may bring a value along."""
        whole = known(item)
        if whole is None:
            raise Refused(command.line, "what it exports is what a program prints")
        name, equals, value = whole.partition("=")
        if not NAME.fullmatch(name):
            raise Refused(command.line, "it exports something that is no name of a variable", QUOTES)
        if equals:
            self.given.put(name, text(value), command.line)
        elif self.given.get(name, self.environ) is None and not name.isupper() and not name.endswith("_proxy"):
            self.given.trap(command.line, "A word without a value is exported. If it belongs to a value, quote it.")
        return name

    def value_of(self, word: Word) -> Value:
        """Return the value in `NAME=value`."""
        first, *rest = word.parts
        assert word.assignment
        assert isinstance(first, Text)
        self.assigned = word.assignment[1]
        try:
            return self.whole((Text(first.text[word.assignment.end() :], False), *rest), word.line)
        finally:
            self.assigned = ""

    def put(self, match: re.Match[str], value: Value, line: int) -> None:
        """Give a variable a value, or with `+=` more of one."""
        before = (self.given.get(match[1], self.environ) or ()) if match[2] else ()
        self.given.put(match[1], joined([before, value], line), line)

    def unset(self, command: Simple, words: list[Word]) -> Status:
        """`unset A B`."""
        if words and words[0].plain in ("-f", "-v"):
            if words[0].plain == "-f":
                return True
            words = words[1:]
        for item in list(self.items(words)):
            name = known(item)
            if name is None:
                raise Refused(command.line, "what it unsets is what a program prints")
            if NAME.fullmatch(name):
                self.given.put(name, None, command.line)
        return True

    def read(self, command: Simple, words: list[Word]) -> Status:
        """`read -r -s -p 'Password: ' NAME`: a person is asked."""
        items = [known(item) for item in self.items(words)]
        prompt, secret = "", self.unseen
        names: list[str] = []
        while items:
            item = items.pop(0) or ""
            if not item.startswith("-") or names:
                names.append(item)
                continue
            for place, letter in enumerate(item[1:], 2):
                secret = secret or letter == "s"
                if letter in "adiknNptu":
                    argument = item[place:] or (items.pop(0) if items else "") or ""
                    prompt = argument if letter == "p" else prompt
                    names += [argument, ""] if letter == "a" else []
                    break
        names = names or ["REPLY"]
        for name in names:
            if not NAME.fullmatch(name):
                raise Refused(command.line, "it reads into something that is no name of a variable")
            value: Value = (question(name, prompt or self.prompt, secret, command.line),)
            if command.fed or len(names) > 1:
                value = (Unreadable(command.line, "its value is read from somewhere else"),)
            self.given.put(name, value, command.line)
        self.prompt = ""
        return True

    def echo(self, command: Simple, words: list[Word]) -> Status:
        """`echo` and `printf`: what they print may be the prompt of a `read` that follows."""
        if words and words[0].plain == "-v" and command.words[0].plain == "printf":
            raise Refused(command.line, "it makes a value with printf")
        shown = []
        for word in words:
            secret = [isinstance(part, Parameter) and SECRET_NAME.search(part.name) for part in word.parts]
            values = [self.whole((part,), word.line) for part in word.parts]
            known_ones = ["…" if hidden else known(v) or "" for hidden, v in zip(secret, values, strict=True)]
            shown.append("".join(known_ones))
        self.prompt = " ".join(one for one in shown if not re.fullmatch(r"-[neE]+", one))[:1000]
        return True

    def stty(self, command: Simple, words: list[Word]) -> Status:
        """`stty -echo` and `stty echo`."""
        for word in words:
            self.unseen = {"-echo": True, "echo": False}.get(word.plain or "", self.unseen)
        return None

    def options(self, command: Simple, words: list[Word]) -> Status:
        """`set -a` and other options of the shell, which change no variable."""
        return True

    def test(self, command: Simple, words: list[Word]) -> Status:
        """`[ -z "$NAME" ]` and its like; None where it asks for more than the variables tell."""
        kind = command.words[0].plain
        if kind != "test":
            if not words or words[-1].plain != kind.replace("[", "]"):  # type: ignore[union-attr]
                raise Refused(command.line, "a shell would not understand it either")
            words = words[:-1]
        if command.unclear or any(word.patterned for word in words):
            return None
        if kind == "[[":
            return tested([self.whole(word.parts, word.line) for word in words])
        return tested(list(self.items(words)))

    def effects(self, words: Iterable[Word]) -> None:
        """Expand words for what that does to variables: `${NAME:=value}`."""
        for word in words:
            self.whole(word.parts, word.line)
