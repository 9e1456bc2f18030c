"""The name of a new firewall group or rule: a word or, as it once was, an option."""

from __future__ import annotations

from ..errors import OstkError
from ..language import Arg, Opt

NAMED = [
    Arg("positional_name", key="name", required=False, metavar="[NAME]"),
    Opt("--name", "Its name, written as it once was."),
]


def once(positional_name: str, name: str) -> None:
    """Refuse two names."""
    if positional_name and name:
        raise OstkError(f"Its name is {positional_name!r} or {name!r}, not both; leave out --name.")
