"""New database instances and replicas."""

from typing import Any

import click

from ..api.database import BACKUP, CONFIGURATION, DATABASE_FLAVOR, INSTANCE, MODULE
from ..api.network import NETWORK, SUBNET
from ..errors import OstkError
from ..language import Arg, Json, KeyValues, Noun, Opt, Value
from .instance_fields import flat
from .options import LOCALITY_CHOICES, NEW_OF_DATASTORE, NIC_FIELDS, READY

instance = Noun(INSTANCE, "Manage database instances: database servers.", present=flat)


class User(click.ParamType[tuple[str, str]]):
    """The type NAME:PASSWORD; the password may contain colons, the name may not."""

    name = "name:password"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return the name and the password."""
        name, colon, password = value if isinstance(value, tuple) else value.partition(":")
        if not (name and colon and password):
            raise OstkError(f"--users: a user is NAME:PASSWORD, and not {(name + colon) or 'empty'!r}.")
        return name, password


def nics_of(given: Json) -> list[Json]:
    """Return the network interface of an instance; Trove takes a single one."""
    return [{NIC_FIELDS[key]: value for key, value in given.items() if value}]


def validate(values: Json) -> None:
    """Reject an instance without a flavor, a size that is none, and options that replicas do not have."""
    if not (values["flavor"] or values["replica_of"]):
        raise OstkError("An instance needs --flavor.", "List flavors with: database flavor list.")
    if values["size"] is not None and values["size"] <= 0:
        raise OstkError(f"--size: {values['size']} is not a size in GiB greater than 0.")
    if values["volume_type"] and values["size"] is None:
        raise OstkError("--volume-type needs --size.")
    if values["locality"] and values["replica_of"]:
        raise OstkError("--locality and --replica-of exclude each other.")


def complete(body: Json, values: Json) -> Json:
    """Return the whole request: with the databases that users get, without what replicas do not take."""
    databases = [{"name": name} for name in values["databases"] or ()]
    users = [{"name": name, "password": password, "databases": databases} for name, password in values["users"] or ()]
    sent = body | {key: found for key, found in (("databases", databases), ("users", users)) if found}
    if values["replica_of"]:
        sent.setdefault("replica_count", 1)
        if sent.pop("flavorRef", None):
            OstkError("--flavor is ignored: a replica has the flavor of the source.").show()
    return {**sent, "access": {"is_public": False, **sent.get("access", {})}}


instance.create(
    Arg("name", "Name of the instance."),
    Opt(
        "--flavor",
        "Flavor; required unless --replica-of is given.",
        ref=DATABASE_FLAVOR,
        key="flavorRef",
        metavar="FLAVOR",
    ),
    Opt("--size", "Size of the volume, in GiB.", key="volume.size", type=int),
    Opt("--volume-type", "Volume type.", key="volume.type"),
    Value("--databases", "Names of databases to create.", greedy="+"),
    Value(
        "--users",
        "Users to create, with access to all --databases; the first colon separates the password.",
        metavar="NAME:PASSWORD",
        type=User(),
        greedy="+",
    ),
    Opt("--backup", "Backup to restore.", ref=BACKUP, key="restorePoint.backupRef"),
    Opt("--availability-zone", "Availability zone of the server."),
    NEW_OF_DATASTORE,
    Opt(
        "--nic",
        "Network interface: net-id=NETWORK,subnet-id=SUBNET,ip-address=IP, with names or IDs.",
        key="nics",
        type=KeyValues(optional=NIC_FIELDS, refs={"net-id": NETWORK, "subnet-id": SUBNET}),
        convert=nics_of,
    ),
    Opt("--configuration", "Configuration group to attach.", ref=CONFIGURATION, key="configuration"),
    Opt("--replica-of", "Instance to replicate.", ref=INSTANCE, key="replica_of", metavar="INSTANCE"),
    Opt("--replica-count", "Number of replicas to create (default: 1).", type=int),
    Opt(
        "--module modules...",
        "Module to apply.",
        ref=MODULE,
        key="modules",
        metavar="MODULE",
        convert=lambda found: [{"id": one} for one in found],
    ),
    Opt(
        "--locality",
        "Locality: place the servers of replicas on the same host or on different hosts.",
        choices=LOCALITY_CHOICES,
    ),
    Opt("--region", "Region of the instance.", key="region_name"),
    Opt("--is-public", "Make the instance accessible from outside of the cloud.", key="access.is_public", value=True),
    Opt("--allowed-cidr...", "CIDR of clients that may connect.", key="access.allowed_cidrs"),
    validate=validate,
    prepare=complete,
    wait=READY,
)
