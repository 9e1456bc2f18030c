"""The little of YAML that most clouds.yaml files are written in: keys, words and indentation.

Importing PyYAML takes as long as asking the cloud does. What is read here means to PyYAML the very same;
whatever is not certain to is left to it.
"""

from __future__ import annotations

import re
from typing import Any

NULL = ("~", "null", "Null", "NULL")
LINE = re.compile(
    r"(?P<indent> *)(?P<key>[A-Za-z_][A-Za-z0-9_.-]{0,99}):"
    r"(?: +(?:(?P<plain>[A-Za-z0-9_/.~][!-~]*(?<!:)(?: +(?!\#)[!-~]+(?<!:))*)"  # "a:" might be another key
    r"|'(?P<single>[ -&(-~]*)'"
    r'|"(?P<double>[ !#-\[\]-~]*)"))?'
    r"(?: +\#[ -~]*)? *"
)
NOTHING = re.compile(r" *(?:\#[ -~]*)?")


def read(raw: bytes) -> dict[str, Any] | None:
    """What a file says, every plain word as it is written; None where only PyYAML can tell."""
    if not raw.isascii():
        return None
    lines = raw.decode("ascii").split("\n")
    if lines[0].rstrip(" ") == "---":
        del lines[0]
    top: dict[str, Any] = {}
    levels = [(0, top)]
    empty: tuple[dict[str, Any], str] | None = None  # a key without a value yet, and its mapping
    for line in lines:
        if NOTHING.fullmatch(line):
            continue
        found = LINE.fullmatch(line)
        if not found:
            return None
        indent, key = len(found["indent"]), found["key"]
        if empty and indent > levels[-1][0]:
            levels.append((indent, {}))
            empty[0][empty[1]] = levels[-1][1]
        while indent < levels[-1][0]:
            levels.pop()
        level, mapping = levels[-1]
        if indent != level or key in mapping or key in NULL:
            return None
        value = next((one for one in found.group("plain", "single", "double") if one is not None), None)
        mapping[key] = None if found["plain"] in NULL else value
        empty = (mapping, key) if value is None else None
    return top or None
