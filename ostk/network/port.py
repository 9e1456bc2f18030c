"""Ports: connections of servers, routers and other devices to a network."""

from collections.abc import Iterator

from ..api.compute import SERVER
from ..api.network import NETWORK, PORT, QOS_POLICY, ROUTER, SECURITY_GROUP, SUBNET
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, NULL, PAGES, Arg, Cloud, Column, Flag, Json, Noun, Opt, Value, exclusive
from ..owner import OWNER, PROJECT_FILTER
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import EXTRA, UNSET_EXTRA, merge_objects
from .fields import FORMATS
from .list_fields import ADDRESS, FieldKeyValues, add_entries, remove_entries
from .port_values import DhcpOption, JsonOrPair, parse_hints
from .shared_options import ENABLE, NAME_FILTER, PORT_SECURITY

PVLAN_COLUMNS = [Column("pvlan_type", hidden=True), Column("pvlan_community", "PVLAN Community", hidden=True)]
port = Noun(
    PORT,
    "Manage ports.",
    columns=["id name mac_address", Column("fixed_ips", "Fixed IP Addresses"), "status", *PVLAN_COLUMNS],
    long=["security_groups device_owner tags", Column("trunk_details.sub_ports", "Trunk subports")],
    fields=[
        "admin_state_up allowed_address_pairs binding:host_id=binding_host_id binding:profile=binding_profile",
        "binding:vif_details=binding_vif_details binding:vif_type=binding_vif_type",
        "binding:vnic_type=binding_vnic_type created_at data_plane_status description device_id device_owner",
        "device_profile dns_assignment dns_domain dns_name extra_dhcp_opts fixed_ips hardware_offload_type",
        Column("hints", value=lambda item: item.get("hints", "")),
        "id ip_allocation mac_address name network_id numa_affinity_policy port_security_enabled project_id",
        "propagate_uplink_status pvlan_type pvlan_community resource_request revision_number",
        "qos_network_policy_id qos_policy_id security_groups=security_group_ids status tags trunk_details trusted",
        "updated_at",
    ],
    formats=FORMATS,
    in_order=True,
)
VNIC_TYPES = (
    "accelerator-direct accelerator-direct-physical direct direct-physical macvtap normal baremetal"
    " virtio-forwarder smart-nic vdpa remote-managed"
)
FIXED_IP = Opt("--fixed-ip...", "Fixed IP: subnet=SUBNET,ip-address=ADDRESS.", key="fixed_ips", type=ADDRESS)
ALLOWED = Opt(
    "--allowed-address...",
    "Allowed address pair: ip-address=ADDRESS[,mac-address=ADDRESS].",
    key="allowed_address_pairs",
    type=FieldKeyValues("ip-address", "mac-address"),
)
GROUP = Opt("--security-group...", "Security group.", ref=SECURITY_GROUP, key="security_groups")
SETTINGS = [
    DESCRIPTION,
    Opt("--device", "ID of the device that uses the port, e.g. a server.", key="device_id"),
    Opt("--mac-address", "MAC address of the port."),
    Opt("--device-owner", "Device owner: the kind of device, e.g. compute:nova or network:dhcp."),
    Opt("--vnic-type", "VNIC type of the port binding.", key="binding:vnic_type", choices=VNIC_TYPES),
    Opt("--host", "Host to which to bind the port.", key="binding:host_id", admin=True),
    Opt("--dns-domain", "DNS domain of the port."),
    Opt("--dns-name", "DNS name of the port."),
    *exclusive(
        *(
            Opt(
                f"--numa-policy-{name}", f"Set the NUMA affinity policy {name}.", key="numa_affinity_policy", value=name
            )
            for name in ("required", "preferred", "socket", "legacy")
        )
    ),
    Opt(
        "--hint...",
        "Port hint: ovs-tx-steering=thread, ovs-tx-steering=hash, or JSON.",
        key="hints",
        type=JsonOrPair(),
        convert=parse_hints,
        admin=True,
    ),
    Opt("--trusted/--not-trusted", "Enable or disable trusted mode of the SR-IOV virtual function.", admin=True),
    Opt("--pvlan-type", "Private VLAN (PVLAN) type.", choices="promiscuous isolated community"),
    Opt("--pvlan-community", "Private VLAN (PVLAN) community, by name; requires --pvlan-type community."),
    ENABLE,
    PORT_SECURITY,
    Opt(
        "--enable-uplink-status-propagation/--disable-uplink-status-propagation",
        "Enable or disable uplink status propagation.",
        key="propagate_uplink_status",
    ),
    Opt(
        "--binding-profile...",
        "Binding profile data for the mechanism driver: KEY=VALUE or a JSON object.",
        key="binding:profile",
        type=JsonOrPair(),
        convert=merge_objects,
    ),
    Opt("--qos-policy", "QoS policy of the port.", ref=QOS_POLICY),
    ALLOWED,
    Opt(
        "--extra-dhcp-option...",
        "Extra DHCP option: name=NAME[,value=VALUE][,ip-version=4|6].",
        key="extra_dhcp_opts",
        type=DhcpOption("name", "value ip-version", name="opt_name", value="opt_value"),
    ),
    EXTRA,
]
LISTS = {
    "fixed_ips": ("fixed IP", "no_fixed_ip"),
    "security_groups": ("security group", "no_security_group"),
    "allowed_address_pairs": ("allowed address", "no_allowed_address"),
}


def validate_port(values: Json) -> None:
    """Reject options that private VLANs exclude, and unknown port hints."""
    in_pvlan = values["pvlan_type"] or values["pvlan_community"]
    if in_pvlan and values["enable_port_security"] is False:
        raise OstkError("A port in a private VLAN needs port security: leave out --disable-port-security.")
    if values["pvlan_type"] == "community" and not values["pvlan_community"]:
        raise OstkError("--pvlan-type community needs --pvlan-community.")
    if values["hint"]:
        parse_hints(values["hint"])


port.create(
    Arg("name", "Name of the port."),
    Opt("--network", "Network of the port.", ref=NETWORK, required=True),
    SETTINGS,
    exclusive(FIXED_IP, Opt("--no-fixed-ip", "Create the port without fixed IPs.", key="fixed_ips", value=[])),
    OWNER,
    exclusive(
        GROUP, Opt("--no-security-group", "Create the port without security groups.", key="security_groups", value=[])
    ),
    Opt("--device-profile", "Name of the device profile of the Accelerator service (Cyborg)."),
    Opt("--hardware-offload-type", "Hardware offload type, e.g. switchdev."),
    NEW_TAGS,
    defaults={"admin_state_up": True},
    validate=validate_port,
)


def fixed_ip_filters(fixed_ips: list[Json]) -> list[str]:
    """Return the values of the filter `fixed_ips`, e.g. `subnet_id=ID`."""
    return [f"{key}={value}" for fixed_ip in fixed_ips for key, value in fixed_ip.items()]


@port.lister(
    "list",
    Opt("--device-owner", "Filter by device owner, e.g. network:dhcp."),
    Opt("--host", "Filter by host of the port binding.", key="binding:host_id", admin=True),
    Opt("--network", "Filter by network.", ref=NETWORK),
    exclusive(
        Opt("--router", "Filter by router.", ref=ROUTER, key="device_id"),
        Opt("--server", "Filter by server.", ref=SERVER, key="device_id"),
        Opt("--device-id", "Filter by device ID."),
    ),
    Opt("--mac-address", "Filter by MAC address."),
    LONG,
    PROJECT_FILTER,
    Value("--pvlan-type", "Filter by private VLAN (PVLAN) type: promiscuous, isolated or community."),
    Value("--pvlan-community", "Filter by name of the private VLAN (PVLAN) community."),
    Value("--pvlan/--no-pvlan", "Filter by membership in a private VLAN (PVLAN)."),
    NAME_FILTER,
    Opt("--security-group...", "Filter by security group.", ref=SECURITY_GROUP, key="security_groups"),
    Opt("--status", "Filter by status.", choices="ACTIVE BUILD DOWN ERROR"),
    Opt(
        "--fixed-ip...",
        "Filter by fixed IP: subnet=SUBNET,ip-address=ADDRESS, or ip-substring=TEXT.",
        key="fixed_ips",
        type=FieldKeyValues(
            optional="subnet ip-address ip-substring", refs={"subnet": SUBNET}, ip_substring="ip_address_substr"
        ),
        convert=fixed_ip_filters,
    ),
    TAG_FILTERS,
    PAGES,
)
def list_ports(
    cloud: Cloud, body: Json, columns: list[Column], max_items: int | None, values: Json
) -> tuple[list[Column], Iterator[Json]]:
    """List ports."""
    filters = {key: values[key] for key in ("pvlan_type", "pvlan_community") if values[key] is not None}
    pvlan = values["pvlan"]
    if filters or pvlan is not None:
        columns = [column for column in port.columns if column in columns or column in PVLAN_COLUMNS]
    query = {**body, "fields": [column.key.split(".")[0] for column in columns]}
    items = cloud.pages(PORT, query, limit=max_items)
    matching = (item for item in items if all(item.get(key) == value for key, value in filters.items()))
    return columns, (item for item in matching if pvlan is None or (item.get("pvlan_type") is not None) is pvlan)


def add_to_lists(item: Json, body: Json, values: Json) -> Json:
    """Return the request with entries added to the lists of a port and to its binding profile, or replacing them."""
    for key, (_, clear) in LISTS.items():
        body = add_entries(item, body, key, replace=values[clear], append=True)
    if "binding:profile" not in body and not values["no_binding_profile"]:
        return body
    profile = {} if values["no_binding_profile"] else item.get("binding:profile") or {}
    return {**body, "binding:profile": {**profile, **body.get("binding:profile", {})}}


def remove_from_lists(item: Json, body: Json) -> Json:
    """Return the request with what remains of the lists and the binding profile of a port.

    Fields that are null already are left out: to PUT /v2.0/ports/ID {"port": {"data_plane_status": null}}, Neutron 29
    then answers 500.
    """
    body = {key: value for key, value in body.items() if value is not None or item.get(key, "") is not None}
    for key, (label, _) in LISTS.items():
        body = remove_entries(item, body, key, label)
    if "binding:profile" not in body:
        return body
    profile = item.get("binding:profile") or {}
    for key in body["binding:profile"]:
        if key not in profile:
            raise OstkError(f"The binding profile of {item.get('name') or item['id']} has no key {key}.")
    return {**body, "binding:profile": {k: v for k, v in profile.items() if k not in body["binding:profile"]}}


port.show()
port.set(
    NAME,
    SETTINGS,
    FIXED_IP,
    Flag("--no-fixed-ip", "Fixed IPs: remove all; with --fixed-ip, replace the fixed IPs."),
    Flag("--no-binding-profile", "Binding profile: remove all fields; with --binding-profile, replace the fields."),
    GROUP,
    Flag("--no-security-group", "Security groups: remove all; with --security-group, replace the groups."),
    Flag("--no-allowed-address", "Allowed address pairs: remove all; with --allowed-address, replace the pairs."),
    Opt("--data-plane-status", "Data plane status of the port.", choices="ACTIVE DOWN"),
    SET_TAGS,
    prepare=add_to_lists,
    validate=validate_port,
)
port.unset(
    Opt("--fixed-ip...", "Fixed IP to remove: subnet=SUBNET,ip-address=ADDRESS.", key="fixed_ips", type=ADDRESS),
    Opt("--binding-profile...", "Key of the binding profile to remove.", key="binding:profile"),
    Opt("--security-group...", "Security group to remove.", ref=SECURITY_GROUP, key="security_groups"),
    Opt(
        "--allowed-address...",
        "Allowed address pair to remove: ip-address=ADDRESS[,mac-address=ADDRESS].",
        key="allowed_address_pairs",
        type=FieldKeyValues("ip-address", "mac-address"),
    ),
    Opt("--qos-policy", "Remove the QoS policy.", key="qos_policy_id", value=NULL),
    Opt("--data-plane-status", "Clear the data plane status.", value=NULL),
    Opt("--numa-policy", "Clear the NUMA affinity policy.", key="numa_affinity_policy", value=NULL),
    Opt("--host", "Clear the host of the port binding.", key="binding:host_id", value=NULL, admin=True),
    Opt("--hints", "Clear the port hints.", value=NULL, admin=True),
    Opt("--device", "Clear the device ID.", key="device_id", value=""),
    Opt("--device-owner", "Clear the device owner.", value=""),
    Opt("--pvlan-community", "Clear the private VLAN (PVLAN) community.", value=NULL),
    UNSET_EXTRA,
    UNSET_TAGS,
    prepare=remove_from_lists,
)
port.delete()
