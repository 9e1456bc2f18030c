"""Mappings: rules that make local users and groups of what an identity provider tells."""

from __future__ import annotations

from ..kinds import MAPPING
from ..language import Arg, Column, Json, Noun, Opt
from ..session.cloud import Cloud
from .federation import JsonFile, register

mapping = Noun(
    MAPPING,
    "Manage rules that map users from elsewhere.",
    columns=["id", Column("schema_version", "schema_version")],
    fields=["id rules schema_version"],
)
SCHEMA_VERSION = Opt("--schema-version", "Version of the language of the rules.")


@mapping.shower(
    "create",
    Arg("mapping", local=True),
    Opt("--rules", "File of JSON with the rules.", type=JsonFile(), required=True),
    SCHEMA_VERSION,
)
def create(cloud: Cloud, body: Json, mapping: str) -> Json:
    """Create a mapping."""
    return register(cloud, MAPPING, mapping, body)


mapping.list()
mapping.show()
mapping.set(Opt("--rules", "File of JSON with the new rules.", type=JsonFile()), SCHEMA_VERSION)
mapping.delete()
