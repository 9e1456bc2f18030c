"""Allocation candidates: sets of resource providers that can satisfy a request for resources."""

from collections.abc import Callable
from typing import Any

import click

from ..api.placement import ALLOCATION_CANDIDATE
from ..errors import OstkError
from ..language import COUNT, Cloud, Column, Json, Noun, Opt, Value, exclusive
from .query import aggregates_query, resources_query, traits_query

SERVICE = ALLOCATION_CANDIDATE.service


class GroupedOption(Opt):
    """An option whose values belong to the request group of the --group before them on the command line.

    Each value is passed on as "GROUP:VALUE"; GROUP is empty before the first --group.
    """

    def __init__(self, flags: str, help: str, **attrs: Any) -> None:
        super().__init__(flags, help, multiple=True, not_sent=True, **attrs)

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Add the option to click's parser, which then prefixes each value with the group."""
        super().add_to_parser(parser, ctx)
        for flag in self.opts:
            option = parser._long_opt[flag]
            option.process = prefix_group(option.process)


def prefix_group(process: Callable[[str, Any], None]) -> Callable[[str, Any], None]:
    """Return a click option's `process` that gets "GROUP:VALUE", with the last value of --group so far."""
    return lambda value, state: process(f"{(state.opts.get('group') or [''])[-1]}:{value}", state)


candidate = Noun(ALLOCATION_CANDIDATE, "List providers that can satisfy a request for resources.")


def request_groups(values: Json) -> dict[str, Json]:
    """Return the values of the grouped options by request group: {group: {option: [value, ...]}}."""
    options = ("resource", "required", "forbidden", "member_of", "aggregate_uuid")
    groups: dict[str, Json] = {name: {option: [] for option in options} for name in dict.fromkeys(values["group"])}
    for option in options:
        for prefixed in values[option]:
            name, _, value = prefixed.partition(":")
            groups.setdefault(name, {option: [] for option in options})[option].append(value)
    return groups


def validate_groups(values: Json) -> None:
    """Raise OstkError if a request group, or the request without groups, asks for no resources."""
    groups = request_groups(values)
    if not groups:
        raise OstkError("--resource is required.")
    for name, group in groups.items():
        if not group["resource"]:
            raise OstkError(f"--resource is required in group {name}." if name else "--resource is required.")
        resources_query(group["resource"])


@candidate.lister(
    "list",
    GroupedOption("--resource", "Requested resource: CLASS=AMOUNT, e.g. VCPU=2."),
    Opt("--limit", "Maximum number of candidates.", type=COUNT, since="1.16"),
    GroupedOption("--required", "Required trait, or alternatives: TRAIT,TRAIT.", since="1.17"),
    GroupedOption("--forbidden", "Forbidden trait, e.g. COMPUTE_STATUS_DISABLED.", since="1.22"),
    exclusive(
        GroupedOption("--member-of", "UUID of an aggregate, or alternatives: UUID,UUID.", since="1.21"),
        GroupedOption("--aggregate-uuid", "UUID of an aggregate.", since="1.21", hidden=True),
    ),
    Value(
        "--group...",
        "Number of a request group: the options after --group, up to the next --group, form the group.",
        since="1.25",
    ),
    Value(
        "--group-policy",
        "Policy for request groups: isolate uses different providers, none sets no restriction.",
        choices="none isolate",
        default="none",
    ),
    columns=[
        "number=#, allocation=allocation, provider=resource provider, inventory=inventory used/capacity",
        Column("traits", "traits", since="1.17"),
    ],
    validate=validate_groups,
)
def list_candidates(cloud: Cloud, body: Json, values: Json) -> list[Json]:
    """List allocation candidates: providers that can satisfy a request for resources (admin only)."""
    cloud.require(SERVICE, "1.10", "allocation candidate list")
    query = dict(body)
    for name, group in request_groups(values).items():
        query |= resources_query(group["resource"], name) | traits_query(group, name) | aggregates_query(group, name)
    if values["group"]:
        query["group_policy"] = values["group_policy"]
    resource = ALLOCATION_CANDIDATE
    answer = cloud.call(SERVICE, "GET", resource.path, params=query, microversion=resource.microversion)
    summaries: Json = answer["provider_summaries"]
    rows = []
    for number, request in enumerate(answer["allocation_requests"], 1):
        allocations = request["allocations"]
        # Before microversion 1.12, `allocations` is a list of {"resource_provider": {"uuid"}, "resources"}.
        by_provider = (
            allocations.items()
            if isinstance(allocations, dict)
            else [(allocation["resource_provider"]["uuid"], allocation) for allocation in allocations]
        )
        for provider, allocation in by_provider:
            inventory = summaries[provider]["resources"].items()
            rows.append(
                {
                    "number": number,
                    "allocation": ",".join(f"{name}={amount}" for name, amount in allocation["resources"].items()),
                    "provider": provider,
                    "inventory": ",".join(f"{name}={use['used']}/{use['capacity']}" for name, use in inventory),
                    "traits": ",".join(summaries[provider].get("traits", [])),
                }
            )
    return rows
