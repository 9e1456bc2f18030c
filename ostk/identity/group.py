"""Groups of users."""

from __future__ import annotations

from collections.abc import Iterable

from ..api.identity import GROUP, USER
from ..console import write_message, write_text
from ..errors import HTTPError
from ..language import DESCRIPTION, LONG, NAME, OR_SHOW, Arg, Json, Noun, Opt, each, target
from ..owner import GROUP_DOMAIN, ITS_DOMAIN, NEW_DOMAIN, OF_DOMAIN, USER_DOMAIN
from ..record import replace
from ..session.cloud import Cloud

group = Noun(
    GROUP,
    "Manage groups of users.",
    columns=["id name"],
    long=["domain_id description"],
    fields=["description domain_id id name"],
)
MEMBERS = [
    target(GROUP, domain=GROUP_DOMAIN),
    Arg("user", nargs=-1, required=True, not_sent=True, metavar="USER..."),
    GROUP_DOMAIN,
    USER_DOMAIN,
]

group.create(Arg("name", domain=NEW_DOMAIN), NEW_DOMAIN, DESCRIPTION, OR_SHOW)
group.show(domain=ITS_DOMAIN)
group.set(NAME, DESCRIPTION, domain=ITS_DOMAIN)
group.delete(domain=ITS_DOMAIN)


@group.lister(
    "list",
    OF_DOMAIN,
    Opt("--user", "Only those this user is in.", ref=USER, domain=USER_DOMAIN, not_sent=True),
    USER_DOMAIN,
    LONG,
)
def list_groups(cloud: Cloud, body: Json, user: str) -> Iterable[Json]:
    """List groups."""
    return cloud.pages(GROUP, path=USER.at(user, "groups")) if user else cloud.pages(GROUP, body)


def change(cloud: Cloud, method: str, group: str, users: tuple[str, ...], within: str, verb: str) -> None:
    """Add users to a group or remove them from it."""

    def work(name: str) -> None:
        found = cloud.find(USER, name, {"domain_id": within} if within else {})
        cloud.call(GROUP.service, method, GROUP.at(group, "users", found), repeatable=True)

    each(cloud, work, users, verb, "user")


@group.action("add user", MEMBERS)
def add_user(cloud: Cloud, group: str, user: tuple[str, ...], user_domain: str) -> None:
    """Add users to a group."""
    change(cloud, "PUT", group, user, user_domain, "add")


@group.action("remove user", MEMBERS)
def remove_user(cloud: Cloud, group: str, user: tuple[str, ...], user_domain: str) -> None:
    """Remove users from a group."""
    change(cloud, "DELETE", group, user, user_domain, "remove")


@group.action("contains user", Arg("group", not_sent=True), Arg("user", not_sent=True), GROUP_DOMAIN, USER_DOMAIN)
def contains_user(cloud: Cloud, group: str, user: str, group_domain: str, user_domain: str) -> None:
    """Tell whether a user is in a group."""
    named = [(GROUP, group, group_domain), (USER, user, user_domain)]
    found = [
        (replace(resource, assume_id_if_missing=True), name, {"domain_id": in_} if in_ else {})
        for resource, name, in_ in named
    ]
    group_id, user_id = cloud.find_all(found)
    try:
        cloud.request(GROUP.service, "HEAD", GROUP.at(group_id, "users", user_id))
    except HTTPError as error:
        if error.status not in (403, 404):
            raise
        write_message(f"{user} not in group {group}")
    else:
        write_text(f"{user} in group {group}")
