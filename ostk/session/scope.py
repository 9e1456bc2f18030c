"""What Keystone is told besides secrets: where it is, who asks, and for what the token shall be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..errors import ConfigError

if TYPE_CHECKING:
    from .config import Settings

Json = dict[str, Any]


def keystone_url(settings: Settings) -> tuple[str, str]:
    """Keystone's URL without its version, and the version: "v3", "v2.0" or "" where it names none.

    Errors: ConfigError if there is none or it is no URL.
    """
    given = settings.require("auth_url").strip()
    match = re.fullmatch(r"(?i)(https?)://([^/?#\s]+)([^?#\s]*)", given)
    if not match:
        raise ConfigError(
            f"The auth URL {given!r} is not a URL ({settings.source('auth_url')}).",
            "It looks like https://cloud.example.com:5000/v3.",
        )
    scheme, host, path = match.groups()
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    path = re.sub(r"(/v3/auth/tokens|/v2\.0/tokens)$", lambda m: m.group(0)[: m.group(0).index("/", 1)], path)
    version = re.search(r"/(v3|v2\.0)(?:\.\d+)?$", path)
    if version:
        path = path[: version.start()]
    return f"{scheme.lower()}://{host}{path}", version.group(1) if version else ""


def who(settings: Settings, methods: tuple[str, ...]) -> str:
    """Who asks, for a message."""
    if "application_credential" in methods:
        given = settings.text("application_credential_id") or settings.text("application_credential_name")
        return f"the application credential {given}"
    if "password" not in methods and "totp" not in methods:
        return "the token"
    if given := settings.text("user_id"):
        return f"the credentials of the user with ID {given}"
    domain = domain_of(settings, "user_domain")
    of = f" of domain {domain.get('name') or domain.get('id')}" if domain else ""
    return f"the credentials of user {settings.text('username')}{of}"


def origins(settings: Settings, methods: tuple[str, ...]) -> str:
    """Where what proves who asks comes from, for a message."""
    if "application_credential" in methods:
        keys = ["application_credential_id", "application_credential_name", "application_credential_secret"]
    elif "password" not in methods and "totp" not in methods:
        source = settings.source("token")
        return f"It is from {source}; tokens last for hours only. Get another: ostk token issue"
    else:
        keys = ["user_id" if settings.text("user_id") else "username", "password"]
    sources = {key.rsplit("_")[-1].replace("username", "user"): settings.source(key) for key in keys}
    told = {name: source for name, source in sources.items() if source}
    if len(told) > 1 and len(set(told.values())) == 1:
        text = f"All of them are from {next(iter(told.values()))}."
    else:
        each = ", ".join(f"{name} from {source}" for name, source in told.items())
        text = f"{each[:1].upper()}{each[1:]}."
    if settings.source("user_domain_id").startswith("default") and "username" in keys:
        text += " No domain is given, so `default` was tried: OS_USER_DOMAIN_NAME names another."
    return text


def v2_objection(settings: Settings) -> ConfigError | None:
    """The error if the settings ask of Identity v2.0 what it does not have."""
    if settings.text("project_id") and settings.text("project_name"):
        return ConfigError(
            "Identity v2.0 takes a tenant's ID or its name, not both: "
            f"{settings.source('project_id')} and {settings.source('project_name')} are both set.",
            f"Unset one of them, for example {settings.source('project_name')}.",
        )
    for key in ("system_scope", "trust_id", "domain_id", "domain_name"):
        if settings.text(key) and not (key.startswith("domain") and settings.text("project_name")):
            return ConfigError(
                f"Identity v2.0 knows no {key.replace('_', ' ')} ({settings.source(key)}).",
                "Unset it, or use an auth URL that ends in /v3.",
            )
    return None


def domain_of(settings: Settings, prefix: str) -> Json:
    """A domain by ID or by name, in Keystone's form; empty if none is set."""
    if given := settings.text(f"{prefix}_id"):
        return {"id": given}
    if given := settings.text(f"{prefix}_name"):
        return {"name": given}
    return {}


def scope_of(settings: Settings, v2: bool = False) -> Json | str | None:
    """For what the token shall be, in Keystone's v3 form; None to leave it to Keystone."""
    asked = {
        "a project": [key for key in ("project_id", "project_name") if settings.text(key)],
        "the system": ["system_scope"] if settings.text("system_scope") else [],
        "a trust": ["trust_id"] if settings.text("trust_id") else [],
    }
    chosen = [name for name, keys in asked.items() if keys]
    if len(chosen) > 1:
        sources = " and ".join(settings.source(keys[0]) for keys in asked.values() if keys)
        raise ConfigError(
            f"A token is for {' or for '.join(chosen)}, not for both: {sources} are set.", "Unset one of them."
        )
    if settings.text("project_id"):
        return {"project": {"id": settings.text("project_id")}}
    if name := settings.text("project_name"):
        domain = {} if v2 else domain_of(settings, "project_domain") or domain_of(settings, "domain")
        return {"project": {"name": name, "domain": domain} if domain else {"name": name}}
    if given := settings.text("system_scope"):
        if given.lower() != "all":
            raise ConfigError(
                f"The system scope {given!r} does not exist ({settings.source('system_scope')}).",
                "The only one is: all.",
            )
        return {"system": {"all": True}}
    if given := settings.text("trust_id"):
        return {"OS-TRUST:trust": {"id": given}}
    if domain := domain_of(settings, "domain"):
        return {"domain": domain}
    return "unscoped" if settings.boolean("unscoped", False) else None
