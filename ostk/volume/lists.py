"""What the lists of Cinder's things share: all projects, and names in the place of IDs for people who read a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from ..language import Column, Flag, Json, Opt, Resource
from ..record import replace
from ..render.format import Format
from ..session.cloud import Cloud
from ..session.optional_details import optional

ALL_PROJECTS = Flag("--all-projects", "Those of all projects.", envvar="ALL_PROJECTS")
ALL_TENANTS_QUERY = Opt("--all-projects", "Those of all projects.", is_flag=True, key="all_tenants", convert=str)


def widen(body: Json, values: Json) -> None:
    """Look beyond the token's project where another one, or all of them, are asked for."""
    if values["project"] or values["all_projects"]:
        body["all_tenants"] = "True"


def read_as(columns: Sequence[Column], key: str, human: Callable[[Any], str]) -> list[Column]:
    """The columns, one of them told otherwise to people; programs get it as it is."""
    return [replace(one, format=Format(human)) if one.key == key else one for one in columns]


def names(cloud: Cloud, resource: Resource) -> Callable[[str], str]:
    """The name of one of a kind by its ID, or the ID where nobody tells it; they are asked for when first needed."""

    @cache
    def known() -> dict[str, str]:
        found = optional(lambda: list(cloud.pages(resource, path=resource.path)), [])
        return {one["id"]: one["name"] for one in found}

    return lambda id: known().get(id, id)
