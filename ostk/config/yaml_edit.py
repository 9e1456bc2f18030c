"""Edits of a file with clouds in YAML that keep its comments and all other entries: one entry is replaced or added."""

from collections.abc import Mapping
from typing import Any


def with_entry(text: str, name: str, entry: Mapping[str, Any] | None) -> str:
    """Return a text in YAML with an entry below `clouds`, or without it for None.

    The text must be valid. Where it has a form that cannot be edited, such as `clouds: {a: …, b: …}`, the result does
    not have the entry, or is not valid: the caller reads it again.
    """
    import yaml

    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    root = yaml.compose(text, yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) and not root.flow_style else []
    clouds = next(((key, value) for key, value in pairs if key.value == "clouds"), None)
    if clouds is None:
        made = dumped({"clouds": {name: entry}}, "") if entry is not None else []
        end = [*lines, newline] if lines and lines[-1].strip() and made else lines
        return "".join([*end, *(line + newline for line in made)])
    key, value = clouds
    entries = value.value if isinstance(value, yaml.MappingNode) else []
    indent = " " * (entries[0][0].start_mark.column if entries else key.start_mark.column + 2)
    new = [line + newline for line in dumped({name: entry}, indent)] if entry is not None else []
    if not entries:
        # `clouds:` or `clouds: {}`: the line keeps its comment, but loses the braces.
        at = key.start_mark.line
        lines[at] = lines[at].replace("{}", "", 1).replace("null", "", 1).replace("~", "", 1)
        return "".join([*lines[: at + 1], *new, *lines[at + 1 :]])
    starts = [one.start_mark.line for one, _ in entries]
    for (one, _), start, following in zip(entries, starts, [*starts[1:], None], strict=True):
        if one.value == name:
            return "".join([*lines[:start], *new, *lines[end_of(lines, start, following, indent) :]])
    at = end_of(lines, entries[-1][0].start_mark.line, None, indent)
    return "".join([*lines[:at], *new, *lines[at:]])


def end_of(lines: list[str], start: int, following: int | None, indent: str) -> int:
    """Return the line after an entry; comments and empty lines at its end belong to what follows.

    Args:
        lines: The lines of the file.
        start: The line of the entry's name.
        following: The line of the next entry, None for the last one.
        indent: The blanks before the names of entries.

    """
    end = start + 1
    for number in range(start + 1, len(lines) if following is None else following):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if following is None and len(line) - len(line.lstrip(" ")) <= len(indent):
            break
        end = number + 1
    return end


def dumped(data: Mapping[str, Any], indent: str) -> list[str]:
    """Return the lines of a mapping in YAML, each with these blanks before it."""
    import yaml

    text = yaml.safe_dump(data, default_flow_style=False, sort_keys=False, allow_unicode=True, width=4096)
    return [indent + line for line in text.splitlines()]
