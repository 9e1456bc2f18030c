"""Conntrack helpers: what routers know of protocols such as FTP."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.network import CONNTRACK_HELPER, ROUTER
from ..language import PAGES, Json, Noun, Opt, target
from ..session.cloud import Cloud

helper = Noun(
    CONNTRACK_HELPER,
    "Manage what routers know of protocols such as FTP.",
    columns=["id router_id helper protocol port"],
    fields=["helper id name port protocol"],
    parent=target(ROUTER),
)


def settings(required: bool) -> list[Opt]:
    """What a conntrack helper is made of."""
    return [
        Opt("--helper", "Name of the helper in Netfilter.", required=required),
        Opt("--protocol", "tcp, udp …", required=required),
        Opt("--port", "Protocol port.", type=int, required=required),
    ]


@helper.lister("list", target(ROUTER), settings(required=False), PAGES)
def list_helpers(cloud: Cloud, router: str, body: Json, max_items: int) -> Iterator[Json]:
    """List the protocols that a router knows of."""
    found = cloud.pages(CONNTRACK_HELPER.under(router), body, limit=max_items)
    return ({**one, "router_id": router} for one in found)


helper.create(settings(required=True), help="Have a router know of a protocol.")
helper.show(help="Show a conntrack helper of a router.")
helper.set(settings(required=False), help="Change a conntrack helper of a router.")
helper.delete(help="Delete conntrack helpers of a router.")
