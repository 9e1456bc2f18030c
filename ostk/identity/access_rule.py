"""Access rules: requests that an application credential may make."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.identity import ACCESS_RULE
from ..language import Arg, Json, Noun, each
from ..session.cloud import Cloud
from .options import FOR_USER, owned

rule = Noun(
    ACCESS_RULE,
    "Manage requests that application credentials may make.",
    columns=["id service method path"],
    fields=["id=ID method=Method path=Path service=Service"],
)


@rule.lister("list", FOR_USER)
def list_rules(cloud: Cloud, user: str) -> Iterator[Json]:
    """List your access rules."""
    return cloud.pages(owned(ACCESS_RULE, cloud, user))


@rule.shower("show", Arg("access_rule", not_sent=True))
def show(cloud: Cloud, access_rule: str) -> Json:
    """Show one of your access rules, by its ID."""
    return cloud.get(owned(ACCESS_RULE, cloud), access_rule)


@rule.action("delete", Arg("access_rule", nargs=-1, required=True, not_sent=True))
def delete(cloud: Cloud, access_rule: tuple[str, ...]) -> None:
    """Delete access rules of yours, by their IDs."""
    resource = owned(ACCESS_RULE, cloud)
    each(cloud, lambda id: cloud.delete(resource, id), access_rule, "delete", resource.noun)
