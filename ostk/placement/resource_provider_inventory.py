"""Inventories: how much of which resource class a provider has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..api.placement import RESOURCE_PROVIDER
from ..errors import OstkError
from ..language import Arg, Column, Flag, Json, Noun, Opt, each
from ..session.cloud import Cloud
from ..session.optional_details import with_optional
from .provider import ONE, tell

# What an inventory says, of which type it is, and what it means.
WORDS: dict[str, tuple[type, str]] = {
    "allocation_ratio": (float, "How many times over it may be used."),
    "min_unit": (int, "Least that can be taken at once."),
    "max_unit": (int, "Most that can be taken at once."),
    "reserved": (int, "How much is kept for the provider itself."),
    "step_size": (int, "What amounts must be divisible by."),
    "total": (int, "How much there is."),
}
HAS = " ".join(f"{name}=" for name in WORDS)
CLASS = Arg("resource_class", not_sent=True)

inventory = Noun(RESOURCE_PROVIDER, "Manage how much providers have.", in_order=True)


def parsed(given: Iterable[str]) -> dict[str, Json]:
    """What CLASS=AMOUNT and CLASS:FIELD=VALUE say: class → field → value."""
    found: dict[str, Json] = {}
    for one in given:
        name, equals, text = one.partition("=")
        resource, _, field = name.partition(":")
        field = field or "total"
        try:
            value = WORDS[field][0](text)
        except (KeyError, ValueError):
            equals = ""
        if not resource or not equals:
            raise OstkError(
                f"--resource wants CLASS=AMOUNT or CLASS:FIELD=VALUE, not {one!r}.", f"Fields: {', '.join(WORDS)}."
            )
        found.setdefault(resource, {})[field] = value
    return found


def refuse_resources(resource: Sequence[str]) -> None:
    """Refuse inventories that cannot be read."""
    parsed(resource)


def rows(answer: Json, **more: Any) -> list[Json]:
    """A row for each class."""
    empty = dict.fromkeys(WORDS, "")
    return [{**more, **empty, "resource_class": name, **held} for name, held in answer["inventories"].items()]


@inventory.shower(
    "class set",
    ONE,
    CLASS,
    [Opt(f"--{name}", words, type=resource, required=name == "total") for name, (resource, words) in WORDS.items()],
    fields=[HAS],
)
def set_class(cloud: Cloud, resource_provider: str, resource_class: str, values: Json) -> Json:
    """Say how much of one class a provider has."""
    sent = {name: values[name] for name in WORDS if values[name] is not None}
    item = cloud.get(RESOURCE_PROVIDER, resource_provider)
    body = {"resource_provider_generation": item["generation"], **sent}
    found: Json = tell(cloud, "PUT", item["uuid"], "inventories", resource_class, body=body)
    return found


@inventory.action("delete", ONE, Opt("--resource-class", "Only of this class; of all without it.", not_sent=True))
def delete(cloud: Cloud, resource_provider: str, resource_class: str | None) -> None:
    """Delete what a provider has."""
    if not resource_class:
        cloud.require(RESOURCE_PROVIDER.service, "1.5", "To delete all inventories at once")
    tell(cloud, "DELETE", resource_provider, "inventories", *([resource_class] if resource_class else []))


def with_usages(cloud: Cloud, provider: str, *inventory: str) -> tuple[Json, Json]:
    """Return the inventories of a resource provider, or one of them, and its usage by resource class."""
    return with_optional(
        cloud,
        lambda: tell(cloud, "GET", provider, "inventories", *inventory),
        lambda: dict(tell(cloud, "GET", provider, "usages")["usages"]),
        {},
        f"the usages of resource provider {provider}",
    )


@inventory.lister("list", ONE, columns=[f"resource_class= {HAS} used="])
def list_inventories(cloud: Cloud, resource_provider: str) -> list[Json]:
    """List how much a provider has, and how much of it is used."""
    found, used = with_usages(cloud, resource_provider)
    return [{**row, "used": used.get(row["resource_class"])} for row in rows(found)]


@inventory.lister(
    "set",
    Arg("uuid", not_sent=True, names=RESOURCE_PROVIDER),
    Opt("--resource", "CLASS=AMOUNT or CLASS:FIELD=VALUE; repeatable.", multiple=True, not_sent=True),
    Flag("--aggregate", "The UUID is that of an aggregate: set it for all in it."),
    Flag("--amend", "Keep what is not named, instead of replacing all."),
    Flag("--dry-run", "Show what would be set, and set nothing."),
    columns=[f"resource_class= {HAS}"],
    also=["resource_provider="],
    validate=refuse_resources,
)
def set_inventories(
    cloud: Cloud, uuid: str, resource: Sequence[str], aggregate: bool, amend: bool, dry_run: bool, columns: list[Column]
) -> tuple[list[Column], list[Json]]:
    """Say how much a provider has, or all providers of an aggregate."""
    if aggregate:
        cloud.require(RESOURCE_PROVIDER.service, "1.3", "--aggregate")
        providers = [*cloud.pages(RESOURCE_PROVIDER, {"member_of": uuid})]
        columns = [Column("resource_provider", "resource_provider"), *columns]
    else:
        providers = [cloud.get(RESOURCE_PROVIDER, uuid)]
    if not providers:
        raise OstkError(f"No resource provider is in the aggregate {uuid}.")
    generations = {one["uuid"]: one["generation"] for one in providers}

    def put(id: str) -> list[Json]:
        now = {"resource_provider_generation": generations[id], "inventories": {}}
        if amend:
            now = tell(cloud, "GET", id, "inventories")
        for name, held in parsed(resource).items():
            now["inventories"].setdefault(name, {}).update(held)
        return rows(now if dry_run else tell(cloud, "PUT", id, "inventories", body=now), resource_provider=id)

    made = each(cloud, put, [*generations], "set the inventory of", "resource provider")
    return columns, [row for found in made for row in found]


@inventory.shower("show", ONE, CLASS, fields=[f"{HAS} used="])
def show(cloud: Cloud, resource_provider: str, resource_class: str) -> Json:
    """Show how much of one class a provider has, and how much of it is used."""
    found, used = with_usages(cloud, resource_provider, resource_class)
    return {**found, "used": used.get(resource_class)}
