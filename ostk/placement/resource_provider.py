"""Resource providers: hosts, disks, networks that something can be taken from."""

from __future__ import annotations

from collections.abc import Sequence

from ..api.placement import RESOURCE_PROVIDER
from ..language import Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud
from .provider import ONE, tell
from .query import FORBIDDEN, REQUIRED, amounts, members, traits

PARENT = Opt(
    "--parent-provider", "Provider it is a part of.", ref=RESOURCE_PROVIDER, key="parent_provider_uuid", since="1.14"
)
FIELDS = "uuid= name= generation= root_provider_uuid= parent_provider_uuid="

provider = Noun(
    RESOURCE_PROVIDER,
    "Manage resource providers: what has something to give.",
    columns=[FIELDS],
    fields=[FIELDS],
    in_order=True,
    since={"root_provider_uuid parent_provider_uuid": "1.14"},
)


@provider.shower("create", Arg("name"), PARENT, Opt("--uuid", "ID it is to have."))
def create(cloud: Cloud, body: Json) -> Json:
    """Create a resource provider."""
    resource = RESOURCE_PROVIDER
    answer = cloud.request(resource.service, "POST", resource.path, json=body, microversion=resource.microversion)
    # Before version 1.20, Placement tells only where it is.
    return cloud.http.json(answer) or cloud.fetch(resource, answer.headers.get("Location", "").rpartition("/")[2])


@provider.action("delete", ONE)
def delete(cloud: Cloud, resource_provider: str) -> None:
    """Delete a resource provider."""
    tell(cloud, "DELETE", resource_provider)


def ask(body: Json, values: Json) -> None:
    """What is asked for in the words of the query."""
    body |= amounts(values["resource"]) | traits(values) | members(values)


provider.list(
    Opt("--uuid", "Only the one with this ID."),
    Opt("--name", "Only the one of this name."),
    Opt(
        "--resource",
        "Only those with so much left: CLASS=AMOUNT; repeatable.",
        multiple=True,
        not_sent=True,
        since="1.4",
    ),
    Opt("--in-tree", "Only those in the tree of this one.", ref=RESOURCE_PROVIDER, key="in_tree", since="1.14"),
    REQUIRED,
    FORBIDDEN,
    exclusive(
        Opt("--member-of", "Only those in one of these aggregates.", multiple=True, not_sent=True, since="1.3"),
        Opt("--aggregate-uuid", "Only those in one of these.", multiple=True, not_sent=True, since="1.3", hidden=True),
    ),
    prepare=ask,
)


@provider.shower("set", ONE, Opt("--name", "Its new name.", required=True), PARENT)
def set_provider(cloud: Cloud, body: Json, resource_provider: str) -> Json:
    """Change a resource provider."""
    found: Json = tell(cloud, "PUT", resource_provider, body=body)
    return found


@provider.shower("show", ONE, Flag("--allocations", "Show who uses what of it too."), also=["allocations"])
def show(cloud: Cloud, resource_provider: str, allocations: bool) -> tuple[Sequence[Column], Json]:
    """Show a resource provider."""
    item = cloud.get(RESOURCE_PROVIDER, resource_provider)
    if not allocations:
        return provider.fields, item
    found = tell(cloud, "GET", item["uuid"], "allocations")["allocations"]
    return [*provider.fields, Column("allocations")], {**item, "allocations": found}
