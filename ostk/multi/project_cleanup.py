"""Emptying a project: what it owns in every service is found, shown, and deleted in an order that works."""

from __future__ import annotations

import math
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain

import click

from ..api.block_storage import VOLUME, VOLUME_BACKUP, VOLUME_SNAPSHOT
from ..api.compute import SERVER, SERVER_GROUP
from ..api.dns import DNS_ZONE
from ..api.identity import PROJECT
from ..api.image import GLANCE, IMAGE
from ..api.key_manager import BARBICAN, SECRET, SECRET_CONTAINER
from ..api.load_balancer import LOAD_BALANCER, OCTAVIA
from ..api.network import (
    FLOATING_IP,
    NETWORK,
    NEUTRON,
    PORT,
    ROUTER,
    SECURITY_GROUP,
    SUBNET,
    VPN_CONNECTION,
    VPN_ENDPOINT_GROUP,
    VPN_IKE_POLICY,
    VPN_IPSEC_POLICY,
    VPN_SERVICE,
)
from ..api.object_store import CONTAINER, OBJECT
from ..api.orchestration import STACK
from ..auth.access import seconds
from ..errors import BadRequest, CatalogError, ConfigError, Conflict, HTTPNotFound, OstkError, WaitError
from ..language import Flag, Json, Noun, Opt, Resource, exclusive
from ..language.column import as_columns
from ..language.verbs import failure
from ..language.view import print_items
from ..owner import PROJECT_DOMAIN
from ..record import Record
from ..render.options import output_from
from ..session.cloud import Cloud
from ..session.paging import name_pages

project = Noun(PROJECT, "Manage projects: what resources belong to.")
COLUMNS = as_columns(["type id name"])
TIMEOUT = 120.0  # seconds that one thing may take to be gone


class Sort(Record):
    """A sort of thing: what the table calls it, and the words any of which leave it out.

    `parent` is the field whose value fills the gap in its path, `query` what its deletion needs besides.
    """

    title: str
    resource: Resource
    words: str
    parent: str = ""
    query: tuple[tuple[str, str], ...] = ()
    awaited: bool = False  # what it is made of, or stands on, goes only when it is gone


LAYOUT = "network.network network.router network.port network.subnet"  # these go together or not at all
STORED = "object_store.container object_store.object"
OBJECTS, CONTAINERS = Sort("Object", OBJECT, STORED, "container"), Sort("Container", CONTAINER, STORED)
# In the order in which they are deleted.
APART = [
    Sort("Stack", STACK, "orchestration.stack", "stack_name", awaited=True),
    Sort("LoadBalancer", LOAD_BALANCER, "load_balancer.load_balancer", query=(("cascade", "true"),), awaited=True),
    Sort("Zone", DNS_ZONE, "dns.zone"),
    Sort("Container", SECRET_CONTAINER, "key_manager.container"),
    Sort("Secret", SECRET, "key_manager.secret"),
    OBJECTS,
    CONTAINERS,
    Sort("Server", SERVER, "compute.server", awaited=True),
    Sort("ServerGroup", SERVER_GROUP, "compute.server"),
    Sort("Image", IMAGE, "image.image"),
    Sort("Backup", VOLUME_BACKUP, "block_storage.backup", awaited=True),
    Sort("Snapshot", VOLUME_SNAPSHOT, "block_storage.snapshot", awaited=True),
    Sort("Volume", VOLUME, "block_storage.volume"),
    Sort("VpnIPSecSiteConnection", VPN_CONNECTION, "network.vpn_ipsec_site_connection"),
    Sort("VpnService", VPN_SERVICE, "network.vpn_service"),
    Sort("VpnEndpointGroup", VPN_ENDPOINT_GROUP, "network.vpn_endpoint_group"),
    Sort("VpnIkePolicy", VPN_IKE_POLICY, "network.vpn_ike_policy"),
    Sort("VpnIpsecPolicy", VPN_IPSEC_POLICY, "network.vpn_ipsec_policy"),
    Sort("FloatingIP", FLOATING_IP, "network.floating_ip"),
    Sort("SecurityGroup", SECURITY_GROUP, "network.security_group"),
]
PLUG = Sort("Port", PORT, LAYOUT)  # a router's port: the router is unplugged from the network
PLUGS = ("network:router_interface", "network:router_interface_distributed", "network:ha_router_replicated_interface")
JOINED, LONELY = Sort("Router", ROUTER, LAYOUT), Sort("Router", ROUTER, "network.router")
PORTS, SUBNETS, NETWORKS = Sort("Port", PORT, LAYOUT), Sort("Subnet", SUBNET, LAYOUT), Sort("Network", NETWORK, LAYOUT)
SORTS = [*APART, PLUG, JOINED, LONELY, PORTS, SUBNETS, NETWORKS]
RESOURCES = [resource for resource in dict.fromkeys(sort.resource for sort in SORTS) if resource is not OBJECT]
WORDS = sorted({word for sort in SORTS for word in sort.words.split()})
# What services call the times that the options are about.
TIMES = {
    "created_before": "created_at created creation_time".split(),
    "updated_before": "updated_at updated updated_time last_modified".split(),
}


class Found:
    """One thing that is to be deleted, and the `row` of the table that says so."""

    def __init__(self, sort: Sort, item: Json) -> None:
        self.sort, self.item = sort, item
        self.resource = sort.resource.under(item[sort.parent]) if sort.parent else sort.resource
        id = item[self.resource.id]
        self.id = id.rpartition("/")[2] if self.resource.service is BARBICAN else id  # Barbican's are addresses
        self.row = {"type": sort.title, "id": self.id, "name": item.get(self.resource.name)}


class Survey:
    """What a project owns, and of that what may go."""

    def __init__(self, cloud: Cloud, skip: Sequence[str], before: dict[str, float]) -> None:
        self.cloud, self.before, self.project = cloud, before, cloud.access.project_id
        self.left_out = {sort for sort in SORTS if set(sort.words.split()) & {*skip}}
        listed = cloud.map_concurrent(self.listed, RESOURCES)
        # Where one list of a service is missing, what the others say is not enough to delete anything.
        unsure = {resource.service for resource, items in zip(RESOURCES, listed, strict=True) if items is None}
        self.all = {k: [] if k.service in unsure else items or [] for k, items in zip(RESOURCES, listed, strict=True)}
        self.devices = {port["id"]: port["device_id"] for port in self.all[PORT]}
        self.routers = {router["id"]: router for router in self.all[ROUTER]}
        self.going: set[str] = set()

    def listed(self, resource: Resource) -> list[Json] | None:
        """Those of a kind that the project owns; None if the service does not tell."""
        # A router, port or network that stays has a say in what may go beside it.
        if resource.service is not NEUTRON and self.left_out.issuperset(
            sort for sort in SORTS if sort.resource is resource
        ):
            return []
        field = {GLANCE: "owner", NEUTRON: "project_id", OCTAVIA: "project_id"}.get(resource.service)
        try:
            if resource is CONTAINER:
                return self.containers()
            items = self.cloud.pages(resource, {field: self.project} if field else {})
            return [item for item in items if owners(item) <= {self.project}]
        except (CatalogError, HTTPNotFound):  # the cloud has no such service, or the service no such things
            return []
        except OstkError as error:
            OstkError(f"Left as it is, for it is not known what there is: {resource.noun}: {error.message}").show()
            return None

    def containers(self) -> list[Json]:
        """The containers, each with its objects."""

        def names(path: str) -> list[Json]:
            pages = name_pages(
                lambda query: self.cloud.call(CONTAINER.service, "GET", path, params=query), {"format": "json"}
            )
            return [*chain.from_iterable(pages)]

        def filled(container: Json) -> Json:
            name = container["name"]
            return {"name": name, "objects": [{**one, "container": name} for one in names(CONTAINER.at(name))]}

        return self.cloud.map_concurrent(filled, names(""))

    def old(self, item: Json) -> bool:
        """Whether it is as old as was asked for; what has no time is not."""
        return all(
            next((at for key in TIMES[option] if (at := seconds(item.get(key, ""))) is not None), math.inf) <= limit
            for option, limit in self.before.items()
        )

    def may_go(self, sort: Sort, item: Json) -> bool:
        """Whether a thing is to be deleted if nothing else needs it."""
        if sort is LONELY and item["id"] in self.devices.values():
            return False
        if sort.resource is SERVER_GROUP and not self.going.issuperset(item["members"]):
            return False
        if sort.resource is SECURITY_GROUP and item["name"] == "default":  # Neutron would make it anew
            return False
        if sort.resource is FLOATING_IP and self.before and item["port_id"]:
            return self.devices.get(item["port_id"]) in self.going and self.old(item)
        return self.old(item)

    def found(self) -> Iterator[Found]:
        """What is to be deleted, in the order of the table."""
        for sort in [*APART, NETWORKS, LONELY]:
            for item in self.all.get(sort.resource, []) if sort not in self.left_out else []:
                if sort is CONTAINERS:
                    yield from self.stored(item)
                elif sort is NETWORKS:
                    yield from self.layout(item)
                elif self.may_go(sort, item):
                    self.going.add(str(item.get("id")))
                    yield Found(sort, item)

    def stored(self, container: Json) -> Iterator[Found]:
        """The objects of a container, and itself if none stays."""
        objects = [one for one in container["objects"] if self.old(one)]
        yield from (Found(OBJECTS, one) for one in objects)
        if len(objects) == len(container["objects"]) and self.old(container):
            yield Found(CONTAINERS, container)

    def layout(self, network: Json) -> Iterator[Found]:
        """A network and what belongs to it, if nothing that stays is on it."""
        ports, subnets = ([one for one in self.all[k] if one["network_id"] == network["id"]] for k in (PORT, SUBNET))
        if not (self.old(network) and all(map(self.goes, ports))):
            return
        for port in ports:
            if port["device_owner"] in PLUGS:
                router = self.routers[port["device_id"]]
                yield Found(PLUG, {**port, "routes": router.get("routes")})
                yield Found(JOINED, router)
        yield from (Found(PORTS, port) for port in ports if not port["device_owner"])
        yield from (Found(SUBNETS, subnet) for subnet in subnets)
        yield Found(NETWORKS, network)

    def goes(self, port: Json) -> bool:
        """Whether a port goes by itself or with what it belongs to."""
        owner, device = port["device_owner"], port["device_id"]
        if owner in PLUGS:
            return device in self.routers
        # Octavia's ports belong to "lb-" and the ID of the load balancer.
        return owner in ("", None, "network:dhcp") or device.removeprefix("lb-") in self.going


def owners(item: Json) -> set[str]:
    """The projects that a thing says it belongs to."""
    keys = [key for key in item if re.fullmatch(r"(os-[\w-]+:)?(project|tenant)_id|owner", key)]
    return {item[key] for key in keys if item[key]}


def delete(cloud: Cloud, one: Found) -> None:
    """Delete one thing, unless it went with something else; wait until it is gone if others need that."""
    with suppress(HTTPNotFound):
        if one.sort is PLUG:
            router = one.item["device_id"]
            if one.item["routes"]:  # a router with routes of its own is not unplugged
                cloud.update(ROUTER, router, {"routes": []})
            cloud.call(NEUTRON, "PUT", ROUTER.at(router, "remove_router_interface"), json={"port_id": one.id})
            return
        cloud.delete(one.resource, one.id, dict(one.sort.query))
        if one.sort.awaited:
            end = time.monotonic() + TIMEOUT
            cloud.poll(lambda: cloud.fetch(one.resource, one.id), lambda now: gone(now, end))


def gone(now: Json, end: float) -> bool:
    """Whether something that is still told of is gone. Errors: WaitError when it does not go."""
    state = str(now.get("status") or now.get("stack_status") or now.get("provisioning_status")).upper()
    if state in ("ERROR_DELETING", "DELETE_FAILED") or time.monotonic() > end:
        raise WaitError(f"It is not gone but in state {state}.")
    return state in ("DELETED", "DELETE_COMPLETE")


def clear(cloud: Cloud, things: Sequence[Found]) -> None:
    """Delete things of one sort at once; name those that fail."""
    errors = cloud.map_concurrent(lambda one: failure(delete, cloud, one), things)
    failed = [(one, error) for one, error in zip(things, errors, strict=True) if error]
    again = [one for one, error in failed if isinstance(error, (BadRequest, Conflict))]
    if again and len(failed) < len(things):
        # A backup goes when those that build on it are gone.
        clear(cloud, again)
        failed = [(one, error) for one, error in failed if one not in again]
    for one, error in failed:
        name = one.row["name"] or one.id
        OstkError(f"Could not delete {one.sort.title} {name}: {error.message}", error.hint).show()


def parent(cloud: Cloud, project: str | None) -> Cloud:
    """The cloud with a token for that very project; whose things would be deleted is not certain without one."""
    home = cloud.access.project_id
    there = Cloud({**cloud.flags, "os_project_id": project}) if project and project != home else cloud
    if not there.access.project_id or there.access.project_id != (project or home):
        raise ConfigError(
            f"The token is not for {'the project ' + project if project else 'a project'}; nothing was deleted.",
            "Choose one with --project or --os-project-name, and credentials that can be used there.",
        )
    for service in {resource.service for resource in RESOURCES}:
        with suppress(CatalogError):
            if there is not cloud and home in re.split("[/_]", there.endpoint(service)):
                raise ConfigError(
                    f"The address that is set for {service.name} is that of the project {home}; nothing was deleted.",
                    f"Leave {service.setting}_endpoint_override out.",
                )
    return there


def moment(text: str) -> float:
    """A time in seconds, UTC where it names no zone. Errors: OstkError for what is no time."""
    if (at := seconds(text)) is None:
        raise OstkError(f"{text!r} is not a time.", "Write it like 2026-01-31T12:00:00.")
    return at


@project.action(
    "cleanup",
    exclusive(
        Flag("--dry-run", "Only show what would be deleted."), Flag("--auto-approve", "Delete without asking first.")
    ),
    exclusive(
        Flag("--auth-project", "The project that the token is for."),
        Opt("--project", "Project to empty.", ref=PROJECT, domain=PROJECT_DOMAIN, not_sent=True),
        required=True,
    ),
    PROJECT_DOMAIN,
    Opt("--created-before", "Only what was created before this time.", type=moment, not_sent=True, metavar="TIME"),
    Opt("--updated-before", "Only what was changed before this time.", type=moment, not_sent=True, metavar="TIME"),
    Opt(
        "--skip-resource",
        "What to leave, as compute.server; may be repeated.",
        choices=WORDS,
        multiple=True,
        not_sent=True,
        metavar="SERVICE.RESOURCE",
    ),
)
def cleanup(cloud: Cloud, project: str | None, values: Json, dry_run: bool, auto_approve: bool) -> None:
    """Delete everything that a project owns: show it, ask, and delete it."""
    there = parent(cloud, project)
    before = {option: values[option] for option in TIMES if values[option] is not None}
    things = list(Survey(there, values["skip_resource"], before).found())
    width, fit = (int(os.environ.get(f"CLIFF_{name}") or 0) for name in ("MAX_TERM_WIDTH", "FIT_WIDTH"))
    output = output_from({"output_max_width": width, "output_fit_width": bool(fit)})
    print_items(COLUMNS, [one.row for one in things], output)
    if things and not dry_run and (auto_approve or agreed()):
        for sort in SORTS:
            # A router is named once for each of its ports.
            clear(there, list({(one.resource, one.id): one for one in things if one.sort is sort}.values()))
    if there is not cloud:
        there.close()


def agreed() -> bool:
    """Ask whether all of it is really to be deleted."""
    if not sys.stdin.isatty():
        raise OstkError(
            "Nothing was deleted: there is no terminal to ask on.", "--auto-approve deletes without asking."
        )
    return click.confirm("Delete all of this?", err=True)
