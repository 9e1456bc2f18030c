"""Search queries: the text language in which Gnocchi and Aodh search, and its JSON form.

    name=web-1 and (severity=low or not enabled=false)  →  {"and": [{"=": {"name": "web-1"}}, {"or": […]}]}

A value ends at a blank, a bracket, a comma or an operator; in quotes it may be any text.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from .errors import OstkError

Json = dict[str, Any]
OR_SIGN = "\N{LOGICAL OR}"
SPECIAL = rf"\s()\[\],=<>≠≤≥∧{OR_SIGN}\"'"
TOKEN = re.compile(rf"""\s*(?:([()\[\],]|[<>!=]=|[=<>≠≤≥∧{OR_SIGN}])|("[^"]*"|'[^']*')|((?:[^{SPECIAL}!]|!(?!=))+))""")
OPERATORS = {
    **dict.fromkeys(("=", "==", "eq"), "="),
    **dict.fromkeys(("!=", "≠", "ne"), "!="),
    **dict.fromkeys(("<", "lt"), "<"),
    **dict.fromkeys((">", "gt"), ">"),
    **dict.fromkeys(("<=", "≤", "le"), "<="),
    **dict.fromkeys((">=", "≥", "ge"), ">="),
    "in": "in",
    "like": "like",
}
AND, OR = {"and": "and", "∧": "and"}, {"or": "or", OR_SIGN: "or"}
NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?")
HASH = re.compile(r"[0-9a-fA-F]{32}")  # the ID of a project or a user may have no letter but an e
CONSTANTS = {"true": True, "false": False, "none": None, "null": None}
HINT = 'Write FIELD=VALUE, joined by and, or and not; other characters are read in quotes: name="web 1".'


class Token(str):
    """A token of a query: `kind` is the number of its group in TOKEN: 1 a sign, 2 a text in quotes, 3 a word."""

    kind: int
    place: int


def parse_query(text: str) -> Json:
    """Return the JSON form of a query, which may be JSON itself.

    Raises:
        OstkError: The text is no query.
    """
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)  # type: ignore[no-any-return]
        except (ValueError, RecursionError) as error:
            raise OstkError(f"The query is not valid JSON: {error}.") from None
    return Parser(text).query()


class Parser:
    """Reads one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = [*self.split()]

    def split(self) -> Iterator[Token]:
        """Yield the tokens."""
        place = 0
        while self.text[place:].strip():
            found = TOKEN.match(self.text, place)
            if not found:
                raise self.error(place)
            token = Token(found[found.lastindex or 0])
            token.kind, token.place, place = found.lastindex or 0, found.start(found.lastindex or 0), found.end()
            yield token

    def error(self, place: int) -> OstkError:
        """Return the error for what cannot be read, which begins at this place."""
        rest = self.text[place:].strip()
        problem = f"{rest!r} cannot be read" if rest else "it ends too early"
        return OstkError(f"The query {self.text!r} is not valid: {problem}.", HINT)

    def take(self) -> Token:
        """Return the next token."""
        if not self.tokens:
            raise self.error(len(self.text))
        return self.tokens.pop(0)

    def at(self, words: object) -> bool:
        """Return whether the next token is one of some signs or words, and not a text in quotes."""
        return bool(self.tokens) and self.tokens[0].kind != 2 and self.tokens[0].lower() in words  # type: ignore[operator]

    def query(self) -> Json:
        """Return the whole query."""
        found = self.alternatives()
        if self.tokens:
            raise self.error(self.tokens[0].place)
        return found

    def alternatives(self) -> Json:
        """Return conditions joined by `or`."""
        return self.joined(OR, lambda: self.joined(AND, self.condition))

    def joined(self, words: dict[str, str], part: Callable[[], Json]) -> Json:
        """Return parts joined by one of some words, or the only part."""
        parts = [part()]
        while self.at(words):
            self.take()
            parts.append(part())
        return {next(iter(words)): parts} if parts[1:] else parts[0]

    def condition(self) -> Json:
        """Return a condition, a negated one, or a query in parentheses."""
        if self.at(("not",)):
            self.take()
            return {"not": self.condition()}
        if self.at(("(",)):
            self.take()
            found = self.alternatives()
            self.expect(")")
            return found
        field = self.take()
        if field.kind == 1 or not self.at(OPERATORS):
            raise self.error(field.place)
        return {OPERATORS[self.take().lower()]: {unquoted(field): self.value()}}

    def expect(self, sign: str) -> None:
        """Take a sign."""
        token = self.take()
        if token != sign or token.kind != 1:
            raise self.error(token.place)

    def value(self) -> Any:
        """Return a value: a text, a number, a boolean, null, or a list of values."""
        token = self.take()
        if token == "[" and token.kind == 1:
            values = [] if self.at(("]",)) else [self.value()]
            while self.at((",",)):
                self.take()
                values.append(self.value())
            self.expect("]")
            return values
        if token.kind == 1:
            raise self.error(token.place)
        return unquoted(token) if token.kind == 2 else value_of(token)


def unquoted(token: Token) -> str:
    """Return the text of a token without its quotes."""
    return token[1:-1] if token.kind == 2 else str(token)


def value_of(word: str) -> Any:
    """Return the value of a word without quotes."""
    if word.lower() in CONSTANTS:
        return CONSTANTS[word.lower()]
    if HASH.fullmatch(word) or not (number := NUMBER.fullmatch(word)):
        return str(word)
    return float(word) if number[1] or number[2] else int(word)
