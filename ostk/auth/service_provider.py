"""Keystone to Keystone (K2K): a token of a service provider for a token of the local Keystone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..api.error_body import sentence
from ..config.documents import checked_endpoint
from ..errors import AuthError, ConfigError
from .access import Access
from .keystone import Method, Send, StaticToken, read_reply, rescope

if TYPE_CHECKING:
    from ..config.settings import Settings

Json = dict[str, Any]
PAOS = "application/vnd.paos+xml"  # the content type of an assertion in SAML's profile for clients (ECP)


def remote(local: Method, settings: Settings) -> Method:
    """Return the authentication method at the service provider in the settings, through `local`."""
    provider = settings.text("service_provider")
    if isinstance(local, StaticToken):
        raise ConfigError(
            f"The service provider {provider} ({settings.source('service_provider')}) needs a token of Keystone, "
            f"and the auth type {local.kind} gets none.",
            "Unset it, or use another auth type.",
        )
    scope: Json | None = None
    if given := settings.text("remote_project_id"):
        scope = {"project": {"id": given}}
    elif given := settings.text("remote_project_name"):
        domain = {"id": settings.text("remote_project_domain_id")}
        if not domain["id"]:
            name = settings.text("remote_project_domain_name")
            domain = {"name": name} if name else {"id": settings.text("default_domain") or "default"}
        scope = {"project": {"name": given, "domain": domain}}
    return ServiceProvider(local, settings.require("auth_url"), provider, scope)


class ServiceProvider(Method):
    """A token from the Keystone of a service provider, which trusts the assertions of the local Keystone."""

    def __init__(self, local: Method, auth_url: str, provider: str, scope: Json | None) -> None:
        super().__init__(local.kind, [local.key, provider, scope])
        self.local, self.auth_url, self.provider, self.scope = local, auth_url, provider, scope

    def authenticate(self, send: Send) -> Access:
        """Get a local token, an assertion for it, and the service provider's token for the assertion."""
        access = self.local.authenticate(send)
        known = {str(one.get("id")): one for one in access.service_providers}
        if self.provider not in known:
            there = ", ".join(sorted(known)) or "none"
            raise ConfigError(
                f"The local Keystone has no service provider {self.provider} for this user.", f"It has: {there}."
            )
        auth_url, url = (str(known[self.provider].get(key) or "") for key in ("auth_url", "sp_url"))
        if self.auth_url.lower().startswith("https"):
            for one in auth_url, url:
                checked_endpoint(one, self.auth_url, f"URL of service provider {self.provider}", "Correct it there.")
        assertion = self.assertion(send, access)
        headers = {"Content-Type": PAOS, "Accept": "application/json"}
        status, answered, body = send("POST", url, headers, assertion)
        if status in (302, 303):  # the session at the service provider is open; its cookie is sent along
            status, answered, body = send("GET", auth_url, headers, None)
        found = read_reply((status, answered, body))
        if found is None:
            raise AuthError(f"The service provider {self.provider} refused the assertion: {sentence(status, body)}.")
        return rescope(
            found, auth_url.partition("/OS-FEDERATION/")[0].rstrip("/").removesuffix("/v3"), self.scope, send
        )

    def assertion(self, send: Send, access: Access) -> bytes:
        """Return the assertion that the local Keystone makes for a token."""
        base = self.auth_url.rstrip("/").removesuffix("/v3")
        identity = {"methods": ["token"], "token": {"id": access.token}}
        asked = {"auth": {"identity": identity, "scope": {"service_provider": {"id": self.provider}}}}
        url = f"{base}/v3/auth/OS-FEDERATION/saml2/ecp"
        status, _, body = send("POST", url, {"Accept": "application/json"}, asked)
        if status >= 300 or not isinstance(body, str) or not body.strip():
            raise AuthError(
                f"Keystone at {base} makes no assertion for service provider {self.provider}: {sentence(status, body)}."
            )
        return body.encode()
