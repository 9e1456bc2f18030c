"""Allocations: what consumers, such as servers, use of resource providers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..api.placement import ALLOCATION
from ..errors import OstkError
from ..language import Arg, Json, Noun, Opt
from ..session.cloud import Cloud

SERVICE = ALLOCATION.service
CONSUMER = Arg("uuid", not_sent=True, metavar="CONSUMER_UUID")

allocation = Noun(
    ALLOCATION,
    "Manage what is used of providers.",
    columns=["resource_provider= generation= resources= project_id= user_id= consumer_type="],
    since={"project_id user_id": "1.12", "consumer_type": "1.38"},
)


def parsed(given: Iterable[str]) -> dict[str, dict[str, int]]:
    """What rp=PROVIDER,CLASS=AMOUNT says: provider → class → amount."""
    found: dict[str, dict[str, int]] = {}
    for one in given:
        try:
            pairs = dict(part.split("=") for part in one.split(","))
            held = found.setdefault(pairs.pop("rp"), {})
            amounts = {name: int(text) for name, text in pairs.items()}
        except (KeyError, ValueError):
            amounts = {}
        if not amounts:
            raise OstkError(f"--allocation wants rp=PROVIDER,CLASS=AMOUNT, not {one!r}.")
        for name, amount in amounts.items():
            if held.setdefault(name, amount) != amount:
                raise OstkError(f"--allocation gives two amounts of {name}.")
    return found


def refuse_allocations(allocation: Sequence[str]) -> None:
    """Refuse allocations that cannot be read, and none at all."""
    if not parsed(allocation):
        raise OstkError("--allocation is needed.", "resource provider allocation unset takes all away.")


def ask(cloud: Cloud, method: str, uuid: str, body: Any = None) -> Json:
    """Ask about a consumer, or tell of it: the JSON that is answered."""
    content = {} if body is None else {"json": body}
    found = cloud.call(SERVICE, method, ALLOCATION.at(uuid), microversion=ALLOCATION.microversion, **content)
    return {} if found is None else found


def used(cloud: Cloud, uuid: str) -> list[Json]:
    """A row for each provider that a consumer uses something of."""
    answer = ask(cloud, "GET", uuid)
    who = {key: answer.get(key) for key in ("project_id", "user_id", "consumer_type")}
    return [{"resource_provider": id, **who, **held} for id, held in answer["allocations"].items()]


def supports(cloud: Cloud, since: str) -> bool:
    """Whether what is sent is of this microversion or a newer one."""
    return cloud.supports(SERVICE, since, ALLOCATION.microversion)


@allocation.action("delete", CONSUMER)
def delete(cloud: Cloud, uuid: str) -> None:
    """Take away all that a consumer uses."""
    ask(cloud, "DELETE", uuid)


@allocation.lister(
    "set",
    CONSUMER,
    Opt("--allocation", "rp=PROVIDER,CLASS=AMOUNT; may be repeated.", multiple=True, not_sent=True),
    Opt("--project-id", "ID of the project it belongs to (since 1.8)."),
    Opt("--user-id", "ID of the user it belongs to (since 1.8)."),
    Opt("--consumer-type", "What the consumer is (since 1.38)."),
    validate=refuse_allocations,
)
def set_allocations(cloud: Cloud, body: Json, uuid: str, allocation: Sequence[str]) -> list[Json]:
    """Say what a consumer uses, and nothing else."""
    for option, since in {"project_id": "1.8", "user_id": "1.8", "consumer_type": "1.38"}.items():
        known = supports(cloud, since)
        if known and option not in body:
            raise OstkError(f"--{option.replace('_', '-')} is needed since version {since} of the placement API.")
        if not known and body.pop(option, None):
            OstkError(f"--{option.replace('_', '-')} means nothing before version {since} of the placement API.").show()
    if supports(cloud, "1.28"):
        with cloud.force_send():
            body["consumer_generation"] = ask(cloud, "GET", uuid).get("consumer_generation")
    held = parsed(allocation)
    body["allocations"] = {rp: {"resources": resources} for rp, resources in held.items()}
    if not supports(cloud, "1.12"):
        found = [{"resource_provider": {"uuid": rp}, "resources": resources} for rp, resources in held.items()]
        body["allocations"] = found
    ask(cloud, "PUT", uuid, body)
    return used(cloud, uuid)


@allocation.lister("show", CONSUMER)
def show(cloud: Cloud, uuid: str) -> list[Json]:
    """Show what a consumer uses."""
    return used(cloud, uuid)


@allocation.lister(
    "unset",
    CONSUMER,
    Opt("--provider", "Only what it uses of this provider; repeatable.", multiple=True, not_sent=True),
    Opt("--resource-class", "Only what it uses of this class; repeatable.", multiple=True, not_sent=True),
)
def unset(cloud: Cloud, uuid: str, provider: Sequence[str], resource_class: Sequence[str]) -> list[Json]:
    """Take away what a consumer uses, or some of it."""
    cloud.require(SERVICE, "1.12", "resource provider allocation unset")
    with cloud.force_send():
        now = ask(cloud, "GET", uuid)
    kept: Json = {}
    for id, held in now["allocations"].items():
        gone = resource_class or [*held["resources"]] if not provider or id in provider else ()
        left = {name: amount for name, amount in held["resources"].items() if name not in gone}
        kept |= {id: {**held, "resources": left}} if left else {}
    if kept or supports(cloud, "1.28"):
        ask(cloud, "PUT", uuid, {**now, "allocations": kept})
    else:
        ask(cloud, "DELETE", uuid)
    return used(cloud, uuid)
