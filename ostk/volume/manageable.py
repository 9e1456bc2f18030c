"""Volumes and snapshots that a backend has, and that Cinder could take over."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ..api.block_storage import MANAGEABLE_SNAPSHOT, MANAGEABLE_VOLUME
from ..errors import OstkError
from ..language import LIMIT, LONG, Arg, Json, Noun, Opt
from ..session.cloud import Cloud

MORE = ["reason_not_safe= cinder_id= extra_info="]
FACTS = "reference= size= safe_to_manage="
PARAMS = [
    Arg("host", required=False, metavar="[HOST]"),
    Opt("--cluster", "Cluster to look at, in the place of a host.", since="3.17"),
    LONG,
    Opt("--detailed", "Show more columns; say --long.", type=bool, hidden=True, not_sent=True),
    Opt("--marker", "Results after this one, by its reference."),
    LIMIT,
    Opt("--offset", "How many results to leave out.", type=int),
    Opt("--sort", "How to sort them: KEY or KEY:DIRECTION."),
]

volume = Noun(MANAGEABLE_VOLUME, "See the volumes that a backend has.", columns=[FACTS], long=MORE)
snapshot = Noun(
    MANAGEABLE_SNAPSHOT, "See the snapshots that a backend has.", columns=[f"{FACTS} source_reference="], long=MORE
)


def placed(values: Json) -> None:
    """Require either a host or a cluster."""
    if values["host"] and values["cluster"]:
        raise click.UsageError("A host and --cluster exclude each other.")
    if not values["host"] and not values["cluster"]:
        raise OstkError("Say where to look.", "Give a host, as in host@backend, or --cluster.")


def with_long(values: Json) -> Json:
    """Return `long`, which the older --detailed sets too."""
    return {"long": values["long"] or values["detailed"]}


@volume.lister("manageable list", *PARAMS, validate=placed, parse=with_long)
def list_volumes(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List the volumes that a backend has."""
    return cloud.pages(MANAGEABLE_VOLUME, body)


@snapshot.lister("manageable list", *PARAMS, validate=placed, parse=with_long)
def list_snapshots(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List the snapshots that a backend has."""
    return cloud.pages(MANAGEABLE_SNAPSHOT, body)
