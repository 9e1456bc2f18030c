"""Routers: what joins subnets to each other and to the outside."""

from __future__ import annotations

import click

from ..api.network import NETWORK_AGENT, NETWORK_FLAVOR, PORT, ROUTER
from ..errors import OstkError
from ..language import DESCRIPTION, LONG, NAME, PAGES, Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..owner import OF_PROJECT, OWNER
from ..render.format import Cell
from ..session.cloud import Cloud
from ..session.optional_details import optional
from ..tags import NEW_TAGS, SET_TAGS, TAG_FILTERS, UNSET_TAGS
from .extra_properties import ENABLE, EXTRA, NO_EXTRA, OF_NAME, ZONES
from .gateways import FIXED_IP, GATEWAY, NO_QOS, QOS, SNAT, place
from .lists import extend, reduce, routes
from .router_fields import AS_JSON, FIELD_FORMATS, FIELDS

router = Noun(
    ROUTER,
    "Manage routers.",
    columns=["id name status admin_state_up=State project_id=Project distributed ha"],
    long=[
        "routes",
        Column("external_gateway_info", "External gateway info"),
        Column("availability_zones", "Availability zones"),
        "tags",
    ],
    fields=FIELDS,
    formats=FIELD_FORMATS,
)
# Neutron tells these to some people, or about some routers, only.
TOLD_OR_NOT = ("distributed", "ha", "availability_zones")
ROUTE = routes("--route", key="routes")
SETTINGS = [
    ENABLE,
    Opt("--distributed/--centralized", "Whether it is spread over the hosts."),
    Opt("--ha/--no-ha", "Whether it survives the loss of an agent."),
    DESCRIPTION,
    GATEWAY,
    FIXED_IP,
    SNAT,
    Opt("--enable-ndp-proxy/--disable-ndp-proxy", "Whether it answers for IPv6 neighbors."),
    Opt("--enable-default-route-bfd/--disable-default-route-bfd", "Whether it watches its default routes."),
    Opt("--enable-default-route-ecmp/--disable-default-route-ecmp", "Whether it uses several default routes."),
    EXTRA,
]


def coherent(values: Json) -> None:
    """Refuse settings of a gateway without one."""
    if not values["external_gateway"] and (values["enable_snat"] is not None or values["fixed_ip"]):
        raise OstkError("--enable-snat, --disable-snat and --fixed-ip need --external-gateway.")


def complete(values: Json) -> None:
    """Refuse what a new router cannot have without a gateway."""
    coherent(values)
    for option in ("enable_ndp_proxy", "qos_policy"):
        if values[option] and not values["external_gateway"]:
            raise OstkError(f"--{option.replace('_', '-')} needs --external-gateway.")


def alter(cloud: Cloud, item: Json, body: Json, values: Json) -> None:
    """Add routes to a router or replace them, and change its gateway."""
    extend(item, body, "routes", anew=values["no_route"])
    if (values["qos_policy"] or values["no_qos_policy"]) and not values["external_gateway"]:
        network = (item.get("external_gateway_info") or {}).get("network_id")
        if not network:
            raise OstkError("The router has no external gateway: give --external-gateway as well.")
        body["external_gateway_info"] = {"network_id": network, "qos_policy_id": values["qos_policy"]}
    place(cloud, body, values)


def retract(item: Json, body: Json, values: Json) -> None:
    """Take routes from a router, the QoS policy from its gateway, or the gateway."""
    reduce(item, body, "routes", "route")
    if values["qos_policy"]:
        info = item.get("external_gateway_info") or {}
        if not {"network_id", "qos_policy_id"} <= info.keys():
            raise OstkError("The router has no external gateway with a QoS policy.")
        body["external_gateway_info"] = {"network_id": info["network_id"], "qos_policy_id": None}
    if values["external_gateway"]:
        body["external_gateway_info"] = {}


router.create(
    Arg("name"),
    SETTINGS,
    OWNER,
    ZONES,
    Opt("--flavor", "Network flavor.", ref=NETWORK_FLAVOR),
    Opt("--flavor-id", "Network flavor.", ref=NETWORK_FLAVOR, key="flavor_id"),
    QOS,
    exclusive(
        Opt("--evpn-vni", "Number of its EVPN.", type=click.IntRange(1)),
        Opt("--auto-evpn-vni", "An EVPN of whatever number.", key="evpn_vni", value=0),
    ),
    NEW_TAGS,
    defaults={"admin_state_up": True},
    prepare=place,
    validate=complete,
)


@router.lister(
    "list",
    OF_NAME,
    ENABLE,
    LONG,
    OF_PROJECT,
    Opt("--agent", "Only those on this L3 agent.", ref=NETWORK_AGENT, not_sent=True),
    TAG_FILTERS,
    PAGES,
)
def list_routers(
    cloud: Cloud, body: Json, columns: list[Column], agent: str, max_items: int
) -> tuple[list[Column], list[Json]]:
    """List routers."""
    path = NETWORK_AGENT.at(agent, "l3-routers") if agent else ""
    found = list(cloud.pages(ROUTER, {} if agent else body, path=path, limit=max_items))
    if agent:
        found = [one for one in found if all(one.get(key, value) == value for key, value in body.items())]
    absent = {key for key in TOLD_OR_NOT if all(one.get(key) is None for one in found)}
    if not found:
        absent.discard("availability_zones")
    return [column for column in columns if column.key not in absent], found


def with_interfaces(cloud: Cloud, item: Json) -> None:
    """Add its interfaces to a router."""

    def interfaces() -> list[Json]:
        return [
            {"port_id": port["id"], "ip_address": ip.get("ip_address"), "subnet_id": ip.get("subnet_id")}
            for port in cloud.pages(PORT, {"device_id": item["id"]})
            if port.get("device_owner") != "network:router_gateway"
            for ip in port.get("fixed_ips") or ()
        ]

    what = f"the interfaces of router {item.get('name') or item['id']}"
    found = optional(interfaces, None, what)
    item["interfaces_info"] = None if found is None else Cell(found, AS_JSON)


router.show(prepare=with_interfaces)
router.set(
    NAME,
    SETTINGS,
    ROUTE,
    Flag("--no-route", "Remove its routes first."),
    exclusive(QOS, NO_QOS),
    SET_TAGS,
    prepare=alter,
    validate=coherent,
)
router.unset(
    ROUTE,
    Flag("--external-gateway", "No external gateway."),
    Flag("--qos-policy", "No QoS policy of its gateway."),
    NO_EXTRA,
    UNSET_TAGS,
    prepare=retract,
)
router.delete()
