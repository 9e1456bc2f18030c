"""Request tokens: what a program asks a user to authorize, by OAuth 1."""

from __future__ import annotations

from ..kinds import PROJECT, REQUEST_TOKEN, ROLE
from ..language import Json, Noun, Opt
from ..owner import ITS_DOMAIN
from ..session.cloud import Cloud, quote
from .oauth import ask

token = Noun(REQUEST_TOKEN, "Ask to act for a user, by OAuth 1.")


@token.shower(
    "create",
    Opt("--consumer-key", "ID of the consumer.", local=True, required=True),
    Opt("--consumer-secret", "Secret of the consumer.", local=True, required=True),
    Opt("--project", "Project it wants to act in.", ref=PROJECT, domain=ITS_DOMAIN, local=True, required=True),
    ITS_DOMAIN,
)
def create(cloud: Cloud, consumer_key: str, consumer_secret: str, project: str) -> Json:
    """Create a request token."""
    oauth = {"oauth_consumer_key": consumer_key, "oauth_callback": "oob"}
    headers = {"Requested-Project-Id": project}
    return ask(cloud, "/OS-OAUTH1/request_token", oauth, [consumer_secret], headers)


@token.shower(
    "authorize",
    Opt("--request-key", "The request token.", local=True, required=True),
    Opt(
        "--role",
        "Role that is lent; may be repeated.",
        key="roles",
        ref=ROLE,
        multiple=True,
        required=True,
        convert=lambda ids: [{"id": id} for id in ids],
    ),
)
def authorize(cloud: Cloud, body: Json, request_key: str) -> Json:
    """Let the program that a request token is from act for you."""
    answer = cloud.call(ROLE.service, "PUT", f"/OS-OAUTH1/authorize/{quote(request_key)}", json=body)
    return dict(answer["token"])
