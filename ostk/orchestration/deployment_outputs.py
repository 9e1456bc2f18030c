"""The outputs of software deployments, as text."""

from typing import Any

from ..language import Json

LOGS = ("deploy_stdout", "deploy_stderr")
LAST_LINES = 10  # of a log that are shown without --long


def indented(text: Any, long: bool, before: str, after: str = "") -> str:
    """Return a text in indented lines: all with `long`, otherwise the last ones, between `before` and `after`."""
    lines = str(text).splitlines()
    if not long and len(lines) > LAST_LINES:
        lines = [before, *lines[-LAST_LINES:], *([after] if after else [])]
    return "\n".join(f"    {line}" for line in lines)


def output_lines(values: Json, name: str, long: bool) -> list[str]:
    """Return the lines of an output."""
    if name not in LOGS:
        return [f"  {name}: {values.get(name)}"]
    return [f"  {name}: |", indented(values.get(name), long, "...", "(truncated, view all with --long)")]
