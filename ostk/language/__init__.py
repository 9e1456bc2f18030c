"""The vocabulary that commands are declared in: Noun, Command, Opt, Arg, Column and their helpers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..api.resource import Json, Resource
    from .bulk import each
    from .column import ALL_FIELDS_IN_API_ORDER, REMAINING_FIELDS, Column
    from .noun import Command, Noun
    from .options import (
        COUNT,
        DESCRIPTION,
        LIMIT,
        LONG,
        MARKER,
        MAX_ITEMS,
        MERGE_INTO_BODY,
        NAME,
        NEW_DESCRIPTION,
        NULL,
        OR_SHOW,
        PAGE_SIZE,
        PAGES,
        UNLIMITED_PAGE_SIZE,
        WAIT,
        Arg,
        Boolean,
        Comma,
        Flag,
        FullOpt,
        KeyValue,
        KeyValues,
        Opt,
        exclusive,
        properties,
        require_any,
        target,
        targets,
        unlimited,
    )
    from .waiting import Wait

__all__ = [
    "ALL_FIELDS_IN_API_ORDER",
    "COUNT",
    "DESCRIPTION",
    "LIMIT",
    "LONG",
    "MARKER",
    "MAX_ITEMS",
    "MERGE_INTO_BODY",
    "NAME",
    "NEW_DESCRIPTION",
    "NULL",
    "OR_SHOW",
    "PAGES",
    "PAGE_SIZE",
    "REMAINING_FIELDS",
    "UNLIMITED_PAGE_SIZE",
    "WAIT",
    "Arg",
    "Boolean",
    "Column",
    "Comma",
    "Command",
    "Flag",
    "FullOpt",
    "Json",
    "KeyValue",
    "KeyValues",
    "Noun",
    "Opt",
    "Resource",
    "Wait",
    "each",
    "exclusive",
    "properties",
    "require_any",
    "target",
    "targets",
    "unlimited",
]

_MODULES = ("..api.resource", ".column", ".options", ".noun", ".bulk", ".waiting")


def __getattr__(name: str) -> Any:
    """Import a name on first use: the start of ostk needs none of the modules that declare commands."""
    if name in __all__:
        for module in _MODULES:
            found = getattr(import_module(module, __name__), name, None)
            if found is not None:
                return globals().setdefault(name, found)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
