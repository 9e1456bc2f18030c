"""Pictures of measures on a terminal: a bar in each row, and charts over time."""

import datetime
from collections.abc import Iterator, Sequence

from ..language import Column, Json
from ..render.chart import LABEL, bars, chart, columns
from ..render.output import Output
from ..render.terminal import terminal_width, use_color, write_spans

SPARKLINE = Column("sparkline", "sparkline")
WIDTH, HEIGHT = 20, 10


def by_granularity(rows: Sequence[Json]) -> dict[float, list[Json]]:
    """Return measures by granularity."""
    found: dict[float, list[Json]] = {}
    for row in rows:
        found.setdefault(row["granularity"], []).append(row)
    return found


def with_sparklines(rows: Sequence[Json]) -> list[Json]:
    """Return measures with a bar each, drawn to the scale of the measures of the same granularity."""
    drawn: dict[int, str] = {}
    for group in by_granularity(rows).values():
        drawn |= zip(map(id, group), bars([row["value"] for row in group], WIDTH), strict=True)
    return [{**row, "sparkline": drawn[id(row)]} for row in rows]


def draw_charts(rows: Sequence[Json], output: Output) -> None:
    """Print a chart of the measures of each granularity."""
    if output.watch:
        output.watch.begin()
    write_spans(chart_lines(rows, (terminal_width() or 80) - LABEL - 3), use_color(output.color))


def chart_lines(rows: Sequence[Json], width: int) -> Iterator[list[tuple[str, str]]]:
    """Yield the lines of the charts; `width` is that of the columns."""
    for number, (granularity, group) in enumerate(by_granularity(rows).items()):
        points = [
            (datetime.datetime.fromisoformat(row["timestamp"]).timestamp(), row["value"])
            for row in group
            if row["value"] is not None
        ]
        if not points:
            continue
        if number:
            yield [("", "")]
        yield [(f"granularity {granularity:g} s, {len(points)} measures", "bold")]
        yield from chart(columns(points, max(10, width)), HEIGHT, group[0]["timestamp"], group[-1]["timestamp"])
