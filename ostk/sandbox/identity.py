"""Identity: projects, users, groups, roles and their assignments, domains, the catalog, credentials."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from . import tokens
from .engine import NEEDED, Collection, Manner, following_query, on, serve
from .parts import tags
from .store import Json
from .wire import REASONS, Answer, Ask, Refusal

DEFAULT = "default"


def fault(ask: Ask, refusal: Refusal) -> Answer:
    """A refusal in Keystone's words."""
    title = REASONS.get(refusal.status, "Error")
    headers = {"WWW-Authenticate": f'Keystone uri="{ask.host}/identity/v3"'} if refusal.status == 401 else {}
    return Answer({"error": {"code": refusal.status, "message": refusal.message, "title": title}}, 0, headers)


def forbid(collection: Collection, verb: str) -> str:
    """Why Keystone refuses."""
    what = collection.many if verb == "list" else collection.one
    return f"You are not authorized to perform the requested action: identity:{verb}_{what}."


def public(ask: Ask) -> Answer | None:
    """What Keystone tells and does without a token."""
    path = ask.path.rstrip("/").removeprefix("/identity")
    v3 = version(ask, "v3.14", "v3", "stable", "2020-04-07T00:00:00Z")
    v2 = version(ask, "v2.0", "v2.0", "deprecated", "2016-08-04T00:00:00Z")
    if ask.method == "POST" and path == "/v3/auth/tokens":
        return tokens.authenticate(ask)
    if ask.method == "POST" and path == "/v2.0/tokens":
        return Answer(tokens.authenticate_v2(ask))
    if path == "":
        return Answer({"versions": {"values": [v3, v2]}}, 300, {"Location": f"{ask.host}/identity/v3/"})
    if path in ("/v3", "/v2.0"):
        return Answer({"version": v3 if path == "/v3" else v2})
    return None


def version(ask: Ask, id: str, path: str, status: str, updated: str) -> Json:
    """One version of the Identity API."""
    kind = f"application/vnd.openstack.identity-{path}+json"
    return {
        "id": id,
        "status": status,
        "updated": updated,
        "links": [{"rel": "self", "href": f"{ask.host}/identity/{path}/"}],
        "media-types": [{"base": "application/json", "type": kind}],
    }


def more(ask: Ask, collection: Collection, following: str) -> Json:
    """The links of a list."""
    here = f"{ask.host}{ask.path}"
    query = ask.environ.get("QUERY_STRING", "")
    found: Json = {"next": None, "self": here + (f"?{query}" if query else ""), "previous": None}
    if following:
        found["next"] = f"{here}?{following_query(ask, following)}"
    return {"links": found, **({"truncated": True} if following else {})}


def sign(ask: Ask, answer: Answer) -> None:
    """The headers of every answer."""
    answer.headers.update({"Vary": "X-Auth-Token", "x-openstack-request-id": ask.number})


MANNER = Manner(
    "identity",
    "/identity",
    fault,
    forbid,
    more=more,
    dashes=False,
    update="PATCH",
    nowhere="The requested URL was not found on the server. If you entered the URL manually please check "
    "your spelling and try again.",
    created=201,
    public=public,
    sign=sign,
)


def linked(ask: Ask, told: Json, item: Json, path: str) -> Json:
    """A thing with its own address."""
    told["links"] = {"self": f"{ask.host}/identity{path}/{item['id']}"}
    return told


def one_of(many: str, one: str, fields: Json, fixed: Json | None = None, **extra: Any) -> Collection:
    """A collection as Keystone has them: for administrators alone, each with a link to itself."""
    path = f"/v3/{many}"
    extra.setdefault("missing", f"Could not find {one.replace('_', ' ')}: {{id}}.")
    return Collection(
        MANNER, one, path, one, many, {"name": NEEDED, **fields}, fixed or {}, see="admin", do="admin",
        view=lambda ask, told, item: linked(ask, told, item, path), **extra,
    )  # fmt: skip


def in_domain(ask: Ask, item: Json, body: Json) -> None:
    """The domain of a new thing: the one given, which must be there."""
    item["domain_id"] = item.get("domain_id") or DEFAULT
    if not ask.store.get("domain", item["domain_id"]):
        raise Refusal(404, f"Could not find domain: {item['domain_id']}.")


def new_project(ask: Ask, item: Json, body: Json) -> None:
    """The place of a new project in the tree."""
    parent = ask.store.get("project", item.get("parent_id") or "")
    if parent:
        item["domain_id"] = parent["domain_id"]
    in_domain(ask, item, body)
    item["parent_id"] = item.get("parent_id") or item["domain_id"]


def password(ask: Ask, item: Json, body: Json) -> None:
    """A user's password, kept as its hash alone."""
    for fields in (item, body):
        if secret := fields.pop("password", None):
            item["_password"] = tokens.hashed(str(secret))
        if "default_project_id" in fields and not fields["default_project_id"]:
            fields.pop("default_project_id")


def new_user(ask: Ask, item: Json, body: Json) -> None:
    """A new user, in its domain."""
    in_domain(ask, item, body)
    password(ask, item, dict(body))


def forget_actor(ask: Ask, item: Json, body: Json) -> None:
    """What goes with a user, a group, a role or a project."""
    for x in ask.store.all("assignment"):
        if item["id"] in (x["user_id"], x["group_id"], x["role_id"], x["target_id"]):
            ask.store.drop("assignment", x["id"])
    for x in ask.store.all("membership"):
        if item["id"] in (x["user_id"], x["group_id"]):
            ask.store.drop("membership", x["id"])


def no_children(ask: Ask, item: Json, body: Json) -> None:
    """Only a project without projects below it may go."""
    if ask.store.all("project", parent_id=item["id"]):
        raise Refusal(403, f"Cannot delete project {item['id']} since it is not a leaf in the hierarchy.", "Forbidden")
    forget_actor(ask, item, body)


def disabled_domain(ask: Ask, item: Json, body: Json) -> None:
    """Only a domain that is disabled may go, and all in it goes with it."""
    if item["enabled"]:
        raise Refusal(403, "Cannot delete a domain that is enabled, please disable it first.")
    for kind in ("user", "group", "project"):
        for x in ask.store.all(kind, domain_id=item["id"]):
            ask.store.drop(kind, x["id"])
            forget_actor(ask, x, body)


def new_endpoint(ask: Ask, item: Json, body: Json) -> None:
    """An endpoint's region under both of its names."""
    for fields in (item, body):
        if region := fields.get("region_id") or fields.get("region"):
            fields["region"] = fields["region_id"] = region
    item.pop("name", None)
    if not ask.store.get("service", item["service_id"]):
        raise Refusal(400, f"Could not find service: {item['service_id']}.")


def new_region(ask: Ask, item: Json, body: Json) -> None:
    """A region's ID is its name."""
    if body.get("id") and ask.store.get("region", body["id"]):
        raise Refusal(409, f"Conflict occurred attempting to store region - Duplicate ID, {body['id']}.", "Conflict")


def tags_match(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """The filters by tags."""
    mine, wanted = set(item.get("tags", [])), set(value.split(","))
    sets = {
        "tags": wanted <= mine,
        "tags-any": bool(wanted & mine),
        "not-tags": not wanted <= mine,
        "not-tags-any": not wanted & mine,
    }
    return sets.get(key)


def shown_address(ask: Ask, told: Json, item: Json) -> Json:
    """An endpoint with the address at which it can be reached from where one asks."""
    told["url"] = tokens.address(ask, told["url"], "")
    return linked(ask, told, item, "/v3/endpoints")


TWICE = "Conflict occurred attempting to store {one} - Duplicate entry found with name {name} at domain ID {domain_id}."
PROJECT = one_of(
    "projects", "project", {"domain_id": "", "description": "", "enabled": True, "parent_id": "", "tags": []},
    {"is_domain": False, "options": {}}, unique=("name", "domain_id"), making=new_project,
    removing=no_children, matches=tags_match,
    conflict="Conflict occurred attempting to store project - it is not permitted to have two projects with "
    "either the same name or same id in the same domain: name is {name}, project id {id}.",
)  # fmt: skip
USER = one_of(
    "users", "user", {"domain_id": "", "enabled": True}, {"password_expires_at": None, "options": {}},
    unique=("name", "domain_id"), conflict=TWICE, making=new_user, changing=password, removing=forget_actor,
)  # fmt: skip
GROUP = one_of(
    "groups", "group", {"domain_id": "", "description": ""}, unique=("name", "domain_id"), conflict=TWICE,
    making=in_domain, removing=forget_actor,
)  # fmt: skip
ROLE = one_of(
    "roles", "role", {"domain_id": None, "description": None}, {"options": {}},
    unique=("name", "domain_id"), removing=forget_actor,
)  # fmt: skip
DOMAIN = one_of(
    "domains", "domain", {"description": "", "enabled": True}, {"tags": [], "options": {}}, unique=("name",),
    removing=disabled_domain, conflict="Conflict occurred attempting to store project - it is not permitted "
    "to have two projects acting as domains with the same name: {name}.",
)  # fmt: skip
SERVICE = one_of("services", "service", {"name": "", "type": NEEDED, "enabled": True})
ENDPOINT = Collection(
    MANNER, "endpoint", "/v3/endpoints", "endpoint", "endpoints",
    {"interface": NEEDED, "url": NEEDED, "service_id": NEEDED, "region_id": None, "region": None,
     "enabled": True},
    missing="Could not find endpoint: {id}.", see="admin", do="admin", making=new_endpoint,
    changing=lambda ask, item, body: new_endpoint(ask, {**item}, body), view=shown_address,
)  # fmt: skip
REGION = Collection(
    MANNER, "region", "/v3/regions", "region", "regions", {"description": "", "parent_region_id": None},
    missing="Could not find region: {id}.", see="all", do="admin", making=new_region,
    view=lambda ask, told, item: linked(ask, told, item, "/v3/regions"),
)  # fmt: skip
CREDENTIAL = Collection(
    MANNER, "credential", "/v3/credentials", "credential", "credentials",
    {"user_id": NEEDED, "project_id": None, "type": NEEDED, "blob": NEEDED}, see="all", do="all",
    missing="Could not find credential: {id}.",
    view=lambda ask, told, item: linked(ask, told, item, "/v3/credentials"),
)  # fmt: skip


# -- tokens and what they grant -----------------------------------------------------------------------


def subject(ask: Ask) -> Json:
    """The token that a request is about."""
    digest = hashlib.sha256(ask.header("X-Subject-Token").encode()).hexdigest()
    kept = ask.store.get("token", digest)
    if kept is None or kept["_expires"] <= ask.now:
        raise Refusal(404, "Could not recognize Fernet token")
    return {**kept, "_digest": digest}


@on(MANNER, "GET /v3/auth/tokens")
def check_token(ask: Ask) -> Answer:
    """What a token grants."""
    told = tokens.told(ask, subject(ask), "nocatalog" not in dict(ask.query))
    return Answer({"token": told}, 200, {"X-Subject-Token": ask.header("X-Subject-Token")})


@on(MANNER, "DELETE /v3/auth/tokens")
def revoke_token(ask: Ask) -> None:
    """A token that is good for nothing any more."""
    ask.store.drop("token", subject(ask)["_digest"])


@on(MANNER, "GET /v3/auth/catalog")
def own_catalog(ask: Ask) -> Json:
    """The catalog of the token that asks."""
    return {"catalog": tokens.catalog(ask, ask.by), "links": {"self": ask.host + ask.path}}


@on(MANNER, "GET /v3/auth/projects", "GET /v3/users/{user}/projects", "GET /v2.0/tenants")
def own_projects(ask: Ask) -> Json:
    """The projects in which a user has a role."""
    user = ask.args.get("user", ask.by.user_id)
    if user != ask.by.user_id and not ask.by.admin:
        raise Refusal(403, forbid(PROJECT, "list_user"))
    mine = [x for x in ask.store.all("project") if tokens.roles_on(ask, user, "project", x["id"])]
    if ask.path.startswith("/identity/v2.0"):
        tenants = [{key: x[key] for key in ("id", "name", "description", "enabled")} for x in mine]
        return {"tenants": tenants, "tenants_links": []}
    return PROJECT.pages(ask, [x for x in mine if PROJECT.chosen(ask, x)])


@on(MANNER, "GET /v3/auth/domains")
def own_domains(ask: Ask) -> Json:
    """The domains in which the one who asks has a role."""
    user = ask.by.user_id
    mine = [x for x in ask.store.all("domain") if tokens.roles_on(ask, user, "domain", x["id"])]
    return DOMAIN.pages(ask, mine)


@on(MANNER, "GET /v3/auth/system")
def own_system(ask: Ask) -> Json:
    """Whether the one who asks has a role on the system."""
    able = tokens.roles_on(ask, ask.by.user_id, "system", "all")
    return {"system": [{"all": True}] if able else [], "links": {"self": ask.host + ask.path}}


# -- who may ask about itself -------------------------------------------------------------------------


@on(MANNER, "GET /v3/users/{id}")
def show_user(ask: Ask) -> Json:
    """A user; oneself without being an administrator."""
    own = ask.args["id"] == ask.by.user_id
    return {"user": USER.shown(ask, USER.find(ask))} if own else USER.show(ask)


@on(MANNER, "GET /v3/projects/{id}")
def show_project(ask: Ask) -> Json:
    """A project, with those above or below it if asked for; the token's own for everybody."""
    if ask.args["id"] != ask.by.project_id:
        PROJECT.allow(ask, "get")
    found = PROJECT.find(ask)
    told = PROJECT.shown(ask, found)
    asked = dict(ask.query)
    if "subtree_as_list" in asked or "subtree_as_ids" in asked:
        below = tree(ask, found["id"])
        told["subtree"] = below or None
    if "parents_as_ids" in asked or "parents_as_list" in asked:
        told["parents"] = {found["parent_id"]: None} if found["parent_id"] != found["domain_id"] else None
    return {"project": told}


def tree(ask: Ask, id: str) -> Json:
    """The projects below one: ID → those below that, None for none."""
    below = ask.store.all("project", parent_id=id)
    return {x["id"]: tree(ask, x["id"]) or None for x in below}


@on(MANNER, "POST /v3/users/{id}/password")
def change_password(ask: Ask) -> None:
    """A new password, for who knows the old one."""
    body, user = ask.json("user"), USER.find(ask)
    if not tokens.fits(body.get("original_password"), user.get("_password", "")):
        raise Refusal(401, tokens.REFUSED)
    user["_password"] = tokens.hashed(str(body.get("password", "")))
    ask.store.put("user", user)


tags(MANNER, "/v3/projects/{id}", lambda ask: PROJECT, "Could not find project tag: {tag}.")

# -- application credentials --------------------------------------------------------------------------

APPLICATION_CREDENTIAL = Collection(
    MANNER, "application_credential", "/v3/users/{user}/application_credentials", "application_credential",
    "application_credentials", {"name": NEEDED, "description": None, "expires_at": None,
                                "unrestricted": None},
    {"system": None}, missing="Could not find Application Credential: {id}.", unique=("name", "user_id"),
    see="all", do="all", verbs="show delete",
    view=lambda ask, told, item: linked(ask, told, item, "/v3/application_credentials"),
)  # fmt: skip


@on(MANNER, "GET /v3/users/{user}/application_credentials")
def application_credentials(ask: Ask) -> Json:
    """The application credentials of a user."""
    mine = ask.store.all("application_credential", user_id=ask.args["user"])
    return APPLICATION_CREDENTIAL.pages(ask, [x for x in mine if APPLICATION_CREDENTIAL.chosen(ask, x)])


@on(MANNER, "POST /v3/users/{user}/application_credentials")
def new_application_credential(ask: Ask) -> Answer:
    """A new application credential; its secret is told this once."""
    import base64

    body = ask.json("application_credential")
    if not body.get("access_rules"):
        body.pop("access_rules", None)
    secret = body.pop("secret", None) or base64.urlsafe_b64encode(os.urandom(64)).decode().rstrip("=")
    wanted = [role.get("name") or role.get("id") for role in body.pop("roles", None) or []]
    known = [role for role in ask.store.all("role") if role["name"] in ask.by.roles]
    roles = [x for x in known if not wanted or x["name"] in wanted or x["id"] in wanted]
    keys = ("id", "name", "domain_id", "description", "options")
    own = {"user_id": ask.by.user_id, "project_id": ask.by.project_id, "_secret": tokens.hashed(secret)}
    told = [{key: role.get(key) for key in keys} for role in roles]
    item = APPLICATION_CREDENTIAL.make(ask, {**body, **own, "roles": told})
    told_item = APPLICATION_CREDENTIAL.shown(ask, item)
    return Answer({"application_credential": {**told_item, "secret": secret}}, 201)


serve(PROJECT, USER, GROUP, ROLE, DOMAIN, SERVICE, ENDPOINT, REGION, CREDENTIAL, APPLICATION_CREDENTIAL)
from . import assignments  # noqa: E402, F401  (registers its routes)
