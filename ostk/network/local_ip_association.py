"""Local IP associations: the ports that serve a local IP."""

from ..api.network import LOCAL_IP, LOCAL_IP_ASSOCIATION, PORT
from ..language import Arg, Cloud, Column, Items, Json, Noun, Opt, target
from ..owner import PROJECT_DOMAIN
from .fields import other_fields

association = Noun(
    LOCAL_IP_ASSOCIATION,
    "Manage local IP associations: the ports that serve a local IP.",
    columns=["local_ip_id local_ip_address", Column("fixed_port_id", "Fixed port ID"), "fixed_ip host"],
    fields=["fixed_ip fixed_port_id host local_ip_address", *other_fields("id name")],
    parent=target(LOCAL_IP),
)
FIXED_IP = Opt("--fixed-ip", "Fixed IP address of the port.")
FILTERS = [
    Opt("--fixed-port", "Filter by port.", ref=PORT),
    Opt("--fixed-ip", "Filter by fixed IP address of the port."),
    Opt("--host", "Filter by host name."),
]


@association.lister("list", target(LOCAL_IP), FILTERS, PROJECT_DOMAIN)
def list_associations(cloud: Cloud, local_ip: str, body: Json) -> Items:
    """List associations of a local IP."""
    items = cloud.pages(LOCAL_IP_ASSOCIATION.under(local_ip), body)
    return ({**item, "local_ip_id": local_ip} for item in items)


association.create(
    Arg("fixed_port", "Port.", ref=PORT), FIXED_IP, PROJECT_DOMAIN, help="Associate a port with a local IP."
)
association.delete(help="Disassociate ports from a local IP.")
