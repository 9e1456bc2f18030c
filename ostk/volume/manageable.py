"""Manageable volumes and snapshots: resources on a backend that Cinder does not manage yet (API 3.8 and later)."""

import click

from ..api.block_storage import MANAGEABLE_SNAPSHOT, MANAGEABLE_VOLUME
from ..errors import OstkError
from ..language import LIMIT, LONG, Arg, Cloud, Items, Json, Noun, Opt, Value

COLUMNS = "reference= size= safe_to_manage="
LONG_COLUMNS = ["reason_not_safe= cinder_id= extra_info="]
PARAMS = [
    Arg("host", "Backend to search: HOST@BACKEND#POOL.", required=False, metavar="[HOST]"),
    Opt("--cluster", "Cluster to search instead of a host: CLUSTER@BACKEND.", since="3.17"),
    LONG,
    Value("--detailed", "Show more columns (deprecated; see --long).", type=bool, hidden=True),
    Opt("--marker", "Reference of the last result of the previous page."),
    LIMIT,
    Opt("--offset", "Number of results to skip.", type=int),
    Opt("--sort", "Sort keys: size or reference, e.g. size:desc.", metavar="KEY[:asc|:desc],…"),
]

volume = Noun(MANAGEABLE_VOLUME, "List volumes on a backend that can be managed.", columns=[COLUMNS], long=LONG_COLUMNS)
snapshot = Noun(
    MANAGEABLE_SNAPSHOT,
    "List snapshots on a backend that can be managed.",
    columns=[f"{COLUMNS} source_reference="],
    long=LONG_COLUMNS,
)


def validate_location(values: Json) -> None:
    """Require either a host or --cluster.

    Raises:
        click.UsageError: Both are given.
        OstkError: Neither is given.
    """
    if values["host"] and values["cluster"]:
        raise click.UsageError("The argument HOST and --cluster exclude each other.")
    if not values["host"] and not values["cluster"]:
        raise OstkError("The backend to search is missing.", "Give a host, as HOST@BACKEND#POOL, or --cluster.")


def parse_detailed(values: Json) -> Json:
    """Return `long`, which the older --detailed sets too."""
    return {"long": values["long"] or values["detailed"]}


@volume.lister("manageable list", *PARAMS, validate=validate_location, parse=parse_detailed)
def list_volumes(cloud: Cloud, body: Json) -> Items:
    """List volumes on a backend that can be managed (admin only)."""
    return cloud.pages(MANAGEABLE_VOLUME, body)


@snapshot.lister("manageable list", *PARAMS, validate=validate_location, parse=parse_detailed)
def list_snapshots(cloud: Cloud, body: Json) -> Items:
    """List snapshots on a backend that can be managed (admin only)."""
    return cloud.pages(MANAGEABLE_SNAPSHOT, body)
