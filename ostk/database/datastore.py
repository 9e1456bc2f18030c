"""Datastores: the kinds of databases that Trove offers."""

from ..api.database import DATASTORE
from ..language import Json, Noun


def flat(item: Json) -> Json:
    """Return a datastore with the names and IDs of the versions, one a line, and the name of the default version."""
    found = {key: value for key, value in item.items() if key not in ("links", "versions")}
    names = {version["id"]: version["name"] for version in item.get("versions", [])}
    found["versions (id)"] = "\n".join(f"{name} ({id})" for id, name in names.items())
    if default := item.get("default_version"):
        found["default_version"] = names.get(default, default)
    return found


datastore = Noun(
    DATASTORE, "Manage datastores: database types, e.g. mysql or postgresql.", columns=["id name"], present=flat
)
datastore.list()
datastore.show()
datastore.delete(help="Delete datastores (admin only).")
