"""Charts of numbers in block characters: a bar beside each number, and columns over time."""

from collections.abc import Iterator, Sequence

ACROSS, UP = " ▏▎▍▌▋▊▉█", " ▁▂▃▄▅▆▇█"  # eighths of a character, from the left and from the bottom
EIGHTHS = 8
LEAST = 1 / EIGHTHS  # what is drawn of the lowest number, so that it differs from no number
LABEL = 12  # columns of the labels of the vertical axis
Number = int | float


def shares(values: Sequence[Number | None]) -> list[float | None]:
    """Return the place of each number between the lowest of them (or 0) and the highest, from 0 to 1; None for None."""
    low, high = limits(values)
    return [None if value is None else (value - low) / (high - low) if high > low else 1.0 for value in values]


def limits(values: Sequence[Number | None]) -> tuple[float, float]:
    """Return the numbers at the bottom and at the top of a chart."""
    numbers = [value for value in values if value is not None]
    return float(min([0, *numbers])), float(max(numbers, default=0))


def bars(values: Sequence[Number | None], width: int) -> list[str]:
    """Return a horizontal bar for each number, at most `width` characters long; "" for None."""
    return ["" if share is None else filled(share * width, ACROSS) for share in shares(values)]


def filled(size: float, blocks: str) -> str:
    """Return a bar of a size in characters, in eighths of a character; at least one eighth."""
    eighths = max(1, round(size * EIGHTHS))
    return blocks[-1] * (eighths // EIGHTHS) + blocks[eighths % EIGHTHS].strip()


def columns(points: Sequence[tuple[float, Number]], width: int) -> list[float | None]:
    """Return the mean of the numbers in each of `width` equal parts of the time; None for a part without any.

    Args:
        points: Times, in seconds and ascending, with their numbers; at least one.
        width: The number of parts; fewer are made of fewer points.
    """
    begin, end = points[0][0], points[-1][0]
    count = max(1, min(width, len({time for time, _ in points}) if end > begin else 1))
    found: list[list[Number]] = [[] for _ in range(count)]
    for time, number in points:
        place = int((time - begin) / (end - begin) * (count - 1) + 0.5) if end > begin else 0
        found[place].append(number)
    return [sum(numbers) / len(numbers) if numbers else None for numbers in found]


def chart(values: Sequence[Number | None], height: int, first: str, last: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the lines of a chart, each of texts with their styles: a column for each number, and labeled axes.

    Args:
        values: The numbers, None for a gap.
        height: The number of lines above the horizontal axis.
        first: The label at the left end of the horizontal axis.
        last: The label at its right end.
    """
    low, high = limits(values)
    stretch = max(1, (len(first) + len(last) + 2) // max(1, len(values)) + 1) if len(values) < 20 else 1
    drawn = [None if share is None else max(share * height, LEAST) for share in shares(values)]
    labels = {height - 1: high, height // 2: low + (high - low) / 2, 0: low}
    for line in reversed(range(height)):
        cells = (" " if size is None else cell(size - line) for size in drawn)
        label = f"{labels[line]:.6g}" if line in labels else ""
        yield [(f"{label:>{LABEL}} ┤", ""), ("".join(one * stretch for one in cells), "cyan")]
    width = max(len(values) * stretch, len(first) + len(last) + 2)
    yield [(f"{'':>{LABEL}} └{'─' * width}", "")]
    yield [(f"{'':>{LABEL}}  {first}{last:>{width - len(first)}}", "")]


def cell(size: float) -> str:
    """Return the part of a column in one line; `size` is what rises above the bottom of the line, in lines."""
    return UP[max(0, min(EIGHTHS, round(size * EIGHTHS)))]
