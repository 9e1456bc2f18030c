"""Tokens: authentication methods, scopes and representations, for Identity v3 and v2.0."""

import base64
import hashlib
import hmac
import re
from secrets import token_hex, token_urlsafe
from typing import Any

from .api_errors import api_error, raise_if
from .data import Json, pick
from .engine import route
from .messages import MICROSECONDS, Identity, Request, Response
from .services import KEYSTONE

TOKEN_SECONDS = 86400
IMPLIED_ROLES = {"admin": "manager", "manager": "member", "member": "reader"}
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S.000000Z"


def hash_secret(secret: str, salt: str = "") -> str:
    """Return the hash of a secret: "salt:hash"."""
    salt = salt or token_hex(8)
    return f"{salt}:{hashlib.pbkdf2_hmac('sha256', secret.encode(), salt.encode(), 1000).hex()}"


def verify_secret(secret: Any, stored: str) -> bool:
    """Return whether a secret has this hash."""
    return bool(stored) and hmac.compare_digest(hash_secret(str(secret), stored.partition(":")[0]), stored)


def token_hash(text: Any) -> str:
    """Return the hash of a token, under which it is stored."""
    return hashlib.sha256(str(text).encode()).hexdigest()


def authenticate(request: Request) -> None:
    """Set the identity of a request from its token; raises 401 for an invalid one."""
    request.authenticated = token_identity(
        request, find_token(request, request.header("X-Auth-Token") or request.header("X-Storage-Token"))
    )


def find_token(request: Request, text: Any, name: str = "Unauthorized") -> Json:
    """Return the stored data of a valid token; raises the error `name` for another."""
    stored = request.store.get("token", token_hash(text)) or {"_expires": 0}
    raise_if(stored["_expires"] <= request.now, name)
    return stored


def token_identity(request: Request, stored: Json) -> Identity:
    """Return the identity of a token; raises 401 if its user, project or domain no longer exists."""
    kind, target = stored["kind"], stored["target"]
    find_enabled(request, "user", {"id": stored["user_id"]})
    if kind in ("project", "domain"):
        find_enabled(request, kind, {"id": target})
    names = roles_on(request, stored["user_id"], kind, target)
    return Identity(
        stored["user_id"], target if kind == "project" else "", frozenset(names & {*stored.get("roles", names)})
    )


def with_implied_roles(name: str) -> list[str]:
    """Return a role and the roles that it implies."""
    return [name, *(with_implied_roles(IMPLIED_ROLES[name]) if name in IMPLIED_ROLES else [])]


def roles_on(request: Request, user_id: str, kind: str, target: str) -> set[str]:
    """Return the names of a user's roles on a project, a domain or the system, implied roles included."""
    groups = {x["group_id"] for x in request.store.all("membership", user_id=user_id)}
    within = [target]
    while kind == "project" and (found := request.store.get("project", within[-1])):
        within.append(found["parent_id"])
    own = [x for x in request.store.all("assignment") if x["user_id"] == user_id or x["group_id"] in groups]
    role_ids = {
        x["role_id"]
        for x in own
        if (
            kind == "project" and x["target_id"] in within
            if x["inherited"]
            else (x["target"], x["target_id"]) == (kind, target)
        )
    }
    return {
        name
        for role in request.store.all("role")
        if role["id"] in role_ids
        for name in with_implied_roles(role["name"])
    }


def find_enabled(request: Request, kind: str, given: Json | None) -> Json:
    """Return the user, project or domain that a request names by ID, or by name and domain; raises 401."""
    given = given or {}
    found = request.store.get(kind, str(given.get("id") or ""))
    if not found and not given.get("id") and given.get("name"):
        domain = {} if kind == "domain" else {"domain_id": find_enabled(request, "domain", given.get("domain"))["id"]}
        found = request.store.first(kind, name=given["name"], **domain)
    if not found or not found["enabled"]:
        raise api_error("Unauthorized")
    return found


@route(KEYSTONE, "POST /v3/auth/tokens", public=True)
def _authenticate(request: Request) -> Response:
    auth = request.json("auth")
    identity = auth.get("identity")
    raise_if(not isinstance(identity, dict) or not isinstance(identity.get("methods"), list), "NoIdentity")
    raise_if(not identity["methods"] or set(identity["methods"]) - METHODS.keys(), "Unauthorized")
    stored: Json = {"methods": identity["methods"]}
    for method in identity["methods"]:
        stored |= METHODS[method](request, identity.get(method) or {})
    text = issue_token(request, stored, auth.get("scope"))
    return Response({"token": represent_token(request, stored)}, 201, {"X-Subject-Token": text})


def authenticate_by_password(request: Request, given: Json) -> Json:
    """Authenticate by user and password."""
    user = find_enabled(request, "user", given.get("user"))
    raise_if(not verify_secret(given["user"].get("password"), user.get("_password", "")), "Unauthorized")
    return {"user_id": user["id"]}


def authenticate_by_token(request: Request, given: Json) -> Json:
    """Authenticate by a token."""
    stored = find_token(request, given.get("id", ""))
    return {"user_id": token_identity(request, stored).user_id, "_expires": stored["_expires"]}


def authenticate_by_totp(request: Request, given: Json) -> Json:
    """Authenticate by a one-time passcode of this or the last period of 30 seconds."""
    user, step = find_enabled(request, "user", given.get("user")), int(request.now // 30)
    stored = request.store.all("credential", type="totp", user_id=user["id"])
    good = {passcode(x["blob"].strip(), one) for x in stored for one in (step, step - 1)}
    raise_if(given["user"].get("passcode") not in good, "Unauthorized")
    return {"user_id": user["id"]}


def passcode(secret: str, step: int) -> str:
    """Return the one-time passcode of a period (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    code = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    number = int.from_bytes(code[(place := code[-1] & 15) : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def authenticate_by_application_credential(request: Request, given: Json) -> Json:
    """Authenticate by an application credential, for its project and roles."""
    named = given.get("user") and {
        "name": given.get("name"),
        "user_id": find_enabled(request, "user", given["user"])["id"],
    }
    requested = named or {"id": given.get("id")}
    found = request.store.first("application_credential", **requested) or {}
    raise_if(not verify_secret(given.get("secret"), found.get("_secret", "")), "Unauthorized")
    raise_if(found["expires_at"] and found["expires_at"] < request.time(MICROSECONDS), "Unauthorized")
    return {"roles": [role["name"] for role in found["roles"]], **pick(found, "user_id project_id")}


METHODS = {
    "password": authenticate_by_password,
    "token": authenticate_by_token,
    "totp": authenticate_by_totp,
    "application_credential": authenticate_by_application_credential,
}


def issue_token(request: Request, stored: Json, scope: Any) -> str:
    """Store a new token and return its text."""
    text = f"gAAAAA{token_urlsafe(60)}"
    stored |= {"issued": request.now, "audit": token_urlsafe(16)}
    stored["_expires"] = int(min(stored.get("_expires", request.now + TOKEN_SECONDS), request.now + TOKEN_SECONDS))
    stored["kind"], stored["target"] = token_scope(request, stored, scope)
    request.store.put("token", stored, token_hash(text))
    return text


def token_scope(request: Request, stored: Json, scope: Any) -> tuple[str, str]:
    """Return the kind and ID of a token's scope; raises 401 if the user has no role there."""
    user = find_enabled(request, "user", {"id": stored["user_id"]})
    fixed, default = stored.get("project_id", ""), user.get("default_project_id", "")
    home = fixed or (default if roles_on(request, user["id"], "project", default) else "")
    scope = scope or ({"project": {"id": home}} if home else {})
    kind = next((kind for kind in ("project", "domain", "system") if kind in scope), "")
    target = "all" if kind == "system" else find_enabled(request, kind, scope[kind])["id"] if kind else ""
    raise_if(kind and not roles_on(request, user["id"], kind, target), "Unauthorized")
    raise_if(fixed not in ("", target), "Unauthorized")
    return kind, target


def represent_token(request: Request, stored: Json) -> Json:
    """Return a token as Identity v3 represents it."""
    identity, kind = token_identity(request, stored), stored["kind"]
    user = reference(request, find_enabled(request, "user", {"id": identity.user_id})) | {"password_expires_at": None}
    found: Json = {"methods": stored["methods"], "audit_ids": [stored["audit"]], "user": user}
    found |= {
        "expires_at": request.time(TIME_FORMAT, stored["_expires"]),
        "issued_at": request.time(TIME_FORMAT, stored["issued"]),
    }
    if kind:
        scope_item = request.store.get(kind, stored["target"])
        found[kind] = reference(request, scope_item) if scope_item else {"all": True}
        found |= {"is_domain": False} if kind == "project" else {}
        found["roles"] = [pick(role, "id name") for role in request.store.all("role") if role["name"] in identity.roles]
        found["catalog"] = catalog(request, identity)
    return found


def reference(request: Request, item: Json) -> Json:
    """Return the ID, name and domain of a user, project or domain."""
    domain = request.store.get("domain", item.get("domain_id") or "")
    return {**({"domain": pick(domain, "id name")} if domain else {}), **pick(item, "id name")}


def catalog(request: Request, identity: Identity) -> list[Json]:
    """Return the catalog with the URLs for the user's project."""
    entries = []
    for service in request.store.all("service", enabled=True):
        stored = request.store.all("endpoint", service_id=service["id"], enabled=True)
        if identity.project_id or not any("_id)s" in x["url"] for x in stored):
            endpoints = [
                pick(x, "id interface region_id region") | {"url": endpoint_url(request, x["url"], identity)}
                for x in stored
            ]
            entries.append({**pick(service, "id type name"), "endpoints": endpoints})
    return entries


def endpoint_url(request: Request, url: str, identity: Identity | None = None) -> str:
    """Return the URL of an endpoint, with the host and the project filled in."""
    own = (
        re.sub(r"[$%][(](project|tenant)_id[)]s", identity.project_id, url) if identity and identity.project_id else url
    )
    return own.replace("{host}", request.host)


@route(KEYSTONE, "GET,DELETE /v3/auth/tokens")
def _token(request: Request) -> Response:
    subject = request.header("X-Subject-Token")
    stored = find_token(request, subject, "TokenNotFound")
    if request.method == "DELETE":
        request.store.delete("token", token_hash(subject))
        return Response(None, 204)
    return Response({"token": represent_token(request, stored)}, 200, {"X-Subject-Token": subject})


@route(KEYSTONE, "POST /v2.0/tokens", public=True)
def _authenticate_v2(request: Request) -> Json:
    auth, default = request.json("auth"), {"domain": {"id": "default"}}
    password, given = auth.get("passwordCredentials"), auth.get("token")
    raise_if(not isinstance(password or given, dict), "NoCredentials")
    user = pick(password or {}, "id=userId name=username password") | default
    stored = authenticate_by_password(request, {"user": user}) if password else authenticate_by_token(request, given)
    stored["methods"] = ["password" if password else "token"]
    tenant = pick(auth, "id=tenantId name=tenantName")
    text = issue_token(request, stored, {"project": tenant | default} if any(tenant.values()) else None)
    v3, services = represent_token(request, stored), []
    for entry in v3.get("catalog", []):
        urls = {f"{one['interface']}URL": one["url"] for one in entry["endpoints"]}
        one = {**pick([*entry["endpoints"], {}][0], "id region"), **urls}
        services.append({**pick(entry, "type name"), "endpoints": [one]})
    token = {"id": text, **pick(v3, "issued_at audit_ids expires=expires_at tenant=project")}
    user = {**pick(v3["user"], "id name username=name"), "roles": [pick(x, "name") for x in v3.get("roles", [])]}
    return {"access": {"token": token, "serviceCatalog": services, "user": user}}
