"""OAuth 1.0a: signed requests for request tokens and access tokens."""

from collections.abc import Iterable, Mapping

from ..api.identity import CONSUMER
from ..errors import OstkError
from ..language import Json, Opt, Value
from ..session.cloud import Cloud, quote

CONSUMER_OPTIONS = [
    Opt("--consumer-key", "Consumer key (ID of the consumer).", key="oauth_consumer_key", required=True),
    Value("--consumer-secret", "Secret of the consumer.", required=True),
]


def request_oauth_token(
    cloud: Cloud, path: str, oauth: Json, *secrets: str, headers: Mapping[str, str] | None = None
) -> Json:
    """Send a signed POST request for an OAuth token, and return the token.

    Args:
        cloud: The cloud.
        path: Path of the request in the Identity API.
        oauth: Parameters of the request beside the nonce, signature method, timestamp and version.
        secrets: Secret of the consumer and, for an access token, secret of the request token.
        headers: More headers of the request.

    Returns:
        The token: `id`, `key` (both the OAuth token), `secret` and, if the token expires, `expires`.

    Raises:
        OstkError: The response has no OAuth token.
    """
    import secrets as random
    import time
    from urllib.parse import parse_qs

    parameters = {
        **oauth,
        "oauth_nonce": random.token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(time.time())),
        "oauth_version": "1.0",
    }
    parameters["oauth_signature"] = signature(cloud.endpoint(CONSUMER.service) + path, parameters, secrets)
    authorization = "OAuth " + ", ".join(f'{name}="{quote(text)}"' for name, text in sorted(parameters.items()))
    response = cloud.request(
        CONSUMER.service, "POST", path, headers={**(headers or {}), "Authorization": authorization}
    )
    found = {name: values[0] for name, values in parse_qs(response.text).items()}
    if "oauth_token" not in found or "oauth_token_secret" not in found:
        raise OstkError(f"Keystone did not answer with an OAuth token to POST {path}.")
    token = {"id": found["oauth_token"], "key": found["oauth_token"], "secret": found["oauth_token_secret"]}
    expires = found.get("oauth_expires_at")
    return {**token, "expires": expires} if expires else token


def signature(url: str, parameters: Mapping[str, str], secrets: Iterable[str]) -> str:
    """Return the HMAC-SHA1 signature (RFC 5849, section 3.4.2) of a POST request, in Base64."""
    import hmac
    from base64 import b64encode

    normalized = "&".join(f"{quote(name)}={quote(text)}" for name, text in sorted(parameters.items()))
    base_string = "&".join(("POST", quote(url), quote(normalized)))
    key = "&".join(quote(secret) for secret in (*secrets, "")[:2])
    return b64encode(hmac.digest(key.encode(), base_string.encode(), "sha1")).decode("ascii")
