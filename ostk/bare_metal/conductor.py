"""Conductors: the services that act on nodes."""

from ..api.bare_metal import CONDUCTOR
from ..language import ALL_FIELDS_IN_API_ORDER
from .verbs import add_list, add_show, described

conductor = described(
    CONDUCTOR,
    "Show conductors of the Bare Metal service.",
    "hostname conductor_group alive drivers created_at updated_at",
    "hostname conductor_group alive",
)
add_list(conductor)
add_show(conductor, fields=[ALL_FIELDS_IN_API_ORDER])
