"""Resource providers: sources of resources, such as compute nodes, shared storage and their parts."""

from collections.abc import Sequence

from ..api.placement import RESOURCE_PROVIDER
from ..language import Arg, Cloud, Column, Flag, Json, Noun, Opt, Value, exclusive
from .provider_requests import PROVIDER, call_provider
from .query import FORBIDDEN, REQUIRED, aggregates_query, resources_query, traits_query

PARENT = Opt("--parent-provider", "Parent provider.", ref=RESOURCE_PROVIDER, key="parent_provider_uuid", since="1.14")
FIELDS = "uuid= name= generation= root_provider_uuid= parent_provider_uuid="

provider = Noun(
    RESOURCE_PROVIDER,
    "Manage resource providers, such as compute nodes.",
    columns=[FIELDS],
    fields=[FIELDS],
    in_order=True,
    since={"root_provider_uuid parent_provider_uuid": "1.14"},
    admin="list",
)


@provider.shower(
    "create",
    Arg("name", "Name of the resource provider."),
    PARENT,
    Opt("--uuid", "UUID of the resource provider (default: generated)."),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a resource provider (admin only)."""
    resource = RESOURCE_PROVIDER
    answer = cloud.request(resource.service, "POST", resource.path, json=body, microversion=resource.microversion)
    # Before microversion 1.20, the answer to POST /resource_providers has no body, only a header Location.
    return cloud.http.json(answer) or cloud.fetch(resource, answer.headers.get("Location", "").rpartition("/")[2])


@provider.action("delete", PROVIDER)
def delete(cloud: Cloud, resource_provider: str) -> None:
    """Delete a resource provider (admin only)."""
    call_provider(cloud, "DELETE", resource_provider)


def add_filters(body: Json, values: Json) -> Json:
    """Return the query with the filters by resources, traits and aggregates."""
    return {**body, **resources_query(values["resource"]), **traits_query(values), **aggregates_query(values)}


AGGREGATE_HELP = "Filter by aggregate UUID, or by alternatives: UUID,UUID."
provider.list(
    Opt("--uuid", "Filter by UUID."),
    Opt("--name", "Filter by name."),
    Value("--resource...", "Filter by available resources: CLASS=AMOUNT, e.g. VCPU=2.", since="1.4"),
    Opt(
        "--in-tree",
        "Filter by provider tree: all providers in the same tree as this provider.",
        ref=RESOURCE_PROVIDER,
        key="in_tree",
        since="1.14",
    ),
    REQUIRED,
    FORBIDDEN,
    exclusive(
        Value("--member-of...", AGGREGATE_HELP, since="1.3"),
        Value("--aggregate-uuid...", AGGREGATE_HELP, since="1.3", hidden=True),
    ),
    prepare=add_filters,
)


@provider.shower("set", PROVIDER, Opt("--name", "New name.", required=True), PARENT)
def update(cloud: Cloud, body: Json, resource_provider: str) -> Json:
    """Update a resource provider (admin only)."""
    item: Json = call_provider(cloud, "PUT", resource_provider, body=body)
    return item


@provider.shower(
    "show", PROVIDER, Flag("--allocations", "Show the allocations of the resource provider too."), also=["allocations"]
)
def show(cloud: Cloud, resource_provider: str, allocations: bool) -> tuple[Sequence[Column], Json]:
    """Show a resource provider (admin only)."""
    item = cloud.get(RESOURCE_PROVIDER, resource_provider)
    if not allocations:
        return provider.fields, item
    by_consumer = call_provider(cloud, "GET", item["uuid"], "allocations")["allocations"]
    return [*provider.fields, Column("allocations")], {**item, "allocations": by_consumer}
