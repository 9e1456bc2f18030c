"""The verbs `add volume` and `remove volume`, which volume groups and consistency groups share."""

from typing import Any

from ..api.block_storage import VOLUME
from ..language import Arg, Cloud, Json, Noun, Wait, target


def add_volume_verbs(group: Noun) -> None:
    """Add `add volume` and `remove volume` to a noun; Cinder takes volume IDs joined by commas."""
    resource = group.resource
    for verb, help in (
        ("add", f"Add volumes to {group.one}."),
        ("remove", f"Remove volumes from {group.one}. The volumes are not deleted."),
    ):
        attrs: dict[str, Any] = {"ref": VOLUME, "key": f"{verb}_volumes", "convert": ",".join, "metavar": "VOLUME..."}
        volumes = Arg("volumes", f"Volumes to {verb}.", nargs=-1, required=True, **attrs)

        @group.action(f"{verb} volume", target(resource, "group"), volumes, help=help, wait=Wait("available"))
        def update_members(cloud: Cloud, group: str, body: Json) -> str:
            cloud.update(resource, group, body)
            return group
