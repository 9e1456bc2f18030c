"""Local IP associations: the ports that a local IP leads to."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import LOCAL_IP, LOCAL_IP_ASSOCIATION, PORT
from ..language import Arg, Column, Json, Noun, Opt, target
from ..owner import PROJECT_DOMAIN
from ..session.cloud import Cloud
from .extra_properties import others

association = Noun(
    LOCAL_IP_ASSOCIATION,
    "Manage which ports local IPs lead to.",
    columns=["local_ip_id local_ip_address", Column("fixed_port_id", "Fixed port ID"), "fixed_ip host"],
    fields=["fixed_ip fixed_port_id host local_ip_address", *others("id name")],
    parent=target(LOCAL_IP),
)
FIXED_IP = Opt("--fixed-ip", "Address of the port.")
TO_PORT = Opt("--fixed-port", "Only to this port.", ref=PORT)
ON_HOST = Opt("--host", "Only on this host.")


@association.lister("list", target(LOCAL_IP), TO_PORT, FIXED_IP, ON_HOST, PROJECT_DOMAIN)
def list_associations(cloud: Cloud, local_ip: str, body: Json) -> Iterator[Json]:
    """List the ports that a local IP leads to."""
    found = cloud.pages(LOCAL_IP_ASSOCIATION.under(local_ip), body)
    return ({**one, "local_ip_id": local_ip} for one in found)


association.create(Arg("fixed_port", ref=PORT), FIXED_IP, PROJECT_DOMAIN, help="Have a local IP lead to a port.")
association.delete(help="Have a local IP no longer lead to ports.")
