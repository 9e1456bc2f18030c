"""Device profiles: what accelerators the servers of a flavor get."""

import json
from collections.abc import Sequence
from typing import Any

from ..api.accelerator import DEVICE_PROFILE
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, Arg, Cloud, Json, KeyValues, Noun, Value

profile = Noun(
    DEVICE_PROFILE,
    "Manage device profiles: accelerators that flavors request for servers.",
    columns=["uuid= name= groups= description="],
    long=["created_at= updated_at="],
    fields=["created_at updated_at uuid name groups description"],
    in_order=True,
)
profile.list(LONG)
profile.show()


def read_groups(groups: str | None, group: Sequence[dict[str, str]]) -> Json:
    """Return the groups of a device profile.

    Raises:
        OstkError: There is no group, groups are given in both ways, or the JSON is no list of objects.
    """
    if groups and group:
        raise OstkError("The groups are given twice.", "Leave out GROUPS: --group replaces the argument.")
    if not groups and not group:
        raise OstkError("At least one group is required.", "E.g. --group resources:FPGA=1")
    return {"groups": parse_groups(groups) if groups else list(group)}


def parse_groups(text: str) -> list[Any]:
    """Return the groups in a JSON text.

    Raises:
        OstkError: The text is no list of objects in JSON.
    """
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise OstkError("GROUPS is not a JSON list of objects.", "Use --group KEY=VALUE,… instead.")
    return found


@profile.shower(
    "create",
    Arg("name", "Name of the device profile."),
    Arg("groups", "Groups as a JSON list (deprecated; see --group).", required=False),
    Value(
        "--group...", "Group of accelerators, e.g. resources:FPGA=1,trait:CUSTOM_FPGA_INTEL=required.", type=KeyValues()
    ),
    DESCRIPTION,
    parse=read_groups,
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a device profile. Flavors refer to the profile in the extra spec accel:device_profile."""
    return cloud.send(DEVICE_PROFILE, "POST", json=[body])


profile.delete()
