"""Servers: start and stop them, pause, lock, shelve and rescue them."""

from __future__ import annotations

from ..api.compute import SERVER
from ..api.image import IMAGE
from ..language import NULL, WAIT, Flag, Json, Opt, exclusive, target
from ..session.cloud import Cloud
from .server_fields import ALL_PROJECTS, ALL_TENANTS_QUERY, find, server
from .server_wait import act

SHELVED = ("SHELVED", "SHELVED_OFFLOADED")


def several(verb: str, action: str, until: str, help: str, *options: Opt, since: str = "") -> None:
    """Add a verb that is one action of several servers, which leads to the status `until`."""

    def run(cloud: Cloud, server: str, body: Json, values: Json) -> None:
        id = cloud.find(SERVER, server, ALL_TENANTS_QUERY if values.get("all_projects") else None)
        act(cloud, id, action, body or None, values.get("wait", False), until)

    server.each(verb, *options, help=help, since=since)(run)


REASON = Opt("--reason", "Why they are locked.", key="locked_reason", since="2.73")
several("start", "os-start", "ACTIVE", "Start servers.", ALL_PROJECTS, WAIT)
several("stop", "os-stop", "SHUTOFF", "Stop servers.", ALL_PROJECTS, WAIT)
several("pause", "pause", "PAUSED", "Pause servers: they stay in memory.", WAIT)
several("unpause", "unpause", "ACTIVE", "Let paused servers go on.", WAIT)
several("suspend", "suspend", "SUSPENDED", "Suspend servers: their memory goes to disk.", WAIT)
several("resume", "resume", "ACTIVE", "Let suspended servers go on.", WAIT)
several("restore", "restore", "ACTIVE", "Restore servers that were deleted softly.", WAIT)
several("lock", "lock", "", "Lock servers: only administrators may do anything to them.", REASON)
several("unlock", "unlock", "", "Unlock servers.")
several("dump create", "trigger_crash_dump", "", "Have servers write a crash dump.", since="2.17")


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
    act(cloud, server, "reboot", {"type": "SOFT", **body}, wait, "ACTIVE")


@server.action(
    "rescue",
    target(SERVER),
    Opt("--image", "Image to boot from.", ref=IMAGE, key="rescue_image_ref"),
    Opt("--password", "Password of its administrator meanwhile.", key="adminPass"),
    WAIT,
)
def rescue(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Boot a server from another image, to repair it."""
    act(cloud, server, "rescue", body, wait, "RESCUE")


@server.action("unrescue", target(SERVER), WAIT)
def unrescue(cloud: Cloud, server: str, wait: bool) -> None:
    """Boot a server from its own disk again."""
    act(cloud, server, "unrescue", None, wait, "ACTIVE")


@server.each("shelve", Flag("--offload", "Give their resources back at once."), WAIT)
def shelve(cloud: Cloud, server: str, offload: bool, wait: bool) -> None:
    """Shelve servers: they stop and, in time, give their resources back."""
    item = find(cloud, server)
    if item["status"] not in SHELVED:
        item = act(cloud, item["id"], "shelve", None, wait or offload, *SHELVED) or item
    if offload and item["status"] == "SHELVED":
        act(cloud, item["id"], "shelveOffload", None, wait, "SHELVED_OFFLOADED")


@server.each(
    "unshelve",
    exclusive(
        Opt("--availability-zone", "Zone to run in.", since="2.77"),
        Opt("--no-availability-zone", "Any zone.", key="availability_zone", value=NULL, since="2.91"),
    ),
    Opt("--host", "Host to run on.", since="2.91"),
    WAIT,
)
def unshelve(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Start shelved servers again."""
    item = find(cloud, server)
    if item["status"] in SHELVED:
        act(cloud, item["id"], "unshelve", body or None, wait, "ACTIVE", "SHUTOFF")
