"""Pages for people: titled sections of labels and texts, wrapped to the width of a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..record import Record
from ..text import display_width, visible, wrap
from . import terminal
from .output import Output

MIN_TEXT = 24  # columns of a text; a terminal too narrow for it breaks the lines itself
LONGEST_LABEL = 20  # columns; the text of a longer label begins right after the label
Span = tuple[str, str]  # a text and its style


class Line(Record):
    """A line of a section.

    Attributes:
        text: The text.
        label: What stands before the text; the texts of all labels of one level begin in one column.
        level: How deep the line is indented.
        states: Whether words for states are colored.
    """

    text: str
    label: str = ""
    level: int = 0
    states: bool = False


class Section(Record):
    """A section of a page: a title, the lines below it, and the width of the longest label that texts align to."""

    title: str
    lines: Sequence[Line]
    longest_label: int = LONGEST_LABEL


def print_page(sections: Iterable[Section], output: Output) -> None:
    """Print sections with an empty line between them; on a terminal wrapped, and in color.

    Control characters in the texts are written out, so that each text stays on the lines that are meant for it.
    """
    on_terminal = terminal.is_terminal()
    width = output.max_width or (terminal.terminal_width() if on_terminal or output.fit_width else 0)
    terminal.write_spans(page_spans(sections, width), terminal.use_color(output.color))


def page_spans(sections: Iterable[Section], width: int) -> Iterator[list[Span]]:
    """Yield the lines of a page, each as spans; `width` is the number of columns, 0 is no limit."""
    for number, section in enumerate(sections):
        if number:
            yield []
        yield [(visible(section.title), "bold")]
        for line in section.lines:
            yield from line_spans(line, label_width(section, line.level), width)


def label_width(section: Section, level: int) -> int:
    """Return the number of columns for the labels of a level, 0 without labels."""
    widths = [display_width(visible(line.label)) for line in section.lines if line.level == level]
    return max((width for width in widths if width <= section.longest_label), default=0)


def line_spans(line: Line, labels: int, width: int) -> Iterator[list[Span]]:
    """Yield a line of a section as the lines that it takes in `width` columns."""
    indent, label = "  " * (line.level + 1), visible(line.label)
    head = label + " " * (max(labels - display_width(label), 0) + 2 if label else 0)
    begin = len(indent) + (labels + 2 if label and display_width(label) <= labels else 2 if label else 0)
    text = visible(line.text)
    parts = [text]
    if width and len(indent) + display_width(head) + display_width(text) > width:
        room = max(width - begin, MIN_TEXT)
        first = room if display_width(label) <= labels else max(width - len(indent) - display_width(head), MIN_TEXT)
        parts = wrap(text, first, whole=True)
        if first != room:
            parts = [parts[0], *(wrap(text[len(parts[0]) :].strip(), room, whole=True) if len(parts) > 1 else [])]
    for number, part in enumerate(parts):
        before = indent + head if number == 0 else " " * begin
        yield [(before, ""), *(colored(part) if line.states else [(part, "")])]


def colored(text: str) -> list[Span]:
    """Return a text as spans, with the words for states in their colors."""
    return [
        (word, terminal.status_color("status", word) if number % 2 else "")
        for number, word in enumerate(re.split(r"([A-Za-z][\w-]*)", text))
        if word
    ]
