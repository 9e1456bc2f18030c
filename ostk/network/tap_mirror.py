"""Tap mirrors: ports whose traffic is mirrored to a remote IP address through a GRE or ERSPAN tunnel."""

from ..api.network import PORT, TAP_MIRROR
from ..language import NAME, NEW_DESCRIPTION, Cloud, Items, Json, Noun, Opt, target
from ..owner import OWNER, PROJECT_FILTER
from .addresses import Address
from .client_side_filter import filter_resources
from .extra_properties import merge_objects
from .fields import OTHER_FIELDS
from .port_values import JsonOrPair
from .tap_update import NAME_OPTIONS, update_resource

mirror = Noun(
    TAP_MIRROR,
    "Manage tap mirrors: mirror a port to a remote IP address.",
    columns=["id, project_id=Tenant, name, port_id=Port, directions, remote_ip=Remote IP, mirror_type"],
    fields=["description directions id mirror_type name port_id project_id remote_ip", *OTHER_FIELDS],
)
mirror.create(
    NAME_OPTIONS,
    Opt("--port", "Port to mirror.", ref=PORT, required=True),
    Opt(
        "--directions...",
        "Direction and tunnel ID: IN=ID, OUT=ID or a JSON object, e.g. IN=101.",
        type=JsonOrPair(),
        convert=merge_objects,
        required=True,
    ),
    Opt("--remote-ip", "Remote IP address: the end of the tunnel.", type=Address(), required=True),
    Opt("--mirror-type", "Mirror type: gre or erspanv1.", required=True),
    OWNER,
)


@mirror.lister("list", PROJECT_FILTER)
def list_mirrors(cloud: Cloud, body: Json) -> Items:
    """List tap mirrors."""
    return filter_resources(cloud, TAP_MIRROR, body)


mirror.show()


@mirror.shower("update", target(TAP_MIRROR), NAME, NEW_DESCRIPTION)
def update(cloud: Cloud, tap_mirror: str, body: Json) -> Json:
    """Change a tap mirror."""
    return update_resource(cloud, TAP_MIRROR, tap_mirror, body)


mirror.delete()
