"""Tap mirrors: traffic of ports that is copied to elsewhere through a tunnel."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import PORT, TAP_MIRROR
from ..language import DESCRIPTION, NAME, Json, Noun, Opt, target
from ..owner import OF_PROJECT, OWNER
from ..session.cloud import Cloud
from .addresses import Address
from .client_side_filter import chosen
from .extra_properties import OTHERS, joined
from .port_values import JsonOrPair
from .taps import NAMED, changed

mirror = Noun(
    TAP_MIRROR,
    "Manage tap mirrors: traffic that is copied to elsewhere.",
    columns=["id, project_id=Tenant, name, port_id=Port, directions, remote_ip=Remote IP, mirror_type"],
    fields=["description directions id mirror_type name port_id project_id remote_ip", *OTHERS],
)
mirror.create(
    NAMED,
    Opt("--port", "Port whose traffic is copied.", ref=PORT, required=True),
    Opt(
        "--directions",
        "IN= or OUT= number of the tunnel, or JSON; repeatable.",
        type=JsonOrPair(),
        multiple=True,
        convert=joined,
        required=True,
    ),
    Opt("--remote-ip", "Address at the other end of the tunnel.", type=Address(), required=True),
    Opt("--mirror-type", "Kind of tunnel: gre or erspanv1.", required=True),
    OWNER,
)


@mirror.lister("list", OF_PROJECT)
def list_mirrors(cloud: Cloud, body: Json) -> Iterator[Json]:
    """List tap mirrors."""
    return chosen(cloud, TAP_MIRROR, body)


mirror.show()


@mirror.shower("update", target(TAP_MIRROR), NAME, DESCRIPTION)
def update(cloud: Cloud, tap_mirror: str, body: Json) -> Json:
    """Change a tap mirror."""
    return changed(cloud, TAP_MIRROR, tap_mirror, body)


mirror.delete()
