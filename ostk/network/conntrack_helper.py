"""L3 conntrack helpers: connection tracking on routers for protocols such as FTP."""

from ..api.network import CONNTRACK_HELPER, ROUTER
from ..language import PAGES, Cloud, Items, Json, Noun, Opt, target

helper = Noun(
    CONNTRACK_HELPER,
    "Manage L3 conntrack helpers of routers, e.g. for FTP.",
    columns=["id router_id helper protocol port"],
    fields=["helper id name port protocol"],
    parent=target(ROUTER),
)


def settings(required: bool) -> list[Opt]:
    """Return the options for the fields of a conntrack helper."""
    return [
        Opt("--helper", "Netfilter conntrack helper module, e.g. ftp.", required=required),
        Opt("--protocol", "Network protocol, e.g. tcp or udp.", required=required),
        Opt("--port", "Protocol port number of the traffic to track.", type=int, required=required),
    ]


FILTERS = [
    Opt("--helper", "Filter by Netfilter conntrack helper module."),
    Opt("--protocol", "Filter by network protocol, e.g. tcp or udp."),
    Opt("--port", "Filter by protocol port number.", type=int),
]


@helper.lister("list", target(ROUTER), FILTERS, PAGES)
def list_helpers(cloud: Cloud, router: str, body: Json, max_items: int | None) -> Items:
    """List L3 conntrack helpers of a router."""
    items = cloud.pages(CONNTRACK_HELPER.under(router), body, limit=max_items)
    return ({**item, "router_id": router} for item in items)


helper.create(settings(required=True), help="Create an L3 conntrack helper on a router.")
helper.show(help="Show an L3 conntrack helper of a router.")
helper.set(settings(required=False), help="Change an L3 conntrack helper of a router.")
helper.delete(help="Delete L3 conntrack helpers of a router.")
