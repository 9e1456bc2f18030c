"""Subports of trunks, under an older name."""

from __future__ import annotations

from ..api.network import TRUNK
from ..language import Noun, Opt
from .trunk_subports import SUBPORTS, list_subports

subport = Noun(TRUNK, "See the subports of trunks.", columns=SUBPORTS)
subport.lister("list", Opt("--trunk", "Trunk they are of.", required=True, names=TRUNK))(list_subports)
