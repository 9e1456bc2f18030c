"""`project cleanup`: find, show and delete all resources of a project, in the order of their dependencies."""

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
from ..api.key_manager import SECRET, SECRET_CONTAINER
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
from ..api.orchestration import NAMED_STACK
from ..auth.access import seconds
from ..errors import BadRequest, CatalogError, ConfigError, Conflict, HTTPNotFound, OstkError, WaitError
from ..language import Cloud, Flag, Json, Noun, Resource, Value, exclusive
from ..language.bulk import failure
from ..language.column import as_columns
from ..language.grammar import plural, prose
from ..language.view import print_items
from ..owner import PROJECT_DOMAIN
from ..record import Record
from ..render.options import output_from
from ..session.paging import name_pages

project = Noun(PROJECT, "Manage projects.")
COLUMNS = as_columns(["type id name"])
DELETION_TIMEOUT = 120.0  # seconds to wait for the deletion of one resource


class Step(Record):
    """A resource type to delete, as one step of the cleanup."""

    title: str  # the type as the table shows it
    resource: Resource
    skip_words: str  # values of --skip-resource that skip the step, separated by spaces
    parent: str = ""  # the field whose value fills the placeholder in the path
    query: tuple[tuple[str, str], ...] = ()  # query parameters of the DELETE
    wait: bool = False  # later steps depend on the deletion, so wait until it is complete


LAYOUT = "network.network network.router network.port network.subnet"  # deleted together or not at all
STORED = "object_store.container object_store.object"
OBJECTS, CONTAINERS = Step("Object", OBJECT, STORED, "container"), Step("Container", CONTAINER, STORED)
# Resource types that are deleted independently of networks, in the order of deletion.
STEPS_BEFORE_NETWORKS = [
    Step("Stack", NAMED_STACK, "orchestration.stack", "stack_name", wait=True),
    Step("LoadBalancer", LOAD_BALANCER, "load_balancer.load_balancer", query=(("cascade", "true"),), wait=True),
    Step("Zone", DNS_ZONE, "dns.zone"),
    Step("Container", SECRET_CONTAINER, "key_manager.container"),
    Step("Secret", SECRET, "key_manager.secret"),
    OBJECTS,
    CONTAINERS,
    Step("Server", SERVER, "compute.server", wait=True),
    Step("ServerGroup", SERVER_GROUP, "compute.server"),
    Step("Image", IMAGE, "image.image"),
    Step("Backup", VOLUME_BACKUP, "block_storage.backup", wait=True),
    Step("Snapshot", VOLUME_SNAPSHOT, "block_storage.snapshot", wait=True),
    Step("Volume", VOLUME, "block_storage.volume"),
    Step("VpnIPSecSiteConnection", VPN_CONNECTION, "network.vpn_ipsec_site_connection"),
    Step("VpnService", VPN_SERVICE, "network.vpn_service"),
    Step("VpnEndpointGroup", VPN_ENDPOINT_GROUP, "network.vpn_endpoint_group"),
    Step("VpnIkePolicy", VPN_IKE_POLICY, "network.vpn_ike_policy"),
    Step("VpnIpsecPolicy", VPN_IPSEC_POLICY, "network.vpn_ipsec_policy"),
    Step("FloatingIP", FLOATING_IP, "network.floating_ip"),
    Step("SecurityGroup", SECURITY_GROUP, "network.security_group"),
]
# A router interface is a port, but is removed by PUT /routers/ID/remove_router_interface.
ROUTER_INTERFACES = Step("Port", PORT, LAYOUT)
INTERFACE_OWNERS = (
    "network:router_interface",
    "network:router_interface_distributed",
    "network:ha_router_replicated_interface",
)
CONNECTED_ROUTERS, UNCONNECTED_ROUTERS = Step("Router", ROUTER, LAYOUT), Step("Router", ROUTER, "network.router")
PORTS, SUBNETS, NETWORKS = Step("Port", PORT, LAYOUT), Step("Subnet", SUBNET, LAYOUT), Step("Network", NETWORK, LAYOUT)
STEPS = [*STEPS_BEFORE_NETWORKS, ROUTER_INTERFACES, CONNECTED_ROUTERS, UNCONNECTED_ROUTERS, PORTS, SUBNETS, NETWORKS]
RESOURCES = [resource for resource in dict.fromkeys(step.resource for step in STEPS) if resource is not OBJECT]
SKIP_WORDS = sorted({word for step in STEPS for word in step.skip_words.split()})
# The fields that hold the time of each time option; they differ between services.
TIME_FIELDS = {
    "created_before": "created_at created creation_time".split(),
    "updated_before": "updated_at updated updated_time last_modified".split(),
}


class Deletion:
    """A resource to delete, and its `row` in the table."""

    def __init__(self, step: Step, item: Json) -> None:
        self.step, self.item = step, item
        self.resource = step.resource.under(item[step.parent]) if step.parent else step.resource
        self.id = item[self.resource.id]
        self.row = {"type": step.title, "id": self.id, "name": item.get(self.resource.name)}


class Survey:
    """The resources of a project, and the choice of those to delete.

    Args:
        cloud: The cloud, with a token for the project.
        skip: The values of --skip-resource.
        before: The values of --created-before and --updated-before that were given, in seconds since the epoch.
    """

    def __init__(self, cloud: Cloud, skip: Sequence[str], before: dict[str, float]) -> None:
        self.cloud, self.before, self.project = cloud, before, cloud.access.project_id
        self.skipped = {step for step in STEPS if set(step.skip_words.split()) & {*skip}}
        listed = cloud.map_concurrent(self.list_resources, RESOURCES)
        # If one list of a service failed, dependencies are unknown: nothing of that service is deleted.
        unknown = {resource.service for resource, items in zip(RESOURCES, listed, strict=True) if items is None}
        self.items = {
            resource: [] if resource.service in unknown else items or []
            for resource, items in zip(RESOURCES, listed, strict=True)
        }
        self.devices = {port["id"]: port["device_id"] for port in self.items[PORT]}
        self.routers = {router["id"]: router for router in self.items[ROUTER]}
        self.deleted_ids: set[str] = set()

    def list_resources(self, resource: Resource) -> list[Json] | None:
        """Return the resources of a type that belong to the project, None if the list failed."""
        # Skipped routers, ports and networks are listed all the same: what they are connected to is not deleted.
        if resource.service is not NEUTRON and self.skipped.issuperset(
            step for step in STEPS if step.resource is resource
        ):
            return []
        field = {GLANCE: "owner", NEUTRON: "project_id", OCTAVIA: "project_id"}.get(resource.service)
        try:
            if resource is CONTAINER:
                return self.list_containers()
            items = self.cloud.pages(resource, {field: self.project} if field else {})
            return [item for item in items if owners(item) <= {self.project}]
        except (CatalogError, HTTPNotFound):  # the cloud has no such service, or the service no such resource type
            return []
        except OstkError as error:
            OstkError(
                f"Could not list the {plural(prose(resource.noun))} of the project, so no resource of the "
                f"{resource.service.types[0]} service will be deleted: {error.message}"
            ).show()
            return None

    def list_containers(self) -> list[Json]:
        """Return the containers of the object store: {"name": …, "objects": [{"name": …, "container": …}]}."""

        def list_path(path: str) -> list[Json]:
            pages = name_pages(
                lambda query: self.cloud.call(CONTAINER.service, "GET", path, params=query), {"format": "json"}
            )
            return [*chain.from_iterable(pages)]

        def with_objects(container: Json) -> Json:
            name = container["name"]
            return {"name": name, "objects": [{**item, "container": name} for item in list_path(CONTAINER.at(name))]}

        return self.cloud.map_concurrent(with_objects, list_path(""))

    def is_old(self, item: Json) -> bool:
        """Return True if a resource is older than the time options; a resource without a time is not."""
        return all(
            next((at for key in TIME_FIELDS[option] if (at := seconds(item.get(key, ""))) is not None), math.inf)
            <= limit
            for option, limit in self.before.items()
        )

    def is_deletable(self, step: Step, item: Json) -> bool:
        """Return True if a resource may be deleted as far as dependencies and the time options go."""
        if step is UNCONNECTED_ROUTERS and item["id"] in self.devices.values():
            return False
        if step.resource is SERVER_GROUP and not self.deleted_ids.issuperset(item["members"]):
            return False
        # Neutron creates the default security group again after its deletion.
        if step.resource is SECURITY_GROUP and item["name"] == "default":
            return False
        if step.resource is FLOATING_IP and self.before and item["port_id"]:
            return self.devices.get(item["port_id"]) in self.deleted_ids and self.is_old(item)
        return self.is_old(item)

    def deletions(self) -> Iterator[Deletion]:
        """Yield the resources to delete, in the order of the table."""
        for step in [*STEPS_BEFORE_NETWORKS, NETWORKS, UNCONNECTED_ROUTERS]:
            for item in self.items.get(step.resource, []) if step not in self.skipped else []:
                if step is CONTAINERS:
                    yield from self.container_deletions(item)
                elif step is NETWORKS:
                    yield from self.network_deletions(item)
                elif self.is_deletable(step, item):
                    self.deleted_ids.add(str(item.get("id")))
                    yield Deletion(step, item)

    def container_deletions(self, container: Json) -> Iterator[Deletion]:
        """Yield the objects of a container, and the container if all of its objects are deleted."""
        objects = [item for item in container["objects"] if self.is_old(item)]
        yield from (Deletion(OBJECTS, item) for item in objects)
        if len(objects) == len(container["objects"]) and self.is_old(container):
            yield Deletion(CONTAINERS, container)

    def network_deletions(self, network: Json) -> Iterator[Deletion]:
        """Yield a network with its router interfaces, routers, ports and subnets, if no other port remains on it."""
        ports, subnets = (
            [item for item in self.items[resource] if item["network_id"] == network["id"]]
            for resource in (PORT, SUBNET)
        )
        if not (self.is_old(network) and all(map(self.is_removable, ports))):
            return
        for port in ports:
            if port["device_owner"] in INTERFACE_OWNERS:
                router = self.routers[port["device_id"]]
                yield Deletion(ROUTER_INTERFACES, {**port, "routes": router.get("routes")})
                yield Deletion(CONNECTED_ROUTERS, router)
        yield from (Deletion(PORTS, port) for port in ports if not port["device_owner"])
        yield from (Deletion(SUBNETS, subnet) for subnet in subnets)
        yield Deletion(NETWORKS, network)

    def is_removable(self, port: Json) -> bool:
        """Return True if a port is deleted on its own or with its device."""
        owner, device = port["device_owner"], port["device_id"]
        if owner in INTERFACE_OWNERS:
            return device in self.routers
        # The device_id of a port of Octavia is "lb-" and the ID of the load balancer.
        return owner in ("", None, "network:dhcp") or device.removeprefix("lb-") in self.deleted_ids


def owners(item: Json) -> set[str]:
    """Return the IDs of the projects that a resource names as its owner."""
    keys = [key for key in item if re.fullmatch(r"(os-[\w-]+:)?(project|tenant)_id|owner", key)]
    return {item[key] for key in keys if item[key]}


def delete(cloud: Cloud, deletion: Deletion) -> None:
    """Delete a resource, and wait until the deletion is complete if later steps depend on it.

    A resource that does not exist any more is no error: it was deleted together with another one.

    Raises:
        WaitError: The deletion failed or took longer than DELETION_TIMEOUT.
    """
    with suppress(HTTPNotFound):
        if deletion.step is ROUTER_INTERFACES:
            router = deletion.item["device_id"]
            if deletion.item["routes"]:  # Neutron refuses to remove an interface that a static route uses
                cloud.update(ROUTER, router, {"routes": []})
            cloud.send(ROUTER, "PUT", router, "remove_router_interface", json={"port_id": deletion.id})
            return
        cloud.delete(deletion.resource, deletion.id, dict(deletion.step.query))
        if deletion.step.wait:
            deadline = time.monotonic() + DELETION_TIMEOUT
            cloud.poll(
                lambda: cloud.fetch(deletion.resource, deletion.id), lambda current: is_deleted(current, deadline)
            )


def is_deleted(item: Json, deadline: float) -> bool:
    """Return True if a resource that can still be fetched has the status DELETED or DELETE_COMPLETE.

    Raises:
        WaitError: The status says that the deletion failed, or `deadline` (of time.monotonic) has passed.
    """
    status = str(item.get("status") or item.get("stack_status") or item.get("provisioning_status")).upper()
    if status in ("ERROR_DELETING", "DELETE_FAILED") or time.monotonic() > deadline:
        raise WaitError(f"The resource still exists, in status {status}.")
    return status in ("DELETED", "DELETE_COMPLETE")


def delete_all(cloud: Cloud, deletions: Sequence[Deletion]) -> None:
    """Delete the resources of one step concurrently, and show the errors of those that fail."""
    errors = cloud.map_concurrent(lambda deletion: failure(delete, cloud, deletion), deletions)
    failed = [(deletion, error) for deletion, error in zip(deletions, errors, strict=True) if error]
    retried = [deletion for deletion, error in failed if isinstance(error, (BadRequest, Conflict))]
    if retried and len(failed) < len(deletions):
        # Cinder refuses to delete a backup before its incremental backups, which are deleted by now.
        delete_all(cloud, retried)
        failed = [(deletion, error) for deletion, error in failed if deletion not in retried]
    for deletion, error in failed:
        name = deletion.row["name"] or deletion.id
        OstkError(f"Could not delete {deletion.step.title} {name}: {error.message}", error.hint).show()


def project_cloud(cloud: Cloud, project: str | None) -> Cloud:
    """Return a cloud with a token for the project to clean up, given by ID; None for the project of the token.

    Raises:
        ConfigError: The token is not for the project, or an endpoint override holds the ID of another project.
    """
    own_project = cloud.access.project_id
    scoped = Cloud({**cloud.flags, "os_project_id": project}) if project and project != own_project else cloud
    if not scoped.access.project_id or scoped.access.project_id != (project or own_project):
        raise ConfigError(
            f"The token is not for {'the project ' + project if project else 'a project'}; nothing was deleted.",
            "Choose a project with --project or --os-project-name, and credentials that have a role on the project.",
        )
    for service in {resource.service for resource in RESOURCES}:
        with suppress(CatalogError):
            if scoped is not cloud and own_project in re.split("[/_]", scoped.endpoint(service)):
                name = service.types[0]
                raise ConfigError(
                    f"The endpoint override of the {name} service is for project {own_project}; nothing was deleted.",
                    f"Unset {service.setting}_endpoint_override.",
                )
    return scoped


def parse_time(text: str) -> float:
    """Return a time in seconds since the epoch; UTC if the text has no time zone.

    Raises:
        OstkError: The text is not a time in ISO 8601.
    """
    if (at := seconds(text)) is None:
        raise OstkError(f"{text!r} is not a time.", "Write the time in ISO 8601: 2026-01-31T12:00:00.")
    return at


@project.action(
    "cleanup",
    exclusive(
        Flag("--dry-run", "Show the resources that would be deleted, and delete nothing."),
        Flag("--auto-approve", "Delete without a confirmation prompt."),
    ),
    exclusive(
        Flag("--auth-project", "Clean up the current project, which the token is for."),
        Value("--project", "Project to clean up.", ref=PROJECT, domain=PROJECT_DOMAIN),
        required=True,
    ),
    PROJECT_DOMAIN,
    Value(
        "--created-before",
        "Delete only resources created before this time (ISO 8601).",
        type=parse_time,
        metavar="TIME",
    ),
    Value(
        "--updated-before",
        "Delete only resources last updated before this time (ISO 8601).",
        type=parse_time,
        metavar="TIME",
    ),
    Value(
        "--skip-resource...",
        "Resource type to keep, e.g. compute.server.",
        choices=SKIP_WORDS,
        metavar="SERVICE.RESOURCE",
    ),
)
def cleanup(cloud: Cloud, project: str | None, values: Json, dry_run: bool, auto_approve: bool) -> None:
    """Delete all resources of a project, after a confirmation prompt. Deleted data is lost."""
    scoped = project_cloud(cloud, project)
    before = {option: values[option] for option in TIME_FIELDS if values[option] is not None}
    deletions = list(Survey(scoped, values["skip_resource"], before).deletions())
    width, fit = (int(os.environ.get(f"CLIFF_{name}") or 0) for name in ("MAX_TERM_WIDTH", "FIT_WIDTH"))
    output = output_from({"output_max_width": width, "output_fit_width": bool(fit)})
    print_items(COLUMNS, [deletion.row for deletion in deletions], output)
    if deletions and not dry_run and (auto_approve or confirm()):
        for step in STEPS:
            # A connected router is in the list once for each of its interfaces.
            unique = {(item.resource, item.id): item for item in deletions if item.step is step}
            delete_all(scoped, list(unique.values()))
    if scoped is not cloud:
        scoped.end_command()
        scoped.close()


def confirm() -> bool:
    """Prompt for a confirmation of the deletion.

    Raises:
        OstkError: Standard input is not a terminal.
    """
    if not sys.stdin.isatty():
        raise OstkError(
            "Nothing was deleted: standard input is not a terminal, so no confirmation is possible.",
            "Use --auto-approve to delete without a confirmation prompt.",
        )
    return click.confirm("Delete all of these resources?", err=True)
