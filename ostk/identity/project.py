"""Projects: containers of the resources of users, in a hierarchy below a domain."""

from collections.abc import Iterable, Iterator

import click

from ..api.identity import PROJECT, TENANT, USER
from ..errors import Forbidden
from ..language import (
    DESCRIPTION,
    LONG,
    MARKER,
    MAX_ITEMS,
    MERGE_INTO_BODY,
    NAME,
    OR_SHOW,
    Arg,
    Cloud,
    Comma,
    Flag,
    FullOpt,
    Json,
    Noun,
    Opt,
    Value,
    properties,
)
from ..language.sort_keys import SortKeys, sort_items
from ..owner import DOMAIN_FILTER, NEW_DOMAIN, RESOURCE_DOMAIN
from ..tags import joined
from .options import IMMUTABLE, PAGE, enable_option

project = Noun(PROJECT, "Manage projects.", columns=["id name"], long=["domain_id description enabled"])
ENABLE = enable_option("project")
PROPERTY = properties("Set a property: KEY=VALUE.", key=MERGE_INTO_BODY, convert=dict)
TAG_FILTERS = {
    "tags": "Filter by tags: projects that have all of the tags, separated by commas.",
    "tags-any": "Filter by tags: projects that have any of the tags, separated by commas.",
    "not-tags": "Exclude projects that have all of the tags, separated by commas.",
    "not-tags-any": "Exclude projects that have any of the tags, separated by commas.",
}
IS_DOMAIN_VALUES = {"true": True, "false": False, "none": None}
TAG = Opt("--tag...", "Add a tag.", key="tags")


def convert_is_domain(body: Json) -> Json:
    """Return the request with a boolean for the text in `--property is_domain=true`, and null for `none`."""
    text = body.get("is_domain", "").lower()
    return {**body, "is_domain": IS_DOMAIN_VALUES[text]} if text in IS_DOMAIN_VALUES else body


project.create(
    Arg("name", "Name of the project.", domain=NEW_DOMAIN),
    NEW_DOMAIN,
    Opt("--parent", "Parent project.", ref=PROJECT, domain=NEW_DOMAIN),
    DESCRIPTION,
    ENABLE,
    PROPERTY,
    OR_SHOW,
    IMMUTABLE,
    TAG,
    prepare=convert_is_domain,
)
project.delete(
    domain=RESOURCE_DOMAIN,
    help="Delete projects. Servers, volumes and other resources of the projects are not deleted.",
)


def merge_tags(body: Json, item: Json, clear_tags: bool, remove_tag: tuple[str, ...]) -> Json:
    """Return the request with the new list of tags: PATCH replaces all tags."""
    if not (clear_tags or remove_tag or "tags" in body):
        return body
    current = set() if clear_tags else {*item.get("tags", ())} - {*remove_tag}
    return {**body, "tags": sorted(current | {*body.get("tags", ())})}


project.set(
    NAME,
    DESCRIPTION,
    ENABLE,
    PROPERTY,
    IMMUTABLE,
    TAG,
    Flag("--clear-tags", "Tags: remove all; with --tag, replace the tags."),
    Value("--remove-tag...", "Remove a tag."),
    domain=RESOURCE_DOMAIN,
    prepare=merge_tags,
)


def with_hierarchy(cloud: Cloud, item: Json, parents: bool, children: bool) -> Json:
    """Return the project; with `parents` or `children`, request it again with its hierarchy."""
    query = {name: "True" for name, flag in (("parents_as_ids", parents), ("subtree_as_ids", children)) if flag}
    if not query:
        return item
    return cloud.unwrap(PROJECT, cloud.send(PROJECT, "GET", item["id"], params=query))


project.show(
    Flag("--parents", "Show the IDs of all parent projects too."),
    Flag("--children", "Show the IDs of all child projects too."),
    domain=RESOURCE_DOMAIN,
    prepare=with_hierarchy,
)


FILTERS = {
    "domain": "--domain",
    "parent": "--parent",
    "user": "--user",
    "my_projects": "--my-projects",
    "enabled": "--enabled or --disabled",
    "limit": "--limit",
    "marker": "--marker",
    **{key.replace("-", "_"): f"--{key}" for key in TAG_FILTERS},
}


def validate_list(mine: bool, values: Json) -> None:
    """Reject filters beside --mine: Keystone takes none for these projects."""
    given = {
        key: value for key, value in values.items() if value is not None and (key, value) != ("my_projects", False)
    }
    if mine and (used := next((flag for key, flag in FILTERS.items() if key in given), "")):
        raise click.UsageError(f"--mine and {used} exclude each other.")


@project.lister(
    "list",
    DOMAIN_FILTER,
    Opt("--parent", "Filter by parent project.", ref=PROJECT, domain=DOMAIN_FILTER),
    Value("--user", "Filter by user with a role in the project.", ref=USER, domain=DOMAIN_FILTER),
    Flag("--my-projects", "List the projects in which the current user has a role; other filters are ignored."),
    FullOpt(
        "--mine",
        "List the projects that the current user can get a token for, also by groups; no other filters.",
        is_flag=True,
        not_sent=True,
        default=False,
    ),
    LONG,
    Value("--sort", "Sort keys, e.g. name:desc.", type=SortKeys()),
    Opt("--enabled/--disabled", "Filter by state: enabled or disabled projects only."),
    [
        Opt(f"--{key}", help, key=key, type=Comma(), metavar="TAG,…", convert=joined)
        for key, help in TAG_FILTERS.items()
    ],
    PAGE,
    MARKER,
    MAX_ITEMS,
    validate=validate_list,
)
def list_projects(
    cloud: Cloud,
    body: Json,
    user: str | None,
    my_projects: bool,
    mine: bool,
    sort: list[tuple[str, bool]] | None,
    max_items: int | None,
) -> Iterable[Json]:
    """List projects (without the right to list all, projects of the current user)."""
    if cloud.access.version == "v2.0":
        found = cloud.pages(TENANT, limit=max_items)
    elif mine:
        found = cloud.pages(PROJECT, path="/auth/projects", limit=max_items)
    elif my_projects:
        found = projects_of_user(cloud, cloud.access.user_id, {})
    elif user:
        found = projects_of_user(cloud, user, body, max_items)
    else:
        found = all_or_own_projects(cloud, body, max_items)
    return sort_by_fields(found, sort) if sort else found


def projects_of_user(cloud: Cloud, user: str, query: Json, result_limit: int | None = None) -> Iterator[Json]:
    """List the projects in which a user, given by ID, has a role."""
    return cloud.pages(PROJECT, query, path=USER.at(user, "projects"), limit=result_limit)


def all_or_own_projects(cloud: Cloud, query: Json, result_limit: int | None) -> Iterator[Json]:
    """List all projects; if that is forbidden and the query is empty, the projects of the current user."""
    found = cloud.pages(PROJECT, query, limit=result_limit)
    try:
        first = next(found, None)
    except Forbidden:
        if query:
            raise
        yield from projects_of_user(cloud, cloud.access.user_id, {}, result_limit)
        return
    if first is not None:
        yield first
        yield from found


def sort_by_fields(items: Iterable[Json], keys: list[tuple[str, bool]]) -> list[Json]:
    """Sort projects by fields, named in any case; `is_enabled` is another name of `enabled`."""
    fields = {"is_enabled": "enabled"}
    return sort_items(items, [(fields.get(key.lower(), key.lower()), descending) for key, descending in keys])
