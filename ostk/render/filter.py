"""Conditions on columns: COLUMN=VALUE and the other comparisons of --filter."""

import re
from typing import Any

from ..record import Record

# The first operator of a text ends the column: no column has one in its title or key.
CONDITION = re.compile(r"(?P<column>[^=!~<>]+?)\s*(?P<operator>!=|!~|>=|<=|=|~|>|<)\s*(?P<value>.*)", re.DOTALL)
OPERATORS = "=, !=, ~, !~, >, >=, < or <="


class Condition(Record):
    """A comparison of the values of a column with a text.

    Attributes:
        column: The title or key of the column, as typed.
        operator: =, !=, ~ (the regular expression is found in the text), !~, >, >=, < or <=.
        value: The text on the right of the operator.
        any_case: Whether upper and lower case are the same for = and !=.
    """

    column: str
    operator: str
    value: str
    any_case: bool = False

    def holds(self, found: Any) -> bool:
        """Return whether the condition holds for a value as in JSON output.

        Numbers are compared as numbers, everything else as the text that `-f value` prints. None is neither less nor
        greater than anything.
        """
        match self.operator:
            case "=" | "!=":
                return self._equals(found) == (self.operator == "=")
            case "~" | "!~":
                return bool(re.search(self.value, str(found))) == (self.operator == "~")
        if found is None:
            return False
        numbers = number(found), number(self.value)
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
    condition = Condition(found["column"].strip(), found["operator"], found["value"])
    if "~" in condition.operator:
        try:
            re.compile(condition.value)
        except re.error as error:
            raise ValueError(f"{condition.value!r} is not a regular expression: {error}.") from None
    return condition
