"""Access rules: requests that an application credential may make."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import ACCESS_RULE, USER
from ..language import Arg, Column, Json, Noun, Opt, each
from ..owner import USER_DOMAIN
from ..session.cloud import Cloud

rule = Noun(
    ACCESS_RULE,
    "Manage requests that application credentials may make.",
    columns=["id service method path"],
    fields=[Column("id", "ID"), Column("method", "Method"), Column("path", "Path"), Column("service", "Service")],
)


@rule.lister(
    "list", Opt("--user", "Those of this user, not yours.", ref=USER, domain=USER_DOMAIN, local=True), USER_DOMAIN
)
def list_rules(cloud: Cloud, user: str) -> Iterator[Json]:
    """List your access rules."""
    return cloud.pages(ACCESS_RULE.under(user or cloud.access.user_id))


@rule.shower("show", Arg("access_rule", local=True))
def show(cloud: Cloud, access_rule: str) -> Json:
    """Show one of your access rules, by its ID."""
    return cloud.get(ACCESS_RULE.under(cloud.access.user_id), access_rule)


@rule.action("delete", Arg("access_rule", nargs=-1, required=True, local=True))
def delete(cloud: Cloud, access_rule: tuple[str, ...]) -> None:
    """Delete access rules of yours, by their IDs."""
    kind = ACCESS_RULE.under(cloud.access.user_id)
    each(cloud, lambda id: cloud.delete(kind, id), access_rule, "delete", kind.noun)
