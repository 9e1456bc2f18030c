"""Edits of a configuration file in TOML that keep its comments, its order and its layout.

One statement is changed, added or removed; the result is parsed again, and where it does not mean exactly that change,
nothing is written.
"""

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from ..errors import ConfigError
from ..files import because, whole
from .user_config import forget, parsed, text_of

Path = tuple[str, ...]


class Statement(NamedTuple):
    """The lines of a table's header, or of a key with its value: from `start` up to, not including, `end`.

    `path` is the whole path of the table or the key.
    """

    start: int
    end: int
    path: Path
    is_table: bool


def store(path: str, key: str, value: Any) -> None:
    """Set a key of a configuration file, or remove it where the value is None; the file is replaced as a whole.

    Args:
        path: The path of the file; it need not exist.
        key: The dotted key, such as "output.format".
        value: The value, None to remove the key.

    Raises:
        ConfigError: The file cannot be read or parsed, or the key has a form that cannot be edited.
        FileError: The file cannot be written.

    """
    old = text_of(path)
    data = parsed(path, old)
    section, dot, name = key.partition(".")
    names = (section, name) if dot else (section,)
    new = removed(old, names) if value is None else changed(old, names, value)
    if meaning(new) != expected(data, names, value):
        line = f"{written(names)} = {json.dumps(value, ensure_ascii=False)}"
        action = f"remove {written(names)}" if value is None else f"write {line}"
        raise ConfigError(f"{path} has {key} in a form that ostk does not edit.", f"In the file itself, {action}.")
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{os.path.dirname(path)} cannot be created: {because(error)}.") from None
    with whole(path, "configuration file", mode=0o600) as file:
        file.write(new.encode())
    forget()


def meaning(text: str) -> Any:
    """Return the content of a text in TOML, without empty tables; None if it is not valid."""
    try:
        return filled(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return None


def filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping without empty tables."""
    return {key: value for key, value in data.items() if value != {}}


def expected(data: Mapping[str, Any], names: Path, value: Any) -> dict[str, Any]:
    """Return the content of the file after the edit."""
    *parents, leaf = names
    after = dict(data)
    place = after
    for parent in parents:
        inner = after.get(parent)
        place = after[parent] = dict(inner) if isinstance(inner, dict) else {}
    place.pop(leaf, None)
    if value is not None:
        place[leaf] = value
    return filled(after)


def changed(text: str, names: Path, value: Any) -> str:
    """Return a text in TOML with a key set: in its place, at the end of its table, or in a new table at the end."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    found = list(statements(lines))
    literal = json.dumps(value, ensure_ascii=False)
    for one in found:
        if one.path == names and not one.is_table:
            start, _, rest = _parts(lines[one.start])
            remark = comment("".join(lines[one.start : one.end])) if one.end == one.start + 1 else ""
            lines[one.start : one.end] = [f"{start}={rest[: len(rest) - len(rest.lstrip())]}{literal}{remark}\n"]
            return "".join(lines)
    table = names[:-1]
    inside = [one for one in found if (one.path if one.is_table else one.path[:-1]) == table]
    # Without a header [output], the table may be spelled `output.format = …`.
    headed = any(one.is_table for one in inside)
    statement = f"{written(names[-1:] if headed else names)} = {literal}\n"
    if inside:
        lines.insert(max(one.end for one in inside), statement)
    elif not table:
        at = next((one.start for one in found), len(lines))
        while at and lines[at - 1].startswith("#") and at < len(lines):
            at -= 1
        lines.insert(at, statement + ("\n" if at < len(lines) else ""))
    else:
        lines.append(("\n" if lines else "") + f"[{written(table)}]\n{written(names[-1:])} = {literal}\n")
    return "".join(lines)


def removed(text: str, names: Path) -> str:
    """Return a text in TOML without a key."""
    lines = text.splitlines(keepends=True)
    for one in statements(lines):
        if one.path == names and not one.is_table:
            del lines[one.start : one.end]
            break
    return "".join(lines)


def statements(lines: list[str]) -> Iterator[Statement]:
    """Yield the headers of tables and the keys in a text, in order; the value of a key may take several lines."""
    table: Path = ()
    at = 0
    while at < len(lines):
        text = lines[at].strip()
        if not text or text.startswith("#"):
            at += 1
            continue
        end = at + 1
        if text.startswith("["):
            table = path_in(text)
            yield Statement(at, end, table, True)
        else:
            while end < len(lines) and meaning("".join(lines[at:end])) is None:
                end += 1
            yield Statement(at, end, (*table, *path_in("".join(lines[at:end]))), False)
        at = end


def path_in(text: str) -> Path:
    """Return the path of the one table or key in a text, () if there are more."""
    path: list[str] = []
    with suppress(tomllib.TOMLDecodeError):
        found: Any = tomllib.loads(text)
        while isinstance(found, dict) and len(found) == 1:
            name, found = next(iter(found.items()))
            path.append(name)
    return tuple(path)


def comment(line: str) -> str:
    """Return the comment at the end of a statement, with the blanks before it, "" if there is none."""
    line = line.rstrip("\r\n")
    for found in re.finditer(r"\s*#", line):
        if meaning(line[: found.start()]) == meaning(line):
            return line[found.start() :]
    return ""


def _parts(line: str) -> tuple[str, str, str]:
    """Return a statement's key, the equals sign, and what follows."""
    for found in re.finditer("=", line):
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads(f"{line[: found.start()]}= 0")
            return line[: found.start()], "=", line[found.end() :]
    return line.partition("=")


def written(names: Path) -> str:
    """Return a path as it is written in TOML, quoted where needed."""
    quoted = (json.dumps(name, ensure_ascii=False) for name in names)
    return ".".join(
        name if re.fullmatch(r"[\w-]+", name, re.ASCII) else text for name, text in zip(names, quoted, strict=True)
    )
