"""Pages for people: titled sections of labels and texts, wrapped to the width of a terminal."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..record import Record
from ..text import display_width, visible, wrap
from . import terminal
from .output import Output

MIN_TEXT = 24  # columns of a text; a terminal too narrow for it breaks the lines itself
LONGEST_LABEL = 20  # columns; texts do not align to a longer label
Span = tuple[str, str]  # a text and its style


class Line(Record):
    """A line of a section.

    Attributes:
        text: The text.
        label: What stands before the text; the texts of all labels of one level begin in one column.
        level: How deep the line is indented.
        states: Whether words for states are colored.
        whole: Whether the line is not wrapped, so that it can be copied as it is.
    """

    text: str
    label: str = ""
    level: int = 0
    states: bool = False
    whole: bool = False


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
    """Yield a line of a section as the lines that it takes in `width` columns; `labels` are those for the label.

    If a text does not fit beside a label that is longer, the text begins below the label.
    """
    indent, label, text = "  " * (line.level + 1), visible(line.label), visible(line.text)
    head = f"{indent}{label}{' ' * max(labels - display_width(label), 0)}  " if label else indent
    parts = [text]
    if width and not line.whole and display_width(head) + display_width(text) > width:
        if display_width(label) > labels:
            yield [(f"{indent}{label}", "")]
            head = f"{indent}  "
        parts = wrap(text, max(width - display_width(head), MIN_TEXT), whole=True)
    for part in parts:
        yield [(head, ""), *(colored(part) if line.states else [(part, "")])]
        head = " " * display_width(head)


def colored(text: str) -> list[Span]:
    """Return a text as spans, with the words for states in their colors."""
    return [
        (word, terminal.status_color("status", word) if number % 2 else "")
        for number, word in enumerate(re.split(r"([A-Za-z][\w-]*)", text))
        if word
    ]
