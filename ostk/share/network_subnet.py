"""Share network subnets: a Neutron network and subnet, for one availability zone or for all."""

from typing import Any

from ..api.network import NETWORK, SUBNET
from ..api.shared_file_system import SHARE_NETWORK, SHARE_NETWORK_SUBNET
from ..errors import OstkError
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Column, Json, Noun, Opt, target
from ..render.format import DICT
from . import metadata
from .value_types import RECORDS

MANILA, VERSION = SHARE_NETWORK_SUBNET.service, SHARE_NETWORK_SUBNET.microversion
CHECK_SINCE, PROPERTIES_SINCE = "2.70", "2.78"

subnet = Noun(
    SHARE_NETWORK_SUBNET,
    "Manage share network subnets.",
    fields=[ALL_FIELDS_IN_API_ORDER, Column("hosts_check_result", format=RECORDS), Column("properties", format=DICT)],
    parent=Arg("share_network", "Share network.", ref=SHARE_NETWORK, not_sent=True),
)


def validate_create(values: Json) -> None:
    """Raise OstkError for a Neutron network without a subnet, or the reverse, and for properties with a check."""
    if (values["neutron_net_id"] is None) != (values["neutron_subnet_id"] is None):
        raise OstkError("--neutron-net-id and --neutron-subnet-id need each other: give both or neither.")
    for name, flag in (("check_only", "--check-only"), ("restart_check", "--restart-check")):
        if values[name] and values["property"]:
            raise OstkError(f"{flag} and --property exclude each other.")


@subnet.shower(
    "create",
    target(SHARE_NETWORK),
    Opt("--neutron-net-id", "Neutron network.", ref=NETWORK, key="neutron_net_id"),
    Opt("--neutron-subnet-id", "Neutron subnet of the network.", ref=SUBNET, key="neutron_subnet_id"),
    Opt("--availability-zone", "Availability zone of the subnet (default: all)."),
    Opt(
        "--check-only",
        "Check whether the subnet can be created; create nothing.",
        is_flag=True,
        not_sent=True,
        since=CHECK_SINCE,
    ),
    Opt(
        "--restart-check",
        "Discard the result of an earlier check and run the check again.",
        is_flag=True,
        not_sent=True,
        since=CHECK_SINCE,
    ),
    metadata.new_property_option(PROPERTIES_SINCE),
    validate=validate_create,
)
def create(cloud: Cloud, share_network: str, body: Json, values: Json) -> Json:
    """Create a share network subnet."""
    if values["check_only"] or values["restart_check"]:
        content = {**body, "reset_operation": bool(values["restart_check"])}
        reply: Json = cloud.act(SHARE_NETWORK, share_network, "share_network_subnet_create_check", content)
        return reply
    resource = SHARE_NETWORK_SUBNET.under(share_network)
    # The key of the request has hyphens, that of the response underscores (POST /share-networks/{id}/subnets).
    request: Any = {"share-network-subnet": body}
    reply = cloud.call(MANILA, "POST", resource.path, json=request, microversion=VERSION)
    return cloud.unwrap(resource, reply)


@subnet.shower(
    "show", target(SHARE_NETWORK), Arg("share_network_subnet", "ID of the share network subnet.", not_sent=True)
)
def show(cloud: Cloud, share_network: str, share_network_subnet: str) -> Json:
    """Show a share network subnet."""
    item = cloud.get(SHARE_NETWORK_SUBNET.under(share_network), share_network_subnet)
    properties = item.pop("metadata", {})
    return {**item, "properties": properties}


subnet.set(metadata.set_property_option(PROPERTIES_SINCE), help="Set properties of a share network subnet.")
subnet.unset(metadata.unset_property_option(PROPERTIES_SINCE), help="Remove properties of a share network subnet.")
subnet.delete()
