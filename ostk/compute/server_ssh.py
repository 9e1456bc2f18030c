"""Servers: ssh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from ..api.compute import SERVER
from ..errors import OstkError
from ..http.transports import in_process
from ..language import Arg, Cloud, Flag, Json, Opt, Value, exclusive
from .server_fields import SERVER_ARG, find_server, server

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

OPTIONS_WITH_VALUE = "BDEFIJLOPQRSWbceilmopw"  # the options of ssh(1) that take a value
ADDRESS_TYPES = {"public": "floating", "private": "fixed"}


def matching_addresses(addresses: Json, address_type: str) -> Iterator[Json]:
    """Yield the addresses of a type: those on the network of that name first, then floating or fixed IPs.

    Args:
        addresses: Nova's field `addresses`: network name → [{"addr": …, "OS-EXT-IPS:type": …}].
        address_type: public, private, or the name of a network.
    """
    yield from addresses.get(address_type) or []
    for found in addresses.values():
        wanted = ADDRESS_TYPES.get(address_type, address_type)
        yield from (address for address in found if address.get("OS-EXT-IPS:type") == wanted)


@server.action(
    "ssh",
    SERVER_ARG,
    Arg(
        "ssh_args",
        "Arguments for ssh, after --.",
        nargs=-1,
        not_sent=True,
        metavar="[-- SSH-ARGUMENT...]",
        type=click.UNPROCESSED,
    ),
    Value("--login -l login", "Login name (deprecated; see SSH-ARGUMENT).", hidden=True),
    Value("--port -p port", "Port of the SSH server (deprecated).", hidden=True, type=int),
    Value("--identity -i identity", "Private key file (deprecated).", hidden=True, metavar="FILE"),
    Value("--option -o option", "Option of ssh (deprecated).", hidden=True),
    exclusive(Flag("-4 ipv4", "Use IPv4 addresses only."), Flag("-6 ipv6", "Use IPv6 addresses only.")),
    exclusive(
        Opt("--public address", "Use a floating IP (default).", value="public", not_sent=True),
        Opt("--private private", "Use a fixed IP.", value="private", not_sent=True),
        Value("--address-type", "Address type to use: public, private or the name of a network."),
    ),
)
def ssh(cloud: Cloud, server: str, ssh_args: Sequence[str], values: Json) -> None:
    """Log in to a server with ssh; arguments after -- are passed to ssh."""
    import subprocess

    if in_process(cloud.endpoint(SERVER.service)):
        raise OstkError("Servers of the sandbox cannot be logged in to: they are records in a file, without a guest.")
    address_type = values["private"] or values["address_type"] or "public"
    version = 4 if values["ipv4"] else 6 if values["ipv6"] else 0
    addresses = matching_addresses(find_server(cloud, server).get("addresses") or {}, address_type)
    address = next(
        (ip for found in addresses if (ip := parse_address(found.get("addr"))) and version in (0, ip.version)), None
    )
    if address is None:
        protocol = f"IPv{version} " if version else ""
        raise OstkError(f"The server {server} has no {address_type} {protocol}address.")
    options, command = split_arguments(ssh_args)
    for name in ("port", "identity", "option", "login"):
        options += [f"-{name[0]}", str(values[name])] if values[name] is not None else []
    if not any(re.match(f"-[^-{OPTIONS_WITH_VALUE}]*l", word) for word in options) and cloud.access.user_name:
        options += ["-l", validate_login(cloud.access.user_name)]
    cloud.close()
    try:
        code = subprocess.call(["ssh", *options, "--", str(address), *command])
    except OSError as error:
        raise OstkError(f"ssh cannot be run: {error.strerror}.") from error
    click.get_current_context().exit(code if code >= 0 else 128 - code)


def parse_address(text: Any) -> IPv4Address | IPv6Address | None:
    """Return the IP address in a value from the cloud, None if the value is anything else."""
    from ipaddress import ip_address

    # An IPv6 zone ID may be any text, and is local to a host.
    with suppress(ValueError):
        return ip_address(text) if isinstance(text, str) and "%" not in text else None
    return None


def validate_login(name: str) -> str:
    """Return a user name as a login name.

    Raises:
        OstkError: ssh could take the name for an option or a host.
    """
    if not re.fullmatch(r"[\w.+@][\w.+@-]*", name):
        raise OstkError(
            f"The user name {name!r} cannot be a login name.", "Give a login name: server ssh SERVER -- -l NAME."
        )
    return name


def split_arguments(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split arguments for ssh into options and the command that ssh runs; the host goes in between."""
    options: list[str] = []
    rest = list(words)
    while rest and re.match("-[^-]", rest[0]):
        word = rest.pop(0)
        options.append(word)
        # In a word of several letters, the first that takes a value takes the rest of the word, or the next word.
        value = re.search(f"[{OPTIONS_WITH_VALUE}]", word[1:])
        if value and value.end() == len(word) - 1 and rest:
            options.append(rest.pop(0))
    return options, rest[1:] if rest[:1] == ["--"] else rest
