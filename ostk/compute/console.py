"""Consoles of servers: console output, console URLs and console connections."""

import sys
from typing import Any

from ..api.compute import SERVER
from ..console import write_text
from ..language import COUNT, Arg, Json, Noun, Opt, exclusive, target
from ..session.cloud import Cloud, quote

NOVA = SERVER.service
log = Noun(SERVER, "Show console output of servers.")
url = Noun(SERVER, "Get console URLs of servers.")
connection = Noun(SERVER, "Show connection details of console tokens.")


@log.action(
    "show",
    target(SERVER),
    Opt("--lines", "Number of lines to show, from the end (default: all lines).", key="length", type=COUNT),
)
def show_log(cloud: Cloud, server: str, body: Json) -> None:
    """Show the console output of a server."""
    reply = cloud.act(SERVER, server, "os-getConsoleOutput", body)
    if output := (reply or {}).get("output"):
        write_text(output.replace("\r\n", "\n") if sys.stdout.isatty() else output)


def console_option(flag: str, help: str, console_type: str, protocol: str, action: str, since: str = "") -> Opt:
    """Return the option of a console type.

    Args:
        flag: The flag.
        help: The help.
        console_type: The console type of the API: "novnc".
        protocol: The protocol of the API: "vnc".
        action: The server action that returned this console before microversion 2.6.
        since: The microversion that the console type requires.
    """
    return Opt(flag, help, key="console", value=(console_type, protocol, action), since=since)


NOVNC = ("novnc", "vnc", "os-getVNCConsole")


@url.shower(
    "show",
    target(SERVER),
    exclusive(
        console_option("--novnc", "Get a noVNC console URL (default).", *NOVNC),
        console_option("--xvpvnc", "Get an XVP VNC console URL.", "xvpvnc", "vnc", "os-getVNCConsole"),
        console_option("--spice", "Get a SPICE HTML5 console URL.", "spice-html5", "spice", "os-getSPICEConsole"),
        console_option(
            "--spice-direct",
            "Get the address of a direct SPICE console.",
            "spice-direct",
            "spice",
            "os-getSPICEConsole",
            since="2.99",
        ),
        console_option("--rdp", "Get an RDP HTML5 console URL.", "rdp-html5", "rdp", "os-getRDPConsole"),
        console_option("--serial", "Get a serial console URL.", "serial", "serial", "os-getSerialConsole"),
        console_option("--mks", "Get a WebMKS console URL.", "webmks", "mks", "os-getMKSConsole", since="2.8"),
    ),
    fields=["protocol type url"],
    reads=False,
)
def show_url(cloud: Cloud, server: str, body: Json) -> Any:
    """Get a console URL of a server."""
    console_type, protocol, action = body.get("console", NOVNC)
    if not cloud.supports(NOVA, "2.6"):
        return cloud.act(SERVER, server, action, {"type": console_type})["console"]
    content = {"remote_console": {"protocol": protocol, "type": console_type}}
    path = SERVER.at(server, "remote-consoles")
    return cloud.call(NOVA, "POST", path, json=content, microversion="2.99")["remote_console"]


@connection.shower(
    "show",
    Arg("token", "Console token, from a console URL.", not_sent=True),
    fields=["host instance_uuid internal_access_path port tls_port"],
)
def show_connection(cloud: Cloud, token: str) -> Any:
    """Show the connection details of a console token (admin only)."""
    return cloud.call(NOVA, "GET", f"/os-console-auth-tokens/{quote(token)}", microversion="2.99")["console"]
