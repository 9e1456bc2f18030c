"""Compute services: the Nova processes on each host (nova-compute, nova-scheduler, nova-conductor)."""

from operator import not_

from ..api.compute import COMPUTE_SERVICE
from ..errors import ResourceNotFound
from ..language import LONG, Arg, Cloud, Column, Json, Noun, Opt

NOVA = COMPUTE_SERVICE.service
STATUS = {True: "enabled", False: "disabled"}

service = Noun(
    COMPUTE_SERVICE,
    "Manage compute services: nova-compute and others.",
    columns=["id binary host zone status state updated_at"],
    long=["disabled_reason", Column("forced_down", since="2.11")],
    admin="list delete",
)
service.list(
    Opt("--host", "Filter by host."),
    Opt("--service", "Filter by service binary, e.g. nova-compute or nova-scheduler.", key="binary"),
    LONG,
)
service.delete()


@service.action(
    "set",
    Arg("host", "Name of the host.", not_sent=True),
    Arg("service", "Binary of the service, e.g. nova-compute.", not_sent=True),
    Opt("--enable/--disable", "Enable or disable the service.", key="status", convert=STATUS.get),
    Opt("--disable-reason", "Reason for disabling the service.", key="disabled_reason", needs="--disable"),
    Opt(
        "--up/--down",
        "Unset or set the forced-down flag of the service.",
        key="forced_down",
        convert=not_,
        since="2.11",
    ),
)
def set_service(cloud: Cloud, host: str, service: str, body: Json) -> None:
    """Enable or disable a compute service, or force the service down (admin only)."""
    query = {"host": host, "binary": service}
    changes = {key: value for key, value in body.items() if value != ""}
    if not cloud.supports(NOVA, "2.53"):
        set_by_host(cloud, query, **changes)
        return
    services = list(cloud.pages(COMPUTE_SERVICE, query))
    if not services:
        raise ResourceNotFound(f"There is no service {service} on the host {host}.")
    if changes:
        # Since microversion 2.53 the ID of a service is a UUID, and the body of PUT /os-services/ID has no envelope.
        path = COMPUTE_SERVICE.at(services[0]["id"])
        cloud.request(NOVA, "PUT", path, json=changes, microversion=COMPUTE_SERVICE.microversion)


def set_by_host(cloud: Cloud, query: Json, status: str = "", disabled_reason: str = "", **forced_down: bool) -> None:
    """Update a service before microversion 2.53: one path for each change, the host and binary in the body."""

    def put(action: str, fields: Json) -> None:
        cloud.request(NOVA, "PUT", COMPUTE_SERVICE.at(action), json={**query, **fields}, microversion="2.52")

    if disabled_reason:
        put("disable-log-reason", {"disabled_reason": disabled_reason})
    elif status:
        put(status.removesuffix("d"), {})
    if forced_down:
        put("force-down", forced_down)
