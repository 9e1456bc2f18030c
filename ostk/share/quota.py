"""Quotas: how much of shares projects may use."""

from __future__ import annotations

from typing import Any

from ..api.identity import PROJECT, USER
from ..api.shared_file_system import SHARE_QUOTA, SHARE_TYPE
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Flag, Json, Noun, Opt, exclusive
from ..record import replace
from ..session.cloud import Cloud

MANILA, VERSION = SHARE_QUOTA.service, SHARE_QUOTA.microversion
CLASS = replace(SHARE_QUOTA, path="/quota-class-sets", key="quota_class_set")
# What there are quotas of, each with the microversion that brought it.
QUOTAS = {
    "shares": "",
    "snapshots": "",
    "gigabytes": "",
    "snapshot_gigabytes": "",
    "share_networks": "",
    "share_groups": "2.40",
    "share_group_snapshots": "2.40",
    "share_replicas": "2.53",
    "replica_gigabytes": "2.53",
    "per_share_gigabytes": "2.62",
    "encryption_keys": "2.90",
}

quota = Noun(SHARE_QUOTA, "Manage quotas of shares.", fields=[ALL_FIELDS_IN_API_ORDER])


def of_whom(*others: Opt) -> list[Opt]:
    """The options for a part of a project: one user, or shares of one type."""
    return exclusive(
        *others,
        Opt("--user", "Those of this user in the project.", ref=USER, not_sent=True),
        Opt("--share-type", "Those of shares of this type.", names=SHARE_TYPE, not_sent=True, since="2.39"),
    )


def part(values: Json) -> Json:
    """The query for a part of a project."""
    asked = {"user_id": values["user"], "share_type": values["share_type"]}
    return {key: value for key, value in asked.items() if value}


def text(value: Any) -> Any:
    """A quota; one with its use on a line for each."""
    return "\n".join(f"{key} = {value[key]}" for key in sorted(value)) if isinstance(value, dict) else value


@quota.shower(
    "show",
    Arg("project", ref=PROJECT, not_sent=True),
    of_whom(),
    Flag("--detail", "Show what is used of them, too.", since="2.25"),
    Flag("--defaults", "Show what a new project has."),
)
def show(cloud: Cloud, project: str, values: Json, detail: bool, defaults: bool) -> Json:
    """Show the quotas of a project, or of a part of it."""
    below = ["defaults"] if defaults else ["detail"] if detail else []
    query = {} if defaults else part(values)
    path = SHARE_QUOTA.at(project, *below)
    found = cloud.unwrap(SHARE_QUOTA, cloud.call(MANILA, "GET", path, params=query, microversion=VERSION))
    return {key: text(found[key]) for key in sorted(found)}


def possible(values: Json) -> None:
    """Refuse to change nothing, and to bound what shares of a type have no part in."""
    if not any(values[name] is not None for name in QUOTAS):
        raise OstkError("Nothing to change.", "Give an option that says what, such as --shares.")
    if values["share_type"] and values["share_networks"] is not None:
        raise OstkError("--share-networks does not go with --share-type.")


@quota.action(
    "set",
    Arg("project", names=PROJECT, not_sent=True, metavar="PROJECT|CLASS"),
    of_whom(Flag("--class", "Those of a class of projects, such as default.")),
    *(
        Opt(f"--{name.replace('_', '-')}", f"How many {name.replace('_', ' ')}; -1 is no limit.", type=int, since=since)
        for name, since in QUOTAS.items()
    ),
    Flag("--force", "Even if more is used already."),
    validate=possible,
)
def change(cloud: Cloud, project: str, values: Json, body: Json, force: bool) -> None:
    """Change the quotas of a project, of a part of it, or of a class."""
    if values["class"]:
        cloud.update(CLASS, project, {"class_name": project, **body})
        return
    id = cloud.find(PROJECT, project)
    content = {SHARE_QUOTA.one: {"tenant_id": id, **body, **({"force": True} if force else {})}}
    cloud.call(MANILA, "PUT", SHARE_QUOTA.at(id), params=part(values), json=content, microversion=VERSION)


@quota.action("delete", Arg("project", ref=PROJECT, not_sent=True), of_whom())
def delete(cloud: Cloud, project: str, values: Json) -> None:
    """Give a project, or a part of it, the usual quotas again."""
    cloud.delete(SHARE_QUOTA, project, part(values))
