"""Authentication methods: from the settings to a Method, validated; nothing is sent here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import console
from ..errors import ConfigError
from .auth_request import domain_of, failure_causes, keystone_url, principal, scope_of, v2_objection
from .keystone import Json, Keystone, Method, StaticToken

if TYPE_CHECKING:
    from ..config.settings import Settings

V3_METHODS = {
    "password": ("password",),
    "token": ("token",),
    "v3password": ("password",),
    "v3token": ("token",),
    "v3totp": ("totp",),
    "v3applicationcredential": ("application_credential",),
    "v2password": ("password",),
    "v2token": ("token",),
}
MULTIFACTOR = ("password", "token", "totp", "application_credential")
WITHOUT_KEYSTONE = ("none", "admin_token", "token_endpoint", "http_basic")


def method_for(settings: Settings) -> Method:
    """Return the authentication method that the settings select.

    Raises:
        ConfigError: A setting is missing, is not supported or contradicts another.
    """
    method = _local_method(settings)
    if settings.text("service_provider"):
        from .service_provider import remote

        return remote(method, settings)
    return method


def _local_method(settings: Settings) -> Method:
    """Return the authentication method at the Keystone of the auth URL."""
    kind = settings.text("auth_type").strip().lower() or "password"
    if kind in WITHOUT_KEYSTONE:
        return _given(kind, settings)
    if kind == "v3multifactor":
        methods = _factors(settings)
    elif kind in V3_METHODS:
        methods = V3_METHODS[kind]
    else:
        from .federation import KINDS, federated
        from .oauth2 import KINDS as OAUTH2
        from .oauth2 import client_credential

        if kind in KINDS:
            return federated(kind, settings)
        if kind in OAUTH2:
            return client_credential(kind, settings)
        known = ", ".join(sorted([*V3_METHODS, "v3multifactor", *WITHOUT_KEYSTONE, *KINDS, *OAUTH2]))
        raise ConfigError(f"The auth type {kind} is not supported by ostk.", f"It supports {known}.")
    url, version = keystone_url(settings)
    if kind.startswith(("v2", "v3")):
        version = "v3" if kind.startswith("v3") else "v2.0"
    parts = {name: _part(name, settings) for name in methods}
    objection = None if version == "v3" else v2_objection(settings)
    if version == "v2.0" and objection:
        raise objection
    prefer = "v2.0" if settings.text("identity_api_version").lstrip("v").startswith("2") else "v3"
    scope = scope_of(settings, v2=kind.startswith("v2"))
    user, causes = principal(settings, methods), failure_causes(settings, methods)
    return Keystone(kind, url, version, prefer, parts, scope, user, objection, causes)


def _part(name: str, settings: Settings) -> Json:
    """Return one method's part of a v3 request; a secret to be asked for on the terminal is None."""
    if name == "token":
        return {"id": settings.require("token")}
    if name == "application_credential":
        part: Json = {"secret": settings.require("application_credential_secret")}
        if given := settings.text("application_credential_id"):
            return {"id": given, **part}
        given = settings.require("application_credential_id", "application_credential_name")
        return {"name": given, "user": _user(settings), **part}
    secret = "password" if name == "password" else "passcode"
    user = _user(settings)
    if not settings.text(secret) and console.can_prompt():
        return {"user": {**user, secret: None}}
    return {"user": {**user, secret: settings.require(secret)}}


def _user(settings: Settings) -> Json:
    """Return the user as a reference in a v3 request: by ID, or by name and domain."""
    if given := settings.text("user_id"):
        return {"id": given}
    domain = domain_of(settings, "user_domain")
    user = {"name": settings.require("username", "user_id")}
    return {**user, "domain": domain} if domain else user


def _factors(settings: Settings) -> tuple[str, ...]:
    given = settings.get("auth_methods", None) or ""
    names = given if isinstance(given, list | tuple) else str(given).split(",")
    methods = tuple(
        str(name).strip().removeprefix("v3").replace("applicationcredential", MULTIFACTOR[3]) for name in names
    )
    methods = tuple(name for name in methods if name)
    if not methods:
        raise ConfigError(
            "The auth type v3multifactor needs auth methods.", "For example: --os-auth-methods password,totp."
        )
    for name in methods:
        if name not in MULTIFACTOR:
            raise ConfigError(
                f"The auth method {name} is not supported by ostk.", f"It supports {', '.join(MULTIFACTOR)}."
            )
    return methods


def _given(kind: str, settings: Settings) -> StaticToken:
    endpoint = settings.text("endpoint")
    if kind == "none":
        return StaticToken(kind, "", endpoint=endpoint)
    if kind == "http_basic":
        from base64 import b64encode

        name, password = settings.require("username"), settings.require("password")
        token = b64encode(f"{name}:{password}".encode()).decode("ascii")
        return StaticToken(kind, f"Basic {token}", user=name, endpoint=endpoint)
    return StaticToken(kind, settings.require("token"), endpoint=settings.require("endpoint"))
