"""The grammar of openrc files: an interpreter of the shell commands in them, which runs no program.

Output and terminal settings are skipped; command output is Unreadable; other shell syntax is Unsupported.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple, NoReturn

from .values import Changes, Prompt, ShellValue, Unreadable, Unsupported, as_text, concatenate, literal, prompt_for

NAME = r"[A-Za-z_][A-Za-z0-9_]*"
WORD_END = " \t\n;&|<>()"
UNQUOTED = {
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
SHELL_VARIABLES = re.compile(r"BASH\w*|FUNCNAME|IFS|LINENO|RANDOM|SECONDS|UID|EUID|PPID|_|[^A-Za-z_]")
# Commands that print the names of all variables that begin with OS_.
PRINTED_NAMES = re.compile(
    r"\s*(?:(?:set|env|printenv|export(?:\s+-p)?|declare(?:\s+-x)?)\s*\|(?!.*\s-\w*v\s).*?"
    r"|compgen\s+(?:-v|-A\s+variable|-e)\s+[\"']?)(OS_\w*)",
    re.DOTALL,
)
COMMAND_OUTPUT = "its value is what a program prints"
QUOTE_HINT = "If it belongs to a value, put the whole value in single quotes."
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


class Interpreter:
    """An interpreter that executes assignments and conditions while it reads them; `changes` are the results so far."""

    def __init__(self, text: str, environ: Mapping[str, str]) -> None:
        self.text, self.environ, self.changes = text, environ, Changes()
        self.at = 0  # the position in the text
        self.active = True  # False in a branch that is not taken
        self.assigned = ""  # the variable whose value is being read
        self.message = ""  # what `echo` printed last: the message of a prompt that follows
        self.echo = True  # whether `stty` lets the terminal show what is typed
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

    def fail(self, why: str, line: int = 0, hint: str = "") -> NoReturn:
        """Raise Unsupported for a line, by default the current one."""
        raise Unsupported(line or self.line, why, hint)

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
        line, found, plain = self.line, list[tuple[ShellValue, bool]](), UNQUOTED[end, quoted]
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
                found += self.expansion(quoted)
            elif character == '"':
                self.at += 1
                found += [((), True), *self.pieces('"', quoted=True)]
                self.at += 1
            elif character == "'":
                found.append((literal((self.take(SINGLE_QUOTED) or self.fail("its quote is not closed"))[1]), True))
            elif character == "`":
                command = self.take(BACKQUOTED) or self.fail("its quote is not closed")
                found.append(self.command_output(command, quoted))
            else:
                escaped = self.peek(2)[1:]
                self.at += 2
                keeps = not escaped or (quoted and escaped not in '$`"\\\n' + end)
                if escaped != "\n":
                    found.append((literal("\\" + escaped if keeps else escaped), True))
        if not character and end != WORD_END:
            self.fail("its quote or bracket is not closed", line)
        return found

    def expansion(self, quoted: bool) -> list[tuple[ShellValue, bool]]:
        """Read an expansion, which begins with `$`."""
        following = self.peek(3)[1:]
        if following[:1] == "(":
            return [self.command_output((self.take(SUBSTITUTION) or self.fail("its bracket is not closed")), quoted)]
        if following[:1] == "{":
            return self.braced_parameter(quoted)
        if match := self.take(PARAMETER):
            return [(self.parameter(match[1].replace("\\\n", ""), warn=True) or (), quoted)]
        if following == "\\\n" or (following[:1] in ("'", '"') and not quoted):
            match = self.take(ANSI_QUOTED) or self.fail("it uses $ before a quote in a way that ostk does not read")
            return [(literal(re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), match[1])), True)]
        self.at += 1
        return [(("$",), True)]

    def braced_parameter(self, quoted: bool) -> list[tuple[ShellValue, bool]]:
        """Read `${NAME}`, `${NAME-default}`, `${NAME:-default}` and `${!PREFIX@}`."""
        line, active = self.line, self.active
        prefix, name, operator = (self.take(BRACES) or self.fail("it has a ${…} that ostk does not read")).groups()
        value = (Unreadable(line, COMMAND_OUTPUT, prefix),) if prefix else self.parameter(name, warn=not operator)
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
        if SHELL_VARIABLES.fullmatch(name) and name not in self.changes.values:
            return (Unreadable(line, "its value is something that only the shell knows"),)
        value = self.changes.lookup(name, self.environ)
        if warn and self.active and value is None and self.assigned.startswith("OS_") and name != self.assigned:
            advice = f"{self.assigned} uses a variable that is not set; in single quotes $ is a $ character."
            self.changes.warnings.append((line, advice))
        return value

    def command_output(self, command: re.Match[str], quoted: bool) -> tuple[ShellValue, bool]:
        """Return the output of a command: Unreadable, unless it lists the names of variables."""
        line, names = bisect_right(self.line_starts, command.start()) + 1, PRINTED_NAMES.match(command[1])
        return (Unreadable(line, COMMAND_OUTPUT, names[1] if names else ""),), quoted

    def run(self) -> Changes:
        """Interpret the whole file."""
        try:
            self.block()
        except RecursionError:
            self.fail("it is nested too deeply")
        return self.changes

    def block(self, *until: str) -> bool | None:
        """Interpret commands up to one of the reserved words `until`; return whether the last one succeeds."""
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
        match = UNQUOTED[WORD_END, False].match(self.text, self.at)
        return match[0] if match and self.text[match.end() : match.end() + 1] not in (*"'\"\\$`",) else ""

    def command(self) -> bool | None:
        """Interpret one command; return whether it succeeds, None if that is not known."""
        line, word = self.line, self.reserved()
        if word in ("if", "for"):
            return self.if_statement() if word == "if" else self.for_loop(line)
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

    def if_statement(self) -> bool:
        """Interpret `if … then … elif … else … fi`."""
        active, taken, word = self.active, False, "if"
        while word != "fi":
            self.at, self.active, holds = self.at + len(word), active and not taken, True
            if word != "else":
                line, status = self.line, self.block("then")
                self.at += len("then")
                if self.active and status is None:
                    self.fail("only a shell can test its condition", line)
                holds = bool(status)
            self.active, taken = self.active and holds, taken or holds
            self.block(*(("fi",) if word == "else" else ("elif", "else", "fi")))
            word = self.reserved()
        self.at, self.active = self.at + len("fi"), active
        return True

    def for_loop(self, line: int) -> bool:
        """Interpret the loop that unsets variables whose names a program prints, except some."""
        name = (self.take(LOOP) or self.fail(STRUCTURES["for"]))[1]
        names = self.variable_names(self.word())
        kept = (
            self.take(re.compile(LOOP_BODY.format(name=name, end=r"[ \t]*[;\n]\s*"))) or self.fail(STRUCTURES["for"])
        )[1]
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
        """Interpret `NAME=value` and `NAME+=value`."""
        before = (self.changes.lookup(word.name, self.environ) or ()) if word.append else ()
        self.changes.assign(word.name, concatenate((before, word.value), word.line), word.line)

    def execute(self, name: str, arguments: list[Word], line: int, prefix: set[str]) -> bool:
        """Interpret a command; `prefix` are the variables assigned before it in the same command."""
        commands = {"unset": self.unset, "read": self.read, "echo": self.print_text, "printf": self.print_text}
        commands |= dict.fromkeys(("export", "declare", "typeset", "readonly"), self.declare)
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
        """Interpret `export A=1 B` and its like."""
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
                    advice = "A word without a value is exported. If it belongs to a value, quote the value."
                    self.changes.warnings.append((line, advice))

    def unset(self, arguments: list[Word], line: int) -> None:
        """Interpret `unset A B`."""
        for word in arguments[1:] if arguments and arguments[0].source == "-v" else arguments:
            names = self.variable_names(word)
            for name in [as_text(value) or "" for value in word.arguments()] if names is None else names:
                if not re.fullmatch(NAME, name):
                    self.fail("it unsets something that is not the name of a variable", line)
                self.changes.assign(name, None, line)

    def read(self, arguments: list[Word], line: int) -> None:
        """Interpret `read -r -s -p 'Password: ' NAME`: the user is asked for the value."""
        items, secret = [as_text(value) or "" for word in arguments for value in word.arguments()], not self.echo
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

    def print_text(self, arguments: list[Word], line: int) -> None:
        """Skip `echo` and `printf`; what they print may be the message of a prompt that follows."""
        if arguments and arguments[0].source == "-v":
            self.fail("it makes a value with printf", line)
        shown = [word for word in arguments if not re.fullmatch("-[neE]+", word.source)]
        self.message = " ".join("".join(part for part in word.value if isinstance(part, str)) for word in shown)[:1000]

    def test(self, name: str, arguments: list[Word], line: int) -> bool:
        """Interpret `[ -z "$NAME" ]`, `[[ … ]]` and `test`."""
        if name != "test" and (not arguments or arguments.pop().source != name.replace("[", "]")):
            self.fail("its condition has no closing bracket, or more than one test", line)
        holds = evaluate([value for word in arguments for value in word.arguments(split=name != "[[")])
        return self.fail("only a shell can test its condition", line) if holds is None else holds


def evaluate(arguments: list[ShellValue]) -> bool | None:
    """Return the result of the test command `[`; None if an argument is not known text."""
    # The answer to a prompt is not empty.
    texts = ["\0answer" if value and isinstance(value[0], Prompt) else as_text(value) for value in arguments]
    match texts:
        case [text] | ["-n", text] if text is not None:
            return bool(text)
        case ["-z", str(text)]:
            return not text
        case [str(left), "=" | "==" | "!=" as operator, str(right)]:
            return None if "\0answer" in texts and left and right else (left == right) == (operator != "!=")
        case ["!", *_]:
            holds = evaluate(arguments[1:])
            return None if holds is None else not holds
    return False if not texts else None
