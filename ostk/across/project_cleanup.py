"""Emptying a project: what it owns in every service is found, shown, and deleted in an order that works."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress

import click

from ..errors import BadRequest, CatalogError, ConfigError, Conflict, ConnectionFailed, NotFound, OstkError, WaitError
from ..kinds import (
    CONTAINER,
    DNS_ZONE,
    FLOATING_IP,
    IMAGE,
    LOAD_BALANCER,
    NETWORK,
    OBJECT,
    PORT,
    PROJECT,
    ROUTER,
    SECRET,
    SECRET_CONTAINER,
    SECURITY_GROUP,
    SERVER,
    SERVER_GROUP,
    STACK,
    SUBNET,
    VOLUME,
    VOLUME_BACKUP,
    VOLUME_SNAPSHOT,
    VPN_CONNECTION,
    VPN_ENDPOINT_GROUP,
    VPN_IKE_POLICY,
    VPN_IPSEC_POLICY,
    VPN_SERVICE,
)
from ..language import Flag, Json, Kind, Noun, Opt, exclusive
from ..language.kind import as_columns
from ..language.service import BARBICAN, GLANCE, NEUTRON, OCTAVIA
from ..language.verbs import print_items
from ..owner import PROJECT_DOMAIN
from ..record import Record
from ..render.options import output_from
from ..session.access import seconds
from ..session.cloud import Cloud

project = Noun(PROJECT, "Manage projects: what resources belong to.")
COLUMNS = as_columns(["type id name"])
PATIENCE = 120.0  # seconds that one thing may take to be gone


class Sort(Record):
    """A sort of thing: what the table calls it, and the words any of which leave it out."""

    title: str
    kind: Kind
    words: str
    query: str = ""
    awaited: bool = False  # what it is made of, or stands on, goes only when it is gone


LAYOUT = "network.network network.router network.port network.subnet"  # these go together or not at all
STORED = "object_store.container object_store.object"
OBJECTS, CONTAINERS = Sort("Object", OBJECT, STORED), Sort("Container", CONTAINER, STORED)
# In the order in which they are deleted.
APART = [
    Sort("Stack", STACK, "orchestration.stack", awaited=True),
    Sort("LoadBalancer", LOAD_BALANCER, "load_balancer.load_balancer", "?cascade=true", awaited=True),
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
LONELY = Sort("Router", ROUTER, "network.router")
JOINED, PORTS, SUBNETS, NETWORKS = (
    Sort(title, kind, LAYOUT)
    for title, kind in {"Router": ROUTER, "Port": PORT, "Subnet": SUBNET, "Network": NETWORK}.items()
)
SORTS = [*APART, PLUG, JOINED, LONELY, PORTS, SUBNETS, NETWORKS]
KINDS = [kind for kind in dict.fromkeys(sort.kind for sort in SORTS) if kind is not OBJECT]
WORDS = sorted({word for sort in SORTS for word in sort.words.split()})
# What services call the times that the options are about.
TIMES = {
    "created_before": "created_at created creation_time".split(),
    "updated_before": "updated_at updated updated_time last_modified".split(),
}


class Found(Record):
    """One thing that is to be deleted."""

    sort: Sort
    item: Json
    path: str = ""

    @property
    def row(self) -> Json:
        """What the table says of it."""
        id = self.item[self.sort.kind.id]
        if self.sort.kind.service is BARBICAN:  # its IDs are addresses
            id = id.rpartition("/")[2]
        return {"type": self.sort.title, "id": id, "name": self.item.get(self.sort.kind.name)}

    @property
    def where(self) -> str:
        """Its path, at its service."""
        return (self.path or self.sort.kind.at(self.row["id"])) + self.sort.query


class Survey:
    """What a project owns, and of that what may go."""

    def __init__(self, cloud: Cloud, skip: Sequence[str], before: dict[str, float]) -> None:
        self.cloud, self.before, self.project = cloud, before, cloud.access.project_id
        self.left_out = {sort for sort in SORTS if set(sort.words.split()) & {*skip}}
        listed = cloud.at_once(self.listed, KINDS)
        # Where one list of a service is missing, what the others say is not enough to delete anything.
        unsure = {kind.service for kind, items in zip(KINDS, listed, strict=True) if items is None}
        self.all = {k: [] if k.service in unsure else items or [] for k, items in zip(KINDS, listed, strict=True)}
        self.going: set[str] = set()

    def listed(self, kind: Kind) -> list[Json] | None:
        """Those of a kind that the project owns; None if the service does not tell."""
        # A router, port or network that stays has a say in what may go beside it.
        if kind.service is not NEUTRON and self.left_out.issuperset(sort for sort in SORTS if sort.kind is kind):
            return []
        field = {GLANCE: "owner", NEUTRON: "project_id", OCTAVIA: "project_id"}.get(kind.service)
        try:
            if kind is CONTAINER:
                return self.containers()
            items = self.cloud.pages(kind, {field: self.project} if field else {})
            return [item for item in items if owners(item) <= {self.project}]
        except (CatalogError, NotFound):  # the cloud has no such service, or the service no such things
            return []
        except OstkError as error:
            OstkError(f"Left as it is, for it is not known what there is: {kind.noun}: {error.message}").show()
            return None

    def containers(self) -> list[Json]:
        """The containers, each with its objects."""

        def names(path: str) -> list[Json]:
            query, found = {"format": "json"}, list[Json]()
            while page := self.cloud.call(CONTAINER.service, "GET", path, params=query):
                if not isinstance(page, list):
                    raise ConnectionFailed("The service did not answer with a list.")
                found += page
                query["marker"] = page[-1]["name"]
            return found

        named = [one["name"] for one in names("")]
        inside = self.cloud.at_once(lambda name: names(CONTAINER.at(name)), named)
        return [{"name": name, "objects": objects} for name, objects in zip(named, inside, strict=True)]

    def old(self, item: Json) -> bool:
        """Whether it is as old as was asked for; what has no time is not."""
        for option, limit in self.before.items():
            time = next((at for key in TIMES[option] if (at := seconds(item.get(key, ""))) is not None), None)
            if time is None or time > limit:
                return False
        return True

    def may_go(self, sort: Sort, item: Json) -> bool:
        """Whether one of those that stand apart is to be deleted."""
        if sort.kind is SERVER_GROUP and not self.going.issuperset(item["members"]):
            return False
        if sort.kind is SECURITY_GROUP and item["name"] == "default":  # Neutron would make it anew
            return False
        if sort.kind is FLOATING_IP and self.before and item["port_id"]:
            device = next((port["device_id"] for port in self.all[PORT] if port["id"] == item["port_id"]), None)
            return device in self.going and self.old(item)
        return self.old(item)

    def found(self) -> Iterator[Found]:
        """What is to be deleted, in the order of the table."""
        for sort in APART:
            for item in self.all.get(sort.kind, []) if sort not in self.left_out else []:
                if sort is CONTAINERS:
                    yield from self.stored(item)
                elif self.may_go(sort, item):
                    self.going.add(str(item.get("id")))
                    yield Found(sort, item, STACK.at(item["stack_name"], item["id"]) if sort.kind is STACK else "")
        if NETWORKS not in self.left_out:
            for network in self.all[NETWORK]:
                if self.old(network):
                    yield from self.layout(network)
        plugged = {port["device_id"] for port in self.all[PORT]}
        if LONELY not in self.left_out:
            yield from (Found(LONELY, r) for r in self.all[ROUTER] if r["id"] not in plugged and self.old(r))

    def stored(self, container: Json) -> Iterator[Found]:
        """The objects of a container, and itself if none stays."""
        objects = [one for one in container["objects"] if self.old(one)]
        here = OBJECT.under(container["name"])
        yield from (Found(OBJECTS, one, here.at(one["name"])) for one in objects)
        if len(objects) == len(container["objects"]) and self.old(container):
            yield Found(CONTAINERS, container)

    def layout(self, network: Json) -> Iterator[Found]:
        """A network and what belongs to it, if nothing that stays is on it."""
        ports = [port for port in self.all[PORT] if port["network_id"] == network["id"]]
        routers = {router["id"]: router for router in self.all[ROUTER]}
        plugs = [port for port in ports if port["device_owner"] in PLUGS]
        free = [port for port in ports if not port["device_owner"]]
        others = [port for port in ports if port["device_owner"] not in ("", None, "network:dhcp", *PLUGS)]
        # Octavia's ports belong to "lb-" and the ID of the load balancer.
        stays = [port for port in others if port["device_id"].removeprefix("lb-") not in self.going]
        if stays or any(port["device_id"] not in routers for port in plugs):
            return
        for port in plugs:
            router = routers[port["device_id"]]
            yield Found(
                PLUG, {**port, "routes": router.get("routes")}, ROUTER.at(router["id"], "remove_router_interface")
            )
            yield Found(JOINED, router)
        yield from (Found(PORTS, port) for port in free)
        yield from (Found(SUBNETS, one) for one in self.all[SUBNET] if one["network_id"] == network["id"])
        yield Found(NETWORKS, network)


def owners(item: Json) -> set[str]:
    """The projects that a thing says it belongs to."""
    keys = [key for key in item if re.fullmatch(r"(os-[\w-]+:)?(project|tenant)_id|owner", key)]
    return {item[key] for key in keys if item[key]}


def delete(cloud: Cloud, one: Found) -> None:
    """Delete one thing; wait until it is gone if others need that."""
    kind = one.sort.kind
    if one.sort is PLUG:
        if one.item["routes"]:  # a router with routes of its own is not unplugged
            cloud.update(ROUTER, one.item["device_id"], {"routes": []})
        cloud.call(kind.service, "PUT", one.where, json={"port_id": one.item["id"]})
        return
    cloud.request(kind.service, "DELETE", one.where, microversion=kind.microversion)
    if one.sort.awaited:
        gone(cloud, one)


def gone(cloud: Cloud, one: Found) -> None:
    """Wait until something is gone. Errors: WaitError when it does not go."""
    import time

    kind, end = one.sort.kind, time.monotonic() + PATIENCE

    def ask() -> Json:
        path = one.where.removesuffix(one.sort.query)
        return cloud.unwrap(kind, cloud.call(kind.service, "GET", path, microversion=kind.microversion))

    def reached(now: Json) -> bool:
        state = str(now.get("status") or now.get("stack_status") or now.get("provisioning_status")).upper()
        if state in ("ERROR_DELETING", "DELETE_FAILED") or time.monotonic() > end:
            raise WaitError(f"It is not gone but in state {state}.")
        return state in ("DELETED", "DELETE_COMPLETE")

    with suppress(NotFound):
        cloud.poll(ask, reached)


def clear(cloud: Cloud, things: Sequence[Found]) -> None:
    """Delete things of one sort at once; name those that fail."""

    def attempt(one: Found) -> OstkError | None:
        try:
            delete(cloud, one)
        except NotFound:
            return None  # it went with something else
        except OstkError as error:
            return error
        return None

    failures = [(one, error) for one, error in zip(things, cloud.at_once(attempt, things), strict=True) if error]
    # A backup goes when those that build on it are gone.
    again = [one for one, error in failures if isinstance(error, (BadRequest, Conflict))]
    if again and len(failures) < len(things):
        failures = [(one, error) for one, error in failures if one not in again]
        clear(cloud, again)
    for one, error in failures:
        row = one.row
        OstkError(f"Could not delete {row['type']} {row['name'] or row['id']}: {error.message}", error.hint).show()


def inside(cloud: Cloud, project: str | None) -> Cloud:
    """The cloud with a token for that very project; whose things would be deleted is not certain without one."""
    home = cloud.access.project_id
    there = Cloud({**cloud.flags, "os_project_id": project}) if project and project != home else cloud
    if not there.access.project_id or there.access.project_id != (project or home):
        raise ConfigError(
            f"The token is not for {'the project ' + project if project else 'a project'}; nothing was deleted.",
            "Choose one with --project or --os-project-name, and credentials that can be used there.",
        )
    for service in {kind.service for kind in KINDS}:
        with suppress(CatalogError):
            if there is not cloud and home in re.split("[/_]", there.endpoint(service)):
                raise ConfigError(
                    f"The address that is set for {service.name} is that of the project {home}; nothing was deleted.",
                    f"Leave {service.setting}_endpoint_override out.",
                )
    return there


def limits(values: Json) -> dict[str, float]:
    """The times that were given, UTC where they name no zone. Errors: OstkError for one that is none."""
    found = {}
    for option in TIMES:
        if (text := values[option]) is not None:
            if (at := seconds(text)) is None:
                raise OstkError(f"{text!r} is not a time.", "Write it like 2026-01-31T12:00:00.")
            found[option] = at
    return found


@project.action(
    "cleanup",
    exclusive(
        Flag("--dry-run", "Only show what would be deleted."), Flag("--auto-approve", "Delete without asking first.")
    ),
    exclusive(
        Flag("--auth-project", "The project that the token is for."),
        Opt("--project", "Project to empty.", ref=PROJECT, domain=PROJECT_DOMAIN, local=True),
        required=True,
    ),
    PROJECT_DOMAIN,
    Opt("--created-before", "Only what was created before this time.", local=True),
    Opt("--updated-before", "Only what was changed before this time.", local=True),
    Opt(
        "--skip-resource",
        "What to leave, as compute.server; may be repeated.",
        choices=WORDS,
        multiple=True,
        local=True,
        metavar="SERVICE.RESOURCE",
    ),
    refuse=limits,
)
def cleanup(
    cloud: Cloud, project: str | None, values: Json, dry_run: bool, auto_approve: bool, skip_resource: Sequence[str]
) -> None:
    """Delete everything that a project owns: show it, ask, and delete it."""
    there = inside(cloud, project)
    things = list(Survey(there, skip_resource, limits(values)).found())
    width, fit = (int(os.environ.get(f"CLIFF_{name}") or 0) for name in ("MAX_TERM_WIDTH", "FIT_WIDTH"))
    output = output_from({"output_max_width": width, "output_fit_width": bool(fit)})
    print_items(COLUMNS, [one.row for one in things], output)
    if things and not dry_run and (auto_approve or agreed()):
        for sort in SORTS:
            # A router is named once for each of its ports.
            clear(there, list({(one.where, one.row["id"]): one for one in things if one.sort is sort}.values()))
    if there is not cloud:
        there.close()


def agreed() -> bool:
    """Ask whether all of it is really to be deleted."""
    if not sys.stdin.isatty():
        raise OstkError(
            "Nothing was deleted: there is no terminal to ask on.", "--auto-approve deletes without asking."
        )
    return click.confirm("Delete all of this?", err=True)
