"""Identity: projects, users, groups, roles and who has them, domains, services and endpoints, credentials."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from .data import Json, pick
from .engine import Collection, answers, bond, on
from .refusals import refuse
from .services import KEYSTONE
from .store import new_id
from .tokens import IMPLIED, address, catalog, fits, hashed, implied, reference, roles_on
from .wire import Answer, Ask, deny


def keystone(kind: str, fields: str, **extra: Any) -> Collection:
    """A collection as Keystone has them, each thing with a link to itself."""
    return Collection(KEYSTONE, kind, fields, linked=True, **extra)


def in_domain(ask: Ask, item: Json, body: Json) -> None:
    """The domain of a new thing: the one given, which must be there."""
    DOMAIN.find(ask, item["domain_id"])


def new_project(ask: Ask, item: Json, body: Json) -> None:
    """The place of a new project in the tree."""
    item["parent_id"] = item["parent_id"] or item["domain_id"]
    parent = ask.store.get("project", item["parent_id"]) or DOMAIN.find(ask, item["parent_id"])
    refuse(not parent["enabled"], "ParentDisabled", id=parent["id"])
    item["domain_id"] = parent.get("domain_id", parent["id"])


def mutable(ask: Ask, item: Json, body: Json) -> None:
    """Refuse to change what is immutable, except that it is no more."""
    fixed = item["options"].get("immutable") and body != {"options": {"immutable": False}}
    refuse(fixed, "Immutable", verb="update" if body else "delete", id=item["id"])


# What a user may be told to be exempt from, in the order in which Keystone tells of it.
OPTIONS = """ignore_change_password_upon_first_use ignore_password_expiry ignore_lockout_failure_attempts lock_password
    multi_factor_auth_enabled multi_factor_auth_rules"""


def change_user(ask: Ask, item: Json, body: Json) -> None:
    """A user's password, kept as its hash alone; options besides those there are."""
    if secret := body.pop("password", None):
        item["_password"] = hashed(str(secret))
    body["options"] = pick({**item["options"], **body.get("options", {})}, OPTIONS)


def new_user(ask: Ask, item: Json, body: Json) -> None:
    """A new user, in its domain."""
    in_domain(ask, item, body)
    change_user(ask, item, item)


def endpoint(ask: Ask, item: Json, body: Json) -> None:
    """An endpoint's region under both of its names."""
    if region := body.get("region_id") or body.get("region"):
        body |= {"region": region, "region_id": region}
        item |= body
    refuse(not ask.store.get("service", item["service_id"]), "ServiceUnknown", id=item["service_id"])


PROJECT = keystone(
    "project", "name domain_id=default description= enabled=true parent_id= tags=[] +is_domain=false options={}",
    unique="name domain_id", making=new_project, changing=mutable, removing=mutable, held="project.parent_id=NotALeaf",
    parts="assignment.target_id",
    conflict="Conflict occurred attempting to store project - it is not permitted to have two projects with either "
    "the same name or same id in the same domain: name is {name}, project id {id}.")  # fmt: skip
USER = keystone("user", "name domain_id=default enabled=true +password_expires_at=null options={}", making=new_user,
                changing=change_user, unique="name domain_id",
                parts="assignment.user_id membership.user_id")  # fmt: skip
GROUP = keystone("group", "name domain_id=default description=", unique="name domain_id", making=in_domain,
                 parts="assignment.group_id membership.group_id")  # fmt: skip
ROLE = keystone("role", "name domain_id=null description=null options={}", unique="name domain_id",
                changing=mutable, removing=mutable, parts="assignment.role_id")  # fmt: skip
DOMAIN = keystone(
    "domain", "name description= enabled=true +tags=[] options={}", unique="name",
    removing=lambda ask, item, body: refuse(item["enabled"], "DomainEnabled"),
    parts="user.domain_id group.domain_id project.domain_id",
    conflict="Conflict occurred attempting to store project - it is not permitted to have two projects acting as "
    "domains with the same name: {name}.")  # fmt: skip
SERVICE = keystone("service", "type name= enabled=true")
ENDPOINT = keystone("endpoint", "interface url service_id region_id=null region=null enabled=true", making=endpoint,
                    changing=endpoint,
                    view=lambda ask, told, item: told.update(url=address(ask, told["url"])))  # fmt: skip
REGION = keystone("region", "description= parent_region_id=null", see="all", do="admin",
                  making=lambda ask, item, body: refuse(ask.store.get("region", item["id"]), "RegionExists",
                                                        id=item["id"]))  # fmt: skip
# Since 2026.2 a new blob is all that a credential can get.
keystone("credential", "user_id type blob project_id=null", see="all", changing=lambda ask, item, body: refuse(
    body.keys() - {"blob"}, "BadRequest", what=f"Invalid input for field/attribute credential. Value: {body}."),
)  # fmt: skip


def mine(ask: Ask, kind: str) -> list[Json]:
    """The projects or domains in which the one who asks, or the user in the path, has a role."""
    user = ask.args.get("user", ask.by.user_id)
    deny(user != ask.by.user_id and not ask.by.admin, 403, KEYSTONE.forbid.format(verb="list", what="user_projects"))
    return [x for x in ask.store.all(kind) if roles_on(ask, user, kind, x["id"])]


answers(KEYSTONE, {
    "GET /v3/auth/catalog": lambda ask: {"catalog": catalog(ask, ask.by), "links": {"self": ask.here()}},
    "GET /v3/auth/projects": lambda ask: PROJECT.pages(ask, mine(ask, "project")),
    "GET /v3/users/{user}/projects": lambda ask: PROJECT.pages(ask, mine(ask, "project")),
    "GET /v3/auth/domains": lambda ask: DOMAIN.pages(ask, mine(ask, "domain")),
    "GET /v3/users/{id}": lambda ask: (
        USER.wrap(ask, USER.find(ask)) if ask.args["id"] == ask.by.user_id else USER.show(ask)),
    "GET /v3/role_inferences": lambda ask: {"role_inferences": [
        {"prior_role": ROLE.shown(ask, x), "implies": [ROLE.shown(ask, y)]} for x in ask.store.all("role")
        for y in ask.store.all("role", name=IMPLIED.get(x["name"]))]},
    "GET /v2.0/tenants": lambda ask: {
        "tenants": [pick(x, "id name description enabled") for x in mine(ask, "project")], "tenants_links": []},
})  # fmt: skip


@on(KEYSTONE, "GET /v3/projects/{id}")
def _show_project(ask: Ask) -> Json:
    if ask.args["id"] != ask.by.project_id:
        PROJECT.allow(ask, "get")
    found = PROJECT.find(ask)
    told = PROJECT.shown(ask, found)
    told |= {"subtree": below(ask, found["id"])} if ask.flag("subtree_as_ids") else {}
    told |= {"parents": above(ask, found)} if ask.flag("parents_as_ids") else {}
    return {"project": told}


def below(ask: Ask, id: str) -> Json | None:
    """The projects below one: ID → those below that; None for none."""
    return {x["id"]: below(ask, x["id"]) for x in ask.store.all("project", parent_id=id)} or None


def above(ask: Ask, item: Json | None) -> Json | None:
    """What a project is in: ID → what that is in; the last one is the domain."""
    return {item["parent_id"]: above(ask, ask.store.get("project", item["parent_id"]))} if item else None


@on(KEYSTONE, "POST /v3/users/{id}/password")
def _change_password(ask: Ask) -> None:
    body, user = ask.json("user"), USER.find(ask)
    refuse(not fits(body.get("original_password"), user.get("_password", "")), "Unauthorized")
    ask.store.put("user", {**user, "_password": hashed(str(body.get("password", "")))})


def new_application_credential(ask: Ask, item: Json, body: Json) -> None:
    """Whose it is, in which of the roles there are; its secret is told in this answer alone."""
    ask.args["secret"] = secret = item.pop("secret", None) or token_urlsafe(64)
    mine = {x[key]: x for x in ask.store.all("role") if x["name"] in ask.by.roles for key in ("id", "name")}
    wanted = [role.get("id") or role.get("name") for role in item.pop("roles", None) or []] or sorted(ask.by.roles)
    for name in wanted:
        refuse(name not in mine, "RoleUndefined", name=name)
    item["roles"] = [pick(mine[name], "id name domain_id description options") for name in wanted]
    item |= {"user_id": ask.by.user_id, "project_id": ask.by.project_id, "_secret": hashed(secret)}
    item["expires_at"] = item["expires_at"] and f"{item['expires_at'][:19]}.000000"
    if rules := item.pop("access_rules", None):
        item["access_rules"] = [{"id": new_id(dashes=False), **pick(x, "service path method")} for x in rules]


APPLICATION_CREDENTIAL = keystone(
    "application_credential", "name description=null expires_at=null unrestricted=null +system=null",
    path="/v3/users/{user}/application_credentials", missing="Could not find Application Credential: {id}.",
    unique="name user_id", see="all", making=new_application_credential,
    view=lambda ask, told, item: told.update(pick(ask.args, "secret")),
    rows=lambda ask: ask.store.all("application_credential", user_id=ask.args["user"]))  # fmt: skip


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


TARGETS = ("/v3/{target}/{target_id}", "/v3/OS-INHERIT/{target}/{target_id}", "/v3/{target}")  # the last is the system
PLACES = [f"{target}/{{actor}}/{{actor_id}}/roles" for target in TARGETS]


def assigned(ask: Ask) -> Json:
    """The assignment that a path names, without its role."""
    target, actor = (ask.args[key].removesuffix("s") for key in ("target", "actor"))
    where = ask.args.get("target_id", "all")
    for kind, id in ((target, where), (actor, ask.args["actor_id"])):
        deny(kind != "system" and not ask.store.get(kind, id), 404, f"Could not find {kind}: {id}.")
    found: Json = {"target": target, "target_id": where, "user_id": None, "group_id": None}
    return {**found, f"{actor}_id": ask.args["actor_id"], "inherited": "OS-INHERIT" in ask.path}


@on(KEYSTONE, *(f"GET,PUT,DELETE {place}/{{role}}" for place in PLACES))
@on(KEYSTONE, f"GET,PUT,DELETE {PLACES[1]}/{{role}}/inherited_to_projects")
def _assignment(ask: Ask) -> Answer:
    item = {**assigned(ask), "role_id": ROLE.find(ask, ask.args["role"])["id"]}
    ROLE.allow(ask, "update")
    item["id"] = "/".join(str(value) for value in item.values())
    where = f"user or group: {ask.args['actor_id']}, project, domain, or system: {item['target_id']}"
    return bond(ask, "assignment", item, f"Could not find role assignment with role: {item['role_id']}, {where}.")


@on(KEYSTONE, *(f"GET {place}" for place in PLACES))
def _roles_there(ask: Ask) -> Json:
    ROLE.allow(ask, "list")
    found = [ask.store.get("role", x["role_id"]) for x in ask.store.all("assignment", **assigned(ask))]
    return ROLE.pages(ask, [x for x in found if x])


def assignments(ask: Ask) -> list[Json]:
    """The assignments or, if what is effective is asked for, also those that follow: by groups and by other roles."""
    kept = ask.store.all("assignment")
    return [one for x in kept for one in expanded(ask, x)] if ask.flag("effective") else kept


def expanded(ask: Ask, item: Json) -> list[Json]:
    """An assignment to each user of a group, with the roles that come with its own."""
    users = [x["user_id"] for x in ask.store.all("membership", group_id=item["group_id"])]
    actors = [{"user_id": user, "group_id": None} for user in users] if item["group_id"] else [{}]
    role = ask.store.get("role", item["role_id"]) or {"name": ""}
    also = [x["id"] for name in implied(role["name"])[1:] for x in ask.store.all("role", name=name)]
    return [{**item, **actor, "role_id": id} for actor in actors for id in (item["role_id"], *also)]


def fitting(ask: Ask, item: Json, key: str, value: str) -> bool | None:
    """Whether an assignment is one that a filter such as scope.project.id asks for."""
    own = {f"{kind}.id": item[f"{kind}_id"] for kind in ("user", "group", "role")}
    own |= {f"scope.{item['target']}.id": item["target_id"], f"scope.{item['target']}": value}
    # Keystone lets those on the system through, inherited or not.
    own |= {"scope.OS-INHERIT:inherited_to": value} if item["inherited"] or item["target"] == "system" else {}
    return own.get(key) == value if "." in key else None


def assignment_told(ask: Ask, told: Json, item: Json) -> None:
    """An assignment as the API tells of it, by IDs or by names."""

    def named(kind: str, id: str) -> Json:
        kept = ask.store.get(kind, id) if ask.flag("include_names") else None
        return reference(ask, kept or {"id": id})

    actor, target, where = "user" if item["user_id"] else "group", item["target"], item["target_id"]
    who, role = item[f"{actor}_id"], item["role_id"]
    scope: Json = {target: named(target, where) if target != "system" else {"all": True}}
    scope |= {"OS-INHERIT:inherited_to": "projects"} if item["inherited"] else {}
    link = f"{ask.host}/identity/v3/{target}s/{where}/{actor}s/{who}/roles/{role}"
    told.clear()
    told |= {"links": {"assignment": link}, "scope": scope, actor: named(actor, who), "role": named("role", role)}


keystone("role_assignment", "", verbs="list", rows=assignments, matches=fitting, view=assignment_told)
