"""Charts of numbers in block characters."""

from __future__ import annotations

from ostk.render.chart import bars, chart, columns


def test_bars_are_to_scale() -> None:
    """From 0, or from the lowest negative number, to the highest; the lowest is visible, None is not."""
    assert bars([0, 1, 2, 4, None], 4) == ["▏", "█", "██", "████", ""]
    assert bars([-1, 0, 1], 2) == ["▏", "█", "██"]
    assert bars([0.5, 1], 1) == ["▌", "█"]
    assert bars([3], 2) == ["██"]
    assert bars([0, 0], 2) == ["██", "██"]
    assert bars([], 2) == []


def test_columns_are_means_of_equal_parts_of_the_time() -> None:
    """A part without numbers is a gap."""
    assert columns([(0, 1), (10, 3), (20, 5), (30, 7)], 2) == [2.0, 6.0]
    assert columns([(0, 1), (1, 2), (10, 3)], 3) == [1.5, None, 3.0]
    assert columns([(5, 1), (5, 3)], 9) == [2.0]


def test_chart() -> None:
    """The whole of a chart: labels of the axes, a column for each number, a gap."""
    lines = ["".join(text for text, _ in line).rstrip() for line in chart([1, None, 3, 4] * 5, 4, "a", "b")]
    column = [" " * 3 + "█", " " * 2 + "██", " " * 2 + "██", "█ ██"]
    assert lines == [
        f"{'4':>12} ┤{column[0] * 5}",
        f"{'2':>12} ┤{column[1] * 5}",
        f"{'':>12} ┤{column[2] * 5}",
        f"{'0':>12} ┤{column[3] * 5}",
        f"{'':>12} └{'─' * 20}",
        f"{'':>12}  a{'b':>19}",
    ]
