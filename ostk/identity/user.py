"""Users of a domain, and the password of the current user."""

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
    Cloud,
    Column,
    Flag,
    Items,
    Json,
    Noun,
    Opt,
    Value,
    exclusive,
    without,
)
from ..owner import DOMAIN_FILTER, NEW_DOMAIN, PROJECT_DOMAIN, RESOURCE_DOMAIN
from ..session.optional_details import optional_each
from .options import PAGE, enable_option

user = Noun(
    USER,
    "Manage users.",
    columns=["id name"],
    long=["default_project_id=Project domain_id=Domain description email enabled"],
    fields=[
        "default_project_id domain_id email enabled id name description password_expires_at",
        Column("options", value=lambda item: item.get("options") or {}),
    ],
    in_order=True,
)
# The boolean resource options of a user: https://docs.openstack.org/keystone/latest/admin/resource-options.html
RESOURCE_OPTIONS = {
    "ignore_lockout_failure_attempts": "Exempt the user from lockout after failed logins, or not.",
    "ignore_password_expiry": "Exempt the password of the user from expiry, or not.",
    "ignore_change_password_upon_first_use": "Exempt the user from changing the password at first use, or not.",
    "lock_password": "Prevent the user from changing the password, or allow changes.",
    "multi_factor_auth_enabled": "Enforce or do not enforce multi-factor authentication (MFA) rules for the user.",
}


def resource_option(option: str, help: str) -> Opt:
    """Return the pair of flags that sets a boolean resource option to true and to false."""
    word = option.removesuffix("_enabled").replace("_", "-")
    flags = f"--{word}/--no-{word}" if word.startswith("ignore") else f"--enable-{word}/--disable-{word}"
    return Opt(flags, help, key=f"options.{option}")


def split_rules(rules: tuple[str, ...]) -> list[list[str]]:
    """Split each MFA rule `password,totp` into the list of its authentication methods."""
    return [rule.split(",") for rule in rules]


SETTINGS = [
    Opt("--project", "Default project of the user.", ref=PROJECT, key="default_project_id", domain=PROJECT_DOMAIN),
    PROJECT_DOMAIN,
    Opt("--password", "Password of the user."),
    Flag("--password-prompt", "Prompt for the password."),
    Opt("--email", "Email address of the user."),
    DESCRIPTION,
    *(resource_option(option, help) for option, help in RESOURCE_OPTIONS.items()),
    Opt(
        "--multi-factor-auth-rule...",
        "MFA rule: authentication methods that are required together, e.g. password,totp.",
        key="options.multi_factor_auth_rules",
        convert=split_rules,
    ),
    enable_option("user"),
]


def prompt_for_password(label: str, confirm: bool = True) -> str:
    """Prompt for a password without echo.

    Args:
        label: What is asked for, as "New password".
        confirm: Ask a second time, and compare.

    Returns:
        The password.

    Raises:
        OstkError: Standard input is not a terminal, or the two passwords differ.
    """
    from .. import console

    if not console.can_prompt():
        raise OstkError(
            f"Cannot prompt for a password ({label.lower()}): there is no terminal.",
            "Give passwords as options (--password).",
        )
    password = console.prompt_secret(f"{label}: ")
    if confirm and console.prompt_secret("Repeat the password: ") != password:
        raise OstkError(f"The two passwords differ ({label.lower()}).")
    return password


def with_password(body: Json, password_prompt: bool) -> Json:
    """Return the request, with a password from the prompt if requested; warn of an empty one, and leave it out."""
    sent = {**body, "password": prompt_for_password("User password")} if password_prompt else {**body}
    if sent.get("password") == "":
        del sent["password"]
        OstkError("The password is empty, so no password was set.").show()
    return sent


def warn_without_password(body: Json, password_prompt: bool) -> Json:
    """Return the request as `with_password` does, and warn if the new user has no password."""
    sent = with_password(body, password_prompt)
    if "password" not in sent:
        OstkError("The user is created with no password, and cannot authenticate with a password.").show()
    return sent


user.create(
    Arg("name", "Name of the user.", domain=NEW_DOMAIN), NEW_DOMAIN, SETTINGS, OR_SHOW, prepare=warn_without_password
)
user.show(domain=RESOURCE_DOMAIN)
user.set(NAME, SETTINGS, domain=RESOURCE_DOMAIN, prepare=with_password)
user.delete(domain=RESOURCE_DOMAIN)


def validate_paging(project: str | None, limit: int | None, marker: str | None) -> None:
    """Reject --limit and --marker with --project: GET /v3/role_assignments has no pages."""
    if project and (limit is not None or marker is not None):
        raise OstkError("--limit and --marker do not go with --project.")


@user.lister(
    "list",
    DOMAIN_FILTER,
    exclusive(
        Value("--group", "Filter by group.", ref=GROUP, domain=DOMAIN_FILTER),
        Value("--project", "Filter by project: users with a role on the project.", ref=PROJECT, domain=DOMAIN_FILTER),
    ),
    LONG,
    Opt("--enabled/--disabled", "Filter by state: enabled or disabled users only."),
    PAGE,
    MARKER,
    MAX_ITEMS,
    validate=validate_paging,
)
def list_users(
    cloud: Cloud, body: Json, group: str | None, project: str | None, long: bool, max_items: int | None
) -> Items:
    """List users."""
    if project:
        return users_of_project(cloud, project, long)
    query = without(body, "enabled") if group else body
    return cloud.pages(USER, query, path=GROUP.at(group, "users") if group else "", limit=max_items)


def users_of_project(cloud: Cloud, project: str, all_fields: bool) -> Items:
    """List the users with a role in a project, each once.

    Args:
        cloud: The cloud.
        project: ID of the project.
        all_fields: Fetch each user too; else a user has only `id` and `name`.
    """
    query = {"scope.project.id": project, **({} if all_fields else {"include_names": "True"})}
    answer = cloud.call(USER.service, "GET", "/role_assignments", params=query)
    users = {one["user"]["id"]: one["user"] for one in answer["role_assignments"] if one.get("user")}
    if not all_fields:
        return users.values()
    # Keystone keeps the role assignments of users that were deleted in their backend (LDAP): GET /v3/users/{id}
    # answers 404, and the row has the ID alone.
    return optional_each(cloud, lambda id: cloud.fetch(USER, id), list(users), lambda id: users[id], "some users")


@user.action(
    "password set",
    Opt("--password", "New password (default: prompt)."),
    Opt("--original-password", "Current password (default: prompt)."),
)
def set_password(cloud: Cloud, body: Json) -> None:
    """Change the password of the current user."""
    sent = {**body}
    if "original_password" not in sent:
        sent["original_password"] = prompt_for_password("Current password", confirm=False)
    if "password" not in sent:
        sent["password"] = prompt_for_password("New password")
    cloud.send(USER, "POST", cloud.access.user_id, "password", json={"user": sent})
