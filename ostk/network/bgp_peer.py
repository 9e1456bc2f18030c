"""BGP peers: routers elsewhere that BGP speakers tell of routes."""

from __future__ import annotations

import click

from ..api.network import BGP_PEER
from ..errors import OstkError
from ..language import NAME, Arg, Noun, Opt
from ..owner import OWNER
from .addresses import Address
from .autonomous_system import Number
from .extra_properties import OTHERS

peer = Noun(
    BGP_PEER,
    "Manage BGP peers: routers elsewhere that are told of routes.",
    columns=["id, name, peer_ip=Peer IP, remote_as=Remote AS"],
    fields=["auth_type id name peer_ip project_id remote_as", *OTHERS],
)
PASSWORD = Opt("--password", "Password that both ends know.")


def coherent(auth_type: str, password: str | None) -> None:
    """Refuse a password that nothing is done with, and none where one is needed."""
    if auth_type == "md5" and password is None:
        raise OstkError("--auth-type md5 needs --password.")
    if auth_type == "none" and password is not None:
        raise OstkError("--password needs --auth-type md5.")


peer.create(
    Arg("name"),
    Opt("--peer-ip", "Its address.", type=Address(), required=True),
    Opt("--remote-as", "Number of its autonomous system.", type=Number(), required=True),
    Opt(
        "--auth-type",
        "How it is known: none (as is usual) or md5.",
        type=click.Choice(["none", "md5"], case_sensitive=False),
        default="none",
    ),
    PASSWORD,
    OWNER,
    validate=coherent,
)
peer.list()
peer.show()
peer.set(NAME, PASSWORD)
peer.delete()
