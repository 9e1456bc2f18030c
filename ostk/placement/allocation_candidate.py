"""Allocation candidates: which resource providers could give what is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ..api.placement import ALLOCATION_CANDIDATE
from ..errors import OstkError
from ..language import COUNT, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud
from .query import amounts, members, traits

SERVICE = ALLOCATION_CANDIDATE.service


class Grouped(Opt):
    """An option whose values belong to the --group that stands before them."""

    def __init__(self, flags: str, help: str, **attrs: Any) -> None:
        super().__init__(flags, help, multiple=True, not_sent=True, **attrs)

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Have the parser put the group before each value."""
        super().add_to_parser(parser, ctx)
        for flag in self.opts:
            known = parser._long_opt[flag]
            known.process = grouping(known.process)


def grouping(process: Callable[[str, Any], None]) -> Callable[[str, Any], None]:
    """Process a value as GROUP:VALUE, with the group that was named last."""
    return lambda value, state: process(f"{(state.opts.get('group') or [''])[-1]}:{value}", state)


candidate = Noun(ALLOCATION_CANDIDATE, "See which resource providers could give what is wanted.")


def groups(values: Json) -> dict[str, Json]:
    """What is wanted of each group: group → option → values."""
    names = ("resource", "required", "forbidden", "member_of", "aggregate_uuid")
    found: dict[str, Json] = {name: {key: [] for key in names} for name in dict.fromkeys(values["group"])}
    for key in names:
        for one in values[key]:
            group, _, value = one.partition(":")
            found.setdefault(group, {name: [] for name in names})[key].append(value)
    return found


def refuse_groups(values: Json) -> None:
    """Refuse what asks for no resources."""
    wanted = groups(values)
    if not wanted:
        raise OstkError("--resource is needed.")
    for name, group in wanted.items():
        if not group["resource"]:
            raise OstkError(f"--resource is needed in group {name}." if name else "--resource is needed.")
        amounts(group["resource"])


@candidate.lister(
    "list",
    Grouped("--resource", "What is wanted: CLASS=AMOUNT; repeatable."),
    Opt("--limit", "Largest number of candidates.", type=COUNT, since="1.16"),
    Grouped("--required", "Trait they must have; may be repeated.", since="1.17"),
    Grouped("--forbidden", "Trait they must not have; may be repeated.", since="1.22"),
    exclusive(
        Grouped("--member-of", "Only those in one of these aggregates.", since="1.21"),
        Grouped("--aggregate-uuid", "Only those in one of these.", since="1.21", hidden=True),
    ),
    Opt("--group", "Number for the options that follow it.", multiple=True, not_sent=True, since="1.25"),
    Opt("--group-policy", "Whether groups are kept apart.", choices="none isolate", default="none", not_sent=True),
    columns=[
        "number=#, allocation=allocation, provider=resource provider, inventory=inventory used/capacity, traits=traits"
    ],
    validate=refuse_groups,
)
def list_candidates(cloud: Cloud, body: Json, values: Json) -> list[Json]:
    """List which resource providers could give what is wanted."""
    cloud.require(SERVICE, "1.10", "allocation candidate list")
    query = dict(body)
    for name, group in groups(values).items():
        query |= amounts(group["resource"], name) | traits(group, name) | members(group, name)
    if values["group"]:
        query["group_policy"] = values["group_policy"]
    resource = ALLOCATION_CANDIDATE
    found = cloud.call(SERVICE, "GET", resource.path, params=query, microversion=resource.microversion)
    summaries: Json = found["provider_summaries"]
    rows = []
    for number, request in enumerate(found["allocation_requests"], 1):
        held = request["allocations"]
        # Before version 1.12 it is a list, each with its provider inside.
        pairs = held.items() if isinstance(held, dict) else [(x["resource_provider"]["uuid"], x) for x in held]
        for id, taken in pairs:
            has = summaries[id]["resources"].items()
            rows.append(
                {
                    "number": number,
                    "allocation": ",".join(f"{name}={amount}" for name, amount in taken["resources"].items()),
                    "provider": id,
                    "inventory": ",".join(f"{name}={one['used']}/{one['capacity']}" for name, one in has),
                    "traits": ",".join(summaries[id].get("traits", [])),
                }
            )
    return rows
