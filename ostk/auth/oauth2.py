"""OAuth 2.0 client credentials: requests carry an access token beside Keystone's token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ..api.error_body import message_in, sentence
from ..errors import AuthError
from ..record import replace
from .access import Access, read_v3
from .auth_request import keystone_url, scope_of
from .keystone import Keystone, Method, Send

if TYPE_CHECKING:
    from ..config.settings import Settings

KINDS = ("v3oauth2clientcredential", "v3oauth2mtlsclientcredential")


def client_credential(kind: str, settings: Settings) -> Method:
    """Return the authentication method of one of `KINDS`. Raises ConfigError for a missing setting."""
    url, _ = keystone_url(settings)
    endpoint = settings.text("oauth2_endpoint").strip() or f"{url}/v3/OS-OAUTH2/token"
    client = settings.require("oauth2_client_id")
    if kind == "v3oauth2mtlsclientcredential":
        settings.require("cert")
        return ClientCredential(kind, url, endpoint, client)
    # The client of Keystone's OAuth 2.0 API is an application credential.
    secret = settings.require("oauth2_client_secret")
    identity = {"application_credential": {"id": client, "secret": secret}}
    keystone = Keystone(kind, url, "v3", "v3", identity, scope_of(settings), f"the OAuth 2.0 client {client}")
    return ClientCredential(kind, url, endpoint, client, secret, keystone)


class ClientCredential(Method):
    """An access token from an OAuth 2.0 endpoint, and a token of Keystone.

    Without `keystone`, the client proves itself by the certificate of TLS, and the access token is Keystone's too.
    """

    def __init__(
        self, kind: str, url: str, endpoint: str, client: str, secret: str = "", keystone: Keystone | None = None
    ) -> None:
        super().__init__(kind, [url, endpoint, client, secret, keystone.key if keystone else ""])
        self.url, self.endpoint, self.client, self.secret, self.keystone = url, endpoint, client, secret, keystone

    def authenticate(self, send: Send) -> Access:
        """Get both tokens."""
        if self.keystone:
            access = self.keystone.authenticate(send)
            return replace(access, bearer=self.access_token(send))
        token = self.access_token(send)
        sent = {"Accept": "application/json", "X-Auth-Token": token, "X-Subject-Token": token}
        status, _, body = send("GET", f"{self.url}/v3/auth/tokens", sent, None)
        found = read_v3(token, body) if status < 300 else None
        if found is None:
            raise AuthError(f"Keystone at {self.url} refused the OAuth 2.0 access token: {sentence(status, body)}.")
        return replace(found, bearer=token)

    def access_token(self, send: Send) -> str:
        """Return an access token from the OAuth 2.0 endpoint."""
        form, headers = {"grant_type": "client_credentials"}, {"Content-Type": "application/x-www-form-urlencoded"}
        if self.secret:
            from base64 import b64encode

            pair = f"{self.client}:{self.secret}".encode()
            headers["Authorization"] = "Basic " + b64encode(pair).decode("ascii")
        else:
            form["client_id"] = self.client
        status, _, body = send("POST", self.endpoint, headers, urlencode(form).encode())
        answer: dict[str, Any] = body if isinstance(body, dict) else {}
        token = answer.get("access_token")
        if status >= 300 or not isinstance(token, str) or not token.isascii() or not token.isprintable():
            text = message_in(answer.get("error_description") or body)
            raise AuthError(
                f"The OAuth 2.0 endpoint {self.endpoint} refused client {self.client}: "
                f"{text or 'no access token in its answer'} (HTTP {status}).",
                "Check --os-oauth2-endpoint, --os-oauth2-client-id and "
                + ("--os-oauth2-client-secret." if self.secret else "--os-cert."),
            )
        return token
