"""Access tokens: with them a program acts for a user, by OAuth 1."""

from __future__ import annotations

from ..api.identity import REQUEST_TOKEN
from ..language import Json, Noun, Opt
from ..session.cloud import Cloud
from .oauth import CONSUMER_OPTIONS, ask

token = Noun(REQUEST_TOKEN, "Get to act for a user, by OAuth 1.")


@token.shower(
    "create",
    CONSUMER_OPTIONS,
    Opt("--request-key", "The request token.", key="oauth_token", required=True),
    Opt("--request-secret", "Secret of the request token.", not_sent=True, required=True),
    Opt("--verifier", "What authorizing it gave.", key="oauth_verifier", required=True),
)
def create(cloud: Cloud, body: Json, consumer_secret: str, request_secret: str) -> Json:
    """Turn an authorized request token into an access token."""
    return ask(cloud, "/OS-OAUTH1/access_token", body, consumer_secret, request_secret)
