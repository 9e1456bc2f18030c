"""The commands of an openrc file, followed without a shell.

The grammar: assignments, export, unset, read, `if` on variables, and the loop that unsets inherited OS_*
variables. Output and terminal settings are skipped. Anything else is Unsupported.
"""

from __future__ import annotations

import re

from .values import Changes, Prompt, ShellValue, Unreadable, as_text, concatenate, literal, prompt_for
from .words import NAME, PLAIN, WORD_END, Word, WordReader

QUOTE_HINT = "If it belongs to a value, put the whole value in single quotes."
DECLARE = ("export", "declare", "typeset", "readonly")
SKIPPED = frozenset("clear set shopt umask true :".split())
STRUCTURES = {"case": "it is a case statement", "function": "it is a function", "{": "it is a group of commands"}
STRUCTURES |= dict.fromkeys(("while", "until", "select", "for"), "it is a loop")
COMMANDS = {name: f"it runs a program (`{name}`)" for name in ("openstack", "nova", "keystone", "kubectl", "juju")}
COMMANDS |= {name: f"it runs text as a program (`{name}`)" for name in ("eval", "exec")}
COMMANDS |= dict.fromkeys((".", "source"), "it sources another file")
COMMANDS |= dict.fromkeys(("return", "exit"), "it ends the script")
OPERATORS = {"(": "it is a subshell or a function", ")": "its bracket is not opened", ">": "it redirects output"}
OPERATORS |= {"|": "it is a pipeline or a list of commands", "<": "it redirects input, or has a here-document"}
OPERATORS |= {"&": "it is a list of commands or a command in the background"}
REDIRECTION = re.compile(r"\d*(?:>>|>\||>&|>)[ \t]*(?=[^ \t\n;&|<>()])")
# The loop of kolla-ansible and TripleO, and that of Juju, which keeps some of the variables.
LOOP = re.compile(rf"for[ \t]+({NAME})[ \t]+in[ \t]+")
LOOP_BODY = (
    r"{end}do\s+((?:if\s+\[\s+\"?\${{?{name}\b}}?\"?\s+==?\s+[\"']?\w+[\"']?\s+\]{end}then\s+continue{end}fi{end})*)"
    r"unset\s+\"?\${{?{name}\b}}?\"?{end}done\b"
)


class Interpreter(WordReader):
    """Follows the commands of a file as it reads them; `changes` is what they did so far."""

    message = ""  # what `echo` printed last: the message of a prompt that follows
    echo = True  # whether `stty` lets the terminal show what is typed

    def run(self) -> Changes:
        """Follow the whole file."""
        try:
            self.block()
        except RecursionError:
            self.fail("it is nested too deeply")
        return self.changes

    def block(self, *until: str) -> bool | None:
        """Follow commands up to one of the reserved words `until`; return whether the last one succeeds."""
        line, status = self.line, None
        while True:
            while self.skip_blanks() == "\n":
                self.at += 1
            if not self.peek() and until:
                self.fail(f"its `{until[-1]}` is missing", line)
            if not self.peek() or self.reserved() in until:
                return status
            status = self.command()
            if self.skip_blanks() in ("&", "|", ")"):
                self.fail(OPERATORS[self.peek()], hint=QUOTE_HINT)
            self.at += self.peek() == ";"

    def reserved(self) -> str:
        """Return the next word, without reading it, if nothing in it is quoted or expanded."""
        match = PLAIN[WORD_END, False].match(self.text, self.at)
        return match[0] if match and self.text[match.end() : match.end() + 1] not in (*"'\"\\$`",) else ""

    def command(self) -> bool | None:
        """Follow one command; return whether it succeeds, None if that is not known."""
        line, word = self.line, self.reserved()
        if word == "if":
            return self.choice()
        if word == "for":
            return self.loop(line)
        if word in STRUCTURES:
            self.fail(STRUCTURES[word], line)
        words, assigned = list[Word](), list[Word]()
        while (character := self.skip_blanks()) and character not in "\n;|)&":
            if self.take(REDIRECTION):
                self.word()
            elif character in "<>(":
                self.fail(OPERATORS[character], line, QUOTE_HINT)
            elif (read := self.word()).name and not words:
                assigned.append(read)
                if self.active and read.name != "IFS":
                    self.assign(read)
            else:
                words.append(read)
        if not words and not assigned:
            self.fail("its syntax is not the shell's", line)
        if not self.active:
            return None
        if words:
            return self.execute(as_text(words[0].value) or "", words[1:], line, {read.name for read in assigned})
        if "IFS" in [read.name for read in assigned]:
            self.fail("it changes IFS, by which the shell splits words", line)
        return None if any(isinstance(part, Unreadable) for read in assigned for part in read.value) else True

    def choice(self) -> bool:
        """Follow `if … then … elif … else … fi`."""
        active, taken, word = self.active, False, "if"
        while word != "fi":
            self.active, holds = active and not taken, True
            self.at += len(word)
            if word != "else":
                line, status = self.line, self.block("then")
                self.at += len("then")
                if self.active and status is None:
                    self.fail("only a shell can test its condition", line)
                holds = bool(status)
            self.active, taken = self.active and holds, taken or holds
            self.block(*(("fi",) if word == "else" else ("elif", "else", "fi")))
            word = self.reserved()
        self.at += len("fi")
        self.active = active
        return True

    def loop(self, line: int) -> bool:
        """Follow the loop that unsets variables whose names a program prints, except some."""
        name = self.require(LOOP, STRUCTURES["for"])[1]
        names = self.variable_names(self.word())
        kept = self.require(re.compile(LOOP_BODY.format(name=name, end=r"[ \t]*[;\n]\s*")), STRUCTURES["for"])[1]
        if self.active and names is None:
            self.fail(STRUCTURES["for"], line)
        for variable in names or () if self.active else ():
            if variable not in re.findall(r"=\s+[\"']?(\w+)", kept):
                self.changes.assign(variable, None, line)
        return True

    def variable_names(self, word: Word) -> list[str] | None:
        """Return the names of variables that a word such as `$(env | grep OS_)` stands for; None for another word."""
        names = word.value[0] if len(word.value) == 1 else None
        if not isinstance(names, Unreadable) or not names.prefix:
            return None
        self.changes.clears = self.changes.clears or self.active
        found = [name for name in {**self.environ, **self.changes.values} if name.startswith(names.prefix)]
        return [name for name in found if self.changes.lookup(name, self.environ) is not None]

    def assign(self, word: Word) -> None:
        """Follow `NAME=value` and `NAME+=value`."""
        before = (self.changes.lookup(word.name, self.environ) or ()) if word.append else ()
        self.changes.assign(word.name, concatenate((before, word.value), word.line), word.line)

    def execute(self, name: str, arguments: list[Word], line: int, prefix: set[str]) -> bool:
        """Follow a command; `prefix` are the variables assigned before it in the same command."""
        commands = {**dict.fromkeys(DECLARE, self.declare), "unset": self.unset, "read": self.read}
        commands |= {"echo": self.print, "printf": self.print}
        if name in commands and prefix <= ({"IFS"} if name == "read" else set()):
            commands[name](arguments, line)
        elif name in ("[", "[[", "test") and not prefix:
            return self.test(name, arguments, line)
        elif name == "stty":
            self.echo = "-echo" not in [word.source for word in arguments]
        elif name not in SKIPPED or prefix:
            # An unknown command may be a piece of a password that lacks quotes: its name is not shown.
            assigned = [*prefix, *(variable for variable, at in self.changes.lines.items() if at == line)]
            why = f"what follows the value of {assigned[-1]} would be run" if assigned else "it runs a program"
            self.fail(COMMANDS.get(name, why), line, QUOTE_HINT if assigned and name not in COMMANDS else "")
        return True

    def declare(self, arguments: list[Word], line: int) -> None:
        """Follow `export A=1 B` and its like."""
        while arguments and arguments[0].source.startswith(("-", "+")):
            if not re.fullmatch("-[xrg]+", arguments.pop(0).source):
                self.fail("it declares a variable with an option that ostk does not read", line)
        for word in arguments:
            if word.name:
                self.assign(word)
                continue
            for value in word.arguments():
                name, equals, text = (as_text(value) or "").partition("=")
                if not re.fullmatch(NAME, name):
                    self.fail("it exports something that is not the name of a variable", line, QUOTE_HINT)
                if equals:
                    self.changes.assign(name, literal(text), line)
                elif self.changes.lookup(name, self.environ) is None and not re.search("[A-Z]|_proxy$", name):
                    self.warn(line, "A word without a value is exported. If it belongs to a value, quote the value.")

    def unset(self, arguments: list[Word], line: int) -> None:
        """Follow `unset A B`."""
        for word in arguments[1:] if arguments and arguments[0].source == "-v" else arguments:
            names = self.variable_names(word)
            for name in [as_text(value) or "" for value in word.arguments()] if names is None else names:
                if not re.fullmatch(NAME, name):
                    self.fail("it unsets something that is not the name of a variable", line)
                self.changes.assign(name, None, line)

    def read(self, arguments: list[Word], line: int) -> None:
        """Follow `read -r -s -p 'Password: ' NAME`: the user is asked for the value."""
        items = [as_text(value) or "" for word in arguments for value in word.arguments()]
        secret = not self.echo
        while items and items[0].startswith("-"):
            match = re.fullmatch(r"-([ers]*)(?:([dinNpt])(.*))?", items.pop(0), re.DOTALL)
            if not match:
                self.fail("it reads with an option that ostk does not know", line)
            secret = secret or "s" in match[1]
            argument = match[3] or (items.pop(0) if match[2] and items else "")
            self.message = argument if match[2] == "p" else self.message
        if len(items) != 1 or not re.fullmatch(NAME, items[0]):
            self.fail("it reads into something else than one variable", line)
        self.changes.assign(items[0], (prompt_for(items[0], self.message, secret, line),), line)
        self.message = ""

    def print(self, arguments: list[Word], line: int) -> None:
        """Skip `echo` and `printf`; what they print may be the message of a prompt that follows."""
        if arguments and arguments[0].source == "-v":
            self.fail("it makes a value with printf", line)
        shown = [word for word in arguments if not re.fullmatch("-[neE]+", word.source)]
        self.message = " ".join("".join(part for part in word.value if isinstance(part, str)) for word in shown)[:1000]

    def test(self, name: str, arguments: list[Word], line: int) -> bool:
        """Follow `[ -z "$NAME" ]`, `[[ … ]]` and `test`."""
        if name != "test" and (not arguments or arguments.pop().source != name.replace("[", "]")):
            self.fail("its condition has no closing bracket, or more than one test", line)
        holds = evaluate([value for word in arguments for value in word.arguments(split=name != "[[")])
        return self.fail("only a shell can test its condition", line) if holds is None else holds


def evaluate(arguments: list[ShellValue]) -> bool | None:
    """Return what `[` says about its arguments; None where it is not known, or about more than text."""
    # The answer to a prompt is not empty.
    texts = ["\0answer" if value and isinstance(value[0], Prompt) else as_text(value) for value in arguments]
    match texts:
        case [text] | ["-n", text] if text is not None:
            return bool(text)
        case ["-z", str(text)]:
            return not text
        case ["!", *_]:
            holds = evaluate(arguments[1:])
            return None if holds is None else not holds
        case [str(left), "=" | "==" | "!=" as operator, str(right)]:
            return None if "\0answer" in texts and left and right else (left == right) == (operator != "!=")
    return False if not texts else None
