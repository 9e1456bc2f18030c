"""The properties of shares."""

from __future__ import annotations

from ..api.shared_file_system import SHARE
from ..language import Arg, Column, Json, Noun
from ..session.cloud import Cloud

properties = Noun(SHARE, "See the properties of shares.")


@properties.shower("show", Arg("share", names=SHARE, not_sent=True), fields=())
def show(cloud: Cloud, share: str) -> tuple[list[Column], Json]:
    """Show the properties of a share."""
    held = cloud.get(SHARE, share)["metadata"]
    return [Column(key, key) for key in sorted(held)], held
