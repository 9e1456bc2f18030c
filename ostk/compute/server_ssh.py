"""`ostk server ssh`: log in to a server."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from ..api.compute import SERVER
from ..errors import OstkError
from ..http.transports import in_process
from ..language import Arg, Flag, Json, Opt, exclusive
from ..session.cloud import Cloud
from .server_fields import ONE, find, server

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

WITH_VALUE = "BDEFIJLOPQRSWbceilmopw"  # the options of ssh that take a value
TYPES = {"public": "floating", "private": "fixed"}


def candidates(addresses: Json, kind: str) -> Iterator[Json]:
    """The addresses of a server that are of a kind: those on the network of that name come first."""
    yield from addresses.get(kind) or []
    for found in addresses.values():
        yield from (one for one in found if one.get("OS-EXT-IPS:type") == TYPES.get(kind, kind))


@server.action(
    "ssh",
    ONE,
    Arg("ssh_args", nargs=-1, not_sent=True, metavar="[-- SSH-ARGUMENT...]", type=click.UNPROCESSED),
    Opt("--login -l login", "Name to log in with.", not_sent=True, hidden=True),
    Opt("--port -p port", "Port of the SSH service.", not_sent=True, hidden=True, type=int),
    Opt("--identity -i identity", "File of the private key.", not_sent=True, hidden=True),
    Opt("--option -o option", "Option as ssh knows it.", not_sent=True, hidden=True),
    exclusive(Flag("-4 ipv4", "IPv4 addresses only."), Flag("-6 ipv6", "IPv6 addresses only.")),
    exclusive(
        Opt("--public address", "Its floating address (as is usual).", value="public", not_sent=True),
        Opt("--private private", "Its fixed address.", value="private", not_sent=True),
        Opt("--address-type", "Kind of address: a network, public or private.", not_sent=True),
    ),
)
def ssh(cloud: Cloud, server: str, ssh_args: Sequence[str], values: Json) -> None:
    """Log in to a server; what follows -- is for ssh."""
    import subprocess

    if in_process(cloud.endpoint(SERVER.service)):
        raise OstkError("Servers of the practice cloud are rows in a file: there is no machine to log in to.")
    kind = values["private"] or values["address_type"] or "public"
    version = 4 if values["ipv4"] else 6 if values["ipv6"] else 0
    found = candidates(find(cloud, server).get("addresses") or {}, kind)
    address = next((ip for one in found if (ip := parsed(one.get("addr"))) and version in (0, ip.version)), None)
    if address is None:
        raise OstkError(f"The server has no {kind} {f'IPv{version} ' if version else ''}address.")
    options, command = split(ssh_args)
    for name in ("port", "identity", "option", "login"):
        options += [f"-{name[0]}", str(values[name])] if values[name] is not None else []
    if not any(re.match(f"-[^-{WITH_VALUE}]*l", word) for word in options) and cloud.access.user_name:
        options += ["-l", login(cloud.access.user_name)]
    cloud.close()
    try:
        code = subprocess.call(["ssh", *options, "--", str(address), *command])
    except OSError as error:
        raise OstkError(f"ssh cannot be run: {error.strerror}.") from error
    click.get_current_context().exit(code if code >= 0 else 128 - code)


def parsed(text: Any) -> IPv4Address | IPv6Address | None:
    """Return the IP address in a text from the cloud, None if it is anything else."""
    from ipaddress import ip_address

    # The zone of an IPv6 address may be any text, and means nothing on another machine.
    with suppress(ValueError):
        return ip_address(text) if isinstance(text, str) and "%" not in text else None
    return None


def login(name: str) -> str:
    """Return a user name from the cloud as a login name. Raises OstkError if ssh could take it for anything else."""
    if not re.fullmatch(r"[\w.+@][\w.+@-]*", name):
        raise OstkError(f"The user name {name!r} cannot be a login name.", "Give one with --login.")
    return name


def split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split arguments for ssh into its options and the command that it runs, which follows the host."""
    options: list[str] = []
    rest = list(words)
    while rest and re.match("-[^-]", rest[0]):
        word = rest.pop(0)
        options.append(word)
        # Of several letters in one word, the first that takes a value takes the others, or else the next word.
        value = re.search(f"[{WITH_VALUE}]", word[1:])
        if value and value.end() == len(word) - 1 and rest:
            options.append(rest.pop(0))
    return options, rest[1:] if rest[:1] == ["--"] else rest
