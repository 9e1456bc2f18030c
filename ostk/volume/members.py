"""Which volumes are in a group: what both kinds of groups share."""

from __future__ import annotations

from typing import Any

from ..api.block_storage import VOLUME
from ..language import Arg, Json, Noun, target
from ..session.cloud import Cloud


def members(group: Noun) -> None:
    """Add the verbs that put volumes into a group and take them out."""
    resource = group.resource
    for verb, told in ("add", f"Put volumes into {group.one}."), ("remove", f"Take volumes out of {group.one}."):
        words: dict[str, Any] = {"ref": VOLUME, "key": f"{verb}_volumes", "convert": ",".join, "metavar": "VOLUME..."}

        @group.action(
            f"{verb} volume", target(resource, "group"), Arg("volumes", nargs=-1, required=True, **words), help=told
        )
        def move(cloud: Cloud, group: str, body: Json) -> None:
            cloud.update(resource, group, body)
