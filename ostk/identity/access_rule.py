"""Access rules of application credentials: the API requests that a credential may make."""

from ..api.identity import ACCESS_RULE
from ..language import Arg, Cloud, Items, Json, Noun, each
from .options import USER_OPTIONS, user_subresource

rule = Noun(
    ACCESS_RULE,
    "Manage access rules of application credentials.",
    columns=["id service method path"],
    fields=["id=ID method=Method path=Path service=Service"],
)


@rule.lister("list", USER_OPTIONS)
def list_rules(cloud: Cloud, user: str | None) -> Items:
    """List the access rules of a user."""
    return cloud.pages(user_subresource(ACCESS_RULE, cloud, user))


@rule.shower("show", Arg("access_rule", "ID of the access rule.", not_sent=True))
def show(cloud: Cloud, access_rule: str) -> Json:
    """Show an application credential access rule of the current user."""
    return cloud.get(user_subresource(ACCESS_RULE, cloud), access_rule)


@rule.action("delete", Arg("access_rule", "IDs of the access rules.", nargs=-1, required=True, not_sent=True))
def delete(cloud: Cloud, access_rule: tuple[str, ...]) -> None:
    """Delete access rules of the current user."""
    resource = user_subresource(ACCESS_RULE, cloud)
    each(cloud, lambda id: cloud.delete(resource, id), access_rule, "delete", resource.noun)
