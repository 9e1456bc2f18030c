"""Users: who may log in."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import OstkError
from ..kinds import GROUP, PROJECT, USER
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
from ..session.cloud import Cloud, quote
from .password import typed
from .switches import ENABLE, PAGE

user = Noun(
    USER,
    "Manage users: who may log in.",
    columns=[
        "id name",
        Column("default_project_id", "Project", long=True),
        Column("domain_id", "Domain", long=True),
        Column("description", long=True),
        Column("email", long=True),
        Column("enabled", long=True),
    ],
    fields=[
        "default_project_id domain_id email enabled id name description password_expires_at",
        Column("options", value=lambda item: item.get("options") or {}),
    ],
    in_order=True,
)


def rules(given: tuple[str, ...]) -> list[list[str]]:
    """Each rule as the list of methods that satisfy it together."""
    return [rule.split(",") for rule in given]


def switch(flags: str, help: str, option: str) -> Opt:
    """A pair of flags for one of the options that Keystone keeps for a user."""
    return Opt(flags, help, key=f"options.{option}")


ACCOUNT = [
    Opt("--project", "Project to log in to unless told.", ref=PROJECT, key="default_project_id", domain=PROJECT_DOMAIN),
    PROJECT_DOMAIN,
    Opt("--password", "Password."),
    Flag("--password-prompt", "Ask for the password."),
    Opt("--email", "Address for mail."),
    DESCRIPTION,
    switch(
        "--ignore-lockout-failure-attempts/--no-ignore-lockout-failure-attempts",
        "Whether failed logins never lock it out.",
        "ignore_lockout_failure_attempts",
    ),
    switch(
        "--ignore-password-expiry/--no-ignore-password-expiry",
        "Whether its password stays good for ever.",
        "ignore_password_expiry",
    ),
    switch(
        "--ignore-change-password-upon-first-use/--no-ignore-change-password-upon-first-use",
        "Whether it may keep its first password.",
        "ignore_change_password_upon_first_use",
    ),
    switch(
        "--enable-lock-password/--disable-lock-password", "Whether only others change its password.", "lock_password"
    ),
    switch(
        "--enable-multi-factor-auth/--disable-multi-factor-auth",
        "Whether it needs several proofs to log in.",
        "multi_factor_auth_enabled",
    ),
    Opt(
        "--multi-factor-auth-rule",
        "Proofs that do together: METHOD,…; may be repeated.",
        key="options.multi_factor_auth_rules",
        multiple=True,
        convert=rules,
    ),
    ENABLE,
]


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
        Opt("--group", "Only those in this group.", ref=GROUP, domain=OF_DOMAIN, local=True),
        Opt("--project", "Only those with a role in this project.", ref=PROJECT, domain=OF_DOMAIN, local=True),
    ),
    LONG,
    Opt("--enabled/--disabled", "Only those that may log in, or not."),
    PAGE,
    MARKER,
    MAX_ITEMS,
    refuse=pageable,
)
def list_users(cloud: Cloud, body: Json, group: str, project: str, long: bool, max_items: int) -> Iterable[Json]:
    """List users."""
    if project:
        return of_project(cloud, project, long)
    path = f"{GROUP.path}/{quote(group)}/users" if group else ""
    if group:
        body.pop("enabled", None)
    return cloud.pages(USER, body, path=path, limit=max_items)


def of_project(cloud: Cloud, project: str, whole: bool) -> Iterable[Json]:
    """The users with a role in a project, each once; ID and name are all there is unless `whole`."""
    query = {"scope.project.id": project, **({} if whole else {"include_names": "True"})}
    answer = cloud.call(USER.service, "GET", "/role_assignments", params=query)
    users = {one["user"]["id"]: one["user"] for one in answer["role_assignments"] if one.get("user")}
    return cloud.at_once(lambda id: cloud.fetch(USER, id), list(users)) if whole else users.values()


@user.action(
    "password set",
    Opt("--password", "New password; asked for unless given."),
    Opt("--original-password", "Password until now; asked for unless given."),
)
def set_password(cloud: Cloud, body: Json) -> None:
    """Change your own password."""
    body.setdefault("original_password", None)
    if body["original_password"] is None:
        body["original_password"] = typed("Password until now", again=False)
    if "password" not in body:
        body["password"] = typed("New password")
    cloud.call(USER.service, "POST", f"{USER.path}/{quote(cloud.access.user_id)}/password", json={"user": body})
