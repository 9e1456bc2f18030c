"""Credentials: the default auth type and domains, and warnings about mixed credentials."""

from collections.abc import Collection, Iterable, Mapping

from .global_options import SECRETS
from .settings import Value

Layer = dict[str, Value]

_ALTERNATIVES = (
    ("username", "user_id"),
    ("user_domain_name", "user_domain_id"),
    ("project_name", "project_id"),
    ("project_domain_name", "project_domain_id"),
    ("domain_name", "domain_id"),
    ("application_credential_name", "application_credential_id"),
)
_ALTERNATIVE = {a: b for pair in _ALTERNATIVES for a, b in (pair, pair[::-1])}

LONGEST_LIST = 20  # words of a list in a message
_PROJECT = ("project_name", "project_id")
_DOMAIN = ("domain_name", "domain_id")
_CONFLICTS = {
    "project_name": ("system_scope", "trust_id"),
    "project_id": ("system_scope", "trust_id"),
    "domain_name": ("system_scope", "trust_id"),
    "domain_id": ("system_scope", "trust_id"),
    "system_scope": (*_PROJECT, *_DOMAIN, "trust_id"),
    "trust_id": (*_PROJECT, *_DOMAIN, "system_scope"),
}

IDENTITY = frozenset(
    {
        "auth_url",
        "auth_type",
        "endpoint",
        "token",
        "password",
        "passcode",
        "access_token",
        "application_credential_secret",
        "system_scope",
        "trust_id",
        *_ALTERNATIVE,
    }
)
"""Settings of one credential: from two sources at once, they may not belong together."""

CREDENTIAL_SETTINGS = IDENTITY - {
    "passcode",
    "password",
    "application_credential_secret",
    "user_domain_name",
    "user_domain_id",
    "project_domain_name",
    "project_domain_id",
}
"""Settings that make a credential; a password alone only adds to a cloud from elsewhere."""

_QUALIFIERS = frozenset({"user_domain_name", "user_domain_id", "project_domain_name", "project_domain_id", "auth_type"})


def overridden_settings(given: Collection[str]) -> set[str]:
    """Return the settings of lower precedence that options on the command line override.

    A project by name replaces a project by ID, and a scope replaces another kind of scope: Keystone would prefer
    the ID, and refuse two scopes.
    """
    overridden: set[str] = set()
    for key in given:
        overridden.update((_ALTERNATIVE.get(key, ""), *_CONFLICTS.get(key, ())))
    return overridden.difference(given, ("",))


def mixed_credentials_warning(
    cloud: str, described: Mapping[str, Value], variables: Layer, given: Collection[str]
) -> str:
    """Return a warning if variables replace a part of the credential of a cloud in a file, else ""."""
    who = [key for key in described if key in IDENTITY and described[key].value]
    mixed = []
    for key, (value, _) in variables.items():
        if key not in IDENTITY or key in given or not who:
            continue
        there = described[key].value if key in described else None
        other = _ALTERNATIVE.get(key, "")
        contradicts = bool(there) and there != value
        beside = other in described and bool(described[other].value)
        adds = key not in SECRETS and key not in _QUALIFIERS
        if contradicts or (not there and (beside or adds)):
            mixed.append(variables[key].source)
    if not mixed:
        return ""
    of = " from the environment" if all(source.isupper() for source in mixed) else ""
    return (
        f"Mixed credentials: {join_words(mixed)}{of}, "
        f"the rest from cloud {cloud} in {described[who[0]].source.partition(', cloud ')[0]}."
    )


def join_words(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    words = list(words)
    if len(words) > LONGEST_LIST:
        words = [*words[:LONGEST_LIST], f"{len(words) - LONGEST_LIST} more"]
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def complete(values: Layer, flags: Collection[str]) -> None:
    """Add the auth type and the domains of names that follow from the other settings."""
    values["auth_type"] = _auth_type(values, flags)
    _domains(values, str(values["auth_type"].value))


def _auth_type(values: Layer, flags: Collection[str]) -> Value:
    def has(*keys: str) -> bool:
        return any(key in values and values[key].value for key in keys)

    if has("auth_type"):
        given, source = values["auth_type"]
        word = {"none": "none", "token_endpoint": "admin_token"}.get(str(given).lower(), given)
        return Value(word, source)
    token = "token" if has("auth_url") or not has("endpoint") else "admin_token"
    if "token" in flags:
        return Value(token, "default (--os-token is given)")
    if "application_credential_secret" in flags:
        return Value("v3applicationcredential", "default (--os-application-credential-secret is given)")
    if has("auth_methods"):
        return Value("v3multifactor", "default (auth_methods is set)")
    if has("password") and has("username", "user_id"):
        return Value("password", "default (a password is set)")
    if has("application_credential_secret", "application_credential_id", "application_credential_name"):
        return Value("v3applicationcredential", "default (an application credential is set)")
    if has("token"):
        return Value(token, "default (a token is set)")
    if has("access_token") and has("identity_provider") and has("protocol"):
        return Value("v3oidcaccesstoken", "default (an access token is set)")
    if has("passcode"):
        return Value("v3totp", "default (a passcode is set)")
    return Value("password", "default")


def _domains(values: Layer, auth_type: str) -> None:
    def has(*keys: str) -> bool:
        return any(key in values and values[key].value for key in keys)

    # A domain beside a project is not the scope: it is the domain of the user and of the project.
    if has(*_PROJECT):
        for kind in ("id", "name"):
            if has(f"domain_{kind}"):
                for target in ("user", "project"):
                    if not has(f"{target}_domain_id", f"{target}_domain_name"):
                        values[f"{target}_domain_{kind}"] = values[f"domain_{kind}"]
        for key in _DOMAIN:
            values.pop(key, None)
    version = values.get("identity_api_version", Value("", "")).value
    if auth_type in ("none", "http_basic", "admin_token") or auth_type.startswith("v2"):
        return
    if str(version).startswith("2"):
        return
    default = _default_domain(values)
    named = has("username") and not has("user_id", "user_domain_id", "user_domain_name")
    if named and not auth_type.startswith("v3oidc"):
        values[f"user_{default[0]}"] = default[1]
    if has("project_name") and not has("project_id", "project_domain_id", "project_domain_name"):
        values[f"project_{default[0]}"] = default[1]


def _default_domain(values: Layer) -> tuple[str, Value]:
    for key, target in (("default_domain_id", "domain_id"), ("default_domain_name", "domain_name")):
        if key in values and values[key].value:
            return target, Value(values[key].value, f"default ({values[key].source})")
    given = values.get("default_domain", Value("default", "default"))
    source = given.source if given.source == "default" else f"default ({given.source})"
    return "domain_id", Value(given.value or "default", source)
