"""Requests signed by OAuth 1, as those for request tokens and access tokens are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..api.identity import CONSUMER
from ..errors import OstkError
from ..language import Json, Opt
from ..session.cloud import Cloud, quote

CONSUMER_OPTIONS = [
    Opt("--consumer-key", "ID of the consumer.", key="oauth_consumer_key", required=True),
    Opt("--consumer-secret", "Secret of the consumer.", not_sent=True, required=True),
]


def ask(cloud: Cloud, path: str, oauth: Json, *secrets: str, headers: Mapping[str, str] | None = None) -> Json:
    """Send a signed POST to a path of Keystone: the token it answers with.

    `oauth` are the parameters that this request needs besides the usual ones, `secrets` the consumer's
    and, once there is one, the request token's.
    """
    import secrets as random
    import time
    from urllib.parse import parse_qs

    parts = {
        **oauth,
        "oauth_nonce": random.token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(time.time())),
        "oauth_version": "1.0",
    }
    parts["oauth_signature"] = signature(cloud.endpoint(CONSUMER.service) + path, parts, secrets)
    signed = "OAuth " + ", ".join(f'{name}="{quote(text)}"' for name, text in sorted(parts.items()))
    response = cloud.request(CONSUMER.service, "POST", path, headers={**(headers or {}), "Authorization": signed})
    found = {name: several[0] for name, several in parse_qs(response.text).items()}
    if "oauth_token" not in found or "oauth_token_secret" not in found:
        raise OstkError("Keystone did not answer with an OAuth token.")
    token = {"id": found["oauth_token"], "key": found["oauth_token"], "secret": found["oauth_token_secret"]}
    expires = found.get("oauth_expires_at")
    return {**token, "expires": expires} if expires else token


def signature(url: str, parts: Mapping[str, str], secrets: Iterable[str]) -> str:
    """The signature of a POST by HMAC-SHA1, as RFC 5849 says."""
    import hmac
    from base64 import b64encode

    listed = "&".join(f"{quote(name)}={quote(text)}" for name, text in sorted(parts.items()))
    base = "&".join(("POST", quote(url), quote(listed)))
    key = "&".join(quote(secret) for secret in (*secrets, "")[:2])
    return b64encode(hmac.digest(key.encode(), base.encode(), "sha1")).decode("ascii")
