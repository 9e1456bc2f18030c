"""The subnets of share networks: where in Neutron they are, for one availability zone or for all."""

from __future__ import annotations

from typing import Any

from ..api.network import NETWORK, SUBNET
from ..api.shared_file_system import SHARE_NETWORK, SHARE_NETWORK_SUBNET
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Column, Json, Noun, Opt, properties, target
from ..render.format import DICT
from ..session.cloud import Cloud
from . import metadata
from .shape import PARTS

MANILA, VERSION = SHARE_NETWORK_SUBNET.service, SHARE_NETWORK_SUBNET.microversion
CHECKED, PROPERTIES = "2.70", "2.78"  # the microversions that brought checks beforehand, and properties

subnet = Noun(
    SHARE_NETWORK_SUBNET,
    "Manage the subnets of share networks.",
    fields=[ALL_FIELDS_IN_API_ORDER, Column("hosts_check_result", format=PARTS), Column("properties", format=DICT)],
    parent=Arg("share_network", ref=SHARE_NETWORK, not_sent=True),
)


def whole(values: Json) -> None:
    """Refuse half of a place in Neutron, and properties of what is only checked."""
    if (values["neutron_net_id"] is None) != (values["neutron_subnet_id"] is None):
        raise OstkError("--neutron-net-id and --neutron-subnet-id go together: give both or neither.")
    if (values["check_only"] or values["restart_check"]) and values["property"]:
        raise OstkError("--property does not go with a check.")


@subnet.shower(
    "create",
    target(SHARE_NETWORK),
    Opt("--neutron-net-id", "The network that it is in.", ref=NETWORK, key="neutron_net_id"),
    Opt("--neutron-subnet-id", "The subnet of that network that it is in.", ref=SUBNET, key="neutron_subnet_id"),
    Opt("--availability-zone", "The only zone that it is for."),
    Opt("--check-only", "Say whether it can be; create nothing.", is_flag=True, not_sent=True, since=CHECKED),
    Opt("--restart-check", "The same, checked anew.", is_flag=True, not_sent=True, since=CHECKED),
    properties("Property to give it; may be repeated.", key="metadata", since=PROPERTIES),
    validate=whole,
)
def create(cloud: Cloud, share_network: str, body: Json, values: Json) -> Json:
    """Create a subnet of a share network."""
    if values["check_only"] or values["restart_check"]:
        asked = {**body, "reset_operation": bool(values["restart_check"])}
        reply: Json = cloud.act(SHARE_NETWORK, share_network, "share_network_subnet_create_check", asked)
        return reply
    resource = SHARE_NETWORK_SUBNET.under(share_network)
    content: Any = {"share-network-subnet": body}  # it answers with another key
    reply = cloud.call(MANILA, "POST", resource.path, json=content, microversion=VERSION)
    return cloud.unwrap(resource, reply)


@subnet.shower("show", target(SHARE_NETWORK), Arg("share_network_subnet", not_sent=True))
def show(cloud: Cloud, share_network: str, share_network_subnet: str) -> Json:
    """Show a subnet of a share network."""
    item = cloud.get(SHARE_NETWORK_SUBNET.under(share_network), share_network_subnet)
    held = item.pop("metadata", {})
    return {**item, "properties": held}


subnet.set(metadata.setting(PROPERTIES))
subnet.unset(metadata.unsetting(PROPERTIES))
subnet.delete()
