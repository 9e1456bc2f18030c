"""OAuth 1.0a access tokens: a consumer exchanges an authorized request token for an access token."""

from ..api.identity import REQUEST_TOKEN
from ..language import Cloud, Json, Noun, Opt, Value
from .oauth import CONSUMER_OPTIONS, request_oauth_token

token = Noun(REQUEST_TOKEN, "Create OAuth 1.0a access tokens.")


@token.shower(
    "create",
    CONSUMER_OPTIONS,
    Opt("--request-key", "Key of the request token.", key="oauth_token", required=True),
    Value("--request-secret", "Secret of the request token.", required=True),
    Opt("--verifier", "Verifier from the authorization of the request token.", key="oauth_verifier", required=True),
)
def create(cloud: Cloud, body: Json, consumer_secret: str, request_secret: str) -> Json:
    """Create an access token from an authorized request token."""
    return request_oauth_token(cloud, "/OS-OAUTH1/access_token", body, consumer_secret, request_secret)
