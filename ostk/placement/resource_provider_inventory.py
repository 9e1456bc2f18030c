"""Inventories: amounts of resource classes that resource providers have, and how they can be allocated."""

from collections.abc import Iterable, Sequence
from typing import Any

from ..api.placement import RESOURCE_PROVIDER
from ..errors import OstkError
from ..language import Arg, Cloud, Column, Flag, Json, Noun, Opt, Value, each
from ..session.optional_details import with_optional
from .provider_requests import PROVIDER, call_provider

# The fields of an inventory, each with its type and its help.
INVENTORY_FIELDS: dict[str, tuple[type, str]] = {
    "allocation_ratio": (float, "Overcommit ratio of the resource."),
    "min_unit": (int, "Minimum amount of an allocation."),
    "max_unit": (int, "Maximum amount of an allocation."),
    "reserved": (int, "Amount reserved for the provider, not available for allocations."),
    "step_size": (int, "Step size: the amount of an allocation is a multiple of this number."),
    "total": (int, "Total amount of the resource."),
}
FIELD_COLUMNS = " ".join(f"{name}=" for name in INVENTORY_FIELDS)
RESOURCE_CLASS = Arg("resource_class", "Name of the resource class.", not_sent=True)

inventory = Noun(RESOURCE_PROVIDER, "Manage inventories: resources that providers have.", in_order=True)


def parse_inventories(values: Iterable[str]) -> dict[str, Json]:
    """Parse the values of --resource: {resource class: {inventory field: value}}.

    Raises:
        OstkError: A value is neither CLASS=AMOUNT nor CLASS:FIELD=VALUE.
    """
    inventories: dict[str, Json] = {}
    for given in values:
        target, equals, text = given.partition("=")
        resource_class, _, field = target.partition(":")
        field = field or "total"
        try:
            value = INVENTORY_FIELDS[field][0](text)
        except (KeyError, ValueError):
            equals = ""
        if not resource_class or not equals:
            raise OstkError(
                f"--resource must be CLASS=AMOUNT or CLASS:FIELD=VALUE, not {given!r}.",
                f"Fields: {', '.join(INVENTORY_FIELDS)}.",
            )
        inventories.setdefault(resource_class, {})[field] = value
    return inventories


def validate_resources(resource: Sequence[str]) -> None:
    """Raise OstkError if a value of --resource cannot be parsed."""
    parse_inventories(resource)


def inventory_rows(answer: Json, **columns: Any) -> list[Json]:
    """Return a row for each resource class of an answer's `inventories`, with further columns; absent fields are ""."""
    empty = dict.fromkeys(INVENTORY_FIELDS, "")
    return [{**columns, **empty, "resource_class": name, **fields} for name, fields in answer["inventories"].items()]


@inventory.shower(
    "class set",
    PROVIDER,
    RESOURCE_CLASS,
    [Opt(f"--{name}", help, type=type, required=name == "total") for name, (type, help) in INVENTORY_FIELDS.items()],
    fields=[FIELD_COLUMNS],
)
def set_class(cloud: Cloud, resource_provider: str, resource_class: str, values: Json) -> Json:
    """Set the inventory of a resource class of a resource provider (admin only)."""
    fields = {name: values[name] for name in INVENTORY_FIELDS if values[name] is not None}
    provider = cloud.get(RESOURCE_PROVIDER, resource_provider)
    body = {"resource_provider_generation": provider["generation"], **fields}
    item: Json = call_provider(cloud, "PUT", provider["uuid"], "inventories", resource_class, body=body)
    return item


@inventory.action("delete", PROVIDER, Value("--resource-class", "Name of the resource class (default: all)."))
def delete(cloud: Cloud, resource_provider: str, resource_class: str | None) -> None:
    """Delete the inventory of a resource provider, for a resource class or for all (admin only)."""
    if not resource_class:
        cloud.require(RESOURCE_PROVIDER.service, "1.5", "To delete all inventories at once")
    path = [resource_class] if resource_class else []
    call_provider(cloud, "DELETE", resource_provider, "inventories", *path)


def with_usages(cloud: Cloud, provider: str, *inventory: str) -> tuple[Json, Json]:
    """Return the inventories of a resource provider, or one of them, and its usage by resource class."""
    return with_optional(
        cloud,
        lambda: call_provider(cloud, "GET", provider, "inventories", *inventory),
        lambda: dict(call_provider(cloud, "GET", provider, "usages")["usages"]),
        {},
        f"the usages of resource provider {provider}",
    )


@inventory.lister("list", PROVIDER, columns=[f"resource_class= {FIELD_COLUMNS} used="])
def list_inventories(cloud: Cloud, resource_provider: str) -> list[Json]:
    """List the inventories and the usage of a resource provider (admin only)."""
    answer, usages = with_usages(cloud, resource_provider)
    return [{**row, "used": usages.get(row["resource_class"])} for row in inventory_rows(answer)]


@inventory.lister(
    "set",
    Arg("uuid", "Resource provider, or UUID of an aggregate with --aggregate.", names=RESOURCE_PROVIDER),
    Value("--resource...", "Inventory: CLASS=TOTAL or CLASS:FIELD=VALUE, e.g. VCPU=8 or VCPU:allocation_ratio=4."),
    Flag("--aggregate", "Set the inventories of all resource providers in the aggregate UUID."),
    Flag("--amend", "Keep inventories that no --resource names."),
    Flag("--dry-run", "Show the new inventories without a change."),
    columns=[f"resource_class= {FIELD_COLUMNS}"],
    also=["resource_provider="],
    validate=validate_resources,
)
def set_inventories(
    cloud: Cloud, uuid: str, resource: Sequence[str], aggregate: bool, amend: bool, dry_run: bool, columns: list[Column]
) -> tuple[list[Column], list[Json]]:
    """Replace the inventories of a resource provider, or of all providers in an aggregate (admin only)."""
    if aggregate:
        cloud.require(RESOURCE_PROVIDER.service, "1.3", "--aggregate")
        providers = [*cloud.pages(RESOURCE_PROVIDER, {"member_of": uuid})]
        columns = [Column("resource_provider", "resource_provider"), *columns]
    else:
        providers = [cloud.get(RESOURCE_PROVIDER, uuid)]
    if not providers:
        raise OstkError(f"No resource provider is in the aggregate {uuid}.")
    generations = {provider["uuid"]: provider["generation"] for provider in providers}

    def put(provider_id: str) -> list[Json]:
        body = {"resource_provider_generation": generations[provider_id], "inventories": {}}
        if amend:
            body = call_provider(cloud, "GET", provider_id, "inventories")
        kept = body["inventories"]
        given = {name: {**kept.get(name, {}), **fields} for name, fields in parse_inventories(resource).items()}
        body = {**body, "inventories": {**kept, **given}}
        answer = body if dry_run else call_provider(cloud, "PUT", provider_id, "inventories", body=body)
        return inventory_rows(answer, resource_provider=provider_id)

    rows = each(cloud, put, [*generations], "set the inventory of", "resource provider")
    return columns, [row for provider_rows in rows for row in provider_rows]


@inventory.shower("show", PROVIDER, RESOURCE_CLASS, fields=[f"{FIELD_COLUMNS} used="])
def show(cloud: Cloud, resource_provider: str, resource_class: str) -> Json:
    """Show the inventory and the usage of a resource class of a resource provider (admin only)."""
    item, usages = with_usages(cloud, resource_provider, resource_class)
    return {**item, "used": usages.get(resource_class)}
