r"""The grammar of a batch: one command a line, with quotes, continuations, comments, variables and results.

    # comment
    server create --image cirros --network "$NETWORK" \
        web
    port = port list --server web -f value -c ID
    port set --name web-port {port}

Quotes and backslashes are those of a POSIX shell. `$NAME` and `${NAME}` are environment variables and `{NAME}` is the
result of an earlier line; neither is replaced in single quotes, and neither splits a word.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..errors import OstkError

NAME = r"[A-Za-z_][A-Za-z0-9_]*"
ASSIGNMENT = re.compile(rf"({NAME})\s+=\s+(?=\S)")
VARIABLE = re.compile(rf"\$(?:({NAME})|\{{({NAME})\}})")
RESULT = re.compile(rf"\{{({NAME})\}}")
UNSPACED = re.compile(rf"({NAME})(?:=|\s+=\S|=\s)")
PROGRAMS = ("ostk", "openstack")
ENDS = ("exit", "quit")  # lines that end a batch, as they end the prompt
AT_PROMPT = {"use": "--os-cloud", "project": "--os-project-name", "region": "--os-region-name"}
BYTE_ORDER_MARK = "\ufeff"  # at the start of files that editors of Windows write
Results = Mapping[str, str | None]


class Line(NamedTuple):
    """A command of a batch: the number of its first line, its text, and the result that its output is kept as."""

    number: int
    text: str
    result: str = ""

    def words(self, environment: Mapping[str, str], results: Results) -> list[str]:
        """Return the arguments of the command, without the name of the program.

        Args:
            environment: The environment variables.
            results: The results of earlier lines, by name; None for a command that failed without output.

        Raises:
            OstkError: A quote is not closed, an environment variable is not set, or there is no result.

        """
        words = list(split(self.text, environment, results))
        return words[1:] if words and words[0] in PROGRAMS else words

    def uses(self, results: Iterable[str]) -> set[str]:
        """Return the results that the command may use, of those with these names."""
        return set(RESULT.findall(self.text)).intersection(results)


def read(source: Iterable[str]) -> Iterator[Line]:
    """Yield the commands of a batch; lines that end with a backslash are joined, empty lines and comments left out.

    Args:
        source: The lines, with or without line breaks.

    """
    number, start, text = 0, 0, ""
    for raw in source:
        number += 1
        start = start or number
        line = raw.rstrip("\r\n")
        text += line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if continued(text):
            text = text[:-1]
            continue
        yield from command(start, text)
        start, text = 0, ""
    yield from command(start, text)


def continued(text: str) -> bool:
    """Return whether a line ends with a backslash that is not escaped, outside of comments and single quotes."""
    backslashes = len(text) - len(text.rstrip("\\"))
    if backslashes % 2 == 0:
        return False
    start, quote = last_word(text)
    return start >= 0 and quote != "'"


def last_word(text: str) -> tuple[int, str]:
    """Return where the word at the end of a text begins, and its open quote, "" for none; -1 in a comment."""
    start, quote, at, inside = 0, "", 0, False
    while at < len(text):
        character = text[at]
        if not inside and not character.isspace():
            start, inside = at, True
            if character == "#":
                return -1, ""
        if character == "\\" and quote != "'":
            at += 1
        elif character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        elif not quote and character.isspace():
            inside = False
        at += 1
    return (start if inside else len(text)), quote


def command(number: int, text: str) -> Iterator[Line]:
    """Yield the command in a line, if there is one."""
    text = text.strip()
    if not text or text.startswith("#"):
        return
    found = ASSIGNMENT.match(text)
    yield Line(number, text[found.end() :] if found else text, found[1] if found else "")


def hint(text: str) -> str:
    """Return what to do about a command that is no command in a batch, "" where there is nothing to say."""
    words = text.split()
    if text.startswith("!"):
        return "Commands of the system shell are for the prompt (ostk shell)."
    if len(words) == 2 and words[0] in AT_PROMPT:
        return f"'{words[0]} NAME' is for the prompt (ostk shell). In a batch, a line takes {AT_PROMPT[words[0]]} NAME."
    if found := UNSPACED.match(text):
        return f"To keep the output of a command, put blanks around the equals sign: {found[1]} = COMMAND"
    return ""


def split(text: str, environment: Mapping[str, str], results: Results) -> Iterator[str]:
    """Yield the words of a command, with variables and results in the place of their names.

    Raises:
        OstkError: A quote is not closed, an environment variable is not set, or there is no result.

    """
    word: str | None = None
    at = 0
    quote = ""
    while at < len(text):
        character = text[at]
        if quote == "'":
            at += 1
            if character == "'":
                quote = ""
            else:
                word = (word or "") + character
        elif character == "\\" and at + 1 < len(text):
            following = text[at + 1]
            kept = quote == '"' and following not in '"\\$'
            word = (word or "") + (f"\\{following}" if kept else following)
            at += 2
        elif character == quote or (not quote and character in "'\""):
            quote, word = ("" if quote else character), word or ""
            at += 1
        elif not quote and character.isspace():
            if word is not None:
                yield word
            word, at = None, at + 1
        elif not quote and character == "#" and word is None:
            break
        else:
            value, length = replaced(text, at, environment, results)
            word = (word or "") + value
            at += length
    if quote:
        raise OstkError(f"A quote is not closed: {quote}.", "Close the quote on the same line.")
    if word is not None:
        yield word


def replaced(text: str, at: int, environment: Mapping[str, str], results: Results) -> tuple[str, int]:
    """Return what stands for the variable, the result or the character at a position, and the length of its text.

    Raises:
        OstkError: The environment variable is not set, or the command that the result is of failed without output.

    """
    if found := VARIABLE.match(text, at):
        name = found[1] or found[2]
        if name not in environment:
            raise OstkError(f"The environment variable {name} is not set.", "For the text itself, write \\$.")
        return environment[name], len(found[0])
    if (found := RESULT.match(text, at)) and found[1] in results:
        value = results[found[1]]
        if value is None:
            raise OstkError(f"{found[0]} has no value: the command whose output it stands for failed.")
        return value, len(found[0])
    return text[at], 1
