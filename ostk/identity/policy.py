"""Policies: texts of rules that Keystone keeps for services."""

from __future__ import annotations

from ..kinds import POLICY
from ..language import LONG, Arg, Column, Noun, Opt
from .federation import TextFile

policy = Noun(
    POLICY,
    "Manage texts of rules that are kept for services.",
    columns=["id type", Column("blob", "Rules", long=True)],
    fields=["id", Column("blob", "rules"), "type"],
    in_order=True,
)
policy.list(LONG)
policy.show()
policy.create(
    Arg("rules", key="blob", type=TextFile()),
    Opt("--type", "Its media type; application/json unless given.", default="application/json"),
)
policy.set(Opt("--type", "Its media type."), Opt("--rules", "File of the new rules.", key="blob", type=TextFile()))
policy.delete()
