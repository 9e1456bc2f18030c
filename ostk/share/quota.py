"""Quotas for shares: of a project, a user or share type in a project, or a quota class."""

from typing import Any

from ..api.identity import PROJECT, USER
from ..api.shared_file_system import SHARE_QUOTA, SHARE_TYPE
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Flag, Json, Noun, Opt, Value, exclusive
from ..record import replace

QUOTA_CLASS = replace(SHARE_QUOTA, path="/quota-class-sets", key="quota_class_set")
# What is limited, with the microversion that the quota requires.
QUOTAS = {
    "shares": ("Share quota", ""),
    "snapshots": ("Share snapshot quota", ""),
    "gigabytes": ("Quota for the total size of shares, in GiB", ""),
    "snapshot_gigabytes": ("Quota for the total size of share snapshots, in GiB", ""),
    "share_networks": ("Share network quota", ""),
    "share_groups": ("Share group quota", "2.40"),
    "share_group_snapshots": ("Share group snapshot quota", "2.40"),
    "share_replicas": ("Share replica quota", "2.53"),
    "replica_gigabytes": ("Quota for the total size of share replicas, in GiB", "2.53"),
    "per_share_gigabytes": ("Maximum size of a share, in GiB", "2.62"),
    "encryption_keys": ("Encryption key quota", "2.90"),
}

quota = Noun(SHARE_QUOTA, "Manage quotas for shares.", fields=[ALL_FIELDS_IN_API_ORDER])


def scope_options(*others: Opt) -> list[Opt]:
    """Return --user and --share-type, which exclude each other and the other options."""
    return exclusive(
        *others,
        Value("--user", "User that the quotas apply to (default: the whole project).", ref=USER),
        Value("--share-type", "Share type that the quotas apply to.", names=SHARE_TYPE, since="2.39"),
    )


def scope_query(values: Json) -> Json:
    """Return the query that restricts the quotas to a user or share type, if one is given."""
    query = {"user_id": values["user"], "share_type": values["share_type"]}
    return {key: value for key, value in query.items() if value}


def format_quota(value: Any) -> Any:
    """Return a quota; one with usage, {"limit": 5, "in_use": 1}, as lines `key = value`."""
    return "\n".join(f"{key} = {value[key]}" for key in sorted(value)) if isinstance(value, dict) else value


@quota.shower(
    "show",
    Arg("project", "Project.", ref=PROJECT, not_sent=True),
    scope_options(),
    Flag("--detail", "Show usage and reservations too.", since="2.25"),
    Flag("--defaults", "Show the default quotas."),
)
def show(cloud: Cloud, project: str, values: Json, detail: bool, defaults: bool) -> Json:
    """Show quotas for shares of a project, or of a user or share type in the project."""
    subpath = ["defaults"] if defaults else ["detail"] if detail else []
    query = {} if defaults else scope_query(values)
    found = cloud.unwrap(SHARE_QUOTA, cloud.send(SHARE_QUOTA, "GET", project, *subpath, params=query))
    return {key: format_quota(found[key]) for key in sorted(found)}


def validate_quotas(values: Json) -> None:
    """Raise OstkError if no quota is given, or one that share types do not have with --share-type."""
    if not any(values[name] is not None for name in QUOTAS):
        raise OstkError("Nothing to set: no quota is given.", "Give at least one quota, for example --shares.")
    if values["share_type"] and values["share_networks"] is not None:
        raise OstkError("--share-networks and --share-type exclude each other.")


@quota.action(
    "set",
    Arg("project", "Project, or quota class with --class.", names=PROJECT, metavar="PROJECT|CLASS"),
    scope_options(Flag("--class", "Set the quotas of a quota class, e.g. default.")),
    *(
        Opt(f"--{name.replace('_', '-')}", f"{help}, -1 for unlimited.", type=int, since=since)
        for name, (help, since) in QUOTAS.items()
    ),
    Flag("--force", "Update the quotas even if the current usage exceeds the new values."),
    validate=validate_quotas,
)
def set_quotas(cloud: Cloud, project: str, values: Json, body: Json, force: bool) -> None:
    """Set quotas for shares of a project, a user, a share type or a quota class (admin only)."""
    if values["class"]:
        cloud.update(QUOTA_CLASS, project, {"class_name": project, **body})
        return
    id = cloud.find(PROJECT, project)
    content = {SHARE_QUOTA.one: {"tenant_id": id, **body, **({"force": True} if force else {})}}
    cloud.send(SHARE_QUOTA, "PUT", id, params=scope_query(values), json=content)


@quota.action("delete", Arg("project", "Project.", ref=PROJECT, not_sent=True), scope_options())
def delete(cloud: Cloud, project: str, values: Json) -> None:
    """Reset quotas for shares of a project, or of a user or share type, to the defaults (admin only)."""
    cloud.delete(SHARE_QUOTA, project, scope_query(values))
