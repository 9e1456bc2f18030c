"""OAuth 1.0a request tokens: a consumer creates one, and a user authorizes it with roles to delegate."""

from ..api.identity import PROJECT, REQUEST_TOKEN
from ..language import Json, Noun, Value
from ..owner import RESOURCE_DOMAIN
from ..session.cloud import Cloud, quote
from .oauth import CONSUMER_OPTIONS, request_oauth_token
from .options import DELEGATED_ROLES, resolve_roles

token = Noun(REQUEST_TOKEN, "Create and authorize OAuth 1.0a request tokens.")


@token.shower(
    "create",
    CONSUMER_OPTIONS,
    Value("--project", "Project to get access to.", ref=PROJECT, domain=RESOURCE_DOMAIN, required=True),
    RESOURCE_DOMAIN,
)
def create(cloud: Cloud, body: Json, consumer_secret: str, project: str) -> Json:
    """Create a request token for a consumer."""
    oauth = {**body, "oauth_callback": "oob"}
    headers = {"Requested-Project-Id": project}
    return request_oauth_token(cloud, "/OS-OAUTH1/request_token", oauth, consumer_secret, headers=headers)


@token.shower("authorize", Value("--request-key", "Key of the request token.", required=True), DELEGATED_ROLES)
def authorize(cloud: Cloud, request_key: str, role: tuple[str, ...]) -> Json:
    """Authorize a request token: delegate roles to the consumer (admin only)."""
    body = {"roles": resolve_roles(cloud, role)}
    answer = cloud.call(REQUEST_TOKEN.service, "PUT", f"/OS-OAUTH1/authorize/{quote(request_key)}", json=body)
    return dict(answer["token"])
