"""Modules that an import does without."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from types import ModuleType


def roots() -> str:
    """Where certifi keeps its roots; it is imported when somebody wants to know."""
    import certifi

    return certifi.where()


@contextlib.contextmanager
def block_imports(*names: str) -> Iterator[None]:
    """Meanwhile, modules of these names that are not there yet cannot be imported; certifi has `roots` alone."""
    absent = [name for name in names if name not in sys.modules]
    light = ModuleType("certifi")
    light.where = roots  # type: ignore[attr-defined]
    sys.modules.update({name: light if name == "certifi" else None for name in absent})  # type: ignore[misc]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
