"""Users: who may log in."""

from __future__ import annotations

from collections.abc import Iterable

from ..api.identity import GROUP, PROJECT, USER
from ..errors import OstkError
from ..language import (
    DESCRIPTION,
    LONG,
    MARKER,
    MAX_ITEMS,
    NAME,
    OR_SHOW,
    Arg,
    Column,
    Flag,
    Json,
    Noun,
    Opt,
    exclusive,
)
from ..owner import ITS_DOMAIN, NEW_DOMAIN, OF_DOMAIN, PROJECT_DOMAIN
from ..session.cloud import Cloud
from ..session.optional_details import optional_each
from .options import ENABLE, PAGE

user = Noun(
    USER,
    "Manage users: who may log in.",
    columns=["id name"],
    long=["default_project_id=Project domain_id=Domain description email enabled"],
    fields=[
        "default_project_id domain_id email enabled id name description password_expires_at",
        Column("options", value=lambda item: item.get("options") or {}),
    ],
    in_order=True,
)
# Options that Keystone keeps for a user.
SWITCHES = {
    "ignore_lockout_failure_attempts": "Whether failed logins never lock it out.",
    "ignore_password_expiry": "Whether its password stays good for ever.",
    "ignore_change_password_upon_first_use": "Whether it may keep its first password.",
    "lock_password": "Whether only others change its password.",
    "multi_factor_auth_enabled": "Whether it needs several proofs to log in.",
}


def switch(option: str, help: str) -> Opt:
    """The pair of flags that turns one of these options on and off."""
    word = option.removesuffix("_enabled").replace("_", "-")
    flags = f"--{word}/--no-{word}" if word.startswith("ignore") else f"--enable-{word}/--disable-{word}"
    return Opt(flags, help, key=f"options.{option}")


def rules(given: tuple[str, ...]) -> list[list[str]]:
    """Each rule as the list of methods that satisfy it together."""
    return [rule.split(",") for rule in given]


ACCOUNT = [
    Opt("--project", "Project to log in to unless told.", ref=PROJECT, key="default_project_id", domain=PROJECT_DOMAIN),
    PROJECT_DOMAIN,
    Opt("--password", "Password."),
    Flag("--password-prompt", "Ask for the password."),
    Opt("--email", "Address for mail."),
    DESCRIPTION,
    *(switch(option, help) for option, help in SWITCHES.items()),
    Opt(
        "--multi-factor-auth-rule",
        "Proofs that do together: METHOD,…; may be repeated.",
        key="options.multi_factor_auth_rules",
        multiple=True,
        convert=rules,
    ),
    ENABLE,
]


def typed(prompt: str, again: bool = True) -> str:
    """A password typed unseen, twice unless it is there already. Errors: OstkError where nobody can type."""
    from .. import console

    if not console.can_prompt():
        raise OstkError("There is no terminal to ask for a password on.", "Give it with --password.")
    password = console.prompt_secret(f"{prompt}: ")
    if again and console.prompt_secret("Again: ") != password:
        raise OstkError("The two passwords differ.")
    return password


def prompted(body: Json, password_prompt: bool) -> None:
    """Ask for the password, if asked to; an empty one is none."""
    if password_prompt:
        body["password"] = typed("User password")
    if body.get("password") == "":
        del body["password"]
        OstkError("An empty password is none, so it was not sent.").show()


def warned(body: Json, password_prompt: bool) -> None:
    """Ask for the password, and tell who creates a user without one."""
    prompted(body, password_prompt)
    if "password" not in body:
        OstkError("The user gets no password, so it cannot log in with one.").show()


user.create(Arg("name", domain=NEW_DOMAIN), NEW_DOMAIN, ACCOUNT, OR_SHOW, prepare=warned)
user.show(domain=ITS_DOMAIN)
user.set(NAME, ACCOUNT, domain=ITS_DOMAIN, prepare=prompted)
user.delete(domain=ITS_DOMAIN)


def pageable(project: str | None, limit: int | None, marker: str | None) -> None:
    """Refuse pages of the users of a project: there are none."""
    if project and (limit is not None or marker is not None):
        raise OstkError("--limit and --marker do not go with --project.")


@user.lister(
    "list",
    OF_DOMAIN,
    exclusive(
        Opt("--group", "Only those in this group.", ref=GROUP, domain=OF_DOMAIN, not_sent=True),
        Opt("--project", "Only those with a role in this project.", ref=PROJECT, domain=OF_DOMAIN, not_sent=True),
    ),
    LONG,
    Opt("--enabled/--disabled", "Only those that may log in, or not."),
    PAGE,
    MARKER,
    MAX_ITEMS,
    validate=pageable,
)
def list_users(cloud: Cloud, body: Json, group: str, project: str, long: bool, max_items: int) -> Iterable[Json]:
    """List users."""
    if project:
        return of_project(cloud, project, long)
    if group:
        body.pop("enabled", None)
    return cloud.pages(USER, body, path=GROUP.at(group, "users") if group else "", limit=max_items)


def of_project(cloud: Cloud, project: str, whole: bool) -> Iterable[Json]:
    """The users with a role in a project, each once; ID and name are all there is unless `whole`."""
    query = {"scope.project.id": project, **({} if whole else {"include_names": "True"})}
    answer = cloud.call(USER.service, "GET", "/role_assignments", params=query)
    users = {one["user"]["id"]: one["user"] for one in answer["role_assignments"] if one.get("user")}
    if not whole:
        return users.values()
    # Keystone keeps role assignments of users that their backend (LDAP) has no more.
    return optional_each(cloud, lambda id: cloud.fetch(USER, id), list(users), lambda id: users[id], "some users")


@user.action(
    "password set",
    Opt("--password", "New password; asked for unless given."),
    Opt("--original-password", "Password until now; asked for unless given."),
)
def set_password(cloud: Cloud, body: Json) -> None:
    """Change your own password."""
    if "original_password" not in body:
        body["original_password"] = typed("Password until now", again=False)
    if "password" not in body:
        body["password"] = typed("New password")
    cloud.call(USER.service, "POST", USER.at(cloud.access.user_id, "password"), json={"user": body})
