"""Tokens: what Keystone gives for credentials, and every service takes for them."""

from __future__ import annotations

from ..api.identity import TOKEN
from ..auth.access import seconds
from ..language import Arg, Json, Noun
from ..session.cloud import Cloud

token = Noun(TOKEN, "Manage tokens.")


@token.shower("issue")
def issue(cloud: Cloud) -> Json:
    """Issue a new token."""
    # A token that is shown is about to be used, shared or revoked elsewhere: never the one that is kept.
    access = cloud.method.authenticate(cloud.http.plain)
    shown = {
        "id": access.token,
        "expires": when(access.expires_at),
        "project_id": access.project_id,
        "user_id": access.user_id,
        "domain_id": access.domain_id,
        "system": "all" if access.system else "",
    }
    return {name: text for name, text in shown.items() if text}


def when(text: str) -> str:
    """A time as `2026-01-31T23:59:59+0000`; as it is if it is no time."""
    import time

    at = seconds(text)
    return text if at is None else time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(at))


@token.action("revoke", Arg("token", not_sent=True))
def revoke(cloud: Cloud, token: str) -> None:
    """Revoke a token."""
    cloud.call(TOKEN.service, "DELETE", TOKEN.path, headers={"X-Subject-Token": token})
    if token == cloud.access.token:
        cloud.cache.drop()
