"""The vocabulary that commands are written in: Noun, Command, Opt, Arg, Column, their helpers, and Cloud."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..api.resource import Items, Json, Resource, without
    from ..session.cloud import Cloud
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
        Value,
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
    "Cloud",
    "Column",
    "Comma",
    "Command",
    "Flag",
    "FullOpt",
    "Items",
    "Json",
    "KeyValue",
    "KeyValues",
    "Noun",
    "Opt",
    "Resource",
    "Value",
    "Wait",
    "each",
    "exclusive",
    "properties",
    "require_any",
    "target",
    "targets",
    "unlimited",
    "without",
]

_MODULES = ["..api.resource", ".column", ".options", ".noun", "..session.cloud", ".bulk", ".waiting"]  # not yet read


def __getattr__(name: str) -> Any:
    """Import modules on first use of their names: the start of ostk needs none of those that declare commands."""
    while name in __all__ and name not in globals() and _MODULES:
        found = vars(import_module(_MODULES[0], __name__))
        globals().update({word: found[word] for word in __all__ if word in found})
        _MODULES.pop(0)
    if name in globals():
        return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
