"""YAML files that an earlier run has parsed, so that most runs need not import the YAML library (20 ms).

The cache holds where each value stands in the file, and not the value: secrets stay in the files that the user has
put them in.
"""

import hashlib
import os
import time
from collections.abc import Callable
from typing import Any

from ..cache import PARSED, Cache

SECONDS = 30 * 24 * 3600.0  # for which a file is kept that nobody reads any more
SETTLED = 3.0  # seconds without a change, after which the times of a file tell whether it has changed


class NotVerbatim(Exception):
    """A value does not stand in the file as it is: it has an escape, or spans lines."""


def parsed(path: str, raw: bytes, state: os.stat_result, parse: Callable[[], Any], no_cache: bool = False) -> Any:
    """Return the content of a file.

    Args:
        path: The path.
        raw: The bytes of the file.
        state: The state of the file; as long as it is the same, the file has not changed.
        parse: Returns the content: text, booleans, None, lists and mappings.
        no_cache: Whether to neither read nor write the cache.

    """
    version = [state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns]
    if path.endswith("json") or time.time() - max(state.st_mtime, state.st_ctime) < SETTLED:
        return parse()
    cache = Cache.of(f"{PARSED}{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()}", no_cache)
    known = cache.get("file")
    if isinstance(known, dict) and known.get("version") == version:
        try:
            return restored(known["content"], raw)
        except (KeyError, TypeError, ValueError):
            pass
    content = parse()
    try:
        cache.put("file", {"version": version, "content": positions(content, raw, [0])}, SECONDS)
    except NotVerbatim:
        cache.drop()
    return content


def positions(content: Any, raw: bytes, at: list[int]) -> Any:
    """Return parsed content with [position, length] in the place of each text that is a value.

    Args:
        content: The content, whose mappings are in the order of the file.
        raw: The bytes of the file.
        at: The position to search from, which moves on.

    Raises:
        NotVerbatim: A value is not in the file as it is.

    """
    if isinstance(content, dict):
        return {"m": [[key, positions(value, raw, at)] for key, value in content.items()]}
    if isinstance(content, list):
        return {"l": [positions(value, raw, at) for value in content]}
    if not isinstance(content, str):
        return content
    encoded = content.encode("utf-8", "surrogateescape")
    found = raw.find(encoded, at[0])
    if found < 0:
        found = raw.find(encoded)
    if found < 0:
        raise NotVerbatim
    at[0] = found
    return [found, len(encoded)]


def restored(content: Any, raw: bytes) -> Any:
    """Return parsed content from the form in which `positions` returns it."""
    if isinstance(content, dict):
        if "m" in content:
            return {key: restored(value, raw) for key, value in content["m"]}
        return [restored(value, raw) for value in content["l"]]
    if isinstance(content, list):
        start, length = content
        return raw[start : start + length].decode("utf-8", "surrogateescape")
    return content
