"""Identity: projects, users, groups, roles and who has them, domains, services and endpoints, credentials."""

from __future__ import annotations

import base64
import os
from typing import Any

from .data import Json, pick
from .engine import Collection, answers, bond, on
from .refusals import refuse
from .services import KEYSTONE, footer
from .tokens import address, catalog, fits, hashed, implied, reference, roles_on
from .wire import Answer, Ask, Refusal


def keystone(kind: str, fields: str, **extra: Any) -> Collection:
    """A collection as Keystone has them, each thing with a link to itself."""
    return Collection(KEYSTONE, kind, fields, linked=True, **extra)


def in_domain(ask: Ask, item: Json, body: Json) -> None:
    """The domain of a new thing: the one given, which must be there."""
    item["domain_id"] = item.get("domain_id") or "default"
    DOMAIN.find(ask, item["domain_id"])


def new_project(ask: Ask, item: Json, body: Json) -> None:
    """The place of a new project in the tree."""
    parent = ask.store.get("project", item["parent_id"] or "")
    item["domain_id"] = parent["domain_id"] if parent else item["domain_id"]
    in_domain(ask, item, body)
    item["parent_id"] = item["parent_id"] or item["domain_id"]


def password(ask: Ask, item: Json, body: Json) -> None:
    """A user's password, kept as its hash alone."""
    if secret := body.pop("password", None):
        item["_password"] = hashed(str(secret))
    if not body.get("default_project_id", "one"):
        body.pop("default_project_id")


def new_user(ask: Ask, item: Json, body: Json) -> None:
    """A new user, in its domain."""
    in_domain(ask, item, body)
    password(ask, item, item)


def endpoint(ask: Ask, item: Json, body: Json) -> None:
    """An endpoint's region under both of its names."""
    if region := body.get("region_id") or body.get("region"):
        body |= {"region": region, "region_id": region}
        item |= body
    refuse(not ask.store.get("service", item["service_id"]), "ServiceUnknown", id=item["service_id"])


PROJECT = keystone(
    "project", "name domain_id= description= enabled=true parent_id= tags=[] +is_domain=false options={}",
    unique="name domain_id", making=new_project, held="project.parent_id=NotALeaf", parts="assignment.target_id",
    conflict="Conflict occurred attempting to store project - it is not permitted to have two projects with either "
    "the same name or same id in the same domain: name is {name}, project id {id}.",
)  # fmt: skip
USER = keystone("user", "name domain_id= enabled=true +password_expires_at=null options={}", unique="name domain_id",
                making=new_user, changing=password, parts="assignment.user_id membership.user_id")  # fmt: skip
GROUP = keystone("group", "name domain_id= description=", unique="name domain_id", making=in_domain,
                 parts="assignment.group_id membership.group_id")  # fmt: skip
ROLE = keystone("role", "name domain_id=null description=null options={}", unique="name domain_id",
                parts="assignment.role_id")  # fmt: skip
DOMAIN = keystone(
    "domain", "name description= enabled=true +tags=[] options={}", unique="name",
    removing=lambda ask, item, body: refuse(item["enabled"], "DomainEnabled"),
    parts="user.domain_id group.domain_id project.domain_id",
    conflict="Conflict occurred attempting to store project - it is not permitted to have two projects acting as "
    "domains with the same name: {name}.",
)  # fmt: skip
SERVICE = keystone("service", "type name= enabled=true")
ENDPOINT = keystone("endpoint", "interface url service_id region_id=null region=null enabled=true", making=endpoint,
                    changing=endpoint,
                    view=lambda ask, told, item: told.update(url=address(ask, told["url"])))  # fmt: skip
REGION = keystone("region", "description= parent_region_id=null", see="all", do="admin",
                  making=lambda ask, item, body: refuse(ask.store.get("region", item["id"]), "RegionExists",
                                                        id=item["id"]))  # fmt: skip
keystone("credential", "user_id type blob project_id=null", see="all")


def mine(ask: Ask, kind: str) -> list[Json]:
    """The projects or domains in which the one who asks, or the user in the path, has a role."""
    user = ask.args.get("user", ask.by.user_id)
    if user != ask.by.user_id and not ask.by.admin:
        raise Refusal(403, KEYSTONE.forbid.format(verb="list", what="user_projects"))
    return [x for x in ask.store.all(kind) if roles_on(ask, user, kind, x["id"])]


answers(KEYSTONE, {
    "GET /v3/auth/catalog": lambda ask: {"catalog": catalog(ask, ask.by), "links": {"self": ask.here()}},
    "GET /v3/auth/projects": lambda ask: PROJECT.pages(ask, mine(ask, "project")),
    "GET /v3/users/{user}/projects": lambda ask: PROJECT.pages(ask, mine(ask, "project")),
    "GET /v3/auth/domains": lambda ask: DOMAIN.pages(ask, mine(ask, "domain")),
    "GET /v3/auth/system": lambda ask: {
        "system": [{"all": True}] if roles_on(ask, ask.by.user_id, "system", "all") else []},
    "GET /v3/users/{id}": lambda ask: (
        USER.wrap(ask, USER.find(ask)) if ask.args["id"] == ask.by.user_id else USER.show(ask)),
    "GET /v2.0/tenants": lambda ask: {
        "tenants": [pick(x, "id name description enabled") for x in mine(ask, "project")], "tenants_links": []},
    "GET /v3/users/{user}/application_credentials": lambda ask: APPLICATION_CREDENTIAL.pages(
        ask, ask.store.all("application_credential", user_id=ask.args["user"])),
})  # fmt: skip


@on(KEYSTONE, "GET /v3/projects/{id}")
def _show_project(ask: Ask) -> Json:
    if ask.args["id"] != ask.by.project_id:
        PROJECT.allow(ask, "get")
    found = PROJECT.find(ask)
    told = PROJECT.shown(ask, found)
    if ask.flag("subtree_as_list") or ask.flag("subtree_as_ids"):
        told["subtree"] = tree(ask, found["id"])
    if ask.flag("parents_as_list") or ask.flag("parents_as_ids"):
        told["parents"] = {found["parent_id"]: None} if found["parent_id"] != found["domain_id"] else None
    return {"project": told}


def tree(ask: Ask, id: str) -> Json | None:
    """The projects below one: ID → those below that; None for none."""
    return {x["id"]: tree(ask, x["id"]) for x in ask.store.all("project", parent_id=id)} or None


@on(KEYSTONE, "POST /v3/users/{id}/password")
def _change_password(ask: Ask) -> None:
    body, user = ask.json("user"), USER.find(ask)
    refuse(not fits(body.get("original_password"), user.get("_password", "")), "Unauthorized")
    ask.store.put("user", {**user, "_password": hashed(str(body.get("password", "")))})


def new_application_credential(ask: Ask, item: Json, body: Json) -> None:
    """Whose it is, in which of the roles there are; its secret, told this once."""
    item["_told"] = secret = item.pop("secret", None) or base64.urlsafe_b64encode(os.urandom(64)).decode().rstrip("=")
    wanted = [role.get("name") or role.get("id") for role in item.pop("roles", None) or []]
    roles = [x for x in ask.store.all("role") if x["name"] in ask.by.roles]
    roles = [x for x in roles if not wanted or x["name"] in wanted or x["id"] in wanted]
    item |= {"user_id": ask.by.user_id, "project_id": ask.by.project_id, "_secret": hashed(secret)}
    item["roles"] = [pick(x, "id name domain_id description options") for x in roles]
    if not item.get("access_rules", True):
        item.pop("access_rules")


APPLICATION_CREDENTIAL: Collection = keystone(
    "application_credential", "name description=null expires_at=null unrestricted=null +system=null",
    path="/v3/users/{user}/application_credentials", missing="Could not find Application Credential: {id}.",
    unique="name user_id", see="all", making=new_application_credential,
    view=lambda ask, told, item: told.update({"secret": item["_told"]} if ask.method == "POST" else {}),
)  # fmt: skip


@on(KEYSTONE, "POST /v3/users/{user}/application_credentials")
def _new_application_credential(ask: Ask) -> Answer:
    answer = APPLICATION_CREDENTIAL.create(ask)
    kept = ask.store.get("application_credential", answer.body["application_credential"]["id"]) or {}
    ask.store.put("application_credential", {key: held for key, held in kept.items() if key != "_told"})
    return answer


@on(KEYSTONE, "GET,PUT,DELETE /v3/groups/{group}/users/{user}")
def _member(ask: Ask) -> Answer:
    GROUP.allow(ask, "update")
    group, user = GROUP.find(ask, ask.args["group"])["id"], USER.find(ask, ask.args["user"])["id"]
    item = {"id": f"{group}/{user}", "group_id": group, "user_id": user}
    return bond(ask, "membership", item, f"Could not find user: {user} in group: {group}.")


@on(KEYSTONE, "GET /v3/groups/{group}/users", "GET /v3/users/{user}/groups")
def _members(ask: Ask) -> Json:
    collection = USER if "group" in ask.args else GROUP
    if ask.args.get("user") != ask.by.user_id:
        collection.allow(ask, "list")
    kept = ask.store.all("membership", **{f"{name}_id": value for name, value in ask.args.items()})
    found = [ask.store.get(collection.kind, x[f"{collection.kind}_id"]) for x in kept]
    return collection.pages(ask, [x for x in found if x])


PLACES = (
    "/v3/{target}/{target_id}/{actor}/{actor_id}/roles",
    "/v3/OS-INHERIT/{target}/{target_id}/{actor}/{actor_id}/roles",
    "/v3/{target}/{actor}/{actor_id}/roles",  # of the system
)


def assigned(ask: Ask) -> Json:
    """The assignment that a path names, without its role."""
    target, actor = (ask.args[key].removesuffix("s") for key in ("target", "actor"))
    where = ask.args.get("target_id", "all")
    if target not in ("project", "domain", "system") or actor not in ("user", "group"):
        raise Refusal(404, KEYSTONE.nowhere)
    for kind, id in ((target, where), (actor, ask.args["actor_id"])):
        if kind != "system" and not ask.store.get(kind, id):
            raise Refusal(404, f"Could not find {kind}: {id}.")
    found: Json = {"target": target, "target_id": where, "user_id": None, "group_id": None}
    return {**found, f"{actor}_id": ask.args["actor_id"], "inherited": "OS-INHERIT" in ask.path}


@on(KEYSTONE, *(f"GET,PUT,DELETE {place}/{{role}}" for place in PLACES))
@on(KEYSTONE, f"GET,PUT,DELETE {PLACES[1]}/{{role}}/inherited_to_projects")
def _assignment(ask: Ask) -> Answer:
    ROLE.allow(ask, "update")
    item = {**assigned(ask), "role_id": ROLE.find(ask, ask.args["role"])["id"]}
    item["id"] = "/".join(str(value) for value in item.values())
    who, where = ask.args["actor_id"], item["target_id"]
    missing = f"Could not find role assignment with role: {item['role_id']}, user or group: {who}, project, domain, "
    return bond(ask, "assignment", item, f"{missing}or system: {where}.")


@on(KEYSTONE, *(f"GET {place}" for place in PLACES))
def _roles_there(ask: Ask) -> Json:
    ROLE.allow(ask, "list")
    found = [ask.store.get("role", x["role_id"]) for x in ask.store.all("assignment", **assigned(ask))]
    return ROLE.pages(ask, [x for x in found if x])


@on(KEYSTONE, "GET /v3/role_assignments")
def _role_assignments(ask: Ask) -> Json:
    if not ask.by.admin:
        raise Refusal(403, KEYSTONE.forbid.format(verb="list", what="role_assignments"))
    filters = {k: v for k, v in ask.query if k.startswith(("user.", "group.", "role.", "scope."))}
    found = []
    for kept in ask.store.all("assignment"):
        for x in expanded(ask, kept) if ask.flag("effective") else [kept]:
            own = {"user.id": x["user_id"], "group.id": x["group_id"], "role.id": x["role_id"]}
            own |= {f"scope.{x['target']}.id": x["target_id"]}
            own |= {"scope.system": filters.get("scope.system")} if x["target"] == "system" else {}
            own |= {"scope.OS-INHERIT:inherited_to": "projects"} if x["inherited"] else {}
            if all(own.get(key) == value for key, value in filters.items()):
                found.append(told(ask, x))
    return {"role_assignments": found, **footer(ask, KEYSTONE, "", "")}


def expanded(ask: Ask, item: Json) -> list[Json]:
    """An assignment and those that follow from it: by groups and by roles that imply others."""
    users = [x["user_id"] for x in ask.store.all("membership", group_id=item["group_id"])]
    actors = [{"user_id": user, "group_id": None} for user in users] if item["group_id"] else [{}]
    role = ask.store.get("role", item["role_id"]) or {"name": ""}
    also = [x["id"] for name in implied(role["name"])[1:] for x in ask.store.all("role", name=name)]
    return [{**item, **actor, "role_id": id} for actor in actors for id in (item["role_id"], *also)]


def told(ask: Ask, item: Json) -> Json:
    """An assignment as the API tells of it."""

    def named(kind: str) -> Json:
        kept = ask.store.get(kind, where if kind == target else item[f"{kind}_id"])
        return reference(ask, kept) if kept and ask.flag("include_names") else {"id": kept["id"] if kept else where}

    actor, target, where = "user" if item["user_id"] else "group", item["target"], item["target_id"]
    scope: Json = {"system": {"all": True}} if target == "system" else {target: named(target)}
    scope |= {"OS-INHERIT:inherited_to": "projects"} if item["inherited"] else {}
    path = f"{target}s/{where}/{actor}s/{item[f'{actor}_id']}/roles/{item['role_id']}"
    link = {"assignment": f"{ask.host}/identity/v3/{path}"}
    return {"links": link, "scope": scope, actor: named(actor), "role": named("role")}
