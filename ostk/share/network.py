"""Share networks: where share servers are reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..api.network import NETWORK, SUBNET
from ..api.shared_file_system import SHARE_NETWORK, SHARE_SECURITY_SERVICE
from ..console import write_message
from ..language import ALL_FIELDS_IN_API_ORDER, DESCRIPTION, NAME, NULL, WAIT, Arg, Column, Flag, Json, Noun, Opt
from ..owner import OF_PROJECT
from ..record import replace
from ..session.cloud import Cloud
from ..session.optional_details import optional
from .lists import ALL_PROJECTS, NAMED, with_project
from .shape import PARTS
from .wait import gone

network = Noun(
    SHARE_NETWORK,
    "Manage share networks: where share servers are reached.",
    columns=["id name"],
    long=["status created_at updated_at description"],
    fields=[
        ALL_FIELDS_IN_API_ORDER,
        *(Column(key, format=PARTS) for key in ("share_network_subnets", "security_services")),
    ],
)


def in_neutron(help: str, assume_id_if_missing: bool = False) -> list[Opt]:
    """The options for a network and a subnet of Neutron, perhaps of ones that are `gone`."""
    return [
        Opt(
            f"--neutron-{word}-id",
            help.format(resource.noun),
            ref=replace(resource, assume_id_if_missing=assume_id_if_missing),
            key=f"neutron_{word}_id",
        )
        for word, resource in (("net", NETWORK), ("subnet", SUBNET))
    ]


@network.shower(
    "create",
    Opt("--name", "Its name."),
    DESCRIPTION,
    in_neutron("The {} that its subnet is in."),
    Opt("--availability-zone", "The only zone that its subnet is for.", since="2.51"),
)
def create(cloud: Cloud, body: Json) -> Json:
    """Create a share network."""
    return cloud.create(SHARE_NETWORK, body)


@network.shower("show", Arg("share_network", names=SHARE_NETWORK, not_sent=True))
def show(cloud: Cloud, share_network: str) -> Json:
    """Show a share network, with its subnets and security services."""
    item = cloud.get(SHARE_NETWORK, share_network)
    subnets = item.get("share_network_subnets") or []
    for subnet in subnets:
        subnet["properties"] = subnet.pop("metadata", {})

    def services() -> list[Json]:
        query, path = {"share_network_id": item["id"]}, SHARE_SECURITY_SERVICE.path
        found = cloud.pages(SHARE_SECURITY_SERVICE, query, path=path)
        return [{"security_service_name": one["name"], "security_service_id": one["id"]} for one in found]

    told = optional(services, None, f"the security services of share network {item.get('name') or item['id']}")
    return {**item, "share_network_subnets": subnets, "security_services": told}


@network.lister(
    "list",
    NAMED,
    ALL_PROJECTS,
    OF_PROJECT,
    Opt("--created-since", "Only those created since this day: YYYY-MM-DD."),
    Opt("--created-before", "Only those created before this day: YYYY-MM-DD."),
    Opt("--security-service", "Only those with this security service.", ref=SHARE_SECURITY_SERVICE),
    in_neutron("Only those in this {}.", assume_id_if_missing=True),
    Opt("--network-type", "Only those of this type, such as vlan."),
    Opt("--segmentation-id", "Only those with this segmentation ID."),
    Opt("--cidr", "Only those with this range of addresses."),
    Opt("--ip-version", "Only those of this IP version.", choices="4 6"),
    Flag("--detail long", "Show more columns."),
    also=["project_id"],
)
def list_networks(cloud: Cloud, body: Json, columns: Sequence[Column]) -> tuple[list[Column], Iterable[Json]]:
    """List share networks."""
    return with_project(columns, body), cloud.pages(SHARE_NETWORK, body)


def secure(cloud: Cloud, item: Json, body: Json) -> None:
    """Give a share network a security service, or another one; or ask whether it can have it."""
    restart, check = "restart_check" in body, "check_only" in body
    content = {"security_service_id": body["new_service_id"]}
    verb = "add_security_service"
    if "current_service_id" in body:
        verb, content = "update_security_service", {key: body[key] for key in ("current_service_id", "new_service_id")}
    if not (check or restart):
        cloud.act(SHARE_NETWORK, item["id"], verb, content)
        return
    reply = cloud.act(SHARE_NETWORK, item["id"], f"{verb}_check", {**content, "reset_operation": restart})
    found = {True: "It can have it.", False: "It cannot have it."}
    write_message(found.get(reply["compatible"], "That is being checked: ask again in a while."))


def checking(flag: str, help: str) -> Opt:
    """A flag that has the change checked, and not made."""
    return Opt(flag, help, is_flag=True, action=secure, since="2.63", needs="--new-security-service")


network.set(
    NAME,
    DESCRIPTION,
    Opt(
        "--status",
        "State to set it to by hand.",
        choices="active error network_change",
        action="reset_status",
        since="2.63",
    ),
    in_neutron("The {} that its subnet for all zones is in."),
    Opt(
        "--current-security-service",
        "Security service to replace.",
        ref=SHARE_SECURITY_SERVICE,
        key="current_service_id",
        action=secure,
        since="2.63",
        needs="--new-security-service",
    ),
    Opt(
        "--new-security-service",
        "Security service to give it.",
        ref=SHARE_SECURITY_SERVICE,
        key="new_service_id",
        action=secure,
    ),
    checking("--check-only", "Say whether it can have it; change nothing."),
    checking("--restart-check", "The same, checked anew."),
)
network.unset(
    Opt("--name", "Take its name away.", value=NULL),
    Opt("--description", "Take its description away.", value=NULL),
    Opt("--security-service", "One to take away.", ref=SHARE_SECURITY_SERVICE, action="remove_security_service"),
)


@network.each("delete", WAIT)
def delete(cloud: Cloud, share_network: str, wait: bool) -> None:
    """Delete share networks."""
    id = cloud.find(SHARE_NETWORK, share_network)
    cloud.delete(SHARE_NETWORK, id)
    if wait:
        gone(cloud, SHARE_NETWORK, id)
