"""ACLs of secrets and containers: which users may read them."""

from collections.abc import Sequence
from typing import Any

import click

from ..api.identity import USER
from ..api.key_manager import ACL, SECRET, SECRET_CONTAINER
from ..language import Arg, Cloud, Column, Json, Noun, Opt, Resource, Value, exclusive
from ..record import replace
from .fields import with_times

REFERENCES = {SECRET: Column("acl_ref", "Secret ACL Ref"), SECRET_CONTAINER: Column("acl_ref", "Container ACL Ref")}
ACCESS = "project-access"
READER = replace(USER, assume_id_if_like_id=True)  # the cloud may not let its users look others up
TARGET = Arg("uri", "Secret (URL, ID or name), or container of secrets (URL).", names=SECRET)


def named(ctx: click.Context, param: click.Parameter, value: Sequence[str]) -> Sequence[str]:
    """Return the users of --user, which may stand without one."""
    return tuple(filter(None, value))


ENTRY = [
    Opt(
        "-u --user...",
        "User who may read the secret or container.",
        is_flag=False,
        flag_value="",
        metavar="[USER]",
        callback=named,
        ref=READER,
        not_sent=True,
    ),
    *exclusive(
        Opt(
            "--project-access",
            "Project access: users with a role in the project may read the secret or container.",
            key=ACCESS,
            value=True,
        ),
        Opt(
            "--no-project-access",
            "No project access: only the users of the ACL may read the secret or container.",
            key=ACCESS,
            value=False,
        ),
    ),
    Value("-o --operation-type", "Operation that the ACL is for.", choices="read", default="read"),
]
COLUMNS = with_times(
    "operation=Operation Type, project-access=Project Access, users=Users, created=Created, updated=Updated"
)
acl = Noun(ACL, "Manage ACLs: the users who may read a secret or a container of secrets.", COLUMNS)
user = Noun(ACL, "Manage the users of ACLs.", COLUMNS)


def located(cloud: Cloud, uri: str) -> tuple[Resource, str]:
    """Return the type of what a URL, ID or name is about, and the path of its ACL."""
    resource = SECRET_CONTAINER if f"{SECRET_CONTAINER.path}/" in uri else SECRET
    return resource, resource.at(cloud.find(resource, uri), "acl")


def rows_of(cloud: Cloud, resource: Resource, path: str) -> Any:
    """Return the columns and the rows of an ACL, a row an operation."""
    found: Json = cloud.call(resource.service, "GET", path)
    url = cloud.endpoint(resource.service) + path
    rows = [{"users": [], **entry, "operation": operation, "acl_ref": url} for operation, entry in found.items()]
    return [*COLUMNS, REFERENCES[resource]], rows


def entry_in(cloud: Cloud, resource: Resource, path: str) -> Json:
    """Return what an ACL allows now: the users and, if it is set, the access of the project."""
    entry = cloud.call(resource.service, "GET", path).get("read", {})
    return {"users": [], **{key: value for key, value in entry.items() if key in ("users", ACCESS)}}


def put(cloud: Cloud, resource: Resource, path: str, entry: Json) -> Any:
    """Replace an ACL, and return its columns and rows."""
    cloud.call(resource.service, "PUT", path, json={"read": entry}, repeatable=True)
    return rows_of(cloud, resource, path)


@acl.lister("get", TARGET, also=[*REFERENCES.values()])
def get(cloud: Cloud, uri: str) -> Any:
    """Show the ACL of a secret or container."""
    return rows_of(cloud, *located(cloud, uri))


@acl.lister("submit", TARGET, ENTRY, also=[*REFERENCES.values()])
def submit(cloud: Cloud, uri: str, user: Sequence[str], body: Json) -> Any:
    """Replace the ACL of a secret or container."""
    return put(cloud, *located(cloud, uri), {"users": [*user], **body})


@acl.action("delete", TARGET)
def delete(cloud: Cloud, uri: str) -> None:
    """Delete the ACL of a secret or container: reset to the default, project access for all."""
    resource, path = located(cloud, uri)
    cloud.call(resource.service, "DELETE", path)


@user.lister("add", TARGET, ENTRY, also=[*REFERENCES.values()])
def add(cloud: Cloud, uri: str, user: Sequence[str], body: Json) -> Any:
    """Add users to the ACL of a secret or container."""
    place = located(cloud, uri)
    entry = entry_in(cloud, *place)
    return put(cloud, *place, {**entry, **body, "users": [*dict.fromkeys([*entry["users"], *user])]})


@user.lister("remove", TARGET, ENTRY, also=[*REFERENCES.values()])
def remove(cloud: Cloud, uri: str, user: Sequence[str], body: Json) -> Any:
    """Remove users from the ACL of a secret or container."""
    place = located(cloud, uri)
    entry = entry_in(cloud, *place)
    return put(cloud, *place, {**entry, **body, "users": [one for one in entry["users"] if one not in user]})
