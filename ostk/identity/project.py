"""Projects: what resources belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..api.identity import PROJECT, TENANT, USER
from ..errors import Forbidden, OstkError
from ..language import (
    DESCRIPTION,
    LONG,
    MARKER,
    MAX_ITEMS,
    MERGE_INTO_BODY,
    NAME,
    OR_SHOW,
    Arg,
    Comma,
    Flag,
    Json,
    Noun,
    Opt,
    properties,
)
from ..owner import ITS_DOMAIN, NEW_DOMAIN, OF_DOMAIN
from ..session.cloud import Cloud
from ..tags import joined
from .options import ENABLE, IMMUTABLE, PAGE

project = Noun(
    PROJECT, "Manage projects: what resources belong to.", columns=["id name"], long=["domain_id description enabled"]
)
PROPERTY = properties("Another field; may be repeated.", key=MERGE_INTO_BODY, convert=dict)
TAG_FILTERS = {"tags": "with all", "tags-any": "with any", "not-tags": "without all", "not-tags-any": "without any"}
TRUTHS = {"true": True, "false": False, "none": None}
TAG = Opt("--tag", "Tag; may be repeated.", key="tags", multiple=True)


def parse_boolean(body: Json) -> None:
    """Turn `--property is_domain=true` into a truth value."""
    given = body.get("is_domain", "").lower()
    if given in TRUTHS:
        body["is_domain"] = TRUTHS[given]


project.create(
    Arg("name", domain=NEW_DOMAIN),
    NEW_DOMAIN,
    Opt("--parent", "Project it will be a part of.", ref=PROJECT, domain=NEW_DOMAIN),
    DESCRIPTION,
    ENABLE,
    PROPERTY,
    OR_SHOW,
    IMMUTABLE,
    TAG,
    prepare=parse_boolean,
)
project.delete(domain=ITS_DOMAIN)


def tagged(body: Json, item: Json, clear_tags: bool, remove_tag: tuple[str, ...]) -> None:
    """Work out the tags that it will have."""
    if clear_tags or remove_tag or "tags" in body:
        kept = set() if clear_tags else {*item.get("tags", ())} - {*remove_tag}
        body["tags"] = sorted(kept | {*body.get("tags", ())})


project.set(
    NAME,
    DESCRIPTION,
    ENABLE,
    PROPERTY,
    IMMUTABLE,
    TAG,
    Flag("--clear-tags", "Remove the tags it has first."),
    Opt("--remove-tag", "Tag to remove; may be repeated.", multiple=True, not_sent=True),
    domain=ITS_DOMAIN,
    prepare=tagged,
)


def family(cloud: Cloud, item: Json, parents: bool, children: bool) -> Json:
    """The project with the projects above and below it, if asked for."""
    query = {name: "True" for name, asked in (("parents_as_ids", parents), ("subtree_as_ids", children)) if asked}
    if not query:
        return item
    return cloud.unwrap(PROJECT, cloud.call(PROJECT.service, "GET", PROJECT.at(item["id"]), params=query))


project.show(
    Flag("--parents", "Show the projects above it too."),
    Flag("--children", "Show the projects below it too."),
    domain=ITS_DOMAIN,
    prepare=family,
)


def sortable(sort: str | None) -> None:
    """Refuse a direction that is none."""
    for part in (sort or "").split(","):
        direction = part.partition(":")[2]
        if direction not in ("", "asc", "desc"):
            raise OstkError(f"{direction!r} is no direction to sort in.", "Say asc or desc.")


@project.lister(
    "list",
    OF_DOMAIN,
    Opt("--parent", "Only the parts of this project.", ref=PROJECT, domain=OF_DOMAIN),
    Opt("--user", "Only those this user has a role in.", ref=USER, domain=OF_DOMAIN, not_sent=True),
    Flag("--my-projects", "Only those you have a role in; no other filter."),
    LONG,
    Opt("--sort", "Fields to sort by, as KEY[:asc|desc],KEY…, joined by commas.", not_sent=True),
    Opt("--enabled/--disabled", "Only those that can be used, or not."),
    [
        Opt(f"--{key}", f"Only those {which} of these tags.", key=key, type=Comma(), convert=joined)
        for key, which in TAG_FILTERS.items()
    ],
    PAGE,
    MARKER,
    MAX_ITEMS,
    validate=sortable,
)
def list_projects(cloud: Cloud, body: Json, user: str, my_projects: bool, sort: str, max_items: int) -> Iterable[Json]:
    """List projects."""
    if cloud.access.version == "v2.0":
        found = cloud.pages(TENANT, limit=max_items)
    elif my_projects:
        found = of_user(cloud, cloud.access.user_id, {})
    elif user:
        found = of_user(cloud, user, body, max_items)
    else:
        found = every(cloud, body, max_items)
    return in_order(found, sort) if sort else found


def of_user(cloud: Cloud, user: str, query: Json, result_limit: int | None = None) -> Iterator[Json]:
    """The projects in which a user has a role."""
    return cloud.pages(PROJECT, query, path=USER.at(user, "projects"), limit=result_limit)


def every(cloud: Cloud, query: Json, result_limit: int | None) -> Iterator[Json]:
    """All projects; to who may not see them all, if no filter was given, their own."""
    found = cloud.pages(PROJECT, query, limit=result_limit)
    try:
        first = next(found, None)
    except Forbidden:
        if query:
            raise
        yield from of_user(cloud, cloud.access.user_id, {}, result_limit)
        return
    if first is not None:
        yield first
        yield from found


def in_order(items: Iterable[Json], sort: str) -> list[Json]:
    """Resources sorted by fields, each perhaps with a direction: `name:desc,id`."""
    ordered = list(items)
    for part in reversed(sort.split(",")):
        key, _, direction = part.partition(":")
        key = {"is_enabled": "enabled"}.get(key.lower(), key.lower())
        ordered.sort(key=lambda item: str(item.get(key)), reverse=direction == "desc")
    return ordered
