"""ACLs of secrets and containers: which users may read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from ..api.identity import USER
from ..api.key_manager import ACL, SECRET, SECRET_CONTAINER
from ..language import Arg, Column, Json, Noun, Opt, Resource, exclusive
from ..session.cloud import Cloud
from ..session.name_forms import looks_like_id
from .fields import time_column

COLUMNS = [
    Column("operation", "Operation Type"),
    Column("project-access", "Project Access"),
    Column("users", "Users"),
    time_column("created"),
    time_column("updated"),
]
REFERENCES = {SECRET: Column("acl_ref", "Secret ACL Ref"), SECRET_CONTAINER: Column("acl_ref", "Container ACL Ref")}
TARGET = Arg("uri", "Secret (URL, ID or name), or container of secrets (URL).", names=SECRET, not_sent=True)


def named(ctx: click.Context, param: click.Parameter, value: Sequence[str]) -> Sequence[str]:
    """Return the users of --user, which may stand without one."""
    return tuple(filter(None, value))


ENTRY = [
    Opt(
        "-u --user",
        "User who may read the data.",
        multiple=True,
        is_flag=False,
        flag_value="",
        metavar="[USER]",
        callback=named,
        names=USER,
        not_sent=True,
    ),
    *exclusive(
        Opt("--project-access", "Allow users of the project to read the data.", value=True, not_sent=True),
        Opt("--no-project-access", "Allow only the users of the ACL to read the data.", value=True, not_sent=True),
    ),
    Opt("-o --operation-type", "Operation that the ACL is for.", choices="read", default="read"),
]
acl = Noun(ACL, "Manage ACLs: the users who may read a secret or a container of secrets.")
user = Noun(ACL, "Manage the users of ACLs.")


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


def entry_of(entry: Json, users: Sequence[str], project_access: bool | None, no_project_access: bool | None) -> Json:
    """Return the body of an ACL: the users and, if it is given or set already, the access of the project."""
    access = True if project_access else False if no_project_access else entry.get("project-access")
    return {"read": {"users": [*users], **({} if access is None else {"project-access": access})}}


def ids_of(cloud: Cloud, users: Sequence[str]) -> list[str]:
    """Return the IDs of users. An ID is sent as it is: the cloud may not let its users look others up."""
    return cloud.map_concurrent(lambda one: one if looks_like_id(one) else cloud.find(USER, one), users)


def put(cloud: Cloud, resource: Resource, path: str, body: Json) -> Any:
    """Replace an ACL, and return its columns and rows."""
    cloud.call(resource.service, "PUT", path, json=body, repeatable=True)
    return rows_of(cloud, resource, path)


@acl.lister("get", TARGET, columns=COLUMNS, also=[*REFERENCES.values()])
def get(cloud: Cloud, uri: str) -> Any:
    """Show the ACL of a secret or container."""
    return rows_of(cloud, *located(cloud, uri))


@acl.lister("submit", TARGET, ENTRY, columns=COLUMNS, also=[*REFERENCES.values()])
def submit(
    cloud: Cloud, uri: str, user: Sequence[str], project_access: bool | None, no_project_access: bool | None
) -> Any:
    """Replace the ACL of a secret or container."""
    return put(cloud, *located(cloud, uri), entry_of({}, ids_of(cloud, user), project_access, no_project_access))


@acl.action("delete", TARGET)
def delete(cloud: Cloud, uri: str) -> None:
    """Delete the ACL of a secret or container: all users of the project may read the data."""
    resource, path = located(cloud, uri)
    cloud.call(resource.service, "DELETE", path)


@user.lister("add", TARGET, ENTRY, columns=COLUMNS, also=[*REFERENCES.values()])
def add(
    cloud: Cloud, uri: str, user: Sequence[str], project_access: bool | None, no_project_access: bool | None
) -> Any:
    """Add users to the ACL of a secret or container."""
    resource, path = located(cloud, uri)
    entry = cloud.call(resource.service, "GET", path).get("read", {})
    users = dict.fromkeys([*entry.get("users", []), *ids_of(cloud, user)])
    return put(cloud, resource, path, entry_of(entry, [*users], project_access, no_project_access))


@user.lister("remove", TARGET, ENTRY, columns=COLUMNS, also=[*REFERENCES.values()])
def remove(
    cloud: Cloud, uri: str, user: Sequence[str], project_access: bool | None, no_project_access: bool | None
) -> Any:
    """Remove users from the ACL of a secret or container."""
    resource, path = located(cloud, uri)
    entry = cloud.call(resource.service, "GET", path).get("read", {})
    removed = ids_of(cloud, user)
    users = [one for one in entry.get("users", []) if one not in removed]
    return put(cloud, resource, path, entry_of(entry, users, project_access, no_project_access))
