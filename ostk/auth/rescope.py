"""A token for another scope without a prompt: from a cached token of a user who typed the password before.

A user without a password in the settings types it once. The token that Keystone gives for it is cached for the user,
beside the tokens of each scope; as long as it is valid, it serves to get tokens for other scopes. They expire with it.
"""

import time
from typing import Any

from ..cache import Cache
from ..config.settings import Settings
from .access import MARGIN, Access, seconds
from .keystone import Keystone, Method, Send

TOKEN = "token of the user"  # the name of the token in the cache


def authenticate(method: Method, settings: Settings, send: Send) -> Access:
    """Get a token; where the password would be prompted for, from the cached token of the user if there is one.

    Args:
        method: The authentication method.
        settings: The settings of the cloud.
        send: Sends a request.

    Returns:
        The token. It comes from the method itself where Keystone refuses the token of the user.

    Raises:
        AuthError: Keystone refused the credential.
        ConnectionFailed: No Keystone answered.

    """
    if not isinstance(method, Keystone) or not method.user_key or not method.prompts():
        return method.authenticate(send)
    cache = Cache.of(method.user_key, settings.boolean("no_cache"))
    held = cache.get(TOKEN)
    if readable(held) and (access := method.rescope(send, held["token"])) and access.user_id == held["user"]:
        return access
    access = method.authenticate(send)
    expires = seconds(access.expires_at)
    if access.version == "v3" and expires and not access.trust_id:
        left = expires - MARGIN - time.time()
        cache.put(TOKEN, {"token": access.token, "user": access.user_id}, max(left, 0))
    return access


def readable(held: Any) -> bool:
    """Return whether a cached value is the token of a user."""
    return isinstance(held, dict) and all(isinstance(held.get(key), str) for key in ("token", "user"))


def forget(method: Method, settings: Settings) -> None:
    """Delete the cached token of the user."""
    if method.user_key:
        Cache.of(method.user_key, settings.boolean("no_cache")).drop()
