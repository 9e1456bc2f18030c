"""NDP proxies: IPv6 addresses of internal ports that a router publishes on the external network."""

from ..api.network import NDP_PROXY, PORT, ROUTER
from ..language import DESCRIPTION, NAME, NEW_DESCRIPTION, REMAINING_FIELDS, Arg, Noun, Opt
from ..owner import PROJECT_FILTER
from .shared_options import NAME_FILTER, NEW_NAME

proxy = Noun(
    NDP_PROXY,
    "Manage NDP proxies: publish IPv6 addresses through a router.",
    columns=["id name router_id ip_address project_id=Project"],
    fields=[
        "created_at description id ip_address name port_id project_id revision_number router_id updated_at",
        REMAINING_FIELDS,
    ],
)
proxy.create(
    Arg("router", "Router.", ref=ROUTER),
    NEW_NAME,
    Opt("--port", "Internal port whose IPv6 address the NDP proxy publishes.", ref=PORT, required=True),
    Opt("--ip-address", "IPv6 address to publish."),
    DESCRIPTION,
)
proxy.list(
    Opt("--router", "Filter by router.", ref=ROUTER),
    Opt("--port", "Filter by port.", ref=PORT),
    Opt("--ip-address", "Filter by IPv6 address."),
    PROJECT_FILTER,
    NAME_FILTER,
)
proxy.show()
proxy.set(NAME, NEW_DESCRIPTION)
proxy.delete()
