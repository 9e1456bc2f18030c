"""Resource usage of projects and users: allocated amounts by resource class."""

from ..api.identity import PROJECT, USER
from ..api.placement import RESOURCE_PROVIDER
from ..language import Arg, Cloud, Json, Noun, Value
from ..session.name_forms import looks_like_id

PLACEMENT = RESOURCE_PROVIDER.service

usage = Noun(RESOURCE_PROVIDER, "Show the resource usage of projects.", ["resource_class= usage="])


@usage.lister("show", Arg("project", "Project.", names=PROJECT), Value("--user-id", "Filter by user.", names=USER))
def show(cloud: Cloud, project: str, user_id: str | None) -> list[Json]:
    """Show the resource usage of a project."""
    cloud.require(PLACEMENT, "1.9", "resource usage show")
    given = {"project_id": (PROJECT, project), "user_id": (USER, user_id)}
    # Placement keeps allocations of deleted projects and users, which Keystone cannot find: IDs are not looked up.
    query = {
        key: text if looks_like_id(text) else cloud.find(resource, text)
        for key, (resource, text) in given.items()
        if text
    }
    answer = cloud.call(PLACEMENT, "GET", "/usages", params=query, microversion=RESOURCE_PROVIDER.microversion)
    return [{"resource_class": name, "usage": amount} for name, amount in answer["usages"].items()]
