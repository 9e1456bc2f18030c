"""Policies: texts of rules that Keystone keeps for services."""

from __future__ import annotations

from ..api.identity import POLICY
from ..language import LONG, Arg, Noun, Opt
from .options import text_in

policy = Noun(
    POLICY,
    "Manage texts of rules that are kept for services.",
    columns=["id type"],
    long=["blob=Rules"],
    fields=["id blob=rules type"],
    in_order=True,
)
policy.list(LONG)
policy.show()
policy.create(
    Arg("rules", key="blob", type=text_in),
    Opt("--type", "Its media type; application/json unless given.", default="application/json"),
)
policy.set(
    Opt("--type", "Its media type."), Opt("--rules", "File of the new rules.", key="blob", type=text_in, metavar="FILE")
)
policy.delete()
