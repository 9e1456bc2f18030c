"""Conditions on columns: COLUMN=VALUE and the other comparisons of --filter."""

import re
from typing import Any

from ..errors import OstkError
from ..record import Record

# The first operator of a text ends the column: no column has one in its title or key.
CONDITION = re.compile(r"(?P<column>[^=!~<>]+?)\s*(?P<operator>!=|!~|>=|<=|==|=|~|>|<)\s*(?P<value>.*)", re.DOTALL)
FOREIGN = re.compile(r"[^=!~<>]+(=~|<>|><|!==|===|=[<>](?=\s*[\d.]))")  # operators of other languages
OPERATORS = "=, !=, ~, !~, >, >=, < or <="


class Condition(Record):
    """A comparison of the values of a column with a text.

    Attributes:
        column: The title or key of the column, as typed.
        operator: =, !=, ~ (the regular expression is found in the text), !~, >, >=, < or <=; == is read as =.
        value: The text on the right of the operator.
        any_case: Whether upper and lower case are the same for = and !=.
    """

    column: str
    operator: str
    value: str
    any_case: bool = False

    def holds(self, found: Any, shown: Any = None) -> bool:
        """Return whether the condition holds for a value.

        Numbers are compared as numbers, everything else as text. None is neither less nor greater than anything.

        Args:
            found: The value as in JSON output.
            shown: The text of the value in a table, where that is another one: `Running` for the power state 1. It may
                be what is equal, or what the regular expression is found in.

        Raises:
            OstkError: The value is a number, and cannot be less or greater than the text.
        """
        values = [found] if shown is None else [found, shown]
        match self.operator:
            case "=" | "!=":
                return any(map(self._equals, values)) == (self.operator == "=")
            case "~" | "!~":
                return any(re.search(self.value, str(value)) for value in values) == (self.operator == "~")
        if found is None:
            return False
        numbers = number(found), number(self.value)
        if isinstance(found, int | float) and not isinstance(found, bool) and numbers[1] is None:
            raise OstkError(
                f"{self.column} is a number, and cannot be compared with {self.value!r}.",
                f"Compare it with a number in the same unit, such as {found}.",
            )
        left, right = (str(found), self.value) if None in numbers else numbers
        if self.operator.startswith("<"):
            left, right = right, left
        return bool(left > right or (self.operator.endswith("=") and left == right))  # type: ignore[operator]

    def _equals(self, found: Any) -> bool:
        if found is None:
            return self.value.lower() in ("none", "null")
        if isinstance(found, bool) or (self.any_case and isinstance(found, str)):
            return str(found).casefold() == self.value.casefold()
        return str(found) == self.value or (isinstance(found, int | float) and number(self.value) == found)


def number(value: Any) -> float | None:
    """Return the number that a value is or spells, None if there is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def parse_condition(text: str) -> Condition:
    """Return the condition that a text spells.

    Raises:
        ValueError: There is no column or operator, or the regular expression is not valid.
    """
    found = CONDITION.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not COLUMN=VALUE; the operators are {OPERATORS}.")
    if foreign := FOREIGN.match(text):
        raise ValueError(f"{foreign[1]!r} in {text!r} is not an operator; the operators are {OPERATORS}.")
    condition = Condition(found["column"].strip(), found["operator"].replace("==", "="), found["value"])
    if "~" in condition.operator:
        try:
            re.compile(condition.value)
        except re.error as error:
            raise ValueError(f"{condition.value!r} is not a regular expression: {error}.") from None
    return condition
