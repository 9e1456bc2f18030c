"""Consoles: what a server has written there, and where to see it."""

from __future__ import annotations

import sys
from typing import Any

from ..api.compute import SERVER
from ..console import write_text
from ..language import COUNT, Arg, Json, Noun, Opt, exclusive, target
from ..session.cloud import Cloud, quote

NOVA = SERVER.service
log = Noun(SERVER, "See what servers have written to their consoles.")
url = Noun(SERVER, "Get addresses to see consoles at.")
connection = Noun(SERVER, "See what a console's token connects to.")


@log.action("show", target(SERVER), Opt("--lines", "Only that many of the last lines.", key="length", type=COUNT))
def show_log(cloud: Cloud, server: str, body: Json) -> None:
    """Print what a server has written to its console."""
    reply = cloud.act(SERVER, server, "os-getConsoleOutput", body)
    if output := (reply or {}).get("output"):
        write_text(output.replace("\r\n", "\n") if sys.stdout.isatty() else output)


def console(flag: str, help: str, *how: str, since: str = "") -> Opt:
    """An option for one kind of console: its type, its protocol and its action before 2.6."""
    return Opt(flag, help, key="console", value=how, since=since)


NOVNC = ("novnc", "vnc", "os-getVNCConsole")


@url.shower(
    "show",
    target(SERVER),
    exclusive(
        console("--novnc", "One for noVNC, in a browser (as is usual).", *NOVNC),
        console("--xvpvnc", "One for XVP's VNC.", "xvpvnc", "vnc", "os-getVNCConsole"),
        console("--spice", "One for SPICE, in a browser.", "spice-html5", "spice", "os-getSPICEConsole"),
        console("--spice-direct", "One for SPICE itself.", "spice-direct", "spice", "os-getSPICEConsole", since="2.99"),
        console("--rdp", "One for RDP, in a browser.", "rdp-html5", "rdp", "os-getRDPConsole"),
        console("--serial", "One for the serial console.", "serial", "serial", "os-getSerialConsole"),
        console("--mks", "One for WebMKS.", "webmks", "mks", "os-getMKSConsole", since="2.8"),
    ),
    fields=["protocol type url"],
    reads=False,
)
def show_url(cloud: Cloud, server: str, body: Json) -> Any:
    """Get an address to see a server's console at."""
    type, protocol, action = body.get("console", NOVNC)
    if not cloud.supports(NOVA, "2.6"):
        return cloud.act(SERVER, server, action, {"type": type})["console"]
    content = {"remote_console": {"protocol": protocol, "type": type}}
    path = SERVER.at(server, "remote-consoles")
    return cloud.call(NOVA, "POST", path, json=content, microversion="2.99")["remote_console"]


@connection.shower(
    "show", Arg("token", not_sent=True), fields=["host instance_uuid internal_access_path port tls_port"]
)
def show_connection(cloud: Cloud, token: str) -> Any:
    """Show what a console's token connects to."""
    return cloud.call(NOVA, "GET", f"/os-console-auth-tokens/{quote(token)}", microversion="2.99")["console"]
