"""What the completion scripts of shells send and read: the words typed so far, and the texts that may follow.

The scripts of `ostk complete` send the line up to the cursor (`bash_line`); those of earlier versions, in the variables
of click, words and a number (`bash_complete`). This module imports neither click nor a noun: TAB is waited for.
"""

from collections.abc import Iterable, Mapping

SHELLS = ("bash", "zsh", "fish")
SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+,./:=-")
Answer = tuple[str, str]  # a text that may stand at the cursor, and its help or ""


class Request:
    """What a shell asks for.

    Args:
        instruction: The shell and the form of the request: "bash_line".
        environment: The variables that the script has set.

    Attributes:
        shell: The name of the shell.
        words: The words before the one at the cursor, without the program.
        current: The word at the cursor, as far as it is typed.

    """

    def __init__(self, instruction: str, environment: Mapping[str, str]) -> None:
        self.shell, _, form = instruction.partition("_")
        self.by_line = form == "line"
        breaks = environment.get("COMP_WORDBREAKS", "") if self.shell == "bash" else ""
        line = environment.get("COMP_LINE" if self.by_line else "COMP_WORDS", "")
        split = Split(line, self.shell == "fish", breaks)
        words, self.current, self.quote, self.start = split.words, split.current, split.quote, split.start
        if not self.by_line and self.shell != "fish":
            typed = [*words, *([self.current] if split.inside else [])]
            at = int(environment.get("COMP_CWORD") or 0)
            words, self.current = typed[:at], typed[at] if at < len(typed) else ""
        # A line may begin with variables of the command: `OS_CLOUD=lab ostk …`.
        begin = next((number for number, word in enumerate(words) if "=" not in word), 0)
        self.words = words[begin + 1 :]

    def answer(self, answers: Iterable[Answer], kind: str = "plain") -> str:
        """Return the text that the script reads.

        Args:
            answers: What may stand at the cursor. Texts with control characters are left out.
            kind: "plain", or "file" or "dir" for the names of files that the shell completes itself.

        """
        found = [(text, " ".join(help.split())) for text, help in answers if text.isprintable()]
        if self.shell == "fish":  # which does not quote a tilde, and makes a home directory of it
            found = [(t, help) for t, help in found if not t.startswith("~") or self.current.startswith("~/")]
        if self.by_line:
            return "\n".join([kind, *(self.line(text, help) for text, help in found)])
        if kind != "plain":
            found = [(self.current, "")]
        return "\n".join(self.entry(text, help, kind) for text, help in found)

    def line(self, text: str, help: str) -> str:
        """Return the line for a text; zsh and fish quote it themselves."""
        if self.shell == "bash":
            return quoted(text[self.start :], self.quote)
        return f"{text}\t{help}" if help else text

    def entry(self, text: str, help: str, kind: str) -> str:
        """Return the entry for a text in the form of click."""
        if self.shell == "zsh":
            return f"{kind}\n{text.replace(':', chr(92) + ':') if help else text}\n{help or '_'}"
        if self.shell == "bash" and not SAFE.issuperset(text):
            text = "'" + text.replace("'", "'\"'\"'") + "'"  # that script would lose backslashes
        return f"{kind},{text}\t{help}" if help and self.shell == "fish" else f"{kind},{text}"


class Split:
    """The words of a line, which may end within a word and within quotes.

    Args:
        line: The line up to the cursor.
        fish: Whether the line is written for fish, whose quotes have other escapes.
        breaks: The characters at which bash begins another word to complete, besides blanks.

    Attributes:
        words: The complete words, without quotes.
        current: The word at the end of the line, "" after a blank.
        inside: Whether the line ends within a word, or has begun one.
        quote: The quote that is open at the end of the line, "" for none.
        start: The number of characters of `current` before the part that bash replaces.

    """

    def __init__(self, line: str, fish: bool = False, breaks: str = "") -> None:
        self.words: list[str] = []
        self.current, self.quote, self.start, self.inside = "", "", 0, False
        at = 0
        while at < len(line):
            character = line[at]
            if character == "\\" and self.escapes(line[at + 1 : at + 2], fish):
                at += 1
                self.add(line[at : at + 1])
            elif character == self.quote:
                self.quote = ""
            elif not self.quote and character in "'\"":
                self.quote, self.inside, self.start = character, True, len(self.current)
            elif not self.quote and character.isspace():
                self.end()
            else:
                self.add(character)
                if not self.quote and character in breaks:
                    self.start = len(self.current)
            at += 1

    def escapes(self, following: str, fish: bool) -> bool:
        """Return whether a backslash before this character is an escape, where the line ends now."""
        if self.quote == "'":
            return fish and following in ("'", "\\")
        return not self.quote or following in ('"', "\\", "$", *(() if fish else "`"))

    def add(self, text: str) -> None:
        """Add a text to the current word."""
        self.current, self.inside = self.current + text, True

    def end(self) -> None:
        """End the current word, if there is one."""
        if self.inside:
            self.words.append(self.current)
        self.current, self.start, self.inside = "", 0, False


def quoted(text: str, quote: str) -> str:
    """Return a text as it must stand in a line of bash, within an open quote or, for "", outside of quotes."""
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote:
        escaped = "".join(f"\\{character}" if character in '"\\$`' else character for character in text)
        return escaped.replace("!", '"\\!"')  # bash expands a history reference within double quotes too
    return "".join(c if c in SAFE or ord(c) > 127 else f"\\{c}" for c in text)
