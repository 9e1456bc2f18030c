"""Servers: start and stop them, pause, lock, shelve and rescue them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..kinds import IMAGE, SERVER
from ..language import NULL, WAIT, Arg, Flag, Json, Noun, Opt, each, exclusive, target
from ..session.cloud import Cloud
from .server_fields import find
from .server_wait import settle

server = Noun(SERVER, "Manage servers.")
SERVERS = Arg("server", nargs=-1, required=True, local=True, names=SERVER, metavar="SERVER...")
ALL_PROJECTS = Flag("--all-projects", "Names of all projects.", envvar="ALL_PROJECTS")


def act(
    cloud: Cloud, names: Sequence[str], verb: str, action: str, body: Any, until: str, everywhere: bool = False
) -> None:
    """Have several servers do the same, and wait until their status is `until` if that is given."""
    place = {"all_tenants": "True"} if everywhere else None

    def one(name: str) -> None:
        id = cloud.find(SERVER, name, place)
        cloud.act(SERVER, id, action, body)
        if until:
            settle(cloud, id, until)

    each(cloud, one, names, verb, "server")


def power(verb: str, action: str, until: str, help: str) -> None:
    """Add a verb that is an action without a body."""

    def run(cloud: Cloud, server: Sequence[str], wait: bool) -> None:
        act(cloud, server, verb, action, None, until if wait else "")

    run.__doc__ = help
    server.action(verb, SERVERS, WAIT)(run)


def switch(verb: str, until: str, help: str) -> None:
    """Add a verb that starts or stops servers, of all projects if asked."""

    def run(cloud: Cloud, server: Sequence[str], wait: bool, all_projects: bool) -> None:
        act(cloud, server, verb, f"os-{verb}", None, until if wait else "", all_projects)

    run.__doc__ = help
    server.action(verb, SERVERS, ALL_PROJECTS, WAIT)(run)


switch("start", "ACTIVE", "Start servers.")
switch("stop", "SHUTOFF", "Stop servers.")
power("pause", "pause", "PAUSED", "Pause servers: they stay in memory.")
power("unpause", "unpause", "ACTIVE", "Let paused servers go on.")
power("suspend", "suspend", "SUSPENDED", "Suspend servers: their memory goes to disk.")
power("resume", "resume", "ACTIVE", "Let suspended servers go on.")
power("restore", "restore", "ACTIVE", "Restore servers that were deleted softly.")


@server.action("lock", SERVERS, Opt("--reason", "Why they are locked.", key="locked_reason", since="2.73"))
def lock(cloud: Cloud, server: Sequence[str], body: Json) -> None:
    """Lock servers: only administrators may do anything to them."""
    act(cloud, server, "lock", "lock", body or None, "")


@server.action("unlock", SERVERS)
def unlock(cloud: Cloud, server: Sequence[str]) -> None:
    """Unlock servers."""
    act(cloud, server, "unlock", "unlock", None, "")


@server.action("dump create", SERVERS)
def dump(cloud: Cloud, server: Sequence[str]) -> None:
    """Have servers write a crash dump."""
    cloud.require(SERVER.service, "2.17", "server dump create")
    act(cloud, server, "dump", "trigger_crash_dump", None, "")


@server.action(
    "reboot",
    target(SERVER),
    exclusive(
        Opt("--hard", "Switch its power off and on.", key="type", value="HARD"),
        Opt("--soft", "Ask its system to reboot (as is usual).", key="type", value="SOFT"),
    ),
    WAIT,
)
def reboot(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Reboot a server."""
    cloud.act(SERVER, server, "reboot", {"type": "SOFT", **body})
    if wait:
        settle(cloud, server, "ACTIVE")


@server.action(
    "rescue",
    target(SERVER),
    Opt("--image", "Image to boot from.", ref=IMAGE, key="rescue_image_ref"),
    Opt("--password", "Password of its administrator meanwhile.", key="adminPass"),
    WAIT,
)
def rescue(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Boot a server from another image, to repair it."""
    cloud.act(SERVER, server, "rescue", body)
    if wait:
        settle(cloud, server, "RESCUE")


@server.action("unrescue", target(SERVER), WAIT)
def unrescue(cloud: Cloud, server: str, wait: bool) -> None:
    """Boot a server from its own disk again."""
    cloud.act(SERVER, server, "unrescue")
    if wait:
        settle(cloud, server, "ACTIVE")


SHELVED = ("SHELVED", "SHELVED_OFFLOADED")


@server.action("shelve", SERVERS, Flag("--offload", "Give their resources back at once."), WAIT)
def shelve(cloud: Cloud, server: Sequence[str], offload: bool, wait: bool) -> None:
    """Shelve servers: they stop and, in time, give their resources back."""

    def one(name: str) -> None:
        item = find(cloud, name)
        if item["status"] not in SHELVED:
            cloud.act(SERVER, item["id"], "shelve")
            if wait or offload:
                item = settle(cloud, item["id"], *SHELVED)
        if offload and item["status"] == "SHELVED":
            cloud.act(SERVER, item["id"], "shelveOffload")
            if wait:
                settle(cloud, item["id"], "SHELVED_OFFLOADED")

    each(cloud, one, server, "shelve", "server")


@server.action(
    "unshelve",
    SERVERS,
    exclusive(
        Opt("--availability-zone", "Zone to run in.", since="2.77"),
        Opt("--no-availability-zone", "Any zone.", key="availability_zone", value=NULL, since="2.91"),
    ),
    Opt("--host", "Host to run on.", since="2.91"),
    WAIT,
)
def unshelve(cloud: Cloud, server: Sequence[str], body: Json, wait: bool) -> None:
    """Start shelved servers again."""

    def one(name: str) -> None:
        item = find(cloud, name)
        if item["status"] not in SHELVED:
            return
        cloud.act(SERVER, item["id"], "unshelve", body or None)
        if wait:
            settle(cloud, item["id"], "ACTIVE", "SHUTOFF")

    each(cloud, one, server, "unshelve", "server")
