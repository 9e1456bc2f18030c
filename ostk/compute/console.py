"""Consoles: what a server has written there, and where to see it."""

from __future__ import annotations

import sys
from typing import Any

import click

from ..kinds import SERVER
from ..language import Arg, Json, Noun, Opt, exclusive, target
from ..session.cloud import Cloud, quote

NOVA = SERVER.service
CONSOLES = {  # type → protocol, action before 2.6
    "novnc": ("vnc", "os-getVNCConsole"),
    "xvpvnc": ("vnc", "os-getVNCConsole"),
    "spice-html5": ("spice", "os-getSPICEConsole"),
    "spice-direct": ("spice", "os-getSPICEConsole"),
    "rdp-html5": ("rdp", "os-getRDPConsole"),
    "serial": ("serial", "os-getSerialConsole"),
    "webmks": ("mks", "os-getMKSConsole"),
}

log = Noun(SERVER, "See what servers have written to their consoles.")
url = Noun(SERVER, "Get addresses to see consoles at.")
connection = Noun(SERVER, "See what a console's token connects to.")


@log.action(
    "show", target(SERVER), Opt("--lines", "Only that many of the last lines.", key="length", type=click.IntRange(0))
)
def show_log(cloud: Cloud, server: str, body: Json) -> None:
    """Print what a server has written to its console."""
    reply = cloud.act(SERVER, server, "os-getConsoleOutput", body)
    if output := (reply or {}).get("output"):
        if sys.stdout.isatty():
            from ..render.text import disarmed

            output = disarmed(output.replace("\r\n", "\n"))
        click.echo(output, nl=not output.endswith("\n"))


@url.shower(
    "show",
    target(SERVER),
    exclusive(
        Opt("--novnc", "One for noVNC, in a browser (as is usual).", key="type", value="novnc"),
        Opt("--xvpvnc", "One for XVP's VNC.", key="type", value="xvpvnc"),
        Opt("--spice", "One for SPICE, in a browser.", key="type", value="spice-html5"),
        Opt("--spice-direct", "One for SPICE itself.", key="type", value="spice-direct", since="2.99"),
        Opt("--rdp", "One for RDP, in a browser.", key="type", value="rdp-html5"),
        Opt("--serial", "One for the serial console.", key="type", value="serial"),
        Opt("--mks", "One for WebMKS.", key="type", value="webmks", since="2.8"),
    ),
    fields=["protocol type url"],
)
def show_url(cloud: Cloud, server: str, body: Json) -> Any:
    """Get an address to see a server's console at."""
    kind = body.get("type", "novnc")
    protocol, action = CONSOLES[kind]
    if not cloud.supports(NOVA, "2.6"):
        return cloud.act(SERVER, server, action, {"type": kind})["console"]
    path = f"{SERVER.path}/{quote(server)}/remote-consoles"
    content = {"remote_console": {"protocol": protocol, "type": kind}}
    return cloud.call(NOVA, "POST", path, json=content, microversion="2.99")["remote_console"]


@connection.shower("show", Arg("token", local=True), fields=["host instance_uuid internal_access_path port tls_port"])
def show_connection(cloud: Cloud, token: str) -> Any:
    """Show what a console's token connects to."""
    path = f"/os-console-auth-tokens/{quote(token)}"
    return cloud.call(NOVA, "GET", path, microversion="2.99")["console"]
