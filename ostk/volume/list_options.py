"""Options and columns that the lists of Cinder's resources share: project filters, and names shown instead of IDs."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from ..language import Cloud, Column, Flag, Json, Opt, Resource
from ..record import replace
from ..render.format import Format
from ..session.optional_details import optional

SNAPSHOT_STATES = "available creating deleting error error_deleting"
ALL_PROJECTS = Flag("--all-projects", "List resources of all projects.", envvar="ALL_PROJECTS", admin=True)
ALL_TENANTS_QUERY = Opt(
    "--all-projects", "List resources of all projects.", is_flag=True, key="all_tenants", convert=str, admin=True
)


def of_all_tenants(body: Json, values: Json) -> Json:
    """Return a query, with `all_tenants` if the command line has --project or --all-projects.

    Without the field, Cinder lists only resources of the token's project, even with a filter for another one.
    """
    return {**body, "all_tenants": "True"} if values["project"] or values["all_projects"] else {**body}


def with_format(columns: Sequence[Column], key: str, human: Callable[[Any], str]) -> list[Column]:
    """Return the columns, with the column `key` formatted by `human` in tables; other formats keep the value."""
    return [replace(column, format=Format(human)) if column.key == key else column for column in columns]


def name_lookup(cloud: Cloud, resource: Resource) -> Callable[[str], str]:
    """Return a function from the ID of a resource to its name; the ID itself if the name cannot be found.

    All resources of the type are listed once, at the first call.
    """

    @cache
    def names_by_id() -> dict[str, str]:
        items = optional(lambda: list(cloud.pages(resource, path=resource.path)), [])
        return {item["id"]: item["name"] for item in items}

    return lambda resource_id: names_by_id().get(resource_id, resource_id)
