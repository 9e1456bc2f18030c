"""Servers: start, stop, pause, suspend, lock, reboot, rescue and shelve them."""

from ..api.compute import SERVER
from ..api.image import IMAGE
from ..language import NULL, WAIT, Cloud, Flag, Json, Opt, exclusive, target
from .server_fields import ALL_PROJECTS, ALL_TENANTS_QUERY, find_server, server
from .server_wait import act_and_wait

SHELVED = ("SHELVED", "SHELVED_OFFLOADED")


def add_bulk_action(verb: str, action: str, status: str, help: str, *options: Opt, since: str = "") -> None:
    """Add a command that sends one action to each of several servers.

    Args:
        verb: The words of the command after `server`.
        action: The key of the action in the request body.
        status: The server status that --wait waits for.
        help: The help of the command.
        options: The options of the command.
        since: The microversion that the action requires.
    """

    def run(cloud: Cloud, server: str, body: Json, values: Json) -> None:
        id = cloud.find(SERVER, server, ALL_TENANTS_QUERY if values.get("all_projects") else None)
        act_and_wait(cloud, id, action, body or None, values.get("wait", False), status)

    server.each(verb, *options, help=help, since=since)(run)


REASON = Opt("--reason", "Reason for locking the servers.", key="locked_reason", since="2.73")
add_bulk_action("start", "os-start", "ACTIVE", "Start servers.", ALL_PROJECTS, WAIT)
add_bulk_action("stop", "os-stop", "SHUTOFF", "Stop servers.", ALL_PROJECTS, WAIT)
add_bulk_action("pause", "pause", "PAUSED", "Pause servers: keep the guest state in memory.", WAIT)
add_bulk_action("unpause", "unpause", "ACTIVE", "Unpause servers.", WAIT)
add_bulk_action(
    "suspend", "suspend", "SUSPENDED", "Suspend servers: save the guest state to disk and stop the guests.", WAIT
)
add_bulk_action("resume", "resume", "ACTIVE", "Resume suspended servers.", WAIT)
add_bulk_action("restore", "restore", "ACTIVE", "Restore soft-deleted servers.", WAIT)
add_bulk_action("lock", "lock", "", "Lock servers: block actions by users who are not administrators.", REASON)
add_bulk_action("unlock", "unlock", "", "Unlock servers.")
add_bulk_action("dump create", "trigger_crash_dump", "", "Trigger a crash dump in servers.", since="2.17")


@server.action(
    "reboot",
    target(SERVER),
    exclusive(
        Opt("--hard", "Hard reboot: power-cycle the server.", key="type", value="HARD"),
        Opt(
            "--soft",
            "Soft reboot: shut down and restart the guest operating system (default).",
            key="type",
            value="SOFT",
        ),
    ),
    WAIT,
)
def reboot(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Reboot a server."""
    act_and_wait(cloud, server, "reboot", {"type": "SOFT", **body}, wait, "ACTIVE")


@server.action(
    "rescue",
    target(SERVER),
    Opt("--image", "Rescue image (default: the image of the server).", ref=IMAGE, key="rescue_image_ref"),
    Opt("--password", "Admin password of the rescued server (default: generated).", key="adminPass"),
    WAIT,
)
def rescue(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Rescue a server: boot from a rescue image."""
    act_and_wait(cloud, server, "rescue", body, wait, "RESCUE")


@server.action("unrescue", target(SERVER), WAIT)
def unrescue(cloud: Cloud, server: str, wait: bool) -> None:
    """Unrescue a server: boot from the root disk of the server."""
    act_and_wait(cloud, server, "unrescue", None, wait, "ACTIVE")


@server.each(
    "shelve", Flag("--offload", "Offload the shelved servers: free the resources of the host.", admin=True), WAIT
)
def shelve(cloud: Cloud, server: str, offload: bool, wait: bool) -> None:
    """Shelve servers: stop the guests and keep a snapshot of each root disk."""
    item = find_server(cloud, server)
    if item["status"] not in SHELVED:
        item = act_and_wait(cloud, item["id"], "shelve", None, wait or offload, *SHELVED) or item
    if offload and item["status"] == "SHELVED":
        act_and_wait(cloud, item["id"], "shelveOffload", None, wait, "SHELVED_OFFLOADED")


@server.each(
    "unshelve",
    exclusive(
        Opt("--availability-zone", "Availability zone to unshelve the servers to.", since="2.77"),
        Opt(
            "--no-availability-zone",
            "Unpin the servers from an availability zone.",
            key="availability_zone",
            value=NULL,
            since="2.91",
        ),
    ),
    Opt("--host", "Host to unshelve the servers to.", since="2.91", admin=True),
    WAIT,
)
def unshelve(cloud: Cloud, server: str, body: Json, wait: bool) -> None:
    """Unshelve servers: restore and start shelved servers."""
    item = find_server(cloud, server)
    if item["status"] in SHELVED:
        act_and_wait(cloud, item["id"], "unshelve", body or None, wait, "ACTIVE", "SHUTOFF")
