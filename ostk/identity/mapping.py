"""Mappings: rules that make local users and groups of what an identity provider tells."""

from __future__ import annotations

from ..api.identity import MAPPING
from ..language import Arg, Noun, Opt
from .options import json_in

mapping = Noun(
    MAPPING,
    "Manage rules that map users from elsewhere.",
    columns=["id schema_version="],
    fields=["id rules schema_version"],
)
SCHEMA_VERSION = Opt("--schema-version", "Version of the language of the rules.")
mapping.create(
    Arg("mapping", key="id"),
    Opt("--rules", "File of JSON with the rules.", type=json_in, metavar="FILE", required=True),
    SCHEMA_VERSION,
)
mapping.list()
mapping.show()
mapping.set(Opt("--rules", "File of JSON with the new rules.", type=json_in, metavar="FILE"), SCHEMA_VERSION)
mapping.delete()
