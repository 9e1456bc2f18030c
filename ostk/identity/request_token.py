"""Request tokens: what a program asks a user to authorize, by OAuth 1."""

from __future__ import annotations

from ..api.identity import PROJECT, REQUEST_TOKEN
from ..language import Json, Noun, Opt
from ..owner import ITS_DOMAIN
from ..session.cloud import Cloud, quote
from .oauth import CONSUMER_OPTIONS, ask
from .options import LENT_ROLES, lent_roles

token = Noun(REQUEST_TOKEN, "Ask to act for a user, by OAuth 1.")


@token.shower(
    "create",
    CONSUMER_OPTIONS,
    Opt("--project", "Project it wants to act in.", ref=PROJECT, domain=ITS_DOMAIN, not_sent=True, required=True),
    ITS_DOMAIN,
)
def create(cloud: Cloud, body: Json, consumer_secret: str, project: str) -> Json:
    """Create a request token."""
    oauth = {**body, "oauth_callback": "oob"}
    return ask(cloud, "/OS-OAUTH1/request_token", oauth, consumer_secret, headers={"Requested-Project-Id": project})


@token.shower("authorize", Opt("--request-key", "The request token.", not_sent=True, required=True), LENT_ROLES)
def authorize(cloud: Cloud, request_key: str, role: tuple[str, ...]) -> Json:
    """Let the program that a request token is from act for you."""
    body = {"roles": lent_roles(cloud, role)}
    answer = cloud.call(REQUEST_TOKEN.service, "PUT", f"/OS-OAUTH1/authorize/{quote(request_key)}", json=body)
    return dict(answer["token"])
