"""Limits of the Database service: rates of requests, and the absolute limits of the project."""

from collections.abc import Sequence
from typing import Any

from ..api.database import DATABASE_LIMIT
from ..language import Cloud, Json, Noun
from ..record import replace
from ..render.options import output_from
from ..render.output import print_list

limit = Noun(DATABASE_LIMIT, "Manage limits of the Database service.", columns=["value verb remaining unit"])


@limit.lister("list")
def list_limits(cloud: Cloud, values: Json) -> Sequence[Json]:
    """List rate limits. In the table format, the absolute limits of the project are printed first.

    Other formats hold the rate limits alone; for absolute limits, see database quota show.
    """
    found: Any = list(cloud.pages(DATABASE_LIMIT))
    output = output_from(values)
    for one in found:
        if one.get("verb") == "ABSOLUTE" and output.format == "table":
            rows = [[name, str(value)] for name, value in sorted(one.items())]
            print_list(["Property", "Value"], rows, replace(output, columns=(), sort_columns=(), filters=()))
    return [one for one in found if one.get("verb") != "ABSOLUTE"]
