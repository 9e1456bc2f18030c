"""The auth types of OpenID Connect (`v3oidc…`): from the settings to a Method."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from .auth_request import keystone_url, scope_of
from .keystone import Method
from .openid import OpenID

if TYPE_CHECKING:
    from ..config.settings import Settings

KINDS = ("v3oidcaccesstoken", "v3oidcauthcode", "v3oidcclientcredentials", "v3oidcdeviceauthz", "v3oidcpassword")


def federated(kind: str, settings: Settings) -> Method:
    """Return the authentication method of one of `KINDS`. Raises ConfigError for a missing setting."""
    url, _ = keystone_url(settings)
    provider, protocol = settings.require("identity_provider"), settings.require("protocol")
    form: dict[str, str] = {}
    token = endpoint = discovery = ""
    client = ("", "")
    if kind == "v3oidcaccesstoken":
        token = settings.require("access_token")
    else:
        client = (settings.require("client_id"), settings.text("client_secret"))
        endpoint, discovery = settings.text("access_token_endpoint"), settings.text("discovery_endpoint")
        if not endpoint and not discovery:
            settings.require("discovery_endpoint", "access_token_endpoint")
        form = {"scope": settings.text("openid_scope") or "openid profile"}
        if kind == "v3oidcpassword":
            form["grant_type"] = "password"
            form["username"], form["password"] = settings.require("username"), settings.require("password")
        elif kind == "v3oidcauthcode":
            form = {"grant_type": "authorization_code", "code": settings.require("code")}
            if returns_to := settings.text("redirect_uri"):
                form["redirect_uri"] = returns_to
        elif kind == "v3oidcclientcredentials":
            form["grant_type"] = "client_credentials"
    way = f"identity_providers/{quote(provider, safe='')}/protocols/{quote(protocol, safe='')}"
    make: Callable[..., OpenID] = OpenID
    if kind == "v3oidcdeviceauthz":
        from .device import device

        make = device(settings)
    return make(
        kind,
        url=url,
        entrance=f"{url}/v3/OS-FEDERATION/{way}/auth",
        scope=scope_of(settings),
        form=form,
        client=client,
        given=token,
        token_endpoint=endpoint,
        discovery=discovery,
        token_type=settings.text("access_token_type") or "access_token",
    )
