"""Local IPs: virtual addresses shared by ports, each reached from its own compute host."""

from ..api.network import LOCAL_IP, NETWORK, PORT
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, Noun, Opt
from ..owner import PROJECT_DOMAIN, PROJECT_FILTER
from .fields import OTHER_FIELDS
from .shared_options import NAME_FILTER, NEW_NAME

ip = Noun(
    LOCAL_IP,
    "Manage local IPs: virtual addresses that stay within a host.",
    columns=[
        "id, name, description, project_id=Project, local_port_id, network_id=Network",
        "local_ip_address=Local IP address, ip_mode=IP mode",
    ],
    fields=[
        "created_at description id ip_mode local_ip_address local_port_id name network_id project_id",
        "revision_number updated_at",
        *OTHER_FIELDS,
    ],
)
ip.create(
    NEW_NAME,
    DESCRIPTION,
    Opt("--network", "Network from which to allocate the local IP.", ref=NETWORK),
    Opt("--local-port", "Port that owns the local IP address.", ref=PORT),
    Opt("--local-ip-address", "Local IP address."),
    Opt("--ip-mode", "IP mode: translate (NAT) or passthrough."),
    PROJECT_DOMAIN,
)
ip.list(
    NAME_FILTER,
    PROJECT_FILTER,
    Opt("--network", "Filter by network.", ref=NETWORK),
    Opt("--local-port", "Filter by port that owns the local IP address.", ref=PORT),
    Opt("--local-ip-address", "Filter by local IP address."),
    Opt("--ip-mode", "Filter by IP mode: translate or passthrough."),
)
ip.show()
ip.set(NAME, NEW_DESCRIPTION)
ip.delete()
