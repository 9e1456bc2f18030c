"""Databases of an instance."""

from __future__ import annotations

from collections.abc import Sequence

from ..api.database import DATABASE
from ..language import Arg, Json, Noun, Opt, each
from ..session.cloud import Cloud
from .options import instance_target

db = Noun(DATABASE, "Manage databases of instances.", columns=["name"], parent=instance_target())
db.list()


@db.action(
    "create",
    instance_target(),
    Arg("name", "Name of the database."),
    Opt("--character_set --character-set character_set", "Character set."),
    Opt("--collate", "Collation."),
)
def create(cloud: Cloud, instance: str, body: Json) -> None:
    """Create a database on an instance."""
    cloud.call(DATABASE.service, "POST", DATABASE.under(instance).path, json={"databases": [body]})


@db.action(
    "delete", instance_target(), Arg("databases", "Names of databases.", nargs=-1, required=True, metavar="DATABASE...")
)
def delete(cloud: Cloud, instance: str, databases: Sequence[str]) -> None:
    """Delete databases from an instance. All data of the databases is lost."""
    each(cloud, lambda name: cloud.delete(DATABASE.under(instance), name), databases, "delete", DATABASE.noun)
