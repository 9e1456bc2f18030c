"""Tokens from Keystone, Identity API v3 and v2.0: the request, the answer, and the errors."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from .. import console
from ..api.error_body import sentence
from ..errors import AuthError, ConfigError, ConnectionFailed, http_error
from .access import Access, read_v2, read_v3, seconds
from .auth_request import FailureCauses

Json = dict[str, Any]
Reply = tuple[int, Mapping[str, str], Any]
Send = Callable[[str, str, dict[str, str], Any], Reply]
"""Sends method, URL, headers and JSON; gives status, headers and the decoded body (text if not JSON)."""

SKEW = 300  # seconds that two clocks may differ before it is worth a word


def digest(kind: str, identity: Any) -> str:
    """Return a hash of what identifies a credential."""
    import hashlib
    import json

    text = json.dumps(["ostk", kind, identity], sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Method:
    """An authentication method with its settings.

    `key` is a hash of what identifies the credential and the scope; `user_key`, of a user who is asked for the
    password, is one of the user alone, "" for all others.
    """

    user_key = ""

    def __init__(self, kind: str, identity: Any) -> None:
        self.kind = kind
        self.key = digest(kind, identity)

    def authenticate(self, send: Send) -> Access:
        """Get a token.

        Raises:
            AuthError: Keystone refused the credential.
            ConnectionFailed: No Keystone answered.
        """
        raise NotImplementedError


class StaticToken(Method):
    """Authentication without Keystone (none, admin_token, http_basic); endpoints are in the settings."""

    def __init__(self, kind: str, token: str, user: str = "", endpoint: str = "") -> None:
        super().__init__(kind, [token, endpoint])
        self.access = Access(token=token, user_name=user, version="")

    def authenticate(self, send: Send) -> Access:
        """Return the token of the settings."""
        return self.access


class Attempt:
    """A request for a token and its response."""

    def __init__(self, version: str, url: str) -> None:
        self.version, self.url = version, url
        self.status = 0
        self.headers: Mapping[str, str] = {}
        self.body: Any = None
        self.access: Access | None = None

    @property
    def wrong_endpoint(self) -> bool:
        """Whether the response means that this URL has no such Identity API."""
        if self.access is not None:
            return False
        # A 404 with an error in JSON is how Keystone v3 and v2.0 answer to a token that they do not know.
        unknown = self.status == 404 and isinstance(self.body, dict) and "error" in self.body
        return (self.status in (300, 404, 405, 410) and not unknown) or self.status < 300


class Keystone(Method):
    """A token from Keystone, Identity API v3 or v2.0.

    Args:
        kind: The auth type.
        url: The URL of Keystone without a version.
        version: "v3", "v2.0", or "" to discover the version.
        prefer: The version to try first if `version` is "".
        identity: The authentication methods, method → its part of a v3 request; a password or passcode that is None
            is asked for on the terminal.
        scope: The scope in the form of a v3 request.
        principal: The user or credential, for messages.
        v2_objection: The error if the request cannot be made in v2.0.
        causes: The possible causes of a failure, for messages.
    """

    def __init__(
        self,
        kind: str,
        url: str,
        version: str,
        prefer: str,
        identity: Json,
        scope: Json | str | None,
        principal: str,
        v2_objection: ConfigError | None = None,
        causes: FailureCauses | None = None,
    ) -> None:
        # A passcode changes each time: it does not identify the credential.
        lasting = {
            name: {**part, "user": {**part["user"], "passcode": None}} if name == "totp" else part
            for name, part in identity.items()
        }
        super().__init__(kind, [url, version, lasting, scope])
        self.url, self.version, self.prefer = url, version, prefer
        self.identity, self.scope, self.principal, self.causes = identity, scope, principal, causes or FailureCauses()
        self.v2_objection = v2_objection
        if version != "v2.0" and list(identity) == ["password"] and self.prompts():
            self.user_key = digest("user", [url, identity])

    def authenticate(self, send: Send) -> Access:
        """Request a token; discover the API version if the URL has none."""
        send, identity = reaching(send), self.complete_identity()
        attempt = self.attempt(send, self.version or self.prefer, self.url, identity)
        if not self.version and attempt.wrong_endpoint:
            version, url = self.discover(send)
            # The version document of a Keystone behind a proxy may link to a path that only exists inside.
            first = (attempt.version, self.url)
            for place in dict.fromkeys([url, self.url]):
                if attempt.wrong_endpoint and (version, place) != first:
                    attempt = self.attempt(send, version, place, identity)
        elif self.version == "v2.0" and not self.kind.startswith("v2") and attempt.wrong_endpoint:
            # The auth URL is an old one: Keystone has no v2.0 since 2018 (Queens).
            self.scope = with_domains(self.scope)
            newer = self.attempt(send, "v3", self.url, with_domains(identity))
            attempt = attempt if newer.wrong_endpoint else newer
        if attempt.access is None:
            raise self.refusal(attempt)
        if "application_credential" in self.identity:
            self.check_project(attempt.access)
        return attempt.access

    def check_project(self, access: Access) -> None:
        """Raise ConfigError if the settings name another project than the application credential's.

        Keystone refuses any scope in a request with an application credential, even its own project.
        """
        asked = self.scope.get("project", {}) if isinstance(self.scope, dict) else {}
        field = "id" if "id" in asked else "name"
        same = asked.get(field) == (access.project_id if field == "id" else access.project_name)
        if self.scope and not same:
            what = asked.get("name") or asked.get("id") or "something else"
            raise ConfigError(
                f"The application credential is for project {access.project_name}, not for {what}.",
                "Leave out the project and other scopes, or use an application credential of that project.",
            )

    def prompts(self) -> bool:
        """Return whether the password must be asked for on the terminal."""
        return "password" in self.identity and self.identity["password"]["user"].get("password") is None

    def rescope(self, send: Send, token: str) -> Access | None:
        """Return a token for the scope of this method from another token of the user, None if Keystone gives none.

        Without a scope, and for a trust, only the credential itself will do.

        Raises:
            ConnectionFailed: No Keystone answered.

        """
        if not (isinstance(self.scope, dict) and {"project", "domain", "system"}.intersection(self.scope)):
            return None
        return self.attempt(reaching(send), "v3", self.url, {"token": {"id": token}}).access

    def complete_identity(self) -> Json:
        """Return the identity with the secrets asked for on the terminal; a password is asked for once a process."""
        complete: Json = {}
        for name, part in self.identity.items():
            secret = {"password": "password", "totp": "passcode"}.get(name)
            if secret and part["user"].get(secret) is None:
                part = {**part, "user": {**part["user"], secret: self.ask(secret, part["user"])}}
            complete[name] = part
        return complete

    def ask(self, secret: str, user: Json) -> str:
        """Return the password or passcode of a user; a password that was typed before is not asked for again."""
        from ..config import prompts

        if secret != "password":
            return console.prompt_secret("TOTP passcode: ")
        key = (self.url, repr(user))
        answer = prompts.recall(key) or console.prompt_secret("Password: ")
        prompts.remember(key, answer)
        return answer

    def attempt(self, send: Send, version: str, url: str, identity: Json) -> Attempt:
        """Request a token at one URL."""
        accept = {"Accept": "application/json"}
        if version == "v3":
            body: Json = {"identity": {"methods": list(identity), **identity}}
            if self.scope and "application_credential" not in identity:
                body["scope"] = self.scope
            tried = Attempt("v3", f"{url}/v3/auth/tokens")
            tried.status, tried.headers, tried.body = send("POST", tried.url, accept, {"auth": body})
            tried.access = read_reply((tried.status, tried.headers, tried.body))
            return tried
        if self.v2_objection:
            raise self.v2_objection
        tried = Attempt("v2.0", f"{url}/v2.0/tokens")
        sent = {"auth": self.v2_body(identity)}
        tried.status, tried.headers, tried.body = send("POST", tried.url, accept, sent)
        tried.access = read_v2(tried.body) if tried.status < 300 else None
        return tried

    def v2_body(self, identity: Json) -> Json:
        """Return the request body for v2.0, which has tenants and no domains."""
        if "token" in identity:
            body: Json = {"token": {"id": identity["token"]["id"]}}
        else:
            user = identity["password"]["user"]
            name = {"userId": user["id"]} if "id" in user else {"username": user["name"]}
            body = {"passwordCredentials": {**name, "password": user["password"]}}
        project = self.scope.get("project", {}) if isinstance(self.scope, dict) else {}
        if "id" in project:
            body["tenantId"] = project["id"]
        elif "name" in project:
            body["tenantName"] = project["name"]
        return body

    def discover(self, send: Send) -> tuple[str, str]:
        """Return the API version to use and its URL, from Keystone's version document."""
        status, _, body = send("GET", f"{self.url}/", {"Accept": "application/json"}, None)
        versions = body.get("versions", body.get("version")) if isinstance(body, dict) else None
        if isinstance(versions, dict):
            versions = versions.get("values", [versions])
        found: dict[str, str] = {}
        for one in versions if isinstance(versions, list) else []:
            major = re.match(r"v(3|2\.0)\b", str(one.get("id"))) if isinstance(one, dict) else None
            if major:
                found.setdefault(f"v{major.group(1)}", _link(one, self.url))
        for version in (self.prefer, "v3", "v2.0"):
            if version in found:
                return version, found[version]
        if status < 300 or status in (300, 404, 405):
            raise ConnectionFailed(
                f"There is no Keystone at {self.url}: it has no list of API versions (HTTP {status}).",
                "Check the auth URL (OS_AUTH_URL); most end in /v3.",
            )
        raise http_error(status, f"Keystone at {self.url}: {sentence(status, body)}")

    def refusal(self, tried: Attempt) -> Exception:
        """Return the error for a request that brought no token."""
        where, status = f"Keystone at {self.url}", tried.status
        if tried.wrong_endpoint and status >= 300:
            hint = (
                f"Use {self.url}/v3 as auth URL (OS_AUTH_URL)."
                if tried.version == "v2.0"
                else ("Check the auth URL (OS_AUTH_URL); most end in /v3.")
            )
            return AuthError(f"There is no Identity API {tried.version} at {tried.url} (HTTP {status}).", hint)
        if status < 300:
            return ConnectionFailed(
                f"{tried.url} did not answer with a token: is it a Keystone?", "Check the auth URL (OS_AUTH_URL)."
            )
        if status >= 500 or status == 429:
            return http_error(status, f"{where}: {sentence(status, tried.body)}")
        hint = _hint(tried) or f"{self.causes.hint(status)} {_skew(tried)}".strip()
        return AuthError(f"{where} refused {self.principal}: {sentence(status, tried.body)}", hint)


def reaching(send: Send) -> Send:
    """Return `send` with connection errors in the words that scripts test for: no Keystone is reached."""

    def ask(method: str, url: str, headers: dict[str, str], json: Any) -> Reply:
        try:
            return send(method, url, headers, json)
        except ConnectionFailed as error:
            prefix = "Failed to discover available identity versions (ConnectionError)"
            raise ConnectionFailed(f"{prefix}: {error.message}", error.hint) from error

    return ask


def read_reply(reply: Reply) -> Access | None:
    """Return the token in a response of Identity v3, None if there is none."""
    status, headers, body = reply
    token = next((value for name, value in headers.items() if name.lower() == "x-subject-token"), "")
    return read_v3(token, body) if status < 300 else None


def rescope(access: Access, url: str, scope: Any, send: Send) -> Access:
    """Get a scoped token for an unscoped one from Keystone at `url`; without a scope, return the unscoped token."""
    if not scope:
        return access
    return Keystone("v3token", url, "v3", "v3", {"token": {"id": access.token}}, scope, "the token").authenticate(send)


def with_domains(part: Any) -> Any:
    """Return an identity or a scope in which every user and project that only has a name has a domain."""
    if not isinstance(part, dict):
        return part
    filled = {name: with_domains(value) for name, value in part.items()}
    for one in (filled.get("user"), filled.get("project")):
        if isinstance(one, dict) and "name" in one and "domain" not in one and "id" not in one:
            one["domain"] = {"id": "default"}
    return filled


def _link(version: Json, url: str) -> str:
    """Return the URL above an API version: the path of its own link, on the host that answered."""
    from urllib.parse import urlsplit, urlunsplit

    links = version.get("links")
    for link in links if isinstance(links, list) else []:
        href = link.get("href") if isinstance(link, dict) and link.get("rel") == "self" else ""
        try:
            path = urlsplit(href).path if isinstance(href, str) else ""
        except ValueError:
            continue
        if path:
            path = re.sub(r"/v[\d.]+/?$", "", re.sub(r"/{2,}", "/", f"/{path}"))
            at = urlsplit(url)
            return urlunsplit((at.scheme, at.netloc, path.rstrip("/"), "", ""))
    return url


def _hint(tried: Attempt) -> str:
    needed = tried.body.get("required_auth_methods") if isinstance(tried.body, dict) else None
    if needed:
        ways = " or ".join(",".join(map(str, way)) for way in needed if isinstance(way, list))
        return f"Multi-factor authentication is required: --os-auth-type v3multifactor --os-auth-methods {ways}."
    return ""


def _skew(tried: Attempt) -> str:
    """Return how far the clocks differ, which makes passcodes and good tokens look expired; "" if they agree."""
    import time

    at = None
    date = next((v for k, v in tried.headers.items() if k.lower() == "date"), "")
    if date:
        from email.utils import parsedate_to_datetime

        try:
            at = seconds(parsedate_to_datetime(date).isoformat())
        except (ValueError, TypeError):
            at = None
    if at is not None and abs(time.time() - at) > SKEW:
        minutes = round(abs(time.time() - at) / 60)
        way = "ahead of" if time.time() > at else "behind"
        return f"This machine's clock is {minutes} minutes {way} Keystone's."
    return ""
