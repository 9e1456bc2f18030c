"""Options that turn something on or off, shared by the nouns of Keystone."""

from __future__ import annotations

from ..language import COUNT, Flag, Opt

ENABLE = Opt("--enable/--disable", "Whether it can be used.", key="enabled")
IMMUTABLE = Opt("--immutable/--no-immutable", "Whether it is guarded from changes.", key="options.immutable")
PAGE = Opt("--limit", "Largest number of results on a page.", type=COUNT)
INHERITED = Flag("--inherited", "Have the projects below inherit it.")
