"""Access tokens: with them a program acts for a user, by OAuth 1."""

from __future__ import annotations

from ..kinds import REQUEST_TOKEN
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud
from .oauth import ask

token = Noun(REQUEST_TOKEN, "Get to act for a user, by OAuth 1.")


@token.shower(
    "create",
    Opt("--consumer-key", "ID of the consumer.", local=True, required=True),
    Opt("--consumer-secret", "Secret of the consumer.", local=True, required=True),
    Opt("--request-key", "The request token.", local=True, required=True),
    Opt("--request-secret", "Secret of the request token.", local=True, required=True),
    Opt("--verifier", "What authorizing it gave.", local=True, required=True),
)
def create(
    cloud: Cloud, consumer_key: str, consumer_secret: str, request_key: str, request_secret: str, verifier: str
) -> Json:
    """Turn an authorized request token into an access token."""
    oauth = {"oauth_consumer_key": consumer_key, "oauth_token": request_key, "oauth_verifier": verifier}
    return ask(cloud, "/OS-OAUTH1/access_token", oauth, [consumer_secret, request_secret], {})
