"""Databases of an instance."""

from collections.abc import Sequence

from ..api.database import DATABASE
from ..language import Arg, Cloud, Json, Noun, Opt, each
from .options import OF_INSTANCE, spelled

db = Noun(DATABASE, "Manage databases of instances.", columns=["name"], parent=OF_INSTANCE)
db.list()


@db.action(
    "create",
    OF_INSTANCE,
    Arg("name", "Name of the database."),
    Opt(spelled("--character_set"), "Character set."),
    Opt("--collate", "Collation."),
)
def create(cloud: Cloud, instance: str, body: Json) -> None:
    """Create a database on an instance."""
    cloud.call(DATABASE.service, "POST", DATABASE.under(instance).path, json={"databases": [body]})


@db.action(
    "delete", OF_INSTANCE, Arg("databases", "Names of databases.", nargs=-1, required=True, metavar="DATABASE...")
)
def delete(cloud: Cloud, instance: str, databases: Sequence[str]) -> None:
    """Delete databases from an instance. All data of the databases is lost."""
    each(cloud, lambda name: cloud.delete(DATABASE.under(instance), name), databases, "delete", DATABASE.noun)
