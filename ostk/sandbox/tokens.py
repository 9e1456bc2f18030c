"""Tokens: the ways to prove who one is, what a token is for, what it tells; Identity v3 and v2.0."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from secrets import token_hex, token_urlsafe
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
    salt = salt or token_hex(8)
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
    kept = ask.store.get("token", digest(text)) or {"_expires": 0}
    refuse(kept["_expires"] <= ask.now, name)
    return kept


def holder(ask: Ask, kept: Json) -> Who:
    """Who holds a token; 401 when the user, project or domain is no more."""
    kind, target = kept["kind"], kept["target"]
    known(ask, "user", {"id": kept["user_id"]})
    if kind in ("project", "domain"):
        known(ask, kind, {"id": target})
    names = roles_on(ask, kept["user_id"], kind, target)
    return Who(kept["user_id"], target if kind == "project" else "", frozenset(names & {*kept.get("roles", names)}))


def implied(name: str) -> list[str]:
    """A role and those that come with it."""
    return [name, *(implied(IMPLIED[name]) if name in IMPLIED else [])]


def roles_on(ask: Ask, user_id: str, kind: str, target: str) -> set[str]:
    """The names of a user's roles on a project, a domain or the system, with those they imply."""
    groups = {x["group_id"] for x in ask.store.all("membership", user_id=user_id)}
    within = [target]
    while kind == "project" and (found := ask.store.get("project", within[-1])):
        within.append(found["parent_id"])
    mine = [x for x in ask.store.all("assignment") if x["user_id"] == user_id or x["group_id"] in groups]
    held = {x["role_id"] for x in mine if (kind == "project" and x["target_id"] in within if x["inherited"]
                                           else (x["target"], x["target_id"]) == (kind, target))}  # fmt: skip
    return {name for role in ask.store.all("role") if role["id"] in held for name in implied(role["name"])}


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
    kept: Json = {"methods": identity["methods"]}
    for method in identity["methods"]:
        kept |= METHODS[method](ask, identity.get(method) or {})
    text = keep(ask, kept, auth.get("scope"))
    return Answer({"token": told(ask, kept)}, 201, {"X-Subject-Token": text})


def by_password(ask: Ask, given: Json) -> Json:
    """The user with this name and password."""
    user = known(ask, "user", given.get("user"))
    refuse(not fits(given["user"].get("password"), user.get("_password", "")), "Unauthorized")
    return {"user_id": user["id"]}


def by_token(ask: Ask, given: Json) -> Json:
    """The holder of a token."""
    kept = token(ask, given.get("id", ""))
    return {"user_id": holder(ask, kept).user_id, "_expires": kept["_expires"]}


def by_passcode(ask: Ask, given: Json) -> Json:
    """The user with this one-time passcode, of this half minute or the last one."""
    user, step = known(ask, "user", given.get("user")), int(ask.now // 30)
    kept = ask.store.all("credential", type="totp", user_id=user["id"])
    good = {passcode(x["blob"].strip(), one) for x in kept for one in (step, step - 1)}
    refuse(given["user"].get("passcode") not in good, "Unauthorized")
    return {"user_id": user["id"]}


def passcode(secret: str, step: int) -> str:
    """The one-time passcode of a half minute (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    code = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    number = int.from_bytes(code[(place := code[-1] & 15) : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def by_application_credential(ask: Ask, given: Json) -> Json:
    """The owner of an application credential, in its project and roles."""
    named = given.get("user") and {"name": given.get("name"), "user_id": known(ask, "user", given["user"])["id"]}
    wanted = named or {"id": given.get("id")}
    found = ask.store.first("application_credential", **wanted) or {}
    refuse(not fits(given.get("secret"), found.get("_secret", "")), "Unauthorized")
    refuse(found["expires_at"] and found["expires_at"] < ask.time(MICROSECONDS), "Unauthorized")
    return {"roles": [role["name"] for role in found["roles"]], **pick(found, "user_id project_id")}


METHODS = {"password": by_password, "token": by_token, "totp": by_passcode,
           "application_credential": by_application_credential}  # fmt: skip


def keep(ask: Ask, kept: Json, scope: Any) -> str:
    """Keep a new token for what it shall be for; its text, which is not kept itself."""
    text = f"gAAAAA{token_urlsafe(60)}"
    kept |= {"issued": ask.now, "audit": token_urlsafe(16)}
    kept["_expires"] = int(min(kept.get("_expires", ask.now + SECONDS), ask.now + SECONDS))
    kept["kind"], kept["target"] = purpose(ask, kept, scope)
    ask.store.put("token", kept, digest(text))
    return text


def purpose(ask: Ask, kept: Json, scope: Any) -> tuple[str, str]:
    """The kind and ID of what a token shall be for; 401 where the user has no role there."""
    user = known(ask, "user", {"id": kept["user_id"]})
    fixed, default = kept.get("project_id", ""), user.get("default_project_id", "")
    home = fixed or (default if roles_on(ask, user["id"], "project", default) else "")
    scope = scope or ({"project": {"id": home}} if home else {})
    kind = next((kind for kind in ("project", "domain", "system") if kind in scope), "")
    target = "all" if kind == "system" else known(ask, kind, scope[kind])["id"] if kind else ""
    refuse(kind and not roles_on(ask, user["id"], kind, target), "Unauthorized")
    refuse(fixed not in ("", target), "Unauthorized")
    return kind, target


def told(ask: Ask, kept: Json) -> Json:
    """What v3 tells of a token."""
    who, kind = holder(ask, kept), kept["kind"]
    user = reference(ask, known(ask, "user", {"id": who.user_id})) | {"password_expires_at": None}
    found: Json = {"methods": kept["methods"], "audit_ids": [kept["audit"]], "user": user}
    found |= {"expires_at": ask.time(STAMP, kept["_expires"]), "issued_at": ask.time(STAMP, kept["issued"])}
    if kind:
        place = ask.store.get(kind, kept["target"])
        found[kind] = reference(ask, place) if place else {"all": True}
        found |= {"is_domain": False} if kind == "project" else {}
        found["roles"] = [pick(role, "id name") for role in ask.store.all("role") if role["name"] in who.roles]
        found["catalog"] = catalog(ask, who)
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
    own = re.sub(r"[$%][(](project|tenant)_id[)]s", who.project_id, url) if who and who.project_id else url
    return own.replace("{host}", ask.host)


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
    auth, default = ask.json("auth"), {"domain": {"id": "default"}}
    password, given = auth.get("passwordCredentials"), auth.get("token")
    refuse(not isinstance(password or given, dict), "NoCredentials")
    user = pick(password or {}, "id=userId name=username password") | default
    kept = by_password(ask, {"user": user}) if password else by_token(ask, given)
    kept["methods"] = ["password" if password else "token"]
    tenant = pick(auth, "id=tenantId name=tenantName")
    text = keep(ask, kept, {"project": tenant | default} if any(tenant.values()) else None)
    v3, services = told(ask, kept), []
    for entry in v3.get("catalog", []):
        urls = {f"{one['interface']}URL": one["url"] for one in entry["endpoints"]}
        one = {**pick([*entry["endpoints"], {}][0], "id region"), **urls}
        services.append({**pick(entry, "type name"), "endpoints": [one]})
    token = {"id": text, **pick(v3, "issued_at audit_ids expires=expires_at tenant=project")}
    user = {**pick(v3["user"], "id name username=name"), "roles": [pick(x, "name") for x in v3.get("roles", [])]}
    return {"access": {"token": token, "serviceCatalog": services, "user": user}}
