"""`ostk server ssh`: log in to a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from ..errors import OstkError
from ..language import Arg, Flag, Json, Opt, exclusive
from ..session.cloud import Cloud
from .server_fields import ONE, find, server

TYPES = {"public": "floating", "private": "fixed"}


def candidates(addresses: Json, kind: str) -> Iterator[Json]:
    """The addresses of a server that are of a kind: those on the network of that name come first."""
    yield from addresses.get(kind) or []
    for found in addresses.values():
        yield from (one for one in found if one.get("OS-EXT-IPS:type") == TYPES.get(kind, kind))


@server.action(
    "ssh",
    ONE,
    Arg("ssh_args", nargs=-1, local=True, metavar="[-- SSH-ARGUMENT...]", type=click.UNPROCESSED),
    Opt("--login -l login", "Name to log in with.", local=True, hidden=True),
    Opt("--port -p port", "Port of the SSH service.", local=True, hidden=True, type=int),
    Opt("--identity -i identity", "File of the private key.", local=True, hidden=True),
    Opt("--option -o option", "Option as ssh knows it.", local=True, hidden=True),
    exclusive(Flag("-4 ipv4", "IPv4 addresses only."), Flag("-6 ipv6", "IPv6 addresses only.")),
    exclusive(
        Opt("--public address", "Its floating address (as is usual).", value="public", local=True),
        Opt("--private private", "Its fixed address.", value="private", local=True),
        Opt("--address-type", "Kind of address: a network, public or private.", local=True),
    ),
)
def ssh(cloud: Cloud, server: str, ssh_args: Sequence[str], values: Json) -> None:
    """Log in to a server; what follows -- is for ssh."""
    import subprocess

    kind = values["private"] or values["address_type"] or "public"
    version = 4 if values["ipv4"] else 6 if values["ipv6"] else 0
    found = candidates(find(cloud, server).get("addresses") or {}, kind)
    address = next((one["addr"] for one in found if version in (0, int(one["version"]))), None)
    if address is None:
        raise OstkError(f"The server has no {kind} {f'IPv{version} ' if version else ''}address.")
    words = list(ssh_args)
    for name in ("port", "identity", "option", "login"):
        words += [f"-{name[0]}", str(values[name])] if values[name] is not None else []
    if "-l" not in words and cloud.access.user_name:
        words += ["-l", cloud.access.user_name]
    cloud.close()
    try:
        code = subprocess.call(["ssh", address, *words])
    except OSError as error:
        raise OstkError(f"ssh cannot be run: {error.strerror}.") from error
    click.get_current_context().exit(code)
