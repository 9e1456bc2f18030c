"""Traits of nodes and of runbooks: the requests."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..language import Arg, Column, Flag, Json, Resource, each
from ..session.cloud import Cloud
from .fields import call, column, tell

TRAIT_COLUMNS: list[Column] = [column("traits")]
SEVERAL = Arg("traits", "Traits, e.g. CUSTOM_RAID.", nargs=-1, required=True, not_sent=True, metavar="TRAIT...")
SEVERAL_OR_NONE = Arg("traits", "Traits to remove.", nargs=-1, not_sent=True, metavar="[TRAIT...]")
ALL = Flag("--all", "Remove all traits.")


def list_traits(cloud: Cloud, resource: Resource, name: str) -> list[Json]:
    """Return the traits of a resource."""
    return [{"traits": trait} for trait in call(cloud, "GET", resource.at(name, "traits"))["traits"]]


def add_traits(cloud: Cloud, resource: Resource, name: str, traits: Sequence[str]) -> None:
    """Add traits to a resource; a failure does not stop the others."""

    def add(trait: str) -> None:
        call(cloud, "PUT", resource.at(name, "traits", trait))
        tell(cloud, f"Added trait {trait}")

    each(cloud, add, traits, "add", "trait")


def validate_traits(traits: Sequence[str], all: bool) -> None:
    """Raise click.UsageError unless there are traits or --all."""
    if bool(traits) == all:
        raise click.UsageError("Name the traits to remove, or give --all." if not all else "--all excludes traits.")


def remove_traits(cloud: Cloud, resource: Resource, name: str, traits: Sequence[str]) -> None:
    """Remove traits of a resource, all traits if none is named; a failure does not stop the others."""

    def remove(trait: str) -> None:
        call(cloud, "DELETE", resource.at(name, "traits", trait))
        tell(cloud, f"Removed trait {trait}")

    if traits:
        each(cloud, remove, traits, "remove", "trait")
    else:
        call(cloud, "DELETE", resource.at(name, "traits"))
