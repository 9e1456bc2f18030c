"""Identity, continued: who is in which group, and who has which role where."""

from __future__ import annotations

from .data import Json
from .engine import bond, on
from .identity import GROUP, ROLE, USER
from .services import KEYSTONE, footer
from .tokens import implied, reference
from .wire import Answer, Ask, Refusal


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
