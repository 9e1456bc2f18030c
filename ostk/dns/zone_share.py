"""Zone shares: projects that may add record sets to a zone of another project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..api.dns import DNS_ZONE, ZONE_SHARE
from ..api.identity import PROJECT
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Column, Json, Noun, Opt, target
from ..session.cloud import Cloud
from .fields import SCOPE, cells, with_project

share = Noun(
    ZONE_SHARE,
    "Manage zone shares: projects that may use a zone of another project.",
    cells("id zone_id target_project_id"),
    fields=[ALL_FIELDS_IN_API_ORDER],
    in_order=True,
    parent=target(DNS_ZONE),
)
share.create(Arg("target_project_id", "Project.", ref=PROJECT, key="target_project_id"), SCOPE)


@share.lister(
    "list",
    target(DNS_ZONE),
    Opt("--target-project-id", "Filter by project that has the share.", ref=PROJECT, key="target_project_id"),
    SCOPE,
    also=cells("project_id"),
)
def list_shares(cloud: Cloud, zone: str, body: Json, columns: Sequence[Column], all_projects: str | None) -> Any:
    """List shares of a zone."""
    return with_project(columns) if all_projects else columns, cloud.pages(ZONE_SHARE.under(zone), body)


share.show(SCOPE)
share.delete(SCOPE)
