"""Tokens from Keystone for an access token of an OpenID Connect provider that Keystone trusts."""

from typing import Any
from urllib.parse import urlencode

from ..api.error_body import message_in, sentence
from ..config.documents import checked_endpoint
from ..errors import AuthError, ConfigError, ConnectionFailed
from .access import Access
from .keystone import Json, Method, Send, reaching, read_reply, rescope


class OpenID(Method):
    """A token from Keystone for an access token of an OpenID Connect provider."""

    def __init__(
        self,
        kind: str,
        *,
        url: str,
        entrance: str,
        scope: Json | str | None,
        form: dict[str, str],
        client: tuple[str, str],
        given: str,
        token_endpoint: str,
        discovery: str,
        token_type: str,
    ) -> None:
        super().__init__(kind, [entrance, scope, form, client, given, token_endpoint, discovery, token_type])
        self.url, self.entrance, self.scope = url, entrance, scope
        self.form, self.client, self.given = form, client, given
        self.token_endpoint, self.discovery, self.token_type = token_endpoint, discovery, token_type
        self.document: Json = {}

    def authenticate(self, send: Send) -> Access:
        """Get an access token, an unscoped token for it, and a scoped token for that."""
        bearer = self.given or self.provided(send)
        sent = {"Accept": "application/json", "Authorization": f"Bearer {bearer}"}
        status, headers, body = reaching(send)("POST", self.entrance, sent, None)
        access = read_reply((status, headers, body))
        if access is None:
            raise AuthError(f"Keystone at {self.url} refused the identity provider's token: {sentence(status, body)}.")
        return rescope(access, self.url, self.scope, send)

    def provided(self, send: Send) -> str:
        """Return an access token from the provider."""
        endpoint = self.endpoint(send, "token", self.token_endpoint, "--os-access-token-endpoint")
        status, body = self.post(send, endpoint, self.form)
        return self.access_token(endpoint, status, body)

    def endpoint(self, send: Send, name: str, given: str, option: str) -> str:
        """Return an endpoint of the provider: `given`, else the one that the discovery document names."""
        if given:
            return given
        if not self.discovery:
            raise ConfigError(
                f"The {name} endpoint of the identity provider is missing.", f"Use {option} or --os-discovery-endpoint."
            )
        if not self.document:
            status, _, body = send("GET", self.discovery, {"Accept": "application/json"}, None)
            self.document = body if isinstance(body, dict) and status < 300 else {"status": status}
        endpoint = str(self.document.get(f"{name.replace(' ', '_')}_endpoint") or "")
        if not endpoint:
            status = self.document.get("status", 200)
            raise ConnectionFailed(
                f"{self.discovery} names no {name} endpoint (HTTP {status}).", "Check --os-discovery-endpoint."
            )
        advice = f"If the endpoint is right, give it with {option}."
        return checked_endpoint(endpoint, self.discovery, f"{name} endpoint", advice)

    def post(self, send: Send, endpoint: str, form: dict[str, str], name_client: bool = False) -> tuple[int, Any]:
        """Send a form to the provider, with the client's ID and secret; return the status and the body.

        With a secret, the ID is in the form only if `name_client` is set.
        """
        from base64 import b64encode

        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        name, secret = self.client
        if secret:
            headers["Authorization"] = "Basic " + b64encode(f"{name}:{secret}".encode()).decode("ascii")
        if name_client or not secret:
            form = {**form, "client_id": name}
        status, _, body = send("POST", endpoint, headers, urlencode(form).encode())
        return status, body

    def access_token(self, endpoint: str, status: int, body: Any) -> str:
        """Return the access token in an answer of the provider."""
        token = body.get(self.token_type) if isinstance(body, dict) else None
        if status >= 300 or not isinstance(token, str):
            text = message_in(body.get("error_description") or body if isinstance(body, dict) else body)
            raise AuthError(
                f"The identity provider at {endpoint} refused: {text or 'no reason given'} (HTTP {status}).",
                "An authorization code works once, for a few minutes: get another." if "code" in self.form else "",
            )
        if not token.isascii() or not token.isprintable():
            raise ConfigError(f"The identity provider at {endpoint} gave an access token that is not printable ASCII.")
        return token
