"""Ports: where servers, routers and services meet a network."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.compute import SERVER
from ..api.network import NETWORK, PORT, QOS_POLICY, ROUTER, SECURITY_GROUP, SUBNET
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, NULL, PAGES, Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..session.cloud import Cloud
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import ENABLE, EXTRA, FORMATS, NO_EXTRA, OF_NAME, PORT_SECURITY, joined
from .lists import ADDRESS, Parts, extend, reduce
from .port_values import DhcpOption, JsonOrPair, hints

PRIVATE = [Column("pvlan_type", hidden=True), Column("pvlan_community", "PVLAN Community", hidden=True)]
port = Noun(
    PORT,
    "Manage ports.",
    columns=["id name mac_address", Column("fixed_ips", "Fixed IP Addresses"), "status", *PRIVATE],
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
FIXED_IP = Opt("--fixed-ip", "Address: subnet=,ip-address=; repeatable.", key="fixed_ips", type=ADDRESS, multiple=True)
ALLOWED = Opt(
    "--allowed-address",
    "Also allowed: ip-address=[,mac-address=]; repeatable.",
    key="allowed_address_pairs",
    type=Parts("ip-address", "mac-address"),
    multiple=True,
)
GROUP = Opt("--security-group", "Security group; repeatable.", ref=SECURITY_GROUP, key="security_groups", multiple=True)
SETTINGS = [
    DESCRIPTION,
    Opt("--device", "ID of the server or router it is of.", key="device_id"),
    Opt("--mac-address", "MAC address."),
    Opt("--device-owner", "What it is of: compute:nova, network:dhcp …"),
    Opt("--vnic-type", "Kind of card.", key="binding:vnic_type", choices=VNIC_TYPES),
    Opt("--host", "Host it is bound to.", key="binding:host_id"),
    Opt("--dns-domain", "DNS domain."),
    Opt("--dns-name", "DNS name."),
    *exclusive(
        *(
            Opt(f"--numa-policy-{name}", f"NUMA affinity: {name}.", key="numa_affinity_policy", value=name)
            for name in ("required", "preferred", "socket", "legacy")
        )
    ),
    Opt("--hint", "Hint as ALIAS=VALUE or JSON.", key="hints", type=JsonOrPair(), multiple=True, convert=hints),
    Opt("--trusted/--not-trusted", "Whether its virtual function is trusted."),
    Opt("--pvlan-type", "Its part in a private VLAN.", choices="promiscuous isolated community"),
    Opt("--pvlan-community", "Community in the private VLAN."),
    ENABLE,
    PORT_SECURITY,
    Opt(
        "--enable-uplink-status-propagation/--disable-uplink-status-propagation",
        "Whether it goes down with its uplink.",
        key="propagate_uplink_status",
    ),
    Opt(
        "--binding-profile",
        "KEY=VALUE or JSON for the driver; repeatable.",
        key="binding:profile",
        type=JsonOrPair(),
        multiple=True,
        convert=joined,
    ),
    Opt("--qos-policy", "QoS policy of the port.", ref=QOS_POLICY),
    ALLOWED,
    Opt(
        "--extra-dhcp-option",
        "DHCP: name=[,value=][,ip-version=]; repeatable.",
        key="extra_dhcp_opts",
        type=DhcpOption("name", "value ip-version", name="opt_name", value="opt_value"),
        multiple=True,
    ),
    EXTRA,
]
LISTS = {
    "fixed_ips": ("fixed IP", "no_fixed_ip"),
    "security_groups": ("security group", "no_security_group"),
    "allowed_address_pairs": ("allowed address", "no_allowed_address"),
}


def coherent(values: Json) -> None:
    """Refuse what a private VLAN does not allow, and hints that Neutron does not know."""
    private = values["pvlan_type"] or values["pvlan_community"]
    if private and values["enable_port_security"] is False:
        raise OstkError("A port in a private VLAN needs port security.")
    if values["pvlan_type"] == "community" and not values["pvlan_community"]:
        raise OstkError("--pvlan-type community needs --pvlan-community.")
    if values["hint"]:
        hints(values["hint"])


port.create(
    Arg("name"),
    Opt("--network", "Network it is on.", ref=NETWORK, required=True),
    SETTINGS,
    exclusive(FIXED_IP, Opt("--no-fixed-ip", "No addresses.", key="fixed_ips", value=[])),
    OWNER,
    exclusive(GROUP, Opt("--no-security-group", "No security groups.", key="security_groups", value=[])),
    Opt("--device-profile", "Cyborg device profile."),
    Opt("--hardware-offload-type", "Hardware offload type."),
    NEW_TAGS,
    defaults={"admin_state_up": True},
    validate=coherent,
)


def address_filters(wanted: list[Json]) -> list[str]:
    """Filters as Neutron has them: `subnet_id=…`."""
    return [f"{key}={value}" for one in wanted for key, value in one.items()]


@port.lister(
    "list",
    Opt("--device-owner", "Only those of this kind of owner."),
    Opt("--host", "Only those on this host.", key="binding:host_id"),
    Opt("--network", "Only those on this network.", ref=NETWORK),
    exclusive(
        Opt("--router", "Only those of this router.", ref=ROUTER, key="device_id"),
        Opt("--server", "Only those of this server.", ref=SERVER, key="device_id"),
        Opt("--device-id", "Only those of the device with this ID."),
    ),
    Opt("--mac-address", "Only the one with this MAC address."),
    LONG,
    OF_PROJECT,
    Opt("--pvlan-type", "Only those with this part in a private VLAN.", not_sent=True),
    Opt("--pvlan-community", "Only those of this community.", not_sent=True),
    Opt("--pvlan/--no-pvlan", "Whether they are in a private VLAN.", not_sent=True),
    OF_NAME,
    GROUP,
    Opt("--status", "Only those in this state.", choices="ACTIVE BUILD DOWN ERROR"),
    Opt(
        "--fixed-ip",
        "Only with subnet=,ip-address=,ip-substring=; repeatable.",
        key="fixed_ips",
        type=Parts(
            optional="subnet ip-address ip-substring", refs={"subnet": SUBNET}, ip_substring="ip_address_substr"
        ),
        multiple=True,
        convert=address_filters,
    ),
    TAG_FILTERS,
    PAGES,
)
def list_ports(
    cloud: Cloud, body: Json, columns: list[Column], max_items: int, values: Json
) -> tuple[list[Column], Iterator[Json]]:
    """List ports."""
    wanted = {key: values[key] for key in ("pvlan_type", "pvlan_community") if values[key] is not None}
    parent = values["pvlan"]
    if wanted or parent is not None:
        columns = [column for column in port.columns if column in columns or column in PRIVATE]
    body["fields"] = [column.key.split(".")[0] for column in columns]
    found = cloud.pages(PORT, body, limit=max_items)
    chosen = (one for one in found if all(one.get(key) == value for key, value in wanted.items()))
    return columns, (one for one in chosen if parent is None or (one.get("pvlan_type") is not None) is parent)


def more(item: Json, body: Json, values: Json) -> None:
    """Add to the lists of a port, or replace them; keep what its binding profile has."""
    for key, (_, clear) in LISTS.items():
        extend(item, body, key, anew=values[clear], behind=True)
    if "binding:profile" in body or values["no_binding_profile"]:
        there = {} if values["no_binding_profile"] else item.get("binding:profile") or {}
        body["binding:profile"] = {**there, **body.get("binding:profile", {})}


def less(item: Json, body: Json) -> None:
    """Remove entries of the lists of a port and of its binding profile; do not send what is null already.

    Neutron 29 answers 500 for `{"data_plane_status": null}` where the port has no data plane status.
    """
    for key in [key for key, value in body.items() if value is None and item.get(key, "") is None]:
        del body[key]
    for key, (what, _) in LISTS.items():
        reduce(item, body, key, what)
    if "binding:profile" in body:
        there = item.get("binding:profile") or {}
        for key in body["binding:profile"]:
            if key not in there:
                raise OstkError(f"Its binding profile has no {key}.")
        body["binding:profile"] = {k: v for k, v in there.items() if k not in body["binding:profile"]}


port.show()
port.set(
    NAME,
    SETTINGS,
    FIXED_IP,
    Flag("--no-fixed-ip", "Remove its addresses first."),
    Flag("--no-binding-profile", "Empty its binding profile first."),
    GROUP,
    Flag("--no-security-group", "Remove its security groups first."),
    Flag("--no-allowed-address", "Remove its allowed addresses first."),
    Opt("--data-plane-status", "State of what is beneath it.", choices="ACTIVE DOWN"),
    SET_TAGS,
    prepare=more,
    validate=coherent,
)
port.unset(
    FIXED_IP,
    Opt("--binding-profile", "Key to remove; may be repeated.", key="binding:profile", multiple=True),
    GROUP,
    ALLOWED,
    Opt("--qos-policy", "No QoS policy.", key="qos_policy_id", value=NULL),
    Opt("--data-plane-status", "No data plane status.", value=NULL),
    Opt("--numa-policy", "No NUMA affinity.", key="numa_affinity_policy", value=NULL),
    Opt("--host", "No host.", key="binding:host_id", value=NULL),
    Opt("--hints", "No hints.", value=NULL),
    Opt("--device", "No device.", key="device_id", value=""),
    Opt("--device-owner", "No device owner.", value=""),
    Opt("--pvlan-community", "No community.", value=NULL),
    NO_EXTRA,
    UNSET_TAGS,
    prepare=less,
)
port.delete()
