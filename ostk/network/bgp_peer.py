"""BGP peers: remote routers that BGP speakers connect to."""

import click

from ..api.network import BGP_PEER
from ..errors import OstkError
from ..language import NAME, Arg, Noun, Opt
from ..owner import OWNER
from .addresses import Address
from .autonomous_system import AutonomousSystemNumber
from .fields import OTHER_FIELDS

peer = Noun(
    BGP_PEER,
    "Manage BGP peers: remote routers that BGP speakers connect to.",
    columns=["id, name, peer_ip=Peer IP, remote_as=Remote AS"],
    fields=["auth_type id name peer_ip project_id remote_as", *OTHER_FIELDS],
    admin="list show create set delete",
)


def password_option(help: str) -> Opt:
    """Return --password."""
    return Opt("--password", help)


def validate_password(auth_type: str, password: str | None) -> None:
    """Require a password for MD5 authentication, and reject one otherwise."""
    if auth_type == "md5" and password is None:
        raise OstkError("--auth-type md5 needs --password.")
    if auth_type == "none" and password is not None:
        raise OstkError("--password needs --auth-type md5.")


peer.create(
    Arg("name", "Name of the BGP peer."),
    Opt("--peer-ip", "IP address of the peer.", type=Address(), required=True),
    Opt("--remote-as", "Autonomous system number of the peer.", type=AutonomousSystemNumber(), required=True),
    Opt(
        "--auth-type",
        "Authentication type of the BGP session.",
        type=click.Choice(["none", "md5"], case_sensitive=False),
        default="none",
    ),
    password_option("Password of the BGP session; requires --auth-type md5."),
    OWNER,
    validate=validate_password,
)
peer.list()
peer.show()
peer.set(NAME, password_option("New password of the BGP session."))
peer.delete()
