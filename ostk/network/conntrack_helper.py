"""Conntrack helpers: what routers know of protocols such as FTP."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import CONNTRACK_HELPER, ROUTER
from ..language import PAGES, Arg, Column, Json, Noun, Opt, each, target
from ..session.cloud import Cloud

helper = Noun(
    CONNTRACK_HELPER,
    "Manage what routers know of protocols such as FTP.",
    columns=["id", Column("router_id", "Router ID"), "helper protocol port"],
    fields=["helper id name port protocol"],
)
OF = target(ROUTER)
ID = Arg("conntrack_helper_id", local=True)


def options(required: bool) -> list[Opt]:
    """What a conntrack helper is made of."""
    return [
        Opt("--helper", "Name of the helper in Netfilter.", required=required),
        Opt("--protocol", "tcp, udp …", required=required),
        Opt("--port", "Protocol port.", type=int, required=required),
    ]


@helper.shower("create", OF, options(True))
def create_helper(cloud: Cloud, router: str, body: Json) -> Json:
    """Have a router know of a protocol."""
    return cloud.create(CONNTRACK_HELPER.under(router), body)


@helper.lister("list", OF, options(False), PAGES)
def list_helpers(cloud: Cloud, router: str, body: Json, max_items: int) -> Iterator[Json]:
    """List the protocols that a router knows of."""
    found = cloud.pages(CONNTRACK_HELPER.under(router), body, limit=max_items)
    return ({**one, "router_id": router} for one in found)


@helper.shower("show", OF, ID)
def show_helper(cloud: Cloud, router: str, conntrack_helper_id: str) -> Json:
    """Show a conntrack helper of a router."""
    return cloud.get(CONNTRACK_HELPER.under(router), conntrack_helper_id)


@helper.action("set", OF, ID, options(False))
def set_helper(cloud: Cloud, router: str, conntrack_helper_id: str, body: Json) -> None:
    """Change a conntrack helper of a router."""
    if body:
        cloud.update(CONNTRACK_HELPER.under(router), conntrack_helper_id, body)


@helper.action("delete", OF, Arg("conntrack_helper_id", nargs=-1, required=True, local=True))
def delete_helpers(cloud: Cloud, router: str, conntrack_helper_id: tuple[str, ...]) -> None:
    """Delete conntrack helpers of a router."""
    kind = CONNTRACK_HELPER.under(router)
    each(cloud, lambda id: cloud.delete(kind, id), conntrack_helper_id, "delete", kind.noun)
