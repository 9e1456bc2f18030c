"""Traits of nodes and of runbooks: the verbs `trait list`, `trait add` and `trait remove`."""

from collections.abc import Sequence

import click

from ..language import Arg, Cloud, Flag, Json, Noun, each, target
from .fields import columns, tell

SEVERAL = Arg("traits", "Traits, e.g. CUSTOM_RAID.", nargs=-1, required=True, not_sent=True, metavar="TRAIT...")
SEVERAL_OR_NONE = Arg("traits", "Traits to remove.", nargs=-1, not_sent=True, metavar="[TRAIT...]")
ALL = Flag("--all", "Remove all traits.")


def add_trait_verbs(noun: Noun, about: str = "", older_words: bool = False) -> None:
    """Add the verbs about the traits of a resource.

    Args:
        noun: The noun.
        about: What the traits do, for the help of `trait add`.
        older_words: Whether to add `add trait` and `remove trait` too.
    """
    resource, one = noun.resource, target(noun.resource, as_typed=True)
    named = one.name or ""

    def change(cloud: Cloud, name: str, method: str, done: str, traits: Sequence[str]) -> None:
        def change_one(trait: str) -> None:
            cloud.send(resource, method, name, "traits", trait)
            tell(cloud, f"{done} trait {trait}")

        each(cloud, change_one, traits, "remove" if method == "DELETE" else "add", "trait")

    @noun.lister("trait list", one, columns=columns("traits"), help=f"List traits of {noun.one}.")
    def list_traits(cloud: Cloud, values: Json) -> list[Json]:
        return [{"traits": trait} for trait in cloud.send(resource, "GET", values[named], "traits")["traits"]]

    def add(cloud: Cloud, traits: Sequence[str], values: Json) -> None:
        change(cloud, values[named], "PUT", "Added", traits)

    def remove(cloud: Cloud, traits: Sequence[str], values: Json) -> None:
        if traits:
            change(cloud, values[named], "DELETE", "Removed", traits)
        else:
            cloud.send(resource, "DELETE", values[named], "traits")

    adding, removing = f"Add traits to {noun.one}{about}.", f"Remove traits from {noun.one}."
    for words in ("trait {}", "{} trait") if older_words else ("trait {}",):
        noun.action(words.format("add"), one, SEVERAL, help=adding)(add)
        noun.action(words.format("remove"), one, SEVERAL_OR_NONE, ALL, help=removing, validate=validate_traits)(remove)


def validate_traits(traits: Sequence[str], all: bool) -> None:
    """Raise click.UsageError unless there are traits or --all."""
    if bool(traits) == all:
        raise click.UsageError("Name the traits to remove, or give --all." if not all else "--all excludes traits.")
