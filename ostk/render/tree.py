"""Trees: lines below lines, drawn with branches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import terminal

BRANCHES = ("├── ", "└── ", "│   ", "    ")
ASCII_BRANCHES = ("|-- ", "`-- ", "|   ", "    ")


class Branch(NamedTuple):
    """A line of the tree, and the lines below it."""

    text: str
    below: Sequence[Branch] = ()


def tree_text(trees: Sequence[Branch]) -> str:
    """Return trees as text, drawn with characters that the output can show."""
    return "\n".join(tree_lines(trees, branch_marks()))


def tree_lines(trees: Sequence[Branch], marks: Sequence[str]) -> Iterator[str]:
    """Yield the lines of trees, drawn with the marks of BRANCHES or ASCII_BRANCHES."""

    def lines(branches: Sequence[Branch], before: str) -> Iterator[str]:
        for number, branch in enumerate(branches, 1):
            last = number == len(branches)
            yield f"{before}{marks[last]}{branch.text}"
            yield from lines(branch.below, before + marks[2 + last])

    for top in trees:
        yield top.text
        yield from lines(top.below, "")


def branch_marks() -> Sequence[str]:
    """Return the marks for branches: box-drawing characters on a terminal that can show them, otherwise ASCII."""
    return BRANCHES if terminal.is_terminal() and terminal.can_draw_boxes() else ASCII_BRANCHES
