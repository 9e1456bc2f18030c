"""Tokens: issue and revoke tokens of Keystone."""

from ..api.identity import TOKEN
from ..auth.access import seconds
from ..language import Arg, Cloud, Json, Noun

token = Noun(TOKEN, "Manage tokens.")


@token.shower("issue")
def issue(cloud: Cloud) -> Json:
    """Issue a new token."""
    # The printed token may be shared or revoked by its reader, so it is never the cached token of this client.
    http = cloud.http
    access = cloud.method.authenticate(http.print_without_token if cloud.dry_run() else http.request_without_token)
    fields = {
        "id": access.token,
        "expires": format_time(access.expires_at),
        "project_id": access.project_id,
        "user_id": access.user_id,
        "domain_id": access.domain_id,
        "system": "all" if access.system else "",
    }
    return {name: text for name, text in fields.items() if text}


def format_time(text: str) -> str:
    """Return an ISO 8601 time as `2026-01-31T23:59:59+0000`; other text is returned unchanged."""
    import time

    timestamp = seconds(text)
    return text if timestamp is None else time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(timestamp))


@token.action("revoke", Arg("token", "Token to revoke, as shown by token issue.", not_sent=True))
def revoke(cloud: Cloud, token: str) -> None:
    """Revoke a token."""
    cloud.send(TOKEN, "DELETE", headers={"X-Subject-Token": token})
    if token == cloud.access.token:
        cloud.cache.drop()
