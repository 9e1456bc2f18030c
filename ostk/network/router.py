"""Routers: routing between subnets, and to external networks through gateways with source NAT."""

import click

from ..api.network import NETWORK_AGENT, NETWORK_FLAVOR, PORT, ROUTER
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, PAGES, Arg, Cloud, Column, Flag, Json, Noun, Opt, Value, exclusive
from ..owner import OWNER, PROJECT_FILTER
from ..render.format import Cell
from ..session.optional_details import optional
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import EXTRA, UNSET_EXTRA
from .gateways import FIXED_IP, GATEWAY, NO_QOS, QOS, SNAT, with_single_gateway
from .list_fields import add_entries, remove_entries, routes
from .router_fields import AS_JSON, FIELD_FORMATS, FIELDS
from .shared_options import ENABLE, ENABLE_FILTER, NAME_FILTER, ZONES

router = Noun(
    ROUTER,
    "Manage routers.",
    columns=["id name status admin_state_up=State project_id=Project distributed ha"],
    long=["routes, external_gateway_info=External gateway info, availability_zones=Availability zones, tags"],
    fields=FIELDS,
    formats=FIELD_FORMATS,
)
# Neutron returns `distributed` and `ha` to administrators only, and zones only with the extension for them;
# the reference client leaves out the columns that no router has.
OPTIONAL_COLUMNS = ("distributed", "ha", "availability_zones")
ROUTE = routes("--route", key="routes")
SETTINGS = [
    ENABLE,
    Opt("--distributed/--centralized", "Make the router a distributed (DVR) or a centralized router.", admin=True),
    Opt("--ha/--no-ha", "Enable or disable high availability (HA) of the router.", admin=True),
    DESCRIPTION,
    GATEWAY,
    FIXED_IP,
    SNAT,
    Opt("--enable-ndp-proxy/--disable-ndp-proxy", "Enable or disable the NDP proxy of the router."),
    Opt(
        "--enable-default-route-bfd/--disable-default-route-bfd",
        "Enable or disable BFD sessions for default routes.",
        admin=True,
    ),
    Opt(
        "--enable-default-route-ecmp/--disable-default-route-ecmp",
        "Enable or disable ECMP default routes through several gateways.",
        admin=True,
    ),
    EXTRA,
]


def validate_gateway(values: Json) -> None:
    """Reject gateway settings without --external-gateway."""
    if not values["external_gateway"] and (values["enable_snat"] is not None or values["fixed_ip"]):
        raise OstkError("--enable-snat, --disable-snat and --fixed-ip need --external-gateway.")


def validate_new(values: Json) -> None:
    """Reject options that a new router cannot have without an external gateway."""
    validate_gateway(values)
    for option in ("enable_ndp_proxy", "qos_policy"):
        if values[option] and not values["external_gateway"]:
            raise OstkError(f"--{option.replace('_', '-')} needs --external-gateway.")


def change_router(cloud: Cloud, item: Json, body: Json, values: Json) -> Json:
    """Return the request with added or replaced routes, and with the gateway or its QoS policy.

    Raises:
        OstkError: A QoS policy is given for a router without a gateway.
    """
    body = add_entries(item, body, "routes", replace=values["no_route"])
    if (values["qos_policy"] or values["no_qos_policy"]) and not values["external_gateway"]:
        network = (item.get("external_gateway_info") or {}).get("network_id")
        if not network:
            raise OstkError(
                f"Router {item.get('name') or item['id']} has no external gateway: give --external-gateway as well."
            )
        gateway = {"network_id": network, "qos_policy_id": values["qos_policy"]}
        body = {**body, "external_gateway_info": gateway}
    return with_single_gateway(cloud, body, values)


def unset_router(item: Json, body: Json, values: Json) -> Json:
    """Return the request with the routes that remain, and without the gateway or its QoS policy.

    Raises:
        OstkError: The router lacks a route to remove, or a gateway with a QoS policy.
    """
    body = remove_entries(item, body, "routes", "route")
    if values["qos_policy"]:
        info = item.get("external_gateway_info") or {}
        if not {"network_id", "qos_policy_id"} <= info.keys():
            raise OstkError(f"Router {item.get('name') or item['id']} has no external gateway with a QoS policy.")
        body = {**body, "external_gateway_info": {"network_id": info["network_id"], "qos_policy_id": None}}
    return {**body, "external_gateway_info": {}} if values["external_gateway"] else body


router.create(
    Arg("name", "Name of the router."),
    SETTINGS,
    OWNER,
    ZONES,
    Opt("--flavor", "Network flavor of the router.", ref=NETWORK_FLAVOR),
    Opt("--flavor-id", "Network flavor of the router.", ref=NETWORK_FLAVOR, key="flavor_id"),
    QOS,
    exclusive(
        Opt("--evpn-vni", "VNI of the EVPN to associate with the router.", type=click.IntRange(1), admin=True),
        Opt(
            "--auto-evpn-vni",
            "Associate the router with an EVPN of an automatically assigned VNI.",
            key="evpn_vni",
            value=0,
            admin=True,
        ),
    ),
    NEW_TAGS,
    defaults={"admin_state_up": True},
    prepare=with_single_gateway,
    validate=validate_new,
)


@router.lister(
    "list",
    NAME_FILTER,
    ENABLE_FILTER,
    LONG,
    PROJECT_FILTER,
    Value("--agent", "List the routers that an L3 agent hosts.", ref=NETWORK_AGENT, admin=True),
    TAG_FILTERS,
    PAGES,
)
def list_routers(
    cloud: Cloud, body: Json, columns: list[Column], agent: str | None, max_items: int | None
) -> tuple[list[Column], list[Json]]:
    """List routers."""
    path = NETWORK_AGENT.at(agent, "l3-routers") if agent else ""
    found = list(cloud.pages(ROUTER, {} if agent else body, path=path, limit=max_items))
    if agent:
        found = [item for item in found if all(item.get(key, value) == value for key, value in body.items())]
    absent = {key for key in OPTIONAL_COLUMNS if all(item.get(key) is None for item in found)}
    if not found:
        absent.discard("availability_zones")
    return [column for column in columns if column.key not in absent], found


def with_interfaces(cloud: Cloud, item: Json) -> Json:
    """Return the router with `interfaces_info`: [{"port_id", "ip_address", "subnet_id"}], None if not allowed."""

    def interfaces() -> list[Json]:
        return [
            {"port_id": port["id"], "ip_address": ip.get("ip_address"), "subnet_id": ip.get("subnet_id")}
            for port in cloud.pages(PORT, {"device_id": item["id"]})
            if port.get("device_owner") != "network:router_gateway"
            for ip in port.get("fixed_ips") or ()
        ]

    label = f"the interfaces of router {item.get('name') or item['id']}"
    found = optional(interfaces, None, label)
    return {**item, "interfaces_info": None if found is None else Cell(found, AS_JSON)}


router.show(prepare=with_interfaces)
router.set(
    NAME,
    SETTINGS,
    ROUTE,
    Flag("--no-route", "Routes: remove all; with --route, replace the routes."),
    exclusive(QOS, NO_QOS),
    SET_TAGS,
    prepare=change_router,
    validate=validate_gateway,
)
router.unset(
    routes("--route", key="routes", text="Route to remove: destination=CIDR,gateway=ADDRESS."),
    Flag("--external-gateway", "Remove the external gateways."),
    Flag("--qos-policy", "Remove the QoS policy of the gateway IP."),
    UNSET_EXTRA,
    UNSET_TAGS,
    prepare=unset_router,
)
router.delete()
