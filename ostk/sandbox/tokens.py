"""Tokens: the ways to prove who one is, what a token is for, what it tells; Identity v3 and v2.0."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from typing import Any

from .store import Json
from .wire import Answer, Ask, Refusal, Who

SECONDS = 86400
IMPLIED = {"admin": "manager", "manager": "member", "member": "reader"}
REFUSED = "The request you have made requires authentication."
STAMP = "%Y-%m-%dT%H:%M:%S.000000Z"


def hashed(secret: str, salt: str = "") -> str:
    """A secret as it is kept: "salt:hash"."""
    salt = salt or os.urandom(8).hex()
    return f"{salt}:{hashlib.pbkdf2_hmac('sha256', secret.encode(), salt.encode(), 1000).hex()}"


def fits(secret: Any, kept: str) -> bool:
    """Whether a secret is the one that was kept."""
    return bool(kept) and hmac.compare_digest(hashed(str(secret), kept.partition(":")[0]), kept)


def recognise(ask: Ask) -> None:
    """Find out who asks by the token; 401 for one that is none."""
    text = ask.header("X-Auth-Token") or ask.header("X-Storage-Token")
    kept = ask.store.get("token", hashlib.sha256(text.encode()).hexdigest()) if text else None
    if kept is None or kept["_expires"] <= ask.now:
        raise Refusal(401, REFUSED)
    ask.who = holder(ask, kept)


def holder(ask: Ask, kept: Json) -> Who:
    """Who holds a token; 401 when the user or project is no more."""
    user = ask.store.get("user", kept["user_id"])
    project = ask.store.get("project", kept["project_id"]) if kept["project_id"] else None
    if not user or not user["enabled"] or (kept["project_id"] and not (project and project["enabled"])):
        raise Refusal(401, REFUSED)
    names = roles_on(ask, user["id"], *scope_of(kept))
    limit = kept.get("roles")
    return Who(user, project, frozenset(n for n in names if limit is None or n in limit), kept)


def scope_of(kept: Json) -> tuple[str, str]:
    """What a token is for: its kind and ID."""
    for kind in ("project", "domain", "system"):
        if kept.get(f"{kind}_id"):
            return kind, str(kept[f"{kind}_id"])
    return "", ""


def roles_on(ask: Ask, user_id: str, kind: str, target: str) -> list[str]:
    """The names of a user's roles on a project, a domain or the system, with those they imply."""
    groups = {x["group_id"] for x in ask.store.all("membership", user_id=user_id)}
    above = target
    parents = {target}
    while kind == "project" and (found := ask.store.get("project", above)):
        above = found.get("parent_id") or ""
        parents.add(above)
    names = []
    for x in ask.store.all("assignment"):
        actor = x["user_id"] == user_id or x["group_id"] in groups
        direct = (x["target"], x["target_id"]) == (kind, target) and not x["inherited"]
        if actor and (direct or (x["inherited"] and kind == "project" and x["target_id"] in parents)):
            role = ask.store.get("role", x["role_id"])
            name = role["name"] if role else ""
            while name and name not in names:
                names.append(name)
                name = IMPLIED.get(name, "")
    return names


# -- proving who one is -------------------------------------------------------------------------------


def authenticate(ask: Ask) -> Answer:
    """POST /v3/auth/tokens."""
    auth = ask.json("auth")
    identity = auth.get("identity")
    if not isinstance(identity, dict) or not isinstance(identity.get("methods"), list):
        raise Refusal(400, "'identity' is a required property")
    methods = identity["methods"]
    proven: list[Json] = []
    for method in methods:
        prove = METHODS.get(method)
        if prove is None:
            raise Refusal(401, "The request you have made requires authentication.")
        proven.append(prove(ask, identity.get(method) or {}))
    if not proven or len({one["user"]["id"] for one in proven}) != 1:
        raise Refusal(401, REFUSED)
    kept: Json = {"methods": methods}
    for one in proven:
        kept.update(one)
    user = kept.pop("user")
    return issued(ask, user, scoped(ask, user, auth.get("scope"), kept))


def by_password(ask: Ask, given: Json) -> Json:
    """The user with this name and password."""
    user = named_user(ask, given.get("user") or {})
    if not fits((given.get("user") or {}).get("password"), user.get("_password", "")):
        raise Refusal(401, REFUSED)
    return {"user": user}


def by_token(ask: Ask, given: Json) -> Json:
    """The holder of a token."""
    kept = ask.store.get("token", hashlib.sha256(str(given.get("id", "")).encode()).hexdigest())
    if kept is None or kept["_expires"] <= ask.now:
        raise Refusal(401, REFUSED)
    return {"user": holder(ask, kept).user, "_expires": kept["_expires"]}


def by_passcode(ask: Ask, given: Json) -> Json:
    """The user with this one-time passcode (RFC 6238)."""
    import base64

    user = named_user(ask, given.get("user") or {})
    passcode = str((given.get("user") or {}).get("passcode", ""))
    for credential in ask.store.all("credential", type="totp", user_id=user["id"]):
        secret = credential["blob"].strip()
        key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
        for step in (int(ask.now // 30), int(ask.now // 30) - 1):
            digest = hmac.digest(key, struct.pack(">Q", step), "sha1")
            place = digest[-1] & 15
            number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
            if hmac.compare_digest(f"{number % 10**6:06}", passcode):
                return {"user": user}
    raise Refusal(401, REFUSED)


def by_application_credential(ask: Ask, given: Json) -> Json:
    """The owner of an application credential, in its project and roles."""
    owner = named_user(ask, given["user"])["id"] if given.get("user") else None
    for found in ask.store.all("application_credential"):
        if found["id"] == given.get("id") or (owner == found["user_id"] and found["name"] == given.get("name")):
            user = ask.store.get("user", found["user_id"])
            if user and user["enabled"] and fits(given.get("secret"), found["_secret"]):
                if found["expires_at"] and found["expires_at"] < ask.time("%Y-%m-%dT%H:%M:%S.000000"):
                    raise Refusal(401, REFUSED)
                roles = [role["name"] for role in found["roles"]]
                return {"user": user, "project_id": found["project_id"], "roles": roles, "app": found["id"]}
    raise Refusal(401, REFUSED)


METHODS = {
    "password": by_password,
    "token": by_token,
    "totp": by_passcode,
    "application_credential": by_application_credential,
}


def named_user(ask: Ask, given: Json) -> Json:
    """The user that a request names by ID, or by name and domain."""
    if given.get("id"):
        user = ask.store.get("user", str(given["id"]))
    else:
        domain = named_domain(ask, given.get("domain") or {})
        found = ask.store.all("user", name=given.get("name"), domain_id=domain["id"])
        user = found[0] if found else None
    if user is None or not user["enabled"]:
        raise Refusal(401, REFUSED)
    return user


def named_domain(ask: Ask, given: Json) -> Json:
    """The domain that a request names by ID or name."""
    domain = ask.store.get("domain", str(given.get("id") or ""))
    found = [domain] if domain else ask.store.all("domain", name=given.get("name"))
    if not found or not found[0]["enabled"]:
        raise Refusal(401, REFUSED)
    return found[0]


def scoped(ask: Ask, user: Json, scope: Any, kept: Json) -> Json:
    """What the token shall be for; 401 where the user has no role there."""
    fixed = kept.get("project_id")
    kept = {"project_id": "", "domain_id": "", "system_id": "", **kept}
    if isinstance(scope, dict) and "project" in scope:
        given = scope["project"] or {}
        project = ask.store.get("project", str(given.get("id") or ""))
        if project is None and given.get("name"):
            domain = named_domain(ask, given.get("domain") or {})
            found = ask.store.all("project", name=given["name"], domain_id=domain["id"])
            project = found[0] if found else None
        if project is None or not project["enabled"] or fixed not in (None, project["id"]):
            raise Refusal(401, REFUSED)
        kept["project_id"] = project["id"]
    elif isinstance(scope, dict) and "domain" in scope:
        kept["domain_id"] = named_domain(ask, scope["domain"] or {})["id"]
    elif isinstance(scope, dict) and "system" in scope:
        kept["system_id"] = "all"
    elif scope is None and not fixed and user.get("default_project_id"):
        default = user["default_project_id"]
        kept["project_id"] = default if roles_on(ask, user["id"], "project", default) else ""
    where = scope_of(kept)
    if where[0] and not roles_on(ask, user["id"], *where):
        raise Refusal(401, REFUSED)
    return kept


def issued(ask: Ask, user: Json, kept: Json) -> Answer:
    """A new token, as v3 tells of it."""
    text, kept = keep(ask, user, kept)
    return Answer({"token": told(ask, kept)}, 201, {"X-Subject-Token": text})


def keep(ask: Ask, user: Json, kept: Json) -> tuple[str, Json]:
    """Keep a new token: its text, which is not kept itself, and what was."""
    import base64

    text = "gAAAAA" + base64.urlsafe_b64encode(os.urandom(60)).decode()
    expires = min(kept.get("_expires", ask.now + SECONDS), ask.now + SECONDS)
    kept = {**kept, "user_id": user["id"], "issued": ask.now, "_expires": int(expires)}
    kept["audit"] = base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")
    ask.store.put("token", kept, hashlib.sha256(text.encode()).hexdigest())
    return text, kept


def told(ask: Ask, kept: Json, with_catalog: bool = True) -> Json:
    """What v3 tells of a token."""
    who = holder(ask, kept)
    token: Json = {"methods": kept["methods"], "user": reference(ask, who.user)}
    token["user"]["password_expires_at"] = None
    token["audit_ids"] = [kept["audit"]]
    token["expires_at"] = ask.time(STAMP, kept["_expires"])
    token["issued_at"] = ask.time(STAMP, kept["issued"])
    kind, target = scope_of(kept)
    if kind == "project" and who.project:
        token["project"], token["is_domain"] = reference(ask, who.project), False
    elif kind == "domain":
        token["domain"] = reference(ask, ask.store.get("domain", target) or {"id": target, "name": ""})
    elif kind == "system":
        token["system"] = {"all": True}
    if kind:
        roles = [role for role in ask.store.all("role") if role["name"] in who.roles]
        token["roles"] = [{"id": role["id"], "name": role["name"]} for role in roles]
        if with_catalog:
            token["catalog"] = catalog(ask, who)
    if kept.get("app"):
        token["application_credential"] = {"id": kept["app"], "restricted": True}
    return token


def reference(ask: Ask, item: Json) -> Json:
    """The ID and name of a user, project or domain, and of the domain that it is in."""
    found: Json = {"id": item["id"], "name": item["name"]}
    if domain := ask.store.get("domain", item.get("domain_id") or ""):
        found = {"domain": {"id": domain["id"], "name": domain["name"]}, **found}
    return found


def catalog(ask: Ask, who: Who) -> list[Json]:
    """The services and their addresses, as the one who asks reaches them."""
    entries = []
    for service in ask.store.all("service", enabled=True):
        endpoints = [
            {key: x[key] for key in ("id", "interface", "region_id", "region")}
            | {"url": address(ask, x["url"], who.project_id)}
            for x in ask.store.all("endpoint", service_id=service["id"], enabled=True)
        ]
        if who.project_id or "project_id)s" not in json_text(endpoints):
            entries.append(
                {"endpoints": endpoints, "id": service["id"], "type": service["type"], "name": service["name"]}
            )
    return entries


def json_text(endpoints: list[Json]) -> str:
    """The addresses in one text."""
    return " ".join(one["url"] for one in endpoints)


def address(ask: Ask, url: str, project_id: str) -> str:
    """An endpoint's URL with the address of the practice cloud and the project put in."""
    for name in ("$(project_id)s", "%(project_id)s", "$(tenant_id)s", "%(tenant_id)s"):
        url = url.replace(name, project_id) if project_id else url
    return url.replace("{host}", ask.host)


# -- v2.0 ---------------------------------------------------------------------------------------------


def authenticate_v2(ask: Ask) -> Json:
    """POST /v2.0/tokens."""
    auth = ask.json("auth")
    password, token = auth.get("passwordCredentials"), auth.get("token")
    if isinstance(password, dict):
        given = {"id": password.get("userId"), "name": password.get("username"), "domain": {"id": "default"}}
        proven = by_password(ask, {"user": {**given, "password": password.get("password")}})
    elif isinstance(token, dict):
        proven = by_token(ask, token)
    else:
        raise Refusal(400, "Expecting to find passwordCredentials or token in auth.")
    user = proven.pop("user")
    project = {"id": auth.get("tenantId"), "name": auth.get("tenantName"), "domain": {"id": "default"}}
    wanted = {"project": project} if project["id"] or project["name"] else None
    kept = scoped(ask, user, wanted, {"methods": ["password"], **proven})
    text, kept = keep(ask, user, kept)
    return access(ask, text, kept)


def access(ask: Ask, text: str, kept: Json) -> Json:
    """What v2.0 tells of a token."""
    v3 = told(ask, kept)
    v2: Json = {"id": text, "expires": v3["expires_at"], "issued_at": v3["issued_at"]}
    v2["audit_ids"] = v3["audit_ids"]
    if "project" in v3:
        tenant = {"id": v3["project"]["id"], "name": v3["project"]["name"], "enabled": True}
        v2["tenant"] = {**tenant, "description": None}
    services = []
    for entry in v3.get("catalog", []):
        urls = {f"{one['interface']}URL": one["url"] for one in entry["endpoints"]}
        if entry["type"] == "identity":
            urls = {key: f"{url}/v2.0" for key, url in urls.items()}
        region = entry["endpoints"][0]["region"] if entry["endpoints"] else ""
        one = [{**urls, "region": region, "id": entry["id"]}] if urls else []
        services.append({"endpoints": one, "endpoints_links": [], "type": entry["type"], "name": entry["name"]})
    user = {key: v3["user"][key] for key in ("id", "name")}
    roles = [{"name": role["name"]} for role in v3.get("roles", [])]
    more = {"username": user["name"], "roles": roles, "roles_links": []}
    ids = [role["id"] for role in v3.get("roles", [])]
    return {
        "access": {
            "token": v2,
            "serviceCatalog": services,
            "user": {**user, **more},
            "metadata": {"is_admin": 0, "roles": ids},
        }
    }
