"""Compute services: the parts that Nova is made of, and the hosts they run on."""

from __future__ import annotations

from ..errors import NotFoundError, OstkError
from ..kinds import COMPUTE_SERVICE
from ..language import LONG, Arg, Column, Flag, Json, Noun, Opt, exclusive
from ..session.cloud import Cloud, quote

NOVA = COMPUTE_SERVICE.service

service = Noun(
    COMPUTE_SERVICE,
    "Manage compute services: the parts that Nova is made of.",
    columns=[
        "id binary host zone status state updated_at",
        Column("disabled_reason", long=True),
        Column("forced_down", long=True, since="2.11"),
    ],
)
service.list(
    Opt("--host", "Only those on this host."),
    Opt("--service", "Only those of this program, such as nova-compute.", key="binary"),
    LONG,
)
service.delete()


def possible(disable: bool, disable_reason: str) -> None:
    """Refuse a reason for nothing."""
    if disable_reason and not disable:
        raise OstkError("--disable-reason needs --disable.")


@service.action(
    "set",
    Arg("host"),
    Arg("service", key="binary"),
    exclusive(Flag("--enable", "Let it take on servers."), Flag("--disable", "Let it take on no more servers.")),
    Opt("--disable-reason", "Why it is disabled.", local=True),
    exclusive(
        Flag("--up", "It is up whatever it seems.", since="2.11"),
        Flag("--down", "It is down whatever it seems.", since="2.11"),
    ),
    refuse=possible,
)
def set_service(
    cloud: Cloud, body: Json, enable: bool, disable: bool, disable_reason: str, up: bool, down: bool
) -> None:
    """Enable or disable a service on a host, or declare it up or down."""
    if not cloud.supports(NOVA, "2.53"):
        set_before(cloud, body, enable, disable, disable_reason, up, down)
        return
    services = list(cloud.pages(COMPUTE_SERVICE, body))
    if not services:
        raise NotFoundError(f"There is no service {body['binary']} on the host {body['host']}.")
    changes: Json = {}
    if enable or disable:
        changes["status"] = "enabled" if enable else "disabled"
    if disable_reason:
        changes["disabled_reason"] = disable_reason
    if up or down:
        changes["forced_down"] = bool(down)
    if changes:
        # A service's ID is a UUID since 2.53, and its changes are the body itself.
        path = f"{COMPUTE_SERVICE.path}/{quote(services[0]['id'])}"
        cloud.request(NOVA, "PUT", path, json=changes, microversion=COMPUTE_SERVICE.microversion)


def set_before(cloud: Cloud, body: Json, enable: bool, disable: bool, reason: str, up: bool, down: bool) -> None:
    """The same with Nova before 2.53, which has an address for each change."""

    def put(action: str, more: Json) -> None:
        path = f"{COMPUTE_SERVICE.path}/{action}"
        cloud.request(NOVA, "PUT", path, json={**body, **more}, microversion="2.52")

    if enable:
        put("enable", {})
    elif disable:
        put("disable-log-reason" if reason else "disable", {"disabled_reason": reason} if reason else {})
    if up or down:
        put("force-down", {"forced_down": bool(down)})
