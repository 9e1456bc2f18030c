"""How Placement is asked for providers that have what is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..errors import OstkError
from ..language import Json, Opt

REQUIRED = Opt("--required", "Trait they must have; may be repeated.", multiple=True, not_sent=True, since="1.18")
FORBIDDEN = Opt("--forbidden", "Trait they must not have; may be repeated.", multiple=True, not_sent=True, since="1.22")


def amounts(given: Iterable[str], suffix: str = "") -> Json:
    """How much of which resource classes, each CLASS=AMOUNT."""
    pairs = [one.partition("=") for one in given]
    for name, _, amount in pairs:
        if not name or not amount or "=" in amount:
            raise OstkError(f"--resource wants CLASS=AMOUNT, not {name + ('=' + amount if amount else '')!r}.")
    return {f"resources{suffix}": ",".join(f"{name}:{amount}" for name, _, amount in pairs)} if pairs else {}


def traits(values: Json, suffix: str = "") -> Json:
    """The traits that are required, one of several where commas part them, and those that are forbidden."""
    one_of = [f"in:{one}" for one in values["required"] if "," in one]
    every = [one for one in values["required"] if "," not in one] + [f"!{one}" for one in values["forbidden"]]
    found = [*one_of, *([",".join(every)] if every else [])]
    return {f"required{suffix}": found} if found else {}


def members(values: Json, suffix: str = "") -> Json:
    """The aggregates: each time one of those that commas part."""
    each: Sequence[str] = values["member_of"] or [",".join(values["aggregate_uuid"])]
    found = [f"in:{one}" for one in each if one]
    return {f"member_of{suffix}": found} if found else {}
