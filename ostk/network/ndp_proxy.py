"""NDP proxies: IPv6 addresses inside that a router answers for outside."""

from __future__ import annotations

from ..api.network import NDP_PROXY, PORT, ROUTER
from ..language import DESCRIPTION, NAME, REMAINING_FIELDS, Arg, Noun, Opt
from ..owner import OF_PROJECT
from .extra_properties import OF_NAME

proxy = Noun(
    NDP_PROXY,
    "Manage NDP proxies: IPv6 addresses that routers answer for.",
    columns=["id name router_id ip_address project_id=Project"],
    fields=[
        "created_at description id ip_address name port_id project_id revision_number router_id updated_at",
        REMAINING_FIELDS,
    ],
)
proxy.create(
    Arg("router", ref=ROUTER),
    Opt("--name", "Its name."),
    Opt("--port", "Port that has the address.", ref=PORT, required=True),
    Opt("--ip-address", "IPv6 address to answer for."),
    DESCRIPTION,
)
proxy.list(
    Opt("--router", "Only those of this router.", ref=ROUTER),
    Opt("--port", "Only those to this port.", ref=PORT),
    Opt("--ip-address", "Only the one for this address."),
    OF_PROJECT,
    OF_NAME,
)
proxy.show()
proxy.set(NAME, DESCRIPTION)
proxy.delete()
