"""Users of the databases of an instance, and the databases that they have access to."""

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import quote

from ..api.database import DATABASE_USER, INSTANCE
from ..language import Arg, Cloud, Column, Json, Noun, Opt, Value, each, require_any
from ..language.options import Param
from .options import HOST, OF_INSTANCE, spelled

USER = Arg("name", "Name of the user.", not_sent=True)
OF_USER: list[Param] = [OF_INSTANCE, USER, HOST]


def database_names(item: Json) -> str:
    """Return the names of the databases of a user."""
    return ", ".join(found["name"] for found in item.get("databases") or [])


user = Noun(
    DATABASE_USER,
    "Manage users of the databases of instances.",
    columns=["name host", Column("databases", value=database_names)],
    parent=OF_INSTANCE,
)
user.list()


def path_of(instance: str, name: str, host: str | None, *below: str) -> str:
    """Return the path of a user, or below it.

    Trove decodes the segment with the user twice, and takes what follows a dot for the format of the answer: the name
    is encoded twice, dots too.
    """
    text = quote(f"{name}@{host}" if host else name, safe="").replace(".", "%2E")
    return INSTANCE.at(instance, "users", text, *below)


@user.shower("show", *OF_USER, fields=())
def show(cloud: Cloud, instance: str, name: str, host: str | None) -> Json:
    """Show a user of an instance."""
    return cast(Json, cloud.call(INSTANCE.service, "GET", path_of(instance, name, host))["user"])


@user.action(
    "create",
    OF_INSTANCE,
    Arg("name", "Name of the user."),
    Arg("password", "Password of the user. Other users of this machine can see the argument."),
    Opt("--host", "Host from which the user may connect (default: any host)."),
    Value("--databases", "Databases that the user has access to.", greedy="+"),
)
def create(cloud: Cloud, instance: str, body: Json, databases: Sequence[str]) -> None:
    """Create a user on an instance."""
    new = {**body, "databases": [{"name": one} for one in databases]}
    cloud.send(INSTANCE, "POST", instance, "users", json={"users": [new]})


@user.action("delete", OF_INSTANCE, Arg("names", "Names of users.", nargs=-1, required=True, metavar="NAME..."), HOST)
def delete(cloud: Cloud, instance: str, names: Sequence[str], host: str | None) -> None:
    """Delete users from an instance."""

    def delete_user(name: str) -> None:
        cloud.request(INSTANCE.service, "DELETE", path_of(instance, name, host))

    each(cloud, delete_user, names, "delete", DATABASE_USER.noun)


NEW = {"name": "--new_name", "password": "--new_password", "host": "--new_host"}


@user.action(
    "update attributes",
    *OF_USER,
    [Opt(spelled(flag), f"New {key} of the user.", key=key) for key, flag in NEW.items()],
    validate=require_any("update", *NEW.values()),
)
def update(cloud: Cloud, instance: str, name: str, host: str | None, body: Json) -> None:
    """Update the name, password or host of a user."""
    cloud.call(INSTANCE.service, "PUT", path_of(instance, name, host), json={"user": body})


@user.lister("show access", *OF_USER, columns=["name"])
def show_access(cloud: Cloud, instance: str, name: str, host: str | None) -> Any:
    """List the databases that a user has access to."""
    return cloud.call(INSTANCE.service, "GET", path_of(instance, name, host, "databases"))["databases"]


@user.action(
    "grant access",
    OF_INSTANCE,
    USER,
    Arg("databases", "Databases.", nargs=-1, required=True, metavar="DATABASE..."),
    HOST,
)
def grant(cloud: Cloud, instance: str, name: str, databases: Sequence[str], host: str | None) -> None:
    """Grant a user access to databases."""
    content = {"databases": [{"name": one} for one in databases]}
    cloud.call(INSTANCE.service, "PUT", path_of(instance, name, host, "databases"), json=content)


@user.action("revoke access", OF_INSTANCE, USER, Arg("databases", "Database.", metavar="DATABASE"), HOST)
def revoke(cloud: Cloud, instance: str, name: str, databases: str, host: str | None) -> None:
    """Revoke the access of a user to a database."""
    cloud.request(INSTANCE.service, "DELETE", path_of(instance, name, host, "databases", databases))
