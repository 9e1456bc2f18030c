"""Groups of users."""

from collections.abc import Iterable

from ..api.identity import GROUP, USER
from ..console import write_message, write_text
from ..errors import HTTPError
from ..language import DESCRIPTION, LONG, NAME, NEW_DESCRIPTION, OR_SHOW, Arg, Cloud, Json, Noun, Value, each, target
from ..owner import DOMAIN_FILTER, GROUP_DOMAIN, NEW_DOMAIN, RESOURCE_DOMAIN, USER_DOMAIN
from ..record import replace

group = Noun(
    GROUP,
    "Manage groups of users.",
    columns=["id name"],
    long=["domain_id description"],
    fields=["description domain_id id name"],
)
MEMBERS = [
    target(GROUP, domain=GROUP_DOMAIN),
    Arg("user", "Users.", names=USER, nargs=-1, required=True, metavar="USER..."),
    GROUP_DOMAIN,
    USER_DOMAIN,
]

group.create(Arg("name", "Name of the group.", domain=NEW_DOMAIN), NEW_DOMAIN, DESCRIPTION, OR_SHOW)
group.show(domain=RESOURCE_DOMAIN)
group.set(NAME, NEW_DESCRIPTION, domain=RESOURCE_DOMAIN)
group.delete(domain=RESOURCE_DOMAIN)


@group.lister(
    "list", DOMAIN_FILTER, Value("--user", "Filter by member.", ref=USER, domain=USER_DOMAIN), USER_DOMAIN, LONG
)
def list_groups(cloud: Cloud, body: Json, user: str | None) -> Iterable[Json]:
    """List groups."""
    return cloud.pages(GROUP, path=USER.at(user, "groups")) if user else cloud.pages(GROUP, body)


def change_members(
    cloud: Cloud, method: str, group: str, users: tuple[str, ...], domain: str | None, verb: str
) -> None:
    """Add users to a group, or remove users from a group.

    Args:
        cloud: The cloud.
        method: PUT to add, DELETE to remove.
        group: ID of the group.
        users: Names or IDs of the users.
        domain: ID of the domain in which the users are looked up by name, if any.
        verb: The verb for the error message.
    """

    def change_member(name: str) -> None:
        user_id = cloud.find(USER, name, {"domain_id": domain} if domain else {})
        cloud.send(GROUP, method, group, "users", user_id, repeatable=True)

    each(cloud, change_member, users, verb, "user")


@group.action("add user", MEMBERS)
def add_user(cloud: Cloud, group: str, user: tuple[str, ...], user_domain: str | None) -> None:
    """Add users to a group."""
    change_members(cloud, "PUT", group, user, user_domain, "add")


@group.action("remove user", MEMBERS)
def remove_user(cloud: Cloud, group: str, user: tuple[str, ...], user_domain: str | None) -> None:
    """Remove users from a group."""
    change_members(cloud, "DELETE", group, user, user_domain, "remove")


@group.action(
    "contains user", Arg("group", "Group.", names=GROUP), Arg("user", "User.", names=USER), GROUP_DOMAIN, USER_DOMAIN
)
def contains_user(cloud: Cloud, group: str, user: str, group_domain: str | None, user_domain: str | None) -> None:
    """Check whether a user is a member of a group."""
    named = [(GROUP, group, group_domain), (USER, user, user_domain)]
    lookups = [
        (replace(resource, assume_id_if_missing=True), name, {"domain_id": domain} if domain else {})
        for resource, name, domain in named
    ]
    group_id, user_id = cloud.find_all(lookups)
    try:
        cloud.request(GROUP.service, "HEAD", GROUP.at(group_id, "users", user_id))
    except HTTPError as error:
        if error.status not in (403, 404):
            raise
        write_message(f"{user} not in group {group}")
    else:
        write_text(f"{user} in group {group}")
