"""Conductors: the services that act on nodes."""

from __future__ import annotations

from ..api.bare_metal import CONDUCTOR
from ..language import Column, Json, Noun
from ..session.cloud import Cloud
from .fields import Rows, argument, as_answered, columns, fetch, fields_option, list_all, list_options, some

FIELDS = "hostname conductor_group alive drivers created_at updated_at"
SHORT = "hostname conductor_group alive"
DETAILED = columns(FIELDS)
conductor = Noun(CONDUCTOR, "Show conductors of the Bare Metal service.", columns=some(DETAILED, SHORT))


@conductor.lister("list", list_options(FIELDS), also=DETAILED)
def list_conductors(cloud: Cloud, body: Json, values: Json) -> Rows:
    """List conductors."""
    return list_all(cloud, CONDUCTOR, body, values, SHORT, DETAILED)


@conductor.shower("show", argument(CONDUCTOR, help="Conductor (host name)."), fields_option(FIELDS), fields=[])
def show(cloud: Cloud, conductor: str, fields: tuple[str, ...]) -> tuple[list[Column], Json]:
    """Show a conductor."""
    return as_answered(fetch(cloud, CONDUCTOR, conductor, fields))
