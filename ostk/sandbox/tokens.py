"""Tokens: the ways to prove who one is, what a token is for, what it tells; Identity v3 and v2.0."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import struct
from typing import Any

from .data import Json, pick
from .engine import on
from .refusals import refusal, refuse
from .services import KEYSTONE
from .wire import MICROSECONDS, Answer, Ask, Who

SECONDS = 86400
IMPLIED = {"admin": "manager", "manager": "member", "member": "reader"}
STAMP = "%Y-%m-%dT%H:%M:%S.000000Z"


def hashed(secret: str, salt: str = "") -> str:
    """A secret as it is kept: "salt:hash"."""
    salt = salt or os.urandom(8).hex()
    return f"{salt}:{hashlib.pbkdf2_hmac('sha256', secret.encode(), salt.encode(), 1000).hex()}"


def fits(secret: Any, kept: str) -> bool:
    """Whether a secret is the one that was kept."""
    return bool(kept) and hmac.compare_digest(hashed(str(secret), kept.partition(":")[0]), kept)


def digest(text: Any) -> str:
    """Under which ID a token is kept, which itself is not."""
    return hashlib.sha256(str(text).encode()).hexdigest()


def recognise(ask: Ask) -> None:
    """Find out who asks by the token; 401 for one that is none."""
    ask.who = holder(ask, token(ask, ask.header("X-Auth-Token") or ask.header("X-Storage-Token")))


def token(ask: Ask, text: Any, name: str = "Unauthorized") -> Json:
    """What is kept of a token that is good."""
    kept = ask.store.get("token", digest(text))
    if kept is None or kept["_expires"] <= ask.now:
        raise refusal(name)
    return kept


def holder(ask: Ask, kept: Json) -> Who:
    """Who holds a token; 401 when the user or project is no more."""
    known(ask, "user", {"id": kept["user_id"]})
    if kept["project_id"]:
        known(ask, "project", {"id": kept["project_id"]})
    names = roles_on(ask, kept["user_id"], *scope_of(kept))
    return Who(kept["user_id"], kept["project_id"], frozenset(x for x in names if x in kept.get("roles", names)))


def scope_of(kept: Json) -> tuple[str, str]:
    """What a token is for: its kind and ID."""
    kinds = [kind for kind in ("project", "domain", "system") if kept.get(f"{kind}_id")]
    return (kinds[0], str(kept[f"{kinds[0]}_id"])) if kinds else ("", "")


def implied(name: str) -> list[str]:
    """A role and those that come with it."""
    return [name, *(implied(IMPLIED[name]) if name in IMPLIED else [])]


def roles_on(ask: Ask, user_id: str, kind: str, target: str) -> list[str]:
    """The names of a user's roles on a project, a domain or the system, with those they imply."""
    groups = {x["group_id"] for x in ask.store.all("membership", user_id=user_id)}
    above, parents = target, {target}
    while kind == "project" and (found := ask.store.get("project", above)):
        above = found.get("parent_id") or ""
        parents.add(above)
    names: dict[str, None] = {}
    for x in ask.store.all("assignment"):
        actor = x["user_id"] == user_id or x["group_id"] in groups
        direct = (x["target"], x["target_id"]) == (kind, target) and not x["inherited"]
        if actor and (direct or (x["inherited"] and kind == "project" and x["target_id"] in parents)):
            role = ask.store.get("role", x["role_id"])
            names |= dict.fromkeys(implied(role["name"]) if role else [])
    return list(names)


def known(ask: Ask, kind: str, given: Json | None) -> Json:
    """The user, project or domain that a request names by ID, or by name and domain; 401 where there is none."""
    given = given or {}
    found = ask.store.get(kind, str(given.get("id") or ""))
    if not found and not given.get("id") and given.get("name"):
        domain = {} if kind == "domain" else {"domain_id": known(ask, "domain", given.get("domain"))["id"]}
        found = ask.store.first(kind, name=given["name"], **domain)
    if not found or not found["enabled"]:
        raise refusal("Unauthorized")
    return found


@on(KEYSTONE, "POST /v3/auth/tokens", public=True)
def _authenticate(ask: Ask) -> Answer:
    auth = ask.json("auth")
    identity = auth.get("identity")
    refuse(not isinstance(identity, dict) or not isinstance(identity.get("methods"), list), "NoIdentity")
    refuse(not identity["methods"] or set(identity["methods"]) - METHODS.keys(), "Unauthorized")
    proven = [METHODS[method](ask, identity.get(method) or {}) for method in identity["methods"]]
    refuse(len({one["user"]["id"] for one in proven}) > 1, "Unauthorized")
    kept: Json = {"methods": identity["methods"]}
    for one in proven:
        kept |= one
    text, kept = keep(ask, scoped(ask, kept.pop("user"), auth.get("scope"), kept))
    return Answer({"token": told(ask, kept)}, 201, {"X-Subject-Token": text})


def by_password(ask: Ask, given: Json) -> Json:
    """The user with this name and password."""
    user = known(ask, "user", given.get("user"))
    refuse(not fits(given["user"].get("password"), user.get("_password", "")), "Unauthorized")
    return {"user": user}


def by_token(ask: Ask, given: Json) -> Json:
    """The holder of a token."""
    kept = token(ask, given.get("id", ""))
    return {"user": known(ask, "user", {"id": holder(ask, kept).user_id}), "_expires": kept["_expires"]}


def by_passcode(ask: Ask, given: Json) -> Json:
    """The user with this one-time passcode (RFC 6238)."""
    user = known(ask, "user", given.get("user"))
    for credential in ask.store.all("credential", type="totp", user_id=user["id"]):
        secret = credential["blob"].strip()
        key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
        for step in (int(ask.now // 30), int(ask.now // 30) - 1):
            code = hmac.digest(key, struct.pack(">Q", step), "sha1")
            number = int.from_bytes(code[(place := code[-1] & 15) : place + 4], "big") & 0x7FFFFFFF
            if hmac.compare_digest(f"{number % 10**6:06}", str(given["user"].get("passcode", ""))):
                return {"user": user}
    raise refusal("Unauthorized")


def by_application_credential(ask: Ask, given: Json) -> Json:
    """The owner of an application credential, in its project and roles."""
    wanted = {"id": given.get("id")}
    if given.get("user"):
        wanted = {"name": given.get("name"), "user_id": known(ask, "user", given["user"])["id"]}
    found = ask.store.first("application_credential", **wanted) or {"_secret": "", "expires_at": None}
    ended = found["expires_at"] and found["expires_at"] < ask.time(MICROSECONDS)
    refuse(ended or not fits(given.get("secret"), found["_secret"]), "Unauthorized")
    user, roles = known(ask, "user", {"id": found["user_id"]}), [role["name"] for role in found["roles"]]
    return {"user": user, "project_id": found["project_id"], "roles": roles, "app": found["id"]}


METHODS = {"password": by_password, "token": by_token, "totp": by_passcode,
           "application_credential": by_application_credential}  # fmt: skip


def scoped(ask: Ask, user: Json, scope: Any, kept: Json) -> Json:
    """What the token shall be for; 401 where the user has no role there."""
    fixed = kept.get("project_id")
    kept = {"project_id": "", "domain_id": "", "system_id": "", **kept, "user_id": user["id"]}
    scope = scope if isinstance(scope, dict) else {}
    for kind in ("project", "domain"):
        if kind in scope:
            kept[f"{kind}_id"] = known(ask, kind, scope[kind])["id"]
    if "system" in scope:
        kept["system_id"] = "all"
    refuse(fixed and kept["project_id"] != fixed, "Unauthorized")
    default = user.get("default_project_id")
    if not scope and not fixed and default and roles_on(ask, user["id"], "project", default):
        kept["project_id"] = default
    where = scope_of(kept)
    refuse(where[0] and not roles_on(ask, user["id"], *where), "Unauthorized")
    return kept


def keep(ask: Ask, kept: Json) -> tuple[str, Json]:
    """Keep a new token: its text, which is not kept itself, and what was."""
    text = "gAAAAA" + base64.urlsafe_b64encode(os.urandom(60)).decode()
    expires = min(kept.get("_expires", ask.now + SECONDS), ask.now + SECONDS)
    audit = base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")
    return text, ask.store.put(
        "token", {**kept, "issued": ask.now, "_expires": int(expires), "audit": audit}, digest(text)
    )


def told(ask: Ask, kept: Json) -> Json:
    """What v3 tells of a token."""
    who, (kind, target) = holder(ask, kept), scope_of(kept)
    found: Json = {"methods": kept["methods"], "audit_ids": [kept["audit"]]}
    found["user"] = reference(ask, known(ask, "user", {"id": who.user_id})) | {"password_expires_at": None}
    found |= {"expires_at": ask.time(STAMP, kept["_expires"]), "issued_at": ask.time(STAMP, kept["issued"])}
    if kind == "system":
        found["system"] = {"all": True}
    elif kind:
        found[kind] = reference(ask, ask.store.get(kind, target) or {"id": target, "name": ""})
        found |= {"is_domain": False} if kind == "project" else {}
    if kind:
        found["roles"] = [pick(role, "id name") for role in ask.store.all("role") if role["name"] in who.roles]
        found |= {} if ask.flag("nocatalog") else {"catalog": catalog(ask, who)}
    if kept.get("app"):
        found["application_credential"] = {"id": kept["app"], "restricted": True}
    return found


def reference(ask: Ask, item: Json) -> Json:
    """The ID and name of a user, project or domain, and of the domain that it is in."""
    domain = ask.store.get("domain", item.get("domain_id") or "")
    return {**({"domain": pick(domain, "id name")} if domain else {}), **pick(item, "id name")}


def catalog(ask: Ask, who: Who) -> list[Json]:
    """The services and their addresses, as the one who asks reaches them."""
    entries = []
    for service in ask.store.all("service", enabled=True):
        kept = ask.store.all("endpoint", service_id=service["id"], enabled=True)
        if who.project_id or not any("_id)s" in x["url"] for x in kept):
            endpoints = [pick(x, "id interface region_id region") | {"url": address(ask, x["url"], who)} for x in kept]
            entries.append({**pick(service, "id type name"), "endpoints": endpoints})
    return entries


def address(ask: Ask, url: str, who: Who | None = None) -> str:
    """An endpoint's URL with the address of the practice cloud and the project put in."""
    for name in ("$(project_id)s", "%(project_id)s", "$(tenant_id)s", "%(tenant_id)s"):
        url = url.replace(name, who.project_id) if who and who.project_id else url
    return url.replace("{host}", ask.host)


@on(KEYSTONE, "GET,DELETE /v3/auth/tokens")
def _token(ask: Ask) -> Answer:
    subject = ask.header("X-Subject-Token")
    kept = token(ask, subject, "TokenNotFound")
    if ask.method == "DELETE":
        ask.store.drop("token", digest(subject))
        return Answer(None, 204)
    return Answer({"token": told(ask, kept)}, 200, {"X-Subject-Token": subject})


@on(KEYSTONE, "POST /v2.0/tokens", public=True)
def _authenticate_v2(ask: Ask) -> Json:
    auth = ask.json("auth")
    refuse(not isinstance(auth.get("passwordCredentials") or auth.get("token"), dict), "NoCredentials")
    if password := auth.get("passwordCredentials"):
        user = {**pick(password, "id=userId name=username password"), "domain": {"id": "default"}}
        proven = by_password(ask, {"user": user})
    else:
        proven = by_token(ask, auth["token"])
    tenant = pick(auth, "id=tenantId name=tenantName")
    scope = {"project": {**tenant, "domain": {"id": "default"}}} if any(tenant.values()) else None
    text, kept = keep(ask, scoped(ask, proven.pop("user"), scope, {"methods": ["password"], **proven}))
    v3, services = told(ask, kept), []
    for entry in v3.get("catalog", []):
        more = "/v2.0" if entry["type"] == "identity" else ""
        urls = {f"{one['interface']}URL": one["url"] + more for one in entry["endpoints"]}
        one = {**urls, "id": entry["id"], "region": entry["endpoints"][0]["region"]} if urls else {}
        services.append({**pick(entry, "type name"), "endpoints": [one] if one else [], "endpoints_links": []})
    token = {"id": text, **pick(v3, "issued_at audit_ids expires=expires_at")}
    if "project" in v3:
        token["tenant"] = {**pick(v3["project"], "id name"), "enabled": True, "description": None}
    roles = v3.get("roles", [])
    user = pick(v3["user"], "id name username=name") | {"roles": [pick(x, "name") for x in roles], "roles_links": []}
    metadata = {"is_admin": 0, "roles": [x["id"] for x in roles]}
    return {"access": {"token": token, "serviceCatalog": services, "user": user, "metadata": metadata}}
