"""Properties (metadata) of shares."""

from ..api.shared_file_system import SHARE
from ..language import Arg, Cloud, Column, Json, Noun

properties = Noun(SHARE, "Show properties of shares.")


@properties.shower("show", Arg("share", "Share.", names=SHARE), fields=())
def show(cloud: Cloud, share: str) -> tuple[list[Column], Json]:
    """Show the properties of a share."""
    metadata = cloud.get(SHARE, share)["metadata"]
    return [Column(key, key) for key in sorted(metadata)], metadata
