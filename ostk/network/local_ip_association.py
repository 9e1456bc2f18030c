"""Local IP associations: the ports that a local IP leads to."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import LOCAL_IP, LOCAL_IP_ASSOCIATION, PORT
from ..language import Arg, Column, Json, Noun, Opt, each, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud
from .extra import OTHERS

association = Noun(
    LOCAL_IP_ASSOCIATION,
    "Manage which ports local IPs lead to.",
    columns=[
        Column("local_ip_id", "Local IP ID"),
        Column("local_ip_address", "Local IP Address"),
        Column("fixed_port_id", "Fixed port ID"),
        Column("fixed_ip", "Fixed IP"),
        "host",
    ],
    fields=[
        "fixed_ip fixed_port_id host local_ip_address",
        Column("id", hidden=True),
        Column("name", hidden=True),
        *OTHERS,
    ],
)
IP = target(LOCAL_IP)
FIXED_IP = Opt("--fixed-ip", "Address of the port.")


@association.shower("create", IP, Arg("fixed_port", ref=PORT), FIXED_IP, PROJECT_DOMAIN)
def create_association(cloud: Cloud, local_ip: str, body: Json) -> Json:
    """Have a local IP lead to a port."""
    return cloud.create(LOCAL_IP_ASSOCIATION.under(local_ip), body)


@association.lister(
    "list",
    IP,
    Opt("--fixed-port", "Only to this port.", ref=PORT),
    FIXED_IP,
    Opt("--host", "Only on this host."),
    PROJECT_DOMAIN,
)
def list_associations(cloud: Cloud, local_ip: str, body: Json) -> Iterator[Json]:
    """List the ports that a local IP leads to."""
    found = cloud.pages(LOCAL_IP_ASSOCIATION.under(local_ip), body)
    return ({**one, "local_ip_id": local_ip} for one in found)


@association.action("delete", IP, Arg("fixed_port_id", nargs=-1, required=True, local=True))
def delete_associations(cloud: Cloud, local_ip: str, fixed_port_id: tuple[str, ...]) -> None:
    """Have a local IP no longer lead to ports."""
    kind = LOCAL_IP_ASSOCIATION.under(local_ip)
    each(cloud, lambda id: cloud.delete(kind, id), fixed_port_id, "delete", kind.noun)
