"""Options, look-ups and waiting that the nouns of the Database service share."""

from typing import Any

import click

from ..api.database import DATASTORE, DATASTORE_VERSION, FORMER_INSTANCE, FORMER_PROJECT, INSTANCE
from ..errors import OstkError
from ..files import parse_object
from ..language import LIMIT, MARKER, Arg, Json, Opt, Value, Wait, target
from ..record import replace
from ..session.name_forms import looks_like_id

# An instance whose configuration has changed may need a restart before it is active again.
READY = Wait("ACTIVE HEALTHY RESTART_REQUIRED", fail="FAILED")
READY_INSTANCE = replace(READY, resource=INSTANCE)  # for the verbs of other nouns
GONE = Wait("deleted")
OF_INSTANCE = target(INSTANCE, "instance", "Database instance.")  # whose users, databases or logs a command is about
ANY_VERSION = replace(DATASTORE_VERSION, path="/datastores/versions")
PAGING = [LIMIT, MARKER]
NIC_FIELDS = {"net-id": "network_id", "subnet-id": "subnet_id", "ip-address": "ip_address"}
NEW_OF_DATASTORE = [
    Opt("--datastore", "Datastore.", names=DATASTORE, key="datastore.type"),
    Opt("--datastore-version", "Datastore version (name or ID).", key="datastore.version"),
    Opt(
        "--datastore-version-number",
        "Version number, if several datastore versions have the same name.",
        key="datastore.version_number",
    ),
]
LOCALITY_CHOICES = "affinity anti-affinity"
HOST = Value("--host", "Host from which the user may connect (default: any host).")


def spelled(flag: str) -> str:
    """Return the flags of an option that may be typed with dashes or underscores, and its name."""
    name = flag.removeprefix("--").replace("-", "_")
    other = name.replace("_", "-") if "_" in flag else name
    return f"{flag} --{other} {name}"


def of_project(help: str, **attrs: Any) -> Opt:
    """Return --project-id, the option for a project that may be deleted."""
    return Opt("--project-id", help, **{"ref": FORMER_PROJECT, "metavar": "PROJECT", "admin": True, **attrs})


def of_instance(flags: str, help: str) -> Opt:
    """Return an option for an instance that may be deleted."""
    return Opt(flags, help, ref=FORMER_INSTANCE, key="instance_id", metavar="INSTANCE")


def validate_version(datastore_version: str, datastore: str | None) -> None:
    """Reject the name of a datastore version without its datastore: such names are not unique."""
    if not (datastore or looks_like_id(datastore_version)):
        raise OstkError(
            f"{datastore_version!r} is not the ID of a datastore version.", "For a name, give --datastore too."
        )


def version_path(datastore_version: str, datastore: str | None, *below: str) -> str:
    """Return the path of a datastore version, or below it; Trove takes names in the path."""
    parent = DATASTORE_VERSION.under(datastore) if datastore else ANY_VERSION
    return parent.at(datastore_version, *below)


def parse_values(ctx: click.Context, param: click.Parameter, value: str) -> Json:
    """Return the values of parameters, an object of JSON.

    Raises:
        OstkError: The text is none.
    """
    return parse_object(value, repr(value))


VALUES_HELP = 'Values of the parameters, as a JSON object, e.g. {"max_connections": 200}.'
VALUES = Arg("values", VALUES_HELP, callback=parse_values)
