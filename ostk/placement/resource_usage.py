"""How much projects use."""

from __future__ import annotations

from ..api.identity import PROJECT, USER
from ..api.placement import RESOURCE_PROVIDER
from ..language import Arg, Json, Noun, Opt
from ..session.cloud import Cloud
from ..session.name_forms import looks_like_id

PLACEMENT = RESOURCE_PROVIDER.service

usage = Noun(RESOURCE_PROVIDER, "See how much projects use.", ["resource_class= usage="])


@usage.lister(
    "show",
    Arg("project", names=PROJECT, not_sent=True),
    Opt("--user-id", "Only what this user uses.", names=USER, not_sent=True),
)
def show(cloud: Cloud, project: str, user_id: str | None) -> list[Json]:
    """Show how much a project uses."""
    cloud.require(PLACEMENT, "1.9", "resource usage show")
    given = {"project_id": (PROJECT, project), "user_id": (USER, user_id)}
    # Placement knows the IDs of those that are no more, too: what looks like one is not looked up.
    query = {key: n if looks_like_id(n) else cloud.find(resource, n) for key, (resource, n) in given.items() if n}
    found = cloud.call(PLACEMENT, "GET", "/usages", params=query, microversion=RESOURCE_PROVIDER.microversion)["usages"]
    return [{"resource_class": name, "usage": amount} for name, amount in found.items()]
