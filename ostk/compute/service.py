"""Compute services: the parts that Nova is made of, and the hosts they run on."""

from __future__ import annotations

from operator import not_

from ..api.compute import COMPUTE_SERVICE
from ..errors import ResourceNotFound
from ..language import LONG, Arg, Column, Json, Noun, Opt
from ..session.cloud import Cloud

NOVA = COMPUTE_SERVICE.service
STATUS = {True: "enabled", False: "disabled"}

service = Noun(
    COMPUTE_SERVICE,
    "Manage compute services: the parts that Nova is made of.",
    columns=["id binary host zone status state updated_at"],
    long=["disabled_reason", Column("forced_down", since="2.11")],
)
service.list(
    Opt("--host", "Only those on this host."),
    Opt("--service", "Only those of this program, such as nova-compute.", key="binary"),
    LONG,
)
service.delete()


@service.action(
    "set",
    Arg("host", not_sent=True),
    Arg("service", not_sent=True),
    Opt("--enable/--disable", "Whether it takes on servers.", key="status", convert=STATUS.get),
    Opt("--disable-reason", "Why it is disabled.", key="disabled_reason", needs="--disable"),
    Opt("--up/--down", "What it is, whatever it seems.", key="forced_down", convert=not_, since="2.11"),
)
def set_service(cloud: Cloud, host: str, service: str, body: Json) -> None:
    """Enable or disable a service on a host, or declare it up or down."""
    named = {"host": host, "binary": service}
    changes = {key: value for key, value in body.items() if value != ""}
    if not cloud.supports(NOVA, "2.53"):
        set_before(cloud, named, **changes)
        return
    services = list(cloud.pages(COMPUTE_SERVICE, named))
    if not services:
        raise ResourceNotFound(f"There is no service {service} on the host {host}.")
    if changes:
        # A service's ID is a UUID since 2.53, and its changes are the body itself.
        path = COMPUTE_SERVICE.at(services[0]["id"])
        cloud.request(NOVA, "PUT", path, json=changes, microversion=COMPUTE_SERVICE.microversion)


def set_before(cloud: Cloud, named: Json, status: str = "", disabled_reason: str = "", **down: bool) -> None:
    """The same with Nova before 2.53, which has an address for each change."""

    def put(action: str, more: Json) -> None:
        cloud.request(NOVA, "PUT", COMPUTE_SERVICE.at(action), json={**named, **more}, microversion="2.52")

    if disabled_reason:
        put("disable-log-reason", {"disabled_reason": disabled_reason})
    elif status:
        put(status.removesuffix("d"), {})
    if down:
        put("force-down", down)
