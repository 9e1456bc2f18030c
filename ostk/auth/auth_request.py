"""Parts of an authentication request: Keystone's URL, the scope, and the words for users and scopes in errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .. import program
from ..config.credentials import join_words
from ..errors import ConfigError
from ..record import Record

if TYPE_CHECKING:
    from ..config.settings import Settings

Json = dict[str, Any]


def keystone_url(settings: Settings) -> tuple[str, str]:
    """Return Keystone's URL without the version, and the version: "v3", "v2.0", or "" if the URL has none.

    Raises:
        ConfigError: The auth URL is missing or is not a URL.
    """
    given = settings.require("auth_url").strip()
    match = re.fullmatch(r"(?i)(https?)://([^/?#\s]+)([^?#\s]*)", given)
    if not match:
        raise ConfigError(
            f"The auth URL {given!r} is not a URL ({settings.source('auth_url')}).",
            "An auth URL looks like https://cloud.example.com:5000/v3.",
        )
    scheme, host, path = match.groups()
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    path = re.sub(r"(/v3/auth/tokens|/v2\.0/tokens)$", lambda m: m.group(0)[: m.group(0).index("/", 1)], path)
    version = re.search(r"/(v3|v2\.0)(?:\.\d+)?$", path)
    if version:
        path = path[: version.start()]
    return f"{scheme.lower()}://{host}{path}", version.group(1) if version else ""


def principal(settings: Settings, methods: tuple[str, ...]) -> str:
    """Return the user or credential, and the scope, for the message of a failed authentication."""
    scope, _ = named_scope(settings)
    on = f" for {scope}" if scope and "application_credential" not in methods else ""
    if "application_credential" in methods:
        given = settings.text("application_credential_id") or settings.text("application_credential_name")
        return f"the application credential {given}"
    if "password" not in methods and "totp" not in methods:
        return f"the token{on}"
    if given := settings.text("user_id"):
        return f"the user with ID {given}{on}"
    domain = domain_of(settings, "user_domain")
    of = f" of domain {domain.get('name') or domain.get('id')}" if domain else ""
    return f"user {settings.text('username')}{of}{on}"


def named_scope(settings: Settings) -> tuple[str, str]:
    """Return the requested scope, for a message, and the source of that setting; both "" if there is none."""
    words = {
        "project_id": "project {}",
        "project_name": "project {}",
        "system_scope": "the system",
        "trust_id": "trust {}",
        "domain_id": "domain {}",
        "domain_name": "domain {}",
    }
    for key, word in words.items():
        if settings.text(key):
            return word.format(settings.text(key)), settings.source(key)
    return "", ""


class FailureCauses(Record):
    """Possible causes of a failed authentication: Keystone answers 401 to most of them.

    Attributes:
        identity: What may be wrong with the user or the credential.
        absent: What a 404 means: Keystone does not know the credential.
        scope: What may be wrong with the requested scope, "" if there is none.
        sources: Where the values come from.
    """

    identity: str = ""
    absent: str = ""
    scope: str = ""
    sources: str = ""

    def hint(self, status: int) -> str:
        """Return the hint for a response with this status."""
        causes = {401: [self.scope, self.identity], 404: [self.absent]}.get(status, [])
        causes = [cause for cause in causes if cause]
        text = f"{', or '.join(causes)}." if causes else ""
        return f"{text[:1].upper()}{text[1:]} {self.sources}".strip()


def failure_causes(settings: Settings, methods: tuple[str, ...]) -> FailureCauses:
    """Return the possible causes of a failed authentication with these settings."""
    scope, source = named_scope(settings)
    if "application_credential" in methods:
        keys = ["application_credential_id", "application_credential_name", "application_credential_secret"]
        values = {key.rsplit("_")[-1].replace("id", "ID"): settings.source(key) for key in keys}
        return FailureCauses(
            "the application credential may have expired, or its secret may be wrong",
            "the application credential may have been deleted, or belong to another cloud",
            sources=sources(values),
        )
    if "password" not in methods and "totp" not in methods:
        given = settings.source("token")
        on = f" ({source})" if source and source != given else ""
        left = f"its user may have no role on {scope}{on}" if scope else ""
        expired = f"the token ({given}) may have expired: tokens last for hours only" if given else ""
        return FailureCauses(expired, expired, left, f"Get another: {program()} token issue" if given else "")
    user = settings.text("username") or settings.text("user_id")
    secrets = [key for key, method in (("password", "password"), ("passcode", "totp")) if method in methods]
    values = {"user": settings.source("user_id" if settings.text("user_id") else "username")}
    values |= {key: settings.source(key) for key in secrets}
    if not scope:
        identity = f"the user name or the {' or the '.join(secrets)} may be wrong"
        return FailureCauses(identity, sources=sources(values, settings))
    alone = source not in values.values()
    if not alone:
        values["scope" if scope == "the system" else scope.split()[0]] = source
    right = "not be the trustee of" if scope.startswith("trust ") else "have no role on"
    on = f"{scope} ({source})" if alone else scope
    cause = f"user {user} may {right} {on}"
    return FailureCauses(f"the {' or the '.join(secrets)} is wrong", "", cause, sources(values, settings))


def sources(values: dict[str, str], settings: Settings | None = None) -> str:
    """Return where values (name → source) come from, and that the default domain was used, if it was."""
    known = {name: source for name, source in values.items() if source}
    groups = {source: [name for name in known if known[name] == source] for source in known.values()}
    text = "; ".join(f"{join_words(names)} from {source}" for source, names in groups.items())
    text = f"{text[:1].upper()}{text[1:]}." if text else ""
    if settings and settings.source("user_domain_id").startswith("default") and settings.text("username"):
        text += " No user domain is set, so 'default' was used; set OS_USER_DOMAIN_NAME for another."
    return text


def v2_objection(settings: Settings) -> ConfigError | None:
    """Return the error if the settings need what the Identity API v2.0 does not have, else None."""
    if settings.text("project_id") and settings.text("project_name"):
        return ConfigError(
            "The Identity API v2.0 takes the ID or the name of a tenant, not both: "
            f"{settings.source('project_id')} and {settings.source('project_name')} are both set.",
            f"Unset one of them, for example {settings.source('project_name')}.",
        )
    for key in ("system_scope", "trust_id", "domain_id", "domain_name"):
        if settings.text(key) and not (key.startswith("domain") and settings.text("project_name")):
            return ConfigError(
                f"The Identity API v2.0 has no {key.replace('_', ' ')} ({settings.source(key)}).",
                "Unset it, or use an auth URL that ends in /v3.",
            )
    return None


def domain_of(settings: Settings, prefix: str) -> Json:
    """Return a domain as a reference in a v3 request, {"id": …} or {"name": …}; {} if none is set."""
    if given := settings.text(f"{prefix}_id"):
        return {"id": given}
    if given := settings.text(f"{prefix}_name"):
        return {"name": given}
    return {}


def scope_of(settings: Settings, v2: bool = False) -> Json | str | None:
    """Return the scope in the form of a v3 request, None to leave the scope to Keystone."""
    asked = {
        "a project": [key for key in ("project_id", "project_name") if settings.text(key)],
        "the system": ["system_scope"] if settings.text("system_scope") else [],
        "a trust": ["trust_id"] if settings.text("trust_id") else [],
    }
    chosen = [name for name, keys in asked.items() if keys]
    if len(chosen) > 1:
        sources = " and ".join(settings.source(keys[0]) for keys in asked.values() if keys)
        raise ConfigError(f"A token has one scope, {' or '.join(chosen)}: {sources} are set.", "Unset one of them.")
    if settings.text("project_id"):
        return {"project": {"id": settings.text("project_id")}}
    if name := settings.text("project_name"):
        domain = {} if v2 else domain_of(settings, "project_domain") or domain_of(settings, "domain")
        return {"project": {"name": name, "domain": domain} if domain else {"name": name}}
    if given := settings.text("system_scope"):
        if given.lower() != "all":
            raise ConfigError(
                f"The system scope {given!r} does not exist ({settings.source('system_scope')}).",
                "The only system scope is: all.",
            )
        return {"system": {"all": True}}
    if given := settings.text("trust_id"):
        return {"OS-TRUST:trust": {"id": given}}
    if domain := domain_of(settings, "domain"):
        return {"domain": domain}
    return "unscoped" if settings.boolean("unscoped", False) else None
