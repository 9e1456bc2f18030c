"""Allocations: amounts of resources that consumers, such as servers, use of resource providers."""

from collections.abc import Iterable, Sequence
from typing import Any

from ..api.placement import ALLOCATION
from ..errors import OstkError
from ..language import Arg, Cloud, Json, Noun, Opt, Value

SERVICE = ALLOCATION.service
CONSUMER = Arg("uuid", "UUID of the consumer, e.g. of a server.", not_sent=True, metavar="CONSUMER_UUID")
CONSUMER_FIELDS = {"project_id": "1.8", "user_id": "1.8", "consumer_type": "1.38"}  # field: microversion requiring it

allocation = Noun(
    ALLOCATION,
    "Manage allocations: resources that consumers use.",
    columns=["resource_provider= generation= resources= project_id= user_id= consumer_type="],
    since={"project_id user_id": "1.12", "consumer_type": "1.38"},
)


def parse_allocations(values: Iterable[str]) -> dict[str, dict[str, int]]:
    """Parse the values of --allocation: {provider UUID: {resource class: amount}}.

    Raises:
        OstkError: A value is not rp=PROVIDER,CLASS=AMOUNT, or two values differ in the amount of a resource class.
    """
    allocations: dict[str, dict[str, int]] = {}
    for value in values:
        try:
            pairs = dict(part.split("=") for part in value.split(","))
            provider = pairs.pop("rp")
            amounts = {name: int(text) for name, text in pairs.items()}
        except (KeyError, ValueError):
            amounts = {}
        if not amounts:
            raise OstkError(f"--allocation must be rp=PROVIDER,CLASS=AMOUNT, not {value!r}.")
        resources = allocations.setdefault(provider, {})
        for name, amount in amounts.items():
            if resources.setdefault(name, amount) != amount:
                raise OstkError(f"--allocation has two amounts of {name} for provider {provider}.")
    return allocations


def validate_allocations(allocation: Sequence[str]) -> None:
    """Raise OstkError if there is no --allocation or if one cannot be parsed."""
    if not parse_allocations(allocation):
        raise OstkError("--allocation is required.", "'resource provider allocation unset' removes all allocations.")


def call_allocations(cloud: Cloud, method: str, consumer: str, body: Any = None) -> Json:
    """Send a request about the allocations of a consumer and return the JSON of the answer; {} without a body."""
    content = {} if body is None else {"json": body}
    path, version = ALLOCATION.at(consumer), ALLOCATION.microversion
    return cloud.call(SERVICE, method, path, microversion=version, **content) or {}


def allocation_rows(cloud: Cloud, consumer: str) -> list[Json]:
    """Fetch the allocations of a consumer and return a row for each resource provider."""
    answer = call_allocations(cloud, "GET", consumer)
    owner = {key: answer.get(key) for key in ("project_id", "user_id", "consumer_type")}
    return [{"resource_provider": uuid, **owner, **fields} for uuid, fields in answer["allocations"].items()]


def supports(cloud: Cloud, since: str) -> bool:
    """Return whether requests about allocations are sent with this microversion or a later one."""
    return cloud.supports(SERVICE, since, ALLOCATION.microversion)


@allocation.action("delete", CONSUMER)
def delete(cloud: Cloud, uuid: str) -> None:
    """Delete all allocations of a consumer (admin only)."""
    call_allocations(cloud, "DELETE", uuid)


@allocation.lister(
    "set",
    CONSUMER,
    Value("--allocation...", "Allocated amount: rp=PROVIDER_UUID,CLASS=AMOUNT."),
    Opt("--project-id", "ID of the consumer's project; required since placement API 1.8."),
    Opt("--user-id", "ID of the consumer's user; required since placement API 1.8."),
    Opt("--consumer-type", "Type of the consumer, e.g. INSTANCE; required since placement API 1.38."),
    validate=validate_allocations,
)
def set_allocations(cloud: Cloud, body: Json, uuid: str, allocation: Sequence[str]) -> list[Json]:
    """Replace the allocations of a consumer (admin only)."""
    supported = {field: supports(cloud, since) for field, since in CONSUMER_FIELDS.items()}
    for field, since in CONSUMER_FIELDS.items():
        flag = f"--{field.replace('_', '-')}"
        if supported[field] and field not in body:
            raise OstkError(f"{flag} is required since microversion {since} of the placement API.")
        if not supported[field] and body.get(field):
            OstkError(f"{flag} is ignored before microversion {since} of the placement API.").show()
    request = {field: value for field, value in body.items() if supported[field]}
    if supports(cloud, "1.28"):
        with cloud.force_send():
            generation = call_allocations(cloud, "GET", uuid).get("consumer_generation")
        request = {**request, "consumer_generation": generation}
    by_provider = {provider: {"resources": amounts} for provider, amounts in parse_allocations(allocation).items()}
    # Before microversion 1.12, PUT /allocations/{consumer} takes a list.
    as_list = [{"resource_provider": {"uuid": provider}, **resources} for provider, resources in by_provider.items()]
    allocations = by_provider if supports(cloud, "1.12") else as_list
    call_allocations(cloud, "PUT", uuid, {**request, "allocations": allocations})
    return allocation_rows(cloud, uuid)


@allocation.lister("show", CONSUMER)
def show(cloud: Cloud, uuid: str) -> list[Json]:
    """Show the allocations of a consumer (admin only)."""
    return allocation_rows(cloud, uuid)


@allocation.lister(
    "unset",
    CONSUMER,
    Value("--provider...", "UUID of the resource provider (default: all)."),
    Value("--resource-class...", "Name of the resource class (default: all)."),
)
def unset(cloud: Cloud, uuid: str, provider: Sequence[str], resource_class: Sequence[str]) -> list[Json]:
    """Remove allocations of a consumer: all, or of some providers and resource classes (admin only)."""
    cloud.require(SERVICE, "1.12", "resource provider allocation unset")
    with cloud.force_send():
        current = call_allocations(cloud, "GET", uuid)
    remaining: Json = {}
    for provider_id, fields in current["allocations"].items():
        if provider and provider_id not in provider:
            remaining[provider_id] = fields
        elif resource_class:
            resources = {name: amount for name, amount in fields["resources"].items() if name not in resource_class}
            remaining |= {provider_id: {**fields, "resources": resources}} if resources else {}
    if remaining or supports(cloud, "1.28"):  # Before 1.28, Placement rejects a PUT without allocations.
        call_allocations(cloud, "PUT", uuid, {**current, "allocations": remaining})
    else:
        call_allocations(cloud, "DELETE", uuid)
    return allocation_rows(cloud, uuid)
