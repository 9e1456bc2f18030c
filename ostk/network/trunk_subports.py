"""The subports of a trunk, which two commands list."""

from ..api.network import TRUNK
from ..language import Cloud, Json

SUBPORTS = ["port_id=Port segmentation_type segmentation_id"]


def list_subports(cloud: Cloud, trunk: str) -> list[Json]:
    """List subports of a trunk."""
    return cloud.get(TRUNK, trunk).get("sub_ports") or []
